/**
 * Walks every page of the database file, as SQLite and the cipher read it: a page that was damaged on the disk does not
 * open, whoever would have needed it next. Runs in a worker on a connection of its own.
 */
import { isDamage, openSqlite, type DatabaseKey } from '../platform/database.ts'

export interface WalkOrder {
  readonly source: string
  readonly key: DatabaseKey
}

/** Lines of what is wrong that are kept; the first says enough. */
const maxLines = 5

/** What is wrong, empty when every page is sound. @throws what keeps the file from being read at all */
export function walkPages({ source, key }: WalkOrder): string[] {
  const sqlite = openSqlite({ path: source, key, readonly: true })
  try {
    const rows = sqlite.pragma(`integrity_check(${maxLines})`) as { integrity_check: string }[]
    const lines = rows.map(({ integrity_check }) => integrity_check)
    return lines.length === 1 && lines[0] === 'ok' ? [] : lines.slice(0, maxLines)
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string }
    if (isDamage(code)) return [message]
    throw error
  } finally {
    sqlite.close()
  }
}
