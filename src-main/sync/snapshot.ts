/**
 * 重新上报全部数据: the whole state of the hall, written into the outbox row by row in slices while the counter goes on.
 * A row that changes meanwhile follows as its own change; headquarters keeps the later one. Goes on after a restart.
 */
import { statement, type Sqlite } from '../platform/database.ts'
import { inSlices } from '../platform/run.ts'
import type { Job } from '../platform/scheduler.ts'
import type { Environment } from '../platform/use-case.ts'

interface Cursor {
  readonly table: string
  /** Key of the last row written; null before the first. */
  readonly after: readonly (string | number)[] | null
}

/** Rows written by one statement: a small part of what a slice has time for. */
const writeRows = 50
const lookAgainMs = 60_000

/** Tables whose changes headquarters gets, in a fixed order. */
export const syncedTables = (sqlite: Sqlite): string[] =>
  sqlite
    .prepare(
      `SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || '_outbox_insert' ORDER BY tbl_name`,
    )
    .pluck()
    .all() as string[]

export const snapshotStart = (sqlite: Sqlite): Cursor => ({ table: syncedTables(sqlite)[0] ?? '', after: null })

interface Shape {
  readonly columns: readonly string[]
  readonly key: readonly string[]
}

function shapeOf(sqlite: Sqlite, table: string): Shape {
  const columns = sqlite.prepare('SELECT name, pk FROM pragma_table_info(?)').all(table) as {
    name: string
    pk: number
  }[]
  return {
    columns: columns.map(({ name }) => name),
    key: columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map(({ name }) => name),
  }
}

/** Writes the next rows; null when the last table is through. Inside the caller's transaction. */
function writeSome(sqlite: Sqlite, { table, after }: Cursor, tables: readonly string[]): Cursor | null {
  const { columns, key } = shapeOf(sqlite, table)
  const keys = key.join(', ')
  const beyond = after === null ? '' : `WHERE (${keys}) > (${key.map(() => '?').join(', ')})`
  const rows = sqlite
    .prepare(`SELECT ${keys} FROM ${table} ${beyond} ORDER BY ${keys} LIMIT ${writeRows}`)
    .raw()
    .all(...(after ?? [])) as (string | number)[][]
  const last = rows.at(-1)
  if (last) {
    const upTo = `${beyond === '' ? 'WHERE' : `${beyond} AND`} (${keys}) <= (${key.map(() => '?').join(', ')})`
    sqlite
      .prepare(
        `INSERT INTO outbox (change_id, at, entity, entity_id, op, data)
         SELECT hall_change_id(), hall_now(), '${table}', ${key.join(` || '/' || `)}, 'insert',
           json_object(${columns.map((name) => `'${name}', ${name}`).join(', ')})
         FROM ${table} ${upTo} ORDER BY ${keys}`,
      )
      .run(...(after ?? []), ...last)
  }
  if (last && rows.length === writeRows) return { table, after: last }
  const next = tables[tables.indexOf(table) + 1]
  return next === undefined ? null : { table: next, after: null }
}

const cursorOf = (sqlite: Sqlite): Cursor | null => {
  const row = statement<{ at: string | null }>(sqlite, 'SELECT snapshot_at AS at FROM sync_state').get()
  return row?.at ? (JSON.parse(row.at) as Cursor) : null
}

async function writeState(environment: Environment): Promise<void> {
  const { sqlite, clock } = environment
  const tables = syncedTables(sqlite)
  await inSlices<true>(environment, cursorOf(sqlite) === null ? null : true, (_, slice) => {
    if (!sqlite.open || stopped.has(environment)) return null
    // Read anew each time: the job and who presses 立即上报 may both be at it, and a later order begins it again.
    const from = cursorOf(sqlite)
    if (from === null) return null
    environment.beginChange(clock.now())
    return sqlite
      .transaction(() => {
        let next: Cursor | null = from
        do next = writeSome(sqlite, next, tables)
        while (next !== null && !slice.over)
        statement(sqlite, 'UPDATE sync_state SET snapshot_at = ?').run(next && JSON.stringify(next))
        return next === null ? null : (true as const)
      })
      .immediate()
  })
}

const stopped = new WeakSet<Environment>()

export const snapshotJob: Job = {
  job: 'sync.snapshot',
  nextRun: ({ sqlite }, now) => (cursorOf(sqlite) === null ? now + lookAgainMs : now),
  run: writeState,
  stop: (environment) => void stopped.add(environment),
}

/** Writes the whole state now: who presses 立即上报 does not wait for the next look. */
export const finishSnapshot = writeState
