/** 停气原因: placed by the room that has a reason, lifted by the same, and all of them gone before gas flows again. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import type { SuspensionReason } from '../customers/api.ts'
import { servicePointById, setGasState } from '../customers/service.ts'
import { gravestOf, neverBack, waitsForGas } from './rules.ts'
import { supplyHolds } from './tables.ts'

export type Hold = typeof supplyHolds.$inferSelect

/** What keeps gas off at a service point now, first first. */
export const holdsOn = ({ db }: Context, servicePointId: string): Hold[] =>
  db
    .select()
    .from(supplyHolds)
    .where(and(eq(supplyHolds.servicePointId, servicePointId), isNull(supplyHolds.liftedAt)))
    .orderBy(asc(supplyHolds.placedAt), asc(supplyHolds.id))
    .all()

export interface HoldPlaced {
  readonly servicePointId: string
  readonly cause: SuspensionReason
  /** `entity:id` of the record behind it; the same subject holds a point once at a time. */
  readonly subject: string
  readonly note: string
}

/**
 * 停气: gas stays off at this service point until the subject's hold is lifted and supply resumed. The point is suspended
 * at once where gas flows; a point that is not supplied keeps its state, and the hold blocks first gas or resumption.
 * A subject that holds the point already changes nothing.
 * @throws ServicePointNotFound
 */
export function placeHold(context: Context, { servicePointId, cause, subject, note }: HoldPlaced): void {
  const { db, clock, actor } = context
  const point = servicePointById(context, servicePointId)
  const standing = holdsOn(context, servicePointId)
  if (standing.some((hold) => hold.subject === subject)) return
  db.insert(supplyHolds)
    .values({ id: newId(clock), servicePointId, cause, subject, note, placedAt: clock.now(), placedBy: actor.name })
    .run()
  const reason = gravestOf([...standing.map((hold) => hold.cause), cause])
  statement(context.sqlite, 'DELETE FROM supply_awaiting WHERE service_point_id = ?').run(servicePointId)
  const off = point.gasState === 'supplied' || point.gasState === 'suspended'
  if (off && reason !== point.suspendedFor) setGasState(context, servicePointId, 'suspended', reason)
}

/** Every hold of a subject, however many. */
const all = -1

const takenOver = (servicePointId: string): string => `taken-over:${servicePointId}`

/**
 * 由旧系统转入的隐患停气: the point came in suspended for a hazard nobody here has on record. It stays off until a certified
 * inspector finds the installation in order (clause 19(3)).
 */
export const takeOverHazard = (context: Context, servicePointId: string): void =>
  placeHold(context, {
    servicePointId,
    cause: 'hazard',
    subject: takenOver(servicePointId),
    note: '由旧系统转入的隐患停气，安检合格后方可恢复',
  })

/** The installation was found in order. @returns whether gas was held off for what was taken over */
export const liftTakenOver = (context: Context, servicePointId: string, note: string): boolean =>
  liftHold(context, takenOver(servicePointId), note).length > 0

/** When the hold of what was taken over was placed, epoch ms; null where there was none, or where it still stands. */
export const takenOverLifted = ({ sqlite }: Context, servicePointId: string): number | null =>
  statement<{ since: number | null; standing: number }>(
    sqlite,
    'SELECT max(placed_at) AS since, count(*) FILTER (WHERE lifted_at IS NULL) AS standing FROM supply_holds WHERE service_point_id = ? AND subject = ?',
  )
    .all(servicePointId, takenOver(servicePointId))
    .find(({ standing }) => standing === 0)?.since ?? null

/** Undoing an import takes back what it brought, as long as nobody has lifted it. */
export const removeHazardTakenOver = ({ sqlite }: Context, servicePointId: string): void =>
  void statement(sqlite, 'DELETE FROM supply_holds WHERE subject = ?').run(takenOver(servicePointId))

/**
 * Takes away every standing hold of a subject, on the evidence named in `note`. Supply is not resumed by this: that is a
 * step of its own with its tests (clause 17(2)). A point that nothing holds any more waits for it (待恢复).
 * @returns the service points that were held by it
 */
export function liftHold(context: Context, subject: string, note: string): string[] {
  const points = heldPoints(context, subject, all)
  for (const point of points) liftFrom(context, point, subject, note)
  return points
}

/** Whether a subject has a hold, standing or lifted, of which this SQL over `supply_holds h` is true. */
const hasHold = ({ sqlite }: Context, subject: string, such: string): boolean =>
  statement(sqlite, `SELECT 1 FROM supply_holds h WHERE h.subject = ? AND ${such} LIMIT 1`).get(subject) !== undefined

/** Whether gas that a subject held off is off for it still, or waits for nothing but its test and check. */
export const waitsFor = (context: Context, subject: string): boolean => hasHold(context, subject, waitsForGas)

/** Whether gas that a subject held off has not flowed since, whatever else holds it. */
export const offSince = (context: Context, subject: string): boolean => hasHold(context, subject, neverBack)

/** The next service points that a subject holds, by their ids: an interruption of thousands is ended in slices. */
export const heldPoints = ({ sqlite }: Context, subject: string, limit: number): string[] =>
  statement<{ servicePointId: string }>(
    sqlite,
    `SELECT service_point_id AS servicePointId FROM supply_holds INDEXED BY supply_holds_subject_standing
     WHERE subject = ? AND lifted_at IS NULL ORDER BY service_point_id LIMIT ?`,
  )
    .all(subject, limit)
    .map(({ servicePointId }) => servicePointId)

/** The same for one service point, which the subject holds. */
export function liftFrom(context: Context, servicePointId: string, subject: string, note: string): void {
  const { sqlite, clock, actor } = context
  const { cause } = statement<{ cause: SuspensionReason }>(
    sqlite,
    `UPDATE supply_holds SET lifted_at = ?, lifted_by = ?, lifted_note = ?
     WHERE service_point_id = ? AND subject = ? AND lifted_at IS NULL RETURNING cause`,
  ).get(clock.now(), actor.name, note, servicePointId, subject) as { cause: SuspensionReason }
  afterLifting(context, servicePointId, cause, subject)
}

/** Says what holds the point now, or lets it wait for resumption when nothing does. */
function afterLifting(context: Context, servicePointId: string, cause: SuspensionReason, subject: string): void {
  const point = servicePointById(context, servicePointId)
  if (point.gasState !== 'suspended') return
  const left = gravestOf(holdsOn(context, servicePointId).map((hold) => hold.cause))
  if (left === null) return waitForGas(context, servicePointId, cause, subject, context.clock.now())
  if (left !== point.suspendedFor) setGasState(context, servicePointId, 'suspended', left)
}

const hourMs = 3_600_000

/** Puts a point on 待恢复. @param since when its last hold went, epoch ms: the time to give gas back counts from then */
export function waitForGas(
  { sqlite, settings }: Context,
  servicePointId: string,
  cause: SuspensionReason,
  subject: string,
  since: number,
): void {
  statement(
    sqlite,
    `INSERT INTO supply_awaiting (service_point_id, since, due_at, cause, subject) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (service_point_id) DO UPDATE SET since = excluded.since, due_at = excluded.due_at,
       cause = excluded.cause, subject = excluded.subject`,
  ).run(servicePointId, since, since + settings.get('supply.resumeHours') * hourMs, cause, subject)
}
