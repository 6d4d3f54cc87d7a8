/** What a restore puts aside is told in money as the 日结单 tells it. */
import { expect, test } from 'vitest'
import { LostSince, Now } from '../../src-main/backup/api.ts'
import { restoreBackup } from '../../src-main/backup/restore.ts'
import { CloseDraft, Prepay } from '../../src-main/cashier/api.ts'
import { Breaks } from '../../src-main/machine/api.ts'
import { id, openCounter, yuan } from '../cashier/counter.ts'
import { actorOf, testKey } from '../support/hall.ts'

test('what was drawn from prepayment came in once, and what was reversed went back', async () => {
  const counter = await openCounter()
  try {
    const { accountId } = await counter.owing(100)
    await counter.openShift(yuan(500))
    const { fileName, startedAt } = await counter.call(Now, {}, 'administrator')
    counter.clock.advance(60_000)
    const { paymentId } = await counter.pay(accountId)
    await counter.reverse(paymentId)
    const tenders = [{ means: 'cash' as const, amount: yuan(500) }]
    await counter.call(Prepay, { requestId: id(), accountId, tenders }, 'cashier')
    const { byMeans } = await counter.call(CloseDraft, {}, 'cashier')
    expect(byMeans.find(({ means }) => means === 'cash')?.net).toBe(50_000)
    expect(await counter.call(LostSince, { startedAt }, 'administrator')).toMatchObject({
      payments: 2,
      received: 50_000,
    })
    const { paths } = counter.hall.environment
    await counter.hall.close()
    const by = { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '硬盘更换' }
    restoreBackup(paths, testKey, { fileName, by, at: counter.clock.now() })
    await counter.restart().catch(() => undefined)
    const { rows } = await counter.call(Breaks, {}, 'hall-manager')
    expect(rows[0]?.days).toMatchObject([{ date: '2026-11-23', receipts: { count: 3 }, taken: 50_000 }])
  } finally {
    await counter.close()
  }
})
