import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { UploadNow } from '../../src-main/sync/api.ts'
import { openConnectedHall } from './support.ts'

test('a backend killed at any moment of an upload loses nothing and doubles nothing', async () => {
  const hall = await openConnectedHall()
  try {
    hall.set('sync.timeoutSeconds', 20)
    await hall.hall.close()
    for (const requests of [2, 5]) {
      // Each life ends while headquarters holds a batch whose acknowledgement has not been kept yet, or close to it.
      const until = hall.receiver.requests() + requests
      const child = spawn(process.execPath, ['tests/sync/upload-child.ts', hall.folder], { stdio: 'ignore' })
      const gone = once(child, 'exit')
      while (hall.receiver.requests() < until) await new Promise((resolve) => setTimeout(resolve, 1))
      child.kill('SIGKILL')
      await gone
    }
    await hall.restart().catch(() => undefined)
    hall.book(1)
    await hall.call(UploadNow, {}, 'administrator')
    const sent = hall.receiver.store.sqlite.prepare('SELECT seq, data FROM changes ORDER BY seq').all()
    expect(sent).toEqual(hall.query('SELECT seq, json(data) AS data FROM outbox ORDER BY seq'))
    expect(hall.receiver.totals()).toEqual(hall.ledger())
    expect(hall.receiver.gaps()).toEqual([])
  } finally {
    await hall.close()
  }
})
