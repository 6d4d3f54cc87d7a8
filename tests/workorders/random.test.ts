/** Random sequences of calls by everybody, on a real hall: none breaks a gate, and what is refused writes nothing. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatInstant } from '../../src-main/platform/dates.ts'
import {
  Close,
  Issue,
  Reopen,
  Resume,
  Take,
  callbackResults,
  workSteps,
  type OrderState,
} from '../../src-main/workorders/api.ts'
import { actorOf, CallFailed, type TestHall } from '../support/hall.ts'
import { callAs, certify, employ, leakCall, openHallWithWorkers, repairCall, req, ways } from './people.ts'
import { effectsOf } from '../support/written.ts'

/** Last good day of each person's maintenance certificate, as the test knows it; '' for none. */
const goodUntil = new Map<string, string>()
let hall: TestHall
beforeAll(async () => {
  hall = await openHallWithWorkers()
  const person = async (
    staffNo: string,
    name: string,
    roles: ('clerk' | 'hall-manager' | 'dispatcher')[],
    to: string,
  ) => {
    const certificates = to === '' ? [] : (['maintenance', 'emergency', 'callback'] as const)
    goodUntil.set(await employ(hall, { staffNo, name, roles, certificates }, to), to)
  }
  await person('3001', '赵师傅', ['clerk'], '2026-12-31')
  await person('3002', '孙主任', ['clerk', 'hall-manager', 'dispatcher'], '2027-06-30')
  await person('3003', '钱新手', ['clerk', 'hall-manager', 'dispatcher'], '')
  await person('3004', '周师傅', ['clerk', 'hall-manager', 'dispatcher'], '2026-11-24')
  await certify(hall, actorOf('hall-manager').id, 'callback', '2027-11-22')
})
afterAll(() => hall.close())

const actors = ['3001', '3002', '3003', '3004', 'hall-manager', 'dispatcher', 'clerk'] as const
/** The step that leads on from where the order is, so that sequences get far: else nearly everything is refused. */
const onward = 'onward'
const acts = [
  onward,
  onward,
  onward,
  onward,
  onward,
  onward,
  'issue',
  'assign',
  'assign',
  ...workSteps,
  ...workSteps,
  'pause',
  'resume',
  'refer',
  'confirm',
  'verify',
  'verify',
  'call-back',
  'call-back',
  'close',
  'close',
  'reopen',
] as const
const move = fc.record({
  act: fc.constantFrom(...acts),
  as: fc.constantFrom(...actors),
  /** Which of the staff is assigned. */
  who: fc.nat({ max: 3 }),
  good: fc.boolean(),
  result: fc.constantFrom(...callbackResults),
  /** Minutes that go by before. */
  wait: fc.nat({ max: 300 }),
})
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never

const next: Partial<Record<OrderState, Exclude<Move['act'], typeof onward>>> = {
  reported: 'issue',
  issued: 'assign',
  assigned: 'accept',
  accepted: 'arrive',
  'on-site': 'handle',
  handled: 'repair',
  repaired: 'verify',
  verified: 'call-back',
  referring: 'confirm',
  referred: 'call-back',
  'called-back': 'close',
  closed: 'reopen',
}
const stateOf = (orderId: string) =>
  rows<{ state: OrderState }>('SELECT state FROM workorders WHERE id = ?', orderId)[0]?.state ?? 'reported'

function play(orderId: string, { act: chosen, as, who, good, result }: Move): Promise<unknown> {
  const act = chosen === onward ? (next[stateOf(orderId)] ?? 'issue') : chosen
  const way = ways(hall, orderId)
  const on = { requestId: req(), orderId }
  switch (act) {
    case 'issue':
      return callAs(hall, as, Issue, on)
    case 'assign':
      return way.assign([...goodUntil.keys()][who] ?? '', as)
    case 'pause':
      return way.pause(as, 1 + who * 20)
    case 'resume':
      return callAs(hall, as, Resume, on)
    case 'refer':
      return way.refer(as)
    case 'confirm':
      return way.confirm(as, good)
    case 'verify':
      return way.verify(as, good)
    case 'call-back':
      return way.callBack(as, result)
    case 'close':
      return callAs(hall, as, Close, on)
    case 'reopen':
      return callAs(hall, as, Reopen, { ...on, reason: '又坏了' })
    default:
      return way.work(act, as)
  }
}

interface Step {
  readonly kind: string
  readonly round: number
  readonly passed: number | null
  readonly workerId: string | null
  readonly actorId: string
  readonly at: number
}
const rows = <T>(sql: string, ...values: unknown[]) => hall.hall.environment.sqlite.prepare(sql).all(...values) as T[]
const stepsOf = (orderId: string) =>
  rows<Step>(
    `SELECT kind, round, passed, worker_id AS workerId, actor_id AS actorId, at FROM workorder_steps WHERE order_id = ? ORDER BY no`,
    orderId,
  )

/** The promises, looked at in what was written, without asking the rules. */
function expectSound(orderId: string): { closed: boolean } {
  const steps = stepsOf(orderId)
  const workers = new Set<string>()
  let closed = false
  steps.forEach(({ kind, round, workerId, actorId, at }, i) => {
    if (['assign', 'accept', 'arrive', 'handle', 'repair'].includes(kind))
      expect(formatInstant(at).slice(0, 10) <= (goodUntil.get(workerId ?? '') ?? ''), `${kind} by ${workerId}`).toBe(
        true,
      )
    if (kind === 'accept' && workerId) workers.add(workerId)
    if (kind === 'verify' || kind === 'call-back' || kind === 'close') expect(workers).not.toContain(actorId)
    if (kind === 'confirm')
      expect(actorId, 'own referral').not.toBe(steps.slice(0, i).findLast((one) => one.kind === 'refer')?.actorId)
    if (kind !== 'close') return
    closed = true
    const called = steps.slice(0, i).filter((step) => step.kind === 'call-back' && step.round === round)
    // Satisfied, or tried three times at different times without reaching anybody.
    let [apart, last] = [0, 0]
    for (const tried of called) {
      if (tried.passed !== null || tried.at - last < 4 * 3_600_000) continue
      last = tried.at
      apart++
    }
    const good = called.at(-1)?.passed === 1 || (apart >= 3 && called.at(-1)?.passed === null)
    expect(good, 'closed after a satisfied callback of this round, or after three tries').toBe(true)
  })
  return { closed }
}

const written = () =>
  rows<{ n: number }>(
    `SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM audit_log${effectsOf('audit_log')}) +
       (SELECT count(*) FROM requests) AS n`,
  )[0]?.n

test('nothing anybody does in whatever order breaks a gate; a refusal speaks Chinese and writes nothing', async () => {
  let [refused, done] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 10, maxLength: 60 }), fc.boolean(), async (moves, leak) => {
      const { orderId } = await callAs(hall, 'dispatcher', Take, leak ? leakCall() : repairCall())
      for (const next of moves) {
        hall.clock.advance(next.wait * 60_000)
        const before = written()
        try {
          await play(orderId, next)
          done++
        } catch (error) {
          if (!(error instanceof CallFailed)) throw error
          refused++
          expect(error.failure.code).not.toBe('Internal')
          expect(error.failure.message).toMatch(/^[^A-Za-z]*\p{Script=Han}[^A-Za-z]*$/u)
          expect(written()).toBe(before)
        }
        expectSound(orderId)
      }
    }),
    { numRuns: 25 },
  )
  // The sequences are no empty promise: both ways were taken often.
  expect(refused).toBeGreaterThan(100)
  expect(done).toBeGreaterThan(20)
})

test('an order pushed on by everybody in turn does reach its closure, by hands that did not work on it', async () => {
  const { orderId } = await callAs(hall, 'clerk', Take, repairCall())
  const sun = [...goodUntil.keys()][1] ?? ''
  const tries: Move[] = (['assign', ...workSteps, 'verify', 'call-back', 'close'] as const).flatMap((act) =>
    actors.map((as) => ({
      act,
      as,
      who: [...goodUntil.keys()].indexOf(sun),
      good: true,
      result: 'satisfied',
      wait: 0,
    })),
  )
  for (const next of tries) await play(orderId, next).catch(() => undefined)
  expect(expectSound(orderId)).toEqual({ closed: true })
})
