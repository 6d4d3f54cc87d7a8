/** 退补 (case M5): an adjustment points at the paid bill, is approved by another, and leaves books and tier totals right. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  AdjustBill,
  Bill,
  BillReading,
  CancelBill,
  correctionInWords,
  PreviewAdjustment,
} from '../../src-main/billing/api.ts'
import { accountById, endAccount, openAccount } from '../../src-main/customers/service.ts'
import { CheckReading, RecordReading, Sheet, VoidReading } from '../../src-main/metering/api.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { cubicMetres, fen } from '../../src-main/platform/money.ts'
import { approvalOf } from '../support/approval.ts'
import { certifiedReader } from '../support/reader.ts'
import { CallFailed } from '../support/hall.ts'
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

async function bill(index: number, on = '2026-02-01'): Promise<string> {
  const readingId = await read(counter, home.accountId, on, index)
  return (await counter.call(BillReading, { requestId: id(), readingId }, 'cashier')).billId
}
const preview = (billId: string, m3: number) =>
  counter.call(PreviewAdjustment, { billId, consumption: cubicMetres(m3) }, 'cashier')
async function adjust(billId: string, m3: number, reason = '估抄偏差') {
  const { volume, amount, lateFee } = await preview(billId, m3)
  const terms = { billId, meterNo: '', volume, amount, lateFee, reason }
  const approvalId = await approvalOf(counter, { purpose: 'adjustment', terms })
  return counter.call(
    AdjustBill,
    { requestId: id(), billId, consumption: cubicMetres(m3), amount, lateFee, reason, approvalId },
    'cashier',
  )
}
const account = () =>
  counter.query<{ prepayment: number; arrears: number }>(
    'SELECT prepayment, arrears FROM accounts WHERE id = ?',
    home.accountId,
  )[0]
const tierTotal = () =>
  counter.query<{ n: number }>(
    'SELECT coalesce(sum(volume), 0) AS n FROM tier_usage WHERE account_id = ?',
    home.accountId,
  )[0]?.n

describe('退补', () => {
  test('150 estimated and paid, 130 real: 20 m³ go back as prepayment, the total is 130, the next reading goes on from 130', async () => {
    const billId = await bill(150)
    await counter.pay(home.accountId)
    const done = await adjust(billId, 130)
    expect(done).toMatchObject({ volume: -20_000, amount: -6_000, chargeBillId: null })
    expect(account()).toEqual({ prepayment: 6_000, arrears: 0 })
    expect(counter.balance('prepayment', home.accountId)).toBe(-6_000)
    expect(counter.balance('revenue')).toBe(-(45_000 - 6_000))
    expect(tierTotal()).toBe(130_000)
    const next = await bill(140, '2026-03-01')
    expect(await counter.call(Bill, { billId: next }, 'cashier')).toMatchObject({ consumption: 10_000 })
    expect(tierTotal()).toBe(140_000)
    expect((await counter.call(Bill, { billId }, 'cashier')).adjustments).toMatchObject([
      { number: done.number, volume: -20_000, amount: -6_000, approverName: '李主任' },
    ])
  })

  test('two estimates and a meter below the first: the later one to nothing, the earlier one, and the real reading comes in', async () => {
    const estimated = async (index: number, on: string) => {
      const { readingId } = await counter.call(
        RecordReading,
        {
          requestId: id(),
          accountId: home.accountId,
          readOn: on,
          index: cubicMetres(index),
          source: 'estimated',
          readerId: certifiedReader(counter),
          confirmed: ['tooHigh'],
        },
        'cashier',
      )
      return (await counter.call(BillReading, { requestId: id(), readingId }, 'cashier')).billId
    }
    await bill(50)
    const [first, second] = [await estimated(90, '2026-03-01'), await estimated(130, '2026-04-01')]
    await counter.pay(home.accountId)
    await expect(read(counter, home.accountId, '2026-05-01', 80)).rejects.toThrow('退补')
    await adjust(second, 0)
    await expect(read(counter, home.accountId, '2026-05-01', 80)).rejects.toThrow('更早的估抄账单')
    await adjust(first, 30)
    const last = await bill(80, '2026-05-01')
    expect(await counter.call(Bill, { billId: last }, 'cashier')).toMatchObject({ consumption: 0 })
    expect(tierTotal()).toBe(80_000)
  })

  test('an estimate goes by what was found, not by what was corrected away', async () => {
    const billId = await bill(300)
    await counter.pay(home.accountId)
    await adjust(billId, 30)
    const { estimate } = await counter.call(
      CheckReading,
      { accountId: home.accountId, readOn: '2026-03-04', index: null },
      'cashier',
    )
    expect(estimate?.consumption).toBe(30_000)
    // The sheet of the building says what the customer used, not that he used nothing since the correction.
    const sheet = await counter.call(
      Sheet,
      { community: '和平小区', building: null, readOn: '2026-03-04', page: { after: null, size: 200 } },
      'cashier',
    )
    expect(sheet.rows.find(({ accountId }) => accountId === home.accountId)).toMatchObject({
      previousIndex: 30_000,
      previousConsumption: 30_000,
    })
  })

  test('too little becomes a bill of its own that points at the paid one; cancelled, it is as if it had never been', async () => {
    const billId = await bill(300)
    await counter.pay(home.accountId)
    // The example's first tier ends at 310 m³: 10 × 3.00 + 10 × 3.30
    const done = await adjust(billId, 320)
    expect(done).toMatchObject({ volume: 20_000, amount: 6_300 })
    expect(account()).toEqual({ prepayment: 0, arrears: 6_300 })
    expect(tierTotal()).toBe(320_000)
    // It has no reading, as a debt of the old system has none, but its gas is known.
    expect(await gasOf(done.chargeBillId ?? '')).toBe(20_000)
    await counter.call(CancelBill, { requestId: id(), billId: done.chargeBillId ?? '', reason: '核错' }, 'hall-manager')
    expect(account()).toEqual({ prepayment: 0, arrears: 0 })
    expect(tierTotal()).toBe(300_000)
    expect((await counter.call(Bill, { billId }, 'cashier')).adjustments).toEqual([])
  })

  const cancel = (billId: string) =>
    counter.call(CancelBill, { requestId: id(), billId, reason: '核错' }, 'hall-manager')
  const gasOf = async (billId: string) => (await counter.call(Bill, { billId }, 'cashier')).consumption

  test('a charge that is cancelled gives the index back: the next reading loses no gas, and the paid bill can be corrected anew', async () => {
    const billId = await bill(300)
    await counter.pay(home.accountId)
    await cancel((await adjust(billId, 320)).chargeBillId ?? '')
    await cancel((await adjust(billId, 310)).chargeBillId ?? '')
    expect(await gasOf(await bill(340, '2026-03-01'))).toBe(40_000)
  })

  test('not while a reading taken on from the corrected index waits for its bill', async () => {
    const billId = await bill(300)
    await counter.pay(home.accountId)
    const { chargeBillId } = await adjust(billId, 320)
    const readingId = await read(counter, home.accountId, '2026-03-01', 340)
    await expect(cancel(chargeBillId ?? '')).rejects.toMatchObject({ failure: { code: 'BillReadSince' } })
    await counter.call(VoidReading, { requestId: id(), readingId, reason: '抄错' }, 'hall-manager')
    await cancel(chargeBillId ?? '')
    expect(await gasOf(await bill(340, '2026-03-01'))).toBe(40_000)
  })

  test('with its charge cancelled the bill itself can go when its payment is reversed, and its reading be voided', async () => {
    const billId = await bill(300)
    const { paymentId } = await counter.pay(home.accountId)
    await cancel((await adjust(billId, 320)).chargeBillId ?? '')
    await counter.reverse(paymentId)
    const [{ readingId } = { readingId: '' }] = (await counter.call(Bill, { billId }, 'cashier')).readings
    await cancel(billId)
    await counter.call(VoidReading, { requestId: id(), readingId, reason: '抄错' }, 'hall-manager')
    expect(await gasOf(await bill(290))).toBe(290_000)
  })

  test('what was corrected on top of a bill keeps it: cancelled, its tiers would be another’s', async () => {
    const first = await bill(300)
    await counter.pay(home.accountId)
    const second = await bill(350, '2026-03-01')
    // Off the top of 350: 20 × 3.30, which the second bill had been charged.
    expect(await adjust(first, 280)).toMatchObject({ amount: -6_600 })
    await expect(cancel(second)).rejects.toMatchObject({ failure: { code: 'BillNotLast' } })
    // Corrected to nothing instead: 280 m³ are left, at 3.00.
    await adjust(second, 0)
    expect(counter.balance('revenue')).toBe(-28_000 * 3)
  })

  test('a charge on top of a later bill keeps that bill, and goes before it', async () => {
    const first = await bill(300)
    await counter.pay(home.accountId)
    const second = await bill(350, '2026-03-01')
    const { chargeBillId } = await adjust(first, 320)
    await expect(cancel(second)).rejects.toMatchObject({ failure: { code: 'BillNotLast' } })
    await cancel(chargeBillId ?? '')
    await cancel(second)
    expect(counter.balance('revenue')).toBe(-30_000 * 3)
  })

  test('a bill of two prices: corrected to nothing, exactly what was billed goes back, each part at its own price', async () => {
    await counter.set('billing.priceChange', 'splitByDays')
    home = household(counter, { plan: 'example-seasonal-boiler' })
    const billId = await bill(89, '2026-03-31')
    const { lines, amount } = await counter.call(Bill, { billId }, 'cashier')
    // 58 days of winter, 31 of the other months, one m³ a day.
    expect(lines.map(({ volume }) => volume)).toEqual([58_000, 31_000])
    await counter.pay(home.accountId)
    const other = lines[1]?.amount ?? 0
    expect(await adjust(billId, 58)).toMatchObject({ amount: -other })
    expect(await adjust(billId, 0)).toMatchObject({ amount: -(amount - other) })
    expect(counter.balance('revenue')).toBe(0)
  })

  test.each(['transferred', 'closed'] as const)(
    'of an account that has ended (%s) too; whoever has the meter now reads on from the corrected index',
    async (state) => {
      const billId = await bill(150)
      await counter.pay(home.accountId)
      const on = businessDate('2026-11-23')
      const next = counter.transact((context) => {
        const { pricePlanId, householdSize, ...old } = accountById(context, home.accountId)
        endAccount(context, { accountId: home.accountId, state, on, detail: '' })
        if (state === 'closed') return null
        const { customerId, servicePointId } = old
        return openAccount(context, { customerId, servicePointId, pricePlanId, householdSize, openedOn: on }).accountId
      })
      const { chargeBillId } = await adjust(billId, 160)
      await cancel(chargeBillId ?? '')
      expect(await adjust(billId, 140)).toMatchObject({ amount: -3_000 })
      expect(account()).toEqual({ prepayment: 3_000, arrears: 0 })
      if (next === null) return
      home = { ...home, accountId: next }
      expect(await gasOf(await bill(155, on))).toBe(15_000)
    },
  )

  test('a bill of an account that was handed over is not cancelled: its gas would become the next holder’s', async () => {
    const billId = await bill(150)
    const { paymentId } = await counter.pay(home.accountId)
    counter.transact((context) => {
      const on = businessDate('2026-11-23')
      const { customerId, servicePointId, pricePlanId, householdSize } = accountById(context, home.accountId)
      endAccount(context, { accountId: home.accountId, state: 'transferred', on, detail: '' })
      openAccount(context, { customerId, servicePointId, pricePlanId, householdSize, openedOn: on })
    })
    await counter.reverse(paymentId)
    await expect(cancel(billId)).rejects.toMatchObject({ failure: { code: 'BillOfEnded' } })
    expect(await adjust(billId, 0)).toMatchObject({ amount: -45_000 })
    expect((await counter.dues(home.accountId)).total).toBe(0)
  })

  test('a second reading of the same day is a reading since: its index is known and stays', async () => {
    const first = await bill(150)
    await bill(155)
    await counter.pay(home.accountId)
    await adjust(first, 130)
    expect(await gasOf(await bill(160, '2026-03-01'))).toBe(5_000)
  })

  test('tells when the meter was read again since: what the next bill measured goes on from the wrong index', async () => {
    const first = await bill(150)
    await counter.pay(home.accountId)
    expect(await preview(first, 130)).toMatchObject({ readSince: false })
    const second = await bill(160, '2026-03-01')
    await counter.pay(home.accountId)
    expect(await preview(first, 130)).toMatchObject({ readSince: true })
    await adjust(first, 130)
    expect(await preview(second, 30)).toMatchObject({ readSince: false })
    await adjust(second, 30)
    // The meter showed 160 m³ in all.
    expect(tierTotal()).toBe(160_000)
  })

  test('twice, back over a tier: each time from what was corrected before', async () => {
    const billId = await bill(320)
    await counter.pay(home.accountId)
    expect(await adjust(billId, 315)).toMatchObject({ amount: -1_650 })
    expect(await adjust(billId, 305)).toMatchObject({ volume: -10_000, amount: -(5 * 330 + 5 * 300) })
    expect(tierTotal()).toBe(305_000)
  })

  test('refused by name: unpaid, the same, cancelled, another amount than approved, approved by oneself', async () => {
    const billId = await bill(150)
    await expect(preview(billId, 130)).rejects.toThrow('还没有缴费')
    await counter.pay(home.accountId)
    await expect(preview(billId, 150)).rejects.toThrow('不用退补')
    const approvalId = await approvalOf(counter, {
      purpose: 'adjustment',
      terms: { billId, meterNo: '', volume: -1_000, amount: fen(-300), lateFee: fen(0), reason: '核实' },
    })
    const input = { requestId: id(), billId, consumption: cubicMetres(0), lateFee: fen(0), reason: '核实', approvalId }
    await expect(counter.call(AdjustBill, { ...input, amount: fen(-300) }, 'cashier')).rejects.toMatchObject({
      failure: { code: 'AdjustmentChanged' },
    })
    await expect(counter.call(AdjustBill, { ...input, amount: fen(-45_000) }, 'cashier')).rejects.toMatchObject({
      failure: { code: 'ApprovalRefused' },
    })
    expect(account()).toEqual({ prepayment: 0, arrears: 0 })
  })
})

describe('违约金 is reckoned on the true debt: what was paid of it on gas that was never used goes back with the gas', () => {
  const shown = async (billId: string) => (await counter.call(Bill, { billId }, 'cashier')).adjustments

  test('450.00 paid 10 days late with 13.50; 60.00 were too much: 1.80 of the fee go back in the same entry', async () => {
    const billId = await bill(150)
    await counter.later(40)
    const { lateFee } = await counter.dues(home.accountId)
    expect(lateFee).toBe(1_350)
    await counter.pay(home.accountId)
    expect(await preview(billId, 130)).toMatchObject({ amount: -6_000, lateFee: 180 })
    const done = await adjust(billId, 130)
    expect(done).toMatchObject({ amount: -6_000, lateFee: 180 })
    expect(account()).toEqual({ prepayment: 6_180, arrears: 0 })
    expect(counter.balance('prepayment', home.accountId)).toBe(-6_180)
    expect(counter.balance('late-fee')).toBe(-(1_350 - 180))
    expect(counter.query('SELECT count(DISTINCT entry_id) AS n FROM bill_adjustments')).toEqual([{ n: 1 }])
    expect(await shown(billId)).toMatchObject([{ amount: -6_000, lateFee: 180 }])
    // Once more, of what is left; and all of it.
    expect(await adjust(billId, 120)).toMatchObject({ amount: -3_000, lateFee: 90 })
    expect(await adjust(billId, 0)).toMatchObject({ amount: -36_000, lateFee: 1_080 })
    expect(counter.balance('late-fee')).toBe(0)
  })

  test('what was paid in time was owed first: the part that was paid late is what was too much', async () => {
    const billId = await bill(150)
    await counter.pay(home.accountId, { tenders: [{ means: 'cash', amount: yuan(390) }] })
    await counter.later(40)
    await counter.pay(home.accountId)
    expect(counter.balance('late-fee')).toBe(-180)
    expect(await adjust(billId, 130)).toMatchObject({ lateFee: 180 })
    expect(counter.balance('late-fee')).toBe(0)
  })

  test('nothing goes back where nothing was late, or gas is charged', async () => {
    const billId = await bill(150)
    await counter.pay(home.accountId)
    await counter.later(40)
    expect(await adjust(billId, 130)).toMatchObject({ lateFee: 0 })
    expect(await adjust(billId, 140)).toMatchObject({ amount: 3_000, lateFee: 0 })
  })

  test('of an open bill no more is asked for than the true debt bears, and it is settled once nothing is left', async () => {
    const billId = await bill(150)
    await counter.later(40)
    // The fee first: 13.50, and 386.50 of the gas; 63.50 are open.
    await counter.pay(home.accountId, { tenders: [{ means: 'cash', amount: yuan(400) }] })
    await counter.set('billing.payFromPrepayment', true)
    expect(await adjust(billId, 130)).toMatchObject({ amount: -6_000, lateFee: 180 })
    const left = await counter.dues(home.accountId)
    expect(left).toMatchObject({ principal: 350 - 180, lateFee: 0 })
    await counter.pay(home.accountId)
    expect((await counter.call(Bill, { billId }, 'cashier')).state).toBe('settled')
  })

  test('a payment taken back after it: what went back of its fee is owed again, and lies in the prepayment', async () => {
    const billId = await bill(150)
    await counter.later(40)
    const { paymentId } = await counter.pay(home.accountId)
    await counter.set('billing.payFromPrepayment', false)
    await adjust(billId, 130)
    await counter.reverse(paymentId)
    const { principal, lateFee, prepayment } = await counter.dues(home.accountId)
    expect([principal, lateFee, prepayment]).toEqual([45_000, 1_170 + 180, 6_180])
    expect(counter.balance('late-fee')).toBe(180)
  })

  test.each([
    ['lateFee.ratePpmPerDay', 1_000],
    ['lateFee.graceDays', 30],
  ] as const)(
    'a rule that became milder since (%s %i) gives nothing back of what was rightly paid',
    async (key, value) => {
      const billId = await bill(150)
      await counter.later(40)
      await counter.pay(home.accountId)
      await counter.set(key, value)
      const { lateFee } = await preview(billId, 149)
      // 3.00 of gas ten days late bore 0.09 at most.
      expect(lateFee).toBeLessThanOrEqual(9)
    },
  )

  test('another fee than the second person agreed to is refused', async () => {
    const billId = await bill(150)
    await counter.later(40)
    await counter.pay(home.accountId)
    const terms = { billId, meterNo: '', volume: -20_000, amount: fen(-6_000), lateFee: fen(0), reason: '核实' }
    const approvalId = await approvalOf(counter, { purpose: 'adjustment', terms })
    const input = { requestId: id(), consumption: cubicMetres(130), ...terms, approvalId }
    const { volume: _, meterNo: __, ...asked } = input
    await expect(counter.call(AdjustBill, asked, 'cashier')).rejects.toMatchObject({
      failure: { code: 'AdjustmentChanged' },
    })
    await expect(counter.call(AdjustBill, { ...asked, lateFee: fen(180) }, 'cashier')).rejects.toMatchObject({
      failure: { code: 'ApprovalRefused' },
    })
    expect(account()).toEqual({ prepayment: 0, arrears: 0 })
  })
})

describe('退补通知单', () => {
  test('says what goes back of the 违约金, and the sum of both', async () => {
    const billId = await bill(150)
    await counter.later(40)
    await counter.pay(home.accountId)
    const { adjustmentId } = await adjust(billId, 130)
    const text = words((await paper(adjustmentId)).html)
    for (const word of ['退还违约金', '1.80', '61.80', '陆拾壹元捌角']) expect(text).toContain(word)
  })

  const paper = (id: string, as: 'cashier' | 'dispatcher' = 'cashier') => counter.paper({ kind: 'adjustment', id }, as)
  const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

  test('says what was billed, what it was, how that is priced and where the money went', async () => {
    const billId = await bill(320)
    await counter.pay(home.accountId)
    await adjust(billId, 315)
    const { adjustmentId, number } = await adjust(billId, 305, '核实表具')
    const { html, title } = await paper(adjustmentId)
    expect(title).toBe('退补通知单')
    const text = words(html)
    // What an earlier adjustment corrected already is not told as if it were new.
    expect(text).toContain('315 305 10')
    expect(text).toMatch(/第二档 \S+ 310 → 315 5 3.30 16.50/)
    expect(text).toMatch(/第一档 \S+ 305 → 310 5 3.00 15.00/)
    for (const word of [number, '多计', '31.50', '叁拾壹元伍角', '核实表具', '李主任', '已转入预存'])
      expect(text).toContain(word)
    expect(text).not.toContain('补收')
    await expect(paper(adjustmentId, 'dispatcher')).rejects.toThrow()
  })

  test('of what was too little names its bill and the day to pay; nothing once that bill is cancelled', async () => {
    const billId = await bill(300)
    await counter.pay(home.accountId)
    const { adjustmentId, chargeBillId } = await adjust(billId, 320)
    const text = words((await paper(adjustmentId)).html)
    expect(text).toContain('少计')
    expect(text).toMatch(/补收的气费已另出账单 \S+，请于/)
    expect(text).not.toContain('退还')
    await counter.call(CancelBill, { requestId: id(), billId: chargeBillId ?? '', reason: '核错' }, 'hall-manager')
    await expect(paper(adjustmentId)).rejects.toMatchObject({ failure: { code: 'AdjustmentCancelled' } })
    await expect(paper(id())).rejects.toMatchObject({ failure: { code: 'NotFound' } })
  })
})

test('screen and paper say where the money of a correction went', () => {
  expect(correctionInWords({ volume: -20_000, amount: -6_000 })).toBe('更正减少 20 m³，退 60.00 元，转入预存')
  expect(correctionInWords({ volume: -20_000, amount: -6_000, lateFee: 180 })).toBe(
    '更正减少 20 m³，退 60.00 元和违约金 1.80 元，转入预存',
  )
  expect(correctionInWords({ volume: 5_500, amount: 1_650 })).toBe('更正增加 5.5 m³，补收 16.50 元')
  expect(correctionInWords({ volume: 1_000, amount: 300, chargeBillNo: 'ZD0001' })).toBe(
    '更正增加 1 m³，补收 3.00 元，账单 ZD0001',
  )
})

test('a correction there and back costs nothing, whatever the tiers', async () => {
  const billId = await bill(500)
  await counter.pay(home.accountId)
  const before = counter.balance('revenue')
  for (const m3 of [400, 500, 120, 500]) await adjust(billId, m3)
  expect(counter.balance('revenue')).toBe(before)
  expect(tierTotal()).toBe(500_000)
})

/** Fen of so many m³ in one cycle, by the example's tiers: 3.00 to 310 m³, 3.30 to 520, 4.20 above. */
const costs = (m3: number): number =>
  Math.min(m3, 310) * 300 + Math.max(0, Math.min(m3, 520) - 310) * 330 + Math.max(0, m3 - 520) * 420

const step = fc.record({
  act: fc.constantFrom('bill', 'bill', 'pay', 'adjust', 'adjust', 'reverse', 'cancel', 'wait'),
  size: fc.integer({ min: 0, max: 200 }),
  pick: fc.nat({ max: 100 }),
})

test('any sequence of bill, pay, adjust, reverse and cancel keeps the books balanced and the tier totals equal to the gas billed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
      home = household(counter)
      const bills: string[] = []
      const payments: string[] = []
      let day = 1
      for (const { act, size, pick } of steps) {
        const billId = bills[pick % Math.max(1, bills.length)] ?? ''
        try {
          if (act === 'bill') {
            const [last] = counter.query<{ at: number }>(
              `SELECT current_index AS at FROM readings WHERE account_id = ? AND state <> 'void' ORDER BY read_on DESC, id DESC LIMIT 1`,
              home.accountId,
            )
            day += 3
            const on = new Date(Date.UTC(2026, 0, 10 + day)).toISOString().slice(0, 10)
            bills.push(await bill((last?.at ?? 0) / 1_000 + size, on))
          } else if (act === 'pay') payments.push((await counter.pay(home.accountId)).paymentId)
          else if (act === 'adjust') await adjust(billId, size)
          else if (act === 'wait') await counter.later(1 + (size % 25))
          else if (act === 'reverse') await counter.reverse(payments[pick % Math.max(1, payments.length)] ?? '')
          else await counter.call(CancelBill, { requestId: id(), billId, reason: '试' }, 'hall-manager')
        } catch (error) {
          if (!(error instanceof CallFailed) || error.failure.code === 'Internal') throw error
        }
        const one = (sql: string) => counter.hall.environment.sqlite.prepare(sql).pluck().get(home.accountId)
        expect(counter.query('SELECT sum(debit) - sum(credit) AS n FROM journal_lines')).toEqual([{ n: 0 }])
        expect(
          one(
            `SELECT arrears - (SELECT coalesce(sum(debit) - sum(credit), 0) FROM journal_lines WHERE account = 'receivable' AND holder = a.id) FROM accounts a WHERE id = ?`,
          ),
        ).toBe(0)
        expect(
          one(
            `SELECT prepayment - (SELECT coalesce(sum(credit) - sum(debit), 0) FROM journal_lines WHERE account = 'prepayment' AND holder = a.id) FROM accounts a WHERE id = ?`,
          ),
        ).toBe(0)
        // The hall has earned the fees that were paid and not taken back, less what went back with a correction.
        const [earned] = counter.query<{ n: number }>(
          `SELECT (SELECT coalesce(sum(late_fee_settled), 0) FROM bills)
             - (SELECT coalesce(sum(late_fee), 0) FROM bill_adjustments) AS n`,
        )
        expect(counter.balance('late-fee') + Number(earned?.n)).toBe(0)
        // Never a fee on what was corrected away: a bill of which nothing is left keeps none.
        const kept = counter.query<{ kept: number; owed: number }>(
          `SELECT b.late_fee_settled - coalesce(sum(j.late_fee), 0) AS kept,
             b.amount + coalesce(sum(min(j.amount, 0)), 0) AS owed
           FROM bills b JOIN bill_adjustments j ON j.bill_id = b.id WHERE b.settled = b.amount GROUP BY b.id
           HAVING sum(j.amount > 0) = 0`,
        )
        for (const { kept: fee, owed } of kept) expect(owed > 0 || fee === 0, JSON.stringify(kept)).toBe(true)
        // Readings that are billed, and the corrections of them that stand.
        const gas = `SELECT (SELECT coalesce(sum(consumption), 0) FROM readings WHERE account_id = @a AND state = 'billed')
          + (SELECT coalesce(sum(j.volume), 0) FROM bill_adjustments j LEFT JOIN bills g ON g.id = j.charge_bill_id
             WHERE j.account_id = @a AND (g.id IS NULL OR g.state <> 'cancelled')) AS n`
        const [billed] = counter.hall.environment.sqlite.prepare(gas).all({ a: home.accountId }) as { n: number }[]
        expect(tierTotal()).toBe(billed?.n)
        // What was billed and not given back is what the tiers ask for all this gas, in whatever order it was corrected or cancelled.
        const money = `SELECT (SELECT coalesce(sum(amount), 0) FROM bills WHERE account_id = @a AND state <> 'cancelled')
          + (SELECT coalesce(sum(amount), 0) FROM bill_adjustments WHERE account_id = @a AND charge_bill_id IS NULL) AS n`
        const [asked] = counter.hall.environment.sqlite.prepare(money).all({ a: home.accountId }) as { n: number }[]
        expect(asked?.n).toBe(costs((billed?.n ?? 0) / 1_000))
      }
    }),
    { numRuns: 12 },
  )
})
