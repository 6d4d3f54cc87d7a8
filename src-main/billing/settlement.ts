/**
 * What an account owes, and what a payment does to its bills. The cash desk books the money; this room keeps what is
 * settled and the account's arrears, which always equal the ledger's receivable of the account.
 */
import { adjustBalances } from '../customers/service.ts'
import { currentDay, openDayOrToday } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { add, fen, negate, subtract, sum, type Fen, type Litre } from '../platform/money.ts'
import type { BillLineView, BillState } from './api.ts'
import { coverOf, prepaidOf, takeSlices, type Slice } from './cover.ts'
import { linesOf } from './lines.ts'
import { daysOverdue, lateFee, neverOwedAfter } from './rules.ts'
import { volumeSql } from './taken-over.ts'

export const BillNotFound = domainError('BillNotFound', '没有这张账单，请刷新后再试')
export const BillSettled = domainError('BillSettled', '账单已缴清或已取消，请刷新后再收费')
export const OverBill = domainError('OverBill', '缴纳金额超过账单未缴金额，请刷新后再收费')
export const SettlementNotFound = domainError('SettlementNotFound', '没有找到这笔缴费，可能已经冲正')

export interface BillBalance {
  readonly billId: string
  readonly accountId: string
  readonly dueOn: BusinessDate
  /** Fen: the whole bill, principal paid, 违约金 paid. */
  readonly amount: Fen
  readonly settled: Fen
  readonly lateFeeSettled: Fen
}

/** Parts of the principal already paid, each late until its own day; reversed payments are left out. */
const paidParts = ({ sqlite }: Context, billId: string): { amount: Fen; on: BusinessDate }[] =>
  statement<{ amount: Fen; on: BusinessDate }>(
    sqlite,
    `SELECT principal AS amount, late_until AS "on" FROM bill_settlements
     WHERE bill_id = ? AND undone_on IS NULL AND principal > 0`,
  ).all(billId)

/** 退补 of a bill that stand, the oldest first: fen, below zero what went back, and the 违约金 that went back with it. */
const corrections = ({ sqlite }: Context, billId: string): { amount: number; lateFee: number }[] =>
  statement<{ amount: number; lateFee: number }>(
    sqlite,
    `SELECT j.amount, j.late_fee AS lateFee FROM bill_adjustments j LEFT JOIN bills g ON g.id = j.charge_bill_id
     WHERE j.bill_id = ? AND (g.id IS NULL OR g.state <> 'cancelled') ORDER BY j.id`,
  ).all(billId)

/**
 * 违约金 still to be paid on a date, fen: none on what the account's prepayment covers since it does. By the hall's settings (示例; a company
 * enters its own).
 */
export const lateFeeDue = (context: Context, bill: BillBalance, on: BusinessDate): Fen =>
  lateFeeBeyond(context, bill, on, bill.dueOn < on ? coverOf(context, bill) : [])

/** The same where it is known what the prepayment covers of the bill. */
function lateFeeBeyond(context: Context, bill: BillBalance, on: BusinessDate, cover: readonly Slice[]): Fen {
  const left = lateFeeLeft(context, bill, on, cover)
  return left > 0 ? fen(left) : fen(0)
}

/**
 * 违约金 of a bill less what was paid of it and not given back, fen; below zero where more was paid than the true debt bears.
 * @param more fen by which a 退补 is about to change the bill
 */
function lateFeeLeft(
  context: Context,
  bill: BillBalance,
  on: BusinessDate,
  cover: readonly Slice[],
  more: readonly number[] = [],
): number {
  const { settings } = context
  const corrected = corrections(context, bill.billId)
  const fee = lateFee({
    outstanding: subtract(subtract(bill.amount, bill.settled), sum(cover.map(({ amount }) => amount))),
    paid: [...(bill.settled > 0 ? paidParts(context, bill.billId) : []), ...cover],
    neverOwed: neverOwedAfter([...corrected.map(({ amount }) => amount), ...more]),
    dueDate: bill.dueOn,
    on,
    ratePpmPerDay: settings.get('lateFee.ratePpmPerDay'),
    graceDays: settings.get('lateFee.graceDays'),
    startFrom: 'dueDate',
    capRatioPpm: settings.get('lateFee.capPpm'),
  })
  return fee - bill.lateFeeSettled + corrected.reduce((back, one) => back + one.lateFee, 0)
}

/**
 * 违约金 that was paid on a bill beyond what it bears once a 退补 has given back some of its gas, fen: it goes back too.
 * @param amount fen of the 退补, below zero
 */
export function lateFeeToReturn(context: Context, billId: string, amount: number): Fen {
  const bill = billRow(context, billId)
  const on = openDayOrToday(context)
  const cover = bill.dueOn < on ? coverOf(context, bill) : []
  const beyond = (more: readonly number[]) => Math.max(0, -lateFeeLeft(context, bill, on, cover, more))
  // What was paid by an earlier, higher rate was owed then: only what this 退补 itself makes too much goes back.
  return fen(beyond([amount]) - beyond([]))
}

/** A bill of which a 退补 left nothing to pay, not even of its 违约金, is settled. */
export function settleWhatIsPaid(context: Context, billId: string): void {
  const bill = billRow(context, billId)
  if (bill.state === 'open') saveBalance(context, bill, () => lateFeeDue(context, bill, openDayOrToday(context)))
}

export interface OpenBill {
  readonly billId: string
  readonly billNo: string
  readonly accountId: string
  readonly issuedOn: BusinessDate
  readonly dueOn: BusinessDate
  readonly periodFrom: BusinessDate
  readonly periodTo: BusinessDate
  /** Litres; null for a debt of the old system, of which the volume is not known. */
  readonly consumption: Litre | null
  /** Fen: the whole bill, the principal still open, and 违约金 as of the date asked for. */
  readonly amount: Fen
  readonly outstanding: Fen
  readonly lateFee: Fen
  /** Fen of `outstanding` that the account's prepayment covers: no debt to press for. */
  readonly covered: Fen
  /** Days past the due date; 0 while it is not over. */
  readonly overdueDays: number
  readonly lines: readonly BillLineView[]
}

/** An open bill without how it was computed: all that taking the money needs. */
export type OpenDebt = Omit<OpenBill, 'lines'>

type StoredBill = BillBalance &
  Omit<OpenDebt, 'outstanding' | 'lateFee' | 'covered' | 'overdueDays'> & { readonly state: BillState }

const columns = `id AS billId, bill_no AS billNo, account_id AS accountId, issued_on AS issuedOn, due_on AS dueOn,
  period_from AS periodFrom, period_to AS periodTo, ${volumeSql('')} AS consumption, amount, settled, late_fee_settled AS lateFeeSettled,
  state`

/** The account's bills that are not settled, the oldest debt first, with 违约金 as of `on`. */
export const openBills = (context: Context, accountId: string, on: BusinessDate): OpenBill[] =>
  openDebts(context, accountId, on).map((debt) => ({ ...debt, lines: linesOf(context, debt.billId) }))

/** The same bills in the same order, without their lines. */
export const openDebts = (context: Context, accountId: string, on: BusinessDate): OpenDebt[] =>
  reckonDebts(context, accountId, on).map(({ reckoned: _, ...debt }) => debt)

/** What was read and computed to say what a bill owes on a day. */
interface Reckoned {
  readonly on: BusinessDate
  readonly bill: StoredBill
  readonly cover: readonly Slice[]
  readonly due: Fen
}

/** A debt for whoever settles it in the same transaction: it is not read and computed a second time. */
export interface ReckonedDebt extends OpenDebt {
  readonly reckoned: Reckoned
}

/** The same once more, with how they were reckoned. */
export function reckonDebts(context: Context, accountId: string, on: BusinessDate): ReckonedDebt[] {
  const prepaid = prepaidOf(context, accountId)
  return statement<StoredBill>(
    context.sqlite,
    `SELECT ${columns} FROM bills WHERE account_id = ? AND state = 'open' ORDER BY due_on, period_to, id`,
  )
    .all(accountId)
    .map((bill) => {
      const { settled, lateFeeSettled: _, state: __, ...shown } = bill
      const cover = coverOf(context, bill, prepaid)
      const due = lateFeeBeyond(context, bill, on, cover)
      return {
        ...shown,
        outstanding: subtract(bill.amount, settled),
        lateFee: due,
        covered: sum(cover.map(({ amount }) => amount)),
        overdueDays: daysOverdue(bill.dueOn, on),
        reckoned: { on, bill, cover, due },
      }
    })
}

function billRow({ sqlite }: Context, billId: string): StoredBill {
  const row = statement<StoredBill>(sqlite, `SELECT ${columns} FROM bills WHERE id = ?`).get(billId)
  if (!row) throw new BillNotFound()
  return row
}

export interface Payment {
  /** Fen of principal and of 违约金 paid on this bill. */
  readonly principal: Fen
  readonly lateFee: Fen
}

/** Keeps what is paid. A bill is settled once its principal is complete and its parts leave no late fee behind. */
function saveBalance(context: Context, bill: BillBalance, feeLeft: () => Fen): void {
  const { billId, amount, settled, lateFeeSettled } = bill
  const state: BillState = settled === amount && feeLeft() === 0 ? 'settled' : 'open'
  statement(context.sqlite, 'UPDATE bills SET settled = ?, late_fee_settled = ?, state = ? WHERE id = ?').run(
    settled,
    lateFeeSettled,
    state,
    billId,
  )
}

/** A part of a payment that goes on one bill. */
export interface Settling extends Payment {
  readonly billId: string
}

/** Which payment it is, what it does besides to the account, and by whom it is made. */
interface Paying {
  /** Its settlements bear it, so that a reversal undoes them and no others. */
  readonly paymentId: string
  /** Fen by which the account's prepayment rises with it: the account is written once. */
  readonly prepayment?: Fen
  /** The hall itself pays from the account's prepayment. */
  readonly byOffset?: boolean
  /** The debts, where they were reckoned in this very transaction and nothing has been written since. */
  readonly debts?: readonly ReckonedDebt[]
}

/**
 * Notes what was paid on bills of an account on the current business day, and lowers its arrears by the principal.
 * The caller books it afterwards (Cr receivable by the principal, Cr late fee): what the prepayment covered is reckoned as
 * it lay there before the payment.
 * @throws BillNotFound · BillSettled · OverBill
 */
export function settleBills(
  context: Context,
  accountId: string,
  parts: readonly Settling[],
  { paymentId, prepayment = fen(0), byOffset = false, debts = [] }: Paying,
): void {
  const arrears = negate(sum(parts.map(({ principal }) => principal)))
  if (parts.length > 0) {
    const on = currentDay(context)
    const known = new Map(debts.map(({ billId, reckoned }) => [billId, reckoned]))
    // Of all bills before any of them is settled: the next one would seem to be covered by what covered this one.
    const bills = parts.map(({ billId }): Reckoned => {
      const reckoned = known.get(billId)
      if (reckoned?.on === on) return reckoned
      const bill = billRow(context, billId)
      const cover = coverOf(context, bill)
      return { on, bill, cover, due: lateFeeBeyond(context, bill, on, cover) }
    })
    const settlement = { paymentId, accountId, byOffset }
    parts.forEach((part, i) => settleOne(context, settlement, { ...part, ...(bills[i] as Reckoned) }))
  }
  if (prepayment !== 0 || arrears !== 0) adjustBalances(context, accountId, { prepayment, arrears })
}

interface Settlement {
  readonly paymentId: string
  readonly accountId: string
  readonly byOffset: boolean
}

function settleOne(
  context: Context,
  { paymentId, accountId, byOffset }: Settlement,
  { billId, principal, lateFee: paidFee, on, bill, cover, due }: Settling & Reckoned,
): void {
  if (bill.accountId !== accountId) throw new BillNotFound()
  if (bill.state !== 'open') throw new BillSettled()
  const outstanding = subtract(bill.amount, bill.settled)
  if (principal < 0 || paidFee < 0 || principal > outstanding || paidFee > due) throw new OverBill()
  // What the prepayment covered was not late since it did, by whatever means the bill is paid in the end.
  const covered = takeSlices(cover, fen(0), principal)
  const rest = subtract(principal, sum(covered.map(({ amount }) => amount)))
  const parts = [{ amount: rest, on, fee: paidFee }, ...covered.map((part) => ({ ...part, fee: fen(0) }))]
  const insert = statement(
    context.sqlite,
    `INSERT INTO bill_settlements (id, bill_id, part, settled_on, late_until, by_offset, principal, late_fee, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  parts
    .filter(({ amount, fee }) => amount > 0 || fee > 0)
    .forEach((part, i) =>
      insert.run(paymentId, billId, i, on, part.on, byOffset ? 1 : 0, part.amount, part.fee, context.clock.now()),
    )
  // Each part is late until the very day it counted to before it was paid, so what is left of the fee is what was not paid.
  saveBalance(
    context,
    { ...bill, settled: add(bill.settled, principal), lateFeeSettled: add(bill.lateFeeSettled, paidFee) },
    () => subtract(due, paidFee),
  )
}

/**
 * Takes back what a payment settled of a bill, as its reversal does: the principal is open again and late from its due date,
 * as if it had never been paid.
 * @throws BillNotFound · SettlementNotFound
 */
export function unsettleBill(context: Context, billId: string, paymentId: string): void {
  const bill = billRow(context, billId)
  const on = currentDay(context)
  const undone = statement<Payment>(
    context.sqlite,
    `UPDATE bill_settlements SET undone_on = @on WHERE bill_id = @billId AND id = @paymentId AND undone_on IS NULL
     RETURNING principal, late_fee AS lateFee`,
  ).all({ on, billId, paymentId })
  if (undone.length === 0) throw new SettlementNotFound()
  const principal = sum(undone.map((part) => part.principal))
  const left = {
    ...bill,
    settled: subtract(bill.settled, principal),
    lateFeeSettled: subtract(bill.lateFeeSettled, sum(undone.map((part) => part.lateFee))),
  }
  saveBalance(context, left, () => lateFeeDue(context, left, on))
  if (principal > 0) adjustBalances(context, bill.accountId, { arrears: principal })
}
