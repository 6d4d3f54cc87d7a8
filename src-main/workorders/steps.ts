/** 工单 from the dispatch to the closure: what each step does besides what `process.ts` declares. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { useCase } from '../platform/use-case.ts'
import { requireCertificate } from '../staff/service.ts'
import {
  Answer,
  Assign,
  Close,
  Issue,
  Pause,
  Refer,
  Reopen,
  Resume,
  Verify,
  Work,
  type CallbackResult,
  type OrderState,
  type WorkStep,
} from './api.ts'
import { lateSoFarSql } from './measures.ts'
import { orderProcess } from './process.ts'
import { certificateFor, deadlines } from './rules.ts'
import { deadlinesNow, orderRun, WrongStep, type OrderRecord } from './store.ts'

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
function workFills(step: WorkStep, order: OrderRecord, now: number): Partial<OrderRecord> {
  if (step === 'handle') return { handledAt: order.handledAt ?? now }
  return step === 'repair' ? { repairedAt: now } : {}
}

/** Checks the certificate again when the work is accepted and when it begins: it may have run out since. */
export const work = useCase(Work, ({ orderId, step, note }, context) => {
  const order = orderRun.pass(context, step, orderId)
  if (order.assigneeId === null || order.assigneeName === null) throw new WrongStep('工单还没有派工')
  if (step === 'accept' || step === 'arrive') certified(context, order, order.assigneeId)
  return orderRun.record(context, order, {
    kind: step,
    state: orderProcess.reached(step, order.state),
    note,
    more: { workerId: order.assigneeId, workerName: order.assigneeName },
    fills: workFills(step, order, context.clock.now()),
  })
})

export const pause = orderRun.step(Pause, 'pause', (_, __, { clock }) => ({ fills: { pausedAt: clock.now() } }))

export const resume = orderRun.step(Resume, 'resume', (order, _, context) => ({
  fills: { pausedAt: null, ...deadlinesNow(context, order, context.clock.now()) },
}))

export const refer = orderRun.step(Refer, 'refer', (_, { reason, referredTo }) => ({
  note: `${reason}；已告知客户转至${referredTo}`,
}))

export const verify = orderRun.step(Verify, 'verify', (_, { passed }) => ({
  passed,
  back: !passed,
  // The 24 hours run on until it is really repaired.
  fills: passed ? {} : { repairedAt: null },
}))

/** What a new round begins with: nobody assigned, timers from now; what was late stays late (clause 18(3)). */
function newRound(context: Context, order: OrderRecord): Partial<OrderRecord> {
  const now = context.clock.now()
  const late = statement<Pick<OrderRecord, 'handledLate' | 'repairedLate'>>(context.sqlite, lateSoFarSql)
  return {
    ...late.get({ id: order.id, now }),
    round: order.round + 1,
    roundFrom: now,
    ...deadlines(now, order, []),
    pausedAt: null,
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
