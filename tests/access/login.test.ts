import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  AuditLog,
  ChangePassword,
  DemoAccounts,
  Lock,
  Login,
  Logout,
  ResetPassword,
  Unlock,
  VerifyAudit,
  WhoAmI,
} from '../../src-main/access/api.ts'
import { hashPassword } from '../../src-main/access/password.ts'
import { Leave, List as ListStaff } from '../../src-main/staff/api.ts'
import { actorOf } from '../support/hall.ts'
import { openRealHall, type RealHall, type Window } from '../support/real-sessions.ts'

const minute = 60_000
const passwords = { cashier: 'Shou-Fei-26', administrator: 'Guan-Li-26' } as const
/** Hashed once for all tests: each costs what a login costs. */
const secrets = {
  cashier: hashPassword(passwords.cashier),
  administrator: hashPassword(passwords.administrator),
}
let hall: RealHall

/** As if two had given the role; how it is given stands in tests/staff. */
const promote = (staffNo: string) =>
  hall.transact(({ sqlite }) =>
    sqlite.prepare(`UPDATE staff SET roles = '["hall-manager"]' WHERE staff_no = ?`).run(staffNo),
  )

beforeEach(async () => {
  hall = await openRealHall()
  hall.transact(({ sqlite, clock }) => {
    const insert = sqlite.prepare('INSERT INTO credentials (staff_id, secret, changed_at) VALUES (?, ?, ?)')
    for (const who of ['cashier', 'administrator'] as const) insert.run(actorOf(who).id, secrets[who], clock.now())
  })
})
afterEach(() => hall.close())

async function signedIn(who: keyof typeof passwords): Promise<Window> {
  const window = hall.window()
  const answer = await window.call(Login, { staffNo: who, password: passwords[who] })
  if (!answer.ok) throw new Error(answer.message)
  window.token = answer.token
  return window
}
const tryLogin = (password: string, staffNo = 'cashier') => hall.window().call(Login, { staffNo, password })

describe('logging in', () => {
  test('tells the window who is at work, where, and when the screen locks', async () => {
    expect(await tryLogin(passwords.cashier)).toMatchObject({
      ok: true,
      actor: { name: '孙收费', staffNo: 'cashier', roles: ['cashier'] },
      device: { hallCode: '001', hallName: '示例营业厅', pcCode: '01', demo: false },
      lockMinutes: 10,
      mustChangePassword: false,
      passwordDueDays: null,
    })
  })

  test('answers a wrong password and an unknown number alike, and lets nobody in', async () => {
    const wrong = await tryLogin('not-the-password')
    expect(wrong).toEqual({ ok: false, message: '工号或密码不正确', lockedUntil: null })
    expect(await tryLogin('not-the-password', '7777')).toEqual(wrong)
    expect(await tryLogin('not-the-password', 'clerk')).toEqual(wrong)
  })

  test('keeps neither password nor token where a thief of the file could read it', async () => {
    const window = await signedIn('cashier')
    const { sqlite } = hall.hall.environment
    const tables = ['credentials', 'sessions', 'audit_log', 'requests', 'outbox']
    const everything = JSON.stringify(tables.map((table) => sqlite.prepare(`SELECT * FROM ${table}`).all()))
    expect(everything).not.toContain(passwords.cashier)
    expect(everything).not.toContain(window.token)
    const entities = sqlite.prepare('SELECT DISTINCT entity FROM outbox').pluck().all()
    expect(entities).not.toContain('credentials')
    expect(entities).not.toContain('sessions')
  })

  test('leaves the same mark in the audit log for every password tried, so that it cannot be guessed from it', async () => {
    await tryLogin('first-guess')
    await tryLogin('second-guess')
    const { sqlite } = hall.hall.environment
    const hashes = sqlite.prepare(`SELECT input_hash FROM audit_log WHERE call = 'access.login'`).pluck().all()
    expect(hashes).toHaveLength(2)
    expect(new Set(hashes).size).toBe(1)
  })

  test('reminds of a password older than a month', async () => {
    hall.clock.advance(31 * 24 * 60 * minute)
    expect(await tryLogin(passwords.cashier)).toMatchObject({ ok: true, passwordDueDays: 31 })
  })

  test('of another person in the same window ends the first one’s session', async () => {
    const window = await signedIn('cashier')
    const first = window.token
    const answer = await window.call(Login, { staffNo: 'administrator', password: passwords.administrator })
    expect(answer.ok).toBe(true)
    window.token = first
    await expect(window.call(WhoAmI, {})).rejects.toThrow('NotSignedIn')
  })
})

describe('a lock-out', () => {
  test('after five failures lasts fifteen minutes, also across a restart, and names the time it ends', async () => {
    const answers = []
    for (let i = 0; i < 5; i++) answers.push(await tryLogin(`wrong-guess-${i}`))
    expect(answers.map((answer) => !answer.ok && answer.message)).toEqual([
      '工号或密码不正确',
      '工号或密码不正确',
      '工号或密码不正确，再输错 2 次将被锁定',
      '工号或密码不正确，再输错 1 次将被锁定',
      '密码输错次数过多，09:15 后再试，或请管理员重置密码',
    ])
    await hall.restart()
    const until = hall.clock.now() + 15 * minute
    expect(await tryLogin(passwords.cashier)).toMatchObject({ ok: false, lockedUntil: until })
    hall.clock.set(until - 1)
    expect(await tryLogin(passwords.cashier)).toMatchObject({ ok: false })
    hall.clock.set(until)
    expect(await tryLogin(passwords.cashier)).toMatchObject({ ok: true })
  })

  test('does not end by setting the clock of the PC forward and back', async () => {
    for (let i = 0; i < 5; i++) await tryLogin(`wrong-guess-${i}`)
    hall.clock.advance(-60 * minute)
    await expect(tryLogin(passwords.cashier)).rejects.toThrow('ClockRunsBackwards')
  })

  test('of one person leaves the others at work, and an administrator’s reset lifts it', async () => {
    for (let i = 0; i < 5; i++) await tryLogin(`wrong-guess-${i}`)
    const admin = await signedIn('administrator')
    await admin.call(ResetPassword, { staffId: actorOf('cashier').id, password: 'Chu-Shi-26' })
    expect(await tryLogin('Chu-Shi-26')).toMatchObject({ ok: true, mustChangePassword: true })
  })

  test('also counts failures to unlock and to change the password', async () => {
    const window = await signedIn('cashier')
    for (let i = 0; i < 2; i++) await window.call(Unlock, { password: 'wrong-guess' })
    for (let i = 0; i < 3; i++) {
      await window.call(ChangePassword, { oldPassword: 'wrong-guess', newPassword: 'Xin-Mi-Ma-26' })
    }
    expect(await tryLogin(passwords.cashier)).toMatchObject({ ok: false, lockedUntil: expect.any(Number) as number })
  })
})

describe('a session', () => {
  test('that is locked answers nothing but unlock, log out and who it is', async () => {
    const window = await signedIn('administrator')
    await window.call(Lock, {})
    await expect(window.call(ListStaff, {})).rejects.toThrow('SessionLocked')
    expect(await window.call(WhoAmI, {})).toMatchObject({ locked: true, actor: { staffNo: 'administrator' } })
    expect(await window.call(Unlock, { password: 'not-the-password' })).toMatchObject({ message: '密码不正确' })
    await expect(window.call(ListStaff, {})).rejects.toThrow('SessionLocked')
    expect(await window.call(Unlock, { password: passwords.administrator })).toMatchObject({ ok: true })
    expect(await window.call(ListStaff, {})).not.toHaveLength(0)
  })

  test('locks by itself when nothing came from it, even if the screen forgot to, and no asking opens it', async () => {
    const window = await signedIn('administrator')
    hall.clock.advance(9 * minute)
    await window.call(ListStaff, {})
    hall.clock.advance(9 * minute)
    await window.call(ListStaff, {})
    hall.clock.advance(11 * minute)
    for (let i = 0; i < 3; i++) await expect(window.call(ListStaff, {})).rejects.toThrow('SessionLocked')
    expect(await window.call(WhoAmI, {})).toMatchObject({ locked: true })
    await window.call(Unlock, { password: passwords.administrator })
    expect(await window.call(ListStaff, {})).not.toHaveLength(0)
  })

  test('survives a restart of the program, but not a log-out and not the night', async () => {
    const window = await signedIn('cashier')
    await hall.restart()
    expect(await window.call(WhoAmI, {})).toMatchObject({ locked: false })
    await window.call(Logout, {})
    await expect(window.call(WhoAmI, {})).rejects.toThrow('NotSignedIn')
    const other = await signedIn('cashier')
    hall.clock.advance(16 * 60 * minute + 1)
    await expect(other.call(WhoAmI, {})).rejects.toThrow('NotSignedIn')
  })

  test('ends at once when its person leaves, and its roles follow the staff list', async () => {
    const admin = await signedIn('administrator')
    const cashier = await signedIn('cashier')
    await expect(cashier.call(ListStaff, {})).rejects.toThrow('NotAllowed')
    promote('cashier')
    expect(await cashier.call(ListStaff, {})).not.toHaveLength(0)
    await admin.call(Leave, { staffId: actorOf('cashier').id })
    await expect(cashier.call(WhoAmI, {})).rejects.toThrow('NotSignedIn')
    expect(await tryLogin(passwords.cashier)).toMatchObject({ ok: false, message: '工号或密码不正确' })
  })

  test('with a made-up or altered token is nobody’s', async () => {
    const window = await signedIn('cashier')
    for (const token of ['', 'cashier', `${window.token}x`, 'a'.repeat(10_000)]) {
      window.token = token
      await expect(window.call(WhoAmI, {})).rejects.toThrow('NotSignedIn')
    }
  })
})

describe('a password', () => {
  test('given by an administrator must be changed before anything else works', async () => {
    const admin = await signedIn('administrator')
    promote('cashier')
    await admin.call(ResetPassword, { staffId: actorOf('cashier').id, password: 'Chu-Shi-26' })
    const answer = await tryLogin('Chu-Shi-26')
    const window = hall.window()
    window.token = answer.ok ? answer.token : null
    await expect(window.call(ListStaff, {})).rejects.toThrow('SessionLocked')
    await window.call(Unlock, { password: 'Chu-Shi-26' })
    await expect(window.call(ListStaff, {})).rejects.toThrow('SessionLocked')
    const same = { oldPassword: 'Chu-Shi-26', newPassword: 'Chu-Shi-26' }
    await expect(window.call(ChangePassword, same)).rejects.toThrow('新密码不能与原密码相同')
    expect(await window.call(ChangePassword, { ...same, newPassword: 'Zi-Ji-De-26' })).toEqual({ ok: true })
    expect(await window.call(ListStaff, {})).not.toHaveLength(0)
  })

  test('that is weak is refused with the field to mend, and the old one stays', async () => {
    const window = await signedIn('cashier')
    const weak = { oldPassword: passwords.cashier, newPassword: '12345678' }
    await expect(window.call(ChangePassword, weak)).rejects.toMatchObject({
      failure: { code: 'PasswordTooWeak', field: 'newPassword' },
    })
    expect(await tryLogin(passwords.cashier)).toMatchObject({ ok: true })
  })

  test('once changed ends what the same person has open elsewhere', async () => {
    const window = await signedIn('cashier')
    const stolen = hall.window()
    stolen.token = window.token
    await window.call(ChangePassword, { oldPassword: passwords.cashier, newPassword: 'Xin-Mi-Ma-26' })
    expect(await window.call(WhoAmI, {})).toMatchObject({ passwordDueDays: null })
    expect(await tryLogin(passwords.cashier)).toMatchObject({ ok: false })
    expect(await tryLogin('Xin-Mi-Ma-26')).toMatchObject({ ok: true })
    await expect(stolen.call(WhoAmI, {})).rejects.toThrow('NotSignedIn')
  })
})

test('the demo’s passwords are shown on a demo hall only', async () => {
  expect(await hall.window().call(DemoAccounts, {})).toEqual([])
})

test('who tried to log in, with what result, stands in the audit log, whose chain holds', async () => {
  await tryLogin('not-the-password')
  const admin = await signedIn('administrator')
  const { rows } = await admin.call(AuditLog, { call: 'access.login' })
  expect(rows.map(({ subject, detail }) => [subject, detail['result']])).toEqual([
    [`staff:${actorOf('administrator').id}`, 'accepted'],
    [`staff:${actorOf('cashier').id}`, 'refused'],
  ])
  expect(await admin.call(VerifyAudit, {})).toMatchObject({ broken: null })
})
