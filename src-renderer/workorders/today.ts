import { timerOf, type OrderFilter, type OrderRow } from '../../src-main/workorders/api.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import type { Api } from '../api.ts'
import { maxTodos, type Todo, type TodaySource } from '../home/room-today.ts'
import { showCount } from '../shell/show.ts'
import { orderKindNames, orderStateNames, symptomNames } from '../../src-main/workorders/api.ts'

/** The deadline that runs; an order that waits for its callback or closure has none. */
const dueOf = (row: OrderRow): number | null => (row.pausedAt === null ? (timerOf(row)?.due ?? null) : null)

/** A pause stops the clock and hides nothing: what ran out before it stays late, as in the list (clause 18(3)). */
const lateBefore = (row: OrderRow): boolean =>
  row.pausedAt !== null && (timerOf(row)?.due ?? Number.POSITIVE_INFINITY) < row.pausedAt

const todoOf = (row: OrderRow): Todo => ({
  title: `${orderKindNames[row.kind]}${orderStateNames[row.state]}：${symptomNames[row.symptom]}`,
  note: [row.place, lateBefore(row) ? '暂停前已逾期' : '', row.untold > 0 ? `${row.untold} 位领导未报告` : '']
    .filter((text) => text !== '')
    .join('，'),
  dueAt: dueOf(row),
  late: lateBefore(row),
  danger: row.urgent && ['reported', 'issued', 'assigned'].includes(row.state),
  to: `/workorders/${row.id}`,
})

const queue = (filter: OrderFilter) => async (api: Api) => {
  const { rows } = await api.workorders.list({ filter, page: { size: maxTodos } })
  // Those that wait for their callback stand among the callbacks.
  return rows.filter(({ state }) => state !== 'verified' && state !== 'referred').map(todoOf)
}

const leading: readonly Role[] = ['hall-manager', 'dispatcher']

export const today: readonly TodaySource[] = [
  {
    roles: ['clerk', 'hall-manager', 'dispatcher'],
    facts: async (api) => {
      const { open, overdue, urgent } = await api.workorders.counts({})
      const notes = [
        ...(overdue > 0 ? [`${showCount(overdue)} 张逾期`] : []),
        ...(urgent > 0 ? [`${showCount(urgent)} 起险情`] : []),
      ]
      const note = notes.length > 0 ? notes.join('，') : open > 0 ? '都在时限内' : '没有在办的'
      const state = overdue > 0 || urgent > 0 ? 'late' : open > 0 ? 'todo' : 'ok'
      return [{ label: '工单在办', value: showCount(open), note, state, to: '/workorders' }]
    },
  },
  { roles: leading, todos: queue('open') },
  { roles: ['clerk'], todos: queue('mine') },
]
