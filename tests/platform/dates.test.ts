import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  businessDate,
  dateParts,
  dayNumber,
  daysBetween,
  endOfMonth,
  formatChineseDate,
  formatInstant,
  formatWeekday,
  fromDayNumber,
  isBusinessDate,
  instantsOf,
  isMonthDay,
  mondayOf,
  monthDay,
  onMonthDay,
  shanghaiDate,
  shanghaiTime,
  startOfDay,
  startOfMonth,
  weekday,
} from '../../src-main/platform/dates.ts'

/** 0001-01-01 to 9999-12-31 */
const anyDay = fc.integer({ min: -719_162, max: 2_932_896 })
const date = businessDate

describe('days', () => {
  test('agree with the calendar of the language for every day of the years 1900 to 2199', () => {
    for (let day = -25_567; day < 84_006; day += 1) {
      const iso = new Date(day * 86_400_000).toISOString().slice(0, 10)
      if (fromDayNumber(day) !== iso || dayNumber(date(iso)) !== day) throw new Error(iso)
    }
  })

  test('stand in weeks that begin on Monday, and have the names people call them by', () => {
    expect(mondayOf(date('2026-11-23'))).toBe('2026-11-23')
    expect(mondayOf(date('2026-11-29'))).toBe('2026-11-23')
    expect(mondayOf(date('1969-12-31'))).toBe('1969-12-29')
    expect(formatWeekday(date('2026-11-23'))).toBe('周一')
    expect(formatWeekday(date('2026-11-29'))).toBe('周日')
    fc.assert(fc.property(anyDay, (day) => weekday(fromDayNumber(day)) === new Date(day * 86_400_000).getUTCDay()))
  })

  test('of a span reach from the midnight before the first to the one after the last', () => {
    expect(instantsOf({ from: date('2026-12-31'), to: date('2027-01-01') })).toEqual({
      from: Date.parse('2026-12-31T00:00:00+08:00'),
      before: Date.parse('2027-01-02T00:00:00+08:00'),
    })
  })

  test('number and date are inverse, and later days sort later as text', () => {
    fc.assert(fc.property(anyDay, (day) => dayNumber(fromDayNumber(day)) === day))
    fc.assert(fc.property(anyDay, anyDay, (a, b) => a < b === fromDayNumber(a) < fromDayNumber(b)))
  })

  test('adding days and counting them are inverse', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 80_000 }), fc.integer({ min: -9000, max: 9000 }), (start, days) => {
        const from = fromDayNumber(start)
        expect(daysBetween(from, addDays(from, days))).toBe(days)
      }),
    )
  })

  test('leap years', () => {
    expect(addDays(date('2024-02-28'), 1)).toBe('2024-02-29')
    expect(addDays(date('2026-02-28'), 1)).toBe('2026-03-01')
    expect(daysBetween(date('2023-09-01'), date('2024-09-01'))).toBe(366)
    expect(isBusinessDate('2100-02-29')).toBe(false)
    expect(isBusinessDate('2000-02-29')).toBe(true)
  })

  test.each([
    '',
    '2026-13-01',
    '2026-00-10',
    '2026-02-30',
    '2026-1-05',
    '2026/01/05',
    '20260105',
    '2026-11-23T00:00',
    '0000-01-01',
    ' 2026-11-23',
  ])('%j is no date', (text) => {
    expect(isBusinessDate(text)).toBe(false)
    expect(() => date(text)).toThrow(RangeError)
  })

  test('the same day months later, or the last one that month has', () => {
    expect(addMonths(date('2026-01-31'), 1)).toBe('2026-02-28')
    expect(addMonths(date('2024-01-31'), 1)).toBe('2024-02-29')
    expect(addMonths(date('2026-11-23'), 2)).toBe('2027-01-23')
    expect(addMonths(date('2026-01-15'), -1)).toBe('2025-12-15')
    expect(startOfMonth(date('2024-02-11'))).toBe('2024-02-01')
    expect(endOfMonth(date('2024-02-11'))).toBe('2024-02-29')
  })

  test('a day of every year is never 29 February', () => {
    expect(isMonthDay('09-01')).toBe(true)
    expect(isMonthDay('02-29')).toBe(false)
    expect(() => monthDay('02-29')).toThrow(RangeError)
    expect(onMonthDay(2026, monthDay('09-01'))).toBe('2026-09-01')
  })
})

describe('the local time of the hall', () => {
  test('midnight in Shanghai is 16:00 UTC the day before, whatever zone the PC is in', () => {
    expect(shanghaiDate(Date.parse('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22')
    expect(shanghaiDate(Date.parse('2026-11-22T16:00:00.000Z'))).toBe('2026-11-23')
    expect(startOfDay(date('2026-11-23'))).toBe(Date.parse('2026-11-22T16:00:00Z'))
    expect(shanghaiTime(Date.parse('2026-11-23T00:05:07Z'))).toEqual({
      date: '2026-11-23',
      hour: 8,
      minute: 5,
      second: 7,
    })
    expect(formatInstant(Date.parse('2026-11-23T00:05:07Z'))).toBe('2026-11-23 08:05')
  })

  test('agrees with the time zone database for every instant since 1992', () => {
    const reference = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'short',
    })
    fc.assert(
      fc.property(fc.integer({ min: Date.parse('1992-01-01'), max: Date.parse('2100-01-01') }), (instant) => {
        expect(formatInstant(instant)).toBe(reference.format(instant))
      }),
    )
  })

  test('a day begins at its own start and ends before the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 80_000 }), (day) => {
        const today = fromDayNumber(day)
        expect(shanghaiDate(startOfDay(today))).toBe(today)
        expect(shanghaiDate(startOfDay(today) + 86_399_999)).toBe(today)
      }),
    )
  })

  test('dates as papers carry them', () => {
    expect(formatChineseDate(date('2026-01-05'))).toBe('2026年1月5日')
    expect(dateParts(date('2026-11-23'))).toEqual({ year: 2026, month: 11, day: 23 })
  })
})
