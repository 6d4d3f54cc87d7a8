/**
 * 投诉报表: complaints by class and channel, answered within 48 h, opened again, and how content the customers were in
 * the end (clause 20). What is said against the reader is left out of the totals and of the records behind them.
 * For that reason no section lists single complaints: a report is kept, printed and submitted for many readers.
 */
import {
  complaintChannelNames,
  complaintChannels,
  complaintClasses,
  complaintClassNames,
  complaintStateNames,
  satisfactionNames,
} from '../complaints/api.ts'
import { complaintMeasures, concealedSql } from '../complaints/service.ts'
import { count, dateOfInstant, named, rate, stepOf, text, time } from './columns.ts'
import { addUp } from './gather.ts'
import type { RecordQuery, Report, ReportColumn } from './report.ts'
import { trendSteps } from './rules.ts'

const complaints = 'complaints c INDEXED BY complaints_taken'
const inPeriod = 'c.taken_at >= @fromAt AND c.taken_at < @beforeAt'
const measures = {
  total: '1',
  ...complaintMeasures,
  reopened: '(c.round > 1)',
  judged: `(c.satisfaction IS NOT NULL AND c.satisfaction IN ('satisfied', 'dissatisfied'))`,
  satisfied: `(c.satisfaction IS NOT NULL AND c.satisfaction = 'satisfied')`,
  unreachable: `(c.satisfaction IS NOT NULL AND c.satisfaction = 'unreachable')`,
} as const
const sums = Object.entries(measures)
  .map(([name, sql]) => `coalesce(sum(${sql}), 0) AS ${name}`)
  .join(', ')
const none = Object.fromEntries(Object.keys(measures).map((name) => [name, 0]))
const measured: readonly ReportColumn[] = [
  count('total', '受理'),
  count('replyDue', '应回复'),
  count('repliedInTime', '48 小时内'),
  rate('replyRate', '回复及时率', ['repliedInTime', 'replyDue']),
  count('reopened', '重新办理'),
  count('judged', '已评价'),
  count('satisfied', '满意'),
  rate('satisfiedRate', '满意率', ['satisfied', 'judged']),
  count('unreachable', '未联系上'),
  count('open', '未关闭'),
]

const recordsWhere = (where: string): RecordQuery => ({
  title: '投诉明细',
  by: 'instant',
  columns: [
    text('complaintNo', '投诉编号'),
    time('takenAt', '受理时间'),
    text('class', '类别'),
    text('channel', '渠道'),
    text('investigator', '调查人'),
    time('repliedAt', '首次回复'),
    count('round', '第几轮'),
    text('satisfaction', '客户评价'),
    text('state', '进度'),
  ],
  sql: `SELECT c.id, c.taken_at AS at, '/complaints/' || c.id AS link, c.complaint_no AS complaintNo,
      c.taken_at AS takenAt, ${named('c.class', complaintClassNames)} AS class,
      ${named('c.channel', complaintChannelNames)} AS channel, coalesce(c.investigator_name, '') AS investigator,
      c.first_replied_at AS repliedAt, c.round AS round,
      coalesce(${named('c.satisfaction', satisfactionNames)}, '') AS satisfaction,
      ${named('c.state', complaintStateNames)} AS state
    FROM ${complaints}
    WHERE ${inPeriod} AND (c.taken_at, c.id) > (@afterAt, @afterId) AND ${where} AND NOT ${concealedSql('c.id')}
    ORDER BY c.taken_at, c.id LIMIT @limit`,
})
const grouped = (key: string, label: string) =>
  `SELECT ${key} AS key, ${label}, ${sums} FROM ${complaints} WHERE ${inPeriod} AND NOT ${concealedSql('c.id')} GROUP BY 1`

export const complaintReport: Report = {
  id: 'complaints',
  title: '投诉报表',
  about: '投诉按类别、渠道，48 小时回复率，重新办理和满意率',
  roles: ['hall-manager', 'administrator', 'dispatcher'],
  conceals: true,
  periods: ['day', 'week', 'month', 'quarter', 'year'],
  submitted: ['week', 'month', 'quarter', 'year'],
  notes: [
    '按受理时间统计；回复及时率只算已回复或已到期的投诉，重新办理的每一轮都在时限内才算及时（第二十条：48 小时内回复）',
    '满意率只算回访后满意和不满意的投诉',
    '看到和打印的统计、明细都不含对查看人本人的投诉；上报总部的统计全部投诉',
  ],
  sections: [
    {
      id: 'class',
      title: '按类别',
      columns: [text('class', '类别'), ...measured],
      fixed: () => complaintClasses.map((one) => ({ key: one, cells: { class: complaintClassNames[one], ...none } })),
      compare: { column: 'total' },
      chart: { kind: 'bar', label: 'class', values: ['total', 'reopened'] },
      records: () => recordsWhere('c.class = @key'),
    },
    {
      id: 'channel',
      title: '按渠道',
      columns: [text('channel', '渠道'), ...measured],
      fixed: () =>
        complaintChannels.map((one) => ({ key: one, cells: { channel: complaintChannelNames[one], ...none } })),
      compare: { column: 'total' },
      chart: { kind: 'pie', label: 'channel', values: ['total'] },
      records: () => recordsWhere('c.channel = @key'),
    },
    {
      id: 'investigator',
      title: '按调查人',
      columns: [text('investigator', '调查人'), ...measured],
      largest: 'total',
      records: () => recordsWhere(`coalesce(c.investigator_id, '') = @key`),
    },
    {
      id: 'trend',
      title: '按时间',
      columns: [text('step', '日期'), ...measured],
      fixed: (period) => trendSteps(period).map(({ key, label }) => ({ key, cells: { step: label, ...none } })),
      compare: { column: 'total', with: ['yearAgo'] },
      chart: { kind: 'bar', label: 'step', values: ['total'] },
    },
  ],
  gather: (scope) =>
    addUp(scope, {
      class: grouped('c.class', `'' AS ignored`),
      channel: grouped('c.channel', `'' AS ignored`),
      investigator: grouped(
        `coalesce(c.investigator_id, '')`,
        `coalesce(c.investigator_name, '未指派') AS investigator`,
      ),
      trend: grouped(stepOf(dateOfInstant('c.taken_at')), `'' AS ignored`),
    }),
}
