import { expect, test } from 'vitest'
import { DateOnly } from '../../src-main/platform/contract.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import {
  dateProblem,
  dateTimeProblem,
  readDate,
  readDateTime,
  readMonthDay,
  readTimeOfDay,
} from '../../src-renderer/components/typed-date.ts'

const today = businessDate('2026-11-29')

test('a date is taken however it is typed', () => {
  const ways = [
    '2026-01-02',
    '2026-1-2',
    '2026/1/2',
    '2026.01.02',
    '2026年1月2日',
    '20260102',
    '260102',
    '26-1-2',
    '２０２６０１０２',
  ]
  for (const way of ways) expect(readDate(way, today), way).toBe('2026-01-02')
})

test('a date without a year is of this year', () => {
  for (const way of ['0102', '1-2', '1/2', '01.02', '1月2日']) expect(readDate(way, today), way).toBe('2026-01-02')
})

test('a day of every year is typed in the same ways', () => {
  for (const way of ['0102', '1-2', '1/2', '01.02', '1月2日', '01-02', '2025-1-2', '20250102'])
    expect(readMonthDay(way, today), way).toBe('01-02')
  for (const way of ['', '13-45', '0230', '2024-02-29', 'JM-20']) expect(readMonthDay(way, today), way).toBe(null)
})

test('what is no date is not guessed at', () => {
  for (const way of ['', '2026', '0230', '20261301', '2026-02-30', '102', '明天', '2026-11', '1-2-3-4']) {
    expect(readDate(way, today), way).toBe(null)
  }
})

test('a day that does not exist is told apart from one that is written wrongly', () => {
  for (const way of ['2026-02-30', '20260230', '2026/2/30', '0230', '2月30日'])
    expect(dateProblem(way, today), way).toBe('没有 2026-02-30 这一天，请核对日期')
  for (const way of ['明天', '102', '2026-11', '1-2-3-4']) expect(dateProblem(way, today), way).toContain('应写成')
  expect(dateTimeProblem('2026-02-30 09:00', today)).toBe('没有 2026-02-30 这一天，请核对日期')
  expect(dateTimeProblem('2026-11-23 25:00', today)).toBe('没有 25:00 这个时刻，请核对时间')
  for (const way of ['明天上午', '2026-11-23', '2026-11-23 9'])
    expect(dateTimeProblem(way, today), way).toContain('应写成')
  // The call says the same of what a form hands on as it was typed.
  const told = (date: unknown) => DateOnly.safeParse(date).error?.issues[0]?.message
  expect(told('2026-02-30')).toBe('没有 2026-02-30 这一天，请核对日期')
  expect(told('明天')).toBe('日期应写成 2026-11-23 的样子')
})

test('times of day and dates with one', () => {
  for (const way of ['8:30', '08:30', '0830', '830', '8点30分', '８：３０'])
    expect(readTimeOfDay(way), way).toBe('08:30')
  expect(readTimeOfDay('8点')).toBe('08:00')
  for (const way of ['24:00', '8', '08:60', '860']) expect(readTimeOfDay(way), way).toBe(null)
  for (const way of ['2026-01-02 8:30', '20260102 0830', '0102 08:30', '2026-01-02T08:30']) {
    expect(readDateTime(way, today), way).toBe('2026-01-02 08:30')
  }
  expect(readDateTime('8:30', today)).toBe('2026-11-29 08:30')
  // Four digits alone may be a day as well as a time.
  expect(readDateTime('0830', today)).toBe(null)
})
