/**
 * Every call of the house with inputs made from its schema, by everybody: good ones, mended ones, spoiled ones, with the
 * ids of other people and other rooms. First a tour on which each call succeeds once; from there on whatever comes.
 *
 * FUZZ_CALLS=1000000 calls more often, FUZZ_SEED=… draws others. A fault names its round: FUZZ_ROUND=… plays that one alone.
 */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { agree } from '../support/fuzz/agreement.ts'
import { definitions } from '../support/fuzz/judge.ts'
import { buildBase, firstStart, openRound, type Base, type Tally } from '../support/fuzz/run.ts'
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

const usualSeed = 20_261_123
const seed = Number(process.env['FUZZ_SEED'] ?? usualSeed)
const calls = Number(process.env['FUZZ_CALLS'] ?? 10_000)
const alone = process.env['FUZZ_ROUND']
/** Calls on the files of one hall; then comes a fresh one. */
const perRound = 2_500
/** Faults of different kinds after which it is enough. */
const enough = 20

const tally = new Map<string, Tally>()
let base: Base
let toured: Base
let undone: string[]
beforeAll(async () => {
  base = await buildBase()
  const round = await openRound(base, usualSeed, tally)
  await firstStart(tally)
  undone = await tour(round)
  await round.end()
  toured = await round.asBase()
})
afterAll(() => {
  for (const { folder } of [base, toured]) rmSync(folder, { recursive: true, force: true })
})

test('each call gets behind its gates and succeeds once', () => {
  expect(undone).toEqual([])
  const short = definitions.filter(({ name }) => (tally.get(name)?.ok ?? 0) === 0).map(({ name }) => name)
  expect(short).toEqual([])
  // What the tally says is told by the use cases themselves, as they were entered.
  for (const { name } of definitions) expect(tally.get(name)?.entered ?? 0, name).toBeGreaterThan(0)
})

test(
  'whatever is asked by whomever: nothing fails, a refusal is in Chinese and writes nothing, nobody’s number gets out',
  async () => {
    const faults = new Map<string, string>()
    const rounds = Math.ceil(calls / perRound)
    for (const n of alone === undefined ? Array.from({ length: rounds }, (_, i) => i) : [Number(alone)]) {
      const round = await openRound(toured, seed + n, tally)
      const report = (error: unknown) => {
        const kind = String(error).replaceAll(/（\w{4,8}）|[0-9a-f]{8}-[0-9a-f-]{27}|\d{4,}/g, '…')
        const fault = round.lines.findLast((line) => line.includes('"fault"'))
        if (!faults.has(kind))
          faults.set(
            kind,
            `${String(error)}\nFUZZ_SEED=${seed} FUZZ_ROUND=${n}, call ${round.calls}\n${round.trail.slice(-3).join('\n')}\n${fault ?? ''}`,
          )
      }
      while (round.calls < Math.min(perRound, calls) && faults.size < enough) await round.step().catch(report)
      await round.end().catch(report)
      await round.hall.close()
      if (n % 20 === 19) console.log(`${(n + 1) * perRound} calls, ${faults.size} kinds of faults`)
    }
    expect([...faults.values()].join('\n\n')).toBe('')
  },
  Math.max(300_000, calls * 60),
)
