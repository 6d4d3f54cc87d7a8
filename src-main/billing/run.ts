/**
 * 批量出账: bills every waiting reading in slices. Each slice is one short transaction, so the counters go on working; a
 * reading leaves the waiting ones in the same transaction that bills it, so a run that is cancelled or killed goes on
 * where it stopped and nothing is ever billed twice.
 */
import { countToBill, readingsToBill, type ReadingToBill } from '../metering/service.ts'
import type { Context } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { add, fen, type Fen } from '../platform/money.ts'
import { inSlices, type Slice } from '../platform/run.ts'
import { inTransaction, task, useCase } from '../platform/use-case.ts'
import { PlanNotFound } from '../tariffs/service.ts'
import { CancelRun, maxRunProblems, Run, RunState, type RunView } from './api.ts'
import { beginIssuing, BillRefused, endIssuing, issueRound, roundsFor, waitsFor } from './issue.ts'

export const RunUnderWay = domainError('RunUnderWay', '正在批量出账，请等待完成或先停止')

/** Readings fetched at once: more than there is time for in a slice. */
const fetchRows = 50
const runCall = 'billing.run'

/** Runs of this program that are under way; a `running` row without one here was interrupted. */
const live = new WeakSet<Sqlite>()

type StoredRun = Omit<RunView, 'live'>
const columns = `id AS runId, state, started_at AS startedAt, finished_at AS finishedAt, total, billed, failed, amount`

const lastRun = ({ sqlite }: Context): StoredRun | undefined =>
  statement<StoredRun>(sqlite, `SELECT ${columns} FROM bill_runs ORDER BY started_at DESC, id DESC LIMIT 1`).get()

const unfinished = (run: StoredRun | undefined): run is StoredRun =>
  run?.state === 'running' || run?.state === 'cancelling'

const viewOf = ({ sqlite }: Context, run: StoredRun): RunView => ({ ...run, live: unfinished(run) && live.has(sqlite) })

/** Takes up an interrupted run, or begins a new one. Readings it had to leave out are tried again. */
function beginRun(context: Context): string {
  const { sqlite, clock, actor } = context
  const before = lastRun(context)
  const waiting = countToBill(context)
  if (unfinished(before)) {
    statement(sqlite, 'DELETE FROM bill_run_problems WHERE run_id = ?').run(before.runId)
    statement(sqlite, `UPDATE bill_runs SET state = 'running', total = billed + ?, failed = 0 WHERE id = ?`).run(
      waiting,
      before.runId,
    )
    return before.runId
  }
  const runId = newId(clock)
  statement(
    sqlite,
    `INSERT INTO bill_runs (id, state, started_at, started_by, total) VALUES (?, 'running', ?, ?, ?)`,
  ).run(runId, clock.now(), actor.id, waiting)
  return runId
}

/** Where the next slice begins: after all readings of an account. */
interface Place {
  readonly after: ReadingToBill | null
}

/** Readings one account after the other. */
function* byAccount(rows: readonly ReadingToBill[]): Generator<readonly ReadingToBill[]> {
  for (let from = 0; from < rows.length;) {
    let to = from + 1
    while (rows[to]?.accountId === rows[from]?.accountId) to += 1
    yield rows.slice(from, to)
    from = to
  }
}

/** Bills one slice. @returns the next place, or null when the run is over (done or cancelled) */
function runSlice(context: Context, runId: string, { after }: Place, slice: Slice): Place | null {
  const { sqlite } = context
  const { state } = statement<StoredRun>(sqlite, `SELECT ${columns} FROM bill_runs WHERE id = ?`).get(
    runId,
  ) as StoredRun
  if (state !== 'running') {
    endRun(context, runId, 'cancelled')
    return null
  }
  const rows = readingsToBill(context, after, fetchRows)
  const issuing = beginIssuing(context)
  let [billed, failed]: [number, number] = [0, 0]
  let amount: Fen = fen(0)
  const leave = (readings: readonly ReadingToBill[], problem: string): void => {
    failed += readings.length
    for (const { readingId, accountId } of readings)
      statement(
        sqlite,
        'INSERT INTO bill_run_problems (run_id, reading_id, account_id, problem) VALUES (?, ?, ?, ?)',
      ).run(runId, readingId, accountId, problem)
  }
  let through = after
  for (const readings of slice.take(byAccount(rows))) {
    through = readings.at(-1) ?? through
    const { full, waiting } = roundsFor(context, readings)
    // An account whose earlier readings fail bills nothing after them.
    let stuck = false
    for (const round of full) {
      if (stuck) {
        leave(round, '该户更早的抄表未能出账')
        continue
      }
      try {
        amount = add(amount, issueRound(context, issuing, round).amount)
        billed += round.length
      } catch (error) {
        // Only what is refused before anything was written; any other fault undoes the slice and interrupts the run.
        if (!(error instanceof BillRefused || error instanceof PlanNotFound)) throw error
        stuck = true
        leave(round, error.message)
      }
    }
    if (waiting.length > 0) leave(waiting, waitsFor(context, waiting))
  }
  endIssuing(context, issuing)
  const run = statement<{ done: number; total: number }>(
    sqlite,
    `UPDATE bill_runs SET billed = billed + ?, failed = failed + ?, amount = amount + ? WHERE id = ?
     RETURNING billed + failed AS done, total`,
  ).get(billed, failed, amount, runId) as { done: number; total: number }
  context.audit({ subject: `bill-run:${runId}`, detail: { billed, failed, amount } })
  context.emit({
    event: 'progress',
    data: { task: runCall, done: run.done, total: run.total, text: `已出账 ${run.done} / ${run.total}` },
  })
  if (rows.length < fetchRows && (rows.length === 0 || through === rows.at(-1))) {
    endRun(context, runId, 'finished')
    return null
  }
  return { after: through }
}

function endRun(context: Context, runId: string, state: 'finished' | 'cancelled'): void {
  statement(context.sqlite, 'UPDATE bill_runs SET state = ?, finished_at = ? WHERE id = ?').run(
    state,
    context.clock.now(),
    runId,
  )
  context.emit({ event: 'changed', data: { room: 'billing' } })
}

/** 批量出账. @throws RunUnderWay */
export const run = task(Run, async (_, context) => {
  const { environment, sqlite, actor } = context
  if (live.has(sqlite)) throw new RunUnderWay()
  live.add(sqlite)
  try {
    const runId = inTransaction(environment, runCall, actor, beginRun)
    await inSlices<Place>(environment, { after: null }, (place, slice) =>
      inTransaction(environment, runCall, actor, (inside) => runSlice(inside, runId, place, slice)),
    )
  } finally {
    live.delete(sqlite)
  }
  return viewOf(context, lastRun(context) as StoredRun)
})

/** 停止批量出账. What is billed stays. */
export const cancelRun = useCase(CancelRun, (_, context) => {
  const last = lastRun(context)
  if (!unfinished(last)) return { cancelled: false }
  // An interrupted run has nobody to notice the wish.
  if (live.has(context.sqlite)) {
    statement(context.sqlite, `UPDATE bill_runs SET state = 'cancelling' WHERE id = ?`).run(last.runId)
  } else {
    endRun(context, last.runId, 'cancelled')
  }
  context.audit({ subject: `bill-run:${last.runId}`, detail: { billed: last.billed } })
  return { cancelled: true }
})

export const runState = useCase(RunState, (_, context) => {
  const last = lastRun(context)
  const problems = last
    ? statement<{ readingId: string; accountId: string; accountNo: string; customerName: string; problem: string }>(
        context.sqlite,
        `SELECT p.reading_id AS readingId, p.account_id AS accountId, a.account_no AS accountNo, c.name AS customerName,
           p.problem
         FROM bill_run_problems p JOIN accounts a ON a.id = p.account_id JOIN customers c ON c.id = a.customer_id
         WHERE p.run_id = ? ORDER BY a.account_no, p.reading_id LIMIT ${maxRunProblems}`,
      ).all(last.runId)
    : []
  return { waiting: countToBill(context), last: last ? viewOf(context, last) : null, problems }
})
