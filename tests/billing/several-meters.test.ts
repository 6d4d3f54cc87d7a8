/** 一户多表合并计档 (case M6): the meters of a household are billed together, by one running total. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  AdjustBill,
  Bill,
  BillReading,
  Bills,
  CancelBill,
  PreviewAdjustment,
  Run,
  RunState,
  SeveralBills,
} from '../../src-main/billing/api.ts'
import { roundsOf } from '../../src-main/billing/rounds.ts'
import { computeBill, type BillInput, type PriceChange } from '../../src-main/billing/rules.ts'
import { billNotice } from '../../src-main/billing/service.ts'
import { CheckReading, Readings, RecordReading, Sheet, VoidReading } from '../../src-main/metering/api.ts'
import { addDays, businessDate, type BusinessDate } from '../../src-main/platform/dates.ts'
import { cubicMetres, litre, sum, type Litre } from '../../src-main/platform/money.ts'
import {
  city345,
  guangzhouOptionOne,
  nonResident417,
  seasonalBoiler,
  shanghai2014,
} from '../../src-main/tariffs/examples.ts'
import { cycleContaining } from '../../src-main/tariffs/rules.ts'
import { approvalOf } from '../support/approval.ts'
import { openCounter, yuan, type Counter } from '../cashier/counter.ts'
import { furtherMeter, household, read, type Household } from './household.ts'
import { certifiedReader } from '../support/reader.ts'

const start = businessDate('2026-01-01')
const plans = [shanghai2014, city345, guangzhouOptionOne, nonResident417, seasonalBoiler]
const priced = fc.record({
  plan: fc.constantFrom(...plans),
  household: fc.record({ persons: fc.integer({ min: 1, max: 9 }) }),
  priceChange: fc.constantFrom<PriceChange>('readingDate', 'splitByDays'),
})
const used = (input: Pick<BillInput, 'plan'>, days: readonly BusinessDate[], volume: number) =>
  new Map(days.map((day) => [cycleContaining(day, input.plan.cycleStart).firstDay, litre(volume)]))

describe('the price of several meters', () => {
  test('is what one meter with the sum would cost, to the fen: any tariff, any volumes, seasons and cycles in between', () => {
    let [crossing, seasonal] = [0, 0]
    fc.assert(
      fc.property(
        priced,
        fc.nat({ max: 700 }),
        fc.integer({ min: 0, max: 420 }),
        fc.array(fc.nat({ max: 900_000 }), { minLength: 2, maxLength: 4 }),
        fc.nat({ max: 700_000 }),
        (of, from, days, volumes, before) => {
          const previousReadOn = addDays(start, from)
          const readOn = addDays(previousReadOn, days)
          const usedInCycle = used(of, [previousReadOn, readOn], before)
          const [first = litre(0), ...more] = volumes.map(litre)
          const span = { previousReadOn, readOn }
          const together = computeBill({
            ...of,
            ...span,
            consumption: first,
            further: more.map((consumption) => ({ ...span, consumption })),
            usedInCycle,
          })
          const one = computeBill({ ...of, ...span, consumption: sum(volumes.map(litre)), usedInCycle })
          expect(together).toEqual(one)
          if (new Set(one.lines.map(({ tier }) => tier)).size > 1) crossing += 1
          if (new Set(one.lines.map(({ season }) => season)).size > 1) seasonal += 1
        },
      ),
      { numRuns: 3_000 },
    )
    // The runs meet what they are about.
    expect(Math.min(crossing, seasonal)).toBeGreaterThan(50)
  })

  test('read on different days: no litre is lost or counted twice, tiers go on without a gap, no allowance is given twice', () => {
    const use = fc.record({
      from: fc.nat({ max: 60 }),
      days: fc.integer({ min: 0, max: 120 }),
      volume: fc.nat({ max: 600_000 }),
    })
    fc.assert(
      fc.property(priced, fc.array(use, { minLength: 2, maxLength: 4 }), (of, uses) => {
        const [first, ...more] = uses.map(({ from, days, volume }) => ({
          previousReadOn: addDays(start, from),
          readOn: addDays(start, from + days),
          consumption: litre(volume),
        }))
        if (!first) return
        const { lines, usage, total } = computeBill({ ...of, ...first, further: more, usedInCycle: new Map() })
        const all = sum(uses.map(({ volume }) => litre(volume)))
        expect(sum(lines.map(({ volume }) => volume))).toBe(all)
        expect(sum(usage.map(({ volume }) => volume))).toBe(all)
        expect(sum(lines.map(({ amount }) => amount))).toBe(total)
        for (const { cycleStart, volume } of usage) {
          // From nothing to the total, each litre once.
          const ofCycle = lines.filter((line) => line.cycleStart === cycleStart)
          let at: Litre = litre(0)
          for (const line of ofCycle) {
            expect(line.from).toBe(at)
            at = line.to
          }
          expect(at).toBe(volume)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('which readings make one bill', () => {
  const reading = (meterId: string, day: number) => ({ meterId, readOn: addDays(start, day) })
  const meter = (meterId: string, day = 0) => ({ meterId, billedThrough: addDays(start, day) })
  const shown = (made: ReturnType<typeof roundsOf<{ meterId: string; readOn: BusinessDate }>>) => ({
    full: made.full.map((round) => round.map(({ meterId }) => meterId).join('')),
    waiting: made.waiting.map(({ meterId }) => meterId).join(''),
  })

  test('all of them were read; what comes after waits for the next time', () => {
    const [a, b] = [meter('A'), meter('B')]
    expect(shown(roundsOf([reading('A', 30)], [a, b]))).toEqual({ full: [], waiting: 'A' })
    expect(shown(roundsOf([reading('A', 30), reading('B', 31), reading('A', 60)], [a, b]))).toEqual({
      full: ['AB'],
      waiting: 'A',
    })
    // One was read more often than the other.
    expect(shown(roundsOf([reading('A', 30), reading('A', 60), reading('B', 60)], [a, b]))).toEqual({
      full: ['AAB'],
      waiting: '',
    })
  })

  test('a meter that is billed up to the day has nothing to add; one that has gone waits for nobody', () => {
    expect(shown(roundsOf([reading('B', 60)], [meter('A', 60), meter('B', 30)]))).toEqual({ full: ['B'], waiting: '' })
    expect(shown(roundsOf([reading('B', 61)], [meter('A', 60), meter('B', 30)]))).toEqual({ full: [], waiting: 'B' })
    expect(shown(roundsOf([reading('gone', 40)], [meter('A')]))).toEqual({ full: ['gone'], waiting: '' })
    expect(shown(roundsOf([reading('A', 30), reading('gone', 40), reading('A', 60)], [meter('A')]))).toEqual({
      full: ['Agone', 'A'],
      waiting: '',
    })
    expect(shown(roundsOf([reading('B', 30), reading('gone', 40)], [meter('A'), meter('B')]))).toEqual({
      full: ['Bgone'],
      waiting: '',
    })
  })
})

let counter: Counter
let home: Household
let second: string
beforeEach(async () => {
  counter = await openCounter()
  await counter.set('billing.payFromPrepayment', false)
  home = household(counter)
  second = furtherMeter(counter, home)
})
afterEach(() => counter.close())

const id = () => crypto.randomUUID()
const readFirst = (on: string, m3: number) => read(counter, home.accountId, on, m3, home.meterId)
const readSecond = (on: string, m3: number) => read(counter, home.accountId, on, m3, second)
const bill = (readingId: string) => counter.call(BillReading, { requestId: id(), readingId }, 'cashier')
const both = async (on: string, a: number, b: number) => {
  await readFirst(on, a)
  return (await bill(await readSecond(on, b))).billId
}
const noOf = (meterId: string) =>
  counter.query<{ no: string }>('SELECT meter_no AS no FROM meters WHERE id = ?', meterId)[0]?.no ?? ''
const tierTotal = () =>
  counter.query<{ n: number }>(
    'SELECT coalesce(sum(volume), 0) AS n FROM tier_usage WHERE account_id = ?',
    home.accountId,
  )[0]?.n

describe('a household with two meters', () => {
  test('a reading that names no meter, or another household’s, is refused in words and writes nothing', async () => {
    const input = {
      requestId: id(),
      accountId: home.accountId,
      readOn: '2026-02-01',
      index: 1_000,
      source: 'visit' as const,
      readerId: certifiedReader(counter),
    }
    await expect(counter.call(RecordReading, { ...input, confirmed: [] } as never)).rejects.toMatchObject({
      failure: {
        code: 'MeterNotNamed',
        field: 'meterId',
        message: expect.stringContaining(`${noOf(home.meterId)}、${noOf(second)}`),
      },
    })
    const stranger = household(counter)
    await expect(
      counter.call(RecordReading, { ...input, requestId: id(), meterId: stranger.meterId, confirmed: [] } as never),
    ).rejects.toMatchObject({ failure: { code: 'NotItsMeter' } })
    await expect(
      counter.call(CheckReading, { accountId: home.accountId, readOn: null, index: cubicMetres(1) }),
    ).rejects.toMatchObject({ failure: { code: 'MeterNotNamed' } })
    expect(counter.query('SELECT 1 FROM readings')).toEqual([])
  })

  test('is billed when both are read: one bill, both meters on it, 200 + 150 m³ reach the second tier together', async () => {
    const readingId = await readFirst('2026-02-01', 200)
    await expect(bill(readingId)).rejects.toMatchObject({
      failure: { code: 'BillWaits', message: `表 ${noOf(second)} 还没有抄，该户 2 块表抄齐（或估抄）后一并出账` },
    })
    const { billId, amount, earlier } = await bill(await readSecond('2026-02-03', 150))
    // 310 × 3.00 + 40 × 3.30
    expect([amount, earlier]).toEqual([106_200, 0])
    const made = await counter.call(Bill, { billId })
    expect(made).toMatchObject({
      consumption: 350_000,
      periodFrom: '2026-01-02',
      periodTo: '2026-02-03',
      readings: [
        { meterNo: noOf(home.meterId), previousIndex: 0, currentIndex: 200_000, consumption: 200_000 },
        { meterNo: noOf(second), previousIndex: 0, currentIndex: 150_000, consumption: 150_000 },
      ],
    })
    expect(made.lines.map(({ tier, volume }) => [tier, volume])).toEqual([
      [1, 310_000],
      [2, 40_000],
    ])
    expect(tierTotal()).toBe(350_000)
    const notice = counter.transact((context) => billNotice(context, billId))
    expect(notice.readings.map(({ meterNo }) => meterNo)).toEqual([noOf(home.meterId), noOf(second)])
    expect(await counter.call(Bills, { accountId: home.accountId })).toMatchObject({ rows: [{ consumption: 350_000 }] })
  })

  test('costs the same over a year as one meter with the sum, bill by bill, in any tier', async () => {
    const plain = household(counter)
    const months = [80, 120, 5, 0, 60, 90]
    let [a, b] = [0, 0]
    for (const [i, m3] of months.entries()) {
      const on = `2026-0${i + 2}-01`
      const part = Math.floor(m3 / 3)
      a += part
      b += m3 - part
      const two = await both(on, a, b)
      const one = (await bill(await read(counter, plain.accountId, on, a + b))).billId
      const [of, like] = [await counter.call(Bill, { billId: two }), await counter.call(Bill, { billId: one })]
      expect([of.amount, of.lines]).toEqual([like.amount, like.lines])
    }
  })

  test('the run bills who is complete, says of the others which meter is missing, and goes on when it was read', async () => {
    await readFirst('2026-02-01', 100)
    const plain = household(counter)
    await read(counter, plain.accountId, '2026-02-01', 10)
    expect(await counter.call(Run, {}, 'hall-manager')).toMatchObject({ billed: 1, failed: 1, total: 2 })
    const { problems } = await counter.call(RunState, {})
    expect(problems).toMatchObject([
      { accountId: home.accountId, problem: expect.stringContaining(`表 ${noOf(second)} 还没有抄`) },
    ])
    await readSecond('2026-02-01', 30)
    await readFirst('2026-03-01', 130)
    expect(await counter.call(Run, {}, 'hall-manager')).toMatchObject({ billed: 2, failed: 1, amount: 39_000 })
    await readSecond('2026-03-01', 30)
    expect(await counter.call(Run, {}, 'hall-manager')).toMatchObject({ billed: 2, failed: 0 })
    expect(counter.query(`SELECT 1 FROM readings WHERE state = 'unbilled'`)).toEqual([])
    expect(
      counter.query<{ n: number }>('SELECT count(*) AS n FROM bills WHERE account_id = ?', home.accountId),
    ).toEqual([{ n: 2 }])
  })

  test('the run and the counter make the same bills, also where an account’s readings lie across two slices', async () => {
    // Enough single meters before and after, so that slices end somewhere among the households.
    const homes = Array.from({ length: 210 }, () => household(counter))
    const twos = homes.filter((_, i) => i % 3 === 0).map((one) => ({ one, meterId: furtherMeter(counter, one) }))
    for (const [i, one] of homes.entries()) await read(counter, one.accountId, '2026-02-01', i % 40, one.meterId)
    for (const [i, { one, meterId }] of twos.entries())
      await read(counter, one.accountId, '2026-02-01', i % 30, meterId)
    const done = await counter.call(Run, {}, 'hall-manager')
    expect(done).toMatchObject({ state: 'finished', billed: homes.length + twos.length, failed: 0 })
    expect(
      counter.query<{ n: number }>(
        `SELECT count(*) AS n FROM bills b JOIN bill_further_readings f ON f.bill_id = b.id WHERE f.cancelled = 0`,
      ),
    ).toEqual([{ n: twos.length }])
  })

  test('cancelled, both readings wait again; the bill before is not cancellable while a later one counts on it', async () => {
    const first = await both('2026-02-01', 100, 50)
    const later = await both('2026-03-01', 120, 60)
    const cancel = (billId: string) =>
      counter.call(CancelBill, { requestId: id(), billId, reason: '抄错' }, 'hall-manager')
    await expect(cancel(first)).rejects.toMatchObject({ failure: { code: 'BillNotLast' } })
    await cancel(later)
    expect(counter.query(`SELECT 1 FROM readings WHERE state = 'unbilled'`)).toHaveLength(2)
    expect(tierTotal()).toBe(150_000)
    // What was misread is voided and read anew; the other reading is billed with it.
    const [wrong] = (await counter.call(Readings, { accountId: home.accountId })).rows.filter(
      ({ meterNo, state }) => meterNo === noOf(second) && state === 'unbilled',
    )
    await counter.call(VoidReading, { requestId: id(), readingId: wrong?.readingId ?? '', reason: '抄错' })
    const { billId } = await bill(await readSecond('2026-03-01', 65))
    expect(await counter.call(Bill, { billId })).toMatchObject({ consumption: 35_000, cancellable: true })
    expect((await counter.call(Bill, { billId: later })).readings).toHaveLength(2)
    await cancel(billId)
    await cancel(first)
    expect(tierTotal()).toBe(0)
  })

  test('each meter has its own history: estimate, doubt and 抄表册 go by it, not by the household', async () => {
    for (const [on, a, b] of [
      ['2026-02-01', 31, 310],
      ['2026-03-01', 59, 590],
      ['2026-04-01', 90, 900],
    ] as const)
      await both(on, a, b)
    const look = (meterId: string, m3: number | null) =>
      counter.call(CheckReading, {
        accountId: home.accountId,
        meterId,
        readOn: '2026-05-01',
        index: m3 === null ? null : cubicMetres(m3),
      })
    expect((await look(home.meterId, null)).estimate?.consumption).toBe(30_000)
    expect((await look(second, null)).estimate?.consumption).toBe(300_000)
    // 300 m³ is usual for the one and ten times too much for the other.
    expect((await look(second, 1_200)).findings).toEqual([])
    expect((await look(home.meterId, 390)).findings.map(({ kind }) => kind)).toEqual(['tooHigh'])
    const { rows } = await counter.call(Sheet, { community: '和平小区', readOn: '2026-05-01' })
    expect(rows.map(({ meterNo, meters, previousConsumption }) => [meterNo, meters, previousConsumption])).toEqual([
      [noOf(home.meterId), 2, 31_000],
      [noOf(second), 2, 310_000],
    ])
    const paged = await counter.call(Sheet, {
      community: '和平小区',
      readOn: '2026-05-01',
      page: { after: null, size: 1 },
    })
    const rest = await counter.call(Sheet, {
      community: '和平小区',
      readOn: '2026-05-01',
      page: { after: paged.next, size: 1 },
    })
    expect([...paged.rows, ...rest.rows].map(({ meterNo }) => meterNo)).toEqual([noOf(home.meterId), noOf(second)])
  })

  test('two meters billed on a day are one period, not two; a meter that nobody read for months is still told', async () => {
    const listed = async () => (await counter.call(SeveralBills, {}, 'clerk')).rows
    const past = () => counter.transact(({ sqlite }) => sqlite.exec('UPDATE bills SET issued_on = period_to'))
    for (const [on, a, b] of [
      ['2026-02-01', 30, 20],
      ['2026-03-01', 60, 40],
      ['2026-04-01', 90, 60],
    ] as const) {
      await both(on, a, b)
      past()
    }
    counter.transact(({ sqlite }) => sqlite.exec('DELETE FROM bill_several'))
    await both('2026-05-01', 120, 80)
    expect(await listed()).toEqual([])
    past()
    // Two months of the one, three of the other: 60 m³ each, of which one period is 30 and some 20.
    await readFirst('2026-06-01', 150)
    await readFirst('2026-07-01', 180)
    const { billId } = await bill(await readSecond('2026-08-01', 140))
    const [row, ...more] = await listed()
    expect(more).toEqual([])
    expect(row).toMatchObject({
      accountId: home.accountId,
      billId,
      bills: 1,
      consumption: 120_000,
      until: '2026-08-01',
    })
    expect(row?.onePeriod).toBeGreaterThan(45_000)
    expect(row?.onePeriod).toBeLessThan(55_000)
  })

  test('退补 of its bill names the meter whose index was wrong; the other goes on as it was', async () => {
    await counter.openShift(yuan(500))
    const billId = await both('2026-02-01', 100, 50)
    await counter.pay(home.accountId)
    const wanted = cubicMetres(130)
    const { volume, amount, lateFee } = await counter.call(
      PreviewAdjustment,
      { billId, consumption: wanted },
      'cashier',
    )
    const reason = '抄错'
    const agreed = (meterNo: string) =>
      approvalOf(counter, { purpose: 'adjustment', terms: { billId, meterNo, volume, amount, lateFee, reason } })
    const input = { billId, consumption: wanted, amount, lateFee, reason }
    const { readings } = await counter.call(Bill, { billId })
    await expect(
      counter.call(AdjustBill, { requestId: id(), ...input, approvalId: await agreed('') }, 'cashier'),
    ).rejects.toMatchObject({
      failure: { field: 'readingId', message: expect.stringContaining('请指明更正的是哪一块') },
    })
    const [other, meant] = readings
    const readingId = meant?.readingId ?? ''
    await expect(
      counter.call(
        AdjustBill,
        { requestId: id(), ...input, readingId, approvalId: await agreed(other?.meterNo ?? '') },
        'cashier',
      ),
    ).rejects.toThrow('批准的内容')
    await counter.call(
      AdjustBill,
      { requestId: id(), ...input, readingId, approvalId: await agreed(meant?.meterNo ?? '') },
      'cashier',
    )
    const at = async (meterId: string) =>
      (await counter.call(CheckReading, { accountId: home.accountId, meterId, readOn: '2026-03-01', index: null }))
        .previousIndex
    expect([await at(home.meterId), await at(second)]).toEqual([100_000, 30_000])
    expect(tierTotal()).toBe(130_000)
  })

  test('the database refuses a reading on two bills, and one of another household', async () => {
    const billId = await both('2026-02-01', 10, 10)
    const stranger = household(counter)
    const other = await read(counter, stranger.accountId, '2026-02-01', 5)
    const put = (readingId: string) =>
      counter.transact(({ sqlite }) =>
        sqlite.prepare('INSERT INTO bill_further_readings (bill_id, reading_id) VALUES (?, ?)').run(billId, readingId),
      )
    expect(() => put(other)).toThrow('a reading is on one bill of its account')
    const [first] = (await counter.call(Bill, { billId })).readings
    expect(() => put(first?.readingId ?? '')).toThrow('a reading is on one bill of its account')
  })
})
