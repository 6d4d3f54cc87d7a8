/** A wrong clock stops nobody for good, and opens nothing that was shut. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AuditLog, Login, Logout, WhoAmI } from '../../src-main/access/api.ts'
import { hashPassword } from '../../src-main/access/password.ts'
import { ConfirmClock, State } from '../../src-main/machine/api.ts'
import { firstBrokenAuditRow } from '../../src-main/platform/audit.ts'
import { longestQuietMs } from '../../src-main/platform/trusted-clock.ts'
import { Change } from '../../src-main/settings/api.ts'
import { actorOf, mondayMorning } from '../support/hall.ts'
import { openRealHall, type RealHall, type Window } from '../support/real-sessions.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day
const passwords = { cashier: 'Shou-Fei-26', administrator: 'Guan-Li-26' } as const
const secrets = { cashier: hashPassword(passwords.cashier), administrator: hashPassword(passwords.administrator) }
let hall: RealHall

beforeEach(async () => {
  hall = await openRealHall({ quietMs: longestQuietMs })
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
const state = () => hall.window().call(State, {})
const confirm = (password: string = passwords.administrator, staffNo = 'administrator') =>
  hall.window().call(ConfirmClock, { staffNo, password, reason: '主板电池已更换' })
const setLockMinutes = (window: Window) =>
  window.call(Change, { key: 'access.lockMinutes', value: 9 } as Parameters<typeof window.call<typeof Change>>[1])

describe('a failed login', () => {
  test.each([
    ['a year ahead', year],
    ['three days ahead', 3 * day],
    ['ten minutes ahead', 10 * minute],
  ])('under a clock %s stops nobody once the clock is right again', async (_, ahead) => {
    await (await signedIn('cashier')).call(Logout, {})
    hall.clock.advance(ahead)
    await hall
      .window()
      .call(Login, { staffNo: 'cashier', password: 'wrong-guess' })
      .catch(() => undefined)
    hall.clock.set(mondayMorning + 5 * minute)
    expect((await state()).clock).toBeNull()
    await signedIn('cashier')
  })

  test('five of them under a clock a year ahead lock nobody out', async () => {
    await signedIn('administrator')
    hall.clock.advance(year)
    for (let i = 0; i < 5; i++) {
      await expect(hall.window().call(Login, { staffNo: 'administrator', password: `wrong-${i}` })).rejects.toThrow(
        'ClockAhead',
      )
    }
    hall.clock.set(mondayMorning + minute)
    await signedIn('administrator')
  })
})

describe('work the program does by itself', () => {
  test('does not move the mark, and rests while the clock is in doubt', async () => {
    await signedIn('cashier')
    hall.clock.advance(2 * day)
    hall.transact(() => undefined)
    await hall.hall.scheduler.tick()
    const jobs = () => hall.hall.environment.sqlite.prepare('SELECT max(last_run_at) FROM jobs').pluck().get()
    const before = jobs()
    hall.clock.advance(year)
    await hall.hall.scheduler.tick()
    expect(jobs()).toBe(before)
    hall.clock.set(mondayMorning + 5 * minute)
    await signedIn('cashier')
  })
})

describe('a clock far ahead', () => {
  test('is asked about: nothing is written, the screen locks and ends, and an administrator says it is right', async () => {
    const window = await signedIn('administrator')
    const lastAt = hall.clock.now()
    hall.clock.advance(30 * day)
    const written = hall.hall.environment.sqlite.prepare('SELECT max(seq) FROM audit_log').pluck()
    const before = written.get()
    await expect(hall.window().call(Login, { staffNo: 'cashier', password: passwords.cashier })).rejects.toThrow(
      '由管理员在登录页确认',
    )
    expect(written.get()).toBe(before)
    expect((await state()).clock).toEqual({ direction: 'ahead', lastAt, now: hall.clock.now() })
    expect(await confirm('wrong-guess')).toMatchObject({ ok: false })
    expect(await confirm(passwords.cashier, 'cashier')).toMatchObject({ ok: false, message: '须由管理员确认电脑时间' })
    const logged = hall.hall.environment.sqlite
      .prepare(
        `SELECT detail ->> '$.result' FROM audit_log WHERE call = 'machine.confirmClock' ORDER BY seq DESC LIMIT 1`,
      )
      .pluck()
      .get()
    expect(logged).toBe('turned-down')
    expect((await state()).clock).not.toBeNull()
    expect(await confirm()).toEqual({ ok: true })
    expect((await state()).clock).toBeNull()
    window.token = null
    const fresh = await signedIn('administrator')
    const { rows } = await fresh.call(AuditLog, { call: 'machine.confirmClock' })
    expect(rows[0]).toMatchObject({
      actorName: actorOf('administrator').name,
      at: hall.clock.now(),
      detail: { reason: '主板电池已更换', direction: 'ahead', lastAt },
    })
  })

  test('is believed when the process has watched the time pass, however long nobody came', async () => {
    await signedIn('cashier')
    const trusted = hall.hall.environment.trustedClock
    expect(trusted.doubt(hall.clock.now())).toBeNull()
    const begun = performance.now()
    const real = performance.now.bind(performance)
    performance.now = () => real() + 9 * day
    try {
      expect(trusted.doubt(hall.clock.now() + 9 * day)).toBeNull()
      expect(trusted.doubt(hall.clock.now() + 40 * day)).toMatchObject({ direction: 'ahead' })
    } finally {
      performance.now = real
    }
    expect(performance.now()).toBeGreaterThanOrEqual(begun)
  })

  test('a long weekend is no doubt', async () => {
    await signedIn('cashier')
    hall.clock.advance(longestQuietMs - minute)
    await signedIn('cashier')
  })
})

describe('a clock behind the last entry', () => {
  test('that is right is confirmed; the log stays whole and is found by its dates', async () => {
    hall.clock.advance(3 * day)
    await signedIn('administrator')
    hall.clock.set(mondayMorning + hour)
    await expect(hall.window().call(Login, { staffNo: 'cashier', password: passwords.cashier })).rejects.toThrow(
      'ClockRunsBackwards',
    )
    expect((await state()).clock).toMatchObject({ direction: 'behind' })
    expect(await confirm()).toEqual({ ok: true })
    const window = await signedIn('administrator')
    const { sqlite } = hall.hall.environment
    expect(firstBrokenAuditRow(sqlite)).toBeNull()
    const on = async (from: string, to: string) =>
      (await window.call(AuditLog, { from: from as never, to: to as never, size: 100 })).rows.map(({ seq }) => seq)
    const all = sqlite.prepare('SELECT seq, at FROM audit_log ORDER BY seq DESC').all() as { seq: number; at: number }[]
    const between = (from: string, to: string) =>
      all
        .filter(({ at }) => at >= Date.parse(`${from}T00:00:00+08:00`) && at < Date.parse(`${to}T00:00:00+08:00`) + day)
        .map(({ seq }) => seq)
    expect(await on('2026-11-23', '2026-11-23')).toEqual(between('2026-11-23', '2026-11-23'))
    expect(await on('2026-11-24', '2026-11-26')).toEqual(between('2026-11-24', '2026-11-26'))
    expect(between('2026-11-24', '2026-11-26').length).toBeGreaterThan(0)
  })

  test('lets nobody lift a lock-out by guessing under it', async () => {
    await signedIn('administrator')
    for (let i = 0; i < 5; i++) {
      await hall.window().call(Login, { staffNo: 'administrator', password: `wrong-${i}` })
    }
    hall.clock.advance(-10 * day)
    for (let i = 0; i < 3; i++) expect(await confirm()).toMatchObject({ ok: false })
    hall.clock.set(mondayMorning + 14 * minute)
    expect(
      await hall.window().call(Login, { staffNo: 'administrator', password: passwords.administrator }),
    ).toMatchObject({
      ok: false,
    })
  })
})

describe('what was shut stays shut', () => {
  test('a session that was idle, when the clock is set back', async () => {
    const window = await signedIn('cashier')
    hall.clock.advance(20 * minute)
    expect(await window.call(WhoAmI, {})).toMatchObject({ locked: true })
    hall.clock.advance(-19 * minute)
    expect(await window.call(WhoAmI, {})).toMatchObject({ locked: true })
    await expect(setLockMinutes(window)).rejects.toThrow(/SessionLocked|NotAllowed/)
    await hall.restart()
    expect(await window.call(WhoAmI, {})).toMatchObject({ locked: true })
  })

  test('a session that was over, when the clock is set back', async () => {
    const window = await signedIn('cashier')
    hall.clock.advance(17 * hour)
    await expect(window.call(WhoAmI, {})).rejects.toThrow('NotSignedIn')
    hall.clock.advance(-17 * hour + minute)
    await expect(window.call(WhoAmI, {})).rejects.toThrow('NotSignedIn')
    await hall.restart()
    await expect(window.call(WhoAmI, {})).rejects.toThrow('NotSignedIn')
  })

  test('a session in use is locked by a clock that jumps back before its last use', async () => {
    const window = await signedIn('cashier')
    hall.clock.advance(-2 * hour)
    expect(await window.call(WhoAmI, {})).toMatchObject({ locked: true })
  })

  test('idle time also counts on the clock of the process, which nobody sets', async () => {
    const window = await signedIn('cashier')
    await window.call(WhoAmI, {})
    const real = performance.now.bind(performance)
    performance.now = () => real() + 20 * minute
    try {
      expect(await window.call(WhoAmI, {})).toMatchObject({ locked: true })
    } finally {
      performance.now = real
    }
    expect(await window.call(WhoAmI, {})).toMatchObject({ locked: true })
  })
})
