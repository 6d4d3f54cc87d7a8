import { api } from '../api.ts'
import type { Todo, TodaySource } from '../home/room-today.ts'
import { showCount } from '../shell/show.ts'

async function certificates(): Promise<Todo[]> {
  const held = (await api.staff.certificates({})).filter(({ renewed }) => !renewed)
  const count = (wanted: (typeof held)[number]['state']) => held.filter(({ state }) => state === wanted).length
  const [over, soon, later] = [count('expired'), count('expiring-soon'), count('expiring')]
  const told = (title: string, note: string, late: boolean): Todo => ({
    title,
    note,
    dueAt: null,
    late,
    to: '/staff/certificates',
  })
  return [
    ...(over > 0 ? [told(`上岗证过期 ${showCount(over)} 本`, '持证人不能再派工', true)] : []),
    ...(soon > 0 ? [told(`上岗证 30 天内到期 ${showCount(soon)} 本`, '请尽快换证', true)] : []),
    ...(later > 0 ? [told(`上岗证 60 天内到期 ${showCount(later)} 本`, '请安排换证', false)] : []),
  ]
}

async function exams(): Promise<Todo[]> {
  const due = await api.staff.examsDue({})
  const late = due.filter(({ state }) => state === 'overdue').length
  const again = due.filter(({ state }) => state === 'retake').length
  return [
    ...(late > 0
      ? [{ title: `考核逾期 ${late} 人`, note: '按规定每年考核', dueAt: null, late: true, to: '/staff/training' }]
      : []),
    ...(again > 0
      ? [{ title: `待补考 ${again} 人`, note: '上次考核没有通过', dueAt: null, to: '/staff/training' }]
      : []),
  ]
}

async function merits(): Promise<Todo[]> {
  const { mine } = await api.staff.meritsWaiting({})
  return mine === 0 ? [] : [{ title: `奖惩待批准 ${mine} 件`, note: '批准后生效', dueAt: null, to: '/staff/merits' }]
}

export const today: readonly TodaySource[] = [
  {
    roles: ['hall-manager', 'administrator'],
    todos: async () => (await Promise.all([certificates(), exams()])).flat(),
  },
  { roles: ['hall-manager'], todos: merits },
]
