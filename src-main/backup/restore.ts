/** Putting a backup in the place of the database. Works also when no database opens. */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { v7 } from 'uuid'
import { isBackupName } from '../platform/backup-files.ts'
import type { DataPaths } from '../platform/context.ts'
import { openSqlite, type DatabaseKey } from '../platform/database.ts'
import { DatabaseCorrupt, domainError } from '../platform/errors.ts'

export const BackupNotFound = domainError('BackupNotFound', '没有找到这份备份，请从列表中另选一份')

/**
 * Replaces the closed database by a backup. The copy is opened and checked before anything is moved; the database that
 * was there stays beside it as `hall.db.replaced-…`. The restored one begins a new stream of outbox numbers.
 * @throws BackupNotFound · WrongKey · DatabaseCorrupt
 */
export function restoreBackup(paths: DataPaths, key: DatabaseKey, fileName: string): void {
  const backup = join(paths.backups, basename(fileName))
  if (!isBackupName(fileName) || !existsSync(backup)) throw new BackupNotFound()
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
