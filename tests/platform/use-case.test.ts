import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { firstBrokenAuditRow } from '../../src-main/platform/audit.ts'
import { ManualClock } from '../../src-main/platform/clock.ts'
import { call, RequestId, shortText } from '../../src-main/platform/contract.ts'
import { openHall, type Hall } from '../../src-main/platform/hall.ts'
import { memoryLogger } from '../../src-main/platform/logging.ts'
import { useCase } from '../../src-main/platform/use-case.ts'
import { actorOf, mondayMorning, testKey } from '../support/hall.ts'
import type { Role } from '../../src-main/platform/contract.ts'

const AddSerial = call({
  name: 'probe.add',
  kind: 'change',
  allow: ['clerk'],
  input: z.strictObject({ requestId: RequestId, scope: shortText('范围', 10), fail: z.boolean().default(false) }),
  output: z.object({ count: z.int() }),
})
const addSerial = useCase(AddSerial, ({ scope, fail }, { sqlite, audit }) => {
  sqlite.prepare('INSERT INTO serials (scope, next) VALUES (?, 1)').run(scope)
  audit({ subject: `serial:${scope}`, detail: { scope } })
  if (fail) throw new Error('power cut')
  return { count: (sqlite.prepare('SELECT count(*) AS n FROM serials').get() as { n: number }).n }
})

const Look = call({
  name: 'probe.look',
  kind: 'read',
  allow: ['clerk'],
  input: z.strictObject({}),
  output: z.object({ count: z.int() }),
})
const look = useCase(Look, (_, { sqlite }) => ({
  count: (sqlite.prepare('SELECT count(*) AS n FROM serials').get() as { n: number }).n,
}))
/** A change without a request id: done again, it would have its effect again. */
const AddBlindly = call({
  name: 'probe.addBlindly',
  kind: 'change',
  allow: ['clerk'],
  input: z.strictObject({ scope: shortText('范围', 10) }),
  output: z.object({}),
})
const addBlindly = useCase(AddBlindly, ({ scope }, { sqlite }) => {
  sqlite.prepare('INSERT INTO serials (scope, next) VALUES (?, 1)').run(scope)
  return {}
})

const Jot = call({
  name: 'probe.jot',
  kind: 'change',
  allow: ['clerk'],
  unaudited: true,
  input: z.strictObject({ scope: shortText('范围', 10) }),
  output: z.object({}),
})
const jot = useCase(Jot, ({ scope }, { sqlite }) => {
  sqlite.prepare('INSERT INTO serials (scope, next) VALUES (?, 1)').run(scope)
  return {}
})

/** What several parts of one change take for now. */
const Twice = call({
  name: 'probe.twice',
  kind: 'change',
  allow: ['clerk'],
  input: z.strictObject({}),
  output: z.object({ first: z.int(), second: z.int() }),
})
const twice = useCase(Twice, (_, context) => ({ first: context.clock.now(), second: context.clock.now() }))

/** A query that reads a column more than its call declares. */
const Person = call({
  name: 'probe.person',
  kind: 'read',
  allow: ['clerk'],
  input: z.strictObject({}),
  output: z.object({ name: z.string(), papers: z.array(z.object({ no: z.string() })) }),
})
const person = useCase(Person, () => {
  const row = {
    name: '张*',
    nationalId: '99010119900101003X',
    papers: [{ no: 'C1', fields: { phone: '19900000001' } }],
  }
  return row
})
const Wrong = call({ ...Person, name: 'probe.wrong' })
const wrong = useCase(Wrong, () => ({ name: 7, papers: [] }) as never)

const ids = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'] as const
let folder: string
let clock: ManualClock
let hall: Hall
const open = () =>
  openHall({
    dataFolder: folder,
    resources: 'resources',
    key: testKey,
    clock,
    log: memoryLogger(),
    rooms: [{ addSerial, look, addBlindly, jot, twice, person, wrong }],
    sessionOf: (_, token) => ({ actor: actorOf(token as Role), locked: false }),
  })
const add = (input: unknown, session: string | null = 'clerk') =>
  hall.handle({ id: 1, call: 'probe.add', input, session })
const serials = () => hall.environment.sqlite.prepare('SELECT scope FROM serials ORDER BY scope').pluck().all()

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hall-'))
  clock = new ManualClock(mondayMorning)
  hall = open()
})
afterEach(async () => {
  await hall.close()
  rmSync(folder, { recursive: true, force: true })
})

test('an answer carries what its call declared and nothing else, at any depth (clause 6(10))', async () => {
  const reply = await hall.handle({ id: 1, call: 'probe.person', input: {}, session: 'clerk' })
  expect(reply).toEqual({ id: 1, ok: true, output: { name: '张*', papers: [{ no: 'C1' }] } })
  const broken = await hall.handle({ id: 2, call: 'probe.wrong', input: {}, session: 'clerk' })
  expect(broken).toMatchObject({ ok: false, error: { code: 'Internal' } })
})

test('what is still being typed is kept without a row in the audit log, by those who may only', async () => {
  const rows = () => hall.environment.sqlite.prepare('SELECT count(*) AS n FROM audit_log').pluck().get()
  const before = rows()
  const send = (session: string) =>
    hall.handle({ id: 1, call: 'probe.jot', input: { scope: `jot-${session}` }, session })
  expect((await send('clerk')).ok).toBe(true)
  expect(await send('cashier')).toMatchObject({ ok: false, error: { code: 'NotAllowed' } })
  // That of the cashier who was refused is the one row more.
  expect([serials(), rows()]).toEqual([['jot-clerk'], Number(before) + 1])
})

describe('a call', () => {
  test('is one moment, however long it takes: what it writes down of itself never comes before or after itself', async () => {
    let now = clock.now()
    vi.spyOn(clock, 'now').mockImplementation(() => now++)
    const reply = await hall.handle({ id: 1, call: 'probe.twice', input: {}, session: 'clerk' })
    const { first, second } = (reply as { output: { first: number; second: number } }).output
    const at = hall.environment.sqlite.prepare('SELECT at FROM audit_log ORDER BY seq DESC').pluck().get()
    expect([second, at]).toEqual([first, first])
  })

  test('answers a repeated request id with the first answer, also after a restart', async () => {
    const first = await add({ requestId: ids[0], scope: 'a' })
    await hall.close()
    hall = open()
    await add({ requestId: ids[1], scope: 'b' })
    expect(await add({ requestId: ids[0], scope: 'a' })).toEqual(first)
    expect(first).toMatchObject({ ok: true, output: { count: 1 } })
    expect(serials()).toEqual(['a', 'b'])
  })

  test('sent once more because the backend died is done only where twice does no harm', async () => {
    const first = await add({ requestId: ids[0], scope: 'a' })
    const again = (name: string, input: unknown) =>
      hall.handle({ id: 1, call: name, input, session: 'clerk', again: true })
    expect(await again('probe.add', { requestId: ids[0], scope: 'a' })).toEqual(first)
    expect(await again('probe.look', {})).toMatchObject({ ok: true, output: { count: 1 } })
    expect(await again('probe.addBlindly', { scope: 'b' })).toMatchObject({
      ok: false,
      error: { code: 'BackendRestarted', message: '后台程序刚刚自动恢复，请再试一次' },
    })
    expect(serials()).toEqual(['a'])
  })

  test('refuses the same request id with another body, and writes nothing', async () => {
    await add({ requestId: ids[0], scope: 'a' })
    expect(await add({ requestId: ids[0], scope: 'b' })).toMatchObject({
      ok: false,
      error: { code: 'RequestIdReused' },
    })
    expect(serials()).toEqual(['a'])
  })

  test('that fails half way leaves nothing behind, and can be made again under the same id', async () => {
    const failed = await add({ requestId: ids[0], scope: 'a', fail: true })
    expect(failed).toMatchObject({ ok: false, error: { code: 'Internal' } })
    expect(serials()).toEqual([])
    expect(await add({ requestId: ids[0], scope: 'a' })).toMatchObject({ ok: true })
  })

  test('with a bad input says in Chinese which field to mend; unknown keys are refused', async () => {
    expect(await add({ requestId: ids[0], scope: '  ' })).toMatchObject({
      ok: false,
      error: { code: 'InvalidInput', field: 'scope', message: '请填写范围' },
    })
    expect(await add({ requestId: ids[0], scope: 'a', extra: 1 })).toMatchObject({
      ok: false,
      error: { code: 'InvalidInput' },
    })
    expect(await add('garbage')).toMatchObject({ ok: false, error: { code: 'InvalidInput' } })
    expect(serials()).toEqual([])
  })

  test('by the wrong role or by nobody is refused in the backend', async () => {
    expect(await add({ requestId: ids[0], scope: 'a' }, 'cashier')).toMatchObject({ error: { code: 'NotAllowed' } })
    expect(await add({ requestId: ids[0], scope: 'a' }, null)).toMatchObject({ error: { code: 'NotSignedIn' } })
  })

  test('is refused when the clock of the PC runs backwards', async () => {
    await add({ requestId: ids[0], scope: 'a' })
    clock.advance(-3_600_000)
    expect(await add({ requestId: ids[1], scope: 'b' })).toMatchObject({ error: { code: 'ClockRunsBackwards' } })
  })
})

describe('the audit log', () => {
  test('refuses change and deletion by itself', async () => {
    await add({ requestId: ids[0], scope: 'a' })
    const { sqlite } = hall.environment
    expect(() => sqlite.exec(`UPDATE audit_log SET actor_name = '别人'`)).toThrow('append-only')
    expect(() => sqlite.exec('DELETE FROM audit_log')).toThrow('append-only')
  })

  test.each([
    ['altered', `UPDATE audit_log SET actor_name = '别人' WHERE seq = 2`, 2],
    ['removed', 'DELETE FROM audit_log WHERE seq = 2', 3],
    ['cut off the end', 'DELETE FROM audit_log WHERE seq = 3', 3],
  ])('shows where a row was %s, even by somebody who removed the triggers', async (_, tamper, found) => {
    for (const scope of ['a', 'b', 'c']) await add({ requestId: crypto.randomUUID(), scope })
    const { sqlite } = hall.environment
    expect(firstBrokenAuditRow(sqlite)).toBeNull()
    sqlite.exec('DROP TRIGGER audit_log_refuse_update; DROP TRIGGER audit_log_refuse_delete')
    sqlite.exec(tamper)
    expect(firstBrokenAuditRow(sqlite)).toBe(found)
  })
})

test('the database file holds no plain text', async () => {
  await add({ requestId: ids[0], scope: 'plain-text' })
  const { sqlite } = hall.environment
  sqlite.pragma('wal_checkpoint(TRUNCATE)')
  const bytes = readFileSync(join(folder, 'hall.db'))
  expect(bytes.includes('plain-text')).toBe(false)
  expect(bytes.subarray(0, 6).toString()).not.toBe('SQLite')
})

test('every row of a synced table is in the outbox with the whole row, under the name of its change', async () => {
  hall.transact('probe', actorOf('clerk'), ({ sqlite }) =>
    sqlite.exec(
      `INSERT INTO staff (id, staff_no, name, roles, state, created_at, updated_at) VALUES ('s1', '01', '赵柜员', '["clerk"]', 'active', 1, 1)`,
    ),
  )
  const { sqlite } = hall.environment
  const rows = sqlite.prepare('SELECT entity, entity_id, op, data, change_id, at FROM outbox').all()
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ entity: 'staff', entity_id: 's1', op: 'insert', at: mondayMorning })
  expect(JSON.parse((rows[0] as { data: string }).data)).toMatchObject({ id: 's1', name: '赵柜员', state: 'active' })
})
