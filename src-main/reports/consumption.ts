/**
 * 用气量报表: gas by class, price plan, tier and community, over time, and use that is not as usual (clause 25(1)).
 * Bills by their day of issue; a cancelled one does not count.
 */
import { volumeSql } from '../billing/service.ts'
import { categoryNames, customerCategories } from '../customers/api.ts'
import { statement } from '../platform/database.ts'
import type { Context } from '../platform/context.ts'
import { daysBetween, type BusinessDate } from '../platform/dates.ts'
import { abnormalRows, abnormalSections } from './abnormal.ts'
import { count, date, inStep, litres, money, shareOf, text } from './columns.ts'
import { adjustmentCuts, adjustmentRows, adjustmentSection } from './adjustments.ts'
import { Tally } from './gather.ts'
import type { Gathering, RecordQuery, Report, Scope } from './report.ts'
import { trendKey, trendSteps } from './rules.ts'
import { lineName } from '../tariffs/service.ts'
import { severalRows, severalSection } from './several.ts'

/** Bills and accounts looked at in one slice: few, since each may have to be fetched from the disk. */
const sliceSize = 50
/** Share of the progress that the bills take; looking for abnormal use takes the rest. */
const billsShare = 0.6

interface BillRow {
  readonly id: string
  readonly readingId: string | null
  readonly accountId: string
  readonly issuedOn: BusinessDate
  readonly consumption: number
  readonly amount: number
  readonly state: string
}

export const billsSql = `SELECT id, reading_id AS readingId, account_id AS accountId, issued_on AS issuedOn, consumption,
    amount, state
  FROM bills INDEXED BY bills_issued WHERE (issued_on, id) > (@date, @id) AND issued_on <= @to
  ORDER BY issued_on, id LIMIT @limit`
const linesSql = `SELECT tier, sum(volume) AS consumption, sum(amount) AS amount FROM bill_lines WHERE bill_id = ?
  GROUP BY tier`

/** The readings of a bill, of each meter of the household the last. */
const readingsSql = `SELECT r.id AS readingId, m.position FROM (SELECT @readingId AS id
    UNION ALL SELECT reading_id FROM bill_further_readings WHERE bill_id = @id) AS of
  CROSS JOIN readings r ON r.id = of.id CROSS JOIN meters m ON m.id = r.meter_id ORDER BY r.read_on, r.id`

interface Consumer {
  readonly category: (typeof customerCategories)[number]
  readonly planId: string
  readonly plan: string
  readonly community: string
}
const consumerSql = `SELECT c.category, coalesce(l.id, '') AS planId, coalesce(l.name, '（无）') AS plan, p.community
  FROM accounts a JOIN customers c ON c.id = a.customer_id JOIN service_points p ON p.id = a.service_point_id
    LEFT JOIN price_plans l ON l.id = a.price_plan_id WHERE a.id = ?`

/** Accounts asked for once in a run, though they are billed many times in it and in the periods it compares with. */
const consumers = new WeakMap<Context, Map<string, Consumer>>()
function consumerOf(context: Context, accountId: string): Consumer {
  let known = consumers.get(context)
  if (!known) consumers.set(context, (known = new Map()))
  let found = known.get(accountId)
  if (!found) {
    found = statement<Consumer>(context.sqlite, consumerSql).get(accountId) as Consumer
    known.set(accountId, found)
  }
  return found
}

const tierName = (tier: number): string => (tier === 0 ? '统一价' : lineName({ tier, season: null }))

function* gather(scope: Scope): Gathering {
  const { context, period, until } = scope
  const { sqlite } = context
  const [category, plan, tier, community, trend] = [new Tally(), new Tally(), new Tally(), new Tally(), new Tally()]
  const wantsAbnormal = scope.wants('abnormal')
  /** The last reading of each meter of an account that was billed in the period. */
  const last = new Map<string, string>()
  const days = daysBetween(period.from, until) + 1
  const select = statement<BillRow>(sqlite, billsSql)
  const readings = statement<{ readingId: string; position: number }>(sqlite, readingsSql)
  const tiers = statement<{ tier: number; consumption: number; amount: number }>(sqlite, linesSql)
  // Ids sort after '', so the first day is wholly within.
  let after: { date: BusinessDate; id: string } | null = { date: period.from, id: '' }
  while (after) {
    const rows: BillRow[] = select.all({ to: until, limit: sliceSize, ...after })
    for (const { id, accountId, readingId, issuedOn, consumption, amount, state } of rows) {
      if (state === 'cancelled') continue
      const consumer = consumerOf(context, accountId)
      const cells = { bills: 1, consumption, amount }
      category.add(consumer.category, cells)
      plan.add(consumer.planId, { plan: consumer.plan, ...cells })
      community.add(consumer.community, { community: consumer.community || '（未填小区）', ...cells })
      trend.add(trendKey(period.kind, issuedOn).key, cells)
      for (const line of tiers.all(id)) {
        const ofTier = { tier: tierName(line.tier), consumption: line.consumption, amount: line.amount }
        tier.add(String(line.tier), ofTier)
      }
      if (wantsAbnormal && readingId !== null)
        for (const one of readings.all({ id, readingId }))
          last.set(one.position === 1 ? accountId : `${accountId}/${one.position}`, one.readingId)
    }
    const end: BillRow | undefined = rows.at(-1)
    after = end && rows.length === sliceSize ? { date: end.issuedOn, id: end.id } : null
    if (after) yield (billsShare * daysBetween(period.from, after.date)) / days
  }
  // What was given back is no bill: it is taken off where its gas was counted.
  for (const { accountId, issuedOn, volume, amount, lines } of adjustmentCuts(scope)) {
    const consumer = consumerOf(context, accountId)
    const cells = { bills: 0, consumption: volume, amount }
    category.add(consumer.category, cells)
    plan.add(consumer.planId, { plan: consumer.plan, ...cells })
    community.add(consumer.community, { community: consumer.community || '（未填小区）', ...cells })
    trend.add(trendKey(period.kind, issuedOn).key, cells)
    for (const line of lines)
      tier.add(String(line.tier), { tier: tierName(line.tier), consumption: line.volume, amount: line.amount })
  }
  const abnormal = wantsAbnormal ? yield* abnormalRows(context, last, billsShare) : {}
  return {
    class: category.rows(),
    plan: plan.rows(),
    tier: tier.rows(),
    community: community.rows(),
    trend: trend.rows(),
    adjustments: scope.wants('adjustments') ? adjustmentRows(scope) : [],
    several: scope.wants('several') ? severalRows(scope) : [],
    ...abnormal,
  }
}

/** Bills, and what was given back; `back` is the condition where it is another one for those. Both are `b`. */
const billsWhere = (where: string, back = where): RecordQuery => ({
  title: '账单明细',
  by: 'date',
  columns: [
    date('issuedOn', '出账日期'),
    text('billNo', '账单号'),
    text('accountNo', '户号'),
    text('customer', '户名'),
    litres('consumption', '用气量'),
    money('amount', '气费'),
  ],
  sql: `${recordSql('bills', 'bill_no', volumeSql())} AND b.state <> 'cancelled' AND ${where}
    UNION ALL ${recordSql('bill_adjustments', 'number', 'b.volume')} AND b.charge_bill_id IS NULL AND ${back}
    ORDER BY at, id LIMIT @limit`,
})
const recordSql = (table: 'bills' | 'bill_adjustments', number: string, volume: string): string =>
  `SELECT b.id AS id, b.issued_on AS at, '/customers/' || b.account_id AS link, b.issued_on AS issuedOn,
     b.${number} AS billNo, a.account_no AS accountNo, c.name AS customer, ${volume} AS consumption, b.amount AS amount
   FROM ${table} b INDEXED BY ${table === 'bills' ? 'bills_issued' : 'bill_adjustments_day'}
     CROSS JOIN accounts a ON a.id = b.account_id CROSS JOIN customers c ON c.id = a.customer_id
     CROSS JOIN service_points p ON p.id = a.service_point_id
   WHERE (b.issued_on, b.id) > (@afterAt, @afterId) AND b.issued_on BETWEEN @from AND @to`

const measured = [
  count('bills', '账单'),
  litres('consumption', '用气量'),
  money('amount', '气费'),
  shareOf('consumption'),
]
const none = { bills: 0, consumption: 0, amount: 0 }

export const consumption: Report = {
  id: 'consumption',
  title: '用气量报表',
  about: '用气量按类别、价格、阶梯、小区，同比环比，异常用气',
  roles: ['hall-manager', 'administrator'],
  periods: ['day', 'week', 'month', 'quarter', 'year'],
  submitted: ['week', 'month', 'quarter', 'year'],
  notes: [
    '按账单出账日期统计，作废的账单不计；出账后才作废的，更正报表后体现',
    '退补按办理日期统计：补收的计入账单，退还的在各分项中减去，合计等于账单加退补',
  ],
  sections: [
    {
      id: 'class',
      title: '按客户类别',
      columns: [text('category', '类别'), ...measured],
      fixed: () =>
        customerCategories.map((category) => ({
          key: category,
          cells: { category: categoryNames[category], ...none },
        })),
      compare: { column: 'consumption' },
      chart: { kind: 'pie', label: 'category', values: ['consumption'] },
      records: () => billsWhere('c.category = @key'),
    },
    {
      id: 'trend',
      title: '按时间',
      columns: [text('step', '日期'), ...measured],
      fixed: (period) => trendSteps(period).map(({ key, label }) => ({ key, cells: { step: label, ...none } })),
      compare: { column: 'consumption', with: ['yearAgo'] },
      chart: { kind: 'bar', label: 'step', values: ['consumption'] },
      records: (_, { period }) => billsWhere(inStep('b.issued_on', period.kind)),
    },
    {
      id: 'plan',
      title: '按价格方案',
      columns: [text('plan', '价格方案'), ...measured],
      largest: 'consumption',
      compare: { column: 'consumption' },
      records: () => billsWhere('a.price_plan_id = @key'),
    },
    {
      id: 'tier',
      title: '按阶梯',
      note: '一张账单可能跨档，分别计入各档',
      columns: [text('tier', '阶梯'), litres('consumption', '用气量'), money('amount', '气费'), shareOf('consumption')],
      compare: { column: 'consumption' },
      chart: { kind: 'pie', label: 'tier', values: ['consumption'] },
      records: () =>
        billsWhere(
          'EXISTS (SELECT 1 FROM bill_lines l WHERE l.bill_id = b.id AND l.tier = CAST(@key AS INTEGER))',
          // Written by JSON.stringify, and no tier has two digits.
          `instr(b.lines, '"tier":' || @key || ',') > 0`,
        ),
    },
    {
      id: 'community',
      title: '按小区',
      columns: [text('community', '小区'), ...measured],
      largest: 'consumption',
      limit: 500,
      compare: { column: 'consumption' },
      chart: { kind: 'bar', label: 'community', values: ['consumption'] },
      records: () => billsWhere('p.community = @key'),
    },
    adjustmentSection,
    severalSection,
    ...abnormalSections,
  ],
  gather,
}
