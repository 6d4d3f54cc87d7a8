/** The hash-chained audit log: who did what, when; every row carries the hash of the one before. */
import { createHash } from 'node:crypto'
import { statement, type Sqlite } from './database.ts'
import type { Actor } from './context.ts'
import { maskNumbersIn } from './identity.ts'

const genesis = '0'.repeat(64)

export interface AuditRow {
  seq: number
  at: number
  actorId: string
  actorName: string
  call: string
  subject: string | null
  /** Code of the till it was done at; null before the hall has one. */
  till: string | null
  detail: string
  inputHash: string
  previousHash: string
  hash: string
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** JSON with sorted keys, so that equal values hash equal. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value as Record<string, unknown>)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`
}

/** Where people write in their own words: the numbers of a person that slip in there are masked before they are kept. */
const freeText =
  /^(?:reason|note|comment|remark|title|scenario|place|what|answer|cause|content|evidence|measures|opinion|outcome|responsible|result)$/

function withoutNumbers(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return freeText.test(key) ? maskNumbersIn(value) : value
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((one) => withoutNumbers(one, key))
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutNumbers(one, name)]))
}

type Chained = Omit<AuditRow, 'seq' | 'hash'>

const hashOf = (row: Chained): string =>
  sha256(
    canonicalJson([
      row.previousHash,
      row.at,
      row.actorId,
      row.actorName,
      row.call,
      row.subject,
      row.till,
      row.detail,
      row.inputHash,
    ]),
  )

export function appendAudit(
  sqlite: Sqlite,
  entry: {
    at: number
    actor: Actor
    call: string
    subject: string | null
    till: string | null
    detail: unknown
    inputHash: string
  },
): void {
  const last = statement<{ hash: string; at: number }>(
    sqlite,
    'SELECT hash, at FROM audit_log ORDER BY seq DESC LIMIT 1',
  ).get()
  const row: Chained = {
    at: entry.at,
    actorId: entry.actor.id,
    actorName: entry.actor.name,
    call: entry.call,
    subject: entry.subject,
    till: entry.till,
    detail: canonicalJson(withoutNumbers(entry.detail)),
    inputHash: entry.inputHash,
    previousHash: last?.hash ?? genesis,
  }
  const { lastInsertRowid } = statement(
    sqlite,
    `INSERT INTO audit_log (at, actor_id, actor_name, call, subject, till, detail, input_hash, previous_hash, hash)
     VALUES (@at, @actorId, @actorName, @call, @subject, @till, @detail, @inputHash, @previousHash, @hash)`,
  ).run({ ...row, hash: hashOf(row) })
  if (last && entry.at < last.at) statement(sqlite, 'INSERT INTO audit_breaks (seq) VALUES (?)').run(lastInsertRowid)
}

/** Number and hash of the last row; zero and the beginning of the chain while there is none. */
export const auditHead = (sqlite: Sqlite): ChainPlace =>
  statement<ChainPlace>(sqlite, 'SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1').get() ?? chainStart

/** How far a walk along the chain has come. */
export interface ChainPlace {
  readonly seq: number
  readonly hash: string
}
export const chainStart: ChainPlace = { seq: 0, hash: genesis }
/** Rows checked at once; a walk along a long log yields between them. */
export const auditSliceRows = 200

/** Checks the next rows of the chain; `broken` as in `firstBrokenAuditRow`, `next` null at the end. */
export function checkAuditSlice(
  sqlite: Sqlite,
  from: ChainPlace,
): { readonly broken: number | null; readonly next: ChainPlace | null } {
  const rows = statement<AuditRow>(
    sqlite,
    `SELECT seq, at, actor_id AS actorId, actor_name AS actorName, call, subject, till, detail,
       input_hash AS inputHash, previous_hash AS previousHash, hash FROM audit_log WHERE seq > ? ORDER BY seq LIMIT ?`,
  ).all(from.seq, auditSliceRows)
  let place = from
  for (const row of rows) {
    const follows = row.seq === place.seq + 1 && row.previousHash === place.hash
    if (!follows || hashOf(row) !== row.hash) return { broken: row.seq, next: null }
    place = { seq: row.seq, hash: row.hash }
  }
  if (rows.length === auditSliceRows) return { broken: null, next: place }
  // Rows cut off the end leave no broken link, but the database remembers how many were ever written.
  const written = statement<{ seq: number }>(sqlite, `SELECT seq FROM sqlite_sequence WHERE name = 'audit_log'`).get()
  return { broken: (written?.seq ?? 0) > place.seq ? place.seq + 1 : null, next: null }
}

/** Walks the whole chain. Returns the number of the first row that was altered or follows a removed one, or null. */
export function firstBrokenAuditRow(sqlite: Sqlite): number | null {
  let place: ChainPlace | null = chainStart
  while (place !== null) {
    const slice = checkAuditSlice(sqlite, place)
    if (slice.broken !== null) return slice.broken
    place = slice.next
  }
  return null
}
