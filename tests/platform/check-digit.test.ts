import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkDigit,
  composeNumber,
  isValidNumber,
  numberGroups,
  parseNumber,
} from '../../src-main/platform/check-digit.ts'

const shape = fc
  .record({
    prefix: fc.constantFrom('', 'GY', 'AQ', 'SJ', 'GD'),
    hall: fc.nat(999).map((n) => String(n).padStart(3, '0')),
    pc: fc.nat(99).map((n) => String(n).padStart(2, '0')),
    width: fc.integer({ min: 3, max: 9 }),
    seed: fc.nat(),
  })
  .map(({ seed, ...rest }) => ({ ...rest, serial: 1 + (seed % (10 ** rest.width - 1)) }))

describe('the check digit', () => {
  test('is the one H. M. Damm published for 572', () => {
    expect(checkDigit('572')).toBe('4')
    expect(() => checkDigit('57a')).toThrow(RangeError)
    expect(() => checkDigit('')).toThrow(RangeError)
  })

  test('tells apart every two digits and every order of two neighbours, from every state (so for numbers of any length)', () => {
    // Prefixes that leave the checksum in each of its ten states.
    const states = new Map<string, string>()
    for (let n = 0; states.size < 10; n += 1) states.set(checkDigit(String(n)), String(n))
    for (const lead of states.values())
      for (let a = 0; a < 10; a += 1)
        for (let b = 0; b < 10; b += 1) {
          if (a === b) continue
          expect(checkDigit(`${lead}${a}`)).not.toBe(checkDigit(`${lead}${b}`))
          expect(checkDigit(`${lead}${a}${b}`)).not.toBe(checkDigit(`${lead}${b}${a}`))
        }
  })
})

describe('numbers people read', () => {
  test('carry hall, PC, serial and check digit', () => {
    const number = composeNumber({ prefix: 'SJ', hall: '001', pc: '02', serial: 7, width: 6 })
    expect(number).toBe(`SJ00102000007${checkDigit('00102000007')}`)
    expect(parseNumber(number)).toEqual({ prefix: 'SJ', hall: '001', pc: '02', serial: 7 })
  })

  test('read back as what they were made of, also in groups and small letters', () => {
    fc.assert(
      fc.property(shape, (parts) => {
        const { width, ...expected } = parts
        const number = composeNumber(parts)
        expect(parseNumber(number)).toEqual(expected)
        expect(parseNumber(` ${number.toLowerCase().replace(/(\d{4})/g, '$1 ')}`)).toEqual(expected)
        expect(isValidNumber(number, { prefix: parts.prefix, width })).toBe(true)
      }),
    )
  })

  test('one wrong digit is never accepted', () => {
    fc.assert(
      fc.property(shape, fc.nat(), fc.integer({ min: 1, max: 9 }), (parts, where, shift) => {
        const number = composeNumber(parts)
        const at = parts.prefix.length + (where % (number.length - parts.prefix.length))
        const wrong = String((Number(number.charAt(at)) + shift) % 10)
        expect(isValidNumber(number.slice(0, at) + wrong + number.slice(at + 1))).toBe(false)
      }),
    )
  })

  test('two exchanged neighbours are never accepted', () => {
    fc.assert(
      fc.property(shape, fc.nat(), (parts, where) => {
        const number = composeNumber(parts)
        const at = parts.prefix.length + (where % (number.length - parts.prefix.length - 1))
        fc.pre(number.charAt(at) !== number.charAt(at + 1))
        expect(
          isValidNumber(number.slice(0, at) + number.charAt(at + 1) + number.charAt(at) + number.slice(at + 2)),
        ).toBe(false)
      }),
    )
  })

  test('a number of another kind or length is not taken for this one', () => {
    const receipt = composeNumber({ prefix: 'SJ', hall: '001', pc: '02', serial: 7, width: 6 })
    expect(isValidNumber(receipt, { prefix: 'GD', width: 6 })).toBe(false)
    expect(isValidNumber(receipt, { prefix: 'SJ', width: 7 })).toBe(false)
    expect(isValidNumber(`SJ0${receipt.slice(2)}`, { prefix: 'SJ', width: 6 })).toBe(false)
    for (const text of ['', 'SJ', '12345', '王小明', '0'.repeat(12)]) expect(isValidNumber(text)).toBe(false)
  })

  test('a PC that has used up its serials, or a code of the wrong length, makes no number', () => {
    const good = { prefix: 'SJ', hall: '001', pc: '02', serial: 999, width: 3 }
    expect(isValidNumber(composeNumber(good))).toBe(true)
    for (const bad of [
      { serial: 1000 },
      { serial: 0 },
      { serial: 1.5 },
      { hall: '01' },
      { pc: '2' },
      { width: 2 },
      { prefix: 'sj' },
    ])
      expect(() => composeNumber({ ...good, ...bad })).toThrow(RangeError)
  })
})

test('numbers are read in groups: kind, hall, PC, serial, check digit', () => {
  expect(numberGroups('0010200000017')).toEqual(['001', '02', '0000001', '7'])
  expect(numberGroups('SJ0010200000017')).toEqual(['SJ', '001', '02', '0000001', '7'])
  expect(numberGroups('—')).toEqual(['—'])
})
