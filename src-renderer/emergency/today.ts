import { pile, type TodaySource } from '../home/room-today.ts'

export const today: TodaySource = {
  roles: ['hall-manager', 'administrator'],
  todos: async (api) => {
    const { drillsSoon, drillsOverdue, defectsOverdue, defectsOpen, drafts } = await api.emergency.counts({})
    return [
      ...pile(drillsOverdue, '项', '应急演练未登记', '计划日期已过', '/emergency/drills', true),
      ...pile(defectsOverdue, '项', '演练问题整改逾期', '期限已过', '/emergency/drills', true),
      ...pile(drillsSoon, '项', '应急演练', '近期要组织', '/emergency/drills'),
      ...pile(defectsOpen - defectsOverdue, '项', '演练问题待整改', '期限未到', '/emergency/drills'),
      ...pile(drafts, '项', '应急预案待批准', '由没有参与编写的人批准', '/emergency'),
    ]
  },
}
