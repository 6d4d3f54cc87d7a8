/**
 * The walk of 生成计划: what is due account by account in walking order, which buildings go to which week, and what of a plan
 * that stands is due no longer. Each step does as much as its slice has time for, and says where it came to.
 */
import { type Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { dateOf, later, type BusinessDate, mondayOf } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { type Slice } from '../platform/run.ts'
import { firstFitting, isRequestPart, partOf, partsFor, spread, weeksOf, type Period } from './rules.ts'
import { gapOf, isResidentSql, roundAt } from './store.ts'

/** Accounts, or inspections, fetched at once: a small part of what a slice has time for. */
export const fetchRows = 50

export interface Run {
  readonly id: string
  readonly year: number
  readonly today: BusinessDate
  /** Periods that are not over, by class: [0] the others, [1] residents. */
  readonly periods: readonly [readonly Period[], readonly Period[]]
}

// Where the walk goes on: the last service point looked at.
export interface Place {
  readonly community: string
  readonly building: string
  readonly unit: string
  readonly room: string
  readonly pointId: string
}
export const start: Place = { community: '', building: '', unit: '', room: '', pointId: '' }

export interface Due extends Place {
  readonly accountId: string
  readonly resident: number
  /** JSON of `PlannedRow`s: what is planned for this account, also of the class it was of before. */
  readonly planned: string
  /** JSON of the days of its inspections that count, since a year before. */
  readonly counted: string
}

/** An account is inspected while gas flows or may flow again: what is 停用, 拆除 or not yet 通气 has none. */
export const gasOn = `p.gas_state IN ('supplied', 'suspended')`

export const dueColumns = `p.community, p.building, p.unit, p.room, p.id AS pointId, a.id AS accountId, ${isResidentSql} AS resident,
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
export function walk(
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
export function filledBy({ planned, resident }: Due): (period: Period) => PlannedRow | undefined {
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
export interface Counted {
  readonly groups: Map<string, Map<string, Group>>
  readonly loads: Map<string, Map<BusinessDate, number>>
}

export function countSlice(run: Run, rows: readonly Due[], { groups, loads }: Counted): void {
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
export function placeGroups(run: Run, { groups, loads }: Counted): void {
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
export function addSlice(
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

export interface StandingPlace {
  readonly to: string
  readonly id: string
}
export const standingStart: StandingPlace = { to: '', id: '' }

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
export function standing(
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

export function drop({ sqlite, clock }: Context, stale: readonly string[]): number {
  const update = statement(sqlite, `UPDATE inspection_tasks SET state = 'dropped', updated_at = ? WHERE id = ?`)
  for (const id of stale) update.run(clock.now(), id)
  return stale.length
}
