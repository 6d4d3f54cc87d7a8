/**
 * 预存 against bills. A debt is what remains after what the customer has paid in: what the prepayment covers bears no 违约金
 * from the day on which it lay there, and is no reason to press. Every reader of debts asks here.
 */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { fen, least, subtract, type Fen } from '../platform/money.ts'

/** Part of a balance with the business day since which it has lain there without a break. */
export interface Slice {
  readonly amount: Fen
  readonly on: BusinessDate
}

/**
 * A balance cut by the day since which it has been there; the longest there comes first. Pure.
 * @param days what moved on each business day, fen, the newest day first; together the balance
 */
export function standingSince(days: readonly { readonly on: BusinessDate; readonly moved: number }[]): Slice[] {
  let balance = days.reduce((total, { moved }) => total + moved, 0)
  let level = balance
  const slices: Slice[] = []
  for (const { on, moved } of days) {
    if (level <= 0) break
    balance -= moved
    const floor = Math.max(0, balance)
    if (floor >= level) continue
    slices.push({ amount: fen(level - floor), on })
    level = floor
  }
  return slices.reverse()
}

/** The first `amount` fen of the slices after `skipped` fen of them. Pure. */
export function takeSlices(slices: readonly Slice[], skipped: Fen, amount: Fen): Slice[] {
  let [skip, left] = [skipped, amount]
  const taken: Slice[] = []
  for (const { amount: held, on } of slices) {
    const over = least(skip, held)
    skip = subtract(skip, over)
    const part = least(subtract(held, over), left)
    left = subtract(left, part)
    if (part > 0) taken.push({ amount: part, on })
  }
  return taken
}

/** What lies ahead on an account, fen. */
export const prepaidOf = ({ sqlite }: Context, accountId: string): number =>
  statement<{ prepayment: number }>(sqlite, 'SELECT prepayment FROM accounts WHERE id = ?').get(accountId)
    ?.prepayment ?? 0

/**
 * A reversal counts on the day of what it undoes, as if neither had been. What was drawn to pay bills is told apart: it is the
 * money that had lain longest, as it covered the oldest bills, while a refund takes what came last.
 */
const movedSql = `SELECT "on", sum(CASE WHEN draws THEN 0 ELSE moved END) AS moved, -sum(CASE WHEN draws THEN moved ELSE 0 END) AS drawn
  FROM (SELECT coalesce(o.business_date, e.business_date) AS "on", l.credit - l.debit AS moved,
      coalesce(o.kind, e.kind) = 'payment' AND (CASE WHEN o.id IS NULL THEN l.debit ELSE l.credit END) > 0 AS draws
    FROM journal_lines l INDEXED BY journal_lines_account JOIN journal_entries e ON e.id = l.entry_id
      LEFT JOIN journal_entries o ON o.id = e.reverses
    WHERE l.account = 'prepayment' AND l.holder = ?)
  GROUP BY 1 ORDER BY 1 DESC`

export interface CoveredBill {
  readonly billId: string
  readonly accountId: string
  readonly dueOn: BusinessDate
  readonly amount: Fen
  readonly settled: Fen
}

/**
 * The parts of a bill's open principal that the account's prepayment covers; the older bills take theirs first.
 * @param prepaid the account's prepayment, where it was read already
 */
export function coverOf(context: Context, bill: CoveredBill, prepaid?: number): Slice[] {
  const outstanding = subtract(bill.amount, bill.settled)
  if (outstanding === 0 || (prepaid ?? prepaidOf(context, bill.accountId)) === 0) return []
  const older = statement<{ open: number }>(
    context.sqlite,
    `SELECT coalesce(sum(amount - settled), 0) AS open FROM bills INDEXED BY bills_open
     WHERE account_id = @accountId AND state = 'open' AND (due_on, period_to, id) <
       (SELECT due_on, period_to, id FROM bills WHERE id = @billId)`,
  ).get({ accountId: bill.accountId, billId: bill.billId })
  const days = statement<{ on: BusinessDate; moved: number; drawn: number }>(context.sqlite, movedSql).all(
    bill.accountId,
  )
  const drawn = days.reduce((all, day) => all + day.drawn, 0)
  return takeSlices(standingSince(days), fen(drawn + (older?.open ?? 0)), outstanding)
}

/**
 * SQL: whether an account owes something past its due date that its prepayment does not cover. An account without
 * prepayment is answered by its first such bill.
 * @param account SQL of the account's id; `before` SQL of the first due date that is not yet past
 */
export const owesOverdueSql = (account: string, before: string): string =>
  `EXISTS (SELECT 1 FROM bills b INDEXED BY bills_open
    WHERE b.account_id = ${account} AND b.state = 'open' AND b.due_on < ${before}
      AND ((SELECT prepayment FROM accounts WHERE id = ${account}) = 0
        OR (SELECT sum(o.amount - o.settled) FROM bills o INDEXED BY bills_open
            WHERE o.account_id = ${account} AND o.state = 'open' AND o.due_on < ${before})
          > (SELECT prepayment FROM accounts WHERE id = ${account})))`

/** What the cash desk does for this room: it owns the money, this room the bills (no arrow leads from here to there). */
export interface CashDesk {
  /** Pays open bills of the account from its prepayment, the oldest first. */
  readonly payFromPrepayment: (context: Context, accountId: string, sourceId?: string) => void
  /** Undoes what was paid on a bill from prepayment alone. */
  readonly returnToPrepayment: (context: Context, billId: string, reason: string) => void
}
let desk: CashDesk | null = null

/** The cash desk says once, when the program starts, how it pays from prepayment. */
export const setCashDesk = (theirs: CashDesk): void => void (desk = theirs)

export function cashDesk(): CashDesk {
  if (!desk) throw new RangeError('the cash desk has not been opened')
  return desk
}
