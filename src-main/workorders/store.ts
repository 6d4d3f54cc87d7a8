/** 工单 as rows: where an order is, its steps in order, and how one step is written. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { domainError } from '../platform/errors.ts'
import { statement } from '../platform/database.ts'
import { runner } from '../platform/process-run.ts'
import { actingFacts } from '../platform/two-persons.ts'
import { recordEvent } from '../customers/service.ts'
import { certificateProblem } from '../staff/service.ts'
import { emergencyRuns, waitsFor } from '../supply/service.ts'
import { orderProcess, timerOf, type OrderFacts } from './process.ts'
import { deadlines, type Pause } from './rules.ts'
import { workorderLeaders, workorders, workorderSteps } from './tables.ts'

export const OrderNotFound = domainError('OrderNotFound', '没有找到这张工单，请刷新后再试')
export const WrongStep = domainError('WrongStep', '工单的进度不允许这一步，请刷新后再试')
export const OrderPaused = domainError('OrderPaused', '工单已暂停计时，请先恢复计时')
export const OwnWork = domainError('OwnWork', '不能验证、回访或关闭本人办理的工单')
export const LeadersNotTold = domainError('LeadersNotTold', '重大险情还没有报告全部领导')
export const GasOff = domainError('GasOff', '处理时停了气，还没有恢复供气')

export type OrderRecord = typeof workorders.$inferSelect
export type StepRecord = typeof workorderSteps.$inferSelect
/** Who did the work, or was given it; until when it stands still. */
type StepMore = Partial<Pick<StepRecord, 'workerId' | 'workerName' | 'pausedUntil'>>

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

const referrerOf = ({ sqlite }: Context, orderId: string): string | null =>
  statement<{ actorId: string }>(
    sqlite,
    `SELECT actor_id AS actorId FROM workorder_steps WHERE order_id = ? AND kind = 'refer' ORDER BY no DESC LIMIT 1`,
  ).get(orderId)?.actorId ?? null

/** Under what gas is held off for an order. */
export const cutSubject = (orderId: string): string => `workorder:${orderId}`

/** The steps of an order, each told in the customer's file. */
export const orderRun = runner(orderProcess, {
  find: orderById,
  facts: (context, order: OrderRecord): OrderFacts => ({
    state: order.state,
    urgent: order.urgent === 1,
    paused: order.pausedAt !== null,
    workers: workersOf(context, order.id),
    assigneeId: order.assigneeId,
    ...actingFacts(context),
    untold: untoldOf(context, order.id),
    referrerId: referrerOf(context, order.id),
    gasOff: waitsFor(context, cutSubject(order.id)),
    cutOff: emergencyRuns(context, order.id),
  }),
  errors: { WrongStep, OrderPaused, OwnWork, LeadersNotTold, GasOff },
  history: { table: 'workorder_steps', owner: 'order_id' },
  insert: ({ db }, { id }, values, more: StepMore | undefined) =>
    void db
      .insert(workorderSteps)
      .values({ ...values, orderId: id, ...more })
      .run(),
  update: ({ db }, next, before) => {
    // What waits for somebody waits since its state began, however often that was tried.
    const waitsOn = next.state === before.state && timerOf(next) === null
    const { id, ...columns } = { ...next, dueAt: waitsOn ? before.dueAt : dueOf(next) }
    db.update(workorders).set(columns).where(eq(workorders.id, id)).run()
  },
  tell: (context, { id, customerId, accountId, orderNo }, { more, note }, title) => {
    if (customerId === null) return
    const done = [more?.workerName, note].filter(Boolean).join(' ')
    const detail = [orderNo, done].filter((text) => text !== '').join('；')
    recordEvent(context, { customerId, accountId, kind: 'workorder', title, detail, subject: `workorder:${id}` })
  },
  number: ({ orderNo }) => ({ orderNo }),
  noteAudited: 'note',
  // The followups room asks for it when the call is made.
  alsoAgainst: (context, action) =>
    action === 'call-back' ? certificateProblem(context, context.actor.id, 'callback') : null,
})

/** What the board sorts by: the deadline that runs, else when the state began. */
export const dueOf = (order: Parameters<typeof timerOf>[0] & Pick<OrderRecord, 'updatedAt'>): number =>
  timerOf(order)?.due ?? order.updatedAt

/**
 * The pauses of the present round; `resumedAt` ends the one that is still open. A pause ends when it was to end, however late
 * that was written down.
 */
export function pausesOf(context: Context, order: OrderRecord, resumedAt: number): Pause[] {
  const pauses: Pause[] = []
  let until = resumedAt
  for (const { kind, round, at, pausedUntil } of stepsOf(context, order.id)) {
    if (round !== order.round) continue
    if (kind === 'pause') {
      until = pausedUntil ?? resumedAt
      pauses.push({ from: at, to: Math.min(resumedAt, until) })
    }
    const open = pauses.at(-1)
    if (kind === 'resume' && open) pauses[pauses.length - 1] = { from: open.from, to: Math.min(at, until) }
  }
  return pauses
}

/** Deadlines of the present round, moved by its pauses. */
export const deadlinesNow = (context: Context, order: OrderRecord, resumedAt: number) =>
  deadlines(order.roundFrom, order, pausesOf(context, order, resumedAt))
