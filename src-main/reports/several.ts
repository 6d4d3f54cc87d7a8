/** 跨期合并计费 in 用气量报表: who was billed more than one period at once (case M7), and whether somebody looked at it. */
import { statement } from '../platform/database.ts'
import { count, date, litres, money, text } from './columns.ts'
import type { ReportRow, ReportSection, Scope } from './report.ts'

/** Customers listed; a hall with more has another trouble, and the page 跨期合并计费 has them all. */
const mostListed = 300

export const severalSql = `SELECT s.account_id || ' ' || s.issued_on AS key, s.account_id AS accountId, s.issued_on AS issuedOn,
    a.account_no AS accountNo, c.name AS customer, p.community, s.since, s.until, s.estimates, s.consumption,
    s.one_period AS onePeriod, s.note,
    (SELECT sum(x.amount) FROM bills x INDEXED BY bills_account WHERE x.account_id = s.account_id
       AND x.issued_on = s.issued_on AND x.state <> 'cancelled' AND x.reading_id IS NOT NULL) AS amount
  FROM bill_several s INDEXED BY bill_several_day CROSS JOIN accounts a ON a.id = s.account_id
    CROSS JOIN customers c ON c.id = a.customer_id CROSS JOIN service_points p ON p.id = a.service_point_id
  WHERE s.issued_on BETWEEN @from AND @to ORDER BY s.issued_on, s.account_id`

interface Row {
  readonly key: string
  readonly accountId: string
  readonly issuedOn: string
  readonly accountNo: string
  readonly customer: string
  readonly community: string
  readonly since: string
  readonly until: string
  readonly estimates: number
  readonly consumption: number
  readonly onePeriod: number
  readonly amount: number
  readonly note: string | null
}

export const severalRows = ({ context, period, until: to }: Scope): readonly ReportRow[] =>
  statement<Row>(context.sqlite, severalSql)
    .all({ from: period.from, to })
    .map(({ key, accountId, note, ...cells }) => ({
      key,
      link: `/customers/${accountId}`,
      cells: { ...cells, state: note === null ? '待核实' : '已核实' },
    }))

export const severalSection: ReportSection = {
  id: 'several',
  title: '跨期合并计费名单',
  note: '一次计费的用气量超过一期半的户：估抄为零后补计、长期未抄、积压一起出账；一期用气按上次实抄以来的日均推算',
  columns: [
    text('accountNo', '户号'),
    text('customer', '户名'),
    text('community', '小区'),
    date('issuedOn', '出账日期'),
    date('since', '上次实抄'),
    date('until', '本次抄表'),
    count('estimates', '其间估抄'),
    litres('consumption', '计费气量'),
    litres('onePeriod', '一期约'),
    money('amount', '气费'),
    text('state', '核实'),
  ],
  largest: 'consumption',
  limit: mostListed,
  totals: false,
}
