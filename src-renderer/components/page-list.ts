/** What PageList needs to know of a list: its columns, its pages, what the operator chose to see. */
import { workbookBytes, type SheetColumn, type SheetKind } from './workbook.ts'

/**
 * What a column holds. `number` is a number of ours, shown in groups; `address` keeps its end where it is narrow; the
 * other kinds are amounts, and go into a spreadsheet as numbers, from `value` and never from what is printed.
 */
export type ColumnKind = SheetKind | 'address' | 'number'

interface ColumnOf<Row> {
  readonly key: string
  readonly label: string
  /** The cell in words; also what goes into the exported table, but for amounts. */
  readonly text: (row: Row) => string
  /** CSS width; columns without one share what is left. */
  readonly width?: string
  readonly align?: 'left' | 'right' | 'center'
  /** Cannot be hidden, as the list makes no sense without it. */
  readonly fixed?: boolean
}
/** An amount has its value: fen, litres, hundredths of a percent, or a count; null where there is none. */
export type Column<Row> = ColumnOf<Row> &
  (
    | { readonly kind?: 'text' | 'address' | 'number'; readonly value?: never }
    | { readonly kind: 'money' | 'litre' | 'count' | 'percent'; readonly value: (row: Row) => number | null }
  )

/** One thing a list adds up to, in words. */
export interface ListSum {
  readonly label: string
  readonly text: string
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

/** Rows exported at once; a longer list is narrowed by its filters first. */
export const maxExportRows = 20_000
export const exportPageSize = 200

/** Reads a whole list page by page. Stops at `limit` rows, or when `moved` says false, and says that it is not all. */
export async function readAll<Row>(
  load: (page: { after: string | null; size: number }) => Promise<Page<Row>>,
  limit = maxExportRows,
  moved: (rows: number) => boolean = () => true,
): Promise<{ rows: Row[]; complete: boolean }> {
  const rows: Row[] = []
  let after: string | null = null
  do {
    const page: Page<Row> = await load({ after, size: exportPageSize })
    rows.push(...page.rows)
    after = page.next
    if (!moved(rows.length)) break
  } while (after !== null && rows.length < limit)
  return { rows: rows.slice(0, limit), complete: after === null && rows.length <= limit }
}

const key = (list: string, staffNo: string) => `columns.${staffNo}.${list}`

/** Column keys from their remembered form; what cannot be read hides nothing. */
export function hiddenColumnsFrom(text: string | null): string[] {
  if (text === null) return []
  try {
    const kept: unknown = JSON.parse(text)
    return Array.isArray(kept) ? kept.filter((column) => typeof column === 'string') : []
  } catch {
    return []
  }
}

/** Keys of the columns this operator has hidden in a list. Holds no personal data. */
export const hiddenColumns = (list: string, staffNo: string): string[] =>
  hiddenColumnsFrom(localStorage.getItem(key(list, staffNo)))

export const rememberHidden = (list: string, staffNo: string, hidden: readonly string[]): void =>
  localStorage.setItem(key(list, staffNo), JSON.stringify(hidden))

/** A spreadsheet of what a list shows: amounts are numbers, everything else text, so that long numbers keep every digit. */
export function workbookOf<Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  head: readonly string[] = [],
): Promise<Uint8Array> {
  const sheetColumns = columns.map(({ label, align, kind = 'text' }): SheetColumn => ({
    label,
    kind: kind === 'address' || kind === 'number' ? 'text' : kind,
    ...(align ? { align } : {}),
  }))
  const table = {
    columns: sheetColumns,
    rows: rows.map((row) => columns.map(({ text, value }) => (value ? value(row) : text(row)))),
  }
  return workbookBytes([{ name: title, head: [title, ...head], tables: [table] }])
}
