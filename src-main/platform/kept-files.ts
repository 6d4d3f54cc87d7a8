/** Files beside the database: sealed under the SHA-256 of their content, and verified each time they are read. */
import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, extname, isAbsolute, join } from 'node:path'
import type { z } from 'zod'
import type { Context } from './context.ts'
import { fileExtensions, maxFileSize, type FileContent } from './contract.ts'
import { domainError } from './errors.ts'
import { shownName } from './file-names.ts'
import { dropSent } from './sent-files.ts'

export const FileRefused = domainError('AttachmentRefused', '这个文件不能作为附件')
export const FileDamaged = domainError('AttachmentDamaged', '附件已损坏或被改动，请从备份恢复或重新上传')

type FileType = z.output<typeof FileContent>['type']

/** Bytes read at once. */
const chunkSize = 64 * 1024

/** What the first bytes say a file is; its name says nothing. */
function typeOf(head: Buffer): FileType | null {
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg'
  if (head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png'
  return head.subarray(0, 5).toString('latin1') === '%PDF-' ? 'application/pdf' : null
}

/** Where the content with this hash is kept. @throws RangeError for anything that is no SHA-256, so no path leads outside */
export function storedPath(folder: string, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError('not a SHA-256')
  return join(folder, hash.slice(0, 2), hash)
}

const notChosen = () => new FileRefused('请用“选择文件”选取附件', { field: 'sourcePath' })

function openSource(path: string): number {
  if (!isAbsolute(path)) throw notChosen()
  const extension = extname(path).slice(1).toLowerCase()
  if (!fileExtensions.some((allowed) => allowed === extension)) {
    throw new FileRefused('附件只能是 JPG、PNG 图片或 PDF 文件', { field: 'sourcePath' })
  }
  let file: number
  try {
    // Without waiting: a pipe with such a name would stop the counter.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    throw new FileRefused('无法读取所选的文件，请检查它是否还在原处', { field: 'sourcePath' })
  }
  const stat = fstatSync(file)
  const problem = !stat.isFile()
    ? '所选的不是文件'
    : stat.size === 0
      ? '所选的文件是空的'
      : stat.size > maxFileSize
        ? `附件不能超过 ${maxFileSize / 1024 / 1024} MB，请压缩后再上传`
        : null
  if (problem !== null) {
    closeSync(file)
    throw new FileRefused(problem, { field: 'sourcePath' })
  }
  return file
}

/** The content of a scan, piece by piece and never more than the limit: the file may have grown since it was asked. */
function readScan(source: number): Buffer {
  const pieces: Buffer[] = []
  let size = 0
  for (;;) {
    const chunk = Buffer.alloc(chunkSize)
    const read = readSync(source, chunk)
    if (read === 0) break
    const piece = chunk.subarray(0, read)
    if (size === 0 && typeOf(piece) === null) {
      throw new FileRefused('文件内容不是 JPG、PNG 或 PDF，请另存后再上传', { field: 'sourcePath' })
    }
    size += read
    if (size > maxFileSize) throw new FileRefused('附件过大，请压缩后再上传', { field: 'sourcePath' })
    pieces.push(piece)
  }
  if (size === 0) throw new FileRefused('所选的文件是空的', { field: 'sourcePath' })
  return Buffer.concat(pieces)
}

function syncFolder(folder: string): void {
  // Windows does not open folders; NTFS keeps the rename in its journal.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

export interface KeptFile {
  /** SHA-256 of the content, hex: what a row remembers to find it again. */
  readonly hash: string
  /** Bytes. */
  readonly size: number
  /** A name to show. */
  readonly name: string
}

/**
 * Copies a file durably before any row speaks of it; a file left without a row by a power cut harms nobody.
 * @param temporaryName the id of the row to come · @throws FileRefused
 */
export function keepFile(
  { paths: { attachments: folder, root }, vault, wasChosen, afterCommit }: Context,
  sourcePath: string,
  temporaryName: string,
): KeptFile {
  // A page that obeyed a stranger would read whatever the user may, and a name on a network is a way out.
  if (wasChosen?.(sourcePath) === false) throw notChosen()
  const source = openSource(sourcePath)
  const temporary = join(folder, `${temporaryName}.part`)
  try {
    const content = readScan(source)
    const hash = createHash('sha256').update(content).digest('hex')
    const target = openSync(temporary, 'wx', 0o600)
    try {
      writeFileSync(target, vault.seal(content))
      fsyncSync(target)
    } finally {
      closeSync(target)
    }
    const path = storedPath(folder, hash)
    mkdirSync(dirname(path), { recursive: true })
    renameSync(temporary, path)
    syncFolder(dirname(path))
    afterCommit(() => dropSent(root, sourcePath))
    return { hash, size: content.length, name: shownName(sourcePath) }
  } finally {
    closeSync(source)
    rmSync(temporary, { force: true })
  }
}

/** The content of a kept file. @throws FileDamaged when it is gone or not what was kept */
export function readKept({ paths, vault }: Context, hash: string): { type: FileType; bytes: Uint8Array<ArrayBuffer> } {
  const path = storedPath(paths.attachments, hash)
  if (!existsSync(path)) throw new FileDamaged('附件文件不在了，请从备份恢复或重新上传')
  const bytes = vault.open(readFileSync(path))
  const type = bytes && typeOf(bytes)
  if (bytes === null || type === null || createHash('sha256').update(bytes).digest('hex') !== hash) {
    throw new FileDamaged()
  }
  return { type, bytes: new Uint8Array(bytes) }
}
