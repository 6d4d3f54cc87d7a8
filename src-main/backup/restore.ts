/**
 * Putting a backup in the place of the database. Works also when no database opens, and can be taken up after the program
 * was killed at any moment: a plan is written down before anything is moved, and the next start carries it out.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { v7 } from 'uuid'
import { endEverySession } from '../access/service.ts'
import { isBackupName } from '../platform/backup-files.ts'
import { findBackup } from '../platform/backup-place.ts'
import { answerLoss, blindSerials, recordBreak } from '../platform/breaks.ts'
import type { DataPaths } from '../platform/context.ts'
import { isReplacedName, replacedPrefix } from '../platform/data-folder.ts'
import { openSqlite, type DatabaseKey, type Sqlite } from '../platform/database.ts'
import { shanghaiTime } from '../platform/dates.ts'
import { writeDurably } from '../platform/durable-file.ts'
import { DatabaseCorrupt, domainError, WrongKey } from '../platform/errors.ts'
import { holdFolder } from '../platform/held-folder.ts'
import { readMark } from '../platform/mark.ts'
import { appliedMigrations, checkLineage, readMigrations } from '../platform/migrate.ts'
import { makeVault } from '../platform/vault.ts'
import type { RestoreProof } from './api.ts'
import { carryOver, type Carried } from './carry-over.ts'
import { putUnread } from './safety.ts'
import { proveRestore, RestoreRefused, type Proved } from './prove.ts'
import { RestoreTries } from './tries.ts'

export const BackupNotFound = domainError('BackupNotFound', '没有找到这份备份，请从列表中另选一份')
/** Nothing to do with the database that is there: it is the backup itself. */
export const BackupUnreadable = domainError(
  'BackupUnreadable',
  '这份备份打不开：已损坏，或不是用本机密钥做的。请从列表中另选一份',
)

/** Who restores, and who agreed: known from the open hall, or by passwords that the backup itself knows. */
export type RestoreBy = (Proved & { readonly reason: string }) | RestoreProof

export interface RestoreOrder {
  readonly fileName: string
  readonly by: RestoreBy
  /** Epoch ms. */
  readonly at: number
  /** Wrong passwords that were tried before. */
  readonly wrongTries?: number
}

const suffixes = ['', '-wal', '-shm'] as const
const planPath = ({ root }: DataPaths): string => join(root, 'restore.json')
const incomingPath = ({ database }: DataPaths): string => `${database}.incoming`

/** What is decided: from here on the incoming file is the hall's database. */
interface Plan {
  readonly replaced: string
}

/** The file a person chose, among the backups or the databases that were replaced. */
function sourceOf({ backups, root }: DataPaths, fileName: string): string {
  const path = isBackupName(fileName)
    ? findBackup({ root, backups }, basename(fileName))
    : isReplacedName(fileName)
      ? join(root, basename(fileName))
      : null
  const found = path === null ? undefined : statSync(path, { throwIfNoEntry: false })
  if (path === null || !found?.isFile()) throw new BackupNotFound()
  if (found.size === 0) throw new BackupUnreadable()
  return path
}

/**
 * Replaces the closed database by a backup, or by one that was replaced before. The copy is opened and checked before
 * anything is moved; the database that was there stays beside it as `hall.db.replaced-…`. In the restored one stand who,
 * why, which file and what it replaced; its numbers go on above everything given, sessions and approvals are ended, and a
 * new stream of outbox numbers begins.
 * @throws BackupNotFound · BackupUnreadable · what `proveRestore` throws · DatabaseCorrupt · DatabaseForeign · DatabaseNewer · DatabaseBusy
 */
export function restoreBackup(paths: DataPaths, key: DatabaseKey, order: RestoreOrder): void {
  const release = holdFolder(paths.root)
  try {
    replaceBy(paths, key, order)
  } finally {
    release()
  }
}

/**
 * The same where no hall is open: the backup itself says whether it is them, and wrong guesses are counted.
 * @throws TooManyTries · what `restoreBackup` throws
 */
export function restoreByProof(
  paths: DataPaths,
  key: DatabaseKey,
  order: Omit<RestoreOrder, 'by' | 'wrongTries'> & { readonly by: RestoreProof },
  tries = new RestoreTries(paths.root, key),
): void {
  tries.check()
  try {
    restoreBackup(paths, key, { ...order, wrongTries: tries.all })
  } catch (error) {
    if (error instanceof RestoreRefused) tries.wrong()
    throw error
  }
  tries.forget()
}

function replaceBy(paths: DataPaths, key: DatabaseKey, order: RestoreOrder): void {
  const source = sourceOf(paths, order.fileName)
  const incoming = incomingPath(paths)
  const replaced = replacedName(order.at)
  try {
    for (const suffix of suffixes) {
      rmSync(incoming + suffix, { force: true, recursive: true })
      if (existsSync(source + suffix)) copyFileSync(source + suffix, incoming + suffix)
    }
    prepare(paths, key, order, replaced)
  } catch (error) {
    for (const suffix of suffixes) rmSync(incoming + suffix, { force: true, recursive: true })
    throw error
  }
  writePlan(paths, { replaced })
  finishRestore(paths)
}

function replacedName(at: number): string {
  const { date, hour, minute, second } = shanghaiTime(at)
  const time = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join('')
  return `${replacedPrefix}${date.replaceAll('-', '')}-${time}-${v7().slice(-6)}`
}

/** @throws BackupUnreadable · DatabaseCorrupt · DiskFull */
function openCopy(path: string, key: DatabaseKey) {
  let copy: Sqlite | undefined
  try {
    copy = openSqlite({ path, key })
    return { copy, applied: appliedMigrations(copy) }
  } catch (error) {
    copy?.close()
    const foreign = error instanceof WrongKey || (error as { code?: string }).code === 'SQLITE_ERROR'
    throw foreign ? new BackupUnreadable() : error
  }
}

function prepare(paths: DataPaths, key: DatabaseKey, order: RestoreOrder, replaced: string): void {
  const { fileName, by, at, wrongTries = 0 } = order
  const incoming = incomingPath(paths)
  const { copy, applied } = openCopy(incoming, key)
  try {
    checkLineage(applied, readMigrations(join(paths.resources, 'migrations')))
    // Before the long walk over all pages: who is refused is told at once.
    const { actor, agreedBy } = 'actor' in by ? by : proveRestore(copy, by, at)
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok') throw new DatabaseCorrupt()
    const mark = readMark(paths.root, makeVault(key))
    const carried = carryOver(paths.database, key, copy, fileName)
    namesChange(copy, at)
    copy
      .transaction(() => {
        carried?.records(copy)
        // Before anybody can do anything in the restored hall: what was off stays off.
        const source = existsSync(paths.database) ? replaced : ''
        if (carried) carried.safety(copy, { at, source, by: actor.id, byName: actor.name })
        else putUnread(copy, { at, source })
        // The loss that was told, here or before the backup was made, is what this restore answers.
        answerLoss(copy, { at, by: actor.name, reason: `恢复备份 ${fileName}` })
        knowItself(copy, fileName, statSync(incoming).size, at)
        recordBreak(copy, {
          kind: 'restored',
          at,
          by: actor,
          reason: agreedBy === null ? `${by.reason}（一人办理）` : `${by.reason}（批准：${agreedBy}）`,
          detail: {
            reason: by.reason,
            ...(agreedBy === null ? { alone: true } : { approver: agreedBy }),
            ...(wrongTries > 0 ? { wrongTries } : {}),
          },
          mark,
          fileName,
          replaced: existsSync(paths.database) ? replaced : '',
          serials: serialsFrom(copy, carried, mark !== null),
          days: carried ? JSON.stringify(carried.days) : null,
          open: false,
        })
        endEverySession(copy, at)
      })
      .immediate()
    copy.pragma('wal_checkpoint(TRUNCATE)')
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
  syncFile(incoming)
}

/** A backup was copied while it was being made, and holds its own record unfinished; its pages have been walked just now. */
const knowItself = (copy: Sqlite, fileName: string, size: number, at: number) =>
  copy
    .prepare(
      `UPDATE backups SET state = 'proved', size = ?, finished_at = ?, error = NULL WHERE file_name = ? AND state <> 'proved'`,
    )
    .run(size, at, fileName)

/** Nobody on this PC knows what was given since: far enough above what the backup knows. */
const serialsFrom = (copy: Sqlite, carried: Carried | null, marked: boolean): Readonly<Record<string, number>> =>
  carried?.serials ?? (marked ? {} : blindSerials(copy))

/** The outbox triggers ask whoever writes for the name of the change. */
function namesChange(copy: Sqlite, at: number): void {
  const changeId = v7()
  copy.function('hall_change_id', () => changeId)
  copy.function('hall_now', () => at)
}

const writePlan = (paths: DataPaths, plan: Plan): void => writeDurably(planPath(paths), JSON.stringify(plan))

function readPlan(paths: DataPaths): Plan | null {
  try {
    const plan = JSON.parse(readFileSync(planPath(paths), 'utf8')) as Plan
    return isReplacedName(plan.replaced) ? plan : null
  } catch {
    return null
  }
}

/**
 * Carries out what a restore decided, from wherever it was broken off; does nothing when none is under way. While the
 * incoming file is there, everything under the database's name belongs to the old one.
 */
export function finishRestore(paths: DataPaths): void {
  const incoming = incomingPath(paths)
  const plan = readPlan(paths)
  if (plan && existsSync(incoming)) {
    const replaced = join(paths.root, plan.replaced)
    for (const suffix of suffixes) {
      if (existsSync(paths.database + suffix)) renameSync(paths.database + suffix, replaced + suffix)
    }
    syncFolder(paths.root)
    renameSync(incoming, paths.database)
    syncFolder(paths.root)
  }
  rmSync(planPath(paths), { force: true, recursive: true })
  // Without a plan nothing was decided, and what was being prepared is of no use.
  for (const left of [...suffixes.map((suffix) => incoming + suffix), `${planPath(paths)}.new`])
    rmSync(left, { force: true, recursive: true })
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes the renames themselves durable; Windows opens no folders, and its renames are journalled. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
