/**
 * Whether a meter reading can be believed, and what is assumed when there is none (domain.md §1, §4).
 * Pure: no clock, no database.
 */
import { daysBetween, type BusinessDate } from '../platform/dates.ts'
import { cubicMetres, formatCubicMetres, least, litre, proportion, sum, type Litre } from '../platform/money.ts'

/**
 * `refuse`  the reading cannot be saved
 * `confirm` it can, once the clerk has confirmed it against the meter
 */
export type Severity = 'refuse' | 'confirm'

export const findingKinds = [
  'outOfRange',
  'future',
  'dateOrder',
  'backwards',
  'rollover',
  'tooHigh',
  'longInterval',
] as const
export type FindingKind = (typeof findingKinds)[number]

export interface Finding {
  readonly kind: FindingKind
  readonly severity: Severity
  /** Chinese: what is wrong and what to do. */
  readonly text: string
}

/** An earlier reading of the same customer. */
export interface PastReading {
  /** Litres since the reading before it. */
  readonly consumption: Litre
  /** Days since the reading before it. */
  readonly days: number
  /** Estimated readings are no evidence for the next estimate. */
  readonly estimated: boolean
}

export interface ReadingLimits {
  /** A consumption above this share of the customer's average must be confirmed, percent. */
  readonly tooHighPercent: number
}
export const defaultReadingLimits: ReadingLimits = { tooHighPercent: 300 }

/** How many valid readings make the average (近三个月有效抄表平均). */
const AVERAGED_READINGS = 3
/** A consumption up to this is never called too high: a household that was away would be asked about every pot of tea. */
const TOO_HIGH_FLOOR = cubicMetres(10)
/** A rollover is believed only when it used at most this share (1/10) of the register. */
const ROLLOVER_SHARE = 10
/** Largest flow of a diaphragm meter for each unit of its size (GB/T 6968: G2.5 4 m³/h, G4 6, G6 10), times the hours of a day; litres. */
const LITRES_A_DAY_OF_A_SIZE = 1_600 * 24
/** More days than this span more than one annual tier cycle. */
const LONG_INTERVAL_DAYS = 366

/** Volume after which a register of whole-m³ `digits` shows zero again, litres. @throws RangeError outside 4–9 digits */
export function registerCapacity(digits: number): Litre {
  if (!Number.isInteger(digits) || digits < 4 || digits > 9) throw new RangeError(`${digits} digits`)
  return cubicMetres(10 ** digits)
}

/**
 * Litres between two index values of one meter; a lower current index is taken as one turn of the register.
 * Whether such a turn may be believed is `judgeReading`'s business.
 * @throws RangeError when an index does not fit the register
 */
export function consumptionBetween(previous: Litre, current: Litre, digits: number): Litre {
  const capacity = registerCapacity(digits)
  for (const index of [previous, current])
    if (index < 0 || index >= capacity) throw new RangeError(`${index} litres on a register of ${digits} digits`)
  return litre(current >= previous ? current - previous : current + capacity - previous)
}

/** The last three valid readings taken together, or null when there is none. `history` has the oldest first. */
function recentUse(history: readonly PastReading[]): { volume: Litre; days: number } | null {
  const valid = history.filter((reading) => !reading.estimated && reading.days > 0).slice(-AVERAGED_READINGS)
  if (valid.length === 0) return null
  return { volume: sum(valid.map((r) => r.consumption)), days: valid.reduce((days, r) => days + r.days, 0) }
}

/**
 * What a customer is taken to use in `days`: the daily average of the last three valid readings (近三个月有效抄表平均,
 * domain.md §4), rounded half up to the litre. Null when there is no valid reading to go by.
 * @param history oldest first
 */
export function estimateConsumption(history: readonly PastReading[], days: number): Litre | null {
  const use = recentUse(history)
  if (use === null) return null
  const average = proportion(use.volume, days, use.days)
  const limit = estimateLimit(history, days)
  return limit === null ? average : least(average, limit)
}

/** Days of the longest month: what was used in more is counted by months. */
export const longestMonthDays = 31
const DAYS_OF_A_YEAR = 365

/**
 * 估抄上限: no estimate exceeds the highest month of the year before (the customer would be put into a dearer tier by gas
 * nobody measured). More days than the longest month have as many more of it: 32 days are not two months. Null without a
 * real reading in that year; litres.
 * @param history oldest first
 */
export function estimateLimit(history: readonly PastReading[], days: number): Litre | null {
  let back = 0
  let highest: Litre | null = null
  for (const { consumption, days: span, estimated } of history.toReversed()) {
    if (back >= DAYS_OF_A_YEAR) break
    back += span
    if (estimated || span <= 0) continue
    const month = proportion(consumption, Math.min(span, longestMonthDays), span)
    if (highest === null || month > highest) highest = month
  }
  return highest === null ? null : proportion(highest, Math.max(days, longestMonthDays), longestMonthDays)
}

/** Estimates that stand at the end of a history, one after the other. */
export function estimatesInARow(history: readonly PastReading[]): number {
  const last = history.findLastIndex(({ estimated }) => !estimated)
  return history.length - 1 - last
}

/** The index an estimated reading books, litres, turned over where the register ends. Null as `estimateConsumption`. */
export function estimateIndex(
  previous: Litre,
  digits: number,
  history: readonly PastReading[],
  days: number,
): Litre | null {
  const consumption = estimateConsumption(history, days)
  return consumption === null ? null : litre((previous + consumption) % registerCapacity(digits))
}

export interface AssumedIndex {
  readonly by: 'estimated' | 'correction'
  /** The bill it is in; null while it waits for one. */
  readonly billNo: string | null
}

/** What to do about an index below one that was only assumed: that one was too high, and the meter is right. */
const belowAssumed = ({ by, billNo }: AssumedIndex): string =>
  billNo === null
    ? '上次是估抄，估多了：请在客户档案“抄表账单”里作废那次估抄，再录本次读数'
    : by === 'estimated'
      ? `上次是估抄，估多了：请打开账单 ${billNo} 办理退补（没缴过的由主任取消），再录本次读数`
      : `上次读数是退补时更正的，仍偏高：请打开账单 ${billNo} 再办退补（已退到零的，退更早的估抄账单），再录本次读数`

export interface ReadingToJudge {
  /** Index before and now, litres. */
  readonly previous: Litre
  /** The index before was read off no meter: an estimate, or what 退补 made of it. */
  readonly assumed?: AssumedIndex | null
  readonly current: Litre
  readonly previousOn: BusinessDate
  readonly readOn: BusinessDate
  readonly today: BusinessDate
  /** Whole-m³ digits of the register, 4–9. */
  readonly digits: number
  /** Oldest first. */
  readonly history: readonly PastReading[]
  /** 型号 as it stands on the meter: 「G2.5」, 「LXF-G4」. */
  readonly model: string
  readonly limits: ReadingLimits
}

export interface Judgement {
  /** Litres, a turn of the register considered; null when no consumption can be told. */
  readonly consumption: Litre | null
  readonly days: number
  /** Everything that is odd about the reading; empty for a normal one. */
  readonly findings: readonly Finding[]
}

/** Looks at a reading before it is saved. Every oddity is returned, so that the clerk checks the meter once. */
export function judgeReading(reading: ReadingToJudge): Judgement {
  const { previous, current, previousOn, readOn, today, digits, history, limits, model, assumed = null } = reading
  const days = daysBetween(previousOn, readOn)
  const findings: Finding[] = []
  const find = (kind: FindingKind, severity: Severity, text: string) => findings.push({ kind, severity, text })

  if (readOn > today) find('future', 'refuse', '抄表日期不能晚于今天，请核对日期')
  if (days < 0) find('dateOrder', 'refuse', `抄表日期不能早于上次抄表日期 ${previousOn}，请核对日期`)
  if (days > LONG_INTERVAL_DAYS) find('longInterval', 'confirm', `距上次抄表已 ${days} 天，超过一个阶梯年度，请确认`)

  const capacity = registerCapacity(digits)
  if (current < 0 || current >= capacity) {
    find('outOfRange', 'refuse', `读数应在 0 至 ${formatCubicMetres(litre(capacity - 1))} 之间（${digits} 位表）`)
    return { consumption: null, days, findings }
  }

  const consumption = consumptionBetween(previous, current, digits)
  if (current < previous) {
    const lower = `本次读数 ${formatCubicMetres(current)} 小于上次读数 ${formatCubicMetres(previous)}`
    if (consumption * ROLLOVER_SHARE > capacity) {
      find(
        'backwards',
        'refuse',
        assumed ? `${lower}。${belowAssumed(assumed)}` : `${lower}，请核对读数；已换表的请先办理换表`,
      )
      return { consumption: null, days, findings }
    }
    find('rollover', 'confirm', `${lower}，如表已走满归零，用气量为 ${formatCubicMetres(consumption)} m³，请确认`)
  }

  const expected = estimateConsumption(history, Math.max(days, 0))
  if (expected !== null && isTooHigh(consumption, expected, limits))
    find(
      'tooHigh',
      'confirm',
      `用气量 ${formatCubicMetres(consumption)} m³ 明显偏高，按近三次抄表日均约为 ${formatCubicMetres(expected)} m³，请确认`,
    )
  if (expected === null) {
    const most = mostThrough(model, Math.max(days, 0) + 1)
    if (most !== null && consumption > most)
      find(
        'tooHigh',
        'confirm',
        `${previousOn} 起用气量 ${formatCubicMetres(consumption)} m³，${model} 的表一直开到最大也只能走 ${formatCubicMetres(most)} m³，请核对读数、表底和日期`,
      )
  }
  return { consumption, days, findings }
}

/**
 * What a meter lets through in so many days, litres; null where its size cannot be told from its model. Where nothing was read
 * before there is no usual use to compare with, but nobody uses more than the meter lets through.
 */
function mostThrough(model: string, days: number): Litre | null {
  const size = /G\s?(\d{1,4}(?:\.\d)?)/i.exec(model)?.[1]
  return size === undefined ? null : litre(Math.round(Number(size) * LITRES_A_DAY_OF_A_SIZE) * days)
}

const isTooHigh = (consumption: Litre, expected: Litre, { tooHighPercent }: ReadingLimits): boolean =>
  consumption > TOO_HIGH_FLOOR && consumption * 100 > expected * tooHighPercent

/** What still stands in the way of saving: everything refused, and everything to confirm that was not confirmed. */
export const unresolved = (findings: readonly Finding[], confirmed: readonly FindingKind[]): Finding[] =>
  findings.filter(({ kind, severity }) => severity === 'refuse' || !confirmed.includes(kind))

/** Why the use of a household is odd: none at all for a while, far less or far more than it always was. */
export type OddUseKind = 'none' | 'fall' | 'rise'

export interface OddUseLimits {
  /** 连续零用气: readings without any gas before it is odd. */
  readonly zeroReadings: number
  /** Less than this share of the same season of the year before is odd, percent. */
  readonly fallPercent: number
  readonly tooHighPercent: number
}

/**
 * What a reading says about a customer, once it was taken and is right (clause 6(6): 可疑客户). A run of nothing is told once,
 * as soon as it is long enough, also where it has been longer for a while because the company asks for less now. Heating makes every spring a fall and every autumn a rise, so that the same season of the
 * year before is what a reading is compared with, where there is one; a fall is never told without it.
 * @param isTold whether the run of nothing that goes on with this reading stands on the list already
 */
export function oddUse(
  { consumption, days }: { readonly consumption: Litre; readonly days: number },
  history: readonly PastReading[],
  yearBefore: PastReading | null,
  limits: OddUseLimits,
  isTold: () => boolean,
): OddUseKind | null {
  const real = history.filter(({ estimated, days: span }) => !estimated && span > 0)
  if (days <= 0) return null
  if (consumption === 0) {
    const used = real.findLastIndex((past) => past.consumption > 0)
    if (used >= 0 && real.length - used >= limits.zeroReadings && !isTold()) return 'none'
  }
  if (yearBefore !== null && yearBefore.days > 0) {
    const usual = proportion(yearBefore.consumption, days, yearBefore.days)
    if (isTooHigh(consumption, usual, limits)) return 'rise'
    return usual > TOO_HIGH_FLOOR && consumption * 100 < usual * limits.fallPercent ? 'fall' : null
  }
  const usual = estimateConsumption(history, days)
  return usual !== null && isTooHigh(consumption, usual, limits) ? 'rise' : null
}
