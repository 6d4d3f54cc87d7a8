/**
 * The gates of the regulation, tried across all rooms: everybody tries everything in random order on a real hall, for
 * months, over month and year ends. The promises are said once more in `gates/watch.ts`; here is who tries what.
 *
 * GATES_SEED=… GATES_PATH=… repeats a run that failed (both stand in its report), GATES_RUNS=… tries longer.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rmSync } from 'node:fs'
import { VerifyAudit } from '../../src-main/access/api.ts'
import { buildTown, enterTown, type Town } from './gates/town.ts'
import { Watch } from './gates/watch.ts'
import { refusedOnly, World, type Try } from './gates/world.ts'

const seed = Number(process.env['GATES_SEED'] ?? 20_261_123)
const numRuns = Number(process.env['GATES_RUNS'] ?? 8)

type Deed = (world: World, t: Try) => Promise<unknown>
/** How often each is drawn, and what it does. */
const deeds: Record<string, readonly [weight: number, deed: Deed]> = {
  firstPush: [2, (w, t) => w.firstPush(t)],
  firstStep: [2, (w, t) => w.firstStep(t)],
  ignite: [2, (w, t) => w.ignite(t)],
  certificate: [2, (w, t) => w.certificate(t)],
  inspect: [3, (w, t) => w.inspect(t)],
  voidVisit: [1, (w, t) => w.voidVisit(t)],
  hazardStep: [3, (w, t) => w.hazardStep(t)],
  hazardOn: [6, (w, t) => w.hazardOn(t)],
  interruptionStep: [2, (w, t) => w.interruptionStep(t)],
  interruptionOn: [6, (w, t) => w.interruptionOn(t)],
  dunningStep: [2, (w, t) => w.dunningStep(t)],
  dunningOn: [6, (w, t) => w.dunningOn(t)],
  bill: [3, (w, t) => w.bill(t)],
  pay: [3, (w, t) => w.pay(t)],
  reverse: [1, (w, t) => w.reverse(t)],
  resume: [7, (w, t) => w.resume(t)],
  begin: [1, (w, t) => w.begin(t)],
  processStep: [2, (w, t) => w.processStep(t)],
  processOn: [6, (w, t) => w.processOn(t)],
  finish: [1, (w, t) => w.finish(t)],
  orderStep: [2, (w, t) => w.orderStep(t)],
  orderOn: [6, (w, t) => w.orderOn(t)],
  complaintStep: [2, (w, t) => w.complaintStep(t)],
  complaintOn: [4, (w, t) => w.complaintOn(t)],
  jobs: [3, (w) => w.jobs()],
  minutes: [3, (w, t) => w.clockTo('minutes', t)],
  night: [1, (w, t) => w.clockTo('night', t)],
  morning: [5, (w, t) => w.clockTo('morning', t)],
  days: [1, (w, t) => w.clockTo('days', t)],
  appointed: [5, (w, t) => w.clockTo('appointed', t)],
  restart: [1, (w) => w.real.restart()],
}

const staffNos = ['clerk', 'cashier', 'hall-manager', 'dispatcher', 'administrator', '3001', '3002', '3003', '3004']
const attempt: fc.Arbitrary<Try> = fc.record({
  as: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...staffNos) }),
  place: fc.nat({ max: 4 }),
  pick: fc.nat({ max: 999 }),
  good: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  who: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat({ max: 3 }) }),
  again: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
})

class Command implements fc.AsyncCommand<Watch, World> {
  readonly name: string
  readonly t: Try
  constructor(name: string, t: Try) {
    this.name = name
    this.t = t
  }
  /** Everything may be tried at any time; that is the point. */
  check(): boolean {
    return true
  }
  async run(watch: Watch, world: World): Promise<void> {
    world.real.clock.advance(1_000)
    watch.last = null
    await deeds[this.name]?.[1](world, this.t).catch(refusedOnly)
    if (this.t.again) await watch.again(staffNos[this.t.pick % staffNos.length] ?? 'clerk')
  }
  toString(): string {
    const { as, place, pick, good, who, again } = this.t
    return `${this.name}(as ${as ?? 'able'}, place ${place}, pick ${pick}${good ? '' : ', bad'}, who ${who}${again ? ', again' : ''})`
  }
}

let town: Town
beforeAll(async () => void (town = await buildTown()))
afterAll(() => rmSync(town.folder, { recursive: true, force: true }))

test(
  'whatever anybody tries in whatever order, for months: no gate breaks, a refusal speaks Chinese and writes nothing',
  async () => {
    const tally = new Map<string, { ok: number; refused: number }>()
    const commands = fc.commands(
      Object.entries(deeds).flatMap(([name, [weight]]) =>
        Array.from({ length: weight }, () => attempt.map((t) => new Command(name, t))),
      ),
      { maxCommands: 300, size: 'max', replayPath: process.env['GATES_REPLAY'] },
    )
    await fc.assert(
      fc.asyncProperty(fc.noBias(commands), async (cmds) => {
        const real = await enterTown(town)
        try {
          const watch = new Watch(real, town, tally)
          const world = new World(real, town, watch)
          await fc.asyncModelRun(() => ({ model: watch, real: world }), cmds)
          expect(await real.call(VerifyAudit, {}, 'administrator')).toMatchObject({ broken: null })
        } finally {
          await real.close()
        }
      }),
      { numRuns, seed, path: process.env['GATES_PATH'], endOnFailure: process.env['GATES_SHRINK'] === undefined },
    )
    console.log(
      [...tally]
        .sort()
        .map(([call, { ok, refused }]) => `${call} ${ok} ${refused}`)
        .join('\n'),
    )
  },
  Math.max(180_000, numRuns * 10_000),
)
