import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, businessDate, daysBetween, fromDayNumber, type BusinessDate } from '../../src-main/platform/dates.ts'
import {
  abnormalUse,
  arrearsBand,
  arrearsBands,
  before,
  change,
  dueDatesOf,
  dueOn,
  periodKinds,
  periodLabel,
  periodOf,
  periodsOver,
  shifted,
  trendKey,
  trendSteps,
  usualPerDay,
  yearAgo,
  type UsePast,
} from '../../src-main/reports/rules.ts'
import type { ReportSection } from '../../src-main/reports/report.ts'
import { sectionView } from '../../src-main/reports/view.ts'

const day = (text: string): BusinessDate => businessDate(text)
const dates = fc.integer({ min: 10_957, max: 32_872 }).map(fromDayNumber)
const kinds = fc.constantFrom(...periodKinds)

describe('a period', () => {
  test('holds its day, follows on the one before without gap or overlap, and goes back by as many steps as forward', () => {
    fc.assert(
      fc.property(kinds, dates, fc.integer({ min: -40, max: 40 }), (kind, date, steps) => {
        const period = periodOf(kind, date)
        expect(period.from <= date && date <= period.to).toBe(true)
        expect(addDays(before(period).to, 1)).toBe(period.from)
        expect(shifted(shifted(period, steps), -steps)).toEqual(period)
        expect(periodOf(kind, period.to)).toEqual(period)
      }),
    )
  })
  test('is cut into steps that hold each of its days once', () => {
    fc.assert(
      fc.property(kinds, dates, (kind, date) => {
        const period = periodOf(kind, date)
        const keys = trendSteps(period).map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        for (let one = period.from; one <= period.to; one = addDays(one, 1)) {
          expect(keys).toContain(trendKey(kind, one).key)
        }
      }),
      { numRuns: 30 },
    )
  })
  test('is named as people name it', () => {
    const labels = periodKinds.map((kind) => periodLabel(periodOf(kind, day('2026-11-23'))))
    expect(labels).toEqual(['2026年11月23日', '2026年11月23日至29日', '2026年11月', '2026年第4季度', '2026年'])
    const week = (date: string) => periodLabel(periodOf('week', day(date)))
    expect([week('2026-11-22'), week('2026-12-06'), week('2027-01-01')]).toEqual([
      '2026年11月16日至22日',
      '2026年11月30日至12月6日',
      '2026年12月28日至2027年1月3日',
    ])
    expect(periodOf('quarter', day('2026-11-23'))).toEqual({ kind: 'quarter', from: '2026-10-01', to: '2026-12-31' })
  })
  test('of 29 February compares with the 28th of the year before', () => {
    expect(yearAgo(periodOf('day', day('2028-02-29'))).from).toBe('2027-02-28')
    expect(yearAgo(periodOf('month', day('2028-02-29')))).toEqual({
      kind: 'month',
      from: '2027-02-01',
      to: '2027-02-28',
    })
  })
})

describe('a week', () => {
  test('begins on Monday, whatever day it is asked by, and is cut by its days', () => {
    const week = periodOf('week', day('2026-11-29'))
    expect(week).toEqual({ kind: 'week', from: '2026-11-23', to: '2026-11-29' })
    expect(trendSteps(week).map(({ label }) => label)).toEqual([
      '周一 11月23日',
      '周二 11月24日',
      '周三 11月25日',
      '周四 11月26日',
      '周五 11月27日',
      '周六 11月28日',
      '周日 11月29日',
    ])
  })
  test('compares with the one 52 weeks before, day by day of the week', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const week = periodOf('week', date)
        expect(daysBetween(yearAgo(week).from, week.from)).toBe(364)
        expect(trendSteps(yearAgo(week)).map(({ key }) => key)).toEqual(trendSteps(week).map(({ key }) => key))
      }),
    )
  })
})

describe('comparison', () => {
  test('never divides by nothing', () => {
    expect(change(5, 0)).toEqual({ difference: 5, percent: null })
    expect(change(0, 0)).toEqual({ difference: 0, percent: null })
    expect(change(150, 100)).toEqual({ difference: 50, percent: 5_000 })
    expect(change(-50, -100)).toEqual({ difference: 50, percent: 5_000 })
  })
  test('gives back the figure from difference and earlier figure', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (now, b) => {
        const { difference, percent } = change(now, b)
        expect(difference + b).toBe(now)
        expect(percent === null).toBe(b === 0)
        expect(Number.isNaN(percent)).toBe(false)
      }),
    )
  })
})

describe('submission', () => {
  const days = { day: 1, week: 2, month: 5, quarter: 10, year: 20 }
  test('is due so many days after the period', () => {
    expect(dueOn(periodOf('month', day('2026-11-23')), days)).toBe('2026-12-05')
    expect(dueOn(periodOf('year', day('2026-11-23')), days)).toBe('2027-01-20')
  })
  test('is owed for every period that is over since the hall began, and for none that runs', () => {
    const over = periodsOver('month', day('2026-09-10'), day('2026-11-30'))
    expect(over.map(({ from }) => from)).toEqual(['2026-10-01', '2026-09-01'])
    expect(periodsOver('day', day('2026-11-30'), day('2026-11-30'))).toEqual([])
  })
})

describe('the age of a debt', () => {
  test.each([
    [0, 'not-due'],
    [-5, 'not-due'],
    [1, '30'],
    [30, '30'],
    [31, '60'],
    [90, '90'],
    [180, '180'],
    [365, '365'],
    [366, 'older'],
  ] as const)('of %i days is %s', (days, band) => {
    expect(arrearsBand(addDays(day('2026-11-23'), -days), day('2026-11-23'))).toBe(band)
  })
  test('and the due dates of a band are the same law read backwards', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -400, max: 800 }), (on, days) => {
        const due = addDays(on, -days)
        const holding = arrearsBands.filter((band) => {
          const { first, last } = dueDatesOf(band, on)
          return first <= due && due <= last
        })
        expect(holding).toEqual([arrearsBand(due, on)])
      }),
    )
  })
})

describe('abnormal use', () => {
  const limits = { zeroMonths: 3, risePercent: 200, fallPercent: 30, leastVolume: 10_000 }
  /** Readings two months apart, the newest first; litres. */
  const readings = (...litres: number[]): [UsePast, UsePast[]] => {
    const all = litres.map((consumption, i): UsePast => ({
      readOn: addDays(day('2026-11-01'), -60 * i),
      previousOn: addDays(day('2026-11-01'), -60 * (i + 1)),
      consumption,
    }))
    const [now, ...past] = all
    if (!now) throw new Error('no reading')
    return [now, past]
  }
  test('is nothing used for so many months together', () => {
    expect(abnormalUse(...readings(0, 0, 30_000), limits)).toBe('zero')
    expect(abnormalUse(...readings(0, 30_000), limits)).toBe('fall')
    expect(abnormalUse(...readings(0), limits)).toBeNull()
  })
  test('is a sudden rise or fall against the own history', () => {
    expect(abnormalUse(...readings(60_000, 30_000, 30_000, 30_000), limits)).toBe('rise')
    expect(abnormalUse(...readings(59_000, 30_000, 30_000, 30_000), limits)).toBeNull()
    expect(abnormalUse(...readings(9_000, 30_000, 30_000), limits)).toBe('fall')
    expect(abnormalUse(...readings(10_000, 30_000, 30_000), limits)).toBeNull()
  })
  test('is judged by the same season where there is one: a winter that heats is no rise', () => {
    const [now, past] = readings(90_000, 30_000, 10_000, 10_000, 20_000, 60_000, 88_000)
    expect(daysBetween(past[5]?.readOn ?? now.readOn, now.readOn)).toBe(360)
    expect(usualPerDay(now, past)).toBe(88_000 / 60)
    expect(abnormalUse(now, past, limits)).toBeNull()
  })
  test('is nothing where both are next to nothing, or without history', () => {
    expect(abnormalUse(...readings(9_000, 1_000), limits)).toBeNull()
    expect(abnormalUse(...readings(900_000), limits)).toBeNull()
  })
})

test('a row that always stands keeps its words when only an earlier period has something for it', () => {
  const section: ReportSection = {
    id: 'class',
    title: '按类别',
    columns: [
      { key: 'class', label: '类别', kind: 'text' },
      { key: 'total', label: '受理', kind: 'count' },
    ],
    fixed: () => [{ key: 'attitude', cells: { class: '服务态度', total: 0 } }],
    compare: { column: 'total' },
  }
  const { rows } = sectionView(section, periodOf('week', businessDate('2026-11-30')), {
    now: [],
    // As it is gathered: the words stand in the fixed rows alone.
    previous: [{ key: 'attitude', cells: { total: 2 } }],
    yearAgo: [],
  })
  expect(rows.map(({ cells }) => cells)).toEqual([
    expect.objectContaining({ class: '服务态度', total: 0, 'previous:value': 2, 'previous:difference': -2 }),
  ])
})
