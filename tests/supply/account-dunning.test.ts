/** Where arrears and the life of an account meet: what an account was dunned for ends with it, or when gas flows again. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  AnnounceSuspension,
  DeliverDunning,
  DunningsOfAccount,
  IssueDunnings,
  ResumeSupply,
  SuspendForArrears,
} from '../../src-main/supply/api.ts'
import { followPayments, holdsOn } from '../../src-main/supply/service.ts'
import { approvalOf, suspensionTerms } from '../support/approval.ts'
import { gasOf, id, openLifeHall, yuan, type Home, type LifeHall } from './account-hall.ts'
import { dayMs, visit } from './support.ts'

let hall: LifeHall
let home: Home
beforeEach(async () => {
  hall = await openLifeHall()
  home = hall.home()
  await hall.billed(home, '2026-06-01', 50)
  hall.transact(({ sqlite }) => sqlite.exec(`UPDATE bills SET due_on = '2026-07-01'`))
})
afterEach(() => hall.close())

/** Dunned, waited for, announced, approved and cut. */
async function suspended(): Promise<string> {
  await hall.call(IssueDunnings, { requestId: id(), accountIds: [home.accountId] }, 'dispatcher')
  const dunningId = (await dunning()).id
  const told = () => ({ requestId: id(), dunningId, at: hall.clock.now(), way: 'in-person' as const, by: '赵师傅' })
  await hall.call(DeliverDunning, told())
  hall.clock.advance(31 * dayMs)
  await hall.call(AnnounceSuspension, told(), 'dispatcher')
  hall.clock.advance(4 * dayMs)
  const approvalId = await approvalOf(hall, await suspensionTerms(hall, dunningId), 'dispatcher')
  await hall.call(SuspendForArrears, { requestId: id(), dunningId, approvalId }, 'dispatcher')
  expect(gasOf(hall, home.servicePointId)).toBe('suspended')
  await hall.openShift(yuan(1_000))
  return dunningId
}
const dunning = async () => {
  const [newest] = await hall.call(DunningsOfAccount, { accountId: home.accountId })
  return newest ?? expect.fail('no dunning')
}
const holds = () => hall.transact((context) => holdsOn(context, home.servicePointId)).length
const follow = () => followPayments(hall.hall.environment)

test('whoever takes an account over settled waits for gas at once, and never answers for the debt of the one before', async () => {
  await suspended()
  const life = await hall.begin(home, 'transfer')
  await life.name()
  await life.papers()
  await life.read(50)
  const { paymentId } = await hall.pay(home.accountId)
  await life.draft()
  await life.sign('supply')
  await life.sign('safety')
  await life.transfer()
  expect(await dunning()).toMatchObject({ state: 'settled' })
  expect(holds()).toBe(0)
  expect((await hall.call(ResumeSupply, visit(home.servicePointId, hall.worker))).outcome).toBe('resumed')
  await hall.reverse(paymentId).catch(() => undefined)
  await follow()
  expect(gasOf(hall, home.servicePointId)).toBe('supplied')
})

test('gas that flows again after 停用 is not cut for a later debt without another dunning', async () => {
  // Begun while gas flowed; the arrears were quicker.
  const off = await hall.begin(home, 'deactivation')
  await suspended()
  await off.read(50)
  await hall.pay(home.accountId)
  await off.deactivate()
  const on = await hall.begin(home, 'reactivation')
  await on.tightness()
  await on.safety()
  // Nobody has looked at the balances since: what was paid counts all the same.
  await on.reactivate()
  expect(gasOf(hall, home.servicePointId)).toBe('supplied')
  expect(await dunning()).toMatchObject({ state: 'resumed' })
  await hall.billed(home, '2026-12-28', 60)
  hall.transact(({ sqlite }) => sqlite.exec(`UPDATE bills SET due_on = '2026-12-27' WHERE state = 'open'`))
  await follow()
  expect(gasOf(hall, home.servicePointId)).toBe('supplied')
  // And it may be dunned for: the one before is over.
  await hall.call(IssueDunnings, { requestId: id(), accountIds: [home.accountId] }, 'dispatcher')
  expect(await dunning()).toMatchObject({ state: 'issued' })
})

test('a place that is dismantled is not waited for any more', async () => {
  await suspended()
  const life = await hall.begin(home, 'dismantling')
  await life.read(50)
  await hall.pay(home.accountId)
  await life.remove(50)
  await life.tightness()
  await life.dismantle()
  expect(await dunning()).toMatchObject({ state: 'settled' })
  expect(hall.query('SELECT 1 FROM supply_awaiting')).toEqual([])
})
