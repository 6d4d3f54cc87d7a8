/** 停气原因: placed by the room that has a reason, lifted by the same, and all of them gone before gas flows again. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import type { SuspensionReason } from '../customers/api.ts'
import { servicePointById, setGasState } from '../customers/service.ts'
import { gravestOf } from './rules.ts'
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
  const off = point.gasState === 'supplied' || point.gasState === 'suspended'
  if (off && reason !== point.suspendedFor) setGasState(context, servicePointId, 'suspended', reason)
}

/**
 * Takes away every standing hold of a subject, on the evidence named in `note`. Supply is not resumed by this: that is a
 * step of its own with its tests (clause 17(2)).
 * @returns the service points that were held by it
 */
export function liftHold(context: Context, subject: string, note: string): string[] {
  const { db, clock, actor } = context
  const lifted = db
    .update(supplyHolds)
    .set({ liftedAt: clock.now(), liftedBy: actor.name, liftedNote: note })
    .where(and(eq(supplyHolds.subject, subject), isNull(supplyHolds.liftedAt)))
    .returning({ servicePointId: supplyHolds.servicePointId })
    .all()
  const points = [...new Set(lifted.map(({ servicePointId }) => servicePointId))]
  for (const servicePointId of points) {
    const left = gravestOf(holdsOn(context, servicePointId).map(({ cause }) => cause))
    const point = servicePointById(context, servicePointId)
    if (left !== null && point.gasState === 'suspended' && left !== point.suspendedFor) {
      setGasState(context, servicePointId, 'suspended', left)
    }
  }
  return points
}
