/**
 * 预存抵扣: a bill is paid from what the customer has paid in, at issue and when money comes in, each by a setting. It is a
 * payment like any other, with a receipt of its own, but of no shift: nothing goes over the counter.
 */
import { setCashDesk } from '../billing/service.ts'
import { accountById } from '../customers/service.ts'
import { currentDay } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { fen, least, subtract } from '../platform/money.ts'
import { debtsOf, writePayment } from './payments.ts'
import { undoPayment } from './reversal.ts'
import { allocate, owed } from './rules.ts'

/**
 * Pays open bills from the account's prepayment, the oldest first, each by a payment of its own.
 * @param sourceId the payment that has just brought the money, whose receipt tells of it
 */
export function payFromPrepayment(context: Context, accountId: string, sourceId?: string): void {
  const account = accountById(context, accountId)
  let left = fen(account.prepayment)
  if (left === 0) return
  const shift = { shiftId: null, businessDate: currentDay(context) }
  while (left > 0) {
    // Asked anew for each: what the prepayment covers of the next bill changes with what was drawn for this one.
    const [debt] = debtsOf(context, accountId, shift.businessDate)
    if (!debt) return
    const amount = least(left, owed(debt))
    const { allocations } = allocate([debt], amount)
    writePayment(context, {
      kind: 'offset',
      account,
      shift,
      tenders: [{ means: 'prepayment', amount }],
      allocations,
      debts: [debt],
      toPrepayment: fen(0),
      change: fen(0),
      ...(sourceId === undefined ? {} : { sourceId }),
    })
    left = subtract(left, amount)
  }
}

/** 抵扣 payments that stand, the newest first. */
const standing = ({ sqlite }: Context, where: string, of: string): string[] =>
  statement<{ id: string }>(
    sqlite,
    `SELECT p.id FROM payments p ${where} AND p.kind = 'offset'
       AND NOT EXISTS (SELECT 1 FROM reversals v WHERE v.payment_id = p.id) ORDER BY p.id DESC`,
  )
    .all(of)
    .map(({ id }) => id)

setCashDesk({
  payFromPrepayment,
  returnToPrepayment: (context, billId, reason) => {
    const shift = { shiftId: null, businessDate: currentDay(context) }
    const { id, name } = context.actor
    // Who may cancel the bill answers for what goes with it.
    const by = { reason, approverId: id, approverName: name, shift }
    for (const paymentId of standing(
      context,
      'JOIN allocations a ON a.payment_id = p.id WHERE a.bill_id = ?',
      billId,
    )) {
      undoPayment(context, paymentId, by)
    }
  },
})
