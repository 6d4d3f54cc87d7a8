/** 代理主任 by dated appointment: named by the administrator, agreed to by another, ended by itself; the bar on own work stays. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Approve, Login } from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import { AppointDeputy, ApproveMerit, Deputies, EndDeputy, Leave, RecordMerit } from '../../src-main/staff/api.ts'
import { approveMerit, createStaff, rolesNow } from '../../src-main/staff/service.ts'
import { callAs } from '../workorders/people.ts'
import { approvalOf, refundTerms } from '../support/approval.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { yuan } from '../cashier/counter.ts'

let hall: TestHall
let wu: string
beforeEach(async () => {
  hall = await openTestHall({ now: Date.parse('2026-11-23T09:00:00+08:00') })
  wu = hall.transact((context) => {
    const id = createStaff(context, { staffNo: '1005', name: '吴柜员', roles: ['clerk'] })
    setPassword(context, id, 'Kanban-Qiu-74')
    return id
  })
})
afterEach(() => hall.close())

const req = () => crypto.randomUUID()
const days = { fromOn: '2026-11-24', toOn: '2026-11-26', reason: '主任出差' } as const
async function appoint(more: Partial<InputOf<typeof AppointDeputy>> = {}) {
  const terms = { staffId: wu, staffNo: '1005', name: '吴柜员', ...days }
  const approvalId = await approvalOf(hall, { purpose: 'deputy', terms }, 'administrator')
  return hall.call(AppointDeputy, { requestId: req(), staffId: wu, ...days, approvalId, ...more }, 'administrator')
}
/** Whether 吴柜员 may agree to a refund now. */
const agrees = async () => {
  const terms = refundTerms({ accountId: req(), means: 'cash', amount: yuan(1), reason: '退' })
  const answer = await hall.call(Approve, { staffNo: '1005', password: 'Kanban-Qiu-74', approval: terms }, 'cashier')
  return answer.ok
}
const rolesOfLogin = async () => {
  const answer = await hall.call(Login, { staffNo: '1005', password: 'Kanban-Qiu-74' }, 'clerk')
  return answer.ok ? answer.actor.roles : []
}

test('has the say from the first day to the last, over a restart, and not a day longer', async () => {
  await appoint()
  expect(await agrees()).toBe(false)
  hall.clock.set('2026-11-24T08:00:00+08:00')
  expect(await agrees()).toBe(true)
  expect(await rolesOfLogin()).toEqual(['clerk', 'hall-manager'])
  await hall.restart()
  hall.clock.set('2026-11-26T23:59:00+08:00')
  expect(await agrees()).toBe(true)
  hall.clock.set('2026-11-27T00:00:00+08:00')
  expect(await agrees()).toBe(false)
  expect(await rolesOfLogin()).toEqual(['clerk'])
  expect((await hall.call(Deputies, {}, 'administrator')).map(({ state }) => state)).toEqual(['over'])
})

test('ends at once when it is ended, or when the deputy leaves', async () => {
  const { deputyId } = await appoint()
  hall.clock.set('2026-11-24T09:00:00+08:00')
  await hall.call(EndDeputy, { requestId: req(), deputyId, reason: '主任提前回来' }, 'administrator')
  expect(await agrees()).toBe(false)
  await expect(
    hall.call(EndDeputy, { requestId: req(), deputyId, reason: '再结束' }, 'administrator'),
  ).rejects.toMatchObject({ failure: { code: 'Conflict' } })
  const terms = { staffId: wu, staffNo: '1005', name: '吴柜员', ...days }
  const approvalId = await approvalOf(hall, { purpose: 'deputy', terms }, 'administrator')
  await hall.call(AppointDeputy, { requestId: req(), staffId: wu, ...days, approvalId }, 'administrator')
  expect(await agrees()).toBe(true)
  await hall.call(Leave, { staffId: wu }, 'administrator')
  expect(await agrees()).toBe(false)
})

test('the manager’s own reward is approved by the deputy, and the deputy’s own by nobody but another', async () => {
  await appoint()
  hall.clock.set('2026-11-24T09:00:00+08:00')
  const merit = async (staffId: string) =>
    (
      await hall.call(
        RecordMerit,
        {
          requestId: req(),
          staffId,
          kind: 'reward',
          reason: '客户表扬',
          decidedBy: '公司',
          decidedOn: '2026-11-23',
          amount: null,
          evidence: '来信',
        },
        'administrator',
      )
    ).meritId
  const approve = (meritId: string, as: string) =>
    callAs(hall, as, ApproveMerit, { requestId: req(), meritId, approved: true, note: '' })
  const manager = actorOf('hall-manager')
  const own = await merit(manager.id)
  await expect(approve(own, 'hall-manager')).rejects.toMatchObject({ failure: { code: 'OwnMerit' } })
  const asDeputy = (meritId: string) =>
    hall.transact((context) =>
      approveMerit.within(
        { requestId: req(), meritId, approved: true, note: '' },
        {
          ...context,
          device: context.device,
          actor: { id: wu, name: '吴柜员', staffNo: '1005', roles: rolesNow(context, wu), sessionId: null },
        },
      ),
    )
  asDeputy(own)
  const deputys = await merit(wu)
  expect(() => asDeputy(deputys)).toThrow('本人的奖惩不能由本人批准')
  // Below the services: no longer, once the days are over.
  hall.clock.set('2026-11-27T09:00:00+08:00')
  const later = await merit(manager.id)
  expect(() => asDeputy(later)).toThrow('approved by somebody who may not')
})

test('is refused for oneself, for a manager, for days gone by, for too long, twice, and agreed to by who is named', async () => {
  const refused = async (more: Partial<InputOf<typeof AppointDeputy>>) => {
    const found = await appoint(more).catch((error: unknown) => error)
    return (found as { failure: { code: string; field?: string } }).failure
  }
  expect(await refused({ staffId: actorOf('administrator').id })).toMatchObject({ code: 'OwnAppointment' })
  expect(await refused({ staffId: actorOf('hall-manager').id })).toMatchObject({ field: 'staffId' })
  expect(await refused({ fromOn: '2026-11-22' })).toMatchObject({ field: 'fromOn' })
  expect(await refused({ toOn: '2026-12-31' })).toMatchObject({ field: 'toOn' })
  expect(await refused({ toOn: '2026-11-25' })).toMatchObject({ code: 'ApprovalRefused' })
  await appoint()
  expect(await refused({})).toMatchObject({ code: 'Conflict' })
  // Nor past the calls.
  expect(() =>
    hall.transact(({ sqlite }) =>
      sqlite
        .prepare(
          `INSERT INTO deputies (id, staff_id, from_on, to_on, reason, appointed_at, appointed_by_id, appointed_by, approver_id, approver_name)
           VALUES ('x', ?, '2027-01-01', '2027-12-31', 'x', 1, ?, '吴管理', ?, '李主任')`,
        )
        .run(wu, actorOf('administrator').id, actorOf('hall-manager').id),
    ),
  ).toThrow('a deputy nobody else agreed to')
  expect(() => hall.transact(({ sqlite }) => sqlite.exec(`UPDATE deputies SET to_on = '2099-01-01'`))).toThrow(
    'an appointment only ever ends',
  )
})
