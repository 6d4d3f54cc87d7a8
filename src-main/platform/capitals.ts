/**
 * RMB amounts and dates in capitals (人民币大写, 大写日期) as the rules for filling in bills (《支付结算办法》附件一) ask:
 * one 零 for a run of zeros, 整 after 元, nothing after 角, no gap after 人民币 (domain.md §8). Used on both floors.
 *
 * Where the rules leave a choice we always write the first of the official forms: 1680.32 with 零 before the 角,
 * 107000.53 without 零 after the 万.
 */
import { dateParts, type BusinessDate } from './dates.ts'
import type { Fen } from './money.ts'

/** Largest amount that can be written, in fen: 9,999,999,999,999.99 yuan. */
export const MAX_CAPITALS_FEN = 999_999_999_999_999

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']

const digit = (value: number): string => DIGITS.charAt(value)

/** A number 1–9999 without leading zeros: 1005 → 壹仟零伍. */
function section(value: number): string {
  let written = ''
  let pendingZero = false
  for (let place = 3; place >= 0; place -= 1) {
    const d = Math.floor(value / 10 ** place) % 10
    if (d === 0) {
      pendingZero = written !== ''
      continue
    }
    written += `${pendingZero ? '零' : ''}${digit(d)}${PLACES[place]}`
    pendingZero = false
  }
  return written
}

/** High part, its unit, and a low part of `lowSize` places; 零 bridges the gap when the low part does not fill them. */
function join(high: string, unit: string, low: string, lowValue: number, lowSize: number): string {
  if (high === '') return low
  if (low === '') return high + unit
  return `${high}${unit}${lowValue < lowSize / 10 ? '零' : ''}${low}`
}

function integerInCapitals(yuan: number): string {
  const underWan = (value: number) =>
    join(section(Math.floor(value / 1e4)), '万', section(value % 1e4), value % 1e4, 1e4)
  return join(underWan(Math.floor(yuan / 1e8)), '亿', underWan(yuan % 1e8), yuan % 1e8, 1e8)
}

/**
 * An amount as bills and slips carry it: 1409.50 yuan → 人民币壹仟肆佰零玖元伍角. Nothing is 人民币零元整; a negative amount
 * (a refund or shortage on a report) has 负 before its digits.
 * @param amount fen, size at most `MAX_CAPITALS_FEN`
 * @throws RangeError beyond that
 */
export function amountInCapitals(amount: Fen): string {
  const size = Math.abs(amount)
  if (!Number.isSafeInteger(amount) || size > MAX_CAPITALS_FEN)
    throw new RangeError(`${amount} fen cannot be written in capitals`)
  const sign = amount < 0 ? '负' : ''
  const yuan = Math.floor(size / 100)
  const [jiao, cents] = [Math.floor(size / 10) % 10, size % 10]
  const integer = integerInCapitals(yuan)
  if (jiao === 0 && cents === 0) return `人民币${sign}${integer || '零'}元整`

  // 零 after 元 stands for a missing 角, and for a 元 place of zero before a 角.
  const gap = integer !== '' && (jiao === 0 || yuan % 10 === 0) ? '零' : ''
  return `人民币${sign}${integer === '' ? '' : `${integer}元`}${gap}${jiao === 0 ? '' : `${digit(jiao)}角`}${
    cents === 0 ? '' : `${digit(cents)}分`
  }`
}

/**
 * A date in capitals: 2026-01-15 → 贰零贰陆年零壹月壹拾伍日. Months 1, 2, 10 and days 1–9, 10, 20, 30 get 零 in front, so that
 * nothing can be written before them.
 */
export function dateInCapitals(date: BusinessDate): string {
  const { year, month, day } = dateParts(date)
  const years = [...String(year).padStart(4, '0')].map((d) => digit(Number(d))).join('')
  const monthZero = month === 1 || month === 2 || month === 10 ? '零' : ''
  const dayZero = day < 10 || day % 10 === 0 ? '零' : ''
  return `${years}年${monthZero}${section(month)}月${dayZero}${section(day)}日`
}
