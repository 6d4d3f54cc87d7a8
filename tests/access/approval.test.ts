import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { approvalLifetimeMs, Approve } from '../../src-main/access/api.ts'
import { consumeApproval, setPassword } from '../../src-main/access/service.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { approvalOf } from '../support/approval.ts'

const subject = 'payment:018f0000-0000-7000-8000-000000000001'
let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())

/** What a money call does with an approval, inside its transaction. */
const use = (approvalId: string, as: Role = 'cashier', what = subject) =>
  hall.hall.transact('test', actorOf(as), (context) => consumeApproval(context, approvalId, 'reversal', what))
const ask = (staffNo: string, password: string, as: Role = 'cashier') =>
  hall.call(Approve, { staffNo, password, purpose: 'reversal', subject }, as)

describe('an approval', () => {
  test('counts once, for the act it was given for', async () => {
    const approvalId = await approvalOf(hall, 'reversal', subject)
    expect(use(approvalId)).toEqual({ approverId: actorOf('hall-manager').id, approverName: '李主任' })
    expect(() => use(approvalId)).toThrow(expect.objectContaining({ code: 'ApprovalRefused' }))
  })

  test('is not used up by a money call that failed', async () => {
    const approvalId = await approvalOf(hall, 'reversal', subject)
    const failing = () =>
      hall.hall.transact('test', actorOf('cashier'), (context) => {
        consumeApproval(context, approvalId, 'reversal', subject)
        throw new Error('power cut')
      })
    expect(failing).toThrow('power cut')
    expect(use(approvalId).approverName).toBe('李主任')
  })

  test('for another payment, another purpose, another person or an invented number is refused', async () => {
    const approvalId = await approvalOf(hall, 'reversal', subject)
    const refund = await approvalOf(hall, 'refund', subject)
    for (const attempt of [
      () => use(approvalId, 'cashier', `${subject}9`),
      () => use(approvalId, 'clerk'),
      () => use(refund),
      () => use(crypto.randomUUID()),
    ]) {
      expect(attempt).toThrow(expect.objectContaining({ code: 'ApprovalRefused' }))
    }
  })

  test('is good for five minutes', async () => {
    const late = await approvalOf(hall, 'reversal', subject)
    hall.clock.advance(approvalLifetimeMs)
    expect(() => use(late)).toThrow(expect.objectContaining({ code: 'ApprovalRefused' }))
    const inTime = await approvalOf(hall, 'reversal', subject)
    hall.clock.advance(approvalLifetimeMs - 1)
    expect(use(inTime).approverName).toBe('李主任')
  })

  test('dies with the manager’s role', async () => {
    const approvalId = await approvalOf(hall, 'reversal', subject)
    hall.transact(({ sqlite }) => sqlite.exec(`UPDATE staff SET roles = '["clerk"]' WHERE staff_no = 'hall-manager'`))
    expect(() => use(approvalId)).toThrow(expect.objectContaining({ code: 'ApprovalRefused' }))
  })

  test('is never one’s own, nor that of somebody who is no hall manager', async () => {
    hall.transact((context) => {
      setPassword(context, actorOf('hall-manager').id, 'Kanban-2026')
      setPassword(context, actorOf('clerk').id, 'Guitai-2026')
    })
    expect(await ask('hall-manager', 'Kanban-2026', 'hall-manager')).toMatchObject({
      ok: false,
      message: '不能批准自己办理的业务，请另一位营业厅主任批准',
    })
    expect(await ask('clerk', 'Guitai-2026')).toMatchObject({ ok: false })
    expect(() => hall.transact(({ sqlite }) => sqlite.exec(selfApproval))).toThrow('approvals_other_person')
  })

  test('with a wrong password is refused, and the failure counts for the lock-out', async () => {
    hall.transact((context) => setPassword(context, actorOf('hall-manager').id, 'Kanban-2026'))
    for (let i = 0; i < 5; i++) expect(await ask('hall-manager', 'a guess')).toMatchObject({ ok: false })
    await hall.restart()
    expect(await ask('hall-manager', 'Kanban-2026')).toMatchObject({
      ok: false,
      lockedUntil: expect.any(Number) as number,
    })
  })

  test('stays on this PC: headquarters gets what was approved, not the approval slip', async () => {
    await approvalOf(hall, 'reversal', subject)
    const entities = hall.hall.environment.sqlite.prepare('SELECT DISTINCT entity FROM outbox').pluck().all()
    expect(entities).not.toContain('approvals')
  })
})

const manager = actorOf('hall-manager').id
const selfApproval = `INSERT INTO approvals (id, purpose, subject, requested_by, approver_id, created_at, expires_at)
  VALUES ('x', 'refund', 'payment:1', '${manager}', '${manager}', 1, 2)`
