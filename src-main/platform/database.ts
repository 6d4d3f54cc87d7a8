/**
 * Opening the hall's database: encrypted (AEGIS-256), WAL, synchronous=FULL, foreign keys on.
 * What a screen said is done survives `kill -9` and a power cut.
 */
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type Database from 'better-sqlite3'
import { openDriver, type Sqlite } from './driver.ts'
import { statSync } from 'node:fs'
import { DatabaseBusy, DatabaseCorrupt, DatabaseMissing, DatabaseReadOnly, DiskFull, WrongKey } from './errors.ts'

export type { Sqlite }
export type Db = BetterSQLite3Database

/** 32 random bytes as 64 hex digits; `null` only for databases that live in memory. */
export type DatabaseKey = string | null

/** How long a statement waits for another connection that writes (ms). */
export const busyMs = 5_000

/**
 * Pages of the write-ahead log after which a commit copies them into the file and somebody waits for it (some 60 MB).
 * Seldom reached: `CheckpointWhenIdle` does it between calls.
 */
const checkpointPages = 16_384

/**
 * Authenticated, each page by itself. On a processor with AES of its own it costs a fraction of what ChaCha20 does: much of
 * the time of a long run had gone into ciphering the pages it wrote.
 */
export const cipher = 'aegis'

export interface OpenOptions {
  readonly path: string
  readonly key: DatabaseKey
  readonly readonly?: boolean
  /** Makes the file when there is none. Nothing else ever does: an empty database is no hall. */
  readonly create?: boolean
}

/** Whether there is a database with anything in it; SQLite takes a file without a byte for an empty one. */
const isThere = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0

/** @throws WrongKey · DatabaseMissing · DatabaseCorrupt · DatabaseReadOnly · DatabaseBusy · DiskFull */
export function openSqlite({ path, key, readonly = false, create = false }: OpenOptions): Sqlite {
  let sqlite: Sqlite | undefined
  try {
    if (!create && path !== ':memory:' && !isThere(path)) throw new DatabaseMissing()
    sqlite = openDriver(path, { readonly, timeout: busyMs })
    if (key !== null) {
      if (!/^[0-9a-f]{64}$/.test(key)) throw new WrongKey()
      sqlite.pragma(`cipher='${cipher}'`)
      // `raw:` skips the passphrase derivation: the key is random already, and start-up stays quick.
      sqlite.pragma(`key='raw:${key}'`)
    }
    // The first read is where a wrong key or a damaged file shows.
    sqlite.prepare('SELECT count(*) FROM sqlite_master').get()
    if (!readonly) {
      sqlite.pragma('journal_mode = WAL')
      sqlite.pragma('synchronous = FULL')
      sqlite.pragma(`wal_autocheckpoint = ${checkpointPages}`)
    }
    sqlite.pragma('foreign_keys = ON')
    sqlite.pragma('temp_store = MEMORY')
    sqlite.pragma('cache_size = -65536')
    return sqlite
  } catch (error) {
    sqlite?.close()
    throw nameOpenError(error)
  }
}

export function wrapDrizzle(sqlite: Sqlite): Db {
  return drizzle(sqlite, { casing: 'snake_case' })
}

/** Codes with which SQLite says that nothing more can be written, though all that is there can be read. */
export const isNoRoom = (code: string): boolean =>
  code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE' || code === 'SQLITE_IOERR_SHMSIZE'

/** Codes with which SQLite says that a page of an open file is not what was written. */
export const isDamage = (code: string): boolean => code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB'

/** The named error behind what the driver threw while a database was being opened; anything else as it was. */
export function nameOpenError(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? ''
  if (code === 'SQLITE_NOTADB') return new WrongKey()
  if (code.startsWith('SQLITE_CORRUPT')) return new DatabaseCorrupt()
  if (code.startsWith('SQLITE_BUSY')) return new DatabaseBusy()
  if (isNoRoom(code)) return new DiskFull()
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return new DatabaseReadOnly()
  return error
}

const statements = new WeakMap<Sqlite, Map<string, Database.Statement<unknown[], unknown>>>()

/**
 * A prepared statement kept for the life of the connection. Hot paths (search, payment, bill run) use this instead of
 * building a query anew on each call.
 */
export function statement<Row = unknown, Params extends unknown[] = unknown[]>(
  sqlite: Sqlite,
  sql: string,
): Database.Statement<Params, Row> {
  let cache = statements.get(sqlite)
  if (!cache) statements.set(sqlite, (cache = new Map()))
  let found = cache.get(sql)
  if (!found) cache.set(sql, (found = sqlite.prepare(sql)))
  return found as unknown as Database.Statement<Params, Row>
}
