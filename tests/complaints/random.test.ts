/** Random sequences of calls by everybody, on a real hall: none breaks a gate, and what is refused writes nothing. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Name } from '../../src-main/complaints/api.ts'
import { toldResults } from '../../src-main/followups/api.ts'
import { CallFailed, type TestHall } from '../support/hall.ts'
import { callAs, employ, openHallWithWorkers, req } from '../workorders/people.ts'
import { complaint, hands, take } from './people.ts'

const actors = ['3001', '3002', '3003', '3004'] as const
type ActorNo = (typeof actors)[number]
const idOf = new Map<ActorNo, string>()
let hall: TestHall
beforeAll(async () => {
  hall = await openHallWithWorkers()
  for (const staffNo of actors) {
    const certificates = staffNo === '3004' ? [] : (['callback'] as const)
    const roles = ['clerk', 'hall-manager', 'dispatcher'] as const
    idOf.set(
      staffNo,
      await employ(hall, { staffNo, name: `员工${'甲乙丙丁'[Number(staffNo) - 3001]}`, roles, certificates }),
    )
  }
})
afterAll(() => hall.close())

const move = fc.record({
  act: fc.constantFrom(
    'assign', 'investigate', 'investigate', 'reply', 'reply', 'call-back', 'call-back', 'call-back', 'close', 'close',
    'reopen', 'name',
  ), // prettier-ignore
  as: fc.constantFrom(...actors),
  whom: fc.constantFrom(...actors),
  result: fc.constantFrom(...toldResults, 'satisfied' as const),
  /** Minutes that go by before. */
  wait: fc.nat({ max: 400 }),
})
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never

function play(complaintId: string, { act, as, whom, result }: Move): Promise<unknown> {
  const way = hands(hall, complaintId)
  switch (act) {
    case 'assign':
      return way.assign(idOf.get(whom), as)
    case 'investigate':
      return way.investigate(as)
    case 'reply':
      return way.reply(as)
    case 'call-back':
      return way.callBack(as, result)
    case 'close':
      return way.close(as)
    case 'name':
      return callAs(hall, as, Name, { requestId: req(), complaintId, staffIds: [idOf.get(whom) ?? ''] })
    default:
      return way.reopen(as)
  }
}

const rows = <T>(sql: string, ...values: unknown[]) => hall.hall.environment.sqlite.prepare(sql).all(...values) as T[]

/** The promises, looked at in what was written, without asking the rules. */
function expectSound(complaintId: string): { closed: boolean } {
  const steps = rows<{
    kind: string
    round: number
    state: string
    at: number
    actorId: string
    personId: string | null
  }>(
    `SELECT kind, round, state, at, actor_id AS actorId, person_id AS personId FROM complaint_steps WHERE complaint_id = ? ORDER BY no`,
    complaintId,
  )
  const named = rows<{ id: string; at: number }>(
    'SELECT staff_id AS id, at FROM complaint_parties WHERE complaint_id = ?',
    complaintId,
  )
  const calls = rows<{ round: number; result: string; actorId: string; at: number }>(
    'SELECT round, result, actor_id AS actorId, at FROM followup_calls WHERE subject_id = ? ORDER BY at, id',
    complaintId,
  )
  const uncertified = idOf.get('3004')
  const handled = new Set<string>()
  let closed = false
  for (const { kind, round, at, actorId, personId } of steps) {
    const complainedOf = named.filter((party) => party.at < at).map(({ id }) => id)
    expect(complainedOf, `${kind} by whom it is about`).not.toContain(actorId)
    if (kind === 'assign') expect(complainedOf).not.toContain(personId)
    if (kind === 'assign' && personId) handled.add(personId)
    if (kind === 'investigate' || kind === 'reply') handled.add(actorId)
    if (kind === 'call-back' || kind === 'close') expect(handled, kind).not.toContain(actorId)
    if (kind === 'call-back') expect(actorId).not.toBe(uncertified)
    const before = steps.filter((step) => step.round === round && step.at <= at).map((step) => step.kind)
    if (kind === 'reply') expect(before).toContain('investigate')
    if (kind !== 'close') continue
    closed = true
    const ended = calls.findLast((call) => call.round === round && call.at <= at)
    expect(['satisfied', 'unreachable']).toContain(ended?.result)
  }
  // One act: as many calls as callback steps, by the same people.
  expect(calls.map(({ actorId }) => actorId)).toEqual(
    steps.filter(({ kind }) => kind === 'call-back').map(({ actorId }) => actorId),
  )
  return { closed }
}

const written = () =>
  rows<{ n: number }>(
    'SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM audit_log) + (SELECT count(*) FROM requests) AS n',
  )[0]?.n

test('nothing anybody does in whatever order breaks a gate; a refusal speaks Chinese and writes nothing', async () => {
  let [refused, done] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 20, maxLength: 80 }), async (moves) => {
      const { complaintId } = await take(hall, complaint({ staffIds: [] }), '3001')
      for (const next of moves) {
        hall.clock.advance(next.wait * 60_000 + 1)
        const before = written()
        try {
          await play(complaintId, next)
          done++
        } catch (error) {
          if (!(error instanceof CallFailed)) throw error
          refused++
          expect(error.failure.code).not.toBe('Internal')
          expect(error.failure.message).toMatch(/^[^A-Za-z]*\p{Script=Han}[^A-Za-z]*$/u)
          expect(written()).toBe(before)
        }
      }
      expectSound(complaintId)
    }),
    { numRuns: 40 },
  )
  // The sequences are no empty promise: both ways were taken often.
  expect(refused).toBeGreaterThan(100)
  expect(done).toBeGreaterThan(50)
})

test('a complaint pushed on by everybody in turn does reach its closure, by hands that did not handle it', async () => {
  const { complaintId } = await take(hall, complaint(), '3001')
  for (const act of ['assign', 'investigate', 'reply', 'call-back', 'close'] as const)
    for (const as of actors) {
      hall.clock.advance(60_000)
      await play(complaintId, { act, as, whom: '3004', result: 'satisfied', wait: 0 }).catch(() => undefined)
    }
  expect(expectSound(complaintId)).toEqual({ closed: true })
})
