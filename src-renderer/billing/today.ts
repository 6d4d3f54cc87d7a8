import { maxBillCount } from '../../src-main/billing/api.ts'
import { pile, type TodaySource } from '../home/room-today.ts'
import { showCount } from '../shell/show.ts'

export const today: TodaySource[] = [
  {
    roles: ['cashier', 'hall-manager', 'administrator'],
    facts: async (api) => {
      const { open, overdue } = await api.billing.counts({})
      const note = overdue > 0 ? `${showCount(overdue, maxBillCount)} 张逾期，违约金按日计` : '没有逾期'
      const state = overdue > 0 ? 'late' : 'ok'
      return [{ label: '未缴账单', value: showCount(open, maxBillCount), note, state, to: '/bills' }]
    },
    todos: async (api) => {
      const { waiting } = await api.billing.counts({})
      if (waiting === 0) return []
      return [
        {
          title: `出账：${showCount(waiting, maxBillCount)} 条抄表`,
          note: '已抄表，还没有出账',
          dueAt: null,
          to: '/bills/run',
        },
      ]
    },
  },
  {
    roles: ['hall-manager'],
    todos: async (api) => {
      const { several } = await api.billing.counts({})
      return pile(several, '户', '跨期合并计费待核实', '一次计费含一期以上的用气', '/bills/several')
    },
  },
]
