/** What a file is by its bytes, whatever its name says: a workbook, or a text in one of the encodings people use. */
import { createHash } from 'node:crypto'
import { closeSync, constants, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import { basename, extname, isAbsolute } from 'node:path'
import { FileRefused, maxFileBytes } from './limits.ts'

/** A file on this PC, or the bytes a window sent. */
export type SheetSource = { readonly path: string } | { readonly name: string; readonly bytes: Uint8Array }

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

export interface SourceFile {
  /** Without folders. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** SHA-256 of the content, hex. */
  readonly hash: string
  /** Null for a workbook. */
  readonly encoding: Encoding | null
  /** The first characters of a text. */
  readonly head: string
}

/** Characters of a file name kept. */
const maxNameLength = 120
/** What may be looked into at all; what it really is, its first bytes say. */
const extensions: ReadonlySet<string> = new Set(['.xlsx', '.xlsm', '.xls', '.csv', '.txt'])
/** Bytes looked at to tell what a file is, and bytes read at once. */
const headSize = 8_192
const pieceSize = 256 * 1024

const refused = (message: string) => new FileRefused(message, { field: 'path' })

function readHead(source: SheetSource): { head: Buffer; size: number; name: string } {
  if ('bytes' in source) {
    const { bytes } = source
    if (bytes.length === 0) throw refused('所选的文件是空的')
    if (bytes.length > maxFileBytes) throw refused(`文件超过 ${maxFileBytes / 1024 / 1024} MB，请拆成几个文件`)
    return { head: Buffer.from(bytes.subarray(0, headSize)), size: bytes.length, name: basename(source.name) }
  }
  const { path } = source
  if (!isAbsolute(path)) throw refused('请用“选择文件”选取文件')
  if (!extensions.has(extname(path).toLowerCase())) throw refused('请选择 Excel（.xlsx）或文本表格（.csv）文件')
  let file: number
  try {
    // Without waiting: a pipe with such a name would stop the counter.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    throw refused('无法读取所选的文件，请检查它是否还在原处、是否正被 Excel 打开')
  }
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) throw refused('所选的不是文件')
    if (stat.size === 0) throw refused('所选的文件是空的')
    if (stat.size > maxFileBytes) throw refused(`文件超过 ${maxFileBytes / 1024 / 1024} MB，请拆成几个文件`)
    const buffer = Buffer.alloc(headSize)
    return { head: buffer.subarray(0, readSync(file, buffer)), size: stat.size, name: basename(path) }
  } finally {
    closeSync(file)
  }
}

export async function* bytesOf(source: SheetSource): AsyncGenerator<Buffer> {
  if ('path' in source) {
    yield* createReadStream(source.path, { highWaterMark: pieceSize }) as AsyncIterable<Buffer>
    return
  }
  const { bytes } = source
  for (let from = 0; from < bytes.length; from += pieceSize) yield Buffer.from(bytes.subarray(from, from + pieceSize))
}

const begins = (head: Buffer, bytes: readonly number[]) => head.subarray(0, bytes.length).equals(Buffer.from(bytes))
const ole = [0xd0, 0xcf, 0x11, 0xe0]
/** The stream in which Excel keeps a workbook that needs a password to be opened. */
const encryptedMark = Buffer.from('EncryptedPackage', 'utf16le')

/** UTF-16 by its mark, or by the zeros beside ASCII where the mark is missing; null for other texts. */
function utf16Of(head: Buffer): Encoding | null {
  if (begins(head, [0xff, 0xfe])) return 'utf-16le'
  if (begins(head, [0xfe, 0xff])) return 'utf-16be'
  const zeros = [0, 0]
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  if (odd > head.length / 8 && even === 0) return 'utf-16le'
  return even > head.length / 8 && odd === 0 ? 'utf-16be' : null
}

/** Goes through the whole file once. @throws FileRefused for what is no table, with what to do instead */
export async function identify(source: SheetSource): Promise<SourceFile> {
  const { head, size, name } = readHead(source)
  const zip = begins(head, [0x50, 0x4b, 0x03, 0x04])
  const old = begins(head, ole)
  const wide = zip || old ? null : utf16Of(head)
  if (!zip && !old && wide === null && head.includes(0)) {
    throw refused('这不是表格文件，请选择 Excel（.xlsx）或文本表格（.csv）')
  }
  const headText = zip || old ? '' : new TextDecoder(wide ?? 'utf-8').decode(head)
  // Old systems write web pages and call them .xls.
  if (/^[\ufeff\s]*(?:<(?:!doctype|!--|html|head|body|table|meta|style|div|\?xml)|mime-version:)/i.test(headText)) {
    throw refused('这是网页格式的表格，请用 Excel 打开后另存为 .xlsx 再试')
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
  for await (const piece of bytesOf(source)) {
    hash.update(piece)
    if (old) {
      encrypted ||= Buffer.concat([tail, piece]).includes(encryptedMark)
      tail = piece.subarray(-encryptedMark.length)
    } else if (!zip && wide === null) {
      utf8 &&= readable(decoders.utf8, piece)
      gb &&= readable(decoders.gb, piece)
    }
  }
  if (encrypted) throw refused('文件设了打开密码，请在 Excel 里去掉密码、另存后再试')
  if (old) throw refused('这是旧版 Excel 文件（.xls），请另存为 .xlsx 再试')
  const file = { name: name.slice(-maxNameLength), size, hash: hash.digest('hex') }
  const text = (encoding: Encoding): SourceFile => ({ ...file, encoding, head: new TextDecoder(encoding).decode(head) })
  if (zip) return { ...file, encoding: null, head: '' }
  if (wide !== null) return text(wide)
  if (utf8 && readable(decoders.utf8)) return text('utf-8')
  if (gb && readable(decoders.gb)) return text('gb18030')
  throw refused('文件的文字编码无法识别，请在 Excel 里另存为 .xlsx 或 UTF-8 的 .csv 再试')
}
