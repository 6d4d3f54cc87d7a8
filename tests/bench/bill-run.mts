/** A bill run of 100,000 readings, against writing the very same rows with prepared statements and nothing else. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Run } from '../../src-main/billing/api.ts'
import { Random } from '../../src-main/demo/random.ts'
import { systemActor, type Context } from '../../src-main/platform/context.ts'
import type { HallEvent } from '../../src-main/platform/contract.ts'
import type { Sqlite } from '../../src-main/platform/database.ts'
import { addDays, type BusinessDate } from '../../src-main/platform/dates.ts'
import { newId } from '../../src-main/platform/ids.ts'
import { openMigrated, readMigrations } from '../../src-main/platform/migrate.ts'
import { openDesk, resources } from './hall.mts'
import { timed, type Figure } from './measure.mts'

const readings = 100_000
/** Ours may take this many times as long as the raw writing of the same rows. */
const targetRatio = 3
const draw = 11
/** Litres of one reading at most. */
const mostLitres = 60_000

interface LastReading {
  accountId: string
  meterId: string
  readOn: BusinessDate
  index: number
}

/** One reading more for as many accounts as there are, taken today and not billed yet. @returns how many */
export function takeReadings({ sqlite, clock }: Context): number {
  const random = new Random(draw)
  const last = sqlite.prepare<[number], LastReading>(
    `SELECT r.account_id AS accountId, r.meter_id AS meterId, max(r.read_on) AS readOn, r.current_index AS "index"
     FROM customer_index i JOIN readings r ON r.account_id = i.account_id WHERE i.row = ? GROUP BY r.account_id`,
  )
  const insert = sqlite.prepare(
    `INSERT INTO readings (id, meter_id, account_id, read_on, previous_on, previous_index, current_index, consumption,
       source, reader_id, state, created_at, created_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'visit', (SELECT staff_id FROM certificates WHERE kind = 'meter-reading' LIMIT 1), 'unbilled', ?, 'bench')`,
  )
  let taken = 0
  for (let row = 1; taken < readings; row++) {
    const before = last.get(row)
    if (!before) break
    const used = random.between(0, mostLitres)
    const { accountId, meterId, readOn, index } = before
    const now = clock.now()
    insert.run(newId(clock), meterId, accountId, addDays(readOn, 15), readOn, index, index + used, used, now)
    taken += 1
  }
  return taken
}

export interface OutboxRow {
  seq: number
  change_id: string
  at: number
  entity: string
  entity_id: string
  op: string
  data: string
}

/** An empty file of the same schema and settings, without triggers and references, that takes rows as they come. */
export function openReplay(folder: string, key: string | null) {
  const sqlite = openMigrated(
    { path: join(folder, 'raw.db'), key, create: true },
    readMigrations(join(resources, 'migrations')),
    Date.now(),
    (opened) => void opened.function('hall_change_id', () => '').function('hall_now', () => 0),
  )
  const triggers = sqlite.prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).all()
  for (const { name } of triggers) sqlite.exec(`DROP TRIGGER ${name}`)
  sqlite.pragma('foreign_keys = OFF')
  const inserts = new Map<string, { columns: string[]; run: (values: unknown[]) => void }>()
  const insertOf = (table: string, row: Record<string, unknown>) => {
    let insert = inserts.get(table)
    if (!insert) {
      const columns = Object.keys(row)
      const places = columns.map(() => '?').join(', ')
      const prepared = sqlite.prepare(`INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${places})`)
      inserts.set(table, (insert = { columns, run: (values) => void prepared.run(values) }))
    }
    return insert
  }
  /** Writes rows whose values are at hand in one durable transaction. @returns milliseconds */
  const write = (rows: readonly OutboxRow[]): number => {
    const ready = rows.flatMap((row) => {
      const data = JSON.parse(row.data) as Record<string, unknown>
      return [
        { table: row.entity, row: data },
        { table: 'outbox', row: { ...row } as Record<string, unknown> },
      ].map(({ table, row }) => {
        const { columns, run } = insertOf(table, row)
        return { run, values: columns.map((column) => row[column]) }
      })
    })
    return timed(() => sqlite.transaction(() => ready.forEach(({ run, values }) => run(values))).immediate()).ms
  }
  return { sqlite, write }
}

export const outboxSince = (sqlite: Sqlite, seq: number): OutboxRow[] =>
  sqlite.prepare<[number], OutboxRow>('SELECT * FROM outbox WHERE seq > ? ORDER BY seq').all(seq)

export async function billRunFigure(folder: string, tell: (text: string) => void): Promise<Figure> {
  const rawFolder = mkdtempSync(join(tmpdir(), 'hall-bench-raw-'))
  const samples: number[] = []
  const baseline: number[] = []
  let rows = 0
  // After each slice the very rows it wrote are written raw, so both meet the same weather.
  let afterSlice = (): void => undefined
  const onEvent = ({ event }: HallEvent) => {
    if (event === 'progress') afterSlice()
  }
  const { hall, call } = await openDesk(folder, onEvent)
  const { sqlite, key } = hall.environment
  const replay = openReplay(rawFolder, key)
  try {
    tell('taking readings')
    const taken = hall.transact('bench.readings', systemActor, takeReadings)
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
    let seq = sqlite.prepare<[], { seq: number }>('SELECT max(seq) AS seq FROM outbox').get()?.seq ?? 0
    let began = performance.now()
    afterSlice = () => {
      samples.push(performance.now() - began)
      const written = outboxSince(sqlite, seq)
      seq = written.at(-1)?.seq ?? seq
      rows += written.length * 2
      baseline.push(replay.write(written))
      began = performance.now()
    }
    tell(`billing ${taken} readings`)
    await call(Run, {}, 'hall-manager')
    const total = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0)
    const ratio = total(samples) / total(baseline)
    const speed = (ms: number) => Math.round(rows / (ms / 1000))
    return {
      name: 'bill run',
      what: `${taken} readings by billing.run, a slice of 200 readings a sample: ${rows} rows in ${Math.round(total(samples))} ms (${speed(total(samples))} rows/s); raw: the very same rows, outbox rows included, by prepared statements with values at hand, in transactions of the same size, into an empty file of the same schema without triggers and references (${speed(total(baseline))} rows/s)`,
      samples,
      baseline,
      ratio,
      target: `≥ 1/${targetRatio} of raw speed`,
      met: ratio <= targetRatio,
    }
  } finally {
    replay.sqlite.close()
    await hall.close()
    rmSync(rawFolder, { recursive: true, force: true })
  }
}
