import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { examplePlans, planKindNames, type PlanView } from '../../src-main/emergency/api.ts'
import { drillTag } from '../../src-renderer/emergency/drill-words.ts'
import { emptyPlan, fromPlanForm, moved, toPlanForm, withoutEmpty } from '../../src-renderer/emergency/plan-form.ts'

const leak = examplePlans.leak
if (!leak) throw new Error('no plan is shipped for a leak')
const view: PlanView = {
  ...leak,
  paperId: 'example:leak',
  planId: null,
  kind: 'leak',
  example: true,
  no: null,
  approvedAt: null,
  approvedBy: null,
}

describe('the plans in the memory of the window', () => {
  let answer: () => Promise<unknown>
  beforeEach(() => {
    vi.resetModules()
    vi.stubGlobal('window', { hall: { call: () => answer() } })
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test('stay readable while the backend is down or says nothing, and the screen says so', async () => {
    const { plans, readAt, readPlans, stale } = await import('../../src-renderer/emergency/plans.ts')
    answer = () => Promise.resolve([view])
    await readPlans()
    expect([plans.value, stale.value]).toEqual([[view], false])
    const first = readAt.value

    answer = () => Promise.reject({ code: 'SessionLocked', message: '屏幕已锁定' })
    await readPlans()
    expect([plans.value, stale.value, readAt.value]).toEqual([[view], true, first])

    let come: (value: unknown) => void = () => undefined
    answer = () => new Promise((resolve) => (come = resolve))
    const reading = readPlans()
    await vi.advanceTimersByTimeAsync(2_000)
    expect([plans.value, stale.value]).toEqual([[view], true])
    come([])
    await reading
    expect([plans.value, stale.value]).toEqual([[], false])
  })

  test('are found by words of theirs', async () => {
    const { found } = await import('../../src-renderer/emergency/plans.ts')
    expect(found([view], '漏气')).toEqual([view])
    expect(found([view], planKindNames.leak)).toEqual([view])
    expect(found([view], '地震')).toEqual([])
  })
})

describe('the form of a plan', () => {
  test('begins with the shipped one without its mark, and gives back what it was filled with', () => {
    const form = toPlanForm('leak', leak)
    expect(form.title).toBe('燃气泄漏处置')
    expect(fromPlanForm(form)).toEqual({ ...leak, title: '燃气泄漏处置' })
    // The phones stay words that follow the settings.
    expect(form.contacts[0]?.phone).toBe('【抢险电话】')
  })

  test('leaves out empty rows and moves steps', () => {
    const form = emptyPlan()
    form.checklist = '门已开\n\n '
    expect(fromPlanForm(form)).toMatchObject({ steps: [], checklist: ['门已开'] })
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  })
})

test('a drill says what it waits for', () => {
  const tag = (state: Parameters<typeof drillTag>[0]['state'], overdue: boolean, openDefects: number) =>
    drillTag({ state, overdue, openDefects })
  expect(tag('planned', true, 0)).toEqual({ state: 'late', text: '逾期未演练' })
  expect(tag('held', true, 2)).toEqual({ state: 'late', text: '2 个问题逾期' })
  expect(tag('held', false, 0)).toEqual({ state: 'todo', text: '待办结' })
  expect(tag('closed', false, 0)).toEqual({ state: 'ok', text: '已办结' })
})

test('a row left empty is gone before the form is sent, so that what is wrong is found in its place', () => {
  const form = {
    ...emptyPlan(),
    steps: [
      { text: '', who: '' },
      { text: '关阀', who: '' },
      { text: ' ', who: '' },
    ],
  }
  expect(withoutEmpty(form).steps).toEqual([{ text: '关阀', who: '' }])
  expect(fromPlanForm(withoutEmpty(form)).steps).toEqual(fromPlanForm(form).steps)
  // Where nothing is said at all, one row stays to type in.
  expect(withoutEmpty(emptyPlan()).steps).toHaveLength(1)
})
