/**
 * A restore where no hall is open: whoever restores and a second person prove themselves against the backup itself, by the
 * rule of the open hall. Until both have, nothing is moved, and wrong guesses are counted over every restart.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setPassword } from '../../src-main/access/service.ts'
import { Now, type RestoreProof } from '../../src-main/backup/api.ts'
import { restoreByProof } from '../../src-main/backup/restore.ts'
import { RestoreTries, triesPath } from '../../src-main/backup/tries.ts'
import { firstBrokenAuditRow } from '../../src-main/platform/audit.ts'
import type { DataPaths } from '../../src-main/platform/context.ts'
import { DomainError } from '../../src-main/platform/errors.ts'
import { pathsOf } from '../../src-main/platform/hall.ts'
import { Leave } from '../../src-main/staff/api.ts'
import { showNotes } from '../../src-renderer/access/audit-words.ts'
import { actorOf, openTestHall, testKey, type TestHall } from '../support/hall.ts'
import { diskAllowed, smallDisk, type SmallDisk } from '../machine/small-disk.ts'
import { copyOf, forgetCopies, restorers } from '../machine/support.ts'

const { administrator: admin, manager } = restorers
let hall: TestHall
let found: DataPaths
/** Clock of the process (ms). */
let ticks: number
beforeEach(async () => {
  ticks = 0
  hall = await openTestHall()
  found = hall.hall.environment.paths
  hall.transact((context) => {
    setPassword(context, actorOf('administrator').id, admin)
    setPassword(context, actorOf('hall-manager').id, manager)
    setPassword(context, actorOf('clerk').id, 'Gui-Yuan-26')
  })
})
afterEach(async () => {
  await hall.close()
  forgetCopies()
})

const sql = (text: string, ...given: unknown[]) => hall.transact(({ sqlite }) => sqlite.prepare(text).run(...given))

/** A backup of the hall as it is, then more work, then the hall is shut. */
async function shut(): Promise<string> {
  const { fileName } = await hall.call(Now, {}, 'hall-manager')
  hall.transact(({ sqlite }) => sqlite.prepare(`INSERT INTO serials (scope, next) VALUES ('after', 1)`).run())
  await hall.hall.close()
  return fileName
}

const tries = () => new RestoreTries(hall.folder, testKey, () => ticks)
const restore = (fileName: string, by: Partial<RestoreProof> = {}, counted = tries()) => {
  const whole: RestoreProof = {
    staffNo: 'administrator',
    password: admin,
    reason: '数据打不开',
    second: { staffNo: 'hall-manager', password: manager },
    alone: false,
    ...by,
  }
  restoreByProof(found, testKey, { fileName, at: hall.clock.now(), by: whole }, counted)
}

/** What was answered; nothing was replaced and nothing is left lying about. */
function refusal(work: () => void): DomainError {
  try {
    work()
  } catch (error) {
    expect(readdirSync(hall.folder).filter((name) => /incoming|replaced|restore\.json/.test(name))).toEqual([])
    expect(error).toBeInstanceOf(DomainError)
    expect((error as DomainError).message).toMatch(/\p{Script=Han}/u)
    return error as DomainError
  }
  throw new Error('it was not refused')
}
const opened = async () => {
  await hall.restart().catch(() => undefined)
  return hall.hall.environment.sqlite
}

describe('a restore from the start page', () => {
  test('is put on record in the restored hall: who, who agreed, why, which file, what it replaced', async () => {
    const fileName = await shut()
    expect(refusal(() => restore(fileName, { second: null })).code).toBe('RestoreNeedsSecondPerson')
    expect(refusal(() => restore(fileName, { second: { staffNo: 'hall-manager', password: 'x' } })).code).toBe(
      'RestoreRefused',
    )
    restore(fileName)
    const sqlite = await opened()
    const row = sqlite
      .prepare(`SELECT actor_name AS by, detail FROM audit_log WHERE call = 'machine.restored'`)
      .get() as { by: string; detail: string }
    const replaced = readdirSync(hall.folder).find((name) => /^hall\.db\.replaced-[\w]+-[\w]+-[\w]+$/.test(name))
    const detail = JSON.parse(row.detail) as Record<string, unknown>
    expect(row.by).toBe('吴管理')
    expect(detail).toMatchObject({
      approver: '李主任',
      reason: '数据打不开',
      fileName,
      replaced,
      wrongTries: 1,
    })
    expect(showNotes(detail)).toContain('批准人 李主任')
    expect(showNotes(detail)).toContain('此前密码输错次数 1')
    expect(firstBrokenAuditRow(sqlite)).toBeNull()
    expect(sqlite.prepare(`SELECT count(*) FROM serials WHERE scope = 'after'`).pluck().get()).toBe(0)
    expect(existsSync(triesPath(hall.folder))).toBe(false)
  })

  test('alone asks for the second person, whatever the first says, while the backup knows one', async () => {
    const fileName = await shut()
    for (const alone of [false, true])
      expect(refusal(() => restore(fileName, { second: null, alone })).code).toBe('RestoreNeedsSecondPerson')
  })

  test.each([
    [
      'a wrong password',
      { staffNo: 'hall-manager', password: 'Zhu-Ren-27' },
      'RestoreRefused',
      '批准人的工号或密码不正确',
    ],
    ['nobody', { staffNo: 'nobody', password: manager }, 'RestoreRefused', '批准人的工号或密码不正确'],
    ['a clerk', { staffNo: 'clerk', password: 'Gui-Yuan-26' }, 'RestoreRefused', '不是营业厅主任或管理员'],
    ['the same person', { staffNo: 'administrator', password: admin }, 'RestoreUnfit', '另一个人'],
  ])('is not agreed to by %s', async (_, second, code, words) => {
    const fileName = await shut()
    const error = refusal(() => restore(fileName, { second }))
    expect(error.code).toBe(code)
    expect(error.message).toContain(words)
    expect(error.field).toMatch(/^second/)
  })

  test.each([
    ['has left', `UPDATE staff SET state = 'left'`, 'RestoreRefused'],
    [
      'has a password that somebody else gave',
      'UPDATE credentials SET must_change = 1, last_login_at = 1',
      'RestoreUnfit',
    ],
    ['is locked out', 'UPDATE credentials SET locked_until = $soon', 'RestoreUnfit'],
  ])('is neither begun nor agreed to by whoever %s', async (_, change, code) => {
    // A second administrator and a second manager stay, so that somebody else could.
    sql(
      `INSERT INTO staff (id, staff_no, name, roles, state, created_at, updated_at) VALUES
       ('00000000-0000-7000-8000-0000000000f1', '9002', '何管理', '["administrator"]', 'active', 0, 0)`,
    )
    hall.transact((context) => setPassword(context, '00000000-0000-7000-8000-0000000000f1', 'Guan-Li-27'))
    sql(`UPDATE staff SET roles = '["hall-manager","administrator"]' WHERE id = ?`, actorOf('hall-manager').id)
    const key = change.includes('credentials') ? 'staff_id' : 'id'
    sql(`${change.replace('$soon', String(hall.clock.now() + 60_000))} WHERE ${key} = ?`, actorOf('hall-manager').id)
    const fileName = await shut()
    expect(refusal(() => restore(fileName)).code).toBe(code)
    expect(refusal(() => restore(fileName, { staffNo: 'hall-manager', password: manager })).code).toBe(code)
    restore(fileName, { second: { staffNo: '9002', password: 'Guan-Li-27' } })
    expect((await opened()).prepare('SELECT reason FROM breaks').pluck().get()).toBe('数据打不开（批准：何管理）')
  })

  test('is not agreed to by a password that the first person gave a day ago or less', async () => {
    sql(
      'UPDATE credentials SET reset_by = ?, reset_at = ? WHERE staff_id = ?',
      JSON.stringify([actorOf('administrator').id]),
      hall.clock.now() - 3_600_000,
      actorOf('hall-manager').id,
    )
    const fileName = await shut()
    expect(refusal(() => restore(fileName)).message).toContain('一天内由您本人重置')
    hall.clock.advance(24 * 3_600_000)
    restore(fileName)
  })

  test('by the only one who could is his alone when he has been told, and says so in the log', async () => {
    sql(`UPDATE staff SET state = 'left' WHERE id = ?`, actorOf('hall-manager').id)
    const fileName = await shut()
    const error = refusal(() => restore(fileName, { second: null }))
    expect(error.code).toBe('RestoreAlone')
    expect(error.message).toContain('只能由您一人恢复')
    restore(fileName, { second: null, alone: true })
    const sqlite = await opened()
    const detail = JSON.parse(
      sqlite.prepare(`SELECT detail FROM audit_log WHERE call = 'machine.restored'`).pluck().get() as string,
    ) as Record<string, unknown>
    expect(detail).toMatchObject({ alone: true, reason: '数据打不开' })
    expect(showNotes(detail)).toContain('一人办理（没有其他人可批准）')
    expect(sqlite.prepare('SELECT reason FROM breaks').pluck().get()).toBe('数据打不开（一人办理）')
  })

  test('is no one’s alone because he gave the other a new password; who never had one of his own does not count', async () => {
    sql('UPDATE credentials SET must_change = 1, last_login_at = NULL WHERE staff_id = ?', actorOf('hall-manager').id)
    const young = await hall.call(Now, {}, 'hall-manager')
    hall.clock.advance(86_400_000)
    sql('UPDATE credentials SET last_login_at = 1 WHERE staff_id = ?', actorOf('hall-manager').id)
    const fileName = await shut()
    expect(refusal(() => restore(fileName, { second: null, alone: true })).code).toBe('RestoreNeedsSecondPerson')
    expect(refusal(() => restore(young.fileName, { second: null })).code).toBe('RestoreAlone')
  })

  test('is no one’s alone who sent the other away within a day before', async () => {
    sql('UPDATE credentials SET last_login_at = 1 WHERE staff_id = ?', actorOf('hall-manager').id)
    await hall.call(Leave, { staffId: actorOf('hall-manager').id }, 'administrator')
    const fileName = await shut()
    const failure = refusal(() => restore(fileName, { second: null, alone: true }))
    expect(failure.code).toBe('OthersRelieved')
    hall.clock.advance(86_400_000)
    expect(refusal(() => restore(fileName, { second: null })).code).toBe('RestoreAlone')
  })

  test('tells nobody what was wrong about a guess', async () => {
    const fileName = await shut()
    expect(refusal(() => restore(fileName, { password: 'wrong' })).field).toBe('restorePassword')
    // One answer for every reason: nothing is learnt by trying.
    const answers = (['administrator', 'clerk', 'nobody', 'hall-manager'] as const).map(
      (staffNo) =>
        refusal(() => restore(fileName, { staffNo, password: staffNo === 'clerk' ? 'Gui-Yuan-26' : 'x' })).message,
    )
    expect(new Set(answers).size).toBe(1)
  })
})

describe('wrong passwords at the start page', () => {
  const guess = (fileName: string, counted?: RestoreTries) =>
    refusal(() => restore(fileName, { password: `guess-${Math.random()}` }, counted)).code

  test('of either person end in a pause that no restart and no clock of the PC shortens', async () => {
    const fileName = await shut()
    for (let n = 0; n < 4; n++) expect(guess(fileName)).toBe('RestoreRefused')
    expect(refusal(() => restore(fileName, { second: { staffNo: 'hall-manager', password: 'x' } })).code).toBe(
      'RestoreRefused',
    )
    const error = refusal(() => restore(fileName))
    expect(error).toMatchObject({ code: 'TooManyTries', message: expect.stringContaining('15 分钟后再试') as string })
    // The clock of the PC is set ahead, and the program is started again.
    hall.clock.advance(86_400_000)
    expect(refusal(() => restore(fileName)).code).toBe('TooManyTries')
    const counted = tries()
    ticks += 14 * 60_000
    expect(refusal(() => restore(fileName, {}, counted)).message).toContain('1 分钟后再试')
    ticks += 60_000
    restore(fileName, {}, counted)
    expect(
      JSON.parse(
        (await opened())
          .prepare(`SELECT detail FROM audit_log WHERE call = 'machine.restored'`)
          .pluck()
          .get() as string,
      ),
    ).toMatchObject({ wrongTries: 5 })
  })

  test('are counted in what cannot be edited; what was tampered with counts as too many', async () => {
    const fileName = await shut()
    expect(guess(fileName)).toBe('RestoreRefused')
    expect(readFileSync(triesPath(hall.folder)).toString('latin1')).not.toContain('recent')
    writeFileSync(triesPath(hall.folder), '{"recent":0,"all":0}')
    expect(guess(fileName)).toBe('TooManyTries')
    rmSync(triesPath(hall.folder))
    // Taken away while the program runs, it is still counted in it.
    const counted = tries()
    for (let n = 0; n < 5; n++) {
      expect(guess(fileName, counted)).toBe('RestoreRefused')
      rmSync(triesPath(hall.folder), { force: true })
    }
    expect(guess(fileName, counted)).toBe('TooManyTries')
  })

  test('where nothing can be written are counted by the process, and nothing is replaced', async () => {
    const fileName = await shut()
    const counted = tries()
    // A folder where the file would be: no write succeeds, whoever runs this.
    execFileSync('mkdir', [`${triesPath(hall.folder)}.new`])
    for (let n = 0; n < 5; n++) expect(guess(fileName, counted)).toBe('RestoreRefused')
    expect(guess(fileName, counted)).toBe('TooManyTries')
  })
})

test.skipIf(!diskAllowed())('on a full disk is refused, and takes none of the room that is left', async () => {
  const small = smallDisk() as SmallDisk
  try {
    const fileName = await shut()
    const data = join(small.folder, 'data')
    cpSync(hall.folder, data, { recursive: true })
    for (const name of ['hall.db', 'hall.db-wal', 'hall.db-shm']) rmSync(join(data, name), { force: true })
    small.fill()
    const order = {
      fileName,
      at: hall.clock.now(),
      by: {
        staffNo: 'administrator',
        password: admin,
        reason: '磁盘满',
        second: { staffNo: 'hall-manager', password: manager },
        alone: false,
      },
    }
    expect(() => restoreByProof(pathsOf(data, 'resources'), testKey, order)).toThrow(/ENOSPC|FULL|full/)
    expect(readdirSync(data).filter((name) => /incoming|replaced|restore\.json/.test(name))).toEqual([])
    small.empty()
    restoreByProof(pathsOf(data, 'resources'), testKey, order)
    expect(existsSync(join(data, 'hall.db'))).toBe(true)
  } finally {
    small.unmount()
  }
})

test('two at once: the second finds the folder held', async () => {
  const fileName = await shut()
  const { holdFolder } = await import('../../src-main/platform/held-folder.ts')
  const copy = copyOf(hall.folder)
  const release = holdFolder(hall.folder)
  expect(refusal(() => restore(fileName)).code).toBe('DatabaseBusy')
  release()
  expect(readdirSync(copy).filter((name) => /incoming/.test(name))).toEqual([])
  restore(fileName)
})
