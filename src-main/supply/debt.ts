/** What an account owes past its due dates: asked of the bills each time, so that a payment counts at once. */
import { openDebts, owesOverdueSql } from '../billing/service.ts'
import { today } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { add, subtract, sum, type Fen } from '../platform/money.ts'

export interface Overdue {
  /** Fen of principal and of 违约金 as of today. */
  readonly principal: Fen
  readonly lateFee: Fen
  readonly owed: Fen
  readonly oldestDueOn: BusinessDate | null
  readonly overdueDays: number
  readonly bills: readonly {
    readonly billNo: string
    readonly periodFrom: BusinessDate
    readonly periodTo: BusinessDate
    readonly dueOn: BusinessDate
    readonly overdueDays: number
    readonly outstanding: Fen
    readonly lateFee: Fen
  }[]
}

/**
 * The overdue part of an account's debt beyond what its prepayment covers; a bill whose due date is still to come is no reason
 * to press. Nor is the 违约金 of the days before the prepayment came, once it covers all that is overdue.
 */
export function overdueOf(context: Context, accountId: string): Overdue {
  const bills = (owesOverdue(context, accountId) ? openDebts(context, accountId, today(context)) : [])
    .map(({ covered, ...bill }) => ({ ...bill, outstanding: subtract(bill.outstanding, covered) }))
    .filter(({ overdueDays, outstanding, lateFee }) => overdueDays > 0 && (outstanding > 0 || lateFee > 0))
  const [oldest] = bills
  const principal = sum(bills.map(({ outstanding }) => outstanding))
  const lateFee = sum(bills.map((bill) => bill.lateFee))
  return {
    principal,
    lateFee,
    owed: add(principal, lateFee),
    oldestDueOn: oldest?.dueOn ?? null,
    overdueDays: oldest?.overdueDays ?? 0,
    bills,
  }
}

/** Whether an account owes nothing that is overdue, without working out how much it is. */
export const overdueSql = `SELECT 1 WHERE ${owesOverdueSql('@accountId', '@today')}`
export const owesOverdue = (context: Context, accountId: string): boolean =>
  statement(context.sqlite, overdueSql).get({ accountId, today: today(context) }) !== undefined

/** When the account paid last, epoch ms; null when it never did. */
export const lastPaidAt = ({ sqlite }: Context, accountId: string): number | null =>
  statement<{ at: number | null }>(
    sqlite,
    `SELECT max(s.created_at) AS at FROM bills b JOIN bill_settlements s ON s.bill_id = b.id
     WHERE b.account_id = ? AND s.undone_on IS NULL`,
  ).get(accountId)?.at ?? null
