/** 停气 that does not go as it was announced: cancelled, put off, or longer than it was to be. The customers are told of each. */
import { GateNotPassed, InvalidInput } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { CancelInterruption, DelayInterruption } from './api.ts'
import { planNewInterruption } from './interruptions.ts'
import { believing, interruptionById, passInterruptionGate, saveInterruption, standing } from './interruption-store.ts'
import { scopeOf } from './scope.ts'

/** @throws InterruptionNotFound · GateNotPassed · InvalidInput */
export const cancelInterruption = useCase(CancelInterruption, ({ interruptionId, reason, postponedTo }, context) => {
  const row = passInterruptionGate(context, 'cancel', interruptionId)
  if (postponedTo !== null && row.kind === 'emergency') throw new GateNotPassed('紧急停气不能改期，请取消')
  const next =
    postponedTo === null
      ? null
      : planNewInterruption(context, { kind: row.kind, reason: row.reason, scope: scopeOf(row), ...postponedTo })
  const replacedBy = next?.interruptionId ?? null
  const { clock, actor } = context
  const fills = {
    state: 'cancelled' as const,
    ...{ cancelledAt: clock.now(), cancelledBy: actor.name, cancelReason: reason, replacedBy },
  }
  saveInterruption(context, row, fills, { reason, replacedBy })
  const cancelled = interruptionById(context, interruptionId)
  return {
    state: fills.state,
    buildings: standing(context, cancelled),
    care: believing(context, cancelled),
    replacedBy,
  }
})

/** @throws InterruptionNotFound · GateNotPassed · InvalidInput */
export const delayInterruption = useCase(DelayInterruption, ({ interruptionId, reason, resumeBy }, context) => {
  const row = passInterruptionGate(context, 'delay', interruptionId)
  const now = context.clock.now()
  if (resumeBy <= now) throw new InvalidInput('新的预计恢复时间已经过去，请核对', { field: 'resumeBy' })
  if (resumeBy <= row.resumeBy) {
    throw new InvalidInput('新的预计恢复时间不晚于已通知的时间，不需要延迟', { field: 'resumeBy' })
  }
  const fills = { delayedTo: resumeBy, delayReason: reason, delayedAt: now, delayedBy: context.actor.name }
  saveInterruption(context, row, fills, { reason, resumeBy })
  return { state: row.state }
})
