import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planKindNames, planKinds, PlanContent, type DrillState } from '../../src-main/emergency/api.ts'
import { examplePlans } from '../../src-main/emergency/examples.ts'
import {
  answersTo,
  defectOverdue,
  drillTransitions,
  approvalObstacle,
  obstaclesTo,
  planProblems,
  type DrillAction,
} from '../../src-main/emergency/rules.ts'
import { addDays, businessDate } from '../../src-main/platform/dates.ts'

const today = businessDate('2026-11-23')

describe('the shipped plans', () => {
  test('stand for every kind but 其他, are marked 示例, sound, and have phones that can be dialled', () => {
    expect(Object.keys(examplePlans).sort()).toEqual(planKinds.filter((kind) => kind !== 'other').sort())
    for (const plan of Object.values(examplePlans)) {
      expect(plan.title).toContain('示例')
      expect(PlanContent.parse(plan)).toEqual(plan)
      expect(planProblems(plan), plan.title).toEqual([])
      expect(plan.checklist.length).toBeGreaterThan(0)
    }
  })

  test('are found by what somebody would call out', () => {
    const found = (typed: string) =>
      planKinds.filter((kind) => {
        const plan = examplePlans[kind]
        return plan && answersTo({ ...plan, kindName: planKindNames[kind] }, typed)
      })
    expect(found('漏气')).toContain('leak')
    expect(found('一氧化碳')).toEqual(['poisoning'])
    expect(found('挖断')).toEqual(['damage'])
    expect(found('地震')).toEqual(['disaster'])
    expect(found('')).toHaveLength(9)
    expect(found('漏气 119')).toEqual(found('119 漏气'))
  })
})

describe('a plan', () => {
  const plan = PlanContent.parse({
    title: '泄漏',
    when: '漏气',
    steps: [{ text: '关阀' }],
    contacts: [{ name: '抢险', phone: '【抢险电话】' }],
    checklist: [],
  })
  test('has phones that can be dialled and words that stand for something', () => {
    expect(planProblems(plan)).toEqual([])
    expect(planProblems({ ...plan, contacts: [{ name: '主任', phone: '问前台' }] })).toEqual([
      '主任的电话“问前台”无法拨打',
    ])
    expect(planProblems({ ...plan, contacts: [{ name: '主任', phone: '【主任电话】' }] })).toEqual([
      '【主任电话】没有可填的内容',
    ])
    expect(planProblems({ ...plan, contacts: [{ name: '主任', phone: '010-8800 转 12' }] })).toEqual([])
  })

  test('is never approved by anybody who wrote at it, nor with a password that they gave', () => {
    fc.assert(
      fc.property(fc.array(fc.uuid(), { minLength: 1 }), fc.uuid(), (writers, other) => {
        for (const writer of writers) {
          expect(approvalObstacle(writers, { id: writer })).toContain('本人写过')
          expect(approvalObstacle(writers, { id: other, lentBy: [writer] })).not.toBeNull()
        }
        expect(approvalObstacle(writers, { id: other }) === null).toBe(!writers.includes(other))
      }),
    )
  })
})

describe('a drill', () => {
  test('is closed only when all it found is mended, in whatever order things are tried', () => {
    const step = fc.oneof(
      fc.constantFrom<DrillAction>('plan', 'hold', 'close', 'cancel'),
      fc.record({ find: fc.string({ minLength: 1 }) }),
      fc.record({ mend: fc.nat(5) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let state: DrillState = 'planned'
        let held = false
        const defects: { what: string; dueOn: typeof today; mendedOn: typeof today | null }[] = []
        for (const one of steps) {
          const action: DrillAction = typeof one === 'string' ? one : 'find' in one ? 'find' : 'mend'
          if (obstaclesTo(action, state, defects).length > 0) continue
          if (typeof one === 'object' && 'find' in one) defects.push({ what: one.find, dueOn: today, mendedOn: null })
          if (typeof one === 'object' && 'mend' in one && defects[one.mend]) {
            defects[one.mend] = { ...(defects[one.mend] as (typeof defects)[number]), mendedOn: today }
          }
          state = drillTransitions[action].to
          held ||= action === 'hold'
          if (state === 'closed') expect(defects.every(({ mendedOn }) => mendedOn !== null)).toBe(true)
          if (state === 'closed' || state === 'held') expect(held).toBe(true)
          if (state === 'cancelled') expect(held).toBe(false)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('names every defect that is left', () => {
    const open = { dueOn: today, mendedOn: null }
    expect(
      obstaclesTo('close', 'held', [
        { what: '灭火器过期', ...open },
        { what: '门锁', dueOn: today, mendedOn: today },
        { what: '电话没人接', ...open },
      ]),
    ).toEqual(['问题没有整改：灭火器过期', '问题没有整改：电话没人接'])
    expect(obstaclesTo('hold', 'cancelled', [])).toEqual(['这次演练已取消，不能再办理'])
  })

  test('a defect is overdue from the day after its deadline until it is mended', () => {
    expect(defectOverdue({ dueOn: today, mendedOn: null }, today)).toBe(false)
    expect(defectOverdue({ dueOn: today, mendedOn: null }, addDays(today, 1))).toBe(true)
    expect(defectOverdue({ dueOn: today, mendedOn: addDays(today, 1) }, addDays(today, 2))).toBe(false)
  })
})
