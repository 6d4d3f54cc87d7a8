/** The outbox as the upload reads it: the place reached, the next batch, and the rows that may go. */
import { ledgerTotals } from '../ledger/service.ts'
import type { Device } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { inSlices, type Pace } from '../platform/run.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { auditHead } from '../platform/audit.ts'
import { chainGenesis, chainNext, type ChainedRow } from './chain.ts'
import { continueAs, takeBatch, type Measured, type Obstacle, type Position } from './rules.ts'

export interface SyncState extends Position {
  readonly lastAttemptAt: number | null
  readonly lastSuccessAt: number | null
  readonly lastError: string | null
  readonly failures: number
  readonly nextTryAt: number | null
  readonly requestedAt: number | null
  readonly totalsFrom: string | null
  readonly snapshotAt: string | null
  readonly obstacle: Obstacle['kind'] | null
  readonly agreed: number | null
}

/** Business days compared with headquarters at once; a hall that was cut off longer has the closed days' totals sent as rows. */
const maxTotalDays = 31
/** Old rows that go after one upload at most: a month's bill run goes within a day, and the upload soon ends. */
const mostPruned = 40_000
/** Of them in one statement. */
const pruneRows = 200

const selectState = `SELECT stream_id AS streamId, base_stream AS baseStream, base_seq AS baseSeq, acknowledged,
  chain, snapshot, snapshot_at AS snapshotAt, obstacle, agreed,
  last_attempt_at AS lastAttemptAt, last_success_at AS lastSuccessAt, last_error AS lastError, failures,
  next_try_at AS nextTryAt, requested_at AS requestedAt, totals_from AS totalsFrom FROM sync_state`

/** The kept state; null before the first upload of this database. */
export const keptState = (sqlite: Sqlite): SyncState | null => statement<SyncState>(sqlite, selectState).get() ?? null

/** The state for the stream of this device; a stream that began since (a restored backup) goes on from the old one. */
export function openState(sqlite: Sqlite, streamId: string): SyncState {
  const kept = keptState(sqlite)
  if (kept?.streamId === streamId) return kept
  // The whole state that was ordered is written on, whatever stream its rows go up in.
  beginAt(sqlite, kept ? continueAs(streamId, kept) : startOf(streamId), kept?.snapshotAt ?? null)
  return statement<SyncState>(sqlite, selectState).get() as SyncState
}

const startOf = (streamId: string): Position => ({
  streamId,
  baseStream: null,
  baseSeq: null,
  acknowledged: 0,
  chain: chainGenesis,
  snapshot: 0,
})

/** A stream begins: from here on it is sent. */
export function beginAt(sqlite: Sqlite, position: Position, snapshotAt: string | null = null): void {
  const { streamId, baseStream, baseSeq, acknowledged, chain, snapshot } = position
  statement(
    sqlite,
    `INSERT INTO sync_state (only, stream_id, base_stream, base_seq, acknowledged, chain, snapshot, snapshot_at, failures)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?, 0)
     ON CONFLICT (only) DO UPDATE SET stream_id = excluded.stream_id, base_stream = excluded.base_stream,
       base_seq = excluded.base_seq, acknowledged = excluded.acknowledged, chain = excluded.chain,
       snapshot = excluded.snapshot, snapshot_at = excluded.snapshot_at, failures = 0, next_try_at = NULL,
       last_error = NULL, obstacle = NULL, agreed = NULL`,
  ).run(streamId, baseStream, baseSeq, acknowledged, chain, snapshot, snapshotAt)
}

/** The hash after the last of these rows, all of which must be here; null when one is not. */
export function chainOver(sqlite: Sqlite, before: string, from: number, to: number): string | null {
  const select = statement<ChainedRow>(
    sqlite,
    `SELECT seq, change_id AS changeId, at, entity, entity_id AS entityId, op FROM outbox
     WHERE seq >= ? AND seq <= ? ORDER BY seq`,
  )
  let hash = before
  let next = from
  for (const row of select.iterate(from, to)) {
    if (row.seq !== next) return null
    hash = chainNext(hash, row)
    next += 1
  }
  return next === to + 1 ? hash : null
}

/** The highest number ever given, also when its row has gone. */
export function newestSeq(sqlite: Sqlite): number {
  const row = statement<{ seq: number }>(sqlite, `SELECT seq FROM sqlite_sequence WHERE name = 'outbox'`).get()
  return row?.seq ?? 0
}

/** The lowest number whose row is still here; the next one to be given when there is none. */
export function oldestSeq(sqlite: Sqlite): number {
  const row = statement<{ seq: number }>(sqlite, 'SELECT seq FROM outbox ORDER BY seq LIMIT 1').get()
  return row?.seq ?? newestSeq(sqlite) + 1
}

/** Rows that headquarters has not acknowledged. Two index look-ups, however many wait. */
export function waitingCount(sqlite: Sqlite, streamId: string): number {
  const kept = keptState(sqlite)
  const position = kept && kept.streamId !== streamId ? continueAs(streamId, kept) : kept
  return Math.max(0, newestSeq(sqlite) - (position?.acknowledged ?? 0))
}

interface OutboxRow {
  readonly seq: number
  readonly changeId: string
  readonly at: number
  readonly entity: string
  readonly entityId: string
  readonly op: string
  readonly data: string
}
type MeasuredRow = Measured & ChainedRow & { readonly json: string; readonly businessDate: string | null }

export interface Batch {
  readonly from: number
  readonly to: number
  readonly newest: number
  /** The request body, not yet compressed. */
  readonly body: string
  /** `sync_state.totals_from` once this batch is acknowledged. */
  readonly totalsFrom: string | null
  /** The hash along the rows up to one of this batch, or to the one before it. */
  readonly chainAt: (seq: number) => string
}

function measured(row: OutboxRow): MeasuredRow {
  const { data, ...identity } = row
  const { entity } = identity
  // `data` is JSON already: parsing and writing it again would cost the counter time and could change a number.
  const head = JSON.stringify(identity)
  const json = `${head.slice(0, -1)},"data":${data}}`
  const entry = entity === 'journal_entries' ? (JSON.parse(data) as { business_date: string }) : null
  return { ...identity, json, bytes: Buffer.byteLength(json) + 1, businessDate: entry?.business_date ?? null }
}

function* rowsAfter(sqlite: Sqlite, seq: number): Generator<MeasuredRow> {
  const select = statement<OutboxRow>(
    sqlite,
    `SELECT seq, change_id AS changeId, at, entity, entity_id AS entityId, op, data FROM outbox
     WHERE seq > ? ORDER BY seq`,
  )
  for (const row of select.iterate(seq)) yield measured(row)
}

/**
 * The next batch after what is acknowledged; null when nothing waits. The one that reaches the newest row carries the
 * ledger's totals as well: only then does headquarters know all that they are made of.
 */
export function nextBatch(sqlite: Sqlite, device: Device, state: SyncState, sentAt: number): Batch | null {
  const rows = takeBatch(rowsAfter(sqlite, state.acknowledged))
  const [first, last] = [rows[0], rows.at(-1)]
  if (!first || !last) return null
  const newest = newestSeq(sqlite)
  const dates = [state.totalsFrom, ...rows.map(({ businessDate }) => businessDate)].filter((date) => date !== null)
  const totalsFrom = dates.toSorted()[0] ?? null
  const complete = last.seq === newest && state.snapshotAt === null
  const head = JSON.stringify({
    protocol: 1,
    from: first.seq,
    to: last.seq,
    sentAt,
    device: {
      companyName: device.companyName,
      hallCode: device.hallCode,
      hallName: device.hallName,
      pcCode: device.pcCode,
    },
    base: state.baseStream === null ? null : { streamId: state.baseStream, seq: state.baseSeq },
    snapshot: state.snapshot === 1,
    after: { seq: state.acknowledged, hash: state.chain },
    audit: auditState(sqlite),
    serials: serialsOf(sqlite),
    totals: complete && totalsFrom !== null ? totalsSince(sqlite, totalsFrom) : null,
  })
  return {
    from: first.seq,
    to: last.seq,
    newest,
    body: `${head.slice(0, -1)},"changes":[${rows.map(({ json }) => json).join(',')}]}`,
    totalsFrom: complete ? null : totalsFrom,
    chainAt: (seq) => rows.filter((row) => row.seq <= seq).reduce(chainNext, state.chain),
  }
}

/** The head of the audit chain, and the first break that a check has ever found. */
function auditState(sqlite: Sqlite) {
  const { seq, hash } = auditHead(sqlite)
  const found = statement<{ broken: number }>(
    sqlite,
    'SELECT broken FROM audit_checks WHERE broken IS NOT NULL ORDER BY at LIMIT 1',
  ).get()
  return { seq, hash, broken: found?.broken ?? null }
}

const serialsOf = (sqlite: Sqlite): Record<string, number> =>
  Object.fromEntries(
    statement<{ scope: string; next: number }>(sqlite, 'SELECT scope, next FROM serials')
      .all()
      .map(({ scope, next }) => [scope, next]),
  )

function totalsSince(sqlite: Sqlite, from: string) {
  const days = statement<{ date: BusinessDate }>(
    sqlite,
    'SELECT date FROM business_days WHERE date >= ? ORDER BY date DESC LIMIT ?',
  ).all(from, maxTotalDays)
  return days.flatMap(({ date }) => ledgerTotals({ sqlite }, date).map((total) => ({ date, ...total })))
}

/** Lets acknowledged rows and records of uploads go that are older than `before` (epoch ms), the oldest first. */
export async function prune(environment: Pace & { sqlite: Sqlite }, acknowledged: number, before: number) {
  const { sqlite } = environment
  statement(sqlite, 'DELETE FROM uploads WHERE started_at < ?').run(before)
  const oldest = statement<{ seq: number; at: number }>(
    sqlite,
    'SELECT seq, at FROM outbox WHERE seq <= ? ORDER BY seq LIMIT ?',
  )
  const remove = statement(sqlite, 'DELETE FROM outbox WHERE seq <= ?')
  /** @returns how many went */
  const removeSome = (): number => {
    const rows = oldest.all(acknowledged, pruneRows)
    const kept = rows.findIndex(({ at }) => at >= before)
    const last = (kept === -1 ? rows : rows.slice(0, kept)).at(-1)
    return last ? remove.run(last.seq).changes : 0
  }
  const [first] = oldest.all(acknowledged, 1)
  await inSlices<number>(environment, first && first.at < before ? 0 : null, (already, slice) => {
    let gone = already
    const more =
      sqlite.open &&
      sqlite
        .transaction(() => {
          for (let removed = 0; ;) {
            removed = removeSome()
            gone += removed
            if (removed < pruneRows || gone >= mostPruned) return false
            if (slice.over) return true
          }
        })
        .immediate()
    return more ? gone : null
  })
}
