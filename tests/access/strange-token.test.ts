/** A token that is nobody's any more gets nothing, and that it was tried stands in the audit log. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Login, Logout, WhoAmI } from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { SearchCustomers } from '../../src-main/customers/api.ts'
import { showNotes } from '../../src-renderer/access/audit-words.ts'
import { actorOf } from '../support/hall.ts'
import { openRealHall, type RealHall, type Window } from '../support/real-sessions.ts'

const password = 'Shou-Fei-26'
const cashier = actorOf('cashier').id
let hall: RealHall
beforeEach(async () => {
  hall = await openRealHall()
  hall.transact((context) => setPassword(context, cashier, password))
})
afterEach(() => hall.close())

async function signedIn(): Promise<Window> {
  const window = hall.window()
  const answer = await window.call(Login, { staffNo: 'cashier', password })
  if (answer.ok) window.token = answer.token
  return window
}
const refused = () =>
  (
    hall.hall.environment.sqlite
      .prepare(`SELECT call, subject, detail FROM audit_log WHERE detail LIKE '%"refused"%' ORDER BY seq`)
      .all() as { call: string; subject: string | null; detail: string }[]
  ).map(({ call, subject, detail }) => ({ call, subject, notes: showNotes(JSON.parse(detail) as object as never) }))
const tried = (window: Window) => expect(window.call(WhoAmI, {})).rejects.toThrow('NotSignedIn')

test('one that was never given out: a row, once a minute, whatever is called with it', async () => {
  const window = hall.window()
  await tried(window)
  expect(refused()).toEqual([])
  for (const token of ['made-up', 'a'.repeat(10_000), `${(await signedIn()).token}x`]) {
    window.token = token
    await tried(window)
    await expect(window.call(SearchCustomers, { text: '赵' })).rejects.toThrow('NotSignedIn')
  }
  expect(refused()).toEqual([{ call: 'access.whoAmI', subject: null, notes: '未准 登录凭证不存在' }])
  hall.clock.advance(61_000)
  await tried(window)
  expect(refused()[1]?.notes).toBe('另有次数 5，未准 登录凭证不存在')
})

test('one of a session that ended: nothing while its page has not heard, then a row that says whose it was', async () => {
  const window = await signedIn()
  await window.call(Logout, {})
  await tried(window)
  expect(refused()).toEqual([])
  hall.clock.advance(61_000)
  await tried(window)
  expect(refused()).toEqual([{ call: 'access.whoAmI', subject: `staff:${cashier}`, notes: '未准 登录早已结束' }])
})

test('what is no text at all is nobody’s, not a fault of the program', async () => {
  for (const session of [undefined, 7, {}, ['x'], true]) {
    const asked = { id: 1, call: WhoAmI.name, input: {}, session: session as never }
    expect(await hall.hall.handle(asked)).toMatchObject({ ok: false, error: { code: 'NotSignedIn' } })
  }
})

test('one that still opens its page leaves none', async () => {
  const window = await signedIn()
  await window.call(WhoAmI, {})
  expect(refused()).toEqual([])
})
