/** 工单: what other rooms and the windows may use of this room. */
export { LeaderTold, take, takenDown, tellLeader } from './take.ts'
export {
  answer,
  assign,
  close,
  confirm,
  issue,
  pause,
  recordCallback,
  refer,
  reopen,
  resume,
  resumeJob,
  verify,
  work,
} from './steps.ts'
export { alarms, candidates, counts, detail, list, listSql, ofAccount, ofStaff, reveal } from './reads.ts'
export { orderFigures } from './figures.ts'
export { isWork, orderMeasures } from './measures.ts'
export { callbackBrief, checkCallback, finishedSql, orderBrief, waitingCallbacksSql } from './callbacks.ts'
export { GasOff, LeadersNotTold, OrderNotFound, OrderPaused, OwnWork, workersOf, WrongStep } from './store.ts'
export { workOrderPaper } from './paper.ts'
