import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Bill, BillReading, CancelBill } from '../../src-main/billing/api.ts'
import { billReading } from '../../src-main/billing/service.ts'
import { accountById } from '../../src-main/customers/service.ts'
import { balanceOf } from '../../src-main/ledger/service.ts'
import { RecordReading } from '../../src-main/metering/api.ts'
import { exchangeMeter } from '../../src-main/metering/service.ts'
import { addDays, businessDate } from '../../src-main/platform/dates.ts'
import { cubicMetres, litre, unitPrice } from '../../src-main/platform/money.ts'
import { AddVersion, CreatePlan, ReviseVersion, type PriceAct } from '../../src-main/tariffs/api.ts'
import { approvalOf, priceApproval } from '../support/approval.ts'
import { household, read, type HouseholdOptions } from './household.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { certifiedReader } from '../support/reader.ts'

let hall: TestHall
const requestId = () => crypto.randomUUID()
beforeAll(async () => {
  hall = await openTestHall()
})
afterAll(() => hall.close())

const bill = async (readingId: string) => {
  const issued = await hall.call(BillReading, { requestId: requestId(), readingId }, 'cashier')
  return hall.call(Bill, { billId: issued.billId })
}
/** Reads a new household once and bills it. */
async function billOf(m3: number, options: HouseholdOptions, readOn = '2026-11-20') {
  const home = household(hall, { installedOn: '2026-09-01', ...options })
  return bill(await read(hall, home.accountId, readOn, m3))
}
const textsOf = ({ lines }: { lines: { text: string }[] }) => lines.map(({ text }) => text)
const setting = (key: string, value: unknown) =>
  hall.transact(({ sqlite }) =>
    sqlite
      .prepare('INSERT OR REPLACE INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, 0, ?)')
      .run(key, JSON.stringify(value), 'test'),
  )

describe('the worked examples of domain.md §2.3, from a reading to a bill', () => {
  test.each([
    ['example-shanghai-2014', 3, 310, 930_00],
    ['example-shanghai-2014', 3, 311, 933_30],
    ['example-shanghai-2014', 3, 520, 1623_00],
    ['example-shanghai-2014', 3, 521, 1627_20],
    ['example-shanghai-2014', 3, 600, 1959_00],
    ['example-shanghai-2014', 5, 600, 1842_00],
    ['example-city-345', 3, 450, 1694_20],
  ])('%s, %i persons: %i m³ cost %i fen', async (plan, persons, m3, amount) => {
    const made = await billOf(m3, { plan, persons })
    expect(made.amount).toBe(amount)
    expect(made.consumption).toBe(cubicMetres(m3))
  })

  test('a bill says how each line was computed, by which document and for which days', async () => {
    const made = await billOf(600, {})
    expect(textsOf(made)).toEqual([
      '第一档 0–310：310 m³ × 3.00 = 930.00',
      '第二档 310–520：210 m³ × 3.30 = 693.00',
      '第三档 520–600：80 m³ × 4.20 = 336.00',
    ])
    expect(made.lines[0]).toMatchObject({
      versionFrom: '2014-09-01',
      versionSource: expect.stringContaining('上海'),
      cycleStart: '2026-09-01',
      firstDay: '2026-09-02',
      lastDay: '2026-11-20',
    })
    expect(made).toMatchObject({
      issuedOn: '2026-11-23',
      dueOn: '2026-12-23',
      periodFrom: '2026-09-02',
      periodTo: '2026-11-20',
      state: 'open',
      lateFee: 0,
      readings: [{ previousIndex: 0, currentIndex: cubicMetres(600) }],
    })
    expect(made.billNo).toMatch(/^ZD\d+$/)
  })

  test('a reading crosses a tier where the household’s running total says so', async () => {
    const home = household(hall, { installedOn: '2026-09-01' })
    await bill(await read(hall, home.accountId, '2026-10-20', 300))
    const second = await bill(await read(hall, home.accountId, '2026-11-20', 330))
    expect(textsOf(second)).toEqual(['第一档 300–310：10 m³ × 3.00 = 30.00', '第二档 310–330：20 m³ × 3.30 = 66.00'])
  })

  test('nothing is carried over the end of a cycle; the reading is cut by days', async () => {
    const home = household(hall, { installedOn: '2025-09-01' })
    await bill(await read(hall, home.accountId, '2026-08-22', 320))
    const across = await bill(await read(hall, home.accountId, '2026-09-11', 360))
    expect(textsOf(across)).toEqual(['第二档 320–338：18 m³ × 3.30 = 59.40', '第一档 0–22：22 m³ × 3.00 = 66.00'])
    expect(across.lines.map(({ cycleStart }) => cycleStart)).toEqual(['2025-09-01', '2026-09-01'])
  })

  test('the running total goes with the household, not with the meter', async () => {
    const home = household(hall, { installedOn: '2026-09-01' })
    await bill(await read(hall, home.accountId, '2026-10-01', 300))
    const readerId = certifiedReader(hall)
    hall.transact((context) =>
      exchangeMeter(context, {
        readerId,
        accountId: home.accountId,
        meterId: null,
        exchangedOn: businessDate('2026-10-10'),
        finalIndex: cubicMetres(305),
        confirmed: [],
        stoppedOn: null,
        agreedMakeUp: null,
        meterNo: 'EXCHANGED-1',
        kind: 'iot',
        model: 'G4',
        digits: 6,
        initialIndex: cubicMetres(0),
        reason: '到期更换',
      }),
    )
    const next = await bill(await read(hall, home.accountId, '2026-11-10', 10))
    // The old meter's last gas was billed in the same step, before it.
    expect(textsOf(next)).toEqual(['第一档 305–310：5 m³ × 3.00 = 15.00', '第二档 310–315：5 m³ × 3.30 = 16.50'])
  })

  test.each([
    ['readingDate' as const, ['气费：30 m³ × 3.60 = 108.00']],
    ['splitByDays' as const, ['气费：10 m³ × 3.00 = 30.00', '气费：20 m³ × 3.60 = 72.00']],
  ])('a price that changes between two readings, setting %s', async (priceChange, lines) => {
    const flat = (price: number) => ({ kind: 'flat' as const, price: unitPrice(price) })
    // The hall has issued bills: each price takes a second person.
    const code = `change-${priceChange}`
    const agreed = (act: PriceAct, about: Parameters<typeof priceApproval>[2]) =>
      approvalOf(hall, priceApproval(act, code, about), 'administrator')
    const begin = { effectiveFrom: '2026-01-01', document: '示例〔2026〕1 号', body: flat(30_000) }
    const plan = { name: `调价 ${priceChange}`, category: 'resident', cycleStart: '01-01' } as const
    const create = async (other: object) =>
      hall.call(
        CreatePlan,
        {
          requestId: requestId(),
          code,
          ...plan,
          ...begin,
          approvalId: await agreed('create', { ...begin, plan }),
          ...other,
        },
        'administrator',
      )
    for (const other of [{ category: 'commercial' }, { cycleStart: '07-01' }, { name: '另一方案' }])
      await expect(create(other)).rejects.toThrow('批准的内容')
    const { planId } = await create({})
    const version = { effectiveFrom: '2026-11-01', document: '示例〔2026〕9 号', body: flat(36_000) }
    const add = { requestId: requestId(), planId, ...version }
    await expect(hall.call(AddVersion, add, 'administrator')).rejects.toThrow('PriceNeedsSecondPerson')
    const other = await agreed('add', { ...version, body: flat(35_000) })
    await expect(hall.call(AddVersion, { ...add, approvalId: other }, 'administrator')).rejects.toThrow('批准的内容')
    await hall.call(AddVersion, { ...add, approvalId: await agreed('add', version) }, 'administrator')
    // Two versions wait: which of them gives way is agreed to, too.
    const next = { ...version, effectiveFrom: '2027-05-01' }
    const { versionId } = await hall.call(
      AddVersion,
      { requestId: requestId(), planId, ...next, approvalId: await agreed('add', next) },
      'administrator',
    )
    const moved = { ...version, effectiveFrom: '2027-06-01' }
    const revise = async (replaces: string) =>
      hall.call(
        ReviseVersion,
        { requestId: requestId(), versionId, ...moved, approvalId: await agreed('revise', { ...moved, replaces }) },
        'administrator',
      )
    await expect(revise('2026-11-01')).rejects.toThrow('批准的内容')
    await revise('2027-05-01')
    setting('billing.priceChange', priceChange)
    try {
      const made = await billOf(30, { planId, installedOn: '2026-10-21' })
      expect(textsOf(made)).toEqual(lines)
    } finally {
      setting('billing.priceChange', 'readingDate')
    }
    // What was billed can no longer be given another price.
    const late = { planId, effectiveFrom: '2026-11-20', document: '示例', body: flat(40_000) }
    const refused = hall.call(AddVersion, { requestId: requestId(), ...late }, 'hall-manager')
    await expect(refused).rejects.toThrow('已出账到 2026年11月20日')
  })
})

describe('billing a reading', () => {
  test('books the receivable, raises the arrears and stands in the customer’s file', async () => {
    const home = household(hall, { installedOn: '2026-09-01' })
    const made = await bill(await read(hall, home.accountId, '2026-11-20', 100))
    hall.transact((context) => {
      expect(accountById(context, home.accountId).arrears).toBe(300_00)
      expect(balanceOf(context, 'receivable', home.accountId)).toBe(300_00)
      const titles = context.sqlite
        .prepare(`SELECT title FROM customer_events WHERE account_id = ? AND kind = 'bill'`)
        .pluck()
        .all(home.accountId)
      expect(titles).toEqual([`出账 ${made.billNo}`])
    })
  })

  test('twice gives one bill, also under another request', async () => {
    const home = household(hall, { installedOn: '2026-09-01' })
    const readingId = await read(hall, home.accountId, '2026-11-20', 100)
    const input = { requestId: requestId(), readingId }
    const first = await hall.call(BillReading, input, 'cashier')
    expect(await hall.call(BillReading, input, 'cashier')).toEqual(first)
    await expect(bill(readingId)).rejects.toThrow('已出账')
    expect(hall.transact((context) => accountById(context, home.accountId).arrears)).toBe(300_00)
  })

  test('without gas is a bill of nothing, settled at once', async () => {
    const made = await billOf(0, {})
    expect(made).toMatchObject({ amount: 0, state: 'settled', lines: [] })
  })

  test('is refused where no price is in force, and leaves nothing behind', async () => {
    const home = household(hall, { plan: 'example-non-resident-417', installedOn: '2018-01-01' })
    const readingId = await read(hall, home.accountId, '2018-03-01', 100)
    await expect(bill(readingId)).rejects.toMatchObject({
      failure: { code: 'BillRefused', message: expect.stringContaining('还没有生效的价格') },
    })
    expect(
      hall.transact(({ sqlite }) => sqlite.prepare('SELECT state FROM readings WHERE id = ?').pluck().get(readingId)),
    ).toBe('unbilled')
    await expect(hall.call(BillReading, { requestId: requestId(), readingId }, 'dispatcher')).rejects.toThrow(
      'NotAllowed',
    )
  })
})

describe('a cancelled bill', () => {
  const cancel = (billId: string, as: 'hall-manager' | 'cashier' = 'hall-manager') =>
    hall.call(CancelBill, { requestId: requestId(), billId, reason: '抄错表' }, as)

  test('gives back debt, tier volume and reading, as if it had never been', async () => {
    const home = household(hall, { installedOn: '2026-09-01' })
    await bill(await read(hall, home.accountId, '2026-10-20', 300))
    const wrong = await bill(await read(hall, home.accountId, '2026-11-20', 400))
    expect(wrong.cancellable).toBe(true)
    const { readingId } = await cancel(wrong.billId)
    hall.transact((context) => {
      expect(accountById(context, home.accountId).arrears).toBe(900_00)
      expect(balanceOf(context, 'receivable', home.accountId)).toBe(900_00)
    })
    const again = await bill(readingId as string)
    expect(again.amount).toBe(wrong.amount)
    expect(textsOf(again)).toEqual(textsOf(wrong))
    expect(await hall.call(Bill, { billId: wrong.billId })).toMatchObject({
      state: 'cancelled',
      cancelReason: '抄错表',
      outstanding: 0,
      cancellable: false,
    })
  })

  test('is the manager’s decision, and only the last bill of the account', async () => {
    const home = household(hall, { installedOn: '2026-09-01' })
    const first = await bill(await read(hall, home.accountId, '2026-10-20', 10))
    const second = await bill(await read(hall, home.accountId, '2026-11-20', 20))
    await expect(cancel(second.billId, 'cashier')).rejects.toThrow('NotAllowed')
    await expect(cancel(first.billId)).rejects.toThrow('BillNotLast')
    await cancel(second.billId)
    await expect(cancel(second.billId)).rejects.toThrow('BillCancelled')
    await expect(cancel(first.billId)).resolves.toHaveProperty('billId', first.billId)
    await expect(cancel(requestId())).rejects.toThrow('BillNotFound')
  })
})

test('whatever is read, billed and cancelled: lines add up, tiers fill in order, arrears equal the ledger', async () => {
  const step = fc.record({ days: fc.nat({ max: 90 }), litres: fc.nat({ max: 400_000 }), cancel: fc.boolean() })
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
    const home = household(hall, { installedOn: '2025-06-01', digits: 9 })
    const { accountId } = home
    let [on, index] = [businessDate('2025-06-01'), 0]
    for (const { days, litres, cancel } of steps) {
      on = addDays(on, days)
      index += litres
      const { readingId } = await hall.call(RecordReading, {
        requestId: requestId(),
        accountId,
        readOn: on,
        index: litre(index),
        source: 'visit',
        readerId: certifiedReader(hall),
        confirmed: ['tooHigh'],
      })
      const billId = hall.transact((context) => billReading(context, readingId))
      if (!cancel) continue
      await hall.call(CancelBill, { requestId: requestId(), billId, reason: '重算' }, 'hall-manager')
      hall.transact((context) => billReading(context, readingId))
    }
    const { lines, amounts, usage, arrears, receivable } = hall.transact((context) => {
      const all = <T>(sql: string) => context.sqlite.prepare(sql).all(accountId) as T[]
      return {
        lines: all<{ billId: string; cycleStart: string; tier: number; volume: number; amount: number }>(
          `SELECT bill_id AS billId, cycle_start AS cycleStart, tier, volume, l.amount
           FROM bill_lines l JOIN bills b ON b.id = l.bill_id WHERE account_id = ? AND state <> 'cancelled'`,
        ),
        amounts: all<{ id: string; amount: number }>(
          `SELECT id, amount FROM bills WHERE account_id = ? AND state <> 'cancelled'`,
        ),
        usage: all<{ cycleStart: string; volume: number }>(
          'SELECT cycle_start AS cycleStart, volume FROM tier_usage WHERE account_id = ?',
        ),
        arrears: accountById(context, accountId).arrears,
        receivable: balanceOf(context, 'receivable', accountId),
      }
    })
    const total = <T>(rows: T[], of: (row: T) => number) => rows.reduce((sum, row) => sum + of(row), 0)
    for (const { id, amount } of amounts) {
      expect(
        total(
          lines.filter(({ billId }) => billId === id),
          (line) => line.amount,
        ),
      ).toBe(amount)
    }
    expect(total(lines, ({ volume }) => volume)).toBe(index)
    expect(arrears).toBe(total(amounts, ({ amount }) => amount))
    expect(receivable).toBe(arrears)
    for (const { cycleStart, volume } of usage) {
      const inTier = (tier: number) =>
        total(
          lines.filter((line) => line.cycleStart === cycleStart && line.tier === tier),
          (line) => line.volume,
        )
      expect([inTier(1), inTier(2), inTier(3)]).toEqual([
        Math.min(volume, 310_000),
        Math.max(0, Math.min(volume, 520_000) - 310_000),
        Math.max(0, volume - 520_000),
      ])
    }
    expect(total(usage, ({ volume }) => volume)).toBe(index)
  })
  await fc.assert(property, { numRuns: 40 })
})
