import { showSpan } from '../shell/show.ts'
import type { Todo } from './room-today.ts'

/** The last hour of a timer calls for attention. */
const soonMs = 3_600_000

/** What is left of its time, in words and as a state. */
export function leftOf({ dueAt, late, danger }: Todo, now: number): { state: 'ok' | 'todo' | 'late'; text: string } {
  if (dueAt === null) return late || danger ? { state: 'late', text: '要处理' } : { state: 'todo', text: '待办' }
  if (dueAt < now) return { state: 'late', text: `逾期 ${showSpan(now - dueAt)}` }
  return { state: late || danger ? 'late' : dueAt - now < soonMs ? 'todo' : 'ok', text: `剩 ${showSpan(dueAt - now)}` }
}
