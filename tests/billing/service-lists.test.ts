import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BillCounts, billFilters, Bills, type BillFilter, type BillRow } from '../../src-main/billing/api.ts'
import { listingOf, pageSql } from '../../src-main/billing/lists.ts'
import { billReading, openBills, settleBill } from '../../src-main/billing/service.ts'
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
      if (bill) settleBill(context, bill.billId, { principal: bill.outstanding, lateFee: fen(0) })
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
    expect(await hall.call(BillCounts, {})).toEqual({ open: 6, overdue: 4, settled: 2, cancelled: 0, waiting: 0 })
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
})
