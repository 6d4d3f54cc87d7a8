/** The till's own rules on a real hall: rounding, guards, what was done last, whose code was scanned (M2–M4, C4). */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FindByCode, Prepay, Till, type Means } from '../../src-main/cashier/api.ts'
import { receiptData } from '../../src-main/cashier/service.ts'
import { cashRounding } from '../../src-main/cashier/rules.ts'
import { codeCandidates } from '../../src-main/customers/by-code.ts'
import { cashRoundings, fen, roundCash, type Fen } from '../../src-main/platform/money.ts'
import type { Household } from '../billing/household.ts'
import { id, openCounter, yuan, type Counter } from './counter.ts'

let counter: Counter
let home: Household
beforeEach(async () => {
  counter = await openCounter()
  // 46.333 m³ × 3.00 = 138.999 → 139.00; 46.33 m³ → 138.99
  home = await counter.owing(46.33)
  await counter.openShift(yuan(500))
})
afterEach(() => counter.close())

const cash = (amount: number, received?: number) => ({
  tenders: [{ means: 'cash' as const, amount: fen(amount), ...(received ? { received: fen(received) } : {}) }],
})

test('money paid in ahead by somebody who owes: the receipt and the till say what of it paid the debt at once', async () => {
  const { bills } = await counter.dues(home.accountId)
  const paid = await counter.call(
    Prepay,
    { requestId: id(), accountId: home.accountId, tenders: [{ means: 'cash', amount: yuan(200) }] },
    'cashier',
  )
  expect(paid).toMatchObject({ prepayment: 6_101, arrears: 0 })
  const receipt = () => counter.transact((context) => receiptData(context, paid.paymentId))
  expect(receipt()).toMatchObject({
    toPrepayment: 20_000,
    covered: [{ billNo: bills[0]?.billNo, amount: 13_899, lateFee: 0 }],
    kept: 6_101,
  })
  const till = await counter.call(Till, {}, 'cashier')
  expect(till).toMatchObject({ coversDebts: true, last: { toPrepayment: 20_000, covered: 13_899 } })
  // What is drawn later, when a bill is issued, is nothing of this receipt.
  await counter.reverse(paid.paymentId)
  expect(receipt()).toMatchObject({ covered: [], kept: 20_000 })
})

test('what was held already and pays with it is not told as part of what was brought', async () => {
  await counter.set('cashier.prepaymentCoversDebts', false)
  const give = (amount: Fen) =>
    counter.call(
      Prepay,
      { requestId: id(), accountId: home.accountId, tenders: [{ means: 'cash', amount }] },
      'cashier',
    )
  await give(yuan(100))
  await counter.set('cashier.prepaymentCoversDebts', true)
  const { bills } = await counter.dues(home.accountId)
  // Owed 138.99, held 100.00: the 50.00 that come are spent first, and 11.01 of the others stay.
  const { paymentId } = await give(yuan(50))
  expect(counter.transact((context) => receiptData(context, paymentId))).toMatchObject({
    toPrepayment: 5_000,
    covered: [{ billNo: bills[0]?.billNo, amount: 5_000, lateFee: 0 }],
    kept: 0,
  })
  expect(await counter.call(Till, {}, 'cashier')).toMatchObject({ last: { toPrepayment: 5_000, covered: 5_000 } })
})

describe('现金尾差', () => {
  test('without the setting cash is taken to the fen', async () => {
    expect((await counter.dues(home.accountId)).total).toBe(13_899)
    expect(await counter.pay(home.accountId, cash(13_899, 20_000))).toMatchObject({ change: 6_101, rounding: 0 })
    expect(counter.balance('rounding')).toBe(0)
  })

  test('down to the jiao: the bill is settled, the fen stand on their own account and on the receipt; a reversal undoes both', async () => {
    await counter.set('cashier.cashRounding', 'down')
    const requestId = id()
    const paid = await counter.pay(home.accountId, { requestId, ...cash(13_890, 20_000) })
    expect(paid).toMatchObject({ amount: 13_890, change: 6_110, rounding: 9, arrears: 0 })
    expect(counter.balance('rounding')).toBe(9)
    expect(counter.balance('cash-drawer')).toBe(yuan(500) + 13_890)
    expect(counter.balance('receivable', home.accountId)).toBe(0)
    expect(counter.transact((context) => receiptData(context, paid.paymentId))).toMatchObject({
      rounding: 9,
      amount: 13_890,
    })
    expect(await counter.reverse(paid.paymentId)).toMatchObject({ cashBack: 13_890, arrears: 13_899 })
    expect(counter.balance('rounding')).toBe(0)
    expect(counter.balance('cash-drawer')).toBe(yuan(500))
    expect((await counter.dues(home.accountId)).total).toBe(13_899)
  })

  test('half up to the jiao takes the fen too, and the same request twice takes them once', async () => {
    await counter.set('cashier.cashRounding', 'half-up')
    const { bills } = await counter.dues(home.accountId)
    const request = { requestId: id(), bills: bills.map(({ billId }) => ({ billId })), ...cash(13_900) }
    const paid = await counter.pay(home.accountId, request)
    expect(paid).toMatchObject({ amount: 13_900, rounding: -1, arrears: 0 })
    expect((await counter.pay(home.accountId, request)).receiptNo).toBe(paid.receiptNo)
    expect(counter.balance('rounding')).toBe(-1)
  })

  test('change with a fen in it is refused where cash is rounded; the fen may be kept as prepayment', async () => {
    await counter.set('cashier.cashRounding', 'down')
    await expect(counter.pay(home.accountId, cash(13_899, 20_000))).rejects.toMatchObject({
      failure: { code: 'RoundingMissing' },
    })
    const paid = await counter.pay(home.accountId, {
      ...cash(13_900, 20_000),
      toPrepayment: fen(1),
      prepaymentConsent: true,
    })
    expect(paid).toMatchObject({ change: 6_100, prepayment: 1, rounding: 0 })
  })

  test('a part, an exact amount and what is not cash are never rounded', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }).map(fen),
        fc.integer({ min: 0, max: 100_000 }).map(fen),
        fc.integer({ min: 1, max: 100_000 }).map(fen),
        fc.constantFrom(...cashRoundings),
        (due, other, amount, rule) => {
          const tenders = [
            { means: 'cash' as const, amount },
            ...(other > 0 ? [{ means: 'wechat' as const, amount: other }] : []),
          ]
          const rounding = cashRounding(tenders, { due, toPrepayment: fen(0), rule })
          if (rounding === 0) return
          expect(amount).toBe(roundCash(fen(due - other), rule))
          expect(amount % 10).toBe(0)
          expect(Math.abs(rounding)).toBeLessThan(10)
          expect(amount + other + rounding).toBe(due)
        },
      ),
    )
    expect(
      cashRounding([{ means: 'wechat', amount: fen(13_890) }], {
        due: fen(13_899),
        toPrepayment: fen(0),
        rule: 'down',
      }),
    ).toBe(0)
  })
})

describe('guards', () => {
  test('a million yuan for a small bill is refused with the amounts, and nothing is written (M2)', async () => {
    await expect(counter.pay(home.accountId, cash(13_899, 100_000_000))).rejects.toMatchObject({
      failure: { code: 'ChangeTooMuch', message: expect.stringContaining('找零 999,861.01 元') },
    })
    await expect(
      counter.call(Prepay, { requestId: id(), accountId: home.accountId, ...cash(100, 100_000_000) }, 'cashier'),
    ).rejects.toMatchObject({ failure: { code: 'ChangeTooMuch' } })
    expect(counter.query('SELECT 1 FROM payments')).toEqual([])
    await counter.set('cashier.maxChangeFen', 10_000_000)
    await expect(counter.pay(home.accountId, cash(13_899, 5_000_000))).resolves.toBeTruthy()
  })

  test.each(['wechat', 'alipay', 'pos', 'transfer'] as const)(
    '%s without a number is refused where the hall requires it (M4)',
    async (means) => {
      const tender = { means: means as Means, amount: fen(13_899) }
      const tenders = [tender]
      await counter.set(`cashier.requireReference.${means}`, true)
      await expect(counter.pay(home.accountId, { tenders })).rejects.toMatchObject({
        failure: { code: 'ReferenceMissing' },
      })
      expect(counter.query('SELECT 1 FROM payments')).toEqual([])
      expect((await counter.call(Till, {}, 'cashier')).requireReference).toEqual([means])
      await counter.pay(home.accountId, { tenders: [{ ...tender, reference: 'A-1' }] })
    },
  )
})

test('what was done last is there for whoever opened the shift, also when it is undone (C4)', async () => {
  const last = async () => (await counter.call(Till, {}, 'cashier')).last
  expect(await last()).toBeNull()
  const paid = await counter.pay(home.accountId, cash(13_899, 20_000))
  expect(await last()).toMatchObject({
    paymentId: paid.paymentId,
    receiptNo: paid.receiptNo,
    change: 6_101,
    state: 'issued',
    tenders: [{ means: 'cash', amount: 13_899, received: 20_000 }],
  })
  await counter.reverse(paid.paymentId)
  expect(await last()).toMatchObject({ paymentId: paid.paymentId, state: 'voided' })
  counter.work(counter.second)
  expect(await last()).toBeNull()
})

describe('扫码', () => {
  const find = async (code: string) => (await counter.call(FindByCode, { code }, 'cashier')).accountId

  test('an account number, grouped or in a link, and a meter number find the account; anything else nothing', async () => {
    const [row] = counter.query<{ accountNo: string; meterNo: string }>(
      `SELECT a.account_no AS accountNo, m.meter_no AS meterNo FROM accounts a
       JOIN meters m ON m.service_point_id = a.service_point_id AND m.state = 'in-use' WHERE a.id = ?`,
      home.accountId,
    )
    if (!row) throw new Error('the household has no meter')
    const { accountNo, meterNo } = row
    for (const code of [
      accountNo,
      accountNo.replace(/(.{4})/g, '$1 '),
      `https://pay.example.cn/b?a=${accountNo}&m=1`,
      `\u200B${accountNo}`,
      meterNo,
    ]) {
      expect([code, await find(code)]).toEqual([code, home.accountId])
    }
    for (const code of ['6901234567892', '134567890123456789', `${accountNo}9`, 'https://example.cn']) {
      expect([code, await find(code)]).toEqual([code, null])
    }
  })

  test('a code never becomes more than a few questions', () => {
    expect(codeCandidates(Array.from({ length: 200 }, (_, i) => `1000${i}`).join(',')).length).toBeLessThanOrEqual(8)
  })
})
