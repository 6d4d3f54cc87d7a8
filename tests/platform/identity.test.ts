import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessDate } from '../../src-main/platform/dates.ts'
import {
  birthDateOf,
  creditCodeProblem,
  maskNationalId,
  maskNumbersIn,
  maskPhone,
  mobileProblem,
  nationalIdProblem,
  normaliseNationalId,
  normalisePhone,
  numbersIn,
  numbersShown,
  phoneProblem,
  sexOf,
  unmaskedAs,
} from '../../src-main/platform/identity.ts'
import { inventedCreditCode, inventedMobile, inventedNationalId } from '../support/invented.ts'

const people = fc.nat(500_000)

describe('身份证号', () => {
  test.each(['11010519491231002X', '440524188001010014', '34052419800101001X'])('the published sample %s', (id) => {
    expect(nationalIdProblem(id)).toBeNull()
  })

  test.each([
    ['', '请填写身份证号'],
    ['1101051949123100', '身份证号应为 18 位，现在是 16 位'],
    ['11010519491231002A', '身份证号只能是数字，末位可以是 X'],
    ['1101051949X2310021', '身份证号只能是数字，末位可以是 X'],
    ['110105194902300025', '身份证号中的出生日期 1949-02-30 不存在，请核对第 7 至 14 位'],
    ['110105194912310021', '身份证号校验不符，有一位输错或两位颠倒，请对照证件核对'],
  ])('%j: %s', (id, problem) => {
    expect(nationalIdProblem(id)).toBe(problem)
  })

  test('a birth date after today is refused where today is known', () => {
    const id = inventedNationalId(12)
    const birth = birthDateOf(id)
    expect(nationalIdProblem(id, birth)).toBeNull()
    expect(nationalIdProblem(id, businessDate('1939-12-31'))).toContain('晚于今天')
  })

  test('small x, spaces and full-width digits are the same number', () => {
    expect(normaliseNationalId(' 11010519491231００２x ')).toBe('11010519491231002X')
    expect(nationalIdProblem('110105 19491231 002x')).toBeNull()
  })

  test('an old 15-digit number is brought to 18 and says the same of its holder', () => {
    expect(normaliseNationalId('110105491231002')).toBe('11010519491231002X')
    expect(nationalIdProblem('110105491231002')).toBeNull()
    expect(nationalIdProblem('110105491331002')).toContain('不存在')
    expect(birthDateOf('110105491231002')).toBe('1949-12-31')
    expect(sexOf('110105491231002')).toBe('female')
    expect(sexOf('34052419800101001X')).toBe('male')
  })

  test('every single wrong digit and every exchange of different neighbours is found', () => {
    fc.assert(
      fc.property(people, fc.nat(16), fc.integer({ min: 1, max: 9 }), (n, at, shift) => {
        const id = inventedNationalId(n)
        const wrong = String((Number(id.charAt(at)) + shift) % 10)
        expect(nationalIdProblem(id.slice(0, at) + wrong + id.slice(at + 1))).not.toBeNull()
      }),
    )
    fc.assert(
      fc.property(people, fc.nat(15), (n, at) => {
        const id = inventedNationalId(n)
        fc.pre(id.charAt(at) !== id.charAt(at + 1))
        const swapped = id.slice(0, at) + id.charAt(at + 1) + id.charAt(at) + id.slice(at + 2)
        expect(nationalIdProblem(swapped)).not.toBeNull()
      }),
    )
  })
})

describe('统一社会信用代码', () => {
  test('the published sample is right and its altered copy is not', () => {
    expect(creditCodeProblem('91350100M000100Y43')).toBeNull()
    expect(creditCodeProblem('91350100m000100y43 ')).toBeNull()
    expect(creditCodeProblem('91350100M000100Y4Z')).toBe('统一社会信用代码不用字母 Z，请核对是否为相似的数字')
    expect(creditCodeProblem('91350100M000100Y44')).toBe('统一社会信用代码校验不符，请对照营业执照核对')
    expect(creditCodeProblem('91350100M000100Y4')).toBe('统一社会信用代码应为 18 位，现在是 17 位')
    expect(creditCodeProblem('91A50100M000100Y43')).toBe('统一社会信用代码第 3 至 8 位应为数字')
    expect(creditCodeProblem('91350100M000100Y4#')).toBe('统一社会信用代码只能是数字和大写字母')
    expect(creditCodeProblem('')).toBe('请填写统一社会信用代码')
  })

  test('every remainder has its check character, also the one whose sum is a multiple of 31', () => {
    const codes = Array.from({ length: 500 }, (_, n) => inventedCreditCode(n))
    expect(codes.map(creditCodeProblem).filter((problem) => problem !== null)).toEqual([])
    expect(new Set(codes.map((code) => code.charAt(17))).size).toBe(31)
  })

  test('every single wrong character is found', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 8, max: 17 }), fc.integer({ min: 1, max: 9 }), (n, at, shift) => {
        const code = inventedCreditCode(n)
        const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
        const wrong = letters.charAt((letters.indexOf(code.charAt(at)) + shift) % 31)
        expect(creditCodeProblem(code.slice(0, at) + wrong + code.slice(at + 1))).not.toBeNull()
      }),
    )
  })
})

describe('电话', () => {
  test.each([
    '13800001234',
    '+86 138-0000-1234',
    '0086 13800001234',
    '0990-6881234',
    '(010)68812345',
    '02168812345',
    '400-820-1234',
  ])('%s reaches a customer', (phone) => {
    expect(phoneProblem(phone)).toBeNull()
  })

  test.each([
    ['', '请填写联系电话'],
    ['1380000123', '手机号应为 11 位，现在是 10 位'],
    ['12800001234', '手机号应以 13 至 19 开头'],
    ['956100', '这是客服短号，请填写客户本人的电话'],
    ['6881234', '电话应为手机号、带区号的座机号或 400 号码'],
    ['0990-688123', '座机号应为区号加 7 或 8 位号码，例如 0990-6881234'],
    ['0990-688abcd', '电话只能是数字，区号后可加横线'],
    ['400-820-123', '400 电话应为 10 位'],
  ])('%j: %s', (phone, problem) => {
    expect(phoneProblem(phone)).toBe(problem)
  })

  test('a mobile number is asked for where a message will be sent', () => {
    expect(mobileProblem('19900001234')).toBeNull()
    expect(mobileProblem('0990-6881234')).not.toBeNull()
    expect(mobileProblem('')).toBe('请填写手机号')
  })

  test('is stored in one form', () => {
    expect(normalisePhone('+86 138 0000 1234')).toBe('13800001234')
    expect(normalisePhone('０９９０６８８１２３４')).toBe('0990-6881234')
    expect(normalisePhone('(010) 6881 2345')).toBe('010-68812345')
    expect(normalisePhone('4008201234')).toBe('4008201234')
  })
})

describe('掩码', () => {
  test('shows the first three and last four, and nothing of the birthday', () => {
    expect(maskPhone('13800001234')).toBe('138****1234')
    expect(maskPhone('0990-6881234')).toBe('099*****1234')
    expect(maskNationalId('11010519491231002X')).toBe('110***********002X')
  })

  test('of words hides every number of a person, in groups too, and nothing else; a masked text comes back as it was', () => {
    const words =
      '回电 13800001234、138 0000 1234 或 0990-6881234，证件 110105 19491231 002X；户号 0010100000319，3-2-501，950 元'
    const masked = maskNumbersIn(words)
    expect(masked).toBe(
      '回电 138****1234、138******1234 或 099*****1234，证件 110*************002X；户号 0010100000319，3-2-501，950 元',
    )
    expect(numbersIn([words, '再打 13800001234'])).toEqual([
      ...['13800001234', '138 0000 1234', '0990-6881234', '110105 19491231 002X'],
    ])
    expect(unmaskedAs(`${masked}，已核对`, words)).toBe(`${words}，已核对`)
    expect(unmaskedAs('只留 138****1234', words)).toBe('只留 13800001234')
    expect(numbersShown('13800001234', [words]).value).toBe('13800001234、0990-6881234、110105 19491231 002X')
    expect(numbersShown('', ['没有号码']).value).toBe('')
  })
  test('a text too short to hide anything is hidden whole', () => {
    expect(maskPhone('956100')).toBe('******')
    expect(maskNationalId('12345678')).toBe('********')
    expect(maskPhone('')).toBe('')
  })
})

test('invented identities pass every check and belong to a region that does not exist', () => {
  fc.assert(
    fc.property(people, (n) => {
      expect(nationalIdProblem(inventedNationalId(n), businessDate('2026-11-23'))).toBeNull()
      expect(inventedNationalId(n)).toMatch(/^99/)
      expect(creditCodeProblem(inventedCreditCode(n))).toBeNull()
      expect(mobileProblem(inventedMobile(n))).toBeNull()
    }),
  )
  const many = 20_000
  expect(new Set(Array.from({ length: many }, (_, n) => inventedNationalId(n))).size).toBe(many)
  expect(new Set(Array.from({ length: many }, (_, n) => inventedCreditCode(n))).size).toBe(many)
})
