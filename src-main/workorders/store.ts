/** 工单 as rows: where an order is, its steps in order, and how one step is written. */
import { and, asc, eq, isNull, max } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import type { DomainError } from '../platform/errors.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { statement } from '../platform/database.ts'
import { recordEvent } from '../customers/service.ts'
import { certificateProblem } from '../staff/service.ts'
import { orderActionNames, orderStateNames, type OrderAction, type OrderState, type OrderStep } from './api.ts'
import {
  deadlines,
  obstaclesTo,
  timerOf,
  type Obstacle,
  type ObstacleCode,
  type OrderFacts,
  type Pause,
} from './rules.ts'
import { workorderLeaders, workorders, workorderSteps } from './tables.ts'

export const OrderNotFound = domainError('OrderNotFound', '没有找到这张工单，请刷新后再试')
export const WrongStep = domainError('WrongStep', '工单的进度不允许这一步，请刷新后再试')
export const OrderPaused = domainError('OrderPaused', '工单已暂停计时，请先恢复计时')
export const OwnWork = domainError('OwnWork', '不能验证、回访或关闭本人办理的工单')
export const LeadersNotTold = domainError('LeadersNotTold', '重大险情还没有报告全部领导')

export type OrderRecord = typeof workorders.$inferSelect
export type StepRecord = typeof workorderSteps.$inferSelect

/** @throws OrderNotFound */
export function orderById({ db }: Context, orderId: string): OrderRecord {
  const row = db.select().from(workorders).where(eq(workorders.id, orderId)).get()
  if (!row) throw new OrderNotFound()
  return row
}

/** Every step of an order, first first. */
export const stepsOf = ({ db }: Context, orderId: string): StepRecord[] =>
  db.select().from(workorderSteps).where(eq(workorderSteps.orderId, orderId)).orderBy(asc(workorderSteps.no)).all()

export const leadersOf = ({ db }: Context, orderId: string): (typeof workorderLeaders.$inferSelect)[] =>
  db
    .select()
    .from(workorderLeaders)
    .where(eq(workorderLeaders.orderId, orderId))
    .orderBy(asc(workorderLeaders.id))
    .all()

const untoldOf = ({ db }: Context, orderId: string): string[] =>
  db
    .select({ name: workorderLeaders.name })
    .from(workorderLeaders)
    .where(and(eq(workorderLeaders.orderId, orderId), isNull(workorderLeaders.toldAt)))
    .all()
    .map(({ name }) => name)

/** Whoever accepted an order has worked on it, in whatever round. */
export const workersOf = (context: Context, orderId: string): ReadonlySet<string> =>
  new Set(
    statement<{ workerId: string }>(
      context.sqlite,
      `SELECT worker_id AS workerId FROM workorder_steps
       WHERE order_id = ? AND kind IN ('accept', 'arrive', 'handle', 'repair') AND worker_id IS NOT NULL`,
    )
      .all(orderId)
      .map(({ workerId }) => workerId),
  )

const factsOf = (context: Context, order: OrderRecord): OrderFacts => ({
  state: order.state,
  urgent: order.urgent === 1,
  paused: order.pausedAt !== null,
  workers: workersOf(context, order.id),
  assigneeId: order.assigneeId,
  actorId: context.actor.id,
  untold: untoldOf(context, order.id),
})

/** Reasons against an action now, in words: those of the rules, and a missing callback certificate of the operator. */
export function obstaclesNow(context: Context, order: OrderRecord, action: OrderAction): string[] {
  const texts = obstaclesTo(action, factsOf(context, order)).map(({ text }) => text)
  const certificate =
    action === 'call-back' && texts.length === 0 ? certificateProblem(context, context.actor.id, 'callback') : null
  return certificate === null ? texts : [...texts, certificate]
}

const errors: Readonly<Record<ObstacleCode, new (message: string, more: { details: unknown }) => DomainError>> = {
  WrongStep,
  OrderPaused,
  OwnWork,
  LeadersNotTold,
}

/** The order, when the action may be done to it. @throws OrderNotFound · WrongStep · OrderPaused · OwnWork · LeadersNotTold */
export function passGate(context: Context, action: OrderAction, orderId: string): OrderRecord {
  const order = orderById(context, orderId)
  const obstacles: readonly Obstacle[] = obstaclesTo(action, factsOf(context, order))
  const [first] = obstacles
  if (first) throw new errors[first.code](obstacles.map(({ text }) => text).join('；'), { details: obstacles })
  return order
}

export interface StepDone {
  readonly kind: OrderStep['kind']
  readonly state: OrderState
  readonly passed?: boolean | null
  readonly note?: string
  readonly worker?: { readonly id: string; readonly name: string } | null
  /** Columns of the order this step fills. */
  readonly fills?: Partial<typeof workorders.$inferInsert>
}

export const stepTitles: Readonly<Record<OrderStep['kind'], string>> = {
  ...orderActionNames,
  report: '受理',
  'tell-leader': '报告领导',
}

/**
 * Writes one step: its record, where the order is now and which timer runs, the customer's timeline and the audit row.
 * @returns the state reached
 */
export function recordStep(context: Context, order: OrderRecord, step: StepDone): { state: OrderState } {
  appendStep(context, order, step)
  const next: OrderRecord = { ...order, ...step.fills, state: step.state, updatedAt: context.clock.now() }
  // What waits for somebody waits since its state began, however often that was tried.
  const waitsOn = step.state === order.state && timerOf(next.state, next.handledAt !== null) === null
  const { id: _, ...columns } = { ...next, dueAt: waitsOn ? order.dueAt : dueOf(next) }
  context.db.update(workorders).set(columns).where(eq(workorders.id, order.id)).run()
  tellCustomerFile(context, next, step)
  context.audit({
    subject: `workorder:${order.id}`,
    detail: { orderNo: order.orderNo, step: step.kind, state: step.state, note: step.note ?? '' },
  })
  context.emit({ event: 'changed', data: { room: 'workorders' } })
  return { state: step.state }
}

/** What the board sorts by: the deadline that runs, else when the state began. */
export function dueOf(order: Pick<OrderRecord, 'state' | 'handledAt' | 'handleBy' | 'repairBy' | 'updatedAt'>): number {
  const timer = timerOf(order.state, order.handledAt !== null)
  return timer === null ? order.updatedAt : timer === 'handle' ? order.handleBy : order.repairBy
}

/** Deadlines of the present round, moved by the pauses on record; `resumedAt` ends the pause that is still open. */
export function deadlinesNow(context: Context, order: OrderRecord, resumedAt: number) {
  const pauses: Pause[] = []
  for (const { kind, round, at } of stepsOf(context, order.id)) {
    if (round !== order.round) continue
    if (kind === 'pause') pauses.push({ from: at, to: null })
    const open = pauses.at(-1)
    if (kind === 'resume' && open) pauses[pauses.length - 1] = { from: open.from, to: at }
  }
  const ended = pauses.map(({ from, to }) => ({ from, to: to ?? resumedAt }))
  return deadlines(order.roundFrom, order, ended)
}

export function appendStep({ db, clock, actor }: Context, order: OrderRecord, step: StepDone): void {
  const last = db
    .select({ no: max(workorderSteps.no) })
    .from(workorderSteps)
    .where(eq(workorderSteps.orderId, order.id))
    .get()
  db.insert(workorderSteps)
    .values({
      id: newId(clock),
      orderId: order.id,
      no: (last?.no ?? 0) + 1,
      round: order.round,
      kind: step.kind,
      state: step.state,
      passed: step.passed === undefined || step.passed === null ? null : step.passed ? 1 : 0,
      note: step.note ?? '',
      workerId: step.worker?.id ?? null,
      workerName: step.worker?.name ?? null,
      at: clock.now(),
      actorId: actor.id,
      actorName: actor.name,
    })
    .run()
}

export function tellCustomerFile(context: Context, order: OrderRecord, step: StepDone): void {
  if (order.customerId === null) return
  const worker = step.worker ? `${step.worker.name} ` : ''
  recordEvent(context, {
    customerId: order.customerId,
    accountId: order.accountId,
    kind: 'workorder',
    title: `工单${stepTitles[step.kind]}：${orderStateNames[step.state]}`,
    detail: [order.orderNo, `${worker}${step.note ?? ''}`.trim()].filter((text) => text !== '').join('；'),
    subject: `workorder:${order.id}`,
  })
}
