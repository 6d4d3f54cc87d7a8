/** How orders and their steps are shown. */
import type { OrderState, OrderStep } from '../../src-main/workorders/api.ts'
import { orderProcess } from '../../src-main/workorders/api.ts'
import { byWhom, verdict, type StepRow } from '../components/process-steps.ts'

type Tag = 'ok' | 'todo' | 'late' | 'plain'

/** How a state is marked: what waits for somebody, what is done, and what was sent elsewhere. */
export const tagOf = (state: OrderState): Tag =>
  state === 'referred' ? 'plain' : (orderProcess.ends as readonly OrderState[]).includes(state) ? 'ok' : 'todo'

const verdicts: Readonly<Partial<Record<OrderStep['kind'], (passed: boolean | null) => StepRow['verdict']>>> = {
  verify: (passed) => verdict(passed, '合格', '不合格，返工'),
  confirm: (passed) => verdict(passed, '同意转介', '不同意，退回办理'),
}

/** A step of an order with time and person. */
export const stepRow = (step: OrderStep): StepRow => ({
  ...step,
  title: orderProcess.steps.names[step.kind],
  verdict: verdicts[step.kind]?.(step.passed) ?? verdict(step.passed, '', '重新办理'),
  who: byWhom(
    step.workerName,
    step.actorName,
    step.kind === 'assign' ? `${step.actorName} 派给 ${step.workerName ?? ''}` : undefined,
  ),
})
