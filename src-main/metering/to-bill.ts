/** Readings that wait for their bills: what the billing room asks of this one, account by account. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { NotFound } from '../platform/errors.ts'
import type { Litre } from '../platform/money.ts'

/** A reading that waits for its bill, with what the bill needs to know of its account. */
export interface ReadingToBill {
  readonly readingId: string
  readonly meterId: string
  readonly accountId: string
  readonly accountNo: string
  readonly customerId: string
  readonly servicePointId: string
  readonly pricePlanId: string
  /** The account had the price of another class once. */
  readonly priceChanged: 0 | 1
  readonly householdSize: number
  readonly previousOn: BusinessDate
  readonly readOn: BusinessDate
  /** Litres. */
  readonly consumption: Litre
  /** Meters the account has in use. */
  readonly meters: number
}

/**
 * The price that held on the day of the reading: what was read before another class began, or on its day, is billed by the
 * price of then, also where its bill was cancelled since. Null where the price has never changed.
 */
const priceOfThen = `(SELECT p.from_plan_id FROM class_change_plans p JOIN class_changes g ON g.id = p.change_id
    WHERE p.account_id = r.account_id AND date(g.at / 1000, 'unixepoch', '+8 hours') >= r.read_on ORDER BY g.at LIMIT 1)`

const toBill = `SELECT r.id AS readingId, r.meter_id AS meterId, r.account_id AS accountId, a.account_no AS accountNo,
    a.customer_id AS customerId, a.service_point_id AS servicePointId,
    coalesce(${priceOfThen}, a.price_plan_id) AS pricePlanId,
    EXISTS (SELECT 1 FROM class_change_plans p WHERE p.account_id = r.account_id) AS priceChanged,
    a.household_size AS householdSize, r.previous_on AS previousOn, r.read_on AS readOn, r.consumption,
    (SELECT count(*) FROM meters m WHERE m.service_point_id = a.service_point_id AND m.state = 'in-use') AS meters
  FROM readings r JOIN accounts a ON a.id = r.account_id WHERE r.state = 'unbilled'`

/** One reading that waits for its bill. @throws NotFound when it is billed or voided already */
export function readingToBill({ sqlite }: Context, readingId: string): ReadingToBill {
  const row = statement<ReadingToBill>(sqlite, `${toBill} AND r.id = ?`).get(readingId)
  if (!row) throw new NotFound('这次抄表已出账或已作废，请刷新后再试')
  return row
}

/**
 * Readings that wait for their bills after a place in the order account, day, id: tiers count up in that order. Some more
 * than `limit` where the last account has more: its meters are billed together.
 */
export function readingsToBill(
  { sqlite }: Context,
  after: Pick<ReadingToBill, 'accountId' | 'readOn' | 'readingId'> | null,
  limit: number,
): ReadingToBill[] {
  const rows = statement<ReadingToBill>(
    sqlite,
    `${toBill} AND (r.account_id, r.read_on, r.id) > (?, ?, ?) ORDER BY r.account_id, r.read_on, r.id LIMIT ?`,
  ).all(after?.accountId ?? '', after?.readOn ?? '', after?.readingId ?? '', limit)
  const last = rows.at(-1)
  if (last === undefined || rows.length < limit) return rows
  const more = statement<ReadingToBill>(
    sqlite,
    `${toBill} AND r.account_id = ? AND (r.read_on, r.id) > (?, ?) ORDER BY r.read_on, r.id`,
  ).all(last.accountId, last.readOn, last.readingId)
  return [...rows, ...more]
}

/** How many readings wait for their bills. */
export const countToBill = ({ sqlite }: Context): number =>
  statement<{ n: number }>(sqlite, `SELECT count(*) AS n FROM readings WHERE state = 'unbilled'`).get()?.n ?? 0

/** The waiting readings of an account, in the order they must be billed. */
export const waitingOf = (context: Context, accountId: string): ReadingToBill[] =>
  statement<ReadingToBill>(context.sqlite, `${toBill} AND r.account_id = ? ORDER BY r.read_on, r.id`).all(accountId)

/** A meter in use, with the day up to which what it measured is billed. */
export interface MeterBilled {
  readonly meterId: string
  readonly meterNo: string
  readonly billedThrough: BusinessDate
}

/** The meters in use at a service point, by their place. */
export const metersBilled = ({ sqlite }: Context, servicePointId: string): MeterBilled[] =>
  statement<MeterBilled>(
    sqlite,
    `SELECT m.id AS meterId, m.meter_no AS meterNo, coalesce(
       (SELECT r.read_on FROM readings r WHERE r.meter_id = m.id AND r.state = 'billed'
        ORDER BY r.read_on DESC, r.id DESC LIMIT 1), m.installed_on) AS billedThrough
     FROM meters m WHERE m.service_point_id = ? AND m.state = 'in-use' ORDER BY m.position`,
  ).all(servicePointId)
