/**
 * The one writer of spreadsheets: lists and reports leave the program through it. Real numbers with their formats, a
 * frozen heading, and totals as formulas with their values beside, so that a reader without recalculation sees them too.
 */
import type { Cell as SheetCell, Workbook, Worksheet } from 'exceljs'

export type SheetKind = 'text' | 'money' | 'litre' | 'count' | 'percent'

export interface SheetColumn {
  readonly label: string
  readonly kind: SheetKind
  /** Its total is the sum of its rows: written as a formula. */
  readonly sum?: boolean
  readonly align?: 'left' | 'right' | 'center'
}

/** Fen, litres, hundredths of a percent for the numbers of those kinds; text as it is. */
export type SheetValue = string | number | null

export interface SheetTable {
  readonly title?: string
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly (readonly SheetValue[])[]
  readonly totals?: readonly SheetValue[] | null
  /** Below the table: what a reader must know of it. */
  readonly notes?: readonly string[]
}

export interface SheetContent {
  /** Name of the sheet; what a spreadsheet does not allow in one is left out. */
  readonly name: string
  /** Above the table: title, period, hall. The first one is the title. */
  readonly head: readonly string[]
  readonly tables: readonly SheetTable[]
}

/** What one unit of a kind is in the sheet: fen become yuan, litres m³, hundredths of a percent shares of one. */
const scale: Readonly<Record<SheetKind, number>> = { text: 1, money: 100, litre: 1_000, count: 1, percent: 10_000 }
export const numberFormats: Readonly<Record<SheetKind, string>> = {
  text: '@',
  money: '#,##0.00',
  litre: '#,##0.###',
  count: '#,##0',
  percent: '0.00%',
}

/** Excel takes 31 characters and none of []:*?/\ for the name of a sheet. */
export const sheetName = (text: string): string =>
  text
    .replaceAll(/[[\]:*?/\\]/g, ' ')
    .trim()
    .slice(0, 31) || '表'

const wide = (text: string): number => [...text].reduce((all, character) => all + (character > '\u2e80' ? 2 : 1), 0)
const narrowest = 8
const widest = 60
/** Rows looked at to find the width of a column. */
const widthRows = 200

const numberOf = (value: SheetValue, kind: SheetKind): SheetValue =>
  typeof value === 'number' ? value / scale[kind] : value

/** As many characters as the value takes when it is written out. */
const writtenWidth = (value: SheetValue, kind: SheetKind): number =>
  value === null
    ? 0
    : typeof value === 'string'
      ? wide(value)
      : Math.abs(value / scale[kind]).toFixed(kind === 'count' ? 0 : 2).length * 1.35 + 2

const thin = { style: 'thin', color: { argb: 'FFAEB8C4' } } as const
const border = { top: thin, left: thin, bottom: thin, right: thin }
const headFill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFECEFF3' } } as const

function put(cell: SheetCell, value: SheetValue, { kind, align }: SheetColumn): void {
  // '—' in a column of numbers would be a text among them.
  cell.value = numberOf(value, kind)
  cell.numFmt = numberFormats[kind]
  cell.alignment = { horizontal: align ?? (kind === 'text' ? 'left' : 'right'), vertical: 'top' }
  cell.border = border
}

function heading(sheet: Worksheet, row: number, columns: readonly SheetColumn[]): void {
  columns.forEach((column, i) => {
    const cell = sheet.getCell(row, i + 1)
    cell.value = column.label
    cell.font = { bold: true }
    cell.fill = headFill
    cell.border = border
    cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true }
  })
}

const letter = (column: number): string =>
  column <= 26
    ? String.fromCharCode(64 + column)
    : `${String.fromCharCode(64 + Math.floor((column - 1) / 26))}${String.fromCharCode(65 + ((column - 1) % 26))}`

function totalsRow(sheet: Worksheet, row: number, first: number, { columns, totals }: SheetTable): void {
  columns.forEach((column, i) => {
    const cell = sheet.getCell(row, i + 1)
    const value = totals?.[i] ?? null
    put(cell, value, column)
    if (column.sum && typeof value === 'number' && row > first) {
      cell.value = {
        formula: `SUM(${letter(i + 1)}${first}:${letter(i + 1)}${row - 1})`,
        result: value / scale[column.kind],
      }
    }
    cell.font = { bold: true }
  })
}

/** Rows written at once: then the window has its turn, so that it goes on answering. */
const rowsAtOnce = 500
const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve))

/** Writes one table from a row on. @returns the row after it */
async function writeTable(sheet: Worksheet, at: number, table: SheetTable): Promise<number> {
  let row = at
  if (table.title !== undefined) {
    sheet.getCell(row, 1).value = table.title
    sheet.getCell(row, 1).font = { bold: true, size: 12 }
    row += 1
  }
  heading(sheet, row, table.columns)
  const first = row + 1
  for (const [i, values] of table.rows.entries()) {
    if (i % rowsAtOnce === rowsAtOnce - 1) await nextTurn()
    row += 1
    table.columns.forEach((column, c) => put(sheet.getCell(row, c + 1), values[c] ?? null, column))
  }
  if (table.totals) {
    row += 1
    totalsRow(sheet, row, first, table)
  }
  for (const note of table.notes ?? []) {
    row += 1
    sheet.getCell(row, 1).value = note
    sheet.getCell(row, 1).font = { italic: true, color: { argb: 'FF5A6675' } }
  }
  return row + 1
}

function widths(sheet: Worksheet, tables: readonly SheetTable[]): void {
  const columns = Math.max(0, ...tables.map((table) => table.columns.length))
  for (let i = 0; i < columns; i++) {
    const needed = tables.flatMap(({ columns: of, rows, totals }) => {
      const column = of[i]
      if (!column) return []
      const values = [...rows.slice(0, widthRows), ...(totals ? [totals] : [])].map((row) => row[i] ?? null)
      return [wide(column.label) + 2, ...values.map((value) => writtenWidth(value, column.kind) + 1)]
    })
    sheet.getColumn(i + 1).width = Math.min(widest, Math.max(narrowest, ...needed))
  }
}

async function writeSheet(book: Workbook, { name, head, tables }: SheetContent): Promise<void> {
  // With one table its heading stays in sight; several have only what stands above them all.
  const frozen = tables.length === 1 ? head.length + (tables[0]?.title === undefined ? 1 : 2) : head.length
  const sheet = book.addWorksheet(sheetName(name), {
    views: [{ state: 'frozen', ySplit: frozen }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  const across = Math.max(1, ...tables.map(({ columns }) => columns.length))
  head.forEach((line, i) => {
    const cell = sheet.getCell(i + 1, 1)
    cell.value = line
    cell.font = i === 0 ? { bold: true, size: 14 } : { color: { argb: 'FF5A6675' } }
    if (across > 1) sheet.mergeCells(i + 1, 1, i + 1, across)
  })
  let row = head.length + 1
  for (const table of tables) row = (await writeTable(sheet, row, table)) + 1
  widths(sheet, tables)
}

/** The bytes of an .xlsx file, a sheet for each content; sheets of one name are numbered. */
export async function workbookBytes(sheets: readonly SheetContent[], creator = ''): Promise<Uint8Array> {
  const { default: exceljs } = await import('exceljs')
  const book = new exceljs.Workbook()
  book.creator = creator
  const used = new Map<string, number>()
  for (const sheet of sheets) {
    const name = sheetName(sheet.name)
    const times = (used.get(name) ?? 0) + 1
    used.set(name, times)
    await writeSheet(book, { ...sheet, name: times === 1 ? name : `${name.slice(0, 28)} ${times}` })
  }
  return new Uint8Array(await book.xlsx.writeBuffer())
}
