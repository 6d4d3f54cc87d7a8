/** 报修报表: work orders by kind and person, in time at 6 h and 24 h, and those done again (clauses 13, 18(3)). */
import { orderKindNames, orderKinds, orderStateNames, symptomNames } from '../workorders/api.ts'
import { orderMeasures } from '../workorders/service.ts'
import { count, dateOfInstant, named, rate, stepOf, text, time } from './columns.ts'
import { addUp } from './gather.ts'
import type { RecordQuery, Report, ReportColumn, ReportSection } from './report.ts'
import { trendSteps } from './rules.ts'

const orders = 'workorders o INDEXED BY workorders_reported'
const inPeriod = 'o.reported_at >= @fromAt AND o.reported_at < @beforeAt'
const measures = {
  total: '1',
  ...orderMeasures,
  open: `(o.state NOT IN ('answered', 'closed'))`,
  reopened: '(o.round > 1)',
} as const
const sums = Object.entries(measures)
  .map(([name, sql]) => `coalesce(sum(${sql}), 0) AS ${name}`)
  .join(', ')
const none = Object.fromEntries(Object.keys(measures).map((name) => [name, 0]))
const measured: readonly ReportColumn[] = [
  count('total', '受理'),
  count('handleDue', '应处理'),
  count('handledInTime', '6 小时内'),
  rate('handleRate', '处理及时率', ['handledInTime', 'handleDue']),
  count('repairDue', '应修复'),
  count('repairedInTime', '24 小时内'),
  rate('repairRate', '修复及时率', ['repairedInTime', 'repairDue']),
  count('open', '未关闭'),
  count('reopened', '重新办理'),
]

const orderColumns: readonly ReportColumn[] = [
  text('orderNo', '工单号'),
  time('reportedAt', '受理时间'),
  text('kind', '类别'),
  text('symptom', '现象'),
  text('place', '地点'),
  text('assignee', '承办人'),
  text('state', '进度'),
]
const orderCells = `o.order_no AS orderNo, o.reported_at AS reportedAt, ${named('o.kind', orderKindNames)} AS kind,
  ${named('o.symptom', symptomNames)} AS symptom, o.place AS place, coalesce(o.assignee_name, '') AS assignee,
  ${named('o.state', orderStateNames)} AS state`
const recordsWhere = (where: string): RecordQuery => ({
  title: '工单明细',
  by: 'instant',
  columns: orderColumns,
  sql: `SELECT o.id, o.reported_at AS at, '/workorders/' || o.id AS link, ${orderCells} FROM ${orders}
    WHERE ${inPeriod} AND (o.reported_at, o.id) > (@afterAt, @afterId) AND ${where}
    ORDER BY o.reported_at, o.id LIMIT @limit`,
})
const grouped = (key: string, label: string) =>
  `SELECT ${key} AS key, ${label}, ${sums} FROM ${orders} WHERE ${inPeriod} GROUP BY 1`

const list = (where: string) =>
  `SELECT o.id AS key, '/workorders/' || o.id AS link, ${orderCells}, o.round AS round, o.handle_by AS handleBy,
     o.handled_at AS handledAt, o.repair_by AS repairBy, o.repaired_at AS repairedAt
   FROM ${orders} WHERE ${inPeriod} AND ${where}`
const listed = (id: string, title: string, columns: readonly ReportColumn[]): ReportSection => ({
  id,
  title,
  columns,
  totals: false,
  limit: 500,
})

export const repairs: Report = {
  id: 'repairs',
  title: '报修报表',
  about: '工单按类别、人员，6 小时和 24 小时及时率',
  roles: ['hall-manager', 'administrator', 'dispatcher'],
  periods: ['day', 'week', 'month', 'quarter', 'year'],
  submitted: ['week', 'month', 'quarter', 'year'],
  notes: [
    '按受理时间统计；及时率只算已处理或已到期的工单，暂停计时的时间不计入（第十八条：6 小时内处理、24 小时内修复）',
    '重新办理的工单，每一轮都在时限内才算及时',
  ],
  sections: [
    {
      id: 'kind',
      title: '按类别',
      columns: [text('kind', '类别'), ...measured],
      fixed: () => orderKinds.map((kind) => ({ key: kind, cells: { kind: orderKindNames[kind], ...none } })),
      compare: { column: 'total' },
      chart: { kind: 'bar', label: 'kind', values: ['total', 'reopened'] },
      records: () => recordsWhere('o.kind = @key'),
    },
    {
      id: 'person',
      title: '按承办人',
      columns: [text('assignee', '承办人'), ...measured],
      largest: 'total',
      compare: { column: 'total' },
      chart: { kind: 'bar', label: 'assignee', values: ['total'] },
      records: () => recordsWhere(`coalesce(o.assignee_id, '') = @key`),
    },
    {
      id: 'symptom',
      title: '按现象',
      columns: [
        text('symptom', '现象'),
        count('total', '受理'),
        count('open', '未关闭'),
        count('reopened', '重新办理'),
      ],
      largest: 'total',
      compare: { column: 'total' },
      chart: { kind: 'pie', label: 'symptom', values: ['total'] },
      records: () => recordsWhere('o.symptom = @key'),
    },
    {
      id: 'trend',
      title: '按时间',
      columns: [text('step', '日期'), count('total', '受理'), count('open', '未关闭'), count('reopened', '重新办理')],
      fixed: (period) => trendSteps(period).map(({ key, label }) => ({ key, cells: { step: label, ...none } })),
      compare: { column: 'total', with: ['yearAgo'] },
      chart: { kind: 'bar', label: 'step', values: ['total'] },
    },
    listed('late', '逾期工单', [
      ...orderColumns,
      time('handleBy', '应处理'),
      time('handledAt', '处理'),
      time('repairBy', '应修复'),
      time('repairedAt', '修复'),
    ]),
    listed('reopened', '重新办理的工单', [...orderColumns, count('round', '第几轮')]),
  ],
  gather: (scope) =>
    addUp(scope, {
      kind: grouped('o.kind', `'' AS ignored`),
      person: grouped(`coalesce(o.assignee_id, '')`, `coalesce(o.assignee_name, '未派工') AS assignee`),
      symptom: grouped('o.symptom', `${named('o.symptom', symptomNames)} AS symptom`),
      trend: grouped(stepOf(dateOfInstant('o.reported_at')), `'' AS ignored`),
      late: list(
        `((${measures.handleDue} AND NOT ${measures.handledInTime}) OR (${measures.repairDue} AND NOT ${measures.repairedInTime}))`,
      ),
      reopened: list('o.round > 1'),
    }),
}
