/** 跨期合并计费 (case M7): who pays for more than one period at once stands in a list until somebody looked at it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BillCounts, BillReading, CancelBill, ReviewSeveral, Run, SeveralBills } from '../../src-main/billing/api.ts'
import { severalPeriods, type Stretch } from '../../src-main/billing/periods.ts'
import { billNotice, severalSql } from '../../src-main/billing/service.ts'
import { RecordReading } from '../../src-main/metering/api.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { runReport, section } from '../reports/support.ts'
import { household, read, type Household } from './household.ts'
import { certifiedReader } from '../support/reader.ts'

const of = (days: number, m3: number, estimated = false): Stretch => ({ days, consumption: cubicMetres(m3), estimated })

describe('the gas of more than one period', () => {
  test('two estimates of nothing, then three months at once', () => {
    const before = [of(31, 30), of(30, 0, true), of(31, 0, true)]
    // 90 m³ in 91 days, of which one period has 30.
    expect(severalPeriods([of(30, 90)], before, 62)).toEqual({
      days: 91,
      estimates: 2,
      consumption: 90_000,
      onePeriod: 30_659,
    })
  })
  test('one estimate of nothing is enough; fair estimates are none', () => {
    expect(severalPeriods([of(31, 60)], [of(31, 30), of(30, 0, true)], 62)).toMatchObject({ estimates: 1 })
    expect(severalPeriods([of(30, 0, true), of(31, 60)], [of(31, 30)], 62)).toMatchObject({ estimates: 1 })
    expect(severalPeriods([of(31, 32)], [of(31, 30), of(30, 30, true), of(31, 29, true)], 62)).toBeNull()
  })
  test('nobody read the meter for months, by the interval of the household or of the company', () => {
    const monthly = [of(31, 30), of(30, 30), of(31, 30)]
    expect(severalPeriods([of(92, 90)], monthly, 62)).toMatchObject({ days: 92, onePeriod: 30_326 })
    expect(severalPeriods([of(62, 60)], [of(61, 60), of(62, 60)], 62)).toBeNull()
    expect(severalPeriods([of(62, 60)], [of(61, 60), of(62, 60)], 31)).not.toBeNull()
    // A first reading has nothing but the company's word.
    expect(severalPeriods([of(93, 90)], [], 62)).toBeNull()
    expect(severalPeriods([of(94, 90)], [], 62)).not.toBeNull()
    expect(severalPeriods([of(40, 30)], monthly, 62)).toBeNull()
  })
  test('readings that waited and are billed on one day; no gas is no payment', () => {
    expect(severalPeriods([of(31, 30), of(30, 30)], [of(31, 30)], 62)).toMatchObject({ consumption: 60_000 })
    expect(severalPeriods([of(31, 60), of(30, 0)], [], 62)).not.toBeNull()
    // Who is read every two months and once in between pays for one period.
    expect(severalPeriods([of(31, 30), of(30, 30)], [of(61, 60), of(62, 60)], 62)).toBeNull()
    expect(severalPeriods([of(92, 0)], [of(31, 0)], 62)).toBeNull()
    expect(severalPeriods([of(0, 5)], [], 62)).toBeNull()
    expect(severalPeriods([], [], 62)).toBeNull()
  })
})

let hall: TestHall
let home: Household
beforeEach(async () => {
  hall = await openTestHall()
  home = household(hall)
})
afterEach(() => hall.close())

const id = () => crypto.randomUUID()
const bill = async (readingId: string) =>
  (await hall.call(BillReading, { requestId: id(), readingId }, 'cashier')).billId
const estimate = async (readOn: string, m3: number) =>
  (
    await hall.call(
      RecordReading,
      {
        requestId: id(),
        accountId: home.accountId,
        readOn,
        index: cubicMetres(m3),
        source: 'estimated',
        readerId: certifiedReader(hall),
        confirmed: [],
      },
      'cashier',
    )
  ).readingId
const listed = async (open = true) => (await hall.call(SeveralBills, { open }, 'clerk')).rows
const waiting = async () => (await hall.call(BillCounts, {}, 'cashier')).several
const notice = (billId: string) => hall.transact((context) => billNotice(context, billId))

/** A month of 30 m³, then two estimates of nothing, each billed by itself on its own day. */
async function estimatedTwice(): Promise<void> {
  await bill(await read(hall, home.accountId, '2026-02-01', 30))
  await bill(await estimate('2026-03-01', 30))
  await bill(await estimate('2026-04-01', 30))
  // Issued in the months in which they were read.
  hall.hall.environment.sqlite
    .prepare(`UPDATE bills SET issued_on = period_to WHERE account_id = ?`)
    .run(home.accountId)
}

test('two estimates of nothing and three months at once: listed, told on the notice, in the report, gone when looked at', async () => {
  await estimatedTwice()
  // Forget what the same day of issue made of the first bills.
  hall.hall.environment.sqlite.prepare('DELETE FROM bill_several').run()
  const billId = await bill(await read(hall, home.accountId, '2026-05-01', 120))
  const [row] = await listed()
  expect(row).toMatchObject({
    accountNo: home.accountNo,
    billId,
    bills: 1,
    since: '2026-02-01',
    until: '2026-05-01',
    estimates: 2,
    consumption: 90_000,
    onePeriod: 31_348,
    amount: 27_000,
    reviewedAt: null,
  })
  expect(await waiting()).toBe(1)
  expect(notice(billId).several).toMatchObject({ since: '2026-02-01', estimates: 2, consumption: 90_000 })
  const issuedOn = row?.issuedOn ?? ''
  const view = await runReport(hall, 'consumption', 'month', issuedOn)
  expect(section(view, 'several').rows).toMatchObject([
    {
      link: `/customers/${home.accountId}`,
      cells: { accountNo: home.accountNo, consumption: 90_000, estimates: 2, state: '待核实' },
    },
  ])

  const review = { requestId: id(), accountId: home.accountId, issuedOn, note: '已上门说明，分两期缴' }
  await expect(hall.call(ReviewSeveral, { ...review, requestId: id(), note: ' ' }, 'hall-manager')).rejects.toThrow()
  await expect(hall.call(ReviewSeveral, review, 'cashier')).rejects.toThrow()
  await hall.call(ReviewSeveral, review, 'hall-manager')
  await hall.call(ReviewSeveral, review, 'hall-manager')
  await expect(hall.call(ReviewSeveral, { ...review, requestId: id() }, 'hall-manager')).rejects.toThrow('已经核实')
  expect(await listed()).toEqual([])
  expect(await waiting()).toBe(0)
  expect(await listed(false)).toMatchObject([{ note: '已上门说明，分两期缴', billId }])
})

test('readings that waited are billed on one day: one entry, which goes and comes with its bills', async () => {
  await read(hall, home.accountId, '2026-02-01', 30)
  await read(hall, home.accountId, '2026-03-01', 60)
  const last = await bill(await read(hall, home.accountId, '2026-04-01', 90))
  expect(await listed()).toMatchObject([{ billId: last, bills: 3, consumption: 90_000, amount: 27_000 }])
  await hall.call(CancelBill, { requestId: id(), billId: last, reason: '抄错' }, 'hall-manager')
  const [two] = await listed()
  expect(two).toMatchObject({ bills: 2, consumption: 60_000, until: '2026-03-01' })
  await hall.call(CancelBill, { requestId: id(), billId: two?.billId ?? '', reason: '抄错' }, 'hall-manager')
  expect(await listed()).toEqual([])
  expect(notice(last).several).toBeNull()
})

test('the run lists as the counter does, and pages lead from one to the next along an index', async () => {
  const homes = [home, household(hall), household(hall)]
  for (const one of homes) {
    await read(hall, one.accountId, '2026-02-01', 30)
    await read(hall, one.accountId, '2026-03-01', 60)
  }
  const steady = household(hall)
  await read(hall, steady.accountId, '2026-02-01', 30)
  await hall.call(Run, {}, 'hall-manager')
  const seen: string[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof ask>> = await ask(after)
    seen.push(...page.rows.map(({ accountId }) => accountId))
    after = page.next
  } while (after !== null)
  expect(seen.toSorted()).toEqual(homes.map(({ accountId }) => accountId).toSorted())
  for (const open of [true, false]) {
    const plan = hall.hall.environment.sqlite
      .prepare(`EXPLAIN QUERY PLAN ${severalSql(open)}`)
      .all({ on: '', accountId: '', limit: 1 }) as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  }

  function ask(from: string | null) {
    return hall.call(SeveralBills, { page: { after: from, size: 2 } }, 'hall-manager')
  }
})
