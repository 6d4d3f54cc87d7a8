/** 数据导入: from the file of an old system to the books. A hall manager may try a file out; the administrator imports it. */
import { z } from 'zod'
import {
  call,
  FenAmount,
  Id,
  Instant,
  pageOf,
  PageRequest,
  RequestId,
  Revealed,
  RevealReason,
  shortText,
  type Role,
} from '../platform/contract.ts'
import { Place } from '../customers/api.ts'
import { importKinds, importStates, problemLevels } from './words.ts'

export * from './words.ts'
export * from './window-api.ts'
export * from './fields.ts'
export { broughtLines, noticeablePause, pauseSeconds, undoTerms, unmapped } from './rules.ts'

const tryers = ['hall-manager', 'administrator'] as const satisfies readonly Role[]
const importers = ['administrator'] as const satisfies readonly Role[]

/** Name of this room's `progress` events. */
export const importTask = 'imports.run'

const Kind = z.enum(importKinds, { error: '请选择导入的内容' })
const State = z.enum(importStates)
const Path = z.string({ error: '请选择文件' }).min(1, '请选择文件').max(2_000, '文件路径过长')
/** 旧系统: account numbers of two systems may be the same, so each file says where it comes from. */
export const Source = shortText('旧系统名称', 30)
const Hash = z.string().regex(/^[0-9a-f]{64}$/, '文件校验值不正确')
/** Columns a mapping may name; as many as a file may have. */
const maxMapped = 100
const Column = z
  .int()
  .min(0)
  .max(maxMapped - 1)
export const MappingInput = z.record(z.string().max(30), Column)
const Plans = z.partialRecord(z.enum(['resident', 'industrial', 'commercial', 'public']), Id)

/** Sheets shown of one workbook. */
export const maxSheets = 20

/** 看文件: its sheets and first rows, which row the headings are, and what it seems to hold. Keeps nothing. @throws FileRefused */
export const Inspect = call({
  name: 'imports.inspect',
  kind: 'task',
  allow: tryers,
  input: z.strictObject({ path: Path }),
  output: z.object({
    name: z.string(),
    size: z.int(),
    hash: Hash,
    sheets: z.array(
      z.object({
        /** '' for a text table. */
        name: z.string(),
        rows: z.array(z.object({ row: z.int(), cells: z.array(z.string()) })),
        /** Row of the headings as they were found; null where none looks like them. */
        headingRow: z.int().nullable(),
        kind: Kind.nullable(),
      }),
    ),
  }),
})

/** Sources named before, the last one first. */
export const Sources = call({
  name: 'imports.sources',
  kind: 'read',
  allow: tryers,
  input: z.strictObject({}),
  output: z.array(z.object({ source: z.string(), kind: Kind })),
})

/** 对照: which column is which field, as this source had it before, else by the headings; and its price plans. */
export const SuggestMapping = call({
  name: 'imports.suggestMapping',
  kind: 'read',
  allow: tryers,
  input: z.strictObject({
    kind: Kind,
    source: z.string().trim().max(30),
    headings: z.array(z.string().max(200)).max(maxMapped),
  }),
  output: z.object({ mapping: z.record(z.string(), z.int()), remembered: z.boolean(), plans: Plans }),
})

/** 试导入: puts an import on record and remembers its mapping. @throws ImportOpen · FileImported · MappingIncomplete · OtherUnit */
export const Begin = call({
  name: 'imports.begin',
  kind: 'change',
  allow: tryers,
  input: z.strictObject({
    requestId: RequestId,
    path: Path,
    hash: Hash,
    size: z.int().min(1),
    kind: Kind,
    source: Source,
    sheet: z.string().max(100),
    headingRow: z.int().min(1).max(10_000),
    headings: z.array(z.string().max(200)).min(1).max(maxMapped),
    mapping: MappingInput,
    plans: Plans.default({}),
  }),
  output: z.object({ importId: Id, importNo: z.string() }),
})

/** What came into the books, in numbers. Amounts in fen. */
export const Brought = z.object({
  customers: z.int(),
  joined: z.int(),
  accounts: z.int(),
  meters: z.int(),
  readings: z.int(),
  bills: z.int(),
  events: z.int(),
  staff: z.int(),
  certificates: z.int(),
  care: z.int(),
  prepayment: FenAmount,
  arrears: FenAmount,
})
export type Brought = z.output<typeof Brought>

export const ImportView = z.object({
  importId: Id,
  importNo: z.string(),
  kind: Kind,
  source: z.string(),
  fileName: z.string(),
  hash: Hash,
  size: z.int(),
  sheet: z.string(),
  headingRow: z.int(),
  state: State,
  /** A task is at work on it now; false for one that was interrupted. */
  live: z.boolean(),
  rows: z.int(),
  good: z.int(),
  bad: z.int(),
  notices: z.int(),
  /** Totals of the file, no rows of it; rows with mistakes left out by decision. */
  skipped: z.int(),
  leftOut: z.int(),
  /** Customers in it who come in as once supplied; who agreed to them after 迁入期, and why. */
  supplied: z.int(),
  suppliedApproverName: z.string().nullable(),
  suppliedReason: z.string().nullable(),
  brought: Brought.nullable(),
  createdAt: Instant,
  createdByName: z.string(),
  committedAt: Instant.nullable(),
  committedByName: z.string().nullable(),
  undoneAt: Instant.nullable(),
  undoneByName: z.string().nullable(),
  undoReason: z.string().nullable(),
})
export type ImportView = z.output<typeof ImportView>

const onImport = { importId: Id }

/**
 * Reads and checks an import in slices, or goes on where it was interrupted; checks one again that was checked. Stopped,
 * it can be continued or given up. @throws ImportNotFound · ImportBusy · FileRefused · FileChanged · ImportMoved
 */
export const Check = call({
  name: 'imports.check',
  kind: 'task',
  allow: tryers,
  input: z.strictObject(onImport),
  output: ImportView,
})

/** Stops reading or checking after the slice it is in. Writing into the books is never stopped half-way. */
export const Stop = call({
  name: 'imports.stop',
  kind: 'change',
  allow: tryers,
  input: z.strictObject({}),
  output: z.object({ stopped: z.boolean() }),
})

/** 放弃: nothing has come into the books; what was read goes. @throws ImportNotFound · ImportMoved · ImportBusy */
export const Discard = call({
  name: 'imports.discard',
  kind: 'change',
  allow: tryers,
  input: z.strictObject({ requestId: RequestId, ...onImport }),
  output: z.object({}),
})

/**
 * 正式导入: every good row or nothing, in one transaction, during which no other window is answered; then the search learns it
 * in slices. Asked again after an interruption it goes on. `pauseAgreed` when the pause is long and the counter is open.
 * After 迁入期 customers come in as not ignited, or with `supplied` (access.approve, purpose `import-supplied`).
 * @throws ImportNotFound · ImportMoved · ImportHasMistakes · ImportStale · CounterOpen · FileImported · SuppliedNotAgreed · ApprovalRefused
 */
export const Commit = call({
  name: 'imports.commit',
  kind: 'task',
  allow: importers,
  input: z.strictObject({
    requestId: RequestId,
    ...onImport,
    pauseAgreed: z.boolean().default(false),
    /** How many rows with mistakes are left out: the number that was shown to whoever decides. */
    leaveOut: z.int().min(0).default(0),
    supplied: z
      .strictObject({ approvalId: Id, reason: shortText('原因', 200) })
      .nullable()
      .default(null),
  }),
  output: ImportView,
})

export const Obstacle = z.object({
  accountNo: z.string().nullable(),
  name: z.string(),
  /** What was done since, in words: 缴费 1 笔. */
  text: z.string(),
})
export type Obstacle = z.output<typeof Obstacle>
/** Obstacles shown at once. */
export const maxObstacles = 200

/** What stands in the way of an undo: whatever was done to one of its rows since. Empty when it can be undone. */
export const UndoObstacles = call({
  name: 'imports.undoObstacles',
  kind: 'read',
  allow: tryers,
  input: z.strictObject(onImport),
  output: z.object({ obstacles: z.array(Obstacle), more: z.boolean() }),
})

/** 撤销导入: takes back all of it, the money by an opposite entry, with a second person's approval.
 *  @throws UndoRefused with every obstacle in `details` · ApprovalRefused */
export const Undo = call({
  name: 'imports.undo',
  kind: 'task',
  allow: importers,
  input: z.strictObject({
    requestId: RequestId,
    ...onImport,
    reason: shortText('撤销原因', 200),
    pauseAgreed: z.boolean().default(false),
    /** access.approve, purpose `import-undo`. */
    approvalId: Id,
  }),
  output: ImportView,
})

export const List = call({
  name: 'imports.list',
  kind: 'read',
  allow: tryers,
  input: z.strictObject({ page: PageRequest.prefault({}) }),
  output: pageOf(ImportView),
})

export const Detail = call({
  name: 'imports.detail',
  kind: 'read',
  allow: tryers,
  input: z.strictObject(onImport),
  output: z.object({
    view: ImportView,
    /** Field → heading in the file, for the screen and for whoever mends it. */
    columns: z.record(z.string(), z.string()),
    /** Business day that is open for the counter; the pause would be noticed. */
    counterOpen: z.boolean(),
    /** 迁入期 is open: whoever is supplied comes in so. */
    windowOpen: z.boolean(),
  }),
})

/** The import that is not finished and not given up, to be taken up; null when there is none. */
export const Open = call({
  name: 'imports.open',
  kind: 'read',
  allow: tryers,
  input: z.strictObject({}),
  output: ImportView.nullable(),
})

export const ProblemRow = z.object({
  rowNo: z.int(),
  no: z.int(),
  level: z.enum(problemLevels),
  column: z.string(),
  /** Numbers of people in it and in the reason are masked; `imports.reveal` shows the value in full. */
  value: z.string(),
  reason: z.string(),
})
export type ProblemRow = z.output<typeof ProblemRow>

/** Every mistake and notice by row. */
export const Problems = call({
  name: 'imports.problems',
  kind: 'read',
  allow: tryers,
  input: z.strictObject({
    ...onImport,
    level: z.enum(problemLevels).nullable().default(null),
    page: PageRequest.prefault({}),
  }),
  output: pageOf(ProblemRow),
})

/** What a cell of the file says, in full, with the reason on record. @throws ImportNotFound · ProblemGone */
export const RevealProblem = call({
  name: 'imports.reveal',
  kind: 'read',
  audited: true,
  allow: tryers,
  input: z.strictObject({
    ...onImport,
    rowNo: z.int(),
    no: z.int(),
    /** As the list had it that was looked at: checked anew, the place may hold another cell. */
    column: z.string().max(200),
    shown: z.string().max(4_000),
    reason: RevealReason,
  }),
  output: Revealed,
})

export const DoubtfulAddress = z.object({
  written: z.string(),
  reason: z.string(),
  rows: z.int(),
  firstRow: z.int(),
  /** As it is cut now. */
  place: Place,
})
export type DoubtfulAddress = z.output<typeof DoubtfulAddress>

/** 地址待核对: every address that could not be cut with certainty, once, with how it is cut now. */
export const Addresses = call({
  name: 'imports.addresses',
  kind: 'read',
  allow: tryers,
  input: z.strictObject({ ...onImport, page: PageRequest.prefault({}) }),
  output: pageOf(DoubtfulAddress),
})

/** Says once what an address of this old system means; heeded when it is checked again, and in its next file. @throws ImportNotFound · ImportMoved */
export const SayPlace = call({
  name: 'imports.sayPlace',
  kind: 'change',
  allow: tryers,
  input: z.strictObject({ requestId: RequestId, ...onImport, written: shortText('地址', 200), place: Place }),
  output: z.object({}),
})

/** Says that a name is a community, wherever it stands in an address of this old system. @throws ImportNotFound · ImportMoved */
export const SayCommunity = call({
  name: 'imports.sayCommunity',
  kind: 'change',
  allow: tryers,
  input: z.strictObject({
    requestId: RequestId,
    ...onImport,
    name: z.string().trim().min(2, '小区名称至少 2 个字').max(40, '小区名称不能超过 40 个字'),
  }),
  output: z.object({}),
})

/** 导出问题行: a workbook of the rows with mistakes as the file has them, each with what is wrong, for whoever mends it. */
export const ExportProblems = call({
  name: 'imports.exportProblems',
  kind: 'task',
  allow: tryers,
  input: z.strictObject({ ...onImport, level: z.enum(problemLevels) }),
  output: z.object({
    name: z.string(),
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    rows: z.int(),
  }),
})
