/**
 * 自动生成计划: nobody has to remember it (clauses 10(6), 19(2)). The next year's plan is made from a set day on; a year
 * that has none is planned at once; once a week the plan is looked through, so that accounts lit or closed meanwhile
 * come onto it or leave it. What it does follows from the runs on record, so it does nothing twice, goes on after the
 * program was closed in the middle, and makes up for days on which the PC was off.
 */
import { counterSince } from '../ledger/service.ts'
import { systemActor, type Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { monthDay, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import type { Job } from '../platform/scheduler.ts'
import { leaveOff, makePlan, planIsBehind, planUnderWay } from './plan.ts'
import { mondayOf, nextPlanDay, planStep, yearsToPlan, type YearRun } from './rules.ts'
import { todayOf } from './store.ts'

/** How often it is looked whether something is due (ms): one row is read when nothing is. */
const everyMs = 600_000

const planDayOf = ({ settings }: Pick<Context, 'settings'>) => monthDay(settings.get('inspections.planDay'))

/** The next day on which the plan of a following year makes itself. */
export const planDayAhead = (context: Pick<Context, 'settings' | 'clock'>): BusinessDate =>
  nextPlanDay(todayOf(context), planDayOf(context))

function lastRunOf({ sqlite }: Pick<Context, 'sqlite'>, year: number): YearRun | null {
  const run = statement<{ state: YearRun['state']; at: number }>(
    sqlite,
    `SELECT state, started_at AS at FROM inspection_runs WHERE year = ? ORDER BY started_at DESC, id DESC LIMIT 1`,
  ).get(year)
  return run ? { state: run.state, on: shanghaiDate(run.at) } : null
}

/** Weeks in which a plan was looked through and found whole; forgotten with the program, which only looks again then. */
const seen = new WeakMap<object, Map<number, BusinessDate>>()

export const planJob: Job = {
  job: 'inspections.plan',
  nextRun: (_, now) => now + everyMs,
  stop: leaveOff,
  async run(environment) {
    // A hall that never opened its counter is still being set up or moved over from another system.
    if (counterSince(environment) === null || planUnderWay(environment)) return
    const today = todayOf(environment)
    const whole = seen.get(environment) ?? new Map<number, BusinessDate>()
    seen.set(environment, whole)
    for (const year of yearsToPlan(today, planDayOf(environment))) {
      const step = planStep(lastRunOf(environment, year), today)
      if (step === 'leave') continue
      if (step === 'look') {
        if (whole.get(year) === mondayOf(today)) continue
        if (!(await planIsBehind(environment, year))) {
          whole.set(year, mondayOf(today))
          continue
        }
      }
      await makePlan(environment, systemActor, year)
    }
  },
}
