/** 导入报告 as plain data. Layout is the notices room's. Amounts in fen. */
import { entryDate } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { fen, type Fen } from '../platform/money.ts'
import { fieldOf } from './fields.ts'
import { shownReason } from './reads.ts'
import { columnNames, importById, headingAt, type ImportRecord } from './store.ts'
import { importKindNames, importStateNames } from './words.ts'

export interface ImportReport {
  readonly number: string
  readonly kindName: string
  readonly stateName: string
  readonly source: string
  readonly fileName: string
  readonly sheet: string
  readonly hash: string
  readonly rows: number
  readonly notices: number
  /** Rows that came into the books; null before, and for one that was taken back. */
  readonly taken: number | null
  readonly leftOut: number
  readonly skipped: number
  /** Customers who came in as once supplied, and who agreed to it after 迁入期. */
  readonly supplied: { readonly households: number; readonly approverName: string; readonly reason: string } | null
  /** What is wrong in the rows that were left out, without what stood there; the first of them. */
  readonly mistakes: readonly { readonly rowNo: number; readonly column: string; readonly reason: string }[]
  readonly moreMistakes: number
  readonly createdAt: number
  readonly createdByName: string
  readonly committedAt: number | null
  readonly committedByName: string | null
  readonly undone: { readonly at: number; readonly byName: string; readonly reason: string } | null
  readonly counts: readonly { readonly name: string; readonly count: number }[]
  readonly money: {
    readonly prepayment: Fen
    readonly arrears: Fen
    readonly businessDate: BusinessDate | null
  } | null
  readonly mapping: readonly { readonly field: string; readonly column: string }[]
}

/** As many as are looked through on paper; the page exports them all. */
const mistakesOnPaper = 100

function mistakesOf({ sqlite }: Context, record: ImportRecord): Pick<ImportReport, 'mistakes' | 'moreMistakes'> {
  const columns = columnNames(record)
  const bad = `FROM import_problems WHERE import_id = ? AND level = 'bad'`
  const rows = statement<{ rowNo: number; field: string; reason: string }>(
    sqlite,
    `SELECT row_no AS rowNo, field, reason ${bad} ORDER BY row_no, no LIMIT ${mistakesOnPaper}`,
  ).all(record.id)
  const all = statement<{ n: number }>(sqlite, `SELECT count(*) AS n ${bad}`).get(record.id)
  return {
    mistakes: rows.map(({ rowNo, field, reason }) => ({
      rowNo,
      column: columns[field] ?? fieldOf(record.kind, field)?.label ?? '',
      reason: shownReason(reason),
    })),
    moreMistakes: (all?.n ?? 0) - rows.length,
  }
}

export function importReport(context: Context, importId: string): ImportReport {
  const record = importById(context, importId)
  const { brought } = record
  const counts: [string, number | undefined][] = [
    ['新建客户', brought?.customers],
    ['归入已有客户的户号', brought?.joined],
    ['户号与用气点', brought?.accounts],
    ['表具', brought?.meters],
    ['期初抄表', brought?.readings],
    ['欠费账单', brought?.bills],
    ['员工', brought?.staff],
    ['上岗证', brought?.certificates],
    ['特殊客户', brought?.care],
    ['档案记录', brought?.events],
  ]
  return {
    number: record.importNo,
    kindName: importKindNames[record.kind],
    stateName: importStateNames[record.state],
    source: record.source,
    fileName: record.fileName,
    sheet: record.sheet,
    hash: record.hash,
    rows: record.rows,
    notices: record.notices,
    taken: brought ? record.rows - record.leftOut - record.skipped : null,
    leftOut: record.leftOut,
    skipped: record.skipped,
    supplied:
      brought && record.supplied > 0
        ? {
            households: record.supplied,
            approverName: record.suppliedApproverName ?? '',
            reason: record.suppliedReason ?? '',
          }
        : null,
    ...(record.leftOut > 0 ? mistakesOf(context, record) : { mistakes: [], moreMistakes: 0 }),
    createdAt: record.createdAt,
    createdByName: record.createdByName,
    committedAt: record.committedAt,
    committedByName: record.committedByName,
    undone:
      record.undoneAt === null
        ? null
        : { at: record.undoneAt, byName: record.undoneByName ?? '', reason: record.undoReason ?? '' },
    counts: counts.flatMap(([name, count]) => (count ? [{ name, count }] : [])),
    money:
      brought && (brought.prepayment > 0 || brought.arrears > 0)
        ? {
            prepayment: fen(brought.prepayment),
            arrears: fen(brought.arrears),
            businessDate: record.entryId === null ? null : entryDate(context, record.entryId),
          }
        : null,
    mapping: Object.entries(record.mapping)
      .toSorted(([, a], [, b]) => a - b)
      .map(([field, column]) => ({
        field: fieldOf(record.kind, field)?.label ?? field,
        column: headingAt(record.headings, column),
      })),
  }
}
