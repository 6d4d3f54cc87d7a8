/** Lists of payments and receipts, paged by key: newest first, the cursor is the last payment's id (ids sort by time). */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import type { Fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { PaymentsOf, ReceiptsOf, type Means, type PaymentKind, type PaymentRow } from './api.ts'

interface StoredRow {
  readonly paymentId: string
  readonly receiptNo: string
  readonly state: 'issued' | 'voided'
  readonly kind: PaymentKind
  readonly businessDate: BusinessDate
  readonly at: number
  readonly accountId: string
  readonly accountNo: string
  readonly customerName: string
  readonly amount: Fen
  readonly change: Fen
  readonly toPrepayment: Fen
  readonly rounding: Fen
  readonly cashierName: string
  readonly reversedAt: number | null
  readonly reason: string | null
  readonly approverName: string | null
}

/** Later than every id, where a page begins at the newest. */
const newest = 'g'

const select = (from: string, where: string) =>
  `SELECT p.id AS paymentId, r.receipt_no AS receiptNo, r.state, p.kind, p.business_date AS businessDate, p.at,
     p.account_id AS accountId, a.account_no AS accountNo, c.name AS customerName, p.amount, p.change,
     p.to_prepayment AS toPrepayment, p.rounding, p.actor_name AS cashierName,
     v.at AS reversedAt, v.reason, v.approver_name AS approverName
   FROM ${from} JOIN accounts a ON a.id = p.account_id JOIN customers c ON c.id = a.customer_id
     LEFT JOIN reversals v ON v.payment_id = p.id
   WHERE ${where} AND p.id < @after ORDER BY p.id DESC LIMIT @limit`

const byPayment = 'payments p JOIN receipts r ON r.payment_id = p.id'
/** Each kind of list with the index that serves it; a test reads the plans. */
export const paymentListSql = {
  ofAccount: select(byPayment, 'p.account_id = @of'),
  ofDay: select(byPayment, 'p.business_date = @of'),
  ofReceipt: select('receipts r JOIN payments p ON p.id = r.payment_id', 'r.receipt_no = @of'),
  all: select(byPayment, `@of = ''`),
  ofShift: select(
    byPayment,
    'p.business_date = (SELECT s.business_date FROM shifts s WHERE s.id = @of) AND p.shift_id = @of',
  ),
}

function pageOfPayments(
  { sqlite }: Context,
  sql: string,
  of: string,
  { after, size }: { after: string | null; size: number },
): { rows: PaymentRow[]; next: string | null } {
  const found = statement<StoredRow>(sqlite, sql).all({ of, after: after ?? newest, limit: size + 1 })
  const tenders = statement<{ means: Means; amount: Fen; received: Fen | null; reference: string }>(
    sqlite,
    'SELECT means, amount, received, reference FROM tenders WHERE payment_id = ? ORDER BY line_no',
  )
  const rows = found.slice(0, size).map(({ reversedAt, reason, approverName, ...row }) => ({
    ...row,
    tenders: tenders.all(row.paymentId),
    reversal: reversedAt === null ? null : { at: reversedAt, reason: reason ?? '', approverName: approverName ?? '' },
  }))
  return { rows, next: found.length > size ? (rows.at(-1)?.paymentId ?? null) : null }
}

export const receiptsOf = useCase(ReceiptsOf, ({ accountId, page }, context) =>
  pageOfPayments(context, paymentListSql.ofAccount, accountId, page),
)

export const payments = useCase(PaymentsOf, ({ date, receiptNo, page }, context) => {
  if (receiptNo !== '') return pageOfPayments(context, paymentListSql.ofReceipt, receiptNo.toUpperCase(), page)
  if (date !== null) return pageOfPayments(context, paymentListSql.ofDay, date, page)
  return pageOfPayments(context, paymentListSql.all, '', page)
})

/** The newest payment of a shift, or null. */
export const lastOfShift = (context: Context, shiftId: string): PaymentRow | null =>
  pageOfPayments(context, paymentListSql.ofShift, shiftId, { after: null, size: 1 }).rows[0] ?? null
