/** What the replaced database still tells, when it opens: the numbers it gave, the days since the backup, earlier breaks. */
import { openSqlite, type DatabaseKey, type Sqlite } from '../platform/database.ts'
import { shanghaiTime } from '../platform/dates.ts'
import { putSafety, safetyOf, type SafetyOrder } from './safety.ts'
import type { WitnessedDay } from '../machine/api.ts'

export interface Carried {
  readonly serials: Readonly<Record<string, number>>
  /** Business days from that of the backup on. */
  readonly days: readonly WitnessedDay[]
  /** Puts what the backup cannot know yet of breaks and of the backups made since into it, so that their lists stay whole. */
  readonly records: (copy: Sqlite) => void
  /** Holds gas off wherever the replaced database had it off, and lists what it had open. */
  readonly safety: (copy: Sqlite, order: SafetyOrder) => void
}

/** Days that are listed; a hall that goes back further than a year is moved, not restored. */
const maxDays = 400

interface DayRow {
  readonly date: string
  readonly state: string
  readonly entries: number
  readonly count: number
  readonly first: string | null
  readonly last: string | null
  readonly taken: number
}

/** Fen that came in on a day as its 日结单 has it: what is drawn from prepayment came in before, and what was reversed went back. */
const takenOn = (day: string): string => {
  const money = (from: string, payment: string) =>
    `(SELECT coalesce(sum(t.amount), 0) FROM ${from} m JOIN tenders t ON t.payment_id = m.${payment} AND t.means <> 'prepayment'
      WHERE m.business_date = ${day})`
  return `${money('payments', 'id')} - ${money('reversals', 'payment_id')}`
}

function daysSince(sqlite: Sqlite, date: string): WitnessedDay[] {
  const rows = sqlite
    .prepare(
      `SELECT b.date, b.state,
         (SELECT count(*) FROM journal_entries e WHERE e.business_date = b.date) AS entries,
         count(r.receipt_no) AS count, min(r.receipt_no) AS first, max(r.receipt_no) AS last,
         ${takenOn('b.date')} AS taken
       FROM business_days b LEFT JOIN payments p ON p.business_date = b.date LEFT JOIN receipts r ON r.payment_id = p.id
       WHERE b.date >= ? GROUP BY b.date ORDER BY b.date LIMIT ?`,
    )
    .all(date, maxDays) as DayRow[]
  return rows.map(({ date: day, state, entries, count, first, last, taken }) => ({
    date: day,
    closed: state === 'closed',
    entries,
    receipts: { count, first: first ?? '', last: last ?? '' },
    taken,
  }))
}

/** Breaks stay as they were written; of a backup the later word counts: it is proved by now, or let go. */
function put(into: Sqlite, table: 'breaks' | 'backups', row: Record<string, unknown>): void {
  const columns = Object.keys(row)
  const way = table === 'breaks' ? 'IGNORE' : 'REPLACE'
  into
    .prepare(
      `INSERT OR ${way} INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
    )
    .run(row)
}

/**
 * Null when the database that is replaced does not open, is another hall's, or has too much damage to tell anything.
 * @param restored name of the file that `copy` is of
 */
export function carryOver(database: string, key: DatabaseKey, copy: Sqlite, restored: string): Carried | null {
  const deviceOf = (sqlite: Sqlite) => sqlite.prepare('SELECT device_id FROM device').pluck().get()
  let replaced: Sqlite | null = null
  try {
    replaced = openSqlite({ path: database, key, readonly: true })
    if (deviceOf(replaced) !== deviceOf(copy)) return null
    const serials = replaced.prepare('SELECT scope, next FROM serials').all() as { scope: string; next: number }[]
    const last = copy.prepare('SELECT max(at) FROM audit_log').pluck().get() as number | null
    const records = (['breaks', 'backups'] as const).map((table) => ({
      table,
      rows: replaced?.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[],
    }))
    const safety = safetyOf(replaced, copy, restored)
    return {
      serials: Object.fromEntries(serials.map(({ scope, next }) => [scope, next])),
      days: daysSince(replaced, shanghaiTime(last ?? 0).date),
      records(into) {
        for (const { table, rows } of records) for (const row of rows) put(into, table, row)
      },
      safety: (into, order) => putSafety(into, safety, order),
    }
  } catch {
    return null
  } finally {
    replaced?.close()
  }
}
