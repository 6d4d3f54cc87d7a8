/** Several tills at one cash desk: a drawer, a shift and a series of receipts each; one day, one close, one slip. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  CloseDay,
  CloseDraft,
  CloseShift,
  Collect,
  CountCash,
  Dues,
  EndShift,
  ExplainOverShort,
  OpenShift,
  ShiftState,
} from '../../src-main/cashier/api.ts'
import { dayReport, depositSlip } from '../../src-main/cashier/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import type { Fen } from '../../src-main/platform/money.ts'
import type { Household } from '../billing/household.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf } from '../support/hall.ts'
import { counted, id, openCounter, yuan, type Counter } from './counter.ts'

const monday = businessDate('2026-11-23')
let counter: Counter
let homes: readonly Household[]
beforeEach(async () => {
  counter = await openCounter()
  homes = [await counter.owing(100), await counter.owing(50)]
})
afterEach(() => counter.close())

/** At the first till the first cashier works, at the second the other. */
function at(till: string): 'cashier' {
  counter.work(till === '01' ? actorOf('cashier') : counter.second)
  return 'cashier'
}
const open = (till: string, float: Fen) =>
  counter.call(OpenShift, { requestId: id(), rows: counted(float) }, at(till), till)
const stop = (till: string) => counter.call(CloseShift, { requestId: id() }, at(till), till)
const count = (till: string, amount: Fen) =>
  counter.call(CountCash, { requestId: id(), rows: counted(amount) }, at(till), till)
const close = (till = '01') => counter.call(CloseDay, { requestId: id(), date: monday }, at(till), till)
async function pay(till: string, home: Household | undefined) {
  const accountId = home?.accountId ?? ''
  const { bills, total } = await counter.call(Dues, { accountId }, at(till), till)
  return counter.call(
    Collect,
    {
      requestId: id(),
      accountId,
      bills: bills.map(({ billId }) => ({ billId })),
      tenders: [{ means: 'cash', amount: total }],
    },
    at(till),
    till,
  )
}

describe('two windows at once', () => {
  beforeEach(async () => {
    await open('01', yuan(500))
    await open('02', yuan(200))
  })

  test('each has its own drawer, shift and receipts without gaps', async () => {
    const [first, second] = [await pay('01', homes[0]), await pay('02', homes[1])]
    expect([first, second].map(({ receiptNo }) => receiptNo.slice(5, 14))).toEqual(['010000001', '020000001'])
    const drawerOf = async (till: string) => (await counter.call(ShiftState, {}, at(till), till)).drawer
    expect(await drawerOf('01')).toBe(50_000 + first.amount)
    expect(await drawerOf('02')).toBe(20_000 + second.amount)
    expect(counter.query('SELECT till, count(*) AS n FROM shifts GROUP BY till')).toEqual([
      { till: '01', n: 1 },
      { till: '02', n: 1 },
    ])
  })

  test('nobody takes money at two of them, nor at the shift of the other', async () => {
    await stop('02')
    at('01')
    await expect(
      counter.call(OpenShift, { requestId: id(), rows: counted(yuan(200)) }, 'cashier', '02'),
    ).rejects.toThrow('您在 01 号机的班次还没有停')
    await expect(counter.call(CloseShift, { requestId: id() }, 'cashier', '02')).rejects.toThrow('ShiftElsewhere')
    at('02')
    await expect(counter.call(CloseShift, { requestId: id() }, 'cashier', '01')).rejects.toThrow('当前班次是孙收费的')
  })

  test('the day waits for each, says whose shift is open where, and closes with one report and one slip', async () => {
    const taken = [await pay('01', homes[0]), await pay('02', homes[1])].map(({ amount }) => amount)
    await stop('01')
    await count('01', yuan(500 + (taken[0] ?? 0) / 100))
    const { obstacles } = await counter.call(CloseDraft, {}, at('01'), '01')
    expect(obstacles.map(({ text }) => text)).toEqual([
      '02 号机郑收费的班次还在收款，请先停止收款',
      '02 号机现金还没有清点',
    ])
    await expect(close()).rejects.toThrow('02 号机郑收费的班次还在收款')
    await stop('02')
    await count('02', yuan(200 + (taken[1] ?? 0) / 100))
    const { depositSlip: slip } = await close('02')
    const total = (taken[0] ?? 0) + (taken[1] ?? 0)
    expect(slip?.amount).toBe(total)
    counter.transact((context) => {
      const report = dayReport(context, monday)
      expect(report.drawers.map(({ till, counted: cash, float }) => [till, cash, float])).toEqual([
        ['01', 50_000 + (taken[0] ?? 0), 50_000],
        ['02', 20_000 + (taken[1] ?? 0), 20_000],
      ])
      expect(report.receipts.series.map(({ count: n }) => n)).toEqual([1, 1])
      expect(depositSlip(context, slip?.depositSlipId ?? '').amount).toBe(total)
    })
    expect(counter.balance('cash-drawer')).toBe(0)
    expect(counter.balance('safe')).toBe(0)
    expect(counter.balance('bank')).toBe(total)
  })

  test('a till that was lost in the middle of a shift: a manager ends it, counts its drawer elsewhere, and says why', async () => {
    const { amount } = await pay('02', homes[1])
    await stop('01')
    await count('01', yuan(500))
    const rows = counted(yuan(200 + amount / 100))
    await expect(
      counter.call(CountCash, { requestId: id(), till: '02', rows, reason: '电脑坏了' }, at('01'), '01'),
    ).rejects.toThrow('02 号机的钱箱请在那台电脑清点')
    const manager = 'hall-manager'
    await expect(
      counter.call(CountCash, { requestId: id(), till: '02', rows, reason: '电脑坏了' }, manager, '01'),
    ).rejects.toThrow('郑收费的班次还在收款')
    const end = { requestId: id(), till: '02', reason: '02 号机电源烧坏' }
    expect(await counter.call(EndShift, end, manager, '01')).toMatchObject({ cashierName: '郑收费' })
    await expect(counter.call(EndShift, { ...end, requestId: id() }, manager, '01')).rejects.toThrow('没有开着的班次')
    await expect(counter.call(CountCash, { requestId: id(), till: '02', rows }, manager, '01')).rejects.toThrow(
      '请写明为什么不在 02 号机清点',
    )
    await counter.call(CountCash, { requestId: id(), till: '02', rows, reason: '02 号机电源烧坏' }, manager, '01')
    await close('01')
    expect(counter.query(`SELECT till, reason, total FROM cash_counts WHERE reason <> ''`)).toEqual([
      { till: '02', reason: '02 号机电源烧坏', total: 20_000 + amount },
    ])
  })

  test('what one drawer is short of is not made good by what the other is over', async () => {
    await stop('01')
    await stop('02')
    await count('01', yuan(510))
    const state = await count('02', yuan(190))
    expect(state.cash.difference).toBe(0)
    expect(state.obstacles.map(({ text }) => text)).toEqual([
      '01 号机现金长款 10.00 元未说明',
      '02 号机现金短款 10.00 元未说明',
    ])
    const reason = '找零有误'
    const explain = async (till: string, amount: number) => {
      const as = at(till)
      const terms = { of: `day:${monday}/${till}`, amount: yuan(amount), reason }
      const approvalId = await approvalOf(counter, { purpose: 'over-short', terms })
      return counter.call(ExplainOverShort, { requestId: id(), amount: yuan(amount), reason, approvalId }, as, till)
    }
    await explain('01', 10)
    const explained = await explain('02', -10)
    expect(explained.obstacles).toEqual([])
    expect(explained.drawers.map(({ overShort, difference }) => [overShort, difference])).toEqual([
      [1_000, 0],
      [-1_000, 0],
    ])
    await close()
  })
})
