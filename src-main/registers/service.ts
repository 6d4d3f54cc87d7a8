/** 台账: what other rooms and the windows may use of this room. */
export {
  addEntryPicture,
  EntryIncomplete,
  FindingMended,
  FindingNotFound,
  mendFinding,
  recordEntry,
  reviewEntry,
  voidEntry,
} from './record.ts'
export {
  allRegisters,
  entries,
  entriesSql,
  entry,
  entryDetail,
  entryRecord,
  registerCounts,
  registerPeople,
  standingSql,
} from './reads.ts'
export { served } from './served.ts'
export { registerFigures } from './measures.ts'
export { EntryNotFound, EntryOwnWork, EntryStep } from './store.ts'
