/** 自动抽取: the sample of a month draws itself, whatever day the PC is on again. */
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CheckDraw, Draw, Draws, Ratios } from '../../src-main/followups/api.ts'
import { halved, monthsToDraw, uncovered } from '../../src-main/followups/rules.ts'
import { drawJob } from '../../src-main/followups/service.ts'
import { openDay } from '../../src-main/ledger/service.ts'
import { addDays, businessDate, daysBetween, type BusinessDate } from '../../src-main/platform/dates.ts'
import { Change } from '../../src-main/settings/api.ts'
import { apply, residentApplication, stepsOf, untilIgnition } from '../installations/steps.ts'
import { actorOf, type TestHall } from '../support/hall.ts'
import { callAs, certify, openHallWithWorkers, req } from '../workorders/people.ts'

let hall: TestHall
beforeEach(async () => {
  hall = await openHallWithWorkers()
  await certify(hall, actorOf('hall-manager').id, 'callback', '2027-11-22')
  hall.transact((context) => openDay(context))
})
afterEach(() => hall.close())

const at = (time: string) => hall.clock.set(Date.parse(`${time}+08:00`))
const tick = () => hall.hall.scheduler.runNow(drawJob.job)
const draws = async () => (await callAs(hall, 'hall-manager', Draws, {})).rows
async function ignited(n: number): Promise<void> {
  const applicationId = await apply(hall, residentApplication(hall, n))
  const steps = stepsOf(hall, applicationId)
  await untilIgnition(steps, `M-${100_000 + n}`)
  await steps.ignite()
}

test('the month that is over is drawn on its day, once, and can be drawn again from its seed', async () => {
  for (let n = 1; n <= 3; n++) await ignited(n)
  await tick()
  at('2026-11-30T23:59:00')
  await tick()
  expect(await draws()).toEqual([])
  at('2026-12-01T00:01:00')
  await tick()
  await hall.restart()
  await tick()
  const drawn = await draws()
  expect(drawn.map(({ service }) => service).toSorted()).toEqual(['ignition', 'inspection', 'resumption'])
  const ignition = drawn.find(({ service }) => service === 'ignition')
  expect(ignition).toMatchObject({ from: '2026-11-01', to: '2026-11-30', population: 3, size: 1, actorName: '系统' })
  expect(await callAs(hall, 'hall-manager', CheckDraw, { drawId: ignition?.id ?? '' })).toMatchObject({ matches: true })
  expect((await callAs(hall, 'hall-manager', Ratios, { from: '2026-11-01', to: '2026-11-30' })).drawDay).toBe(1)
})

test('made up for over year end when the PC was off, month by month', async () => {
  await ignited(1)
  at('2026-12-02T08:00:00')
  await tick()
  at('2027-02-20T08:00:00')
  await tick()
  const ignition = (await draws()).filter(({ service }) => service === 'ignition')
  expect(ignition.map(({ from, to }) => `${from}/${to}`).toSorted()).toEqual([
    '2026-11-01/2026-11-30',
    '2026-12-01/2026-12-31',
    '2027-01-01/2027-01-31',
  ])
})

test('only what nobody drew by hand, and on the day a company sets', async () => {
  await ignited(1)
  at('2026-11-25T08:00:00')
  await callAs(hall, 'hall-manager', Draw, {
    requestId: req(),
    service: 'ignition',
    from: '2026-11-10',
    to: '2026-11-24',
  })
  await callAs(hall, 'administrator', Change, { key: 'followups.drawDay', value: 3 })
  at('2026-12-02T08:00:00')
  await tick()
  expect(await draws()).toHaveLength(1)
  at('2026-12-03T08:00:00')
  await tick()
  const ignition = (await draws()).filter(({ service }) => service === 'ignition')
  expect(ignition.map(({ from, to }) => `${from}/${to}`).toSorted()).toEqual([
    '2026-11-01/2026-11-09',
    '2026-11-10/2026-11-24',
    '2026-11-25/2026-11-30',
  ])
})

test('a hall that did not open yet draws nothing', async () => {
  const fresh = await openHallWithWorkers()
  fresh.clock.set(Date.parse('2026-12-05T08:00:00+08:00'))
  await fresh.hall.scheduler.runNow(drawJob.job)
  expect((await callAs(fresh, 'hall-manager', Draws, {})).rows).toEqual([])
  await fresh.close()
})

const date = (n: number): BusinessDate => addDays(businessDate('2026-01-01'), n)
const spanOf = fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 30 })).map(([from, days]) => ({
  from: date(from),
  to: date(from + days),
}))

test('what is drawn by hand and what is left tile the period', () => {
  fc.assert(
    fc.property(spanOf, fc.array(spanOf, { maxLength: 5 }), (whole, taken) => {
      const free = uncovered(whole, taken)
      for (let day = whole.from; day <= whole.to; day = addDays(day, 1)) {
        const within = (spans: readonly { from: string; to: string }[]) =>
          spans.filter(({ from, to }) => from <= day && day <= to).length
        expect(within(free)).toBe(within(taken) === 0 ? 1 : 0)
      }
      expect(free.every(({ from, to }) => from >= whole.from && to <= whole.to && from <= to)).toBe(true)
    }),
  )
})

test('halves tile a period, and months go back at most a year and not before the hall', () => {
  fc.assert(
    fc.property(spanOf, (whole) => {
      const halves = halved(whole)
      expect(halves === null).toBe(whole.from === whole.to)
      if (halves === null) return
      const [a, b] = halves
      expect([a.from, b.to]).toEqual([whole.from, whole.to])
      expect(daysBetween(a.to, b.from)).toBe(1)
    }),
  )
  const today = businessDate('2027-03-01')
  const since = businessDate('2026-11-23')
  expect(monthsToDraw(today, 1, null, since)).toEqual([{ from: '2027-02-01', to: '2027-02-28' }])
  expect(monthsToDraw(today, 2, null, since)).toEqual([{ from: '2027-01-01', to: '2027-01-31' }])
  expect(monthsToDraw(today, 1, businessDate('2025-01-31'), since).map(({ from }) => from)).toEqual([
    '2026-11-01',
    '2026-12-01',
    '2027-01-01',
    '2027-02-01',
  ])
  expect(monthsToDraw(today, 1, null, businessDate('2027-03-01'))).toEqual([])
})
