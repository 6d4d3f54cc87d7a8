import type { TodaySource } from '../home/room-today.ts'
import { showCount } from '../shell/show.ts'

export const today: TodaySource = {
  roles: ['clerk', 'hall-manager', 'dispatcher'],
  todos: async (api) => {
    const { due, overdue, mine } = await api.followups.counts({})
    if (due === 0) return []
    const notes = [
      ...(overdue > 0 ? [`${showCount(overdue)} 件逾期`] : []),
      ...(mine > 0 ? [`${showCount(mine)} 件派给我`] : []),
    ]
    const note = notes.length > 0 ? notes.join('，') : '都在时限内'
    return [{ title: `回访 ${showCount(due)} 件`, note, dueAt: null, late: overdue > 0, to: '/followups' }]
  },
}
