/** 用气异常名单 (clause 6(6)): what a reading says of a customer, until it is explained or two persons went to look. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ExplainOddUse, OddUseCount, OddUses, VoidReading } from '../../src-main/metering/api.ts'
import { oddUse, type PastReading } from '../../src-main/metering/rules.ts'
import { litre } from '../../src-main/platform/money.ts'
import { Change } from '../../src-main/settings/api.ts'
import { RecordEntry } from '../../src-main/registers/api.ts'
import { household, read, type Household } from '../billing/household.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'

const limits = { zeroReadings: 3, fallPercent: 30, tooHighPercent: 300 }
const past = (m3: number, days = 30, estimated = false): PastReading => ({
  consumption: litre(m3 * 1000),
  days,
  estimated,
})
const now = (m3: number, days = 30) => ({ consumption: litre(m3 * 1000), days })

describe('the use of a reading', () => {
  test('is none once for a run of as many readings as the setting says, after gas had been used', () => {
    const before = [past(20), past(0), past(0)]
    expect(oddUse(now(0), before, null, limits, () => false)).toBe('none')
    expect(oddUse(now(0), before.slice(0, 2), null, limits, () => false)).toBeNull()
    // Longer than that it is told where it was not, once.
    expect(oddUse(now(0), [...before, past(0)], null, limits, () => false)).toBe('none')
    expect(oddUse(now(0), [...before, past(0)], null, limits, () => true)).toBeNull()
    // A flat nobody ever lived in, and estimates, say nothing.
    expect(oddUse(now(0), [past(0), past(0)], null, limits, () => false)).toBeNull()
    expect(oddUse(now(0), [past(20), past(0), past(0, 30, true)], null, limits, () => false)).toBeNull()
  })

  test('falls or rises against the same season of the year before, by days', () => {
    expect(oddUse(now(20), [], past(100), limits, () => false)).toBe('fall')
    expect(oddUse(now(30), [], past(100), limits, () => false)).toBeNull()
    expect(oddUse(now(20), [], past(100, 90), limits, () => false)).toBeNull()
    expect(oddUse(now(301), [], past(100), limits, () => false)).toBe('rise')
    // Little gas is never a fall, whatever its share.
    expect(oddUse(now(0), [], past(9), limits, () => false)).toBeNull()
  })

  test('rises against the last readings where there is no year before, and never falls against them: spring is no theft', () => {
    expect(oddUse(now(100), [past(20), past(20), past(20)], null, limits, () => false)).toBe('rise')
    expect(oddUse(now(1), [past(200), past(200), past(200)], null, limits, () => false)).toBeNull()
    // Autumn is none either, where the year before had it too.
    expect(oddUse(now(100), [past(20), past(20), past(20)], past(90), limits, () => false)).toBeNull()
  })
})

describe('the list', () => {
  let hall: TestHall
  let home: Household
  beforeEach(async () => {
    hall = await openTestHall()
    home = household(hall, { installedOn: '2025-10-01' })
  })
  afterEach(() => hall.close())
  const listed = async (open = true, search = '') =>
    (await hall.call(OddUses, { open, search }, 'hall-manager')).rows.map(({ kind, readOn }) => [kind, readOn])
  const readAll = async (...readings: [string, number][]) => {
    let last = ''
    for (const [on, m3] of readings) {
      hall.clock.set(`${on}T09:00:00+08:00`)
      last = await read(hall, home.accountId, on, m3)
    }
    return last
  }

  test('has a run of nothing once, is explained by the manager, and stays answered over a restart', async () => {
    await readAll(['2026-11-24', 20], ['2026-12-24', 20], ['2027-01-24', 20])
    expect(await listed()).toEqual([])
    const readingId = await readAll(['2027-02-24', 20])
    expect(await listed()).toEqual([['none', '2027-02-24']])
    expect(await hall.call(OddUseCount, {}, 'hall-manager')).toEqual({ open: 1 })
    const explain = (as: 'clerk' | 'hall-manager') =>
      hall.call(ExplainOddUse, { requestId: crypto.randomUUID(), readingId, note: '住户外出，邻居证实' }, as)
    await expect(explain('clerk')).rejects.toThrow('NotAllowed')
    await explain('hall-manager')
    await expect(explain('hall-manager')).rejects.toThrow('NotFound')
    await hall.restart()
    expect(await listed()).toEqual([])
    expect(await listed(false)).toEqual([['none', '2027-02-24']])
    await readAll(['2027-03-24', 20])
    expect(await listed()).toEqual([])
  })

  test('has a run that was too short for the setting of its time, once the company asks for less', async () => {
    const months = (value: number) => hall.call(Change, { key: 'metering.zeroReadings', value }, 'administrator')
    await months(6)
    await readAll(['2026-11-24', 20], ['2026-12-24', 20], ['2027-01-24', 20], ['2027-02-24', 20], ['2027-03-24', 20])
    expect(await listed()).toEqual([])
    await months(3)
    await readAll(['2027-04-24', 20], ['2027-05-24', 20])
    expect(await listed()).toEqual([['none', '2027-04-24']])
    // Gas was used again: the next run is told anew.
    await readAll(['2027-06-24', 30], ['2027-07-24', 30], ['2027-08-24', 30], ['2027-09-24', 30])
    expect(await listed()).toEqual([
      ['none', '2027-09-24'],
      ['none', '2027-04-24'],
    ])
  })

  test('has a fall against the year before, found by its customer, and loses it with the reading', async () => {
    await readAll(['2026-11-24', 1200], ['2026-12-24', 1300], ['2027-11-24', 2200])
    const readingId = await readAll(['2027-12-24', 2210])
    expect(await listed()).toEqual([['fall', '2027-12-24']])
    expect(await listed(true, '王小明')).toEqual([['fall', '2027-12-24']])
    expect(await listed(true, '没有这个人')).toEqual([])
    await hall.call(VoidReading, { requestId: crypto.randomUUID(), readingId, reason: '抄错' }, 'cashier')
    expect(await listed(false)).toEqual([])
  })

  test('leads from page to page, each row once', async () => {
    const other = household(hall, { installedOn: '2025-10-01' })
    for (const [on, m3] of [
      ['2026-11-24', 20],
      ['2026-12-24', 20],
      ['2027-01-24', 20],
      ['2027-02-24', 20],
    ] as const) {
      hall.clock.set(`${on}T09:00:00+08:00`)
      for (const { accountId } of [home, other]) await read(hall, accountId, on, m3)
    }
    const pageOf = (after: string | null) => hall.call(OddUses, { page: { after, size: 1 } })
    const first = await pageOf(null)
    const second = await pageOf(first.next)
    expect(new Set([...first.rows, ...second.rows].map(({ accountId }) => accountId)).size).toBe(2)
    expect(second.next).toBeNull()
    await expect(pageOf('nothing of ours')).rejects.toThrow('InvalidInput')
  })

  test('is answered by the patrol of two persons', async () => {
    await readAll(['2026-11-24', 20], ['2026-12-24', 20], ['2027-01-24', 20], ['2027-02-24', 20])
    const { entryId, entryNo } = await hall.call(RecordEntry, {
      ...{ requestId: crypto.randomUUID(), kind: 'suspicious', onDate: '2027-02-24', answers: [], findings: [] },
      values: { source: '用气量异常', found: '无人居住，表封完好', evidence: '', outcome: '正常' },
      ...{ accountId: home.accountId, staffId: null, companionId: actorOf('cashier').id },
    })
    const [row] = (await hall.call(OddUses, { open: false })).rows
    expect(row).toMatchObject({ patrolId: entryId, note: `巡查 ${entryNo}：正常` })
    expect(await listed()).toEqual([])
  })
})
