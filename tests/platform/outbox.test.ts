/** "Each committed change appends to the outbox in the same transaction" holds below every service. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ManualClock } from '../../src-main/platform/clock.ts'
import { openHall } from '../../src-main/platform/hall.ts'
import { memoryLogger } from '../../src-main/platform/logging.ts'
import { mondayMorning, openTestHall, testKey, type TestHall } from '../support/hall.ts'

interface Filed {
  readonly entity: string
  readonly op: string
  readonly data: string
  readonly changeId: string
  readonly at: number
}
let hall: TestHall
let before: number
const addStaff = `INSERT INTO staff (id, staff_no, name, roles, state, created_at, updated_at) VALUES ('s1', '01', '赵柜员', '["clerk"]', 'active', 1, 1)`
const filed = (): Filed[] =>
  hall.hall.environment.sqlite
    .prepare('SELECT entity, op, data, change_id AS changeId, at FROM outbox WHERE seq > ? ORDER BY seq')
    .all(before) as Filed[]

beforeEach(async () => {
  hall = await openTestHall()
  before = hall.hall.environment.sqlite.prepare('SELECT coalesce(max(seq), 0) FROM outbox').pluck().get() as number
})
afterEach(() => hall.close())

test('insert, update and delete file the whole row, all under the name of the one change that made them', () => {
  hall.transact(({ sqlite }) => {
    sqlite.exec(addStaff)
    sqlite.exec(`UPDATE staff SET name = '赵晓' WHERE id = 's1'`)
    sqlite.exec(`DELETE FROM staff WHERE id = 's1'`)
  })
  const rows = filed()
  expect(rows.map(({ entity, op }) => `${entity} ${op}`)).toEqual(['staff insert', 'staff update', 'staff delete'])
  expect(rows.map(({ data }) => (JSON.parse(data) as { name: string }).name)).toEqual(['赵柜员', '赵晓', '赵晓'])
  expect(new Set(rows.map(({ changeId }) => changeId)).size).toBe(1)
  expect(rows[0]?.changeId).toMatch(/^[0-9a-f-]{36}$/)
  expect(rows[0]?.at).toBe(mondayMorning)
})

test('two changes have two names', () => {
  hall.transact(({ sqlite }) => sqlite.exec(addStaff))
  hall.transact(({ sqlite }) => sqlite.exec(`UPDATE staff SET name = '赵晓' WHERE id = 's1'`))
  expect(new Set(filed().map(({ changeId }) => changeId)).size).toBe(2)
})

test('a change that is undone files nothing', () => {
  expect(() =>
    hall.transact(({ sqlite }) => {
      sqlite.exec(addStaff)
      throw new Error('power cut')
    }),
  ).toThrow('power cut')
  expect(filed()).toEqual([])
})

test('tables of this PC alone file nothing', () => {
  hall.transact(({ sqlite }) => sqlite.exec(`INSERT INTO settings VALUES ('access.lockMinutes', '3', 1, 'x')`))
  expect(filed()).toEqual([])
})

test('a migration that changes rows files them under a change that headquarters can name', async () => {
  await hall.hall.close()
  const newer = mkdtempSync(join(tmpdir(), 'resources-'))
  cpSync('resources/migrations', join(newer, 'migrations'), { recursive: true })
  const journal = join(newer, 'migrations', 'meta', '_journal.json')
  const { entries } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { idx: number; tag: string }[] }
  writeFileSync(journal, JSON.stringify({ entries: [...entries, { idx: 99, tag: '0099_names' }] }))
  writeFileSync(join(newer, 'migrations', '0099_names.sql'), `UPDATE staff SET name = name || '（改）';`)
  const upgraded = openHall({
    dataFolder: hall.folder,
    resources: newer,
    key: testKey,
    clock: new ManualClock(mondayMorning + 1_000),
    log: memoryLogger(),
    rooms: [],
    sessionOf: () => null,
  })
  const rows = upgraded.environment.sqlite
    .prepare(`SELECT change_id AS changeId, at FROM outbox WHERE op = 'update' AND seq > ?`)
    .all(before) as Filed[]
  await upgraded.close()
  expect(rows.length).toBeGreaterThan(0)
  for (const { changeId, at } of rows) {
    expect(changeId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(at).toBe(mondayMorning + 1_000)
  }
  rmSync(newer, { recursive: true, force: true })
  // The test hall is closed once more after each test.
  rmSync(join(hall.folder, 'hall.db'), { force: true })
  hall = await openTestHall()
})
