/** 备份: scheduled and by hand, each proved; kept by a rule; restored by an administrator. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { desc, eq, lt } from 'drizzle-orm'
import { recordChainCheck } from '../access/service.ts'
import { backupFileName, clearUnfinished } from '../platform/backup-files.ts'
import { allBackups, placedBackups, readPlace } from '../platform/backup-place.ts'
import type { TermsOf } from '../platform/approval-terms.ts'
import { anotherMayApprove, consumeApproval } from '../platform/approvals.ts'
import { systemActor, type Actor, type Context } from '../platform/context.ts'
import { replacedFiles } from '../platform/data-folder.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { domainError, NotAllowed, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { fen, type Fen } from '../platform/money.ts'
import { inTransaction, task, useCase, type Environment } from '../platform/use-case.ts'
import type { Job } from '../platform/scheduler.ts'
import { AuthorizeRestore, CheckFile, FileState, List, LostSince, Now, Places, type BackupRow } from './api.ts'
import { RestoreNeedsSecondPerson, type Proved } from './prove.ts'
import { BackupNotFound } from './restore.ts'
import { backupsToRemove, nextBackupAt } from './rules.ts'
import { placeBackup } from './second.ts'
import { backups } from './tables.ts'
import { damagedWords, inWorker, whyNot } from './work.ts'

export const BackupFailed = domainError('BackupFailed', '备份没有做成，请重试；仍不成功请联系管理员')
export const BackupRunning = domainError('BackupRunning', '正在备份，请等这一份做完')

/** How long an authorization to restore holds (ms). */
const authorizationMs = 5 * 60_000

const shown = {
  id: backups.id,
  fileName: backups.fileName,
  kind: backups.kind,
  startedAt: backups.startedAt,
  finishedAt: backups.finishedAt,
  state: backups.state,
  size: backups.size,
  error: backups.error,
}

export const list = useCase(List, ({ after, size }, { db }) => {
  const rows = db
    .select(shown)
    .from(backups)
    .where(after === null ? undefined : lt(backups.startedAt, Number(after)))
    .orderBy(desc(backups.startedAt))
    .limit(size)
    .all()
  return { rows, next: rows.length === size ? String(rows.at(-1)?.startedAt) : null }
})

export const now = task(Now, (_input, { environment, actor }) => backUp(environment, 'manual', actor))

export const backupJob: Job = {
  job: 'backup.daily',
  nextRun: ({ settings }, at, failures) => nextBackupAt(at, settings.get('backup.time'), failures),
  run: async (environment) => void (await backUp(environment, 'scheduled', systemActor)),
}

/** An order to restore that an administrator gave a moment ago: who, why, and who agreed. */
export interface Authorization extends Proved {
  readonly reason: string
}
const authorized = new WeakMap<Sqlite, { fileName: string; until: number } & Authorization>()

export const authorizeRestore = useCase(AuthorizeRestore, ({ fileName, reason, approvalId }, context) => {
  const { paths, clock, audit, actor, sqlite } = context
  if (context.till !== context.device.pcCode) throw new NotAllowed('恢复备份要换下主机的数据文件，请到主机办理')
  const there = [...allBackups(paths), ...replacedFiles(paths.root)]
  if (!there.some((file) => file.fileName === fileName)) throw new BackupNotFound()
  const agreedBy = secondPerson(context, { fileName, reason }, approvalId)
  const until = clock.now() + authorizationMs
  // The record of the restored hall says who agreed as well: this one is put aside.
  authorized.set(sqlite, { fileName, until, actor, agreedBy, reason })
  audit({ subject: `backup:${fileName}`, detail: { reason, ...(agreedBy === null ? { alone: true } : {}) } })
  return { until }
})

/** Who agreed; null where nobody else could. @throws RestoreNeedsSecondPerson · OthersRelieved · ApprovalRefused */
function secondPerson(context: Context, terms: TermsOf<'restore'>, approvalId: string | null): string | null {
  if (approvalId !== null) return consumeApproval(context, approvalId, 'restore', terms).approverName
  if (anotherMayApprove(context, 'restore')) throw new RestoreNeedsSecondPerson()
  return null
}

/** Who allowed this restore a moment ago, and why; null when nobody did. The permission is used up by asking. */
export function takeRestoreAuthorization({ sqlite }: Environment, fileName: string, at: number): Authorization | null {
  const found = authorized.get(sqlite)
  authorized.delete(sqlite)
  return found !== undefined && found.fileName === fileName && at <= found.until ? found : null
}

/** Halls that are making a backup at this moment. */
const making = new WeakSet<Environment>()

/** Begins the record of a backup under a name that no other has: two of one second are two files. */
function beginBackup({ clock, paths, sqlite }: Environment, kind: BackupRow['kind']): { id: string; fileName: string } {
  const id = newId(clock)
  const startedAt = clock.now()
  const taken = (name: string) =>
    statement(sqlite, 'SELECT 1 FROM backups WHERE file_name = ?').get(name) !== undefined ||
    existsSync(join(paths.backups, name))
  let named = startedAt
  while (taken(backupFileName(named))) named += 1_000
  const fileName = backupFileName(named)
  statement(sqlite, `INSERT INTO backups (id, file_name, kind, started_at, state) VALUES (?, ?, ?, ?, 'running')`).run(
    id,
    fileName,
    kind,
    startedAt,
  )
  return { id, fileName }
}

/**
 * Makes, proves and records one backup, then lets old ones go.
 * @throws BackupRunning · BackupFailed with the reason (the attempt stays on record)
 */
export async function backUp(environment: Environment, kind: BackupRow['kind'], actor: Actor): Promise<BackupRow> {
  if (making.has(environment)) throw new BackupRunning()
  making.add(environment)
  try {
    return await makeBackup(environment, kind, actor)
  } finally {
    making.delete(environment)
  }
}

async function makeBackup(environment: Environment, kind: BackupRow['kind'], actor: Actor): Promise<BackupRow> {
  const { clock, paths, sqlite, log } = environment
  // A copy may leave out the very pages that are damaged: it would be proved, and would still be of a damaged hall.
  if (environment.health.damagedAt !== null) throw new BackupFailed(damagedWords)
  const { id, fileName } = beginBackup(environment, kind)
  let hash: string
  try {
    const proved = await inWorker({
      work: 'copy',
      source: paths.database,
      target: join(paths.backups, fileName),
      key: environment.key,
    })
    inTransaction(environment, 'backup.proved', actor, (context) => {
      statement(
        sqlite,
        `UPDATE backups SET state = 'proved', finished_at = ?, size = ?, hash = ?, totals = ? WHERE id = ?`,
      ).run(clock.now(), proved.size, proved.hash, JSON.stringify(proved.totals), id)
      context.audit({ subject: `backup:${fileName}`, detail: { hash: proved.hash } })
      recordChainCheck(context, 'backup', proved.chain)
    })
    hash = proved.hash
  } catch (error) {
    const reason = whyNot(error)
    log.warn('backup-failed', { reason: String(error) })
    if (reason.includes('损坏')) environment.health.damagedAt = clock.now()
    if (sqlite.open) {
      statement(sqlite, `UPDATE backups SET state = 'failed', finished_at = ?, error = ? WHERE id = ?`).run(
        clock.now(),
        reason,
        id,
      )
    }
    throw new BackupFailed(`备份没有成功：${reason}`, { details: { reason } })
  }
  const removed = await removeOld(environment, fileName)
  await placeBackup(environment, { fileName, hash }, removed)
  return rowOf(environment, id)
}

/** @param made stays whatever its time: under a clock set back it is not the newest by it. @returns the names of those let go */
async function removeOld({ sqlite, paths, settings }: Environment, made: string): Promise<string[]> {
  const kept = sqlite
    .prepare(`SELECT file_name AS fileName, started_at AS startedAt FROM backups WHERE state = 'proved'`)
    .all() as { fileName: string; startedAt: number }[]
  const rule = { keepDaily: settings.get('backup.keepDaily'), keepMonthly: settings.get('backup.keepMonthly') }
  const gone = backupsToRemove(kept, rule)
    .map(({ fileName }) => fileName)
    .filter((name) => name !== made)
  for (const fileName of gone) {
    // The file system takes its time over some gigabytes; the counter does not wait for it.
    await rm(join(paths.backups, fileName), { force: true })
    if (!sqlite.open) break
    sqlite.prepare(`UPDATE backups SET state = 'removed' WHERE file_name = ?`).run(fileName)
  }
  return gone
}

/**
 * Clears what a killed backup left: its unfinished file, and its row, which would stay 进行中 for ever. Once for each start
 * of the program, before the first job.
 */
export const clearJob: Job = {
  job: 'backup.clear',
  whileHeld: true,
  atStart: true,
  nextRun: (_, now) => now + dayMs,
  run(environment) {
    const { paths, sqlite, clock } = environment
    if (!making.has(environment)) {
      clearUnfinished(paths.backups)
      statement(
        sqlite,
        `UPDATE backups SET state = 'failed', finished_at = ?, error = '程序中途退出，这份没有做完' WHERE state = 'running'`,
      ).run(clock.now())
    }
    return Promise.resolve()
  },
}
const dayMs = 86_400_000

function rowOf({ db }: Environment, id: string): BackupRow {
  const row = db.select(shown).from(backups).where(eq(backups.id, id)).get()
  if (!row) throw new NotFound()
  return row
}

/** How often the file is walked (ms), and how long it waits when the counter is busy. */
const walkEveryMs = 6 * 3_600_000
const busyWaitMs = 5 * 60_000
/** A counter that has written nothing for so long stands idle (ms). */
const idleMs = 2 * 60_000

/** Walks every page while nobody works, and tells what it finds as what it is. */
export const pageJob: Job = {
  job: 'backup.pages',
  whileHeld: true,
  nextRun: ({ sqlite }, now, failures) => now + (failures > 0 || isBusy(sqlite, now) ? busyWaitMs : walkEveryMs),
  async run(environment) {
    if (isBusy(environment.sqlite, environment.clock.now())) return
    await walkFile(environment)
  },
}

/** A log that cannot be read is no work at the counter, but one more reason to walk. */
function isBusy(sqlite: Sqlite, now: number): boolean {
  try {
    const last = statement<{ at: number }>(sqlite, 'SELECT at FROM audit_log ORDER BY seq DESC LIMIT 1').get()
    return last !== undefined && now - last.at < idleMs
  } catch {
    return false
  }
}

/** @throws BackupFailed with why the file could not be walked */
async function walkFile(environment: Environment): Promise<readonly string[]> {
  const { paths, key, sqlite, clock, health, log, emit } = environment
  let wrong: readonly string[]
  try {
    wrong = await inWorker({ work: 'pages', source: paths.database, key })
  } catch (error) {
    const reason = whyNot(error)
    if (reason !== damagedWords) throw new BackupFailed(`没有检查成：${reason}`)
    wrong = [String(error)]
  }
  const at = clock.now()
  health.damagedAt = wrong.length > 0 ? at : null
  if (wrong.length > 0) log.error('pages-damaged', { wrong })
  emit({ event: 'changed', data: { room: 'backup' } })
  try {
    statement(sqlite, 'INSERT INTO file_checks (id, at, damaged) VALUES (?, ?, ?)').run(
      newId(clock),
      at,
      wrong.length > 0 ? wrong.join('; ').slice(0, 1_000) : null,
    )
  } catch (error) {
    // The very table may lie on the damaged page; what was found is told all the same.
    log.error('check-not-recorded', { error: String(error) })
  }
  return wrong
}

export const checkFile = task(CheckFile, async (_input, { environment }) => {
  const wrong = await walkFile(environment)
  return { sound: wrong.length === 0 }
})

export const fileState = useCase(FileState, (_input, { sqlite, health, paths }) => {
  const last = statement<{ at: number }>(sqlite, 'SELECT at FROM file_checks ORDER BY at DESC LIMIT 1').get()
  return {
    checkedAt: last?.at ?? null,
    damagedAt: health.damagedAt,
    replaced: replacedFiles(paths.root),
  }
})

export const places = useCase(Places, (_input, { paths }) => {
  const place = readPlace(paths.root)
  const here = new Set(allBackups(paths).flatMap(({ fileName, placed }) => (placed ? [] : [fileName])))
  return {
    folder: paths.backups,
    second: place && { folder: place.folder, there: existsSync(place.folder), last: place.last },
    placed: placedBackups(paths.root).filter(({ fileName }) => !here.has(fileName)),
  }
})

/** The least id that can have been made at this time (epoch ms): ids begin with their time, and are indexed. */
const idFrom = (at: number): string =>
  at
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})/, '$1-')

export const lostSince = useCase(LostSince, ({ startedAt }, { sqlite }) => {
  const from = idFrom(startedAt)
  const paid = statement<{ n: number; sum: Fen }>(
    sqlite,
    `SELECT (SELECT count(*) FROM payments WHERE id >= @from AND kind <> 'offset') AS n,
       (SELECT coalesce(sum(amount), 0) FROM tenders WHERE payment_id >= @from AND means <> 'prepayment')
       - (SELECT coalesce(sum(t.amount), 0) FROM reversals v JOIN tenders t ON t.payment_id = v.payment_id
          WHERE v.id >= @from AND t.means <> 'prepayment') AS sum`,
  ).get({ from })
  const count = (table: 'bills' | 'readings' | 'customers' | 'workorders') =>
    statement<{ n: number }>(sqlite, `SELECT count(*) AS n FROM ${table} WHERE id >= ?`).get(from)?.n ?? 0
  return {
    payments: paid?.n ?? 0,
    received: paid?.sum ?? fen(0),
    bills: count('bills'),
    readings: count('readings'),
    customers: count('customers'),
    workorders: count('workorders'),
  }
})
