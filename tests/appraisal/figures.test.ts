/** Each figure from records made as the trade makes them. */
import { afterEach, describe, expect, test } from 'vitest'
import { figures } from '../../src-main/appraisal/service.ts'
import { closeDay, openDay } from '../../src-main/ledger/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { RecordExam, RecordTraining } from '../../src-main/staff/api.ts'
import { Take, TellLeader } from '../../src-main/workorders/api.ts'
import { orderFigureSql } from '../../src-main/workorders/figures.ts'
import { receiptFigureSql } from '../../src-main/cashier/figures.ts'
import { openCounter, yuan } from '../cashier/counter.ts'
import { complaint, clerk, hands, openHallForComplaints, replied, take } from '../complaints/people.ts'
import { complaintFigureSql } from '../../src-main/complaints/service.ts'
import { callbackFigureSql, sources } from '../../src-main/followups/service.ts'
import { Arrange, Deliver, Mend, Reinspect } from '../../src-main/inspections/api.ts'
import { inspectionFigureSql } from '../../src-main/inspections/service.ts'
import { Begin, Detail, Records } from '../../src-main/appraisal/api.ts'
import {
  failedItem,
  generate,
  hazardFound,
  household,
  openInspectionHall,
  record,
  taskOf,
} from '../inspections/support.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { openConnectedHall, token } from '../sync/support.ts'
import { callAs, certify, employ, leakCall, openHallWithWorkers, repairCall, req, ways } from '../workorders/people.ts'

const hourMs = 3_600_000
const quarter = { from: businessDate('2026-10-01'), to: businessDate('2026-12-31') }
let hall: TestHall
afterEach(() => hall.close())

const figure = (name: string) => figures.find((one) => one.name === name) ?? expect.fail(`no figure ${name}`)
const share = (name: string, span = quarter) => hall.transact((context) => figure(name).compute(context, span))
const records = (name: string, limit = 100) => hall.transact((context) => figure(name).records(context, quarter, limit))

describe('work orders', () => {
  test('are judged by their own deadlines; what was referred or paused, and what is not late yet, is not counted', async () => {
    hall = await openHallWithWorkers()
    const zhao = await employ(hall, {
      staffNo: '3001',
      name: '赵师傅',
      roles: ['clerk'],
      certificates: ['maintenance'],
    })
    const take = async (input = repairCall()) => (await callAs(hall, 'clerk', Take, input)).orderId
    const steps = ['accept', 'arrive', 'handle', 'repair'] as const
    const inTime = ways(hall, await take())
    await inTime.assign(zhao)
    for (const step of steps) await inTime.work(step)
    const slow = ways(hall, await take())
    await slow.assign(zhao)
    await slow.work('accept')
    await slow.work('arrive')
    const referred = await take()
    await ways(hall, referred).refer()
    await ways(hall, referred).confirm()
    const paused = await take()
    await ways(hall, paused).pause('dispatcher', 72)
    await take()
    expect(share('workorders.handled')).toEqual({ numerator: 1, denominator: 1 })
    hall.clock.advance(6 * hourMs + 1)
    await slow.work('handle')
    expect(share('workorders.handled')).toEqual({ numerator: 1, denominator: 3 })
    expect(share('workorders.repaired')).toEqual({ numerator: 1, denominator: 1 })
    hall.clock.advance(18 * hourMs)
    expect(share('workorders.repaired')).toEqual({ numerator: 1, denominator: 3 })

    await certify(hall, actorOf('hall-manager').id, 'callback', '2027-11-22')
    await inTime.verify('dispatcher')
    expect(share('workorders.called-back')).toEqual({ numerator: 0, denominator: 2 })
    await inTime.callBack('hall-manager')
    expect(share('workorders.called-back')).toEqual({ numerator: 1, denominator: 2 })
    await inTime.close('dispatcher')
    expect(share('workorders.closed')).toEqual({ numerator: 1, denominator: 5 })
    expect(records('workorders.closed', 2).map(({ met }) => met)).toEqual([false, false])
    expect(share('workorders.closed', { from: businessDate('2026-07-01'), to: businessDate('2026-09-30') })).toEqual({
      numerator: 0,
      denominator: 0,
    })
  })

  test('of a hazard count as reported once every leader was told', async () => {
    hall = await openHallWithWorkers()
    await callAs(hall, 'clerk', Take, leakCall())
    // Its minutes are not over: it says nothing yet.
    expect(share('workorders.leaders-told')).toEqual({ numerator: 0, denominator: 0 })
    const leaders = hall.hall.environment.sqlite.prepare('SELECT id FROM workorder_leaders').all() as { id: string }[]
    for (const { id } of leaders)
      await callAs(hall, 'clerk', TellLeader, { requestId: req(), leaderId: id, answer: '' })
    expect(share('workorders.leaders-told')).toEqual({ numerator: 1, denominator: 1 })
  })
})

test('a receipt that was reversed is the one that is not kept, with its reason', async () => {
  const counter = await openCounter()
  hall = counter
  const home = await counter.owing(100, 50)
  await counter.openShift(yuan(500))
  const paid = await counter.pay(home.accountId)
  await counter.reverse(paid.paymentId, '户号录错')
  await counter.pay(home.accountId)
  expect(share('cashier.receipts-kept')).toEqual({ numerator: 1, denominator: 2 })
  const [first] = records('cashier.receipts-kept')
  expect(first).toMatchObject({
    met: false,
    label: `收据 ${paid.receiptNo}`,
    note: expect.stringContaining('户号录错'),
  })
})

test('a day closed after midnight, or not at all, was not closed on the day; today is not judged while it is open', async () => {
  hall = await openTestHall()
  const day = (date: string, closedAt: string | null) => {
    hall.clock.set(`${date}T09:00:00+08:00`)
    hall.transact(openDay)
    if (closedAt === null) return
    hall.clock.set(closedAt)
    hall.transact((context) => closeDay(context, businessDate(date)))
  }
  day('2026-11-23', '2026-11-23T23:59:59+08:00')
  day('2026-11-24', '2026-11-25T00:00:00+08:00')
  day('2026-11-26', null)
  expect(share('ledger.closed-on-the-day')).toEqual({ numerator: 1, denominator: 2 })
  hall.clock.set('2026-11-27T08:00:00+08:00')
  expect(share('ledger.closed-on-the-day')).toEqual({ numerator: 1, denominator: 3 })
  expect(records('ledger.closed-on-the-day').map(({ label, met }) => [label, met])).toEqual([
    ['2026-11-26', false],
    ['2026-11-24', false],
    ['2026-11-23', true],
  ])
})

test('a day is uploaded in time when headquarters has it within a day of its close', async () => {
  const connected = await openConnectedHall()
  hall = connected
  const closed = (date: string) => {
    hall.clock.set(`${date}T18:00:00+08:00`)
    hall.transact(openDay)
    hall.transact((context) => closeDay(context, businessDate(date)))
  }
  closed('2026-11-23')
  expect(share('sync.uploaded-in-time')).toEqual({ numerator: 0, denominator: 0 })
  connected.set('sync.url', connected.receiver.url)
  connected.set('sync.token', token)
  await hall.hall.scheduler.runNow('sync.upload')
  expect(share('sync.uploaded-in-time')).toEqual({ numerator: 1, denominator: 1 })
  closed('2026-11-25')
  hall.clock.advance(24 * hourMs + 1)
  expect(share('sync.uploaded-in-time')).toEqual({ numerator: 1, denominator: 2 })
  await hall.hall.scheduler.runNow('sync.upload')
  expect(share('sync.uploaded-in-time')).toEqual({ numerator: 1, denominator: 2 })
  expect(records('sync.uploaded-in-time')[0]).toMatchObject({ label: '2026-11-25', met: false })
})

test('the staff is judged by its certificates, exams and trainings', async () => {
  hall = await openHallWithWorkers()
  const zhao = await employ(hall, { staffNo: '3001', name: '赵师傅', roles: ['clerk'], certificates: ['maintenance'] })
  await certify(hall, zhao, 'emergency', '2026-12-01')
  expect(share('staff.certified')).toEqual({ numerator: 2, denominator: 2 })
  expect(share('staff.trained')).toEqual({ numerator: 0, denominator: 6 })
  await callAs(hall, 'hall-manager', RecordTraining, {
    requestId: req(),
    course: '防冻防煤气',
    kind: 'safety',
    heldOn: '2026-11-23',
    minutes: 60,
    trainer: '王讲师',
    materials: '',
    people: [
      { staffId: zhao, result: 'passed' },
      { staffId: actorOf('clerk').id, result: 'absent' },
    ],
  })
  expect(share('staff.trained')).toEqual({ numerator: 1, denominator: 6 })
  hall.clock.set('2026-12-02T09:00:00+08:00')
  expect(share('staff.certified')).toEqual({ numerator: 1, denominator: 2 })
  expect(records('staff.certified')[0]).toMatchObject({ met: false, link: `/staff/person/${zhao}` })

  const year = { from: businessDate('2027-10-01'), to: businessDate('2027-12-31') }
  hall.clock.set('2028-01-05T09:00:00+08:00')
  await callAs(hall, 'hall-manager', RecordExam, {
    requestId: req(),
    subject: '岗位知识',
    kind: 'periodic',
    heldOn: '2027-12-20',
    outOf: 100,
    passMark: 60,
    note: '',
    results: [{ staffId: zhao, score: 30 }],
  })
  expect(share('staff.examined', year)).toEqual({ numerator: 1, denominator: 6 })
})

describe('complaints', () => {
  test('are answered in 48 hours or not, and closed; one that may still be answered in time says nothing', async () => {
    hall = await openHallForComplaints()
    const good = await replied(hall)
    await good.way.callBack()
    await good.way.close()
    const late = await take(hall)
    hall.clock.advance(48 * hourMs)
    expect(share('complaints.replied')).toEqual({ numerator: 1, denominator: 1 })
    hall.clock.advance(1)
    expect(share('complaints.replied')).toEqual({ numerator: 1, denominator: 2 })
    const way = hands(hall, late.complaintId)
    await way.assign(clerk)
    await way.investigate()
    await way.reply()
    await take(hall)
    expect(share('complaints.replied')).toEqual({ numerator: 1, denominator: 2 })
    expect(share('complaints.closed')).toEqual({ numerator: 1, denominator: 3 })
    expect(records('complaints.replied')).toMatchObject([
      { subject: `complaint:${late.complaintId}`, met: false, link: `/complaints/${late.complaintId}` },
      { subject: `complaint:${good.complaintId}`, met: true, label: `投诉 ${good.complaintNo}` },
    ])
  })

  test('against a reader count in the scorecard of everybody else, whoever began it', async () => {
    hall = await openHallForComplaints()
    const manager = actorOf('hall-manager').id
    const { complaintId } = await replied(hall, complaint({ staffIds: [manager] }))
    // Begun by whoever is complained of: what others read is complete all the same.
    const { scorecardId } = await callAs(hall, 'hall-manager', Begin, {
      requestId: req(),
      scope: 'dispatch',
      year: 2026,
      period: 2,
    })
    for (const label of ['投诉按时回复率', '服务回访率']) {
      const itemFor = async (as: string) => {
        const { items } = await callAs(hall, as, Detail, { scorecardId })
        return items.find((one) => one.label === label) ?? expect.fail(label)
      }
      const item = await itemFor('administrator')
      expect([item.denominator, (await itemFor('hall-manager')).denominator], label).toEqual([1, 0])
      const read = async (as: string) =>
        (await callAs(hall, as, Records, { scorecardId, no: item.no })).map(({ subject }) => subject)
      expect(await read('hall-manager'), label).toEqual([])
      expect(await read('administrator'), label).toEqual([`complaint:${complaintId}`])
    }
  })
})

test('an inspection is judged once its week is over, a hazard by its first deadline', async () => {
  const opened = await openInspectionHall()
  hall = opened.hall
  const { hazardId } = await hazardFound(opened, 1)
  const tasks = [2, 3, 4].map((n) => household(hall, n))
  await generate(hall)
  const [done = '', refused = '', ahead = ''] = tasks.map(({ accountId }) => taskOf(hall, accountId).id)
  for (const [taskId, visitOn] of [
    [done, '2026-11-23'],
    [refused, '2026-11-23'],
    [ahead, '2026-11-24'],
  ] as const)
    await callAs(hall, 'dispatcher', Arrange, { requestId: req(), taskId, visitOn, note: '客户约定' })
  await record(hall, done, opened.wang)
  await record(hall, refused, opened.sun, {
    outcome: 'refused',
    signatory: '',
    note: '不让进门',
  })
  const november = { from: businessDate('2026-11-01'), to: businessDate('2026-11-30') }
  expect(share('inspections.coverage', november)).toEqual({ numerator: 1, denominator: 1 })
  expect(share('inspections.hazards-mended')).toEqual({ numerator: 0, denominator: 0 })
  const on = { requestId: req(), hazardId }
  const delivered = { deliveredOn: '2026-11-23', deliveredBy: '王安检', receivedBy: '客户', receipt: 'signed' } as const
  await callAs(hall, 'clerk', Deliver, { ...on, ...delivered })
  await callAs(hall, 'clerk', Mend, { ...on, requestId: req(), mendedOn: '2026-11-23', note: '已换软管' })
  const good = { inspectorId: opened.sun, inspectedOn: '2026-11-23', passed: true, note: '复查合格' }
  await callAs(hall, 'clerk', Reinspect, { ...on, requestId: req(), ...good })
  const second = taskOf(hall, tasks[2]?.accountId ?? '').id
  hall.clock.set('2026-11-30T09:00:00+08:00')
  // The last of them on its seventh day, not a day late yet.
  expect(share('inspections.coverage', november)).toEqual({ numerator: 1, denominator: 2 })
  const found = {
    outcome: 'hazard',
    visitedOn: '2026-11-30',
    failed: [failedItem({ deadline: '2026-12-01' })],
  } as const
  await record(hall, second, opened.wang, { ...found, failed: [...found.failed] })
  expect(share('inspections.coverage', november)).toEqual({ numerator: 2, denominator: 3 })
  expect(records('inspections.coverage')[0]).toMatchObject({
    subject: `inspection-task:${refused}`,
    met: false,
    note: expect.stringContaining('拒检'),
  })
  expect(share('inspections.hazards-mended')).toEqual({ numerator: 1, denominator: 1 })
  hall.clock.set('2026-12-02T09:00:00+08:00')
  expect(share('inspections.hazards-mended')).toEqual({ numerator: 1, denominator: 2 })
  expect(records('inspections.hazards-mended').map(({ met, link }) => [met, link === `/hazards/${hazardId}`])).toEqual([
    [false, false],
    [true, true],
  ])
})

test('callbacks are judged by the target of each service, not by the sum of all', async () => {
  hall = await openHallForComplaints()
  const zhao = await employ(hall, { staffNo: '3001', name: '赵师傅', roles: ['clerk'], certificates: ['maintenance'] })
  const repaired = async () => {
    const way = ways(hall, (await callAs(hall, 'clerk', Take, repairCall())).orderId)
    await way.assign(zhao)
    for (const step of ['accept', 'arrive', 'handle', 'repair'] as const) await way.work(step)
    await way.verify('dispatcher')
    return way
  }
  const orders = [await repaired(), await repaired(), await repaired()]
  const answered = await replied(hall)
  await orders[0]?.callBack('hall-manager')
  await orders[1]?.callBack('hall-manager')
  // Two of three repairs are made, all are needed (clause 18(4)); the complaint waits.
  expect(share('followups.called')).toEqual({ numerator: 2, denominator: 4 })
  const list = records('followups.called')
  expect(list.map(({ met }) => met)).toEqual([false, false, true, true])
  expect(list.map(({ subject }) => subject)).toContain(`complaint:${answered.complaintId}`)
  await answered.way.callBack()
  expect(share('followups.called')).toEqual({ numerator: 3, denominator: 4 })
})

test('the figures of long periods are read along an index', async () => {
  hall = await openTestHall()
  const plan = (sql: string) =>
    (
      hall.hall.environment.sqlite
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all({ from: 0, before: 1, to: 1, now: 1, today: '', weekAgo: '', viewer: '', limit: 1 }) as {
        detail: string
      }[]
    )
      .map(({ detail }) => detail)
      .join('\n')
  for (const sql of Object.values(orderFigureSql({ counts: `o.kind <> 'consultation'`, met: `o.state = 'closed'` })))
    expect(plan(sql)).toContain('workorders_reported')
  for (const sql of Object.values(receiptFigureSql)) expect(plan(sql)).toContain('payments_day')
  for (const sql of complaintFigureSql.flatMap((one) => Object.values(one)))
    expect(plan(sql)).toContain('complaints_taken')
  const { coverage, coverageRecords, mended, mendedRecords } = inspectionFigureSql
  for (const sql of [coverage, coverageRecords]) expect(plan(sql)).toContain('inspection_tasks_arranged')
  for (const sql of [mended, mendedRecords]) expect(plan(sql)).toContain('hazards_found')
  for (const sql of sources.flatMap((source) => Object.values(callbackFigureSql(source))))
    expect(plan(sql)).not.toMatch(/SCAN/)
})
