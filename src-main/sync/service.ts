/** 上报: everything the hall commits reaches headquarters once, however the network behaves. */
import { desc, lt } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import type { Job } from '../platform/scheduler.ts'
import { task, useCase, type Environment } from '../platform/use-case.ts'
import { History, Status, TestConnection, UploadNow } from './api.ts'
import { openState, keptState, newestSeq, waitingCount } from './outbox.ts'
import { finishSnapshot } from './snapshot.ts'
import { uploads } from './tables.ts'
import { wayOutOf } from './ways-out.ts'
import {
  deviceOrNull,
  isConfigured,
  nextUploadAt,
  probe,
  stopUpload,
  tellWindows,
  upload,
  uploadJobName,
  uploadRuns,
} from './upload.ts'

export { snapshotJob } from './snapshot.ts'
export { beginStream, sendAll } from './ways-out.ts'
export { uploadFigures } from './figures.ts'

export const UploadNotConfigured = domainError(
  'UploadNotConfigured',
  '还没有设置总部接收地址和令牌，请管理员在“上报”页填写',
)
export const UploadFailed = domainError('UploadFailed', '没有上报成功，稍后自动重试')

/** How often the windows hear of rows that were added meanwhile (ms). */
const watchMs = 15_000

/** From the newest on, of which the first that was compared is the answer: by the index of the times all would be sorted. */
export const comparedSql = `SELECT ledger FROM uploads WHERE ledger IS NOT NULL AND stream_id = ?
  AND +started_at >= coalesce((SELECT updated_at FROM settings WHERE key = 'sync.url'), 0) ORDER BY id DESC LIMIT 1`

export const status = useCase(Status, (_input, { sqlite, settings }) => {
  const device = deviceOrNull(sqlite)
  const kept = keptState(sqlite)
  const job = statement<{ nextRunAt: number }>(sqlite, 'SELECT next_run_at AS nextRunAt FROM jobs WHERE name = ?')
  // What another headquarters found, or found of another stream, says nothing of what this one is sent now.
  const compared = statement<{ ledger: 'equal' | 'different' }>(sqlite, comparedSql).get(device?.streamId ?? '')
  return {
    waiting: device ? waitingCount(sqlite, device.streamId) : 0,
    lastSuccessAt: kept?.lastSuccessAt ?? null,
    lastError: kept?.lastError ?? null,
    lastAttemptAt: kept?.lastAttemptAt ?? null,
    nextTryAt: isConfigured({ settings }) ? (job.get(uploadJobName)?.nextRunAt ?? null) : null,
    running: uploadRuns({ sqlite }),
    configured: isConfigured({ settings }),
    acknowledged: kept?.acknowledged ?? 0,
    // Where the two have come apart, what was equal before says nothing any more.
    ledger: kept?.obstacle ? null : (compared?.ledger ?? null),
    wayOut: wayOutOf(kept),
    preparing: (kept?.snapshotAt ?? null) !== null,
  }
})

export const history = useCase(History, ({ after, size }, { db }) => {
  const rows = db
    .select({
      id: uploads.id,
      startedAt: uploads.startedAt,
      finishedAt: uploads.finishedAt,
      from: uploads.fromSeq,
      to: uploads.toSeq,
      bytes: uploads.bytes,
      outcome: uploads.outcome,
      reason: uploads.reason,
      ledger: uploads.ledger,
    })
    .from(uploads)
    .where(after === null ? undefined : lt(uploads.id, Number(after)))
    .orderBy(desc(uploads.id))
    .limit(size)
    .all()
  return { rows, next: rows.length === size ? String(rows.at(-1)?.id) : null }
})

/** @throws UploadNotConfigured · UploadFailed with what headquarters or the network did */
export const uploadNow = task(UploadNow, async (_input, { environment }) => {
  if (!isConfigured(environment)) throw new UploadNotConfigured()
  await finishSnapshot(environment)
  const { sent, error } = await upload(environment)
  if (error !== null) throw new UploadFailed(error)
  return { sent, waiting: waitingCount(environment.sqlite, environment.device().streamId) }
})

/** 测试连接. @throws UploadNotConfigured */
export const testConnection = task(TestConnection, async (_input, { environment }) => {
  if (!isConfigured(environment)) throw new UploadNotConfigured()
  return { problem: await probe(environment) }
})

/**
 * Has the scheduler upload within seconds of this transaction's commit. Called by the 日结; does nothing when the
 * hall has switched `sync.atDayClose` off.
 */
export function requestUpload({ sqlite, settings, clock, device }: Context): void {
  if (!settings.get('sync.atDayClose')) return
  openState(sqlite, device.streamId)
  statement(sqlite, 'UPDATE sync_state SET requested_at = ?').run(clock.now())
  if (!isConfigured({ settings })) return
  statement(sqlite, 'UPDATE jobs SET next_run_at = min(next_run_at, ?) WHERE name = ?').run(clock.now(), uploadJobName)
}

/**
 * How far the outbox has grown and how far headquarters has acknowledged it: a row with a number up to `acknowledged`
 * is there.
 */
export function uploadPosition({ sqlite, device }: Pick<Context, 'sqlite' | 'device'>): {
  readonly newest: number
  readonly acknowledged: number
} {
  const newest = newestSeq(sqlite)
  return { newest, acknowledged: newest - waitingCount(sqlite, device.streamId) }
}

export const uploadJob: Job = {
  job: uploadJobName,
  whileHeld: true,
  nextRun: (environment, now) => nextUploadAt(environment, now),
  async run(environment) {
    const { error } = await upload(environment)
    if (error !== null) throw new UploadFailed(error)
  },
  stop: stopUpload,
}

const told = new WeakMap<Environment, number>()

/** Rows are added by every room; the dot in the top bar follows at this pace instead of at every write. */
export const watchJob: Job = {
  job: 'sync.watch',
  whileHeld: true,
  nextRun: (_environment, now) => now + watchMs,
  run(environment) {
    const { sqlite } = environment
    const device = deviceOrNull(sqlite)
    const waiting = device ? waitingCount(sqlite, device.streamId) : 0
    if (told.get(environment) !== waiting) tellWindows(environment)
    told.set(environment, waiting)
    return Promise.resolve()
  },
}
