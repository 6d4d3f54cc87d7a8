import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessDate } from '../../src-main/platform/dates.ts'
import { litre } from '../../src-main/platform/money.ts'
import {
  checklist,
  checklistKinds,
  checklistPassed,
  checklistProblem,
} from '../../src-main/installations/checklists.ts'
import {
  applicationActions,
  applicationStates,
  duringQuietHours,
  obstaclesTo,
  startingStates,
  stateAfter,
  tightnessFaults,
  volumeProblem,
  type Evidence,
  type Finding,
} from '../../src-main/installations/rules.ts'

const today = businessDate('2026-11-23')
const morning = { date: today, hour: 9, minute: 0, second: 0 }
const night = { ...morning, hour: 23 }
const quiet = { from: '22:00', to: '06:00' }

const finding = (no: number, passed = true): Finding => ({ no, passed, performedOn: today })
const complete: Evidence = {
  resident: true,
  survey: finding(2),
  livingContracts: 2,
  signed: new Set(['supply', 'safety'] as const),
  accountOpened: true,
  meter: finding(4),
  acceptance: finding(5),
  tightness: finding(6),
  safetyCheck: finding(7),
  held: [],
  today,
  testDays: 0,
}
const toIgnite = (evidence: Evidence, at = morning) => obstaclesTo('ignite', 'accepted', evidence, at, quiet)

const anyFinding = fc.option(
  fc.record({
    no: fc.integer({ min: 1, max: 9 }),
    passed: fc.boolean(),
    performedOn: fc.constantFrom(businessDate('2026-11-20'), today),
  }),
  { nil: null },
)
const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  resident: fc.boolean(),
  survey: anyFinding,
  livingContracts: fc.integer({ min: 0, max: 2 }),
  signed: fc.subarray(['supply', 'safety'] as const).map((kinds) => new Set(kinds)),
  accountOpened: fc.boolean(),
  meter: anyFinding,
  acceptance: anyFinding,
  tightness: anyFinding,
  safetyCheck: anyFinding,
  held: fc.subarray(['隐患 Y1 未整改']),
  today: fc.constantFrom(today, businessDate('2026-11-25')),
  testDays: fc.nat({ max: 7 }),
})
/** Written anew from the clauses, not from the rules: what the regulation asks before gas flows. */
const lawful = (e: Evidence): boolean =>
  e.survey?.passed === true &&
  e.signed.size === 2 &&
  e.held.length === 0 &&
  e.accountOpened &&
  e.meter !== null &&
  e.acceptance?.passed === true &&
  e.acceptance.no >= e.meter.no &&
  [e.tightness, e.safetyCheck].every(
    (proof) =>
      proof?.passed === true &&
      proof.no >= (e.acceptance?.no ?? 0) &&
      Date.parse(e.today) - Date.parse(proof.performedOn) <= e.testDays * 86_400_000 &&
      proof.performedOn >= (e.acceptance?.performedOn ?? ''),
  )

describe('通气 (clauses 15, 17)', () => {
  test('is free exactly when survey, both contracts, account, meter, acceptance, tightness and safety check stand', () => {
    expect(toIgnite(complete)).toEqual([])
    fc.assert(
      fc.property(anyEvidence, (evidence) => (toIgnite(evidence).length === 0) === lawful(evidence)),
      { numRuns: 5_000 },
    )
  })

  test('names everything that is missing at once, so that one visit mends it', () => {
    const nothing: Evidence = {
      ...complete,
      survey: null,
      livingContracts: 0,
      signed: new Set(),
      accountOpened: false,
      meter: null,
      acceptance: null,
      tightness: null,
      safetyCheck: null,
    }
    const texts = obstaclesTo('ignite', 'applied', nothing, morning, quiet).map(({ text }) => text)
    expect(texts).toHaveLength(8)
    expect(texts.join()).toMatch(/勘查.*供用气合同.*安全用气合同.*开户.*装表.*验收.*严密性试验.*安全检查/)
  })

  test('asks for tightness test and safety check again after a later acceptance', () => {
    const again = { ...complete, acceptance: finding(8) }
    expect(toIgnite(again).map(({ text }) => text)).toEqual([
      expect.stringContaining('严密性试验做于最近一次验收之前'),
      expect.stringContaining('安全检查做于最近一次验收之前'),
    ])
  })

  test('asks for them again once they are of another day, or older than the hall lets them be', () => {
    const later = { ...complete, today: businessDate('2026-11-25') }
    expect(toIgnite(later).map(({ text }) => text)).toEqual([
      '严密性试验做于 2026-11-23，不是今天，须重新做（第十七条）',
      '安全检查做于 2026-11-23，不是今天，须重新做（第十七条）',
    ])
    expect(toIgnite({ ...later, testDays: 2 })).toEqual([])
    expect(toIgnite({ ...later, testDays: 1, safetyCheck: null }).map(({ text }) => text)).toEqual([
      '严密性试验做于 2026-11-23，超过 1 天，须重新做（第十七条）',
      '尚未做安全检查（第十七条）',
    ])
  })

  test('of a resident waits for the day; of an organisation it need not', () => {
    expect(toIgnite(complete, night)).toMatchObject([{ step: 'ignition' }])
    expect(toIgnite({ ...complete, resident: false }, night)).toEqual([])
  })

  test.each([
    ['21:59', false],
    ['22:00', true],
    ['00:00', true],
    ['05:59', true],
    ['06:00', false],
  ])('quiet hours 22:00–06:00 at %s: %s', (time, during) => {
    const [hour, minute] = time.split(':').map(Number) as [number, number]
    expect(duringQuietHours({ hour, minute }, quiet)).toBe(during)
  })
})

describe('the state machine', () => {
  test('never leaves 已通气 or 已取消, whatever the evidence', () => {
    fc.assert(
      fc.property(fc.constantFrom(...applicationActions), anyEvidence, (action, evidence) =>
        (['ignited', 'cancelled'] as const).every(
          (end) => obstaclesTo(action, end, evidence, morning, quiet).length > 0,
        ),
      ),
    )
  })

  test('reaches 已通气 only by igniting, and lets nothing start outside its states', () => {
    for (const action of applicationActions) {
      for (const state of applicationStates) {
        if (stateAfter(action, state, true) === 'ignited' && state !== 'ignited') expect(action).toBe('ignite')
        if (!startingStates[action].includes(state)) {
          expect(obstaclesTo(action, state, complete, morning, quiet), `${action} from ${state}`).not.toEqual([])
        }
      }
    }
  })

  test('opens no account before both contracts are signed (clause 15)', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const free = obstaclesTo('open-account', 'surveyed', evidence, morning, quiet).length === 0
        return free === (evidence.survey?.passed === true && evidence.signed.size === 2)
      }),
    )
  })
})

describe('a checklist', () => {
  test('differs for residents and others, and names each item once', () => {
    for (const kind of checklistKinds) {
      for (const resident of [true, false]) {
        const items = checklist(kind, resident).map(({ item }) => item)
        expect(new Set(items).size).toBe(items.length)
      }
    }
    expect(checklist('acceptance', false).map(({ item }) => item)).toContain('cut-off')
    expect(checklist('acceptance', true).map(({ item }) => item)).not.toContain('cut-off')
  })

  test('is refused with an item left out, added or failed without a word, and passes only when every item does', () => {
    const asked = checklist('survey', true)
    const all = asked.map(({ item }) => ({ item, ok: true, note: '' }))
    expect(checklistProblem(asked, all)).toBeNull()
    expect(checklistPassed(all)).toBe(true)
    expect(checklistProblem(asked, all.slice(1))).toMatch('还有 1 项未检查')
    expect(checklistProblem(asked, [...all, { item: 'mine', ok: true, note: '' }])).toMatch('不符')
    const failed = all.map((check, i) => (i === 0 ? { ...check, ok: false } : check))
    expect(checklistProblem(asked, failed)).toMatch('请写明不合格的情况')
    expect(
      checklistProblem(
        asked,
        failed.map((c) => ({ ...c, note: '管网未到' })),
      ),
    ).toBeNull()
    expect(checklistPassed(failed)).toBe(false)
  })
})

test('a tightness test passes only with enough pressure, enough time and no more than the allowed drop', () => {
  const demand = { pressurePa: 5_000, minutes: 15, dropPa: 0 }
  const values = fc.record({
    pressurePa: fc.integer({ min: 1, max: 10_000 }),
    minutes: fc.integer({ min: 1, max: 60 }),
    dropPa: fc.integer({ min: 0, max: 50 }),
  })
  expect(tightnessFaults(demand, demand)).toEqual([])
  expect(tightnessFaults({ pressurePa: 4_999, minutes: 14, dropPa: 1 }, demand)).toHaveLength(3)
  fc.assert(
    fc.property(values, (v) => {
      const enough = v.pressurePa >= 5_000 && v.minutes >= 15 && v.dropPa === 0
      return (tightnessFaults(v, demand).length === 0) === enough
    }),
  )
})

test('organisations agree on volumes, residents do not', () => {
  expect(volumeProblem(true, null, null)).toBeNull()
  expect(volumeProblem(true, litre(1000), null)).toMatchObject({ field: 'annualVolume' })
  expect(volumeProblem(false, null, litre(10))).toMatchObject({ field: 'annualVolume' })
  expect(volumeProblem(false, litre(1000), null)).toMatchObject({ field: 'hourlyVolume' })
  expect(volumeProblem(false, litre(1000), litre(1001))).toMatchObject({ field: 'hourlyVolume' })
  expect(volumeProblem(false, litre(1000), litre(10))).toBeNull()
})
