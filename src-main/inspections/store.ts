/** 安检任务、任务单、记录 as rows: how they are found, and how a task comes onto a list. */
import { eq, sql } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { businessDate, shanghaiDate, startOfDay, type BusinessDate, mondayOf } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { nextNumber } from '../platform/numbers.ts'
import { rowById } from '../platform/rows.ts'
import { certificateProblem } from '../staff/service.ts'
import { firstFitting, firstRequestPart, isRequestPart, leastGap, type Frequency } from './rules.ts'
import type { MostDays } from './schemas.ts'
import { inspectionRounds, inspectionTasks, inspectionVisits } from './tables.ts'

export const TaskNotFound = domainError('TaskNotFound', '没有找到这户的安检任务，请刷新后再试')
export const RoundNotFound = domainError('RoundNotFound', '没有找到这张安检任务单，请刷新后再试')
export const VisitNotFound = domainError('VisitNotFound', '没有找到这次安检记录，请刷新后再试')
export const ResultRefused = domainError('ResultRefused', '这个结果不能登记，请刷新后核对')

export type TaskRecord = typeof inspectionTasks.$inferSelect
export type RoundRecord = typeof inspectionRounds.$inferSelect
export type VisitRecord = typeof inspectionVisits.$inferSelect

/** Most days of each grade, by the settings. */
export const mostDays = ({ settings }: Context): MostDays => ({
  general: settings.get('inspections.maxDaysGeneral'),
  serious: settings.get('inspections.maxDaysSerious'),
  critical: settings.get('inspections.maxDaysCritical'),
})

/** Days between two inspections of an account that both count, for a task. */
export const gapOf = (
  { settings }: Pick<Context, 'settings'>,
  task: Pick<TaskRecord, 'resident' | 'periodFrom' | 'periodTo'>,
): number =>
  leastGap(settings.get(task.resident === 1 ? 'inspections.residentGapDays' : 'inspections.nonResidentGapDays'), {
    from: businessDate(task.periodFrom),
    to: businessDate(task.periodTo),
  })

/** Days of the inspections of an account that count for other periods. */
export const countedDays = ({ sqlite }: Context, accountId: string, except: string): BusinessDate[] =>
  statement<{ on: BusinessDate }>(
    sqlite,
    `SELECT done_on AS [on] FROM inspection_tasks WHERE account_id = ? AND id <> ? AND extra = 0 AND done_on IS NOT NULL`,
  )
    .all(accountId, except)
    .map(({ on }) => on)

/** The first day from `day` on that would count for a task's own period. What is beyond the plan may be on any. */
export const fittingDay = (context: Context, task: TaskRecord, day: BusinessDate): BusinessDate =>
  task.extra === 1 ? day : firstFitting(day, countedDays(context, task.accountId, task.id), gapOf(context, task))

/** A time of day as it is typed on a sheet. */
export const instantOf = (on: BusinessDate, time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return startOfDay(on) + (hour * 60 + minute) * 60_000
}

export const todayOf = ({ clock }: Pick<Context, 'clock'>): BusinessDate => shanghaiDate(clock.now())

export const frequencyOf = ({ settings }: Pick<Context, 'settings'>): Frequency => ({
  residentPerYear: settings.get('inspections.residentPerYear'),
  nonResidentPerQuarter: settings.get('inspections.nonResidentPerQuarter'),
})

/**
 * Whether an account `a` of a customer `c` is inspected as a resident: by the customer and by the price it has. A shop's
 * account does not become a dwelling's because a person holds it, nor the other way round (clause 10(6)).
 */
export const isResidentSql = `(c.category = 'resident'
  AND coalesce((SELECT l.category FROM price_plans l WHERE l.id = a.price_plan_id), 'resident') = 'resident')`

export const isResident = ({ sqlite }: Context, accountId: string): boolean =>
  statement<{ resident: number }>(
    sqlite,
    `SELECT ${isResidentSql} AS resident FROM accounts a JOIN customers c ON c.id = a.customer_id WHERE a.id = ?`,
  ).get(accountId)?.resident === 1

/** @throws TaskNotFound */
export function taskById({ sqlite }: Context, taskId: string): TaskRecord {
  const row = rowById(sqlite, inspectionTasks, taskId)
  if (!row) throw new TaskNotFound()
  return row
}

/** @throws RoundNotFound */
export function roundById({ sqlite }: Context, roundId: string): RoundRecord {
  const row = rowById(sqlite, inspectionRounds, roundId)
  if (!row) throw new RoundNotFound()
  return row
}

/** @throws VisitNotFound */
export function visitById({ sqlite }: Context, visitId: string): VisitRecord {
  const row = rowById(sqlite, inspectionVisits, visitId)
  if (!row) throw new VisitNotFound()
  return row
}

export interface RoundPlace {
  readonly weekOn: BusinessDate
  readonly community: string
  readonly building: string
  /** 1 for residents. */
  readonly resident: number
  readonly part: number
}

/** The list of a place and week, made when there is none yet. */
export function roundAt(context: Context, place: RoundPlace): string {
  const { sqlite, clock } = context
  const found = statement<{ id: string }>(
    sqlite,
    `SELECT id FROM inspection_rounds WHERE week_on = @weekOn AND community = @community AND building = @building
       AND resident = @resident AND part = @part`,
  ).get(place)
  if (found) return found.id
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO inspection_rounds (id, round_no, resident, week_on, community, building, part, created_at)
     VALUES (@id, @roundNo, @resident, @weekOn, @community, @building, @part, @now)`,
  ).run({ ...place, id, roundNo: nextNumber(context, 'inspection-round'), now: clock.now() })
  return id
}

/** A list of its own for one account that is inspected out of turn. */
export function requestRound(context: Context, place: Omit<RoundPlace, 'part'>): string {
  const last = statement<{ part: number | null }>(
    context.sqlite,
    `SELECT max(part) AS part FROM inspection_rounds WHERE week_on = @weekOn AND community = @community
       AND building = @building AND resident = @resident`,
  ).get(place)
  return roundAt(context, { ...place, part: Math.max(firstRequestPart, (last?.part ?? 0) + 1) })
}

/** The list on which a new visit of a task stands; the same inspector goes again, as long as the certificate is good. */
export function revisitRound(context: Context, from: RoundRecord, visitOn: BusinessDate): string {
  const { community, building, resident } = from
  const place = { weekOn: mondayOf(visitOn), community, building, resident }
  const id = isRequestPart(from.part) ? requestRound(context, place) : roundAt(context, { ...place, part: from.part })
  const { assigneeId, assigneeName } = from
  const next = roundById(context, id)
  if (next.assigneeId === null && assigneeId !== null && assigneeName !== null) {
    if (certificateProblem(context, assigneeId, 'inspection') === null) giveRound(context, id, assigneeId, assigneeName)
  }
  return id
}

/** What the company asks on a list beyond the regulation: as it was given out, or as it is now. */
export const ownItemsOf = ({ settings }: Context, { ownItems }: Pick<RoundRecord, 'ownItems'>): string =>
  ownItems ?? settings.get('inspections.ownItems')

export function giveRound(
  { db, clock, actor, settings }: Context,
  roundId: string,
  assigneeId: string,
  assigneeName: string,
): void {
  db.update(inspectionRounds)
    .set({
      ...{ assigneeId, assigneeName, assignedAt: clock.now(), assignedBy: actor.name },
      ownItems: sql`coalesce(${inspectionRounds.ownItems}, ${settings.get('inspections.ownItems')})`,
    })
    .where(eq(inspectionRounds.id, roundId))
    .run()
}

/** The parts of a cursor of this room, joined by line breaks; nulls when there is none. @throws InvalidInput for another */
export function cursorParts(after: string | null, count: number): (string | null)[] {
  if (after === null) return Array.from({ length: count }, () => null)
  const parts = after.split('\n')
  if (parts.length !== count) throw new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })
  return parts
}

/** Cuts the one row too many that told there is a next page. */
export function paged<Row>(rows: readonly Row[], size: number, cursor: (row: Row) => readonly string[]) {
  const kept = rows.slice(0, size)
  const last = kept.at(-1)
  return { rows: kept, next: rows.length > size && last ? cursor(last).join('\n') : null }
}

export const tellChanged = (context: Context): void => context.emit({ event: 'changed', data: { room: 'inspections' } })
