/**
 * 6 h and 24 h of clause 18(3): which orders are judged, and which were in time. The one definition that scorecard and
 * report share. SQL over `workorders o`; `@now` is the instant of judging, epoch ms.
 */

/** Where the clock of an order that goes on stands: at its pause, past the time it was paused until it runs on, else now. */
export const clockOfPause =
  'CASE WHEN o.paused_at IS NULL THEN @now ELSE o.paused_at + max(0, @now - o.paused_until) END'

/**
 * Where an order's clock stands: at the pause while it is paused (past the time it was paused until, it runs on), at the
 * referral once another has agreed that it goes elsewhere undone, else now. Time that ran out before then stays run out: neither a pause nor a referral mends what was late already.
 */
const clockAt = `CASE WHEN o.paused_at IS NOT NULL THEN ${clockOfPause}
  WHEN o.state IN ('referred', 'called-back', 'closed') THEN
    coalesce((SELECT max(s.at) FROM workorder_steps s WHERE s.order_id = o.id AND s.kind = 'refer'), @now)
  ELSE @now END`

/** A question is answered at the desk and has no timers. */
export const isWork = `o.kind <> 'consultation'`

type Done = 'dispatched' | 'arrived' | 'handled' | 'repaired'
/** 险情 have minutes besides (clauses 5(6), 10(5)). */
const isHazard = 'o.urgent = 1'

/** Done, or its time is up, in this round or one before; an order that was neither done nor is late yet says nothing. */
const judged = (done: Done, by: string, of = isWork) =>
  `(${of} AND (o.${done}_late = 1 OR o.${done}_at IS NOT NULL OR o.${by} < ${clockAt}))`
/** In every round. */
const inTime = (done: Done, by: string, of = isWork) =>
  `(${of} AND o.${done}_late = 0 AND o.${done}_at IS NOT NULL AND o.${done}_at <= o.${by})`

export const orderMeasures = {
  dispatchDue: judged('dispatched', 'dispatch_by', isHazard),
  dispatchedInTime: inTime('dispatched', 'dispatch_by', isHazard),
  arriveDue: judged('arrived', 'arrive_by', isHazard),
  arrivedInTime: inTime('arrived', 'arrive_by', isHazard),
  handleDue: judged('handled', 'handle_by'),
  handledInTime: inTime('handled', 'handle_by'),
  repairDue: judged('repaired', 'repair_by'),
  repairedInTime: inTime('repaired', 'repair_by'),
} as const

/** Of one order: what the rounds so far have been late with, to be kept when another begins. */
export const lateSoFarSql = `SELECT
    ${orderMeasures.dispatchDue} AND NOT ${orderMeasures.dispatchedInTime} AS dispatchedLate,
    ${orderMeasures.arriveDue} AND NOT ${orderMeasures.arrivedInTime} AS arrivedLate,
    ${orderMeasures.handleDue} AND NOT ${orderMeasures.handledInTime} AS handledLate,
    ${orderMeasures.repairDue} AND NOT ${orderMeasures.repairedInTime} AS repairedLate
  FROM workorders o WHERE o.id = @id`
