/** How orders and their steps are shown. */
import type { OrderState, OrderStep } from '../../src-main/workorders/api.ts'
import { orderActionNames } from '../../src-main/workorders/api.ts'
import { byWhom, verdict, type StepRow } from '../components/process-steps.ts'

type Tag = 'ok' | 'todo' | 'late' | 'plain'

export const tagOf: Readonly<Record<OrderState, Tag>> = {
  asked: 'todo',
  answered: 'ok',
  reported: 'todo',
  issued: 'todo',
  assigned: 'todo',
  accepted: 'todo',
  'on-site': 'todo',
  handled: 'todo',
  repaired: 'todo',
  verified: 'todo',
  referred: 'plain',
  'called-back': 'todo',
  closed: 'ok',
}

const stepNames: Readonly<Record<OrderStep['kind'], string>> = {
  ...orderActionNames,
  report: '受理',
  'tell-leader': '报告领导',
}

/** A step of an order with time and person. */
export const stepRow = (step: OrderStep): StepRow => ({
  ...step,
  title: stepNames[step.kind],
  verdict: step.kind === 'verify' ? verdict(step.passed, '合格', '不合格，返工') : verdict(step.passed, '', '重新办理'),
  who: byWhom(
    step.workerName,
    step.actorName,
    step.kind === 'assign' ? `${step.actorName} 派给 ${step.workerName ?? ''}` : undefined,
  ),
})
