import { api } from '../api.ts'
import type { Todo, TodaySource } from '../home/room-today.ts'

const pile = (count: number, title: string, note: string, to: string, late = false): Todo[] =>
  count === 0 ? [] : [{ title: `${title} ${count} 项`, note, dueAt: null, late, to }]

export const today: TodaySource = {
  roles: ['hall-manager', 'administrator'],
  todos: async () => {
    const { drillsSoon, drillsOverdue, defectsOverdue, defectsOpen, drafts } = await api.emergency.counts({})
    return [
      ...pile(drillsOverdue, '应急演练未登记', '计划日期已过', '/emergency/drills', true),
      ...pile(defectsOverdue, '演练问题整改逾期', '期限已过', '/emergency/drills', true),
      ...pile(drillsSoon, '应急演练', '近期要组织', '/emergency/drills'),
      ...pile(defectsOpen - defectsOverdue, '演练问题待整改', '期限未到', '/emergency/drills'),
      ...pile(drafts, '应急预案待批准', '由没有参与编写的人批准', '/emergency'),
    ]
  },
}
