/** How orders and their steps are shown. */
import type { OrderState, OrderStep } from '../../src-main/workorders/api.ts'
import { orderActionNames } from '../../src-main/workorders/api.ts'

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

export const stepNames: Readonly<Record<OrderStep['kind'], string>> = {
  ...orderActionNames,
  report: '受理',
  'tell-leader': '报告领导',
}

/** '通过', '返工' … of a step that judges; '' for the others. */
export function verdictOf({ kind, passed }: Pick<OrderStep, 'kind' | 'passed'>): string {
  if (passed === null) return ''
  if (kind === 'verify') return passed ? '合格' : '不合格，返工'
  return passed ? '' : '重新办理'
}
