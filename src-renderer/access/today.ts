import { roles } from '../../src-main/platform/roles.ts'
import type { TodaySource } from '../home/room-today.ts'

/** A password is changed about every month (setting access.passwordDays); the reminder stays until it is. */
export const today: TodaySource = {
  roles,
  todos: async (api) => {
    const { passwordDueDays } = await api.access.whoAmI({})
    if (passwordDueDays === null) return []
    return [{ title: '修改密码', note: `已用 ${passwordDueDays} 天，请更换`, dueAt: null, to: '/password' }]
  },
}
