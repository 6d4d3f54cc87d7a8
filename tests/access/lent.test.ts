/**
 * Whoever gave a colleague a password and logs in as him is no second person for a day: in every bar against one's own work,
 * in the services and below them.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { ResetPassword } from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { CloseHazard, Deliver, Hazard, Mend, Reinspect } from '../../src-main/inspections/api.ts'
import { fen } from '../../src-main/platform/money.ts'
import { ownAct } from '../../src-main/platform/two-persons.ts'
import {
  ApproveMerit,
  Create,
  Leave,
  MeritsWaiting,
  RecordExam,
  RecordMerit,
  SetRoles,
} from '../../src-main/staff/api.ts'
import { RecordEntry, VoidEntry } from '../../src-main/registers/api.ts'
import { complaint, hands, replied, take as takeComplaint } from '../complaints/people.ts'
import { failedItem, generate, household, record, taskOf } from '../inspections/support.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import {
  callAs,
  certify,
  employ,
  lend,
  openHallWithWorkers,
  repairCall,
  req,
  ring,
  sessionOf,
  ways,
} from '../workorders/people.ts'
import { Refer, Take } from '../../src-main/workorders/api.ts'

const day = 86_400_000
const manager = actorOf('hall-manager').id
let hall: TestHall
afterEach(() => hall.close())

/** 孙主任 can do everything but judge it; 李主任 of every hall judges it. */
async function hallWithSun(): Promise<string> {
  hall = await openHallWithWorkers()
  for (const kind of ['callback', 'inspection'] as const) await certify(hall, manager, kind, '2027-11-22')
  return employ(hall, {
    staffNo: '3005',
    name: '孙主任',
    roles: ['hall-manager', 'dispatcher', 'administrator'],
    certificates: ['maintenance', 'callback', 'inspection'],
  })
}
const write = (sql: string, ...values: unknown[]) => hall.transact(({ sqlite }) => sqlite.prepare(sql).run(...values))
/** A step below the services, copied from the last one of the record. */
const stepBelow = (table: string, owner: string, id: string, kind: string, state: string) => () =>
  write(
    `INSERT INTO ${table} (id, ${owner}, no, round, kind, state, note, at, actor_id, actor_name)
     SELECT ?, ${owner}, no + 1, round, ?, ?, '', at, ?, '' FROM ${table} WHERE ${owner} = ? ORDER BY no DESC LIMIT 1`,
    req(),
    kind,
    state,
    manager,
    id,
  )

describe('somebody with a password that another gave', () => {
  test('writes nothing about whoever gave it that nobody else looks at, and strikes nothing of it out', async () => {
    await hallWithSun()
    const rating = {
      kind: 'rating' as const,
      onDate: '2026-11-23',
      values: { business: '缴费', rating: '非常满意', words: '' },
      staffId: manager,
    }
    const rate = () => callAs(hall, 'clerk', RecordEntry, { requestId: req(), ...rating })
    const { entryId, state } = await rate()
    expect(state).toBe('closed')
    lend(hall, { id: manager }, actorOf('clerk').id)
    expect((await rate()).state).toBe('done')
    const destroyed = {
      kind: 'destruction' as const,
      onDate: '2026-11-23',
      values: { content: '2010 年收据 40 本', approved: '公司办 12 号', way: '碎纸' },
      companionId: manager,
    }
    const alone = callAs(hall, 'clerk', RecordEntry, { requestId: req(), ...destroyed })
    await expect(alone).rejects.toThrow('一天内重置过您的密码')
    lend(hall, { id: manager }, actorOf('administrator').id)
    const strike = callAs(hall, 'administrator', VoidEntry, { requestId: req(), entryId, reason: '记错' })
    await expect(strike).rejects.toMatchObject({ failure: { code: 'OwnWork' } })
  })

  test('judges no order that he worked on or wanted to refer, until a day later', async () => {
    const sun = await hallWithSun()
    const { orderId } = await callAs(hall, 'clerk', Take, repairCall())
    const way = ways(hall, orderId)
    await way.assign(sun)
    for (const step of ['accept', 'arrive', 'handle', 'repair'] as const) await way.work(step)
    lend(hall, { id: sun }, manager)
    const refused = (label: string) => ({
      failure: { code: 'OwnWork', message: `您的密码一天内由做过这张工单的人重置，${label}须由他人办理（第十四条）` },
    })
    await expect(way.verify('hall-manager')).rejects.toMatchObject(refused('验证'))
    expect(stepBelow('workorder_steps', 'order_id', orderId, 'verify', 'verified')).toThrow('whoever did it')
    await way.verify('dispatcher')
    await expect(way.callBack('hall-manager')).rejects.toMatchObject(refused('回访'))
    hall.clock.advance(day)
    await way.callBack('hall-manager')
    lend(hall, { id: sun }, manager)
    await expect(way.close('hall-manager')).rejects.toMatchObject(refused('关闭'))
    hall.clock.advance(day)
    await way.close('hall-manager')

    const other = await callAs(hall, 'clerk', Take, repairCall())
    const referring = ways(hall, other.orderId)
    await callAs(hall, '3005', Refer, {
      requestId: req(),
      orderId: other.orderId,
      why: 'appliance',
      reason: '燃具在保修期',
      referredTo: '厂家售后',
      customerTold: true,
    })
    lend(hall, { id: sun }, manager)
    await expect(referring.confirm('hall-manager')).rejects.toThrow('一天内由登记过这次转介的人重置')
    expect(stepBelow('workorder_steps', 'order_id', other.orderId, 'confirm', 'referred')).toThrow('whoever wanted it')
    hall.clock.advance(day)
    await referring.confirm('hall-manager')
  })

  test('closes no complaint that he answered, and does nothing to one about him', async () => {
    const sun = await hallWithSun()
    const { complaintId, way } = await replied(hall, complaint({ requestId: req() }))
    const clerk = { id: actorOf('clerk').id }
    lend(hall, clerk, manager)
    await expect(way.callBack('hall-manager')).rejects.toThrow('您的密码一天内由办理过这件投诉的人重置')
    expect(stepBelow('complaint_steps', 'complaint_id', complaintId, 'close', 'closed')).toThrow('whoever handled it')
    hall.clock.advance(day)
    await way.callBack('hall-manager')
    lend(hall, clerk, manager)
    await expect(way.close('hall-manager')).rejects.toThrow('您的密码一天内由办理过这件投诉的人重置')
    hall.clock.advance(day)
    await way.close('hall-manager')

    const about = await takeComplaint(hall, complaint({ staffIds: [sun] }))
    lend(hall, { id: sun }, manager)
    await expect(hands(hall, about.complaintId).assign(clerk.id, 'hall-manager')).rejects.toMatchObject({
      failure: { code: 'ComplainedOf', message: '您的密码一天内由被投诉人重置，指派调查人须由他人办理（第二十条）' },
    })
    expect(stepBelow('complaint_steps', 'complaint_id', about.complaintId, 'assign', 'assigned')).toThrow(
      'whom it is about',
    )
    await expect(takeComplaint(hall, complaint({ staffIds: [sun] }), 'hall-manager')).rejects.toThrow('由被投诉人重置')
  })

  test('rings about and closes no hazard that he found', async () => {
    const sun = await hallWithSun()
    const { accountId } = household(hall, 1)
    await generate(hall)
    const found = await record(hall, taskOf(hall, accountId).id, sun, { outcome: 'hazard', failed: [failedItem()] })
    const hazardId = found.hazardIds[0] ?? ''
    const on = () => ({ requestId: req(), hazardId })
    const [deliveredOn, inspectedOn] = ['2026-11-23', '2026-11-23'] as const
    await callAs(hall, 'clerk', Deliver, {
      ...on(),
      deliveredOn,
      deliveredBy: '孙主任',
      receivedBy: '客户本人',
      receipt: 'signed',
    })
    await callAs(hall, 'clerk', Mend, { ...on(), mendedOn: '2026-11-23', note: '更换金属波纹管' })
    const passed = { passed: true, newDeadline: null, note: '检漏合格' }
    await callAs(hall, 'clerk', Reinspect, { ...on(), inspectorId: sun, inspectedOn, ...passed })
    lend(hall, { id: sun }, manager)
    const why = '您的密码一天内由检查或整改过这处隐患的人重置'
    await expect(ring(hall, 'hall-manager', 'hazard', hazardId)).rejects.toThrow(why)
    expect((await callAs(hall, 'hall-manager', Hazard, { hazardId })).obstacles['call-back']).toEqual([
      `${why}，回访须由他人办理（第十九条、第二十一条）`,
    ])
    hall.clock.advance(day)
    await ring(hall, 'hall-manager', 'hazard', hazardId)
    lend(hall, { id: sun }, manager)
    await expect(callAs(hall, 'hall-manager', CloseHazard, on())).rejects.toThrow(why)
    expect(stepBelow('hazard_steps', 'hazard_id', hazardId, 'close', 'closed')).toThrow('whoever inspected it')
  })

  test('approves no reward of whoever gave it, records no exam of theirs, and gives them no role', async () => {
    const sun = await hallWithSun()
    const administrator = actorOf('administrator').id
    const { meritId } = await callAs(hall, 'administrator', RecordMerit, {
      requestId: req(),
      staffId: sun,
      kind: 'reward',
      reason: '拾金不昧',
      decidedBy: '总经理办公会',
      decidedOn: '2026-11-20',
      evidence: '会议纪要',
      amount: fen(20_000),
    })
    lend(hall, { id: sun }, manager)
    const approve = () => callAs(hall, 'hall-manager', ApproveMerit, { requestId: req(), meritId, approved: true })
    await expect(approve()).rejects.toMatchObject({
      failure: { code: 'OwnMerit', message: '您的密码一天内由此人重置，不能批准这条奖惩，须由另一位营业厅主任批准' },
    })
    expect(await callAs(hall, 'hall-manager', MeritsWaiting, {})).toEqual({ waiting: 1, mine: 0 })
    expect(() =>
      write(
        `INSERT INTO merit_approvals (merit_id, approved, note, at, approver_id, approver_name) VALUES (?, 1, '', 1, ?, '')`,
        meritId,
        manager,
      ),
    ).toThrow('somebody who may not')
    const exam = () =>
      callAs(hall, 'hall-manager', RecordExam, {
        requestId: req(),
        subject: '安全知识',
        kind: 'periodic',
        certificateKind: null,
        heldOn: '2026-11-20',
        outOf: 100,
        passMark: 60,
        note: '',
        results: [{ staffId: sun, score: 90 }],
      })
    await expect(exam()).rejects.toThrow('您的密码一天内由考核对象重置')
    lend(hall, { id: sun }, administrator)
    const roles = () => callAs(hall, 'administrator', SetRoles, { staffId: sun, roles: ['administrator', 'cashier'] })
    await expect(roles()).rejects.toThrow('您的密码一天内由此人重置，不能更改此人的岗位')
    hall.clock.advance(day)
    await approve()
    await exam()
    await roles()
  })
})

describe('who gave a password', () => {
  test('is remembered through whoever was given one, and through a reset of one’s own', async () => {
    hall = await openTestHall({ sessionOf })
    const [first, second] = await Promise.all(
      ['4001', '4002'].map((staffNo) =>
        employ(hall, { staffNo, name: staffNo, roles: ['administrator'], certificates: [] }),
      ),
    )
    const reset = (as: string, staffId: string | undefined) =>
      callAs(hall, as, ResetPassword, { staffId: staffId ?? '', password: 'Chushi-Huo-29' })
    const lendersOf = (staffNo: string) =>
      sessionOf(hall.hall.environment.sqlite, staffNo, hall.clock.now())?.actor.lentBy
    const administrator = actorOf('administrator').id
    await reset('administrator', first)
    expect(lendersOf('4001')).toEqual([administrator])
    // Logged in as that one: his own again, and another's.
    await reset('4001', first)
    expect(lendersOf('4001')).toEqual([administrator])
    await reset('4001', second)
    expect(lendersOf('4002')).toEqual([first, administrator])
    await reset('4002', first)
    expect(lendersOf('4001')).toEqual([second, first, administrator])
    hall.clock.advance(day)
    expect(lendersOf('4001')).toEqual([])
  })

  test('stands behind what is done in that name: nobody becomes the only one who could agree by another’s hand', async () => {
    hall = await openTestHall({ sessionOf })
    const second = await employ(hall, { staffNo: '4002', name: '吴二', roles: ['administrator'], certificates: [] })
    hall.transact((context) => {
      setPassword(context, manager, 'Kanban-Qiu-73')
      setPassword(context, second, 'Kanban-Qiu-74')
      context.sqlite.exec('UPDATE credentials SET last_login_at = 1')
    })
    lend(hall, actorOf('administrator'), second)
    await callAs(hall, '4002', Leave, { staffId: manager })
    await callAs(hall, '4002', Leave, { staffId: second })
    const alone = () =>
      callAs(hall, 'administrator', Create, {
        requestId: req(),
        staffNo: '4003',
        name: '冒名人',
        roles: ['hall-manager'],
        approvalId: null,
      })
    await expect(alone()).rejects.toThrow('OthersRelieved')
    hall.clock.advance(day)
    await alone()
  })

  test('an act is one’s own, lent, or another’s', () => {
    expect(ownAct({ id: 'a', lentBy: ['b'] }, ['a', 'b'])).toBe('own')
    expect(ownAct({ id: 'a', lentBy: ['b'] }, ['b', null])).toBe('lent')
    expect(ownAct({ id: 'a', lentBy: ['b'] }, ['c', null])).toBeNull()
    expect(ownAct({ id: 'a' }, ['b'])).toBeNull()
  })
})
