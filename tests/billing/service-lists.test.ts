import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  BillCounts,
  billFilters,
  Bills,
  BillSums,
  CancelBill,
  type BillFilter,
  type BillRow,
} from '../../src-main/billing/api.ts'
import { listingOf, pageSql, sumSql } from '../../src-main/billing/lists.ts'
import { billReading, openBills, settleBills } from '../../src-main/billing/service.ts'
import { addDays, businessDate, startOfDay } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import { household, read, type Household } from './household.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
const homes: Household[] = []

/** Six households: all billed on the 23rd, two of them again a month later; two bills paid, time passed until some are late. */
beforeAll(async () => {
  hall = await openTestHall()
  for (let n = 0; n < 6; n++) homes.push(household(hall, { installedOn: '2026-09-01' }))
  for (const { accountId } of homes) {
    const readingId = await read(hall, accountId, '2026-11-20', 100)
    hall.transact((context) => billReading(context, readingId))
  }
  for (const { accountId } of homes.slice(0, 2)) {
    hall.transact((context) => {
      const [bill] = openBills(context, accountId, businessDate('2026-11-23'))
      if (bill) {
        const part = { billId: bill.billId, principal: bill.outstanding, lateFee: fen(0) }
        settleBills(context, accountId, [part], { paymentId: crypto.randomUUID() })
      }
    })
  }
  hall.clock.set(startOfDay(businessDate('2026-12-28')) + 9 * 3_600_000)
  for (const { accountId } of homes.slice(4)) {
    const readingId = await read(hall, accountId, '2026-12-20', 150)
    hall.transact((context) => billReading(context, readingId))
  }
})
afterAll(() => hall.close())

async function all(filter: BillFilter, accountId: string | null = null, size = 3): Promise<BillRow[]> {
  const rows: BillRow[] = []
  let after: string | null = null
  do {
    const page: { rows: BillRow[]; next: string | null } = await hall.call(Bills, {
      filter,
      accountId,
      page: { after, size },
    })
    rows.push(...page.rows)
    after = page.next
  } while (after !== null)
  return rows
}

describe('the list of bills', () => {
  test.each([
    ['all', 8],
    ['open', 6],
    ['overdue', 4],
    ['settled', 2],
    ['cancelled', 0],
  ] as const)('filtered by %s has %i rows over all pages, none twice', async (filter, count) => {
    const rows = await all(filter)
    expect(rows).toHaveLength(count)
    expect(new Set(rows.map(({ billId }) => billId)).size).toBe(count)
  })

  test('counts what the filters would show', async () => {
    expect(await hall.call(BillCounts, {})).toEqual({
      open: 6,
      overdue: 4,
      settled: 2,
      cancelled: 0,
      waiting: 0,
      several: 0,
    })
  })

  test('shows the newest first, and of overdue ones the oldest debt', async () => {
    const issued = (await all('all')).map(({ issuedOn }) => issuedOn)
    expect(issued).toEqual([...issued].sort().reverse())
    const due = (await all('overdue')).map(({ dueOn }) => dueOn)
    expect(due).toEqual([...due].sort())
  })

  test('shows what is due today, late fee and days included', async () => {
    const [row] = await all('overdue')
    // 300.00 at 3‰ for the 5 days after 2026-12-23.
    expect(row).toMatchObject({ outstanding: 300_00, lateFee: 4_50, overdueDays: 5, customerName: '王小明' })
    const [paid] = await all('settled')
    expect(paid).toMatchObject({ outstanding: 0, lateFee: 0, overdueDays: 0, settled: 300_00 })
  })

  test('of one account shows its bills by period, newest first', async () => {
    const rows = await all('all', homes[5]?.accountId, 1)
    expect(rows.map(({ periodTo }) => periodTo)).toEqual(['2026-12-20', '2026-11-20'])
    expect(addDays(businessDate('2026-11-20'), 1)).toBe(rows[0]?.periodFrom)
  })

  test('refuses a cursor nobody gave out', async () => {
    await expect(hall.call(Bills, { page: { after: "'; DROP TABLE bills" } })).rejects.toThrow('翻页位置无效')
  })

  test('is narrowed to a bill by its number in any writing, or to the bills of whoever is found', async () => {
    const [bill] = await all('all')
    const no = bill?.billNo ?? ''
    const searched = async (search: string) => (await hall.call(Bills, { search })).rows.map(({ billNo }) => billNo)
    for (const text of [no, no.toLowerCase(), no.replace(/(\d{4})/g, '$1 '), no.replace(/^ZD0*/, '')])
      expect(await searched(text), text).toEqual([no])
    const rows = (await hall.call(Bills, { search: homes[5]?.accountNo ?? '', page: { size: 1 } })).rows
    expect(rows.map(({ accountId }) => accountId)).toEqual([homes[5]?.accountId])
    expect(await searched('没有这个人')).toEqual([])
    // As a program before this one wrote it, with more digits than ours.
    hall.transact(({ sqlite }) =>
      sqlite.prepare("UPDATE bills SET bill_no = 'ZD00100123456784' WHERE bill_no = ?").run(no),
    )
    for (const text of ['ZD00100123456784', 'zd 0010 0123 4567 84']) expect(await searched(text)).toHaveLength(1)
  })

  const addsUp = async () => {
    for (const filter of billFilters) {
      const rows = await all(filter)
      const cancelled = rows.filter(({ state }) => state === 'cancelled')
      const asked = filter === 'cancelled' ? rows : rows.filter(({ state }) => state !== 'cancelled')
      const sum = (of: (row: BillRow) => number) => asked.reduce((total, row) => total + of(row), 0)
      expect(await hall.call(BillSums, { filter }), filter).toEqual({
        count: rows.length,
        cancelled: cancelled.length,
        consumption: sum((row) => row.consumption ?? 0),
        amount: sum((row) => row.amount),
        outstanding: sum((row) => row.outstanding),
      })
    }
  }
  test('adds up what the filter shows, not the page', async () => {
    await addsUp()
    const december = { issuedFrom: '2026-12-01', issuedTo: '2026-12-31' }
    expect(await hall.call(BillSums, december)).toMatchObject({ count: 2 })
    expect((await hall.call(Bills, december)).rows).toHaveLength(2)
    expect(await hall.call(BillSums, { search: homes[5]?.accountNo ?? '' })).toMatchObject({ count: 2 })
  })

  const narrowed = billFilters.flatMap((filter) =>
    (['bills', 'accounts', null] as const).flatMap((found) =>
      [false, true].map((dated) => [filter, { found, from: dated, to: dated }] as const),
    ),
  )
  test.each(narrowed)('is searched, dated and added up by an index: %s %j', (filter, how) => {
    const listing = listingOf(filter, how)
    const values = {
      limit: 9,
      today: '2026-11-23',
      from: 'a',
      fromId: 'b',
      found: '[]',
      accounts: '[]',
      issuedFrom: 'a',
      issuedTo: 'b',
      most: 9,
    }
    for (const sql of [pageSql(listing, false), pageSql(listing, true), sumSql(listing, filter)]) {
      const used = Object.fromEntries(Object.entries(values).filter(([name]) => new RegExp(`@${name}\\b`).test(sql)))
      const plan = hall.hall.environment.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(used) as { detail: string }[]
      const details = plan.map(({ detail }) => detail)
      expect(details.filter((step) => /^SCAN (a|c)\b|^SCAN b$/.test(step))).toEqual([])
      // Only what a search found, which is little, is put in order when it is read.
      if (how.found === null) expect(details.join('\n')).not.toContain('TEMP B-TREE')
    }
  })

  const shapes = billFilters.flatMap((filter) =>
    [false, true].flatMap((ofAccount) => [false, true].map((continued) => [filter, ofAccount, continued] as const)),
  )
  test.each(shapes)('page by an index: %s, of an account %s, continued %s', (filter, ofAccount, continued) => {
    const values = { limit: 50, accountId: 'a', today: '2026-11-23', from: '2026-11-23', fromId: 'b' }
    const sql = pageSql(listingOf(filter, ofAccount), continued)
    const used = Object.fromEntries(Object.entries(values).filter(([name]) => sql.includes(`@${name}`)))
    const plan = hall.hall.environment.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(used) as { detail: string }[]
    const details = plan.map(({ detail }) => detail)
    expect(details[0]).toMatch(/(SEARCH|SCAN) b USING INDEX bills_/)
    expect(details.join('\n')).not.toMatch(/TEMP B-TREE|SCAN (a|c)\b/)
  })

  test('a cancelled bill is listed and counted, and asks for nothing', async () => {
    const { accountId } = household(hall, { installedOn: '2026-09-01' })
    const readingId = await read(hall, accountId, '2026-12-20', 100)
    const billId = hall.transact((context) => billReading(context, readingId))
    const before = await hall.call(BillSums, {})
    await hall.call(CancelBill, { requestId: crypto.randomUUID(), billId, reason: '抄错' }, 'hall-manager')
    await addsUp()
    const after = await hall.call(BillSums, {})
    expect(after).toMatchObject({ count: before?.count, cancelled: 1, amount: (before?.amount ?? 0) - 300_00 })
  })
})
