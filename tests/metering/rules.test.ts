import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consumptionBetween,
  defaultReadingLimits,
  estimateConsumption,
  estimateIndex,
  judgeReading,
  registerCapacity,
  unresolved,
  type PastReading,
  type ReadingToJudge,
} from '../../src-main/metering/rules.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { cubicMetres, litre } from '../../src-main/platform/money.ts'

const past = (m3: number, days = 60, estimated = false): PastReading => ({
  consumption: cubicMetres(m3),
  days,
  estimated,
})
const usual = [past(60), past(60), past(60)]

const judge = (previous: number, current: number, more: Partial<ReadingToJudge> = {}) =>
  judgeReading({
    previous: cubicMetres(previous),
    current: cubicMetres(current),
    previousOn: businessDate('2026-09-20'),
    readOn: businessDate('2026-11-19'),
    today: businessDate('2026-11-23'),
    digits: 5,
    model: 'G2.5',
    history: usual,
    limits: defaultReadingLimits,
    ...more,
  })
const kinds = (...reading: Parameters<typeof judge>) =>
  judge(...reading).findings.map(({ kind, severity }) => `${kind} ${severity}`)

describe('a reading', () => {
  test('as usual is taken without a question', () => {
    expect(judge(1000, 1065)).toEqual({ consumption: 65_000, days: 60, findings: [] })
    expect(kinds(1000, 1000)).toEqual([])
  })

  test('lower than the last one is refused and says both numbers', () => {
    const judgement = judge(1240, 1234)
    expect(judgement.consumption).toBeNull()
    expect(judgement.findings).toEqual([
      {
        kind: 'backwards',
        severity: 'refuse',
        text: '本次读数 1,234 小于上次读数 1,240，请核对读数；已换表的请先办理换表',
      },
    ])
  })

  test('past the end of the register is a rollover, and asks', () => {
    const judgement = judge(99_980, 25)
    expect(judgement.consumption).toBe(45_000)
    expect(judgement.findings).toMatchObject([{ kind: 'rollover', severity: 'confirm' }])
    expect(judgement.findings[0]?.text).toContain('用气量为 45 m³')
  })

  test('a rollover that would use more than a tenth of the register is no rollover', () => {
    expect(kinds(90_000, 0)).toEqual(['rollover confirm', 'tooHigh confirm'])
    expect(kinds(89_999, 0)).toEqual(['backwards refuse'])
  })

  test('above three times the average of the last three valid readings asks, at three times it does not', () => {
    expect(kinds(1000, 1180)).toEqual([])
    expect(judge(1000, 1181).findings).toEqual([
      {
        kind: 'tooHigh',
        severity: 'confirm',
        text: '用气量 181 m³ 明显偏高，按近三次抄表日均约为 60 m³，请确认',
      },
    ])
    expect(kinds(1000, 1150, { limits: { tooHighPercent: 200 } })).toEqual(['tooHigh confirm'])
  })

  test('the average goes by days, by the last three, and leaves estimated readings out', () => {
    const twiceAsLong = { readOn: businessDate('2026-11-19'), previousOn: businessDate('2026-07-22') }
    expect(kinds(1000, 1360, twiceAsLong)).toEqual([])
    expect(kinds(1000, 1361, twiceAsLong)).toEqual(['tooHigh confirm'])
    expect(kinds(1000, 1181, { history: [past(9000), ...usual] })).toEqual(['tooHigh confirm'])
    expect(kinds(1000, 1181, { history: [...usual, past(9000, 60, true)] })).toEqual(['tooHigh confirm'])
  })

  test('a small consumption is never called too high, and without history or a size there is nothing to compare', () => {
    expect(kinds(1000, 1010, { history: [past(0), past(0), past(0)] })).toEqual([])
    expect(kinds(1000, 1011, { history: [past(0), past(0), past(0)] })).toEqual(['tooHigh confirm'])
    expect(kinds(1000, 9000, { history: [], model: '膜式' })).toEqual([])
  })

  test('the first one of a meter asks when the meter could not have let that much through', () => {
    const today = { previousOn: businessDate('2026-11-23'), readOn: businessDate('2026-11-23'), history: [] }
    expect(kinds(0, 96, today)).toEqual([])
    expect(judge(0, 350, today).findings).toEqual([
      {
        kind: 'tooHigh',
        severity: 'confirm',
        text: '2026-11-23 起用气量 350 m³，G2.5 的表一直开到最大也只能走 96 m³，请核对读数、表底和日期',
      },
    ])
    const days = { previousOn: businessDate('2026-11-20'), readOn: businessDate('2026-11-23'), history: [] }
    expect(kinds(0, 384, days)).toEqual([])
    expect(kinds(0, 385, days)).toEqual(['tooHigh confirm'])
    expect(kinds(0, 385, { ...days, model: 'CG-G25' })).toEqual([])
    // A size that cannot be read off the model says nothing.
    expect(kinds(0, 385, { ...days, model: '膜式' })).toEqual([])
  })

  test('beyond the register is refused', () => {
    expect(kinds(1000, 100_000)).toEqual(['outOfRange refuse'])
    expect(judge(1000, 100_000).findings[0]?.text).toBe('读数应在 0 至 99,999.999 之间（5 位表）')
    expect(kinds(1000, 100_000, { digits: 6 })).toEqual(['tooHigh confirm'])
  })

  test('of tomorrow, or before the last one, is refused; after more than a year it asks', () => {
    expect(kinds(1000, 1060, { readOn: businessDate('2026-11-24') })).toEqual(['future refuse'])
    expect(kinds(1000, 1000, { readOn: businessDate('2026-09-19') })).toEqual(['dateOrder refuse'])
    expect(kinds(1000, 1060, { previousOn: businessDate('2025-11-17') })).toEqual(['longInterval confirm'])
  })

  test('every oddity is told at once', () => {
    expect(kinds(1240, 1234, { readOn: businessDate('2026-11-30') })).toEqual(['future refuse', 'backwards refuse'])
  })

  test('can be saved once what was asked is confirmed, never when it was refused', () => {
    const odd = judge(99_980, 400).findings
    expect(odd.map(({ kind }) => kind)).toEqual(['rollover', 'tooHigh'])
    expect(unresolved(odd, ['rollover']).map(({ kind }) => kind)).toEqual(['tooHigh'])
    expect(unresolved(odd, ['rollover', 'tooHigh'])).toEqual([])
    expect(unresolved(judge(1240, 1234).findings, ['backwards'])).toHaveLength(1)
  })
})

describe('an estimate', () => {
  test('is the daily average of the last three valid readings (近三个月有效抄表平均)', () => {
    expect(estimateConsumption([past(900, 30), past(30, 30), past(36, 31), past(24, 30)], 30)).toBe(29_670) // 90 × 30 ÷ 91
    expect(estimateConsumption([past(30, 30), past(999, 30, true)], 15)).toBe(15_000)
    expect(estimateConsumption([], 30)).toBeNull()
    expect(estimateConsumption([past(5, 30, true)], 30)).toBeNull()
  })

  test('moves the index on, also over the end of the register', () => {
    expect(estimateIndex(cubicMetres(1000), 5, usual, 60)).toBe(1_060_000)
    expect(estimateIndex(cubicMetres(99_970), 5, usual, 60)).toBe(30_000)
    expect(estimateIndex(cubicMetres(1000), 5, [], 60)).toBeNull()
  })
})

describe('whatever the register shows', () => {
  const digits = fc.integer({ min: 4, max: 9 })
  const share = fc.double({ min: 0, max: 0.999_999, noNaN: true })

  test('previous index + consumption is the current index, modulo one turn', () => {
    fc.assert(
      fc.property(digits, share, share, (width, a, b) => {
        const capacity = registerCapacity(width)
        const [previous, current] = [litre(Math.floor(a * capacity)), litre(Math.floor(b * capacity))]
        const consumption = consumptionBetween(previous, current, width)
        expect(consumption).toBeGreaterThanOrEqual(0)
        expect(consumption).toBeLessThan(capacity)
        expect((previous + consumption) % capacity).toBe(current)
      }),
    )
  })

  test('a lower index never passes without at least a question, and every text is Chinese', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.nat(99_998), (previous, lower) => {
        fc.pre(lower < previous)
        const { findings } = judge(previous, lower)
        expect(unresolved(findings, []).length).toBeGreaterThan(0)
        for (const { text } of findings) expect(text).toMatch(/\p{Script=Han}/u)
      }),
    )
  })

  test('an index that does not fit is never turned into gas', () => {
    expect(() => consumptionBetween(litre(0), cubicMetres(10_000), 4)).toThrow(RangeError)
    expect(() => consumptionBetween(litre(-1), litre(0), 4)).toThrow(RangeError)
    expect(() => registerCapacity(3)).toThrow(RangeError)
    expect(() => registerCapacity(10)).toThrow(RangeError)
  })
})
