import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountInCapitals, dateInCapitals, MAX_CAPITALS_FEN } from '../../src-main/platform/capitals.ts'
import { businessDate, dateParts, fromDayNumber } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'

const DIGITS = '零壹贰叁肆伍陆柒捌玖'

/** Reads capitals back without sharing anything with the writer: a stack of units, biggest first. */
function readInteger(text: string): bigint {
  for (const [unit, size] of [
    ['亿', 100_000_000n],
    ['万', 10_000n],
    ['仟', 1000n],
    ['佰', 100n],
    ['拾', 10n],
  ] as const) {
    const at = text.indexOf(unit)
    if (at >= 0) return readInteger(text.slice(0, at)) * size + readInteger(text.slice(at + 1))
  }
  const bare = text.replace(/^零/, '')
  if (bare === '') return 0n
  const value = DIGITS.indexOf(bare)
  if (bare.length !== 1 || value < 0) throw new Error(`cannot read ${text}`)
  return BigInt(value)
}

function readCapitals(text: string): number {
  const parts = /^人民币(负?)(?:(.+?)元)?(?:整|零?(?:([壹贰叁肆伍陆柒捌玖])角)?(?:([壹贰叁肆伍陆柒捌玖])分)?)$/.exec(
    text,
  )
  if (!parts) throw new Error(`cannot read ${text}`)
  const [, minus, yuan = '', jiao = '零', cents = '零'] = parts
  const value = readInteger(yuan) * 100n + BigInt(DIGITS.indexOf(jiao) * 10 + DIGITS.indexOf(cents))
  return Number(minus === '负' ? -value : value)
}

describe('人民币大写', () => {
  test.each([
    [140_950, '人民币壹仟肆佰零玖元伍角'],
    [168_032, '人民币壹仟陆佰捌拾元零叁角贰分'],
    [10_700_053, '人民币壹拾万柒仟元零伍角叁分'],
  ])('the official examples: %i fen', (amount, written) => {
    expect(amountInCapitals(fen(amount))).toBe(written)
  })

  test.each([
    [0, '人民币零元整'],
    [1, '人民币壹分'],
    [10, '人民币壹角'],
    [53, '人民币伍角叁分'],
    [100, '人民币壹元整'],
    [105, '人民币壹元零伍分'],
    [1000, '人民币壹拾元整'],
    [1050, '人民币壹拾元零伍角'],
    [1_640_902, '人民币壹万陆仟肆佰零玖元零贰分'],
    [600_714, '人民币陆仟零柒元壹角肆分'],
    [93_000, '人民币玖佰叁拾元整'],
    [93_330, '人民币玖佰叁拾叁元叁角'],
    [10_000_100, '人民币壹拾万零壹元整'],
    [10_050_000, '人民币壹拾万零伍佰元整'],
    [1_000_000_000, '人民币壹仟万元整'],
    [10_500_000_000, '人民币壹亿零伍佰万元整'],
    [10_000_000_100, '人民币壹亿零壹元整'],
    [10_005_000_000, '人民币壹亿零伍万元整'],
    [12_000_000_000, '人民币壹亿贰仟万元整'],
    [100_000_000_000_000, '人民币壹万亿元整'],
    [MAX_CAPITALS_FEN, '人民币玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
    [-12_050, '人民币负壹佰贰拾元零伍角'],
  ])('%i fen', (amount, written) => {
    expect(amountInCapitals(fen(amount))).toBe(written)
  })

  test('whatever is written reads back as the same amount', () => {
    const amounts = fc.oneof(
      fc.integer({ min: -MAX_CAPITALS_FEN, max: MAX_CAPITALS_FEN }),
      fc.nat(1_000_000_000),
      // Mostly zeros, where the rules bite.
      fc.array(fc.constantFrom('0', '0', '0', '7'), { minLength: 1, maxLength: 15 }).map((d) => Number(d.join(''))),
    )
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(readCapitals(amountInCapitals(fen(amount)))).toBe(amount === 0 ? 0 : amount)
      }),
      { numRuns: 3000 },
    )
  })

  test('never two 零 in a row, never 零 before a unit, none missing after 万 and 亿, 整 only after 元', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_CAPITALS_FEN }), (amount) => {
        expect(amountInCapitals(fen(amount))).not.toMatch(
          /零零|零[拾佰仟万亿元角分整]|[万亿][壹贰叁肆伍陆柒捌玖][^仟]|[^元]整/,
        )
      }),
      { numRuns: 3000 },
    )
  })

  test('an amount beyond the form is refused, not cut', () => {
    expect(() => amountInCapitals(fen(MAX_CAPITALS_FEN + 1))).toThrow(RangeError)
  })
})

describe('大写日期', () => {
  test.each([
    ['2026-01-15', '贰零贰陆年零壹月壹拾伍日'],
    ['2026-10-20', '贰零贰陆年零壹拾月零贰拾日'],
    ['2026-11-23', '贰零贰陆年壹拾壹月贰拾叁日'],
    ['2024-02-09', '贰零贰肆年零贰月零玖日'],
    ['2030-03-30', '贰零叁零年叁月零叁拾日'],
    ['2025-12-31', '贰零贰伍年壹拾贰月叁拾壹日'],
    ['2025-09-10', '贰零贰伍年玖月零壹拾日'],
  ])('%s', (date, written) => {
    expect(dateInCapitals(businessDate(date))).toBe(written)
  })

  test('every date reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (day) => {
        const date = fromDayNumber(day)
        const parts = /^(.{4})年(.+)月(.+)日$/.exec(dateInCapitals(date))
        const [year = '', month = '', dayOfMonth = ''] = parts?.slice(1) ?? []
        expect({
          year: Number([...year].map((d) => DIGITS.indexOf(d)).join('')),
          month: Number(readInteger(month.replace(/^零/, ''))),
          day: Number(readInteger(dayOfMonth.replace(/^零/, ''))),
        }).toEqual(dateParts(date))
      }),
    )
  })
})
