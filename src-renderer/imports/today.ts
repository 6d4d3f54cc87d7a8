import type { TodaySource } from '../home/room-today.ts'

export const today: TodaySource = {
  roles: ['administrator'],
  todos: async (api) => {
    const waiting = await api.imports.open({})
    if (waiting === null) return []
    return [
      {
        title: `数据导入没有完成：${waiting.fileName}`,
        note: '继续办理，或放弃这一次',
        dueAt: null,
        to: `/imports/${waiting.importId}`,
      },
    ]
  },
}
