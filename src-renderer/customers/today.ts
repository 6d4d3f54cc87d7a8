import type { TodaySource } from '../home/room-today.ts'
import { showCount } from '../shell/show.ts'

export const today: TodaySource = {
  roles: ['clerk', 'hall-manager', 'dispatcher'],
  facts: async (api) => {
    const { total, specialCare, inArrears } = await api.customers.totals({})
    const note = `特殊客户 ${showCount(specialCare)}`
    return [
      { label: '客户', value: showCount(total), note, state: 'plain', to: '/customers' },
      { label: '欠费客户', value: showCount(inArrears), state: inArrears > 0 ? 'late' : 'ok', to: '/customers' },
    ]
  },
}
