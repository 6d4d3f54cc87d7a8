import { expect, test } from 'vitest'
import { businessDate } from '../../src-main/platform/dates.ts'
import { readDate, readDateTime, readTimeOfDay } from '../../src-renderer/components/typed-date.ts'

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

test('what is no date is not guessed at', () => {
  for (const way of ['', '2026', '0230', '20261301', '2026-02-30', '102', '明天', '2026-11', '1-2-3-4']) {
    expect(readDate(way, today), way).toBe(null)
  }
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
