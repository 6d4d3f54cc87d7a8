/** 账单: issued from readings, settled by the cash desk, cancelled by the manager. */
export {
  bill as billReadingCall,
  billIfRead,
  billReading,
  BillRefused,
  BillWaits,
  billWithEarlier,
  carryTierUsage,
} from './issue.ts'
export {
  BillNotFound,
  BillSettled,
  openBills,
  openDebts,
  OverBill,
  reckonDebts,
  SettlementNotFound,
  settleBills,
  unsettleBill,
  type OpenBill,
  type OpenDebt,
  type Payment,
  type ReckonedDebt,
} from './settlement.ts'
export { cashDesk, owesOverdueSql, setCashDesk, standingSince, takeSlices } from './cover.ts'
export { adjustBill, AdjustmentChanged, NotAdjustable, previewAdjustment } from './adjustment.ts'
export { AdjustmentCancelled, adjustmentNotice } from './adjustment-notice.ts'
export { BillCancelled, BillNotLast, BillOfEnded, BillPaid, BillReadSince, cancel } from './cancel.ts'
export { reviewSeveral, severalBills, severalSql } from './several.ts'
export { cancelRun, run, runState, RunUnderWay } from './run.ts'
export { bill, bills, billSums, counts } from './lists.ts'
export { linesOf as billLines } from './lines.ts'
export {
  monthIsBilled,
  removeDebtTakenOver,
  takeOverDebt,
  takeOverUsage,
  usageIsKnown,
  volumeSql,
} from './taken-over.ts'
export { billNotice, billNotices, type BillNotice } from './notice.ts'
