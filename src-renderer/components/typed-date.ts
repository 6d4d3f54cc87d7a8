/** Dates and times of day as people type them, in the hall's time: one reading for every field that takes one. */
import { isBusinessDate, noSuchDay, noSuchTime, type BusinessDate } from '../../src-main/platform/dates.ts'

const dateHint = '日期应写成 2026-11-23 或 20261123 的样子'
const timeHint = '时间应写成 2026-11-23 09:30 的样子'

/** Hour and minute with something between them. */
const isWrittenTime = /^(\d{1,2})[:.点时](?:(\d{2})分?)?$/

const two = (digits: string): string => digits.padStart(2, '0')

/** Year, month and day as they are written, whether there is such a day or not. */
function writtenDay(text: string, today: BusinessDate): string | null {
  const typed = text.normalize('NFKC').replaceAll(/\s+/g, '')
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(typed) ??
    /^(\d{2})(\d{2})(\d{2})$/.exec(typed) ??
    /^(\d{4}|\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(typed) ??
    /^()(\d{2})(\d{2})$/.exec(typed) ??
    /^()(\d{1,2})[-/.月](\d{1,2})日?$/.exec(typed)
  if (!parts) return null
  const [, year = '', month = '', day = ''] = parts
  return `${today.slice(0, 4 - year.length)}${year}-${two(month)}-${two(day)}`
}

/**
 * A typed date: 2026-01-01, 2026/1/1, 2026年1月1日, 20260101, 260101; without a year (0101, 1-1, 1月1日) it is of this one.
 * Full-width digits are taken. Null when it is none, also 0230.
 */
export function readDate(text: string, today: BusinessDate): BusinessDate | null {
  const date = writtenDay(text, today)
  return date !== null && isBusinessDate(date) ? date : null
}

/** A day of every year as `01-31`, typed in the same ways; null when it is none, or not one of every year. */
export function readMonthDay(text: string, today: BusinessDate): string | null {
  const day = readDate(text, today)?.slice(5) ?? null
  return day === '02-29' ? null : day
}

/** Why a typed date is none: written as no date is, or a day that no calendar has. */
export function dateProblem(text: string, today: BusinessDate): string {
  const written = writtenDay(text, today)
  return written !== null && !isBusinessDate(written) ? noSuchDay(written) : dateHint
}

/** The same of a date and time. */
export function dateTimeProblem(text: string, today: BusinessDate): string {
  const [, day = '', time = ''] = /^(.*\S)[\sT]+(\S+)$/.exec(text.normalize('NFKC').trim()) ?? []
  const written = writtenDay(day, today)
  if (written === null) return timeHint
  if (!isBusinessDate(written)) return noSuchDay(written)
  return isWrittenTime.test(time) && readTimeOfDay(time) === null ? noSuchTime(time) : timeHint
}

/** A typed time of day as `HH:MM`: 8:30, 08:30, 0830, 830, 8点30分, 8点. Null when it is none. */
export function readTimeOfDay(text: string): string | null {
  const typed = text.normalize('NFKC').replaceAll(/\s+/g, '')
  const parts = isWrittenTime.exec(typed) ?? /^(\d{1,2})(\d{2})$/.exec(typed)
  if (!parts || (parts[2] === undefined && !/[点时]$/.test(typed))) return null
  const [, hour = '', minute = '00'] = parts
  return Number(hour) > 23 || Number(minute) > 59 ? null : `${two(hour)}:${minute}`
}

/** `YYYY-MM-DD HH:MM` of a typed date and time; a time alone is today's. Null when it is none. */
export function readDateTime(text: string, today: BusinessDate): string | null {
  const typed = text.normalize('NFKC').trim()
  const alone = readTimeOfDay(typed)
  if (alone !== null && typed.length <= 6 && !/^\d+$/.test(typed)) return `${today} ${alone}`
  const [, day = '', time = ''] = /^(.*\S)[\sT]+(\S+)$/.exec(typed) ?? []
  const date = readDate(day, today)
  const hour = readTimeOfDay(time)
  return date === null || hour === null ? null : `${date} ${hour}`
}
