import { today } from './certified.ts'

/** A setting of the hall as SQL, or what the catalogue has for it. */
export const setting = (key: string, otherwise: string): string =>
  `coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = '${key}'), '${otherwise}')`

/** Whether a test or check made on a day (SQL) may still let gas on today (clause 17; settings: installations.testDays). */
export const testFresh = (on: string): string =>
  `julianday(${today}) - julianday(${on}) BETWEEN 0 AND CAST(${setting('installations.testDays', '0')} AS INTEGER)`
