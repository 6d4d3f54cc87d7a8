import { pile, type TodaySource } from '../home/room-today.ts'
import { showCount } from '../shell/show.ts'

export const today: readonly TodaySource[] = [
  {
    roles: ['clerk', 'hall-manager', 'dispatcher', 'administrator'],
    todos: async (api) => {
      const { open, unread } = await api.supply.carriedState({})
      const note = unread ? `${unread.what}，主任须补停气清单` : '逐项补录或由两人核对解除，才能恢复供气'
      return pile(open, '项', '恢复前的安全事项', note, '/supply/carried', true)
    },
  },
  {
    roles: ['clerk', 'hall-manager', 'dispatcher'],
    facts: async (api) => {
      const { awaiting, awaitingOverdue, plannedSoon, interrupted } = await api.supply.overview({})
      if (awaiting + plannedSoon + interrupted === 0) return []
      const note = awaitingOverdue > 0 ? `${showCount(awaitingOverdue)} 户超过时限` : `七天内计划停气 ${plannedSoon} 项`
      const state = awaitingOverdue > 0 ? 'late' : awaiting > 0 ? 'todo' : 'plain'
      return [{ label: '待恢复供气', value: showCount(awaiting), note, state, to: '/supply/awaiting' }]
    },
    todos: async (api) => {
      const { mine } = await api.supply.processCounts({})
      const { unposted, openCalls, standing, believing, awaiting, awaitingOverdue } = await api.supply.overview({})
      const off = '/supply?filter=cancelled'
      return [
        ...pile(mine, '件', '业务在办', '停用、过户、换表等，由我经手', '/supply/processes'),
        ...pile(unposted, '项', '张贴停气通知', '还没有张贴的楼栋，停气前须全部张贴', '/supply'),
        ...pile(openCalls, '项', '电话通知特殊客户', '停气前须逐户联系', '/supply'),
        ...pile(standing, '项', '张贴取消停气通知', '已取消的停气，原通知还挂着', off),
        ...pile(believing, '项', '电话告知特殊客户停气取消', '告知过停气的，逐户告知取消', off),
        ...pile(awaitingOverdue, '户', '恢复供气逾期', '超过恢复时限，请立即上门', '/supply/awaiting', true),
        ...pile(awaiting - awaitingOverdue, '户', '恢复供气', '停气已结束或欠费已缴清', '/supply/awaiting'),
      ]
    },
  },
  {
    roles: ['hall-manager', 'dispatcher'],
    todos: async (api) => {
      const { noticeDue, startDue, endOverdue, readyToAnnounce, readyToSuspend } = await api.supply.overview({})
      return [
        ...pile(noticeDue, '项', '计划停气待发通知', '通知时限快到了，过时须推迟停气', '/supply?filter=draft'),
        ...pile(
          startDue,
          '项',
          '计划停气到时间未开始',
          '开始停气，或取消、改期并告知客户',
          '/supply?filter=noticed',
          true,
        ),
        ...pile(
          endOverdue,
          '项',
          '停气超过通知的时段',
          '结束停气，或登记延迟并告知客户',
          '/supply?filter=interrupted',
          true,
        ),
        ...pile(readyToAnnounce, '户', '催缴期满', '催缴已满等待天数，可发停气通知', '/supply/arrears'),
        ...pile(readyToSuspend, '户', '欠费停气待批准', '停气通知期已满', '/supply/arrears'),
      ]
    },
  },
]
