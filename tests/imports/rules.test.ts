/** The pure law of this room: cells, dates, addresses, headings, tables of text, steps. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arabic, noRules } from '../../src-main/imports/address.ts'
import { gasChoices } from '../../src-main/imports/choices.ts'
import { findHeading, guessKind, guessMapping, importFields } from '../../src-main/imports/fields.ts'
import { parseRow } from '../../src-main/imports/parse.ts'
import { mayMove, quotedNo, transitions } from '../../src-main/imports/rules.ts'
import type { RowSettings } from '../../src-main/imports/rows.ts'
import { importKinds, importStates } from '../../src-main/imports/words.ts'
import { cellProblem, cellText, lostDigits, readDate, readMonth } from '../../src-main/platform/sheets/cells.ts'
import { addDays, businessDate, dateParts } from '../../src-main/platform/dates.ts'
import { inventedNationalId } from '../support/invented.ts'

describe('dates of old systems', () => {
  test.each([
    ['2026-01-05', '2026-01-05'],
    ['2026/1/5', '2026-01-05'],
    ['2026.1.5', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['２０２６／１／５', '2026-01-05'],
    ['20260105', '2026-01-05'],
    ['20260105093000', '2026-01-05'],
    ['2026/1/5 9:30:00', '2026-01-05'],
    ['2026-01-05T00:00:00.000Z', '2026-01-05'],
    ['46027', '2026-01-05'],
    ['46027.5', '2026-01-05'],
    ['36526', '2000-01-01'],
  ])('%s is %s', (written, date) => expect(readDate(written)).toBe(date))

  test.each(['2026-02-30', '2026/13/1', '5/1/2026', '26-1-5', '2026', '123', '99999', 'x', ''])(
    '%j is none',
    (written) => expect(readDate(written)).toBeNull(),
  )

  test('every day is read back however it is written, and as Excel counts it', () => {
    const days = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays(businessDate('1960-01-01'), n))
    fc.assert(
      fc.property(days, (day) => {
        const { year, month, day: of } = dateParts(day)
        for (const written of [day, `${year}/${month}/${of}`, `${year}年${month}月${of}日`, day.replaceAll('-', '')])
          expect(readDate(written)).toBe(day)
        const serial = (Date.UTC(year, month - 1, of) - Date.UTC(1899, 11, 30)) / 86_400_000
        expect(readDate(String(serial))).toBe(day)
      }),
    )
  })

  test.each([
    ['2026-09', '2026-09-01'],
    ['2026/9', '2026-09-01'],
    ['2026年9月', '2026-09-01'],
    ['202609', '2026-09-01'],
    ['2026-09-30', '2026-09-01'],
    ['2026-13', null],
    ['9月', null],
  ])('month %s is %s', (written, month) => expect(readMonth(written)).toBe(month))
})

describe('cells', () => {
  test('a number of Excel is read as Excel shows it', () => {
    expect([0.1 + 0.2, 12_340_000_000_000, 1e-7, 100].map(cellText)).toEqual([
      '0.3',
      '12340000000000',
      '0.0000001',
      '100',
    ])
  })
  test('a long number that Excel rounded is told, not taken', () => {
    expect([4.20107e17, '4.20107E+17', 13_900_000_000, '420107199001010014'].map(lostDigits)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
  test('a formula that failed and a cell of a megabyte say so', () => {
    expect(cellProblem({ error: '#N/A' })).toContain('#N/A')
    expect(cellProblem('x'.repeat(1_000_000))).toContain('超过 2000 个字')
    expect(cellProblem('x')).toBeNull()
  })
})

/** What an old system's word comes to; undefined is a mistake of its row. */
const gasOf = (word: string) => gasChoices.find(([, words]) => words.test(word))?.[0]
test('whoever is not said to be supplied in so many words does not come in so (clauses 15, 17)', () => {
  const flows = ['供气', '已供气', '供气中', '正常', '正常供气', '供气正常', '在用', '正常在用', '使用中', '正常使用', '用气', '通气', '已通气', '已开通', '已点火'] // prettier-ignore
  expect(flows.filter((word) => gasOf(word) !== 'supplied')).toEqual([])
  const not = ['停止供气', '中断供气', '不供气', '无供气', '暂不供气', '禁止供气', '未使用', '不使用', '停止使用', '未用气', '不正常', '非正常', '未开户', '已开户', '待开通', '待供气', '限制使用', '正常停用', '供气中止', '供气管道已拆除'] // prettier-ignore
  expect(not.filter((word) => gasOf(word) === 'supplied')).toEqual([])
  expect(['停止供气', '中断供气', '供气中止', '停止使用'].map(gasOf)).toEqual(Array(4).fill('suspended'))
  expect(['待开通', '待供气', '待点火', '未通气'].map(gasOf)).toEqual(Array(4).fill('not-ignited'))
})

test('a building is known by one number, however it is written', () => {
  expect(['三', '十', '十二', '二十', '二十一', '3', 'A', '', '东'].map(arabic)).toEqual([
    '3',
    '10',
    '12',
    '20',
    '21',
    '3',
    'A',
    '',
    '东',
  ])
})

describe('headings', () => {
  test('every field is known by its own label and by each of its words', () => {
    for (const kind of importKinds)
      for (const { key, label, words } of importFields[kind])
        for (const word of [label, ...words]) {
          const mapping = guessMapping(kind, [word])
          expect(Object.values(mapping), `${kind} ${key} ${word}`).toEqual([0])
        }
  })
  test('brackets, units, marks and spaces make no difference', () => {
    expect(guessMapping('customers', ['*户 号', '姓名：', '余额（元）', '表底数(m³)'])).toMatchObject({
      accountNo: 0,
      name: 1,
      balance: 2,
      index: 3,
    })
  })
  test('what this source called a field goes before the words, and what it left out stays out', () => {
    const headings = ['户号', '编码', '姓名', '电话']
    expect(guessMapping('customers', headings, { 编码: 'accountNo', 户号: '', 电话: '' })).toEqual({
      accountNo: 1,
      name: 2,
    })
  })
  test('are found below a title, and tell what the file holds', () => {
    const rows = [['2026 年用户清单', '', ''], [], ['户号', '姓名', '地址'], ['1', '王', '阳光花园']]
    expect(findHeading(rows, importKinds)).toBe(2)
    expect(findHeading([['一', '二']], importKinds)).toBeNull()
    expect(guessKind(['工号', '姓名', '岗位'], importKinds)).toBe('staff')
    expect(guessKind(['户号', '表号', '表底数'], importKinds)).toBe('meters')
    expect(guessKind(['户号', '姓名', '手机', '地址'], importKinds)).toBe('customers')
    expect(guessKind(['户号', '姓名', '预存'], importKinds)).toBe('balances')
    expect(guessKind(['户号', '姓名', '欠费', '账期', '缴费期限'], importKinds)).toBe('balances')
    expect(guessKind(['甲', '乙'], importKinds)).toBeNull()
  })
  test('no column is given to two fields', () => {
    const words = importKinds.flatMap((kind) =>
      importFields[kind].flatMap(({ label, words: also }) => [label, ...also]),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...importKinds),
        fc.array(fc.constantFrom(...words), { maxLength: 30 }),
        (kind, headings) => {
          const columns = Object.values(guessMapping(kind, headings))
          expect(new Set(columns).size).toBe(columns.length)
        },
      ),
    )
  })
})

describe('rows', () => {
  const settings: RowSettings = {
    today: businessDate('2026-11-23'),
    plans: [
      { id: 'p1', code: 'jm', name: '居民阶梯', category: 'resident', state: 'in-force', cycleStart: '01-01' },
      { id: 'p2', code: 'sy', name: '商业', category: 'commercial', state: 'in-force', cycleStart: '01-01' },
    ],
    planOf: { resident: 'p1' },
    areaCode: '0990',
    addresses: noRules,
  }
  const read = (kind: (typeof importKinds)[number], cells: Record<string, string | number>) => {
    const keys = Object.keys(cells)
    return parseRow(kind, Object.fromEntries(keys.map((key, i) => [key, i])), Object.values(cells), settings)
  }
  const customer = { accountNo: 'A-001', name: '王某', address: '阳光花园3-2-501', gasState: '供气' }

  test('full-width digits, thousands separators and units are the input method, not mistakes', () => {
    const { row, problems } = read('customers', {
      ...customer,
      phone: '１３９００００００００',
      meterNo: 'ｍ２０２６',
      index: '1,234.5m³',
      prepayment: '￥1,050.5',
      householdSize: '3人',
    })
    expect(problems.filter(({ level }) => level === 'bad')).toEqual([])
    expect(row).toMatchObject({
      phone: '13900000000',
      meter: { meterNo: 'M2026', kind: 'diaphragm', digits: 5 },
      opening: { index: 1_234_500, readOn: '2026-11-23' },
      prepayment: 105_050,
      householdSize: 3,
    })
  })
  test('one balance column is a prepayment when positive and a debt when negative', () => {
    expect(read('customers', { ...customer, balance: '12.3' }).row).toMatchObject({ prepayment: 1230, arrears: 0 })
    expect(read('customers', { ...customer, balance: '-12.3', month: '2026-10' }).row).toMatchObject({
      prepayment: 0,
      arrears: 1230,
      month: '2026-10-01',
    })
    expect(read('customers', { ...customer, balance: -12.3 }).problems).toMatchObject(
      [
        { field: 'month', reason: '有欠费时须写明欠费月份' },
        { field: 'phone', level: 'notice' },
      ].toSorted((a) => (a.field === 'phone' ? -1 : 1)),
    )
  })
  test('whether gas flows is never guessed: an empty state is a mistake of its row, whatever the row says else', () => {
    for (const gasState of ['', ' ', '无', '-'] as const) {
      const { row, problems } = read('customers', {
        ...customer,
        phone: '13900000000',
        gasState,
        meterNo: 'M1',
        index: '5',
      })
      expect(row).toBeNull()
      expect(problems.filter(({ field }) => field === 'gasState')).toEqual([
        { field: 'gasState', value: '', reason: '必填，不能空着', level: 'bad' },
      ])
    }
  })
  test('the kind of an identity is told by its check digits', () => {
    const identity = (idNumber: string) => read('customers', { ...customer, idNumber }).row
    expect(identity(inventedNationalId(7))).toMatchObject({ idKind: 'national-id', idNumber: inventedNationalId(7) })
    expect(identity('')).toMatchObject({ idKind: 'none', idNumber: null })
  })
  test('every mistake of a row is told, each cell once', () => {
    const { row, problems } = read('customers', {
      accountNo: '',
      name: '',
      address: '',
      phone: '1',
      index: 'x',
      openedOn: '2027-01-01',
      category: '外星',
      plan: '没有',
      care: '富豪',
    })
    expect(row).toBeNull()
    const bad = problems.filter(({ level }) => level === 'bad').map(({ field }) => field)
    expect(new Set(bad)).toEqual(
      new Set(['accountNo', 'name', 'gasState', 'address', 'phone', 'index', 'openedOn', 'category', 'plan', 'care']),
    )
    expect(new Set(bad).size).toBe(bad.length)
  })
  test('a plan must be of the customer’s category', () => {
    const reason = (cells: Record<string, string>) =>
      read('customers', { ...customer, ...cells }).problems.find(({ level }) => level === 'bad')?.reason
    expect(reason({ plan: '商业' })).toContain('与客户类别居民不符')
    expect(read('customers', { ...customer, plan: 'sy', category: '餐饮商户' }).row).toMatchObject({ planId: 'p2' })
    expect(reason({ category: '工业' })).toContain('默认的价格方案')
  })
  test('whatever stands in a row, it is read or its mistakes are told; nothing is thrown', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.double({ noNaN: false }),
      fc.integer(),
      fc.constant(null),
      fc.constantFrom('2026-01-01', '居民', '-3.5', '正常', '{}', '阳光花园3-2-501', { error: '#REF!' }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...importKinds), fc.array(cell, { minLength: 45, maxLength: 45 }), (kind, cells) => {
        const mapping = Object.fromEntries(importFields[kind].map(({ key }, i) => [key, i]))
        const { row, problems } = parseRow(kind, mapping, cells, settings)
        const bad = problems.filter(({ level }) => level === 'bad')
        expect(row === null).toBe(bad.length > 0)
        for (const { reason } of bad) expect(reason).toMatch(/\p{Script=Han}/u)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the steps of an import', () => {
  test('are those of the table, in every order: nothing that is in the books is read, checked or given up again', () => {
    for (const from of importStates)
      for (const to of importStates) expect(mayMove(from, to)).toBe(transitions[from].includes(to))
    const reach = (from: (typeof importStates)[number], seen = new Set([from])): Set<string> => {
      for (const to of transitions[from]) if (!seen.has(to)) reach(to, seen.add(to))
      return seen
    }
    expect(reach('indexing')).toEqual(new Set(['indexing', 'done', 'undoing', 'undone']))
    expect(reach('discarded')).toEqual(new Set(['discarded']))
  })
  test('a number is compared by its letters and digits', () => {
    expect(['a-001 ', 'Ａ００１', '00 12'].map(quotedNo)).toEqual(['A001', 'A001', '0012'])
  })
})
