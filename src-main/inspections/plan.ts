/**
 * 生成计划, in slices: drops what is no longer due, counts what is missing building by building, spreads the buildings over
 * the weeks, and adds what is missing. Each slice is one short transaction; an interrupted or cancelled run leaves its part,
 * and the next one does what is left, nothing twice (an account has one inspection for each period).
 */
import { activeAccounts } from '../customers/service.ts'
import { systemActor, type Actor, type Context } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { dateOf, later, type BusinessDate, mondayOf } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { inSlices, type Slice } from '../platform/run.ts'
import { inTransaction, task, useCase, type Environment } from '../platform/use-case.ts'
import { CancelGenerate, Generate, type PlanRun } from './api.ts'
import {
  firstFitting,
  isRequestPart,
  partOf,
  partsFor,
  periodsOf,
  spread,
  weeksOf,
  yearOf,
  type Period,
} from './rules.ts'
import { frequencyOf, gapOf, isResident, isResidentSql, roundAt, tellChanged, todayOf } from './store.ts'

export const PlanUnderWay = domainError('PlanUnderWay', '正在生成计划，请等待完成或先停止')

/** Accounts, or inspections, fetched at once: a small part of what a slice has time for. */
export const fetchRows = 50
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

interface Run {
  readonly id: string
  readonly year: number
  readonly today: BusinessDate
  /** Periods that are not over, by class: [0] the others, [1] residents. */
  readonly periods: readonly [readonly Period[], readonly Period[]]
}

// Where the walk goes on: the last service point looked at.
interface Place {
  readonly community: string
  readonly building: string
  readonly unit: string
  readonly room: string
  readonly pointId: string
}
const start: Place = { community: '', building: '', unit: '', room: '', pointId: '' }

interface Due extends Place {
  readonly accountId: string
  readonly resident: number
  /** JSON of `PlannedRow`s: what is planned for this account, also of the class it was of before. */
  readonly planned: string
  /** JSON of the days of its inspections that count, since a year before. */
  readonly counted: string
}

/** An account is inspected while gas flows or may flow again: what is 停用, 拆除 or not yet 通气 has none. */
const gasOn = `p.gas_state IN ('supplied', 'suspended')`

const dueColumns = `p.community, p.building, p.unit, p.room, p.id AS pointId, a.id AS accountId, ${isResidentSql} AS resident,
    (SELECT json_group_array(json_array(t.slot, t.resident, t.done_on, r.week_on, r.part)) FROM inspection_tasks t
       JOIN inspection_rounds r ON r.id = t.round_id
       WHERE t.account_id = a.id AND t.year = @year AND t.extra = 0 AND t.state <> 'dropped') AS planned,
    (SELECT json_group_array(t.done_on) FROM inspection_tasks t
       WHERE t.account_id = a.id AND t.year >= @year - 1 AND t.extra = 0 AND t.done_on IS NOT NULL) AS counted`

/** Accounts in walking order; also for the test of its plan. */
export const walkSql = `
  SELECT ${dueColumns}
  FROM service_points p
    CROSS JOIN accounts a ON a.service_point_id = p.id AND a.state = 'active'
    CROSS JOIN customers c ON c.id = a.customer_id
  WHERE (p.community, p.building, p.unit, p.room, p.id) > (@community, @building, @unit, @room, @pointId) AND ${gasOn}
  ORDER BY p.community, p.building, p.unit, p.room, p.id LIMIT @limit`

/** Goes on along the walk as long as the slice has time. @returns the place it came to, or null at its end */
function walk(
  { sqlite }: Pick<Context, 'sqlite'>,
  year: number,
  from: Place,
  slice: Slice,
  each: (rows: readonly Due[]) => void,
): Place | null {
  const next = statement<Due>(sqlite, walkSql)
  for (let place = from; ;) {
    const rows = next.all({ ...place, year, limit: fetchRows })
    each(rows)
    const last = rows.at(-1)
    if (rows.length < fetchRows || !last) return null
    if (slice.over) return last
    place = last
  }
}

type PlannedRow = [slot: number, resident: number, doneOn: BusinessDate | null, weekOn: BusinessDate, part: number]

/**
 * What fills a period of an account: its inspection, or, where the account was of another class before, one that was done
 * on a day of this period.
 */
function filledBy({ planned, resident }: Due): (period: Period) => PlannedRow | undefined {
  const found = JSON.parse(planned) as PlannedRow[]
  return ({ slot, from, to }) =>
    found.find(([one, ofClass, doneOn]) =>
      ofClass === resident ? one === slot : doneOn !== null && from <= doneOn && doneOn <= to,
    )
}

/** One building in one period: how many inspections are missing, and where they go. */
interface Group {
  size: number
  /** Week and part of the last list the building has in this period, when it has one. */
  last: { weekOn: BusinessDate; part: number } | null
  /** A week for each part, once spread. */
  weeks: BusinessDate[]
  firstPart: number
  placed: number
}

const classKey = (resident: number, slot: number) => `${resident}/${slot}`
const groupKey = ({ resident, community, building }: Due, slot: number) =>
  `${classKey(resident, slot)}/${community}/${building}`

/** Groups by class and period in walking order, and how many accounts each week has already. */
interface Counted {
  readonly groups: Map<string, Map<string, Group>>
  readonly loads: Map<string, Map<BusinessDate, number>>
}

function countSlice(run: Run, rows: readonly Due[], { groups, loads }: Counted): void {
  for (const row of rows) {
    const fills = filledBy(row)
    for (const period of run.periods[row.resident ? 1 : 0]) {
      const { slot } = period
      const ofClass = groups.get(classKey(row.resident, slot)) ?? new Map<string, Group>()
      groups.set(classKey(row.resident, slot), ofClass)
      const group: Group = ofClass.get(groupKey(row, slot)) ?? {
        size: 0,
        last: null,
        weeks: [],
        firstPart: 0,
        placed: 0,
      }
      ofClass.set(groupKey(row, slot), group)
      const found = fills(period)
      if (!found) {
        group.size += 1
        continue
      }
      const [, formerly, , weekOn, part] = found
      if (formerly !== row.resident) continue
      const week = mondayOf(weekOn)
      const load = loads.get(classKey(row.resident, slot)) ?? new Map<BusinessDate, number>()
      loads.set(classKey(row.resident, slot), load.set(week, (load.get(week) ?? 0) + 1))
      if (isRequestPart(part)) continue
      if (group.last === null || weekOn > group.last.weekOn) group.last = { weekOn, part }
    }
  }
}

/** A building that has a list still to come gets its newcomers on it; the others are spread over what is left. */
function placeGroups(run: Run, { groups, loads }: Counted): void {
  for (const resident of [0, 1] as const) {
    for (const period of run.periods[resident]) {
      const key = classKey(resident, period.slot)
      const weeks = weeksOf(period, run.today)
      const load = weeks.map((week) => loads.get(key)?.get(mondayOf(week)) ?? 0)
      const parts: { group: Group; size: number }[] = []
      for (const group of groups.get(key)?.values() ?? []) {
        if (group.size === 0) continue
        const { last } = group
        if (last !== null && last.weekOn >= (weeks[0] ?? period.to)) {
          Object.assign(group, { weeks: [last.weekOn], firstPart: last.part })
          continue
        }
        group.firstPart = last === null ? 0 : last.part + 1
        const count = partsFor(group.size)
        for (let part = 0; part < count; part++) parts.push({ group, size: group.size / count })
      }
      spread(
        parts.map(({ size }) => size),
        load,
      ).forEach((week, i) => parts[i]?.group.weeks.push(weeks[week] ?? period.to))
    }
  }
}

// All of a slice in one statement: that takes half as long as a statement for each. @tasks: JSON rows in this order.
const addSql = `INSERT INTO inspection_tasks
    (id, round_id, account_id, slot, resident, period_from, period_to, visit_on, year, state, absences, updated_at)
  SELECT t.value ->> 0, t.value ->> 1, t.value ->> 2, t.value ->> 3, t.value ->> 4, t.value ->> 5, t.value ->> 6,
    t.value ->> 7, @year, 'planned', 0, @now
  FROM json_each(@tasks) t WHERE true
  ON CONFLICT (account_id, year, resident, slot) DO UPDATE SET round_id = excluded.round_id,
    period_from = excluded.period_from, period_to = excluded.period_to, visit_on = excluded.visit_on,
    state = 'planned', absences = 0, updated_at = excluded.updated_at WHERE state = 'dropped'`

/** Adds what is missing for these accounts. @returns how many */
function addSlice(
  context: Context,
  run: Run,
  rows: readonly Due[],
  { groups }: Counted,
  rounds: Map<string, string>,
): number {
  const { sqlite, clock } = context
  const tasks: (string | number)[][] = []
  for (const row of rows) {
    const fills = filledBy(row)
    for (const period of run.periods[row.resident ? 1 : 0]) {
      const { slot, from, to } = period
      if (fills(period)) continue
      const group = groups.get(classKey(row.resident, slot))?.get(groupKey(row, slot))
      // An account opened while the run counts waits for the next one.
      if (!group || group.weeks.length === 0) continue
      const part = group.weeks.length === 1 ? 0 : partOf(group.placed, group.size)
      group.placed += 1
      const ofGroup = group.weeks[part] ?? group.weeks.at(-1) ?? from
      // Too near to one that counts, it is not walked with its neighbours (clause 10(6)).
      const gap = gapOf(context, { resident: row.resident, periodFrom: from, periodTo: to })
      const visitOn = firstFitting(ofGroup, JSON.parse(row.counted) as BusinessDate[], gap)
      const weekOn = visitOn === ofGroup ? ofGroup : later(mondayOf(visitOn), from)
      const { community, building, resident } = row
      const place = { weekOn, community, building, resident, part: group.firstPart + part }
      const key = Object.values(place).join('/')
      const roundId = rounds.get(key) ?? roundAt(context, place)
      rounds.set(key, roundId)
      tasks.push([newId(clock), roundId, row.accountId, slot, resident, from, to, visitOn])
    }
  }
  if (tasks.length > 0) {
    statement(sqlite, addSql).run({ tasks: JSON.stringify(tasks), year: run.year, now: clock.now() })
  }
  return tasks.length
}

interface Standing {
  readonly id: string
  readonly periodTo: BusinessDate
  readonly year: number
  readonly slot: number
  readonly resident: number
  readonly periodFrom: BusinessDate
  readonly due: number
  readonly residentNow: number
  readonly extra: number
}

/** What is still to be visited, by period; also for the test of its plan. */
export const standingSql = `
  SELECT t.id, t.period_to AS periodTo, t.period_from AS periodFrom, t.year, t.slot, t.resident, t.extra,
    a.state = 'active' AND ${gasOn} AS due, ${isResidentSql} AS residentNow
  FROM inspection_tasks t CROSS JOIN accounts a ON a.id = t.account_id
    CROSS JOIN service_points p ON p.id = a.service_point_id CROSS JOIN customers c ON c.id = a.customer_id
  WHERE t.state IN ('planned', 'refused') AND (t.period_to, t.id) > (@to, @id) AND t.period_to <= @yearEnd
  ORDER BY t.period_to, t.id LIMIT ${fetchRows}`

interface StandingPlace {
  readonly to: string
  readonly id: string
}
const standingStart: StandingPlace = { to: '', id: '' }

/** What is no longer due: accounts that closed or changed class, periods that the settings cut otherwise now. */
function staleAfter(
  { sqlite }: Pick<Context, 'sqlite'>,
  run: Pick<Run, 'year' | 'today' | 'periods'>,
  after: StandingPlace,
): { stale: string[]; next: StandingPlace | null } {
  const rows = statement<Standing>(sqlite, standingSql).all({ ...after, yearEnd: dateOf(run.year, 12, 31) })
  const stale: string[] = []
  for (const { id, due, extra, resident, residentNow, year, slot, periodFrom, periodTo } of rows) {
    const wanted = run.periods[residentNow ? 1 : 0].some(
      (period) => period.slot === slot && period.from === periodFrom && period.to === periodTo,
    )
    // What is overdue, of another year's plan or beyond the plan, stays due as long as the account is.
    const judged = year === run.year && periodTo >= run.today && extra === 0
    if (due === 1 && (!judged || (resident === residentNow && wanted))) continue
    stale.push(id)
  }
  const last = rows.at(-1)
  return { stale, next: rows.length === fetchRows && last ? { to: last.periodTo, id: last.id } : null }
}

/** What is stale from here on, as far as the slice has time. @returns the place it came to, or null at the end */
function standing(
  context: Pick<Context, 'sqlite'>,
  run: Pick<Run, 'year' | 'today' | 'periods'>,
  from: StandingPlace,
  slice: Slice,
  each: (stale: readonly string[]) => void,
): StandingPlace | null {
  for (let after: StandingPlace | null = from; after !== null;) {
    const { stale, next }: ReturnType<typeof staleAfter> = staleAfter(context, run, after)
    each(stale)
    if (next !== null && slice.over) return next
    after = next
  }
  return null
}

function drop({ sqlite, clock }: Context, stale: readonly string[]): number {
  const update = statement(sqlite, `UPDATE inspection_tasks SET state = 'dropped', updated_at = ? WHERE id = ?`)
  for (const id of stale) update.run(clock.now(), id)
  return stale.length
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
