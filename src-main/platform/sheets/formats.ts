/** How a workbook shows its numbers: which are days, which keep zeros in front. Pure. */
import { fromDayNumber } from '../dates.ts'
import { maxFormatLength } from './limits.ts'

/** What a number format does that a reader must know; null where the number stands as it is. */
export type NumberShape =
  { readonly kind: 'date' } | { readonly kind: 'digits'; readonly parts: readonly string[] } | null

/** Number formats of Excel that need no definition and show days or times. */
const builtInDates: readonly (readonly [from: number, to: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
]

/** @param code the format's own text; undefined for one that Excel knows by its number */
export function shapeOf(id: number, code: string | undefined): NumberShape {
  if (code === undefined) return builtInDates.some(([from, to]) => id >= from && id <= to) ? { kind: 'date' } : null
  if (code.length > maxFormatLength) return null
  const first = code.split(';', 1)[0] ?? ''
  const bare = first
    .replace(/\[[^\]]*\]/g, '')
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
  if (/[ymdhs]/i.test(bare) && !/^general$/i.test(bare.trim())) return { kind: 'date' }
  // 0000000, "A"0000, 0000-0000000: a number that is read by its digits.
  if (!/^[0\- ]*0[0\- ]*$/.test(bare) || (bare.match(/0/g) ?? []).length < 2) return null
  const parts = (first.replace(/\[[^\]]*\]/g, '').match(/"[^"]*"|\\.|[_*].|0|[- ]/g) ?? []).map((part) =>
    part.startsWith('"') ? part.slice(1, -1) : part.startsWith('\\') ? part.slice(1) : /^[_*]/.test(part) ? '' : part,
  )
  return { kind: 'digits', parts }
}

/** A whole number in the digits of its format: 100017 by 0000000 is 0100017. */
export function inDigits(value: number, parts: readonly string[]): string | null {
  if (!Number.isSafeInteger(value) || value < 0) return null
  const places = parts.filter((part) => part === '0').length
  const digits = String(value).padStart(places, '0')
  let taken = digits.length - places
  return parts
    .map((part, i) => {
      if (part !== '0') return part
      const first = parts.indexOf('0') === i
      const from = first ? 0 : taken
      taken += 1
      return digits.slice(from, taken)
    })
    .join('')
}

const serialEpoch = 25_569
const secondsOfDay = 86_400
/** Days Excel for old Macintoshes begins later. */
const later1904 = 1_462
/** Serials Excel can show: up to the year 9999. */
const lastSerial = 2_958_465

const two = (n: number): string => String(n).padStart(2, '0')

/** A serial of Excel as '2026-11-23', '2026-11-23 15:00:00' or, below one day, '15:00:00'; null for what is no day. */
export function serialText(serial: number, since1904: boolean): string | null {
  const value = since1904 ? serial + later1904 : serial
  if (!(value >= 0 && value <= lastSerial)) return null
  let day = Math.floor(value)
  let seconds = Math.round((value - day) * secondsOfDay)
  if (seconds === secondsOfDay) {
    day += 1
    seconds = 0
  }
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  if (day === 0) return clock
  const date = fromDayNumber(day - serialEpoch)
  return seconds === 0 ? date : `${date} ${clock}`
}
