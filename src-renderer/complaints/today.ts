import { complaintClassNames, complaintStateNames, type ComplaintRow } from '../../src-main/complaints/api.ts'
import type { Api } from '../api.ts'
import { maxTodos, type Todo, type TodaySource } from '../home/room-today.ts'
import { showCount } from '../shell/show.ts'

const todoOf = (row: ComplaintRow): Todo => ({
  title: `投诉${complaintStateNames[row.state]}：${complaintClassNames[row.class]}`,
  note: `${row.complainantName}，${row.content}`,
  dueAt: row.repliedAt === null ? row.replyBy : null,
  to: `/complaints/${row.id}`,
})

const queue = (filter: 'open' | 'mine') => async (api: Api) => {
  const { rows } = await api.complaints.list({ filter, page: { size: maxTodos } })
  return rows.map(todoOf)
}

export const today: readonly TodaySource[] = [
  {
    roles: ['clerk', 'cashier', 'hall-manager', 'dispatcher'],
    facts: async (api) => {
      const { open, overdue, dueSoon } = await api.complaints.counts({})
      if (open === 0) return []
      const notes = [
        ...(overdue > 0 ? [`${showCount(overdue)} 件回复逾期`] : []),
        ...(dueSoon > 0 ? [`${showCount(dueSoon)} 件快到期`] : []),
      ]
      const note = notes.length > 0 ? notes.join('，') : '都在时限内'
      return [
        { label: '投诉在办', value: showCount(open), note, state: overdue > 0 ? 'late' : 'todo', to: '/complaints' },
      ]
    },
  },
  { roles: ['hall-manager', 'dispatcher'], todos: queue('open') },
  { roles: ['clerk', 'cashier'], todos: queue('mine') },
]
