/**
 * 试导入: the rows of the file are laid down on this PC, then each is read by the validators of the house and held against the
 * books and against the other rows. All in slices, so the counters go on working; an import that
 * was interrupted or stopped goes on with the row it had come to.
 */
import { today } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { cellText, otherUnitIn, type Cell, type SheetRow } from '../platform/sheets/cells.ts'
import { FileRefused } from '../platform/sheets/limits.ts'
import { startReading, type SheetReading } from '../platform/sheets/reader.ts'
import { inSlices } from '../platform/run.ts'
import { inTransaction, task, useCase, type TaskContext } from '../platform/use-case.ts'
import { allPlans } from '../tariffs/service.ts'
import { planCategories } from '../tariffs/api.ts'
import { Check, Discard, importTask, Stop } from './api.ts'
import { addressRulesOf } from './addresses.ts'
import { conflictsOf, type Books } from './conflicts.ts'
import { duplicateSearches } from './duplicates.ts'
import { maxRows } from './limits.ts'
import { parseRow } from './parse.ts'
import type { Problem, RowSettings } from './rows.ts'
import { keysOf } from './rules.ts'
import {
  alone,
  FileChanged,
  importById,
  ImportBusy,
  ImportMoved,
  move,
  OtherUnit,
  runningOn,
  viewOf,
  type ImportRecord,
} from './store.ts'
import { sweepSoon } from './finish.ts'

/** Rows laid down in one transaction, a few milliseconds, and rows fetched at once to be checked. */
const readRows = 100
const fetchRows = 50

const tell = ({ environment }: TaskContext, done: number, total: number, text: string) =>
  environment.emit({ event: 'progress', data: { task: importTask, done, total, text } })

/** A slice that writes only what stays on this PC and is thrown away later: no audit row, no outbox. */
const slice = (context: Pick<Context, 'sqlite'>, work: () => void): void =>
  void context.sqlite.transaction(work).immediate()

/** Reads the file from its beginning; what an earlier try laid down goes first. @returns false when it was stopped */
async function readFile(context: TaskContext, record: ImportRecord, stopping: () => boolean): Promise<boolean> {
  const { sqlite } = context
  const { path } = statement<{ path: string }>(sqlite, 'SELECT path FROM import_work WHERE import_id = ?').get(
    record.id,
  ) as { path: string }
  const reading = await startReading({ path }, record.sheet)
  try {
    if (reading.file.hash !== record.hash) throw new FileChanged()
    return await layDown(context, record, reading, stopping)
  } finally {
    await reading.close()
  }
}

/** A title above the headings speaks for all columns: 单位：万元. @throws OtherUnit */
function refuseOtherUnit({ row, cells }: SheetRow): void {
  const unit = cells.map((cell) => otherUnitIn(cellText(cell))).find((one) => one !== null)
  if (unit) throw new OtherUnit(`第 ${row} 行写明以“${unit}”为单位，请在文件里换算成元或立方米后再导入`)
}

/** The rows below the headings, a transaction for every few hundred of them. @returns false when it was stopped */
async function layDown(
  context: TaskContext,
  record: ImportRecord,
  { rows, share }: SheetReading,
  stopping: () => boolean,
): Promise<boolean> {
  const { sqlite } = context
  slice(context, () => {
    statement(sqlite, 'DELETE FROM import_staged WHERE import_id = ?').run(record.id)
  })
  const insert = statement(sqlite, 'INSERT INTO import_staged (import_id, row_no, cells) VALUES (?, ?, ?)')
  let waiting: SheetRow[] = []
  let count = 0
  const lay = async () => {
    slice(context, () => {
      for (const { row, cells } of waiting) insert.run(record.id, row, JSON.stringify(cells))
    })
    count += waiting.length
    waiting = []
    // How many rows a file has is known only at its end: parts of a hundred of its bytes are told.
    tell(context, Math.round(share() * 100), 100, `正在读取，已读 ${count} 行`)
    await context.environment.nextTurn()
  }
  for await (const row of rows) {
    if (row.row <= record.headingRow) {
      if (row.row < record.headingRow) refuseOtherUnit(row)
      continue
    }
    if (count + waiting.length >= maxRows) throw new FileRefused(`文件超过 ${maxRows} 行，请拆成几个文件`)
    waiting.push(row)
    if (waiting.length < readRows) continue
    await lay()
    if (stopping()) return false
  }
  await lay()
  if (count === 0) throw new FileRefused(`第 ${record.headingRow} 行表头以下没有内容，请核对工作表和表头行`)
  inTransaction(context.environment, 'imports.check', context.actor, (change) => {
    move(change, record, 'checking')
    statement(sqlite, 'UPDATE imports SET rows = ? WHERE id = ?').run(count, record.id)
    change.audit({ subject: `import:${record.id}`, detail: { rows: count } })
  })
  return true
}

export function booksFor(context: Context, { source }: Pick<ImportRecord, 'source'>): Books {
  return { source, plans: new Map(allPlans(context).map((plan) => [plan.id, plan])) }
}

interface StagedRow {
  readonly rowNo: number
  readonly cells: string
}

function keepProblems({ sqlite }: Context, importId: string, rowNo: number, problems: readonly Problem[]): void {
  const insert = statement(
    sqlite,
    'INSERT INTO import_problems (import_id, row_no, no, level, field, value, reason) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  problems.forEach(({ level, field, value, reason }, i) =>
    insert.run(importId, rowNo, i + 1, level, field, value, reason),
  )
}

/** Reads one row and holds it against the books. */
function checkRow(
  context: Context,
  record: ImportRecord,
  books: Books,
  settings: RowSettings,
  staged: StagedRow,
): void {
  const cells = JSON.parse(staged.cells) as Cell[]
  const { row, problems } = parseRow(record.kind, record.mapping, cells, settings)
  const valueOf = (field: string) => {
    const cell = cells[record.mapping[field] ?? -1] ?? null
    return cell === null || typeof cell === 'object' ? '' : String(cell).slice(0, 200)
  }
  const met = row === null ? [] : conflictsOf(context, books, row).map((one) => ({ ...one, value: valueOf(one.field) }))
  keepProblems(context, record.id, staged.rowNo, [...problems, ...met])
  const keys = row === null ? null : keysOf(row)
  statement(
    context.sqlite,
    `UPDATE import_staged SET parsed = ?, account_key = ?, meter_key = ?, place_key = ?, identity_key = ?, name = ?, supplied = ?
     WHERE import_id = ? AND row_no = ?`,
  ).run(
    row === null ? null : JSON.stringify(row),
    keys?.account ?? null,
    keys?.meter ?? null,
    keys?.place ?? null,
    keys?.identity ?? null,
    row !== null && 'name' in row ? row.name : null,
    row?.kind === 'customers' && row.gasState !== 'not-ignited' ? 1 : 0,
    record.id,
    staged.rowNo,
  )
}

async function checkRows(context: TaskContext, record: ImportRecord, stopping: () => boolean): Promise<boolean> {
  const { sqlite } = context
  const books = booksFor(context, record)
  const settings: RowSettings = {
    today: today(context),
    plans: [...books.plans.values()].filter(({ state }) => state === 'in-force'),
    planOf: { ...defaultPlans(books), ...record.plans },
    areaCode: context.settings.get('customers.areaCode'),
    addresses: addressRulesOf(context, record.source),
  }
  const next = statement<StagedRow>(
    sqlite,
    'SELECT row_no AS rowNo, cells FROM import_staged WHERE import_id = ? AND row_no > ? ORDER BY row_no LIMIT ?',
  )
  const work = statement<{ through: number }>(
    sqlite,
    'SELECT checked_through AS through FROM import_work WHERE import_id = ?',
  ).get(record.id)
  let done = countThrough(context, record.id, work?.through ?? 0)
  let stopped = false
  await inSlices<number>(context.environment, work?.through ?? 0, (from, time) => {
    stopped = stopping()
    const rows = stopped ? [] : next.all(record.id, from, fetchRows)
    if (rows.length === 0) return null
    let through = from
    slice(context, () => {
      for (const row of time.take(rows)) {
        checkRow(context, record, books, settings, row)
        through = row.rowNo
        done += 1
      }
      statement(sqlite, 'UPDATE import_work SET checked_through = ? WHERE import_id = ?').run(through, record.id)
    })
    tell(context, done, record.rows, '正在检查')
    return through
  })
  return !stopped
}

const countThrough = ({ sqlite }: Context, importId: string, through: number): number =>
  statement<{ n: number }>(sqlite, 'SELECT count(*) AS n FROM import_staged WHERE import_id = ? AND row_no <= ?').get(
    importId,
    through,
  )?.n ?? 0

/** Where a category has one plan only, there is nothing to choose. */
function defaultPlans({ plans: known }: Books): RowSettings['planOf'] {
  const inForce = [...known.values()].filter(({ state }) => state === 'in-force')
  return Object.fromEntries(
    planCategories.flatMap((category) => {
      const [only, ...more] = inForce.filter((plan) => plan.category === category)
      return only && more.length === 0 ? [[category, only.id]] : []
    }),
  )
}

/** Counts what was found; the import now waits for its commit or a mended file. */
function conclude(context: Context, record: ImportRecord): void {
  const { sqlite } = context
  const { bad, notices, skipped, supplied } = statement<Record<'bad' | 'notices' | 'skipped' | 'supplied', number>>(
    sqlite,
    `SELECT (SELECT count(*) FROM import_problems WHERE import_id = @id AND field = '') AS skipped,
       (SELECT count(DISTINCT row_no) FROM import_problems WHERE import_id = @id AND level = 'bad') AS bad,
       (SELECT count(*) FROM import_problems WHERE import_id = @id AND level = 'notice') AS notices,
       (SELECT count(*) FROM import_staged s WHERE import_id = @id AND supplied = 1 AND NOT EXISTS (SELECT 1
          FROM import_problems p WHERE p.import_id = s.import_id AND p.row_no = s.row_no AND p.level = 'bad')) AS supplied`,
  ).get({ id: record.id }) as Record<'bad' | 'notices' | 'skipped' | 'supplied', number>
  move(context, record, 'checked')
  statement(
    sqlite,
    'UPDATE imports SET good = rows - @bad - @skipped, bad = @bad, skipped = @skipped, notices = @notices, supplied = @supplied WHERE id = @id',
  ).run({
    bad,
    skipped,
    notices,
    supplied,
    id: record.id,
  })
  context.audit({ subject: `import:${record.id}`, detail: { rows: record.rows, bad, notices, supplied } })
  context.emit({ event: 'changed', data: { room: 'imports' } })
}

/** Checks from the first row again: the books have changed since. */
function startOver(context: Context, record: ImportRecord): void {
  const { sqlite } = context
  move(context, record, 'checking')
  statement(sqlite, 'DELETE FROM import_problems WHERE import_id = ?').run(record.id)
  statement(sqlite, 'UPDATE import_work SET checked_through = 0 WHERE import_id = ?').run(record.id)
}

export const check = task(Check, async ({ importId }, context) => {
  const { sqlite, environment, actor } = context
  if (!['reading', 'checking', 'checked'].includes(importById(context, importId).state)) throw new ImportMoved()
  await alone(sqlite, importId, async (run) => {
    const stopping = () => run.stopping
    const read = () => importById(context, importId)
    if (read().state === 'checked') {
      inTransaction(environment, 'imports.check', actor, (change) => startOver(change, read()))
    }
    if (read().state === 'reading') {
      try {
        if (!(await readFile(context, read(), stopping))) return
      } catch (error) {
        // A file that cannot be read to its end leaves nothing to continue with.
        if (error instanceof FileRefused || error instanceof FileChanged) {
          inTransaction(environment, 'imports.check', actor, (change) => giveUp(change, read(), error.message))
        }
        throw error
      }
    }
    if (!(await checkRows(context, read(), stopping))) return
    tell(context, read().rows, read().rows, '正在查找重复')
    for (const find of duplicateSearches(context, read())) {
      slice(context, find)
      await environment.nextTurn()
    }
    inTransaction(environment, 'imports.check', actor, (change) => conclude(change, read()))
  })
  const record = importById(context, importId)
  context.audit({ subject: `import:${importId}`, detail: { importNo: record.importNo, state: record.state } })
  return viewOf(context, record)
})

function giveUp(context: Context, record: ImportRecord, reason: string): void {
  move(context, record, 'discarded')
  sweepSoon(context)
  context.audit({ subject: `import:${record.id}`, detail: { importNo: record.importNo, reason } })
  context.emit({ event: 'changed', data: { room: 'imports' } })
}

export const discard = useCase(Discard, ({ importId }, context) => {
  if (runningOn(context.sqlite)?.importId === importId) throw new ImportBusy()
  giveUp(context, importById(context, importId), '放弃')
  return {}
})

export const stop = useCase(Stop, (_, { sqlite }) => {
  const run = runningOn(sqlite)
  if (run) run.stopping = true
  return { stopped: run !== undefined }
})
