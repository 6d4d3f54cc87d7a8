import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tenderMeans } from '../../src-main/cashier/api.ts'
import { fen, type Fen } from '../../src-main/platform/money.ts'
import {
  broughtIn,
  keptOf,
  nextKeep,
  plainRules,
  depositTender,
  proposed,
  quickAmounts,
  tendered,
  tendersFor,
  type Keep,
  type TenderInput,
  type TenderRow,
} from '../../src-renderer/cashier/tender.ts'

const row = (means: TenderRow['means'], given: number | null): TenderRow => ({
  means,
  given: given === null ? null : fen(given),
  reference: '',
})
const none = fen(0)
const input = (due: number, rows: readonly TenderRow[], more: Partial<TenderInput> = {}): TenderInput => ({
  due: fen(due),
  rows,
  prepayment: none,
  keep: 'none',
  rules: plainRules,
  ...more,
})
const down = { ...plainRules, rounding: 'down' } as const
const halfUp = { ...plainRules, rounding: 'half-up' } as const

describe('the tender', () => {
  test('gives change from cash and sends what stays in the drawer', () => {
    const rows = [row('cash', 10_000)]
    const answer = tendered(input(8_640, rows))
    expect(answer).toMatchObject({ change: 1_360, missing: 0, obstacle: null })
    expect(tendersFor(rows, answer.change)).toEqual([{ means: 'cash', amount: 8_640, received: 10_000 }])
  })

  test('proposes the rest of the debt for the next means, and no more 预存 than is held', () => {
    expect(proposed('prepayment', input(8_640, [], { prepayment: fen(3_000) }))).toBe(3_000)
    expect(proposed('cash', input(8_640, [row('prepayment', 3_000)], { prepayment: fen(3_000) }))).toBe(5_640)
    expect(proposed('wechat', input(8_640, [row('cash', 10_000)]))).toBe(0)
  })

  test.each([
    ['change from a channel', [row('wechat', 9_000)], '只有现金能找零'],
    ['an amount that cannot be read', [row('cash', null)], '请填写收款金额'],
    ['more 预存 than there is', [row('prepayment', 4_000)], '预存余额只有 30.00 元'],
    ['no means', [], '请选择收款方式'],
  ])('refuses %s', (_, rows, words) => {
    expect(tendered(input(8_640, rows, { prepayment: fen(3_000) })).obstacle).toContain(words)
  })

  test('keeps a surplus as 预存 only when asked to', () => {
    expect(tendered(input(8_640, [row('wechat', 9_000)], { keep: 'all' }))).toMatchObject({
      toPrepayment: 360,
      change: 0,
      obstacle: null,
    })
  })

  test('cash ends at the jiao where the hall rounds, and the change has no fen', () => {
    expect(proposed('cash', input(13_899, [], { rules: down }))).toBe(13_890)
    expect(tendered(input(13_899, [row('cash', 20_000)], { rules: down }))).toMatchObject({
      rounding: 9,
      change: 6_110,
    })
    expect(tendered(input(13_896, [row('cash', 20_000)], { rules: halfUp }))).toMatchObject({
      rounding: -4,
      change: 6_100,
    })
    expect(tendered(input(13_899, [row('cash', 13_899)], { rules: down }))).toMatchObject({ rounding: 0, change: 0 })
    expect(tendered(input(13_899, [row('cash', 10_000)], { rules: down }))).toMatchObject({
      rounding: 0,
      missing: 3_899,
    })
  })

  test('one key keeps the fen, then what is below a yuan, then all of the change', () => {
    const kept = (keep: Keep) => tendered(input(13_899, [row('cash', 20_000)], { keep }))
    expect(kept('fen')).toMatchObject({ toPrepayment: 1, change: 6_100, obstacle: null })
    expect(kept('jiao')).toMatchObject({ toPrepayment: 1, change: 6_100 })
    expect(nextKeep('none', fen(6_101))).toBe('fen')
    expect(nextKeep('fen', fen(6_101))).toBe('all')
    expect(nextKeep('all', fen(6_101))).toBe('none')
    expect(nextKeep('none', fen(6_110))).toBe('jiao')
    expect(keptOf(fen(6_110), 'jiao')).toBe(10)
  })

  test('sensible notes: the next ten, fifty and hundred, each once', () => {
    expect(quickAmounts(fen(13_899), [], 'none')).toEqual([14_000, 15_000, 20_000])
    expect(quickAmounts(fen(7_245), [], 'none')).toEqual([8_000, 10_000, null])
    expect(quickAmounts(fen(20_000), [], 'none')).toEqual([null, null, null])
    expect(quickAmounts(fen(13_899), [row('wechat', 10_000)], 'down')).toEqual([4_000, 5_000, 10_000])
  })

  test('a slip of the keyboard is refused, a large change and a missing number are asked about', () => {
    expect(tendered(input(7_245, [row('cash', 100_000_000)])).obstacle).toContain('找零超过上限 1,000.00')
    expect(tendered(input(7_245, [row('cash', 30_000)])).doubts).toEqual(['实收现金 300.00 元，要找零 227.55 元'])
    expect(tendered(input(7_245, [row('cash', 10_000)], { drawer: fen(500) })).doubts).toEqual([
      '钱箱账面只有 5.00 元，要找零 27.55 元',
    ])
    // Both at once: the change is said once.
    expect(tendered(input(7_245, [row('cash', 30_000)], { drawer: fen(500) })).doubts).toEqual([
      '实收现金 300.00 元，钱箱账面只有 5.00 元，要找零 227.55 元',
    ])
    expect(tendered(input(7_245, [row('cash', 10_000)])).doubts).toEqual([])
    expect(tendered(input(97_843, [row('wechat', 97_843)]))).toMatchObject({
      obstacle: null,
      doubts: ['微信 978.43 元没有流水号，对账时只能按金额核对'],
    })
    const required = { ...plainRules, requireReference: ['wechat' as const] }
    expect(tendered(input(97_843, [row('wechat', 97_843)], { rules: required })).obstacle).toBe('微信必须填写流水号')
  })

  test('a part that is much too small for a part is asked about once, one that may be meant is not', () => {
    expect(tendered(input(20_500, [row('cash', 100)]))).toMatchObject({
      obstacle: null,
      doubts: ['应收 205.00 元，只收 1.00 元，其余 204.00 元仍欠着'],
    })
    // 20.5 for 205: the point slipped by one place.
    expect(tendered(input(20_500, [row('cash', 2_050)])).doubts).toHaveLength(1)
    expect(tendered(input(20_500, [row('cash', 4_100)])).doubts).toEqual([])
    expect(
      tendered(input(20_500, [row('cash', 50), row('prepayment', 20_000)], { prepayment: fen(20_000) })).doubts,
    ).toEqual([])
    const never = { ...plainRules, smallPartPercent: 0 }
    expect(tendered(input(20_500, [row('cash', 100)], { rules: never })).doubts).toEqual([])
  })

  test('never loses a fen: what is sent and what is rounded is the debt paid plus what is kept', () => {
    const rows = fc.uniqueArray(
      fc.record({ means: fc.constantFrom(...tenderMeans), given: fc.integer({ min: 1, max: 1_000_00 }).map(fen) }),
      { minLength: 1, maxLength: 5, selector: ({ means }) => means },
    )
    const keep = fc.constantFrom<Keep>('none', 'fen', 'jiao', 'all')
    const rounding = fc.constantFrom('none', 'down', 'half-up')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_00 }).map(fen), rows, keep, rounding, (due, given, kept, rule) => {
        const tender: TenderRow[] = given.map((r) => ({ ...r, reference: '' }))
        const rules = { ...plainRules, rounding: rule, maxChange: fen(10_000_000) } as const
        const answer = tendered(input(due, tender, { prepayment: fen(10_000_00), keep: kept, rules }))
        fc.pre(answer.obstacle === null)
        const sent = tendersFor(tender, answer.change).reduce((total, t) => total + t.amount, 0) as Fen
        expect(sent + answer.rounding).toBe(due - answer.missing + answer.toPrepayment)
        expect(answer.given).toBe(sent + answer.change)
        expect(Math.abs(answer.rounding)).toBeLessThan(10)
      }),
    )
  })
})

describe('预存', () => {
  const of = (amount: number | null, tender: TenderRow, rules = plainRules, drawer: Fen | null = null) =>
    depositTender(amount === null ? null : fen(amount), tender, { rules, drawer })

  test('a usual amount is taken without a question, with change from cash and never rounded', () => {
    expect(of(10_000, row('cash', 10_000))).toEqual({ change: 0, obstacle: null, doubts: [] })
    expect(of(5_003, row('cash', 6_000), down)).toEqual({ change: 997, obstacle: null, doubts: [] })
  })

  test('what a careful person would ask is asked once: an unusual amount, much change, an empty drawer, no serial', () => {
    expect(of(9_999_999_900, row('cash', 9_999_999_900)).doubts).toEqual(['预存 99,999,999.00 元'])
    expect(of(10_000, row('cash', 50_000)).doubts).toEqual(['实收现金 500.00 元，要找零 400.00 元'])
    expect(of(5_000, row('cash', 10_000), plainRules, fen(100)).doubts[0]).toContain('钱箱账面只有 1.00 元')
    expect(of(10_000, row('wechat', 10_000)).doubts).toEqual(['微信 100.00 元没有流水号，对账时只能按金额核对'])
  })

  test('refused: nothing, less handed over than paid in, more change than the hall gives, a serial that must be there', () => {
    expect(of(null, row('cash', null)).obstacle).toBe('请填写预存金额')
    expect(of(0, row('cash', 0)).obstacle).toBe('请填写预存金额')
    expect(of(10_000, row('cash', 5_000)).obstacle).toBe('实收少于预存金额')
    expect(of(10_000, row('cash', 1_000_000)).obstacle).toContain('找零超过上限')
    const strict = { ...plainRules, requireReference: ['wechat'] as const }
    expect(of(10_000, row('wechat', 10_000), strict).obstacle).toContain('必须填写流水号')
  })
})

test('of the receipts of an account what was drawn from prepayment is not counted as brought in a second time', () => {
  const of = (state: 'issued' | 'voided', ...tenders: { means: 'cash' | 'prepayment'; amount: Fen }[]) => ({
    state,
    tenders,
  })
  const cash = { means: 'cash' as const, amount: fen(50_000) }
  const drawn = { means: 'prepayment' as const, amount: fen(9_300) }
  expect(
    [of('issued', cash), of('issued', drawn), of('voided', cash), of('issued', cash, drawn)].map(broughtIn),
  ).toEqual([50_000, 0, 0, 50_000])
})
