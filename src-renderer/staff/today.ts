import type { Api } from '../api.ts'
import { pile, type Todo, type TodaySource } from '../home/room-today.ts'

async function certificates(api: Api): Promise<Todo[]> {
  const held = (await api.staff.certificates({})).filter(({ renewed }) => !renewed)
  const count = (wanted: (typeof held)[number]['state']) => held.filter(({ state }) => state === wanted).length
  const to = '/staff/certificates'
  return [
    ...pile(count('expired'), '本', '上岗证过期', '持证人不能再派工', to, true),
    ...pile(count('expiring-soon'), '本', '上岗证即将到期', '请尽快换证', to, true),
    ...pile(count('expiring'), '本', '上岗证临近到期', '请安排换证', to),
  ]
}

async function exams(api: Api): Promise<Todo[]> {
  const due = await api.staff.examsDue({})
  const late = due.filter(({ state }) => state === 'overdue').length
  const again = due.filter(({ state }) => state === 'retake').length
  return [
    ...pile(late, '人', '考核逾期', '按规定每年考核', '/staff/training', true),
    ...pile(again, '人', '待补考', '上次考核没有通过', '/staff/training'),
  ]
}

async function merits(api: Api): Promise<Todo[]> {
  const { mine } = await api.staff.meritsWaiting({})
  return pile(mine, '件', '奖惩待批准', '批准后生效', '/staff/merits')
}

export const today: readonly TodaySource[] = [
  {
    roles: ['hall-manager', 'administrator'],
    todos: async (api) => (await Promise.all([certificates(api), exams(api)])).flat(),
  },
  { roles: ['hall-manager'], todos: merits },
]
