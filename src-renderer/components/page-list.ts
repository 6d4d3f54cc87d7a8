/** What PageList needs to know of a list: its columns, its pages, what the operator chose to see. */
import { workbookBytes, type SheetColumn, type SheetKind } from './workbook.ts'

export interface Column<Row> {
  readonly key: string
  readonly label: string
  /** The cell in words; also what goes into the exported table. */
  readonly text: (row: Row) => string
  /** CSS width; columns without one share what is left. */
  readonly width?: string
  readonly align?: 'left' | 'right' | 'center'
  /** Cannot be hidden, as the list makes no sense without it. */
  readonly fixed?: boolean
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

const written = /^[-−]?[¥￥]?\s?(\d[\d,]*)(?:\.(\d{1,3}))?$/

/** Numbers written in a column at the right, as whole units of their last decimal; null when they are not all numbers. */
export function numbersOf(texts: readonly string[]): { kind: SheetKind; values: (number | null)[] } | null {
  const found = texts.map((text) => (text === '' || text === '—' ? null : written.exec(text)))
  if (found.every((match) => match === null) || found.some((match, i) => !match && texts[i] !== '' && texts[i] !== '—'))
    return null
  const decimals = found.flatMap((match) => (match ? [match[2]?.length ?? 0] : []))
  const kind: SheetKind = decimals.every((n) => n === 2) ? 'money' : decimals.every((n) => n === 0) ? 'count' : 'litre'
  const places = kind === 'money' ? 2 : kind === 'count' ? 0 : 3
  const values = found.map((match, i) => {
    if (!match) return null
    const size = Number(`${match[1]?.replaceAll(',', '')}${(match[2] ?? '').padEnd(places, '0')}`)
    return /^[-−]/.test(texts[i] ?? '') ? -size : size
  })
  return { kind, values }
}

/** A spreadsheet of what a list shows: amounts are numbers, everything else text, so that long numbers keep every digit. */
export function workbookOf<Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  head: readonly string[] = [],
): Promise<Uint8Array> {
  const shown = columns.map(({ label, align, text }) => {
    const texts = rows.map(text)
    const numbers = align === 'right' ? numbersOf(texts) : null
    return {
      column: { label, kind: numbers?.kind ?? 'text', ...(align ? { align } : {}) } satisfies SheetColumn,
      values: numbers?.values ?? texts,
    }
  })
  const table = {
    columns: shown.map(({ column }) => column),
    rows: rows.map((_, i) => shown.map(({ values }) => values[i] ?? null)),
  }
  return workbookBytes([{ name: title, head: [title, ...head], tables: [table] }])
}
