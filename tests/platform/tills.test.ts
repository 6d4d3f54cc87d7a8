/** A hall of several PCs: what a call does depends on the till it comes from, which its line proves and no input names. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Login, WhoAmI } from '../../src-main/access/api.ts'
import { SearchCustomers } from '../../src-main/customers/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { AuthorizeRestore, Now } from '../../src-main/backup/api.ts'
import { nextNumber } from '../../src-main/platform/numbers.ts'
import { actorOf } from '../support/hall.ts'
import { openRealHall, type RealHall } from '../support/real-sessions.ts'

const password = 'Shou-Fei-26'
let hall: RealHall
beforeEach(async () => {
  hall = await openRealHall()
  hall.transact((context) => setPassword(context, actorOf('cashier').id, password))
})
afterEach(() => hall.close())

const ask = (call: string, input: unknown, session: string | null, till?: string) =>
  hall.hall.handle({ id: 1, call, input, session }, till)
async function logIn(till?: string): Promise<string> {
  const reply = await ask(Login.name, { staffNo: 'cashier', password }, null, till)
  if (!reply.ok) throw new Error(reply.error.message)
  return (reply.output as { token: string }).token
}

test('each till has series of numbers of its own, and its code stands in them', () => {
  const numbers = (till: string) =>
    hall.transact((context) => {
      const there = Object.create(context, { till: { value: till } }) as typeof context
      return [nextNumber(there, 'receipt'), nextNumber(there, 'receipt')]
    })
  const codeAndSerial = (no: string) => [no.slice(5, 7), Number(no.slice(7, 14))]
  expect([...numbers('01'), ...numbers('02'), ...numbers('01')].map(codeAndSerial)).toEqual([
    ['01', 1],
    ['01', 2],
    ['02', 1],
    ['02', 2],
    ['01', 3],
    ['01', 4],
  ])
})

test('a token opens nothing at another till than the one it was given at', async () => {
  const token = await logIn('02')
  expect(await ask(WhoAmI.name, {}, token, '02')).toMatchObject({ ok: true })
  for (const till of [undefined, '03'])
    expect(await ask(WhoAmI.name, {}, token, till)).toMatchObject({ ok: false, error: { code: 'NotSignedIn' } })
})

test('the till stands beside each act in the audit log, and the chain holds it', async () => {
  await logIn('02')
  await logIn()
  const { sqlite } = hall.hall.environment
  expect(
    sqlite.prepare(`SELECT till FROM audit_log WHERE call = 'access.login' ORDER BY seq DESC LIMIT 2`).pluck().all(),
  ).toEqual(['01', '02'])
  // What a call puts on record beside its own row was done there too.
  const token = await logIn('02')
  await ask(SearchCustomers.name, { text: '13800000001' }, token, '02')
  for (let n = 0; n < 60; n++) await ask(SearchCustomers.name, { text: `1380000${1000 + n}` }, token, '02')
  expect(
    sqlite.prepare(`SELECT DISTINCT till FROM audit_log WHERE call = 'customers.searchRefused'`).pluck().all(),
  ).toEqual(['02'])
})

test('a restore is allowed at the host alone, before anybody is asked to agree: it takes the place of the host’s data', async () => {
  hall.transact((context) => setPassword(context, actorOf('administrator').id, password))
  const logInAt = async (till?: string) => {
    const reply = await ask(Login.name, { staffNo: 'administrator', password }, null, till)
    return reply.ok ? (reply.output as { token: string }).token : ''
  }
  const made = await ask(Now.name, {}, await logInAt())
  const { fileName } = (made.ok ? made.output : {}) as { fileName: string }
  const restore = { fileName, reason: '数据错误', approvalId: null }
  expect(await ask(AuthorizeRestore.name, restore, await logInAt('02'), '02')).toMatchObject({
    error: { code: 'NotAllowed', message: '恢复备份要换下主机的数据文件，请到主机办理' },
  })
  expect(await ask(AuthorizeRestore.name, restore, await logInAt())).not.toMatchObject({
    error: { code: 'NotAllowed' },
  })
})
