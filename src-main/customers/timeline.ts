/** The timeline of a file: one row for everything ever done for a customer (一户一档, clause 6(9)). */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import type { Fen } from '../platform/money.ts'
import { InvalidInput } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { CustomerTimeline, type TimelineEventValue } from './api.ts'
import type { EventKind } from './words.ts'

export interface CustomerEvent {
  readonly customerId: string
  /** Left out for what concerns the customer as a person. */
  readonly accountId?: string | null
  readonly kind: EventKind
  /** What was done, in the words of the counter. */
  readonly title: string
  readonly detail?: string
  /** Amount concerned, fen. */
  readonly amount?: Fen
  /** The record behind it, `entity:id`. */
  readonly subject?: string
}

/** Puts an event on the timeline. Every room calls it for what it does to a customer. @returns event id */
export function recordEvent({ sqlite, clock, actor }: Context, event: CustomerEvent): string {
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO customer_events (id, customer_id, account_id, at, actor_name, kind, title, detail, amount, subject)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    event.customerId,
    event.accountId ?? null,
    clock.now(),
    actor.name,
    event.kind,
    event.title,
    event.detail ?? '',
    event.amount ?? null,
    event.subject ?? null,
  )
  return id
}

/** Takes every event of a subject, past and coming, out of what this member of the staff sees. */
export function hideEvents({ sqlite }: Context, subject: string, staffId: string): void {
  statement(sqlite, 'INSERT OR IGNORE INTO hidden_events (subject, staff_id) VALUES (?, ?)').run(subject, staffId)
}

/** True where `@viewer` must find no trace of a subject, in this timeline or anywhere else. @param subject SQL of `entity:id` */
export const hiddenSql = (subject: string): string =>
  `EXISTS (SELECT 1 FROM hidden_events h WHERE h.subject = ${subject} AND h.staff_id = @viewer)`

/**
 * What a figure counts: everything, or what one member of the staff may know of. Whoever is complained of and reads a sum of
 * everything beside a list of what they may know of sees that something is missing. So whatever is shown is counted for who
 * looks at it, in every post; whatever goes to headquarters or is frozen counts everything, and keeps beside it what each of
 * those from whom something is hidden is to read in its place. For all others both are the same.
 */
export const everything = ''

/** Staff from whom anything is hidden. */
export const blinded = ({ sqlite }: Pick<Context, 'sqlite'>): string[] =>
  statement<{ staffId: string }>(sqlite, 'SELECT DISTINCT staff_id AS staffId FROM hidden_events')
    .all()
    .map(({ staffId }) => staffId)

// Within one millisecond events stand in the order they were written, which is what `rowid` says.
const visible = `NOT ${hiddenSql('customer_events.subject')}`
const columns = 'rowid AS row, id, at, actor_name AS actorName, kind, title, detail, amount, subject'
const page = `(at, rowid) < (@at, @row) AND ${visible} AND (@kinds IS NULL OR kind IN (SELECT value FROM json_each(@kinds)))
  ORDER BY at DESC, rowid DESC LIMIT @limit`

// An account's timeline is what happened to the account, whoever held it, and what happened to its present customer as a
// person. Each half is read in order by its own index and cut off early; the two are merged.
const person = 'customer_id = @customerId AND account_id IS NULL'
const account = 'account_id = @accountId'
export const timelineSql = {
  customer: `SELECT ${columns} FROM customer_events WHERE customer_id = @customerId AND ${page}`,
  account: `SELECT * FROM (SELECT ${columns} FROM customer_events WHERE ${person} AND ${page})
    UNION ALL SELECT * FROM (SELECT ${columns} FROM customer_events WHERE ${account} AND ${page})
    ORDER BY at DESC, row DESC LIMIT @limit`,
  customerCounts: `SELECT kind, count(*) AS n FROM customer_events WHERE customer_id = @customerId AND ${visible} GROUP BY kind`,
  accountCounts: `SELECT kind, sum(n) AS n FROM (
      SELECT kind, count(*) AS n FROM customer_events WHERE ${person} AND ${visible} GROUP BY kind
      UNION ALL SELECT kind, count(*) AS n FROM customer_events WHERE ${account} AND ${visible} GROUP BY kind) GROUP BY kind`,
} as const

const cursorPattern = /^(\d{1,15})\|(\d{1,15})$/

export const customerTimeline = useCase(
  CustomerTimeline,
  ({ customerId, accountId, kinds, page: { after, size } }, { sqlite, actor }) => {
    const cursor = after === null ? null : cursorPattern.exec(after)
    if (after !== null && !cursor) throw new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })
    const rows = statement<TimelineEventValue & { row: number }>(
      sqlite,
      accountId === null ? timelineSql.customer : timelineSql.account,
    ).all({
      customerId,
      accountId,
      at: cursor ? Number(cursor[1]) : Number.MAX_SAFE_INTEGER,
      row: cursor ? Number(cursor[2]) : 0,
      viewer: actor.id,
      kinds: kinds.length === 0 ? null : JSON.stringify(kinds),
      limit: size + 1,
    })
    const shown = rows.slice(0, size)
    const last = shown.at(-1)
    const counts = statement<{ kind: EventKind; n: number }>(
      sqlite,
      accountId === null ? timelineSql.customerCounts : timelineSql.accountCounts,
    ).all({ customerId, accountId, viewer: actor.id })
    return {
      rows: shown.map(({ row: _, ...event }) => event),
      next: rows.length > size && last ? `${last.at}|${last.row}` : null,
      counts: Object.fromEntries(counts.map(({ kind, n }) => [kind, n])),
    }
  },
)
