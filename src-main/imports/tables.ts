import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { wordCheck } from '../platform/columns.ts'
import { staff } from '../staff/tables.ts'
import { importKinds, importStates, problemLevels, importState, problemLevel, windowAct, windowActs } from './words.ts'

/** 导入: one file of an old system, from the first look to the books, on record for good. */
export const imports = sqliteTable(
  'imports',
  {
    id: text().primaryKey(),
    importNo: text().notNull().unique(),
    kind: text({ enum: importKinds }).notNull(),
    /** The old system; its account numbers are its own. */
    source: text().notNull(),
    fileName: text().notNull(),
    /** SHA-256 of the file, hex; bytes. */
    hash: text().notNull(),
    size: integer().notNull(),
    /** '' for a text table. */
    sheet: text().notNull(),
    /** Row of the headings, from 1. */
    headingRow: integer().notNull(),
    /** JSON array of the headings. */
    headings: text().notNull(),
    /** JSON: field → column from 0. */
    mapping: text().notNull(),
    /** JSON: price plan by category where a row names none. */
    plans: text().notNull(),
    state: text({ enum: importStates }).notNull(),
    /** Rows with content, without mistake, with one, and what was told. */
    rows: integer().notNull().default(0),
    good: integer().notNull().default(0),
    bad: integer().notNull().default(0),
    notices: integer().notNull().default(0),
    /** Totals and signatures of the file, which are no rows; rows with mistakes that were left out by decision. */
    skipped: integer().notNull().default(0),
    leftOut: integer().notNull().default(0),
    /** Good rows of customers who come in as once supplied (anything but not ignited). */
    supplied: integer().notNull().default(0),
    /** Who agreed to them after the window of moving in was closed, and why; null while it is open. */
    suppliedApprovalId: text(),
    suppliedApproverName: text(),
    suppliedReason: text(),
    /** JSON: what came into the books, by what it is; null before. */
    brought: text(),
    /** The opening entry; null where no money came. */
    entryId: text(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
    createdByName: text().notNull(),
    committedAt: integer(),
    committedBy: text(),
    committedByName: text(),
    undoneAt: integer(),
    undoneByName: text(),
    undoReason: text(),
  },
  (t) => [
    wordCheck('imports_state', t.state, importState),
    check('imports_counts', sql`${t.good} + ${t.bad} <= ${t.rows}`),
    index('imports_created').on(t.createdAt, t.id),
    // One at a time: two would check against books that the other is about to change.
    uniqueIndex('imports_one_open')
      .on(sql`1`)
      .where(sql`${t.state} IN ('reading', 'checking', 'checked')`),
    uniqueIndex('imports_file_once')
      .on(t.hash, t.sheet, t.kind)
      .where(sql`${t.state} IN ('indexing', 'done', 'undoing')`),
    index('imports_unfinished')
      .on(t.state)
      .where(sql`${t.state} IN ('reading', 'checking', 'checked', 'indexing')`),
  ],
)

/** Where the work on an import stands on this PC. */
export const importWork = sqliteTable('import_work', {
  importId: text()
    .primaryKey()
    .references(() => imports.id),
  /** The chosen file, to go on reading after an interruption. */
  path: text().notNull(),
  /** Last row checked; last row whose customer the search knows. */
  checkedThrough: integer().notNull().default(0),
  indexedThrough: integer().notNull().default(0),
})

/** Rows as they were read, until they are in the books or given up. */
export const importStaged = sqliteTable(
  'import_staged',
  {
    importId: text()
      .notNull()
      .references(() => imports.id),
    /** As Excel numbers it. */
    rowNo: integer().notNull(),
    /** JSON array of `Cell`. */
    cells: text().notNull(),
    /** JSON of `ImportRow`; null before the check and for a bad row. */
    parsed: text(),
    /** What no two rows may share; see `RowKeys`. */
    accountKey: text(),
    meterKey: text(),
    placeKey: text(),
    identityKey: text(),
    /** The name beside the identity: the same person may have several accounts, two persons not the same identity. */
    name: text(),
    /** 1: a customer who comes in as once supplied. */
    supplied: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.rowNo] }),
    // Each covers its search for duplicates without touching the rows, which are long.
    index('import_staged_account').on(t.importId, t.accountKey, t.rowNo),
    index('import_staged_meter').on(t.importId, t.meterKey, t.rowNo),
    index('import_staged_place').on(t.importId, t.placeKey, t.rowNo),
    index('import_staged_identity').on(t.importId, t.identityKey, t.name, t.rowNo),
  ],
)

/** What is wrong with which row, and what was noticed about it. */
export const importProblems = sqliteTable(
  'import_problems',
  {
    importId: text()
      .notNull()
      .references(() => imports.id),
    rowNo: integer().notNull(),
    /** From 1 within the row. */
    no: integer().notNull(),
    level: text({ enum: problemLevels }).notNull(),
    /** Field key; the screen says the file's own heading. */
    field: text().notNull(),
    value: text().notNull(),
    reason: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.rowNo, t.no] }),
    wordCheck('import_problems_level', t.level, problemLevel),
    index('import_problems_level').on(t.importId, t.level, t.rowNo, t.no),
  ],
)

/** What each row of a file became; what an undo takes back. Null where the row made none. */
export const importRows = sqliteTable(
  'import_rows',
  {
    importId: text()
      .notNull()
      .references(() => imports.id),
    rowNo: integer().notNull(),
    /** Whom it concerns, made by it or not. */
    customerId: text(),
    accountId: text(),
    madeCustomer: integer().notNull().default(0),
    madeAccount: integer().notNull().default(0),
    servicePointId: text(),
    meterId: text(),
    readingId: text(),
    billId: text(),
    eventId: text(),
    staffId: text(),
    certificateId: text(),
    /** First day of the tier cycle whose total it brought. */
    cycleStart: text(),
    /** Fen brought. */
    prepayment: integer().notNull().default(0),
    arrears: integer().notNull().default(0),
    /** 1: it registered special care. */
    care: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.rowNo] }),
    index('import_rows_account').on(t.accountId),
    index('import_rows_customer').on(t.customerId),
  ],
)

/** What a hall said once about the addresses of an old system. */
export const importPlaces = sqliteTable(
  'import_places',
  {
    source: text().notNull(),
    /** A whole address as it is compared, or the name of a community. */
    written: text().notNull(),
    kind: text({ enum: ['whole', 'community'] }).notNull(),
    /** JSON of the parts of a whole one; '' for a community. */
    place: text().notNull(),
    savedAt: integer().notNull(),
    savedBy: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.kind, t.written] }),
    check('import_places_kind', sql`(${t.kind} = 'whole') = (${t.place} <> '')`),
  ],
)

/** How the columns of a source were understood, so that its next file maps itself. */
export const importMappings = sqliteTable(
  'import_mappings',
  {
    source: text().notNull(),
    kind: text({ enum: importKinds }).notNull(),
    /** JSON: heading as compared → field, '' for a column left out. */
    headings: text().notNull(),
    /** JSON: price plan by category. */
    plans: text().notNull(),
    usedAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.source, t.kind] }), index('import_mappings_used').on(t.usedAt)],
)

/**
 * 迁入期: while it is open, customers of the old system come in as already supplied, on the word of that system. A hall begins
 * with it open; each act that closed it or opened it again stands here for good.
 */
export const importWindowActs = sqliteTable(
  'import_window_acts',
  {
    /** From 1, without a gap: odd ones close, even ones open again. */
    no: integer().primaryKey(),
    act: text({ enum: windowActs }).notNull(),
    at: integer().notNull(),
    by: text()
      .notNull()
      .references(() => staff.id),
    byName: text().notNull(),
    /** Asked for where it is opened again, with who agreed. */
    reason: text().notNull().default(''),
    approverId: text().references(() => staff.id),
    approverName: text(),
  },
  (t) => [
    wordCheck('import_window_acts_act', t.act, windowAct),
    check('import_window_acts_turn', sql`(${t.act} = 'closed') = (${t.no} % 2 = 1)`),
    check('import_window_acts_two', sql`(${t.act} = 'opened') = (${t.approverId} IS NOT NULL AND ${t.reason} <> '')`),
  ],
)
