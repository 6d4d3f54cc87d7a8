import type { TodaySource } from '../home/room-today.ts'

export const today: TodaySource = {
  roles: ['hall-manager', 'administrator'],
  todos: async (api) => {
    const missing = await api.appraisal.missing({})
    const late = missing.filter(({ due }) => due === 'overdue').length
    const [next] = missing
    if (!next) return []
    const note = late > 0 ? `${late} 张逾期` : `最近一张还有 ${next.daysLeft} 天`
    return [{ title: `考核评价待完成 ${missing.length} 张`, note, dueAt: null, late: late > 0, to: '/appraisal' }]
  },
}
