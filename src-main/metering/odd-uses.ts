/**
 * 用气异常名单 (clause 6(6): 可疑客户). Each reading is looked at when it is taken; what is odd waits on a list until somebody
 * said why, or two persons went to look (台账 可疑客户巡查).
 */
import { foundBound, foundWithin } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, daysBetween, type BusinessDate } from '../platform/dates.ts'
import { NotFound } from '../platform/errors.ts'
import { proportion, type Litre } from '../platform/money.ts'
import { beforeDay } from '../platform/paging.ts'
import { insertRow } from '../platform/rows.ts'
import { useCase } from '../platform/use-case.ts'
import { ExplainOddUse, OddUseCount, OddUses, type OddUseRow } from './api.ts'
import { estimateConsumption, oddUse, type PastReading } from './rules.ts'
import { oddUses } from './tables.ts'

export interface ReadingTaken {
  readonly readingId: string
  readonly accountId: string
  readonly readOn: BusinessDate
  readonly days: number
  /** Litres. */
  readonly consumption: Litre
}

/** A reading of the year before is of the same season within so many days. */
const sameSeason = 45
const year = 365

/** What the same places of meters used at this time a year ago. */
function yearBefore({ sqlite }: Context, { accountId, readOn }: ReadingTaken, samePlace: string, meterId: string) {
  const about = addDays(readOn, -year)
  const row = statement<{ consumption: Litre; previousOn: BusinessDate; readOn: BusinessDate }>(
    sqlite,
    `SELECT consumption, previous_on AS previousOn, read_on AS readOn FROM readings
     WHERE account_id = @accountId AND read_on BETWEEN @from AND @to AND state <> 'void'
       AND source NOT IN ('estimated', 'correction') AND make_up = 0 AND meter_id IN ${samePlace}
     ORDER BY abs(julianday(read_on) - julianday(@about)) LIMIT 1`,
  ).get({ accountId, meterId, about, from: addDays(about, -sameSeason), to: addDays(about, sameSeason) })
  return row ? { consumption: row.consumption, days: daysBetween(row.previousOn, row.readOn), estimated: false } : null
}

/** Whether what was told last of these places of meters was nothing at all, and no gas was used there since. */
const toldNone = ({ sqlite }: Context, { accountId }: ReadingTaken, samePlace: string, meterId: string): boolean =>
  statement(
    sqlite,
    `SELECT 1 FROM readings t CROSS JOIN odd_uses o ON o.reading_id = t.id
     WHERE t.account_id = @accountId AND t.meter_id IN ${samePlace} AND o.kind = 'none' AND NOT EXISTS (
       SELECT 1 FROM readings r WHERE r.account_id = t.account_id AND r.read_on > t.read_on AND r.consumption > 0
         AND r.state <> 'void' AND r.source NOT IN ('estimated', 'correction') AND r.meter_id IN ${samePlace})`,
  ).get({ accountId, meterId }) !== undefined

/** Puts a reading on the list where its use is odd. @param samePlace SQL of the meters at its place, bound to @meterId */
export function noteOddUse(
  context: Context,
  taken: ReadingTaken,
  history: readonly PastReading[],
  samePlace: string,
  meterId: string,
): void {
  const { settings, sqlite } = context
  const past = yearBefore(context, taken, samePlace, meterId)
  const limits = {
    zeroReadings: settings.get('metering.zeroReadings'),
    fallPercent: settings.get('metering.fallPercent'),
    tooHighPercent: settings.get('metering.tooHighPercent'),
  }
  const kind = oddUse(taken, history, past, limits, () => toldNone(context, taken, samePlace, meterId))
  if (kind === null) return
  const usual = past ? proportion(past.consumption, taken.days, past.days) : estimateConsumption(history, taken.days)
  const { readingId, accountId, readOn, consumption } = taken
  insertRow(sqlite, oddUses, { readingId, accountId, readOn, kind, consumption, usual: kind === 'none' ? null : usual })
}

/** A reading that was wrong says nothing of its customer. */
export const dropOddUse = ({ sqlite }: Context, readingId: string): void => {
  statement(sqlite, 'DELETE FROM odd_uses WHERE reading_id = ?').run(readingId)
}

export interface Patrol {
  readonly id: string
  readonly accountId: string
  readonly onDate: BusinessDate
  readonly words: string
}

/** Two persons went to look: what waited of the account by then is answered by what they found. */
export function settleOddUses({ sqlite, clock, actor }: Context, { id, accountId, onDate, words }: Patrol): void {
  statement(
    sqlite,
    `UPDATE odd_uses SET decided_at = ?, decided_by = ?, note = ?, patrol_id = ?
     WHERE account_id = ? AND read_on <= ? AND decided_at IS NULL`,
  ).run(clock.now(), actor.name, words, id, accountId, onDate)
}

/** A patrol that was taken back answered nothing: what it had settled waits again. */
export const reopenOddUses = ({ sqlite }: Context, patrolId: string): void => {
  statement(
    sqlite,
    `UPDATE odd_uses SET decided_at = NULL, decided_by = NULL, note = NULL, patrol_id = NULL WHERE patrol_id = ?`,
  ).run(patrolId)
}

/** A statement of one page, newest first. */
export const oddUsesSql = (open: boolean, searched = false): string =>
  `SELECT o.reading_id AS readingId, o.account_id AS accountId, o.read_on AS readOn, o.kind, o.consumption, o.usual,
     o.decided_by AS decidedBy, o.note, o.patrol_id AS patrolId, a.account_no AS accountNo, c.name AS customerName, p.address
   FROM odd_uses o ${searched ? '' : `INDEXED BY ${open ? 'odd_uses_open' : 'odd_uses_day'}`}
     CROSS JOIN accounts a ON a.id = o.account_id CROSS JOIN customers c ON c.id = a.customer_id
     CROSS JOIN service_points p ON p.id = a.service_point_id
   WHERE ${foundWithin(searched, `${open ? 'o.decided_at IS NULL AND ' : ''}(o.read_on, o.reading_id) < (@beforeDate, @beforeId)`, "''", 'o.account_id')}
   ORDER BY o.read_on DESC, o.reading_id DESC LIMIT @limit`

/** 用气异常名单. */
export const oddUseList = useCase(OddUses, ({ open, search, page: { after, size } }, context) => {
  const found = statement<OddUseRow>(context.sqlite, oddUsesSql(open, search !== '')).all({
    ...foundBound(context, [], search),
    ...beforeDay(after),
    limit: size + 1,
  })
  const rows = found.slice(0, size)
  const last = rows.at(-1)
  return { rows, next: found.length > size && last ? `${last.readOn}/${last.readingId}` : null }
})

/** More are not counted one by one. */
const mostCounted = 1000

/** For the page of the day. */
export const oddUseCount = useCase(OddUseCount, (_, { sqlite }) => ({
  open:
    statement<{ n: number }>(
      sqlite,
      `SELECT count(*) AS n FROM (SELECT 1 FROM odd_uses INDEXED BY odd_uses_open WHERE decided_at IS NULL LIMIT ${mostCounted})`,
    ).get()?.n ?? 0,
}))

/** 说明: why the use is what it is, without going there. @throws NotFound */
export const explainOddUse = useCase(ExplainOddUse, ({ readingId, note }, context) => {
  const { sqlite, clock, actor } = context
  const { changes } = statement(
    sqlite,
    'UPDATE odd_uses SET decided_at = ?, decided_by = ?, note = ? WHERE reading_id = ? AND decided_at IS NULL',
  ).run(clock.now(), actor.name, note, readingId)
  if (changes === 0) throw new NotFound('这一条已经核实，或抄表已作废，请刷新后再看')
  context.audit({ subject: `reading:${readingId}`, detail: { note } })
  context.emit({ event: 'changed', data: { room: 'metering' } })
  return { readingId }
})
