/** Random sequences of calls by everybody, on a real hall: none breaks a gate, and what is refused writes nothing. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  CloseHazard,
  Deliver,
  Mend,
  Record as RecordResult,
  Regrade,
  Reinspect,
  Stay,
} from '../../src-main/inspections/api.ts'
import { toldResults } from '../../src-main/followups/api.ts'
import { grades, outcomes } from '../../src-main/inspections/words.ts'
import { setGasState } from '../../src-main/customers/service.ts'
import { liftHold } from '../../src-main/supply/service.ts'
import { actorOf, CallFailed } from '../support/hall.ts'
import {
  arrivalOn,
  callAs,
  certify,
  failedItem,
  generate,
  manyHouseholds,
  openInspectionHall,
  planned,
  req,
  ring,
  rows,
  type InspectionHall,
  resultOf,
} from './support.ts'
import { addDays, businessDate } from '../../src-main/platform/dates.ts'
import { effectsOf } from '../support/written.ts'

let set: InspectionHall
beforeAll(async () => {
  set = await openInspectionHall()
  for (const person of [set.wang, set.sun]) await certify(set.hall, person, 'maintenance', '2027-11-22')
  manyHouseholds(set.hall, 60)
  await generate(set.hall)
})
afterAll(() => set.hall.close())

const actors = ['3001', '3002', 'hall-manager', 'dispatcher', 'clerk', 'cashier'] as const
const acts = [
  'regrade',
  'deliver',
  'deliver',
  'mend',
  'reinspect',
  'reinspect',
  'reinspect',
  'call-back',
  'call-back',
  'call-back',
  'close',
  'close',
  'close',
  'stay',
  'resume',
  'lift',
] as const
const move = fc.record({
  act: fc.constantFrom(...acts),
  as: fc.constantFrom(...actors),
  grade: fc.constantFrom(...grades),
  /** 0 王安检, 1 孙安检, 2 somebody without a certificate. */
  inspector: fc.nat({ max: 2 }),
  good: fc.boolean(),
  result: fc.constantFrom(...toldResults, 'satisfied' as const),
  wait: fc.nat({ max: 90 }),
})
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never

/** From wherever the others have left it to its end: what cannot be done there any more is refused. */
const step = (act: Move['act'], as: Move['as'], inspector = 0): Move => ({
  ...{ act, as, inspector, grade: 'critical', good: true, result: 'satisfied', wait: 1 },
})
const home: readonly Move[] = [
  { ...step('stay', 'dispatcher'), good: false },
  step('deliver', 'clerk'),
  step('mend', 'clerk', 0),
  step('reinspect', 'clerk', 1),
  step('reinspect', 'clerk', 0),
  step('stay', 'dispatcher'),
  step('call-back', 'hall-manager'),
  step('close', 'dispatcher'),
]

const today = () => new Date(set.hall.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const inspectorOf = (n: number) => [set.wang, set.sun, actorOf('clerk').id][n] ?? ''

interface Found {
  readonly hazardId: string
  readonly servicePointId: string
  readonly mender: 'customer' | 'company'
}

function play({ hazardId, servicePointId }: Found, { act, as, grade, inspector, good, result }: Move): unknown {
  const { hall } = set
  const on = { requestId: req(), hazardId }
  switch (act) {
    case 'regrade':
      return callAs(hall, as, Regrade, { ...on, grade, note: '复核' })
    case 'deliver':
      return callAs(hall, as, Deliver, {
        ...on,
        deliveredOn: today(),
        deliveredBy: '王安检',
        receivedBy: '客户',
        receipt: 'signed',
      })
    case 'mend':
      return callAs(hall, as, Mend, { ...on, mendedOn: today(), workerId: inspectorOf(inspector), note: '已换' })
    case 'reinspect':
      return callAs(hall, as, Reinspect, {
        ...on,
        inspectorId: inspectorOf(inspector),
        inspectedOn: today(),
        passed: good,
        newDeadline: addDays(businessDate(today()), 10),
        note: '看过',
      })
    case 'call-back':
      return ring(hall, as, 'hazard', hazardId, result)
    case 'close':
      return callAs(hall, as, CloseHazard, { ...on, note: good ? '已电话告知社区' : '' })
    case 'stay':
      return callAs(hall, as, Stay, {
        ...on,
        supportCalledAt: hall.clock.now() - 2,
        supportArrivedAt: hall.clock.now() - 1,
        releasedAt: good ? hall.clock.now() : null,
      })
    // What no call does: somebody writes past every service.
    case 'resume':
      return hall.transact((context) => setGasState(context, servicePointId, 'supplied', null))
    case 'lift':
      return hall.transact((context) => liftHold(context, `hazard:${hazardId}`, '硬要'))
  }
}

interface Step {
  readonly kind: string
  readonly state: string
  readonly round: number
  readonly passed: number | null
  readonly workerId: string | null
  readonly actorId: string
  readonly at: number
}
const certified = () => new Set([set.wang, set.sun])
const callers = () => new Set([set.sun, actorOf('hall-manager').id])

/** The promises, looked at in what was written, without asking the rules. */
function expectSound({ hazardId, servicePointId, mender }: Found): string {
  const steps = rows<Step>(
    set.hall,
    `SELECT kind, state, round, passed, worker_id AS workerId, actor_id AS actorId, at FROM hazard_steps WHERE hazard_id = ? ORDER BY no`,
    hazardId,
  )
  const inspected = new Set<string>()
  steps.forEach(({ kind, round, passed, workerId, actorId }, i) => {
    const earlier = steps.slice(0, i).filter((step) => step.round === round)
    if (kind === 'find' || kind === 'reinspect') {
      expect(certified()).toContain(workerId)
      inspected.add(workerId ?? '')
    }
    if (kind === 'mend' && mender === 'company') {
      expect(certified()).toContain(workerId)
      inspected.add(workerId ?? '')
    }
    if (kind === 'reinspect' && mender === 'company') {
      const mended = earlier.filter((step) => step.kind === 'mend')
      expect(mended.map((step) => step.workerId)).not.toContain(workerId)
      if (passed === 1) expect(mended.length).toBeGreaterThan(0)
    }
    if (kind === 'call-back') {
      expect(callers()).toContain(actorId)
      expect(inspected).not.toContain(actorId)
      expect(earlier.findLast((step) => step.kind === 'reinspect')?.passed).toBe(1)
    }
    if (kind === 'close') {
      expect(inspected).not.toContain(actorId)
      expect(earlier.findLast((step) => step.kind === 'call-back')?.state).toBe('called-back')
      expect(steps.slice(0, i).some((step) => step.kind === 'deliver')).toBe(true)
    }
  })
  const [hazard] = rows<{ grade: string; state: string; holds: number; gas: string }>(
    set.hall,
    `SELECT h.grade, h.state, p.gas_state AS gas, (SELECT count(*) FROM supply_holds s
       WHERE s.subject = 'hazard:' || h.id AND s.lifted_at IS NULL) AS holds
     FROM hazards h JOIN service_points p ON p.id = ? WHERE h.id = ?`,
    servicePointId,
    hazardId,
  )
  const grave = hazard?.grade !== 'general'
  const unmended = hazard?.state === 'open' || hazard?.state === 'mended'
  expect(hazard?.holds, 'held exactly while grave and not re-inspected').toBe(grave && unmended ? 1 : 0)
  if (grave && unmended) expect(hazard?.gas).toBe('suspended')
  return hazard?.state ?? ''
}

/** Whoever left the site left it safe: gas cut, or nothing of the company's to mend any more (clause 19(4)). */
function expectMayLeave({ hazardId, mender }: Found): void {
  if (mender === 'customer') return
  const [left] = rows<{ off: number; good: number }>(
    set.hall,
    `SELECT EXISTS (SELECT 1 FROM supply_holds WHERE subject = 'hazard:' || @id AND lifted_at IS NULL) AS off,
       coalesce((SELECT passed FROM hazard_steps
         WHERE hazard_id = @id AND (kind IN ('mend', 'reinspect') OR kind = 'call-back' AND passed = 0)
         ORDER BY no DESC LIMIT 1), 0) AS good`,
    { id: hazardId },
  )
  expect(left?.off === 1 || left?.good === 1, 'left before it was safe').toBe(true)
}

const written = () =>
  rows<{ n: number }>(
    set.hall,
    `SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM audit_log${effectsOf('audit_log')}) +
       (SELECT count(*) FROM requests) AS n`,
  )[0]?.n

test('nothing anybody does in whatever order breaks a gate; a refusal speaks Chinese and writes nothing', async () => {
  const accounts = planned(set.hall)
  let [n, refused, done, closed] = [0, 0, 0, 0]
  await fc.assert(
    fc.asyncProperty(
      fc.array(move, { minLength: 30, maxLength: 80 }),
      fc.constantFrom(...grades),
      fc.constantFrom('customer' as const, 'company' as const),
      async (moves, grade, mender) => {
        const task = accounts[n++]
        if (!task) throw new Error('more runs than households')
        const failed = [
          failedItem({
            grade,
            mender,
            deadline: addDays(businessDate(today()), 15),
            measures: '关阀',
            onTheSpot: n % 2 === 0,
            supportCalledAt: n % 2 === 0 ? '' : arrivalOn(set.hall, today()),
          }),
        ]
        const { hazardIds } = await callAs(set.hall, 'clerk', RecordResult, {
          requestId: req(),
          taskId: task.id,
          visitedOn: today(),
          inspectorId: set.wang,
          outcome: 'hazard',
          failed,
          ...resultOf(set.hall, task.id, { outcome: 'hazard', failed, visitedOn: today() }),
        })
        const [point] = rows<{ id: string }>(
          set.hall,
          'SELECT service_point_id AS id FROM accounts WHERE id = ?',
          task.accountId,
        )
        const found = { hazardId: hazardIds[0] ?? '', servicePointId: point?.id ?? '', mender }
        for (const next of [...moves, ...home]) {
          set.hall.clock.advance(next.wait * 60_000)
          const before = written()
          let left = false
          try {
            await play(found, next)
            done++
            left = next.act === 'stay' && next.good
          } catch (error) {
            refused++
            if (error instanceof CallFailed) {
              expect(error.failure.code).not.toBe('Internal')
              expect(error.failure.message).toMatch(/^[^A-Za-z]*\p{Script=Han}[^A-Za-z]*$/u)
            } else {
              // Only what went past the services may be stopped by the database itself.
              expect(['resume', 'lift']).toContain(next.act)
            }
            expect(written()).toBe(before)
          }
          // Not among what may be refused: it has to fail in its own words.
          if (left) expectMayLeave(found)
          if (expectSound(found) === 'closed') closed++
        }
      },
    ),
    { numRuns: 25 },
  )
  // The sequences are no empty promise: both ways were taken often, and some came to the end.
  expect(refused).toBeGreaterThan(200)
  expect(done).toBeGreaterThan(60)
  expect(closed).toBeGreaterThan(0)
})

test('an inspection is never done without a visit, never twice, and absences are counted as they lie', async () => {
  const accounts = planned(set.hall).filter(({ state }) => state === 'planned')
  const visit = fc.record({
    outcome: fc.constantFrom(...outcomes),
    inspector: fc.nat({ max: 2 }),
    wait: fc.nat({ max: 3 }),
  })
  let n = 0
  await fc.assert(
    fc.asyncProperty(fc.array(visit, { minLength: 1, maxLength: 12 }), async (visits) => {
      const task = accounts[n++]
      if (!task) throw new Error('more runs than households')
      const taken: string[] = []
      for (const { outcome, inspector, wait } of visits) {
        set.hall.clock.advance(wait * 86_400_000)
        const failed = outcome === 'hazard' ? [failedItem({ deadline: addDays(businessDate(today()), 15) })] : []
        const answer = await callAs(set.hall, 'clerk', RecordResult, {
          requestId: req(),
          taskId: task.id,
          visitedOn: today(),
          inspectorId: inspectorOf(inspector),
          outcome,
          note: outcome === 'refused' ? '不便' : '',
          failed,
          ...resultOf(set.hall, task.id, { outcome, failed, visitedOn: today() }),
        }).catch((error: unknown) => {
          if (!(error instanceof CallFailed)) throw error
          expect(['CertificateMissing', 'ResultRefused']).toContain(error.failure.code)
          return null
        })
        if (answer) taken.push(outcome)
      }
      const [now] = planned(set.hall, task.accountId)
      const ended = taken.findIndex((outcome) => outcome === 'passed' || outcome === 'hazard')
      if (ended >= 0) expect(taken).toHaveLength(ended + 1)
      const last = taken.at(-1)
      const inARow = taken.length - 1 - taken.findLastIndex((outcome) => outcome !== 'absent')
      const state = last === undefined || last === 'absent' ? 'planned' : last
      expect(now).toMatchObject({ state, absences: inARow, doneOn: ended >= 0 ? now?.doneOn : null })
    }),
    { numRuns: 25 },
  )
})
