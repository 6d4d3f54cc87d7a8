/** What the pages say, and the templates they save: each comes back through the same door. */
import { describe, expect, test } from 'vitest'
import {
  broughtLines,
  importFields,
  importKinds,
  guessKind,
  guessMapping,
  type Brought,
  type ImportView,
} from '../../src-main/imports/api.ts'
import { noRules } from '../../src-main/imports/address.ts'
import { parseRow } from '../../src-main/imports/parse.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import { isInterrupted, stateOf } from '../../src-renderer/imports/import-words.ts'
import { effectScope } from 'vue'
import { fieldOptions, useNewImport } from '../../src-renderer/imports/new-import.ts'
import { templateOf } from '../../src-renderer/imports/template.ts'
import { openWorkbook } from '../support/workbook.ts'

const at = (state: ImportView['state'], more: Partial<ImportView> = {}) =>
  ({ state, live: false, bad: 0, ...more }) as ImportView

describe('an import on the screen', () => {
  test('says that it was interrupted, that it has mistakes, that it waits, that it is done', () => {
    expect(stateOf(at('checking'))).toEqual({ state: 'late', text: '中断，可继续' })
    expect(stateOf(at('checking', { live: true }))).toEqual({ state: 'todo', text: '检查中' })
    expect(stateOf(at('checked', { bad: 3 }))).toEqual({ state: 'late', text: '3 行有错误' })
    expect(stateOf(at('checked'))).toEqual({ state: 'todo', text: '待导入' })
    expect(stateOf(at('done'))).toEqual({ state: 'ok', text: '已导入' })
    expect([at('checked'), at('indexing'), at('done')].map(isInterrupted)).toEqual([false, true, false])
  })
  test('tells what came in, and nothing of what did not', () => {
    const nothing: Brought = {
      customers: 0,
      joined: 0,
      accounts: 0,
      meters: 0,
      readings: 0,
      bills: 0,
      events: 0,
      staff: 0,
      certificates: 0,
      care: 0,
      prepayment: fen(0),
      arrears: fen(0),
    }
    expect(broughtLines(nothing)).toEqual([])
    expect(broughtLines({ ...nothing, customers: 2, arrears: fen(123_456) })).toEqual([
      { label: '新建客户', text: '2 位' },
      { label: '期初欠费', text: '1,234.56 元' },
    ])
  })
  test('offers what must be there first', () => {
    for (const kind of importKinds) {
      const options = fieldOptions(kind)
      expect(options[0]).toEqual({ value: '', label: '不导入' })
      const required = importFields[kind].filter((field) => field.required).length
      expect(options.slice(1, 1 + required).every(({ label }) => label.endsWith('（必需）'))).toBe(true)
    }
  })
})

describe.each(importKinds)('the template of %s', (kind) => {
  test('maps itself, and its example is good', async () => {
    const book = await openWorkbook(await templateOf(kind))
    const sheet = book.worksheets[0]
    const texts = (row: number) =>
      importFields[kind].map((_, i) => String(sheet?.getRow(row).getCell(i + 1).value ?? ''))
    const headings = texts(1)
    expect(guessMapping(kind, headings)).toEqual(Object.fromEntries(importFields[kind].map(({ key }, i) => [key, i])))
    expect(guessKind(headings, [kind])).toBe(kind)
    const { problems } = parseRow(kind, guessMapping(kind, headings), texts(2), {
      today: businessDate('2026-11-23'),
      plans: [],
      planOf: { resident: 'p1' },
      areaCode: '',
      addresses: noRules,
    })
    expect(problems).toEqual([])
    expect(book.worksheets[1]?.name).toBe('填写说明')
  })
})

test('the contents somebody chose are not guessed again when the file comes', () => {
  const file = { name: 'a.csv', size: 1, sha256: '', encoding: null, sheets: [] }
  const sheet = { name: 'a', rows: [], headingRow: 1, kind: 'customers' } as const
  const looked = { ...file, sheets: [sheet] } as unknown as Parameters<ReturnType<typeof useNewImport>['look']>[1]
  const scope = effectScope()
  scope.run(() => {
    const form = useNewImport()
    form.look('a.csv', looked)
    expect(form.kind.value).toBe('customers')
    form.say('history')
    form.look('a.csv', looked)
    expect(form.kind.value).toBe('history')
  })
  // Nothing is asked of a backend here.
  scope.stop()
})
