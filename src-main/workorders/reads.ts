/** 工单: what the board, the order's page and the customer file look at. */
import { foundBound, foundWithin } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { sqlWords } from '../platform/dictionary.ts'
import { maskPhone, numbersShown } from '../platform/identity.ts'
import { instantCursor } from '../platform/paging.ts'
import { useCase } from '../platform/use-case.ts'
import { certifiedStaff } from '../staff/service.ts'
import {
  Alarms,
  Candidates,
  Counts,
  Detail,
  List,
  OfAccount,
  OfStaff,
  RevealCaller,
  type OrderFilter,
  type OrderRow,
  type OrderState,
} from './api.ts'
import { clockOfPause } from './measures.ts'
import { orderProcess, paused, timed } from './process.ts'
import { certificateFor } from './rules.ts'
import { leadersOf, orderById, orderRun, stepsOf, type OrderRecord } from './store.ts'

const columns = `o.id, o.order_no AS orderNo, o.kind, o.symptom, o.urgent, o.state, o.caller_name AS callerName, o.place,
  o.assignee_name AS assigneeName, o.reported_at AS reportedAt, o.round, o.handle_by AS handleBy, o.repair_by AS repairBy,
  o.handled_at AS handledAt, o.repaired_at AS repairedAt, o.dispatch_by AS dispatchBy,
  o.dispatched_at AS dispatchedAt, o.arrive_by AS arriveBy, o.arrived_at AS arrivedAt, o.paused_at AS pausedAt, o.paused_until AS pausedUntil, o.updated_at AS updatedAt,
  o.due_at AS dueAt,
  (SELECT count(*) FROM workorder_leaders l WHERE l.order_id = o.id AND l.told_at IS NULL) AS untold`

// Written as the partial indexes have them, so that closed orders are never looked at.
const open = `o.state NOT IN ${sqlWords(orderProcess.ends)}`
const urgent = `o.urgent = 1 AND ${open}`
// The plus keeps this off the index by state: one walk along the board's own index needs no sorting.
const running = `+o.state IN ${sqlWords(timed)}`
/** A pause stops the clock and hides nothing: what was late before it is late while it lasts (clause 18(3)). */
const late = `${running} AND o.due_at < ${clockOfPause}`
const whereOf = (filter: OrderFilter): string => {
  switch (filter) {
    case 'open':
      return open
    case 'overdue':
      return `${open} AND ${late}`
    case 'urgent':
      return urgent
    case 'paused':
      return paused
    case 'mine':
      return `${open} AND o.assignee_id = @actorId`
    default:
      return 'o.state = @state'
  }
}

type Stored = Omit<OrderRow, 'urgent'> & { readonly urgent: number; readonly dueAt: number }
const shown = ({ dueAt: _, ...row }: Stored): OrderRow => ({ ...row, urgent: row.urgent === 1 })

/** The query of the board, also for the test of its plan. */
export const listSql = (filter: OrderFilter, searched = false): string => `SELECT ${columns} FROM workorders o
  WHERE ${foundWithin(searched, `${whereOf(filter)} AND (o.due_at, o.id) > (@afterDue, @afterId)`, 'o.order_no', 'o.account_id', 'accounts', ['o.caller_name', 'o.place'])}
    ORDER BY o.due_at, o.id LIMIT @limit`

export const list = useCase(List, ({ filter, search, page: { after, size } }, context) => {
  const { sqlite, clock, actor } = context
  const cursor = instantCursor(after)
  const rows = statement<Stored>(sqlite, listSql(filter, search !== '')).all({
    ...foundBound(context, 'workorder', search),
    now: clock.now(),
    actorId: actor.id,
    state: filter,
    afterDue: cursor.at,
    afterId: cursor.id,
    limit: size + 1,
  })
  const kept = rows.slice(0, size)
  const last = kept.at(-1)
  return { rows: kept.map(shown), next: rows.length > size && last ? `${last.dueAt}/${last.id}` : null }
})

export const counts = useCase(Counts, (_, { sqlite, clock, actor }) => {
  const states = statement<{
    state: OrderState
    count: number
    overdue: number
    urgent: number
    paused: number
    mine: number
  }>(
    sqlite,
    `SELECT o.state, count(*) AS count, count(*) FILTER (WHERE ${late}) AS overdue,
       count(*) FILTER (WHERE o.urgent = 1) AS urgent,
       count(*) FILTER (WHERE o.paused_at IS NOT NULL) AS paused, count(*) FILTER (WHERE o.assignee_id = @actorId) AS mine
     FROM workorders o INDEXED BY workorders_open WHERE ${open} GROUP BY +o.state`,
  ).all({ now: clock.now(), actorId: actor.id })
  const total = (of: 'count' | 'overdue' | 'urgent' | 'paused' | 'mine') =>
    states.reduce((sum, row) => sum + row[of], 0)
  return {
    open: total('count'),
    overdue: total('overdue'),
    urgent: total('urgent'),
    paused: total('paused'),
    mine: total('mine'),
    states: states.map(({ state, count }) => ({ state, count })),
  }
})

/** @throws OrderNotFound */
export const detail = useCase(Detail, ({ orderId }, context) => {
  const order = orderById(context, orderId)
  const leaders = leadersOf(context, orderId)
  return {
    order: {
      ...order,
      callerPhone: maskPhone(order.callerPhone),
      urgent: order.urgent === 1,
      advice: JSON.parse(order.advice) as string[],
      untold: leaders.filter(({ toldAt }) => toldAt === null).length,
    },
    steps: stepsOf(context, orderId).map((step) => ({
      ...step,
      passed: step.passed === null ? null : step.passed === 1,
    })),
    leaders,
    obstacles: orderRun.obstacles(context, order),
  }
})

/** The audit log keeps who saw the number and why, never the number. @throws OrderNotFound */
export const reveal = useCase(RevealCaller, ({ orderId, reason }, context) => {
  const { orderNo, callerPhone, place, description, notAdvised } = orderById(context, orderId)
  const words = [place, description, notAdvised, ...stepsOf(context, orderId).map(({ note }) => note)]
  const { value, shown } = numbersShown(callerPhone, words)
  context.audit({ subject: `workorder:${orderId}`, detail: { orderNo, what: 'callerPhone', shown, reason } })
  return { value }
})

export const candidates = useCase(Candidates, ({ orderId }, context) => {
  const { kind }: OrderRecord = orderById(context, orderId)
  if (kind === 'consultation') return []
  return certifiedStaff(context, certificateFor[kind]).map(({ id, staffNo, name }) => ({
    staffId: id,
    staffNo,
    name,
    inHand: inHand(context, id),
  }))
})

const inHand = ({ sqlite }: Context, staffId: string): number =>
  statement<{ n: number }>(
    sqlite,
    `SELECT count(*) AS n FROM workorders o WHERE ${open} AND o.assignee_id = ?
       AND o.state IN ('assigned', 'accepted', 'on-site', 'handled')`,
  ).get(staffId)?.n ?? 0

export const ofAccount = useCase(OfAccount, ({ accountId }, { sqlite }) =>
  statement<Stored>(
    sqlite,
    `SELECT ${columns} FROM workorders o WHERE o.account_id = ? ORDER BY o.reported_at DESC LIMIT 100`,
  )
    .all(accountId)
    .map(shown),
)

/** Also for the test of its plan. */
export const ofStaffSql = `SELECT ${columns} FROM workorders o
  WHERE o.assignee_id = @staffId AND (o.reported_at, o.id) < (@before, @beforeId)
  ORDER BY o.reported_at DESC, o.id DESC LIMIT @limit`

export const ofStaff = useCase(OfStaff, ({ staffId, page: { after, size } }, { sqlite }) => {
  const cursor = instantCursor(after, { at: Number.MAX_SAFE_INTEGER, id: '' })
  const rows = statement<Stored>(sqlite, ofStaffSql).all({
    staffId,
    before: cursor.at,
    beforeId: cursor.id,
    limit: size + 1,
  })
  const kept = rows.slice(0, size)
  const last = kept.at(-1)
  return { rows: kept.map(shown), next: rows.length > size && last ? `${last.reportedAt}/${last.id}` : null }
})

/** Rings until the worker has accepted, not only until somebody was named. */
export const alarms = useCase(Alarms, (_, { sqlite }) =>
  statement<Stored>(
    sqlite,
    `SELECT ${columns} FROM workorders o WHERE ${urgent} AND o.state IN ('reported', 'issued', 'assigned')
     ORDER BY o.due_at, o.id LIMIT 20`,
  )
    .all()
    .map(shown),
)
