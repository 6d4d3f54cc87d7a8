/**
 * 第二备份位置: each proved backup is copied there and the copy read back. What goes wrong there never spoils the backup
 * itself; it is kept, and told until a copy succeeds.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { isBackupName } from '../platform/backup-files.ts'
import { readPlace, writePlace } from '../platform/backup-place.ts'
import type { Actor } from '../platform/context.ts'
import { domainError } from '../platform/errors.ts'
import { inTransaction, type Environment } from '../platform/use-case.ts'
import { inWorker } from './work.ts'

export const PlaceUnfit = domainError('PlaceUnfit', '这个文件夹不能存放备份，请另选一个')

/** Why a copy did not come about, and what to do. */
export function whyNotPlaced(error: unknown): string {
  const { code = '' } = error as { code?: string }
  if (code === 'ENOSPC' || code === 'EDQUOT') return '第二备份位置空间不足，请清理或换一块盘'
  if (code === 'PlaceGone' || code === 'ENOENT' || code === 'ENOTDIR')
    return '第二备份位置找不到，请插好移动盘或连上网络'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return '第二备份位置不能写入，请检查权限或写保护'
  if (code === 'PlaceDiffers') return '复制出的文件与备份不符，请检查移动盘'
  return '没有复制到第二备份位置，请检查移动盘或网络'
}

/** Copies a proved backup to the second place, if there is one; lets go there what `removed` names. Never throws. */
export async function placeBackup(
  { paths, clock, log, emit }: Environment,
  { fileName, hash }: { readonly fileName: string; readonly hash: string },
  removed: readonly string[],
): Promise<void> {
  const folder = readPlace(paths.root)?.folder
  if (folder === undefined) return
  let wrong: string | null = null
  try {
    await inWorker({ work: 'place', source: join(paths.backups, fileName), folder, fileName, hash })
    for (const name of removed.filter(isBackupName)) rmSync(join(folder, name), { force: true })
  } catch (error) {
    log.warn('backup-not-placed', { reason: String(error) })
    wrong = whyNotPlaced(error)
  }
  // Another place may have been chosen meanwhile.
  if (readPlace(paths.root)?.folder === folder) {
    writePlace(paths.root, { folder, last: { fileName, at: clock.now(), error: wrong } })
  }
  emit({ event: 'changed', data: { room: 'backup' } })
}

/**
 * Sets or (null) gives up the second place of this PC.
 * @throws PlaceUnfit for the data folder itself, for what is no folder and for one that cannot be written
 */
export function choosePlace(environment: Environment, folder: string | null, actor: Actor): void {
  const { paths } = environment
  if (folder !== null) checkPlace(paths.root, folder)
  inTransaction(environment, 'backup.place', actor, (context) => {
    context.audit({ subject: null, detail: { folder: folder ?? '不设' } })
  })
  writePlace(paths.root, folder === null ? null : { folder: resolve(folder), last: null })
}

function checkPlace(root: string, folder: string): void {
  const inside = relative(root, resolve(folder))
  if (inside === '' || !(inside.startsWith('..') || isAbsolute(inside)))
    throw new PlaceUnfit('这是数据文件夹本身。请选另一块盘、移动盘或网络上的文件夹')
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new PlaceUnfit('没有这个文件夹，请另选一个')
  const trial = join(folder, `hall-trial-${process.pid}`)
  try {
    mkdirSync(trial)
    rmSync(trial, { recursive: true, force: true })
  } catch {
    throw new PlaceUnfit('这个文件夹不能写入，请检查权限或写保护，或另选一个')
  }
}
