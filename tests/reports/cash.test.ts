/** 收费报表 on a counter that is really worked at: whatever is taken, the report says what the ledger says. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PaymentsOf, Prepay, Refund } from '../../src-main/cashier/api.ts'
import type { LedgerAccount } from '../../src-main/ledger/api.ts'
import { fen } from '../../src-main/platform/money.ts'
import { actorOf } from '../support/hall.ts'
import { approvalOf, refundTerms } from '../support/approval.ts'
import { id, openCounter, yuan, type Counter } from '../cashier/counter.ts'
import { addItemByTwo, chargeTo } from '../fees/support.ts'
import { recordsOf, row, runReport, section, sumOf } from './support.ts'

const today = '2026-11-23'
let hall: Counter
beforeEach(async () => {
  hall = await openCounter()
  await hall.openShift(yuan(500))
})
afterEach(() => hall.close())

/** The books, asked directly: turnover of the day in one account. */
const turnover = (account: LedgerAccount): number =>
  hall.query<{ n: number }>(
    `SELECT coalesce(sum(l.debit) - sum(l.credit), 0) AS n FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id
     WHERE e.business_date = ? AND l.account = ?`,
    today,
    account,
  )[0]?.n ?? 0

describe('a day with everything in it', () => {
  test('equals the ledger to the fen, in every account and by every cut', async () => {
    await hall.set('cashier.prepaymentCoversDebts', false)
    const first = await hall.owing(20, 30)
    const second = await hall.owing(40)
    const due = (await hall.dues(first.accountId)).total
    await hall.pay(first.accountId, {
      tenders: [
        { means: 'cash', amount: yuan(20) },
        { means: 'wechat', amount: fen(due - 2_000 + 1_500), reference: 'W1' },
      ],
      toPrepayment: fen(1_500),
      prepaymentConsent: true,
    })
    const paid = await hall.pay(second.accountId)
    await hall.reverse(paid.paymentId)
    hall.work(hall.second)
    hall.work(actorOf('cashier'))
    await hall.call(
      Prepay,
      {
        requestId: id(),
        accountId: second.accountId,
        tenders: [{ means: 'alipay', amount: yuan(80), reference: 'A1' }],
      },
      'cashier',
    )
    const given = { accountId: second.accountId, means: 'cash', amount: yuan(10), reason: '多存' } as const
    const approvalId = await approvalOf(hall, refundTerms(given))
    await hall.call(Refund, { requestId: id(), ...given, approvalId }, 'cashier')
    const view = await runReport(hall, 'cash', 'day', today)
    expect(row(view, 'means', 'cash')['net']).toBe(turnover('cash-drawer') - 50_000)
    expect(row(view, 'means', 'wechat')['net']).toBe(turnover('wechat'))
    expect(row(view, 'means', 'alipay')['net']).toBe(8_000)
    for (const { cells } of section(view, 'check').rows) expect(cells['difference'], String(cells['account'])).toBe(0)
    const net = ['cash', 'wechat', 'alipay', 'pos', 'transfer'].reduce(
      (all, means) => all + Number(row(view, 'means', means)['net']),
      0,
    )
    expect(section(view, 'purpose').totals?.['amount']).toBe(net)
    expect(section(view, 'means').totals?.['net']).toBe(net)
    expect(section(view, 'days').totals?.['net']).toBe(net)
    expect(section(view, 'cashiers').totals?.['net']).toBe(net)
    expect(section(view, 'reversals').rows.map(({ cells }) => cells['receiptNo'])).toEqual([paid.receiptNo])
    expect(row(view, 'days', '23')).toMatchObject({ receipts: 4, voided: 1 })
  })

  test('says what services and goods brought in by item, and opens the payments: 50.00 less 20.00 by hand', async () => {
    const { itemId } = await addItemByTwo(hall, { name: '补卡' })
    const home = await hall.owing(10)
    const pay = async (quantity: number, amount: number) => {
      const { chargeId } = await chargeTo(hall, home.accountId, itemId, { quantity })
      const tenders = [{ means: 'cash' as const, amount: fen(amount) }]
      return hall.pay(home.accountId, { bills: [], charges: [{ chargeId }], tenders })
    }
    await pay(150, 3_000)
    const wrong = await pay(100, 2_000)
    await hall.reverse(wrong.paymentId)
    const view = await runReport(hall, 'cash', 'day', today)
    expect(row(view, 'fees', itemId)).toMatchObject({
      item: '补卡',
      count: 2,
      taken: 5_000,
      reversed: -2_000,
      net: 3_000,
    })
    expect(row(view, 'purpose', 'fee')['amount']).toBe(3_000)
    for (const { cells } of section(view, 'check').rows) expect(cells['difference'], String(cells['account'])).toBe(0)
    expect(sumOf(await recordsOf(hall, view, 'fees', itemId), 'amount')).toBe(5_000)
  })

  test('opens the payments behind each means, whose amounts are those of the row', async () => {
    for (let n = 0; n < 5; n++) await hall.pay((await hall.owing(10 + n)).accountId)
    const view = await runReport(hall, 'cash', 'month', today)
    const records = await recordsOf(hall, view, 'means', 'cash')
    expect(records).toHaveLength(5)
    expect(new Set(records.map(({ key }) => key)).size).toBe(5)
    expect(sumOf(records, 'amount')).toBe(row(view, 'means', 'cash')['taken'])
  })
})

test('whatever is taken, given back and reversed, the report and the ledger never differ by a fen', async () => {
  const accounts = [await hall.owing(20, 10), await hall.owing(35), await hall.owing(50, 5)]
  let reference = 0
  const step = fc.record({
    account: fc.nat({ max: 2 }),
    act: fc.constantFrom('prepay', 'pay', 'reverse', 'refund'),
    means: fc.constantFrom('cash', 'wechat', 'pos') as fc.Arbitrary<'cash' | 'wechat' | 'pos'>,
    amount: fc.integer({ min: 1, max: 30_000 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      for (const { account, act, means, amount } of steps) {
        const { accountId } = accounts[account] ?? expect.fail()
        const tender = { means, amount: fen(amount), ...(means === 'cash' ? {} : { reference: `R${++reference}` }) }
        // What the counter refuses (nothing due, nothing to refund) moves nothing: that is its own room's business.
        await (async () => {
          if (act === 'prepay') {
            await hall.call(Prepay, { requestId: id(), accountId, tenders: [tender] }, 'cashier')
          } else if (act === 'pay') {
            const { bills, total } = await hall.dues(accountId)
            const part = fen(Math.min(amount, total))
            await hall.pay(accountId, { bills: bills.slice(0, 1), tenders: [{ ...tender, amount: part }] })
          } else if (act === 'refund') {
            const given = {
              ...{ accountId, means, amount: fen(amount), reason: '退' },
              ...(means === 'cash' ? {} : { reference: `R${++reference}` }),
            }
            const approvalId = await approvalOf(hall, refundTerms(given))
            const body = { requestId: id(), ...given, approvalId }
            await hall.call(
              Refund,
              { ...body, ...(means === 'cash' ? {} : { reference: `R${++reference}` }) },
              'cashier',
            )
          } else {
            const { rows } = await hall.call(PaymentsOf, { date: today as never, page: {} }, 'cashier')
            const open = rows.find(({ reversal }) => reversal === null)
            if (open) await hall.reverse(open.paymentId)
          }
        })().catch(() => undefined)
      }
      const view = await runReport(hall, 'cash', 'day', today)
      for (const { cells } of section(view, 'check').rows) expect(cells['difference']).toBe(0)
      expect(row(view, 'means', 'wechat')['net']).toBe(turnover('wechat'))
      expect(row(view, 'means', 'pos')['net']).toBe(turnover('pos'))
      expect(row(view, 'means', 'cash')['net']).toBe(turnover('cash-drawer') - 50_000)
      expect(row(view, 'purpose', 'bill')['amount']).toBe(
        hall.query<{ n: number }>(
          `SELECT coalesce(sum(l.credit) - sum(l.debit), 0) AS n FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id
           WHERE l.account = 'receivable' AND e.subject LIKE 'payment:%'`,
        )[0]?.n,
      )
    }),
    { numRuns: 8 },
  )
})

describe('who sees it', () => {
  test('a cashier sees the day, and of it what they took themselves', async () => {
    await hall.pay((await hall.owing(10)).accountId)
    const mine = await runReport(hall, 'cash', 'day', today, 'cashier')
    expect(mine.own).toBe(true)
    const all = await runReport(hall, 'cash', 'day', today)
    expect(row(mine, 'means', 'cash')['net']).toBe(row(all, 'means', 'cash')['net'])
    hall.work(hall.second)
    const others = await runReport(hall, 'cash', 'day', today, 'cashier')
    expect(row(others, 'means', 'cash')).toMatchObject({ count: 0, net: 0 })
    expect(await recordsOf(hall, others, 'means', 'cash', 'cashier')).toEqual([])
    await expect(runReport(hall, 'cash', 'month', today, 'cashier')).rejects.toThrow('NotAllowed')
  })
  test('a cashier sees no other report, a dispatcher those of the service alone', async () => {
    for (const report of ['arrears', 'business', 'consumption', 'repairs', 'inspections', 'complaints', 'callbacks']) {
      await expect(runReport(hall, report, 'day', today, 'cashier')).rejects.toThrow('NotAllowed')
    }
    await expect(runReport(hall, 'cash', 'day', today, 'dispatcher')).rejects.toThrow('NotAllowed')
    const titles = ['repairs', 'inspections', 'complaints', 'callbacks'].map(
      async (report) => (await runReport(hall, report, 'day', today, 'dispatcher')).title,
    )
    expect(await Promise.all(titles)).toEqual(['报修报表', '安检报表', '投诉报表', '回访报表'])
  })
})
