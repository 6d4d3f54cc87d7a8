import { formatInstant } from '../../src-main/platform/dates.ts'
import type { Api } from '../api.ts'
import type { Todo, TodaySource } from '../home/room-today.ts'
import { screenNow } from '../shell/clock.ts'

export const today: TodaySource = {
  roles: ['administrator', 'hall-manager'],
  facts: async (api) => {
    const proved = await lastProved(api)
    if (!proved) return []
    return [
      { label: '最近备份', value: formatInstant(proved.startedAt), note: '已打开核对', state: 'ok', to: '/backup' },
    ]
  },
  todos: async (api) => [...(await missing(api)), ...(await notPlaced(api))],
}

async function missing(api: Api): Promise<Todo[]> {
  const proved = await lastProved(api)
  if (proved && screenNow() - proved.startedAt < staleMs) return []
  const note = proved ? `最近一份核对过的是 ${formatInstant(proved.startedAt)}` : '还没有一份核对过的备份'
  return [{ title: '备份', note, dueAt: null, late: true, to: '/backup' }]
}

/** A second place that takes no copies protects nobody: it is told until one succeeds. */
async function notPlaced(api: Api): Promise<Todo[]> {
  const { second } = await api.backup.places({})
  if (!second?.last?.error) return []
  return [{ title: '第二备份位置', note: second.last.error, dueAt: null, late: true, to: '/backup' }]
}

/** A backup is made every day; the second that is missing wants somebody. */
const staleMs = 2 * 86_400_000

async function lastProved(api: Api) {
  const { rows } = await api.backup.list({ size: 20 })
  return rows.find(({ state }) => state === 'proved')
}
