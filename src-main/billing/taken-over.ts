/** Debts and tier totals as the system before had them. The importing room books the opening entry. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, endOfMonth, type BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import type { Fen, Litre } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'

export interface DebtTakenOver {
  readonly accountId: string
  /** First day of the month owed for. */
  readonly month: BusinessDate
  /** Fen. */
  readonly amount: Fen
  readonly issuedOn: BusinessDate
  /** Null: counted from today as for a bill issued now, so that no late fee of before arises. */
  readonly dueOn: BusinessDate | null
}

/** An open bill without a reading and without an entry of its own; it cannot be cancelled here (BillImported). @returns id */
export function takeOverDebt(context: Context, { accountId, month, amount, issuedOn, dueOn }: DebtTakenOver): string {
  const { sqlite, clock, settings } = context
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO bills (id, bill_no, account_id, issued_on, due_on, period_from, period_to, consumption, amount, state, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 'open', ?)`,
  ).run(
    id,
    nextNumber(context, 'bill'),
    accountId,
    issuedOn,
    dueOn ?? addDays(issuedOn, settings.get('billing.dueDays')),
    month,
    endOfMonth(month),
    amount,
    clock.now(),
  )
  return id
}

/**
 * Litres of a bill, as SQL; null for a debt taken over, of which the volume is not known here. The bill of what a 退补 charges has
 * no reading either, but an entry and a volume.
 * @param of alias of the bills, with its dot
 */
export const volumeSql = (of = 'b.'): string =>
  `CASE WHEN ${of}reading_id IS NULL AND ${of}entry_id IS NULL THEN NULL ELSE ${of}consumption END`

/** Whether a month of an account stands in a bill that counts. */
export const monthIsBilled = ({ sqlite }: Context, accountId: string, month: BusinessDate): boolean =>
  statement(
    sqlite,
    `SELECT 1 FROM bills WHERE account_id = ? AND period_to BETWEEN ? AND ? AND period_from = ? AND state <> 'cancelled'`,
  ).get(accountId, month, endOfMonth(month), month) !== undefined

/** Gas used so far in a tier cycle, litres; the first bill counts its tiers from here. @returns false when some is known already */
export function takeOverUsage(
  { sqlite }: Context,
  accountId: string,
  cycleStart: BusinessDate,
  volume: Litre,
): boolean {
  const { changes } = statement(
    sqlite,
    'INSERT INTO tier_usage (account_id, cycle_start, volume) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(accountId, cycleStart, volume)
  return changes === 1
}

/** Whether a cycle of an account has a total already. */
export const usageIsKnown = ({ sqlite }: Context, accountId: string, cycleStart: BusinessDate): boolean =>
  statement(sqlite, 'SELECT 1 FROM tier_usage WHERE account_id = ? AND cycle_start = ?').get(accountId, cycleStart) !==
  undefined

/** Takes back what an import brought. */
export function removeDebtTakenOver(
  { sqlite }: Context,
  { billId, accountId, cycleStart }: { billId: string | null; accountId: string | null; cycleStart: string | null },
): void {
  if (billId !== null) statement(sqlite, 'DELETE FROM bills WHERE id = ?').run(billId)
  if (cycleStart !== null && accountId !== null) {
    statement(sqlite, 'DELETE FROM tier_usage WHERE account_id = ? AND cycle_start = ?').run(accountId, cycleStart)
  }
}
