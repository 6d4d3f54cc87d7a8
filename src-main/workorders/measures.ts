/**
 * 6 h and 24 h of clause 18(3): which orders are judged, and which were in time. The one definition that scorecard and
 * report share. SQL over `workorders o`; `@now` is the instant of judging, epoch ms.
 */

/**
 * Where an order's clock stands: at the pause while it is paused, at the referral once it was sent elsewhere undone, else
 * now. Time that ran out before then stays run out: neither a pause nor a referral mends what was late already.
 */
const clockAt = `CASE WHEN o.paused_at IS NOT NULL THEN o.paused_at
  WHEN o.state IN ('referred', 'called-back', 'closed') THEN
    coalesce((SELECT max(s.at) FROM workorder_steps s WHERE s.order_id = o.id AND s.kind = 'refer'), @now)
  ELSE @now END`

/** A question is answered at the desk and has no timers. */
export const isWork = `o.kind <> 'consultation'`

/** Done, or its time is up; an order that was neither done nor is late yet says nothing. */
const judged = (doneAt: string, by: string) => `(${isWork} AND (o.${doneAt} IS NOT NULL OR o.${by} < ${clockAt}))`
const inTime = (doneAt: string, by: string) => `(${isWork} AND o.${doneAt} IS NOT NULL AND o.${doneAt} <= o.${by})`

export const orderMeasures = {
  handleDue: judged('handled_at', 'handle_by'),
  handledInTime: inTime('handled_at', 'handle_by'),
  repairDue: judged('repaired_at', 'repair_by'),
  repairedInTime: inTime('repaired_at', 'repair_by'),
} as const
