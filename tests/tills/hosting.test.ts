/** A hall listens to nobody until it has a second PC, or somebody is shown a code; and says on the page what keeps it from listening. */
import { connect, createServer } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HideCode, ShowCode, State, Withdraw } from '../../src-main/tills/api.ts'
import { codeTyped } from '../../src-main/tills/rules.ts'
import { deskOf } from '../../src-main/tills/desk.ts'
import { Hosting } from '../../src-main/tills/hosting.ts'
import { makeIdentity } from '../../src-main/tills/identity.ts'
import { foundTill } from '../../src-main/tills/service.ts'
import { joinHall, TillLine } from '../../src-main/tills/till-line.ts'
import { newId } from '../../src-main/platform/ids.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

const version = '1.0.0'
let hall: TestHall
let hosting: Hosting
beforeEach(async () => {
  hall = await openTestHall()
  hall.transact((context) => foundTill(context, context.device.pcCode))
})
afterEach(async () => {
  await hosting.close()
  await hall.close()
})
const begin = (port = 0) => {
  hosting = new Hosting(hall.hall, { port, version, address: '127.0.0.1', answer: () => null })
  return hosting.look()
}
const state = () => hall.call(State, {}, 'hall-manager')
const listeningPort = () => deskOf(hall.hall.environment.sqlite).listening?.port
const answers = (at: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(at, '127.0.0.1')
    socket.on('connect', () => (socket.destroy(), resolve(true)))
    socket.on('error', () => resolve(false))
  })

test('nothing listens in a hall of one PC; a code opens the line, and it closes when the code is taken back', async () => {
  await begin()
  expect(listeningPort()).toBeUndefined()
  await hall.call(ShowCode, {}, 'hall-manager')
  await hosting.look()
  const at = listeningPort() ?? 0
  expect(await answers(at)).toBe(true)
  await hall.call(HideCode, {}, 'administrator')
  await hosting.look()
  expect(listeningPort()).toBeUndefined()
  expect(await answers(at)).toBe(false)
})

test('the line stays open for a PC that joined, over a restart with the same certificate, and some days after it is withdrawn', async () => {
  await begin()
  const { code } = await hall.call(ShowCode, {}, 'hall-manager')
  await hosting.look()
  const joined = async (shown: string) =>
    joinHall({
      ...{ address: '127.0.0.1', port: listeningPort() ?? 0, code: codeTyped(shown) ?? '', name: '二号窗口' },
      ...{ identity: await makeIdentity(), version, now: () => hall.clock.now() },
    })
  const place = await joined(code)
  expect((await state()).codeEnded).toBe('used')
  await hosting.close()
  await begin()
  expect(listeningPort()).toBeGreaterThan(0)
  const again = await joined((await hall.call(ShowCode, {}, 'hall-manager')).code)
  expect([again.till, again.fingerprint]).toEqual(['03', place.fingerprint])
  await hall.call(HideCode, {}, 'hall-manager')
  for (const till of ['02', '03'])
    await hall.call(Withdraw, { requestId: newId(hall.clock), code: till, reason: '报废' }, 'hall-manager')
  await hosting.look()
  // A till that was off when it was withdrawn is told; one that never asks keeps the line open for the stated days.
  expect(listeningPort()).toBeGreaterThan(0)
  hall.clock.advance(31 * 86_400_000)
  await hosting.look()
  expect(listeningPort()).toBeUndefined()
  const rows = (await state()).tills
  expect(rows.map(({ code: no, state: now, host }) => [no, now, host])).toEqual([
    ['01', 'paired', true],
    ['02', 'withdrawn', false],
    ['03', 'withdrawn', false],
  ])
  await expect(
    hall.call(Withdraw, { requestId: newId(hall.clock), code: '01', reason: '试' }, 'hall-manager'),
  ).rejects.toThrow('本厅没有这台分机')
})

test('the last till that is withdrawn still hears why, though the line closes behind it', async () => {
  await begin()
  const { code } = await hall.call(ShowCode, {}, 'hall-manager')
  await hosting.look()
  const identity = await makeIdentity()
  const now = () => hall.clock.now()
  const host = await joinHall({
    ...{ address: '127.0.0.1', port: listeningPort() ?? 0, code: codeTyped(code) ?? '', name: '二号窗口' },
    ...{ identity, version, now },
  })
  await hall.call(HideCode, {}, 'hall-manager')
  const told: string[] = []
  let heard: (() => void) | undefined
  const next = () => new Promise<void>((resolve) => (heard = resolve))
  let ready = next()
  const onState = ({ state: now, message }: { state: string; message: string }) => {
    told.push(now, message)
    heard?.()
  }
  const line = new TillLine({ ...{ identity, host, version, now, onState }, onEvent: () => undefined })
  await ready
  ready = next()
  await hall.call(Withdraw, { requestId: newId(hall.clock), code: '02', reason: '报废' }, 'hall-manager')
  await ready
  line.close()
  expect(told).toEqual(['open', '', 'refused', expect.stringContaining('本机已被停用')])
})

test('a till withdrawn while it was off is told so at its next start, over a restart of the host', async () => {
  await begin()
  const { code } = await hall.call(ShowCode, {}, 'hall-manager')
  await hosting.look()
  const identity = await makeIdentity()
  const now = () => hall.clock.now()
  const place = await joinHall({
    ...{ address: '127.0.0.1', port: listeningPort() ?? 0, code: codeTyped(code) ?? '', name: '二号窗口' },
    ...{ identity, version, now },
  })
  await hall.call(HideCode, {}, 'hall-manager')
  await hall.call(Withdraw, { requestId: newId(hall.clock), code: '02', reason: '报废' }, 'hall-manager')
  await hosting.close()
  await begin()
  const host = { ...place, port: listeningPort() ?? 0 }
  let line: TillLine | undefined
  const told = await new Promise((resolve) => {
    line = new TillLine({ ...{ identity, host, version, now, onState: resolve }, onEvent: () => undefined })
  })
  line?.close()
  expect(told).toMatchObject({ state: 'refused', code: 'TillWithdrawn', unanswered: 0 })
})

test('a port that is taken is told on the page, and nothing else of the hall stands still', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  await begin((other.address() as { port: number }).port)
  await hall.call(ShowCode, {}, 'hall-manager')
  await hosting.look()
  expect((await state()).trouble).toContain('被其他程序占用')
  other.close()
})
