/**
 * Makes a backup and proves it: an encrypted copy of one consistent state, opened again, checked page by page, and its
 * totals held against the original. Runs in a worker, so that a large hall goes on collecting meanwhile.
 */
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { auditHead, firstBrokenAuditRow } from '../platform/audit.ts'
import { openSqlite, type DatabaseKey, type Sqlite } from '../platform/database.ts'

export interface CopyOrder {
  readonly source: string
  readonly target: string
  readonly key: DatabaseKey
}

/** Per append-only table: rows up to the last one in the copy; and the debits of the ledger in fen. */
export interface BackupTotals {
  readonly rows: Readonly<Record<string, number>>
  readonly debitFen: number
  readonly creditFen: number
}

export interface ProvedCopy {
  readonly size: number
  readonly hash: string
  readonly totals: BackupTotals
  readonly chain: Chain
}

/** The chain of the copy's audit log, walked from its first row. */
export interface Chain {
  readonly rows: number
  readonly broken: number | null
  readonly head: string
}

/** What was there when the copy was made is there for ever in these, so both sides can be compared up to the same row. */
const measured = ['audit_log', 'outbox', 'journal_entries', 'journal_lines', 'bill_lines', 'customer_events'] as const

/** @throws Error with the reason when the copy cannot be made or does not hold what the original holds */
export function makeProvedCopy({ source, target, key }: CopyOrder): ProvedCopy {
  const unfinished = `${target}.part`
  mkdirSync(dirname(target), { recursive: true })
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true })
  const original = openSqlite({ path: source, key })
  try {
    original.prepare('VACUUM INTO ?').run(unfinished)
    // While the copy was read, the log could not be copied into the file. Done here and now, or the next payment's thread
    // copies all of it at once, seconds after a large hall.
    original.pragma('wal_checkpoint(PASSIVE)')
    const { totals, chain } = proveCopy(original, unfinished, key)
    syncFile(unfinished)
    renameSync(unfinished, target)
    return { size: statSync(target).size, hash: hashOfFile(target), totals, chain }
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  } finally {
    original.close()
  }
}

function proveCopy(original: Sqlite, path: string, key: DatabaseKey): { totals: BackupTotals; chain: Chain } {
  const copy = openSqlite({ path, key, readonly: true })
  try {
    const damage = copy.pragma('integrity_check', { simple: true }) as string
    if (damage !== 'ok') throw new Error(`integrity check: ${damage}`)
    const limits = Object.fromEntries(measured.map((table) => [table, lastRow(copy, table)]))
    const totals = totalsUpTo(copy, limits)
    const expected = totalsUpTo(original, limits)
    if (JSON.stringify(totals) !== JSON.stringify(expected)) throw new Error('totals of the copy differ')
    if (totals.debitFen !== totals.creditFen) throw new Error('ledger of the copy does not balance')
    const chain = {
      rows: totals.rows['audit_log'] ?? 0,
      broken: firstBrokenAuditRow(copy),
      head: auditHead(copy).hash,
    }
    return { totals, chain }
  } finally {
    copy.close()
  }
}

const lastRow = (sqlite: Sqlite, table: string): number =>
  (sqlite.prepare(`SELECT coalesce(max(rowid), 0) AS last FROM ${table}`).get() as { last: number }).last

function totalsUpTo(sqlite: Sqlite, limits: Readonly<Record<string, number>>): BackupTotals {
  const rows: Record<string, number> = {}
  for (const table of measured) {
    rows[table] = sqlite.prepare(`SELECT count(*) FROM ${table} WHERE rowid <= ?`).pluck().get(limits[table]) as number
  }
  const sums = sqlite
    .prepare(
      'SELECT coalesce(sum(debit), 0) AS debitFen, coalesce(sum(credit), 0) AS creditFen FROM journal_lines WHERE rowid <= ?',
    )
    .get(limits['journal_lines']) as { debitFen: number; creditFen: number }
  return { rows, ...sums }
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

export function hashOfFile(path: string): string {
  const hash = createHash('sha256')
  const file = openSync(path, 'r')
  const buffer = Buffer.alloc(1 << 20)
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
      hash.update(buffer.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}
