/** Work that runs by itself: due times, failures, and restarts, on a real hall with jobs made for the test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ManualClock } from '../../src-main/platform/clock.ts'
import { openHall, type Hall } from '../../src-main/platform/hall.ts'
import { memoryLogger } from '../../src-main/platform/logging.ts'
import type { Job } from '../../src-main/platform/scheduler.ts'
import { mondayMorning, testKey } from '../support/hall.ts'

const minute = 60_000
let folder: string
let clock: ManualClock
let hall: Hall
let runs: number[]
let lines: string[]
/** What the job does while it runs. */
let work: () => Promise<void>

/** Every ten minutes; after a failure one minute, then two, then four … */
const upload: Job = {
  job: 'upload',
  nextRun: (_, now, failures) => now + (failures === 0 ? 10 : 2 ** (failures - 1)) * minute,
  async run() {
    runs.push(clock.now())
    await work()
  },
}

const open = (): Hall =>
  openHall({
    dataFolder: folder,
    resources: 'resources',
    key: testKey,
    clock,
    log: memoryLogger(lines),
    rooms: [{ upload }],
    sessionOf: () => null,
  })
const state = () =>
  hall.environment.sqlite
    .prepare(
      `SELECT next_run_at - ? AS "in", last_run_at AS lastRunAt, last_success_at AS lastSuccessAt,
         last_error AS lastError, failures FROM jobs WHERE name = 'upload'`,
    )
    .get(clock.now())

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scheduler-'))
  clock = new ManualClock(mondayMorning)
  runs = []
  lines = []
  work = async () => undefined
  hall = open()
})
afterEach(async () => {
  await hall.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a job runs when it is due, not before, and then at its next time', async () => {
  await hall.scheduler.tick()
  clock.advance(10 * minute - 1)
  await hall.scheduler.tick()
  expect(runs).toEqual([])
  clock.advance(1)
  await hall.scheduler.tick()
  await hall.scheduler.tick()
  expect(runs).toEqual([mondayMorning + 10 * minute])
  expect(state()).toEqual({
    in: 10 * minute,
    lastRunAt: clock.now(),
    lastSuccessAt: clock.now(),
    lastError: null,
    failures: 0,
  })
})

test('a failure is recorded and tried again, later each time; a success forgets it', async () => {
  work = () => Promise.reject(new Error('no answer from headquarters'))
  await hall.scheduler.runNow('upload')
  expect(state()).toEqual({
    in: minute,
    lastRunAt: mondayMorning,
    lastSuccessAt: null,
    lastError: 'no answer from headquarters',
    failures: 1,
  })
  clock.advance(minute)
  await hall.scheduler.tick()
  expect(state()).toMatchObject({ in: 2 * minute, failures: 2 })
  expect(lines.filter((line) => line.includes('job-failed'))).toHaveLength(2)
  work = async () => undefined
  clock.advance(2 * minute)
  await hall.scheduler.tick()
  expect(state()).toMatchObject({ in: 10 * minute, lastSuccessAt: clock.now(), lastError: null, failures: 0 })
})

test('a job never runs twice at once: who asks meanwhile waits for the run that is under way', async () => {
  let finish: () => void = () => undefined
  work = () => new Promise((resolve) => (finish = resolve))
  const first = hall.scheduler.runNow('upload')
  const second = hall.scheduler.runNow('upload')
  clock.advance(60 * minute)
  const third = hall.scheduler.tick()
  let ended = 0
  for (const run of [first, second, third]) void run.then(() => ended++)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect([runs.length, ended]).toEqual([1, 0])
  finish()
  await Promise.all([first, second, third])
  expect(runs).toHaveLength(1)
})

test('the next time and the failures survive a restart; what fell due meanwhile runs once', async () => {
  work = () => Promise.reject(new Error('power cut'))
  await hall.scheduler.runNow('upload')
  await hall.close()
  clock.advance(5 * 60 * minute)
  hall = open()
  expect(state()).toMatchObject({ in: -299 * minute, failures: 1, lastError: 'power cut' })
  work = async () => undefined
  await hall.scheduler.tick()
  await hall.scheduler.tick()
  expect(runs).toHaveLength(2)
  expect(state()).toMatchObject({ in: 10 * minute, failures: 0 })
})

test('closing the hall waits for the run that is under way', async () => {
  let finish: () => void = () => undefined
  work = () => new Promise((resolve) => (finish = resolve))
  const run = hall.scheduler.runNow('upload')
  let closed = false
  const closing = hall.close().then(() => (closed = true))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(closed).toBe(false)
  finish()
  await Promise.all([run, closing])
  hall = open()
  expect(state()).toMatchObject({ lastSuccessAt: mondayMorning })
})

test('a full disk does not stop the scheduler: the failure is logged and the job runs again', async () => {
  await hall.scheduler.tick()
  clock.advance(10 * minute)
  const { sqlite } = hall.environment
  sqlite.exec(
    `CREATE TEMP TRIGGER full BEFORE UPDATE ON main.jobs BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END`,
  )
  await expect(hall.scheduler.tick()).resolves.toBeUndefined()
  expect(lines.join('')).toContain('database or disk is full')
  sqlite.exec('DROP TRIGGER temp.full')
  await hall.scheduler.tick()
  expect(runs).toHaveLength(2)
  expect(state()).toMatchObject({ failures: 0, lastSuccessAt: clock.now() })
})
