/** How many receipts stood as they were given (clause 22(4): 账目清楚). */
import { statement } from '../platform/database.ts'
import { formatYuan, type Fen } from '../platform/money.ts'
import type { Figure, Share } from '../platform/figures.ts'

/** Receipts by the business day of their payment; also for the test of its plan. */
const given = 'FROM payments p JOIN receipts r ON r.payment_id = p.id WHERE p.business_date BETWEEN @from AND @to'
export const receiptFigureSql = {
  share: `SELECT count(*) AS denominator, count(*) FILTER (WHERE r.state = 'issued') AS numerator ${given}`,
  records: `SELECT p.id, r.receipt_no AS receiptNo, p.business_date AS date, p.amount, r.state = 'issued' AS met,
      (SELECT v.reason FROM reversals v WHERE v.payment_id = p.id) AS reason
    ${given} ORDER BY met, p.business_date DESC, p.id DESC LIMIT @limit`,
} as const

interface Row {
  readonly id: string
  readonly receiptNo: string
  readonly date: string
  readonly amount: Fen
  readonly met: number
  readonly reason: string | null
}

export const cashFigures: readonly Figure[] = [
  {
    name: 'cashier.receipts-kept',
    label: '收据无冲正率',
    about: '开出的收据中，没有冲正、作废的比例',
    compute: ({ sqlite }, { from, to }) =>
      statement<Share>(sqlite, receiptFigureSql.share).get({ from, to }) ?? { numerator: 0, denominator: 0 },
    records: ({ sqlite }, { from, to }, limit) =>
      statement<Row>(sqlite, receiptFigureSql.records)
        .all({ from, to, limit })
        .map(({ id, receiptNo, date, amount, met, reason }) => ({
          subject: `payment:${id}`,
          label: `收据 ${receiptNo}`,
          note: [date, `${formatYuan(amount)} 元`, ...(met === 1 ? [] : [`已冲正：${reason ?? ''}`])].join('，'),
          met: met === 1,
          link: '/payments',
        })),
  },
]
