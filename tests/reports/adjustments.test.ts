/** 退补 in the reports (case M5): gas and money are those of bills and adjustments together, and the ledger's. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AdjustBill, BillReading, CancelBill, PreviewAdjustment } from '../../src-main/billing/api.ts'
import { balanceOn } from '../../src-main/ledger/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { cubicMetres, type Fen } from '../../src-main/platform/money.ts'
import { household, read, type Household } from '../billing/household.ts'
import { id, openCounter, yuan, type Counter } from '../cashier/counter.ts'
import { approvalOf } from '../support/approval.ts'
import { recordsOf, row, runReport, section, sumOf } from './support.ts'

let counter: Counter
let today: string
beforeEach(async () => {
  counter = await openCounter()
  await counter.openShift(yuan(500))
  today = String(counter.query<{ date: string }>('SELECT max(date) AS date FROM business_days')[0]?.date)
})
afterEach(() => counter.close())

async function billed(m3: number): Promise<{ home: Household; billId: string }> {
  const home = household(counter)
  const readingId = await read(counter, home.accountId, '2026-02-01', m3)
  const { billId } = await counter.call(BillReading, { requestId: id(), readingId }, 'cashier')
  await counter.pay(home.accountId)
  return { home, billId }
}
async function adjust(billId: string, m3: number) {
  const consumption = cubicMetres(m3)
  const { volume, amount, lateFee } = await counter.call(PreviewAdjustment, { billId, consumption }, 'cashier')
  const terms = { billId, meterNo: '', volume, amount, lateFee, reason: '核实' }
  const approvalId = await approvalOf(counter, { purpose: 'adjustment', terms })
  return counter.call(
    AdjustBill,
    { requestId: id(), billId, consumption, amount, lateFee, reason: '核实', approvalId },
    'cashier',
  )
}
const ledger = (account: 'revenue' | 'receivable'): Fen =>
  counter.transact((context) => balanceOn(context, account, businessDate(today)))

test('what was given back is taken off in every cut, what was charged is counted once, a cancelled one not at all', async () => {
  const one = await billed(330)
  const two = await billed(300)
  const three = await billed(100)
  // 330 → 305: 20 × 3.30 and 5 × 3.00 back; 300 → 320: 10 × 3.00 and 10 × 3.30 more.
  const back = await adjust(one.billId, 305)
  const more = await adjust(two.billId, 320)
  const wrong = await adjust(three.billId, 120)
  expect([back.amount, more.amount]).toEqual([-8_100, 6_300])
  await counter.call(CancelBill, { requestId: id(), billId: wrong.chargeBillId ?? '', reason: '核错' }, 'hall-manager')

  const view = await runReport(counter, 'consumption', 'month', today)
  const gas = { consumption: 305_000 + 320_000 + 100_000, amount: -ledger('revenue') }
  expect(gas.amount).toBe(99_600 + 90_000 + 30_000 - 8_100 + 6_300)
  for (const cut of ['class', 'plan', 'tier', 'community', 'trend'])
    expect(section(view, cut).totals, cut).toMatchObject(gas)
  expect(row(view, 'tier', '1')).toMatchObject({ consumption: 305_000 + 310_000 + 100_000 })
  expect(row(view, 'tier', '2')).toMatchObject({ consumption: 10_000, amount: 3_300 })
  expect(row(view, 'adjustments', 'back')).toMatchObject({ adjustments: 1, volume: -25_000, amount: -8_100 })
  expect(row(view, 'adjustments', 'charge')).toMatchObject({ adjustments: 1, volume: 20_000, amount: 6_300 })
  // The records behind a row are all of it.
  const community = section(view, 'community').rows[0]
  const records = await recordsOf(counter, view, 'community', community?.key ?? '')
  expect(sumOf(records, 'consumption')).toBe(gas.consumption)
  expect(sumOf(records, 'amount')).toBe(gas.amount)
  expect(records.map(({ cells }) => cells['billNo'])).toContain(back.number)
  expect((await recordsOf(counter, view, 'tier', '2')).map(({ cells }) => cells['billNo'])).toContain(back.number)
  expect((await recordsOf(counter, view, 'adjustments', 'back')).map(({ cells }) => cells['number'])).toEqual([
    back.number,
  ])

  const arrears = await runReport(counter, 'arrears', 'day', today)
  expect(row(arrears, 'check', 'receivable')).toMatchObject({ report: ledger('receivable'), difference: 0 })
  expect(row(arrears, 'source', 'adjustment')).toMatchObject({ bills: 1, amount: 6_300 })
  expect(section(arrears, 'source').totals).toMatchObject({ amount: ledger('receivable') })
  expect(await recordsOf(counter, arrears, 'source', 'adjustment')).toHaveLength(1)
  expect(await recordsOf(counter, arrears, 'source', 'before')).toHaveLength(0)
})
