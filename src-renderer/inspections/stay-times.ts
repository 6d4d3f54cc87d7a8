/** The times of a stay on site as they are typed: '23:50' and '00:15' lie a quarter of an hour apart. */
import { isBusinessDate, startOfDay } from '../../src-main/platform/dates.ts'
import { readTimeOfDay } from '../components/typed-date.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/** Minutes since midnight of '8:05' or '0805'; null when it is no time. */
export function minutesOf(text: string): number | null {
  const [hour, minute] = readTimeOfDay(text)?.split(':') ?? []
  return hour === undefined ? null : Number(hour) * 60 + Number(minute)
}

/**
 * Instants (epoch ms) of times typed one after the other, the first on `date`; each later one is the next such time after
 * the one before, the last not before `lastOn`. Empty texts are null. Undefined when a text is no time, or a time stands
 * after a missing one.
 */
export function stayTimes(date: string, texts: readonly string[], lastOn = date): (number | null)[] | undefined {
  if (!isBusinessDate(date) || !isBusinessDate(lastOn)) return undefined
  const times: (number | null)[] = []
  let last: number | null = null
  for (const [i, text] of texts.entries()) {
    if (text.trim() === '') {
      times.push(null)
      continue
    }
    const minutes = minutesOf(text)
    if (minutes === null || times.includes(null)) return undefined
    const on = i === texts.length - 1 && lastOn > date ? lastOn : date
    let at = startOfDay(on) + minutes * minuteMs
    while (last !== null && at < last) at += dayMs
    times.push(at)
    last = at
  }
  return times
}
