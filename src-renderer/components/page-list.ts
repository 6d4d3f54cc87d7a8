/** What PageList needs to know of a list: its columns, its pages, what the operator chose to see. */
import { isValidNumber } from '../../src-main/platform/check-digit.ts'
import { formatCubicMetres, formatYuan, type Fen, type Litre } from '../../src-main/platform/money.ts'
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
  /** Whether the list adds it up, or what of a row counts; by default money and gas do. */
  readonly sum?: boolean | ((row: Row) => number)
}
/** An amount has its value: fen, litres, hundredths of a percent, or a count; null where there is none. */
export type Column<Row> = ColumnOf<Row> &
  (
    | { readonly kind?: 'text' | 'address' | 'number'; readonly value?: never }
    | { readonly kind: 'money' | 'litre' | 'count' | 'percent'; readonly value: (row: Row) => number | null }
  )

type Amount<Row> = (row: Row) => number | null
type AmountMore<Row> = Partial<Pick<ColumnOf<Row>, 'text' | 'width' | 'fixed' | 'sum'>>
const amountColumn =
  (kind: 'money' | 'litre' | 'count', words: (value: number) => string) =>
  <Row>(key: string, label: string, value: Amount<Row>, more: AmountMore<Row> = {}): Column<Row> => ({
    ...{ key, label, kind, value, align: 'right' },
    text: (row) => {
      const amount = value(row)
      return amount === null ? '' : words(amount)
    },
    ...more,
  })
/** A column of fen, shown in yuan with two decimals. */
export const moneyColumn = amountColumn('money', formatYuan as (value: number) => string)
/** A column of litres, shown in m³. */
export const litreColumn = amountColumn('litre', formatCubicMetres as (value: number) => string)
/** A column of whole numbers; added up only where `sum` says so. */
export const countColumn = amountColumn('count', String)

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

/** Where the filter is made of several fields. */
export const narrowedWords = '所选范围'

/**
 * What a choice is called, without how many there are; nothing for all of them, which leaves nothing out, unless another
 * field beside it has `narrowed` the list too.
 */
export function withinOf<T extends string>(
  choices: readonly { value: T; label: string }[],
  chosen: T,
  narrowed = false,
): string {
  if (narrowed) return narrowedWords
  const name = choices.find(({ value }) => value === chosen)?.label.replace(/ [\d,]+\+?$/, '') ?? ''
  return name === '全部' ? '' : name
}

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

/** Rows a list adds up itself at most; of a longer one the database does it, or its filters narrow it first. */
export const maxAddedRows = 1_000

const isAdded = <Row>({ kind, sum = kind === 'money' || kind === 'litre' }: Column<Row>): boolean => sum !== false
const amountWords = {
  money: (n: number) => `${formatYuan(n as Fen)} 元`,
  litre: (n: number) => `${formatCubicMetres(n as Litre)} m³`,
}

/** What the rows of a list add up to: how many there are, and each amount. `unit` is what one row is, such as 户. */
export function sumsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[], unit: string): ListSum[] {
  const added = columns.filter(isAdded).map((column) => {
    const total = rows.reduce(
      (all, row) => all + (typeof column.sum === 'function' ? column.sum(row) : (column.value?.(row) ?? 0)),
      0,
    )
    const words = column.kind === 'money' || column.kind === 'litre' ? amountWords[column.kind] : String
    return { label: column.label.replace(/ m³$|（元）$/, ''), text: words(total) }
  })
  return [{ label: '共', text: `${rows.length.toLocaleString('zh-CN')} ${unit}` }, ...added]
}

/** The same for a list of which the first page is there already; a long one says only that it is long. */
export async function addUpPages<Row>(
  columns: readonly Column<Row>[],
  first: Page<Row>,
  load: (page: { after: string | null; size: number }) => Promise<Page<Row>>,
  unit: string,
): Promise<ListSum[]> {
  if (first.next === null) return sumsOf(columns, first.rows, unit)
  const { rows, complete } = await readAll(load, maxAddedRows)
  if (complete) return sumsOf(columns, rows, unit)
  return [{ label: '共', text: `${maxAddedRows.toLocaleString('zh-CN')} ${unit}以上，查找或筛选后合计` }]
}

/** As it is compared: without the spaces and hyphens of a grouping, full-width digits as plain ones. */
const bare = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[\s-]/g, '')

/** Whether what stands in a row holds a text; a number with or without its grouping. */
export const rowHolds = <Row>(columns: readonly Column<Row>[], row: Row, text: string): boolean =>
  columns.some((column) => bare(column.text(row)).includes(bare(text)))

/** A number typed without letters, long enough to be one of ours: then it is a 户号, whatever else has the same digits. */
const plainNumber = (text: string): string | null => {
  const digits = bare(text)
  return /^\d{5,}$/.test(digits) ? digits.replace(/^0+/, '') : null
}

/**
 * The column by whose number a row was found, where a number was typed without its letters and it is no 户号 of the row: a
 * bill of somebody else has the same digits, and must not be opened as if it were the customer's. Null where nothing is in doubt.
 */
export function doubtfulNumber<Row>(columns: readonly Column<Row>[], row: Row, text: string): string | null {
  const typed = plainNumber(text)
  if (typed === null) return null
  const numbers = columns.filter(({ kind, label }) => kind === 'number' || label === '户号')
  const ends = (column: Column<Row>) => bare(column.text(row)).endsWith(typed)
  const hasLetters = (column: Column<Row>) => /[a-z]/.test(bare(column.text(row)))
  if (numbers.some((column) => !hasLetters(column) && ends(column))) return null
  const found = numbers.find(ends)
  if (found) return found.label
  // A whole 户号, and the row is of another: found by a number that the list does not show.
  return isValidNumber(bare(text)) && numbers.some(({ label }) => label === '户号') ? '别的编号' : null
}

/**
 * The rows found by looking through a list, as pages: for lists that no index of the database searches. The rows are read to
 * the end of the list, or as far as an export goes; `complete` tells which. No more of them once `wanted` says no.
 */
export function searchedPages<Row>(
  columns: readonly Column<Row>[],
  load: (page: { after: string | null; size: number }) => Promise<Page<Row>>,
  text: string,
  wanted: () => boolean = () => true,
): {
  pages: (page: { after: string | null; size: number }) => Promise<Page<Row>>
  complete: () => Promise<boolean>
} {
  const found = readAll(load, maxExportRows, wanted).then(({ rows, complete }) => ({
    rows: rows.filter((row) => rowHolds(columns, row, text)),
    complete,
  }))
  return {
    pages: async ({ after, size }) => {
      const from = Number(after ?? 0)
      const { rows } = await found
      return { rows: rows.slice(from, from + size), next: from + size < rows.length ? String(from + size) : null }
    },
    complete: async () => (await found).complete,
  }
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
