/** 临时安检: one account out of turn, and how it counts (clauses 10(6), 10(8)). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InputOf } from '../../src-main/platform/contract.ts'
import {
  Arrange,
  OfAccount,
  RequestInspection,
  Round,
  Rounds,
  Statistics,
  WithdrawRequest,
} from '../../src-main/inspections/api.ts'
import { inspectionFigures } from '../../src-main/inspections/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { refusal } from '../customers/support.ts'
import {
  callAs,
  employ,
  failedItem,
  generate,
  household,
  openInspectionHall,
  planned,
  record,
  req,
  taskOf,
  type InspectionHall,
} from './support.ts'

let set: InspectionHall
beforeEach(async () => void (set = await openInspectionHall()))
afterEach(() => set.hall.close())

type Asked = Partial<InputOf<typeof RequestInspection>>
const ask = (accountId: string, more: Asked = {}, as = 'clerk') =>
  callAs(set.hall, as, RequestInspection, {
    ...{ requestId: req(), accountId, cause: 'customer', visitOn: '2026-11-24', inspectorId: set.wang },
    ...more,
  })
const statistics = () => callAs(set.hall, 'hall-manager', Statistics, { year: 2026 })
const coverage = () => {
  const figure = inspectionFigures.find(({ name }) => name === 'inspections.coverage')
  const span = { from: businessDate('2026-11-01'), to: businessDate('2026-12-31') }
  return set.hall.transact((context) => figure?.compute(context, span))
}
const residents = async () => (await statistics()).periods.find(({ resident }) => resident)

test('while the inspection of the period is open it is that one, brought forward, and nobody calls twice', async () => {
  const home = household(set.hall, 1)
  household(set.hall, 2)
  await generate(set.hall)
  const before = taskOf(set.hall, home.accountId)
  const asked = await ask(home.accountId, { cause: 'reported', note: '邻居反映有异味' })
  expect(asked).toMatchObject({ ofPlan: true, taskId: before.id })
  const [task] = planned(set.hall, home.accountId)
  expect(task).toMatchObject({ visitOn: '2026-11-24', assigneeId: set.wang, state: 'planned' })
  expect(task?.roundId).not.toBe(before.roundId)
  const sheet = await callAs(set.hall, 'clerk', Round, { roundId: asked.roundId })
  expect(sheet.round).toMatchObject({ requested: true, total: 1 })
  expect(sheet.rows).toMatchObject([{ cause: 'reported', causeNote: '邻居反映有异味' }])
  const paper = await set.hall.paper({ kind: 'inspection-round', id: asked.roundId }, 'dispatcher')
  expect(paper.html).toContain('临时：他人反映隐患 邻居反映有异味')
  await record(set.hall, asked.taskId, set.wang)
  expect(await residents()).toMatchObject({ planned: 2, done: 1, inTime: 1 })
  // A generation afterwards has nothing to add for it.
  expect(await generate(set.hall)).toMatchObject({ added: 0, dropped: 0 })
})

test('once the inspection of the period is done it is one more: visit and hazards count, coverage does not', async () => {
  const home = household(set.hall, 1)
  await generate(set.hall)
  await record(set.hall, taskOf(set.hall, home.accountId).id, set.wang)
  const [before, share] = [await residents(), coverage()]
  const asked = await ask(home.accountId, { cause: 'repaired', note: '工单 GD1' })
  expect(asked.ofPlan).toBe(false)
  expect((await refusal(ask(home.accountId))).message).toContain('没有做完')
  const { hazardIds } = await record(set.hall, asked.taskId, set.wang, {
    outcome: 'hazard',
    failed: [failedItem()],
  })
  expect(hazardIds).toHaveLength(1)
  expect(await residents()).toEqual(before)
  expect(coverage()).toEqual(share)
  const november = (await statistics()).months.find(({ month }) => month === '2026-11')
  expect(november).toMatchObject({ passed: 1, hazard: 1, found: 1 })
  const file = await callAs(set.hall, 'clerk', OfAccount, { accountId: home.accountId })
  expect(file.tasks.map(({ extra, state }) => [extra, state])).toEqual([
    [false, 'passed'],
    [true, 'hazard'],
  ])
  // Neither dropped by a generation nor taken for what the account should have had.
  expect(await generate(set.hall)).toMatchObject({ added: 0, dropped: 0 })
  expect((await ask(home.accountId)).ofPlan).toBe(false)
  expect(await generate(set.hall)).toMatchObject({ added: 0, dropped: 0 })
})

test('an account that stands in no plan yet gets its inspection of the period by it', async () => {
  const home = household(set.hall, 1)
  const asked = await ask(home.accountId)
  expect(asked.ofPlan).toBe(true)
  await record(set.hall, asked.taskId, set.wang)
  expect(await generate(set.hall)).toMatchObject({ added: 0 })
  expect(await residents()).toMatchObject({ planned: 1, done: 1 })
})

test('newcomers of the building do not join its list, and an absence plans the next visit on a list of its own', async () => {
  const home = household(set.hall, 1)
  const asked = await ask(home.accountId, { visitOn: '2026-12-30' })
  const late = household(set.hall, 2)
  await generate(set.hall)
  expect(taskOf(set.hall, late.accountId).part).toBe(0)
  await record(set.hall, asked.taskId, set.wang, { outcome: 'absent', signatory: '' })
  const moved = taskOf(set.hall, home.accountId)
  expect(moved).toMatchObject({ state: 'planned', absences: 1, assigneeId: set.wang })
  expect(moved.part).toBeGreaterThanOrEqual(1_000)
})

test('only a certified inspector, only where gas flows, only from today on', async () => {
  const home = household(set.hall, 1)
  const nobody = await employ(set.hall, { staffNo: '3007', name: '钱无证', roles: ['clerk'], certificates: [] })
  expect((await refusal(ask(home.accountId, { inspectorId: nobody }))).code).toBe('CertificateMissing')
  expect((await refusal(ask(home.accountId, { visitOn: '2026-11-22' }))).field).toBe('visitOn')
  expect((await refusal(ask(home.accountId, { visitOn: '2027-11-22' }))).field).toBe('visitOn')
  await expect(ask(home.accountId, {}, 'cashier')).rejects.toThrow('NotAllowed')
  set.hall.transact(({ sqlite }) =>
    sqlite.prepare(`UPDATE accounts SET state = 'closed', closed_on = '2026-11-23' WHERE id = ?`).run(home.accountId),
  )
  expect((await refusal(ask(home.accountId))).code).toBe('RequestRefused')
  expect(planned(set.hall)).toEqual([])
})

test('what is beyond the plan can be withdrawn, what the plan asks for is arranged anew', async () => {
  const home = household(set.hall, 1)
  await generate(set.hall)
  const first = await ask(home.accountId)
  const withdraw = (taskId: string) =>
    callAs(set.hall, 'clerk', WithdrawRequest, { requestId: req(), taskId, reason: '客户取消' })
  expect((await refusal(withdraw(first.taskId))).message).toContain('另约')
  await callAs(set.hall, 'dispatcher', Arrange, {
    ...{ requestId: req(), taskId: first.taskId, visitOn: '2026-12-10', note: '客户改期' },
  })
  await record(set.hall, first.taskId, set.wang)
  const more = await ask(home.accountId)
  expect(await withdraw(more.taskId)).toEqual({ state: 'dropped' })
  expect((await refusal(withdraw(more.taskId))).code).toBe('RequestRefused')
  // The next one has a slot of its own.
  expect((await ask(home.accountId)).taskId).not.toBe(more.taskId)
  expect((await callAs(set.hall, 'clerk', Rounds, { filter: 'open' })).rows).toMatchObject([{ requested: true }])
})

test('below the services an inspection stays of the plan or beyond it', async () => {
  const home = household(set.hall, 1)
  const { taskId } = await ask(home.accountId)
  const write = (sql: string) => () => set.hall.transact(({ sqlite }) => sqlite.prepare(sql).run(taskId))
  expect(write('UPDATE inspection_tasks SET extra = 1, slot = 101 WHERE id = ?')).toThrow('of the plan or beyond it')
  expect(write('UPDATE inspection_tasks SET slot = 150 WHERE id = ?')).toThrow(/CHECK/)
})
