import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  CloseDay,
  CloseDraft,
  CloseShift,
  Collect,
  CountCash,
  DayCloses,
  DeclareNoStatement,
  ExplainOverShort,
  ImportStatement,
  OpenShift,
  Reconcile,
  RemoveStatement,
  SettleDifference,
  type CloseState,
  type Resolution,
} from '../../src-main/cashier/api.ts'
import { dayReport, depositSlip } from '../../src-main/cashier/service.ts'
import { DayState, TrialBalance } from '../../src-main/ledger/api.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import type { Household } from '../billing/household.ts'
import { approvalOf } from '../support/approval.ts'
import { counted, id, openCounter, yuan, type Counter } from './counter.ts'

const monday = businessDate('2026-11-23')
const nextDay = 86_400_000

let counter: Counter
let home: Household
beforeEach(async () => {
  counter = await openCounter()
  home = await counter.owing(100, 50)
  await counter.openShift(yuan(500))
})
afterEach(() => counter.close())

const draft = () => counter.call(CloseDraft, {}, 'cashier')
const closeDay = (date: string = monday) => counter.call(CloseDay, { requestId: id(), date }, 'cashier')
const importWechat = (rows: string, means: 'wechat' | 'pos' = 'wechat') =>
  counter.call(
    ImportStatement,
    { requestId: id(), means, fileName: 'bill.csv', bytes: Buffer.from(`时间,流水号,金额\n${rows}`) },
    'cashier',
  )
const reconcile = () => counter.call(Reconcile, { means: 'wechat' }, 'cashier')
const settle = (state: CloseState, resolution: Resolution) =>
  counter.call(
    SettleDifference,
    { requestId: id(), differenceId: state.differences.at(-1)?.differenceId ?? '', resolution, note: '查过' },
    'cashier',
  )
const explain = async (amount: number, date: string = monday) =>
  counter.call(
    ExplainOverShort,
    {
      requestId: id(),
      amount: yuan(amount),
      reason: '找零有误',
      approvalId: await approvalOf(counter, {
        purpose: 'over-short',
        terms: { of: `day:${date}/01`, amount: yuan(amount), reason: '找零有误' },
      }),
    },
    'cashier',
  )
const wechat = (amount: number, reference: string) => ({ means: 'wechat', amount: yuan(amount), reference }) as const
/** The part of the state that concerns WeChat. */
const channel = ({ differences, statements }: CloseState) => ({ differences, wechat: statements[0] })
const steps = (state: CloseState) => state.obstacles.map((obstacle) => obstacle.step)

describe('日结', () => {
  test('a drawer that was counted and is empty says so on the 日结单', async () => {
    await counter.call(CloseShift, { requestId: id() }, 'cashier')
    await counter.call(CountCash, { requestId: id(), rows: counted(yuan(500)) }, 'cashier')
    await closeDay()
    counter.clock.advance(nextDay)
    await counter.openShift(yuan(0))
    await counter.closeShiftAndCount(yuan(0))
    const { html } = await counter.paper({ kind: 'day-report', id: '2026-11-24' }, 'cashier')
    expect(html).not.toContain('未清点')
  })

  test('a whole day: five yuan short explained, one difference settled, the papers agree with the books, the day locked', async () => {
    await counter.pay(home.accountId, {
      tenders: [{ means: 'cash', amount: yuan(300), received: yuan(350) }, wechat(150, 'w1')],
    })
    const wrong = await counter.pay((await counter.owing(10)).accountId)
    await counter.reverse(wrong.paymentId)
    const state = await importWechat('2026-11-23 09:00:10,w1,150.00\n2026-11-23 11:00:00,w2,88.00')
    expect(steps(state)).toEqual(['shifts', 'cash', 'statements'])
    const reconciled = await reconcile()
    expect(reconciled.statements[0]).toMatchObject({ matched: 1, reconciled: true })
    expect(reconciled.differences).toMatchObject([{ kind: 'theirs-only', theirs: 8_800, reference: 'w2' }])
    await settle(reconciled, 'unknown-receipt')
    await counter.closeShiftAndCount(yuan(795))
    expect((await draft()).obstacles).toEqual([{ step: 'cash', text: '现金短款 5.00 元未说明' }])
    await explain(-5)
    expect((await draft()).obstacles).toEqual([])

    const closed = await closeDay()
    expect(closed.dayCloseNo).toMatch(/^RJ/)
    expect(closed.depositSlip).toMatchObject({ amount: 29_500, number: expect.stringMatching(/^JK/) })
    expect(counter.balance('cash-drawer')).toBe(0)
    expect(counter.balance('safe')).toBe(0)
    expect(counter.balance('bank')).toBe(29_500)
    expect(counter.balance('over-short')).toBe(500)
    expect(counter.balance('channel-difference')).toBe(-8_800)
    expect(counter.balance('wechat')).toBe(23_800)

    const report = counter.transact((context) => dayReport(context, monday))
    expect(report).toMatchObject({
      dayCloseNo: closed.dayCloseNo,
      closedByName: '孙收费',
      paymentCount: 2,
      net: 45_000,
      capitals: '人民币肆佰伍拾元整',
      cashDue: 30_000,
      cashOverShort: -500,
      cashHandedIn: 29_500,
      receipts: { count: 2, voided: [wrong.receiptNo] },
      reversals: [{ receiptNo: wrong.receiptNo, amount: 3_000, approverName: '李主任' }],
      differences: [{ state: 'settled', resolution: 'unknown-receipt' }],
    })
    // What had to be there, less what was short, is what was counted: the sheet adds up.
    expect(report.cash.expected + report.cashOverShort).toBe(report.cash.counted)
    expect(report.cash.expected).toBe(report.cash.float + report.cashDue)
    const slip = counter.transact((context) => depositSlip(context, closed.depositSlip?.depositSlipId ?? ''))
    expect(slip).toMatchObject({ dayCloseNo: closed.dayCloseNo, capitals: '人民币贰佰玖拾伍元整', exchanged: 0 })
    expect(slip.rows.reduce((all, row) => all + row.amount, 0)).toBe(29_500)

    expect(await counter.call(DayState, {})).toEqual({ date: monday, state: 'closed' })
    const late = { bills: [{ billId: id() }], tenders: [wechat(1, 'w3')] }
    await expect(counter.pay(home.accountId, late)).rejects.toThrow('2026年11月23日已日结')
    await expect(counter.openShift(yuan(500))).rejects.toThrow('2026年11月23日已日结')
    await expect(closeDay()).rejects.toThrow('2026年11月23日已日结')
    const balance = await counter.call(TrialBalance, { date: monday }, 'cashier')
    expect(balance.balanced).toBe(true)
    const { rows } = await counter.call(DayCloses, {}, 'hall-manager')
    expect(rows).toMatchObject([{ date: monday, net: 45_000, overShort: -500, deposit: 29_500 }])
  })

  test('names everything that stands in the way at once, and then lets nothing through', async () => {
    await counter.pay(home.accountId, { tenders: [wechat(100, 'w1'), { means: 'pos', amount: yuan(50) }] })
    const refused = counter.call(CloseDay, { requestId: id(), date: monday }, 'cashier')
    await expect(refused).rejects.toMatchObject({
      failure: {
        code: 'GateNotPassed',
        details: [
          { step: 'shifts', text: '孙收费的班次还在收款，请先停止收款' },
          { step: 'cash', text: '现金还没有清点' },
          { step: 'statements', text: '微信有 1 笔收款，对账单还没有导入' },
          { step: 'statements', text: '刷卡有 1 笔收款，对账单还没有导入' },
        ],
      },
    })
    expect(counter.query(`SELECT state FROM business_days WHERE date = '${monday}'`)).toEqual([{ state: 'open' }])
  })

  test('keeps each step when the PC goes off', async () => {
    await counter.pay(home.accountId, { tenders: [wechat(100, 'w1')] })
    await importWechat('2026-11-23 09:00:00,w1,90.00')
    const before = await reconcile()
    await counter.closeShiftAndCount(yuan(503))
    const stood = await draft()
    await counter.restart()
    expect(await draft()).toEqual(stood)
    expect(stood.differences).toEqual(before.differences)
    expect(stood.cash).toMatchObject({ counted: 50_300, expected: 50_000, difference: 300 })
  })

  test('a day nobody took money on closes without count or slip', async () => {
    await counter.call(CloseShift, { requestId: id() }, 'cashier')
    await counter.call(CountCash, { requestId: id(), rows: counted(yuan(500)) }, 'cashier')
    expect(await closeDay()).toMatchObject({ depositSlip: null })
    expect(counter.balance('safe')).toBe(0)
  })

  test('the next day begins with the next numbers and an empty drawer', async () => {
    const first = await counter.pay(home.accountId, { tenders: [{ means: 'cash', amount: yuan(100) }] })
    await counter.closeShiftAndCount(yuan(600))
    await closeDay()
    counter.clock.advance(nextDay)
    await counter.openShift(yuan(300))
    const second = await counter.pay(home.accountId, { tenders: [{ means: 'cash', amount: yuan(100) }] })
    const serial = (receiptNo: string) => Number(receiptNo.slice(-8, -1))
    expect(serial(second.receiptNo)).toBe(serial(first.receiptNo) + 1)
    expect(counter.balance('cash-drawer')).toBe(yuan(400))
  })

  test('yesterday must be closed before today can open', async () => {
    await counter.call(CloseShift, { requestId: id() }, 'cashier')
    counter.clock.advance(nextDay)
    await expect(counter.call(OpenShift, { requestId: id(), rows: counted(yuan(500)) }, 'cashier')).rejects.toThrow(
      '2026年11月23日尚未日结',
    )
    await counter.call(CountCash, { requestId: id(), rows: counted(yuan(500)) }, 'cashier')
    await closeDay()
    await counter.openShift(yuan(500))
  })
})

describe('清点', () => {
  test('waits for the last shift to end, may be repeated, and counts again what came after it', async () => {
    const count = (amount: number) =>
      counter.call(CountCash, { requestId: id(), rows: counted(yuan(amount)) }, 'cashier')
    await expect(count(500)).rejects.toThrow('孙收费的班次还在收款')
    await counter.call(CloseShift, { requestId: id() }, 'cashier')
    expect((await count(490)).cash).toMatchObject({ counted: 49_000, difference: -1_000 })
    expect((await count(500)).cash).toMatchObject({ counted: 50_000, difference: 0 })
    await counter.openShift(yuan(500))
    await counter.pay(home.accountId, { tenders: [{ means: 'cash', amount: yuan(20) }] })
    await counter.call(CloseShift, { requestId: id() }, 'cashier')
    expect((await draft()).cash).toMatchObject({ counted: 50_000, expected: 52_000, difference: -2_000 })
  })

  test('a difference is explained as it is, with reason and approval, over as well as short', async () => {
    await counter.closeShiftAndCount(yuan(512.3))
    await expect(explain(12)).rejects.toThrow('清点差异是 12.30 元')
    const amount = yuan(12.3)
    const explained = { requestId: id(), amount, reason: '多收', approvalId: id() }
    await expect(counter.call(ExplainOverShort, explained, 'cashier')).rejects.toThrow('批准无效')
    const state = await explain(12.3)
    expect(state.cash).toMatchObject({ difference: 0, overShort: 1_230, overShortReason: '找零有误' })
    expect(await closeDay()).toMatchObject({ depositSlip: { amount: 1_230 } })
    expect(counter.balance('over-short')).toBe(-1_230)
  })

  test('less cash than the float: all of it goes back to the safe and nothing is banked', async () => {
    await counter.closeShiftAndCount(yuan(480))
    await explain(-20)
    expect(await closeDay()).toMatchObject({ depositSlip: null })
    expect(counter.balance('safe')).toBe(-2_000)
  })
})

describe('对账', () => {
  beforeEach(() => counter.pay(home.accountId, { tenders: [wechat(100, 'w1')] }))

  test('a payment after the reconciliation must be reconciled as well', async () => {
    await importWechat('2026-11-23 09:00:00,w1,100.00\n2026-11-23 09:30:00,w2,50.00')
    const state = await reconcile()
    expect(state.differences).toMatchObject([{ kind: 'theirs-only', reference: 'w2' }])
    await counter.pay(home.accountId, { tenders: [wechat(50, 'w2')] })
    expect((await draft()).obstacles).toContainEqual({ step: 'statements', text: '微信对账单还没有核对' })
    expect(channel(await reconcile())).toMatchObject({ differences: [], wechat: { matched: 2, reconciled: true } })
  })

  test('each kind of difference is settled in its own ways only, and once', async () => {
    await importWechat('2026-11-23 09:00:00,w1,99.00')
    const state = await reconcile()
    expect(state.differences).toMatchObject([{ kind: 'amount-differs', ours: 10_000, theirs: 9_900 }])
    await expect(settle(state, 'missing')).rejects.toThrow('不能这样处理')
    expect((await settle(state, 'follow-statement')).differences[0]).toMatchObject({ state: 'settled', note: '查过' })
    expect(counter.balance('channel-difference')).toBe(100)
    expect(counter.balance('wechat')).toBe(9_900)
    await expect(settle(state, 'follow-statement')).rejects.toThrow('已经处理')
    expect((await reconcile()).differences).toHaveLength(1)
  })

  test('money that arrives tomorrow is expected on the statement of tomorrow', async () => {
    await importWechat('')
    await settle(await reconcile(), 'next-day')
    expect(counter.balance('channel-difference')).toBe(0)
    await counter.closeShiftAndCount(yuan(500))
    await closeDay()
    counter.clock.advance(nextDay)
    await counter.openShift(yuan(500))
    // Nothing was taken here today, but this is still to come: the day does not close over it without a word.
    const today = await draft()
    expect(today.statements[0]).toMatchObject({ ourCount: 1, ourTotal: 10_000 })
    expect(today.obstacles.map(({ text }) => text).join()).toContain('微信有 1 笔收款，对账单还没有导入')
    await importWechat('2026-11-24 00:10:00,w1,100.00')
    expect(channel(await reconcile())).toMatchObject({ differences: [], wechat: { matched: 1 } })
    expect(counter.query('SELECT cleared_on AS clearedOn FROM differences')).toEqual([{ clearedOn: '2026-11-24' }])
  })

  test('what was carried stays expected when the statement that was to show it is taken out again', async () => {
    await importWechat('')
    await settle(await reconcile(), 'next-day')
    await counter.closeShiftAndCount(yuan(500))
    await closeDay()
    counter.clock.advance(nextDay)
    await counter.openShift(yuan(500))
    const wrong = await importWechat('2026-11-24 00:10:00,other,1.00')
    expect((await reconcile()).differences).toHaveLength(2)
    const statementId = wrong.statements[0]?.imported[0]?.statementId ?? ''
    await counter.call(RemoveStatement, { requestId: id(), statementId }, 'cashier')
    await counter.call(DeclareNoStatement, { requestId: id(), means: 'wechat', note: '平台维护' }, 'cashier')
    await counter.closeShiftAndCount(yuan(500))
    await closeDay('2026-11-24')
    counter.clock.advance(nextDay)
    await counter.openShift(yuan(500))
    await importWechat('2026-11-25 00:10:00,other2,1.00')
    expect((await reconcile()).differences.filter(({ state }) => state === 'open')).toMatchObject([
      { kind: 'ours-only', reference: 'w1' },
      { kind: 'theirs-only' },
    ])
  })

  test('money that never came is booked as missing', async () => {
    await importWechat('')
    await settle(await reconcile(), 'missing')
    expect(counter.balance('channel-difference')).toBe(10_000)
    expect(counter.balance('wechat')).toBe(0)
  })

  test('the same file, the same line again, or the statement of another day is refused', async () => {
    await importWechat('2026-11-23 09:00:00,w1,100.00')
    await expect(importWechat('2026-11-23 09:00:00,w1,100.00')).rejects.toThrow('已经导入')
    await expect(importWechat('2026-11-23 09:00:00,w1,100.00\n')).rejects.toThrow(
      '第 2 行的交易已在 2026-11-23 的对账单里',
    )
    await expect(importWechat('2026-11-22 09:00:00,w9,1.00')).rejects.toThrow('第 2 行是 2026-11-22 的交易')
    await expect(importWechat('2026-11-24 09:00:00,w9,1.00')).rejects.toThrow('第 2 行是 2026-11-24 的交易')
  })

  test('a wrong file is taken out again, but not once its difference is settled', async () => {
    const wrong = await importWechat('2026-11-23 09:00:00,other,1.00')
    await reconcile()
    const statementId = wrong.statements[0]?.imported[0]?.statementId ?? ''
    const removed = await counter.call(RemoveStatement, { requestId: id(), statementId }, 'cashier')
    expect(channel(removed)).toMatchObject({ differences: [], wechat: { imported: [], reconciled: false } })
    const again = await importWechat('2026-11-23 09:00:00,other,1.00')
    const both = await reconcile()
    await settle(both, 'not-ours')
    const second = again.statements[0]?.imported[0]?.statementId ?? ''
    await expect(counter.call(RemoveStatement, { requestId: id(), statementId: second }, 'cashier')).rejects.toThrow(
      '不能移除',
    )
  })

  test('a channel that gives no statement is declared so, with a note on the 日结单', async () => {
    const declare = { requestId: id(), means: 'wechat', note: '平台维护' } as const
    const state = await counter.call(DeclareNoStatement, declare, 'cashier')
    expect(state.statements[0]).toMatchObject({ declaredNone: true, note: '平台维护' })
    await counter.closeShiftAndCount(yuan(500))
    await closeDay()
    expect(counter.transact((context) => dayReport(context, monday)).statements[0]).toMatchObject({ note: '平台维护' })
  })

  test('a garbled file is refused with the line, and nothing of it is kept', async () => {
    await expect(importWechat('2026-11-23 09:00:00,w1,100.00\n昨天,w2,5.00')).rejects.toThrow('第 3 行的时间')
    expect(counter.query('SELECT count(*) AS n FROM statement_lines')).toEqual([{ n: 0 }])
  })
})

test('the books of the day and the balances of every account are proved before it closes', async () => {
  await counter.pay(home.accountId, { tenders: [{ means: 'cash', amount: yuan(100) }] })
  await counter.closeShiftAndCount(yuan(600))
  counter.transact(({ sqlite }) => sqlite.exec(`UPDATE accounts SET arrears = arrears + 1`))
  await expect(closeDay()).rejects.toThrow(`户号 ${home.accountNo} 的余额与总账不符`)
})

test('collecting without a day, and closing without one, is refused', async () => {
  const fresh = await openCounter()
  try {
    await expect(fresh.call(CloseDraft, {}, 'cashier')).rejects.toThrow('没有待日结的营业日')
    const input = { requestId: id(), accountId: id(), bills: [{ billId: id() }] }
    const tenders = [{ means: 'cash', amount: fen(1) } as const]
    await expect(fresh.call(Collect, { ...input, tenders }, 'cashier')).rejects.toThrow('还没有开班')
  } finally {
    await fresh.close()
  }
})
