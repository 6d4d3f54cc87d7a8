/** 安检与隐患: what other rooms and the windows may use of this room. */
export { cancelGenerate, generate, openOfClass, PlanUnderWay, replanAccount } from './plan.ts'
export { standingSql, walkSql } from './plan-walk.ts'
export { planJob } from './plan-job.ts'
export { RequestRefused, requestInspection, withdrawRequest } from './request.ts'
export { arrange, assign, record, voidVisit } from './record.ts'
export {
  attachPhoto,
  closeHazard,
  deliver,
  measure,
  mend,
  regrade,
  recordCallback,
  reinspect,
  report,
  stay,
  withdraw,
} from './hazards.ts'
export {
  counts,
  countsSql,
  inHandSql,
  inspectionCounts,
  inspectors,
  ofAccount,
  ofAccountSql,
  plan,
  progressSql,
  round,
  rounds,
  roundsSql,
  sheetSql,
  tasks,
  tasksSql,
  visits,
  visitsSql,
} from './reads.ts'
export {
  countHazards,
  hazard,
  hazardCounts,
  hazardList,
  hazardsOfAccount,
  hazardsSql,
  ofAccountHazardsSql,
  openHazardsOf,
} from './hazard-reads.ts'
export {
  checkCallback,
  hazardBrief,
  hazardInspectors,
  hazardsFinishedSql,
  inspectionBrief,
  inspectionsFinishedSql,
  inspectorOf,
  visitAccount,
  waitingCallbacksSql,
} from './callbacks.ts'
export { hazardFree, inspectionFigures, inspectionFigureSql } from './figures.ts'
export { ageBands } from './rules.ts'
export { inspectionStatistics, statistics, statisticsSql } from './statistics.ts'
export { absenceCards, rectificationNotice, roundPaper } from './papers.ts'
export { frequencyOf, RoundNotFound, ResultRefused, TaskNotFound, VisitNotFound } from './store.ts'
export {
  GradeRefused,
  HazardNotFound,
  NoticeNotDelivered,
  OwnInspection,
  ReleasedTooEarly,
  StillStaying,
  WrongHazardStep,
} from './hazard-store.ts'
export { hazardMeasures, taskMeasures } from './measures.ts'
