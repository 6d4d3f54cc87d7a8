/** 工单 from the dispatch to the closure: what each step does besides what `process.ts` declares. */
import { accountById } from '../customers/service.ts'
import { systemActor, type Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { formatInstant } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { inSlices } from '../platform/run.ts'
import type { Job } from '../platform/scheduler.ts'
import { inTransaction, useCase, type Environment } from '../platform/use-case.ts'
import { requireCertificate } from '../staff/service.ts'
import { emergencyRuns, liftHold, offSince, placeHold } from '../supply/service.ts'
import {
  Answer,
  Assign,
  Close,
  Confirm,
  Issue,
  orderKindNames,
  Pause,
  pauseReasonNames,
  Refer,
  referReasonNames,
  Reopen,
  Resume,
  siteGas,
  symptomNames,
  Verify,
  Work,
  type CallbackResult,
  type OrderState,
  type SiteGas,
  type WorkStep,
} from './api.ts'
import { lateSoFarSql } from './measures.ts'
import { orderProcess, paused } from './process.ts'
import { certificateFor, deadlines, hourMs } from './rules.ts'
import { cutSubject, deadlinesNow, orderRun, pausesOf, WrongStep, type OrderRecord } from './store.ts'
import { tellTheRest } from './take.ts'

export const answer = orderRun.step(Answer, 'answer')
export const issue = orderRun.step(Issue, 'issue')

/** The certificate gate of an order's own work. @throws CertificateMissing · StaffNotFound */
function certified(context: Context, order: OrderRecord, staffId: string) {
  if (order.kind === 'consultation') throw new WrongStep('咨询由柜台答复，不派工')
  return requireCertificate(context, staffId, certificateFor[order.kind])
}

export const assign = orderRun.step(Assign, 'assign', (order, { staffId }, context) => {
  const worker = certified(context, order, staffId)
  return {
    more: { workerId: worker.id, workerName: worker.name },
    fills: { assigneeId: worker.id, assigneeName: worker.name },
  }
})

/** Columns a step of the work fills; what was handled once in a round stays handled when it is given to another. */
function workFills(step: WorkStep, order: OrderRecord, gas: SiteGas | null, now: number): Partial<OrderRecord> {
  // Gas that is off in this round stays off until it comes back by test and check, whoever handles it once more.
  if (step === 'handle') return { handledAt: order.handledAt ?? now, gas: order.gas === 'off' ? 'off' : gas }
  if (step === 'accept') return { dispatchedAt: order.dispatchedAt ?? now }
  if (step === 'arrive') return { arrivedAt: order.arrivedAt ?? now }
  return { repairedAt: now }
}

/**
 * 已停气: gas is held off at the account's service point until it is repaired, tested and checked (clause 17(2)). Where no
 * account is named, an emergency interruption must be under way.
 * @throws InvalidInput
 */
function shutOff(context: Context, order: OrderRecord): void {
  if (order.accountId === null) {
    // One interruption answers every call about the same pipe.
    if (emergencyRuns(context, null)) return
    throw new InvalidInput('工单没有户号，停气请先登记并开始紧急停气', { field: 'gas' })
  }
  const { servicePointId } = accountById(context, order.accountId)
  const note = `${orderKindNames[order.kind]} ${order.orderNo}：${symptomNames[order.symptom]}`
  placeHold(context, { servicePointId, cause: 'repair', subject: cutSubject(order.id), note })
}

/** Checks the certificate again at every step of the work: it may have run out since. */
export const work = useCase(Work, ({ orderId, step, note, gas }, context) => {
  const order = orderRun.pass(context, step, orderId)
  if (order.assigneeId === null || order.assigneeName === null) throw new WrongStep('工单还没有派工')
  certified(context, order, order.assigneeId)
  if (step === 'handle') {
    if (gas === null && order.urgent === 1) {
      throw new InvalidInput('险情须说明现场是否已停气（第十七条）', { field: 'gas' })
    }
    if (gas === 'off') shutOff(context, order)
  }
  const reached = orderRun.record(context, order, {
    kind: step,
    state: orderProcess.reached(step, order.state),
    note: step === 'handle' && gas !== null ? `${siteGas.names[gas]}；${note}` : note,
    more: { workerId: order.assigneeId, workerName: order.assigneeName },
    fills: workFills(step, order, gas, context.clock.now()),
  })
  if (step === 'handle' && gas === 'off' && order.urgent === 1) tellTheRest(context, orderId)
  if (step === 'repair') liftHold(context, cutSubject(orderId), `${order.orderNo} 已修复`)
  return reached
})

/** @throws InvalidInput where it is paused until what is past, or longer than the hall allows */
export const pause = orderRun.step(Pause, 'pause', (order, { why, until, reason }, context) => {
  const now = context.clock.now()
  const days = context.settings.get('workorders.pauseDays')
  if (until <= now) throw new InvalidInput('恢复计时的时间须晚于现在', { field: 'until' })
  const paused = pausesOf(context, order, now).reduce((sum, { from, to }) => sum + ((to ?? now) - from), 0)
  if (paused + until - now > days * 24 * hourMs) {
    throw new InvalidInput(`一轮办理累计最多暂停 ${days} 天，请把恢复时间提前或先办理`, { field: 'until' })
  }
  return {
    note: `${pauseReasonNames[why]}，至 ${formatInstant(until)}；${reason}`,
    more: { pausedUntil: until },
    fills: { pausedAt: now, pausedUntil: until },
  }
})

const running = (context: Context, order: OrderRecord) => ({
  fills: { pausedAt: null, pausedUntil: null, ...deadlinesNow(context, order, context.clock.now()) },
})
export const resume = orderRun.step(Resume, 'resume', (order, _, context) => running(context, order))

const overSql = `SELECT o.id FROM workorders o INDEXED BY workorders_paused WHERE ${paused} AND o.paused_until <= ?`

/** What was paused until now or before runs again by itself. */
export async function resumePaused(environment: Environment): Promise<void> {
  const { sqlite, clock } = environment
  const over = statement<{ id: string }>(sqlite, overSql).all(clock.now())
  await inSlices<number>(environment, over.length === 0 ? null : 0, (from, slice) =>
    inTransaction(environment, Resume.name, systemActor, (context) => {
      let done = from
      for (const { id } of slice.take(over.slice(from))) {
        const order = orderRun.pass(context, 'resume', id)
        const note = '约定的时间已到，自动恢复计时'
        orderRun.record(context, order, { kind: 'resume', state: order.state, note, ...running(context, order) })
        done += 1
      }
      return done < over.length ? done : null
    }),
  )
}

const everyMs = 60_000
export const resumeJob: Job = {
  job: 'workorders.resume',
  nextRun: (_, now) => now + everyMs,
  run: resumePaused,
}

export const refer = orderRun.step(Refer, 'refer', (_, { why, reason, referredTo }) => ({
  note: `${referReasonNames[why]}：${reason}；已告知客户转至${referredTo}`,
}))

/**
 * Given back, it is done here after all: the hours ran on. Agreed to, gas that was shut off for it waits for its test and
 * check alone: the company repairs nothing there.
 */
export const confirm = useCase(Confirm, ({ orderId, passed, note }, context) => {
  const order = orderRun.pass(context, 'confirm', orderId)
  const state = orderProcess.reached('confirm', order.state, !passed)
  const fills = passed ? {} : { assigneeId: null, assigneeName: null }
  const reached = orderRun.record(context, order, { kind: 'confirm', state, passed, note, fills })
  if (passed) liftHold(context, cutSubject(orderId), `${order.orderNo} 已转介`)
  return reached
})

export const verify = orderRun.step(Verify, 'verify', (order, { passed }, context) => {
  if (!passed) keepOff(context, order)
  // The 24 hours run on until it is really repaired.
  return { passed, back: !passed, fills: passed ? {} : { repairedAt: null } }
})

/** Gas that was shut off and has not come back waits for a repair again, no more for its test alone. */
function keepOff(context: Context, order: OrderRecord): void {
  if (order.accountId !== null && offSince(context, cutSubject(order.id))) shutOff(context, order)
}

/** What a new round begins with: nobody assigned, timers from now; what was late stays late (clause 18(3)). */
function newRound(context: Context, order: OrderRecord): Partial<OrderRecord> {
  keepOff(context, order)
  const now = context.clock.now()
  const late = statement<Pick<OrderRecord, 'dispatchedLate' | 'arrivedLate' | 'handledLate' | 'repairedLate'>>(
    context.sqlite,
    lateSoFarSql,
  )
  const again = (by: number | null) => (by === null ? null : now + by - order.roundFrom)
  return {
    ...late.get({ id: order.id, now }),
    round: order.round + 1,
    roundFrom: now,
    ...deadlines(now, order, []),
    dispatchBy: again(order.dispatchBy),
    arriveBy: again(order.arriveBy),
    dispatchedAt: null,
    arrivedAt: null,
    pausedAt: null,
    pausedUntil: null,
    gas: null,
    handledAt: null,
    repairedAt: null,
    assigneeId: null,
    assigneeName: null,
  }
}

/**
 * 回访: what follows from the call the followups room has recorded. Not satisfied: done again. Not reached: it waits on;
 * `unreachable` ends it after the tries that room counts.
 * @throws OrderNotFound · WrongStep · OrderPaused · OwnWork
 */
export const recordCallback = (
  context: Context,
  orderId: string,
  call: { readonly result: CallbackResult | 'unreachable'; readonly note: string },
): { readonly state: OrderState } =>
  orderRun.callBack(context, 'call-back', orderId, call, (order, result) =>
    result === 'dissatisfied' ? newRound(context, order) : {},
  )

export const close = orderRun.step(Close, 'close')

export const reopen = orderRun.step(Reopen, 'reopen', (order, _, context) => ({ fills: newRound(context, order) }))
