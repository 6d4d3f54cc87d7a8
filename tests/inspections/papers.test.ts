import type { Role } from '../../src-main/platform/contract.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Assign, Reinspect, Statistics } from '../../src-main/inspections/api.ts'
import { statisticsSql } from '../../src-main/inspections/service.ts'
import {
  callAs,
  failedItem,
  generate,
  household,
  openInspectionHall,
  planned,
  record,
  req,
  rows,
  shop,
  taskOf,
  type InspectionHall,
} from './support.ts'

let set: InspectionHall
beforeEach(async () => void (set = await openInspectionHall()))
afterEach(() => set.hall.close())

const text = (html: string) =>
  html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
const paper = (
  kind: 'inspection-round' | 'absence-card' | 'rectification-notice',
  id: string,
  as: Role = 'dispatcher',
) => set.hall.paper({ kind, id }, as)

test('a round list shows nobody’s full name or phone, but meter, last result, special care and the 24-hour phone', async () => {
  const { accountId } = household(set.hall, 1, { room: '501' })
  household(set.hall, 2, { room: '502' })
  set.hall.transact(({ sqlite }) =>
    sqlite
      .prepare(
        `UPDATE customers SET name = '张晓燕', special_care = '{"kinds":["elderly"],"measures":"电话预约"}' WHERE name = '客户1'`,
      )
      .run(),
  )
  await generate(set.hall)
  const { roundId, id } = taskOf(set.hall, accountId)
  await callAs(set.hall, 'dispatcher', Assign, { requestId: req(), roundIds: [roundId], staffId: set.wang })
  await record(set.hall, id, set.wang, { outcome: 'absent', signatory: '' })
  await generate(set.hall, 2027)
  // The paper of next year's first visit.
  const next = planned(set.hall, accountId)[1] ?? expect.fail('nothing is planned for next year')
  await callAs(set.hall, 'dispatcher', Assign, { requestId: req(), roundIds: [next.roundId], staffId: set.wang })
  const { html, sheet, title } = await paper('inspection-round', next.roundId)
  const words = text(html)
  expect([title, sheet]).toEqual(['安检任务单', { width: 210_000, height: 297_000, landscape: true }])
  for (const part of ['阳光花园 3 栋', '张**', '2-501', 'M1001', '26-11-23 到访不遇', '特殊：高龄', '王安检', '956100'])
    expect(words).toContain(part)
  expect(words).not.toContain('张晓燕')
  expect(words).not.toMatch(/1990\d{7}/)
  expect(words).toMatch(/199\*{4}\d{4}/)
})

test('an absence card says when somebody comes again; taken along it leaves that to be filled in at the door', async () => {
  const { accountId } = household(set.hall, 1)
  shop(set.hall, 2)
  await generate(set.hall)
  const task = taskOf(set.hall, accountId)
  const blank = text((await paper('absence-card', task.roundId)).html)
  expect(blank).toContain('将再次上门，时间')
  await record(set.hall, task.id, set.wang, { outcome: 'absent', signatory: '' })
  const filled = text((await paper('absence-card', task.id)).html)
  expect(filled).toContain('安检员于 2026-11-23 上门')
  expect(filled).toContain('将于 2026-11-30 前再次上门')
  expect(filled).toContain('24 小时服务电话 956100')
  await expect(paper('absence-card', req())).rejects.toThrow('RoundNotFound')
})

test('a 整改通知书 lists every hazard with grade, mender and deadline, the suspension, and later re-inspections', async () => {
  const { accountId } = household(set.hall, 1)
  await generate(set.hall)
  const { noticeId, hazardIds } = await record(set.hall, taskOf(set.hall, accountId).id, set.wang, {
    outcome: 'hazard',
    failed: [
      failedItem(),
      failedItem({ item: 'flue', grade: 'critical', text: '烟道未伸出室外', measures: '关阀贴封' }),
    ],
  })
  const words = text((await paper('rectification-notice', noticeId ?? '', 'clerk')).html)
  for (const part of ['软管老化开裂', '一般', '烟道未伸出室外', '重大', '立即停气', '2026-12-08', '临时措施：关阀贴封'])
    expect(words).toContain(part)
  expect(words).toContain('未整改合格前不得恢复供气')
  await callAs(set.hall, 'clerk', Reinspect, {
    requestId: req(),
    hazardId: hazardIds[0] ?? '',
    inspectorId: set.wang,
    inspectedOn: '2026-11-23',
    passed: false,
    newDeadline: '2026-12-20',
    note: '仍用旧管',
  })
  const again = text((await paper('rectification-notice', noticeId ?? '')).html)
  expect(again).toContain('不合格：仍用旧管；整改期限延至 2026-12-20')
  await expect(paper('rectification-notice', req())).rejects.toThrow('HazardNotFound')
})

test('the statistics are counted from what was entered: coverage, absence, refusal, hazards in time and by age', async () => {
  const homes = [1, 2, 3, 4].map((n) => household(set.hall, n))
  await generate(set.hall)
  const [a, b, c, d] = homes.map(({ accountId }) => taskOf(set.hall, accountId).id) as [string, string, string, string]
  await record(set.hall, a, set.wang)
  await record(set.hall, b, set.wang, { outcome: 'absent', signatory: '' })
  await record(set.hall, c, set.wang, { outcome: 'refused', signatory: '', note: '不便' })
  const { hazardIds } = await record(set.hall, d, set.wang, {
    outcome: 'hazard',
    failed: [failedItem(), failedItem({ item: 'flue', grade: 'critical' })],
  })
  set.hall.clock.set('2026-12-10T09:00:00+08:00')
  const inspected = { inspectorId: set.wang, inspectedOn: '2026-12-10' as const, newDeadline: null, note: '合格' }
  await callAs(set.hall, 'clerk', Reinspect, {
    requestId: req(),
    hazardId: hazardIds[0] ?? '',
    passed: true,
    ...inspected,
  })
  const { periods, months, hazards } = await callAs(set.hall, 'hall-manager', Statistics, {})
  expect(periods).toMatchObject([{ resident: true, planned: 4, done: 2, refused: 1 }])
  expect(months.map(({ month }) => month)).toHaveLength(12)
  expect(months[10]).toEqual({
    month: '2026-11',
    passed: 1,
    hazard: 1,
    absent: 1,
    refused: 1,
    unsigned: 0,
    found: 2,
    mended: 0,
  })
  expect(months[11]).toMatchObject({ month: '2026-12', passed: 0, mended: 1 })
  expect(hazards).toMatchObject({
    found: { general: 1, serious: 0, critical: 1 },
    // Re-inspected as good two days after its first deadline; the other is past it.
    inTime: 0,
    late: 1,
    overdue: 1,
  })
  expect(hazards.open.map(({ critical }) => critical)).toEqual([0, 1, 0, 0])
  expect((await callAs(set.hall, 'clerk', Statistics, { year: 2025 })).months[10]).toMatchObject({ passed: 0 })
  for (const [name, sql] of Object.entries(statisticsSql)) {
    const plan = rows<{ detail: string }>(set.hall, `EXPLAIN QUERY PLAN ${sql}`, {
      from: '',
      to: '',
      today: '',
      most: 1,
    })
    expect(plan[0]?.detail, name).toMatch(/^SEARCH/)
  }
})
