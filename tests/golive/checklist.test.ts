import { afterEach, beforeEach, expect, test } from 'vitest'
import { AcceptWording, ReadWording, Wordings } from '../../src-main/contracts/api.ts'
import { Change } from '../../src-main/settings/api.ts'
import { Checklist, checklistItems, Decide } from '../../src-main/golive/api.ts'
import { setSetting } from '../../src-main/settings/service.ts'
import { AddCertificate } from '../../src-main/staff/api.ts'
import { seedPlans } from '../../src-main/tariffs/service.ts'
import { triedSql } from '../../src-main/golive/service.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { copyIn } from '../support/certificate.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())
const list = () => hall.call(Checklist, {}, 'administrator')
const stateOf = async (item: string) => (await list()).find((row) => row.item === item)

test('says of every point what is missing, and is true after a restart', async () => {
  hall.transact(({ sqlite }) => sqlite.exec(`DELETE FROM settings`))
  expect((await list()).map(({ item, state }) => [item, state])).toEqual(checklistItems.map((item) => [item, 'open']))
  expect(await stateOf('phones')).toMatchObject({ detail: '还缺 24 小时服务电话、24 小时抢险电话' })
  hall.transact((context) => {
    setSetting(context, 'company.servicePhone', '0999-8880001')
    setSetting(context, 'company.emergencyPhone', '0999-8880119')
    seedPlans(context)
  })
  await hall.call(
    AddCertificate,
    {
      requestId: crypto.randomUUID(),
      staffId: actorOf('clerk').id,
      ...copyIn(hall),
      kind: 'maintenance',
      number: 'W-1',
      issuedOn: '2026-01-01',
      validTo: '2028-12-31',
    },
    'administrator',
  )
  await hall.restart()
  const done = (await list()).filter(({ state }) => state === 'done').map(({ item }) => item)
  expect(done).toEqual(['phones', 'prices', 'staff'])
})

test('a point is decided only where the data cannot tell, and the decision can be taken back', async () => {
  const decide = (item: 'customers', choice: 'not-needed' | 'open') =>
    hall.call(Decide, { item, choice, note: '从零开始' }, 'hall-manager')
  await decide('customers', 'not-needed')
  await hall.restart()
  expect(await stateOf('customers')).toMatchObject({ item: 'customers', state: 'not-needed', detail: '从零开始' })
  await decide('customers', 'open')
  expect(await stateOf('customers')).toMatchObject({ state: 'open' })
  await expect(decide('prices' as 'customers', 'not-needed')).rejects.toMatchObject({
    failure: { message: '这一项由程序自己判断' },
  })
  await expect(hall.call(Checklist, {}, 'clerk')).rejects.toThrow('NotAllowed')
})

test('the shipped contract wordings are read whole and accepted one by one, by the text that was read', async () => {
  await hall.call(Change, { key: 'company.address', value: '示例市幸福路 1 号' }, 'administrator')
  const open = await hall.call(Wordings, {}, 'administrator')
  expect(open.map(({ acceptedAt }) => acceptedAt)).toEqual([null, null, null, null])
  for (const { kind, audience } of open) {
    const { html, templateId } = await hall.call(ReadWording, { kind, audience }, 'administrator')
    expect(html).toContain('示例燃气有限公司')
    // Read as it will be printed: what the settings say of the company is filled in.
    expect(html).toContain('示例市幸福路 1 号')
    expect(html).toContain('956100')
    const other = hall.call(AcceptWording, { kind, audience, templateId: 'another' }, 'administrator')
    await expect(other).rejects.toThrow('WordingChanged')
    await hall.call(AcceptWording, { kind, audience, templateId }, 'administrator')
  }
  await hall.restart()
  expect(await stateOf('wordings')).toMatchObject({ state: 'done' })
})

test('the page of the day looks through no years of printed receipts for its three test pages', () => {
  const plan = hall.hall.environment.sqlite.prepare(`EXPLAIN QUERY PLAN ${triedSql}`).all('[]') as { detail: string }[]
  const steps = plan.map(({ detail }) => detail)
  expect(steps.filter((step) => /^SCAN [po]\b/.test(step))).toEqual([])
  expect(steps).toContainEqual(expect.stringContaining('USING INDEX printings_copy'))
})
