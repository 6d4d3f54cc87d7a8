/** What counts as one of the inspections of a year, and in whose appraisal (clauses 10(6), 19(2)). */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Arrange, OfAccount, RequestInspection, Statistics, VoidVisit } from '../../src-main/inspections/api.ts'
import { firstFitting, gapProblem, isDrawn, leastGap } from '../../src-main/inspections/rules.ts'
import { inspectionFigures } from '../../src-main/inspections/service.ts'
import { addDays, businessDate, daysBetween, type BusinessDate } from '../../src-main/platform/dates.ts'
import { newId } from '../../src-main/platform/ids.ts'
import { changeSetting } from '../support/approval.ts'
import { CallFailed } from '../support/hall.ts'
import {
  callAs,
  failedItem,
  generate,
  household,
  openInspectionHall,
  planned,
  record,
  req,
  rows,
  scanIn,
  shop,
  taskOf,
  type InspectionHall,
} from './support.ts'

let set: InspectionHall
beforeEach(async () => void (set = await openInspectionHall()))
afterEach(() => set.hall.close())

const coverage = inspectionFigures[0]
const share = (from: string, to: string) =>
  set.hall.transact((context) => coverage?.compute(context, { from: businessDate(from), to: businessDate(to) }))
const at = (day: string) => set.hall.clock.set(Date.parse(`${day}T09:00:00+08:00`))
const today = () => businessDate(new Date(set.hall.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10))
const of = (accountId: string, slot: number) => {
  const task = planned(set.hall, accountId).find((one) => one.slot === slot && one.state !== 'dropped')
  if (!task) throw new Error(`no inspection ${slot}`)
  return task
}
const arrange = (taskId: string, visitOn: string) =>
  callAs(set.hall, 'dispatcher', Arrange, { requestId: req(), taskId, visitOn, note: '客户约定' })

describe('a period', () => {
  test('keeps what was arranged past it: not done, in that period’s appraisal, and not in the next', async () => {
    const one = household(set.hall, 1)
    await generate(set.hall)
    const task = taskOf(set.hall, one.accountId)
    expect(task.periodTo).toBe('2026-12-31')
    at('2026-12-30')
    await arrange(task.id, '2027-01-20')
    at('2027-01-02')
    expect(share('2026-10-01', '2026-12-31')).toEqual({ numerator: 0, denominator: 1 })
    at('2027-01-20')
    await record(set.hall, task.id, set.wang, { visitedOn: '2027-01-20' })
    expect(share('2026-10-01', '2026-12-31')).toEqual({ numerator: 0, denominator: 1 })
    expect(share('2027-01-01', '2027-03-31')).toEqual({ numerator: 0, denominator: 0 })
    const records = set.hall.transact((context) =>
      coverage?.records?.(context, { from: businessDate('2026-10-01'), to: businessDate('2026-12-31') }, 10),
    )
    expect(records).toMatchObject([{ met: false, note: expect.stringContaining('本期至 2026-12-31，另约 2027-01-20') }])
  })

  test('is not left: below the service an inspection stays in its period', async () => {
    const one = household(set.hall, 1)
    await generate(set.hall)
    const { id } = taskOf(set.hall, one.accountId)
    for (const change of [`period_to = '2027-03-31'`, `period_from = '2026-01-01'`, 'year = 2027', 'resident = 0'])
      expect(() =>
        set.hall.transact(({ sqlite }) => sqlite.prepare(`UPDATE inspection_tasks SET ${change} WHERE id = ?`).run(id)),
      ).toThrow('stays in its period')
  })
})

describe('two inspections of a year', () => {
  test('lie apart: the last day of a period and the first of the next are one', async () => {
    const one = household(set.hall, 1)
    await generate(set.hall)
    await generate(set.hall, 2027)
    at('2026-12-31')
    await record(set.hall, of(one.accountId, 2).id, set.wang, { visitedOn: '2026-12-31' })
    at('2027-01-04')
    const next = of(one.accountId, 1)
    await expect(record(set.hall, next.id, set.wang, { visitedOn: '2027-01-04' })).rejects.toMatchObject({
      failure: { code: 'ResultRefused', message: expect.stringContaining('2027-03-01 起上门才算这一期') },
    })
    // What is dangerous is on record all the same, and the period keeps its inspection.
    const found = await record(set.hall, next.id, set.wang, {
      visitedOn: '2027-01-04',
      outcome: 'hazard',
      failed: [failedItem({ grade: 'serious', deadline: '2027-01-10' })],
    })
    expect([found.suspended, of(one.accountId, 1).state, of(one.accountId, 1).doneOn]).toEqual([true, 'planned', null])
    // Whoever was not met, or did not let in, was not inspected: that is taken at any time.
    await record(set.hall, next.id, set.wang, { visitedOn: '2027-01-04', outcome: 'absent' })
    // A customer who cannot wait is inspected beyond the plan, and the period keeps its own.
    const asked = await callAs(set.hall, 'clerk', RequestInspection, {
      ...{ requestId: req(), accountId: one.accountId, cause: 'customer' as const },
      ...{ visitOn: '2027-01-05', inspectorId: set.wang },
    })
    expect(asked.ofPlan).toBe(false)
    at('2027-01-05')
    await record(set.hall, asked.taskId, set.wang, { visitedOn: '2027-01-05' })
    expect(of(one.accountId, 1).state).toBe('planned')
    at('2027-02-28')
    await expect(record(set.hall, next.id, set.wang, { visitedOn: '2027-02-28' })).rejects.toThrow('ResultRefused')
    at('2027-03-01')
    await record(set.hall, next.id, set.wang, { visitedOn: '2027-03-01' })
    expect(share('2027-01-01', '2027-06-30')).toEqual({ numerator: 1, denominator: 1 })
  })

  test('are planned apart: by the plan, by what was agreed, after an absence, and when the one before comes late', async () => {
    const fits = '2027-03-01'
    const [one, two] = [household(set.hall, 1), household(set.hall, 2)]
    await generate(set.hall)
    at('2026-12-31')
    await record(set.hall, of(one.accountId, 2).id, set.wang, { visitedOn: '2026-12-31' })
    // The plan of the next year made afterwards keeps away from it, and one made before moves.
    await generate(set.hall, 2027)
    const visitOf = (accountId: string) => {
      const { visitOn, weekOn } = of(accountId, 1)
      return [visitOn, weekOn]
    }
    expect(of(one.accountId, 1).visitOn >= fits).toBe(true)
    await arrange(of(two.accountId, 1).id, '2027-01-08')
    await record(set.hall, of(two.accountId, 2).id, set.wang, { visitedOn: '2026-12-31' })
    expect(visitOf(two.accountId)).toEqual([fits, fits])
    await generate(set.hall, 2027)
    expect(visitOf(two.accountId)).toEqual([fits, fits])
    at('2027-01-04')
    const { id } = of(two.accountId, 1)
    await expect(arrange(id, '2027-02-28')).rejects.toMatchObject({
      failure: { code: 'InvalidInput', field: 'visitOn', message: expect.stringContaining(`${fits} 起上门才算这一期`) },
    })
    await record(set.hall, id, set.wang, { visitedOn: '2027-01-04', outcome: 'absent' })
    expect(visitOf(two.accountId)).toEqual([fits, fits])
    await arrange(id, '2027-03-10')
    expect(of(two.accountId, 1)).toMatchObject({ visitOn: '2027-03-10', weekOn: '2027-03-08' })
  })

  test('lie apart by the setting, never less than the regulation can mean, and never so far that no day is left', async () => {
    await expect(changeSetting(set.hall, 'inspections.residentGapDays', 29)).rejects.toThrow('InvalidInput')
    await expect(changeSetting(set.hall, 'inspections.nonResidentGapDays', 14)).rejects.toThrow('InvalidInput')
    const half = { from: businessDate('2026-07-01'), to: businessDate('2026-12-31') }
    expect([leastGap(60, half), leastGap(180, half)]).toEqual([60, 92])
    expect(leastGap(30, { from: businessDate('2026-12-01'), to: businessDate('2026-12-31') })).toBe(15)
    const day = businessDate('2026-07-01')
    expect(gapProblem(day, [businessDate('2026-05-02')], 60)).toBeNull()
    expect(gapProblem(day, [businessDate('2026-05-03')], 60)).toContain('至少相隔 60 天')
    // What is written down late lies before another: that is as near.
    expect(gapProblem(day, [businessDate('2026-08-29')], 60)).not.toBeNull()
    const others = [businessDate('2026-06-30'), businessDate('2026-09-10')]
    expect([firstFitting(day, others, 60), firstFitting(day, others, 10), firstFitting(day, [], 60)]).toEqual([
      '2026-11-09',
      '2026-07-10',
      day,
    ])
    const shops = shop(set.hall, 1)
    await generate(set.hall)
    await generate(set.hall, 2027)
    at('2026-12-31')
    await record(set.hall, of(shops.accountId, 4).id, set.wang, { visitedOn: '2026-12-31' })
    const first = of(shops.accountId, 1).id
    const near = (day: string) =>
      set.hall.transact(({ sqlite }) => {
        sqlite.exec('DROP TRIGGER inspection_tasks_done_gate')
        return sqlite.prepare(`UPDATE inspection_tasks SET state = 'passed', done_on = ? WHERE id = ?`).run(day, first)
      })
    expect(() => near('2027-01-14')).toThrow('too near')
    near('2027-01-15')
  })
})

describe('a visit', () => {
  const refused = async (more: Parameters<typeof record>[3]) => {
    const one = household(set.hall, 1)
    await generate(set.hall)
    const task = taskOf(set.hall, one.accountId)
    return expect(record(set.hall, task.id, set.wang, more)).rejects
  }
  test('has its time of arrival, on its day and not to come', async () => {
    await (
      await refused({ arrivedAt: '09:01' })
    ).toMatchObject({ failure: { field: 'arrivedAt', message: '到达时间不能晚于现在' } })
    const one = household(set.hall, 2)
    await generate(set.hall)
    const task = taskOf(set.hall, one.accountId)
    for (const arrivedAt of ['', '9:00', '24:00', '0900'])
      await expect(record(set.hall, task.id, set.wang, { arrivedAt })).rejects.toMatchObject({
        failure: { code: 'InvalidInput', message: expect.stringContaining('到达时间') },
      })
    await record(set.hall, task.id, set.wang, { arrivedAt: '08:55' })
    const { visits } = await callAs(set.hall, 'clerk', OfAccount, { accountId: one.accountId })
    expect(visits[0]?.arrivedAt).toBe(Date.parse('2026-11-23T08:55:00+08:00'))
  })

  test('that is drawn brings a photo or the signed sheet; about as many are drawn as the setting says', async () => {
    await changeSetting(set.hall, 'inspections.proofShare', 100)
    const one = household(set.hall, 1)
    await generate(set.hall)
    const task = taskOf(set.hall, one.accountId)
    await expect(record(set.hall, task.id, set.wang, { proof: null })).rejects.toMatchObject({
      failure: { field: 'proof', message: expect.stringContaining('抽中上门凭证') },
    })
    // Nobody was let in: there is nothing to show.
    await record(set.hall, task.id, set.wang, { outcome: 'absent', proof: null })
    await record(set.hall, task.id, set.wang, { proof: scanIn(set.hall) })
    expect(
      rows(
        set.hall,
        `SELECT v.proof_drawn AS drawn, f.kind FROM inspection_visits v JOIN attachments f ON f.id = v.proof_id`,
      ),
    ).toEqual([{ drawn: 1, kind: 'photo' }])
    await expect(changeSetting(set.hall, 'inspections.proofShare', 0)).rejects.toThrow('InvalidInput')
    const ids = Array.from({ length: 4_000 }, () => newId(set.hall.clock))
    for (const percent of [1, 5, 50]) {
      const drawn = ids.filter((id) => isDrawn(id, percent)).length
      expect(drawn / ids.length, `${percent} %`).toBeGreaterThan((percent / 100) * 0.6)
      expect(drawn / ids.length, `${percent} %`).toBeLessThan((percent / 100) * 1.5)
    }
    expect(ids.every((id) => isDrawn(id, 100))).toBe(true)
  })

  test('more than one person can do on a day, or two at one time, are listed to be looked into', async () => {
    await changeSetting(set.hall, 'inspections.mostPerDay', 5)
    for (let n = 1; n <= 8; n++) household(set.hall, n)
    await generate(set.hall)
    const ids = planned(set.hall).map(({ id }) => id)
    const listed = async () => (await callAs(set.hall, 'hall-manager', Statistics, { year: 2026 })).impossible
    for (const [n, id] of ids.slice(0, 5).entries()) await record(set.hall, id, set.wang, { arrivedAt: `08:1${n}` })
    await record(set.hall, ids[5] ?? '', set.sun, { arrivedAt: '08:10' })
    expect(await listed()).toEqual([])
    await record(set.hall, ids[6] ?? '', set.sun, { arrivedAt: '08:10' })
    expect(await listed()).toMatchObject([{ on: '2026-11-23', inspectorName: '孙安检', visits: 2, sameTime: 1 }])
    await record(set.hall, ids[7] ?? '', set.wang, { arrivedAt: '08:30' })
    expect((await listed()).map(({ inspectorName, visits }) => [inspectorName, visits]).toSorted()).toEqual([
      ['孙安检', 2],
      ['王安检', 6],
    ])
  })
})

/** What this test itself knows of an inspection, learned from the calls that were taken. */
interface Known {
  readonly id: string
  readonly accountId: string
  readonly resident: boolean
  readonly to: string
  goOn: string
  doneOn: string | null
}

test('the figure is what a few independent lines count, over random histories with ends of periods and years', async () => {
  let known: Known[] = []
  /** A hall with two years planned, as each history begins. */
  const begin = async () => {
    await set.hall.close()
    set = await openInspectionHall()
    for (let n = 1; n <= 4; n++) household(set.hall, n)
    for (let n = 1; n <= 3; n++) shop(set.hall, n)
    await generate(set.hall)
    await generate(set.hall, 2027)
    known = planned(set.hall).map((task) => ({
      ...{ id: task.id, accountId: task.accountId, resident: task.resident === 1, to: task.periodTo },
      ...{ goOn: task.visitOn, doneOn: null },
    }))
  }
  const spans = [
    ['2026-10-01', '2026-12-31'],
    ['2026-12-01', '2026-12-31'],
    ['2027-01-01', '2027-01-31'],
    ['2027-01-01', '2027-03-31'],
    ['2027-04-01', '2027-06-30'],
    ['2027-01-01', '2027-12-31'],
  ] as const
  /** By the words of the figure: the day it was arranged for, but in its period; done in it or not. */
  const counted = (from: string, to: string) => {
    const now = today()
    const due = known.filter(({ goOn, to: end, doneOn }) => {
      const day = goOn > end ? end : goOn
      const over = doneOn !== null || end < now || addDays(businessDate(goOn), 7) <= now
      return from <= day && day <= to && over
    })
    return {
      denominator: due.length,
      numerator: due.filter(({ doneOn, to: end }) => doneOn !== null && doneOn <= end).length,
    }
  }
  const tooNear = (one: Known, on: BusinessDate) =>
    known.some(
      (other) =>
        other !== one &&
        other.accountId === one.accountId &&
        other.doneOn !== null &&
        Math.abs(daysBetween(businessDate(other.doneOn), on)) < (one.resident ? 60 : 30),
    )
  let [taken, near, past, late] = [0, 0, 0, 0]
  const move = fc.record({
    kind: fc.constantFrom('look', 'look', 'look', 'absent', 'arrange', 'arrange', 'void', 'wait', 'wait', 'end'),
    which: fc.nat({ max: 99 }),
    days: fc.nat({ max: 90 }),
    wait: fc.nat({ max: 25 }),
  })
  const play = async ({ kind, which, days, wait }: { kind: string; which: number; days: number; wait: number }) => {
    const now = today()
    if (kind === 'wait') return void at(addDays(now, wait))
    // The last day of a period, or the first of the next.
    if (kind === 'end') {
      const end = ['2026-12-31', '2027-03-31', '2027-06-30', '2027-09-30', '2027-12-31'].find((day) => day >= now)
      return end === undefined ? undefined : void at(addDays(businessDate(end), wait % 2))
    }
    const open = known.filter(
      (one) => one.doneOn === null && (planned(set.hall).find(({ id }) => id === one.id)?.periodFrom ?? '') <= now,
    )
    const one = open[which % Math.max(open.length, 1)]
    if (kind === 'void') {
      const done = known.filter(({ doneOn }) => doneOn !== null)
      const back = done[which % Math.max(done.length, 1)]
      const visit = rows<{ id: string; before: string }>(
        set.hall,
        `SELECT id, visit_on_before AS before FROM inspection_visits WHERE task_id = ? AND voided_at IS NULL ORDER BY id DESC`,
        back?.id ?? '',
      )[0]
      if (!back || !visit) return
      await callAs(set.hall, 'dispatcher', VoidVisit, { requestId: req(), visitId: visit.id, reason: '录错' })
      Object.assign(back, { doneOn: null, goOn: visit.before })
      return
    }
    if (!one) return
    if (kind === 'arrange') {
      const on = addDays(now, days)
      const agreed = arrange(one.id, on)
      if (tooNear(one, on)) return void (await expect(agreed).rejects.toThrow('InvalidInput'))
      const { visitOn } = await agreed
      one.goOn = visitOn
      if (visitOn > one.to) past += 1
      return
    }
    if (kind === 'absent') {
      const { visitOn } = await record(set.hall, one.id, set.wang, { outcome: 'absent', visitedOn: now })
      one.goOn = visitOn ?? ''
      return
    }
    const refused = tooNear(one, now)
    try {
      await record(set.hall, one.id, set.wang, { visitedOn: now })
      expect(refused, `${one.accountId} on ${now}`).toBe(false)
      one.doneOn = now
      // The others of the account are walked later, where they were too near.
      for (const other of known)
        if (other.accountId === one.accountId && other.doneOn === null)
          while (tooNear(other, businessDate(other.goOn))) other.goOn = addDays(businessDate(other.goOn), 1)
      taken += 1
      if (now > one.to) late += 1
    } catch (error) {
      if (!(error instanceof CallFailed) || !refused) throw error
      near += 1
    }
  }
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 40, maxLength: 60 }), async (moves) => {
      await begin()
      for (const one of moves) {
        // As long as the inspector's certificate is good.
        if (today() > '2027-10-20') break
        await play(one)
        for (const [from, to] of spans)
          expect(share(from, to), `${from} to ${to} on ${today()}`).toEqual(counted(from, to))
      }
    }),
    { numRuns: 3, seed: 1_130, endOnFailure: true },
  )
  // Each of these happened.
  expect([taken > 5, near > 0, past > 0, late > 0]).toEqual([true, true, true, true])
}, 240_000)
