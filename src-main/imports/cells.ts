/** What stands in a cell, and how it is read as text, number, date or month. Pure. */
import { businessDate, fromDayNumber, isBusinessDate, type BusinessDate } from '../platform/dates.ts'

/** A cell as a file gives it: text, a number of Excel, nothing, or a formula that failed. Dates come as 'YYYY-MM-DD'. */
export type Cell = string | number | null | { readonly error: string }

/** Longest cell kept (characters); what is longer is told and cut. */
export const maxCellLength = 2_000
/** Digits a number of Excel holds exactly; an ID number stored as a number has lost the rest. */
const exactDigits = 15

/** Cut so that a cell of a megabyte costs no more than any other; one character more than allowed tells that it was. */
export const cutCell = (text: string): string => (text.length > maxCellLength ? text.slice(0, maxCellLength + 1) : text)

/** Spaces of every kind, marks no one sees, and what Excel writes for a carriage return. */
export const tidy = (text: string): string =>
  text
    .replace(/_x000[dD]_/g, '')
    .replace(/[\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g, '')
    .replace(/^[\s\u3000]+|[\s\u3000]+$/gu, '')

/** A number of Excel as Excel shows it: at most 15 digits, so that 0.1 + 0.2 is 0.3; never with an exponent. */
function numberText(value: number): string {
  const rounded = Number(value.toPrecision(exactDigits))
  const text = String(rounded)
  return /e/i.test(text) ? rounded.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 }) : text
}

export function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return numberText(cell)
  return typeof cell === 'string' ? tidy(cell) : ''
}

/** What is wrong with a cell before its meaning is looked at; null when nothing is. */
export function cellProblem(cell: Cell): string | null {
  if (cell !== null && typeof cell === 'object') return `公式出错（${cell.error}），请改为数值`
  if (typeof cell === 'string' && cell.length > maxCellLength) return `内容超过 ${maxCellLength} 个字，请核对是否串了列`
  return null
}

/** A run of digits that Excel rounded: '4.20107E+17' as text, or a number of more than 15 digits. */
export function lostDigits(cell: Cell): boolean {
  if (typeof cell === 'number') return Math.abs(cell) >= 10 ** exactDigits
  return typeof cell === 'string' && /^\d(\.\d+)?e\+\d+$/i.test(tidy(cell))
}

/** Excel counts days from 1900 and believes in 1900-02-29; serials after it are days since 1899-12-30. */
const serialEpoch = 25_569
/** 1954 to 2119: outside it a bare number is no date of a gas company. */
const [firstSerial, lastSerial] = [20_000, 80_000]

const made = (year: string, month: string, day: string): BusinessDate | null => {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isBusinessDate(text) ? text : null
}

/** 2026-01-05, 2026/1/5, 2026.1.5, 2026年1月5日, 20260105, 46027 (Excel), each with a time after it or none; null for anything else. */
export function readDate(text: string): BusinessDate | null {
  const typed = text.normalize('NFKC').trim()
  const parts =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      typed,
    ) ?? /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/.exec(typed)
  if (parts) return made(parts[1] ?? '', parts[2] ?? '', parts[3] ?? '')
  const serial = /^\d{5}(\.\d+)?$/.test(typed) ? Math.floor(Number(typed)) : NaN
  return serial >= firstSerial && serial <= lastSerial ? fromDayNumber(serial - serialEpoch) : null
}

/** The first day of 2026-09, 2026/9, 2026年9月, 202609 or of a date in that month; null for anything else. */
export function readMonth(text: string): BusinessDate | null {
  const typed = text.normalize('NFKC').trim()
  const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/.exec(typed) ?? /^(\d{4})(\d{2})$/.exec(typed)
  if (parts) return made(parts[1] ?? '', parts[2] ?? '', '1')
  const date = readDate(typed)
  return date === null ? null : businessDate(`${date.slice(0, 8)}01`)
}
