/**
 * Text tables. Cut by csv-parse; what stands around it: which mark parts the columns, the guard mark of WeChat's bills,
 * and limits on what one record may be.
 */
import { CsvError, parse, type Options } from 'csv-parse'
import { parse as parseAtOnce } from 'csv-parse/sync'
import { cutCell, unguarded, type SheetRow } from './cells.ts'
import { FileRefused, maxColumns, maxRecordLength, maxRecords, tooManyColumns } from './limits.ts'

/** Lines looked at to tell how a table is written; titles may stand before its headings. */
const headLines = 20

export interface Dialect {
  readonly separator: string
  /** WeChat puts a backtick before every value, so a comma before none is part of a value. */
  readonly guarded: boolean
}

/** The mark that the fullest line of the beginning holds most of, outside quotes. */
export function dialectOf(head: string): Dialect {
  const unquoted = head.replace(/(^|[,;\t|\r\n])"(?:[^"]|"")*"(?=[,;\t|\r\n]|$)/g, '$1')
  const lines = unquoted.split(/\r\n|\n|\r/).slice(0, headLines)
  // Alipay pads its values with tabs; these part nothing.
  const bare = lines.map((line) => line.replace(/\t+(?=,|$)|(?<=,)\t+/g, ''))
  const counts = [',', '\t', ';', '|'].map((mark) => ({
    mark,
    count: Math.max(...bare.map((line) => line.split(mark).length - 1)),
  }))
  const most = counts.toSorted((a, b) => b.count - a.count)[0]
  return { separator: most?.mark ?? ',', guarded: /^"?`/m.test(head) }
}

const optionsFor = (separator: string): Options => ({
  delimiter: separator,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: maxRecordLength,
})

const tooLong = (row: number) => new FileRefused(`第 ${row} 行过长，可能有引号没有结束，请检查这一行`)

/** In the words of whoever mends the file; what is no fault of it stays as it is. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  const row = Number(error['records'] ?? 0) + 1
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new FileRefused(`第 ${row} 行有引号没有结束，请检查这一行的引号`)
  }
  return tooLong(row)
}

/** @throws FileRefused for more columns than a table has */
function rowOf(row: number, record: readonly string[]): SheetRow | null {
  let last = record.length
  while (last > 0 && (record[last - 1] ?? '').trim() === '') last--
  if (last > maxColumns) throw tooManyColumns(row, last)
  if (last === 0) return null
  return {
    row,
    cells: Array.from({ length: Math.min(record.length, maxColumns) }, (_, i) =>
      record[i] === '' ? null : unguarded(cutCell(record[i] ?? '')),
    ),
    width: record.length,
  }
}

/** One line of a guarded bill: cut where a guard follows the comma, else as any other line (Excel has saved it again). */
function cutGuarded(line: string, width: number | null): string[] {
  const plain = () => {
    try {
      return (parseAtOnce(line, optionsFor(',')) as string[][])[0] ?? ['']
    } catch {
      return line.split(',')
    }
  }
  if (!line.startsWith('`')) return plain()
  const cut = line.split(',`')
  if (width === null || cut.length === width) return cut
  const other = plain()
  return other.length === width ? other : cut
}

/** A guarded bill, line by line; what the headings count, the values below them must count. */
class GuardedLines {
  #row = 0
  #rest = ''
  #width: number | null = null;

  *take(text: string, ended: boolean): Generator<SheetRow> {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/)
    this.#rest = ended ? '' : (lines.pop() ?? '')
    if (this.#rest.length > maxRecordLength) throw tooLong(this.#row + 1)
    for (const raw of lines) {
      const line = raw.replace(/\r$/, '')
      this.#row += 1
      if (this.#row > maxRecords) throw new FileRefused(`文件超过 ${maxRecords} 行，请拆成几个文件`)
      const record = cutGuarded(line, this.#width)
      if (!line.startsWith('`') && !line.startsWith('"`')) this.#width = record.length > 1 ? record.length : null
      const row = rowOf(this.#row, record)
      if (row) yield row
    }
  }
}

/** Rows of a text that comes piece by piece. @throws FileRefused */
export async function* csvRows(pieces: AsyncIterable<string>, head: string): AsyncGenerator<SheetRow> {
  const { separator, guarded } = dialectOf(head)
  if (guarded) {
    const lines = new GuardedLines()
    for await (const piece of pieces) yield* lines.take(piece, false)
    yield* lines.take('', true)
    return
  }
  const parser = parse(optionsFor(separator))
  const feeding = (async () => {
    let lineLength = 0
    for await (const piece of pieces) {
      if (parser.destroyed) return
      const end = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf('\r'))
      lineLength = end < 0 ? lineLength + piece.length : piece.length - end
      // The parser counts what fields hold; a line of nothing but commas holds nothing.
      if (lineLength > maxRecordLength) throw tooLong(parser.info.records + 1)
      if (parser.write(piece)) continue
      await new Promise<void>((free) => {
        parser.once('drain', free)
        parser.once('close', free)
      })
    }
    if (!parser.destroyed) parser.end()
  })().catch((error: unknown) => void parser.destroy(error instanceof Error ? error : new Error(String(error))))
  let row = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row += 1
      if (row > maxRecords) throw new FileRefused(`文件超过 ${maxRecords} 行，请拆成几个文件`)
      const found = rowOf(row, record)
      if (found) yield found
    }
  } catch (error) {
    throw refusalOf(error)
  } finally {
    parser.destroy()
    await feeding
  }
}

/** Rows of a whole text. For texts that are small and ours; files go through the worker. @throws FileRefused */
export function csvRowsOf(text: string): SheetRow[] {
  const plain = text.replace(/^\ufeff/, '')
  const { separator, guarded } = dialectOf(plain)
  if (guarded) return [...new GuardedLines().take(plain, true)]
  const records: string[][] = []
  try {
    parseAtOnce(plain, { ...optionsFor(separator), on_record: (record: string[]) => void records.push(record) })
  } catch (error) {
    throw refusalOf(error)
  }
  return records.flatMap((record, i) => rowOf(i + 1, record) ?? [])
}
