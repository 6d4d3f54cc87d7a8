import type { TodaySource } from '../home/room-today.ts'
import { screenNow } from '../shell/clock.ts'
import { uploadWords } from '../shell/upload-words.ts'

export const today: TodaySource = {
  roles: ['hall-manager', 'administrator'],
  facts: async (api) => {
    const { text, title, state } = uploadWords(await api.sync.status({}), screenNow())
    return [{ label: '上报总部', value: text, note: title, state, to: '/sync' }]
  },
  todos: async (api) => {
    const { text, title, state } = uploadWords(await api.sync.status({}), screenNow())
    return state === 'late' ? [{ title: text, note: title, dueAt: null, late: true, to: '/sync' }] : []
  },
}
