/**
 * The 6 h and 24 h of clause 18(3) and the 48 h of clause 20(1), over random histories with pauses and reopenings: scorecard
 * and report show the same figures, and both what a few lines make of the steps alone.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figures } from '../../src-main/appraisal/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { Reopen, Resume, Take } from '../../src-main/workorders/api.ts'
import { hands, openHallForComplaints, take } from '../complaints/people.ts'
import { callAs, certify, employ, openHallWithWorkers, repairCall, req, ways } from '../workorders/people.ts'
import { actorOf } from '../support/hall.ts'
import type { TestHall } from '../support/hall.ts'
import { runReport, section } from './support.ts'

const hourMs = 3_600_000
/** Six orders of thirty steps of nine hours stay inside it. */
const year = { from: businessDate('2026-01-01'), to: businessDate('2026-12-31') }
const runs = Number(process.env['RANDOM_RUNS'] ?? 12)

type Act = 'wait' | 'on' | 'pause' | 'resume' | 'refer' | 'confirm' | 'again'
const order = fc.array(
  fc.record({
    act: fc.constantFrom<Act>('wait', 'wait', 'on', 'on', 'on', 'on', 'pause', 'resume', 'refer', 'confirm', 'again'),
    hours: fc.integer({ min: 0, max: 9 }),
  }),
  { minLength: 2, maxLength: 24 },
)

/** Plays one order; a step that is not possible now is left out. */
async function play(hall: TestHall, worker: string, steps: readonly { act: Act; hours: number }[]): Promise<void> {
  const { orderId } = await callAs(hall, 'clerk', Take, repairCall())
  // No step falls on the very instant of a deadline.
  hall.clock.advance(1)
  const on = () => ({ requestId: req(), orderId })
  const way = ways(hall, orderId)
  const whole = [
    () => way.assign(worker),
    ...(['accept', 'arrive', 'handle', 'repair'] as const).map((s) => () => way.work(s)),
  ]
  let ahead = [...whole]
  const again = async () => {
    await way.verify('dispatcher').catch(() => undefined)
    await way.callBack('hall-manager')
    await callAs(hall, 'clerk', Reopen, { ...on(), reason: '客户又来电' })
    ahead = [...whole]
  }
  for (const { act, hours } of steps) {
    hall.clock.advance(hours * hourMs)
    const tried = {
      wait: () => Promise.resolve(),
      again,
      on: async () => {
        await ahead[0]?.()
        ahead.shift()
      },
      pause: () => way.pause('dispatcher', 1 + 3 * hours),
      resume: () => callAs(hall, 'dispatcher', Resume, on()),
      refer: () => way.refer(),
      confirm: () => way.confirm('dispatcher', hours % 3 > 0),
    }[act]()
    await (tried as Promise<unknown>).catch(() => undefined)
  }
}

interface Step {
  readonly kind: string
  readonly at: number
  readonly round: number
  readonly passed: number | null
  readonly pausedUntil: number | null
}

/** A referral that nobody has agreed to is no end of anything. */
const agreed = (steps: readonly Step[]) =>
  steps.filter(
    ({ kind }, i) =>
      kind !== 'refer' ||
      steps.slice(i + 1).find((later) => later.kind === 'confirm' || later.kind === 'refer')?.passed === 1,
  )

/**
 * From the steps alone: [judged, in time] for what has to be done within `hours`, in each round from its beginning. A round
 * that was late makes the whole late; one that still runs leaves it open.
 */
function judge(steps: readonly Step[], done: string, hours: number, now: number): readonly [boolean, boolean] {
  // A reopening is the last step of the round it ends.
  const rounds = steps.filter(({ kind }) => kind === 'reopen').length + 1
  const of = (round: number) => steps.filter((step) => step.round === round)
  const each = Array.from({ length: rounds }, (_, i) =>
    judgeRound([...of(i).slice(-1), ...of(i + 1)], done, hours, now),
  )
  if (each.some(([due, met]) => due && !met)) return [true, false]
  return [each.at(-1)?.[0] ?? false, each.at(-1)?.[0] ?? false]
}
function judgeRound(steps: readonly Step[], done: string, hours: number, now: number): readonly [boolean, boolean] {
  let used = 0
  let since: number | null = steps[0]?.at ?? 0
  // A pause is over when it was to be over, whoever writes that down.
  let until = Number.POSITIVE_INFINITY
  for (const { kind, at, pausedUntil } of agreed(steps).slice(1)) {
    if (since !== null && ['pause', 'refer', done].includes(kind)) {
      used += at - since
      since = null
    }
    if (kind === 'pause') until = pausedUntil ?? Number.POSITIVE_INFINITY
    if (kind === 'resume') {
      since = Math.min(at, until)
      until = Number.POSITIVE_INFINITY
    }
    if (kind === done) return [true, used <= hours * hourMs]
  }
  if (since === null && until < now) since = until
  if (since !== null) used += now - since
  return [used > hours * hourMs, false]
}

test('scorecard, report and the steps themselves agree on which orders were in time (clause 18(3))', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 6 }), async (orders) => {
      const hall = await openHallWithWorkers()
      try {
        const worker = await employ(hall, {
          staffNo: '3001',
          name: '赵师傅',
          roles: ['clerk'],
          certificates: ['maintenance'],
        })
        await certify(hall, actorOf('hall-manager').id, 'callback', '2027-11-22')
        for (const steps of orders) await play(hall, worker, steps)
        const { sqlite, clock } = hall.hall.environment
        const ids = sqlite.prepare<[], string>('SELECT id FROM workorders').pluck().all()
        const none = (): [number, number] => [0, 0]
        const expected = { handled: none(), repaired: none() }
        for (const id of ids) {
          const steps = sqlite
            .prepare<[string], Step>(
              'SELECT kind, at, round, passed, paused_until AS pausedUntil FROM workorder_steps WHERE order_id = ? ORDER BY no',
            )
            .all(id)
          for (const [name, done, hours] of [
            ['handled', 'handle', 6],
            ['repaired', 'repair', 24],
          ] as const) {
            const [due, met] = judge(steps, done, hours, clock.now())
            const [numerator, denominator] = expected[name]
            expected[name] = [numerator + Number(met), denominator + Number(due)]
          }
        }
        const share = (name: string) =>
          hall.transact((context) => figures.find((one) => one.name === name)?.compute(context, year))
        expect(share('workorders.handled')).toEqual({
          numerator: expected.handled[0],
          denominator: expected.handled[1],
        })
        expect(share('workorders.repaired')).toEqual({
          numerator: expected.repaired[0],
          denominator: expected.repaired[1],
        })
        const { totals } = section(await runReport(hall, 'repairs', 'year', '2026-11-23'), 'kind')
        const total = (column: string) => Number(totals?.[column] ?? 0)
        expect([total('handledInTime'), total('handleDue')]).toEqual(expected.handled)
        expect([total('repairedInTime'), total('repairDue')]).toEqual(expected.repaired)
      } finally {
        await hall.close()
      }
    }),
    { numRuns: runs },
  )
}, 600_000)

test('and on which complaints were answered in time, in every round (clause 20(1))', async () => {
  const act = fc.record({
    act: fc.constantFrom('wait', 'on', 'on', 'on', 'again'),
    hours: fc.integer({ min: 0, max: 30 }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 2, maxLength: 16 }), { minLength: 1, maxLength: 4 }),
      async (all) => {
        const hall = await openHallForComplaints()
        try {
          for (const acts of all) {
            const { complaintId } = await take(hall)
            hall.clock.advance(1)
            const way = hands(hall, complaintId)
            const whole = [() => way.assign(), () => way.investigate(), () => way.reply()]
            let ahead = [...whole]
            for (const { act: what, hours } of acts) {
              hall.clock.advance(hours * hourMs)
              const done = async () => {
                if (what === 'on') {
                  await ahead[0]?.()
                  ahead.shift()
                } else if (what === 'again') {
                  await way.callBack()
                  await way.reopen()
                  ahead = [...whole]
                }
              }
              await done().catch(() => undefined)
            }
          }
          const { sqlite, clock } = hall.hall.environment
          const expected: [number, number] = [0, 0]
          for (const id of sqlite.prepare<[], string>('SELECT id FROM complaints').pluck().all()) {
            const steps = sqlite
              .prepare<[string], Step>('SELECT kind, at, round FROM complaint_steps WHERE complaint_id = ? ORDER BY no')
              .all(id)
            const [due, met] = judge(steps, 'reply', 48, clock.now())
            expected[0] += Number(met)
            expected[1] += Number(due)
          }
          const share = hall.transact((context) =>
            figures.find(({ name }) => name === 'complaints.replied')?.compute(context, year),
          )
          expect(share).toEqual({ numerator: expected[0], denominator: expected[1] })
          const { totals } = section(await runReport(hall, 'complaints', 'year', '2026-11-23'), 'class')
          expect([Number(totals?.['repliedInTime'] ?? 0), Number(totals?.['replyDue'] ?? 0)]).toEqual(expected)
        } finally {
          await hall.close()
        }
      },
    ),
    { numRuns: runs },
  )
}, 600_000)
