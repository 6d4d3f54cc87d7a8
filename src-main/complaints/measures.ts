/**
 * 48 h of clause 20(1): the one definition that scorecard, report and month share. Each round has its own, from the intake
 * or the reopening; in time is whoever was answered in time in every one. SQL over `complaints c`, `@now` epoch ms.
 */
const late = '(c.replied_late = 1 OR coalesce(c.replied_at, @now) > c.reply_by)'

export const complaintMeasures = {
  /** Answered, or its time is up; a round that still runs says nothing. */
  replyDue: `(c.replied_at IS NOT NULL OR ${late})`,
  repliedInTime: `(c.replied_at IS NOT NULL AND NOT ${late})`,
  open: `(c.state <> 'closed')`,
} as const
/** Judged and not in time; not judged yet. */
export const repliedLate = late
export const replyPending = `(NOT ${complaintMeasures.replyDue})`
