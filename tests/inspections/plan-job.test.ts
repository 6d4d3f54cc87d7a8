/** 自动生成计划: a hall over year end, its clock set by hand, its PC off on the day, its program closed in the middle. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { CancelGenerate, Plan } from '../../src-main/inspections/api.ts'
import { planJob } from '../../src-main/inspections/service.ts'
import { nextPlanDay, planStep, yearsToPlan } from '../../src-main/inspections/rules.ts'
import { openDay } from '../../src-main/ledger/service.ts'
import { businessDate, monthDay } from '../../src-main/platform/dates.ts'
import { Change } from '../../src-main/settings/api.ts'
import {
  callAs,
  generate,
  household,
  manyHouseholds,
  openInspectionHall,
  planned,
  rows,
  type InspectionHall,
} from './support.ts'

let set: InspectionHall
beforeEach(async () => void (set = await openInspectionHall()))
afterEach(() => set.hall.close())

const at = (time: string) => set.hall.clock.set(Date.parse(`${time}+08:00`))
const open = () => set.hall.transact((context) => openDay(context))
/** What the scheduler does when the job's time has come. */
const tick = () => set.hall.hall.scheduler.runNow(planJob.job)
const failures = () =>
  rows<{ error: string | null }>(set.hall, `SELECT last_error AS error FROM jobs WHERE name = ?`, planJob.job)
const runs = () =>
  rows<{ year: number; state: string; by: string; added: number }>(
    set.hall,
    'SELECT year, state, started_by AS by, added FROM inspection_runs ORDER BY started_at, id',
  )
const countOf = (year: number) =>
  rows<{ n: number }>(
    set.hall,
    `SELECT count(*) AS n FROM inspection_tasks WHERE year = ? AND state <> 'dropped'`,
    year,
  )[0]?.n

describe('the plan makes itself (clauses 10(6), 19(2))', () => {
  test('at once for the year that has none, and for the next from 1 December on; once each', async () => {
    household(set.hall, 1)
    await tick()
    // Before the counter ever opened, a hall is still being set up.
    expect(runs()).toEqual([])
    open()
    await tick()
    await tick()
    expect(runs()).toEqual([{ year: 2026, state: 'finished', by: 'system', added: 1 }])
    at('2026-11-30T23:59:00')
    await tick()
    expect(countOf(2027)).toBe(0)
    at('2026-12-01T00:01:00')
    await tick()
    await tick()
    expect(runs().filter(({ year }) => year === 2027)).toEqual([
      { year: 2027, state: 'finished', by: 'system', added: 2 },
    ])
    const { last, nextOn } = await callAs(set.hall, 'clerk', Plan, {})
    expect(last).toMatchObject({ year: 2027, byItself: true, live: false })
    expect(nextOn).toBe('2027-12-01')
    expect(failures()).toEqual([{ error: null }])
    const audited = rows<{ name: string }>(
      set.hall,
      `SELECT DISTINCT actor_name AS name FROM audit_log WHERE call = 'inspections.generate'`,
    )
    expect(audited).toEqual([{ name: '系统' }])
  })

  test('made up for when the PC was off on that day, even over year end', async () => {
    const home = household(set.hall, 1)
    open()
    await tick()
    at('2027-01-04T08:00:00')
    await set.hall.restart()
    await set.hall.hall.scheduler.tick()
    expect(planned(set.hall, home.accountId).map(({ periodFrom }) => periodFrom)).toEqual([
      '2026-07-01',
      '2027-01-01',
      '2027-07-01',
    ])
  })

  test('takes accounts lit or closed meanwhile onto it and off it within a week, in both years', async () => {
    const home = household(set.hall, 1)
    open()
    at('2026-12-01T08:00:00')
    await tick()
    const late = household(set.hall, 2)
    set.hall.transact(({ sqlite }) =>
      sqlite.prepare(`UPDATE accounts SET state = 'closed', closed_on = '2026-12-01' WHERE id = ?`).run(home.accountId),
    )
    at('2026-12-06T23:00:00')
    await tick()
    expect(planned(set.hall, late.accountId)).toEqual([])
    at('2026-12-07T08:00:00')
    await tick()
    expect(planned(set.hall, late.accountId).map(({ periodFrom }) => periodFrom)).toEqual([
      '2026-07-01',
      '2027-01-01',
      '2027-07-01',
    ])
    expect(planned(set.hall, home.accountId).map(({ state }) => state)).toEqual(['dropped', 'dropped', 'dropped'])
    const before = runs().length
    await tick()
    at('2026-12-14T08:00:00')
    // Whole: it is only looked at.
    await tick()
    expect(runs()).toHaveLength(before)
  })

  test('goes on after the program was closed in the middle, nothing twice', async () => {
    manyHouseholds(set.hall, 900)
    open()
    const half = tick()
    await new Promise((go) => setImmediate(go))
    await set.hall.restart()
    await half
    expect(runs()).toMatchObject([{ state: 'running' }])
    const left = countOf(2026) ?? 0
    expect(left).toBeLessThan(900)
    await tick()
    expect(runs().map(({ state }) => state)).toEqual(['cancelled', 'finished'])
    expect(countOf(2026)).toBe(900)
  })

  test('leaves a year alone until tomorrow that somebody stopped, and what was made by hand', async () => {
    manyHouseholds(set.hall, 600)
    open()
    const first = tick()
    await new Promise((go) => setImmediate(go))
    expect(await callAs(set.hall, 'hall-manager', CancelGenerate, {})).toEqual({ cancelled: true })
    await first
    await tick()
    expect(runs().map(({ state }) => state)).toEqual(['cancelled'])
    at('2026-11-24T08:00:00')
    await tick()
    expect(runs().at(-1)).toMatchObject({ state: 'finished', by: 'system' })
    await generate(set.hall, 2027)
    at('2026-12-01T08:00:00')
    await tick()
    expect(runs().filter(({ year }) => year === 2027)).toHaveLength(1)
  })

  test('on the day a company sets, never before October', async () => {
    household(set.hall, 1)
    open()
    const set10 = (value: string) => callAs(set.hall, 'administrator', Change, { key: 'inspections.planDay', value })
    await expect(set10('09-30')).rejects.toMatchObject({ failure: { code: 'InvalidInput' } })
    await expect(set10('13-01')).rejects.toMatchObject({ failure: { code: 'InvalidInput' } })
    await set10('11-20')
    await tick()
    expect(countOf(2027)).toBe(2)
  })
})

describe('its rules', () => {
  const day = fc
    .integer({ min: 0, max: 3_000 })
    .map((n) => businessDate(new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10)))
  test('from the set day on two years are planned, and the next such day is always ahead', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('10-01', '12-01', '12-31').map(monthDay), (today, planDay) => {
        const years = yearsToPlan(today, planDay)
        expect(years[0]).toBe(Number(today.slice(0, 4)))
        expect(years).toHaveLength(today.slice(5) >= planDay ? 2 : 1)
        const next = nextPlanDay(today, planDay)
        expect(next > today).toBe(true)
        expect(next.slice(5)).toBe(planDay)
      }),
    )
  })
  test('what is finished is looked at once a week, what broke off is made at once, what was stopped the next day', () => {
    const monday = businessDate('2026-11-23')
    const sunday = businessDate('2026-11-22')
    expect(planStep(null, monday)).toBe('make')
    expect(planStep({ state: 'running', on: monday }, monday)).toBe('make')
    expect(planStep({ state: 'cancelled', on: monday }, monday)).toBe('leave')
    expect(planStep({ state: 'cancelling', on: sunday }, monday)).toBe('make')
    expect(planStep({ state: 'finished', on: sunday }, monday)).toBe('look')
    expect(planStep({ state: 'finished', on: monday }, businessDate('2026-11-29'))).toBe('leave')
  })
})
