import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setPassword } from '../../src-main/access/service.ts'
import { AuthorizeRestore, List, Now } from '../../src-main/backup/api.ts'
import { restoreBackup } from '../../src-main/backup/restore.ts'
import { backupJob, clearJob, takeRestoreAuthorization } from '../../src-main/backup/service.ts'
import { backupFiles } from '../../src-main/platform/backup-files.ts'
import { Leave } from '../../src-main/staff/api.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf, openTestHall, testKey, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => {
  hall = await openTestHall()
})
afterEach(() => hall.close())

const order = (fileName: string) => ({
  fileName,
  by: { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '磁盘损坏' },
  at: hall.clock.now(),
})
const paths = () => hall.hall.environment.paths
const addSerial = (scope: string) =>
  hall.transact(({ sqlite }) => sqlite.prepare('INSERT INTO serials (scope, next) VALUES (?, 1)').run(scope))
const scopes = () => hall.hall.environment.sqlite.prepare('SELECT scope FROM serials ORDER BY 1').pluck().all()

describe('a backup', () => {
  test('is encrypted, opened again, and recorded with what it holds', async () => {
    const row = await hall.call(Now, {}, 'hall-manager')
    expect(row).toMatchObject({ state: 'proved', kind: 'manual', error: null })
    const [file] = backupFiles(paths().backups)
    expect(file).toMatchObject({ fileName: row.fileName, size: row.size })
    expect(readFileSync(join(paths().backups, row.fileName)).subarray(0, 6).toString()).not.toBe('SQLite')
    expect((await hall.call(List, {}, 'administrator')).rows).toEqual([row])
  })

  test('runs while the counter goes on writing, and holds one consistent state', async () => {
    const running = hall.call(Now, {}, 'hall-manager')
    for (let i = 0; i < 200; i++) addSerial(`s${i}`)
    expect(await running).toMatchObject({ state: 'proved' })
  })

  test('runs by itself at the set time; the attempt that fails is on record and tried again', async () => {
    await hall.hall.scheduler.tick()
    expect(backupFiles(paths().backups)).toHaveLength(0)
    hall.clock.set('2026-11-23T12:31:00+08:00')
    await hall.hall.scheduler.tick()
    expect(backupFiles(paths().backups)).toHaveLength(1)

    rmSync(paths().backups, { recursive: true })
    writeFileSync(paths().backups, 'a file where the folder should be')
    hall.clock.set('2026-11-24T12:31:00+08:00')
    await hall.hall.scheduler.runNow(backupJob.job)
    const { rows } = await hall.call(List, {}, 'hall-manager')
    expect(rows[0]).toMatchObject({ state: 'failed' })
    rmSync(paths().backups)
  })

  test('may be asked for by a manager, not by a clerk', async () => {
    await expect(hall.call(Now, {}, 'clerk')).rejects.toThrow('NotAllowed')
  })
})

describe('a restore', () => {
  test('brings back the state of the backup, keeps the replaced file, and begins a new outbox stream', async () => {
    addSerial('before')
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    addSerial('after')
    const stream = hall.transact(({ device }) => device.streamId)
    const found = paths()
    await hall.hall.close()
    restoreBackup(found, testKey, order(fileName))
    await hall.restart().catch(() => undefined)
    expect(scopes()).toContain('before')
    expect(scopes()).not.toContain('after')
    expect(hall.transact(({ device }) => device.streamId)).not.toBe(stream)
    expect(readdirSync(hall.folder).some((name) => name.startsWith('hall.db.replaced-'))).toBe(true)
  })

  test('knows the backup it came from, and those made after it, as proved', async () => {
    const first = await hall.call(Now, {}, 'hall-manager')
    hall.clock.advance(86_400_000)
    const later = await hall.call(Now, {}, 'hall-manager')
    const known = async () =>
      (await hall.call(List, {}, 'hall-manager')).rows.map(({ fileName, state, error }) => [fileName, state, error])
    const both = [later, first].map(({ fileName }) => [fileName, 'proved', null])
    expect(await known()).toEqual(both)
    const found = paths()
    await hall.hall.close()
    restoreBackup(found, testKey, order(first.fileName))
    await hall.restart().catch(() => undefined)
    // What a killed program left is cleared at the start; this was not killed.
    await hall.hall.scheduler.runNow(clearJob.job)
    expect(await known()).toEqual(both)

    // Nothing is left of the database before: the backup says so of itself.
    await hall.hall.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${found.database}${suffix}`, { force: true })
    restoreBackup(found, testKey, order(first.fileName))
    await hall.restart().catch(() => undefined)
    await hall.hall.scheduler.runNow(clearJob.job)
    expect(await known()).toEqual([[first.fileName, 'proved', null]])
  })

  test('of a damaged file or a name with folders is refused, and the database stays', async () => {
    addSerial('kept')
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    const path = join(paths().backups, fileName)
    const bytes = readFileSync(path)
    bytes.fill(7, 8_192, 12_288)
    writeFileSync(path, bytes)
    await hall.hall.close()
    expect(() => restoreBackup(paths(), testKey, order(fileName))).toThrow('损坏')
    expect(() => restoreBackup(paths(), testKey, order('../hall.db'))).toThrow('没有找到这份备份')
    await hall.restart()
    expect(scopes()).toContain('kept')
  })

  const ask = async (fileName: string, agreedReason = '磁盘损坏') => ({
    fileName,
    reason: '磁盘损坏',
    approvalId: await approvalOf(
      hall,
      { purpose: 'restore', terms: { fileName, reason: agreedReason } },
      'administrator',
    ),
  })
  const taken = (fileName: string, later = 0) =>
    takeRestoreAuthorization(hall.hall.environment, fileName, hall.clock.now() + later)

  test('needs an administrator and a second person, once, within five minutes', async () => {
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    const alone = { fileName, reason: '磁盘损坏', approvalId: null }
    await expect(hall.call(AuthorizeRestore, alone, 'hall-manager')).rejects.toThrow('NotAllowed')
    await expect(hall.call(AuthorizeRestore, alone, 'administrator')).rejects.toThrow('RestoreNeedsSecondPerson')
    expect(taken(fileName)).toBeNull()
    const order = await ask(fileName)
    await hall.call(AuthorizeRestore, order, 'administrator')
    expect(taken(fileName)).toMatchObject({
      actor: { id: actorOf('administrator').id },
      agreedBy: actorOf('hall-manager').name,
      reason: '磁盘损坏',
    })
    expect(taken(fileName)).toBeNull()
    await expect(hall.call(AuthorizeRestore, order, 'administrator')).rejects.toThrow('ApprovalRefused')
    await hall.call(AuthorizeRestore, await ask(fileName), 'administrator')
    expect(taken(fileName, 6 * 60_000)).toBeNull()
  })

  test('is no one’s alone who sent the other away within a day', async () => {
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    const manager = actorOf('hall-manager').id
    hall.transact((context) => {
      setPassword(context, manager, 'Kanban-Qiu-73')
      context.sqlite.exec('UPDATE credentials SET last_login_at = 1')
    })
    await hall.call(Leave, { staffId: manager }, 'administrator')
    const alone = { fileName, reason: '磁盘损坏', approvalId: null }
    await expect(hall.call(AuthorizeRestore, alone, 'administrator')).rejects.toThrow('OthersRelieved')
    expect(taken(fileName)).toBeNull()
    hall.clock.advance(86_400_000)
    await hall.call(AuthorizeRestore, alone, 'administrator')
    expect(taken(fileName)).toMatchObject({ agreedBy: null })
  })

  test('is agreed to for one backup and one reason', async () => {
    const first = await hall.call(Now, {}, 'hall-manager')
    hall.clock.advance(86_400_000)
    const second = await hall.call(Now, {}, 'hall-manager')
    const other = { ...(await ask(first.fileName)), fileName: second.fileName }
    await expect(hall.call(AuthorizeRestore, other, 'administrator')).rejects.toThrow('ApprovalRefused')
    await expect(hall.call(AuthorizeRestore, await ask(first.fileName, '演练'), 'administrator')).rejects.toThrow(
      'ApprovalRefused',
    )
    expect(taken(first.fileName)).toBeNull()
    expect(taken(second.fileName)).toBeNull()
  })

  test('by the only one who could agree is his alone, and says so in the log', async () => {
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    hall.transact(({ sqlite }) => sqlite.exec(`UPDATE staff SET state = 'left' WHERE roles LIKE '%hall-manager%'`))
    await hall.call(AuthorizeRestore, { fileName, reason: '磁盘损坏', approvalId: null }, 'administrator')
    expect(taken(fileName)).toMatchObject({ agreedBy: null, reason: '磁盘损坏' })
    const detail = hall.hall.environment.sqlite
      .prepare(`SELECT detail FROM audit_log WHERE call = 'backup.authorizeRestore' ORDER BY seq DESC LIMIT 1`)
      .pluck()
      .get()
    expect(JSON.parse(detail as string)).toMatchObject({ alone: true })
  })
})
