/** Settings of a hall: typed, with defaults, changed only through `platform.changeSetting`. */
import { statement, type Sqlite } from './database.ts'
import { catalog, type SettingKey, type SettingValue } from './settings-catalog.ts'

export interface SettingsReader {
  get<K extends SettingKey>(key: K): SettingValue<K>
}

/** Reads through to the database; a value a newer or older program wrote and ours cannot read falls back to the default. */
export function settingsReader(sqlite: Sqlite): SettingsReader {
  return {
    get(key) {
      const row = statement<{ value: string }>(sqlite, 'SELECT value FROM settings WHERE key = ?').get(key)
      const entry = catalog[key]
      if (!row) return entry.default as SettingValue<typeof key>
      const parsed = entry.schema.safeParse(parseJson(row.value))
      return (parsed.success ? parsed.data : entry.default) as SettingValue<typeof key>
    },
  }
}

/** Undefined, which no schema takes, for a text that is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
