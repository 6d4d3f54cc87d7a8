/** One trigger, replacing an older one of the same name. */
export const trigger = (name: string, body: string) =>
  `DROP TRIGGER IF EXISTS ${name};\nCREATE TRIGGER ${name} ${body};`
