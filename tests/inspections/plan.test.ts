import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Assign, CancelGenerate, Counts, Inspectors, Plan, Round, Rounds } from '../../src-main/inspections/api.ts'
import { fetchRows } from '../../src-main/inspections/plan-walk.ts'
import { countsSql, inHandSql, standingSql, walkSql } from '../../src-main/inspections/service.ts'
import { sliceMs } from '../../src-main/platform/run.ts'
import { changeSetting } from '../support/approval.ts'
import { changeClass } from '../classes/support.ts'
import { actorOf } from '../support/hall.ts'
import {
  callAs,
  employ,
  generate,
  grouped,
  household,
  listTasks,
  manyHouseholds,
  openInspectionHall,
  planned,
  record,
  req,
  rows,
  shop,
  taskOf,
  type InspectionHall,
} from './support.ts'

let set: InspectionHall
beforeEach(async () => void (set = await openInspectionHall()))
afterEach(() => set.hall.close())

const write = (sql: string, ...values: unknown[]) =>
  set.hall.transact(({ sqlite }) => sqlite.prepare(sql).run(...values))
/** The time of a slice is over whenever it is looked at: as few as can be are done in each. */
function everyLookIsLate(): void {
  let now = 0
  Object.assign(set.hall.hall.environment, { steady: () => (now += sliceMs) })
}
const counts = () => callAs(set.hall, 'clerk', Counts, {})

describe('the plan of a year (clauses 10(6), 19(2))', () => {
  test('gives every account one inspection for each period that is not over, and neither more when made again', async () => {
    const home = household(set.hall, 1)
    const restaurant = shop(set.hall, 2)
    const run = await generate(set.hall)
    expect(run).toMatchObject({ state: 'finished', live: false, added: 2, dropped: 0 })
    expect(planned(set.hall, home.accountId).map(({ periodFrom, periodTo }) => [periodFrom, periodTo])).toEqual([
      ['2026-07-01', '2026-12-31'],
    ])
    expect(planned(set.hall, restaurant.accountId).map(({ periodFrom }) => periodFrom)).toEqual(['2026-10-01'])
    const before = planned(set.hall)
    expect((await generate(set.hall)).added).toBe(0)
    expect(planned(set.hall)).toEqual(before)

    const next = await generate(set.hall, 2027)
    expect(next).toMatchObject({ added: 2 + 4, dropped: 0 })
    expect(planned(set.hall).filter(({ state }) => state === 'dropped')).toEqual([])
    await expect(generate(set.hall, 2028)).rejects.toMatchObject({ failure: { message: '只能生成今年和明年的计划' } })
  })

  test('adds newcomers to the list of their building, and drops who closed, ended supply or was never lit', async () => {
    const first = household(set.hall, 1)
    const closing = household(set.hall, 2)
    await generate(set.hall)
    const late = household(set.hall, 3)
    write(`UPDATE accounts SET state = 'closed', closed_on = '2026-11-23' WHERE id = ?`, closing.accountId)
    const again = await generate(set.hall)
    expect(again).toMatchObject({ added: 1, dropped: 1 })
    expect(taskOf(set.hall, late.accountId).roundId).toBe(taskOf(set.hall, first.accountId).roundId)
    expect(taskOf(set.hall, closing.accountId).state).toBe('dropped')
    // How supply ends and comes back is the supply room's, and gated there; here only what the plan makes of it.
    set.hall.hall.environment.sqlite.exec(
      'DROP TRIGGER service_points_deactivation_gate; DROP TRIGGER service_points_reactivation_gate',
    )
    write(`UPDATE service_points SET gas_state = 'deactivated' WHERE id = ?`, first.servicePointId)
    expect(await generate(set.hall)).toMatchObject({ added: 0, dropped: 1 })
    write(`UPDATE service_points SET gas_state = 'suspended' WHERE id = ?`, first.servicePointId)
    expect(await generate(set.hall)).toMatchObject({ added: 1, dropped: 0 })
    expect(planned(set.hall, first.accountId)).toMatchObject([{ state: 'planned' }])
  })

  test('follows the settings, which never allow less than the regulation', async () => {
    const home = household(set.hall, 1)
    await generate(set.hall)
    const change = (value: number) => changeSetting(set.hall, 'inspections.residentPerYear', value)
    await expect(change(1)).rejects.toMatchObject({ failure: { code: 'InvalidInput' } })
    await change(4)
    expect(await generate(set.hall)).toMatchObject({ added: 1, dropped: 1 })
    const live = planned(set.hall, home.accountId).filter(({ state }) => state === 'planned')
    expect(live).toMatchObject([{ slot: 4, periodFrom: '2026-10-01' }])
  })

  test('moves a household that became a business to the quarters', async () => {
    const opened = household(set.hall, 1)
    await generate(set.hall, 2027)
    await changeClass(set.hall, opened.customerId, 'commercial')
    await generate(set.hall, 2027)
    const live = planned(set.hall, opened.accountId).filter(({ state }) => state === 'planned')
    expect(live.map(({ resident, periodTo }) => [resident, periodTo])).toEqual([
      [0, '2027-03-31'],
      [0, '2027-06-30'],
      [0, '2027-09-30'],
      [0, '2027-12-31'],
    ])
  })

  test('spreads evenly over the weeks, a building on one list and in one week', async () => {
    for (let building = 1; building <= 12; building++)
      for (let n = 0; n < 8; n++)
        household(set.hall, building * 100 + n, { building: String(building), room: `${n}01` })
    await generate(set.hall, 2027)
    const half = planned(set.hall).filter(({ slot }) => slot === 1)
    expect(half).toHaveLength(96)
    const byBuilding = grouped(half, ({ building }) => building)
    for (const [building, tasks] of byBuilding)
      expect(new Set(tasks.map(({ weekOn }) => weekOn)).size, building).toBe(1)
    const perWeek = [...grouped(half, ({ weekOn }) => weekOn).values()].map((tasks) => tasks.length)
    expect(Math.max(...perWeek)).toBeLessThanOrEqual(8)
    expect(perWeek).toHaveLength(12)
  })

  test('walks a street of many shops in several lists', async () => {
    for (let n = 1; n <= 130; n++) shop(set.hall, n)
    await generate(set.hall)
    const sizes = [...grouped(planned(set.hall), ({ roundId }) => roundId).values()].map((tasks) => tasks.length)
    expect(sizes.toSorted()).toEqual([43, 43, 44])
  })

  test('stops when told to, keeps its part, and the next run does the rest', async () => {
    const households = 400
    manyHouseholds(set.hall, households)
    everyLookIsLate()
    const running = generate(set.hall)
    await expect(generate(set.hall)).rejects.toMatchObject({ failure: { code: 'PlanUnderWay' } })
    while (!set.hall.events.some(({ event, data }) => event === 'progress' && data.text === '正在安排安检'))
      await new Promise((resolve) => setImmediate(resolve))
    expect(await callAs(set.hall, 'dispatcher', CancelGenerate, {})).toEqual({ cancelled: true })
    const stopped = await running
    expect(stopped.state).toBe('cancelled')
    const part = planned(set.hall).length
    expect(part).toBeGreaterThan(0)
    expect(part).toBeLessThan(households)
    await set.hall.restart()
    expect((await generate(set.hall)).added).toBe(households - part)
    const tasks = planned(set.hall)
    expect(new Set(tasks.map(({ accountId }) => accountId)).size).toBe(households)
    const done = set.hall.events.filter(({ event }) => event === 'progress').at(-1)
    expect(done).toMatchObject({ data: { task: 'inspections.generate', done: 2 * households, total: 2 * households } })
  })

  test('is the same plan however the run is cut', async () => {
    const households = 260
    manyHouseholds(set.hall, households)
    for (let n = 1; n <= 30; n++) shop(set.hall, n)
    const made = () =>
      planned(set.hall)
        .map(({ accountId, slot, weekOn, periodTo }) => [accountId, slot, weekOn, periodTo].join(' '))
        .toSorted()
    const slices = () => set.hall.events.filter(({ event }) => event === 'progress').length
    Object.assign(set.hall.hall.environment, { steady: () => 0 })
    await generate(set.hall, 2027)
    const [whole, fewest] = [made(), slices()]
    write('DELETE FROM inspection_tasks')
    write('DELETE FROM inspection_rounds')
    everyLookIsLate()
    await generate(set.hall, 2027)
    expect(made()).toEqual(whole)
    // One slice for each part of the run; then one for every fifty accounts.
    expect(fewest).toBe(3)
    expect(slices() - fewest).toBe(1 + 2 * Math.ceil((households + 30) / fetchRows))
  })

  test('takes up a run that was interrupted by a crash', async () => {
    household(set.hall, 1)
    write(
      `INSERT INTO inspection_runs (id, year, state, started_at, started_by, total) VALUES ('018f0000-0000-7000-8000-0000000000aa', 2026, 'running', 0, 'x', 2)`,
    )
    await set.hall.restart()
    expect((await callAs(set.hall, 'clerk', Plan, {})).last).toMatchObject({ state: 'running', live: false })
    expect(await generate(set.hall)).toMatchObject({ state: 'finished', added: 1 })
  })

  test('walks and checks by index, without reading everything at each slice', () => {
    const explain = (sql: string, bound: object) =>
      rows<{ detail: string }>(set.hall, `EXPLAIN QUERY PLAN ${sql}`, bound)
        .map(({ detail }) => detail)
        .join('\n')
    const walk = explain(walkSql, {
      community: '',
      building: '',
      unit: '',
      room: '',
      pointId: '',
      year: 2026,
      limit: 1,
    })
    expect(walk).toContain('SEARCH p USING INDEX service_points_place')
    expect(walk).not.toMatch(/SCAN [pact]\b/)
    expect(explain(standingSql, { to: '', id: '', yearEnd: '2026-12-31' })).toContain(
      'SEARCH t USING INDEX inspection_tasks_open',
    )
  })

  test.each(Object.entries(countsSql))('counts what is %s by an index that holds no more than that', (_, sql) => {
    const bound = { ...(sql.includes('@today') && { today: '' }), ...(sql.includes('@soon') && { soon: '' }) }
    const [first] = rows<{ detail: string }>(set.hall, `EXPLAIN QUERY PLAN ${sql}`, bound).filter(
      ({ detail }) => !detail.startsWith('CO-ROUTINE') && !/^SCAN \(/.test(detail),
    )
    expect(first?.detail).toMatch(
      /USING (COVERING )?INDEX inspection_(tasks_(refused|absent)|rounds_unassigned)|SEARCH inspection_loads USING PRIMARY KEY/,
    )
  })

  test('counts what somebody has in hand from their own lists on', () => {
    const plan = rows<{ detail: string }>(set.hall, `EXPLAIN QUERY PLAN ${inHandSql}`, 'x').map(({ detail }) => detail)
    expect(plan).toEqual([
      expect.stringContaining('SEARCH r USING INDEX inspection_rounds_assignee'),
      expect.stringMatching(/SEARCH t USING (COVERING )?INDEX inspection_tasks_round/),
    ])
  })

  // The statements that counted customers one by one, before the days' loads were kept.
  const oneByOne = {
    open: `SELECT count(*) AS n FROM inspection_tasks WHERE state IN ('planned', 'refused')`,
    overdue: `SELECT count(*) AS n FROM inspection_tasks WHERE state IN ('planned', 'refused') AND period_to < @today`,
    upcoming: `SELECT count(*) AS n FROM inspection_tasks WHERE state IN ('planned', 'refused') AND visit_on <= @soon`,
    unassigned: `SELECT count(*) AS n FROM inspection_rounds r WHERE r.week_on <= @today AND r.assignee_id IS NULL AND EXISTS (
      SELECT 1 FROM inspection_tasks t WHERE t.round_id = r.id AND t.state IN ('planned', 'refused'))`,
    refused: `SELECT count(*) AS n FROM inspection_tasks WHERE state = 'refused'`,
    absent: `SELECT count(*) AS n FROM inspection_tasks WHERE state = 'planned' AND absences >= 3`,
  } as const

  test('counts by the kept loads what counting one by one gives, whatever is done to the inspections', async () => {
    manyHouseholds(set.hall, 40, 6)
    await generate(set.hall)
    await generate(set.hall, 2027)
    const ids = rows<{ id: string }>(set.hall, 'SELECT id FROM inspection_tasks').map(({ id }) => id)
    const days = ['2026-11-20', '2026-11-23', '2026-11-30', '2026-12-31', '2027-06-30']
    const change = fc.record({
      id: fc.constantFrom(...ids),
      do: fc.constantFrom('drop', 'plan', 'refuse', 'move', 'both', 'delete', 'absent', 'met', 'round', 'give', 'take'),
      day: fc.constantFrom(...days),
    })
    const sql = {
      drop: `UPDATE inspection_tasks SET state = 'dropped' WHERE id = @id`,
      plan: `UPDATE inspection_tasks SET state = 'planned' WHERE id = @id`,
      refuse: `UPDATE inspection_tasks SET state = 'refused' WHERE id = @id`,
      move: 'UPDATE inspection_tasks SET visit_on = @day WHERE id = @id',
      both: `UPDATE inspection_tasks SET period_to = @day, visit_on = @day, state = 'planned' WHERE id = @id`,
      delete: 'DELETE FROM inspection_tasks WHERE id = @id',
      absent: 'UPDATE inspection_tasks SET absences = 3 WHERE id = @id',
      met: 'UPDATE inspection_tasks SET absences = 0 WHERE id = @id',
      round: `UPDATE inspection_tasks SET round_id = (SELECT id FROM inspection_rounds ORDER BY week_on = @day, id LIMIT 1) WHERE id = @id`,
      give: `UPDATE inspection_rounds SET assignee_id = '${set.wang}', assignee_name = '王', assigned_at = 1, assigned_by = '李'
        WHERE id = (SELECT round_id FROM inspection_tasks WHERE id = @id)`,
      take: `UPDATE inspection_rounds SET assignee_id = NULL, assignee_name = NULL, assigned_at = NULL, assigned_by = NULL
        WHERE id = (SELECT round_id FROM inspection_tasks WHERE id = @id)`,
    }
    // What is asked here is the counting, also of what another gate refuses.
    set.hall.hall.environment.sqlite.exec('DROP TRIGGER inspection_tasks_period_stays')
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), fc.constantFrom(...days), (changes, today) => {
        set.hall.transact(({ sqlite }) => {
          for (const { id, do: verb, day } of changes) {
            sqlite.prepare(sql[verb]).run(sql[verb].includes('@day') ? { id, day } : { id })
          }
        })
        for (const [name, old] of Object.entries(oneByOne)) {
          const bound = { ...(old.includes('@today') && { today }), ...(old.includes('@soon') && { soon: today }) }
          const kept = rows<{ n: number }>(set.hall, countsSql[name as keyof typeof oneByOne], bound)
          expect(kept, name).toEqual(rows<{ n: number }>(set.hall, old, bound))
        }
      }),
      { numRuns: 20 },
    )
  })
})

describe('progress', () => {
  test('is seen by class and period with the days that are left; what is overdue and upcoming at any time', async () => {
    const [a, b] = [household(set.hall, 1), household(set.hall, 2)]
    shop(set.hall, 3)
    await generate(set.hall)
    await record(set.hall, taskOf(set.hall, a.accountId).id, set.wang)
    const { periods } = await callAs(set.hall, 'cashier', Plan, { year: null })
    expect(periods).toEqual([
      {
        resident: false,
        from: '2026-10-01',
        to: '2026-12-31',
        planned: 1,
        done: 0,
        inTime: 0,
        refused: 0,
        absent: 0,
        daysLeft: 38,
      },
      expect.objectContaining({ resident: true, from: '2026-07-01', planned: 2, done: 1, inTime: 1, daysLeft: 38 }),
    ])
    expect(await counts()).toMatchObject({ open: 2, overdue: 0, refused: 0, absent: 0 })
    set.hall.clock.set('2027-01-04T09:00:00+08:00')
    expect(await counts()).toMatchObject({ open: 2, overdue: 2, upcoming: 2 })
    const overdue = (await listTasks(set.hall, 'overdue')).rows
    expect(overdue.map(({ accountId, daysLeft }) => [accountId, daysLeft])).toContainEqual([b.accountId, -4])
    // Inspected late it is done, but not in time.
    await record(set.hall, taskOf(set.hall, b.accountId).id, set.wang, { visitedOn: '2027-01-04' })
    const later = (await callAs(set.hall, 'clerk', Plan, { year: 2026 })).periods
    expect(later.find(({ resident }) => resident)).toMatchObject({ done: 2, inTime: 1, daysLeft: -4 })
  })
})

describe('assignment (clauses 10(8)(9))', () => {
  const assign = (roundIds: string[], staffId: string, as = 'dispatcher') =>
    callAs(set.hall, as, Assign, { requestId: req(), roundIds, staffId })

  test('goes to holders of a good inspection certificate only, and says who lacks what', async () => {
    const { accountId } = household(set.hall, 1)
    await generate(set.hall)
    const { roundId } = taskOf(set.hall, accountId)
    const fitter = await employ(set.hall, {
      staffNo: '3009',
      name: '钱维修',
      roles: ['clerk'],
      certificates: ['maintenance'],
    })
    await expect(assign([roundId], fitter)).rejects.toMatchObject({
      failure: { code: 'CertificateMissing', message: expect.stringContaining('钱维修没有安检证') },
    })
    await expect(assign([roundId], req())).rejects.toThrow('StaffNotFound')
    await expect(assign([roundId], set.wang, 'clerk')).rejects.toThrow('NotAllowed')
    expect(await assign([roundId], set.wang)).toEqual({ assigned: 1, assigneeName: '王安检' })
    expect(await callAs(set.hall, 'clerk', Inspectors, {})).toEqual([
      { staffId: set.wang, staffNo: '3001', name: '王安检', inHand: 1 },
      { staffId: set.sun, staffNo: '3002', name: '孙安检', inHand: 0 },
    ])
    expect((await callAs(set.hall, '3001', Rounds, { filter: 'mine' })).rows).toMatchObject([{ roundId, open: 1 }])
  })

  test('holds below every service', async () => {
    const { accountId } = household(set.hall, 1)
    await generate(set.hall)
    const { roundId } = taskOf(set.hall, accountId)
    const give = (staffId: string) =>
      write(`UPDATE inspection_rounds SET assignee_id = ?, assigned_at = 1 WHERE id = ?`, staffId, roundId)
    expect(() => give(actorOf('clerk').id)).toThrow('certified inspector')
    give(set.wang)
    set.hall.clock.set('2027-11-23T09:00:00+08:00')
    expect(() => give(set.sun)).toThrow('certified inspector')
  })

  test('is refused once the certificate ran out, and several lists are given at once', async () => {
    household(set.hall, 1, { building: '1' })
    household(set.hall, 2, { building: '2' })
    await generate(set.hall)
    const ids = [...new Set(planned(set.hall).map(({ roundId }) => roundId))]
    expect(await assign(ids, set.sun)).toMatchObject({ assigned: 2 })
    expect((await callAs(set.hall, 'clerk', Rounds, { filter: 'unassigned' })).rows).toEqual([])
    set.hall.clock.set('2027-11-23T09:00:00+08:00')
    await expect(assign(ids, set.wang)).rejects.toMatchObject({
      failure: { message: expect.stringContaining('已于 2027-11-22 到期') },
    })
  })
})

test('lists page week by week in walking order, and say what is on them', async () => {
  for (const building of ['1', '2', '3']) household(set.hall, Number(building), { building })
  shop(set.hall, 9)
  await generate(set.hall)
  const first = await callAs(set.hall, 'clerk', Rounds, { page: { size: 2 } })
  const second = await callAs(set.hall, 'clerk', Rounds, { page: { size: 2, after: first.next } })
  const all = [...first.rows, ...second.rows]
  expect(second.next).toBeNull()
  const order = all.map(({ weekOn, community, building }) => `${weekOn}/${community}/${building}`)
  expect(order).toEqual(order.toSorted())
  expect(all).toHaveLength(4)
  const only = await callAs(set.hall, 'clerk', Rounds, { community: '阳光花园' })
  expect(only.rows.every(({ community }) => community === '阳光花园')).toBe(true)
  const sheet = await callAs(set.hall, 'clerk', Round, { roundId: all[0]?.roundId ?? '' })
  expect(sheet.rows[0]).toMatchObject({ state: 'planned', done: null, last: null, listed: true })
  expect(sheet.rows[0]?.phone).toMatch(/^\d{3}\*{4}\d{4}$/)
  await expect(callAs(set.hall, 'clerk', Rounds, { page: { after: 'x' } })).rejects.toThrow('InvalidInput')
})
