/** 受理: what comes in by phone or at the counter, and who is told of a hazard. */
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { accountById, servicePointById } from '../customers/service.ts'
import {
  adviceFor,
  orderKindNames,
  symptomNames,
  Take,
  TellLeader,
  type OrderState,
  type OrderStepKind,
} from './api.ts'
import { deadlines, hourMs, firstLeaders, isUrgent, kindTaken, otherLeaders, type Leader } from './rules.ts'
import { dueOf, leadersOf, orderById, orderRun, type OrderRecord } from './store.ts'
import { workorderLeaders, workorders } from './tables.ts'

export const LeaderTold = domainError('LeaderTold', '这位领导已经报告过，请刷新后再看')

/**
 * What is taken at the hall, and every hazard, stands with the hall at once and waits for a person; an ordinary fault
 * rung in to the dispatch centre waits for the centre to issue it (clause 14(2)).
 */
function firstState({ actor }: Context, question: boolean, answered: boolean, urgent: boolean): OrderState {
  if (question) return answered ? 'answered' : 'asked'
  return urgent || !actor.roles.includes('dispatcher') ? 'issued' : 'reported'
}

/** @throws AccountNotFound · InvalidInput without a place, or when a caller in danger was told nothing and no reason stands */
export const take = useCase(Take, (input, context) => {
  const { db, clock, actor, settings } = context
  const account = input.accountId === null ? null : accountById(context, input.accountId)
  const place = input.place || (account ? servicePointById(context, account.servicePointId).address : '')
  const kind = kindTaken(input.kind, input.symptom)
  const urgent = isUrgent(kind, input.symptom)
  if (place === '' && kind !== 'consultation') throw new InvalidInput('请填写地点或选择户号', { field: 'place' })
  if (urgent && !input.advised && input.notAdvised === '') {
    throw new InvalidInput('请先按顺序告知安全须知；无法告知的，写明原因', { field: 'notAdvised' })
  }
  const now = clock.now()
  const reportedAt = takenDown(context, input.receivedAt)
  const limits = {
    handleHours: settings.get('workorders.handleHours'),
    repairHours: settings.get('workorders.repairHours'),
  }
  const due = deadlines(reportedAt, limits, [])
  const minutes = (of: 'alarmDispatchMinutes' | 'alarmArriveMinutes' | 'leaderMinutes') =>
    urgent ? reportedAt + settings.get(`workorders.${of}`) * 60_000 : null
  const hazard = {
    dispatchBy: minutes('alarmDispatchMinutes'),
    arriveBy: minutes('alarmArriveMinutes'),
    dispatchedAt: null,
    arrivedAt: null,
  }
  const state = firstState(context, kind === 'consultation', input.answer !== '', urgent)
  const order: OrderRecord = {
    id: newId(clock),
    orderNo: nextNumber(context, 'workorder'),
    kind,
    symptom: input.symptom,
    urgent: urgent ? 1 : 0,
    state,
    channel: input.channel,
    callerName: input.callerName,
    callerPhone: input.callerPhone,
    customerId: account?.customerId ?? null,
    accountId: account?.id ?? null,
    place,
    description: input.description,
    advice: JSON.stringify(input.advised ? adviceFor[input.symptom] : []),
    notAdvised: input.advised ? '' : input.notAdvised,
    receivedBy: actor.name,
    reportedAt,
    enteredAt: now,
    round: 1,
    roundFrom: reportedAt,
    ...limits,
    ...due,
    dueAt: dueOf({ state, handledAt: null, ...due, ...hazard, updatedAt: now }),
    ...hazard,
    tellBy: minutes('leaderMinutes'),
    pausedAt: null,
    pausedUntil: null,
    handledAt: null,
    repairedAt: null,
    handledLate: 0,
    repairedLate: 0,
    dispatchedLate: 0,
    arrivedLate: 0,
    gas: null,
    assigneeId: null,
    assigneeName: null,
    updatedAt: now,
  }
  db.insert(workorders).values(order).run()
  for (const step of firstSteps(order, input.answer)) orderRun.begin(context, order, step)
  if (order.tellBy !== null) {
    const lists = { all: settings.get('workorders.leaders'), ofLeak: settings.get('workorders.leadersOfLeak') }
    listLeaders(context, order.id, firstLeaders(order.symptom, lists), order.tellBy)
  }
  context.audit({
    subject: `workorder:${order.id}`,
    detail: { orderNo: order.orderNo, kind, symptom: input.symptom, state, asked: input.kind, reportedAt },
  })
  context.emit({ event: 'changed', data: { room: 'workorders' } })
  return { orderId: order.id, orderNo: order.orderNo, state }
})

/** When a call or complaint came that is written down now: past, and not longer ago than the hall allows. @throws InvalidInput */
export function takenDown({ clock, settings }: Context, given: number | null): number {
  const now = clock.now()
  if (given === null) return now
  const hours = settings.get('workorders.lateEntryHours')
  if (given > now) throw new InvalidInput('来电时间不能晚于现在', { field: 'receivedAt' })
  if (given < now - hours * hourMs) {
    throw new InvalidInput(`来电时间不能早于 ${hours} 小时之前，请核对`, { field: 'receivedAt' })
  }
  return given
}

interface FirstStep {
  readonly kind: OrderStepKind
  readonly state: OrderState
  readonly note?: string
}

function firstSteps(order: OrderRecord, answer: string): FirstStep[] {
  const note = [orderKindNames[order.kind], symptomNames[order.symptom], order.description]
    .filter((text) => text !== '')
    .join('；')
  const question = order.kind === 'consultation'
  const report: FirstStep = { kind: 'report', state: question ? 'asked' : 'reported', note }
  if (order.state === 'answered') return [report, { kind: 'answer', state: 'answered', note: answer }]
  return order.state === 'issued' ? [report, { kind: 'issue', state: 'issued' }] : [report]
}

function listLeaders({ db, clock }: Context, orderId: string, leaders: readonly Leader[], tellBy: number): void {
  for (const { name, phone } of leaders) {
    db.insert(workorderLeaders)
      .values({ id: newId(clock), orderId, name, phone, tellBy })
      .run()
  }
}

/** A hazard that took the gas away is told to every leader, whoever heard of the smell (clause 5(6)). */
export function tellTheRest(context: Context, orderId: string): void {
  const { clock, settings } = context
  const rest = otherLeaders(settings.get('workorders.leaders'), leadersOf(context, orderId))
  listLeaders(context, orderId, rest, clock.now() + settings.get('workorders.leaderMinutes') * 60_000)
}

/** @throws LeaderTold */
export const tellLeader = useCase(TellLeader, ({ leaderId, answer }, context) => {
  const { db, clock, actor } = context
  const told = db
    .update(workorderLeaders)
    .set({ toldAt: clock.now(), toldBy: actor.name, answer })
    .where(and(eq(workorderLeaders.id, leaderId), isNull(workorderLeaders.toldAt)))
    .returning()
    .get()
  if (!told) throw new LeaderTold()
  const order = orderById(context, told.orderId)
  orderRun.begin(context, order, {
    kind: 'tell-leader',
    state: order.state,
    note: [told.name, answer].filter((text) => text !== '').join('：'),
  })
  context.audit({ subject: `workorder:${order.id}`, detail: { orderNo: order.orderNo, name: told.name, answer } })
  context.emit({ event: 'changed', data: { room: 'workorders' } })
  return {}
})
