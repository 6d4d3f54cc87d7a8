import { expect, test, vi } from 'vitest'
import { agree } from '../support/fuzz/agreement.ts'
import { tour } from '../support/fuzz/tour.ts'
import type * as Approvals from '../../src-main/platform/approvals.ts'

vi.mock('../../src-main/platform/approvals.ts', async (original) => {
  const real = await original<typeof Approvals>()
  const consumeApproval: typeof real.consumeApproval = (context, id, purpose, terms) => {
    agree(context, id, purpose, terms)
    return real.consumeApproval(context, id, purpose, terms)
  }
  return { ...real, consumeApproval }
})
import { buildBase, firstStart, openRound, type Tally } from '../support/fuzz/run.ts'
import { definitions } from '../support/fuzz/judge.ts'

const calls = Number(process.env['FUZZ_CALLS'] ?? 10_000)
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_123)
const perRound = 5_000

test('x', async () => {
  const t0 = performance.now()
  const base = await buildBase()
  console.log('base', performance.now() - t0)
  const tally = new Map<string, Tally>()
  const refusals = new Map<string, Map<string, number>>()
  const broken = new Map<string, number>()
  console.log((await firstStart(tally)).join())
  for (let done = 0, n = 0; done < calls; done += perRound, n += 1) {
    const round = await openRound(base, seed + n, tally)
    const t1 = performance.now()
    if (n === 0) console.log((await tour(round)).join('\n'), round.calls, performance.now() - t1)
    while (round.calls < Math.min(perRound, calls - done)) {
      try {
        await round.step()
      } catch (error) {
        if (broken.size < 40 && !broken.has(String(error))) console.log(String(error), '\n', round.trail.slice(-1).join('\n'), '\n', round.lines.filter(l=>l.includes('"fault"')).slice(-1).join('').slice(0,700))
        broken.set(String(error), (broken.get(String(error)) ?? 0) + 1)
      }
    }
    await round.end().catch((e) => console.log('END', String(e)))
    console.log('round', n, performance.now() - t1)
    for (const [call, known] of round.refusals) { const all = refusals.get(call) ?? new Map(); for (const [k, v] of known) all.set(k, (all.get(k) ?? 0) + v); refusals.set(call, all) }
    await round.hall.close()
  }
  const never = definitions.filter(({ name }) => (tally.get(name)?.entered ?? 0) === 0).map(({ name }) => name)
  const notOk = definitions.filter(({ name }) => (tally.get(name)?.ok ?? 0) === 0).map(({ name }) => name)
  console.log('never entered', never.length, never.join(' '))
  console.log('never ok', notOk.length)
  for (const name of notOk) console.log(name, JSON.stringify(tally.get(name)), [...(refusals.get(name) ?? [])].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([k, v]) => `${v}× ${k}`).join(' | '))
  console.log([...broken].sort((a, b) => b[1] - a[1]).map(([k, v]) => `${v} ${k}`).join('\n'))
  expect(1).toBe(1)
}, 100_000_000)
