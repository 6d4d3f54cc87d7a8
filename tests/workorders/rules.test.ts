import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatInstant } from '../../src-main/platform/dates.ts'
import {
  orderActions,
  orderProcess,
  orderStates,
  timerOf,
  type OrderAction,
  type OrderFacts,
  type OrderState,
} from '../../src-main/workorders/process.ts'
import { deadlines, hourMs, isUrgent, kindTaken, leadersFrom } from '../../src-main/workorders/rules.ts'
import { adviceFor, majorSymptoms, symptoms } from '../../src-main/workorders/words.ts'

const { nextSteps, obstaclesTo, transitions } = orderProcess
const at = (text: string) => Date.parse(`${text}+08:00`)
const limits = { handleHours: 6, repairHours: 24 }

describe('the timers of an order (clause 18(3))', () => {
  test.each([
    ['2026-11-23T09:00', '2026-11-23 15:00', '2026-11-24 09:00'],
    ['2026-12-31T20:30', '2027-01-01 02:30', '2027-01-01 20:30'],
    ['2027-02-28T19:00', '2027-03-01 01:00', '2027-03-01 19:00'],
    ['2028-02-28T23:59', '2028-02-29 05:59', '2028-02-29 23:59'],
    ['2026-04-30T18:00', '2026-05-01 00:00', '2026-05-01 18:00'],
  ])('6 and 24 hours from %s end at %s and %s', (reported, handleBy, repairBy) => {
    const due = deadlines(at(reported), limits, [])
    expect([formatInstant(due.handleBy), formatInstant(due.repairBy)]).toEqual([handleBy, repairBy])
  })

  test('stand still while a pause is on record, and a deadline once missed stays missed', () => {
    const reported = at('2026-12-31T20:00')
    const pause = (from: string, to: string | null) => ({ from: at(from), to: to === null ? null : at(to) })
    const due = (...pauses: { from: number; to: number | null }[]) => {
      const { handleBy, repairBy } = deadlines(reported, limits, pauses)
      return [formatInstant(handleBy), formatInstant(repairBy)]
    }
    expect(due(pause('2026-12-31T22:00', '2027-01-01T08:00'))).toEqual(['2027-01-01 12:00', '2027-01-02 06:00'])
    expect(due(pause('2027-01-01T03:00', '2027-01-01T05:00'))).toEqual(['2027-01-01 02:00', '2027-01-01 22:00'])
    expect(due(pause('2027-01-02T03:00', '2027-01-02T05:00'))).toEqual(['2027-01-01 02:00', '2027-01-01 20:00'])
    expect(due(pause('2026-12-31T22:00', null))).toEqual(['2027-01-01 02:00', '2027-01-01 20:00'])
  })

  test('move by exactly the time that was paused before they ran out, however the pauses lie', () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 })), { maxLength: 6 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000 }), gaps, fc.boolean(), (start, pairs, reversed) => {
        const reported = start * hourMs
        let clock = reported
        const pauses = pairs.map(([wait, length]) => {
          const from = clock + wait * hourMs
          clock = from + length * hourMs
          return { from, to: clock }
        })
        // Counted hour by hour: an hour that is paused does not use up the limit.
        const walk = (hours: number) => {
          let [now, left] = [reported, hours]
          while (left > 0) {
            if (!pauses.some(({ from, to }) => from <= now && now < to)) left--
            now += hourMs
          }
          return now
        }
        const due = deadlines(reported, limits, reversed ? pauses.toReversed() : pauses)
        expect([due.handleBy, due.repairBy]).toEqual([walk(6), walk(24)])
      }),
    )
  })

  const order = (state: OrderState, more: Partial<Parameters<typeof timerOf>[0]> = {}) => ({
    ...{
      state,
      handleBy: 6,
      handledAt: null,
      repairBy: 24,
      dispatchBy: null,
      dispatchedAt: null,
      arriveBy: null,
      arrivedAt: null,
    },
    ...more,
  })
  test('run from the report to the handling, then to the repair, then not at all', () => {
    expect(orderStates.filter((state) => timerOf(order(state))?.timer === 'handle')).toEqual([
      'reported',
      'issued',
      'assigned',
      'accepted',
      'on-site',
      'handled',
      'referring',
    ])
    expect(timerOf(order('assigned', { handledAt: 1 }))).toEqual({ timer: 'repair', due: 24 })
    for (const state of ['repaired', 'verified', 'closed', 'asked', 'referred'] as const)
      expect(timerOf(order(state, { handledAt: 1 }))).toBeNull()
  })
  test('of a hazard run to the setting out and to the arrival first', () => {
    const hazard = { dispatchBy: 5, arriveBy: 30 }
    expect(timerOf(order('issued', hazard))).toEqual({ timer: 'dispatch', due: 5 })
    expect(timerOf(order('accepted', { ...hazard, dispatchedAt: 4 }))).toEqual({ timer: 'arrive', due: 30 })
    expect(timerOf(order('on-site', { ...hazard, dispatchedAt: 4, arrivedAt: 9 }))?.timer).toBe('handle')
  })
})

describe('a major hazard', () => {
  test('is never taken as a question or a repair, and always rings', () => {
    for (const symptom of majorSymptoms) {
      expect(kindTaken('consultation', symptom)).toBe('alarm')
      expect(kindTaken('repair', symptom)).toBe('alarm')
      expect(kindTaken('emergency', symptom)).toBe('emergency')
      expect(isUrgent('alarm', symptom)).toBe(true)
    }
    expect(kindTaken('repair', 'flame')).toBe('repair')
    expect(isUrgent('repair', 'flame')).toBe(false)
    expect(isUrgent('emergency', 'other')).toBe(true)
  })

  test('of gas inside is answered with: touch no switch, no fire, shut, air, out, and only then ring', () => {
    const told = adviceFor.leak
    const order = [/不要开关任何电器/, /不要用火/, /关闭表前阀/, /打开门窗/, /离开到户外/].map((said) =>
      told.findIndex((sentence) => said.test(sentence)),
    )
    expect(order).toEqual([0, 1, 2, 3, 4])
    for (const symptom of majorSymptoms) expect(adviceFor[symptom].length).toBeGreaterThanOrEqual(5)
    for (const symptom of symptoms) for (const said of adviceFor[symptom]) expect(said).toMatch(/\p{Script=Han}/u)
  })

  test('has its leaders read from the setting with or without phones', () => {
    expect(leadersFrom('李主任 13800000000；生产安全部负责人;\n值班经理：010-62345678；')).toEqual([
      { name: '李主任', phone: '13800000000' },
      { name: '生产安全部负责人', phone: '' },
      { name: '值班经理', phone: '010-62345678' },
    ])
  })
})

describe('what stands in the way', () => {
  const facts = fc.record({
    state: fc.constantFrom(...orderStates),
    urgent: fc.boolean(),
    paused: fc.boolean(),
    workers: fc.uniqueArray(fc.constantFrom('a', 'b')).map((ids): ReadonlySet<string> => new Set(ids)),
    assigneeId: fc.constantFrom('a', 'b', null),
    actorId: fc.constantFrom('a', 'b', 'c'),
    untold: fc.uniqueArray(fc.constantFrom('李主任', '值班领导')),
    referrerId: fc.constantFrom('a', 'b', null),
    gasOff: fc.boolean(),
    cutOff: fc.boolean(),
  }) satisfies fc.Arbitrary<OrderFacts>

  test('is said in Chinese for every wrong step, and names the step and what comes next', () => {
    fc.assert(
      fc.property(fc.constantFrom(...orderActions), facts, (action, fact) => {
        const obstacles = obstaclesTo(action, fact)
        if (!transitions[action].from.includes(fact.state)) expect(obstacles[0]?.code).toBe('WrongStep')
        for (const { text } of obstacles) expect(text).toMatch(/^[\p{Script=Han}\p{P}\d ]+$/u)
      }),
    )
    const found = obstaclesTo('close', {
      state: 'repaired',
      urgent: false,
      paused: false,
      workers: new Set(),
      assigneeId: 'a',
      actorId: 'c',
      untold: [],
      referrerId: null,
      gasOff: false,
      cutOff: false,
    })
    expect(found).toEqual([{ code: 'WrongStep', text: '工单现在是“已修复”，不能办理关闭，下一步是验证' }])
  })

  test('nobody ever judges own work, no pause holds back a hazard, none is closed before its leaders are told', () => {
    const judging: readonly OrderAction[] = ['verify', 'confirm', 'call-back', 'close']
    fc.assert(
      fc.property(fc.constantFrom(...orderActions), facts, (action, fact) => {
        if (obstaclesTo(action, fact).length > 0) return
        if (judging.includes(action)) expect(fact.workers.has(fact.actorId)).toBe(false)
        if (action === 'pause') expect(fact.urgent).toBe(false)
        if (action === 'confirm') expect(fact.referrerId).not.toBe(fact.actorId)
        if (action === 'close') expect([fact.untold, fact.gasOff, fact.cutOff]).toEqual([[], false, false])
        if (action !== 'resume') expect(fact.paused).toBe(false)
      }),
    )
  })

  test('leaves closure reachable only through a callback', () => {
    const before = orderActions.filter((action) => transitions[action].to === 'closed')
    expect(before).toEqual(['close'])
    expect(transitions.close.from).toEqual(['called-back'])
    expect(orderActions.filter((action) => transitions[action].to === 'called-back')).toEqual(['call-back'])
  })

  test('every open state says what comes next', () => {
    for (const state of orderStates)
      expect(nextSteps(state) === '', state).toBe(state === 'closed' || state === 'answered')
  })
})
