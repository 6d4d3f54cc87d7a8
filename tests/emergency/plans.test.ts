import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ApprovePlan,
  DiscardPlan,
  DrillCounts,
  Drafts,
  PlanContent,
  Plans,
  PlanVersions,
  RetirePlan,
  SavePlan,
} from '../../src-main/emergency/api.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { Change } from '../../src-main/settings/api.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())

const req = () => crypto.randomUUID()
const contentOf = (title: string, phone = '【抢险电话】') =>
  PlanContent.parse({
    title,
    when: '客户反映漏气',
    steps: [{ text: '告知关阀开窗', who: '接报人' }, { text: '通知抢险' }],
    contacts: [{ name: '抢险值班', phone }],
    checklist: ['客户已到户外'],
  })
const save = (title: string, as: Role = 'hall-manager', planId: string | null = null, phone?: string) =>
  hall.call(SavePlan, { requestId: req(), planId, kind: 'leak', content: contentOf(title, phone) }, as)
const approve = (versionId: string, as: Role = 'administrator') =>
  hall.call(ApprovePlan, { requestId: req(), versionId }, as)
const leak = async (as: Role = 'clerk') =>
  (await hall.call(Plans, {}, as)).filter(({ kind }) => kind === 'leak').map(({ title, no }) => [title, no])

describe('plans', () => {
  test('are at hand from the first start, marked 示例, with the phones of this hall', async () => {
    await hall.call(Change, { key: 'company.emergencyPhone', value: '010-8800' }, 'hall-manager')
    const plans = await hall.call(Plans, {}, 'cashier')
    expect(plans).toHaveLength(9)
    for (const plan of plans) expect(plan).toMatchObject({ example: true, no: null, planId: null })
    expect(plans[0]?.contacts[0]).toEqual({ name: '抢险值班', phone: '010-8800' })
  })

  test('hold once somebody else approved them; the version in force stays until the next is approved', async () => {
    const { planId, versionId } = await save('泄漏处置')
    expect(await leak()).toEqual([['燃气泄漏处置（示例）', null]])
    await expect(approve(versionId, 'hall-manager')).rejects.toThrow('OwnPlan')
    expect(await approve(versionId)).toEqual({ no: 1 })
    expect(await leak()).toEqual([['泄漏处置', 1]])

    const second = await save('泄漏处置修订', 'administrator', planId)
    expect(await leak()).toEqual([['泄漏处置', 1]])
    await hall.restart()
    expect(await hall.call(Drafts, {}, 'hall-manager')).toMatchObject([
      { versionId: second.versionId, obstacle: null, replaces: 1, savedBy: '吴管理' },
    ])
    expect(await hall.call(Drafts, {}, 'administrator')).toMatchObject([
      { obstacle: '本人写过这份预案，须由其他主任或管理员批准' },
    ])
    expect((await hall.call(DrillCounts, {})).drafts).toBe(1)
    await approve(second.versionId, 'hall-manager')
    expect(await leak()).toEqual([['泄漏处置修订', 2]])
    expect((await hall.call(PlanVersions, { planId })).map(({ no, approvedBy }) => [no, approvedBy])).toEqual([
      [2, '李主任'],
      [1, '吴管理'],
    ])
  })

  test('are not approved by anybody who wrote at them, also when somebody else wrote last', async () => {
    const { planId, versionId } = await save('甲稿', 'hall-manager')
    await save('乙改', 'administrator', planId)
    await expect(approve(versionId, 'hall-manager')).rejects.toThrow('OwnPlan')
    await expect(approve(versionId, 'administrator')).rejects.toThrow('OwnPlan')
  })

  test('with a phone that cannot be dialled are kept, told of, and not approved', async () => {
    const { versionId, problems } = await save('泄漏', 'hall-manager', null, '问前台')
    expect(problems).toEqual(['抢险值班的电话“问前台”无法拨打'])
    await expect(approve(versionId)).rejects.toMatchObject({
      failure: { code: 'PlanIncomplete', message: problems[0] },
    })
    await hall.call(DiscardPlan, { requestId: req(), versionId }, 'hall-manager')
    expect(await hall.call(Drafts, {}, 'hall-manager')).toEqual([])
  })

  test('that are retired make room for the shipped one again', async () => {
    const { planId, versionId } = await save('泄漏处置')
    await approve(versionId)
    await save('再改', 'hall-manager', planId)
    await hall.call(RetirePlan, { requestId: req(), planId, reason: '合并' }, 'administrator')
    expect(await leak()).toEqual([['燃气泄漏处置（示例）', null]])
    expect(await hall.call(Drafts, {}, 'hall-manager')).toEqual([])
    await expect(save('又改', 'hall-manager', planId)).rejects.toThrow('EmergencyPlanNotFound')
  })

  test('cannot be approved by their writer, changed or removed below the service either', async () => {
    const { versionId } = await save('泄漏处置')
    const { sqlite } = hall.hall.environment
    const run = (sql: string) => () => sqlite.prepare(sql).run()
    const approval = (by: string) =>
      `UPDATE emergency_plan_versions SET state = 'approved', no = 1, approved_at = 1, approved_by = 'x', approved_by_id = ${by}
       WHERE id = '${versionId}'`
    expect(run(approval(`(SELECT writers ->> 0 FROM emergency_plan_versions WHERE id = '${versionId}')`))).toThrow(
      /by somebody else/,
    )
    expect(run(approval('NULL'))).toThrow(/by somebody else/)
    await approve(versionId)
    expect(run(`UPDATE emergency_plan_versions SET note = 'x' WHERE id = '${versionId}'`)).toThrow(/never changes/)
    expect(run(`DELETE FROM emergency_plan_versions WHERE id = '${versionId}'`)).toThrow(/never goes/)
  })

  test('are printed large for whoever is signed in, own ones and shipped ones, never as 补打', async () => {
    const { versionId } = await save('泄漏处置')
    await expect(hall.paper({ kind: 'emergency-plan', id: versionId }, 'clerk')).rejects.toThrow('NotFound')
    await approve(versionId)
    for (const [id, words] of [
      [versionId, '第 1 版，吴管理'],
      ['example:fire', '示例预案'],
    ] as const) {
      for (let n = 0; n < 2; n++) {
        const paper = await hall.print({ requestId: req(), kind: 'emergency-plan', id, how: 'pdf' }, 'dispatcher')
        expect(paper.html).toContain(words)
        expect(paper.html.includes('class="watermark">示例<')).toBe(id === 'example:fire')
        expect(paper.html).toContain('956100')
        expect(paper.html).not.toContain('补打')
      }
    }
  })

  test('are written by the manager and the administrator alone', async () => {
    for (const as of ['clerk', 'cashier', 'dispatcher'] as const)
      await expect(save('x', as)).rejects.toThrow('NotAllowed')
  })
})
