/** The steps of the day close as the rail shows them. Pure. */
import type { AwaitedStatements, CloseState } from '../../src-main/cashier/api.ts'
import type { OutputOf } from '../../src-main/platform/contract.ts'
import { standingWords } from './count.ts'

export type StepKey = 'means' | 'cash' | 'statements' | 'papers'

export interface Step {
  readonly key: StepKey
  readonly title: string
  readonly done: boolean
  /** Nothing stands in the way, and yet it is not checked: the bill comes later. */
  readonly pending?: boolean
  /** The state in words. */
  readonly words: string
}

type Channel = CloseState['statements'][number]

/** Nothing is left to do: whether it was checked, or only said that there is nothing to check it by. */
function checkedWords(channels: readonly Channel[]): string {
  const used = channels.filter((one) => one.ourCount > 0 || one.reconciled)
  const unchecked = used.filter((one) => one.declaredNone && !one.reconciled).length
  if (used.length === 0) return '无渠道收款'
  if (unchecked === 0) return '已对平'
  return unchecked === used.length ? '无对账单' : '部分无对账单'
}

export function closeSteps(state: CloseState): Step[] {
  const openShifts = state.shifts.filter((shift) => shift.open).length
  const open = state.statements.filter((s) => s.ourCount > 0 && !s.reconciled && !s.declaredNone)
  const later = open.filter((s) => s.deferred && s.imported.length === 0).length
  const waiting = open.length - later
  const differences = state.differences.filter((difference) => difference.state === 'open').length
  const counted = state.cash.difference === 0
  const closed = state.state === 'closed'
  return [
    { key: 'means', title: '核对应收', done: openShifts === 0, words: openShifts === 0 ? '已停班' : '还在收款' },
    { key: 'cash', title: '清点现金', done: counted, words: standingWords(state.cash) },
    {
      key: 'statements',
      title: '渠道对账',
      done: waiting === 0 && differences === 0,
      pending: later > 0,
      words:
        waiting > 0
          ? `${waiting} 个渠道待对`
          : differences > 0
            ? `${differences} 笔差异`
            : later > 0
              ? '对账单次日到'
              : checkedWords(state.statements),
    },
    { key: 'papers', title: '单据与锁定', done: closed, words: closed ? '已锁定' : '待锁定' },
  ]
}

/** How a channel's day stands; green only where it was checked and is equal. */
export function channelWords(one: Channel): {
  readonly state: 'ok' | 'todo' | 'late' | 'plain'
  readonly text: string
} {
  if (one.openDifferences > 0) return { state: 'late', text: `${one.openDifferences} 笔差异` }
  if (one.reconciled) return { state: 'ok', text: `已对 ${one.matched} 笔` }
  if (one.declaredNone) return { state: 'plain', text: '无对账单' }
  if (one.imported.length === 0 && one.deferred) return { state: 'todo', text: '对账单次日到' }
  return one.ourCount === 0 && one.imported.length === 0
    ? { state: 'plain', text: '今日无收款' }
    : { state: 'todo', text: '待对账' }
}

/** What a closed day still waits for. */
export const awaitedWords = (one: OutputOf<typeof AwaitedStatements>['rows'][number]): string => {
  if (!one.arrived) return '对账单未到'
  return one.openDifferences > 0 ? `${one.openDifferences} 笔差异未处理` : '待对账'
}

/** Where the work goes on: the first step that is not done. */
export const currentStep = (state: CloseState): StepKey => closeSteps(state).find((step) => !step.done)?.key ?? 'papers'
