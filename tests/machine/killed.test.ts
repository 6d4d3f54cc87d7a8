/** Restore, backup, opening after a loss, and upgrade, killed before each call that changes a file: nothing is lost. */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Now } from '../../src-main/backup/api.ts'
import { finishRestore } from '../../src-main/backup/restore.ts'
import { State } from '../../src-main/machine/api.ts'
import { backupFiles } from '../../src-main/platform/backup-files.ts'
import { pathsOf } from '../../src-main/platform/hall.ts'
import { openSqlite } from '../../src-main/platform/database.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { placeHold } from '../../src-main/supply/service.ts'
import { openOne } from '../customers/support.ts'
import { actorOf, openTestHall, testKey, type TestHall } from '../support/hall.ts'
import { atEachPlace, copyOf, forgetCopies, giveReceipt, live, restorers, type Life } from './support.ts'

let template: string
let backup: string
/** Where gas was cut after the backup. */
let cut: string
const given: string[] = []
vi.setConfig({ testTimeout: 600_000 })

beforeAll(async () => {
  const hall = await openTestHall()
  template = hall.folder
  hall.transact((context) => {
    setPassword(context, actorOf('administrator').id, restorers.administrator)
    setPassword(context, actorOf('hall-manager').id, restorers.manager)
  })
  given.push(giveReceipt(hall))
  cut = openOne(hall, 1, { supplied: true }).servicePointId
  backup = (await hall.call(Now, {}, 'hall-manager')).fileName
  given.push(giveReceipt(hall), giveReceipt(hall))
  hall.transact((context) =>
    placeHold(context, { servicePointId: cut, cause: 'hazard', subject: 'hazard:after', note: '漏气' }),
  )
  await hall.hall.close()
})
const whole = () => copyOf(template)

afterAll(() => {
  forgetCopies()
  rmSync(template, { recursive: true, force: true })
})

const run = (act: string, at: number, folder: string, more = ''): Promise<Life> =>
  live('kill-child.ts', act, at, folder, more)
const eachPlace = (act: string, prepare: () => string, more: string, one: (at: number) => Promise<void>) =>
  atEachPlace(() => run(act, 0, prepare(), more), 2, one)

async function opened<T>(folder: string, work: (hall: TestHall) => T | Promise<T>): Promise<T> {
  // As the program does at its start.
  finishRestore(pathsOf(folder, 'resources'))
  const hall = await openTestHall({ folder })
  try {
    return await work(hall)
  } finally {
    await hall.hall.close()
  }
}
const entries = (hall: TestHall): unknown =>
  hall.hall.environment.sqlite.prepare('SELECT count(*) FROM journal_entries').pluck().get()

test('a restore is as it was before or wholly done; the replaced data are there, and numbers are new', async () => {
  let done = 0
  const { places, runs } = await eachPlace('restore', whole, backup, async (at) => {
    const folder = copyOf(template)
    await run('restore', at, folder, backup)
    await opened(folder, async (hall) => {
      const count = entries(hall)
      expect([1, 3], `killed at ${at}`).toContain(count)
      if (count === 1) done += 1
      // Off before, off afterwards; what a restore brought along is written with it or not at all.
      const held = hall.hall.environment.sqlite
        .prepare(
          `SELECT p.gas_state || ' ' || (h.subject GLOB 'carried:*') || ' ' || (SELECT count(*) FROM carried_matters)
           FROM service_points p JOIN supply_holds h ON h.service_point_id = p.id AND h.lifted_at IS NULL WHERE p.id = ?`,
        )
        .pluck()
        .all(cut)
      expect(held, `killed at ${at}`).toEqual([count === 1 ? 'suspended 1 1' : 'suspended 0 0'])
      expect((await hall.call(State, {}, null)).loss, `killed at ${at}`).toBeNull()
      expect(given, `killed at ${at}`).not.toContain(giveReceipt(hall))
    })
    const names = readdirSync(folder)
    const databases = names.filter((name) => /^hall\.db(\.replaced-[\w]+-[\w]+-[\w]+)?$/.test(name))
    expect(databases).toHaveLength(existsSync(join(folder, 'restore.json')) ? 0 : databases.length)
    expect(names.filter((name) => /incoming|restore\.json/.test(name))).toEqual([])
  })
  console.log(
    `restore: ${places} places, killed at ${runs}; ${done} times done afterwards, ${runs - done} times as before`,
  )
})

test('a restore that is killed again and again is finished in the end', async () => {
  const folder = copyOf(template)
  const places = (await run('restore', 0, whole(), backup)).places ?? 0
  // After the plan is written: what is left is renames, each of which is tried to be the last.
  await run('restore', places - 2, folder, backup)
  for (let at = 1; at < 4; at++) await run('open', at, folder)
  await opened(folder, (hall) => expect(entries(hall)).toBe(1))
})

test('a backup leaves nothing that looks like one, and never makes its source', async () => {
  const elsewhere = join(mkdtempSync(join(tmpdir(), 'hall-target-')), 'hall-20261123-235959.db')
  const { places, runs } = await eachPlace('backup', whole, elsewhere, async (at) => {
    const folder = copyOf(template)
    const target = join(folder, 'backups', 'hall-20261123-235959.db')
    const { places: done } = await run('backup', at, folder, target)
    expect(existsSync(target) || done === null).toBe(true)
    await opened(folder, async (hall) => {
      await hall.hall.scheduler.runNow('backup.clear')
      expect(readdirSync(join(folder, 'backups')).filter((name) => name.includes('.part'))).toEqual([])
      expect(entries(hall)).toBe(3)
    })
    expect(backupFiles(join(folder, 'backups')).length).toBeLessThanOrEqual(2)
  })
  rmSync(dirname(elsewhere), { recursive: true })
  const empty = mkdtempSync(join(tmpdir(), 'hall-empty-'))
  await expect(run('backup', 0, empty, join(empty, 'backups', 'hall-20261123-235959.db'))).rejects.toThrow(
    'DatabaseMissing',
  )
  expect(existsSync(join(empty, 'hall.db'))).toBe(false)
  rmSync(empty, { recursive: true })
  console.log(`backup: ${places} places, killed at ${runs}`)
})

test('numbers taken over after a loss are taken over whole, however often the start is killed', async () => {
  const lost = () => {
    const folder = copyOf(template)
    for (const suffix of ['-wal', '-shm']) rmSync(join(folder, `hall.db${suffix}`), { force: true })
    cpSync(join(folder, 'backups', backup), join(folder, 'hall.db'))
    return folder
  }
  const { places, runs } = await eachPlace('open', lost, '', async (at) => {
    const folder = lost()
    await run('open', at, folder)
    await run('open', Math.max(1, at - 1), folder)
    await opened(folder, async (hall) => {
      expect((await hall.call(State, {}, null)).loss, `killed at ${at}`).not.toBeNull()
      const { sqlite } = hall.hall.environment
      expect(sqlite.prepare(`SELECT count(*) FROM breaks WHERE kind = 'lost'`).pluck().get()).toBe(1)
      expect(given).not.toContain(giveReceipt(hall))
    })
  })
  console.log(`opening after a loss: ${places} places, killed at ${runs}`)
})

test('an upgrade is as it was before or wholly done', async () => {
  const resources = mkdtempSync(join(tmpdir(), 'hall-resources-'))
  cpSync('resources/migrations', join(resources, 'migrations'), { recursive: true })
  const journal = join(resources, 'migrations', 'meta', '_journal.json')
  const known = JSON.parse(readFileSync(journal, 'utf8')) as { entries: object[] }
  known.entries.push({ idx: 1, version: '6', when: 1, tag: '0001_later', breakpoints: true })
  writeFileSync(journal, JSON.stringify(known))
  appendFileSync(
    join(resources, 'migrations', '0001_later.sql'),
    'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT; INSERT INTO later SELECT rowid FROM journal_entries;',
  )
  try {
    const { places, runs } = await eachPlace('upgrade', whole, resources, async (at) => {
      const folder = copyOf(template)
      await run('upgrade', at, folder, resources)
      expect((await run('upgrade', 0, folder, resources)).places).not.toBeNull()
      const sqlite = openSqlite({ path: join(folder, 'hall.db'), key: testKey })
      expect(sqlite.prepare('SELECT count(*) FROM later').pluck().get()).toBe(3)
      expect(sqlite.prepare('SELECT count(*) FROM journal_entries').pluck().get()).toBe(3)
      expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
      sqlite.close()
    })
    console.log(`upgrade: ${places} places, killed at ${runs}`)
  } finally {
    rmSync(resources, { recursive: true })
  }
})
