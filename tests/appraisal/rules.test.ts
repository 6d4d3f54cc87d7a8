import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cardActions,
  cardStates,
  dueOf,
  gradeOf,
  obstaclesTo,
  periodName,
  periodsOf,
  scoreOf,
  thresholdsFrom,
  totalOf,
  transitions,
  type CardFacts,
  type CardState,
} from '../../src-main/appraisal/rules.ts'
import { addDays, businessDate } from '../../src-main/platform/dates.ts'
import { catalog } from '../../src-main/platform/settings-catalog.ts'

const day = businessDate
const table = thresholdsFrom(catalog['appraisal.thresholds'].default)
const shares = fc
  .integer({ min: 1, max: 5_000 })
  .chain((denominator) =>
    fc.record({ denominator: fc.constant(denominator), numerator: fc.integer({ min: 0, max: denominator }) }),
  )

describe('the periods of a year', () => {
  test('follow each other without a gap from New Year to New Year’s Eve, leap years too', () => {
    for (const year of [2024, 2026])
      for (const perYear of [2, 3, 4, 6, 12]) {
        const periods = periodsOf(year, perYear)
        expect(periods).toHaveLength(perYear)
        expect([periods[0]?.from, periods.at(-1)?.to]).toEqual([`${year}-01-01`, `${year}-12-31`])
        for (const [i, { from }] of periods.entries())
          if (i > 0) expect(from).toBe(addDays(periods[i - 1]?.to ?? from, 1))
      }
    expect(periodsOf(2024, 12)[1]?.to).toBe('2024-02-29')
  })

  test('are called as people call them', () => {
    expect(periodsOf(2026, 4).map(periodName)).toEqual([1, 2, 3, 4].map((n) => `2026 年第 ${n} 季度`))
    expect(periodsOf(2026, 2).map(periodName)).toEqual(['2026 年上半年', '2026 年下半年'])
    expect([periodName(periodsOf(2026, 12)[4] ?? { from: day('2026-01-01'), to: day('2026-12-31') })]).toEqual([
      '2026 年 5 月',
    ])
    expect(periodName(periodsOf(2026, 6)[1] ?? { from: day('2026-01-01'), to: day('2026-12-31') })).toBe(
      '2026 年 3 至 4 月',
    )
  })
})

describe('a score', () => {
  test('follows the table exactly at its bounds: 19 of 20 is 95 %', () => {
    const of = (numerator: number, denominator: number) => scoreOf(20, { numerator, denominator }, table)
    expect([of(19, 20), of(949, 1000), of(98, 100), of(0, 7), of(0, 0)]).toEqual([1_800, 1_500, 2_000, 0, null])
  })

  test('never falls when more was done well, and lies between nothing and the weight', () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 100 }), ({ numerator, denominator }, weight) => {
        const score = scoreOf(weight, { numerator, denominator }, table) ?? expect.fail('judged')
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(weight * 100)
        if (numerator < denominator)
          expect(scoreOf(weight, { numerator: numerator + 1, denominator }, table)).toBeGreaterThanOrEqual(score)
      }),
    )
  })

  test('in all is out of 100 points, whatever could not be judged', () => {
    const item = fc
      .integer({ min: 1, max: 100 })
      .chain((weight) =>
        fc.record({ weight: fc.constant(weight), score: fc.option(fc.integer({ min: 0, max: weight * 100 })) }),
      )
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), (items) => {
        const total = totalOf(items)
        if (items.every(({ score }) => score === null)) {
          expect(total).toBeNull()
          return
        }
        expect(total).toBeGreaterThanOrEqual(0)
        expect(total).toBeLessThanOrEqual(10_000)
        // An item without data changes nothing.
        expect(totalOf([...items, { weight: 7, score: null }])).toBe(total)
      }),
    )
    expect(
      totalOf([
        { weight: 60, score: 6_000 },
        { weight: 40, score: 0 },
      ]),
    ).toBe(6_000)
    expect(
      totalOf([
        { weight: 30, score: 2_000 },
        { weight: 70, score: null },
      ]),
    ).toBe(6_667)
  })

  test('has the grade whose bound it reaches', () => {
    const grades = catalog['appraisal.grades'].default
    expect([10_000, 9_000, 8_999, 6_000, 5_999, 0].map((total) => gradeOf(total, grades))).toEqual([
      '优秀',
      '优秀',
      '良好',
      '合格',
      '不合格',
      '不合格',
    ])
  })
})

describe('the settings of the appraisal', () => {
  const refuses = (key: keyof typeof catalog, text: unknown) => !catalog[key].schema.safeParse(text).success
  test('take what adds up to 100 points, is named once, and falls from the best to nothing', () => {
    expect(refuses('appraisal.hallItems', '甲 60；乙 40')).toBe(false)
    for (const text of ['甲 60；乙 30', '甲 60；甲 40', '甲 100', '甲60；乙 40', '甲 0；乙 100', ''])
      expect(refuses('appraisal.hallItems', text), text).toBe(true)
    expect(refuses('appraisal.thresholds', '90% 100；0% 0')).toBe(false)
    for (const text of ['90% 100', '90% 100；95% 80；0% 0', '90% 50；80% 60；0% 0', '九成 100；0% 0', '101% 100；0% 0'])
      expect(refuses('appraisal.thresholds', text), text).toBe(true)
    for (const text of ['好 90', '好 60；差 80；无 0', '好 101；差 0'])
      expect(refuses('appraisal.grades', text), text).toBe(true)
    for (const times of [2, 5, 13]) expect(refuses('appraisal.hallPerYear', times), String(times)).toBe(true)
    expect([4, 6, 12].some((times) => refuses('appraisal.hallPerYear', times))).toBe(false)
  })
})

describe('a scorecard', () => {
  const facts = (state: CardState, more: Partial<CardFacts> = {}): CardFacts => ({
    state,
    to: day('2026-12-31'),
    today: day('2027-01-04'),
    unjudged: [],
    total: 9_000,
    reviewedById: state === 'draft' ? null : 'a',
    actorId: 'b',
    ...more,
  })

  test('is signed only after somebody else reviewed it, whatever is tried in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...cardActions), fc.constantFrom('a', 'b', 'c')), { maxLength: 40 }),
        (tries) => {
          let state: CardState = 'draft'
          let reviewedById: string | null = null
          for (const [action, actorId] of tries) {
            if (obstaclesTo(action, facts(state, { reviewedById, actorId })).length > 0) continue
            if (action === 'sign') expect([state, reviewedById === actorId]).toEqual(['reviewed', false])
            expect(state).not.toBe('signed')
            if (action === 'review') reviewedById = actorId
            if (action === 'return') reviewedById = null
            state = transitions[action].to
          }
        },
      ),
    )
    for (const action of cardActions) expect(obstaclesTo(action, facts('signed'))).toHaveLength(1)
    expect(new Set(Object.values(transitions).flatMap(({ from, to }) => [from, to])).size).toBe(cardStates.length)
  })

  test('is reviewed once its period is over and everything is judged; all that is missing is told at once', () => {
    expect(obstaclesTo('review', facts('draft'))).toEqual([])
    expect(
      obstaclesTo('review', facts('draft', { today: day('2026-12-31'), unjudged: ['档案与记录'], total: null })),
    ).toEqual(['考核期到 2026-12-31 为止，期满后才能复核', '还没有评分和说明：档案与记录', '没有一项可以评分'])
  })

  test('is due from the day after its period, late after the days of the setting, not before the hall was there', () => {
    const [period] = periodsOf(2026, 4).slice(3)
    const state = (today: string, signed = false, setUp = '2026-11-23') =>
      dueOf(period ?? expect.fail(), signed, day(today), day(setUp), 15).state
    expect(
      ['2026-09-30', '2026-10-01', '2026-12-31', '2027-01-01', '2027-01-15', '2027-01-16'].map((on) => state(on)),
    ).toEqual(['ahead', 'running', 'running', 'due', 'due', 'overdue'])
    expect([state('2027-02-01', true), state('2027-02-01', false, '2027-01-01')]).toEqual(['done', 'before'])
    expect(dueOf(period ?? expect.fail(), false, day('2026-12-31'), day('2026-12-31'), 15).dueOn).toBe('2027-01-15')
  })
})
