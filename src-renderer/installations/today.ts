import { applicationStateNames } from '../../src-main/installations/api.ts'
import { maxTodos, type TodaySource } from '../home/room-today.ts'
import { showCount } from '../shell/show.ts'

export const today: TodaySource = {
  roles: ['clerk', 'hall-manager', 'dispatcher'],
  facts: async (api) => {
    const counts = await api.installations.counts({})
    const [all, mine] = counts.reduce(([a, b], { count, mine: own }) => [a + count, b + own], [0, 0])
    const note = mine > 0 ? `其中 ${mine} 件在我手上` : '没有我经手的'
    return [{ label: '报装在办', value: showCount(all), note, state: mine > 0 ? 'todo' : 'plain', to: '/openings' }]
  },
  todos: async (api) => {
    const { rows } = await api.installations.list({ mine: true, page: { size: maxTodos } })
    return rows.map((row) => ({
      title: `报装：${row.customerName}`,
      note: `${applicationStateNames[row.state]}，${row.address}`,
      dueAt: null,
      to: `/opening/${row.id}`,
    }))
  },
}
