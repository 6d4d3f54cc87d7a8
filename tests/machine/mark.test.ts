/** Committed work that is missing is told, and no number is given twice, whatever happened to the files. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Now } from '../../src-main/backup/api.ts'
import { restoreBackup } from '../../src-main/backup/restore.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { AcceptLoss, Breaks, State } from '../../src-main/machine/api.ts'
import { blindStep } from '../../src-main/platform/breaks.ts'
import { Save } from '../../src-main/drafts/api.ts'
import { actorOf, openTestHall, testKey, type TestHall } from '../support/hall.ts'
import { copyOf, faultRuns, forgetCopies, giveReceipt } from './support.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(async () => {
  await hall.close()
  forgetCopies()
})

const serialOf = (number: string): number => Number(number.slice(-8, -1))
const state = (of: TestHall = hall) => of.call(State, {}, null)
const managerPassword = 'Kanban-Qiu-73'
const withManager = (of: TestHall) =>
  of.transact((context) => setPassword(context, actorOf('hall-manager').id, managerPassword))
const accept = (of: TestHall) =>
  of.call(AcceptLoss, { staffNo: 'hall-manager', password: managerPassword, reason: '已核对单据' }, null)
const saveDraft = (of: TestHall) => of.call(Save, { key: 'probe', title: '测试', path: '/probe', body: '{}' }, 'clerk')

/** The files as they lie there, with what is in the log not yet copied. */
function powerCut(): string {
  return copyOf(hall.folder)
}
function flip(path: string, position: number): void {
  const file = openSync(path, 'r+')
  const byte = readFileSync(path).subarray(position, position + 1)
  writeSync(file, Buffer.from([(byte[0] ?? 0) ^ 0xff]), 0, 1, position)
  closeSync(file)
}

describe('a damaged write-ahead log', () => {
  test('is told: what is missing, which numbers, and the newest backup; nothing is written until it was seen', async () => {
    withManager(hall)
    await hall.call(Now, {}, 'hall-manager')
    const given = [giveReceipt(hall), giveReceipt(hall), giveReceipt(hall)]
    const copy = powerCut()
    flip(join(copy, 'hall.db-wal'), 200)
    const damaged = await openTestHall({ folder: copy })
    try {
      const { loss } = await state(damaged)
      expect(loss).toMatchObject({ reason: '数据文件缺少最后一段已保存的业务', backupAt: expect.any(Number) as number })
      expect(loss?.missing).toBeGreaterThanOrEqual(3)
      expect(loss?.numbers).toContainEqual({ kind: 'receipt', label: '收据号', first: 1, last: 3 })
      await expect(saveDraft(damaged)).rejects.toThrow('DataLost')
      expect(
        await damaged.call(AcceptLoss, { staffNo: 'hall-manager', password: 'wrong', reason: 'x' }, null),
      ).toMatchObject({ ok: false })
      expect(await accept(damaged)).toEqual({ ok: true })
      expect((await state(damaged)).loss).toBeNull()
      expect(given).not.toContain(giveReceipt(damaged))
      expect(serialOf(giveReceipt(damaged))).toBe(5)
      const { rows } = await damaged.call(Breaks, {}, 'administrator')
      expect(rows).toMatchObject([{ kind: 'lost', resolvedBy: '李主任', resolveReason: '已核对单据' }])
      // Seen once is seen: the next start has nothing to tell.
      await damaged.restart()
      expect((await state(damaged)).loss).toBeNull()
    } finally {
      await damaged.close()
    }
  })

  test('at any byte loses nothing without a word, and gives no number twice', async () => {
    const given = Array.from({ length: 6 }, () => giveReceipt(hall))
    const copy = powerCut()
    const wal = join(copy, 'hall.db-wal')
    const { size } = statSync(wal)
    const runs = faultRuns(12)
    let told = 0
    for (let i = 0; i < runs; i++) {
      const one = copyOf(copy)
      flip(join(one, 'hall.db-wal'), Math.floor((size / runs) * i) + (i % 7))
      const opened = await openTestHall({ folder: one }).catch(() => null)
      if (opened === null) continue
      const kept = opened.hall.environment.sqlite
        .prepare(`SELECT count(*) FROM journal_entries`)
        .pluck()
        .get() as number
      const { loss } = await state(opened)
      if (kept < given.length) {
        expect(loss, `byte ${i}`).not.toBeNull()
        told += 1
      }
      opened.hall.environment.sqlite.prepare(`UPDATE breaks SET resolved_at = 1`).run()
      expect(given).not.toContain(giveReceipt(opened))
      await opened.close()
    }
    expect(told).toBeGreaterThan(0)
    console.log(`damaged log: ${runs} damages, ${told} with a loss, each told; no number given twice`)
  })

  test('cannot happen to a hall that stands idle: its log is empty', async () => {
    giveReceipt(hall)
    const wal = join(hall.folder, 'hall.db-wal')
    expect(statSync(wal).size).toBeGreaterThan(0)
    await vi.waitFor(() => expect(statSync(wal).size).toBe(0), { timeout: 20_000 })
    const copy = powerCut()
    const opened = await openTestHall({ folder: copy })
    expect((await state(opened)).loss).toBeNull()
    expect(serialOf(giveReceipt(opened))).toBe(2)
    await opened.close()
  })
})

describe('an old file in the place of the database', () => {
  test('is told, goes on above the numbers, and begins a new stream', async () => {
    giveReceipt(hall)
    await hall.restart()
    const old = copyOf(hall.folder)
    for (let i = 0; i < 7; i++) giveReceipt(hall)
    const stream = () => hall.hall.environment.device().streamId
    const before = stream()
    await hall.hall.close()
    for (const suffix of ['-wal', '-shm']) rmSync(join(hall.folder, `hall.db${suffix}`), { force: true })
    copyFileSync(join(old, 'hall.db'), join(hall.folder, 'hall.db'))
    await hall.restart().catch(() => undefined)
    expect((await state()).loss?.numbers).toContainEqual({ kind: 'receipt', label: '收据号', first: 2, last: 8 })
    expect(stream()).not.toBe(before)
    expect(serialOf(giveReceipt(hall))).toBe(9)
  })
})

describe('a restore of an older backup', () => {
  const restore = async (fileName: string) => {
    const { paths } = hall.hall.environment
    await hall.hall.close()
    restoreBackup(paths, testKey, {
      fileName,
      by: { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '硬盘更换' },
      at: hall.clock.now(),
    })
    await hall.restart().catch(() => undefined)
  }

  test('gives none of the numbers again, and lists the days between from what it replaced', async () => {
    giveReceipt(hall)
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    const after = Array.from({ length: 8 }, () => giveReceipt(hall))
    await restore(fileName)
    const again = Array.from({ length: 8 }, () => giveReceipt(hall))
    expect(again.filter((number) => after.includes(number))).toEqual([])
    expect((await state()).loss).toBeNull()
    const { rows } = await hall.call(Breaks, {}, 'hall-manager')
    expect(rows[0]).toMatchObject({
      kind: 'restored',
      byName: '吴管理',
      reason: '硬盘更换（批准：李主任）',
      fileName,
      numbers: expect.arrayContaining([{ kind: 'receipt', label: '收据号', first: 2, last: 9 }]) as unknown,
    })
    expect(rows[0]?.days.map(({ entries }) => entries)).toEqual([9])
    expect(existsSync(join(hall.folder, rows[0]?.replaced ?? 'nothing'))).toBe(true)
  })

  test('is the answer to a loss that was told: the restored hall works at once, and its record says how it was answered', async () => {
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    await hall.restart()
    const old = copyOf(hall.folder)
    const given = [giveReceipt(hall)]
    await hall.hall.close()
    for (const suffix of ['-wal', '-shm']) rmSync(join(hall.folder, `hall.db${suffix}`), { force: true })
    copyFileSync(join(old, 'hall.db'), join(hall.folder, 'hall.db'))
    await hall.restart().catch(() => undefined)
    expect((await state()).loss).not.toBeNull()
    await expect(saveDraft(hall)).rejects.toThrow('DataLost')
    await restore(fileName)
    expect((await state()).loss).toBeNull()
    await saveDraft(hall)
    expect(given).not.toContain(giveReceipt(hall))
    expect((await hall.call(Breaks, {}, 'hall-manager')).rows).toMatchObject([
      { kind: 'restored' },
      { kind: 'lost', resolvedBy: '吴管理', resolveReason: `恢复备份 ${fileName}` },
    ])
  })

  test('with neither mark nor old database goes on far above what the backup knows', async () => {
    giveReceipt(hall)
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    for (let i = 0; i < 8; i++) giveReceipt(hall)
    const { paths } = hall.hall.environment
    await hall.hall.close()
    rmSync(join(hall.folder, 'hall.mark'))
    writeFileSync(join(hall.folder, 'hall.db'), 'nothing of it can be read')
    for (const suffix of ['-wal', '-shm']) rmSync(join(hall.folder, `hall.db${suffix}`), { force: true })
    restoreBackup(paths, testKey, {
      fileName,
      by: { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '硬盘更换' },
      at: hall.clock.now(),
    })
    await hall.restart().catch(() => undefined)
    expect(serialOf(giveReceipt(hall))).toBe(2 + blindStep)
  })

  test('and back to what was replaced keeps both breaks, and again gives no number twice', async () => {
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    const given = [giveReceipt(hall)]
    await restore(fileName)
    given.push(giveReceipt(hall))
    const { rows } = await hall.call(Breaks, {}, 'administrator')
    await restore(rows[0]?.replaced ?? '')
    expect((await hall.call(Breaks, {}, 'administrator')).rows).toHaveLength(2)
    given.push(giveReceipt(hall))
    expect(new Set(given).size).toBe(3)
  })

  test('ends every session and approval, and says so in the log of the restored hall', async () => {
    hall.transact(({ sqlite, clock }) => {
      const at = clock.now()
      sqlite
        .prepare(
          `INSERT INTO sessions (token_hash, staff_id, till, created_at, last_seen_at) VALUES (?, ?, '01', ?, ?)`,
        )
        .run('t', actorOf('clerk').id, at, at)
      sqlite
        .prepare(
          `INSERT INTO approvals (id, purpose, subject, terms, terms_hash, requested_by, approver_id, created_at, expires_at)
           VALUES ('a', 'reversal', 'payment:1', '{}', 'h', ?, ?, ?, ?)`,
        )
        .run(actorOf('clerk').id, actorOf('hall-manager').id, at, at + 600_000)
    })
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    await restore(fileName)
    const { sqlite } = hall.hall.environment
    expect(sqlite.prepare('SELECT count(*) FROM sessions WHERE ended_at IS NULL').pluck().get()).toBe(0)
    expect(sqlite.prepare('SELECT count(*) FROM approvals WHERE used_at IS NULL').pluck().get()).toBe(0)
    const row = sqlite
      .prepare(`SELECT actor_name AS by, detail FROM audit_log WHERE call = 'machine.restored'`)
      .get() as {
      by: string
      detail: string
    }
    expect(row.by).toBe('吴管理')
    expect(JSON.parse(row.detail)).toMatchObject({
      reason: '硬盘更换',
      fileName,
      replaced: expect.stringContaining('hall.db.replaced-') as string,
    })
  })
})
