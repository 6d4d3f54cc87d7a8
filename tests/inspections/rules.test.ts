import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, businessDate, dayNumber, daysBetween, fromDayNumber } from '../../src-main/platform/dates.ts'
import {
  absencesAfter,
  ageBands,
  maskName,
  maxRoundSize,
  nextVisit,
  partOf,
  partsFor,
  periodsOf,
  regradeProblem,
  spread,
  taskProblem,
  taskTransitions,
  weeksOf,
} from '../../src-main/inspections/rules.ts'
import {
  hazardActions,
  hazardProcess,
  hazardStates,
  type HazardAction,
  type HazardFacts,
  type HazardState,
} from '../../src-main/inspections/hazard-process.ts'
import { grades, inspectionItems, isGrave, menders, taskActions, taskStates } from '../../src-main/inspections/words.ts'

const { nextSteps: nextHazardSteps, obstaclesTo: hazardObstacles, transitions: hazardTransitions } = hazardProcess
const onHazardFailure: Partial<Record<HazardAction, HazardState>> = {
  reinspect: hazardProcess.reached('reinspect', 'mended', true),
  'call-back': hazardProcess.reached('call-back', 'passed', true),
}

const day = businessDate
const often = fc.record({
  residentPerYear: fc.integer({ min: 2, max: 12 }),
  nonResidentPerQuarter: fc.integer({ min: 1, max: 12 }),
})

describe('the periods of a year (clause 10(6))', () => {
  test('are two for a resident and one a quarter for the others, by default', () => {
    const usual = { residentPerYear: 2, nonResidentPerQuarter: 1 }
    expect(periodsOf(2026, true, usual)).toEqual([
      { slot: 1, from: '2026-01-01', to: '2026-06-30' },
      { slot: 2, from: '2026-07-01', to: '2026-12-31' },
    ])
    expect(periodsOf(2028, false, usual).map(({ from, to }) => [from, to])).toEqual([
      ['2028-01-01', '2028-03-31'],
      ['2028-04-01', '2028-06-30'],
      ['2028-07-01', '2028-09-30'],
      ['2028-10-01', '2028-12-31'],
    ])
  })

  test('tile the year without gap or overlap, and no quarter is without its own, however often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2100 }), fc.boolean(), often, (year, resident, frequency) => {
        const periods = periodsOf(year, resident, frequency)
        expect(periods).toHaveLength(resident ? frequency.residentPerYear : frequency.nonResidentPerQuarter * 4)
        expect(periods[0]?.from).toBe(`${year}-01-01`)
        expect(periods.at(-1)?.to).toBe(`${year}-12-31`)
        periods.forEach(({ slot, from, to }, i) => {
          expect(slot).toBe(i + 1)
          expect(from <= to).toBe(true)
          if (i > 0) expect(from).toBe(addDays(day(periods[i - 1]?.to ?? ''), 1))
          if (!resident) expect(Math.ceil(Number(from.slice(5, 7)) / 3)).toBe(Math.ceil(Number(to.slice(5, 7)) / 3))
        })
      }),
    )
  })
})

describe('the weeks of a period', () => {
  test('begin on Mondays, the first with the period, and none that is over is planned', () => {
    const half = { from: day('2026-07-01'), to: day('2026-12-31') }
    expect(weeksOf(half, day('2026-01-01')).slice(0, 2)).toEqual(['2026-07-01', '2026-07-06'])
    expect(weeksOf(half, day('2026-12-25'))).toEqual(['2026-12-21', '2026-12-28'])
    expect(weeksOf(half, day('2027-01-01'))).toEqual([])
  })

  test('cover every day left of it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 30_000 }),
        fc.nat({ max: 200 }),
        fc.nat({ max: 300 }),
        (at, length, late) => {
          const from = fromDayNumber(at)
          const to = addDays(from, length)
          const today = addDays(from, late - 50)
          const weeks = weeksOf({ from, to }, today)
          if (today > to) {
            expect(weeks).toEqual([])
            return
          }
          const first = weeks[0] ?? to
          expect(first <= (today > from ? today : from)).toBe(true)
          weeks.forEach((week, i) => {
            const next = weeks[i + 1]
            if (next) expect(daysBetween(week, next)).toBeLessThanOrEqual(7)
            expect(week >= from && week <= to).toBe(true)
          })
          expect(daysBetween(weeks.at(-1) ?? to, to)).toBeLessThanOrEqual(6)
          expect(dayNumber(to)).toBeGreaterThanOrEqual(dayNumber(first))
        },
      ),
    )
  })
})

describe('spreading', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: maxRoundSize }), { minLength: 1, maxLength: 300 })
  test('keeps the order, gives every group one week, and is never further from even than half a group', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 27 }), (groups, count) => {
        const load = Array.from({ length: count }, () => 0)
        const weeks = spread(groups, load)
        expect(weeks).toHaveLength(groups.length)
        weeks.forEach((week, i) => expect(week).toBeGreaterThanOrEqual(weeks[i - 1] ?? 0))
        const total = groups.reduce((sum, size) => sum + size, 0)
        expect(load.reduce((sum, size) => sum + size, 0)).toBe(total)
        const largest = Math.max(...groups)
        let done = 0
        load.forEach((size, week) => {
          done += size
          expect(Math.abs(done - (total * (week + 1)) / count)).toBeLessThanOrEqual(largest / 2 + 1e-9)
        })
      }),
    )
  })

  test('fills the weeks that have little first when some have work already', () => {
    const load = [100, 0, 0, 0]
    spread(
      Array.from({ length: 30 }, () => 10),
      load,
    )
    expect(load).toEqual([100, 100, 100, 100])
  })

  test('walks a large building in lists of like size that no account is left out of', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), (size) => {
        const counts = new Map<number, number>()
        for (let n = 0; n < size; n++) counts.set(partOf(n, size), (counts.get(partOf(n, size)) ?? 0) + 1)
        expect(counts.size).toBe(partsFor(size))
        const each = [...counts.values()]
        expect(Math.max(...each)).toBeLessThanOrEqual(maxRoundSize)
        expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('an inspection', () => {
  test('after 到访不遇 comes again within the days set, within the period as long as a day is left', () => {
    expect(nextVisit(day('2026-11-23'), day('2026-12-31'), 7)).toBe('2026-11-30')
    expect(nextVisit(day('2026-12-28'), day('2026-12-31'), 7)).toBe('2026-12-31')
    expect(nextVisit(day('2026-12-31'), day('2026-12-31'), 7)).toBe('2027-01-01')
    expect(nextVisit(day('2027-01-20'), day('2026-12-31'), 7)).toBe('2027-01-21')
  })

  test('counts absences in a row, and anything else ends the row', () => {
    expect(absencesAfter('absent', 2)).toBe(3)
    for (const action of taskActions.filter((one) => one !== 'absent')) expect(absencesAfter(action, 2)).toBe(0)
  })

  test('that was carried out or dropped takes no result, in words that say how it stands', () => {
    for (const state of taskStates)
      for (const action of ['pass', 'find', 'absent', 'refuse'] as const) {
        const open = state === 'planned' || state === 'refused'
        expect(taskProblem(action, state) === null).toBe(open)
        if (!open) expect(taskProblem(action, state)).toMatch(/^[\p{Script=Han}\p{P}]+$/u)
      }
    expect(taskTransitions.drop.from).not.toContain('passed')
    expect(taskTransitions.drop.from).not.toContain('hazard')
  })
})

describe('a hazard', () => {
  const facts = fc.record({
    state: fc.constantFrom(...hazardStates),
    delivered: fc.boolean(),
    staying: fc.boolean(),
    inspectors: fc.uniqueArray(fc.constantFrom('a', 'b')).map((ids): ReadonlySet<string> => new Set(ids)),
    actorId: fc.constantFrom('a', 'b', 'c'),
  }) satisfies fc.Arbitrary<HazardFacts>

  /** Plays actions by the table alone, as they come; what has an obstacle changes nothing. */
  function play(steps: readonly { action: HazardAction; good: boolean; actorId: string; delivered: boolean }[]) {
    let state: HazardState = 'open'
    const done: { action: HazardAction; good: boolean; actorId: string }[] = []
    for (const { action, good, actorId, delivered } of steps) {
      const inspectors = new Set(['a'])
      if (hazardObstacles(action, { state, delivered, staying: false, inspectors, actorId }).length > 0) continue
      const { to } = hazardTransitions[action]
      const failure = onHazardFailure[action]
      if (to !== 'same') state = !good && failure ? failure : to
      done.push({ action, good, actorId })
    }
    return { state, done }
  }

  test('in whatever order it is tried, is closed only after re-inspection and then callback, by others', () => {
    let closed = 0
    // Long enough that closing does happen, with anything between.
    const step = fc.record({
      action: fc.constantFrom(...hazardActions, 'reinspect' as const, 'call-back' as const, 'close' as const),
      good: fc.boolean(),
      actorId: fc.constantFrom('a', 'b', 'c'),
      delivered: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 25, maxLength: 60 }), (steps) => {
        const { state, done } = play(steps)
        if (state !== 'closed') return
        closed += 1
        const decisive = done.filter(({ action }) => ['reinspect', 'call-back', 'close'].includes(action))
        const [inspected, called, last] = decisive.slice(-3)
        expect([inspected?.action, inspected?.good]).toEqual(['reinspect', true])
        expect([called?.action, called?.good]).toEqual(['call-back', true])
        expect(last?.action).toBe('close')
        expect([called?.actorId, last?.actorId]).not.toContain('a')
      }),
      { numRuns: 2_000 },
    )
    expect(closed).toBeGreaterThan(50)
  })

  test('has exactly one way to being good and to its closure, and every failure opens it again', () => {
    const into = (state: HazardState) => hazardActions.filter((action) => hazardTransitions[action].to === state)
    expect([into('passed'), into('called-back'), into('closed')]).toEqual([['reinspect'], ['call-back'], ['close']])
    expect(hazardTransitions['call-back'].from).toEqual(['passed'])
    expect(hazardTransitions.close.from).toEqual(['called-back'])
    expect(new Set(Object.values(onHazardFailure))).toEqual(new Set(['open']))
    for (const state of hazardStates)
      expect(nextHazardSteps(state) === '', state).toBe(['closed', 'withdrawn'].includes(state))
  })

  test('says what is in the way in Chinese, and keeps the guards of clause 19', () => {
    fc.assert(
      fc.property(fc.constantFrom(...hazardActions), facts, (action, fact) => {
        const obstacles = hazardObstacles(action, fact)
        for (const { text } of obstacles) expect(text).toMatch(/^[\p{Script=Han}\p{P}\d ]+$/u)
        if (obstacles.length > 0) return
        if (action === 'close') {
          expect(fact.staying).toBe(false)
          expect(fact.delivered).toBe(true)
        }
        if (action === 'close' || action === 'call-back') expect(fact.inspectors.has(fact.actorId)).toBe(false)
      }),
    )
  })

  test('from 较大 on cuts the supply, and is made small on paper by two alone', () => {
    expect(grades.map(isGrave)).toEqual([false, true, true])
    for (const from of grades)
      for (const to of grades)
        for (const agreed of [false, true])
          for (const mender of menders)
            for (const [measures, supportCalledAt] of [
              ['', null],
              ['已关阀', null],
              ['', 1],
              ['已关阀', 1],
            ] as const) {
              const hazard = { grade: from, mender, measures, supportCalledAt }
              const lowers = isGrave(from) && !isGrave(to)
              const unsafe = mender === 'company' && (measures === '' || supportCalledAt === null)
              expect(regradeProblem(hazard, to, agreed) === null, `${from} to ${to}`).toBe(
                from !== to && (!lowers || (agreed && !unsafe)),
              )
            }
  })
})

test('the ages of open hazards leave no day out', () => {
  ageBands.forEach(({ from }, i) => expect(from).toBe(i === 0 ? 0 : (ageBands[i - 1]?.to ?? -2) + 1))
  expect(ageBands.at(-1)?.to).toBeNull()
})

test('the checklists have each item once, in Chinese, and those of other customers ask for alarm and cut-off', () => {
  for (const resident of [true, false]) {
    const items = inspectionItems(resident)
    expect(new Set(items.map(({ item }) => item)).size).toBe(items.length)
    for (const { text } of items) expect(text).toMatch(/^[\p{Script=Han}，、。]+$/u)
  }
  const others = inspectionItems(false).map(({ item }) => item)
  expect(others).toEqual(expect.arrayContaining(['alarm', 'cut-off']))
  expect(inspectionItems(true).map(({ item }) => item)).not.toContain('alarm')
})

test('a list that leaves the hall shows no full name of a person', () => {
  expect([maskName('张晓燕', true), maskName('单雄', true), maskName('赵', true)]).toEqual(['张**', '单*', '赵*'])
  expect(maskName('鸿运饭店', false)).toBe('鸿运饭店')
})
