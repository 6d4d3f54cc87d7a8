import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CloseShift, HandOver, OpenShift, ShiftState } from '../../src-main/cashier/api.ts'
import { DayState } from '../../src-main/ledger/api.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf } from '../support/hall.ts'
import { fen } from '../../src-main/platform/money.ts'
import { counted, id, openCounter, yuan, type Counter } from './counter.ts'

let counter: Counter
beforeEach(async () => (counter = await openCounter()))
afterEach(() => counter.close())

const handOver = (amount: number, more: object = {}) =>
  counter.call(HandOver, { requestId: id(), rows: counted(yuan(amount)), toStaffNo: '2002', ...more }, 'cashier')

test('a shift opens with a counted float out of the safe, and with it the business day', async () => {
  const shift = await counter.openShift(yuan(500))
  expect(shift).toMatchObject({ businessDate: '2026-11-23', cashierName: '孙收费', openingFloat: 50_000 })
  expect(counter.balance('cash-drawer', shift.shiftId)).toBe(50_000)
  expect(counter.balance('safe')).toBe(-50_000)
  expect(await counter.call(DayState, {})).toEqual({ date: '2026-11-23', state: 'open' })
  expect(counter.query('SELECT purpose, rows, total FROM cash_counts')).toEqual([
    { purpose: 'open', rows: '[{"face":10000,"pieces":5}]', total: 50_000 },
  ])
})

test('without float a shift may open too', async () => {
  await counter.openShift(yuan(0))
  expect(await counter.call(ShiftState, {}, 'cashier')).toMatchObject({ mine: true, drawer: 0 })
})

test('one drawer, one shift: nobody opens a second, and nobody works on the shift of another', async () => {
  await counter.openShift(yuan(500))
  await expect(counter.openShift(yuan(500))).rejects.toThrow('孙收费正在本机收款')
  counter.work(counter.second)
  await expect(counter.openShift(yuan(0))).rejects.toThrow('孙收费正在本机收款')
  await expect(counter.call(CloseShift, { requestId: id() }, 'cashier')).rejects.toThrow('当前班次是孙收费的')
  expect(await counter.call(ShiftState, {}, 'cashier')).toMatchObject({ mine: false, shift: { cashierName: '孙收费' } })
})

test('a face counted in two rows, or a broken number of pieces, is refused', async () => {
  const open = (rows: { face: never; pieces: number }[]) =>
    counter.call(OpenShift, { requestId: id(), rows }, 'cashier')
  const face = 10_000 as never
  await expect(
    open([
      { face, pieces: 1 },
      { face, pieces: 1 },
    ]),
  ).rejects.toThrow('同一券别只能填一行')
  await expect(open([{ face, pieces: -1 }])).rejects.toThrow('张数不能为负')
  await expect(open([{ face, pieces: 1.5 }])).rejects.toThrow('张数应为整数')
})

describe('交接班', () => {
  beforeEach(() => counter.openShift(yuan(500)))

  test('both stand for the same count: the money goes on with the named person and with nobody else', async () => {
    const { accountId } = await counter.owing(100)
    await counter.pay(accountId)
    expect(await handOver(800)).toMatchObject({ counted: 80_000, overShort: 0, toName: '郑收费' })
    expect(await counter.call(ShiftState, {}, 'cashier')).toMatchObject({
      shift: null,
      handedTo: { name: '郑收费', amount: 80_000 },
    })
    await expect(counter.openShift(yuan(800))).rejects.toThrow('钱箱已交给郑收费')
    counter.work(counter.second)
    await expect(counter.openShift(yuan(799))).rejects.toThrow('钱箱应有 800.00 元，清点 799.00 元')
    const next = await counter.openShift(yuan(800))
    expect(counter.balance('cash-drawer', next.shiftId)).toBe(80_000)
    expect(counter.balance('cash-drawer')).toBe(80_000)
    expect(counter.balance('safe')).toBe(-50_000)
  })

  test('a count that differs is refused until it is explained and approved; then it is booked', async () => {
    await expect(handOver(495)).rejects.toThrow('账面 500.00 元，清点 495.00 元')
    const [open] = counter.query<{ id: string }>('SELECT id FROM shifts')
    const approvalId = await approvalOf(counter, {
      purpose: 'over-short',
      terms: { of: `shift:${open?.id}`, amount: fen(-500), reason: '找零有误' },
    })
    await expect(handOver(495, { approvalId })).rejects.toThrow('账面 500.00 元')
    await expect(handOver(100, { reason: '找零有误', approvalId })).rejects.toThrow('不一致')
    expect(await handOver(495, { reason: '找零有误', approvalId })).toMatchObject({ overShort: -500 })
    expect(counter.balance('over-short')).toBe(500)
    counter.work(counter.second)
    await counter.openShift(yuan(495))
  })

  test('goes only to another cashier who still works here', async () => {
    await expect(handOver(500, { toStaffNo: 'cashier' })).rejects.toThrow('接班人不能是自己')
    await expect(handOver(500, { toStaffNo: 'clerk' })).rejects.toThrow('没有这位收费员')
    await expect(handOver(500, { toStaffNo: '7777' })).rejects.toThrow('没有这位收费员')
  })

  test('after 停止收款 a later shift of the day finds all the money, and draws only the rest from the safe', async () => {
    await counter.call(CloseShift, { requestId: id() }, 'cashier')
    await expect(counter.openShift(yuan(499))).rejects.toThrow('钱箱应有 500.00 元')
    counter.work(counter.second)
    await counter.openShift(yuan(600))
    expect(counter.balance('safe')).toBe(-60_000)
    counter.work(actorOf('cashier'))
    await expect(counter.pay((await counter.owing(10)).accountId)).rejects.toThrow('当前班次是郑收费的')
  })
})
