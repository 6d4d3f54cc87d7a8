/** 柜台业务的办理时间 (clause 22(3)): measured by the window, kept with the limit of the day, judged in the appraisal. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Served } from '../../src-main/registers/api.ts'
import { registerFigures } from '../../src-main/registers/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { ServiceClock } from '../../src-renderer/shell/service-time.ts'
import { changeSetting } from '../support/approval.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall({ now: Date.parse('2026-11-23T09:00:00+08:00') })))
afterEach(() => hall.close())

const say = (seconds: number) =>
  hall.call(Served, { requestId: crypto.randomUUID(), business: 'payment', seconds }, 'cashier')
const day = businessDate('2026-11-23')
const figure = registerFigures.find(({ name }) => name === 'registers.served')
const share = () => hall.transact((context) => figure?.compute(context, { from: day, to: day }))

test('is judged by the limit that held then, over a restart, and never changes', async () => {
  await say(170)
  await say(200)
  expect(share()).toEqual({ numerator: 1, denominator: 2 })
  await changeSetting(hall, 'registers.minutes.payment', 10)
  await hall.restart()
  await say(200)
  expect(share()).toEqual({ numerator: 2, denominator: 3 })
  const records = hall.transact((context) => figure?.records(context, { from: day, to: day }, 5))
  expect(records?.[0]).toMatchObject({ label: '收费', met: false, note: expect.stringContaining('3 分 20 秒') })
  expect(() => hall.transact(({ sqlite }) => sqlite.exec('UPDATE service_times SET seconds = 1'))).toThrow(
    'append-only',
  )
  await expect(say(0)).rejects.toMatchObject({ failure: { code: 'InvalidInput' } })
  await expect(say(7_201)).rejects.toMatchObject({ failure: { code: 'InvalidInput' } })
})

test('runs from the first key to the end; a hand that rested two minutes begins anew', () => {
  let now = 0
  const clock = new ServiceClock(() => now)
  expect(clock.end()).toBeNull()
  clock.touch()
  now = 60_000
  clock.touch()
  now = 65_400
  expect(clock.end()).toBe(65)
  expect(clock.end()).toBeNull()
  clock.touch()
  now += 121_000
  clock.touch()
  now += 4_000
  expect(clock.end()).toBe(4)
})
