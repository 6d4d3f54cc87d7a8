import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Place, Profile } from '../../src-main/customers/api.ts'
import { remark, shortText } from '../../src-main/platform/contract.ts'
import {
  nationalIdProblem,
  normaliseNationalId,
  normalisePhone,
  phoneProblem,
} from '../../src-main/platform/identity.ts'
import { fen, litre, parseCubicMetres, parseYuan } from '../../src-main/platform/money.ts'
import { cleanInput, cleanText } from '../../src-main/platform/text.ts'
import { inventedMobile, inventedNationalId } from '../support/invented.ts'

const invisible = [
  '\u200b',
  '\u200c',
  '\u200d',
  '\ufeff',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u202c',
  '\u2066',
  '\u2069',
  '\u2060',
  '\u00ad',
] as const
/** The text with an invisible character put in anywhere. */
const withInvisible = (text: string) =>
  fc
    .tuple(fc.constantFrom(...invisible), fc.nat(text.length))
    .map(([character, at]) => text.slice(0, at) + character + text.slice(at))

describe('what comes along with pasted text (C7)', () => {
  const id = inventedNationalId(7)
  const phone = inventedMobile(7)

  test('is removed from IDs, phones, names and numbers, wherever it stands', () => {
    fc.assert(
      fc.property(withInvisible(id), withInvisible(phone), withInvisible('张三'), (pastedId, pastedPhone, name) => {
        expect(nationalIdProblem(pastedId)).toBeNull()
        expect(normaliseNationalId(pastedId)).toBe(id)
        expect(phoneProblem(pastedPhone)).toBeNull()
        expect(normalisePhone(pastedPhone)).toBe(phone)
        expect(shortText('姓名').parse(name)).toBe('张三')
        expect(
          Profile.parse({ category: 'resident', name, idKind: 'national-id', idNumber: pastedId, phone: pastedPhone }),
        ).toMatchObject({
          name: '张三',
          idNumber: id,
          phone,
        })
      }),
    )
  })

  test('also spaces that do not break and full-width digits', () => {
    expect(normalisePhone('\u00a0１３８\u00a0００００\u00a0１２３４')).toBe('13800001234')
    expect(parseYuan('\u200b１,２３４.５０\u00a0')).toBe(fen(123_450))
    expect(parseCubicMetres('125.5\ufeff')).toBe(litre(125_500))
    expect(Place.parse({ community: '阳光\u200b花园', building: '３', room: '\u200e501' })).toMatchObject({
      community: '阳光花园',
      building: '3',
      room: '501',
    })
    expect(remark('备注').parse('两行\n\u200b备注\u00a0')).toBe('两行\n备注')
  })

  test('a name that is nothing else is no name', () => {
    expect(shortText('姓名').safeParse('\u200b\ufeff').success).toBe(false)
  })

  test('ordinary text stays as it is, and cleaning twice is cleaning once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text))
      }),
    )
    expect(cleanText('阳光花园3号楼　王先生，ＡＢＣ')).toBe('阳光花园3号楼　王先生，ＡＢＣ')
  })

  test('a call has it removed from every text of its input, but not from passwords, paths and bytes', () => {
    const bytes = new Uint8Array([1, 2])
    expect(
      cleanInput(
        {
          no: 'A\u200b1',
          rows: [{ text: '\ufeff一' }],
          password: 'x\u200by',
          sourcePath: '/a\u00a0b',
          bytes,
          n: 1,
          none: null,
        },
        ['password'],
      ),
    ).toEqual({
      no: 'A1',
      rows: [{ text: '一' }],
      password: 'x\u200by',
      sourcePath: '/a\u00a0b',
      bytes,
      n: 1,
      none: null,
    })
  })
})
