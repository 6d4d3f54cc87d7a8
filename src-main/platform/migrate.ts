/**
 * Migrations made by drizzle-kit, applied at start: a backup first, then each in a transaction of its own together with
 * the row that says it was applied. A failed one restores the backup and says so. A database whose applied list is not
 * a prefix of ours was written by another or a newer program and is refused.
 */
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, fsyncSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { nameOpenError, openSqlite, type OpenOptions, type Sqlite } from './database.ts'
import { DatabaseForeign, DatabaseNewer, DiskFull, MigrationFailed } from './errors.ts'

export interface Migration {
  readonly tag: string
  readonly sql: string
  readonly hash: string
}

/** Reads drizzle-kit's journal in order. */
export function readMigrations(folder: string): Migration[] {
  const journal = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { idx: number; tag: string }[]
  }
  return [...journal.entries]
    .sort((a, b) => a.idx - b.idx)
    .map(({ tag }) => {
      const sql = readFileSync(join(folder, `${tag}.sql`), 'utf8')
      return { tag, sql, hash: createHash('sha256').update(sql).digest('hex') }
    })
}

export interface AppliedRow {
  tag: string
  hash: string
}

/**
 * Refuses a database that this program cannot open: written by a newer one, or by one that began otherwise.
 * @throws DatabaseNewer · DatabaseForeign
 */
export function checkLineage(applied: readonly AppliedRow[], migrations: readonly Migration[]): void {
  const differs = applied.findIndex((row, i) => migrations[i]?.tag !== row.tag || migrations[i]?.hash !== row.hash)
  if (differs === -1) return
  throw differs < migrations.length ? new DatabaseForeign() : new DatabaseNewer()
}

export const appliedMigrations = (sqlite: Sqlite): AppliedRow[] =>
  sqlite.prepare('SELECT tag, hash FROM schema_migrations ORDER BY idx').all() as AppliedRow[]

/** Opens the database and brings it to the newest schema. `now` is stored with each applied migration (epoch ms).
 *  @throws DatabaseNewer · MigrationFailed (the file is as it was before) · the errors of `openSqlite` */
export function openMigrated(
  options: OpenOptions,
  migrations: readonly Migration[],
  now: number,
  prepare: (sqlite: Sqlite) => void,
): Sqlite {
  const existed = existsSync(options.path)
  const sqlite = openSqlite(options)
  try {
    // A file that can only be read is refused now, not at the first payment: begins a write and takes it back.
    sqlite.exec('BEGIN; PRAGMA user_version = 0; ROLLBACK')
    sqlite.exec(`CREATE TABLE IF NOT EXISTS schema_migrations (
      idx INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT`)
  } catch (error) {
    const named = nameOpenError(error)
    if (!(named instanceof DiskFull)) {
      sqlite.close()
      throw named
    }
    // A full disk: what is there can be read, and whoever writes is told.
  }
  let applied: AppliedRow[]
  try {
    prepare(sqlite)
    applied = appliedMigrations(sqlite)
    checkLineage(applied, migrations)
  } catch (error) {
    sqlite.close()
    throw nameOpenError(error)
  }
  const pending = migrations.slice(applied.length)
  if (pending.length === 0) return sqlite

  const backup =
    existed && applied.length > 0 && options.path !== ':memory:' ? `${options.path}.before-migration` : null
  if (backup) {
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
    copyDurably(options.path, backup)
  }
  try {
    pending.forEach((migration, i) => applyOne(sqlite, migration, applied.length + i, now))
    return sqlite
  } catch (error) {
    sqlite.close()
    if (backup) {
      for (const suffix of ['-wal', '-shm']) rmSync(options.path + suffix, { force: true })
      copyDurably(backup, options.path)
    }
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationFailed(undefined, { details: { reason } })
  }
}

function applyOne(sqlite: Sqlite, migration: Migration, idx: number, now: number): void {
  // Rebuilding a table drops it for a moment; the keys are checked before the commit instead.
  sqlite.pragma('foreign_keys = OFF')
  try {
    sqlite
      .transaction(() => {
        sqlite.exec(migration.sql)
        const broken = sqlite.pragma('foreign_key_check') as unknown[]
        if (broken.length > 0) throw new Error(`${migration.tag}: ${broken.length} broken references`)
        sqlite
          .prepare('INSERT INTO schema_migrations (idx, tag, hash, applied_at) VALUES (?, ?, ?, ?)')
          .run(idx, migration.tag, migration.hash, now)
      })
      .immediate()
  } finally {
    sqlite.pragma('foreign_keys = ON')
  }
}

function copyDurably(from: string, to: string): void {
  copyFileSync(from, to)
  const file = openSync(to, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
