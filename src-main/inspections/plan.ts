/**
 * 生成计划, in slices: drops what is no longer due, counts what is missing building by building, spreads the buildings over
 * the weeks, and adds what is missing. Each slice is one short transaction; an interrupted or cancelled run leaves its part,
 * and the next one does what is left, nothing twice (an account has one inspection for each period).
 */
import { activeAccounts } from '../customers/service.ts'
import { systemActor, type Actor, type Context } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { inSlices, type Slice } from '../platform/run.ts'
import { inTransaction, task, useCase, type Environment } from '../platform/use-case.ts'
import { CancelGenerate, Generate, type PlanRun } from './api.ts'
import { periodsOf, yearOf } from './rules.ts'
import {
  type Run,
  type Place,
  start,
  type Due,
  walk,
  filledBy,
  type Counted,
  countSlice,
  placeGroups,
  addSlice,
  standingStart,
  type StandingPlace,
  standing,
  drop,
  dueColumns,
  gasOn,
} from './plan-walk.ts'
import { frequencyOf, isResident, tellChanged, todayOf } from './store.ts'

export const PlanUnderWay = domainError('PlanUnderWay', '正在生成计划，请等待完成或先停止')
const generateCall = 'inspections.generate'

/** Runs of this program that are under way; a `running` row without one here was interrupted. */
const live = new WeakSet<Sqlite>()

/** Whether a plan is being made in this program now. */
export const planUnderWay = ({ sqlite }: Pick<Context, 'sqlite'>): boolean => live.has(sqlite)

/** Halls that are closing: a run leaves off after the slice it is in, and counts as interrupted. */
const leaving = new WeakSet<Sqlite>()
export const leaveOff = ({ sqlite }: Pick<Context, 'sqlite'>): void => void leaving.add(sqlite)

type StoredRun = Omit<PlanRun, 'live' | 'byItself'> & { readonly startedBy: string }
const runColumns = `id AS runId, year, state, started_at AS startedAt, started_by AS startedBy, finished_at AS finishedAt,
  total, done, added, dropped`

const storedRun = ({ sqlite }: Context): StoredRun | undefined =>
  statement<StoredRun>(
    sqlite,
    `SELECT ${runColumns} FROM inspection_runs ORDER BY started_at DESC, id DESC LIMIT 1`,
  ).get()
const unfinished = (run: StoredRun | undefined): run is StoredRun =>
  run?.state === 'running' || run?.state === 'cancelling'

/** The last generation, or null. */
export function lastRun(context: Context): PlanRun | null {
  const run = storedRun(context)
  if (!run) return null
  const { startedBy, ...told } = run
  return { ...told, byItself: startedBy === systemActor.id, live: unfinished(run) && live.has(context.sqlite) }
}

/** Periods of the year that are not over, by class. */
const comingPeriods = (context: Pick<Context, 'settings'>, year: number, today: BusinessDate): Run['periods'] => {
  const often = frequencyOf(context)
  const coming = (resident: boolean) => periodsOf(year, resident, often).filter(({ to }) => to >= today)
  return [coming(false), coming(true)]
}

/**
 * Whether a generation would change anything: an account without its inspection, or an inspection that is no longer due.
 * Only looks, slice by slice, and stops at the first it finds.
 */
export async function planIsBehind(environment: Environment, year: number): Promise<boolean> {
  const today = todayOf(environment)
  const run = { year, today, periods: comingPeriods(environment, year, today) }
  let behind = false
  const goesOn = () => !behind && !leaving.has(environment.sqlite)
  await inSlices<Place>(environment, start, (from, slice) => {
    const next = walk(environment, year, from, slice, (rows) => {
      behind ||= rows.some((row) => {
        const fills = filledBy(row)
        return run.periods[row.resident ? 1 : 0].some((period) => !fills(period))
      })
    })
    return goesOn() ? next : null
  })
  await inSlices<StandingPlace>(environment, goesOn() ? standingStart : null, (from, slice) => {
    const next = standing(environment, run, from, slice, (stale) => {
      behind ||= stale.length > 0
    })
    return goesOn() ? next : null
  })
  return behind
}

function beginRun(context: Context, year: number): Run {
  const { sqlite, clock, actor } = context
  const today = todayOf(context)
  if (year < yearOf(today) || year > yearOf(today) + 1) {
    throw new InvalidInput('只能生成今年和明年的计划', { field: 'year' })
  }
  const before = storedRun(context)
  if (unfinished(before)) endRun(context, before.runId, 'cancelled')
  const id = newId(clock)
  // Every account is looked at twice: counted, then planned.
  statement(
    sqlite,
    `INSERT INTO inspection_runs (id, year, state, started_at, started_by, total) VALUES (?, ?, 'running', ?, ?, ?)`,
  ).run(id, year, clock.now(), actor.id, activeAccounts(context) * 2)
  context.audit({ subject: `inspection-run:${id}`, detail: { year } })
  return { id, year, today, periods: comingPeriods(context, year, today) }
}

function endRun(context: Context, runId: string, state: 'finished' | 'cancelled'): void {
  statement(context.sqlite, 'UPDATE inspection_runs SET state = ?, finished_at = ? WHERE id = ?').run(
    state,
    context.clock.now(),
    runId,
  )
  tellChanged(context)
}

/** What one slice did. */
interface Done {
  done: number
  added: number
  dropped: number
}

/** Notes how far the run is. @returns whether it goes on */
function moved(context: Context, run: Run, more: Readonly<Done>, text: string): boolean {
  const now = statement<{ done: number; total: number; state: string }>(
    context.sqlite,
    `UPDATE inspection_runs SET done = done + @done, added = added + @added, dropped = dropped + @dropped WHERE id = @id
     RETURNING done, total, state`,
  ).get({ ...more, id: run.id }) as { done: number; total: number; state: string }
  context.audit({ subject: `inspection-run:${run.id}`, detail: more })
  context.emit({
    event: 'progress',
    data: { task: generateCall, done: Math.min(now.done, now.total), total: now.total, text },
  })
  if (now.state === 'running') return true
  endRun(context, run.id, 'cancelled')
  return false
}

async function generateIn(environment: Environment, actor: Actor, year: number): Promise<void> {
  const inSlice = <T>(work: (slice: Context) => T): T => inTransaction(environment, generateCall, actor, work)
  const run = inSlice((slice) => beginRun(slice, year))
  /** The slices of one part of the run. @returns whether the run goes on: nobody stopped it, the hall stays open */
  const goThrough = async <At>(
    text: string,
    from: At,
    part: (context: Context, at: At, slice: Slice, did: Done) => At | null,
  ): Promise<boolean> => {
    let on = true
    await inSlices<At>(environment, from, (at, slice) => {
      on &&= !leaving.has(environment.sqlite)
      if (!on) return null
      return inSlice((context) => {
        const did: Done = { done: 0, added: 0, dropped: 0 }
        const next = part(context, at, slice, did)
        on = moved(context, run, did, text)
        return on ? next : null
      })
    })
    return on && !leaving.has(environment.sqlite)
  }
  const counted: Counted = { groups: new Map(), loads: new Map() }
  const rounds = new Map<string, string>()
  const dropped = await goThrough('正在核对已有计划', standingStart, (context, from, slice, did) =>
    standing(context, run, from, slice, (stale) => void (did.dropped += drop(context, stale))),
  )
  if (!dropped) return
  const countedAll = await goThrough('正在清点客户', start, (context, from, slice, did) =>
    walk(context, year, from, slice, (rows) => {
      countSlice(run, rows, counted)
      did.done += rows.length
    }),
  )
  if (!countedAll) return
  placeGroups(run, counted)
  const addedAll = await goThrough('正在安排安检', start, (context, from, slice, did) =>
    walk(context, year, from, slice, (rows) => {
      did.added += addSlice(context, run, rows, counted, rounds)
      did.done += rows.length
    }),
  )
  if (!addedAll) return
  inSlice((slice) => endRun(slice, run.id, 'finished'))
}

/** Years from this one on whose plan stands: this one and the next have one at most. One look each, not a walk through the plan. */
const plannedYears = ({ sqlite }: Context, today: BusinessDate): number[] =>
  [yearOf(today), yearOf(today) + 1].filter(
    (year) =>
      statement(sqlite, 'SELECT 1 FROM inspection_tasks WHERE year = ? AND extra = 0 LIMIT 1').get(year) !== undefined,
  )

/** Inspections of the coming periods that are still to be done for an account, as its plan stands. */
const openComing = `state IN ('planned', 'refused') AND extra = 0 AND period_to >= @today`
export const openOfClass = (context: Context, accountId: string): number =>
  statement<{ n: number }>(
    context.sqlite,
    `SELECT count(*) AS n FROM inspection_tasks WHERE account_id = @accountId AND ${openComing}`,
  ).get({ accountId, today: todayOf(context) })?.n ?? 0

/**
 * The plan of one account whose class changed, at once: what belongs to the other class and is not over leaves the plan, and
 * what the new class asks for comes into it. What is overdue stays due.
 */
export function replanAccount(context: Context, accountId: string): { dropped: number; added: number } {
  const { sqlite, clock } = context
  const today = todayOf(context)
  const resident = Number(isResident(context, accountId))
  let [dropped, added] = [0, 0]
  for (const year of plannedYears(context, today)) {
    const row = statement<Due>(
      sqlite,
      `SELECT ${dueColumns} FROM accounts a JOIN service_points p ON p.id = a.service_point_id
         JOIN customers c ON c.id = a.customer_id
       WHERE a.id = @accountId AND a.state = 'active' AND ${gasOn}`,
    )
    // Also where gas is off: what was planned for the other class is nobody's any more.
    dropped += statement(
      sqlite,
      `UPDATE inspection_tasks SET state = 'dropped', updated_at = @now
       WHERE account_id = @accountId AND year = @year AND resident <> @resident AND ${openComing}`,
    ).run({ accountId, year, resident, today, now: clock.now() }).changes
    const rows = [row.get({ accountId, year })].filter((one) => one !== undefined)
    const run: Run = { id: '', year, today, periods: comingPeriods(context, year, today) }
    const counted: Counted = { groups: new Map(), loads: new Map() }
    countSlice(run, rows, counted)
    placeGroups(run, counted)
    added += addSlice(context, run, rows, counted, new Map())
  }
  if (dropped + added > 0) tellChanged(context)
  return { dropped, added }
}

/** Makes a year's plan, or what is missing of it. @throws PlanUnderWay */
export async function makePlan(environment: Environment, actor: Actor, year: number): Promise<void> {
  const { sqlite } = environment
  if (live.has(sqlite)) throw new PlanUnderWay()
  live.add(sqlite)
  try {
    await generateIn(environment, actor, year)
  } finally {
    live.delete(sqlite)
  }
}

/** 生成计划. @throws PlanUnderWay */
export const generate = task(Generate, async ({ year }, context) => {
  await makePlan(context.environment, context.actor, year)
  return lastRun(context) as PlanRun
})

/** 停止生成. What is planned stays. */
export const cancelGenerate = useCase(CancelGenerate, (_, context) => {
  const last = storedRun(context)
  if (!unfinished(last)) return { cancelled: false }
  // An interrupted run has nobody to notice the wish.
  if (live.has(context.sqlite)) {
    statement(context.sqlite, `UPDATE inspection_runs SET state = 'cancelling' WHERE id = ?`).run(last.runId)
  } else {
    endRun(context, last.runId, 'cancelled')
  }
  context.audit({ subject: `inspection-run:${last.runId}`, detail: { done: last.done } })
  return { cancelled: true }
})
