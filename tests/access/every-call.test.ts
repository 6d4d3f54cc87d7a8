/** The house-wide promise: the backend itself refuses every call to everybody who may not make it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles } from '../../src-main/platform/contract.ts'
import { isUseCase } from '../../src-main/platform/use-case.ts'
import { rooms } from '../../src-main/rooms.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

const definitions = rooms
  .flatMap((room) => Object.values(room))
  .filter(isUseCase)
  .map(({ definition }) => definition)
  .sort((a, b) => (a.name < b.name ? -1 : 1))

/** What works before anybody has logged in; whoever adds a call here has thought about it. */
const beforeLogin = [
  'access.demoAccounts',
  'access.login',
  'access.setUp',
  'access.welcome',
  // The ways out of a hall nobody can sign in to; they ask for a password themselves.
  'machine.acceptLoss',
  'machine.confirmClock',
  'machine.state',
  // What hangs in the hall for everybody to read.
  'publicity.display',
]

let hall: TestHall
beforeAll(async () => void (hall = await openTestHall()))
afterAll(() => hall.close())
const codeOf = async (call: string, session: string | null) => {
  // The role is checked before the input is looked at, so an empty input tells nothing to somebody who may not ask.
  const reply = await hall.hall.handle({ id: 1, call, input: null, session })
  return reply.ok ? 'ok' : reply.error.code
}

test('before login nothing works but what the login page needs', () => {
  expect(definitions.filter(({ allow }) => allow === 'anyone').map(({ name }) => name)).toEqual(beforeLogin)
})

describe.each(definitions)('$name', ({ name, allow, kind, input }) => {
  test('is refused to everybody who may not make it', async () => {
    if (allow === 'anyone') return expect(beforeLogin).toContain(name)
    expect(await codeOf(name, null)).toBe('NotSignedIn')
    expect(await codeOf(name, 'nobody')).toBe('NotSignedIn')
    for (const role of roles) {
      const may = allow === 'signed-in' || allow.includes(role)
      expect(await codeOf(name, role), role).toBe(may ? 'InvalidInput' : 'NotAllowed')
    }
  })

  test('refuses what it does not know', async () => {
    const as = allow === 'anyone' || allow === 'signed-in' ? 'clerk' : (allow[0] ?? null)
    const reply = await hall.hall.handle({ id: 1, call: name, input: { unheardOf: 1 }, session: as })
    expect(reply).toMatchObject({ ok: false, error: { code: 'InvalidInput' } })
    expect(input.safeParse({ unheardOf: 1 }).success, kind).toBe(false)
  })
})
