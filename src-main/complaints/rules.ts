/** 投诉: the 48 hours and how they were kept (clause 20). Pure. Instants are epoch milliseconds. */

export const hourMs = 3_600_000

/** Until when the customer must be answered: 48 hours from the intake, or from the reopening (clause 20(1)). */
export const replyBy = (from: number, replyHours: number): number => from + replyHours * hourMs

/** Whole percent, rounded half up; null of nothing. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((part * 200 + whole) / (2 * whole))
