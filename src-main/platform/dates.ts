/**
 * Calendar dates as text 'YYYY-MM-DD' and the local time of the hall. All arithmetic is on whole days of the proleptic
 * Gregorian calendar; the time zone of the PC is never asked. Used on both floors.
 */

interface DateBrand {
  readonly __calendar: 'date'
}
interface MonthDayBrand {
  readonly __calendar: 'month-day'
}
/** A calendar or business date in Asia/Shanghai, 'YYYY-MM-DD'. Sorts as text. */
export type BusinessDate = string & DateBrand
/** A day that every year has, 'MM-DD' (never 02-29). */
export type MonthDay = string & MonthDayBrand

/** Asia/Shanghai has been UTC+8 without summer time since 1991-09-15; older instants are not the hall's business. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
const DAYS_BEFORE_EPOCH = 719_468
const DAYS_PER_ERA = 146_097

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Days of a month, 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export interface DateParts {
  readonly year: number
  /** 1–12 */
  readonly month: number
  /** 1–31 */
  readonly day: number
}

const existing = (year: number, month: number, day: number): boolean =>
  year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)

const ZERO = '0'.charCodeAt(0)
/** Two digits of a text at a place; NaN where there are none. By hand: a bill run takes dates apart by the million. */
function pairAt(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO]
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

function partsOf(text: string): DateParts | null {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return null
  const [year, month, day] = [pairAt(text, 0) * 100 + pairAt(text, 2), pairAt(text, 5), pairAt(text, 8)]
  return existing(year, month, day) ? { year, month, day } : null
}

/** Whether the text is a day that exists, written 'YYYY-MM-DD' (years 0001–9999). */
export const isBusinessDate = (text: string): text is BusinessDate => partsOf(text) !== null

/** Written as a date, but no calendar has it: how dates are written would be no help to who typed it. */
export const noSuchDay = (date: string): string => `没有 ${date} 这一天，请核对日期`
/** The same of a time of day. */
export const noSuchTime = (time: string): string => `没有 ${time} 这个时刻，请核对时间`
/** Why what should be a date is none. */
export const dateRefusal = (value: unknown): string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? noSuchDay(value) : '日期应写成 2026-11-23 的样子'

/** @throws RangeError when the text is no existing day written 'YYYY-MM-DD' */
export function businessDate(text: string): BusinessDate {
  if (!isBusinessDate(text)) throw new RangeError(`${text} is not a date`)
  return text
}

/** Year, month and day of a date. */
export function dateParts(date: BusinessDate): DateParts {
  const parts = partsOf(date)
  if (!parts) throw new RangeError(`${date} is not a date`)
  return parts
}

/** @throws RangeError when there is no such day */
export function dateOf(year: number, month: number, day: number): BusinessDate {
  const text = `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
  if (!Number.isInteger(year + month + day) || !existing(year, month, day))
    throw new RangeError(`${text} is not a date`)
  return text as BusinessDate
}

/** Days since 1970-01-01; negative before. Years are counted from March, so that the leap day comes last. */
export function dayNumber(date: BusinessDate): number {
  const { year, month, day } = dateParts(date)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_PER_ERA + dayOfEra - DAYS_BEFORE_EPOCH
}

/** The inverse of `dayNumber`. @throws RangeError outside the years 0001–9999 */
export function fromDayNumber(days: number): BusinessDate {
  const shifted = days + DAYS_BEFORE_EPOCH
  const era = Math.floor(shifted / DAYS_PER_ERA)
  const dayOfEra = shifted - era * DAYS_PER_ERA
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return dateOf(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}

/** Days of the longest half-year and the longest quarter: what is put off further leaves its period. */
export const longestHalfYear = 184
export const longestQuarter = 92

/** The date `days` later (earlier when negative). */
export const addDays = (date: BusinessDate, days: number): BusinessDate => fromDayNumber(dayNumber(date) + days)

/** Days from one date to another; negative when `to` is earlier. The same day is 0. */
export const daysBetween = (from: BusinessDate, to: BusinessDate): number => dayNumber(to) - dayNumber(from)

/** The same day `months` later; a day that month lacks becomes its last one (01-31 + 1 month = 02-28 or 02-29). */
export function addMonths(date: BusinessDate, months: number): BusinessDate {
  const { year, month, day } = dateParts(date)
  const index = year * 12 + (month - 1) + months
  const [toYear, toMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1]
  return dateOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

/** First day of the date's month. */
export const startOfMonth = (date: BusinessDate): BusinessDate => businessDate(`${date.slice(0, 8)}01`)

/** Last day of the date's month. */
export function endOfMonth(date: BusinessDate): BusinessDate {
  const { year, month } = dateParts(date)
  return dateOf(year, month, daysInMonth(year, month))
}

/** The earlier of two dates. */
export const earlier = (a: BusinessDate, b: BusinessDate): BusinessDate => (a < b ? a : b)
/** The later of two dates. */
export const later = (a: BusinessDate, b: BusinessDate): BusinessDate => (a > b ? a : b)

/** 0 for Sunday to 6 for Saturday, as SQLite's `%w`. */
export const weekday = (date: BusinessDate): number => (((dayNumber(date) + 4) % 7) + 7) % 7
/** Weeks begin on Monday. */
export const mondayOf = (date: BusinessDate): BusinessDate => addDays(date, -((weekday(date) + 6) % 7))

/** From the first to the last day, both included. */
export interface Span {
  readonly from: BusinessDate
  readonly to: BusinessDate
}

/** Whether the text names a day that every year has, 'MM-DD'. */
export const isMonthDay = (text: string): text is MonthDay =>
  /^\d{2}-\d{2}$/.test(text) && partsOf(`2001-${text}`) !== null

/** @throws RangeError when the text is no 'MM-DD' of every year (02-29 is refused) */
export function monthDay(text: string): MonthDay {
  if (!isMonthDay(text)) throw new RangeError(`${text} is not a day of every year`)
  return text
}

/** The date of a month-day in a year. */
export const onMonthDay = (year: number, day: MonthDay): BusinessDate =>
  businessDate(`${String(year).padStart(4, '0')}-${day}`)

export interface LocalDateTime {
  readonly date: BusinessDate
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** Date and wall-clock time in Asia/Shanghai of an instant. @param instant UTC epoch milliseconds */
export function shanghaiTime(instant: number): LocalDateTime {
  const local = Math.floor(instant) + SHANGHAI_OFFSET_MS
  const days = Math.floor(local / DAY_MS)
  const seconds = Math.floor((local - days * DAY_MS) / 1000)
  return {
    date: fromDayNumber(days),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
  }
}

/** Asia/Shanghai date of an instant. @param instant UTC epoch milliseconds */
export const shanghaiDate = (instant: number): BusinessDate => shanghaiTime(instant).date

/** The instant at which a date begins in Asia/Shanghai, UTC epoch milliseconds. */
export const startOfDay = (date: BusinessDate): number => dayNumber(date) * DAY_MS - SHANGHAI_OFFSET_MS

/** A span as instants: when its first day begins, and before which its last day ends. Epoch ms. */
export const instantsOf = ({ from, to }: Span): { readonly from: number; readonly before: number } => ({
  from: startOfDay(from),
  before: startOfDay(addDays(to, 1)),
})

/** '2026-11-23 08:05' in Asia/Shanghai, as papers and lists show an instant (UTC epoch milliseconds). */
export function formatInstant(instant: number): string {
  const { date, hour, minute } = shanghaiTime(instant)
  return `${date} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** '周一' … '周日'. */
export const formatWeekday = (date: BusinessDate): string => `周${'日一二三四五六'.charAt(weekday(date))}`

/** '2026年11月23日' */
export function formatChineseDate(date: BusinessDate): string {
  const { year, month, day } = dateParts(date)
  return `${year}年${month}月${day}日`
}
