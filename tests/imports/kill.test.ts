/** Kill -9 while a file is read, checked, written and indexed: nothing is ever half, and all of it can be continued or given up. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { SearchCustomers } from '../../src-main/customers/api.ts'
import { Detail, Discard, Open } from '../../src-main/imports/api.ts'
import { firstBrokenAuditRow } from '../../src-main/platform/audit.ts'
import type { CallReply } from '../../src-main/platform/contract.ts'
import { actorOf, mondayMorning, openTestHall, testKey, type TestHall } from '../support/hall.ts'
import { customerRows, openFolder } from './files.ts'
import { begin, plansIn, requestId } from './steps.ts'

const administrator = JSON.stringify(actorOf('administrator'))
const customers = 2_000

let child: ChildProcess | null = null
afterEach(() => void child?.kill('SIGKILL'))

async function start(folder: string, now: number): Promise<ChildProcess> {
  const process = fork('tests/support/hall-process.ts', [folder, testKey, String(now), 'imports'], {
    execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    serialization: 'advanced',
  })
  child = process
  await Promise.race([
    once(process, 'message'),
    once(process, 'exit').then(([code]) => Promise.reject(new Error(`the hall ended with ${code} before it opened`))),
  ])
  return process
}

/** Asks and kills after `ms`, or when the answer came: null lets it come, however long it takes. @returns the answer, if there was one */
async function askAndKill(
  process: ChildProcess,
  call: string,
  input: object,
  ms: number | null,
): Promise<CallReply | null> {
  process.send({ id: 1, call, input, session: administrator })
  const answer = once(process, 'message').then(([reply]) => reply as CallReply)
  const ending =
    ms === null
      ? once(process, 'exit').then(() => Promise.reject(new Error('the hall ended without an answer')))
      : new Promise<null>((resolve) => setTimeout(() => resolve(null), ms))
  const reply = await Promise.race([answer, ending])
  const gone = once(process, 'exit')
  process.kill('SIGKILL')
  await gone
  return reply
}

const count = (hall: TestHall, table: string): number =>
  hall.hall.environment.sqlite.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0
const booked = ['customers', 'service_points', 'accounts', 'meters', 'readings', 'customer_events', 'import_rows']

/** Everything is there or nothing, money and record included. @returns whether it is */
function allOrNothing(hall: TestHall): boolean {
  const there = count(hall, 'accounts') > 0
  for (const table of booked) expect([table, count(hall, table)]).toEqual([table, there ? customers : 0])
  // As the old system wrote it, and without what customers leave out when they quote it.
  expect(count(hall, 'account_aliases')).toBe(there ? 2 * customers : 0)
  expect(count(hall, 'bills')).toBe(there ? Math.floor(customers / 3) : 0)
  expect(count(hall, 'journal_entries')).toBe(there ? 1 : 0)
  hall.transact(({ sqlite }) => {
    expect(firstBrokenAuditRow(sqlite)).toBeNull()
    const apart = sqlite.prepare(
      `SELECT (SELECT sum(arrears) FROM accounts) - (SELECT sum(debit) FROM journal_lines WHERE account = 'receivable') AS n`,
    )
    expect((apart.get() as { n: number | null }).n).toBe(there ? 0 : null)
  })
  return there
}

test('an import killed again and again is whole in the end, and never half before', async () => {
  let hall = await openTestHall()
  const files = openFolder()
  const { folder } = hall
  let now = mondayMorning
  let closed = false
  const reopen = async () => {
    hall = await openTestHall({ folder, now: (now += 60_000) })
    closed = false
  }
  const close = async () => {
    await hall.hall.close()
    closed = true
  }
  try {
    const resident = plansIn(hall).get('example-city-345') ?? ''
    const path = files.text('客户.csv', customerRows(customers))
    const importId = await begin(hall, path, { kind: 'customers', plans: { resident } })
    const state = async () => (await hall.call(Detail, { importId }, 'administrator')).view

    // Read and check: killed in the middle some times, it goes on and nothing has come into the books.
    for (const ms of [60, 250, 500, null]) {
      await close()
      await askAndKill(await start(folder, (now += 60_000)), 'imports.check', { importId }, ms)
      await reopen()
      expect(allOrNothing(hall)).toBe(false)
      const { state: stands, live } = await state()
      expect([['reading', 'checking', 'checked'].includes(stands), live]).toEqual([true, false])
      expect((await hall.call(Open, {}, 'administrator'))?.importId).toBe(importId)
    }
    expect(await state()).toMatchObject({ state: 'checked', rows: customers, bad: 0 })

    // Written and indexed: before the commit nothing is there, after it everything.
    const commit = { requestId: requestId(), importId, pauseAgreed: true }
    const seen = new Set<boolean>()
    for (const ms of [30, 200, 400, 700, 1_000, null, null]) {
      await close()
      await askAndKill(await start(folder, (now += 60_000)), 'imports.commit', commit, ms)
      await reopen()
      const there = allOrNothing(hall)
      seen.add(there)
      expect(['indexing', 'done'].includes((await state()).state)).toBe(there)
    }
    expect(seen).toEqual(new Set([false, true]))
    expect(await state()).toMatchObject({ state: 'done', rows: customers })
    // Every change is in the outbox once, and every customer is found.
    const sent = hall.hall.environment.sqlite
      .prepare<[], { n: number }>(
        `SELECT count(DISTINCT entity_id) AS n FROM outbox WHERE entity = 'accounts' AND op = 'insert'`,
      )
      .get()
    expect(sent?.n).toBe(customers)
    expect(count(hall, 'customer_index')).toBe(customers)
    for (const no of ['0100001', `0${100_000 + customers}`])
      expect((await hall.call(SearchCustomers, { text: no, limit: 3 })).rows).toHaveLength(1)
    await hall.hall.scheduler.runNow('imports.finish')
    expect(count(hall, 'import_staged')).toBe(0)
  } finally {
    files.remove()
    if (closed) await reopen()
    await hall.close()
  }
})

test('an import killed after its commit is finished by the next start alone', async () => {
  let hall = await openTestHall()
  const files = openFolder()
  const { folder } = hall
  try {
    const resident = plansIn(hall).get('example-city-345') ?? ''
    const importId = await begin(hall, files.text('客户.csv', customerRows(40)), {
      kind: 'customers',
      plans: { resident },
    })
    await hall.hall.close()
    await askAndKill(await start(folder, mondayMorning + 60_000), 'imports.check', { importId }, null)
    await askAndKill(
      await start(folder, mondayMorning + 120_000),
      'imports.commit',
      { requestId: requestId(), importId, pauseAgreed: true },
      null,
    )
    hall = await openTestHall({ folder, now: mondayMorning + 180_000 })
    // As if it had been killed between the commit and the index.
    hall.transact(({ sqlite }) => {
      sqlite.exec(`DROP TRIGGER imports_moves; UPDATE imports SET state = 'indexing'; DELETE FROM customer_index;
        INSERT INTO customer_search (customer_search) VALUES ('delete-all');`)
      sqlite.prepare('INSERT OR IGNORE INTO import_work (import_id, path) VALUES (?, ?)').run(importId, '/')
    })
    await hall.restart()
    await hall.hall.scheduler.tick()
    expect((await hall.call(Detail, { importId }, 'administrator')).view.state).toBe('done')
    expect((await hall.call(SearchCustomers, { text: 'zwb', limit: 3 })).rows.length).toBeGreaterThan(0)
  } finally {
    files.remove()
    await hall.close()
  }
})

test('an interrupted import can be given up, and the next file comes', async () => {
  let hall = await openTestHall()
  const files = openFolder()
  const { folder } = hall
  try {
    const resident = plansIn(hall).get('example-city-345') ?? ''
    const wanted = { kind: 'customers', plans: { resident } } as const
    const importId = await begin(hall, files.text('客户.csv', customerRows(customers)), wanted)
    await hall.hall.close()
    await askAndKill(await start(folder, mondayMorning + 60_000), 'imports.check', { importId }, 200)
    hall = await openTestHall({ folder, now: mondayMorning + 120_000 })
    await hall.call(Discard, { requestId: requestId(), importId }, 'administrator')
    await hall.hall.scheduler.tick()
    expect([count(hall, 'import_staged'), count(hall, 'import_work')]).toEqual([0, 0])
    await begin(hall, files.text('客户.csv', customerRows(5)), wanted)
  } finally {
    files.remove()
    await hall.close()
  }
})
