/** The line between the PCs of a hall: joining by a code, calls over real TLS, a broken line, a hostile network. */
import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { Welcome, WhoAmI } from '../../src-main/access/api.ts'
import { OpenShift } from '../../src-main/cashier/api.ts'
import { deskOf } from '../../src-main/tills/desk.ts'
import { makeIdentity, type HostPlace, type Identity } from '../../src-main/tills/identity.ts'
import { withdrawTill } from '../../src-main/tills/paired.ts'
import { newId } from '../../src-main/platform/ids.ts'
import { actorOf } from '../support/hall.ts'
import { openTwoPcs, type TwoPcs } from './two-pcs.ts'

let pcs: TwoPcs
beforeEach(async () => {
  pcs = await openTwoPcs()
})
afterEach(() => pcs.close())

const tills = () =>
  pcs.hall.hall.environment.sqlite.prepare('SELECT code, name, state, fingerprint FROM tills ORDER BY code').all()
const refusedFor = (joining: Promise<unknown>): Promise<string> =>
  joining.then(
    () => 'joined',
    (error: Error) => error.message,
  )

test('a PC joins by the code the host shows, gets the next number, and its cashier works as at the host', async () => {
  const { place, identity, fingerprint } = await pcs.join()
  expect(place.till).toBe('02')
  expect(tills()).toMatchObject([
    { code: '01', name: '主机', fingerprint: null },
    { code: '02', name: '二号窗口', state: 'paired', fingerprint },
  ])
  const window = pcs.till(place, identity)
  // Each window says which PC it stands at, before the login and after it.
  expect(await window.call(Welcome, {})).toMatchObject({ device: { pcCode: '02' } })
  await window.logIn('cashier')
  expect(await window.call(WhoAmI, {})).toMatchObject({ actor: { staffNo: 'cashier' }, device: { pcCode: '02' } })
  await window.call(OpenShift, { requestId: newId(pcs.hall.clock), rows: [{ face: 10_000 as never, pieces: 2 }] })
  expect(pcs.hall.hall.environment.sqlite.prepare('SELECT till FROM shifts').pluck().all()).toEqual(['02'])
  expect(
    pcs.hall.hall.environment.sqlite
      .prepare(`SELECT actor_id, subject FROM audit_log WHERE call = 'tills.joined'`)
      .all(),
  ).toMatchObject([{ subject: 'till:02' }])
})

test('what is withdrawn is refused in the same moment, and says what to do; its number is never given again', async () => {
  const { place, identity } = await pcs.join()
  const window = pcs.till(place, identity)
  await window.logIn('cashier')
  pcs.hall.transact((context) => withdrawTill(context, '02', '电脑报废'))
  expect(await window.reply(WhoAmI.name, {})).toMatchObject({ ok: false, error: { code: 'TillWithdrawn' } })
  expect((await window.reaches('refused')).message).toContain('本机已被停用')
  expect(() => pcs.hall.transact(({ sqlite }) => sqlite.prepare(`DELETE FROM tills WHERE code = '02'`).run())).toThrow(
    'never given again',
  )
  expect((await pcs.join()).place.till).toBe('03')
})

test('whoever logs in at a second PC is told of at the first, and nobody else is', async () => {
  const one = await pcs.join()
  const first = pcs.till(one.place, one.identity)
  await first.logIn('cashier')
  const two = await pcs.join()
  const second = pcs.till(two.place, two.identity)
  await second.logIn('hall-manager')
  const told = () => pcs.hall.events.filter(({ event }) => event === 'loggedInElsewhere')
  expect(told()).toEqual([])
  await second.logIn('cashier')
  const { id } = actorOf('cashier')
  expect(told()).toEqual([{ event: 'loggedInElsewhere', data: { staffId: id, till: '03' } }])
  expect(await first.reply(WhoAmI.name, {})).toMatchObject({ ok: false, error: { code: 'NotSignedIn' } })
})

test('a wrong, used, expired or locked code joins nobody, and each says so', async () => {
  const code = pcs.showCode()
  const wrong = code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`
  expect(await refusedFor(pcs.join({ code: wrong }))).toContain('配对码不正确')
  await pcs.join({ code })
  expect(await refusedFor(pcs.join({ code }))).toContain('已经用过')
  const locked = pcs.showCode()
  const tries = await Promise.all(Array.from({ length: 4 }, () => refusedFor(pcs.join({ code: wrong }))))
  expect(new Set(tries)).toEqual(new Set(['配对码不正确，请对照主机屏幕重新输入']))
  await refusedFor(pcs.join({ code: wrong }))
  expect(await refusedFor(pcs.join({ code: locked }))).toContain('连续输错五次')
  const late = pcs.showCode()
  pcs.hall.clock.advance(5 * 60_000)
  expect(await refusedFor(pcs.join({ code: late }))).toContain('配对码已过期')
  // A hall of one PC listens to nobody while no code is shown: that is said before anybody looks for a broken cable.
  await pcs.line.close()
  expect(await refusedFor(pcs.join({ code: late }))).toContain('显示配对码')
  expect(tills()).toHaveLength(2)
})

test('a PC that is a till already, whose clock is off, or whose program is another joins nothing', async () => {
  const { identity } = await pcs.join()
  expect(await refusedFor(pcs.join({ identity }))).toContain('已经是本厅的分机')
  expect(await refusedFor(pcs.join({ now: () => pcs.hall.clock.now() + 3 * 60_000 }))).toContain('相差 3 分钟')
  expect(await refusedFor(pcs.join({ version: '1.0.1' }))).toContain('1.0.1 版，主机是 1.0.0 版')
  expect(tills()).toHaveLength(2)
})

test('a till whose clock or program has changed since is refused until it is mended', async () => {
  const { place, identity } = await pcs.join()
  for (const [more, words] of [
    [{ now: () => pcs.hall.clock.now() - 121_000 }, '校准本机时间'],
    [{ version: '2.0.0' }, '相同的版本'],
  ] as const) {
    const window = pcs.till(place, identity, more)
    expect((await window.reaches('refused')).message).toContain(words)
    expect(await window.reply(Welcome.name, {})).toMatchObject({ ok: false })
    window.line.close()
  }
})

test('somebody in the middle of a pairing is found: neither side joins, though he has the code of neither', async () => {
  const middle = await makeIdentity()
  // He speaks for the host with a certificate of his own, and passes on whatever is said.
  const { createServer: createHttps } = await import('node:https')
  const { WebSocketServer } = await import('ws')
  const server = createHttps({
    ...{ cert: middle.certificate, key: middle.privateKey, requestCert: true, rejectUnauthorized: false },
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (near) => {
    const far = new WebSocket(`wss://127.0.0.1:${pcs.port}`, {
      ...{ cert: middle.certificate, key: middle.privateKey, rejectUnauthorized: false },
    })
    const early: string[] = []
    near.on('message', (data) => (far.readyState === far.OPEN ? far.send(String(data)) : early.push(String(data))))
    far.on('open', () => early.forEach((text) => far.send(text)))
    far.on('message', (data) => near.send(String(data)))
    far.on('close', () => near.close())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  expect(await refusedFor(pcs.join({ port }))).toContain('配对码不正确')
  expect(tills()).toHaveLength(1)
  sockets.close()
  server.closeAllConnections()
  server.close()
})

/** A cable that can be cut: what passes, and when, is the test's. */
async function cable(toPort: number) {
  const ends = new Set<Socket>()
  let passing = true
  let dropAnswers = false
  let altering = false
  const server: Server = createServer((near) => {
    if (!passing) return void near.destroy()
    const far = connectTcp(toPort, '127.0.0.1')
    ends.add(near).add(far)
    near.on('data', (data) => {
      if (altering) data[data.length - 1] = (data.at(-1) ?? 0) ^ 1
      altering = false
      far.write(data)
    })
    far.on('data', (data) => (dropAnswers ? undefined : near.write(data)))
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => one.destroy())
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    cut() {
      passing = false
      dropAnswers = false
      for (const end of ends) end.destroy()
      ends.clear()
    },
    mend: () => void (passing = true),
    /** Alters the next that the till says. */
    alter: () => void (altering = true),
    swallowAnswers: () => void (dropAnswers = true),
    close() {
      for (const end of ends) end.destroy()
      server.close()
    },
  }
}

async function tillOverCable() {
  const joined = await pcs.join()
  const wire = await cable(pcs.port)
  const window = pcs.till({ ...joined.place, port: wire.port }, joined.identity)
  await window.logIn('cashier')
  return { wire, window, ...joined }
}

test('a call whose answer was lost on the way is asked again by itself and done once, also over a restart of the host', async () => {
  const { wire, window } = await tillOverCable()
  const { sqlite } = pcs.hall.hall.environment
  const shifts = () => sqlite.prepare('SELECT count(*) FROM shifts').pluck().get()
  const done = () => sqlite.prepare(`SELECT count(*) FROM audit_log WHERE call = ?`).pluck()
  wire.swallowAnswers()
  const opening = window.call(OpenShift, {
    requestId: newId(pcs.hall.clock),
    rows: [{ face: 10_000 as never, pieces: 2 }],
  })
  await expect.poll(shifts).toBe(1)
  wire.cut()
  await window.reaches('lost')
  // Another process of the host answers, which knows nothing of the first asking but what was written.
  await pcs.reopen()
  wire.mend()
  await opening
  expect(shifts()).toBe(1)
  expect(done().get(OpenShift.name)).toBe(1)
  wire.close()
})

test('a byte altered on the way ends the line: nothing of it is written, and the call is done once when it is taken up again', async () => {
  const { wire, window } = await tillOverCable()
  const shifts = () => pcs.hall.hall.environment.sqlite.prepare('SELECT count(*) FROM shifts').pluck().get()
  wire.alter()
  const opening = window.call(OpenShift, {
    requestId: newId(pcs.hall.clock),
    rows: [{ face: 10_000 as never, pieces: 2 }],
  })
  await window.reaches('lost')
  expect(shifts()).toBe(0)
  await opening
  expect(shifts()).toBe(1)
  wire.close()
})

test('an event reaches the till, and a call sent while the line is cut waits for it', async () => {
  const { wire, window } = await tillOverCable()
  pcs.line.tell({ event: 'changed', data: { room: 'cashier' } })
  await expect.poll(() => window.events).toEqual([{ event: 'changed', data: { room: 'cashier' } }])
  wire.cut()
  await window.reaches('lost')
  const asked = window.call(WhoAmI, {})
  wire.mend()
  expect(await asked).toMatchObject({ actor: { staffNo: 'cashier' } })
  wire.close()
})

/** Whoever is at this end of TLS: resolves with what was heard before the host hung up. */
const hearOf = (identity: Identity | null): Promise<string> =>
  new Promise((resolve) => {
    let heard = ''
    const socket = connectTls({
      ...{ port: pcs.port, host: '127.0.0.1', rejectUnauthorized: false },
      ...(identity ? { cert: identity.certificate, key: identity.privateKey } : {}),
    })
    socket.on('secureConnect', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))
    socket.on('data', (data) => (heard += data.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(heard))
  })

test('a stranger hears nothing: without a certificate, with one nobody knows, while no code is shown or while one is', async () => {
  const stranger = await makeIdentity()
  expect([await hearOf(null), await hearOf(stranger)]).toEqual(['', ''])
  pcs.showCode()
  expect([await hearOf(null), await hearOf(stranger)]).toEqual(['', ''])
})

test('the certificate of a till without its key opens nothing; another host at the address is told nothing', async () => {
  const { place, identity } = await pcs.join()
  const other = await makeIdentity()
  const forged = { certificate: identity.certificate, privateKey: other.privateKey }
  await expect(async () => hearOf(forged)).rejects.toThrow()
  const window = pcs.till({ ...place, fingerprint: 'ab'.repeat(32) }, identity)
  expect((await window.reaches('refused')).message).toContain('不是本厅主机')
  expect(await window.reply(Welcome.name, {})).toMatchObject({ ok: false, error: { code: 'HostUnproved' } })
})

const rawTill = ({ certificate, privateKey }: Identity) =>
  new WebSocket(`wss://127.0.0.1:${pcs.port}`, {
    ...{ cert: certificate, key: privateKey, rejectUnauthorized: false, perMessageDeflate: false },
  })
const ended = (ws: WebSocket) =>
  new Promise<string[]>((resolve) => {
    const heard: string[] = []
    ws.on('message', (data) => heard.push(String(data)))
    ws.on('error', () => undefined)
    ws.on('close', () => resolve(heard))
  })

async function othersAreServed(place: HostPlace, identity: Identity): Promise<void> {
  const window = pcs.till(place, identity)
  expect(await window.call(Welcome, {})).toMatchObject({ device: { hallCode: expect.any(String) as string } })
  window.line.close()
}

test('nonsense, calls before the greeting, and a message of a hundred megabytes end that line and nobody else’s', async () => {
  const { place, identity } = await pcs.join()
  const good = await pcs.join()
  const call = JSON.stringify({ t: 'call', request: { id: 1, call: 'access.welcome', input: {}, session: null } })
  const hello = JSON.stringify({ t: 'hello', version: '1.0.0', at: pcs.hall.clock.now(), run: '12345678' })
  for (const words of [
    ['{'],
    [call],
    [hello, hello],
    [hello, '{"t":"call","__proto__":{}}'],
    [hello, 'x'.repeat(100 * 2 ** 20)],
  ]) {
    const ws = rawTill(identity)
    const heard = ended(ws)
    ws.on('open', () => words.forEach((word) => ws.send(word)))
    expect((await heard).filter((text) => text.includes('"reply"'))).toEqual([])
    await othersAreServed(good.place, good.identity)
  }
  expect(place.till).toBe('02')
})

test('a hundred half-open connections keep no till from the line', async () => {
  const good = await pcs.join()
  const half = Array.from({ length: 100 }, () => connectTcp(pcs.port, '127.0.0.1').on('error', () => undefined))
  await Promise.all(
    half.map((socket) => new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))),
  )
  await othersAreServed(good.place, good.identity)
  for (const socket of half) socket.destroy()
})

test('a till that asks and does not listen is served no more than it reads; the others are served meanwhile', async () => {
  const { identity } = await pcs.join()
  const good = await pcs.join()
  const ws = rawTill(identity)
  const closed = ended(ws)
  await new Promise((resolve) => ws.once('open', resolve))
  ws.send(JSON.stringify({ t: 'hello', version: '1.0.0', at: pcs.hall.clock.now(), run: '12345678' }))
  await new Promise((resolve) => ws.once('message', resolve))
  ws.pause()
  for (let id = 1; id <= 2_000; id++)
    ws.send(JSON.stringify({ t: 'call', request: { id, call: 'access.welcome', input: {}, session: null } }))
  await othersAreServed(good.place, good.identity)
  ws.terminate()
  await closed
})

test('a code is forgotten with the desk: a hall that shows none hears nobody', () => {
  const desk = deskOf(pcs.hall.hall.environment.sqlite)
  expect(desk.hears(pcs.hall.clock.now())).toBe(false)
  pcs.showCode()
  expect(desk.hears(pcs.hall.clock.now())).toBe(true)
  desk.hide()
  expect(desk.hears(pcs.hall.clock.now())).toBe(false)
})
