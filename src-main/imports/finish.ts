/**
 * What follows once an import is in the books or given up, in slices: the search learns its customers, and the rows that were
 * laid down go. Both are safe to repeat, so a program that was killed goes on with them when it is started again.
 */
import { reindexCustomer } from '../customers/service.ts'
import { systemActor, type Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { Job } from '../platform/scheduler.ts'
import { inSlices } from '../platform/run.ts'
import { clearSent, dropSent } from '../platform/sent-files.ts'
import { inTransaction, type Environment } from '../platform/use-case.ts'
import { importTask } from './api.ts'
import { alone, findImport, importById, move, runningOn, type ImportRecord } from './store.ts'

/** Rows whose customers the search learns, fetched at once, and rows that go in one statement. */
const fetchRows = 50
const sweepRows = 200
const jobName = 'imports.finish'
const minuteMs = 60_000
const dayMs = 86_400_000

type Store = Pick<Context, 'sqlite'>

/** Has the job look at once: kept in the database, so that it is not forgotten by a program that is killed now. */
export function sweepSoon({ sqlite, clock }: Pick<Context, 'sqlite' | 'clock'>): void {
  statement(sqlite, 'UPDATE jobs SET next_run_at = ? WHERE name = ?').run(clock.now(), jobName)
}

const needsIndex: ReadonlySet<ImportRecord['kind']> = new Set(['customers', 'meters', 'care'])

/** Makes the customers of an import found, from where an interruption left it. */
async function index(environment: Environment, record: ImportRecord): Promise<void> {
  const { sqlite } = environment
  const next = statement<{ rowNo: number; customerId: string | null }>(
    sqlite,
    `SELECT row_no AS rowNo, customer_id AS customerId FROM import_rows WHERE import_id = ? AND row_no > ?
     ORDER BY row_no LIMIT ?`,
  )
  const work = statement<{ through: number }>(
    sqlite,
    'SELECT indexed_through AS through FROM import_work WHERE import_id = ?',
  ).get(record.id)
  let done = 0
  await inSlices<number>(environment, work?.through ?? 0, (from, slice) => {
    const rows = next.all(record.id, from, fetchRows)
    if (rows.length === 0) return null
    let through = from
    sqlite
      .transaction(() => {
        // A customer with several meters has rows that follow each other.
        let learnt: string | null = null
        for (const { rowNo, customerId } of slice.take(rows)) {
          if (customerId !== null && customerId !== learnt) reindexCustomer({ sqlite } as Context, customerId)
          learnt = customerId
          through = rowNo
          done += 1
        }
        statement(sqlite, 'UPDATE import_work SET indexed_through = ? WHERE import_id = ?').run(through, record.id)
      })
      .immediate()
    environment.emit({
      event: 'progress',
      data: {
        task: importTask,
        done: Math.min(done, record.rows),
        total: record.rows,
        text: '已导入，正在建立查找索引',
      },
    })
    return through
  })
}

/** Rows laid down for an import that needs them no more. */
async function sweep(environment: Environment, importId: string): Promise<void> {
  const { sqlite } = environment
  const cut = (table: 'import_staged' | 'import_problems', kept = '') =>
    statement(
      sqlite,
      `DELETE FROM ${table} WHERE import_id = @id AND row_no IN (
         SELECT row_no FROM ${table} WHERE import_id = @id ${kept} ORDER BY row_no LIMIT ${sweepRows})`,
    )
  // Rows that were left out can be exported for mending as long as the import stands.
  const leftOut =
    importById({ sqlite }, importId).state === 'done'
      ? `AND row_no NOT IN (SELECT row_no FROM import_problems WHERE import_id = @id AND level = 'bad')`
      : ''
  const all = async (rows: ReturnType<typeof cut>) =>
    await inSlices<true>(environment, true, (_, slice) => {
      while (rows.run({ id: importId }).changes > 0) if (slice.over) return true
      return null
    })
  await all(cut('import_staged', leftOut))
  if (importById({ sqlite }, importId).state === 'discarded') {
    await all(cut('import_problems'))
  } else {
    // What was noticed about a file that was imported stays with the record, without the numbers of people (clause 6(10)).
    statement(
      sqlite,
      `UPDATE import_problems SET value = '' WHERE import_id = ? AND field IN ('idNumber', 'phone', 'phoneAlt')`,
    ).run(importId)
  }
  for (const path of pathsRead(environment, importId)) dropSent(environment.paths.root, path)
  statement(sqlite, 'DELETE FROM import_work WHERE import_id = ?').run(importId)
}

/** The files that imports under way read, or this one. */
const pathsRead = ({ sqlite }: Store, importId: string | null = null): string[] =>
  statement<{ path: string }>(sqlite, 'SELECT path FROM import_work WHERE @importId IS NULL OR import_id = @importId')
    .all({ importId })
    .map(({ path }) => path)

/** Each night: files another PC sent for something that did not come to be. */
export const clearSentJob: Job = {
  job: 'imports.clear-sent',
  nextRun: (_environment, now) => now + dayMs,
  run: async (environment) =>
    clearSent(environment.paths.root, environment.clock.now() - dayMs, new Set(pathsRead(environment))),
}

/** Brings an import that is in the books to its end. */
export async function finish(environment: Environment, importId: string): Promise<void> {
  const record = importById(environment, importId)
  if (record.state === 'indexing') {
    if (needsIndex.has(record.kind)) await index(environment, record)
    inTransaction(environment, jobName, systemActor, (context) => {
      move(context, record, 'done')
      context.audit({ subject: `import:${importId}`, detail: { importNo: record.importNo } })
      context.emit({ event: 'changed', data: { room: 'imports' } })
      context.emit({ event: 'changed', data: { room: 'customers' } })
    })
  }
  await sweep(environment, importId)
}

/** In the books and not finished. */
const unfinished = ({ sqlite }: Store): string | null => findImport({ sqlite }, `state = 'indexing'`)?.id ?? null

/** Finished or given up, with rows that were laid down for it. */
const unswept = ({ sqlite }: Store): string | null =>
  statement<{ id: string }>(
    sqlite,
    `SELECT w.import_id AS id FROM import_work w JOIN imports i ON i.id = w.import_id
     WHERE i.state IN ('done', 'undone', 'discarded') LIMIT 1`,
  ).get()?.id ?? null

/** Goes on with what an interruption left, and clears up after what was given up. */
export const finishJob: Job = {
  job: jobName,
  nextRun(environment, now, failures) {
    if (unswept(environment) === null && unfinished(environment) === null) return now + dayMs
    return now + (runningOn(environment.sqlite) ? minuteMs : failures * minuteMs)
  },
  async run(environment) {
    for (let id = unswept(environment); id !== null; id = unswept(environment)) await sweep(environment, id)
    const importId = unfinished(environment)
    // A window that looks after it is not disturbed.
    if (importId === null || runningOn(environment.sqlite)) return
    await alone(environment.sqlite, importId, () => finish(environment, importId))
  },
}
