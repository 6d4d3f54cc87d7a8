/** Two programs on one data folder: the second is told so, changes nothing, and may open once the first has gone. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Now } from '../../src-main/backup/api.ts'
import { restoreBackup } from '../../src-main/backup/restore.ts'
import { pathsOf } from '../../src-main/platform/hall.ts'
import { actorOf, mondayMorning, openTestHall, testKey, type TestHall } from '../support/hall.ts'
import { giveReceipt } from '../machine/support.ts'

let hall: TestHall
let child: ChildProcess | null = null
beforeEach(async () => void (hall = await openTestHall()))
afterEach(async () => {
  child?.kill('SIGKILL')
  child = null
  await hall.close()
})

test('a second program neither opens the hall nor restores a backup under the first, and does once it was killed', async () => {
  giveReceipt(hall)
  const { fileName } = await hall.call(Now, {}, 'hall-manager')
  const number = giveReceipt(hall)
  await hall.hall.close()
  const first = fork('tests/support/hall-process.ts', [hall.folder, testKey, String(mondayMorning), 'settings'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child = first
  expect((await once(first, 'message'))[0]).toBe('open')
  await expect(openTestHall({ folder: hall.folder })).rejects.toThrow('正被另一个程序占用')
  const by = { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '演练' }
  const restore = () => restoreBackup(pathsOf(hall.folder, 'resources'), testKey, { fileName, by, at: mondayMorning })
  expect(restore).toThrow('正被另一个程序占用')
  expect(readdirSync(hall.folder).filter((name) => /incoming|replaced|restore\.json/.test(name))).toEqual([])
  first.kill('SIGKILL')
  await once(first, 'exit')
  const again = await openTestHall({ folder: hall.folder })
  expect(giveReceipt(again)).not.toBe(number)
  await again.hall.close()
  restore()
})

test('a hall that was closed, or did not open, holds nothing', async () => {
  await hall.restart()
  await hall.hall.close()
  await expect(openTestHall({ folder: hall.folder, key: 'f'.repeat(64) })).rejects.toThrow()
  const again = await openTestHall({ folder: hall.folder })
  await again.hall.close()
})
