/**
 * The plan kept and hazards mended in time (clauses 10(6), 19): the one definition that scorecard and report share.
 * SQL over `inspection_tasks t` and `hazards h`; `@today` and `@weekAgo` are dates.
 */
export const taskMeasures = {
  /** A task that was dropped (销户、停用) is no duty any more, and one beyond the plan (临时安检) never was one. */
  duty: `t.state <> 'dropped' AND t.extra = 0`,
  /** The day it counts on: as arranged, but never past its period, whenever somebody was told to go instead. */
  day: 'CASE WHEN t.visit_on < t.period_to THEN t.visit_on ELSE t.period_to END',
  /** A week may be walked in any order: a visit is late once its week, or its period, is over. */
  due: '(t.done_on IS NOT NULL OR t.visit_on <= @weekAgo OR t.period_to < @today)',
  inTime: '(t.done_on IS NOT NULL AND t.done_on <= t.period_to)',
} as const

export const hazardMeasures = {
  /** A deadline that was moved after a failed re-inspection moves nothing here. */
  due: `(h.passed_on IS NOT NULL OR h.first_deadline < @today AND h.state <> 'withdrawn')`,
  inTime: '(h.passed_on IS NOT NULL AND h.passed_on <= h.first_deadline)',
} as const
