/** Backups as files: listing them, and putting one in the place of the database. Works also when no database opens. */
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { v7 } from 'uuid'
import type { BackupFile } from '../app/api.ts'
import type { DataPaths } from '../platform/context.ts'
import { shanghaiTime } from '../platform/dates.ts'
import { openSqlite, type DatabaseKey } from '../platform/database.ts'
import { DatabaseCorrupt, domainError } from '../platform/errors.ts'

export const BackupNotFound = domainError('BackupNotFound', '没有找到这份备份，请从列表中另选一份')

const named = /^hall-\d{8}-\d{6}\.db$/

/** `hall-20261123-123000.db`: the Shanghai time at which the backup began (epoch ms). */
export function backupFileName(startedAt: number): string {
  const { date, hour, minute, second } = shanghaiTime(startedAt)
  const time = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join('')
  return `hall-${date.replaceAll('-', '')}-${time}.db`
}

export function backupFiles(folder: string): BackupFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((fileName) => named.test(fileName))
    .map((fileName) => {
      const { mtimeMs, size } = statSync(join(folder, fileName))
      return { fileName, at: Math.round(mtimeMs), size }
    })
    .sort((a, b) => (a.fileName < b.fileName ? 1 : -1))
}

/**
 * Replaces the closed database by a backup. The copy is opened and checked before anything is moved; the database that
 * was there stays beside it as `hall.db.replaced-…`. The restored one begins a new stream of outbox numbers.
 * @throws BackupNotFound · WrongKey · DatabaseCorrupt
 */
export function restoreBackup(paths: DataPaths, key: DatabaseKey, fileName: string): void {
  const backup = join(paths.backups, basename(fileName))
  if (!named.test(fileName) || !existsSync(backup)) throw new BackupNotFound()
  const incoming = `${paths.database}.incoming`
  for (const suffix of ['', '-wal', '-shm']) rmSync(incoming + suffix, { force: true })
  copyFileSync(backup, incoming)
  const copy = openSqlite({ path: incoming, key })
  try {
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok') throw new DatabaseCorrupt()
    copy.prepare('UPDATE device SET stream_id = ?').run(v7())
    copy.pragma('wal_checkpoint(TRUNCATE)')
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
  const replaced = `${paths.database}.replaced-${v7()}`
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(paths.database + suffix)) renameSync(paths.database + suffix, replaced + suffix)
  }
  renameSync(incoming, paths.database)
}
