import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Apply } from '../../src-main/installations/api.ts'
import type { Application, Obstacle } from '../../src-main/installations/api.ts'
import { applicationStates } from '../../src-main/installations/rules.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { chosenWorker } from '../../src-renderer/components/chosen-worker.ts'
import { applyInput, emptyDraft, termsInput } from '../../src-renderer/installations/application-draft.ts'
import { completeChecks, emptyChecks, unanswered } from '../../src-renderer/installations/checks.ts'
import { readKilopascals, readPascals, showKilopascals } from '../../src-renderer/installations/pressure.ts'
import { stepNow, stepsOf } from '../../src-renderer/installations/steps.ts'

const marks = (state: Application['state'], missing: Obstacle[] = []) =>
  stepsOf({ state }, missing).map(({ mark }) => mark)

describe('who works on site', () => {
  const of = (...ids: string[]) => ids.map((staffId) => ({ staffId }))
  test('is whoever was chosen, else who worked last or the only one; never somebody the list has no more', () => {
    expect(chosenWorker(of('a', 'b'), 'b', 'a')).toBe('b')
    expect(chosenWorker(of('a', 'b'), '', 'a')).toBe('a')
    expect(chosenWorker(of('a', 'b'), '', null)).toBe('')
    expect(chosenWorker(of('a'), '', null)).toBe('a')
    // Kept in a form by somebody, and gone from the hall since.
    expect(chosenWorker(of('a', 'b'), 'left', 'left')).toBe('')
    expect(chosenWorker(of('a', 'b'), 'left', 'a')).toBe('a')
    expect(chosenWorker([], 'left', null)).toBe('')
  })
})

describe('the rail of account opening', () => {
  test('has one step at hand while the application is in progress, and none afterwards', () => {
    for (const state of applicationStates) {
      const atHand = marks(state).filter((mark) => mark === 'now' || mark === 'failed')
      expect(atHand, state).toHaveLength(state === 'ignited' || state === 'cancelled' ? 0 : 1)
    }
    expect(marks('ignited')).toEqual(Array(6).fill('done'))
  })

  test('shows a failed survey or acceptance as failed, not as being worked on', () => {
    expect(marks('unfit')[1]).toBe('failed')
    expect(marks('rejected')[4]).toBe('failed')
    expect(stepNow({ state: 'rejected' })).toBe('acceptance')
  })

  test('opens a finished step again when something of it is missing, such as a contract voided later', () => {
    const missing: Obstacle[] = [{ step: 'contracts', text: '安全用气合同尚未签订（第十五条）' }]
    const contracts = stepsOf({ state: 'accepted' }, missing)[2]
    expect(contracts).toMatchObject({ mark: 'failed', missing: ['安全用气合同尚未签订（第十五条）'] })
  })
})

describe('a checklist on the screen', () => {
  const items = [
    { item: 'a', text: '甲' },
    { item: 'b', text: '乙' },
  ]
  test('counts what is unanswered or failed without a word', () => {
    const checks = emptyChecks(items)
    expect(unanswered(checks)).toBe(2)
    for (const check of checks) check.ok = false
    expect(unanswered(checks)).toBe(2)
    for (const check of checks) check.note = '松动'
    expect(unanswered(checks)).toBe(0)
    expect(completeChecks(checks)).toEqual([
      { item: 'a', ok: false, note: '松动' },
      { item: 'b', ok: false, note: '松动' },
    ])
  })
})

describe('an application draft', () => {
  test('empty, is refused field by field under the names of the form', () => {
    const { error } = Apply.input.safeParse(applyInput(emptyDraft(), crypto.randomUUID(), false))
    const fields = error?.issues.map(({ path }) => path.join('.')) ?? []
    expect(fields).toEqual(
      expect.arrayContaining(['customer.profile.name', 'servicePoint.place.community', 'purpose', 'pricePlanId']),
    )
  })

  test('carries volumes for organisations only, and persons for residents only', () => {
    const { terms } = emptyDraft()
    const filled = { ...terms, annualVolume: cubicMetres(100), hourlyVolume: cubicMetres(1), householdSize: 5 }
    expect(termsInput(filled)).toMatchObject({ annualVolume: null, hourlyVolume: null, householdSize: 5 })
    expect(termsInput({ ...filled, category: 'commercial' })).toMatchObject({
      annualVolume: cubicMetres(100),
      householdSize: 1,
    })
  })
})

test('a pressure is read exactly and shown again as it was typed', () => {
  expect(readKilopascals('5')).toBe(5_000)
  expect(readKilopascals('２.35')).toBe(2_350)
  for (const wrong of ['', '-1', '2.3456', '1e3', '五']) expect(readKilopascals(wrong)).toBeNull()
  expect(readPascals('0')).toBe(0)
  expect(readPascals('1.5')).toBeNull()
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99_999_999 }),
      (pascals) => readKilopascals(showKilopascals(pascals)) === pascals,
    ),
  )
})
