/** What headquarters keeps: every row received, the state they add up to, and what it found wrong. */
import { openDriver, type Sqlite } from '../../src-main/platform/driver.ts'

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
  readonly totals: readonly Total[] | null
  readonly changes: readonly Change[]
}
export type Answer =
  | { readonly status: 200; readonly body: { acknowledged: number; ledger?: 'equal' | 'different' } }
  | { readonly status: 409; readonly body: { expected: number } }
  | { readonly status: 400 | 401 | 410 | 413; readonly body: { reason: string } }

interface StreamRow {
  readonly streamId: string
  readonly baseStream: string | null
  readonly baseSeq: number
  readonly lastSeq: number
  readonly superseded: number
}

const schema = `
  CREATE TABLE IF NOT EXISTS streams (stream_id TEXT PRIMARY KEY, device_id TEXT NOT NULL, base_stream TEXT,
    base_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, superseded INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE IF NOT EXISTS changes (stream_id TEXT NOT NULL, seq INTEGER NOT NULL, change_id TEXT NOT NULL,
    at INTEGER NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL, op TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (stream_id, seq)) STRICT;
  CREATE TABLE IF NOT EXISTS batches (id INTEGER PRIMARY KEY AUTOINCREMENT, stream_id TEXT NOT NULL, from_seq INTEGER NOT NULL,
    to_seq INTEGER NOT NULL, added INTEGER NOT NULL, ledger TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS differences (batch_id INTEGER NOT NULL, date TEXT NOT NULL, account TEXT NOT NULL,
    hall_debit INTEGER NOT NULL, hall_credit INTEGER NOT NULL, debit INTEGER NOT NULL, credit INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS hall_journal_entries (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS hall_journal_lines (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS entries_day ON hall_journal_entries (json_extract(data, '$.business_date'));
  CREATE INDEX IF NOT EXISTS lines_entry ON hall_journal_lines (json_extract(data, '$.entry_id'));`

const selectStream = `SELECT stream_id AS streamId, base_stream AS baseStream, base_seq AS baseSeq, last_seq AS lastSeq,
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
    const stream = this.#stream(streamId) ?? this.#open(deviceId, streamId, batch.base)
    if (stream.superseded) return { status: 410, body: { reason: 'a later stream has taken its place' } }
    if (batch.from > stream.lastSeq + 1) return { status: 409, body: { expected: stream.lastSeq + 1 } }
    const fresh = batch.changes.filter(({ seq }) => seq > stream.lastSeq)
    for (const change of fresh) {
      this.#keep(streamId, change)
      this.#apply(change)
    }
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

  /** A new stream takes the place of the device's others; what they hold beyond its base is set aside. */
  #open(deviceId: string, streamId: string, base: Batch['base']): StreamRow {
    const known = base && this.#stream(base.streamId)
    const [baseStream, baseSeq] = known && known.lastSeq >= base.seq ? [base.streamId, base.seq] : [null, 0]
    this.sqlite.prepare('UPDATE streams SET superseded = 1 WHERE device_id = ?').run(deviceId)
    this.sqlite
      .prepare('INSERT INTO streams (stream_id, device_id, base_stream, base_seq, last_seq) VALUES (?, ?, ?, ?, ?)')
      .run(streamId, deviceId, baseStream, baseSeq, baseSeq)
    this.#rebuild()
    return this.#stream(streamId) as StreamRow
  }

  #keep(streamId: string, { seq, changeId, at, entity, entityId, op, data }: Change): void {
    this.sqlite
      .prepare('INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(streamId, seq, changeId, at, entity, entityId, op, JSON.stringify(data))
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
