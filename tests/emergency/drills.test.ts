import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CustomerTimeline } from '../../src-main/customers/api.ts'
import {
  AddDefect,
  AddDrillPicture,
  CancelDrill,
  CloseDrill,
  Drill,
  DrillCounts,
  drillFilters,
  Drills,
  DrillYear,
  EditDrill,
  HoldDrill,
  MendDefect,
  PlanDrill,
} from '../../src-main/emergency/api.ts'
import { drillsSql } from '../../src-main/emergency/service.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import { ReadPicture } from '../../src-main/publicity/api.ts'
import { Change } from '../../src-main/settings/api.ts'
import { openOne } from '../customers/support.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())

const req = () => crypto.randomUUID()
const planOf = (more: Partial<InputOf<typeof PlanDrill>> = {}): InputOf<typeof PlanDrill> => ({
  requestId: req(),
  kind: 'leak',
  form: 'field',
  title: '户内泄漏应急演练',
  plannedOn: '2026-11-25',
  place: '阳光花园 3 幢',
  scenario: '三楼住户软管脱落，楼道有燃气味',
  ...more,
})
const plan = (more: Parameters<typeof planOf>[0] = {}) => hall.call(PlanDrill, planOf(more), 'hall-manager')
const holdOf = (drillId: string, more: Partial<InputOf<typeof HoldDrill>> = {}): InputOf<typeof HoldDrill> => ({
  requestId: req(),
  drillId,
  heldOn: '2026-11-23',
  place: '阳光花园 3 幢',
  staffIds: [actorOf('clerk').id, actorOf('dispatcher').id],
  result: 'fair',
  evaluation: '出动及时，警戒范围偏小',
  ...more,
})
const hold = (drillId: string, more: Parameters<typeof holdOf>[1] = {}) =>
  hall.call(HoldDrill, holdOf(drillId, more), 'hall-manager')
const look = (drillId: string) => hall.call(Drill, { drillId })
const close = (drillId: string) => hall.call(CloseDrill, { requestId: req(), drillId }, 'hall-manager')
const mend = (defectId: string, mendedOn = '2026-11-23') =>
  hall.call(MendDefect, { requestId: req(), defectId, mendedOn, note: '已更换' }, 'hall-manager')
const defect = (dueOn = '2026-11-30') => ({ what: '警戒带不足', responsible: '赵师傅', dueOn })

describe('a drill', () => {
  test('is planned, held with staff and customers, and closed when its defects are mended (clauses 6(8), 24)', async () => {
    const { accountId, customerId } = openOne(hall, 1)
    const { drillId, drillNo } = await plan()
    expect(drillNo).toMatch(/^YL\d{13}$/)
    await hold(drillId, { accountIds: [accountId], others: 6, defects: [defect()] })
    await hall.restart()
    const held = await look(drillId)
    expect(held.drill).toMatchObject({
      state: 'held',
      staffCount: 2,
      customerCount: 1,
      others: 6,
      openDefects: 1,
      heldBy: '李主任',
    })
    expect(held.customers).toMatchObject([{ accountId, name: '客户1' }])
    expect(held.obstacles).toEqual(['问题没有整改：警戒带不足'])
    await expect(close(drillId)).rejects.toMatchObject({
      failure: { code: 'DrillStep', message: '问题没有整改：警戒带不足' },
    })
    await mend(held.defects[0]?.id ?? '')
    await close(drillId)
    expect((await look(drillId)).drill).toMatchObject({ state: 'closed', closedBy: '李主任' })

    // The drill stands in the file of the customer who took part.
    const { rows } = await hall.call(CustomerTimeline, { customerId, accountId, page: {} })
    expect(rows.map(({ title, detail }) => [title, detail])).toContainEqual(['参加实战演练', '户内泄漏应急演练'])
    const paper = await hall.paper({ kind: 'drill-record', id: drillId }, 'dispatcher')
    for (const part of [drillNo, '客户1', '警戒带不足', '已更换', '基本达到', '员工 2 人，客户 1 户，其他 6 人'])
      expect(paper.html, part).toContain(part)
  })

  test('takes defects that are seen later, each with a deadline no earlier than the drill', async () => {
    const { drillId } = await plan()
    const add = (dueOn: string) => hall.call(AddDefect, { requestId: req(), drillId, ...defect(dueOn) }, 'hall-manager')
    await expect(add('2026-11-30')).rejects.toThrow('DrillStep')
    await hold(drillId)
    await expect(add('2026-11-22')).rejects.toMatchObject({ failure: { field: 'dueOn' } })
    const { defectId } = await add('2026-11-30')
    await expect(mend(defectId, '2026-11-24')).rejects.toMatchObject({ failure: { field: 'mendedOn' } })
    await expect(mend(defectId, '2026-11-22')).rejects.toMatchObject({ failure: { field: 'mendedOn' } })
    await mend(defectId)
    await expect(mend(defectId)).rejects.toThrow('DefectMended')
    await close(drillId)
    await expect(add('2026-11-30')).rejects.toThrow('DrillStep')
  })

  test('with a defect whose deadline is wrong leaves nothing behind', async () => {
    const { drillId } = await plan()
    await expect(hold(drillId, { defects: [defect(), defect('2026-11-01')] })).rejects.toMatchObject({
      failure: { field: 'defects.1.dueOn' },
    })
    expect((await look(drillId)).drill).toMatchObject({ state: 'planned', staffCount: 0, openDefects: 0 })
  })

  test('is not held tomorrow, and not after it was cancelled', async () => {
    const { drillId } = await plan()
    await expect(hold(drillId, { heldOn: '2026-11-24' })).rejects.toMatchObject({ failure: { field: 'heldOn' } })
    await hall.call(EditDrill, { ...planOf({ plannedOn: '2026-12-01' }), drillId }, 'administrator')
    expect((await look(drillId)).drill.onDate).toBe('2026-12-01')
    await hall.call(CancelDrill, { requestId: req(), drillId, reason: '雨天' }, 'hall-manager')
    await expect(hold(drillId)).rejects.toThrow('DrillStep')
  })

  test('cannot be closed, skipped or undone below the service either', async () => {
    const { drillId } = await plan()
    const { sqlite } = hall.hall.environment
    const run = (sql: string) => () => sqlite.prepare(sql).run()
    const heldDirectly = `UPDATE drills SET state = 'held', held_on = '2026-11-23', on_date = '2026-11-23', result = 'good',
      evaluation = 'x' WHERE id = '${drillId}'`
    expect(run(heldDirectly)).toThrow(/held with its day, staff/)
    await hold(drillId, { defects: [defect()] })
    expect(run(`UPDATE drills SET state = 'closed' WHERE id = '${drillId}'`)).toThrow(/open defect/)
    expect(run(`UPDATE drill_defects SET due_on = '2027-01-01'`)).toThrow(/deadline stays/)
    expect(run('DELETE FROM drill_defects')).toThrow(/defects stay/)
    expect(
      run(
        `UPDATE drills SET state = 'planned', held_on = NULL, result = NULL, on_date = planned_on WHERE id = '${drillId}'`,
      ),
    ).toThrow(/from planned to held/)
  })

  test('keeps its pictures sealed', async () => {
    const { drillId } = await plan()
    mkdirSync(join(hall.folder, 'inbox'))
    const sourcePath = join(hall.folder, 'inbox', '签到表.pdf')
    writeFileSync(sourcePath, '%PDF-1.7\n签到')
    const { pictureId } = await hall.call(AddDrillPicture, { requestId: req(), drillId, sourcePath }, 'hall-manager')
    expect((await look(drillId)).pictures).toMatchObject([{ pictureId, name: '签到表.pdf' }])
    expect((await hall.call(ReadPicture, { pictureId }, 'clerk')).type).toBe('application/pdf')
  })

  test('is written by the manager and the administrator, and read by everybody', async () => {
    const { drillId } = await plan()
    for (const as of ['clerk', 'cashier', 'dispatcher'] as const) {
      await expect(hall.call(PlanDrill, planOf(), as)).rejects.toThrow('NotAllowed')
      expect((await hall.call(Drill, { drillId }, as)).drill.state).toBe('planned')
    }
  })
})

describe('the year', () => {
  test('counts drills held against the target, and what is due and overdue for the page of the day', async () => {
    await hall.call(Change, { key: 'emergency.drillsPerYear', value: 3 }, 'hall-manager')
    const first = await plan({ plannedOn: '2026-11-10' })
    await hold(first.drillId, { defects: [defect('2026-11-23')], others: 4 })
    const training = await plan({ form: 'training', kind: 'fire' })
    await hold(training.drillId)
    await plan({ plannedOn: '2026-11-20' })
    await plan({ plannedOn: '2026-12-01' })
    expect(await hall.call(DrillYear, { year: 2026 })).toEqual({
      year: 2026,
      target: 3,
      held: 1,
      trainings: 1,
      planned: 2,
      staff: 4,
      customers: 0,
      others: 4,
      defects: 1,
      mended: 0,
      kinds: [{ kind: 'leak', held: 1 }],
    })
    expect(await hall.call(DrillCounts, {})).toEqual({
      drillsSoon: 1,
      drillsOverdue: 1,
      defectsOpen: 1,
      defectsOverdue: 0,
      heldThisYear: 1,
      target: 3,
      drafts: 0,
    })
    hall.clock.set(Date.parse('2026-11-24T09:00:00+08:00'))
    expect(await hall.call(DrillCounts, {})).toMatchObject({ defectsOverdue: 1 })
    const overdue = await hall.call(Drills, { year: 2026, filter: 'overdue' })
    expect(overdue.rows.map(({ state, openDefects }) => [state, openDefects])).toEqual([
      ['held', 1],
      ['planned', 0],
    ])
  })

  test('lists the latest first and pages by key', async () => {
    for (let n = 1; n <= 5; n++) await plan({ plannedOn: `2026-12-0${n}` })
    const first = await hall.call(Drills, { year: 2026, page: { size: 3 } })
    const second = await hall.call(Drills, { year: 2026, page: { after: first.next, size: 3 } })
    expect([...first.rows, ...second.rows].map(({ onDate }) => onDate.slice(-1))).toEqual(['5', '4', '3', '2', '1'])
    expect((await hall.call(Drills, { year: 2027 })).rows).toEqual([])
    await expect(hall.call(Drills, { year: 2026, page: { after: 'x' } })).rejects.toThrow('页码不正确')
  })

  test.each(drillFilters)('finds %s by an index, without sorting', (filter) => {
    const lines = hall.hall.environment.sqlite.prepare(`EXPLAIN QUERY PLAN ${drillsSql(filter)}`).all({
      filter,
      today: '',
      from: '',
      to: '',
      beforeDate: '',
      beforeId: '',
      limit: 51,
    }) as { detail: string }[]
    const text = lines.map(({ detail }) => detail).join('\n')
    expect(text).toMatch(/SEARCH d USING INDEX drills_(date|state)/)
    expect(text).not.toMatch(/SCAN d|TEMP B-TREE/)
  })
})
