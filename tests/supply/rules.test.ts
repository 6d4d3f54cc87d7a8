import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dunningActions, dunningStates, interruptionActions, interruptionStates } from '../../src-main/supply/words.ts'
import {
  afterDays,
  dunningTransitions,
  gravestOf,
  interruptionTransitions,
  missingNoticeHours,
  obstaclesBeforeVisit,
  obstaclesToDunning,
  excusable,
  obstaclesToInterruption,
  obstaclesToResumption,
  type DunningFacts,
  type InterruptionFacts,
  type ResumptionEvidence,
  type SuspendedPoint,
} from '../../src-main/supply/rules.ts'
import { formatInstant } from '../../src-main/platform/dates.ts'
import { suspensionReasons, type SuspensionReason } from '../../src-main/customers/api.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)
const hourMs = 3_600_000

const ready: InterruptionFacts = {
  kind: 'planned',
  state: 'noticed',
  noticed: true,
  fromAt: at('2026-11-26T08:00'),
  toAt: at('2026-11-26T18:00'),
  affected: 36,
  unposted: 0,
  openCalls: 0,
  noticeHours: 48,
  now: at('2026-11-26T08:00'),
}

describe('an interruption (clause 18(2))', () => {
  test('tried in every order, gas is cut as planned only after notice, posting and calls, and ends only once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('planned' as const, 'emergency' as const),
        fc.array(fc.constantFrom(...interruptionActions, 'postAll' as const, 'callAll' as const), { maxLength: 14 }),
        (kind, actions) => {
          let facts: InterruptionFacts = { ...ready, kind, state: 'draft', now: ready.fromAt - 49 * hourMs }
          const done: string[] = []
          for (const action of actions) {
            if (action === 'postAll' || action === 'callAll') {
              const open = interruptionTransitions.post.from.includes(facts.state)
              if (open) facts = { ...facts, ...(action === 'postAll' ? { unposted: 0 } : { openCalls: 0 }) }
              if (open) done.push(action)
              continue
            }
            if (action === 'start') facts = { ...facts, now: facts.fromAt }
            if (obstaclesToInterruption(action, facts).length > 0) continue
            const { to } = interruptionTransitions[action]
            if (to !== 'same') facts = { ...facts, state: to }
            if (action === 'notify') facts = { ...facts, unposted: 3, openCalls: 2 }
            done.push(action)
          }
          if (done.includes('start') && kind === 'planned') {
            const before = done.slice(0, done.indexOf('start'))
            expect(before).toContain('notify')
            expect(before.slice(before.indexOf('notify'))).toEqual(expect.arrayContaining(['postAll', 'callAll']))
          }
          for (const once of ['notify', 'start', 'end', 'cancel']) {
            expect(done.filter((action) => action === once).length).toBeLessThanOrEqual(1)
          }
          expect(done.includes('cancel') && done.includes('start')).toBe(false)
          if (done.includes('end')) expect(done.indexOf('end')).toBeGreaterThan(done.indexOf('start'))
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('what is over leads nowhere', () => {
    for (const action of interruptionActions) {
      for (const state of ['resumed', 'cancelled'] as const) {
        const { from, to } = interruptionTransitions[action]
        // What was announced and cancelled is taken back; it never goes on.
        expect(from.includes(state) && to !== 'same').toBe(false)
      }
    }
    const reachable = new Set(interruptionActions.map((action) => interruptionTransitions[action].to))
    expect(interruptionStates.filter((state) => state !== 'draft' && !reachable.has(state))).toEqual([])
  })

  test.each([
    [48, 0],
    [47.99, 1],
    [43, 5],
    [1, 47],
    [-2, 50],
    [72, 0],
  ])('%d hours ahead with 48 asked for lack %d', (ahead, missing) => {
    const now = ready.fromAt - ahead * hourMs
    expect(missingNoticeHours({ ...ready, now })).toBe(missing)
    const obstacles = obstaclesToInterruption('notify', { ...ready, state: 'draft', now })
    expect(obstacles.map(({ missingHours }) => missingHours)).toEqual(missing === 0 ? [] : [missing])
    expect(obstaclesToInterruption('notify', { ...ready, kind: 'emergency', state: 'draft', now })).toEqual([])
  })

  test('says everything that stands in the way at once', () => {
    const facts = { ...ready, affected: 0, unposted: 3, openCalls: 2, now: ready.fromAt - 1 }
    expect(obstaclesToInterruption('start', facts).map(({ code }) => code)).toEqual([
      'NobodyAffected',
      'Unposted',
      'OpenCalls',
      'TooEarly',
    ])
    expect(obstaclesToInterruption('start', { ...ready, now: ready.toAt + 1 }).map(({ code }) => code)).toEqual([
      'TooLate',
    ])
    // A posting and a start late on the announced day may be agreed to; nothing else, and no other day.
    const day = 86_400_000
    for (const [lacks, may] of [
      [{ unposted: 2 }, true],
      [{ now: ready.toAt + 1 }, true],
      [{ now: ready.toAt + day }, false],
      [{ now: ready.fromAt - 1 }, false],
      [{ unposted: 1, openCalls: 1 }, false],
      [{ unposted: 1, affected: 0 }, false],
      [{}, false],
    ] as const)
      expect(excusable({ ...ready, ...lacks }) !== null, JSON.stringify(lacks)).toBe(may)
    expect(obstaclesToInterruption('start', { ...facts, affected: 1, kind: 'emergency' })).toEqual([])
    expect(obstaclesToInterruption('end', { ...ready, state: 'draft' })[0]?.text).toContain('待通知')
  })
})

const quiet = { from: '22:00', to: '06:00' }
const noon = { hour: 12, minute: 0 }
const demand = { pressurePa: 5_000, minutes: 15, dropPa: 0 }
const point: SuspendedPoint = { suspended: true, resident: true, holds: [] }
const good: ResumptionEvidence = { tightness: demand, safetyFaults: [], testerProblem: null, awake: false }

describe('resumption (clauses 17(2), 19(3))', () => {
  test('is possible only when every single thing is right, whatever else is', () => {
    const holds = fc.subarray(suspensionReasons.map((cause) => ({ cause, text: cause })))
    const tightness = fc.option(
      fc.record({
        pressurePa: fc.integer({ min: 1, max: 10_000 }),
        minutes: fc.integer({ min: 1, max: 60 }),
        dropPa: fc.integer({ min: 0, max: 3 }),
      }),
      { nil: null },
    )
    fc.assert(
      fc.property(
        fc.record({ suspended: fc.boolean(), resident: fc.constantFrom(true, false, null), holds }),
        fc.record({
          tightness,
          safetyFaults: fc.constantFrom(null, [] as string[], ['漏气']),
          testerProblem: fc.constantFrom(null, '没有检修证'),
          awake: fc.boolean(),
        }),
        fc.integer({ min: 0, max: 23 }),
        (state, evidence, hour) => {
          const obstacles = obstaclesToResumption(state, evidence, demand, { hour, minute: 30 }, quiet)
          const t = evidence.tightness
          const possible =
            state.suspended &&
            state.resident !== null &&
            state.holds.length === 0 &&
            !(state.resident && (hour >= 22 || hour < 6) && !evidence.awake) &&
            t !== null &&
            t.pressurePa >= demand.pressurePa &&
            t.minutes >= demand.minutes &&
            t.dropPa === 0 &&
            evidence.safetyFaults?.length === 0 &&
            evidence.testerProblem === null
          expect(obstacles.length === 0).toBe(possible)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('names every obstacle at once', () => {
    const held = { ...point, holds: [{ cause: 'hazard' as const, text: '隐患未整改' }] }
    const none = { tightness: null, safetyFaults: null, testerProblem: '没有检修证', awake: false }
    expect(obstaclesToResumption(held, none, demand, { hour: 23, minute: 0 }, quiet).map(({ code }) => code)).toEqual([
      'Held',
      'QuietHours',
      'NoTest',
      'NoCheck',
      'Tester',
    ])
    const failed = { ...good, tightness: { pressurePa: 4_999, minutes: 14, dropPa: 1 }, safetyFaults: ['接头漏气'] }
    expect(obstaclesToResumption(point, failed, demand, noon, quiet).map(({ code }) => code)).toEqual([
      'TestFailed',
      'TestFailed',
      'TestFailed',
      'CheckFailed',
    ])
  })

  test.each([
    [22, 0, true, true],
    [21, 59, true, false],
    [5, 59, true, true],
    [6, 0, true, false],
    [23, 0, false, false],
  ])('at %d:%d for a resident (%s) the quiet hours bind: %s', (hour, minute, resident, binds) => {
    const found = obstaclesBeforeVisit({ ...point, resident }, { hour, minute }, quiet)
    expect(found.some(({ code }) => code === 'QuietHours')).toBe(binds)
  })

  test('the gravest hold names why gas is off', () => {
    fc.assert(
      fc.property(fc.subarray([...suspensionReasons]), (causes: SuspensionReason[]) => {
        const gravest = gravestOf(causes)
        if (causes.length === 0) expect(gravest).toBeNull()
        else if (causes.includes('hazard')) expect(gravest).toBe('hazard')
        else if (causes.includes('repair')) expect(gravest).toBe('repair')
        else if (causes.includes('emergency')) expect(gravest).toBe('emergency')
        else if (causes.includes('arrears')) expect(gravest).toBe('arrears')
        else expect(causes).toContain(gravest)
      }),
    )
  })
})

const dunned: DunningFacts = {
  state: 'announced',
  owed: 12_345,
  nextAt: at('2026-12-01T00:00'),
  now: at('2026-12-01T00:00'),
  specialCare: false,
  specialReason: '',
  supplied: true,
}

describe('a dunning (domain.md §3)', () => {
  test('tried in every order, gas is cut only after delivery, waiting and written notice, and while money is owed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...dunningActions, 'money' as const, 'reversal' as const), { maxLength: 16 }),
        (actions) => {
          let facts: DunningFacts = { ...dunned, state: 'issued', nextAt: null }
          const done: string[] = []
          for (const action of actions) {
            if (action === 'money' || action === 'reversal') {
              facts = { ...facts, owed: action === 'money' ? 0 : 12_345 }
              continue
            }
            if (obstaclesToDunning(action, facts, formatInstant).length > 0) continue
            if (action === 'suspend' || action === 'owe-again') expect(facts.owed).toBeGreaterThan(0)
            if (action === 'resume') expect(facts.owed).toBe(0)
            const state = dunningTransitions[action].to(facts.state)
            facts = { ...facts, state, nextAt: null }
            done.push(action)
          }
          if (done.includes('suspend')) {
            const before = done.slice(0, done.indexOf('suspend'))
            expect(before).toEqual(['deliver', 'announce'])
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('every state but the first is reached by some action, and what is done leads nowhere', () => {
    const reached = new Set(
      dunningActions.flatMap((action) =>
        dunningTransitions[action].from.map((from) => dunningTransitions[action].to(from)),
      ),
    )
    expect(dunningStates.filter((state) => !reached.has(state))).toEqual(['issued'])
    for (const action of dunningActions) {
      for (const state of ['resumed', 'settled', 'cancelled'] as const) {
        expect(dunningTransitions[action].from).not.toContain(state)
      }
    }
  })

  test('days count from the day after delivery, the last one to midnight; a minute too early is too early', () => {
    const until = afterDays(at('2026-11-23T16:30'), 30)
    expect(formatInstant(until)).toBe('2026-12-24 00:00')
    const early = { ...dunned, nextAt: until, now: until - 60_000 }
    expect(obstaclesToDunning('suspend', early, formatInstant).map(({ code }) => code)).toEqual(['StillWaiting'])
    expect(obstaclesToDunning('suspend', { ...early, now: until }, formatInstant)).toEqual([])
  })

  test('a special-care customer keeps gas unless the reason is written', () => {
    const special = { ...dunned, specialCare: true, specialReason: '  ' }
    expect(obstaclesToDunning('suspend', special, formatInstant).map(({ code }) => code)).toEqual(['SpecialCare'])
    expect(obstaclesToDunning('suspend', { ...special, specialReason: '家属书面同意' }, formatInstant)).toEqual([])
  })

  test('says everything that stands in the way at once', () => {
    const facts = { ...dunned, owed: 0, now: dunned.now - 1, specialCare: true, supplied: false }
    expect(obstaclesToDunning('suspend', facts, formatInstant).map(({ code }) => code)).toEqual([
      'NothingOwed',
      'StillWaiting',
      'SpecialCare',
      'NotSupplied',
    ])
  })
})
