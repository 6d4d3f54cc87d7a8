/** 冲正: the mirror image of a payment on the open day. The original stays as it is, the receipt's number stays on record. */
import { consumeApproval } from '../platform/approvals.ts'
import { unsettleBill } from '../billing/service.ts'
import { accountById, adjustBalances, recordEvent } from '../customers/service.ts'
import { unsettleCharges } from '../fees/service.ts'
import { reverse as reverseEntry } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { fen, formatYuan, negate, subtract, sum, type Fen } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { paymentKindNames, Reverse, type Means, type PaymentKind } from './api.ts'
import { AlreadyReversed, PaymentNotFound, PrepaymentSpent } from './errors.ts'
import { requireCash, type AtDrawer } from './payments.ts'
import { ownShift } from './shifts.ts'

interface StoredPayment {
  readonly kind: PaymentKind
  readonly accountId: string
  readonly amount: Fen
  readonly toPrepayment: Fen
  readonly entryId: string
  readonly receiptNo: string
  readonly reversed: string | null
}

function paymentToReverse({ sqlite }: Context, paymentId: string): StoredPayment {
  const payment = statement<StoredPayment>(
    sqlite,
    `SELECT p.kind, p.account_id AS accountId, p.amount, p.to_prepayment AS toPrepayment, p.entry_id AS entryId,
            r.receipt_no AS receiptNo, v.id AS reversed
     FROM payments p JOIN receipts r ON r.payment_id = p.id LEFT JOIN reversals v ON v.payment_id = p.id
     WHERE p.id = ?`,
  ).get(paymentId)
  if (!payment) throw new PaymentNotFound()
  if (payment.reversed) throw new AlreadyReversed(`收据 ${payment.receiptNo} 已经冲正，不能再次冲正`)
  return payment
}

interface Undoing {
  readonly reason: string
  readonly approverId: string
  readonly approverName: string
  readonly shift: AtDrawer
}

const tendersOf = ({ sqlite }: Context, paymentId: string) =>
  statement<{ means: Means; amount: Fen }>(
    sqlite,
    'SELECT means, amount FROM tenders WHERE payment_id = ? ORDER BY line_no',
  ).all(paymentId)
const totalOf = (tenders: readonly { means: Means; amount: Fen }[], means: Means): Fen =>
  sum(tenders.filter((tender) => tender.means === means).map((tender) => tender.amount))

/** The newest 抵扣 of an account that stands, or null. */
const newestOffset = ({ sqlite }: Context, accountId: string): string | null =>
  statement<{ id: string }>(
    sqlite,
    `SELECT p.id FROM payments p WHERE p.account_id = ? AND p.kind = 'offset'
       AND NOT EXISTS (SELECT 1 FROM reversals v WHERE v.payment_id = p.id) ORDER BY p.id DESC LIMIT 1`,
  ).get(accountId)?.id ?? null

interface Undone {
  readonly reversalId: string
  readonly reversalNo: string
}

/**
 * Undoes a payment on the open day: the mirror entry, its bills open again, its receipt void. What the hall itself paid
 * from the prepayment it takes away goes back first; what the customer paid from it stands in the way.
 * @throws PaymentNotFound · AlreadyReversed · PrepaymentSpent
 */
export function undoPayment(context: Context, paymentId: string, by: Undoing): Undone {
  const { sqlite, clock, actor } = context
  const { reason, approverId, approverName, shift } = by
  const payment = paymentToReverse(context, paymentId)
  const tenders = tendersOf(context, paymentId)
  const prepaymentDelta = subtract(totalOf(tenders, 'prepayment'), payment.toPrepayment)
  while (accountById(context, payment.accountId).prepayment + prepaymentDelta < 0) {
    const offset = newestOffset(context, payment.accountId)
    if (offset === null) throw new PrepaymentSpent()
    undoPayment(context, offset, { ...by, reason: `${reason}（其预存来自收据 ${payment.receiptNo}）` })
  }
  const entryId = reverseEntry(context, payment.entryId, { reason, approvedBy: approverId, drawer: shift.shiftId })
  const parts = statement<{ billId: string }>(
    sqlite,
    'SELECT bill_id AS billId FROM allocations WHERE payment_id = ? ORDER BY line_no DESC',
  ).all(paymentId)
  for (const { billId } of parts) unsettleBill(context, billId, paymentId)
  const charges = statement<{ chargeId: string; amount: Fen }>(
    sqlite,
    'SELECT charge_id AS chargeId, amount FROM charge_allocations WHERE payment_id = ? ORDER BY line_no',
  ).all(paymentId)
  unsettleCharges(context, charges)
  if (prepaymentDelta !== 0) adjustBalances(context, payment.accountId, { prepayment: prepaymentDelta })
  const reversalId = newId(clock)
  const reversalNo = nextNumber(context, 'reversal')
  statement(
    sqlite,
    `INSERT INTO reversals (id, reversal_no, payment_id, business_date, shift_id, entry_id, reason, approver_id, approver_name, at,
       actor_id, actor_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    reversalId,
    reversalNo,
    paymentId,
    shift.businessDate,
    shift.shiftId,
    entryId,
    reason,
    approverId,
    approverName,
    clock.now(),
    actor.id,
    actor.name,
  )
  statement(sqlite, `UPDATE receipts SET state = 'voided', voided_at = ? WHERE payment_id = ?`).run(
    clock.now(),
    paymentId,
  )
  recordEvent(context, {
    customerId: accountById(context, payment.accountId).customerId,
    accountId: payment.accountId,
    kind: 'payment',
    title: `${paymentKindNames[payment.kind]}冲正`,
    detail: `冲正凭证 ${reversalNo}，收据 ${payment.receiptNo} 作废，${formatYuan(payment.amount)} 元；原因：${reason}；批准：${approverName}`,
    amount: negate(payment.amount),
    subject: `payment:${paymentId}`,
  })
  context.audit({
    subject: `payment:${paymentId}`,
    detail: { reversalNo, receiptNo: payment.receiptNo, reason, entryId },
  })
  context.emit({ event: 'changed', data: { room: 'cashier' } })
  return { reversalId, reversalNo }
}

export const reverse = useCase(Reverse, ({ paymentId, reason, approvalId }, context) => {
  const shift = ownShift(context)
  const payment = paymentToReverse(context, paymentId)
  const cashBack = totalOf(tendersOf(context, paymentId), 'cash')
  if (cashBack > 0) requireCash(context, shift, cashBack)
  const approver = consumeApproval(context, approvalId, 'reversal', {
    paymentId,
    amount: payment.amount,
    reason,
  })
  const { reversalId, reversalNo } = undoPayment(context, paymentId, { ...approver, reason, shift })
  const after = accountById(context, payment.accountId)
  return {
    reversalId,
    reversalNo,
    receiptNo: payment.receiptNo,
    cashBack,
    prepayment: fen(after.prepayment),
    arrears: fen(after.arrears),
  }
})
