import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Now } from '../../src-main/backup/api.ts'
import { restoreBackup } from '../../src-main/backup/restore.ts'
import { UploadNow } from '../../src-main/sync/api.ts'
import { actorOf, testKey } from '../support/hall.ts'
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
      by: { actor: actorOf('administrator'), reason: '测试' },
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
})
