import {
  gradeNames,
  hazardStateNames,
  maxTaskCount,
  type HazardFilter,
  type HazardRow,
} from '../../src-main/inspections/api.ts'
import { addDays, startOfDay } from '../../src-main/platform/dates.ts'
import type { Api } from '../api.ts'
import { maxTodos, pile, type Todo, type TodaySource } from '../home/room-today.ts'
import { showCount } from '../shell/show.ts'
import { isUnmended } from './show.ts'

const todoOf = (row: HazardRow): Todo => ({
  title: `${gradeNames[row.grade]}隐患${hazardStateNames[row.state]}：${row.text}`,
  note: `${row.address} ${row.customerName}`,
  // The last day is still in time.
  dueAt: isUnmended(row) ? startOfDay(addDays(row.deadline, 1)) : null,
  to: `/hazards/${row.hazardId}`,
})
const hazards = async (api: Api, filter: HazardFilter) =>
  (await api.inspections.hazards({ filter, page: { size: maxTodos } })).rows.map(todoOf)

export const today: readonly TodaySource[] = [
  {
    roles: ['clerk', 'hall-manager', 'dispatcher'],
    facts: async (api) => {
      const [{ open, overdue, upcoming }, { open: found, grave }] = await Promise.all([
        api.inspections.counts({}),
        api.inspections.hazardCounts({}),
      ])
      const note = overdue > 0 ? `${showCount(overdue)} 户逾期` : `7 天内 ${showCount(upcoming)} 户`
      return [
        {
          label: '待安检',
          value: showCount(open, maxTaskCount),
          note: open > 0 ? note : '没有待检的',
          state: overdue > 0 ? 'late' : open > 0 ? 'todo' : 'ok',
          to: '/inspections',
        },
        {
          label: '隐患未整改',
          value: showCount(found),
          note: found > 0 ? `较大及以上 ${showCount(grave)} 处` : '没有未整改的',
          state: grave > 0 ? 'late' : found > 0 ? 'todo' : 'ok',
          to: '/hazards',
        },
      ]
    },
  },
  {
    // What is escalated to whoever leads (clause 19(2)(3)).
    roles: ['hall-manager', 'dispatcher'],
    todos: async (api) => {
      const [{ overdue, refused, absent, unassigned }, { overdue: unmended }] = await Promise.all([
        api.inspections.counts({}),
        api.inspections.hazardCounts({}),
      ])
      const list = '/inspections?view=tasks&filter='
      return [
        ...(await hazards(api, 'grave')),
        ...(await hazards(api, 'passed')),
        ...pile(unmended, '处', '隐患逾期未整改', '整改期限已过，请督促或上报', '/hazards?filter=overdue', true),
        ...pile(overdue, '户', '安检逾期', '过了周期还没有检', `${list}overdue`, true),
        ...pile(refused, '户', '拒检', '请联系客户另约上门', `${list}refused`, true),
        ...pile(absent, '户', '连续三次到访不遇', '请联系客户另约上门', `${list}absent`, true),
        ...pile(unassigned, '张', '安检任务单未派工', '已到安排的周', '/inspections?filter=unassigned'),
      ]
    },
  },
]
