/**
 * A disk that is full, for real: the hall lies on a small file system of its own. Needs the right to mount one; elsewhere the
 * test says that it was left out.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Now } from '../../src-main/backup/api.ts'
import type { CallReply } from '../../src-main/platform/contract.ts'
import { fileLogger } from '../../src-main/platform/logging.ts'
import { List } from '../../src-main/settings/api.ts'
import { actorOf, mondayMorning, openTestHall, testKey } from '../support/hall.ts'
import { diskAllowed, smallDisk, type SmallDisk } from './small-disk.ts'
import { giveReceipt } from './support.ts'

describe.skipIf(!diskAllowed())('a full disk', () => {
  let small: SmallDisk
  let disk: string
  const fill = () => small.fill()
  const empty = () => small.empty()

  beforeEach(() => {
    small = smallDisk() as SmallDisk
    disk = small.folder
  })
  afterEach(() => small.unmount())

  test('reading goes on, writing is refused in words, and it mends itself when there is room', async () => {
    const folder = join(disk, 'data')
    const hall = await openTestHall({ folder })
    try {
      giveReceipt(hall)
      fill()
      let refused: unknown = null
      // What room the log's file already has is used up first.
      for (let i = 0; i < 2_000 && refused === null; i++) {
        try {
          giveReceipt(hall)
        } catch (error) {
          refused = error
        }
      }
      expect((refused as { code: string }).code).toMatch(/SQLITE_FULL|SQLITE_IOERR/)
      const reply = await hall.hall.handle({
        id: 1,
        call: 'drafts.save',
        input: { key: 'probe', title: '测试', path: '/probe', body: JSON.stringify('x'.repeat(9_000)) },
        session: 'clerk',
      })
      expect(reply).toMatchObject({
        ok: false,
        error: { code: 'DiskFull', message: expect.stringContaining('本次操作没有保存') as string },
      })
      expect((await hall.call(List, {}, 'administrator')).length).toBeGreaterThan(0)
      await hall.hall.scheduler.tick()
      await expect(hall.call(Now, {}, 'hall-manager')).rejects.toThrow(/磁盘|DiskFull/)
      // The idle copy of the log runs into it as well, in its timer.
      await new Promise((resolve) => setTimeout(resolve, 2_600))
      expect((await hall.call(List, {}, 'administrator')).length).toBeGreaterThan(0)
      empty()
      const number = giveReceipt(hall)
      expect(number).toMatch(/^SJ/)
      expect(await hall.call(Now, {}, 'hall-manager')).toMatchObject({ state: 'proved' })
    } finally {
      empty()
      await hall.hall.close()
    }
  })

  test('a hall opens on it, shows what is there, and writes once there is room', async () => {
    const folder = join(disk, 'data')
    const hall = await openTestHall({ folder })
    giveReceipt(hall)
    const copy = mkdtempSync(join(tmpdir(), 'hall-copy-'))
    cpSync(folder, copy, { recursive: true })
    await hall.hall.close()
    rmSync(folder, { recursive: true })
    // As a killed program leaves it: the last work stands in the log.
    cpSync(copy, folder, { recursive: true })
    rmSync(join(folder, 'hall.db-shm'), { force: true })
    rmSync(copy, { recursive: true })
    fill()
    const child = fork('tests/support/hall-process.ts', [folder, testKey, String(mondayMorning), 'settings'], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    try {
      expect(
        await Promise.race([
          once(child, 'message').then(([message]) => message as unknown),
          once(child, 'exit').then(() => 'died'),
        ]),
      ).toBe('open')
      expect(await ask(child, 'settings.list', {})).toMatchObject({ ok: true })
      // Past the moments at which the log is copied and emptied: the process lives.
      await new Promise((resolve) => setTimeout(resolve, 2_600))
      const change = { key: 'access.lockMinutes', value: 7 }
      // A log that is emptied gives its room back: that is used up first.
      let refused = await ask(child, 'settings.change', change)
      for (let value = 8; refused.ok && value < 108; value++) {
        fill()
        refused = await ask(child, 'settings.change', { ...change, value })
      }
      expect(refused).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^Disk/) as string } })
      expect(await ask(child, 'settings.list', {})).toMatchObject({ ok: true })
      empty()
      expect(await ask(child, 'settings.change', change)).toMatchObject({ ok: true })
    } finally {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
  })

  test('the log goes on once there is room, and says how many lines it lost', async () => {
    const log = fileLogger(join(disk, 'logs'), () => mondayMorning, 50)
    log.info('before')
    const written = () => readFileSync(join(disk, 'logs', 'hall.log'), 'utf8')
    await vi.waitFor(() => expect(written()).toContain('before'), { timeout: 30_000 })
    fill()
    const line = { text: 'x'.repeat(5_000) }
    for (let i = 0; i < 20; i++) {
      log.info('during', line)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    empty()
    await vi.waitFor(
      () => {
        log.info('after')
        const text = written()
        expect(text).toContain('"after"')
        expect(text).toContain('log-gap')
      },
      { timeout: 30_000, interval: 100 },
    )
    log.close()
  })
})

let asked = 0
async function ask(child: ChildProcess, call: string, input: unknown): Promise<CallReply> {
  const id = ++asked
  const answered = new Promise<CallReply>((resolve) => {
    const hear = (reply: CallReply) => {
      if (reply.id !== id) return
      child.off('message', hear)
      resolve(reply)
    }
    child.on('message', hear)
    child.once('exit', () => resolve({ id, ok: false, error: { code: 'Died', message: 'the process ended' } }))
  })
  child.send({ id, call, input, session: JSON.stringify(actorOf('administrator')) })
  return answered
}
