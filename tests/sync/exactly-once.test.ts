import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UploadNow } from '../../src-main/sync/api.ts'
import { faults } from '../headquarters/faults.ts'
import { openConnectedHall } from './support.ts'

/** `slow` and `never` wait for the time-out; once each above is enough. */
const quick = faults.filter((fault) => fault !== 'slow' && fault !== 'never')

const step = fc.oneof(
  fc.record({ do: fc.constant('book' as const), amount: fc.integer({ min: 1, max: 1_000_000 }) }),
  fc.record({ do: fc.constant('upload' as const), faults: fc.array(fc.constantFrom(...quick), { maxLength: 3 }) }),
  fc.record({ do: fc.constant('restart' as const) }),
)

test('every row arrives exactly once and the totals agree, under any sequence of faults and restarts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const hall = await openConnectedHall()
      try {
        for (const one of steps) {
          if (one.do === 'book') hall.book(one.amount)
          else if (one.do === 'restart') await hall.restart()
          else {
            hall.faults.push(...one.faults)
            await hall.call(UploadNow, {}, 'administrator').catch(() => undefined)
          }
        }
        hall.faults.length = 0
        hall.book(1)
        await hall.call(UploadNow, {}, 'administrator')
        const sent = hall.receiver.store.sqlite.prepare('SELECT seq, data FROM changes ORDER BY seq').all()
        expect(sent).toEqual(hall.query('SELECT seq, json(data) AS data FROM outbox ORDER BY seq'))
        expect(hall.receiver.totals()).toEqual(hall.ledger())
        expect(hall.receiver.gaps()).toEqual([])
        expect(hall.receiver.violations()).toEqual([])
      } finally {
        await hall.close()
      }
    }),
    { numRuns: 25, seed: 20261123 },
  )
})
