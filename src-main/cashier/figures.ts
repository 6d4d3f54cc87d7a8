/** How many receipts stood as they were given (clause 22(4): 账目清楚). */
import { formatYuan, type Fen } from '../platform/money.ts'
import { figureBySql, type Figure, type FigureRecord } from '../platform/figures.ts'

/** Receipts by the business day of their payment; also for the test of its plan. */
const given = `FROM payments p JOIN receipts r ON r.payment_id = p.id
  WHERE p.business_date BETWEEN @from AND @to AND p.kind <> 'offset'`
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

const recordOf = ({ id, receiptNo, date, amount, met, reason }: Row): FigureRecord => ({
  subject: `payment:${id}`,
  label: `收据 ${receiptNo}`,
  note: [date, `${formatYuan(amount)} 元`, ...(met === 1 ? [] : [`已冲正：${reason ?? ''}`])].join('，'),
  met: met === 1,
  link: '/payments',
})

export const cashFigures: readonly Figure[] = [
  figureBySql(
    { name: 'cashier.receipts-kept', label: '收据无冲正率', about: '开出的收据中，没有冲正、作废的比例' },
    receiptFigureSql,
    (_, { from, to }) => ({ from, to }),
    recordOf,
  ),
]
