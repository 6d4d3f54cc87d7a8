import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Bill, CancelBill } from '../../src-main/billing/api.ts'
import { billDetail } from '../../src-main/billing/lists.ts'
import { billNotice, billReading, openBills, settleBills, unsettleBill } from '../../src-main/billing/service.ts'
import { accountById } from '../../src-main/customers/service.ts'
import { balanceOf, post } from '../../src-main/ledger/service.ts'
import { addDays, businessDate, startOfDay, type BusinessDate } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import { household, read } from './household.ts'
import { mondayMorning, openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
const issuedOn = businessDate('2026-11-23')
const dueOn = businessDate('2026-12-23')
beforeAll(async () => {
  hall = await openTestHall()
})
afterAll(() => hall.close())

/** A household that owes `m3` × 3.00 yuan, issued on `issuedOn` whatever day the test has come to. */
async function debtor(m3: number) {
  const home = household(hall, { installedOn: '2026-09-01' })
  const readingId = await read(hall, home.accountId, '2026-11-20', m3)
  const billId = hall.transact((context) => billReading(context, readingId))
  return { ...home, billId }
}
const owed = (accountId: string, on: BusinessDate) =>
  hall.transact((context) =>
    openBills(context, accountId, on).map(({ outstanding, lateFee }) => [outstanding, lateFee]),
  )
/** @returns the payment's id */
const pay = (billId: string, principal: number, lateFee: number): string => {
  const paymentId = crypto.randomUUID()
  const part = { billId, principal: fen(principal), lateFee: fen(lateFee) }
  hall.transact((context) => settleBills(context, billDetail(context, billId).accountId, [part], { paymentId }))
  return paymentId
}
const unpay = (billId: string, paymentId: string) =>
  hall.transact((context) => unsettleBill(context, billId, paymentId))

test('100.00 yuan at 3‰ ten days late cost 3.00 more, and never more than the debt (domain.md §3)', async () => {
  const { accountId } = await debtor(100)
  expect(owed(accountId, dueOn)).toEqual([[300_00, 0]])
  expect(owed(accountId, addDays(dueOn, 10))).toEqual([[300_00, 9_00]])
  expect(owed(accountId, addDays(dueOn, 1000))).toEqual([[300_00, 300_00]])
})

test('the oldest debt comes first, each with its lines', async () => {
  const home = household(hall, { installedOn: '2026-09-01' })
  for (const [on, m3] of [
    ['2026-10-01', 10],
    ['2026-11-01', 30],
  ] as const)
    await read(hall, home.accountId, on, m3)
  hall.transact((context) => {
    const waiting = context.sqlite.prepare(`SELECT id FROM readings WHERE account_id = ? ORDER BY read_on DESC LIMIT 1`)
    billReading(context, waiting.pluck().get(home.accountId) as string)
    const bills = openBills(context, home.accountId, issuedOn)
    expect(bills.map(({ periodTo, outstanding }) => [periodTo, outstanding])).toEqual([
      ['2026-10-01', 30_00],
      ['2026-11-01', 60_00],
    ])
    expect(bills[1]?.lines[0]).toMatchObject({ tier: 1, fromVolume: 10_000, toVolume: 30_000, price: 30_000 })
  })
})

test('a payment settles a bill; more than is owed, or a second time, is refused', async () => {
  const { accountId, billId } = await debtor(10)
  expect(() => pay(billId, 30_01, 0)).toThrow('超过账单未缴金额')
  expect(() => pay(billId, 30_00, 1)).toThrow('超过账单未缴金额')
  expect(() => pay(billId, -1, 0)).toThrow('超过账单未缴金额')
  pay(billId, 10_00, 0)
  expect(owed(accountId, issuedOn)).toEqual([[20_00, 0]])
  pay(billId, 20_00, 0)
  expect(owed(accountId, issuedOn)).toEqual([])
  expect(() => pay(billId, 1, 0)).toThrow('已缴清')
  expect(hall.transact((context) => accountById(context, accountId).arrears)).toBe(0)
  const cancel = { requestId: crypto.randomUUID(), billId, reason: '抄错' }
  await expect(hall.call(CancelBill, cancel, 'hall-manager')).rejects.toThrow('BillPaid')
})

test('a reversed payment makes the bill as late as if it had never been paid', async () => {
  const { accountId, billId } = await debtor(100)
  hall.clock.set(startOfDay(addDays(dueOn, 10)) + 9 * 3_600_000)
  const paymentId = pay(billId, 100_00, 3_00)
  // 200.00 open for 20 days and 100.00 for 10 days, less what was paid.
  expect(owed(accountId, addDays(dueOn, 20))).toEqual([[200_00, 12_00]])
  unpay(billId, paymentId)
  expect(owed(accountId, addDays(dueOn, 20))).toEqual([[300_00, 18_00]])
  expect(() => unpay(billId, paymentId)).toThrow('已经冲正')
  expect(hall.transact((context) => accountById(context, accountId).arrears)).toBe(300_00)
  const { settlements } = await hall.call(Bill, { billId })
  expect(settlements).toMatchObject([{ principal: 100_00, undoneOn: addDays(dueOn, 10) }])
})

test('of two payments alike the one that is reversed is undone, and the other stays late until its own day', async () => {
  hall.clock.set(startOfDay(issuedOn) + 9 * 3_600_000)
  const { accountId, billId } = await debtor(100)
  const due = hall.transact((context) => openBills(context, accountId, issuedOn)[0]?.dueOn) as BusinessDate
  const inTime = pay(billId, 100_00, 0)
  hall.clock.set(startOfDay(addDays(due, 10)) + 9 * 3_600_000)
  pay(billId, 100_00, 0)
  unpay(billId, inTime)
  // 100.00 late for 10 days, 200.00 still open for 20.
  expect(owed(accountId, addDays(due, 20))).toEqual([[200_00, 3_00 + 12_00]])
})

test('principal paid late without its fee leaves the bill open until the fee is paid', async () => {
  hall.clock.set(mondayMorning + 60 * 86_400_000)
  const home = household(hall, { installedOn: '2026-09-01' })
  const readingId = await read(hall, home.accountId, '2026-11-20', 100)
  const billId = hall.transact((context) => billReading(context, readingId))
  const due = hall.transact((context) => openBills(context, home.accountId, issuedOn)[0]?.dueOn) as BusinessDate
  hall.clock.set(startOfDay(addDays(due, 10)) + 9 * 3_600_000)
  pay(billId, 300_00, 0)
  // What the principal ran up until it was paid stays; it grows no more.
  expect(owed(home.accountId, addDays(due, 99))).toEqual([[0, 9_00]])
  pay(billId, 0, 9_00)
  expect(owed(home.accountId, addDays(due, 99))).toEqual([])
})

test('any order of payments and reversals: arrears equal the ledger, and what is paid and open is the bill', async () => {
  const action = fc.record({ share: fc.integer({ min: 1, max: 100 }), undo: fc.boolean() })
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 300 }),
    fc.array(action, { maxLength: 8 }),
    async (m3, actions) => {
      const { accountId, billId } = await debtor(m3)
      const paid: { principal: number; paymentId: string }[] = []
      for (const { share, undo } of actions) {
        const before = hall.transact((context) => openBills(context, accountId, addDays(dueOn, 0))[0])
        if (undo && paid.length > 0) {
          const last = paid.pop() as { principal: number; paymentId: string }
          unpay(billId, last.paymentId)
          hall.transact((context) =>
            post(context, {
              kind: 'reversal',
              memo: 'test',
              subject: `bill:${billId}`,
              lines: [
                { account: 'receivable', holder: accountId, debit: fen(last.principal) },
                { account: 'bank', credit: fen(last.principal) },
              ],
            }),
          )
        } else if (before && before.outstanding > 0) {
          const principal = Math.ceil((before.outstanding * share) / 100)
          paid.push({ principal, paymentId: pay(billId, principal, 0) })
          hall.transact((context) =>
            post(context, {
              kind: 'payment',
              memo: 'test',
              subject: `bill:${billId}`,
              lines: [
                { account: 'bank', debit: fen(principal) },
                { account: 'receivable', holder: accountId, credit: fen(principal) },
              ],
            }),
          )
        }
      }
      const sum = paid.reduce((total, { principal }) => total + principal, 0)
      hall.transact((context) => {
        const { arrears } = accountById(context, accountId)
        expect(arrears).toBe(balanceOf(context, 'receivable', accountId))
        expect(arrears).toBe(m3 * 300 - sum)
      })
      const { state, settled } = await hall.call(Bill, { billId })
      expect([state, settled]).toEqual([sum === m3 * 300 ? 'settled' : 'open', sum])
    },
  )
  await fc.assert(property, { numRuns: 25 })
})

test('the notice says what the bill, the meter and the account say', async () => {
  const home = household(hall, { installedOn: '2026-09-01' })
  const readingId = await read(hall, home.accountId, '2026-11-20', 330)
  const notice = hall.transact((context) => billNotice(context, billReading(context, readingId)))
  expect(notice).toMatchObject({
    accountNo: home.accountNo,
    customerName: '王小明',
    address: expect.stringContaining('和平小区'),
    readings: [{ previousIndex: 0, currentIndex: 330_000, consumption: 330_000 }],
    consumption: 330_000,
    amount: 996_00,
    payable: 996_00,
    otherArrears: 0,
    prepayment: 0,
    cycles: [{ cycleStart: '2026-09-01', volume: 330_000 }],
  })
  expect(notice.lines).toHaveLength(2)
})
