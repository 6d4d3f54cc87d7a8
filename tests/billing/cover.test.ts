/** 预存 pays bills when they are issued, and what it covers is no debt to press for (case M1). */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BillReading, CancelBill } from '../../src-main/billing/api.ts'
import { billNotice } from '../../src-main/billing/service.ts'
import { standingSince, takeSlices } from '../../src-main/billing/cover.ts'
import { Collect, Prepay } from '../../src-main/cashier/api.ts'
import { CustomerTotals } from '../../src-main/customers/api.ts'
import { businessDate, addDays } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import { CallDebtor, Debtors, Dunnings, IssueDunnings } from '../../src-main/supply/api.ts'
import { owesOverdue, overdueOf } from '../../src-main/supply/debt.ts'
import { id, openCounter, yuan, type Counter } from '../cashier/counter.ts'
import { household, read, type Household } from './household.ts'

let counter: Counter
let home: Household
beforeEach(async () => {
  counter = await openCounter()
  await counter.openShift(yuan(500))
  home = household(counter)
})
afterEach(() => counter.close())

const prepay = (amount: number, { accountId } = home) =>
  counter.call(Prepay, { requestId: id(), accountId, tenders: [{ means: 'cash', amount: yuan(amount) }] }, 'cashier')
async function bill(index: number, on = '2026-02-01', { accountId } = home): Promise<string> {
  const readingId = await read(counter, accountId, on, index)
  return (await counter.call(BillReading, { requestId: id(), readingId }, 'cashier')).billId
}
const later = (days: number) => counter.later(days)
const balances = () =>
  counter.query<{ prepayment: number; arrears: number }>(
    'SELECT prepayment, arrears FROM accounts WHERE id = ?',
    home.accountId,
  )[0]
/** Nothing presses for this debt, on the day it is. */
async function expectNoPressure(): Promise<void> {
  expect(counter.transact((context) => overdueOf(context, home.accountId))).toMatchObject({ owed: 0, bills: [] })
  expect(counter.transact((context) => owesOverdue(context, home.accountId))).toBe(false)
  for (const sort of ['days', 'amount'] as const) {
    expect((await counter.call(Debtors, { sort, filter: {}, page: {} }, 'hall-manager')).rows).toEqual([])
  }
  expect((await counter.call(CustomerTotals, {}, 'hall-manager')).inArrears).toBe(0)
}

describe('at issue', () => {
  test('500 prepaid, a bill of 93: paid at once, with a receipt, on the notice and the timeline; ten days later no late fee (M1)', async () => {
    await prepay(500)
    const billId = await bill(31)
    expect(balances()).toEqual({ prepayment: 40_700, arrears: 0 })
    expect(counter.balance('prepayment', home.accountId)).toBe(-40_700)
    expect(counter.balance('receivable', home.accountId)).toBe(0)
    expect(counter.transact((context) => billNotice(context, billId))).toMatchObject({
      amount: 9_300,
      settled: 9_300,
      drawn: 9_300,
      payable: 0,
      prepayment: 40_700,
    })
    expect(
      counter.query(`SELECT p.kind, p.amount, r.state FROM payments p JOIN receipts r ON r.payment_id = p.id
      WHERE p.kind = 'offset'`),
    ).toEqual([{ kind: 'offset', amount: 9_300, state: 'issued' }])
    expect(counter.query(`SELECT 1 FROM customer_events WHERE title = '预存抵扣' AND amount = 9300`)).toHaveLength(1)
    await later(50)
    expect((await counter.dues(home.accountId)).total).toBe(0)
    await expectNoPressure()
  })

  test('what the prepayment does not reach stays owed, and alone bears the late fee', async () => {
    await prepay(60)
    await bill(31)
    expect(balances()).toEqual({ prepayment: 0, arrears: 3_300 })
    await later(40)
    // 33.00 × 3‰ × 10 days
    expect(await counter.dues(home.accountId)).toMatchObject({ principal: 3_300, lateFee: 99 })
  })

  test('by the setting nothing is drawn, and still nothing presses for what the prepayment covers', async () => {
    await counter.set('billing.payFromPrepayment', false)
    await prepay(500)
    const billId = await bill(31)
    expect(balances()).toEqual({ prepayment: 50_000, arrears: 9_300 })
    await later(40)
    expect(await counter.dues(home.accountId)).toMatchObject({ principal: 9_300, lateFee: 0 })
    await expectNoPressure()
    expect(counter.transact((context) => billNotice(context, billId))).toMatchObject({ covered: 9_300, payable: 0 })
    await expect(
      counter.call(IssueDunnings, { requestId: id(), accountIds: [home.accountId] }, 'hall-manager'),
    ).rejects.toThrow()
  })

  test('paid in cash after all, what was covered was never late', async () => {
    await counter.set('billing.payFromPrepayment', false)
    await prepay(500)
    await bill(31)
    await later(40)
    const paid = await counter.pay(home.accountId)
    expect(paid).toMatchObject({ amount: 9_300, arrears: 0 })
    expect(counter.query('SELECT state FROM bills')).toEqual([{ state: 'settled' }])
    await counter.reverse(paid.paymentId)
    expect(balances()).toEqual({ prepayment: 50_000, arrears: 9_300 })
    expect((await counter.dues(home.accountId)).lateFee).toBe(0)
  })

  test('a bill paid from prepayment can still be cancelled: the money goes back, the receipt is void', async () => {
    await prepay(500)
    const billId = await bill(31)
    await counter.call(CancelBill, { requestId: id(), billId, reason: '抄错' }, 'hall-manager')
    expect(balances()).toEqual({ prepayment: 50_000, arrears: 0 })
    expect(counter.query(`SELECT state FROM receipts ORDER BY receipt_no`)).toEqual([
      { state: 'issued' },
      { state: 'voided' },
    ])
    await bill(30, '2026-02-02').catch(() => undefined)
  })
})

describe('when money comes in', () => {
  test('it pays what is owed first, late fee and all, the oldest bill before the others', async () => {
    await bill(31)
    await bill(62, '2026-03-01')
    await later(40)
    await prepay(100)
    // 1.86 + 0.93 … of each bill; the first takes its fee and principal, the rest goes to the second.
    const open = counter.query<{ settled: number; state: string }>(
      'SELECT settled, state FROM bills ORDER BY period_to',
    )
    expect(open[0]).toMatchObject({ settled: 9_300, state: 'settled' })
    expect(open[1]?.settled).toBeLessThan(9_300)
    expect(balances()?.prepayment).toBe(0)
  })

  test('a wrong prepayment is reversed in one act, though a bill was paid from it', async () => {
    await bill(31)
    const { paymentId } = await prepay(500)
    expect(balances()).toEqual({ prepayment: 40_700, arrears: 0 })
    expect(await counter.reverse(paymentId)).toMatchObject({ cashBack: 50_000, prepayment: 0, arrears: 9_300 })
    expect(counter.query(`SELECT count(*) AS n FROM receipts WHERE state = 'voided'`)).toEqual([{ n: 2 }])
  })

  test('by the setting it lies there, and the fee of the days before stays owed', async () => {
    await counter.set('cashier.prepaymentCoversDebts', false)
    await bill(31)
    await later(40)
    await prepay(500)
    const then = (await counter.dues(home.accountId)).lateFee
    expect(then).toBeGreaterThan(0)
    await later(20)
    expect((await counter.dues(home.accountId)).lateFee).toBe(then)
  })

  test('a fee of the days before, which the rest of it covers as well, presses nobody, on whatever list or paper', async () => {
    await counter.set('cashier.prepaymentCoversDebts', false)
    const billId = await bill(31)
    await later(40)
    await counter.call(IssueDunnings, { requestId: id(), accountIds: [home.accountId] }, 'hall-manager')
    await prepay(500)
    const { lateFee } = await counter.dues(home.accountId)
    expect(lateFee).toBeGreaterThan(0)
    await expectNoPressure()
    const page = { filter: 'issued', search: '', page: {} } as const
    const listed = async () => (await counter.call(Dunnings, page, 'hall-manager')).rows
    expect((await listed()).map(({ owed }) => owed)).toEqual([0])
    const call = {
      requestId: id(),
      accountId: home.accountId,
      result: 'unreached',
      promisedOn: null,
      note: '',
    } as const
    await expect(counter.call(CallDebtor, call, 'clerk')).rejects.toThrow('没有逾期欠费')
    expect(counter.transact((context) => billNotice(context, billId))).toMatchObject({
      covered: 9_300 + lateFee,
      payable: 0,
    })
    await expect(
      counter.call(IssueDunnings, { requestId: id(), accountIds: [home.accountId] }, 'hall-manager'),
    ).rejects.toThrow('没有可以催缴')
  })
})

describe('what the prepayment covered is reckoned as it lay there before the payment', () => {
  beforeEach(() => counter.set('billing.payFromPrepayment', false))
  const collect = async (means: 'cash' | 'prepayment') => {
    const { accountId } = home
    const { bills, total } = await counter.dues(accountId)
    const chosen = bills.map(({ billId }) => ({ billId }))
    const input = { requestId: id(), accountId, bills: chosen, tenders: [{ means, amount: total }] }
    return counter.call(Collect, input, 'cashier')
  }
  const paid = () =>
    counter.query<{ principal: number; fee: number; state: string }>(
      `SELECT settled AS principal, late_fee_settled AS fee, state FROM bills ORDER BY due_on, period_to`,
    )

  test('a bill paid with the very prepayment that covered it leaves no fee behind', async () => {
    await prepay(93)
    await bill(31)
    await later(40)
    expect(await counter.dues(home.accountId)).toMatchObject({ total: 9_300, lateFee: 0 })
    await collect('prepayment')
    expect(paid()).toEqual([{ principal: 9_300, fee: 0, state: 'settled' }])
    expect((await counter.dues(home.accountId)).total).toBe(0)
  })

  test('two bills in one payment: what covered the first does not cover the second as well', async () => {
    await prepay(150)
    await bill(31)
    await bill(62, '2026-03-01')
    await later(40)
    // 36.00 uncovered for 10 days
    expect(await counter.dues(home.accountId)).toMatchObject({ principal: 18_600, lateFee: 108 })
    await collect('cash')
    expect(paid().map(({ fee, state }) => [fee, state])).toEqual([
      [0, 'settled'],
      [108, 'settled'],
    ])
  })

  test('drawn for one bill after the other, each bears the fee that was asked for it', async () => {
    await counter.set('cashier.prepaymentCoversDebts', false)
    await bill(30)
    await bill(60, '2026-03-01')
    await later(20)
    await prepay(100)
    await later(20)
    await prepay(90)
    await later(5)
    // 80.00 of the second lay uncovered for 10 days.
    expect((await counter.dues(home.accountId)).bills.map(({ lateFee }) => lateFee)).toEqual([0, 240])
    await counter.set('billing.payFromPrepayment', true)
    await bill(61, '2026-04-01')
    expect(paid()).toEqual([
      { principal: 9_000, fee: 0, state: 'settled' },
      { principal: 9_000, fee: 240, state: 'settled' },
      { principal: 300, fee: 0, state: 'settled' },
    ])
  })
})

test('of two payments alike the one that is reversed is undone: what the hall drew itself still goes back with the bill', async () => {
  const billId = await bill(31)
  const { paymentId } = await counter.pay(home.accountId, { tenders: [{ means: 'cash', amount: yuan(40) }] })
  await prepay(40)
  await counter.reverse(paymentId)
  expect(counter.query('SELECT by_offset FROM bill_settlements WHERE undone_on IS NULL')).toEqual([{ by_offset: 1 }])
  await counter.call(CancelBill, { requestId: id(), billId, reason: '抄错' }, 'hall-manager')
  expect(balances()).toEqual({ prepayment: 4_000, arrears: 0 })
})

test('slices: together the balance, never more than came in on their day, the oldest first', () => {
  const from = businessDate('2026-01-01')
  const moves = fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 30 })
  fc.assert(
    fc.property(moves, fc.nat({ max: 2_000 }), fc.nat({ max: 2_000 }), (raw, skipped, wanted) => {
      let balance = 0
      const days = raw.map((moved, i) => {
        const real = Math.max(moved, -balance)
        balance += real
        return { on: addDays(from, i), moved: real }
      })
      const slices = standingSince(days.toReversed())
      expect(slices.reduce((total, { amount }) => total + amount, 0)).toBe(balance)
      expect(slices.map(({ on }) => on)).toEqual(slices.map(({ on }) => on).toSorted())
      // Since its day the balance never fell below what the slice and the older ones hold.
      let level = 0
      for (const { amount, on } of slices) {
        level += amount
        let running = 0
        for (const one of days) {
          running += one.moved
          if (one.on >= on) expect(running).toBeGreaterThanOrEqual(level)
        }
      }
      const taken = takeSlices(slices, fen(skipped), fen(wanted))
      expect(taken.reduce((total, { amount }) => total + amount, 0)).toBe(
        Math.min(wanted, Math.max(0, balance - skipped)),
      )
    }),
  )
})
