/**
 * The one file that loads the SQLite driver. `HALL_SQLITE_DRIVER` lets the fallback runtime bring a build of the same
 * driver for its own ABI; a packaged app clears that variable at start, or it would be a way to load foreign code.
 */
import { createRequire } from 'node:module'
import type DatabaseConstructor from 'better-sqlite3'

const load = createRequire(import.meta.url)

export type Sqlite = DatabaseConstructor.Database

export function openDriver(path: string, options?: DatabaseConstructor.Options): Sqlite {
  const Driver = load(process.env['HALL_SQLITE_DRIVER'] ?? 'better-sqlite3') as typeof DatabaseConstructor
  return new Driver(path, options)
}
