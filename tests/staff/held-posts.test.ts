/** 未上岗: a post the company names begins after a passed 上岗考核 (clause 11). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Login } from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { HeldPosts, RecordExam, RecordRetake, VoidExam } from '../../src-main/staff/api.ts'
import { createStaff } from '../../src-main/staff/service.ts'
import { changeSetting } from '../support/approval.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
let wu: string
beforeEach(async () => {
  hall = await openTestHall({ now: Date.parse('2026-11-23T09:00:00+08:00') })
  wu = hall.transact((context) => {
    const id = createStaff(context, { staffNo: '1005', name: '吴新', roles: ['clerk', 'cashier'] })
    setPassword(context, id, 'Kanban-Qiu-74')
    return id
  })
})
afterEach(() => hall.close())

const req = () => crypto.randomUUID()
const login = () => hall.call(Login, { staffNo: '1005', password: 'Kanban-Qiu-74' }, 'clerk')
const roles = async () => {
  const answer = await login()
  return answer.ok ? answer.actor.roles : answer.message
}
const heldOn = '2026-11-23'
const exam = (score: number) =>
  hall.call(
    RecordExam,
    {
      ...{ requestId: req(), heldOn, note: '纸质卷' },
      ...{ kind: 'entry', subject: '柜台业务', outOf: 100, passMark: 60, results: [{ staffId: wu, score }] },
    },
    'hall-manager',
  )
const lastExam = () =>
  hall.hall.environment.sqlite.prepare<[], string>('SELECT id FROM exams ORDER BY id DESC LIMIT 1').pluck().get() ?? ''

test('does not work until the exam was passed, at once or when taken again, and is listed', async () => {
  expect(await roles()).toEqual(['clerk', 'cashier'])
  await changeSetting(hall, 'staff.examBefore.clerk', true)
  expect(await roles()).toEqual(['cashier'])
  expect((await hall.call(HeldPosts, {}, 'hall-manager')).filter(({ staffId }) => staffId === wu)).toEqual([
    { staffId: wu, post: 'clerk' },
  ])
  await changeSetting(hall, 'staff.examBefore.cashier', true)
  expect(await roles()).toContain('上岗考核及格')
  await exam(40)
  expect(await roles()).toContain('上岗考核及格')
  const retake = { requestId: req(), examId: lastExam(), heldOn, score: 80, note: '补考' }
  expect(await hall.call(RecordRetake, retake, 'hall-manager')).toEqual({ passed: true })
  await hall.restart()
  expect(await roles()).toEqual(['clerk', 'cashier'])
  expect((await hall.call(HeldPosts, {}, 'hall-manager')).filter(({ staffId }) => staffId === wu)).toEqual([])
  await hall.call(VoidExam, { requestId: req(), examId: lastExam(), reason: '登记错' }, 'hall-manager')
  expect(await roles()).toContain('上岗考核及格')
})
