/** Times of day as they are typed and shown: '2026-11-26 08:00', in Asia/Shanghai. Instants are epoch ms. */
import { formatInstant, isBusinessDate, startOfDay } from '../../src-main/platform/dates.ts'
import { showSpan } from '../shell/show.ts'

const minuteMs = 60_000

/** The instant of a typed time; null when it is none. Full-width digits and one digit for the hour are taken. */
export function readTime(text: string): number | null {
  const parts = /^(\d{4}-\d{2}-\d{2})\s+(\d{1,2}):(\d{2})$/.exec(text.normalize('NFKC').trim())
  const [date = '', hour, minute] = parts?.slice(1) ?? []
  if (!isBusinessDate(date) || Number(hour) > 23 || Number(minute) > 59) return null
  return startOfDay(date) + (Number(hour) * 60 + Number(minute)) * minuteMs
}

export const showTime = formatInstant

export interface Deadline {
  readonly state: 'ok' | 'todo' | 'late'
  readonly text: string
}
const soonMs = 4 * 60 * minuteMs

/** What is left until a time, or how long it is over. */
export function deadlineOf(dueAt: number, now: number): Deadline {
  const left = dueAt - now
  if (left < 0) return { state: 'late', text: `逾期 ${showSpan(-left)}` }
  return { state: left < soonMs ? 'todo' : 'ok', text: `剩 ${showSpan(left)}` }
}
