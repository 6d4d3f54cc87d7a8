import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CustomerTimeline } from '../../src-main/customers/api.ts'
import { Change } from '../../src-main/settings/api.ts'
import {
  adviceFor,
  Alarms,
  Answer,
  Candidates,
  Close,
  Counts,
  Detail,
  Issue,
  List,
  OfAccount,
  OfStaff,
  orderStates,
  Pause,
  Refer,
  Reopen,
  Resume,
  Take,
  TellLeader,
  Work,
} from '../../src-main/workorders/api.ts'
import { listSql, ofStaffSql } from '../../src-main/workorders/reads.ts'
import { orderFigures } from '../../src-main/workorders/figures.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { resumePaused } from '../../src-main/workorders/steps.ts'
import { servicePointById } from '../../src-main/customers/service.ts'
import { Awaiting, EndInterruption, PlanInterruption, StartInterruption } from '../../src-main/supply/api.ts'
import { liftHold, placeHold } from '../../src-main/supply/service.ts'
import { openOne } from '../customers/support.ts'
import { plan, resume } from '../supply/support.ts'
import { changeSetting } from '../support/approval.ts'
import { actorOf, type TestHall } from '../support/hall.ts'
import { callAs, certify, employ, leakCall, openHallWithWorkers, repairCall, req, ways } from './people.ts'

let hall: TestHall
let zhao: string
beforeEach(async () => {
  hall = await openHallWithWorkers()
  zhao = await employ(hall, {
    staffNo: '3001',
    name: '赵师傅',
    roles: ['clerk'],
    certificates: ['maintenance', 'emergency'],
  })
  await certify(hall, actorOf('hall-manager').id, 'callback', '2027-11-22')
})
afterEach(() => hall.close())

const take = (input = repairCall(), as = 'clerk') => callAs(hall, as, Take, input)
const detail = (orderId: string, as = 'clerk') => callAs(hall, as, Detail, { orderId })
const on = (orderId: string) => ({ requestId: req(), orderId })
const stepCount = () =>
  (hall.hall.environment.sqlite.prepare('SELECT count(*) AS n FROM workorder_steps').get() as { n: number }).n

/** Takes an order as far as repaired. */
async function repaired(input = repairCall()) {
  const { orderId } = await take(input)
  const way = ways(hall, orderId)
  await way.assign(zhao)
  for (const step of ['accept', 'arrive', 'handle', 'repair'] as const) {
    hall.clock.advance(600_000)
    await way.work(step, '3001')
  }
  return { orderId, way }
}

describe('an order', () => {
  test('goes from report to closure, each step with time and person, all of it in the customer file', async () => {
    const opened = openOne(hall, 1)
    const { orderId, way } = await repaired(repairCall({ accountId: opened.accountId, place: '' }))
    await way.verify('dispatcher')
    await way.callBack('hall-manager')
    expect(await way.close('dispatcher')).toEqual({ state: 'closed' })

    const { order, steps } = await detail(orderId)
    expect(order.orderNo).toMatch(/^GD\d{13}$/)
    expect(order.place).toContain('阳光花园')
    expect(steps.map(({ kind, actorName, workerName }) => [kind, actorName, workerName])).toEqual([
      ['report', '钱柜员', null],
      ['issue', '钱柜员', null],
      ['assign', '周调度', '赵师傅'],
      ['accept', '赵师傅', '赵师傅'],
      ['arrive', '赵师傅', '赵师傅'],
      ['handle', '赵师傅', '赵师傅'],
      ['repair', '赵师傅', '赵师傅'],
      ['verify', '周调度', null],
      ['call-back', '李主任', null],
      ['close', '周调度', null],
    ])
    expect(steps.map(({ at }) => at).toSorted((a, b) => a - b)).toEqual(steps.map(({ at }) => at))
    const timeline = await callAs(hall, 'clerk', CustomerTimeline, {
      customerId: opened.customerId,
      accountId: opened.accountId,
      kinds: ['workorder'],
      page: {},
    })
    expect(timeline.rows).toHaveLength(steps.length)
    expect(await callAs(hall, 'clerk', OfAccount, { accountId: opened.accountId })).toMatchObject([{ id: orderId }])
    const uploaded = hall.hall.environment.sqlite
      .prepare(`SELECT count(*) AS n FROM outbox WHERE entity = 'workorder_steps'`)
      .get()
    expect(uploaded).toEqual({ n: steps.length })
  })

  test('sent twice with the same form is taken once', async () => {
    const input = repairCall()
    const [first, second] = [await take(input), await take(input)]
    expect(second).toEqual(first)
    expect((await callAs(hall, 'clerk', Counts, {})).open).toBe(1)
  })

  test('rung in to the dispatch centre waits to be issued, and nobody is assigned before', async () => {
    const { orderId, state } = await take(repairCall(), 'dispatcher')
    expect(state).toBe('reported')
    await expect(ways(hall, orderId).assign(zhao)).rejects.toMatchObject({
      failure: { code: 'WrongStep', message: '工单现在是“待下达”，不能办理派工，下一步是下达' },
    })
    await callAs(hall, 'dispatcher', Issue, { ...on(orderId), note: '请尽快上门' })
    expect(await ways(hall, orderId).assign(zhao, 'hall-manager')).toEqual({ state: 'assigned' })
  })

  test('that is a question is answered and never dispatched', async () => {
    const question = repairCall({ kind: 'consultation', symptom: 'question', place: '' })
    const { orderId, state } = await take(question)
    expect(state).toBe('asked')
    await expect(ways(hall, orderId).assign(zhao)).rejects.toThrow('WrongStep')
    expect(await callAs(hall, 'clerk', Answer, { ...on(orderId), note: '阶梯气价按户计算' })).toEqual({
      state: 'answered',
    })
    expect((await take(repairCall({ ...question, requestId: req(), answer: '已说明' }))).state).toBe('answered')
  })
})

describe('the certificate gate (clauses 10(8)(9))', () => {
  test('lets only certified staff be assigned, and says who lacks what', async () => {
    const { orderId } = await take()
    const none = await employ(hall, { staffNo: '3002', name: '钱新手', roles: ['clerk'], certificates: ['callback'] })
    await expect(ways(hall, orderId).assign(none)).rejects.toMatchObject({
      failure: {
        code: 'CertificateMissing',
        message: '钱新手没有维修证，不能承担这项工作，须由持证人员办理（第十条）',
      },
    })
    await expect(ways(hall, orderId).assign(req())).rejects.toThrow('StaffNotFound')
    expect(stepCount()).toBe(2)
    const { orderId: leak } = await take(leakCall())
    expect((await callAs(hall, 'dispatcher', Candidates, { orderId: leak })).map(({ name }) => name)).toEqual([
      '赵师傅',
    ])
  })

  test('stands again when the work is accepted and begun: a certificate that ran out overnight stops it', async () => {
    const late = await employ(
      hall,
      { staffNo: '3004', name: '周师傅', roles: ['clerk'], certificates: ['maintenance'] },
      '2026-11-23',
    )
    const { orderId } = await take()
    const way = ways(hall, orderId)
    await way.assign(late)
    await way.work('accept')
    hall.clock.set('2026-11-24T00:00:00+08:00')
    await expect(way.work('arrive')).rejects.toMatchObject({
      failure: { code: 'CertificateMissing', message: expect.stringContaining('周师傅的维修证已于 2026-11-23 到期') },
    })
    expect((await detail(orderId)).order.state).toBe('accepted')
  })

  test('holds below every service: the database itself refuses an uncertified assignee and a closure without callback', async () => {
    const { orderId } = await repaired()
    const write = (sql: string) => hall.transact(({ sqlite }) => sqlite.prepare(sql).run(orderId))
    const clerk = actorOf('clerk').id
    expect(() => write(`UPDATE workorders SET assignee_id = '${clerk}' WHERE id = ?`)).toThrow('certified assignee')
    expect(() => write(`UPDATE workorders SET state = 'closed' WHERE id = ?`)).toThrow('without callback')
    expect(() => write(`DELETE FROM workorder_steps WHERE order_id = ?`)).toThrow('append-only')
    // Along the table of the process only, and in its words.
    for (const state of orderStates.filter((one) => !['repaired', 'verified', 'handled', 'closed'].includes(one))) {
      expect(() => write(`UPDATE workorders SET state = '${state}' WHERE id = ?`), state).toThrow('no such step')
    }
    expect(() => write(`UPDATE workorders SET symptom = 'noise' WHERE id = ?`)).toThrow('workorders_symptom')
  })
})

describe('judging the work (clause 14(2))', () => {
  test('is never done by whoever worked on it, also after it was given to somebody else', async () => {
    const sun = await employ(hall, {
      staffNo: '3005',
      name: '孙主任',
      roles: ['hall-manager', 'dispatcher'],
      certificates: ['maintenance', 'callback'],
    })
    const { orderId } = await take()
    const way = ways(hall, orderId)
    await way.assign(sun)
    await way.work('accept')
    await way.assign(zhao)
    for (const step of ['accept', 'arrive', 'handle', 'repair'] as const) await way.work(step)
    const refused = { failure: { code: 'OwnWork', message: '本人做过这张工单，验证须由他人办理（第十四条）' } }
    await expect(way.verify('3005')).rejects.toMatchObject(refused)
    await way.verify('dispatcher')
    await expect(way.callBack('3005')).rejects.toThrow('OwnWork')
    await way.callBack('hall-manager')
    await expect(way.close('3005')).rejects.toThrow('OwnWork')
    expect((await detail(orderId, '3005')).obstacles.close).toEqual(['本人做过这张工单，关闭须由他人办理（第十四条）'])
    await way.close('dispatcher')
  })

  test('sends bad work back while the 24 hours run on', async () => {
    const { orderId, way } = await repaired()
    expect(await way.verify('dispatcher', false)).toEqual({ state: 'handled' })
    const { order } = await detail(orderId)
    expect([order.repairedAt, order.repairBy]).toEqual([null, order.reportedAt + 24 * 3_600_000])
    await way.work('repair')
    expect(await way.verify('dispatcher')).toEqual({ state: 'verified' })
  })

  test('a dissatisfied customer reopens it with timers anew; one not reached is tried again', async () => {
    const { orderId, way } = await repaired()
    await way.verify('dispatcher')
    await expect(way.callBack('clerk')).rejects.toMatchObject({
      failure: { code: 'CertificateMissing', message: expect.stringContaining('钱柜员没有回访证') },
    })
    expect(await way.callBack('hall-manager', 'unreached')).toMatchObject({ result: 'unreached' })
    expect((await detail(orderId)).order.state).toBe('verified')
    await expect(way.close('dispatcher')).rejects.toThrow('WrongStep')
    const { order: before } = await detail(orderId)
    expect(await way.callBack('hall-manager', 'dissatisfied')).toMatchObject({ reopenedNo: before.orderNo })
    const { order } = await detail(orderId)
    expect(order).toMatchObject({ state: 'issued', round: 2, assigneeName: null, handledAt: null })
    expect(order.handleBy).toBe(hall.clock.now() + 6 * 3_600_000)
  })

  test('a closed order can be reopened, and then needs a callback of its own', async () => {
    const { orderId, way } = await repaired()
    await way.verify('dispatcher')
    await way.callBack('hall-manager')
    await way.close('dispatcher')
    await expect(way.close('dispatcher')).rejects.toMatchObject({
      failure: { message: '工单现在是“已关闭”，不能办理关闭' },
    })
    await callAs(hall, 'clerk', Reopen, { ...on(orderId), reason: '当晚又不能点火' })
    await way.assign(zhao)
    for (const step of ['accept', 'arrive', 'handle', 'repair'] as const) await way.work(step)
    await way.verify('dispatcher')
    await expect(way.close('dispatcher')).rejects.toThrow('WrongStep')
  })
})

describe('the timers', () => {
  test('are stopped by nobody whose work they time (clause 18(3))', async () => {
    const able = await employ(hall, {
      staffNo: '5009',
      name: '冯双岗',
      roles: ['dispatcher'],
      certificates: ['maintenance'],
    })
    const { orderId } = await take()
    const way = ways(hall, orderId)
    await way.assign(able)
    await expect(way.pause('5009')).rejects.toMatchObject({
      failure: { code: 'OwnWork', message: expect.stringContaining('本人承办这张工单，暂停计时须由他人办理') },
    })
    expect((await detail(orderId)).order.pausedAt).toBeNull()
    expect(() =>
      hall.transact(({ sqlite }) =>
        sqlite
          .prepare(
            `INSERT INTO workorder_steps (id, order_id, no, round, kind, state, note, at, actor_id, actor_name)
             VALUES (?, ?, 90, 1, 'pause', 'assigned', '', 0, ?, '')`,
          )
          .run(req(), orderId, able),
      ),
    ).toThrow('whoever it runs for')
    await way.pause('dispatcher')
  })

  test('stop only with a reason, move the deadlines when they run again, and stay right after a restart', async () => {
    const { orderId } = await take()
    const pause = (reason: string, hours = 24) =>
      callAs(hall, 'dispatcher', Pause, {
        ...on(orderId),
        why: 'appointment',
        until: hall.clock.now() + hours * 3_600_000,
        reason,
      })
    await expect(pause(' ')).rejects.toMatchObject({ failure: { field: 'reason', message: '请填写暂停说明' } })
    for (const [hours, message] of [
      [0, '恢复计时的时间须晚于现在'],
      [73, '一轮办理累计最多暂停 3 天，请把恢复时间提前或先办理'],
    ] as const)
      await expect(pause('等客户', hours)).rejects.toMatchObject({ failure: { field: 'until', message } })
    hall.clock.advance(3_600_000)
    await pause('客户外出，约定明早上门')
    expect(await callAs(hall, 'clerk', Counts, {})).toMatchObject({ paused: 1 })
    expect((await callAs(hall, 'clerk', List, { filter: 'paused' })).rows).toMatchObject([{ id: orderId }])
    await expect(ways(hall, orderId).assign(zhao)).rejects.toThrow('OrderPaused')
    hall.clock.advance(12 * 3_600_000)
    await hall.restart()
    await callAs(hall, 'clerk', Resume, on(orderId))
    const { order } = await detail(orderId)
    expect([order.handleBy - order.reportedAt, order.repairBy - order.reportedAt]).toEqual([
      18 * 3_600_000,
      36 * 3_600_000,
    ])
    hall.clock.advance(5 * 3_600_000 + 1)
    expect(await callAs(hall, 'clerk', Counts, {})).toMatchObject({ open: 1, overdue: 1 })
    expect((await callAs(hall, 'clerk', List, { filter: 'overdue' })).rows).toMatchObject([{ id: orderId }])
  })

  test('a pause hides nothing that was late before it', async () => {
    const { orderId } = await take()
    const overdue = async () => (await callAs(hall, 'clerk', Counts, {})).overdue
    hall.clock.advance(5 * 3_600_000)
    await ways(hall, orderId).pause('dispatcher', 10)
    hall.clock.advance(3 * 3_600_000)
    expect(await overdue()).toBe(0)
    await callAs(hall, 'clerk', Resume, on(orderId))
    hall.clock.advance(2 * 3_600_000)
    expect(await overdue()).toBe(1)
    await ways(hall, orderId).pause('dispatcher', 10)
    expect(await overdue()).toBe(1)
    expect((await callAs(hall, 'clerk', List, { filter: 'overdue' })).rows).toMatchObject([{ id: orderId }])
  })

  test('run again by themselves when the time agreed on has come, however late that is written down', async () => {
    const { orderId } = await take()
    await ways(hall, orderId).pause('dispatcher', 10)
    await resumePaused(hall.hall.environment)
    expect((await detail(orderId)).order.pausedAt).not.toBeNull()
    hall.clock.advance(30 * 3_600_000)
    // Over the night nobody was here: the hours ran on from the time agreed on.
    await resumePaused(hall.hall.environment)
    const { order, steps } = await detail(orderId)
    expect([order.pausedAt, order.pausedUntil, order.handleBy - order.reportedAt]).toEqual([null, null, 16 * 3_600_000])
    expect(steps.at(-1)).toMatchObject({ kind: 'resume', note: '约定的时间已到，自动恢复计时' })
    expect(await callAs(hall, 'clerk', Counts, {})).toMatchObject({ paused: 0, overdue: 1 })
  })

  test('count from the call, where it was written down later, and no longer ago than the hall allows', async () => {
    const at = (hours: number) => hall.clock.now() - hours * 3_600_000
    for (const [hours, message] of [
      [-1, '来电时间不能晚于现在'],
      [25, '来电时间不能早于 24 小时之前，请核对'],
    ] as const)
      await expect(take(repairCall({ receivedAt: at(hours) }))).rejects.toMatchObject({
        failure: { field: 'receivedAt', message },
      })
    const { order } = await detail((await take(repairCall({ receivedAt: at(7) }))).orderId)
    expect([order.enteredAt - order.reportedAt, order.handleBy - order.reportedAt]).toEqual(
      [7, 6].map((n) => n * 3_600_000),
    )
    expect(await callAs(hall, 'clerk', Counts, {})).toMatchObject({ overdue: 1 })
  })

  test('keep the limits an order was taken with, and the setting never allows more than the regulation', async () => {
    const change = (value: number) => callAs(hall, 'administrator', Change, { key: 'workorders.handleHours', value })
    await expect(change(7)).rejects.toMatchObject({ failure: { code: 'InvalidInput' } })
    const { orderId } = await take()
    await change(2)
    const { order } = await detail(orderId)
    expect(order.handleBy - order.reportedAt).toBe(6 * 3_600_000)
    const second = await detail((await take()).orderId)
    expect(second.order.handleBy - second.order.reportedAt).toBe(2 * 3_600_000)
  })
})

describe('a major hazard (clauses 5(6), 6(4))', () => {
  test('taken as a repair becomes an alarm, skips the queue, rings until accepted and lists the leaders', async () => {
    const { orderId, state } = await take(leakCall({ kind: 'repair' }), 'dispatcher')
    expect(state).toBe('issued')
    const { order, leaders } = await detail(orderId)
    expect(order).toMatchObject({ kind: 'alarm', urgent: true, advice: adviceFor.leak, untold: 3 })
    expect(leaders.map(({ name, toldAt }) => [name, toldAt])).toEqual([
      ['营业厅主任', null],
      ['生产安全部负责人', null],
      ['公司值班领导', null],
    ])
    const ringing = async () => (await callAs(hall, 'cashier', Alarms, {})).map(({ id }) => id)
    await ways(hall, orderId).assign(zhao)
    expect(await ringing()).toEqual([orderId])
    await hall.restart()
    expect(await ringing()).toEqual([orderId])
    await ways(hall, orderId).work('accept')
    expect(await ringing()).toEqual([])
  })

  test('has somebody on the way and there, and every leader told, within the minutes of the company (5(6), 10(5))', async () => {
    const minute = 60_000
    const share = (name: string) =>
      hall.transact((context) =>
        orderFigures
          .find((one) => one.name === name)
          ?.compute(context, { from: businessDate('2026-11-01'), to: businessDate('2026-12-31') }),
      )
    const shares = () =>
      ['hazard-dispatched', 'hazard-arrived', 'leaders-told'].map((name) => share(`workorders.${name}`))
    const { orderId } = await take(leakCall())
    const { order } = await detail(orderId)
    expect([order.dispatchBy, order.arriveBy, order.tellBy]).toEqual(
      [5, 30, 15].map((minutes) => order.reportedAt + minutes * minute),
    )
    const way = ways(hall, orderId)
    await way.assign(zhao)
    hall.clock.advance(4 * minute)
    await way.work('accept')
    hall.clock.advance(27 * minute)
    expect(await callAs(hall, 'clerk', Counts, {})).toMatchObject({ overdue: 1 })
    await way.work('arrive')
    for (const { id } of (await detail(orderId)).leaders)
      await callAs(hall, 'clerk', TellLeader, { requestId: req(), leaderId: id })
    expect(shares()).toEqual([
      { numerator: 1, denominator: 1 },
      { numerator: 0, denominator: 1 },
      { numerator: 0, denominator: 1 },
    ])
    // Another round has its own minutes, and does not make the first good.
    for (const step of ['handle', 'repair'] as const) await way.work(step)
    await way.verify('dispatcher')
    await way.callBack('hall-manager', 'dissatisfied')
    const { order: again } = await detail(orderId)
    expect(again).toMatchObject({ dispatchBy: hall.clock.now() + 5 * minute, arrivedAt: null, tellBy: order.tellBy })
    await way.assign(zhao)
    for (const step of ['accept', 'arrive'] as const) await way.work(step)
    expect(shares()[1]).toEqual({ numerator: 0, denominator: 1 })
    const change = (set: string) => () =>
      hall.transact(({ sqlite }) => sqlite.prepare(`UPDATE workorders SET ${set}`).run())
    for (const set of ['arrive_by = arrive_by + 1', 'dispatch_by = NULL'])
      expect(change(set), set).toThrow('moves with')
    for (const set of ['tell_by = tell_by + 1', 'arrived_late = 0']) expect(change(set), set).toThrow('stays, with')
  })

  test('cannot be paused, nor referred before it is made safe, nor closed before every leader was told', async () => {
    const { orderId, way } = await repaired(leakCall())
    await way.verify('dispatcher')
    await way.callBack('hall-manager')
    await expect(way.close('dispatcher')).rejects.toMatchObject({
      failure: {
        code: 'LeadersNotTold',
        message: '重大险情还没有报告：营业厅主任、生产安全部负责人、公司值班领导',
      },
    })
    for (const { id } of (await detail(orderId)).leaders)
      await callAs(hall, 'clerk', TellLeader, { requestId: req(), leaderId: id, answer: '立即到场' })
    const { leaders } = await detail(orderId)
    expect(leaders[0]).toMatchObject({ toldAt: hall.clock.now(), toldBy: '钱柜员', answer: '立即到场' })
    await expect(
      callAs(hall, 'clerk', TellLeader, { requestId: req(), leaderId: leaders[0]?.id ?? '' }),
    ).rejects.toThrow('LeaderTold')
    await way.close('dispatcher')

    const { orderId: second } = await take(leakCall())
    await expect(ways(hall, second).pause()).rejects.toMatchObject({
      failure: { message: '险情不能暂停计时，须立即处置' },
    })
    await expect(ways(hall, second).refer()).rejects.toThrow('险情须先到场处理')
  })

  test('a smell is told to whom the company named for it; what took the gas away on site to all the others too, before it closes', async () => {
    await changeSetting(hall, 'workorders.leaders', '张主任 0999-8880001；李总 0999-8880002；值班领导 0999-8880003')
    await changeSetting(hall, 'workorders.leadersOfLeak', '值班领导 0999-8880003')
    const names = async (orderId: string) => (await detail(orderId)).leaders.map(({ name }) => name)
    const { orderId: fire } = await take({ ...leakCall(), symptom: 'explosion' })
    expect(await names(fire)).toEqual(['张主任', '李总', '值班领导'])
    const { accountId } = openOne(hall, 1, { supplied: true })
    const { orderId } = await take(leakCall({ accountId, place: '' }))
    expect(await names(orderId)).toEqual(['值班领导'])
    const way = ways(hall, orderId)
    await way.assign(zhao)
    for (const step of ['accept', 'arrive'] as const) await way.work(step)
    hall.clock.advance(20 * 60_000)
    await way.work('handle', 'clerk', 'off')
    expect(await names(orderId)).toEqual(['值班领导', '张主任', '李总'])
    const by = () =>
      hall.hall.environment.sqlite
        .prepare('SELECT tell_by FROM workorder_leaders WHERE order_id = ? ORDER BY id')
        .pluck()
        .all(orderId)
    const rest = hall.clock.now() + 15 * 60_000
    expect(by()).toEqual([hall.clock.now() - 5 * 60_000, rest, rest])
    // Handled again in another round nobody is listed twice.
    expect((await detail(orderId)).order.untold).toBe(3)
    const { orderId: smell } = await take(leakCall())
    const other = ways(hall, smell)
    await other.assign(zhao)
    for (const step of ['accept', 'arrive'] as const) await other.work(step)
    await other.work('handle')
    expect(await names(smell)).toEqual(['值班领导'])
  })

  test('is not taken while the caller was told nothing and nobody wrote down why', async () => {
    await expect(take(leakCall({ advised: false }))).rejects.toMatchObject({
      failure: { field: 'notAdvised', message: '请先按顺序告知安全须知；无法告知的，写明原因' },
    })
    const { orderId } = await take(leakCall({ advised: false, notAdvised: '来电中断' }))
    expect((await detail(orderId)).order).toMatchObject({ advice: [], notAdvised: '来电中断' })
  })
})

describe('gas that is shut off for an order (clauses 17(2), 18(2))', () => {
  const gasOf = (servicePointId: string) =>
    hall.transact((context) => servicePointById(context, servicePointId)).gasState
  const told = async (orderId: string) => {
    for (const { id } of (await detail(orderId)).leaders)
      await callAs(hall, 'clerk', TellLeader, { requestId: req(), leaderId: id })
  }

  test('is held off until it is repaired, tested and checked, and the order does not close before', async () => {
    const { accountId, servicePointId } = openOne(hall, 1, { supplied: true })
    const { orderId } = await take(leakCall({ accountId, place: '' }))
    const way = ways(hall, orderId)
    await way.assign(zhao)
    for (const step of ['accept', 'arrive'] as const) await way.work(step)
    await expect(callAs(hall, 'clerk', Work, { ...on(orderId), step: 'handle', note: '关了阀' })).rejects.toMatchObject(
      { failure: { field: 'gas', message: '险情须说明现场是否已停气（第十七条）' } },
    )
    await way.work('handle', 'clerk', 'off')
    expect(gasOf(servicePointId)).toBe('suspended')
    expect((await detail(orderId)).order.gas).toBe('off')
    // Nothing below the services gives it back before the repair.
    const write = (sql: string) => () => hall.transact(({ sqlite }) => sqlite.prepare(sql).run())
    expect(write('UPDATE supply_holds SET lifted_at = 1')).toThrow('gas back before the repair')
    expect(write(`UPDATE workorders SET gas = 'on'`)).toThrow('not held off on record')
    await expect(resume(hall, servicePointId, zhao)).rejects.toThrow('GateNotPassed')
    await way.work('repair')
    expect((await callAs(hall, 'clerk', Awaiting, {})).rows).toMatchObject([{ servicePointId }])
    // Bad work is repaired once more before its test counts.
    await way.verify('dispatcher', false)
    await expect(resume(hall, servicePointId, zhao)).rejects.toThrow('GateNotPassed')
    hall.clock.advance(60_000)
    await way.work('repair')
    await way.verify('dispatcher')
    await way.callBack('hall-manager')
    await told(orderId)
    await expect(way.close('dispatcher')).rejects.toMatchObject({
      failure: { code: 'GasOff', message: expect.stringContaining('请在“待恢复”办理') },
    })
    expect(write(`UPDATE workorders SET state = 'closed'`)).toThrow('without test and check')
    await resume(hall, servicePointId, zhao)
    expect(gasOf(servicePointId)).toBe('supplied')
    await way.close('dispatcher')
  })

  test('stays off when bad work is handled once more, and where no account is named an emergency stands for it', async () => {
    const { accountId, servicePointId } = openOne(hall, 1, { supplied: true })
    const { orderId } = await take(leakCall({ accountId, place: '' }))
    const way = ways(hall, orderId)
    const again = async () => {
      await way.assign(zhao)
      for (const step of ['accept', 'arrive'] as const) await way.work(step)
    }
    await again()
    await way.work('handle', 'clerk', 'off')
    await again()
    await way.work('handle', 'clerk', 'on')
    expect([(await detail(orderId)).order.gas, gasOf(servicePointId)]).toEqual(['off', 'suspended'])

    const { orderId: street } = await take(leakCall())
    const other = ways(hall, street)
    await other.assign(zhao)
    for (const step of ['accept', 'arrive'] as const) await other.work(step)
    await expect(other.work('handle', 'clerk', 'off')).rejects.toMatchObject({
      failure: { field: 'gas', message: expect.stringContaining('请先登记并开始紧急停气') },
    })
    const fromAt = hall.clock.now()
    const { interruptionId } = await callAs(
      hall,
      'dispatcher',
      PlanInterruption,
      plan(hall, { kind: 'emergency', fromAt, toAt: fromAt + 3_600_000, resumeBy: fromAt + 7_200_000 }),
    )
    await callAs(hall, 'dispatcher', StartInterruption, { interruptionId, ground: { kind: 'order', orderId: street } })
    expect(await other.work('handle', 'clerk', 'off')).toEqual({ state: 'handled' })
    await other.work('repair')
    await other.verify('dispatcher')
    await other.callBack('hall-manager')
    await told(street)
    await expect(other.close('dispatcher')).rejects.toThrow('紧急停气还没有结束')
    expect(() =>
      hall.transact(({ sqlite }) => sqlite.prepare(`UPDATE workorders SET state = 'closed' WHERE id = ?`).run(street)),
    ).toThrow('without test and check')
    await callAs(hall, 'dispatcher', EndInterruption, { interruptionId })
    await other.close('dispatcher')
  })

  test('stays off through bad work, whatever else held it meanwhile, and nothing else is the way back', async () => {
    const { accountId, servicePointId } = openOne(hall, 1, { supplied: true })
    const { orderId } = await take(leakCall({ accountId, place: '' }))
    const way = ways(hall, orderId)
    await way.assign(zhao)
    for (const step of ['accept', 'arrive'] as const) await way.work(step)
    await way.work('handle', 'clerk', 'off')
    const other = { servicePointId, cause: 'customer' as const, subject: 'test:1', note: '客户出门' }
    hall.transact((context) => placeHold(context, other))
    await way.work('repair')
    await way.verify('dispatcher', false)
    hall.transact((context) => liftHold(context, other.subject, '回来了'))
    await expect(resume(hall, servicePointId, zhao)).rejects.toThrow('抢修尚未修复')
    hall.clock.advance(60_000)
    await way.work('repair')
    await resume(hall, servicePointId, zhao)
    expect(gasOf(servicePointId)).toBe('supplied')
  })

  test('waits for its test alone once another agrees that the order goes elsewhere, and neither closes before', async () => {
    const { accountId, servicePointId } = openOne(hall, 1, { supplied: true })
    const orders = [await take(leakCall({ accountId, place: '' })), await take(leakCall({ accountId, place: '' }))]
    for (const { orderId } of orders) {
      const way = ways(hall, orderId)
      await way.assign(zhao)
      for (const step of ['accept', 'arrive'] as const) await way.work(step)
      await way.work('handle', 'clerk', 'off')
      await told(orderId)
    }
    const [first, second] = orders.map(({ orderId }) => ways(hall, orderId))
    await first?.refer()
    await expect(resume(hall, servicePointId, zhao)).rejects.toThrow('抢修尚未修复')
    await first?.confirm()
    await first?.callBack('hall-manager')
    await first?.close('dispatcher')
    await second?.work('repair')
    await second?.verify('dispatcher')
    await second?.callBack('hall-manager')
    await expect(second?.close('dispatcher')).rejects.toThrow('GasOff')
    await resume(hall, servicePointId, zhao)
    await second?.close('dispatcher')
  })

  test('a repair without danger says nothing of gas, and whose certificate has run out does no step more', async () => {
    const { orderId } = await take()
    const way = ways(hall, orderId)
    await way.assign(zhao)
    for (const step of ['accept', 'arrive'] as const) await way.work(step)
    const work = (step: 'handle' | 'repair') => callAs(hall, 'clerk', Work, { ...on(orderId), step, note: '好了' })
    await work('handle')
    expect((await detail(orderId)).order.gas).toBeNull()
    hall.clock.set('2027-11-23T08:00:00+08:00')
    await expect(work('repair')).rejects.toThrow('CertificateMissing')
  })
})

test('what is outside the scope is told to the customer, referred with its channel, and still called back', async () => {
  const { orderId } = await take()
  const refer = { why: 'appliance', reason: '燃具不在维修范围', referredTo: '燃具厂家售后 400-000-0000' } as const
  await expect(
    callAs(hall, 'clerk', Refer, { ...on(orderId), ...refer, customerTold: false as unknown as true }),
  ).rejects.toMatchObject({ failure: { message: '请先告知客户转介的渠道' } })
  await callAs(hall, 'clerk', Refer, { ...on(orderId), ...refer, customerTold: true })
  const { order, steps } = await detail(orderId)
  expect(steps.at(-1)?.note).toBe('用户自有燃具、器具：燃具不在维修范围；已告知客户转至燃具厂家售后 400-000-0000')
  // Another one agrees to it, or gives it back; the hours run on meanwhile (clauses 14(2), 18(3)).
  expect(order).toMatchObject({ state: 'referring' })
  await employ(hall, { staffNo: '3009', name: '吴调度', roles: ['dispatcher'], certificates: [] })
  await ways(hall, orderId).confirm('dispatcher', false)
  expect((await detail(orderId)).order).toMatchObject({ state: 'issued', handleBy: order.handleBy })
  await ways(hall, orderId).refer('dispatcher')
  await expect(ways(hall, orderId).confirm('dispatcher')).rejects.toMatchObject({
    failure: { code: 'OwnWork', message: '本人登记过这次转介，核实转介须由他人办理（第十四条）' },
  })
  const confirmed = (actor: string) => () =>
    hall.transact(({ sqlite }) =>
      sqlite
        .prepare(
          `INSERT INTO workorder_steps (id, order_id, no, round, kind, state, note, at, actor_id, actor_name)
           VALUES (?, ?, 90, 1, 'confirm', 'referred', '', 0, ?, '')`,
        )
        .run(req(), orderId, actor),
    )
  expect(confirmed(actorOf('dispatcher').id)).toThrow('confirmed by whoever wanted it')
  expect(() =>
    hall.transact(({ sqlite }) => sqlite.prepare(`UPDATE workorders SET state = 'referred' WHERE id = ?`).run(orderId)),
  ).toThrow('a referral nobody confirmed')
  await ways(hall, orderId).confirm('3009')
  await expect(ways(hall, orderId).close('dispatcher')).rejects.toThrow('WrongStep')
  await ways(hall, orderId).callBack('hall-manager')
  expect(await ways(hall, orderId).close('dispatcher')).toEqual({ state: 'closed' })
})

describe('the board', () => {
  test('shows what is due next first, pages by key, and counts what it filters', async () => {
    const ids: string[] = []
    for (let n = 0; n < 5; n++) {
      ids.push((await take(repairCall(n === 3 ? { kind: 'emergency', symptom: 'other' } : {}))).orderId)
      hall.clock.advance(60_000)
    }
    const first = await callAs(hall, 'clerk', List, { page: { size: 3 } })
    const second = await callAs(hall, 'clerk', List, { page: { after: first.next, size: 3 } })
    // The hazard has minutes, the rest have hours.
    const byDeadline = [3, 0, 1, 2, 4].map((n) => ids[n])
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(byDeadline)
    expect(second.next).toBeNull()
    await ways(hall, ids[0] ?? '').assign(zhao)
    expect(await callAs(hall, '3001', Counts, {})).toEqual({
      open: 5,
      overdue: 0,
      urgent: 1,
      paused: 0,
      mine: 1,
      states: [
        { state: 'assigned', count: 1 },
        { state: 'issued', count: 4 },
      ],
    })
    // Who called need be no customer of ours: found by his name, and by the place as he said it, never by part of a phone.
    const [{ callerName = '', place = '' } = {}] = hall.hall.environment.sqlite
      .prepare('SELECT caller_name AS callerName, place FROM workorders WHERE account_id IS NULL LIMIT 1')
      .all() as { callerName: string; place: string }[]
    const found = async (search: string) => (await callAs(hall, 'clerk', List, { search })).rows.length
    for (const text of [callerName, place, place.replaceAll(' ', '')])
      expect(await found(text), text).toBeGreaterThan(0)
    for (const text of ['无此来电人', '13800', '0000']) expect(await found(text), text).toBe(0)
    expect((await callAs(hall, '3001', List, { filter: 'mine' })).rows.map(({ id }) => id)).toEqual([ids[0]])
    await expect(callAs(hall, 'clerk', List, { page: { after: 'x' } })).rejects.toMatchObject({
      failure: { code: 'InvalidInput', message: '页码不正确，请刷新后再试' },
    })
  })

  test.each(['open', 'overdue', 'urgent', 'closed'] as const)('finds %s by an index, without sorting', (filter) => {
    const plan = hall.hall.environment.sqlite
      .prepare(`EXPLAIN QUERY PLAN ${listSql(filter)}`)
      .all({ now: 0, actorId: '', state: filter, afterDue: 0, afterId: '', limit: 51 }) as { detail: string }[]
    const text = plan.map(({ detail: line }) => line).join('\n')
    expect(text).toMatch(/SEARCH o USING INDEX workorders_(open|urgent|state)/)
    expect(text).not.toMatch(/SCAN o|TEMP B-TREE/)
  })
})

test('the orders of one person are listed the newest first, along their index', async () => {
  const orderIds: string[] = []
  for (let n = 0; n < 3; n++) {
    const { orderId } = await take()
    await ways(hall, orderId).assign(zhao)
    orderIds.push(orderId)
    hall.clock.advance(60_000)
  }
  const page = (after: string | null) =>
    callAs(hall, 'hall-manager', OfStaff, { staffId: zhao, page: { after, size: 2 } })
  const first = await page(null)
  const second = await page(first.next)
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(orderIds.toReversed())
  expect(second.next).toBeNull()
  await expect(callAs(hall, 'clerk', OfStaff, { staffId: zhao })).rejects.toThrow('NotAllowed')
  const plan = hall.hall.environment.sqlite
    .prepare(`EXPLAIN QUERY PLAN ${ofStaffSql}`)
    .all({ staffId: zhao, before: 0, beforeId: '', limit: 1 }) as { detail: string }[]
  const text = plan.map(({ detail: line }) => line).join('\n')
  expect(text).toContain('workorders_assignee')
  expect(text).not.toMatch(/SCAN o|TEMP B-TREE/)
})

test('below every service no work begins and nobody calls back without the certificate', async () => {
  const { orderId } = await take()
  await ways(hall, orderId).assign(zhao)
  const step = (kind: string, worker: string | null, actor: string) => () =>
    hall.transact((context) =>
      context.sqlite
        .prepare(
          `INSERT INTO workorder_steps (id, order_id, no, round, kind, state, note, worker_id, at, actor_id, actor_name)
           VALUES (?, ?, 90, 1, ?, 'accepted', '', ?, 0, ?, '')`,
        )
        .run(req(), orderId, kind, worker, actor),
    )
  const clerk = actorOf('clerk').id
  expect(step('accept', clerk, clerk)).toThrow('without a certificate')
  expect(step('arrive', null, clerk)).toThrow('without a certificate')
  expect(step('call-back', null, zhao)).toThrow('callback step without its call')
  // Good until the end of its last day, and no longer than the person is on the staff.
  hall.clock.set('2027-11-23T00:00:00+08:00')
  expect(step('accept', zhao, clerk)).toThrow('without a certificate')
  hall.clock.set('2027-11-22T23:59:00+08:00')
  expect(step('accept', zhao, clerk)).not.toThrow()
})

test('only those who may dispatch, verify and close do', async () => {
  const { orderId, way } = await repaired()
  for (const as of ['clerk', 'cashier']) {
    await expect(way.assign(zhao, as)).rejects.toThrow('NotAllowed')
    await expect(way.verify(as)).rejects.toThrow('NotAllowed')
    await expect(callAs(hall, as, Close, on(orderId))).rejects.toThrow('NotAllowed')
  }
})

describe('below every service', () => {
  const write = (orderId: string, set: string) => () =>
    hall.transact(({ sqlite }) => sqlite.prepare(`UPDATE workorders SET ${set} WHERE id = ?`).run(orderId))

  test('what was taken in stays, and a deadline moves with a pause or a new round alone (clause 18(3))', async () => {
    const { orderId } = await take(leakCall())
    for (const change of [
      'reported_at = reported_at + 1',
      'handle_hours = 600',
      'repair_hours = 600',
      `kind = 'consultation'`,
      'urgent = 0',
      `order_no = 'x'`,
    ])
      expect(write(orderId, change), change).toThrow('stays, with its time and hours')
    expect(() =>
      hall.transact(({ sqlite }) => sqlite.prepare('DELETE FROM workorders WHERE id = ?').run(orderId)),
    ).toThrow('stays on record')
    const repair = await repaired()
    const moved = ['handle_by = handle_by + 1', 'repair_by = repair_by + 1', 'round = 2', 'round_from = round_from + 1']
    for (const change of moved) expect(write(repair.orderId, change), change).toThrow('moves with a step alone')

    const waits = await take()
    await ways(hall, waits.orderId).pause()
    for (const change of [...moved, 'paused_at = NULL, handle_by = handle_by + 1'])
      expect(write(waits.orderId, change), change).toThrow(/moves with a step alone|comes with its step/)
    hall.clock.advance(3_600_000)
    const before = (await detail(waits.orderId)).order
    await callAs(hall, 'clerk', Resume, { ...on(waits.orderId), note: '' })
    expect((await detail(waits.orderId)).order.handleBy).toBe(before.handleBy + 3_600_000)
    for (const change of moved) expect(write(waits.orderId, change), change).toThrow('moves with a step alone')
  })

  test('when it was done is when its step was written, and stays (clause 18(3))', async () => {
    const done = ['dispatched_at', 'arrived_at', 'handled_at', 'repaired_at']
    const { orderId } = await repaired()
    for (const column of done)
      for (const to of ['NULL', `${column} - 3600000`, `${column} + 1`])
        expect(write(orderId, `${column} = ${to}`), `${column} = ${to}`).toThrow('a time comes with its step')
    const fresh = await take()
    for (const column of [...done, 'paused_at = 1, paused_until'])
      expect(write(fresh.orderId, `${column} = 1`), column).toThrow('a time comes with its step')
    await ways(hall, fresh.orderId).pause()
    for (const change of [
      'paused_until = paused_until + 1',
      'paused_at = paused_at - 1',
      'paused_at = NULL, paused_until = NULL',
    ])
      expect(write(fresh.orderId, change), change).toThrow('a time comes with its step')
    // Told once, and the list of leaders stays.
    const alarm = await take(leakCall())
    const leaders = (sql: string) => () =>
      hall.transact(({ sqlite }) => sqlite.prepare(`${sql} WHERE order_id = ?`).run(alarm.orderId))
    leaders(`UPDATE workorder_leaders SET told_at = 5, told_by = 'x'`)()
    expect(leaders('UPDATE workorder_leaders SET told_at = 4')).toThrow('told once')
    expect(leaders('DELETE FROM workorder_leaders')).toThrow('told once')
  })

  test('nobody judges the work he accepted, in whatever round (clause 14(2))', async () => {
    const { orderId } = await repaired()
    const step = (kind: string, actor: string) => () =>
      hall.transact(({ sqlite }) =>
        sqlite
          .prepare(
            `INSERT INTO workorder_steps (id, order_id, no, round, kind, state, note, at, actor_id, actor_name)
             VALUES (?, ?, 90, 9, ?, 'verified', '', 0, ?, '')`,
          )
          .run(req(), orderId, kind, actor),
      )
    for (const kind of ['verify', 'close']) expect(step(kind, zhao), kind).toThrow('judged by whoever did it')
    expect(step('verify', actorOf('dispatcher').id)).not.toThrow()
  })
})
