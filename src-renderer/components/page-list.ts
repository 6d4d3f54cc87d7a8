/** What PageList needs to know of a list: its columns, its pages, what the operator chose to see. */

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

/** `work` whose answer is always that of the last call: whoever asked before gets the same, never an older one. */
export function lastAsked<A extends unknown[], T>(work: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  let latest: Promise<T> | null = null
  return async (...args) => {
    let asked = (latest = work(...args))
    for (;;) {
      const outcome = await asked.then(
        (answer) => ({ answer }),
        (error: unknown) => ({ error }),
      )
      if (asked === latest) {
        if ('error' in outcome) throw outcome.error
        return outcome.answer
      }
      asked = latest
    }
  }
}

/** Rows exported at once; a longer list is narrowed by its filters first. */
export const maxExportRows = 20_000
export const exportPageSize = 200

/** Reads a whole list page by page. Stops at `limit` rows and says so. */
export async function readAll<Row>(
  load: (page: { after: string | null; size: number }) => Promise<Page<Row>>,
  limit = maxExportRows,
  moved: (rows: number) => void = () => {},
): Promise<{ rows: Row[]; complete: boolean }> {
  const rows: Row[] = []
  let after: string | null = null
  do {
    const page: Page<Row> = await load({ after, size: exportPageSize })
    rows.push(...page.rows)
    after = page.next
    moved(rows.length)
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

/** A spreadsheet of what a list shows: text cells, so that long numbers keep every digit. */
export async function workbookOf<Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<Uint8Array> {
  const { default: exceljs } = await import('exceljs')
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet(title.slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map(({ key, label, text }) => ({
    key,
    header: label,
    width: Math.min(60, Math.max(8, label.length * 2, ...rows.slice(0, 50).map((row) => text(row).length * 1.6))) + 2,
  }))
  for (const row of rows) sheet.addRow(columns.map(({ text }) => text(row)))
  sheet.getRow(1).font = { bold: true }
  columns.forEach(({ align }, i) => {
    if (align) sheet.getColumn(i + 1).alignment = { horizontal: align }
  })
  return new Uint8Array(await book.xlsx.writeBuffer())
}
