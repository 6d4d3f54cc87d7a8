/** The customer files: what other rooms and the windows may use of this room. */
export { AccountNotFound, accountById, CustomerNotFound, customerById, servicePointById } from './records.ts'
export { create, createCustomer, DuplicateCustomer, edit, revealPersonal } from './profile.ts'
export {
  AccountEnded,
  activeAccount,
  adjustBalances,
  BalanceTooLow,
  createServicePoint,
  editAccount,
  editServicePoint,
  endAccount,
  findPlace,
  findServicePoint,
  openAccount,
  ServicePointExists,
  ServicePointTaken,
  setGasState,
  suggestCommunities,
} from './accounts.ts'
export { blinded, customerTimeline, everything, hiddenSql, hideEvents, recordEvent } from './timeline.ts'
export {
  attach,
  attachFile,
  AttachmentDamaged,
  attachmentsOf,
  AttachmentRefused,
  listAttachments,
  readAttachment,
} from './attachments.ts'
export { indexAll, reindexCustomer } from './search-index.ts'
export { accountByCode } from './by-code.ts'
export { meterNoSeparator, meterNosSql } from './meter-numbers.ts'
export { findCustomers, searchCustomers } from './search.ts'
export {
  accountsBearing,
  accountsMatching,
  foundBound,
  foundSql,
  foundWithin,
  maxListed,
  rowsMatching,
} from './list-search.ts'
export { recentCustomers, rememberCustomer } from './recent.ts'
export {
  activeAccounts,
  countCustomers,
  customersOfStreet,
  customerTotals,
  listCustomers,
  sumCustomers,
} from './list.ts'
export { customerFile } from './file.ts'
export {
  accountAt,
  accountQuoted,
  customersByIdentity,
  keepOldNo,
  keepShortNo,
  oldNoIsKnown,
  recordPastEvent,
  removeTakenOver,
  takeOverAccount,
  takeOverCare,
  takeOverCustomer,
  takeOverServicePoint,
  type AccountFound,
} from './taken-over.ts'
