/** Each figure from records made as the trade makes them. */
import { afterEach, describe, expect, test } from 'vitest'
import { figures } from '../../src-main/appraisal/service.ts'
import { closeDay, openDay } from '../../src-main/ledger/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { RecordExam, RecordTraining } from '../../src-main/staff/api.ts'
import { Pause, Refer, Take, TellLeader } from '../../src-main/workorders/api.ts'
import { orderFigureSql } from '../../src-main/workorders/figures.ts'
import { receiptFigureSql } from '../../src-main/cashier/figures.ts'
import { openCounter, yuan } from '../cashier/counter.ts'
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
    await callAs(hall, 'clerk', Refer, {
      requestId: req(),
      orderId: referred,
      reason: '燃具在保修期',
      referredTo: '厂家售后',
      customerTold: true,
    })
    const paused = await take()
    await callAs(hall, 'dispatcher', Pause, { requestId: req(), orderId: paused, reason: '客户约在明天' })
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
    expect(share('workorders.leaders-told')).toEqual({ numerator: 0, denominator: 1 })
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

test('the figures of long periods are read along an index', async () => {
  hall = await openTestHall()
  const plan = (sql: string) =>
    (
      hall.hall.environment.sqlite
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all({ from: 0, before: 1, to: 1, now: 1, limit: 1 }) as { detail: string }[]
    )
      .map(({ detail }) => detail)
      .join('\n')
  for (const sql of Object.values(orderFigureSql({ counts: `o.kind <> 'consultation'`, met: `o.state = 'closed'` })))
    expect(plan(sql)).toContain('workorders_reported')
  for (const sql of Object.values(receiptFigureSql)) expect(plan(sql)).toContain('payments_day')
})
