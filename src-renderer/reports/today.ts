import { startOfDay } from '../../src-main/platform/dates.ts'
import type { TodaySource } from '../home/room-today.ts'

const dayMs = 86_400_000
/** Reports that fit beside everything else there is to do; the page of reports shows all. */
const shown = 3

export const today: TodaySource = {
  roles: ['hall-manager', 'administrator'],
  todos: async (api) => {
    const { rows, overdue } = await api.reports.due({})
    const most = rows.slice(0, shown).map(({ report, kind, from, title, label, dueOn }) => ({
      title: `报表待提交：${title}`,
      note: label,
      dueAt: startOfDay(dueOn) + dayMs,
      to: `/reports/${report}/${kind}/${from}`,
    }))
    if (rows.length <= shown) return most
    const rest = { title: `报表待提交，共 ${rows.length} 份`, note: overdue > 0 ? `${overdue} 份逾期` : '都在期限内' }
    return [...most, { ...rest, dueAt: null, late: overdue > 0, to: '/reports' }]
  },
}
