/** What stands in a cell, and how it is read as text, number, date or month. Pure. */
import {
  businessDate,
  fromDayNumber,
  isBusinessDate,
  noSuchDay,
  shanghaiDate,
  startOfDay,
  type BusinessDate,
} from '../dates.ts'
import { negate, parseYuan, type Fen } from '../money.ts'
import { maxCellLength } from './limits.ts'

/** A cell as a file gives it: text, a number of Excel, nothing, or a formula that failed. Dates come as 'YYYY-MM-DD'. */
export type Cell = string | number | null | { readonly error: string }

/** A row that holds something. */
export interface SheetRow {
  /** As Excel numbers it: from 1, with headings and empty rows. */
  readonly row: number
  readonly cells: readonly Cell[]
  /** Fields the row was written with; null in a workbook, where a row has as many as are filled. */
  readonly width: number | null
}

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

/** Without what others put before a value to keep Excel from rounding it: a backtick, an apostrophe, ="…", tabs. */
export function unguarded(text: string): string {
  if (!/^[\s"]*[`'’=\t]|\t$/.test(text)) return text
  const bare = text.replace(/^\t+|\t+$/g, '').replace(/^\s*`/, '')
  return /^\s*="(.*)"\s*$/s.exec(bare)?.[1] ?? bare.replace(/^\s*['’](?=[\d+(-])/, '')
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

/** A run of digits that Excel rounded: '4.20107E+17' as text, a number of more than 15 digits, 19 digits that end in zeros. */
export function lostDigits(cell: Cell): boolean {
  if (typeof cell === 'number') return Math.abs(cell) >= 10 ** exactDigits
  if (typeof cell !== 'string') return false
  const text = tidy(cell)
  return /^\d(\.\d+)?e\+?\d+$/i.test(text) || /^[1-9]\d{14}0{4,}$/.test(text)
}

/** Words that systems write where there is nothing. */
const nothing = /^(?:null|nil|none|n\/a|#n\/a|undefined|nan|无|暂无|-+|—+|\/+|\\n)$/i
/** Whether a text says that there is nothing. */
export const saysNothing = (text: string): boolean => text === '' || nothing.test(text)

/**
 * An amount as people and programs write it, exactly: ¥1,234.5, 93.0000, .50, 190.50元, (200.00), 200.00-, −5, ＋8.1.
 * @throws InvalidInput when it is none, or says more than fen
 */
export function readAmount(written: string): Fen {
  let text = written
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\ufeff]/g, '')
    .replace(/[。｡]/g, '.')
    .replace(/[−–—﹣]/g, '-')
  let negative = false
  const turned = /^\((.+)\)(?:元|圆)?$/.exec(text)?.[1] ?? /^(.+\d)-$/.exec(text)?.[1]
  if (turned !== undefined) {
    negative = true
    text = turned
  }
  text = text.replace(/^(?:人民币|RMB|CNY)/i, '').replace(/(?:人民币|RMB|CNY|元整?|圆整?)$/i, '')
  const sign = /^[¥$]?([-+])/.exec(text)?.[1]
  if (sign === '-') negative = !negative
  text = text
    .replace(/^([¥]?)[-+]/, '$1')
    .replace(/^¥/, '')
    .replace(/^\./, '0.')
    .replace(/(\.\d{2})0+$/, '$1')
  const amount = parseYuan(text)
  return negative ? negate(amount) : amount
}

const otherUnit =
  /(?:[([【/_-]|单位\s*[:：]?)\s*([十百千万亿]+(?:元|立方米?|方|m3)|[角分厘]|美元|港元|港币)\s*(?:[)\]】,，;；\s]|$)/
/** The unit a heading or a title names, where it is not the yuan or cubic metre everything is read as: 万元, 分; else null. */
export const otherUnitIn = (text: string): string | null => otherUnit.exec(text.normalize('NFKC'))?.[1] ?? null

/** Excel counts days from 1900 and believes in 1900-02-29; serials after it are days since 1899-12-30. */
const serialEpoch = 25_569
/** 1954 to 2119: outside it a bare number is no date of a gas company. */
const [firstSerial, lastSerial] = [20_000, 80_000]
const secondsOfDay = 86_400
const shanghaiMinutes = 8 * 60

/** When something was: its day, and the seconds after midnight, null where only the day is told. Asia/Shanghai. */
export interface Moment {
  readonly date: BusinessDate
  readonly seconds: number | null
}

const made = (year: string, month: string, day: string): BusinessDate | null => {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isBusinessDate(text) ? text : null
}

/** 0.3854398, as Excel keeps a time of day, 9:05, 09:05:30.5, 9时5分30秒, 下午3:05, 3:05 PM, 090530, 90530, 0905 as seconds after midnight; null for anything else. */
export function readClock(text: string): number | null {
  // Excel drops the zero in front of 90501.
  const typed = text
    .normalize('NFKC')
    .trim()
    .replace(/^\d{5}$/, '0$&')
  if (/^0?\.\d+$/.test(typed)) {
    const seconds = Math.round(Number(typed) * secondsOfDay)
    return seconds < secondsOfDay ? seconds : null
  }
  const parts =
    /^(上午|下午|晚上|AM|PM)?\s*(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:[.,]\d+)?\s*秒?)?)?\s*(AM|PM|上午|下午)?(?:Z|[+-]\d{2}:?\d{2})?$/i.exec(
      typed,
    ) ?? /^()(\d{2})(\d{2})(\d{2})?()(?:\d{3})?$/.exec(typed)
  if (!parts) return null
  const half = (parts[1] || parts[5] || '').toUpperCase()
  let hour = Number(parts[2])
  const [minute, second] = [Number(parts[3]), Number(parts[4] ?? '0')]
  if (/下午|晚上|PM/.test(half) && hour < 12) hour += 12
  if (/上午|AM/.test(half) && hour === 12) hour = 0
  return hour > 23 || minute > 59 || second > 59 ? null : (hour * 60 + minute) * 60 + second
}

/**
 * A day with or without its time: 2026-11-23 15:00:00, 2026/11/23, 2026年11月23日 15时0分, 20261123150000,
 * 20261123 150000, 46349.625 (Excel); null for anything else.
 */
export function readMoment(text: string): Moment | null {
  const typed = text.normalize('NFKC').trim()
  const serial = /^\d{5}(\.\d+)?$/.test(typed) ? Number(typed) : NaN
  if (serial >= firstSerial && serial <= lastSerial) {
    const day = Math.floor(serial)
    const seconds = Math.round((serial - day) * secondsOfDay)
    if (seconds >= secondsOfDay) return { date: fromDayNumber(day + 1 - serialEpoch), seconds: null }
    return { date: fromDayNumber(day - serialEpoch), seconds: seconds === 0 ? null : seconds }
  }
  const parts =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT,]*(?:(?:星期|周)[一二三四五六日天])?[\sT]*(.+))?$/.exec(
      typed,
    ) ?? /^(\d{4})(\d{2})(\d{2})[\sT-]*(\d{4,6}(?:\d{3})?|.*:.*)?$/.exec(typed)
  if (!parts) return null
  const date = made(parts[1] ?? '', parts[2] ?? '', parts[3] ?? '')
  const clock = parts[4] === undefined || parts[4] === '' ? null : readClock(parts[4])
  if (date === null || (clock === null && parts[4] !== undefined && parts[4] !== '')) return null
  const ahead = clock === null ? 0 : aheadOf(parts[4] ?? '')
  if (clock === null || ahead === 0) return { date, seconds: clock }
  const elsewhere = startOfDay(date) + (clock + ahead) * 1000
  const here = shanghaiDate(elsewhere)
  return { date: here, seconds: (elsewhere - startOfDay(here)) / 1000 }
}

/** Seconds by which Asia/Shanghai is ahead of the zone written behind a time of day; 0 where none is written. */
function aheadOf(clock: string): number {
  const [, utc, sign, hours, minutes = '0'] = /(?:(Z)|([+-])(\d{2}):?(\d{2})?)$/i.exec(clock) ?? []
  if (utc === undefined && sign === undefined) return 0
  const offset = utc === undefined ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : 0
  return (shanghaiMinutes - offset) * 60
}

/** The instant of a moment (epoch ms), a day without time being its midnight. */
export const instantOf = ({ date, seconds }: Moment): number => startOfDay(date) + (seconds ?? 0) * 1000

/** The day of a moment, whatever its time; null for anything else. */
export const readDate = (text: string): BusinessDate | null => readMoment(text)?.date ?? null

/** Why a written date is none; a day no calendar has is named, as it is written well enough. */
export function dateProblem(text: string): string {
  const parts = /^(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})日?$|^(\d{4})(\d{2})(\d{2})$/.exec(
    text.normalize('NFKC').trim(),
  )
  return parts ? noSuchDay(text.trim()) : '日期无法识别，应写成 2026-01-05 或 2026/1/5 的样子'
}

/** The first day of 2026-09, 2026/9, 2026年9月, 202609 or of a date in that month; null for anything else. */
export function readMonth(text: string): BusinessDate | null {
  const typed = text.normalize('NFKC').trim()
  const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/.exec(typed) ?? /^(\d{4})(\d{2})$/.exec(typed)
  if (parts) return made(parts[1] ?? '', parts[2] ?? '', '1')
  const date = readDate(typed)
  return date === null ? null : businessDate(`${date.slice(0, 8)}01`)
}
