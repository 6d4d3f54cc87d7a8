/** 安检、投诉、回访: made through the rooms, counted by hand. */
import { afterEach, expect, test } from 'vitest'
import { Arrange, Deliver, Mend, Reinspect } from '../../src-main/inspections/api.ts'
import { openDay } from '../../src-main/ledger/service.ts'
import { complaint, clerk, hands, manager, openHallForComplaints, replied, take } from '../complaints/people.ts'
import {
  callAs,
  failedItem,
  generate,
  hazardFound,
  household,
  openInspectionHall,
  record,
  req,
  shop,
  taskOf,
} from '../inspections/support.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import type { TestHall } from '../support/hall.ts'
import { employ, repairCall, ring, ways } from '../workorders/people.ts'
import { Take as TakeOrder } from '../../src-main/workorders/api.ts'
import { recordsOf, row, runReport, section } from './support.ts'

const hour = 3_600_000
let hall: TestHall
afterEach(() => hall.close())
const month = (report: string, as?: Role) => runReport(hall, report, 'month', '2026-11-01', as)

test('complaints count by class and channel; what is said against the reader neither opens nor counts', async () => {
  hall = await openHallForComplaints()
  const good = await replied(hall)
  await good.way.callBack()
  await good.way.close()
  const again = await replied(hall)
  await again.way.callBack('hall-manager', 'dissatisfied')
  const late = await take(hall, complaint({ class: 'bill', channel: 'letter' }))
  const against = await take(hall, complaint({ class: 'bill', staffIds: [manager] }))
  hall.clock.advance(48 * hour + 1)
  const way = hands(hall, late.complaintId)
  await way.assign(clerk)
  await way.investigate()
  await way.reply()
  const fresh = await take(hall, complaint({ class: 'bill' }))

  const view = await month('complaints', 'administrator')
  expect(row(await month('complaints'), 'class', 'bill')).toMatchObject({ total: 2, replyDue: 1, open: 2 })
  expect(row(view, 'class', 'attitude')).toMatchObject({
    total: 2,
    replyDue: 2,
    // The second round of the one who came back ran out.
    repliedInTime: 1,
    replyRate: 5_000,
    reopened: 1,
    satisfied: 1,
    open: 1,
  })
  // Late, never answered, and not yet due.
  expect(row(view, 'class', 'bill')).toMatchObject({
    total: 3,
    replyDue: 2,
    repliedInTime: 0,
    replyRate: 0,
    reopened: 0,
    judged: 0,
    satisfiedRate: null,
    open: 3,
  })
  expect(row(view, 'channel', 'letter')).toMatchObject({ total: 1, open: 1 })
  expect(row(view, 'channel', 'phone')['total']).toBe(4)
  for (const cut of ['class', 'channel', 'investigator', 'trend']) {
    expect(section(view, cut).totals, cut).toMatchObject({ total: 5, repliedInTime: 1, open: 4 })
  }
  const keys = async (as: 'hall-manager' | 'dispatcher') =>
    (await recordsOf(hall, view, 'class', 'bill', as)).map(({ key }) => key)
  expect(await keys('dispatcher')).toEqual([late.complaintId, against.complaintId, fresh.complaintId])
  expect(await keys('hall-manager')).toEqual([late.complaintId, fresh.complaintId])
  // A kept report is read by many.
  expect(JSON.stringify(view)).not.toContain(against.complaintNo)
})

test('inspections count what was planned, what came of the visits and what became of the hazards', async () => {
  const opened = await openInspectionHall()
  hall = opened.hall
  const { wang, sun } = opened
  const { hazardId, accountId: first } = await hazardFound(opened, 1)
  const homes = [2, 3, 4].map((n) => household(hall, n))
  const place = shop(hall, 5)
  await generate(hall)
  const [second = '', third = '', fourth = ''] = homes.map(({ accountId }) => taskOf(hall, accountId).id)
  const fifth = taskOf(hall, place.accountId).id
  const arrange = (taskId: string, visitOn: string) =>
    callAs(hall, 'dispatcher', Arrange, { requestId: req(), taskId, visitOn, note: '客户来电约定' })
  await arrange(second, '2026-11-23')
  await arrange(fourth, '2026-11-24')
  await arrange(fifth, '2026-11-24')
  await record(hall, second, wang)
  await record(hall, third, sun, { outcome: 'absent', signatory: '' })
  await record(hall, fourth, sun, { outcome: 'refused', signatory: '', note: '家中有病人' })
  await record(hall, fifth, wang, {
    outcome: 'hazard',
    failed: [failedItem({ item: 'alarm', grade: 'serious', deadline: '2026-11-25', mender: 'customer' })],
  })
  // 到访不遇 is planned anew; this one for a day of its own.
  await arrange(third, '2026-11-30')

  const view = await month('inspections')
  expect(row(view, 'visits', '1')).toMatchObject({
    visits: 4,
    passed: 1,
    hazard: 1,
    absent: 1,
    absentRate: 2_500,
    refused: 1,
  })
  expect(row(view, 'visits', '0')).toMatchObject({ visits: 1, hazard: 1, absentRate: 0 })
  expect(row(view, 'inspector', wang)).toMatchObject({ inspector: '王安检', visits: 3, absent: 0 })
  expect(row(view, 'inspector', sun)).toMatchObject({ visits: 2, absent: 1, absentRate: 5_000, refused: 1 })
  expect(await recordsOf(hall, view, 'visits', '1')).toHaveLength(4)
  expect(await recordsOf(hall, view, 'inspector', sun)).toHaveLength(2)
  expect(row(view, 'grade', 'general')).toMatchObject({ found: 1, mendDue: 0, inTimeRate: null, open: 1 })
  expect(row(view, 'grade', 'serious')).toMatchObject({ found: 1, open: 1 })

  // The general one is mended in time; the serious one lies past its deadline.
  const on = () => ({ requestId: req(), hazardId })
  const done = { deliveredOn: '2026-11-23', deliveredBy: '王安检', receivedBy: '客户本人', receipt: 'signed' } as const
  await callAs(hall, 'clerk', Deliver, { ...on(), ...done })
  await callAs(hall, 'clerk', Mend, { ...on(), mendedOn: '2026-11-23', note: '已换软管' })
  const good = { inspectorId: sun, inspectedOn: '2026-11-23', passed: true, note: '复查合格' }
  await callAs(hall, 'clerk', Reinspect, { ...on(), ...good })
  hall.clock.set('2026-12-05T09:00:00+08:00')
  hall.transact(openDay)
  const later = await month('inspections')
  // 24 Nov: refused, its week over. 30 Nov: not met, its week not over. The first was planned for another month.
  expect(taskOf(hall, first).visitOn > '2026-11-30').toBe(true)
  expect(row(later, 'plan', '1')).toMatchObject({
    planned: 3,
    due: 2,
    done: 1,
    doneRate: 5_000,
    inTime: 1,
    refused: 1,
    overdue: 0,
  })
  expect(row(later, 'plan', '0')).toMatchObject({ planned: 1, due: 1, done: 1, doneRate: 10_000 })
  expect((await recordsOf(hall, later, 'plan', '1')).map(({ key }) => key)).toEqual([second, fourth, third])
  expect(row(later, 'grade', 'general')).toMatchObject({ mendDue: 1, inTime: 1, inTimeRate: 10_000, open: 0 })
  expect(row(later, 'grade', 'serious')).toMatchObject({ mendDue: 1, inTime: 0, inTimeRate: 0, open: 1, overdue: 1 })
  expect(row(later, 'age', '8')).toMatchObject({ age: '8 至 30 天', open: 1, serious: 1, general: 0, overdue: 1 })
  expect(section(later, 'age').totals).toMatchObject({ open: 1 })
  const [open] = await recordsOf(hall, later, 'age', '8')
  expect(open?.link).toBe(`/hazards/${open?.key}`)
  expect(await recordsOf(hall, later, 'age', '0')).toEqual([])
  expect((await recordsOf(hall, later, 'grade', 'general')).map(({ key }) => key)).toEqual([hazardId])
})

test('callbacks count each service against its target, by who worked and by who rang', async () => {
  hall = await openHallForComplaints()
  const zhao = await employ(hall, { staffNo: '6001', name: '赵师傅', roles: ['clerk'], certificates: ['maintenance'] })
  const repaired = async () => {
    const { orderId } = await callAs(hall, 'clerk', TakeOrder, repairCall())
    const way = ways(hall, orderId)
    await way.assign(zhao)
    for (const step of ['accept', 'arrive', 'handle', 'repair'] as const) await way.work(step)
    await way.verify('dispatcher')
    return orderId
  }
  const [good, bad, waiting] = [await repaired(), await repaired(), await repaired()]
  await ring(hall, 'hall-manager', 'workorder', good)
  await ring(hall, 'hall-manager', 'workorder', bad, 'dissatisfied')
  await ring(hall, 'hall-manager', 'workorder', waiting, 'unreached')
  const against = await replied(hall, complaint({ staffIds: [manager] }))

  const view = await month('callbacks', 'administrator')
  expect(row(view, 'service', 'repair')).toMatchObject({
    finished: 3,
    due: 3,
    called: 2,
    calledRate: 6_667,
    target: hall.hall.environment.settings.get('followups.ratioRepair') * 100,
    satisfied: 1,
    dissatisfied: 1,
    unreachable: 0,
    reopened: 1,
  })
  expect(row(view, 'service', 'complaint')).toMatchObject({ finished: 1, called: 0, calledRate: 0 })
  expect(row(view, 'service', 'ignition')).toMatchObject({ finished: 0, calledRate: null })
  expect(row(view, 'person', 'repair/赵师傅')).toMatchObject({
    person: '赵师傅',
    service: '报修',
    finished: 3,
    called: 2,
  })
  expect(row(view, 'caller', manager)).toMatchObject({ calls: 3, reached: 2, reachedRate: 6_667, dissatisfied: 1 })
  const found = await recordsOf(hall, view, 'service', 'repair')
  expect(found.map(({ link, cells }) => [link, cells['result']])).toEqual([
    [`/workorders/${good}`, '满意'],
    [`/workorders/${bad}`, '不满意'],
    [`/workorders/${waiting}`, '未回访'],
  ])
  expect(await recordsOf(hall, view, 'person', 'repair/赵师傅')).toHaveLength(3)
  expect(await recordsOf(hall, view, 'caller', manager)).toHaveLength(3)
  expect(await recordsOf(hall, view, 'service', 'complaint')).toEqual([])
  const seen = await recordsOf(hall, view, 'service', 'complaint', 'dispatcher')
  expect(seen.map(({ link }) => link)).toEqual([`/complaints/${against.complaintId}`])
})
