import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  complaintActions,
  complaintProcess,
  complaintStates,
  timerRuns,
  type ComplaintAction,
  type ComplaintFacts,
  type ComplaintState,
} from '../../src-main/complaints/process.ts'
import { percentOf, replyBy } from '../../src-main/complaints/rules.ts'
import { formatInstant } from '../../src-main/platform/dates.ts'

const { nextSteps, obstaclesTo, transitions } = complaintProcess
const onDissatisfaction = complaintProcess.reached('call-back', 'replied', true)

const at = (text: string) => Date.parse(`${text}+08:00`)

describe('48 hours (clause 20(1))', () => {
  test.each([
    ['2026-11-23T09:00', '2026-11-25 09:00'],
    ['2026-12-30T23:30', '2027-01-01 23:30'],
    ['2028-02-27T10:00', '2028-02-29 10:00'],
  ])('from %s end at %s, holidays and nights counted', (from, to) => {
    expect(formatInstant(replyBy(at(from), 48))).toBe(to)
  })

  test('run until the customer was answered, never after', () => {
    expect(complaintStates.filter(timerRuns)).toEqual(['received', 'assigned'])
  })
})

const facts = (state: ComplaintState, more: Partial<ComplaintFacts> = {}): ComplaintFacts => ({
  state,
  actorId: 'a',
  investigatorId: 'i',
  handlers: new Set(['i']),
  parties: new Set<string>(),
  investigated: true,
  ...more,
})

describe('the way of a complaint', () => {
  test('says what comes next when a step is not due', () => {
    expect(obstaclesTo('close', facts('received')).map(({ text }) => text)).toEqual([
      '投诉现在是“待指派”，不能办理关闭，下一步是指派调查人',
    ])
    expect(complaintStates.map(nextSteps)).toEqual(['指派调查人', '回复', '回访', '关闭', ''])
  })

  test('lets only the investigator investigate and answer, and nobody answer before something was found out', () => {
    const codes = (action: ComplaintAction, more: Partial<ComplaintFacts>) =>
      obstaclesTo(action, facts('assigned', more)).map(({ code }) => code)
    expect(codes('investigate', {})).toEqual(['NotInvestigator'])
    expect(codes('reply', { actorId: 'i' })).toEqual([])
    expect(codes('reply', { actorId: 'i', investigated: false })).toEqual(['NotInvestigated'])
    expect(codes('reply', { investigated: false })).toEqual(['NotInvestigator', 'NotInvestigated'])
  })

  test('in every order of actions leads to closure only over investigation, answer and callback by others', () => {
    const people = ['i', 'j', 'k', 'l'] as const
    // What leads on is tried oftener than what leads back, or few sequences would reach the end.
    const leading = ['investigate', 'reply', 'call-back', 'close'] as const
    const tried = [...complaintActions, ...Array.from({ length: 5 }, () => leading).flat()]
    const move = fc.record({
      action: fc.constantFrom(...tried),
      who: fc.constantFrom(...people),
      to: fc.constantFrom(...people),
      good: fc.boolean(),
    })
    let closures = 0
    fc.assert(
      fc.property(fc.array(move, { minLength: 20, maxLength: 80 }), (moves) => {
        let [state, investigatorId, investigated]: [ComplaintState, string | null, boolean] = ['received', null, false]
        const handlers = new Set<string>()
        let done: ComplaintAction[] = []
        for (const { action, who, to, good } of moves) {
          const now: ComplaintFacts = {
            state,
            actorId: who,
            investigatorId,
            handlers,
            parties: new Set(),
            investigated,
          }
          if (obstaclesTo(action, now).length > 0) continue
          done.push(action)
          if (action === 'assign') {
            investigatorId = to
            handlers.add(to)
          }
          if (action === 'investigate') investigated = true
          if (action === 'close') {
            closures++
            expect(state).toBe('called-back')
            expect(handlers.has(who)).toBe(false)
            const way = done.filter((one) => ['investigate', 'reply', 'call-back', 'close'].includes(one))
            expect(way.slice(way.indexOf('reply'))).toEqual(['reply', 'call-back', 'close'])
            expect(way.indexOf('investigate')).toBeGreaterThanOrEqual(0)
          }
          if (action === 'call-back') expect(handlers.has(who)).toBe(false)
          const next = transitions[action].to
          const failed = action === 'call-back' && !good
          state = failed ? onDissatisfaction : next === 'same' ? state : next
          if (failed || action === 'reopen') [investigatorId, investigated, done] = [null, false, []]
        }
      }),
      { numRuns: 3_000 },
    )
    expect(closures).toBeGreaterThan(20)
  })

  test('has no dead end: from every state some order of actions closes it', () => {
    for (const from of complaintStates) {
      const reached = new Set<ComplaintState>([from])
      for (let grown = true; grown;) {
        grown = false
        for (const action of complaintActions) {
          const { from: starts, to } = transitions[action]
          if (to === 'same' || reached.has(to) || !starts.some((state) => reached.has(state))) continue
          reached.add(to)
          grown = true
        }
      }
      expect(reached, from).toContain('closed')
    }
  })
})

test('percent is whole, rounds half up, and is nothing of nothing', () => {
  expect([
    percentOf(1, 3),
    percentOf(2, 3),
    percentOf(1, 200),
    percentOf(0, 5),
    percentOf(5, 5),
    percentOf(0, 0),
  ]).toEqual([33, 67, 1, 0, 100, null])
})
