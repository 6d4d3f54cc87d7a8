import { api } from '../api.ts'
import type { TodaySource } from '../home/room-today.ts'

export const today: TodaySource = {
  roles: ['hall-manager'],
  todos: async () => {
    const { soon, overdue, nextOn } = await api.publicity.campaignCounts({})
    const to = '/publicity/campaigns'
    return [
      ...(overdue > 0
        ? [{ title: `安全宣传未登记 ${overdue} 项`, note: '计划日期已过', dueAt: null, late: true, to }]
        : []),
      ...(soon > 0 ? [{ title: `安全宣传 ${soon} 项`, note: `最近一项 ${nextOn ?? ''}`, dueAt: null, to }] : []),
    ]
  },
}
