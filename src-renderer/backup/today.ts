import { formatInstant } from '../../src-main/platform/dates.ts'
import type { Api } from '../api.ts'
import type { TodaySource } from '../home/room-today.ts'

export const today: TodaySource = {
  roles: ['administrator', 'hall-manager'],
  facts: async (api) => {
    const proved = await lastProved(api)
    if (!proved) return []
    return [
      { label: '最近备份', value: formatInstant(proved.startedAt), note: '已打开核对', state: 'ok', to: '/backup' },
    ]
  },
  todos: async (api) =>
    (await lastProved(api))
      ? []
      : [{ title: '备份', note: '还没有一份核对过的备份', dueAt: null, late: true, to: '/backup' }],
}

async function lastProved(api: Api) {
  const { rows } = await api.backup.list({ size: 20 })
  return rows.find(({ state }) => state === 'proved')
}
