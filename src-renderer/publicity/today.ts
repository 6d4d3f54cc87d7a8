import { pile, type TodaySource } from '../home/room-today.ts'

export const today: TodaySource = {
  roles: ['hall-manager'],
  todos: async (api) => {
    const { soon, overdue, nextOn } = await api.publicity.campaignCounts({})
    const to = '/publicity/campaigns'
    return [
      ...pile(overdue, '项', '安全宣传未登记', '计划日期已过', to, true),
      ...pile(soon, '项', '安全宣传', `最近一项 ${nextOn ?? ''}`, to),
    ]
  },
}
