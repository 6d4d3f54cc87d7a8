import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../src-main/platform/errors.ts'
import {
  add,
  apportion,
  cubicMetres,
  fen,
  formatCubicMetres,
  formatUnitPrice,
  formatYuan,
  litre,
  multiply,
  multiplyRate,
  negate,
  parseCubicMetres,
  parseUnitPrice,
  parseYuan,
  proportion,
  scalePrice,
  subtract,
  sum,
  unitPrice,
} from '../../src-main/platform/money.ts'

const refusal = (parse: () => unknown): { message: string; reason: unknown } => {
  try {
    parse()
  } catch (error) {
    if (error instanceof DomainError)
      return { message: error.message, reason: (error.details as { reason: string }).reason }
    throw error
  }
  throw new Error('was accepted')
}

const anyFen = fc.maxSafeInteger().map((value) => fen(value))
const billedVolume = fc.integer({ min: 0, max: 100_000_000 }).map(litre)
const anyPrice = fc.integer({ min: 0, max: 1_000_000 }).map(unitPrice)

describe('whole numbers only', () => {
  test('no fraction, NaN, infinity or number beyond 2^53 becomes money, volume or price', () => {
    for (const make of [fen, litre, unitPrice])
      for (const bad of [0.1, 1.5, NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 53)])
        expect(() => make(bad)).toThrow(RangeError)
  })

  test('minus zero never reaches a paper', () => {
    expect(Object.is(negate(fen(0)), 0)).toBe(true)
    expect(formatYuan(negate(fen(0)))).toBe('0.00')
  })

  test('a sum that would lose a fen is refused instead', () => {
    expect(() => add(fen(Number.MAX_SAFE_INTEGER), fen(1))).toThrow(RangeError)
    expect(() => sum([fen(Number.MAX_SAFE_INTEGER), fen(1)])).toThrow(RangeError)
  })

  test('adding and subtracting are inverse; a sum does not depend on order', () => {
    const counted = fc.integer({ min: -1e12, max: 1e12 }).map((value) => fen(value))
    fc.assert(fc.property(counted, counted, (a, b) => subtract(add(a, b), b) === a))
    fc.assert(fc.property(fc.array(counted), (all) => sum(all) === sum([...all].reverse())))
    expect(sum([])).toBe(0)
  })
})

describe('volume × price', () => {
  test('half a fen goes up, less goes down', () => {
    expect(multiply(litre(1000), unitPrice(34_500))).toBe(345)
    expect(multiply(litre(1000), unitPrice(51_750))).toBe(518) // 5.175 yuan, where binary floats round down
    expect(multiply(litre(1), unitPrice(49_999))).toBe(0)
    expect(multiply(litre(1), unitPrice(50_000))).toBe(1)
  })

  test('differs from the exact product by at most half a fen, upwards on the half', () => {
    fc.assert(
      fc.property(billedVolume, anyPrice, (volume, price) => {
        const excess = BigInt(multiply(volume, price)) * 100_000n - BigInt(volume) * BigInt(price)
        expect(excess > -50_000n && excess <= 50_000n).toBe(true)
      }),
    )
  })

  test('is exact for whole cubic metres at prices in whole fen', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(10_000), (m3, fenPerM3) => {
        expect(multiply(cubicMetres(m3), unitPrice(fenPerM3 * 100))).toBe(m3 * fenPerM3)
      }),
    )
  })

  test('gas given back costs exactly what it was charged', () => {
    fc.assert(fc.property(billedVolume, anyPrice, (v, p) => multiply(negate(v), p) === negate(multiply(v, p))))
  })

  test('more gas never costs less', () => {
    fc.assert(fc.property(billedVolume, billedVolume, anyPrice, (a, b, p) => multiply(add(a, b), p) >= multiply(a, p)))
  })
})

describe('rates and shares', () => {
  test('3‰ of 100.00 is 0.30; half a fen goes up', () => {
    expect(multiplyRate(fen(10_000), 3000)).toBe(30)
    expect(multiplyRate(fen(500), 1000)).toBe(1) // 0.5 fen
    expect(multiplyRate(fen(499), 1000)).toBe(0)
    expect(() => multiplyRate(fen(100), 0.5)).toThrow(RangeError)
  })

  test('published tier prices follow from the base price and the ratio (domain.md §2.3)', () => {
    expect(scalePrice(parseUnitPrice('3.45'), 1200)).toBe(parseUnitPrice('4.14'))
    expect(scalePrice(parseUnitPrice('3.45'), 1500)).toBe(parseUnitPrice('5.18'))
    expect(scalePrice(parseUnitPrice('2.19'), 1100)).toBe(parseUnitPrice('2.41'))
    expect(scalePrice(parseUnitPrice('2.19'), 1200)).toBe(parseUnitPrice('2.63'))
    expect(scalePrice(parseUnitPrice('2.19'), 1500)).toBe(parseUnitPrice('3.29'))
  })

  test('parts by days sum exactly to the whole and lie within one litre of their share', () => {
    const weights = fc.array(fc.nat(400), { minLength: 1, maxLength: 8 }).filter((days) => days.some((d) => d > 0))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }).map(litre), weights, (volume, days) => {
        const parts = apportion(volume, days)
        const all = days.reduce((a, b) => a + b, 0)
        expect(sum(parts)).toBe(volume)
        parts.forEach((part, i) => {
          expect(part).toBeGreaterThanOrEqual(0)
          expect(Math.abs(part * all - volume * (days[i] ?? 0))).toBeLessThanOrEqual(all)
        })
      }),
    )
  })

  test('nothing can be shared out over no days', () => {
    expect(() => apportion(litre(5), [0, 0])).toThrow(RangeError)
    expect(() => apportion(litre(5), [2, -1])).toThrow(RangeError)
    expect(() => proportion(litre(5), 1, 0)).toThrow(RangeError)
  })
})

describe('what a clerk types', () => {
  test('amounts in every form the keyboard and the input method leave behind', () => {
    expect(parseYuan('1,234.50')).toBe(123_450)
    expect(parseYuan(' ¥12 ')).toBe(1200)
    expect(parseYuan('￥１２．５')).toBe(1250)
    expect(parseYuan('12。5')).toBe(1250)
    expect(parseYuan('0.1')).toBe(10)
    expect(parseYuan('5.')).toBe(500)
    expect(parseYuan('007')).toBe(700)
  })

  test.each([
    ['', 'empty', '请填写金额'],
    ['  ', 'empty', '请填写金额'],
    ['-5', 'negative', '金额不能为负数'],
    ['−5', 'negative', '金额不能为负数'],
    ['1.005', 'tooManyDecimals', '金额最多 2 位小数，例如 1234.50'],
    ['1.000', 'tooManyDecimals', '金额最多 2 位小数，例如 1234.50'],
    ['1e3', 'notANumber', '金额只能填数字，例如 1234.50'],
    ['0x10', 'notANumber', '金额只能填数字，例如 1234.50'],
    ['NaN', 'notANumber', '金额只能填数字，例如 1234.50'],
    ['Infinity', 'notANumber', '金额只能填数字，例如 1234.50'],
    ['1.2.3', 'notANumber', '金额只能填数字，例如 1234.50'],
    ['.', 'notANumber', '金额只能填数字，例如 1234.50'],
    [',5', 'notANumber', '金额只能填数字，例如 1234.50'],
    ['12 元', 'notANumber', '金额只能填数字，例如 1234.50'],
    ['1,23.00', 'grouping', '金额的逗号位置不对，应每三位一个，例如 1,234'],
    ['1234,567', 'grouping', '金额的逗号位置不对，应每三位一个，例如 1,234'],
    ['12,34', 'grouping', '金额的逗号位置不对，应每三位一个，例如 1,234'],
    ['10000000000.01', 'tooLarge', '金额过大，请核对是否多输了数字'],
    ['99999999999999999999999', 'tooLarge', '金额过大，请核对是否多输了数字'],
  ])('amount %j is refused: %s', (typed, reason, message) => {
    expect(refusal(() => parseYuan(typed))).toEqual({ reason, message })
  })

  test('volumes take three decimals, prices four, and say so', () => {
    expect(parseCubicMetres('1,234.567')).toBe(1_234_567)
    expect(parseUnitPrice('2.409')).toBe(24_090)
    expect(refusal(() => parseCubicMetres('1.2345')).message).toBe('气量最多 3 位小数，例如 125.5')
    expect(refusal(() => parseUnitPrice('3.45678')).message).toBe('单价最多 4 位小数，例如 3.45')
    expect(refusal(() => parseCubicMetres('')).message).toBe('请填写气量')
  })

  test('what is shown can be typed back', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (v) => parseYuan(formatYuan(fen(v))) === v))
    fc.assert(fc.property(fc.nat(), (v) => parseCubicMetres(formatCubicMetres(litre(v))) === v))
    fc.assert(fc.property(fc.nat(10_000_000), (v) => parseUnitPrice(formatUnitPrice(unitPrice(v))) === v))
  })

  test('only digits, one point and separators are ever accepted', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          return Number.isSafeInteger(parseYuan(text))
        } catch (error) {
          return error instanceof DomainError && /\p{Script=Han}/u.test(error.message)
        }
      }),
    )
  })
})

describe('what is shown', () => {
  test('amounts', () => {
    expect(formatYuan(fen(123_450))).toBe('1,234.50')
    expect(formatYuan(fen(-5))).toBe('-0.05')
    expect(formatYuan(fen(100_000_000))).toBe('1,000,000.00')
    expect(formatYuan(fen(99_999))).toBe('999.99')
  })

  test('volumes without idle zeros, prices with at least two decimals', () => {
    expect(formatCubicMetres(litre(310_000))).toBe('310')
    expect(formatCubicMetres(litre(12_500))).toBe('12.5')
    expect(formatCubicMetres(litre(1_234_567))).toBe('1,234.567')
    expect(formatCubicMetres(litre(1))).toBe('0.001')
    expect(formatUnitPrice(unitPrice(30_000))).toBe('3.00')
    expect(formatUnitPrice(unitPrice(24_090))).toBe('2.409')
  })

  test('amounts always have two decimals and the sign in front', () => {
    fc.assert(fc.property(anyFen, (v) => /^-?\d{1,3}(,\d{3})*\.\d{2}$/.test(formatYuan(v))))
  })
})
