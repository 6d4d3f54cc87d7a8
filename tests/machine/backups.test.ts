/** Never a new hall where there was one; damage is told as damage; every trouble of a backup has its own words. */
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CheckFile, FileState, List, Now, Places } from '../../src-main/backup/api.ts'
import { makeProvedCopy } from '../../src-main/backup/copy.ts'
import { finishRestore, restoreBackup } from '../../src-main/backup/restore.ts'
import { pageJob } from '../../src-main/backup/service.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { backupFiles } from '../../src-main/platform/backup-files.ts'
import { makingPath } from '../../src-main/platform/data-folder.ts'
import { openSqlite } from '../../src-main/platform/database.ts'
import { pathsOf } from '../../src-main/platform/hall.ts'
import { keyKind } from '../../src-main/platform/keys.ts'
import { List as Settings } from '../../src-main/settings/api.ts'
import { actorOf, openTestHall, testKey, type TestHall } from '../support/hall.ts'
import { copyOf, forgetCopies, giveReceipt, restorers } from './support.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(async () => {
  await hall.close()
  forgetCopies()
})
const paths = () => hall.hall.environment.paths
const database = () => paths().database
const removeDatabase = (folder: string) => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `hall.db${suffix}`), { force: true })
}
function overwrite(path: string, from: number, length: number): void {
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(length, 0x5a), 0, length, from)
  closeSync(file)
}

describe('where a hall was', () => {
  test.each([
    ['a key', (folder: string) => writeFileSync(join(folder, 'key.json'), '{}')],
    ['the mark', () => undefined],
    ['a backup', (folder: string) => rmSync(join(folder, 'hall.mark'))],
    [
      'a log alone',
      (folder: string) => {
        rmSync(join(folder, 'hall.mark'))
        rmSync(join(folder, 'backups'), { recursive: true })
        mkdirSync(join(folder, 'logs'))
        writeFileSync(join(folder, 'logs', 'hall.log'), '{}\n')
      },
    ],
  ])('beside %s no new one is opened, with the database gone or empty', async (_, leave) => {
    await hall.call(Now, {}, 'hall-manager')
    const copy = copyOf(hall.folder)
    removeDatabase(copy)
    leave(copy)
    await expect(openTestHall({ folder: copy })).rejects.toMatchObject({
      code: 'DatabaseMissing',
      message: expect.stringContaining('不会另建新营业厅') as string,
    })
    expect(existsSync(join(copy, 'hall.db'))).toBe(false)
    writeFileSync(join(copy, 'hall.db'), '')
    await expect(openTestHall({ folder: copy })).rejects.toThrow('hall.db 是空的')
    expect(statSync(join(copy, 'hall.db')).size).toBe(0)
  })

  test('one whose making was broken off is made from the beginning', async () => {
    const copy = copyOf(hall.folder)
    for (const name of readdirSync(copy)) rmSync(join(copy, name), { recursive: true })
    writeFileSync(makingPath(copy), '')
    writeFileSync(join(copy, 'key.json'), '{}')
    writeFileSync(join(copy, 'hall.db'), 'half of it')
    const made = await openTestHall({ folder: copy })
    expect(existsSync(makingPath(copy))).toBe(false)
    giveReceipt(made)
    await made.close()
  })

  test('a backup of nothing is not made, and makes nothing', () => {
    const copy = copyOf(hall.folder)
    removeDatabase(copy)
    const target = join(copy, 'backups', 'hall-20261123-120000.db')
    expect(() => makeProvedCopy({ source: join(copy, 'hall.db'), target, key: testKey })).toThrow('找不到数据文件')
    writeFileSync(join(copy, 'hall.db'), '')
    expect(() => makeProvedCopy({ source: join(copy, 'hall.db'), target, key: testKey })).toThrow('找不到数据文件')
    expect(existsSync(target)).toBe(false)
  })
})

describe('where something else lies than a file or a folder', () => {
  const copyWith = async (spoil: (folder: string) => void): Promise<string> => {
    await hall.call(Now, {}, 'hall-manager')
    const copy = copyOf(hall.folder)
    spoil(copy)
    return copy
  }

  test.each<[string, (folder: string) => void]>([
    [
      'a file for the folder of backups',
      (folder) => {
        rmSync(join(folder, 'backups'), { recursive: true })
        writeFileSync(join(folder, 'backups'), '')
      },
    ],
    ['a folder named as a backup', (folder) => mkdirSync(join(folder, 'backups', 'hall-20261124-000000.db'))],
    ['a folder for the plan of a restore', (folder) => mkdirSync(join(folder, 'restore.json'))],
    ['a folder for what a restore prepares', (folder) => mkdirSync(join(folder, 'hall.db.incoming'))],
    [
      'a broken link named as a backup',
      (folder) => symlinkSync('/nowhere', join(folder, 'backups', 'hall-20261124-000000.db')),
    ],
  ])('%s keeps nobody from work', async (_, spoil) => {
    const folder = await copyWith(spoil)
    finishRestore(pathsOf(folder, 'resources'))
    const opened = await openTestHall({ folder })
    giveReceipt(opened)
    expect((await opened.call(Places, {}, 'administrator')).folder).toBe(join(folder, 'backups'))
    await opened.hall.close()
  })

  test('a folder for the database is told as that, and a backup takes its place', async () => {
    const folder = await copyWith((copy) => {
      removeDatabase(copy)
      mkdirSync(join(copy, 'hall.db'))
    })
    await expect(openTestHall({ folder })).rejects.toMatchObject({
      code: 'DatabaseMissing',
      message: expect.stringContaining('hall.db 是一个文件夹') as string,
    })
    const [backup] = backupFiles(join(folder, 'backups'))
    const by = { actor: actorOf('administrator'), agreedBy: null, reason: '硬盘坏了' }
    restoreBackup(pathsOf(folder, 'resources'), testKey, { fileName: backup?.fileName ?? '', by, at: hall.clock.now() })
    const opened = await openTestHall({ folder })
    giveReceipt(opened)
    await opened.hall.close()
  })

  test.each<[string, (path: string) => void, RegExp]>([
    ['an empty file', (path) => writeFileSync(path, ''), /^这份备份打不开/],
    ['no database', (path) => writeFileSync(path, 'x'.repeat(8_192)), /^这份备份打不开/],
    [
      'a database without a hall',
      (path) => openSqlite({ path, key: testKey, create: true }).close(),
      /^这份备份打不开/,
    ],
    ['a folder', (path) => mkdirSync(path), /^没有找到这份备份/],
  ])('%s in the place of a backup is told as what it is, and nothing is moved', async (_, make, words) => {
    const fileName = 'hall-20261124-000000.db'
    const folder = await copyWith((copy) => make(join(copy, 'backups', fileName)))
    const by = { actor: actorOf('administrator'), agreedBy: null, reason: '硬盘坏了' }
    const restore = () => restoreBackup(pathsOf(folder, 'resources'), testKey, { fileName, by, at: hall.clock.now() })
    expect(restore).toThrow(words)
    expect(readdirSync(folder).filter((name) => /incoming|replaced|restore/.test(name))).toEqual([])
  })
})

describe('a restore without an open hall', () => {
  test('asks for an administrator whom the backup knows', async () => {
    hall.transact((context) => {
      setPassword(context, actorOf('administrator').id, restorers.administrator)
      setPassword(context, actorOf('clerk').id, 'Gui-Yuan-26')
      setPassword(context, actorOf('hall-manager').id, restorers.manager)
    })
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    const found = paths()
    await hall.hall.close()
    const second = { staffNo: 'hall-manager', password: restorers.manager }
    const by = (staffNo: string, password: string) => ({
      staffNo,
      password,
      reason: '数据打不开',
      second,
      alone: false,
    })
    const restore = (staffNo: string, password: string) => () =>
      restoreBackup(found, testKey, { fileName, by: by(staffNo, password), at: hall.clock.now() })
    for (const [who, password] of [
      ['administrator', 'wrong'],
      ['clerk', 'Gui-Yuan-26'],
      ['nobody', 'x'],
    ] as const)
      expect(restore(who, password), who).toThrow('不是管理员')
    expect(readdirSync(hall.folder).filter((name) => /incoming|replaced|restore/.test(name))).toEqual([])
    restore('administrator', restorers.administrator)()
    await hall.restart().catch(() => undefined)
    const { sqlite } = hall.hall.environment
    expect(sqlite.prepare(`SELECT by_name AS by, reason FROM breaks`).all()).toEqual([
      { by: '吴管理', reason: '数据打不开（批准：李主任）' },
    ])
  })

  test('refuses a backup of another or a newer program before anything is moved', async () => {
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    const backup = join(paths().backups, fileName)
    const change = (sql: string) => {
      const sqlite = openSqlite({ path: backup, key: testKey })
      sqlite.exec(sql)
      sqlite.pragma('journal_mode = DELETE')
      sqlite.close()
    }
    const order = {
      fileName,
      by: { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: 'x' },
      at: hall.clock.now(),
    }
    const found = paths()
    await hall.hall.close()
    change(`INSERT INTO schema_migrations VALUES (99, '0099_future', 'f', 1)`)
    expect(() => restoreBackup(found, testKey, order)).toThrow('请先升级本程序')
    change(`DELETE FROM schema_migrations WHERE idx = 99; UPDATE schema_migrations SET hash = 'older' WHERE idx = 0`)
    expect(() => restoreBackup(found, testKey, order)).toThrow('较早的试用版或其他程序')
    await hall.restart()
    giveReceipt(hall)
  })
})

describe('damage', () => {
  test('of page 1 is told as damage while the mark says that the key is right', async () => {
    giveReceipt(hall)
    await hall.restart()
    const copy = copyOf(hall.folder)
    for (const suffix of ['-wal', '-shm']) rmSync(join(copy, `hall.db${suffix}`), { force: true })
    overwrite(join(copy, 'hall.db'), 0, 4_096)
    await expect(openTestHall({ folder: copy })).rejects.toThrow('数据文件开头已损坏')
    // Without the mark, a backup that opens says the same; without either, nobody knows.
    rmSync(join(copy, 'hall.mark'))
    await expect(openTestHall({ folder: copy })).rejects.toThrow('密钥与数据文件不符')
    await hall.call(Now, {}, 'hall-manager')
    cpSync(paths().backups, join(copy, 'backups'), { recursive: true })
    await expect(openTestHall({ folder: copy })).rejects.toThrow('数据文件开头已损坏')
  })

  test('of a page in the middle is found at idle time, told, and gone after a restore', async () => {
    for (let i = 0; i < 30; i++) giveReceipt(hall)
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    expect(await hall.call(CheckFile, {}, 'administrator')).toEqual({ sound: true })
    hall.hall.environment.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    const pages = statSync(database()).size / 4_096
    for (const page of [20, 40, 60, 80]) overwrite(database(), Math.min(page, pages - 2) * 4_096 + 200, 64)
    // Somebody has just written: the walk waits; two minutes later it does not.
    await hall.hall.scheduler.runNow(pageJob.job)
    expect((await hall.call(FileState, {}, 'administrator')).damagedAt).toBeNull()
    hall.clock.advance(3 * 60_000)
    await hall.hall.scheduler.runNow(pageJob.job)
    expect(await hall.call(FileState, {}, 'hall-manager')).toMatchObject({ damagedAt: hall.clock.now() })
    await expect(hall.call(Now, {}, 'hall-manager')).rejects.toThrow('数据文件有损坏，不能备份')
    const found = paths()
    await hall.hall.close()
    restoreBackup(found, testKey, {
      fileName,
      by: { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '有损坏' },
      at: hall.clock.now(),
    })
    await hall.restart().catch(() => undefined)
    expect(await hall.call(CheckFile, {}, 'administrator')).toEqual({ sound: true })
    expect((await hall.call(FileState, {}, 'administrator')).damagedAt).toBeNull()
  })

  test('of the key file is a sentence', () => {
    writeFileSync(join(hall.folder, 'key.json'), '{"kind":"os"')
    expect(() => keyKind(hall.folder)).toThrow('密钥文件 key.json 已损坏')
  })
})

describe('a backup', () => {
  test('two in one second are two files; one that runs is waited for in words', async () => {
    const first = hall.call(Now, {}, 'hall-manager')
    await expect(hall.call(Now, {}, 'administrator')).rejects.toThrow('正在备份，请等这一份做完')
    const second = await hall.call(Now, {}, 'hall-manager').catch(() => null)
    expect(second).toBeNull()
    const made = [await first, await hall.call(Now, {}, 'hall-manager')]
    expect(new Set(made.map(({ fileName }) => fileName)).size).toBe(2)
  })

  test('made under a clock that was set back stays, and counts by the time in its name wherever it was copied to', async () => {
    const evening = await hall.call(Now, {}, 'hall-manager')
    hall.clock.advance(-30_000)
    const after = await hall.call(Now, {}, 'hall-manager')
    expect(after.state).toBe('proved')
    expect(existsSync(join(paths().backups, after.fileName))).toBe(true)
    const { fileName } = [evening, after].find((one) => existsSync(join(paths().backups, one.fileName))) ?? after
    utimesSync(join(paths().backups, fileName), 1_000, 1_000)
    const [, day = '', time = ''] = /^hall-(\d{8})-(\d{6})/.exec(fileName) ?? []
    expect(backupFiles(paths().backups).find((one) => one.fileName === fileName)?.at).toBe(
      Date.parse(`${day.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}+08:00`),
    )
  })

  test('whose folder is gone makes it again; where it cannot, says so', async () => {
    rmSync(paths().backups, { recursive: true })
    expect(await hall.call(Now, {}, 'hall-manager')).toMatchObject({ state: 'proved' })
    rmSync(paths().backups, { recursive: true })
    writeFileSync(paths().backups, 'a file')
    hall.clock.advance(1_000)
    await expect(hall.call(Now, {}, 'hall-manager')).rejects.toThrow('备份文件夹不见了或不能写入')
    expect((await hall.call(List, {}, 'hall-manager')).rows[0]).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('备份文件夹') as string,
    })
    rmSync(paths().backups)
  })

  test('of a database that has been moved away says that, and does not make another', async () => {
    renameSync(database(), `${database()}.away`)
    await expect(hall.call(Now, {}, 'hall-manager')).rejects.toThrow('数据文件 hall.db 不见了')
    expect(existsSync(database())).toBe(false)
    renameSync(`${database()}.away`, database())
  })

  test('what a killed one left is cleared at the next start, though a start before it found nothing', async () => {
    await hall.hall.scheduler.tick()
    const { sqlite } = hall.hall.environment
    sqlite.exec(
      `INSERT INTO backups (id, file_name, kind, started_at, state) VALUES ('018f0000-0000-7000-8000-0000000000bb', 'hall-20261123-080000.db', 'manual', 1, 'running')`,
    )
    for (const suffix of ['.part', '.part-journal']) {
      writeFileSync(join(paths().backups, `hall-20261123-080000.db${suffix}`), 'x')
    }
    await hall.restart()
    await hall.hall.scheduler.tick()
    expect(readdirSync(paths().backups)).toEqual([])
    expect((await hall.call(List, {}, 'hall-manager')).rows).toMatchObject([
      { state: 'failed', error: '程序中途退出，这份没有做完' },
    ])
  })

  test('while another program holds the database says so; reading goes on', async () => {
    const other = openSqlite({ path: database(), key: testKey })
    other.exec('BEGIN IMMEDIATE')
    try {
      hall.hall.environment.sqlite.pragma('busy_timeout = 50')
      const reply = await hall.hall.handle({
        id: 1,
        call: 'drafts.save',
        input: { key: 'probe', title: '测试', path: '/probe', body: '{}' },
        session: 'clerk',
      })
      expect(reply).toMatchObject({ ok: false, error: { code: 'DatabaseBusy' } })
      expect((await hall.call(Settings, {}, 'administrator')).length).toBeGreaterThan(0)
    } finally {
      other.exec('ROLLBACK')
      other.close()
    }
  })

  test('is proved by a chain that was walked in the copy', async () => {
    await hall.call(Now, {}, 'hall-manager')
    const { sqlite } = hall.hall.environment
    expect(sqlite.prepare('SELECT occasion, broken FROM audit_checks').all()).toEqual([
      { occasion: 'backup', broken: null },
    ])
    expect(readFileSync(join(hall.folder, 'hall.mark')).includes('receipt')).toBe(false)
  })
})
