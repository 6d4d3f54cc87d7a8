import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, businessDate, daysBetween, fromDayNumber, monthDay } from '../../src-main/platform/dates.ts'
import {
  cubicMetres,
  formatYuan,
  litre,
  multiply,
  parseUnitPrice,
  sum,
  unitPrice,
} from '../../src-main/platform/money.ts'
import {
  city219,
  city345,
  examplePlans,
  guangzhouOptionOne,
  guangzhouOptionTwo,
  nonResident417,
  publicWelfare241,
  seasonalBoiler,
  shanghai2014,
} from '../../src-main/tariffs/examples.ts'
import {
  cycleContaining,
  describeLine,
  planProblems,
  price,
  tierLimits,
  versionOn,
  type HouseholdAddon,
  type PricePlan,
  type PriceVersion,
  type TieredVersion,
} from '../../src-main/tariffs/rules.ts'

const date = businessDate
const onlyVersion = (plan: PricePlan): PriceVersion => {
  const [version] = plan.versions
  if (!version) throw new Error(plan.id)
  return version
}
const tiered = (plan: PricePlan): TieredVersion => {
  const version = onlyVersion(plan)
  if (version.kind !== 'tiered') throw new Error(plan.id)
  return version
}

interface Use {
  persons?: number
  before?: number
  on?: string
}
const lines = (plan: PricePlan, m3: number, { persons = 3, before = 0, on = '2020-01-15' }: Use = {}) =>
  price({
    consumption: cubicMetres(m3),
    usedBefore: cubicMetres(before),
    version: onlyVersion(plan),
    household: { persons },
    on: date(on),
  })
const cost = (...use: Parameters<typeof lines>): string => formatYuan(sum(lines(...use).map((line) => line.amount)))

describe('worked examples of published price tables (domain.md §2.3)', () => {
  test.each([
    [310, '930.00'],
    [311, '933.30'],
    [520, '1,623.00'],
    [521, '1,627.20'],
    [600, '1,959.00'],
  ])('上海: %i m³ in a year cost %s', (m3, total) => {
    expect(cost(shanghai2014, m3)).toBe(total)
  })

  test('上海: 600 m³ are 930 + 693 + 336', () => {
    expect(lines(shanghai2014, 600).map((line) => formatYuan(line.amount))).toEqual(['930.00', '693.00', '336.00'])
  })

  test('上海: a household of five or more pays 1,842.00 for 600 m³ (1,380 + 462), one of four does not', () => {
    expect(cost(shanghai2014, 600, { persons: 5 })).toBe('1,842.00')
    expect(lines(shanghai2014, 600, { persons: 5 }).map((line) => formatYuan(line.amount))).toEqual([
      '1,380.00',
      '462.00',
    ])
    expect(cost(shanghai2014, 600, { persons: 8 })).toBe('1,842.00')
    expect(cost(shanghai2014, 600, { persons: 4 })).toBe('1,959.00')
  })

  test('某市 (3.45 table): 450 m³ cost 1,694.20', () => {
    expect(cost(city345, 450)).toBe('1,694.20')
  })

  test('广州: both options at their limits', () => {
    expect(cost(guangzhouOptionOne, 247)).toBe('852.15')
    expect(cost(guangzhouOptionOne, 398)).toBe('1,477.29') // 852.15 + 151 × 4.14
    expect(cost(guangzhouOptionOne, 399)).toBe('1,482.47')
    expect(cost(guangzhouOptionTwo, 251)).toBe('865.95')
    expect(cost(guangzhouOptionTwo, 405)).toBe('1,503.51') // 865.95 + 154 × 4.14
    expect(cost(guangzhouOptionTwo, 406)).toBe('1,508.69')
  })

  test('某市 (2.19 table): 500, 660 and 661 m³', () => {
    expect(cost(city219, 500)).toBe('1,095.00')
    expect(cost(city219, 660)).toBe('1,515.80')
    expect(cost(city219, 661)).toBe('1,519.09')
  })

  test('flat prices: non-residents 4.17, schools on the resident price 2.41', () => {
    expect(cost(nonResident417, 1234)).toBe('5,145.78')
    expect(cost(publicWelfare241, 100)).toBe('241.00')
    expect(lines(nonResident417, 5)).toMatchObject([{ tier: 0, season: null }])
  })

  test('a seasonal price follows the month', () => {
    expect(lines(seasonalBoiler, 10, { on: '2020-12-01' })).toMatchObject([{ season: '冬季', amount: 4500 }])
    expect(lines(seasonalBoiler, 10, { on: '2020-02-29' })).toMatchObject([{ season: '冬季', amount: 4500 }])
    expect(lines(seasonalBoiler, 10, { on: '2020-03-01' })).toMatchObject([{ season: '非冬季', amount: 3900 }])
  })
})

describe('tiers', () => {
  test('the boundary volume belongs to the lower tier', () => {
    expect(lines(shanghai2014, 10, { before: 300 })).toMatchObject([{ tier: 1, from: 300_000, to: 310_000 }])
    expect(lines(shanghai2014, 1, { before: 310 })).toMatchObject([{ tier: 2, from: 310_000, to: 311_000 }])
    const oneLitreOver = price({
      consumption: litre(10_001),
      usedBefore: cubicMetres(300),
      version: onlyVersion(shanghai2014),
      household: { persons: 1 },
      on: date('2020-01-15'),
    })
    expect(oneLitreOver.map(({ tier, volume }) => [tier, volume])).toEqual([
      [1, 10_000],
      [2, 1],
    ])
  })

  test('one line says how it was computed', () => {
    expect(lines(shanghai2014, 300, { before: 300 }).map(describeLine)).toEqual([
      '第一档 300–310：10 m³ × 3.00 = 30.00',
      '第二档 310–520：210 m³ × 3.30 = 693.00',
      '第三档 520–600：80 m³ × 4.20 = 336.00',
    ])
    expect(lines(nonResident417, 12).map(describeLine)).toEqual(['气费：12 m³ × 4.17 = 50.04'])
    expect(lines(seasonalBoiler, 2, { on: '2020-12-01' }).map(describeLine)).toEqual(['冬季：2 m³ × 4.50 = 9.00'])
  })

  test('no gas makes no line; negative gas is refused', () => {
    expect(lines(shanghai2014, 0, { before: 310 })).toEqual([])
    expect(() => lines(shanghai2014, -1)).toThrow(RangeError)
    expect(() => lines(shanghai2014, 1, { before: -1 })).toThrow(RangeError)
  })

  const withAddon = (householdAddon: HouseholdAddon): TieredVersion => ({ ...tiered(city345), householdAddon })
  const limits = (addon: HouseholdAddon, persons: number) =>
    tierLimits(withAddon(addon), { persons }).map((limit) => (limit === null ? null : limit / 1000))

  test.each<[string, HouseholdAddon, [number, (number | null)[]][]]>([
    [
      'once',
      { minPersons: 5, mode: 'once', addByTier: [cubicMetres(150), cubicMetres(150)] },
      [
        [4, [320, 400, null]],
        [5, [470, 550, null]],
        [9, [470, 550, null]],
      ],
    ],
    [
      'the same for each further person',
      { minPersons: 5, mode: 'perExtraPerson', addByTier: [cubicMetres(54), cubicMetres(54)] },
      [
        [4, [320, 400, null]],
        [5, [374, 454, null]],
        [7, [482, 562, null]],
      ],
    ],
    [
      'for each further person, but not the same in each tier',
      { minPersons: 5, mode: 'perExtraPerson', addByTier: [cubicMetres(84), cubicMetres(150)] },
      [
        [4, [320, 400, null]],
        [5, [404, 550, null]],
        [6, [488, 700, null]],
      ],
    ],
  ])('large households: allowance %s (domain.md §2.1)', (_, addon, expected) => {
    for (const [persons, tierTops] of expected) expect(limits(addon, persons)).toEqual(tierTops)
  })
})

describe('the annual cycle', () => {
  test.each([
    ['2026-08-31', '2025-09-01', '2026-08-31'],
    ['2026-09-01', '2026-09-01', '2027-08-31'],
    ['2024-02-29', '2023-09-01', '2024-08-31'],
    ['2026-01-01', '2025-09-01', '2026-08-31'],
  ])('上海 from 1 September: %s lies in %s to %s', (day, firstDay, lastDay) => {
    expect(cycleContaining(date(day), monthDay('09-01'))).toEqual({ firstDay, lastDay })
  })

  test('cycles tile the calendar: each day in exactly one, 365 or 366 days long', () => {
    const starts = fc.integer({ min: 0, max: 364 }).map((n) => monthDay(addDays(date('2001-01-01'), n).slice(5)))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }).map(fromDayNumber), starts, (day, start) => {
        const cycle = cycleContaining(day, start)
        expect(cycle.firstDay <= day && day <= cycle.lastDay).toBe(true)
        expect([364, 365]).toContain(daysBetween(cycle.firstDay, cycle.lastDay))
        expect(cycleContaining(addDays(cycle.lastDay, 1), start).firstDay).toBe(addDays(cycle.lastDay, 1))
        expect(cycleContaining(cycle.lastDay, start)).toEqual(cycle)
      }),
    )
  })
})

describe('price versions in time', () => {
  test('a version applies from its first day, the one before until then', () => {
    const dearer: PriceVersion = { ...tiered(city345), id: 'dearer', effectiveFrom: date('2020-07-01') }
    const plan: PricePlan = { ...city345, versions: [...city345.versions, dearer] }
    expect(versionOn(plan, date('2020-06-30'))?.id).toBe('example-city-345-2016')
    expect(versionOn(plan, date('2020-07-01'))?.id).toBe('dearer')
    expect(versionOn(plan, date('2015-12-31'))).toBeUndefined()
  })
})

describe('plans that cannot be put in force', () => {
  const plan = (version: Partial<TieredVersion>): PricePlan => ({
    ...city345,
    versions: [{ ...tiered(city345), ...version }],
  })
  const tier = (upTo: number | null, yuan: string) => ({
    upTo: upTo === null ? null : cubicMetres(upTo),
    price: parseUnitPrice(yuan),
  })

  test('every published example can', () => {
    for (const example of examplePlans) expect(planProblems(example)).toEqual([])
  })

  test.each<[string, PricePlan, string]>([
    ['no version', { ...city345, versions: [] }, '至少需要一个价格版本'],
    ['a cycle from 29 February', { ...city345, cycleStart: '02-29' as PricePlan['cycleStart'] }, '阶梯周期起始日'],
    ['no tier', plan({ tiers: [], householdAddon: null }), '至少需要一档'],
    ['a limited last tier', plan({ tiers: [tier(310, '3'), tier(520, '4')] }), '最后一档不应有上限'],
    ['an open tier in the middle', plan({ tiers: [tier(null, '3'), tier(null, '4')] }), '第一档缺少上限'],
    ['equal limits', plan({ tiers: [tier(310, '3'), tier(310, '4'), tier(null, '5')] }), '第二档上限应大于上一档'],
    ['a falling limit', plan({ tiers: [tier(310, '3'), tier(200, '4'), tier(null, '5')] }), '第二档上限应大于上一档'],
    ['an empty first tier', plan({ tiers: [tier(0, '3'), tier(null, '5')] }), '第一档上限应大于零'],
    ['a falling price', plan({ tiers: [tier(310, '3'), tier(null, '2')] }), '第二档单价低于上一档'],
    ['gas for nothing', plan({ tiers: [tier(310, '0'), tier(null, '2')] }), '第一档单价应大于零'],
    [
      'an allowance that allows nothing',
      plan({ householdAddon: { minPersons: 5, mode: 'once', addByTier: [cubicMetres(0), cubicMetres(0)] } }),
      '至少有一档大于零',
    ],
    [
      'an allowance where no tier has an end',
      plan({
        tiers: [{ upTo: null, price: unitPrice(30_000) }],
        householdAddon: { minPersons: 5, mode: 'once', addByTier: [] },
      }),
      '无可增加',
    ],
    [
      'an allowance for too few tiers',
      plan({ householdAddon: { minPersons: 5, mode: 'once', addByTier: [cubicMetres(10)] } }),
      '多人口增量应为有上限的 2 档各填一个',
    ],
    [
      'an allowance by which the first tier overtakes the second',
      plan({
        householdAddon: { minPersons: 5, mode: 'perExtraPerson', addByTier: [cubicMetres(84), cubicMetres(66)] },
      }),
      '不再大于前一档',
    ],
    ['the same version twice', { ...city345, versions: [tiered(city345), tiered(city345)] }, '生效日期应晚于上一版本'],
  ])('%s is refused', (_, bad, reason) => {
    expect(planProblems(bad).join('；')).toContain(reason)
  })

  test('a month with no price, and one with two, are named', () => {
    const version = onlyVersion(seasonalBoiler)
    if (version.kind !== 'seasonal') throw new Error('seasonal')
    const seasons = [
      { name: '冬季', months: [12, 1, 2], price: unitPrice(45_000) },
      { name: '其余', months: [2, 3, 4, 5, 6, 7, 8, 9, 10], price: unitPrice(39_000) },
    ]
    const problems = planProblems({ ...seasonalBoiler, versions: [{ ...version, seasons }] }).join('；')
    expect(problems).toContain('2 月有 2 个价格')
    expect(problems).toContain('11 月没有价格')
  })

  test('all reasons are given at once', () => {
    expect(
      planProblems(plan({ tiers: [tier(310, '0'), tier(200, '4'), tier(600, '5')] })).length,
    ).toBeGreaterThanOrEqual(3)
  })
})

describe('whatever the consumption', () => {
  const residentPlan = fc.constantFrom(shanghai2014, guangzhouOptionOne, guangzhouOptionTwo, city345, city219)
  const volume = fc.integer({ min: 0, max: 2_000_000 }).map(litre)
  const persons = fc.integer({ min: 1, max: 12 })
  const charge = (plan: PricePlan, consumption: number, usedBefore: number, count: number) =>
    price({
      consumption: litre(consumption),
      usedBefore: litre(usedBefore),
      version: onlyVersion(plan),
      household: { persons: count },
      on: date('2020-01-15'),
    })
  const total = (...use: Parameters<typeof charge>) => sum(charge(...use).map((line) => line.amount))

  test('the lines join without gap, each is volume × price, and they add up to the consumption', () => {
    fc.assert(
      fc.property(residentPlan, volume, volume, persons, (plan, use, before, count) => {
        const priced = charge(plan, use, before, count)
        expect(sum(priced.map((line) => line.volume))).toBe(use)
        let position: number = before
        let tierBefore = 0
        for (const line of priced) {
          expect(line.from).toBe(position)
          expect(line.to - line.from).toBe(line.volume)
          expect(line.volume).toBeGreaterThan(0)
          expect(line.amount).toBe(multiply(line.volume, line.price))
          expect(line.tier).toBeGreaterThan(tierBefore)
          position = line.to
          tierBefore = line.tier
        }
      }),
    )
  })

  test('more gas never costs less, an earlier use never makes it cheaper, a larger household never pays more', () => {
    fc.assert(
      fc.property(residentPlan, volume, volume, fc.nat(50_000), persons, (plan, use, before, more, count) => {
        const bill = total(plan, use, before, count)
        expect(total(plan, use + more, before, count)).toBeGreaterThanOrEqual(bill)
        // Each line is rounded by at most half a fen, so two bills of at most three lines differ by three at most.
        expect(total(plan, use, before + more, count)).toBeGreaterThanOrEqual(bill - 3)
        expect(total(plan, use, before, count + 1)).toBeLessThanOrEqual(bill + 3)
      }),
    )
  })
})
