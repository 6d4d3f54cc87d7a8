/** 工单 from the dispatch to the closure: each step passes its gate, then is written with time and person. */
import type { Context } from '../platform/context.ts'
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
  type OrderAction,
  type OrderState,
  type WorkStep,
} from './api.ts'
import { certificateFor, deadlines, onFailure, transitions } from './rules.ts'
import { deadlinesNow, passGate, recordStep, WrongStep, type OrderRecord } from './store.ts'

/** @throws WrongStep when the table has the action lead nowhere */
function reached(action: OrderAction): OrderState {
  const { to } = transitions[action]
  if (to === 'same') throw new WrongStep()
  return to
}

export const answer = useCase(Answer, ({ orderId, note }, context) =>
  recordStep(context, passGate(context, 'answer', orderId), { kind: 'answer', state: reached('answer'), note }),
)

export const issue = useCase(Issue, ({ orderId, note }, context) =>
  recordStep(context, passGate(context, 'issue', orderId), { kind: 'issue', state: reached('issue'), note }),
)

/** The certificate gate of an order's own work. @throws CertificateMissing · StaffNotFound */
function certified(context: Context, order: OrderRecord, staffId: string) {
  if (order.kind === 'consultation') throw new WrongStep('咨询由柜台答复，不派工')
  return requireCertificate(context, staffId, certificateFor[order.kind])
}

export const assign = useCase(Assign, ({ orderId, staffId, note }, context) => {
  const order = passGate(context, 'assign', orderId)
  const worker = certified(context, order, staffId)
  return recordStep(context, order, {
    kind: 'assign',
    state: reached('assign'),
    note,
    worker,
    fills: { assigneeId: worker.id, assigneeName: worker.name },
  })
})

/** Columns a step of the work fills; what was handled once in a round stays handled when it is given to another. */
function workFills(step: WorkStep, order: OrderRecord, now: number): Partial<OrderRecord> {
  if (step === 'handle') return { handledAt: order.handledAt ?? now }
  return step === 'repair' ? { repairedAt: now } : {}
}

/** Checks the certificate again when the work is accepted and when it begins: it may have run out since. */
export const work = useCase(Work, ({ orderId, step, note }, context) => {
  const order = passGate(context, step, orderId)
  if (order.assigneeId === null || order.assigneeName === null) throw new WrongStep('工单还没有派工')
  if (step === 'accept' || step === 'arrive') certified(context, order, order.assigneeId)
  return recordStep(context, order, {
    kind: step,
    state: reached(step),
    note,
    worker: { id: order.assigneeId, name: order.assigneeName },
    fills: workFills(step, order, context.clock.now()),
  })
})

export const pause = useCase(Pause, ({ orderId, reason }, context) => {
  const order = passGate(context, 'pause', orderId)
  return recordStep(context, order, {
    kind: 'pause',
    state: order.state,
    note: reason,
    fills: { pausedAt: context.clock.now() },
  })
})

export const resume = useCase(Resume, ({ orderId, note }, context) => {
  const order = passGate(context, 'resume', orderId)
  const fills = { pausedAt: null, ...deadlinesNow(context, order, context.clock.now()) }
  return recordStep(context, order, { kind: 'resume', state: order.state, note, fills })
})

export const refer = useCase(Refer, ({ orderId, reason, referredTo }, context) =>
  recordStep(context, passGate(context, 'refer', orderId), {
    kind: 'refer',
    state: reached('refer'),
    note: `${reason}；已告知客户转至${referredTo}`,
  }),
)

export const verify = useCase(Verify, ({ orderId, passed, note }, context) => {
  const order = passGate(context, 'verify', orderId)
  return recordStep(context, order, {
    kind: 'verify',
    state: passed ? reached('verify') : (onFailure.verify ?? order.state),
    passed,
    note,
    // The 24 hours run on until it is really repaired.
    fills: passed ? {} : { repairedAt: null },
  })
})

/** What a new round begins with: nobody assigned, timers from now. */
function newRound(context: Context, order: OrderRecord): Partial<OrderRecord> {
  const now = context.clock.now()
  return {
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
export function recordCallback(
  context: Context,
  orderId: string,
  { result, note }: { readonly result: CallbackResult | 'unreachable'; readonly note: string },
): { readonly state: OrderState } {
  const order = passGate(context, 'call-back', orderId)
  if (result === 'unreached') {
    return recordStep(context, order, { kind: 'call-back', state: order.state, passed: null, note })
  }
  if (result === 'dissatisfied') {
    const state = onFailure['call-back'] ?? order.state
    return recordStep(context, order, {
      kind: 'call-back',
      state,
      passed: false,
      note,
      fills: newRound(context, order),
    })
  }
  const passed = result === 'satisfied' ? true : null
  return recordStep(context, order, { kind: 'call-back', state: reached('call-back'), passed, note })
}

export const close = useCase(Close, ({ orderId, note }, context) =>
  recordStep(context, passGate(context, 'close', orderId), { kind: 'close', state: reached('close'), note }),
)

export const reopen = useCase(Reopen, ({ orderId, reason }, context) => {
  const order = passGate(context, 'reopen', orderId)
  return recordStep(context, order, {
    kind: 'reopen',
    state: reached('reopen'),
    note: reason,
    fills: newRound(context, order),
  })
})
