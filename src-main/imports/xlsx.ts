/**
 * Rows of an .xlsx, streamed. The file is gone through twice: once for the sheets' names, styles and shared texts, once for
 * the rows. In one pass the reader would put sheets that come before their texts into unencrypted temporary files, and
 * what stands in them is personal.
 */
import exceljs from 'exceljs'
import { cutCell, type Cell } from './cells.ts'
import { FileRefused, maxColumns } from './limits.ts'

/** Shared texts one workbook may have, and their characters together: what must be held in memory while rows are read. */
const maxSharedTexts = 4_000_000
const maxSharedCharacters = 300_000_000

type SharedText = string | { readonly richText: readonly { readonly text: string | null }[] } | null
interface SheetModel {
  readonly name: string
  readonly rId: string
  readonly state?: string
}
/** What the reader keeps between its two passes; its types name less than it has. */
interface Innards {
  sharedStrings: unknown
  workbookRels: readonly { readonly Id: string; readonly Target: string }[]
  model: { readonly sheets?: readonly SheetModel[] } | undefined
  properties: unknown
  styles: unknown
  readonly stream: { readonly bytesRead: number; destroy(): void } | undefined
  parse(): AsyncIterable<{ eventType: string; value: unknown } | { index: number; text: SharedText }>
}
interface SheetReader {
  readonly id: number | string
  readonly name: string
  [Symbol.asyncIterator](): AsyncIterator<exceljs.Row>
}

export interface Workbook {
  readonly path: string
  readonly sheets: readonly string[]
  readonly innards: Omit<Innards, 'parse' | 'stream'>
}

const readerOf = (path: string, options: Partial<exceljs.stream.xlsx.WorkbookStreamReaderOptions>): Innards =>
  new exceljs.stream.xlsx.WorkbookReader(path, options) as unknown as Innards

const plainText = (text: SharedText): string =>
  text === null ? '' : typeof text === 'string' ? text : text.richText.map((part) => part.text ?? '').join('')

export const damaged = () => new FileRefused('文件已损坏或没有下载完整，请用 Excel 打开后另存为新的 .xlsx 再试')

/** A damaged package may leave its reader waiting for bytes that never come (ms). */
const longestSilence = 120_000

async function* heard<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]()
  for (;;) {
    let timer: NodeJS.Timeout | undefined
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(damaged()), longestSilence)
    })
    const next = await Promise.race([iterator.next(), silence]).finally(() => clearTimeout(timer))
    if (next.done) return
    yield next.value
  }
}

/** Sheets, styles and shared texts. @throws FileRefused */
export async function openWorkbook(path: string): Promise<Workbook> {
  const reader = readerOf(path, {
    worksheets: 'ignore',
    sharedStrings: 'emit',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  })
  // With texts, relations and sheets "known" the reader skips the sheets instead of laying them down as files.
  reader.sharedStrings = []
  reader.workbookRels = []
  reader.model = { sheets: [] }
  const texts: string[] = []
  let characters = 0
  try {
    for await (const part of heard(reader.parse())) {
      if (!('text' in part)) continue
      const text = cutCell(plainText(part.text))
      characters += text.length
      if (texts.length >= maxSharedTexts || characters > maxSharedCharacters) {
        throw new FileRefused('文件内容过多，请按小区或年份拆成几个文件')
      }
      texts.push(text)
    }
  } catch (error) {
    throw error instanceof FileRefused ? error : damaged()
  } finally {
    reader.stream?.destroy()
  }
  const sheets = reader.model?.sheets ?? []
  if (sheets.length === 0) throw new FileRefused('这不是 Excel 表格，或其中没有工作表')
  const { model, properties, styles, workbookRels } = reader
  return {
    path,
    sheets: sheets.filter(({ state }) => state === undefined || state === 'visible').map(({ name }) => name),
    innards: { sharedStrings: texts, model, properties, styles, workbookRels },
  }
}

const dateText = (date: Date): string => (Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10))

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return cutCell(value)
  if (typeof value === 'number') return Number.isNaN(value) ? { error: '#错误' } : value
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (value instanceof Date) return dateText(value)
  if (typeof value !== 'object') return null
  if ('error' in value) return { error: String(value.error) }
  if ('richText' in value) return cutCell(plainText(value as SharedText))
  // A cell that shares the formula of another one has no formula of its own, only its result.
  if ('formula' in value) return resultOf((value as { result?: unknown }).result)
  return 'text' in value ? cutCell(String(value.text)) : null
}

/** A workbook made by another program may hold formulas nobody has computed. */
const resultOf = (result: unknown): Cell => (result === undefined ? { error: '没有计算结果' } : cellOf(result))

function cellsOf(row: exceljs.Row): Cell[] {
  const cells: Cell[] = []
  row.eachCell((cell, column) => {
    // What a formula's value says leaves out a result of 0 and one that failed.
    cells[column - 1] = cell.type === exceljs.ValueType.Formula ? resultOf(cell.result) : cellOf(cell.value)
  })
  return Array.from(cells, (cell) => cell ?? null)
}

/** Every row of a sheet with its number as Excel shows it, those without content too. @throws FileRefused */
export async function* sheetRows(
  { path, innards }: Workbook,
  sheet: string,
  moved: (bytes: number) => void,
): AsyncGenerator<{ readonly row: number; readonly cells: Cell[] }> {
  const reader = readerOf(path, {
    worksheets: 'emit',
    sharedStrings: 'ignore',
    styles: 'ignore',
    hyperlinks: 'ignore',
    entries: 'ignore',
  })
  Object.assign(reader, innards)
  try {
    for await (const part of heard(reader.parse())) {
      if (!('eventType' in part) || part.eventType !== 'worksheet') continue
      const found = part.value as SheetReader
      if (found.name !== sheet) continue
      for await (const row of found) {
        const cells = cellsOf(row)
        moved(reader.stream?.bytesRead ?? 0)
        if (cells.length > maxColumns) {
          throw new FileRefused(`第 ${row.number} 行有 ${cells.length} 列，最多 ${maxColumns} 列；请删去多余的列再试`)
        }
        yield { row: row.number, cells }
      }
      return
    }
  } catch (error) {
    throw error instanceof FileRefused ? error : damaged()
  } finally {
    reader.stream?.destroy()
  }
}
