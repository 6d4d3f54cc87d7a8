import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  Buildings,
  CheckReading,
  Meters,
  Readings,
  RecordReading,
  Sheet,
  VoidReading,
  type SheetRow,
} from '../../src-main/metering/api.ts'
import {
  exchangeMeter,
  installMeter,
  lastReading,
  markReading,
  type Exchange,
} from '../../src-main/metering/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { cubicMetres, litre } from '../../src-main/platform/money.ts'
import { household, read, type Household } from '../billing/household.ts'
import { openTestHall, type CallFailed, type TestHall } from '../support/hall.ts'
import { certifiedReader } from '../support/reader.ts'

let hall: TestHall
let home: Household
const requestId = () => crypto.randomUUID()

beforeEach(async () => {
  hall = await openTestHall()
  home = household(hall, { installedOn: '2026-01-01', initialIndex: cubicMetres(100) })
})
afterEach(() => hall.close())

type Confirmed = ('rollover' | 'tooHigh' | 'longInterval' | 'backwards')[]
const record = (readOn: string, m3: number, confirmed: Confirmed = [], as: 'clerk' | 'dispatcher' = 'clerk') =>
  hall.call(
    RecordReading,
    {
      requestId: requestId(),
      accountId: home.accountId,
      readOn,
      index: cubicMetres(m3),
      source: 'visit',
      readerId: certifiedReader(hall),
      confirmed,
    },
    as,
  )
const kindsOf = (error: CallFailed) => (error.failure.details as { kind: string }[]).map(({ kind }) => kind)
const refusal = async (attempt: Promise<unknown>): Promise<CallFailed> => {
  try {
    await attempt
  } catch (error) {
    return error as CallFailed
  }
  throw new Error('was not refused')
}
const readings = async () => (await hall.call(Readings, { accountId: home.accountId })).rows

describe('a reading', () => {
  test('counts from the installation, then from the reading before, and survives a restart', async () => {
    expect((await record('2026-03-01', 130)).consumption).toBe(cubicMetres(30))
    expect((await record('2026-05-01', 175)).consumption).toBe(cubicMetres(45))
    await hall.restart()
    const [newest, oldest] = await readings()
    expect(newest).toMatchObject({
      previousOn: '2026-03-01',
      previousIndex: cubicMetres(130),
      currentIndex: cubicMetres(175),
      state: 'unbilled',
      last: true,
    })
    expect(oldest).toMatchObject({ previousOn: '2026-01-01', previousIndex: cubicMetres(100), last: false })
  })

  test('stands in the customer’s file', async () => {
    await record('2026-03-01', 130)
    const titles = hall.transact(({ sqlite }) =>
      sqlite
        .prepare(`SELECT title FROM customer_events WHERE kind IN ('meter', 'reading') ORDER BY at, id`)
        .pluck()
        .all(),
    )
    expect(titles.sort()).toEqual(['抄表 30 m³', '装表'])
  })

  test('lower than the last is refused, whatever is confirmed', async () => {
    await record('2026-03-01', 130)
    const error = await refusal(record('2026-04-01', 120, ['backwards', 'rollover']))
    expect(error.failure).toMatchObject({ code: 'ReadingRefused', field: 'index' })
    expect(error.failure.message).toContain('小于上次读数 130')
    expect(await readings()).toHaveLength(1)
  })

  test('that rolled over is kept once confirmed, and says so afterwards', async () => {
    const edge = household(hall, { digits: 4, initialIndex: cubicMetres(9990) })
    const take = (confirmed: Confirmed) =>
      hall.call(RecordReading, {
        requestId: requestId(),
        accountId: edge.accountId,
        readOn: '2026-03-01',
        index: cubicMetres(12),
        source: 'self-reported',
        readerId: certifiedReader(hall),
        confirmed,
      })
    expect((await refusal(take([]))).failure.code).toBe('ReadingToConfirm')
    expect((await take(['rollover', 'tooHigh'])).consumption).toBe(cubicMetres(22))
    const { rows } = await hall.call(Readings, { accountId: edge.accountId })
    expect(rows[0]?.confirmed).toEqual(['rollover'])
  })

  test('far above the usual must be confirmed', async () => {
    await record('2026-02-01', 120)
    await record('2026-03-01', 140)
    const error = await refusal(record('2026-04-01', 900))
    expect(error.failure.code).toBe('ReadingToConfirm')
    expect(kindsOf(error)).toEqual(['tooHigh'])
    await expect(record('2026-04-01', 900, ['tooHigh'])).resolves.toHaveProperty('consumption', cubicMetres(760))
  })

  test('of tomorrow or before the last one is refused, with every reason at once', async () => {
    await record('2026-03-01', 130)
    const tomorrow = await refusal(record('2026-11-24', 90))
    expect(tomorrow.failure).toMatchObject({ code: 'ReadingRefused' })
    expect(kindsOf(tomorrow)).toEqual(expect.arrayContaining(['future', 'backwards']))
    const earlier = await refusal(record('2026-02-01', 140))
    expect(earlier.failure).toMatchObject({ code: 'ReadingRefused', field: 'readOn' })
    expect((await refusal(record('2026-02-30', 140))).failure).toMatchObject({ code: 'InvalidInput', field: 'readOn' })
  })

  test('is refused beyond the register, without a meter, for nobody, and for roles that do not read', async () => {
    expect((await refusal(record('2026-03-01', 100_000))).failure.code).toBe('ReadingRefused')
    expect((await refusal(record('2026-03-01', 130, [], 'dispatcher'))).failure.code).toBe('NotAllowed')
    hall.transact(({ sqlite }) => sqlite.exec(`UPDATE meters SET state = 'removed', removed_on = '2026-02-01'`))
    expect((await refusal(record('2026-03-01', 130))).failure.code).toBe('NoMeter')
    home = { ...home, accountId: requestId() }
    expect((await refusal(record('2026-03-01', 130))).failure.code).toBe('AccountNotFound')
  })

  test('sent twice under one request id is one reading', async () => {
    const input = {
      requestId: requestId(),
      accountId: home.accountId,
      readOn: '2026-03-01',
      index: cubicMetres(130),
      source: 'visit' as const,
      readerId: certifiedReader(hall),
    }
    const first = await hall.call(RecordReading, input)
    expect(await hall.call(RecordReading, input)).toEqual(first)
    expect(await readings()).toHaveLength(1)
  })

  test('is looked at while it is typed, and an estimate is offered from the last three', async () => {
    await record('2026-02-01', 131)
    await record('2026-03-01', 159)
    const check = (index: number | null) =>
      hall.call(CheckReading, {
        accountId: home.accountId,
        readOn: '2026-03-31',
        index: index === null ? null : cubicMetres(index),
      })
    expect(await check(null)).toMatchObject({
      consumption: null,
      previousIndex: cubicMetres(159),
      days: 30,
      findings: [],
    })
    // 59 m³ in 59 days are 1 m³ a day.
    expect((await check(null)).estimate).toEqual({ index: cubicMetres(189), consumption: cubicMetres(30) })
    expect((await check(150)).findings).toMatchObject([{ kind: 'backwards', severity: 'refuse' }])
    expect((await check(190)).consumption).toBe(cubicMetres(31))
  })
})

describe('a voided reading', () => {
  const voidIt = (readingId: string) => hall.call(VoidReading, { requestId: requestId(), readingId, reason: '看错表' })

  test('counts no more: the next one starts where it had started', async () => {
    const wrong = await record('2026-03-01', 150)
    await voidIt(wrong.readingId)
    expect((await record('2026-03-01', 130)).consumption).toBe(cubicMetres(30))
    expect((await readings()).map(({ state }) => state).sort()).toEqual(['unbilled', 'void'])
    expect((await refusal(voidIt(wrong.readingId))).failure.code).toBe('NotFound')
  })

  test('is only the last of its meter, and never a billed one', async () => {
    const first = await record('2026-03-01', 130)
    const second = await record('2026-04-01', 150)
    expect((await refusal(voidIt(first.readingId))).failure.code).toBe('ReadingNotLast')
    hall.transact((context) => markReading(context, second.readingId, 'billed'))
    expect((await refusal(voidIt(second.readingId))).failure.code).toBe('ReadingBilled')
  })
})

describe('a meter', () => {
  const meter = (meterNo: string, servicePointId: string, initialIndex = litre(0)) => ({
    servicePointId,
    meterNo,
    kind: 'iot' as const,
    model: 'G4',
    digits: 5,
    initialIndex,
    installedOn: businessDate('2026-11-23'),
  })

  test('is one per service point, and its number is nobody else’s', () => {
    const other = household(hall)
    const install = (no: string, point: string, index = litre(0)) =>
      hall.transact((context) => installMeter(context, meter(no, point, index)))
    expect(() => install('NEW-1', home.servicePointId)).toThrow('换表')
    hall.transact(({ sqlite }) =>
      sqlite.prepare(`UPDATE meters SET state = 'removed' WHERE service_point_id = ?`).run(other.servicePointId),
    )
    const taken = hall.transact(({ sqlite }) =>
      sqlite.prepare('SELECT meter_no FROM meters WHERE id = ?').pluck().get(home.meterId),
    )
    expect(() => install(taken as string, other.servicePointId)).toThrow('已经登记过')
    expect(() => install('NEW-2', other.servicePointId, cubicMetres(100_000))).toThrow('底数超出')
  })

  const exchangeOf = (more: Partial<Exchange>): Exchange => ({
    accountId: home.accountId,
    meterId: null,
    exchangedOn: businessDate('2026-07-01'),
    finalIndex: cubicMetres(170),
    readerId: certifiedReader(hall),
    confirmed: [],
    stoppedOn: null,
    agreedMakeUp: null,
    meterNo: 'NEW-0001',
    kind: 'iot',
    model: 'G4',
    digits: 6,
    initialIndex: cubicMetres(3),
    reason: '到期更换',
    ...more,
  })
  const exchange = (more: Partial<Exchange> = {}) =>
    hall.transact((context) => exchangeMeter(context, exchangeOf(more)))

  test('is exchanged: the old one’s last gas is a reading, the new one begins at its own index', async () => {
    await record('2026-06-01', 160)
    expect(() => exchange({ finalIndex: cubicMetres(150) })).toThrow('小于上次读数')
    expect(exchange()).toMatchObject({ measured: cubicMetres(10), makeUp: 0, previousIndex: cubicMetres(160) })
    const meters = await hall.call(Meters, { accountId: home.accountId })
    expect(meters.map(({ meterNo, state }) => [meterNo, state])).toEqual([
      ['NEW-0001', 'in-use'],
      [expect.stringMatching(/^M/), 'removed'],
    ])
    expect((await record('2026-08-01', 20)).consumption).toBe(cubicMetres(17))
    expect((await readings()).map(({ consumption }) => consumption / 1000)).toEqual([17, 10, 60])
    expect(hall.transact((context) => lastReading(context, home.meterId))).toMatchObject({ index: cubicMetres(170) })
  })

  test('that had stopped is made up for by the last three readings before it stood still (domain.md §4)', async () => {
    await record('2026-02-01', 131)
    await record('2026-03-01', 159)
    await record('2026-04-01', 190)
    // 90 m³ in 90 days before it stopped, 91 days without: 91 m³.
    const done = exchange({ finalIndex: cubicMetres(190), stoppedOn: businessDate('2026-04-01') })
    expect(done).toMatchObject({ measured: 0, makeUp: cubicMetres(91) })
    const [last] = await readings()
    expect(last).toMatchObject({
      consumption: cubicMetres(91),
      makeUp: cubicMetres(91),
      currentIndex: cubicMetres(190),
    })
    // An estimate is no evidence for the next one.
    const again = exchange({
      exchangedOn: businessDate('2026-08-01'),
      finalIndex: cubicMetres(3),
      stoppedOn: businessDate('2026-07-02'),
      meterNo: 'NEW-0002',
    })
    expect(again.makeUp).toBe(cubicMetres(30))
  })

  test('without a reading to estimate by takes what was agreed on, and asks for it', async () => {
    const stopped = { stoppedOn: businessDate('2026-03-01'), finalIndex: cubicMetres(100) }
    expect(() => exchange(stopped)).toThrow('商定补气量')
    expect(() => exchange({ ...stopped, stoppedOn: businessDate('2026-07-02') })).toThrow('不能晚于换表日期')
    expect(() => exchange({ ...stopped, stoppedOn: businessDate('2025-12-31') })).toThrow('不能早于旧表安装日期')
    expect(exchange({ ...stopped, agreedMakeUp: cubicMetres(12) }).makeUp).toBe(cubicMetres(12))
  })
})

describe('the sheet of a building', () => {
  test('walks by building, unit and room, page by page, and shows what is done', async () => {
    for (let i = 0; i < 7; i++) household(hall, { building: '2' })
    await read(hall, home.accountId, '2026-11-20', 130)
    const sheet = async (building: string | null, size: number) => {
      const rows: SheetRow[] = []
      let after: string | null = null
      do {
        const page: { rows: SheetRow[]; next: string | null } = await hall.call(Sheet, {
          community: '和平小区',
          building,
          readOn: '2026-11-20',
          page: { after, size },
        })
        rows.push(...page.rows)
        after = page.next
      } while (after !== null)
      return rows
    }
    const all = await sheet(null, 3)
    expect(all.map(({ building }) => building)).toEqual(['1', ...Array(7).fill('2')])
    expect(new Set(all.map(({ room }) => room)).size).toBe(8)
    expect(all[0]?.done).toMatchObject({ index: cubicMetres(130), consumption: cubicMetres(30) })
    expect(all[0]).toMatchObject({ previousIndex: cubicMetres(100), previousOn: '2026-01-01' })
    expect(all[1]?.done).toBeNull()
    expect(await sheet('2', 7)).toHaveLength(7)
    expect(await hall.call(Buildings, { community: '和平小区' })).toEqual([
      { building: '1', count: 1 },
      { building: '2', count: 7 },
    ])
  })

  test('and the readings refuse a cursor nobody gave out', async () => {
    const bad = hall.call(Readings, { accountId: home.accountId, page: { after: '["x"]' } })
    await expect(bad).rejects.toThrow('翻页位置无效')
  })
})
