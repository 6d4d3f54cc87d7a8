/**
 * Killed while hall and headquarters come together again, and on a full disk: what was told is there once, no number is
 * given twice, and headquarters has it all in the end.
 */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Now } from '../../src-main/backup/api.ts'
import { restoreBackup } from '../../src-main/backup/restore.ts'
import { State } from '../../src-main/machine/api.ts'
import { firstBrokenAuditRow } from '../../src-main/platform/audit.ts'
import { blindStep } from '../../src-main/platform/breaks.ts'
import { Status, UploadNow } from '../../src-main/sync/api.ts'
import { syncedTables } from '../../src-main/sync/snapshot.ts'
import type { Receiver } from '../headquarters/receiver.ts'
import { actorOf, mondayMorning, openTestHall, testKey, type TestHall } from '../support/hall.ts'
import { openConnectedHall, type ConnectedHall } from '../sync/support.ts'
import { comeTogether, headquartersIn, meet } from './meeting.ts'
import { diskAllowed, smallDisk, type SmallDisk } from './small-disk.ts'
import { atEachPlace, copyOf, forgetCopies, giveReceipt, live } from './support.ts'

vi.setConfig({ testTimeout: 3_600_000 })
afterAll(forgetCopies)

/** Receipt numbers in the order in which they were booked. */
const receiptsIn = (hall: Pick<TestHall, 'hall'>): string[] =>
  hall.hall.environment.sqlite
    .prepare(`SELECT substr(memo, 4) FROM journal_entries WHERE memo LIKE '收据 %' ORDER BY rowid`)
    .pluck()
    .all() as string[]
const serialOf = (number: string): number => Number(number.slice(-8, -1))

/** What holds of every hall that was killed: whole, unbroken, each number once. */
function expectSound(hall: TestHall, told: readonly string[], at: number): void {
  const { sqlite } = hall.hall.environment
  expect(sqlite.pragma('integrity_check', { simple: true }), `killed at ${at}`).toBe('ok')
  expect(firstBrokenAuditRow(sqlite), `killed at ${at}`).toBeNull()
  const there = receiptsIn(hall)
  expect(new Set(there).size, `killed at ${at}: no number twice`).toBe(there.length)
  for (const number of told) expect(there, `killed at ${at}: ${number} was told`).toContain(number)
}

/** Headquarters has the state of the hall, row by row and to the fen. */
async function expectTogether(hall: TestHall, headquarters: Receiver, at: number): Promise<void> {
  const { sqlite } = hall.hall.environment
  expect(await hall.call(Status, {}, 'administrator'), `killed at ${at}`).toMatchObject({
    waiting: 0,
    lastError: null,
    wayOut: null,
    preparing: false,
    ledger: 'equal',
  })
  expect(headquarters.gaps(), `killed at ${at}`).toEqual([])
  expect(headquarters.violations(), `killed at ${at}`).toEqual([])
  for (const table of syncedTables(sqlite)) {
    const here = sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
    if (here === 0) continue
    const there = headquarters.store.sqlite.prepare(`SELECT count(*) FROM hall_${table}`).pluck().get()
    expect(there, `killed at ${at}: ${table}`).toBe(here)
  }
}

interface Apart {
  /** Data of the hall and of headquarters as they lie there when they have come apart. */
  readonly folder: string
  /** What the clock says then (epoch ms). */
  readonly now: number
  /** Numbers that stand on paper and are not in this hall's data. */
  readonly elsewhere: readonly string[]
  /** Numbers that are. */
  readonly here: readonly string[]
}

/** Kills the meeting at place after place, twice each; then it is brought to its end. */
async function killedMeetings(apart: Apart, more: (hall: TestHall, at: number) => void = () => undefined) {
  const on = async <T>(folder: string, work: (headquarters: Receiver) => Promise<T>): Promise<T> => {
    const headquarters = await headquartersIn(folder)
    try {
      return await work(headquarters)
    } finally {
      await headquarters.close()
    }
  }
  const child = (at: number, folder: string, { url }: Receiver) =>
    live('kill-work-child.ts', 'together', at, folder, apart.now, url)
  const count = () => {
    const folder = copyOf(apart.folder)
    return on(folder, (headquarters) => child(0, folder, headquarters))
  }
  return atEachPlace(count, 1, async (at) => {
    const folder = copyOf(apart.folder)
    await on(folder, async (headquarters) => {
      const told: string[] = [...apart.here]
      for (const place of [at, Math.ceil(at / 2)]) told.push(...(await child(place, folder, headquarters)).given)
      const hall = await openTestHall({ folder, now: apart.now })
      try {
        meet(hall, headquarters.url)
        expect((await hall.call(State, {}, null)).loss, `killed at ${at}`).toBeNull()
        expectSound(hall, told, at)
        await comeTogether(hall)
        const next = giveReceipt(hall)
        expect([...apart.elsewhere, ...told], `killed at ${at}`).not.toContain(next)
        await hall.call(UploadNow, {}, 'administrator')
        expectSound(hall, [...told, next], at)
        await expectTogether(hall, headquarters, at)
        more(hall, at)
      } finally {
        await hall.close()
      }
    })
    rmSync(folder, { recursive: true, force: true })
  })
}

const breaksOf = (hall: TestHall, kind: string) =>
  hall.hall.environment.sqlite.prepare('SELECT count(*) FROM breaks WHERE kind = ?').pluck().get(kind)

describe('killed while hall and headquarters come together', () => {
  let hall: ConnectedHall
  beforeEach(async () => void (hall = await openConnectedHall()))
  afterEach(async () => {
    await hall.close().catch(() => undefined)
    forgetCopies()
  })
  /** Everything as it lies there, both sides shut. */
  async function shut(): Promise<string> {
    await hall.hall.close()
    await hall.receiver.close()
    return copyOf(hall.folder)
  }

  test('and numbers are raised above what headquarters has seen', async () => {
    const here = [giveReceipt(hall)]
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    const elsewhere = Array.from({ length: 8 }, () => giveReceipt(hall))
    await hall.call(UploadNow, {}, 'administrator')
    // More than the step that a hall takes by itself when it knows nothing.
    const seen = blindStep * 3
    hall.receiver.store.sqlite.prepare(`UPDATE serials SET next = ? WHERE scope = 'receipt'`).run(seen)
    const { paths } = hall.hall.environment
    await hall.hall.close()
    for (const name of ['hall.mark', 'hall.db', 'hall.db-wal', 'hall.db-shm']) {
      rmSync(join(hall.folder, name), { force: true })
    }
    const by = { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '换新电脑' }
    restoreBackup(paths, testKey, { fileName, by, at: hall.clock.now() })
    await hall.receiver.close()
    const { places, runs } = await killedMeetings(
      { folder: hall.folder, now: hall.clock.now(), elsewhere, here },
      (again, at) => {
        const after = receiptsIn(again).slice(here.length)
        for (const number of after) expect(serialOf(number), `killed at ${at}`).toBeGreaterThanOrEqual(seen)
        expect(breaksOf(again, 'restored'), `killed at ${at}`).toBe(1)
      },
    )
    console.log(`numbers raised by headquarters: ${places} places, killed at ${runs}`)
  })

  test('and the whole state is sent anew', async () => {
    const here = Array.from({ length: 3 }, () => giveReceipt(hall))
    hall.book(1, 500)
    await hall.call(UploadNow, {}, 'administrator')
    hall.clock.advance(200 * 86_400_000)
    here.push(giveReceipt(hall))
    await hall.call(UploadNow, {}, 'administrator')
    hall.receiver.store.sqlite.exec(
      'DELETE FROM changes; UPDATE streams SET last_seq = 0; DELETE FROM hall_journal_entries',
    )
    here.push(giveReceipt(hall))
    const { places, runs } = await killedMeetings(
      { folder: await shut(), now: hall.clock.now(), elsewhere: [], here },
      (again, at) => expect(breaksOf(again, 'resent'), `killed at ${at}`).toBe(1),
    )
    console.log(`snapshot stream: ${places} places, killed at ${runs}`)
  })

  test('and a fork takes its way out', async () => {
    const here = [giveReceipt(hall)]
    await hall.call(UploadNow, {}, 'administrator')
    await hall.restart()
    const second = await openTestHall({ folder: copyOf(hall.folder) })
    const elsewhere = [giveReceipt(hall), giveReceipt(hall)]
    await hall.call(UploadNow, {}, 'administrator')
    const twice = giveReceipt(second)
    expect(elsewhere).toContain(twice)
    await second.hall.close()
    await hall.hall.close()
    await hall.receiver.close()
    // Headquarters as it is now, beside the data of the second PC.
    for (const suffix of ['-wal', '-shm']) rmSync(join(second.folder, `headquarters.db${suffix}`), { force: true })
    cpSync(join(hall.folder, 'headquarters.db'), join(second.folder, 'headquarters.db'))
    const apart = { folder: second.folder, now: hall.clock.now(), elsewhere, here: [...here, twice] }
    const { places, runs } = await killedMeetings(apart, (again, at) =>
      expect(breaksOf(again, 'forked'), `killed at ${at}`).toBe(1),
    )
    console.log(`way out of a fork: ${places} places, killed at ${runs}`)
  })
})

describe.skipIf(!diskAllowed())('killed on a full disk', () => {
  let template: string
  beforeAll(async () => {
    const hall = await openTestHall()
    giveReceipt(hall)
    template = hall.folder
    await hall.hall.close()
  })
  afterAll(() => rmSync(template, { recursive: true, force: true }))

  test('what was told is there when it opens, on the full disk and with room again, and headquarters gets it', async () => {
    /** The hall on a disk with little room left, and a process that works until nothing is taken any more. */
    const work = async (small: SmallDisk, at: number) => {
      cpSync(template, join(small.folder, 'data'), { recursive: true })
      small.fill()
      return live('kill-work-child.ts', 'full', at, join(small.folder, 'data'), mondayMorning)
    }
    const onDisk = async <T>(one: (small: SmallDisk) => Promise<T>): Promise<T> => {
      const small = smallDisk() as SmallDisk
      try {
        return await one(small)
      } finally {
        small.unmount()
      }
    }
    const count = () => onDisk((small) => work(small, 0))
    let told = 0
    const { places, runs } = await atEachPlace(count, 1, (at) =>
      onDisk(async (small) => {
        const given = [...(await work(small, at)).given]
        small.fill()
        const folder = join(small.folder, 'data')
        given.push(...(await live('kill-work-child.ts', 'full', Math.ceil(at / 2), folder, mondayMorning)).given)
        told += given.length
        small.fill()
        const hall = await openTestHall({ folder, empty: true })
        const elsewhere = copyOf(template)
        const headquarters = await headquartersIn(elsewhere)
        try {
          expect((await hall.call(State, {}, null)).loss, `killed at ${at}`).toBeNull()
          expectSound(hall, given, at)
          small.empty()
          const next = giveReceipt(hall)
          expect(given, `killed at ${at}`).not.toContain(next)
          meet(hall, headquarters.url)
          await hall.call(UploadNow, {}, 'administrator')
          expectSound(hall, [...given, next], at)
          await expectTogether(hall, headquarters, at)
        } finally {
          small.empty()
          await hall.hall.close()
          await headquarters.close()
        }
      }),
    )
    console.log(`full disk: ${places} places, killed at ${runs}, ${told} receipts told of before`)
  })
})
