/** A lock and an end of the session turn the screen with the first call that hears of them, whoever asked. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { api } from '../../src-renderer/api.ts'
import { asCallError, turnedScreen } from '../../src-renderer/bridge.ts'
import { useSession } from '../../src-renderer/shell/session.ts'

type Answer = () => Promise<unknown>
const answers = new Map<string, Answer>()
const refused = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code, message: code }))
const view = (staffNo: string, mustChangePassword = false) => ({
  ok: true,
  token: staffNo,
  actor: { id: staffNo, name: staffNo, staffNo, roles: [] },
  device: null,
  lockMinutes: 10,
  mustChangePassword,
  passwordDueDays: null,
})

beforeEach(() => {
  setActivePinia(createPinia())
  answers.set('drafts.load', () => Promise.resolve([]))
  answers.set('access.logout', () => Promise.resolve({}))
  vi.stubGlobal('window', {
    hall: {
      identify: () => undefined,
      call: (name: string) => answers.get(name)?.() ?? Promise.resolve({}),
      desktop: {},
    },
  })
})
afterEach(() => {
  answers.clear()
  vi.unstubAllGlobals()
})

async function loggedIn(staffNo = '1001', mustChange = false) {
  const session = useSession()
  answers.set('access.login', () => Promise.resolve(view(staffNo, mustChange)))
  await session.login(staffNo, 'x')
  return session
}
/** As a lamp looks: whatever comes of it is told to nobody. */
const look = () => api.access.chainState({}).catch((thrown: unknown) => asCallError(thrown))

describe('a call that nobody waits for', () => {
  test('locks the screen as soon as it hears that the session is locked', async () => {
    const session = await loggedIn()
    answers.set('access.chainState', refused('SessionLocked'))
    const error = await look()
    expect([session.locked, session.actor?.staffNo, turnedScreen(error as never)]).toEqual([true, '1001', true])
  })

  test('leads to the login page as soon as it hears that the session is over', async () => {
    const session = await loggedIn()
    answers.set('access.chainState', refused('NotSignedIn'))
    await look()
    expect(session.actor).toBeNull()
  })

  test('locks nothing before whoever logged in has chosen a password', async () => {
    const session = await loggedIn('1001', true)
    answers.set('access.chainState', refused('SessionLocked'))
    await look()
    expect([session.locked, session.actor?.staffNo]).toEqual([false, '1001'])
  })

  test('of the one who left says nothing about the one who came', async () => {
    const session = await loggedIn('1001')
    let late = (_: unknown): void => undefined
    answers.set('access.chainState', () => new Promise((_, reject) => (late = reject)))
    const asked = look()
    await session.logout()
    await loggedIn('1002')
    late({ code: 'NotSignedIn', message: '尚未登录' })
    expect(turnedScreen((await asked) as never)).toBe(true)
    expect(session.actor?.staffNo).toBe('1002')
  })
})
