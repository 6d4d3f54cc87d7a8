/** What moved on a business day, means by means: payments, refunds, and what reversals took back. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { fen, sum, type Fen } from '../platform/money.ts'
import { meansNames, tenderMeans, type ChannelMeans, type Means } from './api.ts'
import type { OurMovement } from './reconciliation.ts'

/** `taken` + `refunded` (negative) + `reversed` (the other sign of what was undone) = `net`, all fen. */
export interface MeansTotals {
  readonly means: Means
  readonly name: string
  readonly count: number
  readonly taken: Fen
  readonly refunded: Fen
  readonly reversed: Fen
  readonly net: Fen
}

/** Totals of the day per means, in the order of the screen; means that did not move are there with zeros. */
export function totalsByMeans({ sqlite }: Context, date: BusinessDate): MeansTotals[] {
  const rows = statement<{ means: Means; kind: 'taken' | 'refunded' | 'reversed'; count: number; amount: Fen }>(
    sqlite,
    `SELECT t.means, CASE WHEN t.amount > 0 THEN 'taken' ELSE 'refunded' END AS kind,
            count(*) AS count, sum(t.amount) AS amount
     FROM payments p JOIN tenders t ON t.payment_id = p.id WHERE p.business_date = @date GROUP BY 1, 2
     UNION ALL
     SELECT t.means, 'reversed', count(*), -sum(t.amount)
     FROM reversals v JOIN tenders t ON t.payment_id = v.payment_id WHERE v.business_date = @date GROUP BY 1`,
  ).all({ date })
  return tenderMeans.map((means) => {
    const of = rows.filter((row) => row.means === means)
    const amount = (kind: string) => sum(of.filter((row) => row.kind === kind).map((row) => row.amount))
    const [taken, refunded, reversed] = [amount('taken'), amount('refunded'), amount('reversed')]
    const count = of.reduce((all, row) => all + row.count, 0)
    return { means, name: meansNames[means], count, taken, refunded, reversed, net: sum([taken, refunded, reversed]) }
  })
}

/** Fen that came into the hall by all means together; what was paid from prepayment came in before. */
export const netTaken = (totals: readonly MeansTotals[]): Fen =>
  sum(totals.filter(({ means }) => means !== 'prepayment').map(({ net }) => net))

export interface ExpectedMovement extends OurMovement {
  /** Settled as 次日到账 on an earlier day, and expected on this one's statement. */
  readonly carried: boolean
}

/** Everything a channel's statement of the day should show: the day's movements and those carried from earlier days. */
export function expectedMovements({ sqlite }: Context, date: BusinessDate, means: ChannelMeans): ExpectedMovement[] {
  const own = statement<OurMovement>(
    sqlite,
    `SELECT t.payment_id || '/' || t.line_no || '/in' AS key, t.payment_id || '/' || t.line_no AS tender, t.reference,
            t.amount, p.at, r.receipt_no AS receiptNo
     FROM payments p JOIN tenders t ON t.payment_id = p.id JOIN receipts r ON r.payment_id = p.id
     WHERE p.business_date = @date AND t.means = @means
     UNION ALL
     SELECT t.payment_id || '/' || t.line_no || '/back', t.payment_id || '/' || t.line_no, t.reference,
            -t.amount, v.at, r.receipt_no
     FROM reversals v JOIN tenders t ON t.payment_id = v.payment_id JOIN receipts r ON r.payment_id = v.payment_id
     WHERE v.business_date = @date AND t.means = @means
     ORDER BY 5, 1`,
  ).all({ date, means })
  const carried = statement<Omit<OurMovement, 'tender'>>(
    sqlite,
    `SELECT ours_key AS key, reference, ours AS amount, at, receipt_no AS receiptNo FROM differences
     WHERE means = @means AND date < @date AND resolution = 'next-day' AND (cleared_on IS NULL OR cleared_on = @date)
     ORDER BY date, id`,
  ).all({ date, means })
  return [
    ...carried.map((row) => ({ ...row, tender: row.key.slice(0, row.key.lastIndexOf('/')), carried: true })),
    ...own.map((row) => ({ ...row, carried: false })),
  ]
}

/** Fen over (+) or short (−) booked on a day, by the ledger, and the reasons given. */
export function bookedOverShort({ sqlite }: Context, date: BusinessDate): { amount: Fen; reasons: string[] } {
  const rows = statement<{ reason: string; amount: number }>(
    sqlite,
    `SELECT e.reason, sum(l.credit) - sum(l.debit) AS amount
     FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id AND l.account = 'over-short'
     WHERE e.business_date = ? AND e.kind = 'over-short' GROUP BY e.id ORDER BY e.at, e.id`,
  ).all(date)
  return { amount: sum(rows.map((row) => fen(row.amount))), reasons: rows.map((row) => row.reason) }
}
