/**
 * 跨期合并计费 (case M7): the list of who pays for more than one period at once. Kept by account and day of issue, recomputed
 * whenever a bill of that day is made or cancelled; the manager looks at each and says what was done for the customer.
 */
import { foundBound, foundWithin } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, daysBetween, type BusinessDate } from '../platform/dates.ts'
import { InvalidInput, NotFound } from '../platform/errors.ts'
import { sum, type Litre } from '../platform/money.ts'
import { samePlaceSql } from '../metering/service.ts'
import { useCase } from '../platform/use-case.ts'
import { ReviewSeveral, SeveralBills, type SeveralRow } from './api.ts'
import { severalOfMeters, severalPeriods, type Stretch } from './periods.ts'

/** Earlier readings looked at: a year of monthly ones, two of the usual two-monthly ones. */
const depth = 13

interface BilledReading {
  readonly billId: string | null
  readonly issuedOn: BusinessDate | null
  readonly meterId: string
  readonly previousOn: BusinessDate
  readonly readOn: BusinessDate
  readonly consumption: Litre
  readonly estimated: 0 | 1
}

const stretch = ({ previousOn, readOn, consumption, estimated }: BilledReading): Stretch => ({
  days: daysBetween(previousOn, readOn),
  consumption,
  estimated: estimated === 1,
})

const readingSql = (where: string): string =>
  `SELECT coalesce(b.id, f.id) AS billId, coalesce(b.issued_on, f.issued_on) AS issuedOn, r.meter_id AS meterId,
     r.previous_on AS previousOn, r.read_on AS readOn, r.consumption, r.source = 'estimated' AS estimated
   FROM readings r LEFT JOIN bills b ON b.reading_id = r.id AND b.cancelled_by IS NULL
     LEFT JOIN bill_further_readings x ON b.id IS NULL AND x.reading_id = r.id AND x.cancelled = 0
     LEFT JOIN bills f ON f.id = x.bill_id
   WHERE r.account_id = ? AND r.state = 'billed' ${where} ORDER BY r.read_on DESC, r.id DESC LIMIT ${depth}`

/** Readings of an account that are billed, the newest first: for each place of a meter, since each has periods of its own. */
function readingsByPlace({ sqlite }: Context, accountId: string, meters: readonly string[]): BilledReading[][] {
  if (meters.length <= 1) return [statement<BilledReading>(sqlite, readingSql('')).all(accountId)]
  return meters.map((meterId) =>
    statement<BilledReading>(sqlite, readingSql(`AND r.meter_id IN ${samePlaceSql('?')}`)).all(accountId, meterId),
  )
}

/** One meter of each place an account was ever read at. */
const placesOf = ({ sqlite }: Context, accountId: string): string[] =>
  statement<{ meterId: string }>(
    sqlite,
    `SELECT max(m.id) AS meterId FROM accounts a JOIN meters m ON m.service_point_id = a.service_point_id
     WHERE a.id = ? GROUP BY m.position`,
  )
    .all(accountId)
    .map(({ meterId }) => meterId)

const volumeOf = (readings: readonly BilledReading[]): Litre => sum(readings.map(({ consumption }) => consumption))

/** Puts what was issued to an account on a day on the list, or takes it off. On the run's hot path: two queries for most. */
export function noteSeveral(context: Context, accountId: string, on: BusinessDate): void {
  const { sqlite, settings } = context
  const longest = settings.get('metering.periodDays')
  const looked = readingsByPlace(context, accountId, placesOf(context, accountId)).map((newest) => {
    const rows = newest.toReversed()
    const now = rows.filter(({ issuedOn }) => issuedOn === on)
    const before = rows.slice(0, rows.length - now.length)
    return { now, found: severalPeriods(now.map(stretch), before.map(stretch), longest) }
  })
  const found = severalOfMeters(looked.map(({ now, found: one }) => ({ one, consumption: volumeOf(now) })))
  const billed = looked.flatMap(({ now }) => now)
  const last = billed.reduce<BilledReading | undefined>(
    (latest, one) => (latest === undefined || one.readOn >= latest.readOn ? one : latest),
    undefined,
  )
  if (!found || !last?.billId) {
    statement(sqlite, 'DELETE FROM bill_several WHERE account_id = ? AND issued_on = ?').run(accountId, on)
    return
  }
  const { days, estimates, consumption, onePeriod } = found
  statement(
    sqlite,
    `INSERT INTO bill_several (account_id, issued_on, bill_id, bills, since, until, estimates, consumption, one_period)
     VALUES (@accountId, @on, @billId, @bills, @since, @until, @estimates, @consumption, @onePeriod)
     ON CONFLICT (account_id, issued_on) DO UPDATE SET bill_id = excluded.bill_id, bills = excluded.bills,
       since = excluded.since, until = excluded.until, estimates = excluded.estimates,
       consumption = excluded.consumption, one_period = excluded.one_period,
       reviewed_at = NULL, reviewed_by = NULL, note = NULL`,
  ).run({
    accountId,
    on,
    billId: last.billId,
    bills: new Set(billed.map(({ billId }) => billId)).size,
    since: addDays(last.readOn, -days),
    until: last.readOn,
    estimates,
    consumption,
    onePeriod,
  })
}

const columns = `s.account_id AS accountId, s.issued_on AS issuedOn, s.bill_id AS billId, s.bills, s.since, s.until,
  s.estimates, s.consumption, s.one_period AS onePeriod, s.reviewed_at AS reviewedAt, s.reviewed_by AS reviewedBy, s.note`

/** What the customer of a bill is told on paper, or null where it is of one period. */
export const severalOf = (
  { sqlite }: Context,
  billId: string,
): Pick<SeveralRow, 'since' | 'until' | 'estimates' | 'consumption' | 'onePeriod' | 'bills'> | null =>
  statement<SeveralRow>(
    sqlite,
    `SELECT ${columns} FROM bills b JOIN bill_several s ON s.account_id = b.account_id AND s.issued_on = b.issued_on
     WHERE b.id = ? AND b.state <> 'cancelled' AND b.reading_id IS NOT NULL`,
  ).get(billId) ?? null

/** How many wait to be looked at, counted up to a limit. */
export const severalToReview = ({ sqlite }: Context, most: number): number =>
  statement<{ n: number }>(
    sqlite,
    `SELECT count(*) AS n FROM (SELECT 1 FROM bill_several INDEXED BY bill_several_open WHERE reviewed_at IS NULL LIMIT ?)`,
  ).get(most)?.n ?? 0

/** The statement of one page, newest first. */
export const severalSql = (open: boolean, searched = false): string =>
  `SELECT ${columns}, a.account_no AS accountNo, c.name AS customerName, b.bill_no AS billNo,
     (SELECT sum(x.amount) FROM bills x INDEXED BY bills_account
      WHERE x.account_id = s.account_id AND x.issued_on = s.issued_on AND x.state <> 'cancelled'
        AND x.reading_id IS NOT NULL) AS amount
   FROM bill_several s ${searched ? '' : `INDEXED BY ${open ? 'bill_several_open' : 'bill_several_day'}`}
     CROSS JOIN accounts a ON a.id = s.account_id CROSS JOIN customers c ON c.id = a.customer_id
     CROSS JOIN bills b ON b.id = s.bill_id
   WHERE ${foundWithin(searched, `${open ? 's.reviewed_at IS NULL AND' : ''} (s.issued_on, s.account_id) < (@on, @accountId)`, 'b.bill_no', 's.account_id')}
   ORDER BY s.issued_on DESC, s.account_id DESC LIMIT @limit`

/** 跨期合并计费名单. */
export const severalBills = useCase(SeveralBills, ({ open, search, page: { after, size } }, context) => {
  const [, on, accountId] =
    after === null ? ['', '9999-12-31', ''] : (/^(\d{4}-\d{2}-\d{2}) ([0-9a-f-]{36})$/.exec(after) ?? [])
  if (on === undefined || accountId === undefined) throw new InvalidInput('翻页位置无效，请重新打开列表')
  const rows = statement<SeveralRow>(context.sqlite, severalSql(open, search !== '')).all({
    ...foundBound(context, 'bill', search),
    on,
    accountId,
    limit: size + 1,
  })
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > size && last ? `${last.issuedOn} ${last.accountId}` : null }
})

/** 核实: what was found and done for the customer. @throws NotFound */
export const reviewSeveral = useCase(ReviewSeveral, ({ accountId, issuedOn, note }, context) => {
  const { sqlite, clock, actor } = context
  const { changes } = statement(
    sqlite,
    `UPDATE bill_several SET reviewed_at = ?, reviewed_by = ?, note = ?
     WHERE account_id = ? AND issued_on = ? AND reviewed_at IS NULL`,
  ).run(clock.now(), actor.name, note, accountId, issuedOn)
  if (changes === 0) throw new NotFound('这一户已经核实，或账单已取消，请刷新后再看')
  context.audit({ subject: `account:${accountId}`, detail: { issuedOn, note } })
  context.emit({ event: 'changed', data: { room: 'billing' } })
  return { accountId }
})
