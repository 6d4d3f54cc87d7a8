/**
 * 退补 in 用气量报表: what was charged is a bill and counted as one, what was given back is taken off here, so that gas and
 * money equal bills and adjustments together, and the ledger.
 */
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { count, litres, money, text, date } from './columns.ts'
import { Tally } from './gather.ts'
import type { ReportRow, ReportSection, Scope } from './report.ts'

const ofPeriod = `FROM bill_adjustments b INDEXED BY bill_adjustments_day LEFT JOIN bills g ON g.id = b.charge_bill_id
  WHERE b.issued_on BETWEEN @from AND @to AND (g.id IS NULL OR g.state <> 'cancelled')`
export const adjustmentsSql = `SELECT b.account_id AS accountId, b.issued_on AS issuedOn, b.volume, b.amount, b.lines,
    b.charge_bill_id IS NOT NULL AS charged ${ofPeriod} ORDER BY b.issued_on, b.id`

interface StoredAdjustment {
  readonly accountId: string
  readonly issuedOn: BusinessDate
  readonly volume: number
  readonly amount: number
  readonly lines: string
  readonly charged: 0 | 1
}
const adjustmentsOf = ({ context, period, until }: Scope): StoredAdjustment[] =>
  statement<StoredAdjustment>(context.sqlite, adjustmentsSql).all({ from: period.from, to: until })

/** What has no bill of its own, with its lines by tier; litres and fen, signed. */
export const adjustmentCuts = (scope: Scope) =>
  adjustmentsOf(scope)
    .filter(({ charged }) => charged === 0)
    .map(({ lines, ...one }) => ({
      ...one,
      lines: JSON.parse(lines) as readonly {
        readonly tier: number
        readonly volume: number
        readonly amount: number
      }[],
    }))

const kinds = { back: '退还', charge: '补收' } as const
const none = { adjustments: 0, volume: 0, amount: 0 }

export function adjustmentRows(scope: Scope): readonly ReportRow[] {
  const tally = new Tally()
  for (const { volume, amount } of adjustmentsOf(scope)) {
    const kind = volume < 0 ? 'back' : 'charge'
    tally.add(kind, { kind: kinds[kind], adjustments: 1, volume, amount })
  }
  return tally.rows()
}

export const adjustmentSection: ReportSection = {
  id: 'adjustments',
  title: '退补',
  note: '已计入以上各分项：补收的是账单，退还的已减去',
  columns: [
    text('kind', '类别'),
    count('adjustments', '笔数'),
    litres('volume', '更正气量'),
    money('amount', '退补金额'),
  ],
  fixed: () => Object.entries(kinds).map(([key, kind]) => ({ key, cells: { kind, ...none } })),
  records: (key) => ({
    title: '退补明细',
    by: 'date',
    columns: [
      date('issuedOn', '办理日期'),
      text('number', '退补单号'),
      text('accountNo', '户号'),
      text('customer', '户名'),
      text('billNo', '原账单'),
      litres('volume', '更正气量'),
      money('amount', '退补金额'),
      text('reason', '原因'),
      text('approver', '批准'),
    ],
    sql: `SELECT b.id, b.issued_on AS at, '/customers/' || b.account_id AS link, b.issued_on AS issuedOn, b.number,
        a.account_no AS accountNo, c.name AS customer, o.bill_no AS billNo, b.volume, b.amount, b.reason,
        b.approver_name AS approver
      FROM bill_adjustments b INDEXED BY bill_adjustments_day CROSS JOIN bills o ON o.id = b.bill_id
        CROSS JOIN accounts a ON a.id = b.account_id CROSS JOIN customers c ON c.id = a.customer_id
        LEFT JOIN bills g ON g.id = b.charge_bill_id
      WHERE (b.issued_on, b.id) > (@afterAt, @afterId) AND b.issued_on BETWEEN @from AND @to
        AND (g.id IS NULL OR g.state <> 'cancelled') AND b.volume ${key === 'back' ? '<' : '>'} 0
      ORDER BY b.issued_on, b.id LIMIT @limit`,
  }),
}
