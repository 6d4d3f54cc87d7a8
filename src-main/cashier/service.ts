/** 收费: shifts, payments, reversals and the day close. Each part of the room stands in a file of its own. */
export { closeDay, closeDraft, countCash, dayCloses, explainOverShort } from './close.ts'
export * from './errors.ts'
export { cashFigures } from './figures.ts'
export { payments, paymentSums, receiptsOf } from './lists.ts'
export { dayReport, depositSlip, PaperNotFound, receiptData, takenBy } from './papers.ts'
export type { DayReport, DepositSlip, ReceiptData } from './papers.ts'
export { payFromPrepayment } from './offset.ts'
export { collect, dues, prepay, refund } from './payments.ts'
export { reverse } from './reversal.ts'
export { closeShift, endShiftOf, handOver, openShift, openShifts, shiftState } from './shifts.ts'
export { reconcile, settleDifference, settleElsewhere } from './differences.ts'
export {
  awaitedStatements,
  declareNoStatement,
  deferStatements,
  importStatement,
  mapStatement,
  removeStatement,
} from './statements.ts'
export { findByCode, till } from './till.ts'
