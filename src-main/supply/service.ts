/** 供气: what other rooms and the windows may use of this room. */
export {
  holdsOn,
  liftHold,
  liftTakenOver,
  offSince,
  placeHold,
  removeHazardTakenOver,
  takenOverLifted,
  takeOverHazard,
  waitsFor,
  type Hold,
  type HoldPlaced,
} from './holds.ts'
export {
  amendInterruption,
  BuildingNotFound,
  callCare,
  CareNotFound,
  notifyInterruption,
  notifyOfInterruption,
  overrideCare,
  planInterruption,
  planNewInterruption,
  postNotice,
  postNoticeAt,
} from './interruptions.ts'
export { emergencyRuns } from './emergency-ground.ts'
export { cancelInterruption, delayInterruption } from './interruption-changes.ts'
export { endInterruption, InterruptionBusy, startInterruption } from './interruption-run.ts'
export { InterruptionNotFound } from './interruption-store.ts'
export {
  affected,
  interruptionDetail,
  interruptions,
  interruptionsSql,
  postingPhoto,
  previewScope,
  suggestScope,
} from './interruption-reads.ts'
export { affectedSql, buildingsSql, suggestSql } from './scope.ts'
export { demandFor, obstaclesNow, resumeBuilding, resumeSupply } from './resumption.ts'
export { awaiting, awaitingBuilding, awaitingSql, buildingSql, supplyOfAccount } from './resumption-reads.ts'
export { announceSuspension, cancelDunning, deliverDunning, issueDunnings, suspendForArrears } from './dunnings.ts'
export { callDebtor, debtCalls } from './dunning-calls.ts'
export { debtorCount, debtors, debtorsSql, dunnings, dunningsOfAccount, dunningsSql } from './debtors.ts'
export { DunningNotFound, outOfStepSql } from './dunning-store.ts'
export { followPayments, livingSql, supplyFigures, supplyJob, supplyOverview, takeBackSql } from './overview.ts'
export {
  cancellationDoors,
  cancellationSlips,
  customerNotices,
  delayDoors,
  delaySlips,
  doorNotices,
  dunningNotices,
  resumptionDoors,
  resumptionNotices,
  suspensionNotices,
  type SheetPaper,
} from './papers.ts'
export {
  cancelProcess,
  choosePrepayment,
  startProcess,
  takeFinalReading,
  takeOverProcess,
} from './account-processes.ts'
export {
  checkProcessSafety,
  closeAccount,
  deactivate,
  dismantle,
  reactivate,
  removeProcessMeter,
  testProcessTightness,
} from './account-field.ts'
export { addMeter, detachMeter, exchangeMeter, signExchange, signMeterChange } from './account-meters.ts'
export { approveAbsence, draftTransferContracts, nameHolder, reportAbsence, transfer } from './account-transfer.ts'
export { approveClosing, keepDebt, seePlace } from './account-ways-out.ts'
export { accountBusiness, estimateMakeUp, process, processCounts, processes, reveal } from './account-reads.ts'
export { ProcessNotFound } from './account-store.ts'
export { callbackBrief, finishedSql, ResumptionNotFound, resumptionAccount, testerOf } from './callbacks.ts'
export { carried, carriedState, declareOff, liftCarried, reenterCarried } from './carried.ts'
export { processPaper } from './account-papers.ts'
export { settlementPaper } from './settlement-paper.ts'
