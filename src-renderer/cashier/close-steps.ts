/** The steps of the day close as the rail shows them. Pure. */
import type { CloseState } from '../../src-main/cashier/api.ts'
import { differenceWords } from './count.ts'

export type StepKey = 'means' | 'cash' | 'statements' | 'papers'

export interface Step {
  readonly key: StepKey
  readonly title: string
  readonly done: boolean
  /** The state in words. */
  readonly words: string
}

export function closeSteps(state: CloseState): Step[] {
  const openShifts = state.shifts.filter((shift) => shift.open).length
  const waiting = state.statements.filter((s) => s.ourCount > 0 && !s.reconciled && !s.declaredNone).length
  const differences = state.differences.filter((difference) => difference.state === 'open').length
  const counted = state.cash.difference === 0
  const closed = state.state === 'closed'
  return [
    { key: 'means', title: '核对应收', done: openShifts === 0, words: openShifts === 0 ? '已停班' : '还在收款' },
    { key: 'cash', title: '清点现金', done: counted, words: differenceWords(state.cash.difference) },
    {
      key: 'statements',
      title: '渠道对账',
      done: waiting === 0 && differences === 0,
      words: waiting > 0 ? `${waiting} 个渠道待对` : differences > 0 ? `${differences} 笔差异` : '已对平',
    },
    { key: 'papers', title: '单据与锁定', done: closed, words: closed ? '已锁定' : '待锁定' },
  ]
}

/** Where the work goes on: the first step that is not done. */
export const currentStep = (state: CloseState): StepKey => closeSteps(state).find((step) => !step.done)?.key ?? 'papers'
