/** 第二备份位置: what is chosen, what is copied there, what is said when it fails, what a restore takes from it. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AuthorizeRestore, LostSince, Now, Places } from '../../src-main/backup/api.ts'
import { restoreBackup } from '../../src-main/backup/restore.ts'
import { choosePlace, whyNotPlaced } from '../../src-main/backup/second.ts'
import { backupFiles } from '../../src-main/platform/backup-files.ts'
import { CreateCustomer } from '../../src-main/customers/api.ts'
import { creation } from '../customers/support.ts'
import { actorOf, openTestHall, testKey, type TestHall } from '../support/hall.ts'
import { approvalOf } from '../support/approval.ts'

let hall: TestHall
let disk: string
beforeEach(async () => {
  hall = await openTestHall()
  disk = mkdtempSync(join(tmpdir(), 'hall-disk-'))
})
afterEach(async () => {
  await hall.close()
  rmSync(disk, { recursive: true, force: true })
})

const environment = () => hall.hall.environment
const choose = (folder: string | null) => choosePlace(environment(), folder, actorOf('administrator'))
const places = () => hall.call(Places, {}, 'administrator')
const backUp = () => hall.call(Now, {}, 'administrator')

test('each proved backup lies in both places, byte for byte', async () => {
  expect(await places()).toMatchObject({ folder: environment().paths.backups, second: null, placed: [] })
  choose(disk)
  const { fileName } = await backUp()
  expect(readFileSync(join(disk, fileName))).toEqual(readFileSync(join(environment().paths.backups, fileName)))
  expect((await places()).second).toEqual({
    folder: disk,
    there: true,
    last: { fileName, at: hall.clock.now(), error: null },
  })
})

test('a place that is gone spoils no backup; it is said until a copy succeeds', async () => {
  choose(disk)
  rmSync(disk, { recursive: true })
  expect(await backUp()).toMatchObject({ state: 'proved' })
  expect((await places()).second).toMatchObject({ there: false, last: { error: expect.stringContaining('找不到') } })
  mkdirSync(disk)
  hall.clock.set('2026-11-23T12:31:00+08:00')
  await backUp()
  expect((await places()).second).toMatchObject({ there: true, last: { error: null } })
})

test('a full or locked place is told in words', () => {
  expect(whyNotPlaced({ code: 'ENOSPC' })).toContain('空间不足')
  expect(whyNotPlaced({ code: 'EACCES' })).toContain('不能写入')
  expect(whyNotPlaced({ code: 'PlaceDiffers' })).toContain('不符')
})

test('only a folder outside the data that can be written may be chosen; the choice is on record', () => {
  expect(() => choose(environment().paths.root)).toThrow('数据文件夹')
  expect(() => choose(environment().paths.backups)).toThrow('数据文件夹')
  expect(() => choose(join(disk, 'missing'))).toThrow('没有这个文件夹')
  writeFileSync(join(disk, 'file'), '')
  expect(() => choose(join(disk, 'file'))).toThrow('没有这个文件夹')
  if (process.getuid?.() !== 0) {
    chmodSync(disk, 0o500)
    expect(() => choose(disk)).toThrow('不能写入')
    chmodSync(disk, 0o700)
  }
  choose(disk)
  const noted = environment().sqlite.prepare("SELECT detail FROM audit_log WHERE call = 'backup.place'").pluck().all()
  expect(noted).toEqual([expect.stringContaining(disk)])
})

test('a backup that lies only in the second place is offered, allowed and restored', async () => {
  choose(disk)
  const { fileName } = await backUp()
  rmSync(join(environment().paths.backups, fileName))
  expect((await places()).placed).toMatchObject([{ fileName }])
  const terms = { fileName, reason: '硬盘坏了' }
  const approvalId = await approvalOf(hall, { purpose: 'restore', terms }, 'administrator')
  await hall.call(AuthorizeRestore, { ...terms, approvalId }, 'administrator')
  const { paths } = environment()
  const at = hall.clock.now()
  await hall.hall.close()
  restoreBackup(paths, testKey, {
    fileName,
    at,
    by: { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '硬盘坏了' },
  })
  expect(existsSync(join(disk, fileName))).toBe(true)
})

test('what the rule lets go is let go in the second place too, and nothing else there', async () => {
  choose(disk)
  writeFileSync(join(disk, 'other.db'), '')
  const first = await backUp()
  hall.clock.set('2026-11-23T15:00:00+08:00')
  await backUp()
  expect(backupFiles(disk)).toHaveLength(1)
  expect(existsSync(join(disk, first.fileName))).toBe(false)
  expect(existsSync(join(disk, 'other.db'))).toBe(true)
})

test('without a place nothing is copied any more', async () => {
  choose(disk)
  choose(null)
  await backUp()
  expect(backupFiles(disk)).toHaveLength(0)
  expect((await places()).second).toBe(null)
})

test('what a restore would put aside is counted, and nothing from before it', async () => {
  const lost = (startedAt: number) => hall.call(LostSince, { startedAt }, 'administrator')
  const none = { payments: 0, received: 0, bills: 0, readings: 0, customers: 0, workorders: 0 }
  const before = hall.clock.now()
  hall.clock.set('2026-11-23T12:31:00+08:00')
  const { startedAt } = await backUp()
  hall.clock.set('2026-11-23T12:40:00+08:00')
  await hall.call(CreateCustomer, creation(1), 'clerk')
  expect(await lost(startedAt)).toEqual({ ...none, customers: 1 })
  expect(await lost(before)).toEqual({ ...none, customers: 1 })
  hall.clock.set('2026-11-23T12:50:00+08:00')
  expect(await lost(hall.clock.now())).toEqual(none)
})
