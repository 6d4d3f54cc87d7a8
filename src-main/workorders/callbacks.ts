/** What the followups and complaints rooms ask of this one: what waits for its callback, and whom one would ring up. */
import type { Context } from '../platform/context.ts'
import { orderKindNames, symptomNames } from './api.ts'
import { orderById, orderRun, stepsOf } from './store.ts'

/** 报警 and 抢修 count as one service. */
const service = `CASE o.kind WHEN 'repair' THEN 'repair' ELSE 'alarm' END`

/** Orders that wait for their callback, along an index of their own: by state they would have to be sorted. Columns as `CallbackSource.waitingSql` names them. */
export const waitingCallbacksSql = `SELECT o.id, ${service} AS service, o.round, o.due_at AS since, o.order_no AS number,
    o.caller_name AS customerName, o.assignee_name AS personName
  FROM workorders o INDEXED BY workorders_callback WHERE o.state IN ('verified', 'referred')`

/**
 * Every time an order's work was found good, or it was referred: once in a round at most. Columns as
 * `CallbackSource.finishedSql` names them.
 */
export const finishedSql = `SELECT s.id AS eventId, ${service} AS service, o.id, s.round, s.at, o.order_no AS number,
    o.caller_name AS customerName,
    (SELECT w.worker_name FROM workorder_steps w WHERE w.order_id = s.order_id AND w.round = s.round
       AND w.worker_name IS NOT NULL ORDER BY w.no DESC LIMIT 1) AS personName,
    o.round > s.round AS reopened
  FROM workorder_steps s JOIN workorders o ON o.id = s.order_id
  WHERE s.kind IN ('verify', 'confirm') AND s.state IN ('verified', 'referred')`

/** Number and account of an order. @throws OrderNotFound */
export function orderBrief(context: Context, orderId: string) {
  const { orderNo, accountId } = orderById(context, orderId)
  return { orderNo, accountId }
}

/** @throws OrderNotFound · WrongStep · OrderPaused · OwnWork when the operator may not call back now */
export const checkCallback = (context: Context, orderId: string): void =>
  void orderRun.pass(context, 'call-back', orderId)

/** Whom to ring, and about what. @throws OrderNotFound */
export function callbackBrief(context: Context, orderId: string) {
  const order = orderById(context, orderId)
  const done = stepsOf(context, orderId).findLast(({ kind }) => kind === 'repair' || kind === 'refer')
  return {
    service: order.kind === 'repair' ? ('repair' as const) : ('alarm' as const),
    round: order.round,
    number: order.orderNo,
    customerName: order.callerName,
    phone: order.callerPhone,
    place: order.place,
    customerId: order.customerId,
    accountId: order.accountId,
    what: [`${orderKindNames[order.kind]}，${symptomNames[order.symptom]}`, order.description, done?.note ?? '']
      .filter((text) => text !== '')
      .join('；'),
    personName: order.assigneeName,
    since: order.dueAt,
    path: `/workorders/${order.id}`,
  }
}
