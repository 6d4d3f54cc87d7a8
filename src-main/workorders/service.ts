/** 工单: what other rooms and the windows may use of this room. */
export { LeaderTold, take, tellLeader } from './take.ts'
export { answer, assign, callBack, close, issue, pause, refer, reopen, resume, verify, work } from './steps.ts'
export { alarms, candidates, counts, detail, list, listSql, ofAccount, openOrderNos } from './reads.ts'
export { LeadersNotTold, OrderNotFound, OrderPaused, OwnWork, WrongStep } from './store.ts'
