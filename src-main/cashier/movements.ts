/** What moved on a business day, means by means: payments, refunds, and what reversals took back. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { sum, type Fen } from '../platform/money.ts'
import { channelMeans, meansNames, tenderMeans, type ChannelMeans, type Means } from './api.ts'
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

const channels = `('${channelMeans.join(`', '`)}')`

export interface ExpectedMovement extends OurMovement {
  /** Settled as 次日到账 on an earlier day, and expected on this one's statement. */
  readonly carried: boolean
}

/** Everything each channel's statement of the day should show: the day's movements and those carried from earlier days. */
export function movementsByChannel(
  { sqlite }: Context,
  date: BusinessDate,
): (means: ChannelMeans) => readonly ExpectedMovement[] {
  type Own = OurMovement & { readonly means: Means }
  type Carried = Omit<Own, 'tender'>
  // The payments of the day are walked once, not once for each channel.
  const own = statement<Own>(
    sqlite,
    `SELECT t.means, t.payment_id || '/' || t.line_no || '/in' AS key, t.payment_id || '/' || t.line_no AS tender, t.reference,
            t.amount, p.at, r.receipt_no AS receiptNo
     FROM payments p JOIN tenders t ON t.payment_id = p.id AND t.means IN ${channels}
       JOIN receipts r ON r.payment_id = p.id WHERE p.business_date = @date
     UNION ALL
     SELECT t.means, t.payment_id || '/' || t.line_no || '/back', t.payment_id || '/' || t.line_no, t.reference,
            -t.amount, v.at, r.receipt_no
     FROM reversals v JOIN tenders t ON t.payment_id = v.payment_id AND t.means IN ${channels}
       JOIN receipts r ON r.payment_id = v.payment_id WHERE v.business_date = @date
     ORDER BY 6, 2`,
  ).all({ date })
  const carried = statement<Carried>(
    sqlite,
    `SELECT means, ours_key AS key, reference, ours AS amount, at, receipt_no AS receiptNo FROM (
       SELECT * FROM differences WHERE resolution = 'next-day' AND cleared_on IS NULL
       UNION ALL SELECT * FROM differences WHERE resolution = 'next-day' AND cleared_on = @date)
     WHERE date < @date ORDER BY date, id`,
  ).all({ date })
  return (wanted) => [
    ...carried
      .filter(({ means }) => means === wanted)
      .map(({ means: _, ...row }) => ({ ...row, tender: row.key.slice(0, row.key.lastIndexOf('/')), carried: true })),
    ...own.filter(({ means }) => means === wanted).map(({ means: _, ...row }) => ({ ...row, carried: false })),
  ]
}

/** The same of one channel. */
export const expectedMovements = (context: Context, date: BusinessDate, means: ChannelMeans) =>
  movementsByChannel(context, date)(means)

/** An over (+) or short (−) in the drawer of a till, as it was explained. */
export interface OverShort {
  readonly till: string
  readonly reason: string
  /** Fen. */
  readonly amount: Fen
}

/** Fen over (+) or short (−) booked on a day, by the ledger, and the reasons given. */
export const bookedOverShort = ({ sqlite }: Context, date: BusinessDate): OverShort[] =>
  statement<OverShort>(
    sqlite,
    `SELECT s.till, e.reason, sum(l.credit) - sum(l.debit) AS amount
     FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id AND l.account = 'over-short'
       JOIN shifts s ON s.id = e.shift_id
     WHERE e.business_date = ? AND e.kind = 'over-short' GROUP BY e.id ORDER BY e.at, e.id`,
  ).all(date)
