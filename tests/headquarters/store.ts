/** What headquarters keeps: every row received, the state they add up to, and what it found wrong. */
import { openDriver, type Sqlite } from '../../src-main/platform/driver.ts'
import { chainGenesis, chainNext } from '../../src-main/sync/chain.ts'

export interface Change {
  readonly seq: number
  readonly changeId: string
  readonly at: number
  readonly entity: string
  readonly entityId: string
  readonly op: 'insert' | 'update' | 'delete'
  readonly data: Readonly<Record<string, unknown>>
}
export interface Total {
  readonly date: string
  readonly account: string
  /** Fen. */
  readonly debit: number
  readonly credit: number
}
export interface Batch {
  readonly from: number
  readonly to: number
  readonly base: { readonly streamId: string; readonly seq: number } | null
  readonly snapshot: boolean
  readonly after: { readonly seq: number; readonly hash: string }
  readonly audit: { readonly seq: number; readonly hash: string; readonly broken: number | null }
  readonly serials: Readonly<Record<string, number>>
  readonly totals: readonly Total[] | null
  readonly changes: readonly Change[]
}
export type Answer =
  | { readonly status: 200; readonly body: { acknowledged: number; ledger?: 'equal' | 'different' } }
  | { readonly status: 409; readonly body: { expected: number; hash: string } }
  | { readonly status: 412; readonly body: { agreed: number; reason: string } }
  | { readonly status: 400 | 401 | 410 | 413; readonly body: { reason: string } }

/** Where a stream begins, and the hash along what lies before it. */
interface StreamBase {
  readonly streamId: string | null
  readonly seq: number
  readonly hash: string
}

export interface Alarm {
  readonly kind: 'fork' | 'audit-broken' | 'audit-shorter'
  readonly words: string
}

interface StreamRow {
  readonly streamId: string
  readonly baseStream: string | null
  readonly baseSeq: number
  readonly baseHash: string
  readonly lastSeq: number
  readonly superseded: number
}

const schema = `
  CREATE TABLE IF NOT EXISTS streams (stream_id TEXT PRIMARY KEY, device_id TEXT NOT NULL, base_stream TEXT,
    base_seq INTEGER NOT NULL, base_hash TEXT NOT NULL, last_seq INTEGER NOT NULL, superseded INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE IF NOT EXISTS changes (stream_id TEXT NOT NULL, seq INTEGER NOT NULL, change_id TEXT NOT NULL,
    at INTEGER NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL, op TEXT NOT NULL, data TEXT NOT NULL,
    hash TEXT NOT NULL, PRIMARY KEY (stream_id, seq)) STRICT;
  CREATE TABLE IF NOT EXISTS serials (device_id TEXT NOT NULL, scope TEXT NOT NULL, next INTEGER NOT NULL,
    PRIMARY KEY (device_id, scope)) STRICT;
  CREATE TABLE IF NOT EXISTS heads (stream_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS alarms (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, words TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS batches (id INTEGER PRIMARY KEY AUTOINCREMENT, stream_id TEXT NOT NULL, from_seq INTEGER NOT NULL,
    to_seq INTEGER NOT NULL, added INTEGER NOT NULL, ledger TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS differences (batch_id INTEGER NOT NULL, date TEXT NOT NULL, account TEXT NOT NULL,
    hall_debit INTEGER NOT NULL, hall_credit INTEGER NOT NULL, debit INTEGER NOT NULL, credit INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS hall_journal_entries (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS hall_journal_lines (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS entries_day ON hall_journal_entries (json_extract(data, '$.business_date'));
  CREATE INDEX IF NOT EXISTS lines_entry ON hall_journal_lines (json_extract(data, '$.entry_id'));`

const selectStream = `SELECT stream_id AS streamId, base_stream AS baseStream, base_seq AS baseSeq, base_hash AS baseHash, last_seq AS lastSeq,
  superseded FROM streams`

export class Store {
  readonly sqlite: Sqlite
  readonly #tables = new Set<string>()

  constructor(file: string) {
    this.sqlite = openDriver(file)
    this.sqlite.pragma('journal_mode = WAL')
    this.sqlite.exec(schema)
  }

  close(): void {
    this.sqlite.close()
  }

  /** Keeps a batch in one transaction. Rows known already are left alone. */
  take(deviceId: string, streamId: string, batch: Batch): Answer {
    return this.sqlite.transaction(() => this.#take(deviceId, streamId, batch)).immediate()
  }

  #take(deviceId: string, streamId: string, batch: Batch): Answer {
    if (batch.changes.some(({ seq }, i) => seq !== batch.from + i) || batch.changes.at(-1)?.seq !== batch.to) {
      return { status: 400, body: { reason: 'the rows do not go from `from` to `to` one by one' } }
    }
    if (batch.after.seq !== batch.from - 1) return { status: 400, body: { reason: '`after` is not the row before' } }
    const known = this.#stream(streamId)
    const base = known ? null : this.#baseOf(batch)
    if (base && batch.after.seq === base.seq && batch.after.hash !== base.hash) return this.#fork(deviceId, streamId, 0)
    const stream = known ?? this.#open(deviceId, streamId, base)
    if (stream.superseded) return { status: 410, body: { reason: 'a later stream has taken its place' } }
    if (batch.from > stream.lastSeq + 1) {
      return { status: 409, body: { expected: stream.lastSeq + 1, hash: this.#hashAt(stream, stream.lastSeq) ?? '' } }
    }
    if (this.#hashAt(stream, batch.after.seq) !== batch.after.hash) return this.#fork(deviceId, streamId, 0)
    let hash = batch.after.hash
    for (const change of batch.changes) {
      hash = chainNext(hash, change)
      if (change.seq > stream.lastSeq) break
      if (this.#hashAt(stream, change.seq) !== hash) return this.#fork(deviceId, streamId, change.seq - 1)
    }
    const fresh = batch.changes.filter(({ seq }) => seq > stream.lastSeq)
    hash = this.#hashAt(stream, stream.lastSeq) ?? ''
    for (const change of fresh) {
      hash = chainNext(hash, change)
      this.#keep(streamId, change, hash)
      this.#apply(change)
    }
    this.#hear(deviceId, streamId, batch)
    const acknowledged = Math.max(stream.lastSeq, batch.to)
    this.sqlite.prepare('UPDATE streams SET last_seq = ? WHERE stream_id = ?').run(acknowledged, streamId)
    // Totals of an old batch that arrives again say nothing about what came after it.
    const ledger = batch.totals && acknowledged === batch.to ? this.#compare(batch.totals) : null
    const { lastInsertRowid } = this.sqlite
      .prepare('INSERT INTO batches (stream_id, from_seq, to_seq, added, ledger) VALUES (?, ?, ?, ?, ?)')
      .run(streamId, batch.from, batch.to, fresh.length, ledger && (ledger.length === 0 ? 'equal' : 'different'))
    for (const { date, account, hall, ours } of ledger ?? []) {
      this.sqlite
        .prepare('INSERT INTO differences VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(lastInsertRowid, date, account, hall.debit, hall.credit, ours.debit, ours.credit)
    }
    return {
      status: 200,
      body: { acknowledged, ...(ledger && { ledger: ledger.length === 0 ? 'equal' : 'different' }) },
    }
  }

  #stream(streamId: string): StreamRow | undefined {
    return this.sqlite.prepare(`${selectStream} WHERE stream_id = ?`).get(streamId) as StreamRow | undefined
  }

  /** Where a stream that is not known yet begins: at a row of a known one, with its whole state, or with the first row. */
  #baseOf(batch: Batch): StreamBase {
    // Where its beginning was lost here, a later batch begins nothing: the rows before it are asked for.
    if (batch.snapshot && batch.after.hash === chainGenesis)
      return { streamId: null, seq: batch.from - 1, hash: chainGenesis }
    const known = batch.base && this.#stream(batch.base.streamId)
    const hash = known && batch.base && known.lastSeq >= batch.base.seq ? this.#hashAt(known, batch.base.seq) : null
    return hash !== null && batch.base ? { ...batch.base, hash } : { streamId: null, seq: 0, hash: chainGenesis }
  }

  /** A new stream takes the place of the device's others; what they hold beyond its base is set aside. */
  #open(deviceId: string, streamId: string, base: StreamBase | null): StreamRow {
    this.sqlite.prepare('UPDATE streams SET superseded = 1 WHERE device_id = ?').run(deviceId)
    this.sqlite
      .prepare(
        'INSERT INTO streams (stream_id, device_id, base_stream, base_seq, base_hash, last_seq) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(streamId, deviceId, base?.streamId, base?.seq, base?.hash, base?.seq)
    this.#rebuild()
    return this.#stream(streamId) as StreamRow
  }

  /** The hash along the rows up to one; null when this row belongs to nothing that is held. */
  #hashAt(stream: StreamRow, seq: number): string | null {
    if (seq === stream.baseSeq) return stream.baseHash
    if (seq < stream.baseSeq) {
      const base = stream.baseStream === null ? undefined : this.#stream(stream.baseStream)
      return base ? this.#hashAt(base, seq) : null
    }
    const find = this.sqlite.prepare('SELECT hash FROM changes WHERE stream_id = ? AND seq = ?').pluck()
    return (find.get(stream.streamId, seq) as string | undefined) ?? null
  }

  #fork(deviceId: string, streamId: string, agreed: number): Answer {
    this.#alarm('fork', `设备 ${deviceId} 有两份数据在上报：第 ${agreed} 条之后不同（${streamId}），后到的一份没有收下`)
    return { status: 412, body: { agreed, reason: 'another copy of this device has sent other rows' } }
  }

  #alarm(kind: Alarm['kind'], words: string): void {
    this.sqlite.prepare('INSERT INTO alarms (kind, words) VALUES (?, ?)').run(kind, words)
  }

  alarms(): Alarm[] {
    return this.sqlite.prepare('SELECT kind, words FROM alarms ORDER BY id').all() as Alarm[]
  }

  /** Keeps the head of the audit chain and the highest serials; a chain that breaks or grows shorter is an alarm. */
  #hear(deviceId: string, streamId: string, { audit, serials }: Batch): void {
    const head = this.sqlite.prepare('SELECT seq FROM heads WHERE stream_id = ?').pluck().get(streamId) as
      number | undefined
    if (audit.broken !== null) this.#alarm('audit-broken', `操作日志第 ${audit.broken} 条校验未通过`)
    if (head !== undefined && audit.seq < head)
      this.#alarm('audit-shorter', `操作日志从第 ${head} 条退回第 ${audit.seq} 条`)
    this.sqlite.prepare('INSERT OR REPLACE INTO heads VALUES (?, ?, ?)').run(streamId, audit.seq, audit.hash)
    const keep = this.sqlite.prepare(
      `INSERT INTO serials VALUES (?, ?, ?) ON CONFLICT (device_id, scope) DO UPDATE SET next = max(next, excluded.next)`,
    )
    for (const [scope, next] of Object.entries(serials)) keep.run(deviceId, scope, next)
  }

  /** What is held of a device beyond a row, and its days from a date on; null for a device never heard of. */
  state(deviceId: string, after: number, since: string) {
    const stream = this.sqlite.prepare(`${selectStream} WHERE device_id = ? AND superseded = 0`).get(deviceId) as
      StreamRow | undefined
    if (!stream) return null
    const beyond = this.#lineage(stream, stream.lastSeq).filter(({ seq }) => seq > after)
    const serials = this.sqlite.prepare('SELECT scope, next FROM serials WHERE device_id = ?').all(deviceId) as {
      scope: string
      next: number
    }[]
    return {
      rows: beyond.length,
      lastAt: beyond.at(-1)?.at ?? null,
      serials: Object.fromEntries(serials.map(({ scope, next }) => [scope, next])),
      days: this.#days(since),
    }
  }

  #days(since: string) {
    for (const entity of ['business_days', 'payments', 'receipts', 'tenders', 'reversals']) this.#table(entity)
    const money = (of: string, payment: string) =>
      `(SELECT coalesce(sum(t.data ->> '$.amount'), 0) FROM ${of} m JOIN hall_tenders t ON t.data ->> '$.payment_id' = ${payment}
        WHERE m.data ->> '$.business_date' = b.data ->> '$.date' AND t.data ->> '$.means' <> 'prepayment')`
    const rows = this.sqlite
      .prepare(
        `SELECT b.data ->> '$.date' AS date, b.data ->> '$.state' = 'closed' AS closed,
           (SELECT count(*) FROM hall_journal_entries e WHERE e.data ->> '$.business_date' = b.data ->> '$.date') AS entries,
           count(r.id) AS count, min(r.id) AS first, max(r.id) AS last, ${money('hall_payments', 'm.id')} - ${money('hall_reversals', "m.data ->> '$.payment_id'")} AS taken
         FROM hall_business_days b
           LEFT JOIN hall_payments p ON p.data ->> '$.business_date' = b.data ->> '$.date'
           LEFT JOIN hall_receipts r ON r.data ->> '$.payment_id' = p.id
         WHERE b.data ->> '$.date' >= ? GROUP BY 1 ORDER BY 1 LIMIT 400`,
      )
      .all(since) as {
      date: string
      closed: number
      entries: number
      count: number
      first: string | null
      last: string | null
      taken: number
    }[]
    return rows.map(({ date, closed, entries, count, first, last, taken }) => ({
      date,
      closed: closed === 1,
      entries,
      receipts: { count, first: first ?? '', last: last ?? '' },
      taken,
    }))
  }

  #keep(streamId: string, { seq, changeId, at, entity, entityId, op, data }: Change, hash: string): void {
    this.sqlite
      .prepare('INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(streamId, seq, changeId, at, entity, entityId, op, JSON.stringify(data), hash)
  }

  #apply({ entity, entityId, op, data }: Change): void {
    const table = this.#table(entity)
    if (op === 'delete') this.sqlite.prepare(`DELETE FROM ${table} WHERE id = ?`).run(entityId)
    else this.sqlite.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?)`).run(entityId, JSON.stringify(data))
  }

  #table(entity: string): string {
    if (!/^[a-z_]+$/.test(entity)) throw new Error(`${entity} is no name of a table`)
    if (!this.#tables.has(entity)) {
      this.sqlite.exec(`CREATE TABLE IF NOT EXISTS hall_${entity} (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT`)
      this.#tables.add(entity)
    }
    return `hall_${entity}`
  }

  #rebuild(): void {
    const tables = this.sqlite
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'hall\\_%' ESCAPE '\\'`)
      .pluck()
      .all() as string[]
    for (const table of tables) this.sqlite.exec(`DELETE FROM ${table}`)
    const current = this.sqlite.prepare(`${selectStream} WHERE superseded = 0 ORDER BY rowid`).all() as StreamRow[]
    for (const stream of current) for (const change of this.#lineage(stream, stream.lastSeq)) this.#apply(change)
  }

  /** Rows that make up a stream up to a number: those of its bases, then its own. */
  #lineage(stream: StreamRow, upTo: number): Change[] {
    const base = stream.baseStream === null ? undefined : this.#stream(stream.baseStream)
    const before = base ? this.#lineage(base, Math.min(stream.baseSeq, upTo)) : []
    const own = this.sqlite
      .prepare(
        `SELECT seq, change_id AS changeId, at, entity, entity_id AS entityId, op, data FROM changes
         WHERE stream_id = ? AND seq <= ? ORDER BY seq`,
      )
      .all(stream.streamId, upTo) as (Omit<Change, 'data'> & { data: string })[]
    return [...before, ...own.map((row) => ({ ...row, data: JSON.parse(row.data) as Change['data'] }))]
  }

  /** Turnover per business date and account in fen, from the journal lines received. */
  totals(date?: string): Total[] {
    return this.sqlite
      .prepare(
        `SELECT json_extract(e.data, '$.business_date') AS date, json_extract(l.data, '$.account') AS account,
                sum(json_extract(l.data, '$.debit')) AS debit, sum(json_extract(l.data, '$.credit')) AS credit
         FROM hall_journal_entries e JOIN hall_journal_lines l ON json_extract(l.data, '$.entry_id') = e.id
         ${date === undefined ? '' : `WHERE json_extract(e.data, '$.business_date') = @date`}
         GROUP BY 1, 2 ORDER BY 1, 2`,
      )
      .all(date === undefined ? {} : { date }) as Total[]
  }

  #compare(hall: readonly Total[]) {
    const nothing = { debit: 0, credit: 0 }
    const key = ({ date, account }: Total) => `${date} ${account}`
    const theirs = new Map(hall.map((total) => [key(total), total]))
    const ours = new Map(
      [...new Set(hall.map(({ date }) => date))].flatMap((date) => this.totals(date)).map((t) => [key(t), t]),
    )
    return [...new Map([...theirs, ...ours])]
      .map(([at, { date, account }]) => ({
        date,
        account,
        hall: theirs.get(at) ?? nothing,
        ours: ours.get(at) ?? nothing,
      }))
      .filter((found) => found.hall.debit !== found.ours.debit || found.hall.credit !== found.ours.credit)
  }

  /** Rows that are missing between the first and the last of each stream. */
  gaps(): { streamId: string; missing: number }[] {
    return this.sqlite
      .prepare(
        `SELECT s.stream_id AS streamId, s.last_seq - s.base_seq - count(c.seq) AS missing
         FROM streams s LEFT JOIN changes c ON c.stream_id = s.stream_id AND c.seq > s.base_seq
         GROUP BY s.stream_id HAVING missing <> 0`,
      )
      .all() as { streamId: string; missing: number }[]
  }
}
