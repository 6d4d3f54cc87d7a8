/** Element Plus hands back whatever type its inputs can hold; these take only what the field offers. */

/** The offered value that was chosen; null for anything else. */
export const chosenOf = <T extends string>(offered: readonly T[], value: unknown): T | null =>
  offered.find((one) => one === value) ?? null

/** The offered values among those chosen, in the order offered. */
export const chosenAmong = <T extends string>(offered: readonly T[], values: unknown): T[] =>
  Array.isArray(values) ? offered.filter((one) => values.includes(one)) : []
