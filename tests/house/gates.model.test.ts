/**
 * The gates of the regulation, tried across all rooms: everybody tries everything in random order on a real hall, for
 * months, over month and year ends. The promises are said once more in `gates/watch.ts`; here is who tries what.
 *
 * GATES_SEED=… GATES_PATH=… repeats a run that failed (both stand in its report), GATES_RUNS=… tries longer,
 * GATES_SHRINK=1 looks for the shortest failing sequence, GATES_TALLY=1 prints how often each call was done and refused.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rmSync } from 'node:fs'
import { VerifyAudit } from '../../src-main/access/api.ts'
import { Now } from '../../src-main/backup/api.ts'
import { restoreBackup } from '../../src-main/backup/restore.ts'
import { buildTown, enterTown, type Town } from './gates/town.ts'
import { Watch } from './gates/watch.ts'
import { refusedOnly, World, type Try } from './gates/world.ts'
import { actorOf, CallFailed, testKey, type TestHall } from '../support/hall.ts'

const [usualSeed, usualRuns] = [20_261_123, 20]
const seed = Number(process.env['GATES_SEED'] ?? usualSeed)
const numRuns = Number(process.env['GATES_RUNS'] ?? usualRuns)

type Deed = (world: World, t: Try) => Promise<unknown>
/** How often each is drawn, and what it does. */
const deeds: Record<string, readonly [weight: number, deed: Deed]> = {
  firstPush: [3, (w, t) => w.firstPush(t)],
  firstStep: [2, (w, t) => w.firstStep(t)],
  ignite: [3, (w, t) => w.ignite(t)],
  certificate: [3, (w, t) => w.certificate(t)],
  inspect: [2, (w, t) => w.inspect(t)],
  inspectTwice: [1, (w, t) => w.inspectTwice(t)],
  voidVisit: [1, (w, t) => w.voidVisit(t)],
  reclass: [1, (w, t) => w.reclass(t)],
  moveIn: [1, (w, t) => w.moveIn(t)],
  hazardStep: [5, (w, t) => w.hazardStep(t)],
  hazardOn: [9, (w, t) => w.hazardOn(t)],
  interruptionStep: [3, (w, t) => w.interruptionStep(t)],
  interruptionOn: [6, (w, t) => w.interruptionOn(t)],
  dunningStep: [2, (w, t) => w.dunningStep(t)],
  dunningOn: [8, (w, t) => w.dunningOn(t)],
  bill: [3, (w, t) => w.bill(t)],
  pay: [2, (w, t) => w.pay(t)],
  reverse: [1, (w, t) => w.reverse(t)],
  resume: [7, (w, t) => w.resume(t)],
  begin: [1, (w, t) => w.begin(t)],
  processStep: [2, (w, t) => w.processStep(t)],
  processOn: [10, (w, t) => w.processOn(t)],
  finish: [1, (w, t) => w.finish(t)],
  orderStep: [2, (w, t) => w.orderStep(t)],
  orderOn: [6, (w, t) => w.orderOn(t)],
  complaintStep: [2, (w, t) => w.complaintStep(t)],
  complaintOn: [4, (w, t) => w.complaintOn(t)],
  jobs: [3, (w) => w.jobs()],
  minutes: [3, (w, t) => w.clockTo('minutes', t)],
  atNight: [2, (w, t) => w.atNight(t)],
  closeAgain: [2, (w, t) => w.closeAgain(t)],
  morning: [5, (w, t) => w.clockTo('morning', t)],
  days: [1, (w, t) => w.clockTo('days', t)],
  appointed: [6, (w, t) => w.clockTo('appointed', t)],
  restart: [1, (w) => w.real.restart()],
  // In the longer runs only: it takes places away, and with them what the usual ones promise to have tried.
  ...(numRuns > usualRuns ? { abandon: [2, (w: World, t: Try) => w.abandon(t)] as const } : {}),
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

/** How often each call is done and refused at least in the usual runs: about half of what they come to. */
const least: Readonly<Record<string, readonly [ok: number, refused: number]>> = {
  'installations.ignite': [1, 60],
  'installations.openAccount': [8, 32],
  'contracts.sign': [38, 59],
  'classes.change': [9, 5],
  'imports.commit': [6, 4],
  'inspections.record': [31, 68],
  'inspections.regrade': [5, 11],
  'inspections.reinspect': [13, 32],
  'inspections.deliver': [14, 6],
  'inspections.mend': [2, 5],
  'inspections.closeHazard': [4, 39],
  'inspections.voidVisit': [5, 6],
  'followups.call': [19, 17],
  'supply.planInterruption': [24, 4],
  'supply.notifyInterruption': [7, 7],
  'supply.postNotice': [9, 8],
  'supply.callCare': [7, 0],
  'supply.startInterruption': [7, 46],
  'supply.endInterruption': [6, 18],
  'supply.cancelInterruption': [13, 16],
  'supply.issueDunnings': [16, 51],
  'supply.deliverDunning': [13, 5],
  'supply.announceSuspension': [8, 11],
  'supply.suspendForArrears': [4, 20],
  'cashier.collect': [19, 21],
  'cashier.reverse': [2, 0],
  'supply.resumeSupply': [16, 126],
  'supply.deactivate': [4, 5],
  'supply.reactivate': [2, 6],
  'supply.removeProcessMeter': [3, 4],
  'supply.dismantle': [2, 4],
  'supply.exchangeMeter': [7, 9],
  'supply.addMeter': [5, 12],
  'supply.detachMeter': [1, 6],
  'supply.signMeterChange': [4, 24],
  'supply.transfer': [10, 17],
  'workorders.assign': [14, 3],
  'workorders.work': [41, 14],
  'workorders.verify': [9, 7],
  'workorders.close': [2, 16],
  'complaints.reply': [8, 1],
  'complaints.close': [4, 7],
  'staff.withdrawCertificate': [10, 5],
}

/** A random sequence of everything anybody can try. */
const sequence = (maxCommands: number) =>
  fc.commands(
    Object.entries(deeds).flatMap(([name, [weight]]) =>
      Array.from({ length: weight }, () => attempt.map((t) => new Command(name, t))),
    ),
    { maxCommands, size: 'max', replayPath: process.env['GATES_REPLAY'] },
  )

let town: Town
beforeAll(async () => void (town = await buildTown()))
afterAll(() => rmSync(town.folder, { recursive: true, force: true }))

test(
  'whatever anybody tries in whatever order, for months: no gate breaks, a refusal speaks Chinese and writes nothing',
  async () => {
    const tally = new Map<string, { ok: number; refused: number }>()
    const commands = sequence(300)
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
    if (process.env['GATES_TALLY'])
      console.log(
        [...tally]
          .sort()
          .map(([c, x]) => `${c} ${x.ok} ${x.refused}`)
          .join('\n'),
      )
    if (seed !== usualSeed || numRuns !== usualRuns || process.env['GATES_PATH'] !== undefined) return
    // No empty promise: each of these was done, and each was tried in vain, so often at least.
    for (const [call, [ok, refused]] of Object.entries(least)) {
      const found = tally.get(call) ?? { ok: 0, refused: 0 }
      expect(found.ok, `${call} was done`).toBeGreaterThanOrEqual(ok)
      expect(found.refused, `${call} was refused`).toBeGreaterThanOrEqual(refused)
    }
  },
  Math.max(900_000, numRuns * 10_000),
)

test(
  'whatever was done since a backup: after its restore nobody has gas who was cut off, and nobody gets it by test and check alone',
  async () => {
    let cutSince = 0
    const gasOf = (hall: TestHall) =>
      new Map(
        hall.hall.environment.sqlite
          .prepare<[], [string, string]>('SELECT id, gas_state FROM service_points')
          .raw()
          .all(),
      )
    await fc.assert(
      fc.asyncProperty(fc.noBias(sequence(100)), fc.noBias(sequence(200)), async (before, since) => {
        const real = await enterTown(town)
        try {
          const watch = new Watch(real, town, new Map())
          const world = new World(real, town, watch)
          const inhabited = () => ({ model: watch, real: world })
          await fc.asyncModelRun(inhabited, before)
          const { fileName } = await real.call(Now, {}, 'hall-manager')
          const then = gasOf(real)
          await fc.asyncModelRun(inhabited, since)
          const cut = [...gasOf(real)].filter(([id, gas]) => gas !== 'supplied' && then.get(id) === 'supplied')
          cutSince += cut.length
          const paths = real.hall.environment.paths
          await real.hall.close()
          const by = { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '磁盘损坏' }
          restoreBackup(paths, testKey, { fileName, by, at: real.clock.now() })
          await real.restart()
          const now = gasOf(real)
          for (const [id] of cut) {
            expect(now.get(id), id).not.toBe('supplied')
            for (const as of ['clerk', 'hall-manager'])
              await expect(world.resumeWell(as, id)).rejects.toBeInstanceOf(CallFailed)
            expect(gasOf(real).get(id), id).not.toBe('supplied')
          }
        } finally {
          await real.close()
        }
      }),
      { numRuns: Math.max(4, Math.floor(numRuns / 10)), seed, endOnFailure: true },
    )
    // No empty promise: somebody was cut off in between.
    expect(cutSince).toBeGreaterThan(0)
  },
  Math.max(900_000, numRuns * 10_000),
)
