import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CustomerTimeline } from '../../src-main/customers/api.ts'
import {
  Arrange,
  Assign,
  OfAccount,
  Record as RecordResult,
  Round,
  Statistics,
  Visits,
  VoidVisit,
} from '../../src-main/inspections/api.ts'
import { ofAccountSql, sheetSql, tasksSql, visitsSql } from '../../src-main/inspections/service.ts'
import { taskFilters } from '../../src-main/inspections/words.ts'
import { takeOverHazard } from '../../src-main/supply/service.ts'
import { actorOf, type CallFailed } from '../support/hall.ts'
import {
  callAs,
  employ,
  failedItem,
  gasOf,
  generate,
  household,
  listTasks,
  openInspectionHall,
  planned,
  record,
  req,
  resultOf,
  resumeGas,
  rows,
  sheetOf,
  shop,
  taskOf,
  type InspectionHall,
} from './support.ts'

let set: InspectionHall
beforeEach(async () => void (set = await openInspectionHall()))
afterEach(() => set.hall.close())

async function due(n = 1) {
  const opened = household(set.hall, n)
  await generate(set.hall)
  return { ...opened, task: taskOf(set.hall, opened.accountId) }
}
const written = () =>
  rows<{ n: number }>(
    set.hall,
    'SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM audit_log) + (SELECT count(*) FROM requests) AS n',
  )[0]?.n

describe('a result', () => {
  test('that is good is on record with inspector, signatory and every item, in the customer file too', async () => {
    const { customerId, accountId, task } = await due()
    const input = {
      requestId: req(),
      taskId: task.id,
      ...resultOf(set.hall, task.id, {}),
      visitedOn: '2026-11-23',
      arrivedAt: '08:40',
      inspectorId: set.wang,
      outcome: 'passed' as const,
      signatory: '客户1',
      checks: [
        ...sheetOf(true).filter(({ item }) => item !== 'flue' && item !== 'leak'),
        { item: 'flue', answer: 'none' as const, note: '没有热水器' },
        { item: 'leak', answer: 'good' as const },
      ],
    }
    const first = await callAs(set.hall, 'clerk', RecordResult, input)
    expect(first.visitNo).toMatch(/^AJ\d{13}$/)
    expect(await callAs(set.hall, 'clerk', RecordResult, input)).toEqual(first)
    expect(taskOf(set.hall, accountId)).toMatchObject({ state: 'passed', doneOn: '2026-11-23' })
    const [visit] = rows<{ checks: string; inspector_name: string }>(set.hall, 'SELECT * FROM inspection_visits')
    expect(JSON.parse(visit?.checks ?? '')).toHaveLength(12)
    expect(JSON.parse(visit?.checks ?? '')).toContainEqual({ item: 'hose', answer: 'good', note: '' })
    expect(JSON.parse(visit?.checks ?? '')).toContainEqual({ item: 'flue', answer: 'none', note: '没有热水器' })
    const timeline = await callAs(set.hall, 'clerk', CustomerTimeline, {
      customerId,
      accountId,
      kinds: ['inspection'],
      page: {},
    })
    expect(timeline.rows).toMatchObject([{ title: '安检：合格', detail: '2026-11-23 08:40 王安检；客户1签字' }])
    const file = await callAs(set.hall, 'cashier', OfAccount, { accountId })
    expect(file).toMatchObject({ tasks: [{ state: 'passed' }], visits: [{ outcome: 'passed', signatory: '客户1' }] })
    await expect(record(set.hall, task.id, set.wang)).rejects.toMatchObject({
      failure: { code: 'ResultRefused', message: '这户本期安检已是“合格”，不能再登记，请刷新后核对' },
    })
    await set.hall.restart()
    expect(taskOf(set.hall, accountId).state).toBe('passed')
  })

  test('is taken of certified inspectors only, judged on the day of the visit (clause 10(8))', async () => {
    const { task } = await due()
    const before = written()
    await expect(record(set.hall, task.id, actorOf('clerk').id)).rejects.toMatchObject({
      failure: { code: 'CertificateMissing', message: expect.stringContaining('钱柜员没有安检证') },
    })
    expect(written()).toBe(before)
    const past = await employ(
      set.hall,
      { staffNo: '3010', name: '周安检', roles: ['clerk'], certificates: ['inspection'] },
      '2026-11-24',
    )
    set.hall.clock.set('2026-11-26T09:00:00+08:00')
    await expect(record(set.hall, task.id, past, { visitedOn: '2026-11-25' })).rejects.toMatchObject({
      failure: { message: expect.stringContaining('周安检的安检证已于 2026-11-24 到期') },
    })
    // Entered on Thursday, done on Tuesday, when the certificate was good.
    expect((await record(set.hall, task.id, past, { visitedOn: '2026-11-24' })).state).toBe('passed')
  })

  test('names a day that can be, a signatory where somebody was met, and a reason for a refusal', async () => {
    const { task } = await due()
    const refusal = (more: Parameters<typeof record>[3]) => record(set.hall, task.id, set.wang, more)
    await expect(refusal({ visitedOn: '2026-11-24' })).rejects.toMatchObject({
      failure: { field: 'visitedOn', message: '安检日期不能晚于今天' },
    })
    await expect(refusal({ visitedOn: '2026-06-30' })).rejects.toMatchObject({ failure: { field: 'visitedOn' } })
    await expect(refusal({ signatory: ' ' })).rejects.toMatchObject({
      failure: { field: 'signatory', message: '请填写签字人；客户不肯签的，登记拒签' },
    })
    await expect(refusal({ outcome: 'refused', signatory: '' })).rejects.toMatchObject({
      failure: { field: 'note', message: '请填写拒检原因' },
    })
    await expect(refusal({ outcome: 'hazard' })).rejects.toMatchObject({
      failure: { message: '请至少登记一处隐患' },
    })
    await expect(refusal({ failed: [failedItem()] })).rejects.toMatchObject({ failure: { field: 'failed' } })
    await expect(
      refusal({ outcome: 'hazard', failed: [failedItem({ deadline: '2026-11-22' })] }),
    ).rejects.toMatchObject({ failure: { message: '整改期限不能早于安检日期' } })
    await expect(record(set.hall, req(), set.wang)).rejects.toThrow('TaskNotFound')
  })

  test('needs an answer for each item of the list, each as it can be; all obstacles at once (clauses 16, 19(1))', async () => {
    const { task } = await due()
    const refusal = async (checks: unknown, more: Parameters<typeof record>[3] = {}) => {
      const before = written()
      const said = await record(set.hall, task.id, set.wang, { ...more, checks: checks as never }).then(
        () => '',
        (error: unknown) => (error as CallFailed).failure.message,
      )
      expect(written(), said).toBe(before)
      return said
    }
    const all = sheetOf(true)
    const but = (item: string, change: object) => all.map((one) => (one.item === item ? { ...one, ...change } : one))
    expect(await refusal([])).toContain('还有 12 项没有作答')
    expect(await refusal(all.filter(({ item }) => item !== 'flue'))).toContain('还有 1 项没有作答')
    expect(await refusal([...all, all[0]])).toContain('答了不止一次')
    expect(await refusal([...all, { item: 'alarm', answer: 'good' }])).toContain('不是这类客户的检查项目')
    expect(await refusal(but('flue', { answer: 'none' }))).toContain('请写明是什么情况')
    expect(await refusal(but('leak', { answer: 'none', note: '没有' }))).toContain('每户都有')
    expect(await refusal(but('hose', { answer: 'bad' }))).toContain('请登记隐患')
    expect(await refusal(all, { outcome: 'hazard', failed: [failedItem()] })).toContain('检查结果应为不合格')
    expect(await refusal(all, { outcome: 'absent', signatory: '' })).toContain('没有入户')
    const two = await refusal(but('leak', { answer: 'none', note: '没有' }).filter(({ item }) => item !== 'flue'))
    expect(two).toMatch(/没有作答.*每户都有/s)
    // What no item names is a hazard beside a list that is all good.
    const other = { outcome: 'hazard' as const, failed: [failedItem({ item: 'other' })] }
    expect((await record(set.hall, task.id, set.wang, other)).state).toBe('hazard')
  })

  test('is signed by a customer who bears the name of the inspector', async () => {
    const { customerId, task } = await due()
    set.hall.transact(({ sqlite }) =>
      sqlite.prepare(`UPDATE customers SET name = '王安检' WHERE id = ?`).run(customerId),
    )
    expect((await record(set.hall, task.id, set.wang, { signatory: '王安检' })).state).toBe('passed')
  })

  test('is signed by somebody of the customer, or 拒签 with its reason and another who saw it or a picture', async () => {
    const { customerId, accountId, task } = await due()
    const tried = (more: Parameters<typeof record>[3]) => record(set.hall, task.id, set.wang, more)
    const says = (text: string) => ({ failure: { message: expect.stringContaining(text) as unknown } })
    const unsigned = { reason: '称表不归他管', witness: '李物业' }
    await expect(tried({ signatory: '拒签' })).rejects.toMatchObject(says('请登记拒签'))
    // Digits too many for the list land in the name.
    for (const signatory of ['11', '1张晓燕', '-'])
      await expect(tried({ signatory })).rejects.toMatchObject(says('姓名'))
    await expect(tried({ signatory: '王安检' })).rejects.toMatchObject(says('不是安检员'))
    await expect(tried({ unsigned: { reason: '不肯' } })).rejects.toMatchObject(says('第二人见证'))
    await expect(tried({ unsigned: { ...unsigned, reason: ' ' } })).rejects.toMatchObject(says('拒签原因'))
    await expect(tried({ unsigned: { ...unsigned, witness: '王安检' } })).rejects.toMatchObject(says('安检员以外'))
    await expect(tried({ signatory: '客户1', unsigned })).rejects.toMatchObject(says('没有签字人'))
    await expect(tried({ outcome: 'absent', signatory: '', unsigned })).rejects.toMatchObject(says('不登记拒签'))
    await tried({ unsigned })
    const { visits } = await callAs(set.hall, 'clerk', OfAccount, { accountId })
    expect(visits).toMatchObject([{ outcome: 'passed', signatory: '', unsigned: '称表不归他管' }])
    const timeline = await callAs(set.hall, 'clerk', CustomerTimeline, {
      ...{ customerId, accountId },
      kinds: ['inspection'],
      page: {},
    })
    expect(timeline.rows[0]).toMatchObject({ title: '安检：合格，拒签', detail: expect.stringContaining('李物业见证') })
    const { months } = await callAs(set.hall, 'clerk', Statistics, { year: 2026 })
    expect(months[10]).toMatchObject({ passed: 1, unsigned: 1 })
    const listed = await callAs(set.hall, 'clerk', Visits, { unsigned: true })
    expect(listed.rows).toMatchObject([{ accountId }])
  })

  test('below the services has an answer for each item, and a signature or its refusal', async () => {
    const { task } = await due()
    const visit = (more: Readonly<Record<string, unknown>>) => {
      const row: Record<string, unknown> = {
        ...{ id: req(), visit_no: req(), task_id: task.id, account_id: task.accountId, visited_on: '2026-11-23' },
        arrived_at: set.hall.clock.now() - 60_000,
        ...{ outcome: 'passed', inspector_id: set.wang, inspector_name: '王安检', signatory: '客户1', note: '' },
        checks: JSON.stringify(sheetOf(true)),
        ...{ round_id: task.roundId, state_before: 'planned', absences_before: 0, visit_on_before: '2026-11-23' },
        ...{ entered_at: 1, entered_by: '' },
        ...more,
      }
      const names = Object.keys(row)
      return set.hall.transact(({ sqlite }) =>
        sqlite
          .prepare(`INSERT INTO inspection_visits (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
          .run(...Object.values(row)),
      )
    }
    const checks = (change: (all: object[]) => object[]) => ({ checks: JSON.stringify(change([...sheetOf(true)])) })
    for (const wrong of [
      { checks: '[]' },
      checks((all) => all.slice(1)),
      checks((all) => [...all, all[0] as object]),
      checks((all) => all.map((one, i) => (i === 0 ? { item: 'leak' } : one))),
      checks((all) => all.map((one, i) => (i === 0 ? { item: 'leak', answer: 'none', note: '没有' } : one))),
      checks((all) =>
        all.map((one) => ('item' in one && one.item === 'flue' ? { item: 'flue', answer: 'none' } : one)),
      ),
      checks((all) => all.map((one, i) => (i === 0 ? { item: 'leak', answer: 'bad' } : one))),
      { outcome: 'absent' },
    ])
      expect(() => visit(wrong), JSON.stringify(wrong)).toThrow('an answer for each item')
    for (const wrong of [
      { signatory: '' },
      { signatory: '王安检' },
      { unsigned_reason: '不肯', unsigned_witness: '李物业' },
      { signatory: '', unsigned_reason: '不肯' },
      { signatory: '', unsigned_reason: '不肯', unsigned_witness: '王安检' },
      { outcome: 'absent', checks: '[]', unsigned_reason: '不肯', unsigned_witness: '李物业' },
    ])
      expect(() => visit(wrong), JSON.stringify(wrong)).toThrow('signature or its refusal')
    visit({ signatory: '', unsigned_reason: '不肯', unsigned_witness: '李物业' })
  })

  test('below the services needs a certified inspector, a visit behind it, and never changes', async () => {
    const { task } = await due()
    const write = (sql: string) => set.hall.transact(({ sqlite }) => sqlite.prepare(sql).run(task.id))
    expect(() => write(`UPDATE inspection_tasks SET state = 'passed', done_on = '2026-11-23' WHERE id = ?`)).toThrow(
      'done by a visit',
    )
    await record(set.hall, task.id, set.wang)
    expect(() => write(`UPDATE inspection_visits SET outcome = 'hazard' WHERE task_id = ?`)).toThrow('only ever voided')
    expect(() => write(`DELETE FROM inspection_visits WHERE task_id = ?`)).toThrow('never go')
    const clerk = actorOf('clerk').id
    expect(() =>
      write(
        `INSERT INTO inspection_visits (id, visit_no, task_id, account_id, visited_on, arrived_at, outcome, inspector_id, inspector_name,
           signatory, note, checks, round_id, state_before, absences_before, visit_on_before, entered_at, entered_by)
         SELECT 'x', 'x', task_id, account_id, visited_on, arrived_at, outcome, '${clerk}', 'x', signatory, note, checks, round_id,
           state_before, absences_before, visit_on_before, entered_at, 'x'
         FROM inspection_visits WHERE task_id = ?`,
      ),
    ).toThrow('certified inspector')
  })
})

describe('到访不遇', () => {
  test('plans the next visit within the days set, by the same inspector; the third in a row is listed', async () => {
    const { accountId, task } = await due()
    await callAs(set.hall, 'dispatcher', Assign, { requestId: req(), roundIds: [task.roundId], staffId: set.wang })
    const absent = (visitedOn: string) =>
      record(set.hall, task.id, set.wang, { outcome: 'absent', signatory: '', visitedOn })
    const first = await absent('2026-11-23')
    expect(first).toMatchObject({ state: 'planned', visitOn: '2026-11-30' })
    const moved = taskOf(set.hall, accountId)
    expect(moved).toMatchObject({ weekOn: '2026-11-30', absences: 1, assigneeId: set.wang })
    expect(moved.roundId).not.toBe(task.roundId)
    // The list it was on still shows what was entered there.
    const sheet = await callAs(set.hall, 'clerk', Round, { roundId: task.roundId })
    expect(sheet.rows).toMatchObject([{ listed: false, done: { outcome: 'absent' } }])
    set.hall.clock.set('2026-11-30T18:00:00+08:00')
    await absent('2026-11-30')
    expect((await listTasks(set.hall, 'absent')).rows).toEqual([])
    set.hall.clock.set('2026-12-07T18:00:00+08:00')
    expect(await absent('2026-12-07')).toMatchObject({ visitOn: '2026-12-14' })
    expect((await listTasks(set.hall, 'absent')).rows).toMatchObject([{ taskId: task.id, absences: 3 }])

    const arranged = await callAs(set.hall, 'hall-manager', Arrange, {
      requestId: req(),
      taskId: task.id,
      visitOn: '2026-12-12',
      note: '电话约周六上午，已张贴告知',
    })
    expect(arranged.visitOn).toBe('2026-12-12')
    expect((await listTasks(set.hall, 'absent')).rows).toEqual([])
    expect(taskOf(set.hall, accountId)).toMatchObject({ visitOn: '2026-12-12', weekOn: '2026-12-07', absences: 0 })
  })

  test('entered days later plans no visit for a day gone by', async () => {
    const { task } = await due()
    set.hall.clock.set('2026-12-20T09:00:00+08:00')
    const { visitOn } = await record(set.hall, task.id, set.wang, { outcome: 'absent', signatory: '' })
    expect(visitOn).toBe('2026-12-20')
    await expect(
      callAs(set.hall, 'dispatcher', Arrange, {
        requestId: req(),
        taskId: task.id,
        visitOn: '2026-12-19',
        note: '约好',
      }),
    ).rejects.toMatchObject({ failure: { field: 'visitOn', message: '上门日期不能早于今天' } })
  })
})

test('拒检 is listed with its reason until somebody arranges another visit or gets in', async () => {
  const { accountId, task } = await due()
  await record(set.hall, task.id, set.wang, { outcome: 'refused', signatory: '', note: '称近期装修不便' })
  expect((await listTasks(set.hall, 'refused')).rows).toMatchObject([
    { taskId: task.id, state: 'refused', note: '称近期装修不便' },
  ])
  await expect(
    callAs(set.hall, 'clerk', Arrange, { requestId: req(), taskId: task.id, visitOn: '2026-11-30', note: '约好' }),
  ).rejects.toThrow('NotAllowed')
  await record(set.hall, task.id, set.sun)
  expect(taskOf(set.hall, accountId).state).toBe('passed')
  expect((await listTasks(set.hall, 'refused')).rows).toEqual([])
  expect((await listTasks(set.hall, 'done')).rows).toMatchObject([{ taskId: task.id }])
})

describe('a slip of the keyboard', () => {
  const voiding = (visitId: string, as = 'hall-manager') =>
    callAs(set.hall, as, VoidVisit, { requestId: req(), visitId, reason: '按错行' })

  test('is taken back with its reason: the task is what it was, the record stays and says so', async () => {
    const { accountId, task } = await due()
    const { visitId } = await record(set.hall, task.id, set.wang, { outcome: 'absent', signatory: '' })
    const again = await record(set.hall, task.id, set.wang)
    await expect(voiding(visitId)).rejects.toMatchObject({ failure: { message: '这不是本期最后一次结果，不能撤销' } })
    expect(await voiding(again.visitId)).toEqual({ state: 'planned' })
    expect(taskOf(set.hall, accountId)).toMatchObject({ state: 'planned', absences: 1, doneOn: null })
    await voiding(visitId)
    const [back] = planned(set.hall, accountId)
    expect(back).toEqual(task)
    const { visits } = await callAs(set.hall, 'clerk', OfAccount, { accountId })
    expect(visits.map(({ voided, voidReason }) => [voided, voidReason])).toEqual([
      [true, '按错行'],
      [true, '按错行'],
    ])
    await expect(voiding(visitId)).rejects.toThrow('已经撤销')
    await expect(voiding(visitId, 'clerk')).rejects.toThrow('NotAllowed')
  })

  test('leaves gas off that an old system had cut, even where it was given back in between', async () => {
    const { task, servicePointId } = await due()
    set.hall.transact((context) => takeOverHazard(context, servicePointId))
    expect(gasOf(set.hall, servicePointId)).toEqual({ state: 'suspended', why: 'hazard' })
    const { visitId } = await record(set.hall, task.id, set.wang)
    await resumeGas(set.hall, servicePointId)
    expect(gasOf(set.hall, servicePointId)?.state).toBe('supplied')
    await voiding(visitId)
    expect(gasOf(set.hall, servicePointId)).toEqual({ state: 'suspended', why: 'hazard' })
    await expect(resumeGas(set.hall, servicePointId)).rejects.toThrow('隐患未整改')
    // Found in order after all.
    await record(set.hall, task.id, set.sun)
    expect((await resumeGas(set.hall, servicePointId)).outcome).toBe('resumed')
  })

  test('with hazards is not: those are re-inspected and closed', async () => {
    const { task, servicePointId } = await due()
    const { visitId } = await record(set.hall, task.id, set.wang, { outcome: 'hazard', failed: [failedItem()] })
    await expect(voiding(visitId)).rejects.toMatchObject({ failure: { code: 'ResultRefused' } })
    expect(gasOf(set.hall, servicePointId)?.state).toBe('supplied')
  })
})

describe('lists of accounts and visits', () => {
  test('page by key, what is due first or newest first, and filter by period', async () => {
    const opened = [1, 2, 3, 4, 5].map((n) => household(set.hall, n))
    const restaurant = shop(set.hall, 9)
    await generate(set.hall)
    for (const { accountId } of opened.slice(0, 3)) await record(set.hall, taskOf(set.hall, accountId).id, set.wang)
    const first = await callAs(set.hall, 'clerk', Visits, { page: { size: 2 } })
    const second = await callAs(set.hall, 'clerk', Visits, { page: { size: 2, after: first.next } })
    expect(second.next).toBeNull()
    expect([...first.rows, ...second.rows].map(({ accountId }) => accountId)).toEqual(
      opened
        .slice(0, 3)
        .map(({ accountId }) => accountId)
        .toReversed(),
    )
    const of = async (input: object) => (await callAs(set.hall, 'clerk', Visits, input)).rows.length
    expect(await of({ outcome: 'absent' })).toBe(0)
    expect(await of({ outcome: 'passed', from: '2026-11-23', to: '2026-11-23' })).toBe(3)
    expect(await of({ to: '2026-11-22' })).toBe(0)
    expect(await of({ from: '2026-11-24' })).toBe(0)
    expect((await listTasks(set.hall, 'open')).rows).toHaveLength(3)
    expect((await listTasks(set.hall, 'upcoming')).rows.every(({ visitOn }) => visitOn <= '2026-11-30')).toBe(true)
    expect((await listTasks(set.hall, 'done')).rows).toHaveLength(3)
    expect((await listTasks(set.hall, 'open')).rows.map(({ accountId }) => accountId)).toContain(restaurant.accountId)
  })

  const plan = (sql: string, bound: object) =>
    rows<{ detail: string }>(set.hall, `EXPLAIN QUERY PLAN ${sql}`, bound)
      .map(({ detail }) => detail)
      .join('\n')

  test.each(taskFilters)('find %s by an index, without sorting', (filter) => {
    const text = plan(tasksSql(filter, false), { today: '', soon: '', key: '', id: '', limit: 51 })
    expect(text).toMatch(/SEARCH t USING INDEX inspection_tasks_(open|visit|refused|absent|done)/)
    expect(text).not.toMatch(/SCAN t|TEMP B-TREE/)
  })

  test('find visits, a sheet and an account’s file by an index', () => {
    const bound = { key: '', id: '', from: '', limit: 51 }
    expect(plan(visitsSql(false), bound)).toContain('SEARCH v USING INDEX inspection_visits_day')
    const ofOutcome = plan(visitsSql(true), { ...bound, outcome: 'absent' })
    expect(ofOutcome).toContain('SEARCH v USING INDEX inspection_visits_outcome')
    expect(ofOutcome).not.toContain('TEMP B-TREE')
    const sheet = plan(sheetSql, { roundId: '' })
    expect(sheet).toContain('inspection_tasks_round')
    expect(sheet).toContain('inspection_visits_round')
    expect(sheet).not.toMatch(/SCAN (t|a|c|p|m|v|l|h)\b/)
    expect(plan(ofAccountSql.tasks, { accountId: '', year: 1 })).toContain('inspection_tasks_slot')
    expect(plan(ofAccountSql.visits, { accountId: '' })).toContain('inspection_visits_account')
  })
})
