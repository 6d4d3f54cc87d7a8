/** 投诉: what other rooms and the windows may use of this room. */
export { take } from './take.ts'
export { assign, classify, close, investigate, name, recordCallback, reopen, reply } from './steps.ts'
export { candidates, people } from './people.ts'
export { counts, detail, list, listSql, ofAccount, pressing, pressingSql, reveal, subjects } from './reads.ts'
export { groupSql, inMonth, inMonthSql, month, monthAnalysis } from './month.ts'
export { complaintMonthPaper, complaintPaper } from './paper.ts'
export {
  callbackBrief,
  checkCallback,
  concealedSql,
  finishedSql,
  involvedIn,
  waitingCallbacksSql,
} from './callbacks.ts'
export { complaintFigures, complaintFigureSql } from './figures.ts'
export { ComplainedOf, ComplaintNotFound, NotInvestigated, NotInvestigator, OwnWork, WrongStep } from './store.ts'
export { complaintMeasures, repliedLate } from './measures.ts'
