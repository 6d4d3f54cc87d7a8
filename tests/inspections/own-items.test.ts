/** 安检项目: what the regulation asks is the least, what the company adds comes with the list as it was given out (clause 19(1)). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Arrange, Assign, inspectionItems, Round } from '../../src-main/inspections/api.ts'
import { roundPaper } from '../../src-main/inspections/papers.ts'
import { changeSetting } from '../support/approval.ts'
import {
  callAs,
  failedItem,
  generate,
  household,
  openInspectionHall,
  record,
  req,
  rows,
  sheetOf,
  taskOf,
  type InspectionHall,
} from './support.ts'

let set: InspectionHall
beforeEach(async () => void (set = await openInspectionHall()))
afterEach(() => set.hall.close())

const mine = '灶具旁没有易燃物'
const own = (text: string) => changeSetting(set.hall, 'inspections.ownItems', text)
async function due(n = 1) {
  const opened = household(set.hall, n)
  await generate(set.hall)
  return { ...opened, task: taskOf(set.hall, opened.accountId) }
}
const asked = [...sheetOf(true), { item: `own:${mine}`, answer: 'good' as const }]

test('an item the company added is asked for, printed, kept with its words, and may be a hazard', async () => {
  const { task } = await due()
  await own(`${mine}；非居民：值班表上墙`)
  await expect(record(set.hall, task.id, set.wang)).rejects.toMatchObject({
    failure: { message: expect.stringContaining(mine) },
  })
  const paper = set.hall.transact((context) => roundPaper(context, task.roundId))
  expect(paper.items.at(-1)).toEqual({ no: 13, text: mine })
  const result = await record(set.hall, task.id, set.wang, {
    outcome: 'hazard',
    failed: [failedItem({ item: `own:${mine}`, text: '灶具旁堆放纸箱' })],
    checks: [...sheetOf(true), { item: `own:${mine}`, answer: 'bad' }],
  })
  expect(result.hazardIds).toHaveLength(1)
  const [visit] = rows<{ checks: string }>(set.hall, 'SELECT checks FROM inspection_visits')
  expect(visit?.checks).toContain(mine)
})

test('a list that was given out stays as it was: the sheet in the bag is answered whole, whatever is added later', async () => {
  const { task } = await due()
  await callAs(set.hall, 'dispatcher', Assign, { requestId: req(), roundIds: [task.roundId], staffId: set.wang })
  await own(mine)
  expect((await callAs(set.hall, 'clerk', Round, { roundId: task.roundId })).ownItems).toBe('')
  await set.hall.restart()
  await record(set.hall, task.id, set.wang)
})

test('nothing of the regulation can be left out, and what is no list is refused', async () => {
  await own(mine)
  await own('')
  expect(inspectionItems(true)).toHaveLength(12)
  const { task } = await due()
  await expect(record(set.hall, task.id, set.wang, { checks: asked.slice(1) })).rejects.toMatchObject({
    failure: { message: expect.stringContaining('没有作答') },
  })
  await expect(own('短')).rejects.toMatchObject({ failure: { message: expect.stringContaining('4 至 60 个字') } })
})

test('how far a visit may be put off is a setting, and never beyond the period of its class (clause 10(6))', async () => {
  const { task } = await due()
  const arrange = (visitOn: string) =>
    callAs(set.hall, 'dispatcher', Arrange, { requestId: req(), taskId: task.id, visitOn, note: '约好' })
  await changeSetting(set.hall, 'inspections.arrangeDays', 5)
  await expect(arrange('2026-11-29')).rejects.toMatchObject({ failure: { message: '上门日期请在 5 天以内' } })
  expect(await arrange('2026-11-27')).toMatchObject({ visitOn: '2026-11-27' })
  await expect(changeSetting(set.hall, 'inspections.arrangeDays', 185)).rejects.toMatchObject({
    failure: { message: expect.stringContaining('1 至 184') },
  })
})
