/** How instants, sizes and numbers are written on screens. The hall's time is Asia/Shanghai, whatever the PC is set to. */
import { isValidNumber, numberGroups } from '../../src-main/platform/check-digit.ts'
import { shanghaiTime } from '../../src-main/platform/dates.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** '09:05' for an instant of the same Shanghai day as `now`, else '11-22 18:30'. */
export function showShortTime(at: number, now: number): string {
  const { date, hour, minute } = shanghaiTime(at)
  const time = `${two(hour)}:${two(minute)}`
  return date === shanghaiTime(now).date ? time : `${date.slice(5)} ${time}`
}

/** The day something was done, and where it was written down on a later one, when: '2026-11-23（11-25 补登）'. */
export function showDone(on: string, at: number): string {
  const { date } = shanghaiTime(at)
  return on < date ? `${on}（${date.slice(5)} 补登）` : on
}

/** '512 KB', '3.4 MB'. */
export function showBytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** '1,234', and '9999+' where counting stopped at `most`. */
export const showCount = (count: number, most = Number.MAX_SAFE_INTEGER): string =>
  count >= most ? `${most}+` : String(count).replace(/\B(?=(\d{3})+$)/g, ',')

const minuteMs = 60_000
/** From here on a span is told in days. */
const inDaysFrom = 72

/** '8 分', '3 小时 12 分', '5 天'; part of a minute, or of a day, still left counts as one. */
export function showSpan(ms: number): string {
  const minutes = Math.ceil(ms / minuteMs)
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return `${minutes} 分`
  if (hours >= inDaysFrom) return `${Math.ceil(minutes / 1440)} 天`
  return minutes % 60 === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes % 60} 分`
}

/** A text cut at the numbers of ours in it (户号, 账单号 …), each a part of its own; telephones have another check digit. */
export const partsOf = (text: string): { text: string; isNumber: boolean }[] =>
  text
    .split(/(?<![A-Z\d])([A-Z]{0,4}\d{9,15})(?!\d)/)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, isNumber: isValidNumber(part) }))

/** The same numbers in the groups they are read in, for a message or a title that is nothing but text. */
export const showNumbers = (text: string): string =>
  partsOf(text)
    .map((part) => (part.isNumber ? numberGroups(part.text).join('\u00a0') : part.text))
    .join('')
