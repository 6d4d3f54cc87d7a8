/** Evidence of repairs, alarms, complaints and callbacks (clauses 5(6), 10(5), 14(2), 18, 20, 21). */
import { complaintClassNames, complaintStateNames } from '../../complaints/api.ts'
import { complaintMeasures, concealedSql, repliedLate } from '../../complaints/service.ts'
import { callResultNames, serviceNames } from '../../followups/api.ts'
import { sources } from '../../followups/service.ts'
import { orderKindNames, orderStateNames, symptomNames } from '../../workorders/api.ts'
import { isWork, orderMeasures } from '../../workorders/service.ts'
import { businessNames } from '../../registers/api.ts'
import { named } from '../columns.ts'
import type { Evidence } from './evidence.ts'

const orders = {
  rows: 'workorders o INDEXED BY workorders_reported',
  by: 'instant',
  at: 'o.reported_at',
  rowId: 'o.id',
  number: 'o.order_no',
  who: `coalesce(o.assignee_name, '')`,
  about: `${named('o.kind', orderKindNames)} || ' ' || ${named('o.symptom', symptomNames)} || ' ' || ${named('o.state', orderStateNames)}`,
  link: `'/workorders/' || o.id`,
} as const
const ordersLate = `((${orderMeasures.handleDue} AND NOT ${orderMeasures.handledInTime})
  OR (${orderMeasures.repairDue} AND NOT ${orderMeasures.repairedInTime}))`

const complaints = {
  rows: 'complaints c INDEXED BY complaints_taken',
  where: `NOT ${concealedSql('c.id')}`,
  by: 'instant',
  at: 'c.taken_at',
  rowId: 'c.id',
  number: 'c.complaint_no',
  who: `coalesce(c.investigator_name, '')`,
  about: `${named('c.class', complaintClassNames)} || ' ' || ${named('c.state', complaintStateNames)}`,
  link: `'/complaints/' || c.id`,
} as const

/** SQL over what has a source and the record behind it; `of` is its alias. */
const visible = (of: string): { where?: string } => {
  const conditions = sources.flatMap(({ name, concealedSql: concealed }) =>
    concealed ? [`NOT (${of}.source = '${name}' AND ${concealed(`${of}.subject_id`)})`] : [],
  )
  return conditions.length === 0 ? {} : { where: conditions.join(' AND ') }
}
const path = `CASE f.source ${sources.map(({ name, pathSql }) => `WHEN '${name}' THEN ${pathSql('f.subject_id')}`).join(' ')} END`

export const serviceWork: readonly Evidence[] = [
  {
    ...orders,
    id: 'orders',
    clauses: ['5(3)', '5(6)', '10(5)', '14(2)', '18(1)', '18(3)'],
    what: '报修、报警、抢修、咨询工单',
    overdue: ordersLate,
  },
  {
    ...orders,
    id: 'hazard-orders',
    clauses: ['5(6)', '6(4)b', '18(1)'],
    what: '重大险情及向领导的报告',
    where: 'o.urgent = 1',
    overdue: `EXISTS (SELECT 1 FROM workorder_leaders l WHERE l.order_id = o.id AND coalesce(l.told_at, @now) > l.tell_by)`,
    missing: `EXISTS (SELECT 1 FROM workorder_leaders l WHERE l.order_id = o.id AND l.told_at IS NULL)`,
    lack: '还有领导未报告',
  },
  {
    ...orders,
    id: 'orders-closed',
    clauses: ['5(4)', '14(3)', '18(4)', '21(2)'],
    what: '维修类工单的回访和关闭',
    where: isWork,
    held: `o.state = 'closed'`,
    missing: `o.state IN ('verified', 'referred')`,
    lack: '未回访',
  },
  {
    rows: `workorder_steps t CROSS JOIN workorders o ON o.id = t.order_id`,
    where: `t.kind = 'refer'`,
    by: 'instant',
    at: 't.at',
    whole: true,
    id: 'referrals',
    clauses: ['18(3)'],
    what: '无能力维修转介其它渠道',
    number: 'o.order_no',
    who: 't.actor_name',
    checked: `(SELECT n.actor_name FROM workorder_steps n WHERE n.order_id = t.order_id AND n.kind = 'confirm' AND n.no > t.no ORDER BY n.no LIMIT 1)`,
    about: 't.note',
    missing: `o.state = 'referring'`,
    lack: '未经他人核实',
    link: orders.link,
  },
  {
    ...complaints,
    id: 'complaints',
    clauses: ['5(6)', '20(1)', '22(3)'],
    what: '投诉及 48 小时回复',
    overdue: repliedLate,
    missing: `c.investigator_id IS NULL AND c.state = 'received'`,
    lack: '未指派调查人',
  },
  {
    ...complaints,
    id: 'complaints-closed',
    clauses: ['5(4)', '14(3)', '20(2)', '21(2)'],
    what: '投诉的回访和关闭',
    held: `NOT ${complaintMeasures.open}`,
    missing: `c.state = 'replied'`,
    lack: '未回访',
  },
  {
    id: 'calls',
    clauses: ['6(3)', '16', '18(4)', '19(5)', '20(2)', '21(1)', '22(3)'],
    what: '回访电话',
    rows: 'followup_calls f INDEXED BY followup_calls_at',
    ...visible('f'),
    by: 'instant',
    at: 'f.at',
    rowId: 'f.id',
    number: 'f.number',
    who: 'f.actor_name',
    about: `${named('f.service', serviceNames)} || ' ' || ${named('f.result', callResultNames)}`,
    link: path,
  },
  {
    id: 'samples',
    clauses: ['19(5)', '21(1)', '21(3)'],
    what: '按比例抽中的回访',
    rows: 'followup_samples t',
    ...visible('t'),
    by: 'instant',
    at: 't.drawn_at',
    whole: true,
    held: `t.state <> 'due'`,
    missing: `t.state = 'due'`,
    lack: '未回访',
    number: 't.number',
    who: `coalesce(t.assignee_name, '')`,
    about: named('t.service', serviceNames),
    link: `'/followups'`,
  },
  {
    id: 'served',
    clauses: ['22(3)'],
    what: '柜台业务的办理时间（从第一个键到出单）',
    rows: 'service_times t INDEXED BY service_times_at',
    by: 'instant',
    at: 't.at',
    overdue: 't.seconds > t.limit_seconds',
    number: `''`,
    who: 't.actor_name',
    about: `${named('t.business', businessNames)} || ' ' || (t.seconds / 60) || ' 分 ' || (t.seconds % 60) || ' 秒，不超过 ' || (t.limit_seconds / 60) || ' 分钟'`,
    link: `'/registers'`,
  },
]
