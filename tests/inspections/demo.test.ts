import { expect, test } from 'vitest'
import { seedDemoHall } from '../../src-main/demo/seed.ts'
import { Counts, Generate, HazardCounts, Plan, Statistics } from '../../src-main/inspections/api.ts'
import { openTestHall } from '../support/hall.ts'

test('the invented hall has inspections behind it, and a real generation of the plan finds nothing missing', async () => {
  const hall = await openTestHall({ empty: true })
  await seedDemoHall(hall.hall, undefined, { customers: 400, months: 4, every: 2, seed: 3 })
  const { periods } = await hall.call(Plan, {})
  const residents = periods.find(({ resident }) => resident)
  expect(residents?.planned).toBeGreaterThan(300)
  expect(residents?.done).toBeGreaterThan(200)
  expect(await hall.call(Counts, {})).toMatchObject({ overdue: 0 })
  expect((await hall.call(HazardCounts, {})).open).toBeGreaterThan(0)
  const { months } = await hall.call(Statistics, {})
  expect(months.filter(({ passed }) => passed > 0).length).toBeGreaterThan(3)
  const uncounted = hall.hall.environment.sqlite
    .prepare(
      `SELECT count(*) FILTER (WHERE absences > 1) AS more, count(*) FILTER (WHERE absences <> (SELECT count(*)
         FROM inspection_visits v WHERE v.task_id = t.id AND v.outcome = 'absent')) AS wrong FROM inspection_tasks t`,
    )
    .get() as { more: number; wrong: number }
  expect(uncounted.wrong, 'as many absences as visits that found nobody').toBe(0)
  expect(uncounted.more).toBeGreaterThan(0)
  expect(await hall.call(Generate, { year: 2026 }, 'dispatcher')).toMatchObject({ added: 0, dropped: 0 })
  await hall.close()
})
