/** 请求批准 over real sessions at two PCs: agreed to once, on the terms that were asked, by whom it may be; and each way it ends. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  AgreeAsked,
  ApproversHere,
  AskApproval,
  AskedOfMe,
  AskedOutcome,
  Lock,
  Login,
  Logout,
  RefuseAsked,
  WithdrawAsked,
} from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { consumeApproval } from '../../src-main/platform/approvals.ts'
import { fen } from '../../src-main/platform/money.ts'
import { peopleOf } from '../../src-main/platform/two-persons.ts'
import { Withdraw } from '../../src-main/tills/api.ts'
import { actorOf } from '../support/hall.ts'
import type { Window } from '../support/real-sessions.ts'
import { openTwoPcs, passwords, type TillWindow, type TwoPcs } from '../tills/two-pcs.ts'

const terms = { paymentId: '018f0000-0000-7000-8000-000000000001', amount: fen(1_000), reason: '收错户' }
const approval = { purpose: 'reversal', terms } as const
const id = () => crypto.randomUUID()

let pcs: TwoPcs
/** The cashier at the till, the manager at the host. */
let asker: TillWindow
let manager: Window
beforeEach(async () => {
  pcs = await openTwoPcs()
  const { place, identity } = await pcs.join()
  asker = pcs.till(place, identity)
  await asker.logIn('cashier')
  manager = pcs.hall.window()
  const answer = await manager.call(Login, { staffNo: 'hall-manager', password: passwords['hall-manager'] })
  manager.token = answer.ok ? answer.token : null
})
afterEach(() => pcs.close())

const ask = async (what: typeof approval = approval) =>
  (await asker.call(AskApproval, { requestId: id(), approval: what, summary: '赵一' })).askedId
const seen = () => manager.call(AskedOfMe, {})
const agree = (askedId: string, password: string = passwords['hall-manager']) =>
  manager.call(AgreeAsked, { askedId, password })
const outcome = (askedId: string) => asker.call(AskedOutcome, { askedId })
const use = (approvalId: string | null, as: 'cashier' | 'clerk' = 'cashier', what: Partial<typeof terms> = {}) =>
  pcs.hall.transact((context) =>
    consumeApproval({ ...context, actor: actorOf(as) }, approvalId ?? '', 'reversal', { ...terms, ...what }),
  )
const audited = (call: string) =>
  pcs.hall.hall.environment.sqlite
    .prepare<[string], { till: string; actorName: string; detail: string }>(
      'SELECT till, actor_name AS actorName, detail FROM audit_log WHERE call = ? ORDER BY seq DESC LIMIT 1',
    )
    .get(call)

test('is seen at the other PC with whose it is and on what terms, agreed to with one’s own password, and used once', async () => {
  expect(await asker.call(ApproversHere, { purpose: 'reversal' })).toEqual([{ name: '李主任', till: '01' }])
  const askedId = await ask()
  expect(await seen()).toMatchObject([{ askedId, approval, summary: '赵一', by: actorOf('cashier').name, till: '02' }])
  expect(await outcome(askedId)).toEqual({ state: 'open', by: null, reason: '', approvalId: null })
  const wrong = await agree(askedId, 'Bu-Dui-2026')
  expect(wrong).toMatchObject({ ok: false })
  const given = await agree(askedId)
  expect(given).toMatchObject({ ok: true, approverName: '李主任' })
  const { state, by, approvalId } = await outcome(askedId)
  expect([state, by, given.ok && approvalId === given.approvalId]).toEqual(['agreed', '李主任', true])
  expect(await seen()).toEqual([])
  await expect(agree(askedId)).rejects.toThrow('已由李主任答复')
  // Not for other terms, nor for somebody else.
  expect(() => use(approvalId, 'cashier', { amount: fen(1_001) })).toThrow('请按现在的内容重新批准')
  expect(() => use(approvalId, 'clerk')).toThrow('批准无效')
  expect(use(approvalId).approverName).toBe('李主任')
  expect(() => use(approvalId)).toThrow('批准无效')
  expect(audited('access.agreeAsked')).toMatchObject({ till: '01', actorName: '李主任' })
  expect(JSON.parse(audited('access.agreeAsked')?.detail ?? '{}')).toMatchObject({
    asker: actorOf('cashier').name,
    askerTill: '02',
    terms,
  })
  expect(audited('access.askApproval')).toMatchObject({ till: '02' })
})

test('of two at once each is its own: what is agreed to for one does nothing for the other, whoever tries', async () => {
  pcs.hall.transact((context) => setPassword(context, actorOf('clerk').id, 'Chuang-Kou-73'))
  const other = pcs.hall.window()
  const entered = await other.call(Login, { staffNo: 'clerk', password: 'Chuang-Kou-73' })
  other.token = entered.ok ? entered.token : null
  const first = await ask()
  pcs.hall.clock.advance(1_000)
  const second = await other.call(AskApproval, { requestId: id(), approval, summary: '' })
  expect((await seen()).map(({ askedId }) => askedId)).toEqual([first, second.askedId])
  await agree(second.askedId)
  expect((await outcome(first)).state).toBe('open')
  expect((await seen()).map(({ askedId }) => askedId)).toEqual([first])
  const { approvalId } = await other.call(AskedOutcome, { askedId: second.askedId })
  await expect(asker.call(AskedOutcome, { askedId: second.askedId })).rejects.toThrow('没有找到')
  // The same terms, and yet the other person's.
  expect(() => use(approvalId)).toThrow('批准无效')
  expect(use(approvalId, 'clerk').approverName).toBe('李主任')
  await agree(first)
  expect(use((await outcome(first)).approvalId).approverName).toBe('李主任')
})

test('is refused with a reason, which the asker reads', async () => {
  const askedId = await ask()
  await expect(manager.call(RefuseAsked, { requestId: id(), askedId, reason: ' ' })).rejects.toThrow('不批准的原因')
  await manager.call(RefuseAsked, { requestId: id(), askedId, reason: '先核对收据' })
  expect(await outcome(askedId)).toEqual({ state: 'refused', by: '李主任', reason: '先核对收据', approvalId: null })
  await expect(agree(askedId)).rejects.toThrow('已由李主任答复')
})

test.each([
  ['Esc', (askedId: string) => asker.call(WithdrawAsked, { requestId: id(), askedId }), '对方已取消这个请求'],
  ['a second request', () => ask(), '对方已取消这个请求'],
  ['the asker’s lock', () => asker.call(Lock, {}), '对方已取消这个请求'],
  ['the asker’s logout', () => asker.call(Logout, {}), '对方已取消这个请求'],
  ['the minutes of the setting', async () => pcs.hall.clock.advance(5 * 60_000), '这个请求已经过期'],
  [
    'the withdrawal of the till',
    async () => {
      await manager.call(Withdraw, { requestId: id(), code: '02', reason: '丢失' })
    },
    '对方已取消这个请求',
  ],
])('ends by %s: nobody agrees to it afterwards', async (_, end, words) => {
  const askedId = await ask()
  await end(askedId)
  expect((await seen()).some((one) => one.askedId === askedId)).toBe(false)
  await expect(agree(askedId)).rejects.toThrow(words)
  await expect(manager.call(RefuseAsked, { requestId: id(), askedId, reason: '晚了' })).rejects.toThrow(words)
})

test('taken back after it was agreed to, the approval is void', async () => {
  const askedId = await ask()
  await agree(askedId)
  const { approvalId } = await outcome(askedId)
  await asker.call(WithdrawAsked, { requestId: id(), askedId })
  expect((await outcome(askedId)).state).toBe('withdrawn')
  expect(() => use(approvalId)).toThrow('批准无效')
})

test('is answered by nobody without the right, not by the asker at another PC, and not with a password the asker gave', async () => {
  const askedId = await ask()
  const other = pcs.hall.window()
  pcs.hall.transact((context) => setPassword(context, actorOf('clerk').id, 'Chuang-Kou-73'))
  const entered = await other.call(Login, { staffNo: 'clerk', password: 'Chuang-Kou-73' })
  other.token = entered.ok ? entered.token : null
  expect(await other.call(AskedOfMe, {})).toEqual([])
  expect(await other.call(AgreeAsked, { askedId, password: 'Chuang-Kou-73' })).toMatchObject({
    ok: false,
    message: '您没有批准这类业务的权限',
  })
  await expect(other.call(AskedOutcome, { askedId })).rejects.toThrow('没有找到')
  await expect(other.call(WithdrawAsked, { requestId: id(), askedId })).rejects.toThrow('没有找到')
  // Somebody who may approve asks: he does not agree to it himself.
  const own = await manager.call(AskApproval, { requestId: id(), approval, summary: '' })
  expect(await seen()).toMatchObject([{ askedId }])
  expect(await agree(own.askedId)).toMatchObject({ ok: false, message: '不能批准自己办理的业务，请另一位批准' })
  const { sqlite, clock } = pcs.hall.hall.environment
  sqlite
    .prepare('UPDATE credentials SET reset_by = ?, reset_at = ? WHERE staff_id = ?')
    .run(peopleOf(actorOf('cashier')), clock.now(), actorOf('hall-manager').id)
  expect(await seen()).toEqual([])
  expect(await agree(askedId)).toMatchObject({ ok: false })
  expect((await outcome(askedId)).state).toBe('open')
})

test('what is kept of a request is altered by nothing', async () => {
  const askedId = await ask()
  const { sqlite } = pcs.hall.hall.environment
  expect(() => sqlite.prepare('UPDATE approval_requests SET terms = ? WHERE id = ?').run('{}', askedId)).toThrow(
    'as it was asked',
  )
  await agree(askedId)
  expect(() => sqlite.prepare(`UPDATE approval_requests SET state = 'open' WHERE id = ?`).run(askedId)).toThrow()
})
