import { kindOf } from '../../src-main/registers/api.ts'
import { pile, type TodaySource } from '../home/room-today.ts'

export const today: readonly TodaySource[] = [
  {
    // What the manager wrote down or went along for waits for the administrator.
    roles: ['hall-manager', 'administrator'],
    todos: async (api) => {
      const { toReview } = await api.registers.counts({})
      return pile(toReview, '条', '台账待复核', '由没有参与的人复核', '/registers')
    },
  },
  {
    roles: ['hall-manager'],
    todos: async (api) => {
      const { overdue, open, due, late, unbegun, endsSoon, worse } = await api.registers.counts({})
      const named = (kinds: typeof due) => kinds.map((kind) => kindOf(kind).title).join('、')
      return [
        ...pile(overdue, '条', '台账问题整改逾期', '期限已过', '/registers', true),
        ...pile(late.length, '本', '台账漏记', named(late), '/registers', true),
        ...pile(due.length, '本', '台账待登记', named(due), '/registers'),
        ...pile(unbegun.length, '本', '台账还没有开始记', named(unbegun), '/registers'),
        ...pile(open - overdue, '条', '台账问题待整改', '期限未到', '/registers'),
        ...pile(worse.length, '项', '指标下降，须有改进措施', worse.join('；'), '/registers/improvement'),
        ...pile(endsSoon, '条', '台账中的期限已到、快到', '承诺、要求等', '/registers'),
      ]
    },
  },
]
