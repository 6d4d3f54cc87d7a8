/** 供气: what other rooms and the windows may use of this room. */
export { holdsOn, liftHold, placeHold, type Hold, type HoldPlaced } from './holds.ts'
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
  exchangeMeter,
  reactivate,
  removeProcessMeter,
  signExchange,
  testProcessTightness,
} from './account-field.ts'
export { draftTransferContracts, nameHolder, transfer } from './account-transfer.ts'
export { accountBusiness, estimateMakeUp, process, processCounts, processes } from './account-reads.ts'
export { ProcessNotFound } from './account-store.ts'
export { processPaper, settlementPaper } from './account-papers.ts'
