/** 业务报表: applications, openings, ignitions, contracts and transfers, by class (clauses 13, 14, 15). */
import { categoryNames, customerCategories } from '../customers/api.ts'
import { count, date, dateOfInstant, named, stepOf, text } from './columns.ts'
import { addUp } from './gather.ts'
import type { RecordQuery, Report, ReportRow } from './report.ts'
import { trendSteps } from './rules.ts'

/** One kind of business: its name, where it is found, and on which day and for which customer it counts. */
interface Business {
  readonly name: string
  readonly from: string
  readonly where: string
  /** SQL of the day. */
  readonly day: string
  /** Record, its number, the page that shows it. */
  readonly id: string
  readonly number: string
  readonly link: string
}

const customer = 'CROSS JOIN customers c ON c.id ='
const account = (state: string, name: string): Business => ({
  name,
  from: `accounts a INDEXED BY accounts_closed ${customer} a.customer_id`,
  where: `a.closed_on BETWEEN @from AND @to AND a.state = '${state}'`,
  day: 'a.closed_on',
  id: 'a.id',
  number: 'a.account_no',
  link: `'/customers/' || a.id`,
})
const contract = (kind: string, name: string): Business => ({
  name,
  from: `contracts k INDEXED BY contracts_signed_on ${customer} k.customer_id`,
  where: `k.signed_on BETWEEN @from AND @to AND k.state = 'signed' AND k.kind = '${kind}'`,
  day: 'k.signed_on',
  id: 'k.id',
  number: 'k.contract_no',
  link: `CASE WHEN k.account_id IS NULL THEN '/openings/' || k.application_id ELSE '/customers/' || k.account_id END`,
})

const businesses: Readonly<Record<string, Business>> = {
  applied: {
    name: '报装受理',
    from: `applications k INDEXED BY applications_applied ${customer} k.customer_id`,
    where: 'k.applied_on BETWEEN @from AND @to',
    day: 'k.applied_on',
    id: 'k.id',
    number: 'k.application_no',
    link: `'/openings/' || k.id`,
  },
  'supply-contract': contract('supply', '签订供用气合同'),
  'safety-contract': contract('safety', '签订安全用气合同'),
  opened: {
    name: '开户',
    from: `accounts a INDEXED BY accounts_opened ${customer} a.customer_id`,
    where: 'a.opened_on BETWEEN @from AND @to',
    day: 'a.opened_on',
    id: 'a.id',
    number: 'a.account_no',
    link: `'/customers/' || a.id`,
  },
  ignited: {
    name: '通气',
    from: `applications k INDEXED BY applications_ignited ${customer} k.customer_id`,
    where: 'k.ignited_at >= @fromAt AND k.ignited_at < @beforeAt',
    day: dateOfInstant('k.ignited_at'),
    id: 'k.id',
    number: 'k.application_no',
    link: `'/openings/' || k.id`,
  },
  transferred: account('transferred', '过户'),
  closed: account('closed', '销户'),
}

const none = Object.fromEntries([...customerCategories, 'total'].map((category) => [category, 0]))
const rows: readonly ReportRow[] = Object.entries(businesses).map(([key, { name }]) => ({
  key,
  cells: { business: name, ...none },
}))

const byClass = Object.entries(businesses).map(
  ([key, { from, where }]) =>
    `SELECT '${key}' AS key, ${customerCategories
      .map((category) => `coalesce(sum(c.category = '${category}'), 0) AS "${category}"`)
      .join(', ')}, count(*) AS total FROM ${from} WHERE ${where}`,
)
const trendNames = ['applied', 'opened', 'ignited', 'transferred', 'closed'] as const
const noTrend = Object.fromEntries(trendNames.map((name) => [name, 0]))
const trend = trendNames.flatMap((name) => {
  const found = businesses[name]
  if (!found) return []
  const columns = trendNames.map((one) => `${one === name ? 'count(*)' : '0'} AS ${one}`).join(', ')
  return [`SELECT ${stepOf(found.day)} AS key, ${columns} FROM ${found.from} WHERE ${found.where} GROUP BY 1`]
})
const byCommunity = `SELECT p.community AS key, CASE p.community WHEN '' THEN '（未填小区）' ELSE p.community END AS community,
    count(*) AS opened, coalesce(sum(c.category = 'resident'), 0) AS resident
  FROM accounts a INDEXED BY accounts_opened ${customer} a.customer_id
    CROSS JOIN service_points p ON p.id = a.service_point_id
  WHERE a.opened_on BETWEEN @from AND @to GROUP BY p.community`

function recordsOf(key: string): RecordQuery {
  const { name, from, where, day, id, number, link } = businesses[key] ?? (businesses['opened'] as Business)
  const instant = key === 'ignited'
  const at = instant ? 'k.ignited_at' : day
  return {
    title: name,
    by: instant ? 'instant' : 'date',
    columns: [date('date', '日期'), text('number', '编号'), text('customer', '客户'), text('category', '类别')],
    sql: `SELECT ${id} AS id, ${at} AS at, ${link} AS link, ${day} AS date, ${number} AS number, c.name AS customer,
        ${named('c.category', categoryNames)} AS category
      FROM ${from} WHERE ${where} AND (${at}, ${id}) > (@afterAt, @afterId) ORDER BY ${at}, ${id} LIMIT @limit`,
  }
}

export const business: Report = {
  id: 'business',
  title: '业务报表',
  about: '报装、开户、通气、合同、过户',
  roles: ['hall-manager', 'administrator'],
  periods: ['day', 'week', 'month', 'quarter', 'year'],
  submitted: ['week', 'month', 'quarter', 'year'],
  notes: ['按办理日期统计：报装按受理日，合同按签订日，开户、过户、销户按生效日，通气按点火时间'],
  sections: [
    {
      id: 'class',
      title: '按业务和客户类别',
      columns: [
        text('business', '业务'),
        ...customerCategories.map((category) => count(category, categoryNames[category])),
        count('total', '合计'),
      ],
      fixed: () => rows,
      // A customer who applies, signs and is connected counts in each of them.
      totals: false,
      compare: { column: 'total' },
      chart: { kind: 'bar', label: 'business', values: ['total'] },
      records: recordsOf,
    },
    {
      id: 'trend',
      title: '按时间',
      columns: [text('step', '日期'), ...trendNames.map((name) => count(name, businesses[name]?.name ?? name))],
      fixed: (period) => trendSteps(period).map(({ key, label }) => ({ key, cells: { step: label, ...noTrend } })),
      compare: { column: 'opened', with: ['yearAgo'] },
      chart: { kind: 'line', label: 'step', values: ['applied', 'opened', 'ignited'] },
    },
    {
      id: 'community',
      title: '开户按小区',
      columns: [
        text('community', '小区'),
        count('opened', '开户'),
        count('resident', '其中居民'),
        { key: 'share', label: '占比', kind: 'percent', shareOf: 'opened' },
      ],
      largest: 'opened',
      limit: 500,
    },
  ],
  gather: (scope) => addUp(scope, { class: byClass, trend, community: byCommunity }),
}
