/** What the work orders say about hall and dispatch centre (clauses 5(6), 14(2), 18(3)(4), 21). */
import type { Context } from '../platform/context.ts'
import { formatInstant, instantsOf, type Span } from '../platform/dates.ts'
import { figureBySql, type Figure, type FigureRecord } from '../platform/figures.ts'
import { isWork, orderMeasures } from './measures.ts'
import { orderStateNames, type OrderState } from './process.ts'
import { orderKindNames, type OrderKind } from './words.ts'

interface OrderFigure {
  readonly name: string
  readonly label: string
  readonly about: string
  /** SQL over `workorders o`: which orders count, and whether one is met. */
  readonly counts: string
  readonly met: string
}

const span = 'o.reported_at >= @from AND o.reported_at < @before'

const measures: readonly OrderFigure[] = [
  {
    name: 'workorders.handled',
    label: '按时处理率',
    about: '报修、报警、抢修在处理时限（6 小时）内处理的比例；到转介、暂停计时为止没有超时的不计',
    counts: orderMeasures.handleDue,
    met: orderMeasures.handledInTime,
  },
  {
    name: 'workorders.repaired',
    label: '按时修复率',
    about: '报修、报警、抢修在修复时限（24 小时）内修复的比例；到转介、暂停计时为止没有超时的不计',
    counts: orderMeasures.repairDue,
    met: orderMeasures.repairedInTime,
  },
  {
    name: 'workorders.hazard-dispatched',
    label: '险情按时出发率',
    about: '险情在公司规定的分钟数内有人接单出发的比例',
    counts: orderMeasures.dispatchDue,
    met: orderMeasures.dispatchedInTime,
  },
  {
    name: 'workorders.hazard-arrived',
    label: '险情按时到场率',
    about: '险情在公司规定的分钟数内有人到场的比例',
    counts: orderMeasures.arriveDue,
    met: orderMeasures.arrivedInTime,
  },
  {
    name: 'workorders.called-back',
    label: '工单回访率',
    about: '验证合格或转介的工单中，已回访且客户满意的比例',
    counts: `${isWork} AND o.state IN ('verified', 'referred', 'called-back', 'closed')`,
    met: `o.state IN ('called-back', 'closed')`,
  },
  {
    name: 'workorders.closed',
    label: '工单关闭率',
    about: '期内受理的报修、报警、抢修中，已关闭的比例',
    counts: isWork,
    met: `o.state = 'closed'`,
  },
  {
    name: 'workorders.leaders-told',
    label: '险情报告率',
    about: '重大险情在公司规定的分钟数内已向名单上全部领导报告的比例',
    // Whose minutes are not over yet says nothing.
    counts: `o.urgent = 1 AND NOT EXISTS (
      SELECT 1 FROM workorder_leaders l WHERE l.order_id = o.id AND l.told_at IS NULL AND l.tell_by >= @now)`,
    met: 'NOT EXISTS (SELECT 1 FROM workorder_leaders l WHERE l.order_id = o.id AND (l.told_at IS NULL OR l.told_at > l.tell_by))',
  },
]

const paramsOf = ({ clock }: Context, over: Span) => ({ ...instantsOf(over), now: clock.now() })

interface Row {
  readonly id: string
  readonly orderNo: string
  readonly kind: OrderKind
  readonly state: OrderState
  readonly place: string
  readonly reportedAt: number
  readonly met: number
}

const recordOf = ({ id, orderNo, kind, state, place, reportedAt, met }: Row): FigureRecord => ({
  subject: `workorder:${id}`,
  label: `${orderKindNames[kind]} ${orderNo}`,
  note: [formatInstant(reportedAt), place, orderStateNames[state]].filter((text) => text !== '').join('，'),
  met: met === 1,
  link: `/workorders/${id}`,
})

/** The two queries of a measure, also for the test of their plans. */
export const orderFigureSql = ({ counts, met }: Pick<OrderFigure, 'counts' | 'met'>) => ({
  share: `SELECT count(*) AS denominator, count(*) FILTER (WHERE ${met}) AS numerator
    FROM workorders o WHERE ${span} AND ${counts}`,
  records: `SELECT o.id, o.order_no AS orderNo, o.kind, o.state, o.place, o.reported_at AS reportedAt, (${met}) AS met
    FROM workorders o WHERE ${span} AND ${counts} ORDER BY met, o.reported_at DESC, o.id LIMIT @limit`,
})

export const orderFigures: readonly Figure[] = measures.map(({ counts, met, ...words }) =>
  figureBySql(words, orderFigureSql({ counts, met }), paramsOf, recordOf),
)
