/** 估抄 within what was ever used, not again and again, and told on the notice (case M7). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BillReading } from '../../src-main/billing/api.ts'
import { billNotice } from '../../src-main/billing/service.ts'
import { RecordReading } from '../../src-main/metering/api.ts'
import { estimateConsumption, estimateLimit, estimatesInARow, type PastReading } from '../../src-main/metering/rules.ts'
import { cubicMetres, litre } from '../../src-main/platform/money.ts'
import { household, read, type Household } from '../billing/household.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { certifiedReader } from '../support/reader.ts'

const past = (consumption: number, days: number, estimated = false): PastReading => ({
  consumption: litre(consumption),
  days,
  estimated,
})

test('no estimate exceeds the highest month of the year before, also over several months', () => {
  const history = [past(90_000, 31), past(20_000, 30), past(20_000, 31), past(80_000, 10, true)]
  expect(estimateLimit(history, 31)).toBe(90_000)
  // A reader who comes a day late makes no second month of it.
  expect(estimateLimit(history, 32)).toBe(92_903)
  expect(estimateLimit(history, 62)).toBe(180_000)
  // Ten cold days read by themselves are no month: the average of them alone would be 31 / 10 of it.
  expect(estimateConsumption([past(60_000, 10)], 31)).toBe(60_000)
  expect(estimateLimit([past(90_000, 31), past(10_000, 200), past(10_000, 200)], 31)).toBe(1_550)
  expect(estimateLimit([past(80_000, 30, true)], 30)).toBeNull()
})

test('estimates in a row are counted from the end', () => {
  expect(estimatesInARow([past(1, 30, true), past(1, 30), past(1, 30, true), past(1, 30, true)])).toBe(2)
  expect(estimatesInARow([])).toBe(0)
})

let hall: TestHall
let home: Household
beforeEach(async () => {
  hall = await openTestHall()
  home = household(hall)
})
afterEach(() => hall.close())

const estimate = (
  readOn: string,
  m3: number,
  confirmed: ('tooHigh' | 'longInterval')[] = ['tooHigh', 'longInterval'],
) =>
  hall.call(
    RecordReading,
    {
      requestId: crypto.randomUUID(),
      accountId: home.accountId,
      readOn,
      index: cubicMetres(m3),
      source: 'estimated',
      readerId: certifiedReader(hall),
      confirmed,
    },
    'cashier',
  )

test('the third estimate in a row and one beyond the highest month are refused; the notice says that nobody read the meter', async () => {
  await read(hall, home.accountId, '2026-02-01', 40)
  await expect(estimate('2026-03-01', 81)).rejects.toMatchObject({
    failure: { code: 'ReadingRefused', message: expect.stringContaining('上年最高月的 40 m³') },
  })
  const { readingId } = await estimate('2026-03-01', 80)
  await estimate('2026-04-01', 100)
  await expect(estimate('2026-05-01', 110)).rejects.toThrow('已连续估抄 2 次')
  await read(hall, home.accountId, '2026-05-01', 110)
  await estimate('2026-06-01', 120)
  const { billId } = await hall.call(BillReading, { requestId: crypto.randomUUID(), readingId }, 'cashier')
  expect(hall.transact((context) => billNotice(context, billId))).toMatchObject({ estimated: true })
})

test('what is refused all the same is not asked first', async () => {
  await read(hall, home.accountId, '2026-02-01', 40)
  await expect(estimate('2026-03-01', 900, [])).rejects.toMatchObject({ failure: { code: 'ReadingRefused' } })
})

test('a reading below an estimate names it as what was wrong: void it, or 退补 its bill; a meter exchange is not the way', async () => {
  await read(hall, home.accountId, '2026-02-01', 40)
  const { readingId } = await estimate('2026-03-01', 70)
  await expect(read(hall, home.accountId, '2026-04-01', 60)).rejects.toMatchObject({
    failure: { code: 'ReadingRefused', message: expect.stringContaining('作废那次估抄') },
  })
  const { billId } = await hall.call(BillReading, { requestId: crypto.randomUUID(), readingId }, 'cashier')
  const { billNo } = hall.transact((context) => billNotice(context, billId))
  await expect(read(hall, home.accountId, '2026-04-01', 60)).rejects.toMatchObject({
    failure: { message: expect.stringContaining(`请打开账单 ${billNo} 办理退补`) },
  })
})
