/** The shift as every page of the cashier shows it. */
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { ShiftState } from '../../src-main/cashier/api.ts'
import type { OutputOf } from '../../src-main/platform/contract.ts'
import { formatYuan } from '../../src-main/platform/money.ts'
import { api } from '../api.ts'

export type ShiftNow = OutputOf<typeof ShiftState>

/** The drawer in one line, for the head of a page. */
export function shiftWords(state: ShiftNow | null): string {
  if (!state) return ''
  const { shift, mine, drawer, handedTo, dayClosed } = state
  if (shift && mine) return `${shift.businessDate} 营业日，${shift.cashierName}当班，钱箱应有 ${formatYuan(drawer)} 元`
  if (shift) return `${shift.cashierName}正在当班，请先交接班`
  if (dayClosed) return '今天已日结，下一营业日再开班'
  if (handedTo) return `钱箱已交给${handedTo.name}，点清 ${formatYuan(handedTo.amount)} 元后开班`
  return '尚未开班，开班后才能收费'
}

export function useShift(): {
  readonly state: ShallowRef<ShiftNow | null>
  readonly words: ComputedRef<string>
  readonly refresh: () => Promise<void>
} {
  const state = shallowRef<ShiftNow | null>(null)
  return {
    state,
    words: computed(() => shiftWords(state.value)),
    refresh: async () => {
      state.value = await api.cashier.shiftState({})
    },
  }
}
