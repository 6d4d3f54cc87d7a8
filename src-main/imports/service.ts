/** 数据导入: what other rooms and the windows may use of this room. */
export { begin, inspect, sources, suggestMapping } from './begin.ts'
export { check, discard, stop } from './check.ts'
export { commit } from './commit.ts'
export { undo, undoObstacles } from './undo.ts'
export { clearSentJob, finishJob } from './finish.ts'
export { addresses, sayCommunity, sayPlace } from './addresses.ts'
export { detail, list, open, problems, reveal } from './reads.ts'
export { exportProblems } from './export.ts'
export { closeWindow, openWindow, unfiled, window, windowIsOpen } from './window.ts'
export { importReport } from './report.ts'
export { FileRefused } from '../platform/sheets/limits.ts'
export {
  CounterOpen,
  FileChanged,
  FileImported,
  ImportBusy,
  ImportHasMistakes,
  ImportMoved,
  ImportNotFound,
  ImportOpen,
  ImportStale,
  MappingIncomplete,
  SuppliedNotAgreed,
  UndoRefused,
} from './store.ts'
