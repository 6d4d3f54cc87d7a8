import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EditCustomer } from '../../src-main/customers/api.ts'
import { customerTimeline, servicePointById } from '../../src-main/customers/service.ts'
import { formatInstant } from '../../src-main/platform/dates.ts'
import {
  AnnounceSuspension,
  Awaiting,
  CallDebtor,
  CancelDunning,
  DebtCalls,
  Debtors,
  DeliverDunning,
  Dunnings,
  DunningsOfAccount,
  IssueDunnings,
  ResumeSupply,
  SupplyOfAccount,
  SupplyOverview,
  SuspendForArrears,
  type DebtorRow,
  type DunningFilter,
} from '../../src-main/supply/api.ts'
import { followPayments, holdsOn } from '../../src-main/supply/service.ts'
import type { Household } from '../billing/household.ts'
import { Prepay } from '../../src-main/cashier/api.ts'
import { openCounter, yuan, type Counter } from '../cashier/counter.ts'
import { refusal } from '../customers/support.ts'
import { approvalOf, suspensionTerms } from '../support/approval.ts'
import { dayMs, employ, hourMs, req, visit } from './support.ts'

let hall: Counter
let tester: string
beforeEach(async () => {
  hall = await openCounter()
  tester = await employ(hall, '5001', '赵检修')
})
afterEach(() => hall.close())

/** A household that owes for months and has gas. */
async function debtor(...m3: number[]): Promise<Household> {
  const made = await hall.owing(...(m3.length === 0 ? [40, 30] : m3))
  supply(made.servicePointId)
  // The bills were issued just now; their due dates are moved to where they would have been in time.
  hall.transact(({ sqlite }) =>
    sqlite
      .prepare(`UPDATE bills SET due_on = date(period_to, '+' || ? || ' days') WHERE account_id = ?`)
      .run((debtors += 1), made.accountId),
  )
  return made
}
let debtors = 10
/** Gas as it flows where it was taken over from an earlier system: past the gate of first gas, which is not this room's. */
function supply(servicePointId: string): void {
  hall.transact(({ sqlite }) => {
    const gate = sqlite
      .prepare(`SELECT sql FROM sqlite_master WHERE name = 'service_points_ignition_gate'`)
      .pluck()
      .get()
    sqlite.exec('DROP TRIGGER service_points_ignition_gate')
    sqlite.prepare(`UPDATE service_points SET gas_state = 'supplied' WHERE id = ?`).run(servicePointId)
    sqlite.exec(gate as string)
  })
}
const gas = ({ servicePointId }: Household) =>
  hall.transact((context) => servicePointById(context, servicePointId).gasState)
const issue = async ({ accountId }: Household) => {
  await hall.call(IssueDunnings, { requestId: req(), accountIds: [accountId] }, 'dispatcher')
  return of(accountId)
}
const of = async (accountId: string) => {
  const [newest] = await hall.call(DunningsOfAccount, { accountId })
  return newest ?? expect.fail('no dunning')
}
const delivered = (dunningId: string, more = {}) => ({
  requestId: req(),
  dunningId,
  at: hall.clock.now(),
  way: 'in-person' as const,
  by: '赵师傅',
  note: '本人签收',
  ...more,
})
const deliver = (dunningId: string, more = {}) => hall.call(DeliverDunning, delivered(dunningId, more))
const announce = (dunningId: string, more = {}) =>
  hall.call(AnnounceSuspension, delivered(dunningId, more), 'dispatcher')
const suspend = async (dunningId: string, reason = '') => {
  const approvalId = await approvalOf(hall, await suspensionTerms(hall, dunningId, reason.trim()), 'dispatcher')
  return hall.call(SuspendForArrears, { requestId: req(), dunningId, approvalId, reason }, 'dispatcher')
}
/** All the way to the valve, each step on the first day it may be done. */
async function suspended(home: Household): Promise<string> {
  const { id } = await issue(home)
  await deliver(id)
  hall.clock.advance(31 * dayMs)
  await announce(id)
  hall.clock.advance(4 * dayMs)
  await suspend(id)
  return id
}
const listed = async (filter: DunningFilter) => (await hall.call(Dunnings, { filter })).rows.map(({ id }) => id)
const follow = () => followPayments(hall.hall.environment)

describe('arrears suspension', () => {
  test('takes notice, 30 days, written notice, 3 days and the manager, in this order and no sooner', async () => {
    const home = await debtor()
    const { id, owed } = await issue(home)
    expect(owed).toBeGreaterThan(0)
    expect((await refusal(announce(id))).message).toContain('不能办理登记停气通知送达')
    await deliver(id)
    expect(formatInstant((await of(home.accountId)).nextAt)).toBe('2026-12-24 00:00')
    hall.clock.set('2026-12-23T23:59:00+08:00')
    expect((await refusal(announce(id))).message).toContain('催缴期限未满，2026-12-24 00:00 之后')
    expect(await listed('ready')).toEqual([])
    hall.clock.set('2026-12-24T09:00:00+08:00')
    expect(await listed('ready')).toEqual([id])
    // Handed over before the days were over, and written down after.
    expect((await refusal(announce(id, { at: hall.clock.now() - dayMs }))).code).toBe('GateNotPassed')
    await announce(id)
    expect((await refusal(suspend(id))).message).toContain('书面通知的期限未满')
    hall.clock.set('2026-12-28T08:00:00+08:00')
    expect(await hall.call(SupplyOverview, {})).toMatchObject({ readyToSuspend: 1, dunnings: { announced: 1 } })
    await suspend(id)
    expect(gas(home)).toBe('suspended')
    const holds = hall.transact((context) => holdsOn(context, home.servicePointId))
    expect(holds).toMatchObject([{ cause: 'arrears', subject: `dunning:${id}` }])
    const { rows } = await hall.call(customerTimeline.definition, {
      customerId: home.customerId,
      accountId: home.accountId,
      page: {},
    })
    const titles = rows.map(({ title }) => title)
    for (const title of ['开催缴通知单', '催缴通知单送达', '欠费停气通知送达', '欠费停气'])
      expect(titles).toContain(title)
  })

  test('is refused without the approval of a manager for exactly this dunning', async () => {
    const [home, other] = [await debtor(), await debtor()]
    const { id } = await issue(home)
    const { id: otherId } = await issue(other)
    for (const one of [id, otherId]) await deliver(one)
    hall.clock.advance(31 * dayMs)
    for (const one of [id, otherId]) await announce(one)
    hall.clock.advance(4 * dayMs)
    const approvalId = await approvalOf(hall, await suspensionTerms(hall, otherId), 'dispatcher')
    const call = (dunningId: string, approval: string) =>
      hall.call(SuspendForArrears, { requestId: req(), dunningId, approvalId: approval }, 'dispatcher')
    expect((await refusal(call(id, approvalId))).code).toBe('ApprovalRefused')
    expect((await refusal(call(id, req()))).code).toBe('ApprovalRefused')
    await call(otherId, approvalId)
    expect([gas(home), gas(other)]).toEqual(['supplied', 'suspended'])
    const force = () =>
      hall.transact(({ sqlite }) => sqlite.prepare(`UPDATE dunnings SET state = 'suspended' WHERE id = ?`).run(id))
    expect(force).toThrow('without notice or approval')
    await expect(
      hall.call(SuspendForArrears, { requestId: req(), dunningId: id, approvalId: req() }, 'clerk'),
    ).rejects.toThrow('NotAllowed')
  })

  test('never meets a special-care customer without the written reason', async () => {
    const home = await debtor()
    await hall.call(EditCustomer, {
      requestId: req(),
      customerId: home.customerId,
      version: 1,
      change: { specialCare: { kinds: ['elderly'], measures: '' } },
    })
    const { id } = await issue(home)
    await deliver(id)
    hall.clock.advance(31 * dayMs)
    await announce(id)
    hall.clock.advance(4 * dayMs)
    expect((await refusal(suspend(id))).message).toContain('特殊客户不因欠费停气')
    expect(gas(home)).toBe('supplied')
    await suspend(id, '房屋已空置半年，家属书面同意')
    expect(gas(home)).toBe('suspended')
    const stored = hall.query<{ special: number; reason: string; approver: string }>(
      'SELECT special, reason, approver_name AS approver FROM dunnings',
    )
    expect(stored).toEqual([{ special: 1, reason: '房屋已空置半年，家属书面同意', approver: '李主任' }])
  })

  test('ends for whoever pays everything: gas may be given back at once, within 24 hours of the payment', async () => {
    const home = await debtor()
    const dunningId = await suspended(home)
    const tried = () => hall.call(ResumeSupply, visit(home.servicePointId, tester))
    expect((await refusal(tried())).message).toMatch(/逾期欠费 [\d,.]+ 元未缴清/)
    await hall.openShift(yuan(500))
    await hall.pay(home.accountId)
    const paidAt = hall.clock.now()
    expect((await hall.call(SupplyOfAccount, { accountId: home.accountId })).obstacles).toEqual([])
    // Found by the room's own look within a minute, with the time of the payment.
    hall.clock.advance(45_000)
    await follow()
    expect((await hall.call(Awaiting, {})).rows).toMatchObject([
      { accountId: home.accountId, cause: 'arrears', since: paidAt, dueAt: paidAt + 24 * hourMs },
    ])
    expect(await listed('paid')).toEqual([dunningId])
    expect((await tried()).noticeNo).toMatch(/^HF/)
    expect(gas(home)).toBe('supplied')
    expect((await hall.call(Awaiting, {})).rows).toEqual([])
    expect(await of(home.accountId)).toMatchObject({ state: 'resumed' })
  })

  test('ends at once even when nobody has looked at the balances since', async () => {
    const home = await debtor()
    await suspended(home)
    await hall.openShift(yuan(500))
    await hall.pay(home.accountId)
    expect((await hall.call(ResumeSupply, visit(home.servicePointId, tester))).outcome).toBe('resumed')
    expect(await of(home.accountId)).toMatchObject({ state: 'resumed' })
  })

  test('never comes to gas being cut once the prepayment covers what is overdue, though nothing was drawn from it', async () => {
    const home = await debtor()
    const { id } = await issue(home)
    await deliver(id)
    hall.clock.set('2026-12-24T09:00:00+08:00')
    await announce(id)
    hall.clock.set('2026-12-28T08:00:00+08:00')
    await hall.openShift(yuan(500))
    await hall.set('billing.payFromPrepayment', false)
    await hall.set('cashier.prepaymentCoversDebts', false)
    await hall.call(
      Prepay,
      { requestId: req(), accountId: home.accountId, tenders: [{ means: 'cash', amount: yuan(900) }] },
      'cashier',
    )
    // What was late before the money came stands there as 违约金; nobody is cut off for it.
    expect((await refusal(suspend(id))).code).toBe('GateNotPassed')
    expect(gas(home)).toBe('supplied')
  })

  test('does not end for whoever pays a part', async () => {
    const home = await debtor(40, 30)
    await suspended(home)
    await hall.openShift(yuan(500))
    const { bills } = await hall.dues(home.accountId)
    const [first] = bills
    if (!first) throw new Error('no bill')
    await hall.pay(home.accountId, {
      bills: [{ billId: first.billId }],
      tenders: [{ means: 'cash', amount: yuan((first.outstanding + first.lateFee) / 100) }],
    })
    await follow()
    expect((await refusal(hall.call(ResumeSupply, visit(home.servicePointId, tester)))).message).toContain('逾期欠费')
    expect((await hall.call(Awaiting, {})).rows).toEqual([])
  })

  test('is back when the payment is reversed before gas flowed', async () => {
    const home = await debtor()
    const dunningId = await suspended(home)
    await hall.openShift(yuan(500))
    const { paymentId } = await hall.pay(home.accountId)
    await follow()
    await hall.reverse(paymentId)
    expect((await refusal(hall.call(ResumeSupply, visit(home.servicePointId, tester)))).message).toContain('逾期欠费')
    expect((await hall.call(SupplyOfAccount, { accountId: home.accountId })).obstacles.join()).toContain('逾期欠费')
    await follow()
    expect(await listed('suspended')).toEqual([dunningId])
    expect((await hall.call(Awaiting, {})).rows).toEqual([])
    await hall.pay(home.accountId)
    expect((await hall.call(ResumeSupply, visit(home.servicePointId, tester))).outcome).toBe('resumed')
  })

  test('whoever pays before is left alone, and the papers say nothing of them', async () => {
    const [home, other] = [await debtor(), await debtor()]
    const { batchId } = await hall.call(
      IssueDunnings,
      { requestId: req(), accountIds: [home.accountId, other.accountId] },
      'hall-manager',
    )
    const before = await hall.paper({ kind: 'dunning', id: batchId }, 'dispatcher')
    expect(before.html.match(/<section/g)).toHaveLength(2)
    await hall.openShift(yuan(500))
    await hall.pay(home.accountId)
    const after = await hall.paper({ kind: 'dunning', id: batchId }, 'dispatcher')
    expect(after.html.match(/<section/g)).toHaveLength(1)
    expect(after.html).toContain('24 小时服务电话')
    await follow()
    expect(await of(home.accountId)).toMatchObject({ state: 'settled' })
    expect(await of(other.accountId)).toMatchObject({ state: 'issued' })
    expect((await refusal(deliver((await of(home.accountId)).id))).code).toBe('GateNotPassed')
  })
})

test('a batch is delivered and announced in one go, each dunning counting its own days', async () => {
  const homes = [await debtor(), await debtor(), await debtor()]
  const { batchId, count } = await hall.call(
    IssueDunnings,
    { requestId: req(), filter: { minDays: 1, undunned: true } },
    'dispatcher',
  )
  expect(count).toBe(3)
  const dunning = (n: number) => of(homes[n]?.accountId ?? '')
  // Dunned once is enough.
  expect((await refusal(hall.call(IssueDunnings, { requestId: req(), filter: {} }, 'dispatcher'))).code).toBe(
    'GateNotPassed',
  )
  await deliver((await dunning(0)).id)
  hall.clock.advance(2 * dayMs)
  expect(await deliver((await dunning(1)).id, { wholeBatch: true })).toEqual({ count: 2 })
  hall.clock.advance(29 * dayMs)
  const paper = await hall.paper({ kind: 'arrears-suspension', id: batchId }, 'dispatcher')
  expect(paper.html.match(/<section/g)).toHaveLength(1)
  expect(await announce((await dunning(0)).id, { wholeBatch: true })).toEqual({ count: 1 })
  expect((await hall.call(Dunnings, { filter: 'waiting' })).rows).toHaveLength(2)
  await hall.call(
    CancelDunning,
    { requestId: req(), dunningId: (await dunning(1)).id, reason: '对气量有异议，待检定' },
    'hall-manager',
  )
  expect(await listed('done')).toEqual([(await dunning(1)).id])
})

test('debtors are listed by days and by amount, page by page, each once', async () => {
  const made: Household[] = []
  for (const m3 of [[10], [50], [30, 20], [25, 25, 25]]) made.push(await debtor(...m3))
  for (const sort of ['days', 'amount'] as const) {
    const seen: DebtorRow[] = []
    let after: string | null = null
    do {
      const page: { rows: DebtorRow[]; next: string | null } = await hall.call(Debtors, {
        sort,
        page: { after, size: 1 },
      })
      seen.push(...page.rows)
      after = page.next
    } while (after !== null)
    expect(seen.map(({ accountId }) => accountId).toSorted()).toEqual(made.map(({ accountId }) => accountId).toSorted())
    const order = seen.map((row) => (sort === 'days' ? row.overdueDays : row.principal))
    expect(order).toEqual(order.toSorted((a, b) => b - a))
    expect(seen.every(({ lateFee }) => lateFee > 0)).toBe(true)
  }
  const rows = async (filter: object) => (await hall.call(Debtors, { filter })).rows
  const [longest] = await rows({})
  expect(await rows({ minDays: (longest?.overdueDays ?? 0) + 1 })).toEqual([])
  expect(await rows({ minDays: longest?.overdueDays ?? 1 })).not.toEqual([])
  expect((await rows({ minFen: 20_000 })).every(({ principal }) => principal >= 20_000)).toBe(true)
  await issue(made[0] as Household)
  expect(await rows({ undunned: true })).toHaveLength(3)
  expect((await refusal(hall.call(Debtors, { page: { after: '2026-01-01;drop/x' } }))).field).toBe('page.after')
})

describe('电话催缴', () => {
  const listed = async (accountId: string) => {
    const { rows } = await hall.call(Debtors, { filter: {}, page: {} }, 'clerk')
    return rows.find((row) => row.accountId === accountId)
  }

  test('who telephoned, when, what was said and promised stands beside the debt and on the timeline', async () => {
    const { accountId, customerId } = await debtor()
    expect((await listed(accountId))?.lastCall).toBeNull()
    const said = { accountId, result: 'unreached', note: '无人接听' } as const
    await hall.call(CallDebtor, { requestId: req(), ...said }, 'clerk')
    hall.clock.advance(hourMs)
    const promisedOn = formatInstant(hall.clock.now() + 3 * dayMs).slice(0, 10)
    const promise = { requestId: req(), accountId, result: 'promised', promisedOn, note: '本人接听' } as const
    const { callId } = await hall.call(CallDebtor, promise, 'clerk')
    // The same press twice is one call.
    expect(await hall.call(CallDebtor, promise, 'clerk')).toEqual({ callId })
    const calls = await hall.call(DebtCalls, { accountId }, 'cashier')
    expect(calls).toMatchObject([
      { result: 'promised', promisedOn, note: '本人接听' },
      { result: 'unreached', promisedOn: null, note: '无人接听' },
    ])
    const row = await listed(accountId)
    expect(calls[0]?.owed).toBe((row?.principal ?? 0) + (row?.lateFee ?? 0))
    expect(calls[0]?.actorName).not.toBe('')
    expect(row?.lastCall).toEqual({ at: hall.clock.now(), result: 'promised', promisedOn })
    const { rows } = await hall.call(customerTimeline.definition, { customerId, accountId, page: {} })
    expect(rows.filter(({ title }) => title === '电话催缴')).toHaveLength(2)
    // It takes the place of no notice: the dunning on paper still waits to be delivered.
    await hall.call(IssueDunnings, { requestId: req(), accountIds: [accountId] }, 'hall-manager')
    const issued = await hall.call(Dunnings, { filter: 'issued', page: {} }, 'clerk')
    expect(issued.rows.find((one) => one.accountId === accountId)).toMatchObject({
      state: 'issued',
      lastCall: { result: 'promised' },
    })
  })

  test('refused by name: no day of a promise, a day of the past or far away, a day without a promise, nothing overdue', async () => {
    const { accountId } = await debtor()
    const day = (days: number) => formatInstant(hall.clock.now() + days * dayMs).slice(0, 10)
    const call = (result: string, promisedOn: string | null) =>
      refusal(hall.call(CallDebtor, { requestId: req(), accountId, result, promisedOn } as never, 'clerk'))
    for (const [result, promisedOn] of [
      ['promised', null],
      ['promised', day(-1)],
      ['promised', day(61)],
      ['told', day(1)],
    ] as const)
      expect(await call(result, promisedOn)).toMatchObject({ field: 'promisedOn' })
    await hall.openShift(yuan(500))
    await hall.pay(accountId)
    expect(await call('told', null)).toMatchObject({ code: 'GateNotPassed' })
    expect(await hall.call(DebtCalls, { accountId }, 'clerk')).toEqual([])
  })
})
