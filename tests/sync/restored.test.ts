import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Now } from '../../src-main/backup/api.ts'
import { restoreBackup } from '../../src-main/backup/restore.ts'
import { UploadNow } from '../../src-main/sync/api.ts'
import { actorOf, testKey } from '../support/hall.ts'
import { giveReceipt } from '../machine/support.ts'
import { openConnectedHall, token, type ConnectedHall } from './support.ts'

let hall: ConnectedHall
beforeEach(async () => {
  hall = await openConnectedHall()
})
afterEach(() => hall.close())

const uploadNow = () => hall.call(UploadNow, {}, 'hall-manager')

describe('a restored backup', () => {
  async function restore(fileName: string): Promise<void> {
    const { paths } = hall.hall.environment
    await hall.hall.close()
    restoreBackup(paths, testKey, {
      fileName,
      by: { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '测试' },
      at: hall.clock.now(),
    })
    await hall.restart().catch(() => undefined)
  }

  test('begins a new stream from what was acknowledged; headquarters forgets what the hall no longer has', async () => {
    hall.book(100)
    await uploadNow()
    hall.book(200)
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    hall.book(400)
    await uploadNow()
    await restore(fileName)
    hall.book(800)
    await uploadNow()
    await hall.expectAllThere()
    expect(hall.receiver.totals()[0]).toMatchObject({ account: 'cash-drawer', debit: 1_100 })
  })

  test('of a time before the first upload is sent from its first row', async () => {
    hall.book(100)
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    await uploadNow()
    await restore(fileName)
    await uploadNow()
    await hall.expectAllThere()
  })

  test('restored twice without an upload in between still joins on', async () => {
    hall.book(100)
    await uploadNow()
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    await restore(fileName)
    hall.book(200)
    hall.set('sync.token', 'wrong')
    await expect(uploadNow()).rejects.toThrow()
    hall.set('sync.token', token)
    hall.clock.advance(5_000)
    const second = await hall.call(Now, {}, 'hall-manager')
    await restore(second.fileName)
    await uploadNow()
    await hall.expectAllThere()
    expect(hall.receiver.totals()[0]).toMatchObject({ debit: 300 })
  })

  test.each([
    ['a serial that no hall can have reached', `UPDATE serials SET next = 10000001 WHERE scope = 'receipt'`],
    ['a serial that breaks every number', `UPDATE serials SET next = 9000000000000000 WHERE scope = 'receipt'`],
    ['a kind that is no name', `INSERT INTO serials SELECT device_id, '收据 1', 5 FROM serials LIMIT 1`],
    [
      'more kinds than there are',
      `INSERT INTO serials WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3600)
       SELECT device_id, 'kind-' || char(97 + i / 676, 97 + i / 26 % 26, 97 + i % 26), 5 FROM n, (SELECT device_id FROM serials LIMIT 1)`,
    ],
  ])('takes no number over from an answer with %s, and goes on giving its own', async (_, wrong) => {
    const { fileName } = await hall.call(Now, {}, 'hall-manager')
    giveReceipt(hall)
    await uploadNow()
    hall.receiver.store.sqlite.exec(wrong)
    await restore(fileName)
    const given = giveReceipt(hall)
    await expect(uploadNow()).rejects.toThrow('总部的应答无法识别')
    expect(Number(giveReceipt(hall).slice(-8, -1))).toBe(Number(given.slice(-8, -1)) + 1)
  })
})
