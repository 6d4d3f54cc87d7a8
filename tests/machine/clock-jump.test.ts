/** A clock that jumps while the program watches: by two days a business day would be opened and closed, and late fees taken. */
import os from 'node:os'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Login } from '../../src-main/access/api.ts'
import { hashPassword } from '../../src-main/access/password.ts'
import { CloseShift, OpenShift } from '../../src-main/cashier/api.ts'
import { ConfirmClock, State } from '../../src-main/machine/api.ts'
import { fen } from '../../src-main/platform/money.ts'
import { longestJumpMs, longestQuietMs } from '../../src-main/platform/trusted-clock.ts'
import { counted } from '../cashier/counter.ts'
import { actorOf } from '../support/hall.ts'
import { openRealHall, type RealHall, type Window } from '../support/real-sessions.ts'

const minute = 60_000
const day = 24 * 60 * minute
const passwords = { cashier: 'Shou-Fei-26', administrator: 'Guan-Li-26' } as const
let hall: RealHall
beforeEach(async () => {
  hall = await openRealHall({ quietMs: longestQuietMs, jumpMs: longestJumpMs })
  hall.transact(({ sqlite, clock }) => {
    const insert = sqlite.prepare('INSERT INTO credentials (staff_id, secret, changed_at) VALUES (?, ?, ?)')
    for (const who of ['cashier', 'administrator'] as const)
      insert.run(actorOf(who).id, hashPassword(passwords[who]), clock.now())
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await hall.close()
})

async function signedIn(): Promise<Window> {
  const window = hall.window()
  const answer = await window.call(Login, { staffNo: 'cashier', password: passwords.cashier })
  if (!answer.ok) throw new Error(answer.message)
  window.token = answer.token
  return window
}
const doubt = async () => (await hall.window().call(State, {})).clock?.direction ?? null
const openShift = (window: Window) =>
  window.call(OpenShift, { requestId: crypto.randomUUID(), rows: counted(fen(50_000)) })
const days = () => hall.hall.environment.sqlite.prepare('SELECT date FROM business_days').pluck().all()

/** The machine's own count goes on by so much, also where it slept. */
function machineCounts(by: () => number, how: 'awake' | 'asleep'): void {
  const [real, up] = [performance.now.bind(performance), os.uptime()]
  if (how === 'awake') vi.spyOn(performance, 'now').mockImplementation(() => real() + by())
  else vi.spyOn(os, 'uptime').mockImplementation(() => up + by() / 1000)
}

test.each([2 * 60 * minute, 10 * 60 * minute, day, 2 * day, 3.9 * day])(
  'ahead by %d ms opens no day and writes nothing; set right again, or confirmed, work goes on',
  async (jump) => {
    const window = await signedIn()
    const before = hall.clock.now()
    hall.clock.advance(jump)
    // Whoever was at work is locked out, and nobody comes in.
    await expect(openShift(window)).rejects.toThrow(/ClockAhead|SessionLocked|NotSignedIn/)
    await expect(signedIn()).rejects.toThrow('ClockAhead')
    expect(await doubt()).toBe('ahead')
    expect(days()).toEqual([])
    hall.clock.set(before + minute)
    expect(await doubt()).toBeNull()
    await openShift(await signedIn())
    hall.clock.advance(jump)
    expect(await doubt()).toBe('ahead')
    const proof = { staffNo: 'administrator', password: passwords.administrator, reason: '时间校准过' }
    expect(await hall.window().call(ConfirmClock, proof)).toEqual({ ok: true })
    expect(await doubt()).toBeNull()
    await (await signedIn()).call(CloseShift, { requestId: crypto.randomUUID() })
  },
)

test.each(['awake', 'asleep'] as const)('time that passed while the PC was %s is no doubt', async (how) => {
  await signedIn()
  const begun = hall.clock.now()
  machineCounts(() => hall.clock.now() - begun, how)
  for (const passed of [minute, 59 * minute, 9 * 60 * minute, 2.5 * day, 9 * day]) {
    hall.clock.advance(passed)
    expect(await doubt()).toBeNull()
    await signedIn()
  }
})

test('a clock set right by some minutes, and a long weekend with the program ended, are no doubt', async () => {
  await signedIn()
  hall.clock.advance(longestJumpMs - minute)
  await signedIn()
  await hall.restart()
  hall.clock.advance(longestQuietMs - 2 * minute)
  await signedIn()
})
