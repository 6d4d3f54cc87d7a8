/** 附件: scans sealed into the data folder under the SHA-256 of their content, and verified each time they are read. */
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
import { basename, dirname, extname, isAbsolute, join } from 'node:path'
import type { z } from 'zod'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { useCase } from '../platform/use-case.ts'
import {
  AttachFile,
  attachmentExtensions,
  ListAttachments,
  maxAttachmentSize,
  ReadAttachment,
  type AttachmentView,
} from './api.ts'
import { attachmentById, customerById } from './records.ts'
import { recordEvent } from './timeline.ts'
import { attachmentKindNames, type AttachmentKind } from './words.ts'

export const AttachmentRefused = domainError('AttachmentRefused', '这个文件不能作为附件')
export const AttachmentDamaged = domainError('AttachmentDamaged', '附件已损坏或被改动，请从备份恢复或重新上传')

type FileType = z.output<typeof ReadAttachment.output>['type']

/** Characters of a file name kept. */
const maxNameLength = 80
/** Bytes read at once. */
const chunkSize = 64 * 1024

/** What the first bytes say a file is; its name says nothing. */
function typeOf(head: Buffer): FileType | null {
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg'
  if (head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png'
  return head.subarray(0, 5).toString('latin1') === '%PDF-' ? 'application/pdf' : null
}

/** A name to show, without folders, control characters or what a file system refuses. */
export function shownName(path: string): string {
  const name = basename(path.replaceAll('\\', '/'))
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '')
    .replace(/^\.+/, '')
    .trim()
  const extension = extname(name)
  const stem = name.slice(0, name.length - extension.length).slice(0, maxNameLength - extension.length)
  return stem === '' ? `附件${extension}` : stem + extension
}

/** Where the content with this hash is kept. @throws RangeError for anything that is no SHA-256, so no path leads outside */
export function storedPath(folder: string, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError('not a SHA-256')
  return join(folder, hash.slice(0, 2), hash)
}

function openSource(path: string): number {
  if (!isAbsolute(path)) throw new AttachmentRefused('请用“选择文件”选取附件', { field: 'sourcePath' })
  const extension = extname(path).slice(1).toLowerCase()
  if (!attachmentExtensions.some((allowed) => allowed === extension)) {
    throw new AttachmentRefused('附件只能是 JPG、PNG 图片或 PDF 文件', { field: 'sourcePath' })
  }
  let file: number
  try {
    // Without waiting: a pipe with such a name would stop the counter.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    throw new AttachmentRefused('无法读取所选的文件，请检查它是否还在原处', { field: 'sourcePath' })
  }
  const stat = fstatSync(file)
  const problem = !stat.isFile()
    ? '所选的不是文件'
    : stat.size === 0
      ? '所选的文件是空的'
      : stat.size > maxAttachmentSize
        ? `附件不能超过 ${maxAttachmentSize / 1024 / 1024} MB，请压缩后再上传`
        : null
  if (problem !== null) {
    closeSync(file)
    throw new AttachmentRefused(problem, { field: 'sourcePath' })
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
      throw new AttachmentRefused('文件内容不是 JPG、PNG 或 PDF，请另存后再上传', { field: 'sourcePath' })
    }
    size += read
    if (size > maxAttachmentSize) throw new AttachmentRefused('附件过大，请压缩后再上传', { field: 'sourcePath' })
    pieces.push(piece)
  }
  if (size === 0) throw new AttachmentRefused('所选的文件是空的', { field: 'sourcePath' })
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

/** Stores a file durably before any row speaks of it; a file left without a row by a power cut harms nobody. */
function store(
  { paths: { attachments: folder }, vault }: Context,
  sourcePath: string,
  temporaryName: string,
): { hash: string; size: number } {
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
    return { hash, size: content.length }
  } finally {
    closeSync(source)
    rmSync(temporary, { force: true })
  }
}

/**
 * Seals a scan or photo of another room into the data folder, by the same rules. @returns what the room keeps to find it
 * @throws AttachmentRefused
 */
export function sealScan(context: Context, sourcePath: string): { hash: string; name: string } {
  const { hash } = store(context, sourcePath, newId(context.clock))
  return { hash, name: shownName(sourcePath) }
}

/** Opens what was sealed, verified against its hash. @throws AttachmentDamaged */
export function openScan({ paths, vault }: Context, hash: string): { type: FileType; bytes: Uint8Array<ArrayBuffer> } {
  const path = storedPath(paths.attachments, hash)
  if (!existsSync(path)) throw new AttachmentDamaged('附件文件不在了，请从备份恢复或重新上传')
  const bytes = vault.open(readFileSync(path))
  const type = bytes && typeOf(bytes)
  if (bytes === null || type === null || createHash('sha256').update(bytes).digest('hex') !== hash)
    throw new AttachmentDamaged()
  return { type, bytes: new Uint8Array(bytes) }
}

export interface NewAttachment {
  readonly customerId: string
  readonly kind: AttachmentKind
  /** Full path of the file to copy. */
  readonly sourcePath: string
}

/**
 * Copies a file into the customer's file. @returns attachment id
 * @throws CustomerNotFound · AttachmentRefused
 */
export function attachFile(context: Context, { customerId, kind, sourcePath }: NewAttachment): string {
  const { sqlite, clock, actor } = context
  customerById(context, customerId)
  const id = newId(clock)
  const { hash, size } = store(context, sourcePath, id)
  const name = shownName(sourcePath)
  statement(
    sqlite,
    `INSERT INTO attachments (id, customer_id, kind, name, hash, size, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(id, customerId, kind, name, hash, size, clock.now(), actor.name)
  recordEvent(context, {
    customerId,
    kind: 'attachment',
    title: `上传附件：${attachmentKindNames[kind]}`,
    detail: name,
    subject: `attachment:${id}`,
  })
  return id
}

/** @throws CustomerNotFound · AttachmentRefused */
export const attach = useCase(AttachFile, ({ customerId, kind, sourcePath }, context) => {
  const attachmentId = attachFile(context, { customerId, kind, sourcePath })
  context.audit({ subject: `customer:${customerId}`, detail: { attachmentId, kind } })
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { attachmentId }
})

export const attachmentsSql = `
  SELECT id AS attachmentId, kind, name, size, added_at AS addedAt, added_by AS addedBy FROM attachments
  WHERE customer_id = ? ORDER BY added_at DESC, id DESC`

/** 附件 of a customer, newest first. */
export const attachmentsOf = ({ sqlite }: Context, customerId: string): z.output<typeof AttachmentView>[] =>
  statement<z.output<typeof AttachmentView>>(sqlite, attachmentsSql).all(customerId)

export const listAttachments = useCase(ListAttachments, ({ customerId }, context) => ({
  rows: attachmentsOf(context, customerId),
}))

/** @throws AttachmentNotFound · AttachmentDamaged */
export const readAttachment = useCase(ReadAttachment, ({ attachmentId }, context) => {
  const { name, hash, kind, customerId } = attachmentById(context, attachmentId)
  context.audit({ subject: `customer:${customerId}`, detail: { attachmentId, kind } })
  return { name, ...openScan(context, hash) }
})
