/** 回访与关闭: what other rooms and the windows may use of this room. */
export { call } from './call.ts'
export { calls, callsSql, counts, countSql, due, item, reveal, waitingParts, waitingSql } from './due.ts'
export { assign, candidates, checkDraw, draw, draws, drawsSql, preview } from './draw.ts'
export { drawJob } from './draw-job.ts'
export { finished, finishedSql, ratios, ratioSql, ratiosOf } from './ratios.ts'
export { callbackFigures, callbackFigureSql } from './figures.ts'
export { finishedNowSql, sources } from './sources.ts'
export { ratioOf as targetFor, scriptOf as scriptFor } from './store.ts'
export {
  CallbackDone,
  CallbackNotFound,
  DrawnAlready,
  DrawNotFound,
  NotSampled,
  NotYours,
  OwnWork,
  PeriodNotOver,
} from './store.ts'
