/** 收费报表: what the cash desk took and gave back, equal to the ledger to the fen (clauses 13, 22(4)). Business dates. */
import { meansNames, paymentKindNames, tenderMeans } from '../cashier/api.ts'
import { feeKind } from '../fees/api.ts'
import { ledgerAccountNames, type LedgerAccount } from '../ledger/api.ts'
import { trendSteps } from './rules.ts'
import { count, date, inStep, money, named, shareOf, stepOf, text } from './columns.ts'
import { addUp } from './gather.ts'
import type { RecordQuery, Report, ReportColumn, ReportRow } from './report.ts'

const mine = (alias: string) => `(@cashier = '' OR ${alias}.actor_id = @cashier)`
const payments = `payments p INDEXED BY payments_day`
const onDay = `p.business_date BETWEEN @from AND @to AND ${mine('p')}`
const reversals = `reversals v INDEXED BY reversals_day`
const reversedOnDay = `v.business_date BETWEEN @from AND @to AND ${mine('v')}`

/** Means by which money really comes in or goes out. */
const incoming = tenderMeans.filter((means) => means !== 'prepayment')

const meansQueries = [
  `SELECT t.means AS key, count(*) AS count, sum(CASE WHEN t.amount > 0 THEN t.amount ELSE 0 END) AS taken,
     sum(CASE WHEN t.amount < 0 THEN t.amount ELSE 0 END) AS refunded, 0 AS reversed, sum(t.amount) AS net
   FROM ${payments} JOIN tenders t ON t.payment_id = p.id AND t.means <> 'prepayment' WHERE ${onDay} GROUP BY t.means`,
  `SELECT t.means AS key, count(*) AS count, 0 AS taken, 0 AS refunded, -sum(t.amount) AS reversed, -sum(t.amount) AS net
   FROM ${reversals} JOIN tenders t ON t.payment_id = v.payment_id AND t.means <> 'prepayment'
   WHERE ${reversedOnDay} GROUP BY t.means`,
]

/** What the money was for: together exactly what came in, prepayment apart. */
const purposeNames = {
  bill: '气费',
  'late-fee': '违约金',
  fee: '收费项目',
  deposit: '存入预存',
  draw: '预存抵扣',
  refund: '预存退款',
  rounding: '现金尾差',
}
const purposes: readonly ReportRow[] = Object.entries(purposeNames).map(([key, name]) => ({
  key,
  cells: { purpose: name, amount: 0 },
}))
const purposeOf = (from: string, where: string, id: string, sign: '' | '-') => [
  `SELECT 'bill' AS key, coalesce(${sign}sum(a.principal), 0) AS amount
   FROM ${from} JOIN allocations a ON a.payment_id = ${id} WHERE ${where}`,
  `SELECT 'late-fee' AS key, coalesce(${sign}sum(a.late_fee), 0) AS amount
   FROM ${from} JOIN allocations a ON a.payment_id = ${id} WHERE ${where}`,
  `SELECT 'fee' AS key, coalesce(${sign}sum(a.amount), 0) AS amount
   FROM ${from} JOIN charge_allocations a ON a.payment_id = ${id} WHERE ${where}`,
  `SELECT 'draw' AS key, coalesce(-(${sign}sum(t.amount)), 0) AS amount
   FROM ${from} JOIN tenders t ON t.payment_id = ${id} AND t.means = 'prepayment' WHERE ${where}`,
]
const purposeQueries = [
  ...purposeOf(payments, onDay, 'p.id', ''),
  ...purposeOf(reversals, reversedOnDay, 'v.payment_id', '-'),
  `SELECT CASE p.kind WHEN 'refund' THEN 'refund' ELSE 'deposit' END AS key, sum(p.to_prepayment) AS amount
   FROM ${payments} WHERE ${onDay} GROUP BY 1`,
  `SELECT CASE p.kind WHEN 'refund' THEN 'refund' ELSE 'deposit' END AS key, -sum(p.to_prepayment) AS amount
   FROM ${reversals} JOIN payments p ON p.id = v.payment_id WHERE ${reversedOnDay} GROUP BY 1`,
  `SELECT 'rounding' AS key, -coalesce(sum(p.rounding), 0) AS amount FROM ${payments} WHERE ${onDay}`,
  `SELECT 'rounding' AS key, coalesce(sum(p.rounding), 0) AS amount
   FROM ${reversals} JOIN payments p ON p.id = v.payment_id WHERE ${reversedOnDay}`,
]

const nothing = { receipts: 0, voided: 0, taken: 0, back: 0, net: 0, overShort: 0, deposit: 0 }
const external = `(SELECT coalesce(sum(t.amount), 0) FROM tenders t WHERE t.payment_id = p.id AND t.means <> 'prepayment')`
const dayRow = (filled: Partial<Record<keyof typeof nothing, string>>, day: string) =>
  `${stepOf(day)} AS key, ${Object.keys(nothing)
    .map((name) => `${filled[name as keyof typeof nothing] ?? '0'} AS ${name}`)
    .join(', ')}`
const dayQueries = [
  `SELECT ${dayRow({ receipts: 'count(*)', taken: 'sum(max(amount, 0))', back: 'sum(min(amount, 0))', net: 'sum(amount)' }, 'date')}
   FROM (SELECT p.business_date AS date, ${external} AS amount FROM ${payments} WHERE ${onDay}) GROUP BY date`,
  `SELECT ${dayRow({ voided: 'count(*)', back: '-sum(amount)', net: '-sum(amount)' }, 'date')}
   FROM (SELECT v.business_date AS date, ${external} AS amount
         FROM ${reversals} JOIN payments p ON p.id = v.payment_id WHERE ${reversedOnDay}) GROUP BY date`,
  `SELECT ${dayRow({ overShort: 'sum(l.credit) - sum(l.debit)' }, 'e.business_date')}
   FROM journal_entries e INDEXED BY journal_entries_day JOIN journal_lines l ON l.entry_id = e.id AND l.account = 'over-short'
     LEFT JOIN shifts s ON s.id = e.shift_id
   WHERE e.business_date BETWEEN @from AND @to AND (@cashier = '' OR s.cashier_id = @cashier)
   GROUP BY e.business_date`,
  `SELECT ${dayRow({ deposit: 'd.amount' }, 'd.date')} FROM deposit_slips d
   WHERE d.date BETWEEN @from AND @to AND @cashier = ''`,
]

const feeQueries = [
  `SELECT f.item_id AS key, f.name AS item, ${named('f.kind', feeKind.names)} AS kind, count(*) AS count, sum(a.amount) AS taken,
     0 AS reversed, sum(a.amount) AS net
   FROM ${payments} JOIN charge_allocations a ON a.payment_id = p.id JOIN fee_charges f ON f.id = a.charge_id
   WHERE ${onDay} GROUP BY f.item_id`,
  `SELECT f.item_id AS key, f.name AS item, ${named('f.kind', feeKind.names)} AS kind, 0 AS count, 0 AS taken,
     -sum(a.amount) AS reversed, -sum(a.amount) AS net
   FROM ${reversals} JOIN charge_allocations a ON a.payment_id = v.payment_id JOIN fee_charges f ON f.id = a.charge_id
   WHERE ${reversedOnDay} GROUP BY f.item_id`,
]

const cashierQueries = [
  `SELECT id AS key, name AS cashier, count(*) AS receipts, sum(max(amount, 0)) AS taken,
     sum(min(amount, 0)) AS back, 0 AS voided, sum(amount) AS net
   FROM (SELECT p.actor_id AS id, p.actor_name AS name, ${external} AS amount FROM ${payments}
     WHERE ${onDay} AND p.kind <> 'offset') GROUP BY id`,
  `SELECT id AS key, name AS cashier, 0 AS receipts, 0 AS taken, -sum(amount) AS back, count(*) AS voided,
     -sum(amount) AS net
   FROM (SELECT v.actor_id AS id, v.actor_name AS name, ${external} AS amount
         FROM ${reversals} JOIN payments p ON p.id = v.payment_id WHERE ${reversedOnDay}) GROUP BY id`,
]

const reversalQuery = `SELECT v.id AS key, '/customers/' || p.account_id AS link, v.business_date AS date, r.receipt_no AS receiptNo,
    a.account_no AS accountNo, ${named('p.kind', paymentKindNames)} AS kind, p.amount AS amount, v.reason AS reason,
    v.actor_name AS actor, v.approver_name AS approver
  FROM ${reversals} JOIN payments p ON p.id = v.payment_id JOIN receipts r ON r.payment_id = p.id
    JOIN accounts a ON a.id = p.account_id WHERE ${reversedOnDay}`

const overShortQuery = `SELECT e.id AS key, e.business_date AS date, coalesce(s.cashier_name, '') AS cashier,
    sum(l.credit) - sum(l.debit) AS amount, coalesce(e.reason, '') AS reason
  FROM journal_entries e INDEXED BY journal_entries_day JOIN journal_lines l ON l.entry_id = e.id AND l.account = 'over-short'
    LEFT JOIN shifts s ON s.id = e.shift_id
  WHERE e.business_date BETWEEN @from AND @to AND (@cashier = '' OR s.cashier_id = @cashier) GROUP BY e.id`

/**
 * Each ledger account beside what the documents say it moved: entries of payments, refunds and their reversals alone.
 * `side` turns what the hall owes or earns to the sign of the documents.
 */
const checks: readonly { key: string; account: LedgerAccount; side: 1 | -1 }[] = [
  { key: 'cash', account: 'cash-drawer', side: 1 },
  { key: 'wechat', account: 'wechat', side: 1 },
  { key: 'alipay', account: 'alipay', side: 1 },
  { key: 'pos', account: 'pos', side: 1 },
  { key: 'transfer', account: 'transfer', side: 1 },
  { key: 'bill', account: 'receivable', side: -1 },
  { key: 'late-fee', account: 'late-fee', side: -1 },
  { key: 'fee', account: 'fee-receivable', side: -1 },
  { key: 'prepayment', account: 'prepayment', side: -1 },
  { key: 'rounding', account: 'rounding', side: 1 },
]
const checkRow = ({ key, account }: (typeof checks)[number]): ReportRow => ({
  key,
  cells: { account: ledgerAccountNames[account], documents: 0, ledger: 0, difference: 0 },
})
const documentsOf = `SELECT key, sum(amount) AS documents, 0 AS ledger, sum(amount) AS difference FROM (
  SELECT t.means AS key, t.amount FROM ${payments} JOIN tenders t ON t.payment_id = p.id
    WHERE ${onDay} AND t.means <> 'prepayment'
  UNION ALL SELECT t.means, -t.amount FROM ${reversals} JOIN tenders t ON t.payment_id = v.payment_id
    WHERE ${reversedOnDay} AND t.means <> 'prepayment'
  UNION ALL SELECT 'bill', a.principal FROM ${payments} JOIN allocations a ON a.payment_id = p.id WHERE ${onDay}
  UNION ALL SELECT 'bill', -a.principal FROM ${reversals} JOIN allocations a ON a.payment_id = v.payment_id
    WHERE ${reversedOnDay}
  UNION ALL SELECT 'late-fee', a.late_fee FROM ${payments} JOIN allocations a ON a.payment_id = p.id WHERE ${onDay}
  UNION ALL SELECT 'late-fee', -a.late_fee FROM ${reversals} JOIN allocations a ON a.payment_id = v.payment_id
    WHERE ${reversedOnDay}
  UNION ALL SELECT 'fee', a.amount FROM ${payments} JOIN charge_allocations a ON a.payment_id = p.id WHERE ${onDay}
  UNION ALL SELECT 'fee', -a.amount FROM ${reversals} JOIN charge_allocations a ON a.payment_id = v.payment_id
    WHERE ${reversedOnDay}
  UNION ALL SELECT 'rounding', p.rounding FROM ${payments} WHERE ${onDay}
  UNION ALL SELECT 'rounding', -p.rounding FROM ${reversals} JOIN payments p ON p.id = v.payment_id
    WHERE ${reversedOnDay}
  UNION ALL SELECT 'prepayment', p.to_prepayment FROM ${payments} WHERE ${onDay}
  UNION ALL SELECT 'prepayment', -p.to_prepayment FROM ${reversals} JOIN payments p ON p.id = v.payment_id
    WHERE ${reversedOnDay}
  UNION ALL SELECT 'prepayment', -t.amount FROM ${payments} JOIN tenders t ON t.payment_id = p.id
    WHERE ${onDay} AND t.means = 'prepayment'
  UNION ALL SELECT 'prepayment', t.amount FROM ${reversals} JOIN tenders t ON t.payment_id = v.payment_id
    WHERE ${reversedOnDay} AND t.means = 'prepayment'
) GROUP BY key`
const ledgerOf = `SELECT key, 0 AS documents, sum(amount) AS ledger, -sum(amount) AS difference FROM (
  SELECT CASE l.account ${checks.map(({ key, account }) => `WHEN '${account}' THEN '${key}'`).join(' ')} END AS key,
    (l.debit - l.credit) * CASE l.account ${checks.map(({ account, side }) => `WHEN '${account}' THEN ${side}`).join(' ')} END AS amount
  FROM journal_entries e INDEXED BY journal_entries_day JOIN journal_lines l ON l.entry_id = e.id
  WHERE e.business_date BETWEEN @from AND @to AND e.kind IN ('payment', 'refund', 'reversal')
    AND e.subject LIKE 'payment:%' AND ${mine('e')}
) WHERE key IS NOT NULL GROUP BY key`

const paymentColumns: readonly ReportColumn[] = [
  date('date', '营业日'),
  text('receiptNo', '收据号'),
  text('accountNo', '户号'),
  text('customer', '户名'),
  text('kind', '业务'),
  money('amount', '金额'),
  text('actor', '收费员'),
  text('state', '状态'),
]
const paymentsWhere = (where: string, amount = 'p.amount'): RecordQuery => ({
  title: '收款明细',
  by: 'date',
  columns: paymentColumns,
  sql: `SELECT p.id, p.business_date AS at, '/customers/' || p.account_id AS link, p.business_date AS date,
      r.receipt_no AS receiptNo, a.account_no AS accountNo, c.name AS customer, ${named('p.kind', paymentKindNames)} AS kind,
      ${amount} AS amount, p.actor_name AS actor, CASE r.state WHEN 'voided' THEN '已作废' ELSE '有效' END AS state
    FROM ${payments} CROSS JOIN receipts r ON r.payment_id = p.id CROSS JOIN accounts a ON a.id = p.account_id
      CROSS JOIN customers c ON c.id = a.customer_id
    WHERE ${onDay} AND (p.business_date, p.id) > (@afterAt, @afterId) AND ${where}
    ORDER BY p.business_date, p.id LIMIT @limit`,
})

export const cash: Report = {
  id: 'cash',
  title: '收费报表',
  about: '各方式收款、收据、冲正、长短款、缴款',
  roles: ['hall-manager', 'administrator'],
  periods: ['day', 'week', 'month', 'quarter', 'year'],
  submitted: ['day', 'week', 'month', 'quarter', 'year'],
  endsWithDayClose: true,
  ownForCashier: true,
  notes: ['按营业日统计；净额为收款加退款（负数）加冲正（负数），不含预存抵扣', '单据合计与总账逐科目核对，差额应为零'],
  sections: [
    {
      id: 'means',
      title: '按收款方式',
      note: '预存抵扣不是新收的款，见“按用途”',
      columns: [
        text('means', '方式'),
        count('count', '笔数'),
        money('taken', '收款'),
        money('refunded', '退款'),
        money('reversed', '冲正'),
        money('net', '净额'),
        shareOf('net'),
      ],
      fixed: () =>
        incoming.map((means) => ({
          key: means,
          cells: { means: meansNames[means], count: 0, taken: 0, refunded: 0, reversed: 0, net: 0 },
        })),
      compare: { column: 'net' },
      chart: { kind: 'pie', label: 'means', values: ['net'] },
      records: () =>
        paymentsWhere(
          'EXISTS (SELECT 1 FROM tenders t WHERE t.payment_id = p.id AND t.means = @key)',
          '(SELECT sum(t.amount) FROM tenders t WHERE t.payment_id = p.id AND t.means = @key)',
        ),
    },
    {
      id: 'purpose',
      title: '按用途（实收）',
      columns: [text('purpose', '用途'), money('amount', '金额')],
      fixed: () => purposes,
      compare: { column: 'amount' },
    },
    {
      id: 'fees',
      title: '按收费项目（实收）',
      note: '气费以外的服务和商品；应收、未收见“收费项目”页',
      columns: [
        text('item', '项目'),
        text('kind', '类别'),
        count('count', '笔数'),
        money('taken', '收款'),
        money('reversed', '冲正'),
        money('net', '净额'),
        shareOf('net'),
      ],
      largest: 'net',
      compare: { column: 'net' },
      records: () => {
        const paid = `FROM charge_allocations x JOIN fee_charges f ON f.id = x.charge_id
          WHERE x.payment_id = p.id AND f.item_id = @key`
        return paymentsWhere(`EXISTS (SELECT 1 ${paid})`, `(SELECT sum(x.amount) ${paid})`)
      },
    },
    {
      id: 'days',
      title: '按时间',
      columns: [
        text('step', '日期'),
        count('receipts', '收据'),
        count('voided', '作废'),
        money('taken', '收款'),
        money('back', '退款和冲正'),
        money('net', '净额'),
        money('overShort', '长短款'),
        money('deposit', '缴款'),
      ],
      fixed: (period) => trendSteps(period).map(({ key, label }) => ({ key, cells: { step: label, ...nothing } })),
      compare: { column: 'net', with: ['yearAgo'] },
      chart: { kind: 'bar', label: 'step', values: ['net'] },
      records: (_, { period }) => paymentsWhere(inStep('p.business_date', period.kind)),
    },
    {
      id: 'cashiers',
      title: '按收费员',
      columns: [
        text('cashier', '收费员'),
        count('receipts', '收据'),
        money('taken', '收款'),
        money('back', '退款和冲正'),
        count('voided', '作废'),
        money('net', '净额'),
      ],
      largest: 'net',
      compare: { column: 'net' },
      records: () => paymentsWhere('p.actor_id = @key'),
    },
    {
      id: 'reversals',
      title: '冲正明细',
      columns: [
        date('date', '营业日'),
        text('receiptNo', '作废收据'),
        text('accountNo', '户号'),
        text('kind', '业务'),
        money('amount', '金额'),
        text('reason', '原因'),
        text('actor', '办理人'),
        text('approver', '批准人'),
      ],
      limit: 500,
    },
    {
      id: 'over-short',
      title: '长短款明细',
      columns: [
        date('date', '营业日'),
        text('cashier', '收费员'),
        money('amount', '长款（短款为负）'),
        text('reason', '原因'),
      ],
      limit: 500,
    },
    {
      id: 'check',
      title: '与总账核对',
      columns: [
        text('account', '科目'),
        money('documents', '单据合计'),
        money('ledger', '总账'),
        money('difference', '差额'),
      ],
      fixed: () => checks.map(checkRow),
    },
  ],
  gather: (scope) =>
    addUp(scope, {
      means: meansQueries,
      purpose: purposeQueries,
      fees: feeQueries,
      days: dayQueries,
      cashiers: cashierQueries,
      reversals: reversalQuery,
      'over-short': overShortQuery,
      check: [documentsOf, ledgerOf],
    }),
}
