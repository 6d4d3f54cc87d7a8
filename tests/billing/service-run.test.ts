import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Bill, Bills, CancelRun, Run, RunState } from '../../src-main/billing/api.ts'
import { billReading } from '../../src-main/billing/service.ts'
import { sliceMs } from '../../src-main/platform/run.ts'
import { firstBrokenAuditRow } from '../../src-main/platform/audit.ts'
import { newHousehold } from './household.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { certifiedReader } from '../support/reader.ts'

/** Enough for several slices. */
const households = 450
let base: string

/** A hall on a copy of the same files: `households` homes with two waiting readings each, written in mixed order. */
const copyOfBase = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bill-run-'))
  cpSync(base, folder, { recursive: true })
  return folder
}
const openCopy = (steady?: () => number): Promise<TestHall> =>
  openTestHall({ folder: copyOfBase(), ...(steady ? { steady } : {}) })

/** A clock that goes on by so many milliseconds whenever it is looked at. */
function looked(ms: number): () => number {
  let now = 0
  return () => (now += ms)
}
const progressOf = ({ events }: TestHall) => events.flatMap(({ event, data }) => (event === 'progress' ? [data] : []))

beforeAll(async () => {
  const hall = await openTestHall()
  const reader = certifiedReader(hall)
  base = mkdtempSync(join(tmpdir(), 'bill-base-'))
  hall.transact((context) => {
    const insert = context.sqlite.prepare(
      `INSERT INTO readings (id, meter_id, account_id, read_on, previous_on, previous_index, current_index, consumption,
         source, reader_id, state, created_at, created_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'remote', '${reader}', 'unbilled', 0, 'test')`,
    )
    for (let n = 0; n < households; n++) {
      const { meterId, accountId } = newHousehold(context, { installedOn: '2026-09-01', persons: 1 + (n % 7) })
      const [first, second] = [(n % 11) * 37_000, (n % 13) * 29_000]
      // The later reading has the lower id: the run must go by the day.
      const id = (k: number) => `00000000-0000-7000-8000-${String(n * 2 + k).padStart(12, '0')}`
      insert.run(id(1), meterId, accountId, '2026-10-01', '2026-09-01', 0, first, first)
      insert.run(id(0), meterId, accountId, '2026-11-01', '2026-10-01', first, first + second, second)
    }
  })
  await hall.hall.close()
  cpSync(hall.folder, base, { recursive: true })
  rmSync(hall.folder, { recursive: true })
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** Everything a run decides, by numbers people read; ids are left out. */
const outcome = ({ hall }: TestHall) => {
  const { sqlite } = hall.environment
  const all = (sql: string) => sqlite.prepare(sql).all()
  return {
    bills: all('SELECT bill_no, reading_id, amount, consumption, state, issued_on, due_on FROM bills ORDER BY bill_no'),
    lines: all(`SELECT b.bill_no, l.line_no, l.tier, l.from_volume, l.to_volume, l.amount
                FROM bill_lines l JOIN bills b ON b.id = l.bill_id ORDER BY b.bill_no, l.line_no`),
    usage: all('SELECT * FROM tier_usage ORDER BY account_id, cycle_start'),
    arrears: all('SELECT id, arrears FROM accounts ORDER BY id'),
    ledger: all(`SELECT account, holder, sum(debit) AS debit, sum(credit) AS credit FROM journal_lines
                 GROUP BY account, holder ORDER BY account, holder`),
    readings: all('SELECT id, state FROM readings ORDER BY id'),
  }
}
const ran = async (hall: TestHall) => hall.call(Run, {}, 'hall-manager')

async function outcomeOfOneRun() {
  const hall = await openCopy()
  const run = await ran(hall)
  const done = outcome(hall)
  await hall.close()
  return { run, done }
}

test('a run bills every waiting reading once, in the order of reading; a second run finds nothing', async () => {
  const hall = await openCopy()
  const run = await ran(hall)
  expect(run).toMatchObject({
    state: 'finished',
    live: false,
    total: 2 * households,
    billed: 2 * households,
    failed: 0,
  })
  const first = outcome(hall)
  expect(first.bills).toHaveLength(2 * households)
  expect(first.readings.every((row) => (row as { state: string }).state === 'billed')).toBe(true)
  expect((await ran(hall)).billed).toBe(0)
  expect(outcome(hall)).toEqual(first)
  const progress = progressOf(hall)
  expect(progress.at(-2)).toMatchObject({ done: 900, total: 900 })
  expect(firstBrokenAuditRow(hall.hall.environment.sqlite)).toBeNull()
  await hall.close()
})

test('a slice ends when its time is over, not after so many readings; however it is cut, the bills are the same', async () => {
  const { done } = await outcomeOfOneRun()
  // Ten accounts in the time of a slice; then a clock that stands still.
  for (const [ms, readings] of [
    [sliceMs / 10, 20],
    [0, 50],
  ] as const) {
    const hall = await openCopy(looked(ms))
    let turns = 0
    const { environment } = hall.hall
    const { nextTurn } = environment
    Object.assign(environment, { nextTurn: () => ((turns += 1), nextTurn()) })
    await ran(hall)
    expect(outcome(hall)).toEqual(done)
    const told = progressOf(hall).map((data) => data.done)
    expect(told.slice(0, 3)).toEqual([1, 2, 3].map((slice) => slice * readings))
    // Behind the last one nobody waits.
    expect(turns).toBe(told.length - 1)
    await hall.close()
  }
})

test('the run gives the same bills as a clerk billing one by one', async () => {
  const [{ done }, hall] = [await outcomeOfOneRun(), await openCopy()]
  const ids = hall.hall.environment.sqlite
    .prepare('SELECT id FROM readings ORDER BY account_id, read_on')
    .pluck()
    .all() as string[]
  hall.transact((context) => ids.forEach((id) => billReading(context, id)))
  expect(outcome(hall)).toEqual(done)
  await hall.close()
})

test('killed in the middle and continued, a run ends with the same bills', async () => {
  const folder = copyOfBase()
  const child = spawn(
    process.execPath,
    ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'tests/billing/run-child.ts', folder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let told = 0
  for await (const line of createInterface({ input: child.stdout })) {
    told = Number(line)
    if (told >= 400) child.kill('SIGKILL')
  }
  const hall = await openTestHall({ folder })
  const { last, waiting } = await hall.call(RunState, {})
  expect(last).toMatchObject({ state: 'running', live: false })
  // What was told as done is done, and the run was really cut short.
  expect(2 * households - waiting).toBeGreaterThanOrEqual(told)
  expect(waiting).toBeGreaterThan(0)
  const run = await ran(hall)
  expect(run).toMatchObject({ runId: last?.runId, state: 'finished', billed: 2 * households })
  expect(outcome(hall)).toEqual((await outcomeOfOneRun()).done)
  await hall.close()
})

test('a run can be stopped; the next one does what is left', async () => {
  const hall = await openCopy()
  const running = ran(hall)
  expect(await hall.call(RunState, {})).toMatchObject({ last: { state: 'running', live: true } })
  await expect(ran(hall)).rejects.toThrow('RunUnderWay')
  expect(await hall.call(CancelRun, {}, 'hall-manager')).toEqual({ cancelled: true })
  const stopped = await running
  expect(stopped.state).toBe('cancelled')
  expect(stopped.billed).toBeLessThan(2 * households)
  const rest = await ran(hall)
  expect(rest.billed).toBe(2 * households - stopped.billed)
  expect(outcome(hall)).toEqual((await outcomeOfOneRun()).done)
  expect(await hall.call(CancelRun, {}, 'hall-manager')).toEqual({ cancelled: false })
  await hall.close()
})

test('what cannot be billed is named, stays waiting with the account’s later readings, and hinders nobody else', async () => {
  const hall = await openCopy()
  const reader = certifiedReader(hall)
  const accountId = hall.transact((context) => {
    const { meterId, accountId } = newHousehold(context, {
      plan: 'example-non-resident-417',
      installedOn: '2018-01-01',
    })
    for (const [k, on, before] of [
      [1, '2018-03-01', '2018-01-01'],
      [2, '2018-09-01', '2018-03-01'],
    ] as const) {
      context.sqlite
        .prepare(
          `INSERT INTO readings (id, meter_id, account_id, read_on, previous_on, previous_index, current_index,
             consumption, source, reader_id, state, created_at, created_by)
           VALUES (?, ?, ?, ?, ?, ?, ?, 5000, 'remote', '${reader}', 'unbilled', 0, 'test')`,
        )
        .run(`10000000-0000-7000-8000-00000000000${k}`, meterId, accountId, on, before, (k - 1) * 5000, k * 5000)
    }
    return accountId
  })
  const run = await ran(hall)
  expect(run).toMatchObject({ state: 'finished', billed: 2 * households, failed: 2, total: 2 * households + 2 })
  const { problems, waiting } = await hall.call(RunState, {})
  expect(waiting).toBe(2)
  expect(problems.map(({ accountId: of, problem }) => [of, problem])).toEqual([
    [accountId, expect.stringContaining('还没有生效的价格')],
    [accountId, '该户更早的抄表未能出账'],
  ])
  await hall.close()
})

test('a run is the manager’s', async () => {
  const hall = await openCopy()
  await expect(hall.call(Run, {}, 'cashier')).rejects.toThrow('NotAllowed')
  const { rows } = await hall.call(Bills, {})
  expect(rows).toEqual([])
  await expect(hall.call(Bill, { billId: crypto.randomUUID() })).rejects.toThrow('BillNotFound')
  await hall.close()
})
