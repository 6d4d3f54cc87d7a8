import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  CountCustomers,
  CustomerTimeline,
  ListCustomers,
  SumCustomers,
  type CustomerFilter,
} from '../../src-main/customers/api.ts'
import { communityNamesSql, communitySql, placeSql } from '../../src-main/customers/accounts.ts'
import { attachmentsSql } from '../../src-main/customers/attachments.ts'
import { fileSql } from '../../src-main/customers/file.ts'
import { countSql, foundSql, listSql, sumSql } from '../../src-main/customers/list.ts'
import { duplicateSql } from '../../src-main/customers/profile.ts'
import { searchSql } from '../../src-main/customers/search.ts'
import { adjustBalances, createCustomer, recordEvent, setGasState } from '../../src-main/customers/service.ts'
import { timelineSql } from '../../src-main/customers/timeline.ts'
import { Profile } from '../../src-main/customers/api.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import { fen } from '../../src-main/platform/money.ts'
import type { z } from 'zod'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { openOne, profileOf, refusal, type Opened } from './support.ts'

let hall: TestHall
const opened: Opened[] = []
const names = ['王五', '安大', '单一', '李四', '赵六', '陈七', '周八']

beforeAll(async () => {
  hall = await openTestHall()
  names.forEach((name, i) => {
    const specialCare = i === 2 ? { kinds: ['elderly' as const], measures: '' } : null
    opened.push(openOne(hall, i, { profile: { name, specialCare }, supplied: i > 3 }))
  })
  hall.transact((context) => {
    createCustomer(context, Profile.parse(profileOf(90, { name: '无户' })))
    adjustBalances(context, (opened[4] as Opened).accountId, { arrears: fen(200) })
    adjustBalances(context, (opened[1] as Opened).accountId, { arrears: fen(900) })
    adjustBalances(context, (opened[6] as Opened).accountId, { arrears: fen(300) })
    setGasState(context, (opened[5] as Opened).servicePointId, 'suspended', 'arrears')
  })
})
afterAll(() => hall.close())

type Input = InputOf<typeof ListCustomers>

/** Every page, two rows at a time. */
async function allPages(input: Omit<Input, 'page'>): Promise<string[]> {
  const rows: string[] = []
  let after: string | null = null
  do {
    const page: { rows: { name: string }[]; next: string | null } = await hall.call(ListCustomers, {
      ...input,
      page: { after, size: 2 },
    })
    expect(page.rows.length).toBeLessThanOrEqual(2)
    rows.push(...page.rows.map((row) => row.name))
    after = page.next
  } while (after !== null)
  return rows
}

describe('the customer list', () => {
  test('pages by account number: everybody once, those without an account first', async () => {
    expect(await allPages({})).toEqual(['无户', ...names])
  })

  test('pages by name as a directory does, surnames read as surnames', async () => {
    expect(await allPages({ sort: 'name' })).toEqual(['安大', '陈七', '李四', '单一', '王五', '无户', '赵六', '周八'])
  })

  test.each<[string, z.input<typeof CustomerFilter>, string[]]>([
    ['who owes, largest debt first', { inArrears: true }, ['安大', '周八', '赵六']],
    ['special care', { specialCare: true }, ['单一']],
    ['a gas state', { standing: 'suspended' }, ['陈七']],
    ['no account yet', { standing: 'applying' }, ['无户']],
    ['category and debt', { category: 'resident', inArrears: true, standing: 'supplied' }, ['周八', '赵六']],
    ['a category nobody has', { category: 'industrial' }, []],
  ])('filters by %s', async (_, filter, expected) => {
    expect(await allPages({ filter })).toEqual(expected)
  })

  test('counts what each filter would show', async () => {
    const counts = await hall.call(CountCustomers, {})
    expect(counts).toMatchObject({ total: 8, specialCare: 1, inArrears: 3, category: { resident: 8, industrial: 0 } })
    expect(counts.standing).toMatchObject({ applying: 1, 'not-ignited': 4, supplied: 2, suspended: 1, closed: 0 })
  })

  test('refuses a page mark it did not give, and more rows than allowed', async () => {
    expect(await refusal(hall.call(ListCustomers, { page: { after: 'x' } }))).toMatchObject({ code: 'InvalidInput' })
    expect(await refusal(hall.call(ListCustomers, { page: { size: 201 } }))).toMatchObject({ field: 'page.size' })
  })
})

describe('the timeline', () => {
  test('shows an account what concerns it and its customer, newest first, page by page, and no other account', async () => {
    const { customerId, accountId } = opened[0] as Opened
    const other = opened[1] as Opened
    hall.transact((context) => {
      for (let i = 0; i < 5; i++) {
        recordEvent(context, { customerId, accountId, kind: 'bill', title: `账单${i}`, amount: fen(i) })
      }
      recordEvent(context, { customerId, kind: 'notice', title: '给本人' })
      recordEvent(context, { customerId: other.customerId, accountId: other.accountId, kind: 'bill', title: '别家' })
    })
    const titles: string[] = []
    let after: string | null = null
    do {
      const page: { rows: { title: string }[]; next: string | null } = await hall.call(CustomerTimeline, {
        customerId,
        accountId,
        page: { after, size: 3 },
      })
      titles.push(...page.rows.map((row) => row.title))
      after = page.next
    } while (after !== null)
    expect(titles.slice(0, 6)).toEqual(['给本人', '账单4', '账单3', '账单2', '账单1', '账单0'])
    expect(titles.at(-1)).toBe('建档')
    expect(new Set(titles).size).toBe(titles.length)
  })

  test('filters by kind and counts every kind', async () => {
    const { customerId, accountId } = opened[0] as Opened
    const page = await hall.call(CustomerTimeline, { customerId, accountId, kinds: ['notice'], page: {} })
    expect(page.rows.map((row) => row.title)).toEqual(['给本人'])
    expect(page.counts).toEqual({ profile: 2, bill: 5, notice: 1 })
  })

  test('cannot be rewritten', () => {
    const { sqlite } = hall.hall.environment
    expect(() => sqlite.exec(`UPDATE customer_events SET title = '改'`)).toThrow('append-only')
    expect(() => sqlite.exec('DELETE FROM customer_events')).toThrow('append-only')
  })
})

describe('every list and search goes by an index', () => {
  const filters: z.output<typeof CustomerFilter>[] = [null, 'resident' as const].flatMap((category) =>
    [null, 'supplied' as const].flatMap((standing) =>
      [false, true].flatMap((specialCare) =>
        [false, true].map((inArrears) => ({ category, standing, specialCare, inArrears, search: '' })),
      ),
    ),
  )
  const lists = filters.flatMap((filter) =>
    (['account', 'name'] as const).flatMap((sort) =>
      [false, true].map((following): [string, string] => [
        `list ${JSON.stringify(filter)} by ${sort}${following ? ', next page' : ''}`,
        listSql(filter, sort, following),
      ]),
    ),
  )
  const named = (what: string, statements: Record<string, string>): [string, string][] =>
    Object.entries(statements).map(([name, sql]) => [`${what} ${name}`, sql])

  /** In the order of a list the index is walked, and cut off by LIMIT: the plan calls that a scan, using the index. */
  const walk = /^SCAN \S+ USING (COVERING )?INDEX/
  test.each([
    ...lists,
    ...named('search', searchSql),
    ...named('counts', countSql),
    ...named('timeline', timelineSql),
    ...named('duplicates', duplicateSql),
    ...named('file', fileSql),
    ['place', placeSql],
    ['communities', communitySql],
    ['names of communities', communityNamesSql],
    ['attachments', attachmentsSql],
  ])('%s', (_, sql) => {
    const { sqlite } = hall.hall.environment
    const positional = [...sql.matchAll(/\?/g)].map(() => '0')
    const bound = {
      category: '', standing: '', key: '', id: '', limit: 1, customerId: '', accountId: '', at: 0, row: 0, kinds: null, viewer: '',
      idNumber: '', phone: '', name: '', except: '', community: '', building: '', unit: '', room: '', street: '',
      district: '', text: '', end: '',
    } // prettier-ignore
    const plan = sqlite
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...positional, ...(sql.includes('@') ? [bound] : []))
      .map((step) => step.detail)
    // A page of each half is merged by sorting just those rows; sorting anything longer is refused.
    const sortsPage = (i: number) => plan[i - 1]?.startsWith('SCAN (subquery') === true
    const bad = plan.filter(
      (step, i) =>
        (/^SCAN/.test(step) &&
          !walk.test(step) &&
          !/^SCAN (customer_search|json_each|name|CONSTANT ROW|\(subquery|\(join)/.test(step)) ||
        (sql.includes('@limit') && /TEMP B-TREE FOR ORDER BY/.test(step) && !sortsPage(i)),
    )
    expect(bad, plan.join('\n')).toEqual([])
  })
})

describe('searched, the customer list', () => {
  const sums = (filter: z.input<typeof CustomerFilter>) => hall.call(SumCustomers, { filter })

  test('holds who is found, filtered and put in order like the rest, page by page', async () => {
    expect(await allPages({ filter: { search: '阳光' } })).toEqual(names)
    expect(await allPages({ filter: { search: '阳光' }, sort: 'name' })).toEqual([
      '安大', '陈七', '李四', '单一', '王五', '赵六', '周八',
    ]) // prettier-ignore
    expect(await allPages({ filter: { search: '阳光', inArrears: true } })).toEqual(['安大', '周八', '赵六'])
    expect(await allPages({ filter: { search: '没有这个人' } })).toEqual([])
  })

  test('finds an account number with its grouping, and without its leading zeros', async () => {
    const accountNo = opened[3]?.accountNo ?? ''
    for (const search of [accountNo, accountNo.replace(/(\d{4})(?=\d)/g, '$1 '), accountNo.replace(/^0+/, '')])
      expect(await allPages({ filter: { search } })).toEqual(['李四'])
  })

  test('calls nobody in debt whose prepayment covers it: list, search, sums and counts alike', async () => {
    const { accountId } = opened[6] as Opened
    hall.transact((context) => adjustBalances(context, accountId, { prepayment: fen(300) }))
    try {
      for (const search of ['', '阳光'])
        expect(await allPages({ filter: { search, inArrears: true } })).toEqual(['安大', '赵六'])
      expect(await sums({})).toEqual({ count: 8, arrears: 1_100, prepayment: 300, inArrears: 2 })
      expect(await sums({ inArrears: true })).toEqual({ count: 2, arrears: 1_100, prepayment: 0, inArrears: 2 })
      expect((await hall.call(CountCustomers, {})).inArrears).toBe(2)
    } finally {
      hall.transact((context) => adjustBalances(context, accountId, { prepayment: fen(-300) }))
    }
  })

  test('adds up what the filter shows, whatever the page', async () => {
    expect(await sums({})).toEqual({ count: 8, arrears: 1_400, prepayment: 0, inArrears: 3 })
    expect(await sums({ inArrears: true })).toEqual({ count: 3, arrears: 1_400, prepayment: 0, inArrears: 3 })
    expect(await sums({ standing: 'supplied' })).toEqual({ count: 2, arrears: 500, prepayment: 0, inArrears: 2 })
    expect(await sums({ search: '安大' })).toEqual({ count: 1, arrears: 900, prepayment: 0, inArrears: 1 })
  })

  const searched = (search: string) =>
    [false, true].map((inArrears) => ({ category: null, standing: null, specialCare: false, inArrears, search }))
  test.each([...searched(''), ...searched('x')])('adds up by an index: %j', (filter) => {
    const { sqlite } = hall.hall.environment
    const statements = [sumSql(filter), ...(filter.search === '' ? [] : [foundSql(filter, 'account')])]
    for (const sql of statements) {
      const bound = Object.fromEntries(
        Object.entries({ rows: '[1]', most: 10 }).filter(([name]) => sql.includes(`@${name}`)),
      )
      const plan = (sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(bound) as { detail: string }[]).map(
        ({ detail }) => detail,
      )
      // Everybody is added up by walking the index of customers, never the customers themselves.
      expect(plan.filter((step) => /^SCAN (a|c|p)\b/.test(step) && !step.includes('INDEX'))).toEqual([])
    }
  })

  test('holds one building where one is named, not whatever begins with its number', async () => {
    const wanted = [openOne(hall, 60, { place: { community: '听雨苑', building: '1', unit: '2', room: '302' } })]
    for (const [n, building] of ['2', '12', '21'].entries())
      openOne(hall, 61 + n, { place: { community: '听雨苑', building, unit: '1', room: '101' } })
    const found = async (search: string) =>
      (await hall.call(ListCustomers, { filter: { search }, page: {} })).rows.map(({ accountId }) => accountId)
    for (const search of ['听雨苑1号楼', '听雨苑 1栋', '听雨苑１幢'])
      expect(await found(search), search).toEqual(wanted.map(({ accountId }) => accountId))
    expect(await found('听雨苑12号楼')).toHaveLength(1)
    expect(await found('听雨苑3号楼')).toEqual([])
    expect(await found('听雨苑')).toHaveLength(4)
  })
})
