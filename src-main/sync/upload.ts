/**
 * 上报: sends what waits, batch by batch, and keeps what headquarters acknowledged. The network is waited for outside
 * any transaction, so the counter never waits with it; a process killed between sending and keeping the answer sends the
 * same rows again, which headquarters knows by their numbers.
 */
import { deviceOf, type Environment } from '../platform/use-case.ts'
import type { Device } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { keepWitness, unaskedBreak } from '../machine/service.ts'
import {
  chainOver,
  newestSeq,
  nextBatch,
  oldestSeq,
  openState,
  prune,
  waitingCount,
  type Batch,
  type SyncState,
} from './outbox.ts'
import { forkReason, judge, maxResumes, maxRetryMs, newerAt, retryDelay, type Verdict } from './rules.ts'
import { askState, sendBatch, type Sent, type Target } from './send.ts'
import { judgeState } from './witness.ts'

/** Name of the job in the scheduler's table. */
export const uploadJobName = 'sync.upload'

/** How soon a hall whose address of headquarters was just set begins (ms). */
const unconfiguredMs = 60_000
const dayMs = 86_400_000

export interface UploadResult {
  /** Rows acknowledged by this run. */
  readonly sent: number
  /** Chinese; null when everything that waited at the start is at headquarters. */
  readonly error: string | null
}

interface Flight {
  /** Address and token it goes to. */
  readonly to: string
  readonly result: Promise<UploadResult>
  readonly stop: AbortController
}
const flights = new WeakMap<Environment, Flight>()

export const uploadRuns = (environment: { sqlite: Sqlite }): boolean => running.has(environment.sqlite)
const running = new WeakSet<Sqlite>()

export const isConfigured = ({ settings }: Pick<Environment, 'settings'>): boolean =>
  settings.get('sync.url') !== '' && settings.get('sync.token') !== ''

/** The device; null before the first-start wizard. */
export function deviceOrNull(sqlite: Sqlite): Device | null {
  return statement(sqlite, 'SELECT 1 FROM device').get() ? deviceOf(sqlite) : null
}

/**
 * Uploads what waits now. While an upload runs already, waits for that one; one that runs to an address or with a token that
 * has been changed meanwhile is broken off: its answer is not about what is asked now. Never throws for what the network does.
 */
export function upload(environment: Environment): Promise<UploadResult> {
  const { settings, sqlite } = environment
  const to = `${settings.get('sync.url')}\n${settings.get('sync.token')}`
  const before = flights.get(environment)
  if (before?.to === to) return before.result
  before?.stop.abort()
  const stop = new AbortController()
  running.add(sqlite)
  const result = (before?.result ?? Promise.resolve())
    .then(() => (sqlite.open ? run(environment, stop.signal) : { sent: 0, error: null }))
    .finally(() => {
      if (flights.get(environment) !== flight) return
      flights.delete(environment)
      running.delete(sqlite)
      if (sqlite.open) finish(environment)
    })
  const flight = { to, result, stop }
  flights.set(environment, flight)
  return result
}

/**
 * 测试连接: sends what waits, or where nothing does asks headquarters what it knows of this PC.
 * @returns what is wrong, in Chinese; null when headquarters answered as it should
 */
export async function probe(environment: Environment): Promise<string | null> {
  const { sqlite, clock } = environment
  const device = deviceOrNull(sqlite)
  if (!device || !isConfigured(environment)) return null
  if (waitingCount(sqlite, device.streamId) > 0) return (await upload(environment)).error
  const verdict = await whereItStands(environment, device, new AbortController().signal)
  const reason = verdict.kind === 'known' ? null : verdict.reason
  if (!sqlite.open) return reason
  if (verdict.kind === 'mend') keepFailure(sqlite, verdict, clock.now())
  else {
    statement(
      sqlite,
      `UPDATE sync_state SET last_error = ?, last_success_at = CASE WHEN ? THEN ? ELSE last_success_at END,
         obstacle = CASE WHEN obstacle = 'behind' THEN NULL ELSE obstacle END`,
    ).run(reason, reason === null ? 1 : 0, clock.now())
  }
  tellWindows(environment)
  return reason
}

/**
 * With nothing to send, headquarters is asked whether it stands where this PC does. Rows beyond are another's: a copy of these
 * data went on, or these are an old copy themselves.
 */
async function whereItStands(environment: Environment, device: Device, stop: AbortSignal) {
  const { sqlite, clock } = environment
  const { acknowledged, baseSeq } = openState(sqlite, device.streamId)
  const answer = await askState(targetOf(environment, device), { after: acknowledged, since: clock.now() }, stop)
  // Rows were acknowledged, and there nobody knows this PC: another headquarters, or another address of it.
  if (answer.kind === 'answer' && answer.status === 404 && acknowledged > 0) return strange
  const verdict = judgeState(answer)
  if (verdict.kind !== 'known' || verdict.witness.rows === 0 || !sqlite.open) return verdict
  // A stream of which nothing has arrived yet follows one that went further; and what was sent meanwhile is beyond, too.
  const joined = acknowledged > (baseSeq ?? 0) && openState(sqlite, device.streamId).acknowledged === acknowledged
  return joined ? newerAt(acknowledged) : verdict
}

const strange = {
  kind: 'mend',
  reason: '这个地址的总部没有本厅已上报的数据，请核对接收地址；确是新换的总部，请管理员重新上报全部数据',
  obstacle: { kind: 'behind', agreed: null },
} as const

const targetOf = ({ settings }: Environment, { deviceId, streamId }: Device) => ({
  url: settings.get('sync.url'),
  token: settings.get('sync.token'),
  deviceId,
  streamId,
  timeoutMs: settings.get('sync.timeoutSeconds') * 1000,
})

/** Breaks off the upload that runs, if any; the rows it was sending stay in the outbox. */
export const stopUpload = (environment: Environment): void => flights.get(environment)?.stop.abort()

/** When to upload next (epoch ms). */
export function nextUploadAt({ sqlite, settings }: Environment, now: number): number {
  const device = deviceOrNull(sqlite)
  if (!device || !isConfigured({ settings })) return now + unconfiguredMs
  const { requestedAt, nextTryAt } = openState(sqlite, device.streamId)
  if (requestedAt !== null) return now
  return nextTryAt ?? now + settings.get('sync.intervalMinutes') * 60_000
}

/** Tells the windows how many rows wait and how the last attempt went. */
export function tellWindows({ sqlite, emit }: Environment): void {
  const device = deviceOrNull(sqlite)
  if (!device) return
  const { lastSuccessAt, lastError, snapshotAt } = openState(sqlite, device.streamId)
  const waiting = waitingCount(sqlite, device.streamId)
  emit({ event: 'sync', data: { waiting, lastSuccessAt, lastError, preparing: snapshotAt !== null } })
}

function finish(environment: Environment): void {
  const { sqlite, clock } = environment
  // An upload by hand moves the scheduled one as well.
  statement(
    sqlite,
    `INSERT INTO jobs (name, next_run_at) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET next_run_at = excluded.next_run_at`,
  ).run(uploadJobName, nextUploadAt(environment, clock.now()))
  tellWindows(environment)
}

async function run(environment: Environment, stop: AbortSignal): Promise<UploadResult> {
  const { sqlite, clock, settings } = environment
  const device = deviceOrNull(sqlite)
  if (!device || !isConfigured(environment)) return { sent: 0, error: null }
  const begin = openState(sqlite, device.streamId)
  const until = newestSeq(sqlite)
  statement(sqlite, 'UPDATE sync_state SET last_attempt_at = ?, requested_at = NULL').run(clock.now())
  const target = targetOf(environment, device)
  const unasked = await askAfterBreak(environment, target, begin, stop)
  if (unasked !== null) return { sent: 0, error: unasked }
  if (begin.acknowledged >= until && begin.acknowledged > (begin.baseSeq ?? 0)) {
    const idle = await idleContact(environment, device, stop)
    if (idle !== null) return { sent: 0, error: idle }
  }
  let resumes = 0
  let state = begin
  while (state.acknowledged < until) {
    const startedAt = clock.now()
    const batch = nextBatch(sqlite, device, state, startedAt)
    if (!batch) break
    const sent = await sendBatch(target, batch, stop)
    if (!sqlite.open) return { sent: 0, error: null }
    let verdict = judge(sent.answer, batch)
    if (verdict.kind === 'resume') verdict = checkResume(sqlite, state, verdict, (resumes += 1))
    keep(environment, target.streamId, batch, sent, verdict, startedAt)
    state = openState(sqlite, device.streamId)
    if (verdict.kind !== 'acknowledged' && verdict.kind !== 'resume') {
      return { sent: state.acknowledged - begin.acknowledged, error: verdict.reason }
    }
    tellWindows(environment)
  }
  const now = clock.now()
  await prune(environment, state.acknowledged, now - settings.get('sync.keepDays') * dayMs)
  return { sent: Math.max(0, state.acknowledged - begin.acknowledged), error: null }
}

/** Nothing waits, so a way that fails is no failure; what somebody has to mend is. @returns that, in Chinese */
async function idleContact(environment: Environment, device: Device, stop: AbortSignal): Promise<string | null> {
  const { sqlite, clock } = environment
  const verdict = await whereItStands(environment, device, stop)
  if (!sqlite.open) return null
  if (verdict.kind === 'mend') {
    keepFailure(sqlite, verdict, clock.now())
    return verdict.reason
  }
  if (verdict.kind === 'known') {
    statement(
      sqlite,
      `UPDATE sync_state SET last_error = NULL, failures = 0, next_try_at = NULL, obstacle = NULL, agreed = NULL
       WHERE failures > 0`,
    ).run()
  }
  return null
}

type Resume = Extract<Verdict, { kind: 'resume' }>

/** Whether headquarters, from where it is, leads to what this hall has been told: else it holds another hall's rows. */
function checkResume(sqlite: Sqlite, state: SyncState, verdict: Resume, times: number): Verdict {
  if (times > maxResumes) return { kind: 'retry', reason: '总部反复要求补传，稍后自动重试' }
  if (verdict.expected < oldestSeq(sqlite)) {
    const reason = '总部的数据退回到了较早的时候，所缺的记录本机已不逐条保留'
    return { kind: 'mend', reason, obstacle: { kind: 'behind', agreed: null } }
  }
  const again = chainOver(sqlite, verdict.hash, verdict.expected, state.acknowledged)
  if (again === state.chain) return verdict
  return { kind: 'mend', reason: forkReason, obstacle: { kind: 'fork', agreed: null } }
}

/**
 * After a break, headquarters is asked what it knows before anything is sent to it: the numbers it has seen are given to
 * nobody any more, and the days between are kept for whoever takes them up. Returns what stands in the way, or null.
 */
async function askAfterBreak(
  environment: Environment,
  target: Target,
  state: SyncState,
  stop: AbortSignal,
): Promise<string | null> {
  const { sqlite, clock } = environment
  const found = unaskedBreak(sqlite)
  if (!found) return null
  const answer = await askState(target, { after: state.acknowledged, since: found.auditAt }, stop)
  if (!sqlite.open) return null
  const verdict = judgeState(answer)
  if (verdict.kind === 'known') {
    environment.beginChange(clock.now())
    sqlite.transaction(() => keepWitness(sqlite, verdict.serials, verdict.witness)).immediate()
    return null
  }
  if (verdict.kind === 'stopped') return null
  keepFailure(sqlite, verdict, clock.now())
  return verdict.reason
}

/** What went wrong, and when it is tried again. */
function keepFailure(sqlite: Sqlite, verdict: Extract<Verdict, { kind: 'retry' | 'mend' }>, now: number): void {
  const kept = statement<{ failures: number }>(sqlite, 'SELECT failures FROM sync_state').get()
  const wait = verdict.kind === 'mend' ? maxRetryMs : retryDelay((kept?.failures ?? 0) + 1, Math.random())
  const obstacle = verdict.kind === 'mend' ? verdict.obstacle : undefined
  statement(
    sqlite,
    `UPDATE sync_state SET last_error = ?, failures = failures + 1, next_try_at = ?, obstacle = ?, agreed = ?`,
  ).run(verdict.reason, now + wait, obstacle?.kind ?? null, obstacle?.agreed ?? null)
}

const differs = '数据已送达，但总部的账目合计与本机不一致，请联系公司信息部门核对'

/** Keeps what became of one batch: the record of it and the place reached, in one transaction. */
function keep(
  { sqlite, clock, log }: Environment,
  streamId: string,
  batch: Batch,
  { answer, bytes }: Sent,
  verdict: Verdict,
  startedAt: number,
): void {
  const now = clock.now()
  const status = answer.kind === 'answer' ? answer.status : null
  const reached = verdict.kind === 'acknowledged'
  const ledger = reached ? verdict.ledger : null
  const reason = reached ? null : verdict.reason
  sqlite
    .transaction(() => {
      statement(
        sqlite,
        `INSERT INTO uploads (stream_id, from_seq, to_seq, started_at, finished_at, bytes, outcome, status, reason, ledger)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(streamId, batch.from, batch.to, startedAt, now, bytes, verdict.kind, status, reason, ledger)
      if (reached) {
        // Only a batch taken to its end had its totals compared.
        const totalsFrom = verdict.seq === batch.to ? batch.totalsFrom : undefined
        statement(
          sqlite,
          `UPDATE sync_state SET acknowledged = ?, chain = ?, last_success_at = ?, last_error = ?, failures = 0,
             next_try_at = NULL, obstacle = NULL, agreed = NULL,
             totals_from = CASE WHEN ? THEN ? ELSE totals_from END`,
        ).run(
          verdict.seq,
          batch.chainAt(verdict.seq),
          now,
          ledger === 'different' ? differs : null,
          totalsFrom === undefined ? 0 : 1,
          totalsFrom ?? null,
        )
      } else if (verdict.kind === 'resume') {
        const { expected, hash } = verdict
        statement(sqlite, 'UPDATE sync_state SET acknowledged = ?, chain = ?').run(expected - 1, hash)
      } else if (verdict.kind === 'stopped') {
        statement(sqlite, 'UPDATE sync_state SET requested_at = ?').run(now)
      } else {
        keepFailure(sqlite, verdict, now)
      }
    })
    .immediate()
  if (!reached) log.warn('upload', { outcome: verdict.kind, status, from: batch.from, to: batch.to })
}
