import { api } from '../api.ts'
import type { TodaySource } from '../home/room-today.ts'
import { showCount } from '../shell/show.ts'

export const today: TodaySource = {
  roles: ['hall-manager', 'administrator'],
  todos: async () => {
    const held = await api.staff.certificates({})
    const ending = held.filter(({ state }) => state === 'expiring' || state === 'expiring-soon').length
    const over = held.filter(({ state }) => state === 'expired').length
    return [
      ...(over > 0
        ? [
            {
              title: `上岗证过期 ${showCount(over)} 本`,
              note: '持证人不能再派工',
              dueAt: null,
              late: true,
              to: '/staff',
            },
          ]
        : []),
      ...(ending > 0
        ? [{ title: `上岗证到期 ${showCount(ending)} 本`, note: '60 天内到期，请安排换证', dueAt: null, to: '/staff' }]
        : []),
    ]
  },
}
