/**
 * The tabs of a customer file. A room adds its own by `src-renderer/<room>/AccountTab.vue` (prop `accountId`) and
 * `src-renderer/<room>/account-tab.ts` exporting `tab = { title, order }`; nothing has to be registered.
 * 资料 is 10, 合同 20, 表具 30, 抄表账单 40, 缴费 50, 安检 60, 工单 70, 附件 80.
 */
import { defineAsyncComponent, type Component } from 'vue'
import { awaited } from '../bridge.ts'

export interface AccountTab {
  readonly title: string
  /** Ascending from the left. */
  readonly order: number
}
export interface RoomTab extends AccountTab {
  readonly name: string
  readonly component: Component<{ accountId: string }>
}

const words = import.meta.glob<AccountTab | readonly AccountTab[]>('../*/account-tab.ts', {
  eager: true,
  import: 'tab',
})
const components = import.meta.glob<{ default: Component<{ accountId: string }> }>('../*/AccountTab.vue')

export const roomTabs: readonly RoomTab[] = Object.entries(components)
  .flatMap(([path, load]) => {
    const tab = words[path.replace('AccountTab.vue', 'account-tab.ts')]
    const name = path.split('/')[1]
    if (tab === undefined || name === undefined || Array.isArray(tab)) return []
    return [{ ...(tab as AccountTab), name, component: defineAsyncComponent(() => awaited(load())) }]
  })
  .toSorted((a, b) => a.order - b.order)
