/** Forms that are not finished: kept per operator, bounded, and gone when they should be. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keepDays, Load, maxBody, maxDrafts, Mine, Remove, Save } from '../../src-main/drafts/api.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { Leave } from '../../src-main/staff/api.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())

const save = (key: string, form: unknown, as: Role = 'clerk') =>
  hall.call(Save, { key, title: '报装申请', path: '/opening', body: JSON.stringify(form) }, as)
const loaded = async (as: Role = 'clerk') =>
  (await hall.call(Load, {}, as)).map(({ key, body }) => [key, JSON.parse(body)])
const count = (table: string) =>
  (hall.hall.environment.sqlite.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n

describe('a draft', () => {
  test('is there after a restart as it was typed last, and nobody else sees it', async () => {
    await save('opening', { name: '王' })
    hall.clock.advance(1_000)
    await save('opening', { name: '王秀英' })
    await save('opening', { name: '别人的' }, 'hall-manager')
    await hall.restart()
    expect(await loaded()).toEqual([['opening', { name: '王秀英' }]])
    expect(await loaded('hall-manager')).toEqual([['opening', { name: '别人的' }]])
    expect(await loaded('cashier')).toEqual([])
    expect(await hall.call(Mine, {}, 'clerk')).toEqual([
      { key: 'opening', title: '报装申请', path: '/opening', updatedAt: hall.clock.now() },
    ])
  })

  test('that was sent is gone, the others stay; what another has under the same name stays too', async () => {
    await save('opening', 1)
    await save('workorder', 2)
    await save('opening', 3, 'cashier')
    await hall.call(Remove, { key: 'opening' }, 'clerk')
    await hall.call(Remove, { key: 'opening' }, 'clerk')
    expect(await loaded()).toEqual([['workorder', 2]])
    expect(await loaded('cashier')).toEqual([['opening', 3]])
  })

  test('leaves no row in the audit log and none for headquarters', async () => {
    const before = [count('audit_log'), count('outbox')]
    await save('opening', { idNumber: '999999194001011234' })
    await hall.call(Remove, { key: 'opening' }, 'clerk')
    expect([count('audit_log'), count('outbox')]).toEqual(before)
  })

  test('is forgotten after thirty days, at once in what is shown and by the job in the file', async () => {
    await save('old', 1)
    hall.clock.advance(keepDays * 86_400_000)
    expect(await loaded()).toHaveLength(1)
    await hall.hall.scheduler.runNow('drafts.clean')
    expect(count('drafts')).toBe(1)
    hall.clock.advance(1)
    expect(await loaded()).toEqual([])
    await hall.hall.scheduler.runNow('drafts.clean')
    expect(count('drafts')).toBe(0)
  })

  test('goes with whoever leaves', async () => {
    await save('opening', 1, 'dispatcher')
    await save('opening', 2)
    await hall.call(Leave, { staffId: actorOf('dispatcher').id }, 'administrator')
    expect(count('drafts')).toBe(1)
  })

  test('pushes the oldest one out once there are too many', async () => {
    for (let i = 0; i <= maxDrafts; i++) {
      hall.clock.advance(1)
      await save(`form-${i}`, i)
    }
    const keys = (await loaded()).map(([key]) => key)
    expect(keys).toHaveLength(maxDrafts)
    expect(keys).not.toContain('form-0')
    expect(keys[0]).toBe(`form-${maxDrafts}`)
  })

  test.each([
    [{ body: JSON.stringify('x'.repeat(maxBody)) }, 'body', '填写的内容太长，不能存为草稿'],
    [{ body: '{' }, 'body', '草稿内容不正确'],
    [{ path: 'https://example.com' }, 'path', '页面地址不正确'],
  ])('refuses %j', async (more, field, message) => {
    const draft = { key: 'a', title: '表单', path: '/', body: '1', ...more }
    await expect(hall.call(Save, draft, 'clerk')).rejects.toMatchObject({ failure: { field, message } })
    expect(count('drafts')).toBe(0)
  })
})

test('the list of one’s drafts is read along its index', () => {
  const plan = hall.hall.environment.sqlite
    .prepare(
      'EXPLAIN QUERY PLAN SELECT key FROM drafts WHERE staff_id = ? AND updated_at >= ? ORDER BY updated_at DESC',
    )
    .all('x', 0) as { detail: string }[]
  expect(plan.map(({ detail }) => detail).join()).toMatch(/drafts_mine/)
})
