/** Two copies of one hall's data, and a headquarters that went back: said on both sides, with a way out. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Now } from '../../src-main/backup/api.ts'
import { restoreBackup } from '../../src-main/backup/restore.ts'
import { Breaks } from '../../src-main/machine/api.ts'
import { BeginStream, SendAll, Status, TestConnection, UploadNow } from '../../src-main/sync/api.ts'
import { syncedTables } from '../../src-main/sync/snapshot.ts'
import { actorOf, openTestHall, testKey, type TestHall } from '../support/hall.ts'
import { openConnectedHall, type ConnectedHall } from '../sync/support.ts'
import { copyOf, forgetCopies, giveReceipt } from './support.ts'

let hall: ConnectedHall
beforeEach(async () => void (hall = await openConnectedHall()))
afterEach(async () => {
  await hall.close()
  forgetCopies()
})

const upload = (of: TestHall) => of.call(UploadNow, {}, 'administrator')
const status = (of: TestHall) => of.call(Status, {}, 'administrator')
const order = () => ({ requestId: crypto.randomUUID(), reason: '确认本机为营业电脑' })
const heldAtHeadquarters = (entity: string) =>
  hall.receiver.store.sqlite.prepare(`SELECT count(*) FROM hall_${entity}`).pluck().get()
const heldHere = (of: TestHall, table: string) =>
  of.hall.environment.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

/** The same data on a second machine, as a copied folder makes it. */
async function twin(): Promise<TestHall> {
  await hall.restart()
  return openTestHall({ folder: copyOf(hall.folder) })
}

describe('a copied data folder', () => {
  test.each([
    ['fewer rows than the first', 1, 3],
    ['as many', 2, 2],
    ['more', 4, 1],
  ])('is refused at its first own row when it has %s, in words on both sides', async (_, own, others) => {
    hall.book(100)
    await upload(hall)
    const second = await twin()
    try {
      for (let i = 0; i < others; i++) hall.book(200)
      await upload(hall)
      for (let i = 0; i < own; i++) giveReceipt(second)
      await expect(upload(second)).rejects.toThrow('总部已收到另一台电脑以本机身份上报的数据')
      expect(await status(second)).toMatchObject({
        wayOut: 'begin-stream',
        lastError: expect.stringContaining('没有收下') as string,
        ledger: null,
      })
      expect((await status(second)).waiting).toBeGreaterThan(0)
      expect(hall.receiver.alarms()).toMatchObject([
        { kind: 'fork', words: expect.stringContaining('两份数据') as string },
      ])
      // The first PC goes on as if nothing had been.
      hall.book(1)
      await upload(hall)
      await hall.expectAllThere()
    } finally {
      await second.close()
    }
  })

  test('that had rows waiting when it was copied is refused at the first row that is its own', async () => {
    hall.book(100)
    await upload(hall)
    hall.book(7)
    const second = await twin()
    try {
      hall.book(8)
      await upload(hall)
      giveReceipt(second)
      await expect(upload(second)).rejects.toThrow('总部已收到另一台电脑')
    } finally {
      await second.close()
    }
  })

  test('that has nothing of its own to send learns of it at its next contact, and is told each time until it is decided', async () => {
    hall.book(100)
    await upload(hall)
    const second = await twin()
    try {
      // Both stand where headquarters does: nobody is told anything.
      for (const one of [hall, second]) {
        await upload(one)
        expect(await status(one)).toMatchObject({ waiting: 0, lastError: null, wayOut: null })
      }
      hall.book(200)
      await upload(hall)
      for (const again of [false, true]) {
        if (again) await second.restart()
        await expect(upload(second)).rejects.toThrow('另有一台电脑在用同一份数据')
        expect(await status(second)).toMatchObject({
          waiting: 0,
          wayOut: 'begin-stream',
          lastError: expect.any(String) as string,
        })
      }
      expect((await second.call(TestConnection, {}, 'administrator')).problem).toContain('另有一台电脑在用同一份数据')
      await upload(hall)
      expect(await status(hall)).toMatchObject({ waiting: 0, lastError: null, wayOut: null })

      await second.call(BeginStream, order(), 'administrator')
      giveReceipt(second)
      await upload(second)
      expect(await status(second)).toMatchObject({ waiting: 0, wayOut: null, lastError: null, ledger: 'equal' })
      // Now it is the first that somebody else went on for, and it has nothing to send either.
      await expect(upload(hall)).rejects.toThrow('另有一台电脑在用同一份数据')
      expect(hall.receiver.violations()).toEqual([])
    } finally {
      await second.close()
    }
  })

  test('the way out: an administrator says which PC is the hall; it goes on above every number, the other is refused', async () => {
    const given = [giveReceipt(hall)]
    await upload(hall)
    const second = await twin()
    try {
      given.push(giveReceipt(hall), giveReceipt(hall))
      await upload(hall)
      given.push(giveReceipt(second))
      await expect(upload(second)).rejects.toThrow()
      await expect(second.call(BeginStream, order(), 'hall-manager')).rejects.toThrow('NotAllowed')
      await expect(hall.call(BeginStream, order(), 'administrator')).rejects.toThrow('NoSuchWayOut')
      await second.call(BeginStream, order(), 'administrator')
      await upload(second)
      expect(await status(second)).toMatchObject({ waiting: 0, wayOut: null, lastError: null, ledger: 'equal' })
      expect(hall.receiver.gaps()).toEqual([])
      expect(hall.receiver.violations()).toEqual([])
      // What headquarters had seen of the other is above.
      expect(given).not.toContain(giveReceipt(second))
      const { rows } = await second.call(Breaks, {}, 'administrator')
      expect(rows[0]).toMatchObject({
        kind: 'forked',
        byName: '吴管理',
        headquarters: { rows: expect.any(Number) as number },
      })
      expect(rows[0]?.headquarters?.rows).toBeGreaterThan(0)
      hall.book(1)
      await expect(upload(hall)).rejects.toThrow('总部已改收本厅另一份数据')
    } finally {
      await second.close()
    }
  })
})

describe('headquarters back to before what the hall keeps', () => {
  test('gets the whole state in a stream of its own, by order of an administrator, also over a restart', async () => {
    hall.book(100)
    await upload(hall)
    hall.clock.advance(200 * 86_400_000)
    hall.book(200)
    await upload(hall)
    hall.receiver.store.sqlite.exec(
      'DELETE FROM changes; UPDATE streams SET last_seq = 0; DELETE FROM hall_journal_entries',
    )
    hall.book(300)
    await expect(upload(hall)).rejects.toThrow('总部的数据退回到了较早的时候')
    expect(await status(hall)).toMatchObject({ wayOut: 'send-all' })
    await hall.call(SendAll, order(), 'administrator')
    expect(await status(hall)).toMatchObject({ preparing: true, wayOut: null })
    await hall.restart()
    hall.book(400)
    await upload(hall)
    expect(await status(hall)).toMatchObject({ preparing: false, waiting: 0, lastError: null, ledger: 'equal' })
    for (const table of syncedTables(hall.hall.environment.sqlite)) {
      if (heldHere(hall, table) !== 0) expect(heldAtHeadquarters(table), table).toBe(heldHere(hall, table))
    }
    await hall.expectAllThere()
    hall.book(500)
    await upload(hall)
    await hall.expectAllThere()
  })

  test('set back again after it was sent everything, it is told as what it is and sent everything once more', async () => {
    hall.book(100)
    await upload(hall)
    for (const amount of [200, 300, 400]) {
      hall.clock.advance(200 * 86_400_000)
      hall.book(amount)
      await upload(hall)
      hall.receiver.store.sqlite.exec(
        'DELETE FROM changes; DELETE FROM streams; DELETE FROM hall_journal_entries; DELETE FROM hall_journal_lines',
      )
      hall.book(amount + 1)
      await expect(upload(hall)).rejects.toThrow('总部的数据退回到了较早的时候')
      expect(await status(hall)).toMatchObject({ wayOut: 'send-all' })
      await hall.call(SendAll, order(), 'administrator')
      await upload(hall)
      expect(await status(hall)).toMatchObject({ waiting: 0, lastError: null, ledger: 'equal' })
      await hall.expectAllThere()
    }
    expect(hall.receiver.store.alarms().filter(({ kind }) => kind === 'fork')).toEqual([])
  })

  test('a headquarters that lost everything but the hall still keeps its rows is simply sent them again', async () => {
    hall.book(100)
    await upload(hall)
    hall.receiver.store.sqlite.exec(
      'DELETE FROM changes; DELETE FROM streams; DELETE FROM hall_journal_entries; DELETE FROM hall_journal_lines',
    )
    hall.book(200)
    await upload(hall)
    await hall.expectAllThere()
  })
})

describe('after a restore on a new machine', () => {
  test('numbers go on above what headquarters has seen, and its days are listed', async () => {
    giveReceipt(hall)
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    const after = Array.from({ length: 8 }, () => giveReceipt(hall))
    await upload(hall)
    const { paths } = hall.hall.environment
    await hall.hall.close()
    for (const name of ['hall.mark', 'hall.db', 'hall.db-wal', 'hall.db-shm']) {
      rmSync(join(hall.folder, name), { force: true })
    }
    restoreBackup(paths, testKey, {
      fileName,
      by: { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '换新电脑' },
      at: hall.clock.now(),
    })
    await hall.restart().catch(() => undefined)
    await upload(hall)
    expect(after).not.toContain(giveReceipt(hall))
    const { rows } = await hall.call(Breaks, {}, 'hall-manager')
    expect(rows[0]?.headquarters?.rows).toBeGreaterThan(8)
    expect(rows[0]?.headquarters?.days).toMatchObject([{ date: '2026-11-23', entries: 9, closed: false }])
  })
})
