/** 备份: scheduled and by hand, each proved; kept by a rule; restored by an administrator. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { desc, eq, lt } from 'drizzle-orm'
import { backupFileName, backupFiles } from '../platform/backup-files.ts'
import { systemActor, type Actor } from '../platform/context.ts'
import { domainError, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { inTransaction, task, useCase, type Environment } from '../platform/use-case.ts'
import type { Job } from '../platform/scheduler.ts'
import { AuthorizeRestore, List, Now, type BackupRow } from './api.ts'
import type { ProvedCopy } from './copy.ts'
import { BackupNotFound } from './restore.ts'
import { backupsToRemove, nextBackupAt } from './rules.ts'
import { backups } from './tables.ts'

export const BackupFailed = domainError('BackupFailed', '备份没有成功，请检查磁盘空间后重试')

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

let authorized: { fileName: string; until: number } | null = null

export const authorizeRestore = useCase(AuthorizeRestore, ({ fileName, reason }, { paths, clock, audit }) => {
  if (!backupFiles(paths.backups).some((file) => file.fileName === fileName)) throw new BackupNotFound()
  const until = clock.now() + authorizationMs
  authorized = { fileName, until }
  audit({ subject: `backup:${fileName}`, detail: { reason } })
  return { until }
})

/** Whether an administrator allowed this restore a moment ago; the permission is used up by asking. */
export function takeRestoreAuthorization(fileName: string, at: number): boolean {
  const found = authorized
  authorized = null
  return found !== null && found.fileName === fileName && at <= found.until
}

/** Makes, proves and records one backup, then lets old ones go. @throws BackupFailed (the attempt stays on record) */
export async function backUp(environment: Environment, kind: BackupRow['kind'], actor: Actor): Promise<BackupRow> {
  const { clock, paths, sqlite } = environment
  const startedAt = clock.now()
  const id = newId(clock)
  const fileName = backupFileName(startedAt)
  sqlite
    .prepare(`INSERT INTO backups (id, file_name, kind, started_at, state) VALUES (?, ?, ?, ?, 'running')`)
    .run(id, fileName, kind, startedAt)
  try {
    const proved = await copyInWorker({
      source: paths.database,
      target: join(paths.backups, fileName),
      key: environment.key,
    })
    inTransaction(environment, 'backup.proved', actor, ({ audit }) => {
      sqlite
        .prepare(`UPDATE backups SET state = 'proved', finished_at = ?, size = ?, hash = ?, totals = ? WHERE id = ?`)
        .run(clock.now(), proved.size, proved.hash, JSON.stringify(proved.totals), id)
      audit({ subject: `backup:${fileName}`, detail: { hash: proved.hash } })
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    sqlite
      .prepare(`UPDATE backups SET state = 'failed', finished_at = ?, error = ? WHERE id = ?`)
      .run(clock.now(), reason, id)
    throw new BackupFailed(undefined, { details: { reason } })
  }
  removeOld(environment)
  return rowOf(environment, id)
}

function removeOld({ sqlite, paths, settings }: Environment): void {
  const kept = sqlite
    .prepare(`SELECT file_name AS fileName, started_at AS startedAt FROM backups WHERE state = 'proved'`)
    .all() as { fileName: string; startedAt: number }[]
  const rule = { keepDaily: settings.get('backup.keepDaily'), keepMonthly: settings.get('backup.keepMonthly') }
  for (const { fileName } of backupsToRemove(kept, rule)) {
    rmSync(join(paths.backups, fileName), { force: true })
    sqlite.prepare(`UPDATE backups SET state = 'removed' WHERE file_name = ?`).run(fileName)
  }
}

function rowOf({ db }: Environment, id: string): BackupRow {
  const row = db.select(shown).from(backups).where(eq(backups.id, id)).get()
  if (!row) throw new NotFound()
  return row
}

function copyInWorker(order: { source: string; target: string; key: string | null }): Promise<ProvedCopy> {
  // The built program has the worker as a file of its own; run from source, it is the file beside this one.
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './backup-worker.js'
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: order })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`backup worker ended with ${code}`)))
  })
}
