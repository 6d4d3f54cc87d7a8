/** A list finds and adds up what it shows, whoever wrote its page. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  addUpPages,
  countColumn,
  doubtfulNumber,
  litreColumn,
  maxAddedRows,
  moneyColumn,
  rowHolds,
  searchedPages,
  sumsOf,
  type Column,
  withinOf,
} from '../../src-renderer/components/page-list.ts'

interface Row {
  readonly no: string
  readonly name: string
  readonly owed: number | null
  readonly used: number
  readonly tries: number
  readonly voided: boolean
}
const row = (n: number, more: Partial<Row> = {}): Row => ({
  ...{
    no: `ZD001010000${String(n).padStart(3, '0')}0`,
    name: `客户${n}`,
    owed: 1_050,
    used: 1_500,
    tries: 2,
    voided: false,
  },
  ...more,
})
const columns: readonly Column<Row>[] = [
  { key: 'no', label: '账单号', text: ({ no }) => no, kind: 'number' },
  { key: 'name', label: '客户', text: ({ name }) => name },
  moneyColumn('owed', '现欠（元）', ({ owed }) => owed),
  litreColumn('used', '用气 m³', ({ used }) => used),
  countColumn('tries', '次数', ({ tries }) => tries, { text: ({ tries }) => `${tries} 次` }),
  moneyColumn('taken', '实收', ({ owed }) => owed, { sum: ({ owed, voided }) => (voided ? 0 : (owed ?? 0)) }),
]
const pagesOf =
  (rows: readonly Row[]) =>
  ({ after, size }: { after: string | null; size: number }) => {
    const from = Number(after ?? 0)
    const next = from + size < rows.length ? String(from + size) : null
    return Promise.resolve({ rows: rows.slice(from, from + size), next })
  }

test('a bare number that only a lettered number bears is left in doubt; the customer of that number is not', () => {
  const bill = { no: 'ZD0010100000264', account: '0010100000013' }
  const of = (label: string, text: (row: typeof bill) => string): Column<typeof bill> => ({
    ...{ key: label, label, text, kind: 'number' },
  })
  const both = [of('账单号', ({ no }) => no), of('户号', ({ account }) => account)]
  for (const typed of ['0010100000264', '001 01 0000026 4', '10100000264'])
    expect(doubtfulNumber(both, bill, typed), typed).toBe('账单号')
  // With its letters it is the bill; the household by its own number; a name, a few digits, a meter are no doubt.
  for (const typed of [
    'ZD0010100000264',
    'zd 001 01 0000026 4',
    '0010100000013',
    '00000013',
    '赵一',
    '264',
    '20260001',
  ])
    expect(doubtfulNumber(both, bill, typed), typed).toBe(null)
  // A list that does not show the number it was found by.
  expect(doubtfulNumber(both.slice(1), bill, '0010100000264')).toBe('别的编号')
})

test('a list says how many rows it shows, and what their money and gas come to; of others only what is asked for', () => {
  const sums = sumsOf(columns, [row(1), row(2, { owed: null }), row(3, { voided: true })], '户')
  expect(sums).toEqual([
    { label: '共', text: '3 户' },
    { label: '现欠', text: '21.00 元' },
    { label: '用气', text: '4.5 m³' },
    { label: '实收', text: '10.50 元' },
  ])
})

test('all pages are added up, not the one that is shown; a list that is too long says so and no wrong sum', async () => {
  const of = async (count: number) => {
    const load = pagesOf(Array.from({ length: count }, (_, n) => row(n)))
    return addUpPages(columns, await load({ after: null, size: 50 }), load, '户')
  }
  expect((await of(120))[0]).toEqual({ label: '共', text: '120 户' })
  expect((await of(120))[1]?.text).toBe('1,260.00 元')
  expect(await of(maxAddedRows + 1)).toEqual([{ label: '共', text: '1,000 户以上，查找或筛选后合计' }])
})

test('what is looked through holds a number with and without its grouping, in either width and case', async () => {
  const one = row(7)
  for (const text of ['ZD0010100000070', 'zd 001 01 0000 0070', '００１０１００００００７０', '客户7'])
    expect(rowHolds(columns, one, text), text).toBe(true)
  expect(rowHolds(columns, one, '客户8')).toBe(false)
  const found = searchedPages(columns, pagesOf(Array.from({ length: 300 }, (_, n) => row(n))), '客户29')
  const first = await found.pages({ after: null, size: 5 })
  expect([first.rows.length, first.next]).toEqual([5, '5'])
  expect((await found.pages({ after: '5', size: 50 })).rows.map(({ name }) => name).at(-1)).toBe('客户299')
})

test('a list is looked through to its end, however long: what stands far down is found; beyond an export it says so', async () => {
  const many = Array.from({ length: maxAddedRows + 300 }, (_, n) => row(n))
  const found = searchedPages(columns, pagesOf(many), `客户${maxAddedRows + 250}`)
  expect((await found.pages({ after: null, size: 5 })).rows).toHaveLength(1)
  expect(await found.complete()).toBe(true)
  const endless = () => Promise.resolve({ rows: many.slice(0, 200), next: 'more' })
  expect(await searchedPages(columns, endless, '没有').complete()).toBe(false)
})

test('a list is no longer read for words that were typed over', async () => {
  let reads = 0
  const endless = () => Promise.resolve({ rows: [row(++reads)], next: 'more' })
  await searchedPages(columns, endless, '没有', () => reads < 3).complete()
  expect(reads).toBe(3)
})

test('what a list is narrowed to is named without its number; all of them is nothing left out', () => {
  const choices = [
    { value: 'open', label: '未缴清 31' },
    { value: 'many', label: '已逾期 1,000+' },
    { value: 'soon', label: '7 天内 3' },
    { value: 'late', label: '过了安排周' },
    { value: 'all', label: '全部' },
  ]
  expect(choices.map(({ value }) => withinOf(choices, value))).toEqual(['未缴清', '已逾期', '7 天内', '过了安排周', ''])
  // All of them, but of some days only.
  expect(withinOf(choices, 'all', true)).toBe('所选范围')
})

const renderer = new URL('../../src-renderer', import.meta.url).pathname
const pages = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue'))

test('every list of the program has a search and names what it counts; only the audit log has a form instead', () => {
  for (const file of pages) {
    for (const [tag] of readFileSync(join(renderer, file), 'utf8').matchAll(/<PageList\n(?:[^>"]|"[^"]*")*>/g)) {
      const name = /:?name="([^"]+)"/.exec(tag)?.[1] ?? file
      if (tag.includes(':findable="false"')) expect(name).toBe('操作日志')
      // The search of the database goes with the text of the page.
      if (tag.includes('search-for=')) expect(tag, name).toContain('v-model:search=')
      if (!tag.includes(':sums=') && !/操作日志|断点记录|报表明细/.test(name)) expect(tag, name).toContain('unit="')
    }
  }
})

/** What lies above these are acts or words, or chooses the list, not what of it is shown. */
const chooseTheList = /^(?:考核期限|考核记录|培训记录|待上报报表|已上报报表|导入地址|缴费记录|收费项目记录|上报记录)$/

test('a list that can be narrowed says within what nothing was found', () => {
  for (const file of pages) {
    const text = readFileSync(join(renderer, file), 'utf8')
    for (const { 0: tag, index } of text.matchAll(/<PageList\n(?:[^>"]|"[^"]*")*>/g)) {
      const name = /:?name="([^"]+)"/.exec(tag)?.[1] ?? file
      const within = tag.endsWith('/>') ? '' : text.slice(index, text.indexOf('</PageList>', index))
      if (within.includes('#filters') && !chooseTheList.test(name)) expect(tag, name).toContain(':within=')
    }
  }
})

test('whoever comes back to a list finds what was looked for and the filter: each that is the page’s is kept with its place', () => {
  for (const file of pages) {
    const text = readFileSync(join(renderer, file), 'utf8')
    for (const [tag] of text.matchAll(/<PageList\n(?:[^>"]|"[^"]*")*>/g)) {
      const name = /:?name="([^"]+)"/.exec(tag)?.[1] ?? file
      const search = /v-model:search="(\w+)/.exec(tag)?.[1]
      if (search !== undefined)
        expect(text, name).toMatch(new RegExp(`const ${search} = (?:useKeptRef|reactive<\\w+>\\()`))
    }
    const filter = /v-model="(\w+)"[^>]*turns/.exec(text)?.[1]
    if (text.includes('<PageList') && filter !== undefined)
      expect(text, file).toMatch(new RegExp(`const (?:${filter} = (?:useKeptRef|computed)|kept = useKept\\()`))
  }
})

test('no page makes a column of an amount by hand', () => {
  for (const file of readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((one) =>
    /\.(?:vue|ts)$/.test(one),
  ))
    if (!/components\/(?:page-list|workbook)\.ts$/.test(file))
      expect(readFileSync(join(renderer, file), 'utf8'), file).not.toMatch(/kind: '(?:money|litre|count)'/)
})
