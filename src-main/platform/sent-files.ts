/**
 * Files that another PC of the hall has sent: a call names a file by where it lies on the host. Each lies in a folder of its
 * own, whose name nobody can guess, until what it was sent for has it, and no longer than a day.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { InvalidInput } from './errors.ts'
import { shownName } from './file-names.ts'
import { maxFileBytes } from './sheets/limits.ts'

/** Bytes that may lie there at once, of all PCs: a table of an old system, and the scans of a morning. */
export const maxSentBytes = 2 * maxFileBytes
/** What is not whole yet; no name of a file begins with a dot (`shownName`). */
const part = '.part'
const folderName = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const sentFolder = (root: string): string => join(root, 'sent')

/** The folder of its own that a path lies in; null for a path that nobody sent. */
function folderOf(root: string, path: string): string | null {
  const [folder = '', name = '', ...deeper] = relative(sentFolder(root), path).split(sep)
  if (!folderName.test(folder) || name === '' || name.startsWith('.') || deeper.length > 0) return null
  return join(sentFolder(root), folder)
}

/** Whether this file was sent, and is there whole. */
export const wasSent = (root: string, path: string): boolean => folderOf(root, path) !== null && existsSync(path)

/** Takes a file away that was sent; one that lies elsewhere is somebody's own and stays. */
export function dropSent(root: string, path: string): void {
  const folder = folderOf(root, path)
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
}

export interface Piece {
  /** A UUID, made by the sender for this file. */
  readonly file: string
  readonly name: string
  /** Bytes of the whole file. */
  readonly size: number
  /** Where this piece begins (bytes). A piece that is there already is taken once. */
  readonly at: number
  readonly bytes: Uint8Array
}

function sizeOfAll(root: string): number {
  const all = readdirSync(sentFolder(root), { recursive: true, withFileTypes: true })
  return all.reduce((sum, one) => sum + (one.isFile() ? statSync(join(one.parentPath, one.name)).size : 0), 0)
}

/**
 * Lays down a piece of a file, durably once it is the last.
 * @returns where the file lies when it is whole, else null @throws InvalidInput · the error of the system for a full disk
 */
export function takePiece(root: string, { file, name, size, at, bytes }: Piece): string | null {
  if (!folderName.test(file)) throw new InvalidInput('文件编号不正确')
  if (size > maxFileBytes) throw new InvalidInput(`文件不能超过 ${maxFileBytes / 1024 / 1024} MB`)
  const folder = join(sentFolder(root), file)
  const whole = join(folder, shownName(name))
  if (existsSync(whole)) return whole
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (at === 0 && sizeOfAll(root) + size > maxSentBytes) {
    rmSync(folder, { recursive: true, force: true })
    throw new InvalidInput('主机上待处理的文件太多，请等前面的文件办完再选')
  }
  const target = openSync(join(folder, part), 'a', 0o600)
  let held: number
  try {
    held = fstatSync(target).size
    // Asked once more, because the answer was lost on the way.
    if (at + bytes.length <= held && held < size) return null
    if (at !== held || at + bytes.length > size) throw new InvalidInput('文件在发送时有变化，请重新选择')
    writeFileSync(target, bytes)
    held += bytes.length
    if (held === size) fsyncSync(target)
  } finally {
    closeSync(target)
  }
  if (held < size) return null
  renameSync(join(folder, part), whole)
  return whole
}

/**
 * Takes away what was sent before that moment (epoch ms) and is of use to nobody any more.
 * @param awaited files that something under way still reads
 */
export function clearSent(root: string, before: number, awaited: ReadonlySet<string>): void {
  if (!existsSync(sentFolder(root))) return
  const kept = new Set([...awaited].map((path) => dirname(path)))
  for (const name of readdirSync(sentFolder(root))) {
    const folder = join(sentFolder(root), name)
    if (!kept.has(folder) && statSync(folder).mtimeMs < before) rmSync(folder, { recursive: true, force: true })
  }
}
