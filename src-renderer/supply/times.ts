/** Times of day as they are typed and shown: '2026-11-26 08:00', in Asia/Shanghai. Instants are epoch ms. */
import { businessDate, formatInstant, shanghaiDate, startOfDay } from '../../src-main/platform/dates.ts'
import { dateTimeProblem, readDateTime } from '../components/typed-date.ts'
import { screenNow } from '../shell/clock.ts'
import { showSpan } from '../shell/show.ts'

const minuteMs = 60_000

/** The instant of a typed date and time; null when it is none. */
export function readTime(text: string): number | null {
  const typed = readDateTime(text, shanghaiDate(screenNow()))
  if (typed === null) return null
  const [date = '', clock = ''] = typed.split(' ')
  const [hour, minute] = clock.split(':').map(Number)
  return startOfDay(businessDate(date)) + ((hour ?? 0) * 60 + (minute ?? 0)) * minuteMs
}

/** Why a typed date and time is none. */
export const timeProblem = (text: string): string => dateTimeProblem(text, shanghaiDate(screenNow()))

export const showTime = formatInstant

/**
 * The time a dialog proposes: a minute as it is shown, the very moment where it is left as it stands. The minute may begin
 * before the second in which the notice was made, and may be over by the time it is sent.
 */
export function proposedTime() {
  let proposed = 0
  return {
    /** Now, as it stands in the field. */
    propose(): string {
      proposed = screenNow()
      return showTime(proposed)
    },
    /** Epoch ms of what stands in the field; null when it is no time. */
    read(text: string): number | null {
      const now = screenNow()
      if (text === showTime(now)) return now
      return text === showTime(proposed) ? proposed : readTime(text)
    },
  }
}

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
