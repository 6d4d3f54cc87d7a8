/** 导入 as rows: the record, its state, who is at work on it. */
import type { Context } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import type { CustomerCategory } from '../customers/api.ts'
import type { ImportView } from './api.ts'
import type { Mapping } from './fields.ts'
import { mayMove } from './rules.ts'
import { importStateNames, type ImportKind, type ImportState } from './words.ts'

export const ImportNotFound = domainError('ImportNotFound', '没有找到这次导入，请刷新后再试')
export const ImportMoved = domainError('ImportMoved', '这次导入的进度不允许这一步，请刷新后再试')
export const ImportBusy = domainError('ImportBusy', '这次导入正在处理，请等待完成或先停止')
export const ImportOpen = domainError('ImportOpen', '还有一次导入没有完成，请先继续或放弃它')
export const ImportStale = domainError('ImportStale', '检查之后有数据变动，请重新检查')
export const ImportHasMistakes = domainError('ImportHasMistakes', '还有错误的行，请改好文件后重新试导入')
export const FileImported = domainError('FileImported', '这个文件已经导入过')
export const FileChanged = domainError('FileChanged', '文件在选择之后被改动，请重新选择文件')
export const OtherUnit = domainError('OtherUnit', '有的列不以元或立方米为单位，请换算后再导入')
export const MappingIncomplete = domainError('MappingIncomplete', '还有必需的列没有对上')
export const CounterOpen = domainError('CounterOpen', '柜台正在营业，导入时其他窗口须等待，请确认后再导入')
export const SuppliedNotAgreed = domainError(
  'SuppliedNotAgreed',
  '迁入期已结束，文件里有已通过气的客户，须写明原因并由第二人批准',
)
export const UndoRefused = domainError('UndoRefused', '导入的数据已经有了后续业务，不能撤销')

export interface ImportRecord {
  readonly id: string
  readonly importNo: string
  readonly kind: ImportKind
  readonly source: string
  readonly fileName: string
  readonly hash: string
  readonly size: number
  readonly sheet: string
  readonly headingRow: number
  readonly headings: readonly string[]
  readonly mapping: Mapping
  readonly plans: Readonly<Partial<Record<CustomerCategory, string>>>
  readonly state: ImportState
  readonly rows: number
  readonly good: number
  readonly bad: number
  readonly notices: number
  readonly skipped: number
  readonly leftOut: number
  readonly supplied: number
  readonly suppliedApproverName: string | null
  readonly suppliedReason: string | null
  readonly brought: ImportView['brought']
  readonly entryId: string | null
  readonly createdAt: number
  readonly createdByName: string
  readonly committedAt: number | null
  readonly committedByName: string | null
  readonly undoneAt: number | null
  readonly undoneByName: string | null
  readonly undoReason: string | null
}

type Stored = Omit<ImportRecord, 'headings' | 'mapping' | 'plans' | 'brought'> & {
  readonly headings: string
  readonly mapping: string
  readonly plans: string
  readonly brought: string | null
}

export const importColumns = `id, import_no AS importNo, kind, source, file_name AS fileName, hash, size, sheet,
  heading_row AS headingRow, headings, mapping, plans, state, rows, good, bad, notices, skipped,
  left_out AS leftOut, supplied, supplied_approver_name AS suppliedApproverName, supplied_reason AS suppliedReason, brought, entry_id AS entryId,
  created_at AS createdAt, created_by_name AS createdByName, committed_at AS committedAt,
  committed_by_name AS committedByName, undone_at AS undoneAt, undone_by_name AS undoneByName,
  undo_reason AS undoReason`

export const recordOf = (row: Stored): ImportRecord => ({
  ...row,
  headings: JSON.parse(row.headings) as string[],
  mapping: JSON.parse(row.mapping) as Mapping,
  plans: JSON.parse(row.plans) as ImportRecord['plans'],
  brought: row.brought === null ? null : (JSON.parse(row.brought) as ImportRecord['brought']),
})

/** The one record a condition finds; null when none does. */
export function findImport(
  { sqlite }: Pick<Context, 'sqlite'>,
  where: string,
  ...values: string[]
): ImportRecord | null {
  const row = statement<Stored>(sqlite, `SELECT ${importColumns} FROM imports WHERE ${where}`).get(...values)
  return row ? recordOf(row) : null
}

/** @throws ImportNotFound */
export function importById(context: Pick<Context, 'sqlite'>, importId: string): ImportRecord {
  const record = findImport(context, 'id = ?', importId)
  if (!record) throw new ImportNotFound()
  return record
}

export const listOf = ({ sqlite }: Context, before: readonly [number, string], limit: number): ImportRecord[] =>
  statement<Stored>(sqlite, listSql)
    .all(...before, limit)
    .map(recordOf)
export const listSql = `SELECT ${importColumns} FROM imports WHERE (created_at, id) < (?, ?)
  ORDER BY created_at DESC, id DESC LIMIT ?`

/** Moves an import on. @throws ImportMoved when its state does not allow it */
export function move(
  context: Pick<Context, 'sqlite'>,
  record: Pick<ImportRecord, 'id' | 'state'>,
  to: ImportState,
): void {
  if (!mayMove(record.state, to)) {
    throw new ImportMoved(`这次导入${importStateNames[record.state]}，不能办理这一步，请刷新后再试`)
  }
  statement(context.sqlite, 'UPDATE imports SET state = ? WHERE id = ?').run(to, record.id)
}

/** Who is at work in this program; an import in a working state without one here was interrupted. */
interface Running {
  readonly importId: string
  stopping: boolean
}
const running = new WeakMap<Sqlite, Running>()

export const runningOn = (sqlite: Sqlite): Running | undefined => running.get(sqlite)

/** Does long work on an import, which nobody else may do meanwhile. @throws ImportBusy */
export async function alone<T>(sqlite: Sqlite, importId: string, work: (run: Running) => Promise<T>): Promise<T> {
  if (running.has(sqlite)) throw new ImportBusy()
  const run: Running = { importId, stopping: false }
  running.set(sqlite, run)
  try {
    return await work(run)
  } finally {
    running.delete(sqlite)
  }
}

export function viewOf({ sqlite }: Pick<Context, 'sqlite'>, record: ImportRecord): ImportView {
  const { id, headings: _h, mapping: _m, plans: _p, entryId: _e, ...shown } = record
  return { importId: id, ...shown, live: runningOn(sqlite)?.importId === id }
}

/** Column of a field as the file calls it. */
export function columnNames({ headings, mapping }: Pick<ImportRecord, 'headings' | 'mapping'>): Record<string, string> {
  return Object.fromEntries(Object.entries(mapping).map(([field, column]) => [field, headingAt(headings, column)]))
}

/** The heading of a column, or its letter as Excel shows it. */
export function headingAt(headings: readonly string[], column: number): string {
  const heading = headings[column]
  return heading === undefined || heading === '' ? `${letterOf(column)} 列` : heading
}

/** 0 → A, 25 → Z, 26 → AA. */
export const letterOf = (column: number): string =>
  (column >= 26 ? letterOf(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))
