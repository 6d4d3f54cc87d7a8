/** 报表: what other rooms and the windows may use of this room. */
export { list, ReportStopped, result, ResultGone, run, stop } from './run.ts'
export { reportPaper, type ReportPaper } from './paper.ts'
export { records } from './records.ts'
export { ReportNotFound, reports } from './registry.ts'
export {
  AlreadySubmitted,
  due,
  dueJob,
  duePeriods,
  NotNewest,
  PeriodNotOver,
  ReportNotSubmitted,
  submission,
  SubmissionNotFound,
  submissions,
  submit,
} from './submit.ts'
