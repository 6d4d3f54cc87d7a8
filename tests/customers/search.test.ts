import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EditCustomer, SearchCustomers, type ProfileDraft } from '../../src-main/customers/api.ts'
import { indexAll } from '../../src-main/customers/service.ts'
import { matchExpression, matchSteps, parseQuery, searchTerms } from '../../src-main/customers/search-words.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { inventedCreditCode, inventedMobile, inventedNationalId } from '../support/invented.ts'
import { openOne, requestId, type Opened } from './support.ts'

let hall: TestHall
let people: Record<'单' | '曾' | '厂' | '维' | '吕', Opened>

beforeAll(async () => {
  hall = await openTestHall()
  people = {
    单: openOne(hall, 1, { profile: { name: '单雄信' }, place: { room: '501' }, meterNo: 'JX2026000123' }),
    曾: openOne(hall, 2, { profile: { name: '曾小贤', phoneAlt: '0990-6881234' }, place: { community: '翠湖名苑' } }),
    厂: openOne(hall, 3, {
      profile: {
        category: 'industrial',
        name: '示例第3化工厂',
        idKind: 'credit-code',
        idNumber: inventedCreditCode(3),
      },
      place: { community: '工业园', building: 'A', unit: '', room: '' },
    }),
    维: openOne(hall, 4, { profile: { name: '阿依古丽·买买提' }, place: { building: '12', unit: '1', room: '1803' } }),
    吕: openOne(hall, 5, { profile: { name: '吕 Tom' }, place: { community: '吉祥3期', building: '3', unit: '2' } }),
  }
})
afterAll(() => hall.close())

const found = async (text: string) => (await hall.call(SearchCustomers, { text, limit: 20 })).rows
const accountsFound = async (text: string) => (await found(text)).map((row) => row.accountId)

describe('a customer is found by', () => {
  test.each([
    ['the name', '单雄信', '单'],
    ['the beginning of the name', '单雄', '单'],
    ['the given name', '雄信', '单'],
    ['pinyin, the surname read as a surname', 'shanxiongxin', '单'],
    ['pinyin as an ordinary word, for who does not know', 'danxiong', '单'],
    ['initials of the surname reading', 'sxx', '单'],
    ['capital initials', 'ZXX', '曾'],
    ['full-width letters of an input method', 'ｚｘｘ', '曾'],
    ['pinyin with ü as v', 'lv', '吕'],
    ['pinyin with ü as a passport has it', 'lyu', '吕'],
    ['pinyin with ü as it is', 'lü', '吕'],
    ['pinyin with ü as u', 'lu', '吕'],
    ['the other reading of a surname', 'ceng', '曾'],
    [
      'the whole ID with an invisible character and full-width digits',
      `\u200b${inventedNationalId(2).slice(0, 6)}\u200b${inventedNationalId(2).slice(6)}\ufeff`,
      '曾',
    ],
    ['a phone typed in groups', inventedMobile(1).replace(/(\d{3})(\d{4})/, '$1 $2 '), '单'],
    ['a Latin part of the name', 'tom', '吕'],
    ['a name with a point in it', '阿依古丽买买提', '维'],
    ['the part after the point', 'maimaiti', '维'],
    ['an organisation read as words', 'sld3hgc', '厂'],
    ['the phone tail', inventedMobile(1).slice(-4), '单'],
    ['the whole phone', inventedMobile(1), '单'],
    ['a second phone, a landline, with or without its line', '0990-6881234', '曾'],
    ['the last four of the landline', '1234', '曾'],
    ['the ID tail', inventedNationalId(2).slice(-6), '曾'],
    ['the whole ID from a card reader', inventedNationalId(2), '曾'],
    ['the credit code', inventedCreditCode(3), '厂'],
    ['the meter number', 'JX2026000123', '单'],
    ['the meter number while it is typed', 'jx20260', '单'],
    ['the meter tail', '00123', '单'],
    ['the meter number typed in groups', 'JX 2026 0001 23', '单'],
    ['the meter number in groups with dashes', 'jx-2026-000123', '单'],
    ['the meter number in groups of both kinds', 'JX2026-000 123', '单'],
    ['the meter number without its letters, in short groups', '2026 0001 23', '单'],
    ['the tail of the meter number in groups', '000 123', '单'],
    ['the community initials', 'chmy', '曾'],
    ['the community and the room', '阳光 3-2-501', '单'],
    ['the community and the room in one word', '阳光花园3-2-501', '单'],
    ['initials and the room in one word', 'yghy3-2-501', '单'],
    ['the room as it is spoken', '3号楼2单元501室', '单'],
    ['unit and room', '2-501', '单'],
    ['the room alone', '1803', '维'],
    ['a building that is a letter', '工业园 A座', '厂'],
    ['a community with a digit', '吉祥3期', '吕'],
    ['name and community in any order', 'ygh 单', '单'],
    ['the street', '人民路12号 单', '单'],
  ] as const)('%s: %s', async (_, text, who) => {
    const rows = await found(text)
    expect(rows[0]?.accountId).toBe(people[who].accountId)
  })

  test('the account number, its tail, and the number typed in groups', async () => {
    const { accountNo, accountId } = people.维
    const grouped = accountNo.replace(/(\d{4})(?=\d)/g, '$1 ')
    for (const text of [accountNo, accountNo.slice(-5), accountNo.slice(0, -1), grouped]) {
      expect((await accountsFound(text))[0], text).toBe(accountId)
    }
  })
})

describe('a search', () => {
  test('wants every word', async () => {
    expect(await accountsFound('单 翠湖')).toEqual([])
    expect(await accountsFound('阳光 999')).toEqual([])
  })

  test('puts a name that begins so before one that only contains it', async () => {
    const inner = openOne(hall, 21, { profile: { name: '王思聪' } })
    const whole = openOne(hall, 22, { profile: { name: '思聪' } })
    expect(await accountsFound('思聪')).toEqual([whole.accountId, inner.accountId])
  })

  test.each([
    '',
    '   ',
    '"',
    '*',
    ')',
    "' OR 1=1 --",
    'NEAR(a b)',
    '^',
    '~',
    '-',
    '--',
    '%',
    '_',
    '\u0000',
    '🙂',
    '𠮷',
    'ᦰ¼',
    'ᦰ-',
    '张𫠠明',
    '¼½',
  ])('takes %j as text, never as a command', async (text) => {
    expect(Array.isArray(await found(text))).toBe(true)
  })

  test('never fails, whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (text) => {
        expect((await found(text)).length).toBeLessThanOrEqual(20)
      }),
      { numRuns: 200 },
    )
  })

  test('says which part it matched, in the words shown', async () => {
    const marked = async (text: string, who: Opened) => {
      const row = (await found(text)).find(({ accountId }) => accountId === who.accountId)
      const shown = {
        name: row?.name,
        address: row?.address,
        meter: row?.meterNo,
        phone: row?.phoneTail,
        id: '',
        account: row?.accountNo,
      }
      return row?.marks.map(({ field, from, to }) => `${field}:${shown[field]?.slice(from, to)}`)
    }
    expect(await marked('sxx', people.单)).toEqual(['name:单雄信'])
    expect(await marked('xiong', people.单)).toEqual(['name:雄'])
    expect(await marked('阳光 3-2-501', people.单)).toEqual(['address:阳光', 'address:3号楼2单元501室'])
    expect(await marked('yghy', people.单)).toEqual(['address:阳光花园'])
    expect(await marked('00123', people.单)).toEqual(['meter:00123'])
    expect(await marked(inventedMobile(1).slice(-4), people.单)).toEqual([`phone:${inventedMobile(1).slice(-4)}`])
    expect(await marked('mmt', people.维)).toEqual(['name:买买提'])
    expect((await found(inventedNationalId(2)))[0]).toMatchObject({ matched: 'id', marks: [] })
  })

  test('follows an edit at once, and a restart', async () => {
    const { customerId, accountId } = openOne(hall, 30, { profile: { name: '魏改名' } })
    const change = { name: '郝新名', phone: inventedMobile(4321) }
    await hall.call(EditCustomer, { requestId: requestId(), customerId, version: 1, change })
    expect(await accountsFound('wgm')).toEqual([])
    expect(await accountsFound(inventedMobile(30))).toEqual([])
    await hall.restart()
    expect(await accountsFound('hxm')).toEqual([accountId])
    expect(await accountsFound('4321')).toEqual([accountId])
  })

  test('finds the same after the index is made anew', async () => {
    const texts = ['s', 'sxx', '单', '阳光', '501', '3-2', 'jx', '00123']
    const answers = async () => Promise.all(texts.map(async (text) => (await accountsFound(text)).sort()))
    const before = await answers()
    hall.transact(indexAll)
    expect(await answers()).toEqual(before)
  })
})

const han = fc.constantFrom(...'王李张刘陈单曾解仇查盖乐朴尉迟欧阳长重行朝伟芳娜秀英敏静强磊洋勇艳杰买提古丽')
const personName = fc.array(han, { minLength: 1, maxLength: 8 }).map((characters) => characters.join(''))
const subject = fc.record({
  name: personName,
  person: fc.boolean(),
  phones: fc.array(fc.integer({ min: 0, max: 9_999_999 }).map(inventedMobile), { minLength: 1, maxLength: 2 }),
  idNumber: fc.integer({ min: 0, max: 9_999 }).map(inventedNationalId),
  accountNo: fc.integer({ min: 0, max: 99_999_999 }).map((n) => `00101${String(n).padStart(8, '0')}`),
  meterNo: fc.integer({ min: 0, max: 99_999_999 }).map((n) => `JX${n}`),
  place: fc.record({
    street: fc.constant('人民路12号'),
    community: personName,
    building: fc.integer({ min: 1, max: 99 }).map(String),
    unit: fc.integer({ min: 1, max: 9 }).map(String),
    room: fc.integer({ min: 101, max: 3504 }).map(String),
  }),
})

/** The index as FTS5 reads it: a term equal to a word, or beginning with it when it ends in a star. */
function matches(terms: readonly string[], text: string): boolean {
  const words = parseQuery(text)
  const expression = matchExpression(words, matchSteps.at(-1) as (typeof matchSteps)[number])
  if (expression === null) return false
  const holds = expression.replace(/"([^"]*)"(\*?)/g, (_, word: string, star: string) =>
    String(terms.some((term) => (star === '*' ? term.startsWith(word) : term === word))),
  )
  // What is left is true, false, AND, OR and brackets.
  const value = (source: string): boolean => {
    let reduced = source.replaceAll(' ', '')
    for (let before = ''; before !== reduced;) {
      before = reduced
      reduced = reduced
        .replace(/\((true|false)\)/g, '$1')
        .replace(/(true|false)AND(true|false)/g, (__, a, b) => String(a === 'true' && b === 'true'))
        .replace(
          /(^|\()(true|false)OR(true|false)(?!AND)/g,
          (__, open, a, b) => open + String(a === 'true' || b === 'true'),
        )
    }
    return reduced === 'true'
  }
  return value(holds)
}

describe('a secret', () => {
  test('is found by nothing between the whole of it and its tail, and no answer depends on such a part', () => {
    fc.assert(
      fc.property(subject, fc.integer({ min: 0, max: 9_999_999 }).map(inventedMobile), (who, phone) => {
        // The same person with another phone and no ID: whatever tells the two apart tells a part of a secret.
        const terms = searchTerms(who).split(' ')
        const other = searchTerms({ ...who, phones: [phone], idNumber: null }).split(' ')
        const secrets = [...who.phones, who.idNumber, phone]
        const told = secrets.flatMap((secret) => [secret, secret.slice(-4), secret.slice(-6)])
        for (const secret of secrets) {
          for (let from = 0; from < secret.length; from++) {
            for (let to = from + 1; to <= secret.length; to++) {
              const part = secret.slice(from, to)
              if (told.includes(part)) continue
              expect(matches(terms, part), part).toBe(matches(other, part))
            }
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('whoever is on file', () => {
  test('is found by every beginning of the name and every tail of the numbers', () => {
    fc.assert(
      fc.property(subject, (who) => {
        const terms = searchTerms(who).split(' ')
        const beginnings = (text: string) => [...text].map((_, i) => [...text].slice(0, i + 1).join(''))
        const tails = (text: string) => [...text].map((_, i) => text.slice(i))
        for (const text of [
          ...beginnings(who.name),
          ...beginnings(who.place.community),
          ...beginnings(`${who.place.building}-${who.place.unit}-${who.place.room}`),
          ...tails(who.accountNo),
          ...[...who.phones, who.idNumber].flatMap((number) => [number, number.slice(-4)]),
          who.idNumber.slice(-6),
          ...tails(who.meterNo.slice(2)),
          who.meterNo,
          `${who.name} ${who.place.community}`,
          `${who.place.community}${who.place.building}-${who.place.unit}-${who.place.room}`,
        ]) {
          expect(matches(terms, text), `${text} in ${terms.join(' ')}`).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('is found in the real index by every beginning of the initials', async () => {
    const surnames: [string, string][] = [
      ['单田芳', 'stf'],
      ['解晓东', 'xxd'],
      ['仇和', 'qh'],
      ['查良镛', 'zly'],
      ['尉迟恭', 'ycg'],
      ['区小明', 'oxm'],
      ['曾小贤', 'cxx'],
      ['解晓东', 'jxd'],
      ['仇和', 'ch'],
      ['查良镛', 'cly'],
      ['吕蒙', 'lm'],
    ]
    for (const [i, [name, initials]] of surnames.entries()) {
      const profile: Partial<ProfileDraft> = { name }
      const { accountId } = openOne(hall, 50 + i, { profile })
      for (let length = 1; length <= initials.length; length++) {
        expect(await accountsFound(initials.slice(0, length)), `${name} by ${initials.slice(0, length)}`).toContain(
          accountId,
        )
      }
    }
  })
})
