import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  billProblems,
  computeBill,
  daysOverdue,
  dueDate,
  lateFee,
  neverOwedAfter,
  type Bill,
  type BillInput,
  type LateFeeInput,
} from '../../src-main/billing/rules.ts'
import { addDays, businessDate, daysBetween, type BusinessDate } from '../../src-main/platform/dates.ts'
import {
  cubicMetres,
  fen,
  formatYuan,
  litre,
  multiply,
  sum,
  unitPrice,
  type Litre,
} from '../../src-main/platform/money.ts'
import {
  city345,
  guangzhouOptionOne,
  nonResident417,
  seasonalBoiler,
  shanghai2014,
} from '../../src-main/tariffs/examples.ts'
import { cycleContaining, type PricePlan, type PriceVersion } from '../../src-main/tariffs/rules.ts'

const date = businessDate
const used = (...cycles: [string, number][]): Map<BusinessDate, Litre> =>
  new Map(cycles.map(([cycle, m3]) => [date(cycle), cubicMetres(m3)]))

const bill = (previousReadOn: string, readOn: string, m3: number, more: Partial<BillInput> = {}): Bill =>
  computeBill({
    previousReadOn: date(previousReadOn),
    readOn: date(readOn),
    consumption: cubicMetres(m3),
    plan: shanghai2014,
    household: { persons: 3 },
    usedInCycle: new Map(),
    priceChange: 'readingDate',
    ...more,
  })
const shown = ({ lines }: Bill) =>
  lines.map((l) => [l.cycleStart, l.tier, l.firstDay, l.lastDay, l.days, l.volume / 1000, formatYuan(l.amount)])

/** The plan with a second version from a day on, each price raised by so many fen. */
function dearerFrom(plan: PricePlan, effectiveFrom: string, fenMore: number): PricePlan {
  const [first] = plan.versions
  if (first?.kind !== 'tiered') throw new Error(plan.id)
  const raised: PriceVersion = {
    ...first,
    id: 'raised',
    effectiveFrom: date(effectiveFrom),
    tiers: first.tiers.map((tier) => ({ ...tier, price: unitPrice(tier.price + fenMore * 100) })),
  }
  return { ...plan, versions: [first, raised] }
}

describe('a bill', () => {
  test('that crosses a tier shows a line for each, with version, cycle and days', () => {
    const made = bill('2026-09-20', '2026-11-19', 60, { usedInCycle: used(['2026-09-01', 300]) })
    expect(made.lines).toMatchObject([
      { versionId: 'example-shanghai-2014-09', cycleStart: '2026-09-01', tier: 1, from: 300_000, to: 310_000 },
      { versionId: 'example-shanghai-2014-09', cycleStart: '2026-09-01', tier: 2, from: 310_000, to: 360_000 },
    ])
    expect(made.lines.map((line) => line.days)).toEqual([60, 60])
    expect(formatYuan(made.total)).toBe('195.00') // 10 × 3.00 + 50 × 3.30
    expect(made.usage).toEqual([{ cycleStart: '2026-09-01', volume: 60_000 }])
  })

  test('counts the running total of the household, whichever meter used it', () => {
    // 200 m³ through the old meter, 100 through the new one: the next 20 cross the limit of 310.
    const made = bill('2026-10-01', '2026-11-01', 20, { usedInCycle: used(['2026-09-01', 200 + 100]) })
    expect(made.lines.map((line) => line.tier)).toEqual([1, 2])
  })

  test('of a large household has its wider tiers', () => {
    const made = bill('2026-09-20', '2026-11-19', 600, { household: { persons: 5 } })
    expect(formatYuan(made.total)).toBe('1,842.00')
  })

  test('of no gas has no line and costs nothing, but belongs to its cycle', () => {
    expect(bill('2026-09-20', '2026-11-19', 0)).toEqual({
      lines: [],
      total: 0,
      usage: [{ cycleStart: '2026-09-01', volume: 0 }],
    })
  })

  test('of a second reading on the same day charges all of it to that day', () => {
    expect(shown(bill('2026-11-19', '2026-11-19', 5))).toEqual([
      ['2026-09-01', 1, '2026-11-19', '2026-11-19', 0, 5, '15.00'],
    ])
  })
})

describe('the end of a tier cycle inside a bill', () => {
  test('splits the gas by days; the new cycle starts from nothing', () => {
    // 12 days of August, 18 of September; the old cycle is already in its third tier.
    const made = bill('2026-08-19', '2026-09-18', 30, { usedInCycle: used(['2025-09-01', 600]) })
    expect(shown(made)).toEqual([
      ['2025-09-01', 3, '2026-08-20', '2026-08-31', 12, 12, '50.40'],
      ['2026-09-01', 1, '2026-09-01', '2026-09-18', 18, 18, '54.00'],
    ])
    expect(formatYuan(made.total)).toBe('104.40')
    expect(made.usage).toEqual([
      { cycleStart: '2025-09-01', volume: 12_000 },
      { cycleStart: '2026-09-01', volume: 18_000 },
    ])
  })

  test('a reading on the last day of the cycle stays in it, one on the first day gives that day to the new one', () => {
    expect(shown(bill('2026-08-21', '2026-08-31', 10)).map(([cycle]) => cycle)).toEqual(['2025-09-01'])
    expect(shown(bill('2026-08-22', '2026-09-01', 10))).toEqual([
      ['2025-09-01', 1, '2026-08-23', '2026-08-31', 9, 9, '27.00'],
      ['2026-09-01', 1, '2026-09-01', '2026-09-01', 1, 1, '3.00'],
    ])
    expect(shown(bill('2026-08-31', '2026-09-10', 10)).map(([cycle]) => cycle)).toEqual(['2026-09-01'])
  })

  test('several years without a reading are shared out over their cycles', () => {
    const made = bill('2024-08-31', '2026-08-31', 730)
    expect(made.usage).toEqual([
      { cycleStart: '2024-09-01', volume: 365_000 },
      { cycleStart: '2025-09-01', volume: 365_000 },
    ])
  })

  test('changes nothing where the price has no tiers', () => {
    const made = bill('2025-12-15', '2026-01-14', 31, { plan: nonResident417 })
    expect(shown(made)).toEqual([['2026-01-01', 0, '2025-12-16', '2026-01-14', 30, 31, '129.27']])
  })
})

describe('a price that changes between two readings', () => {
  const plan = dearerFrom(city345, '2026-07-01', 10)
  // 10 days of June, 20 of July.
  const across = { plan, usedInCycle: used(['2026-01-01', 300]) }

  test('by reading date: all of it at the price in force on the reading day', () => {
    const made = bill('2026-06-20', '2026-07-20', 30, across)
    expect(made.lines.map(({ versionId, tier, volume, price }) => [versionId, tier, volume, price])).toEqual([
      ['raised', 1, 20_000, 35_500],
      ['raised', 2, 10_000, 42_400],
    ])
    const before = bill('2026-05-31', '2026-06-30', 30, across)
    expect(before.lines.every((line) => line.versionId === 'example-city-345-2016')).toBe(true)
  })

  test('split by days: each price for its days, and the tiers count on through', () => {
    const made = bill('2026-06-20', '2026-07-20', 30, { ...across, priceChange: 'splitByDays' })
    expect(
      made.lines.map(({ versionId, tier, days, volume, price }) => [versionId, tier, days, volume, price]),
    ).toEqual([
      ['example-city-345-2016', 1, 10, 10_000, 34_500],
      ['raised', 1, 20, 10_000, 35_500],
      ['raised', 2, 20, 10_000, 42_400],
    ])
    expect(made.usage).toEqual([{ cycleStart: '2026-01-01', volume: 30_000 }])
  })

  test('and a cycle that ends in the same bill: both cuts are made', () => {
    const made = bill('2025-12-21', '2026-01-20', 30, {
      plan: dearerFrom(guangzhouOptionOne, '2026-01-11', 10),
      priceChange: 'splitByDays',
    })
    expect(made.lines.map((line) => [line.cycleStart, line.versionId, line.days, line.volume])).toEqual([
      ['2025-01-01', 'example-guangzhou-1-2016', 10, 10_000],
      ['2026-01-01', 'example-guangzhou-1-2016', 10, 10_000],
      ['2026-01-01', 'raised', 10, 10_000],
    ])
  })

  test('seasons: by reading date the season of that day, split by days each its own', () => {
    const winterEnd = { plan: seasonalBoiler }
    expect(bill('2026-02-18', '2026-03-20', 300, winterEnd).lines).toMatchObject([
      { season: '非冬季', volume: 300_000 },
    ])
    expect(bill('2026-02-18', '2026-03-20', 300, { ...winterEnd, priceChange: 'splitByDays' }).lines).toMatchObject([
      { season: '冬季', days: 10, volume: 100_000, amount: 45_000 },
      { season: '非冬季', days: 20, volume: 200_000, amount: 78_000 },
    ])
  })

  test('a new version of a flat price', () => {
    const [flat] = nonResident417.versions
    if (flat?.kind !== 'flat') throw new Error('flat')
    const raised = { ...flat, id: 'raised', effectiveFrom: date('2026-07-01'), price: unitPrice(43_000) }
    const made = bill('2026-06-20', '2026-07-20', 30, {
      plan: { ...nonResident417, versions: [flat, raised] },
      priceChange: 'splitByDays',
    })
    expect(made.lines.map((line) => [line.versionId, line.volume])).toEqual([
      ['example-non-resident-417-2018', 10_000],
      ['raised', 20_000],
    ])
  })
})

describe('what cannot be billed', () => {
  const input: BillInput = {
    previousReadOn: date('2026-09-20'),
    readOn: date('2026-11-19'),
    consumption: cubicMetres(60),
    plan: shanghai2014,
    household: { persons: 3 },
    usedInCycle: new Map(),
    priceChange: 'readingDate',
  }

  test.each<[string, Partial<BillInput>, string]>([
    ['a reading before the last', { readOn: date('2026-09-19') }, '早于上次抄表日期'],
    ['negative gas', { consumption: litre(-1) }, '用气量不能为负数'],
    ['a day before any price', { previousReadOn: date('2013-01-01'), readOn: date('2013-02-01') }, '还没有生效的价格'],
    ['a broken plan', { plan: { ...shanghai2014, versions: [] } }, '至少需要一个价格版本'],
  ])('%s', (_, change, reason) => {
    expect(billProblems({ ...input, ...change }).join('；')).toContain(reason)
    expect(() => computeBill({ ...input, ...change })).toThrow(reason)
  })

  test('days before the first price matter only where each day has its own', () => {
    const early = { ...input, previousReadOn: date('2014-08-20'), readOn: date('2014-09-20') }
    expect(billProblems(early)).toEqual([])
    expect(billProblems({ ...early, priceChange: 'splitByDays' })).toHaveLength(1)
  })
})

describe('whatever is read', () => {
  const plans = fc.constantFrom(
    shanghai2014,
    dearerFrom(city345, '2025-10-17', 7),
    dearerFrom(shanghai2014, '2025-09-01', 20),
    nonResident417,
    seasonalBoiler,
  )
  const reading = fc.record({
    plan: plans,
    start: fc.integer({ min: 0, max: 1200 }).map((n) => addDays(date('2023-06-01'), n)),
    days: fc.integer({ min: 0, max: 900 }),
    consumption: fc.integer({ min: 0, max: 3_000_000 }).map(litre),
    persons: fc.integer({ min: 1, max: 9 }),
    priceChange: fc.constantFrom<BillInput['priceChange']>('readingDate', 'splitByDays'),
  })

  test('the lines add up to the gas and to the total, and lie inside the days of the reading', () => {
    fc.assert(
      fc.property(reading, ({ plan, start, days, consumption, persons, priceChange }) => {
        const readOn = addDays(start, days)
        const made = computeBill({
          previousReadOn: start,
          readOn,
          consumption,
          plan,
          household: { persons },
          usedInCycle: new Map(),
          priceChange,
        })
        expect(sum(made.lines.map((line) => line.volume))).toBe(consumption)
        expect(sum(made.usage.map(({ volume }) => volume))).toBe(consumption)
        expect(sum(made.lines.map((line) => line.amount))).toBe(made.total)
        for (const line of made.lines) {
          expect(line.amount).toBe(multiply(line.volume, line.price))
          expect(line.firstDay > start || days === 0).toBe(true)
          expect(line.lastDay <= readOn && line.firstDay <= line.lastDay).toBe(true)
          expect(line.cycleStart).toBe(cycleContaining(line.lastDay, plan.cycleStart).firstDay)
          expect(line.days).toBe(days === 0 ? 0 : daysBetween(line.firstDay, line.lastDay) + 1)
        }
      }),
    )
  })

  /** Readings of one cycle billed one after the other, as months go by. */
  const billInParts = (parts: readonly Litre[]): Bill[] => {
    const usedInCycle = new Map<BusinessDate, Litre>()
    return parts.map((consumption, i) => {
      const previousReadOn = addDays(date('2026-09-01'), i * 20)
      const made = computeBill({
        previousReadOn,
        readOn: addDays(previousReadOn, 20),
        consumption,
        plan: shanghai2014,
        household: { persons: 3 },
        usedInCycle,
        priceChange: 'splitByDays',
      })
      for (const { cycleStart, volume } of made.usage)
        usedInCycle.set(cycleStart, litre((usedInCycle.get(cycleStart) ?? 0) + volume))
      return made
    })
  }

  test('reading a household more often costs it exactly the same, in whole cubic metres at prices in whole fen', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { minLength: 1, maxLength: 15 }), (parts) => {
        const often = sum(billInParts(parts.map(cubicMetres)).map(({ total }) => total))
        const [once] = billInParts([cubicMetres(parts.reduce((a, b) => a + b, 0))])
        expect(often).toBe(once?.total)
      }),
    )
  })

  test('in litres the difference is at most half a fen for each line of both', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200_000), { minLength: 1, maxLength: 15 }), (parts) => {
        const bills = billInParts(parts.map(litre))
        const [once] = billInParts([litre(parts.reduce((a, b) => a + b, 0))])
        const lines = bills.reduce((n, { lines }) => n + lines.length, once?.lines.length ?? 0)
        expect(Math.abs(sum(bills.map(({ total }) => total)) - (once?.total ?? 0)) * 2).toBeLessThanOrEqual(lines)
      }),
    )
  })
})

describe('the due date', () => {
  test('so many days after issue, or a day of the next month', () => {
    expect(dueDate(date('2026-11-23'), { kind: 'daysAfterIssue', days: 30 })).toBe('2026-12-23')
    expect(dueDate(date('2026-11-23'), { kind: 'dayOfNextMonth', day: 20 })).toBe('2026-12-20')
    expect(dueDate(date('2026-12-31'), { kind: 'dayOfNextMonth', day: 20 })).toBe('2027-01-20')
    expect(dueDate(date('2027-01-31'), { kind: 'dayOfNextMonth', day: 31 })).toBe('2027-02-28')
  })

  test('is the last day on which nothing is overdue', () => {
    expect(daysOverdue(date('2026-12-23'), date('2026-12-23'))).toBe(0)
    expect(daysOverdue(date('2026-12-23'), date('2026-12-24'))).toBe(1)
    expect(daysOverdue(date('2026-12-23'), date('2026-11-01'))).toBe(0)
  })
})

describe('违约金', () => {
  const debt: LateFeeInput = {
    outstanding: fen(10_000),
    dueDate: date('2026-11-01'),
    on: date('2026-11-11'),
    ratePpmPerDay: 3000,
    graceDays: 0,
    startFrom: 'dueDate',
  }

  test('100.00 at 3‰ for 10 days are 3.00 (domain.md §3)', () => {
    expect(formatYuan(lateFee(debt))).toBe('3.00')
  })

  describe('what was never owed of it (退补)', () => {
    const part = fc.record({
      amount: fc.integer({ min: 0, max: 50_000 }).map(fen),
      on: fc.integer({ min: -20, max: 60 }).map((days) => addDays(date('2026-11-01'), days)),
    })
    const on = date('2027-01-15')

    test('the parts that were paid last were too much: what was paid in time was owed first', () => {
      const paid = [
        { amount: fen(3_000), on: date('2026-11-11') },
        { amount: fen(7_000), on: date('2026-10-20') },
      ]
      const late = { ...debt, outstanding: fen(0), paid, on }
      expect(lateFee(late)).toBe(90)
      expect(lateFee({ ...late, neverOwed: fen(3_000) })).toBe(0)
      expect(lateFee({ ...late, neverOwed: fen(1_000) })).toBe(60)
    })

    test('never more than before, never less than nothing, nothing once all of it was too much', () => {
      fc.assert(
        fc.property(fc.array(part, { maxLength: 6 }), part, fc.nat({ max: 300_000 }), (paid, { amount }, off) => {
          const whole = { ...debt, outstanding: amount, paid, on, capRatioPpm: 200_000 }
          const all = paid.reduce((total, one) => total + one.amount, amount as number)
          const less = lateFee({ ...whole, neverOwed: fen(off) })
          expect(less).toBeGreaterThanOrEqual(0)
          expect(less).toBeLessThanOrEqual(lateFee(whole))
          if (off >= all) expect(less).toBe(0)
          // The order in which the parts are told says nothing.
          expect(lateFee({ ...whole, paid: paid.toReversed(), neverOwed: fen(off) })).toBe(less)
        }),
      )
    })

    test('gas that a correction had charged goes back before that of the bill', () => {
      expect(neverOwedAfter([])).toBe(0)
      expect(neverOwedAfter([-300, -200])).toBe(500)
      expect(neverOwedAfter([400, -300])).toBe(0)
      expect(neverOwedAfter([400, -600])).toBe(200)
      // Charged anew it is a bill of its own, with a day to pay of its own.
      expect(neverOwedAfter([-300, 300])).toBe(300)
    })
  })

  test('nothing on the due date, one day on the next', () => {
    expect(lateFee({ ...debt, on: date('2026-11-01') })).toBe(0)
    expect(lateFee({ ...debt, on: date('2026-10-01') })).toBe(0)
    expect(lateFee({ ...debt, on: date('2026-11-02') })).toBe(30)
  })

  test('paid within the grace costs nothing; after it every day counts', () => {
    expect(lateFee({ ...debt, graceDays: 7, on: date('2026-11-08') })).toBe(0)
    expect(lateFee({ ...debt, graceDays: 7, on: date('2026-11-09') })).toBe(240)
  })

  test('from a reminder: none before it was served, and never before the due date', () => {
    const reminded = { ...debt, startFrom: 'noticeDate' as const }
    expect(lateFee(reminded)).toBe(0)
    expect(lateFee({ ...reminded, noticeDate: null })).toBe(0)
    expect(lateFee({ ...reminded, noticeDate: date('2026-11-06') })).toBe(150)
    expect(lateFee({ ...reminded, noticeDate: date('2026-10-20') })).toBe(300)
  })

  test('is capped where the company caps it', () => {
    const old = { ...debt, on: date('2028-11-01') }
    expect(formatYuan(lateFee(old))).toBe('219.30') // 731 days
    expect(formatYuan(lateFee({ ...old, capRatioPpm: 1_000_000 }))).toBe('100.00')
  })

  test('principal paid late was late until its own day, and only until then', () => {
    // 50.00 paid after 10 days (1.50 of fee), the other 50.00 after 20 (3.00).
    const inTwo = { ...debt, outstanding: fen(5000), paid: [{ amount: fen(5000), on: date('2026-11-11') }] }
    expect(formatYuan(lateFee({ ...inTwo, on: date('2026-11-21') }))).toBe('4.50')
    expect(formatYuan(lateFee({ ...inTwo, outstanding: fen(0), on: date('2026-11-21') }))).toBe('1.50')
    const inTime = { ...inTwo, paid: [{ amount: fen(5000), on: date('2026-10-30') }] }
    expect(formatYuan(lateFee({ ...inTime, on: date('2026-11-21') }))).toBe('3.00')
  })

  test('never falls with time, never counts interest on interest, and half a fen goes up', () => {
    const amount = fc.integer({ min: 0, max: 100_000_000 }).map((value) => fen(value))
    fc.assert(
      fc.property(amount, fc.nat(2000), fc.nat(10_000), (outstanding, days, ratePpmPerDay) => {
        const after = (n: number) => lateFee({ ...debt, outstanding, ratePpmPerDay, on: addDays(debt.dueDate, n) })
        expect(after(days + 1)).toBeGreaterThanOrEqual(after(days))
        const exact = BigInt(outstanding) * BigInt(ratePpmPerDay) * BigInt(days)
        expect(BigInt(after(days))).toBe((exact + 500_000n) / 1_000_000n)
      }),
    )
  })
})
