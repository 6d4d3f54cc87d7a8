/** 导入报告 as plain data. Layout is the notices room's. Amounts in fen. */
import { entryDate } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { fen, type Fen } from '../platform/money.ts'
import { fieldOf } from './fields.ts'
import { importById, headingAt } from './store.ts'
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
  readonly bad: number
  readonly notices: number
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
    bad: record.bad,
    notices: record.notices,
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
