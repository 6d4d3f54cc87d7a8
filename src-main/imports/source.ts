/** The file of the old system: what it is by its first bytes, its SHA-256, its sheets, and its rows one after the other. */
import { createHash } from 'node:crypto'
import { closeSync, constants, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import { basename, extname, isAbsolute } from 'node:path'
import { cutCell, type Cell } from './cells.ts'
import { CsvProblem, CsvReader, separatorOf } from './csv.ts'
import { FileRefused, maxColumns, maxFileSize, maxUnpacked } from './limits.ts'
import { damaged, openWorkbook, sheetRows, type Workbook } from './xlsx.ts'
import { readPackage } from './zip.ts'

/** Characters of a file name kept. */
const maxNameLength = 120

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le'

export interface SourceFile {
  readonly path: string
  /** Without folders. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** SHA-256 of the content, hex. */
  readonly hash: string
  /** Null for a workbook. */
  readonly encoding: Encoding | null
}

export interface SourceRow {
  /** As Excel numbers it: from 1, with headings and empty rows. */
  readonly row: number
  readonly cells: readonly Cell[]
}

/** What may be looked into at all; what it really is, its first bytes say. */
const extensions: ReadonlySet<string> = new Set(['.xlsx', '.xlsm', '.xls', '.csv', '.txt'])
/** Bytes looked at to tell what a file is. */
const headSize = 8_192

function readHead(path: string): { head: Buffer; size: number } {
  if (!isAbsolute(path)) throw new FileRefused('请用“选择文件”选取文件', { field: 'path' })
  if (!extensions.has(extname(path).toLowerCase())) {
    throw new FileRefused('请选择 Excel（.xlsx）或文本表格（.csv）文件', { field: 'path' })
  }
  let file: number
  try {
    // Without waiting: a pipe with such a name would stop the counter.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    throw new FileRefused('无法读取所选的文件，请检查它是否还在原处、是否正被 Excel 打开', { field: 'path' })
  }
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) throw new FileRefused('所选的不是文件', { field: 'path' })
    if (stat.size === 0) throw new FileRefused('所选的文件是空的', { field: 'path' })
    if (stat.size > maxFileSize) {
      throw new FileRefused(`文件超过 ${maxFileSize / 1024 / 1024} MB，请拆成几个文件`, { field: 'path' })
    }
    const buffer = Buffer.alloc(headSize)
    return { head: buffer.subarray(0, readSync(file, buffer)), size: stat.size }
  } finally {
    closeSync(file)
  }
}

const begins = (head: Buffer, bytes: readonly number[]) => head.subarray(0, bytes.length).equals(Buffer.from(bytes))
const ole = [0xd0, 0xcf, 0x11, 0xe0]
/** The stream in which Excel keeps a workbook that needs a password to be opened. */
const encryptedMark = Buffer.from('EncryptedPackage', 'utf16le')

/** @throws FileRefused for a package that is no workbook, was cut off, or unpacks to more than can be meant */
function refuseOtherPackage(path: string, size: number): void {
  const found = readPackage(path, size)
  if (!found) throw damaged()
  if (!found.names.includes('xl/workbook.xml')) {
    throw new FileRefused('这不是 Excel 表格，请选择 .xlsx 或 .csv 文件', { field: 'path' })
  }
  if (found.unpacked > maxUnpacked) throw new FileRefused('文件内容过多，请按小区或年份拆成几个文件', { field: 'path' })
}

/** Goes through the whole file once: its hash, whether it is text and in which encoding, and whether a password is on it. */
export async function identify(path: string): Promise<SourceFile> {
  const { head, size } = readHead(path)
  const zip = begins(head, [0x50, 0x4b, 0x03, 0x04])
  const old = begins(head, ole)
  const marked = begins(head, [0xff, 0xfe])
  if (!zip && !old && !marked && head.includes(0)) {
    throw new FileRefused('这不是表格文件，请选择 Excel（.xlsx）或文本表格（.csv）', { field: 'path' })
  }
  // Old systems write web pages and call them .xls.
  if (/^[\ufeff\s]*<(?:!doctype|html|table|meta|\?xml)/i.test(head.toString('utf8'))) {
    throw new FileRefused('这是网页格式的表格，请用 Excel 打开后另存为 .xlsx 再试', { field: 'path' })
  }
  const hash = createHash('sha256')
  const decoders = { utf8: new TextDecoder('utf-8', { fatal: true }), gb: new TextDecoder('gb18030', { fatal: true }) }
  let [utf8, gb, encrypted] = [true, true, false]
  const readable = (decoder: TextDecoder, piece?: Buffer): boolean => {
    try {
      decoder.decode(piece, { stream: piece !== undefined })
      return true
    } catch {
      return false
    }
  }
  let tail: Buffer = Buffer.alloc(0)
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece)
    if (old) {
      encrypted ||= Buffer.concat([tail, piece]).includes(encryptedMark)
      tail = piece.subarray(-encryptedMark.length)
    } else if (!zip) {
      utf8 &&= readable(decoders.utf8, piece)
      gb &&= readable(decoders.gb, piece)
    }
  }
  if (encrypted) throw new FileRefused('文件设了打开密码，请在 Excel 里去掉密码、另存后再试', { field: 'path' })
  if (old) throw new FileRefused('这是旧版 Excel 文件（.xls），请另存为 .xlsx 再试', { field: 'path' })
  if (zip) refuseOtherPackage(path, size)
  const file = { path, name: basename(path).slice(-maxNameLength), size, hash: hash.digest('hex') }
  if (zip) return { ...file, encoding: null }
  if (marked) return { ...file, encoding: 'utf-16le' }
  if (utf8 && readable(decoders.utf8)) return { ...file, encoding: 'utf-8' }
  if (gb && readable(decoders.gb)) return { ...file, encoding: 'gb18030' }
  throw new FileRefused('文件的文字编码无法识别，请在 Excel 里另存为 .xlsx 或 UTF-8 的 .csv 再试', { field: 'path' })
}

async function* pieces({ path, encoding }: SourceFile, moved: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding ?? 'utf-8')
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    moved(piece.length)
    yield decoder.decode(piece, { stream: true })
  }
  yield decoder.decode()
}

async function* textRows(file: SourceFile, moved: (bytes: number) => void): AsyncGenerator<SourceRow> {
  let reader: CsvReader | null = null
  let waiting = ''
  let row = 0
  const rowsOf = function* (records: readonly string[][]): Generator<SourceRow> {
    for (const record of records) {
      row += 1
      if (record.length > maxColumns) {
        throw new FileRefused(`第 ${row} 行有 ${record.length} 列，最多 ${maxColumns} 列；请核对分隔符，删去多余的列`)
      }
      yield { row, cells: record.map((text) => (text === '' ? null : cutCell(text))) }
    }
  }
  try {
    for await (const piece of pieces(file, moved)) {
      let text = piece
      if (reader === null) {
        waiting += piece
        if (!/[\r\n]/.test(waiting) && waiting.length < headSize) continue
        text = waiting
        reader = new CsvReader(separatorOf(waiting.split(/\r|\n/, 1)[0] ?? ''))
        waiting = ''
      }
      yield* rowsOf(reader.take(text))
    }
    if (reader === null) {
      reader = new CsvReader(separatorOf(waiting))
      yield* rowsOf(reader.take(waiting))
    }
    yield* rowsOf(reader.end())
  } catch (error) {
    throw error instanceof CsvProblem ? new FileRefused(error.message) : error
  }
}

export interface OpenSource {
  /** Names of the sheets that are shown; one without a name for a text table. */
  readonly sheets: readonly string[]
  readonly rows: (sheet: string) => AsyncGenerator<SourceRow>
  /** How much of the file has been gone through, 0–1. */
  readonly share: () => number
}

/** @throws FileRefused */
export async function openSource(file: SourceFile): Promise<OpenSource> {
  let gone = 0
  const share = () => Math.min(1, gone / file.size)
  if (file.encoding !== null) {
    return { sheets: [''], share, rows: () => textRows(file, (bytes) => void (gone += bytes)) }
  }
  const workbook: Workbook = await openWorkbook(file.path)
  return { sheets: workbook.sheets, share, rows: (sheet) => sheetRows(workbook, sheet, (bytes) => void (gone = bytes)) }
}

/** The first rows of a sheet. */
export async function firstRows(source: OpenSource, sheet: string, count: number): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  for await (const row of source.rows(sheet)) {
    rows.push(row)
    if (rows.length >= count) break
  }
  return rows
}

/** Whether a row holds nothing: such rows are left out, in the middle and at the end. */
export const isBlank = ({ cells }: SourceRow): boolean =>
  cells.every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''))
