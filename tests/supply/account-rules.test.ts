import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessDate } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import {
  obstaclesTo,
  obstaclesToStart,
  prepaymentChoicesOf,
  settlementObstacles,
  stateAfter,
  transitions,
  type ProcessFacts,
} from '../../src-main/supply/account-rules.ts'
import { gasStates } from '../../src-main/customers/api.ts'
import { prepaymentChoices, processActions, processKinds, processStates } from '../../src-main/supply/api.ts'

const quiet = { from: '22:00', to: '06:00' }
const noon = { hour: 12, minute: 0 }
const day = businessDate('2026-11-23')
const finding = (no: number, passed = true) => ({ no, passed, performedOn: day })

const amount = fc.nat({ max: 500 }).map(fen)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const findings = maybe(
  fc.record({ no: fc.integer({ min: 1, max: 9 }), passed: fc.boolean(), performedOn: fc.constant(day) }),
)
const facts: fc.Arbitrary<ProcessFacts> = fc.record({
  kind: fc.constantFrom(...processKinds),
  state: fc.constantFrom(...processStates),
  resident: fc.boolean(),
  place: fc.record({
    accountState: fc.constantFrom('active' as const, 'transferred' as const, 'closed' as const),
    gasState: fc.constantFrom(...gasStates),
    meters: fc.nat({ max: 3 }),
  }),
  settlement: fc.record({
    unbilled: fc.nat({ max: 1 }),
    principal: amount,
    lateFee: amount,
    prepayment: amount,
    charges: amount,
  }),
  prepayment: fc.constantFrom(...prepaymentChoices),
  finalReadings: fc.array(
    fc.record({
      meterNo: fc.constant('M1'),
      on: maybe(fc.constantFrom(day, businessDate('2026-11-22'))),
      state: fc.constantFrom('waits' as const, 'stale' as const, 'billed' as const),
    }),
    { maxLength: 2 },
  ),
  effectiveOn: fc.constant(day),
  tightness: findings,
  safetyCheck: findings,
  today: fc.constantFrom(day, businessDate('2026-11-25')),
  testDays: fc.nat({ max: 3 }),
  removal: findings,
  unremoved: fc.constantFrom<readonly string[]>([], ['M1']),
  addition: findings,
  exchange: findings,
  holds: fc.constantFrom<readonly string[]>([], ['隐患']),
  holderNamed: fc.boolean(),
  absence: fc.constantFrom('none', 'reported', 'approved'),
  missingPapers: fc.constantFrom<readonly string[]>([], ['身份证明尚未上传']),
  drafted: fc.nat({ max: 2 }),
  signed: fc.subarray(['supply', 'safety'] as ('supply' | 'safety')[]).map((kinds) => new Set(kinds)),
  consent: fc.boolean(),
  debtKept: maybe(amount),
  ground: maybe(fc.constantFrom('demolished' as const, 'disputed' as const)),
  seen: findings,
  groundProved: fc.boolean(),
  groundApproved: fc.boolean(),
  openMatters: fc.constantFrom<readonly string[]>([], ['工单']),
})
const time = fc.record({ hour: fc.nat({ max: 23 }), minute: fc.nat({ max: 59 }) })

describe('the table of transitions', () => {
  test('leads only forward: what has ended has no way on, whatever is tried', () => {
    for (const kind of processKinds) {
      for (const action of processActions) {
        expect(stateAfter(kind, action, 'done')).toBeNull()
        expect(stateAfter(kind, action, 'cancelled')).toBeNull()
      }
      expect(Object.values(transitions[kind].finish ?? {})).toEqual(['done'])
      expect(Object.values(transitions[kind].cancel ?? {}).every((state) => state === 'cancelled')).toBe(true)
    }
  })

  test('reaches the end from the beginning in every kind, and cancels nothing that was done to a meter', () => {
    for (const kind of processKinds) {
      const reached = new Set(['applied'])
      for (const _ of processStates) {
        for (const moves of Object.values(transitions[kind])) {
          for (const [from, to] of Object.entries(moves)) if (reached.has(from)) reached.add(to)
        }
      }
      expect(reached).toContain('done')
      for (const after of ['removed', 'exchanged', 'added'] as const)
        expect(stateAfter(kind, 'cancel', after)).toBeNull()
    }
  })
})

test('whatever the facts, an end without obstacles is settled, proved, signed and held by nothing', () => {
  let free = 0
  fc.assert(
    fc.property(facts, time, (f, now) => {
      const obstacles = obstaclesTo('finish', f, now, quiet)
      if (obstacles.length > 0) return
      free++
      const { settlement: s, kind } = f
      expect(stateAfter(kind, 'finish', f.state)).toBe('done')
      if (kind === 'exchange') {
        const after = f.exchange?.no ?? Infinity
        expect(f.tightness?.passed && f.tightness.no >= after).toBe(true)
        if (f.place.gasState === 'supplied') expect(f.safetyCheck?.passed && f.safetyCheck.no >= after).toBe(true)
        return
      }
      if (kind === 'addition' || kind === 'detachment') {
        const work = kind === 'addition' ? f.addition : f.removal
        expect(f.tightness?.passed && work && f.tightness.no >= work.no).toBe(true)
        if (f.place.gasState === 'supplied')
          expect(f.safetyCheck?.passed && work && f.safetyCheck.no >= work.no).toBe(true)
        return
      }
      expect(s.unbilled).toBe(0)
      // A debt stays by approval, and never more than was agreed to; nobody else takes it over.
      if (f.debtKept === null || kind === 'transfer') expect(s.principal + s.lateFee).toBe(0)
      else expect(s.principal).toBeLessThanOrEqual(f.debtKept)
      if (kind === 'closing' && f.ground !== null)
        expect(f.seen !== null && f.groundProved && f.groundApproved).toBe(true)
      if (kind === 'dismantling' || kind === 'closing' || f.prepayment === 'refund')
        if (kind !== 'reactivation') expect(s.prepayment).toBe(0)
      if (kind === 'reactivation') {
        expect(f.place.gasState).toBe('deactivated')
        expect(f.tightness?.passed && f.safetyCheck?.passed).toBe(true)
        expect(Date.parse(f.today) - Date.parse(day)).toBeLessThanOrEqual(f.testDays * 86_400_000)
        expect(f.holds).toEqual([])
        if (f.resident) expect(now.hour >= 6 && now.hour < 22).toBe(true)
      }
      if (kind === 'deactivation')
        for (const reading of f.finalReadings) {
          expect(reading.on).not.toBeNull()
          if (reading.state !== 'waits') expect(reading).toMatchObject({ on: day, state: 'billed' })
        }
      if (kind === 'dismantling') {
        expect(['deactivated', 'suspended']).toContain(f.place.gasState)
        expect(f.removal).not.toBeNull()
        expect(f.unremoved).toEqual([])
        expect(f.tightness?.passed && f.tightness.no >= (f.removal?.no ?? 0)).toBe(true)
      }
      if (kind === 'transfer') {
        expect(f.signed.size).toBe(2)
        expect(f.holderNamed && f.missingPapers.length === 0).toBe(true)
        if (f.prepayment === 'carry' && s.prepayment > 0) expect(f.consent).toBe(true)
      }
    }),
    { numRuns: 20_000, seed: 7 },
  )
  expect(free).toBeGreaterThan(10)
})

test('every refusal says what stands in the way, in Chinese, and where it is mended', () => {
  fc.assert(
    fc.property(facts, fc.constantFrom(...processActions), time, (f, action, now) => {
      const obstacles = obstaclesTo(action, f, now, quiet)
      const possible = stateAfter(f.kind, action, f.state) !== null
      if (!possible) expect(obstacles.length).toBeGreaterThan(0)
      for (const { text } of obstacles) expect(text).toMatch(/\p{Script=Han}/u)
    }),
  )
})

test('money: owed with its late fee, and what is held only where it must be paid back', () => {
  const s = { unbilled: 0, principal: fen(1_000), lateFee: fen(30), prepayment: fen(500), charges: fen(0) }
  expect(settlementObstacles(s, 'keep').map(({ text }) => text)).toEqual(['欠费 10.30 元（含违约金 0.30 元）未缴清'])
  expect(settlementObstacles({ ...s, principal: fen(0), lateFee: fen(0) }, 'refund').map(({ text }) => text)).toEqual([
    '预存余额 5.00 元未退还',
  ])
  // A late fee alone is a debt too.
  expect(settlementObstacles({ ...s, principal: fen(0) }, 'keep')).toHaveLength(1)
  for (const kind of ['dismantling', 'closing'] as const) expect(prepaymentChoicesOf[kind]).toEqual(['refund'])
})

test('a process begins only where the gas stands so', () => {
  const place = { accountState: 'active' as const, meters: 1, inHand: null, closed: false }
  const table = gasStates.map((gasState) => [
    gasState,
    processKinds.filter((kind) => obstaclesToStart(kind, { ...place, gasState }).length === 0),
  ])
  expect(Object.fromEntries(table)).toEqual({
    'not-ignited': ['closing'],
    supplied: ['deactivation', 'transfer', 'exchange', 'addition'],
    suspended: ['dismantling', 'transfer', 'exchange'],
    deactivated: ['reactivation', 'dismantling', 'transfer', 'exchange'],
    dismantled: ['closing'],
  })
  // Nobody can take the meter off: 销户 begins with why, and only there.
  for (const gasState of ['supplied', 'suspended', 'deactivated'] as const)
    expect(obstaclesToStart('closing', { ...place, gasState }, 'demolished')).toEqual([])
  expect(obstaclesToStart('closing', { ...place, gasState: 'not-ignited' }, 'demolished')).toHaveLength(1)
  expect(obstaclesToStart('deactivation', { ...place, gasState: 'supplied' }, 'disputed')).toHaveLength(1)
  const two = { ...place, meters: 2 }
  for (const gasState of ['supplied', 'suspended', 'deactivated'] as const)
    expect(obstaclesToStart('detachment', { ...two, gasState })).toEqual([])
  expect(obstaclesToStart('addition', { ...place, gasState: 'supplied', meters: 9 })).toEqual([
    '一户最多 9 块在用表，已达上限',
  ])
  const ended = { ...place, accountState: 'closed' as const, gasState: 'dismantled' as const, meters: 0 }
  expect(processKinds.filter((kind) => obstaclesToStart(kind, ended).length === 0)).toEqual(['closing'])
  expect(obstaclesToStart('closing', { ...ended, closed: true })).toEqual(['已办理销户'])
  expect(obstaclesToStart('transfer', { ...place, gasState: 'supplied', inHand: '停用在办' })).toEqual(['停用在办'])
})

test('the test of the blanked pipe proves the pipe as it was blanked last', () => {
  const base: ProcessFacts = {
    kind: 'dismantling',
    state: 'removed',
    resident: true,
    place: { accountState: 'active', gasState: 'deactivated', meters: 0 },
    settlement: { unbilled: 0, principal: fen(0), lateFee: fen(0), prepayment: fen(0), charges: fen(0) },
    prepayment: 'refund',
    finalReadings: [],
    effectiveOn: day,
    tightness: finding(3),
    safetyCheck: null,
    today: day,
    testDays: 0,
    removal: finding(2),
    unremoved: [],
    addition: null,
    exchange: null,
    holds: [],
    holderNamed: false,
    absence: 'none',
    missingPapers: [],
    drafted: 0,
    signed: new Set(),
    consent: false,
    debtKept: null,
    ground: null,
    seen: null,
    groundProved: false,
    groundApproved: false,
    openMatters: [],
  }
  expect(obstaclesTo('finish', base, noon, quiet)).toEqual([])
  const again = obstaclesTo('finish', { ...base, removal: finding(4) }, noon, quiet)
  expect(again.map(({ text }) => text)).toEqual(['尚未做封堵严密性试验（第十七条）'])
})
