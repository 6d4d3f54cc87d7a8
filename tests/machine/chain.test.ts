/** The chain of the audit log: checked by itself, told when it breaks, on paper and at headquarters; who was refused is on record. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ChainState, VerifyAudit } from '../../src-main/access/api.ts'
import { chainJob, requestChainCheck } from '../../src-main/access/service.ts'
import { Now } from '../../src-main/backup/api.ts'
import { auditHead } from '../../src-main/platform/audit.ts'
import { UploadNow } from '../../src-main/sync/api.ts'
import { List as Settings } from '../../src-main/settings/api.ts'
import { openConnectedHall, type ConnectedHall } from '../sync/support.ts'
import { giveReceipt } from './support.ts'

let hall: ConnectedHall
beforeEach(async () => void (hall = await openConnectedHall()))
afterEach(() => hall.close())

const sqlite = () => hall.hall.environment.sqlite
const tamper = () =>
  sqlite().exec(`DROP TRIGGER audit_log_refuse_update; UPDATE audit_log SET detail = '{"x":1}' WHERE seq = 2`)
const state = () => hall.call(ChainState, {}, 'hall-manager')
const upload = () => hall.call(UploadNow, {}, 'administrator')

describe('a chain that was tampered with', () => {
  test.each([
    [
      'at the day close',
      async () => {
        hall.transact((context) => requestChainCheck(context))
        await hall.hall.scheduler.tick()
      },
    ],
    ['in a backup', async () => void (await hall.call(Now, {}, 'hall-manager'))],
    ['by hand', async () => void (await hall.call(VerifyAudit, {}, 'administrator'))],
  ])('is found %s, and headquarters is alarmed with the next batch', async (_, check) => {
    giveReceipt(hall)
    giveReceipt(hall)
    expect((await state()).broken).toBeNull()
    tamper()
    await check()
    expect(await state()).toMatchObject({ broken: 2, foundAt: hall.clock.now() })
    await upload()
    expect(hall.receiver.alarms()).toMatchObject([
      { kind: 'audit-broken', words: expect.stringContaining('第 2 条') as string },
    ])
    expect(hall.receiver.violations()).toEqual([])
    // What was found once is not forgotten by a check that comes later.
    await hall.hall.scheduler.runNow(chainJob.job)
    expect((await state()).broken).toBe(2)
  })
})

test('the head of the chain goes up with every batch; a shorter chain is an alarm', async () => {
  for (let i = 0; i < 8; i++) giveReceipt(hall)
  await upload()
  const head = () =>
    hall.receiver.store.sqlite.prepare('SELECT seq, hash FROM heads').get() as { seq: number; hash: string }
  const first = head()
  expect(sqlite().prepare('SELECT hash FROM audit_log WHERE seq = ?').pluck().get(first.seq)).toBe(first.hash)
  giveReceipt(hall)
  await upload()
  expect(head().seq).toBeGreaterThan(first.seq)
  sqlite().exec('DROP TRIGGER audit_log_refuse_delete; DELETE FROM audit_log WHERE seq > 2')
  sqlite().exec(`UPDATE sqlite_sequence SET seq = 2 WHERE name = 'audit_log'`)
  hall.book(1)
  await upload()
  expect(hall.receiver.alarms()).toMatchObject([{ kind: 'audit-shorter' }])
})

describe('who was refused', () => {
  const traces = () =>
    sqlite()
      .prepare(`SELECT actor_name AS by, call, detail FROM audit_log WHERE detail LIKE '%"refused"%' ORDER BY seq`)
      .all()

  test('is on record, once a minute for each kind, with the number of tries in between', async () => {
    for (let i = 0; i < 5; i++) await expect(hall.call(Settings, {}, 'clerk')).rejects.toThrow('NotAllowed')
    expect(traces()).toEqual([{ by: '钱柜员', call: 'settings.list', detail: '{"refused":"NotAllowed"}' }])
    hall.clock.advance(61_000)
    await expect(hall.call(Settings, {}, 'clerk')).rejects.toThrow('NotAllowed')
    expect(traces()[1]).toMatchObject({ detail: '{"more":4,"refused":"NotAllowed"}' })
  })

  test('a slip of the keyboard leaves no trace', async () => {
    const before = auditHead(sqlite()).seq
    await hall.hall.handle({ id: 1, call: 'settings.change', input: { nonsense: 1 }, session: 'administrator' })
    expect(auditHead(sqlite()).seq).toBe(before)
  })
})
