/** A damaged page is known as damage wherever it is met first: at the login, by a job, at the start. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Login } from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { CheckFile } from '../../src-main/backup/api.ts'
import { State } from '../../src-main/machine/api.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'

const password = 'Kanban-Qiu-73'
let hall: TestHall
beforeEach(async () => {
  hall = await openTestHall()
  hall.transact((context) => setPassword(context, actorOf('administrator').id, password))
})
afterEach(() => hall.close())

/** Closes the hall, damages the first page of a table or index, and opens it again. */
async function damage(name: string): Promise<void> {
  const { sqlite, paths } = hall.hall.environment
  const page = sqlite.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').pluck().get(name) as number
  sqlite.pragma('wal_checkpoint(TRUNCATE)')
  await hall.hall.close()
  const file = openSync(paths.database, 'r+')
  writeSync(file, Buffer.alloc(64, 0x5a), 0, 64, (page - 1) * 4_096 + 200)
  closeSync(file)
  await hall.restart().catch(() => undefined)
}
const told = () => hall.call(State, {}, null)
const logIn = () => hall.call(Login, { staffNo: 'administrator', password }, null)

describe('a damaged page', () => {
  test('that the login reads is told to whoever stands before it', async () => {
    await damage('sessions')
    expect((await told()).damagedAt).toBeNull()
    await expect(logIn()).rejects.toThrow('DatabaseCorrupt')
    expect((await told()).damagedAt).toBe(hall.clock.now())
  })

  test('that only the program’s own work reads is told too, and to the windows at once', async () => {
    await damage('jobs')
    hall.events.length = 0
    await hall.hall.scheduler.tick()
    expect((await told()).damagedAt).toBe(hall.clock.now())
    expect(hall.events).toContainEqual({ event: 'changed', data: { room: 'backup' } })
  })

  test('that was found by a walk is known over a restart, until another walk finds the file sound', async () => {
    const { sqlite, clock } = hall.hall.environment
    sqlite.prepare('INSERT INTO file_checks (id, at, damaged) VALUES (?, ?, ?)').run('one', clock.now(), 'page 9')
    await hall.restart()
    expect((await told()).damagedAt).toBe(hall.clock.now())
    hall.clock.advance(60_000)
    expect(await hall.call(CheckFile, {}, 'administrator')).toEqual({ sound: true })
    expect((await told()).damagedAt).toBeNull()
    await hall.restart()
    expect((await told()).damagedAt).toBeNull()
  })

  test('in the list of walks is damage by itself', async () => {
    await damage('file_checks_at')
    expect((await told()).damagedAt).toBe(hall.clock.now())
  })
})
