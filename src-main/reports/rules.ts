/** 报表: periods, comparison, due dates and what counts as abnormal use (clauses 13, 25(1)). Pure. */
import { words, type WordOf } from '../platform/dictionary.ts'
import {
  addDays,
  addMonths,
  isBusinessDate,
  dateOf,
  dateParts,
  daysBetween,
  endOfMonth,
  formatChineseDate,
  formatWeekday,
  mondayOf,
  formatInstant,
  startOfMonth,
  type BusinessDate,
  weekday,
} from '../platform/dates.ts'
import { fen, formatCubicMetres, formatYuan, litre } from '../platform/money.ts'

export const periodKind = words({
  day: '日报',
  week: '周报',
  month: '月报',
  quarter: '季报',
  year: '年报',
})
export type PeriodKind = WordOf<typeof periodKind>
export const { values: periodKinds, names: periodKindNames } = periodKind

/** A whole day, week from Monday, calendar month, quarter or year; both days included. */
export interface Period {
  readonly kind: PeriodKind
  readonly from: BusinessDate
  readonly to: BusinessDate
}

/** A kind is so many days or so many months long. */
const daysOf: Readonly<Partial<Record<PeriodKind, number>>> = { day: 1, week: 7 }
const monthsOf: Readonly<Record<PeriodKind, number>> = { day: 0, week: 0, month: 1, quarter: 3, year: 12 }

/** The period of a kind that holds a date. */
export function periodOf(kind: PeriodKind, date: BusinessDate): Period {
  if (kind === 'day') return { kind, from: date, to: date }
  if (kind === 'week') {
    const monday = mondayOf(date)
    return { kind, from: monday, to: addDays(monday, 6) }
  }
  const { year, month } = dateParts(date)
  const months = monthsOf[kind]
  const from = dateOf(year, month - ((month - 1) % months), 1)
  return { kind, from, to: endOfMonth(addMonths(from, months - 1)) }
}

/** The period `steps` further of the same kind (earlier when negative). */
export function shifted({ kind, from }: Period, steps: number): Period {
  const days = daysOf[kind]
  return periodOf(kind, days === undefined ? addMonths(from, steps * monthsOf[kind]) : addDays(from, steps * days))
}

/** 上期. */
export const before = (period: Period): Period => shifted(period, -1)

/** 同期: the same period one year earlier; 29 February compares with the 28th, a week with the one 52 weeks before. */
export const yearAgo = (period: Period): Period =>
  period.kind === 'week' ? shifted(period, -52) : periodOf(period.kind, addMonths(period.from, -12))

/** '2026年11月23日', '2026年11月23日至29日', '2026年11月', '2026年第4季度', '2026年'. */
export function periodLabel({ kind, from, to }: Period): string {
  const { year, month } = dateParts(from)
  if (kind === 'day') return formatChineseDate(from)
  if (kind === 'week') {
    const last = formatChineseDate(to)
    const same = from.slice(0, 7) === to.slice(0, 7) ? '月' : from.slice(0, 4) === to.slice(0, 4) ? '年' : ''
    return `${formatChineseDate(from)}至${last.slice(same === '' ? 0 : last.indexOf(same) + 1)}`
  }
  if (kind === 'month') return `${year}年${month}月`
  return kind === 'quarter' ? `${year}年第${Math.ceil(month / 3)}季度` : `${year}年`
}

/** Part of a share as whole hundredths of a percent (1 % is 100); null where there is nothing to divide by. */
export const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000)

/** 增减 and 幅度 against an earlier period; the share is null where the earlier one was nothing (no division by zero). */
export const change = (
  now: number,
  then: number,
): { readonly difference: number; readonly percent: number | null } => ({
  difference: now - then,
  percent: share(now - then, Math.abs(then)),
})

/** Days after the end of a period until it has to be submitted, by kind; from the settings. */
export type DueDays = Readonly<Record<PeriodKind, number>>

/** 应报日: the last day on which a period may be submitted without being late. */
export const dueOn = ({ kind, to }: Period, days: DueDays): BusinessDate => addDays(to, days[kind])

/** Periods listed at most for one report and kind: whoever owes more of them owes these first. */
export const maxObligations = 60

/**
 * The periods of a kind that are over on `today` and begin no earlier than `since`, the newest first, `maxObligations`
 * at most: what a hall has to submit since it began.
 */
export function periodsOver(kind: PeriodKind, since: BusinessDate, today: BusinessDate): Period[] {
  const over: Period[] = []
  for (let period = before(periodOf(kind, today)); period.to >= since; period = before(period)) {
    if (over.length === maxObligations) break
    over.push(period)
  }
  return over
}

export type SubmissionState = 'waiting' | 'received'
export const submissionStateNames: Record<SubmissionState, string> = { waiting: '等待上传', received: '已上报' }

/** In the order of age; no dictionary, since keys that are numbers lose their place in an object. */
export const arrearsBands = ['not-due', '30', '60', '90', '180', '365', 'older'] as const
export type ArrearsBand = (typeof arrearsBands)[number]
export const arrearsBandNames: Readonly<Record<ArrearsBand, string>> = {
  'not-due': '未到期',
  '30': '30 天内',
  '60': '31–60 天',
  '90': '61–90 天',
  '180': '91–180 天',
  '365': '181–365 天',
  older: '365 天以上',
}
const bandEnds = [0, 30, 60, 90, 180, 365] as const

/** 账龄 of a debt: how many days its due date lies behind. */
export function arrearsBand(due: BusinessDate, on: BusinessDate): ArrearsBand {
  const days = daysBetween(due, on)
  const at = bandEnds.findIndex((end) => days <= end)
  return at === -1 ? 'older' : (arrearsBands[at] ?? 'older')
}

/** The due dates of a band on a date, both included; null where it is open on that side. */
export function dueDatesOf(band: ArrearsBand, on: BusinessDate): { readonly first: string; readonly last: string } {
  const at = arrearsBands.indexOf(band)
  const [newest, oldest] = [at === 0 ? null : bandEnds[at - 1], bandEnds[at]]
  return {
    first: band === 'not-due' ? on : oldest === undefined ? '0001-01-01' : addDays(on, -oldest),
    last: newest === null || newest === undefined ? '9999-12-31' : addDays(on, -newest - 1),
  }
}

/** One reading as it counts for the history of a customer. Litres between the two days. */
export interface UsePast {
  readonly previousOn: BusinessDate
  readonly readOn: BusinessDate
  readonly consumption: number
}

export interface AbnormalLimits {
  /** Months without any use that are conspicuous. */
  readonly zeroMonths: number
  /** Daily use in percent of the own history at and above which, and at and below which it is conspicuous. */
  readonly risePercent: number
  readonly fallPercent: number
  /** Litres; a reading and its history both below it are never conspicuous. */
  readonly leastVolume: number
}

/** Readings before this one that stand for the own history where there is none of the same season. */
const recentReadings = 3
/** A reading of the same season ends this many days around the day one year ago. */
const seasonDays = 45

const perDay = (readings: readonly UsePast[]): number | null => {
  const days = readings.reduce((all, { previousOn, readOn }) => all + daysBetween(previousOn, readOn), 0)
  return days === 0 ? null : readings.reduce((all, { consumption }) => all + consumption, 0) / days
}

/**
 * Daily use of the own history, litres: of the same season a year ago, since heating makes every winter rise; else of
 * the last three readings. Null without any.
 */
export function usualPerDay(now: UsePast, past: readonly UsePast[]): number | null {
  const yearBefore = addMonths(now.readOn, -12)
  const season = past.filter(({ readOn }) => Math.abs(daysBetween(readOn, yearBefore)) <= seasonDays)
  return perDay(season.length > 0 ? season : past.slice(0, recentReadings))
}

/** Whether nothing was used for so many months up to this reading. `past` has the newest first, without a gap. */
export function unusedSince(now: UsePast, past: readonly UsePast[]): BusinessDate | null {
  if (now.consumption > 0) return null
  const used = past.findIndex(({ consumption }) => consumption > 0)
  const idle = used === -1 ? past : past.slice(0, used)
  return (idle.at(-1) ?? now).previousOn
}

export type AbnormalUse = 'zero' | 'rise' | 'fall'

/** What is conspicuous about a reading, judged by the customer's own readings before it (newest first). */
export function abnormalUse(now: UsePast, past: readonly UsePast[], limits: AbnormalLimits): AbnormalUse | null {
  const since = unusedSince(now, past)
  if (since !== null && addMonths(since, limits.zeroMonths) <= now.readOn) return 'zero'
  const [daily, usual] = [perDay([now]), usualPerDay(now, past)]
  if (daily === null || usual === null) return null
  const days = daysBetween(now.previousOn, now.readOn)
  if (Math.max(daily, usual) * days < limits.leastVolume) return null
  if (daily * 100 >= usual * limits.risePercent && daily > usual) return 'rise'
  return daily * 100 <= usual * limits.fallPercent && daily < usual ? 'fall' : null
}

/** How a figure over time is cut: by days within a week or month, by months within more; `key` is the same in every period. */
export function trendKey(kind: PeriodKind, date: BusinessDate): { readonly key: string; readonly label: string } {
  const { month, day } = dateParts(date)
  if (kind === 'week') return { key: String(weekday(date)), label: `${formatWeekday(date)} ${month}月${day}日` }
  return kind === 'month' || kind === 'day'
    ? { key: date.slice(8, 10), label: `${day}日` }
    : { key: date.slice(5, 7), label: `${month}月` }
}

/** Every step of a period in order, so that a day without business stands there with nothing. */
export function trendSteps(period: Period): { readonly key: string; readonly label: string }[] {
  const steps: { key: string; label: string }[] = []
  const byMonth = period.kind === 'quarter' || period.kind === 'year'
  let date = byMonth ? startOfMonth(period.from) : period.from
  while (date <= period.to) {
    steps.push(trendKey(period.kind, date))
    date = byMonth ? addMonths(date, 1) : addDays(date, 1)
  }
  return steps
}

/** A date written by a person or kept in an address; null when it is none. */
export const dateOrNull = (text: string): BusinessDate | null => (isBusinessDate(text) ? text : null)

export const columnKinds = ['text', 'date', 'time', 'money', 'litre', 'count', 'percent'] as const
export type ColumnKind = (typeof columnKinds)[number]

/** Units people read behind a label. */
export const unitOf: Readonly<Partial<Record<ColumnKind, string>>> = { money: '元', litre: 'm³' }

/** A cell as it is read on screen and paper; '—' where there is nothing to say. Money in fen, gas in litres. */
export function formatCell(value: string | number | null | undefined, kind: ColumnKind): string {
  if (value === null || value === undefined) return '—'
  if (typeof value === 'string') return value
  if (kind === 'money') return formatYuan(fen(value))
  if (kind === 'litre') return formatCubicMetres(litre(value))
  if (kind === 'percent') return `${value < 0 ? '-' : ''}${(Math.abs(value) / 100).toFixed(2)}%`
  if (kind === 'time') return formatInstant(value)
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Numbers stand at the right. */
export const isNumeric = (kind: ColumnKind): boolean =>
  kind === 'money' || kind === 'litre' || kind === 'count' || kind === 'percent'
