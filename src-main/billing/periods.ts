/**
 * Who pays for more than one period at once (跨期合并计费, case M7): estimates of nothing and then everything, a meter nobody read
 * for months, readings that waited and are billed on one day. A company was fined for not looking. Pure: no clock, no database.
 */
import { least, proportion, sum, type Litre } from '../platform/money.ts'

/** What one reading measured. */
export interface Stretch {
  /** Days since the reading before; 0 for a second one of the same day. */
  readonly days: number
  readonly consumption: Litre
  readonly estimated: boolean
}

export interface SeveralPeriods {
  /** Days since somebody last read the meter, until the last reading billed now. */
  readonly days: number
  /** Estimates among them, billed before or now. */
  readonly estimates: number
  /** Litres billed now, and what one period would have come to. */
  readonly consumption: Litre
  readonly onePeriod: Litre
}

/** Gas of more than 3/2 periods is more than one: months differ in length, and readers come a few days early or late. */
const [more, than] = [3, 2]

/** The middle one of the intervals in which this meter is read, days; null without any. */
function usualDays(stretches: readonly Stretch[]): number | null {
  const days = stretches.map((one) => one.days).filter((one) => one > 0)
  return days.toSorted((a, b) => a - b)[days.length >> 1] ?? null
}

/**
 * Whether what is billed on one day holds the gas of more than one period. The gas since the last real reading, that of the
 * estimates between included, is spread over its days; billed now may be one period's part of it.
 * @param now readings billed on the day · @param before earlier readings; both the oldest first
 * @param longestDays of a reading period of the company
 */
export function severalPeriods(
  now: readonly Stretch[],
  before: readonly Stretch[],
  longestDays: number,
): SeveralPeriods | null {
  const consumption = sum(now.map((one) => one.consumption))
  if (consumption === 0) return null
  const missed = before.slice(before.findLastIndex(({ estimated }) => !estimated) + 1)
  const counted = [...missed, ...now]
  const days = counted.reduce((total, one) => total + one.days, 0)
  if (days === 0) return null
  const usual = usualDays([...before, ...now.slice(0, -1)]) ?? longestDays
  const period = Math.min(usual, longestDays, days)
  const onePeriod = least(proportion(sum(counted.map((one) => one.consumption)), period, days), consumption)
  if (consumption * than <= onePeriod * more) return null
  return { days, estimates: counted.filter(({ estimated }) => estimated).length, consumption, onePeriod }
}

/**
 * What a household with several meters is told, whose periods are each meter's own: all gas of the day, and what it would be
 * with one period of those meters that have more. Null where none has.
 * @param meters what was found of each, and the litres of it billed now
 */
export function severalOfMeters(
  meters: readonly { readonly one: SeveralPeriods | null; readonly consumption: Litre }[],
): SeveralPeriods | null {
  const found = meters.flatMap(({ one }) => (one ? [one] : []))
  if (found.length === 0) return null
  return {
    days: Math.max(...found.map(({ days }) => days)),
    estimates: found.reduce((total, { estimates }) => total + estimates, 0),
    consumption: sum(meters.map(({ consumption }) => consumption)),
    onePeriod: sum(meters.map(({ one, consumption }) => one?.onePeriod ?? consumption)),
  }
}
