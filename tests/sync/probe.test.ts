/** 测试连接: what is wrong between the hall and headquarters is said in words, also when nothing waits to be sent. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Change } from '../../src-main/settings/api.ts'
import { SendAll, Status, TestConnection, UploadNow } from '../../src-main/sync/api.ts'
import { recordBreak } from '../../src-main/platform/breaks.ts'
import { judge } from '../../src-main/sync/rules.ts'
import { whyNot } from '../../src-main/sync/send.ts'
import { snapshotJob } from '../../src-main/sync/snapshot.ts'
import { upload } from '../../src-main/sync/upload.ts'
import { uploadWords } from '../../src-renderer/shell/upload-words.ts'
import { stateOf } from '../../src-renderer/sync/words.ts'
import { startReceiver } from '../headquarters/receiver.ts'
import { openConnectedHall, token, type ConnectedHall } from './support.ts'

let hall: ConnectedHall
beforeEach(async () => void (hall = await openConnectedHall()))
afterEach(() => hall.close())

const probe = async () => (await hall.call(TestConnection, {}, 'administrator')).problem
const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

async function answering(text: string): Promise<Server> {
  const server = createServer((_, response) => void response.writeHead(200).end(text)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

test.each([
  ['while records wait', async () => hall.book(100)],
  [
    'when nothing waits any more',
    async () => {
      hall.book(100)
      await hall.call(UploadNow, {}, 'administrator')
    },
  ],
])('%s: reached, or why not', async (_, prepare) => {
  await prepare()
  expect(await probe()).toBeNull()

  hall.set('sync.token', 'wrong')
  hall.book(1)
  expect(await probe()).toContain('总部不认可本机的令牌')
  hall.set('sync.token', token)

  const nonsense = await answering('<html>欢迎</html>')
  hall.set('sync.url', addressOf(nonsense))
  expect(await probe()).toContain('总部的应答无法识别')
  // Something answers there, but without the security that the address promises.
  hall.set('sync.url', addressOf(nonsense).replace('http:', 'https:'))
  expect(await probe()).toContain('没有安全连接')
  hall.set('sync.url', addressOf(nonsense))
  nonsense.close()
  await once(nonsense, 'close')
  expect(await probe()).toContain('连接不上总部')

  hall.set('sync.url', 'https://no-such-headquarters.invalid')
  expect(await probe()).toContain('找不到总部的接收地址')

  hall.set('sync.url', hall.receiver.url)
  expect(await probe()).toBeNull()
  await hall.expectAllThere()
})

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', '证书不可信'],
  ['CERT_UNTRUSTED', '证书不可信'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', '不是发给这个接收地址的'],
  ['CERT_HAS_EXPIRED', '不在有效期内'],
  ['CERT_NOT_YET_VALID', '不在有效期内'],
  ['EPROTO', '没有安全连接'],
])('what is wrong with the certificate is said: %s', (code, words) => {
  const why = whyNot(new TypeError('fetch failed', { cause: { code } }))
  expect(judge({ kind: 'none', why }, { from: 1, to: 1, newest: 1 })).toMatchObject({
    reason: expect.stringContaining(words),
  })
})

test('what is tried is the address that stands there, not an upload that still waits for the one before', async () => {
  hall.book(100)
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  hall.set('sync.timeoutSeconds', 300)
  hall.set('sync.url', addressOf(silent))
  const asked = once(silent, 'request')
  const waits = hall.call(UploadNow, {}, 'administrator').catch((error: unknown) => error)
  await asked
  hall.set('sync.url', hall.receiver.url)
  expect(await probe()).toBeNull()
  await waits
  silent.closeAllConnections()
  silent.close()
  await hall.expectAllThere()
})

test('a token that no request can carry is refused where it is typed', async () => {
  const change = (value: string) => hall.call(Change, { key: 'sync.token', value }, 'administrator')
  await expect(change('令牌')).rejects.toThrow('令牌只由英文字母、数字和符号组成')
  await expect(change('ａｂｃ')).rejects.toThrow('令牌只由英文字母、数字和符号组成')
  await change('abc-123_=./+')
})

test('with nothing to send headquarters is asked, and the answer is believed, not the memory', async () => {
  hall.book(100)
  await hall.call(UploadNow, {}, 'administrator')
  hall.set('sync.token', 'wrong')
  expect(await probe()).toContain('总部不认可本机的令牌')
  expect(await hall.call(Status, {}, 'clerk')).toMatchObject({ waiting: 0 })
  hall.set('sync.token', token)
  expect(await probe()).toBeNull()
  await hall.expectAllThere()
})

test('is the administrator’s, and asks for address and token first', async () => {
  await expect(hall.call(TestConnection, {}, 'hall-manager')).rejects.toThrow('NotAllowed')
  hall.set('sync.token', '')
  await expect(probe()).rejects.toThrow('UploadNotConfigured')
})

test('a headquarters that has never heard of this hall is no green lamp: the way out is its whole state', async () => {
  hall.book(100)
  await hall.call(UploadNow, {}, 'administrator')
  const status = () => hall.call(Status, {}, 'administrator')
  const other = await startReceiver({ file: ':memory:', token })
  try {
    hall.set('sync.url', other.url)
    for (let n = 0; n < 2; n++) {
      expect(await probe()).toContain('没有本厅已上报的数据')
      await hall.restart()
      expect(await status()).toMatchObject({
        wayOut: 'send-all',
        ledger: null,
        lastError: expect.stringContaining('核对接收地址') as string,
      })
    }
    // It was the wrong address after all.
    hall.set('sync.url', hall.receiver.url)
    expect(await probe()).toBeNull()
    expect(await status()).toMatchObject({ wayOut: null, lastError: null })

    hall.set('sync.url', other.url)
    expect(await probe()).toContain('没有本厅已上报的数据')
    await hall.call(SendAll, { requestId: crypto.randomUUID(), reason: '总部换了' }, 'administrator')
    // Nothing waits in the outbox yet, and what the other headquarters found equal is nothing here: no lamp is green.
    const ordered = { ...(await status()), waiting: 0 }
    expect(ordered).toMatchObject({ preparing: true, ledger: null })
    expect([stateOf(ordered).state, uploadWords(ordered, Date.now()).state]).toEqual(['todo', 'todo'])
    await hall.hall.scheduler.runNow(snapshotJob.job)
    await hall.call(UploadNow, {}, 'administrator')
    expect(await status()).toMatchObject({ waiting: 0, wayOut: null, lastError: null, ledger: 'equal' })
    expect([other.gaps(), other.violations(), other.alarms()]).toEqual([[], [], []])
  } finally {
    await other.close()
  }
})

test.each([
  ['before any of it was sent', false],
  ['with a part of it sent', true],
])('the whole state goes on being sent over a break, %s', async (_, partly) => {
  hall.book(100)
  await hall.call(UploadNow, {}, 'administrator')
  const other = await startReceiver({ file: ':memory:', token })
  try {
    hall.set('sync.url', other.url)
    await hall.call(SendAll, { requestId: crypto.randomUUID(), reason: '总部换了' }, 'administrator')
    if (partly) {
      // What it is made of waits for its turn, and the counter's own rows go up meanwhile.
      hall.book(200)
      await upload(hall.hall.environment)
    }
    hall.transact((context) => {
      const { sqlite, clock, actor } = context
      recordBreak(sqlite, { kind: 'lost', at: clock.now(), by: actor, reason: '试', mark: null, open: false })
    })
    await hall.restart()
    await upload(hall.hall.environment)
    expect(await hall.call(Status, {}, 'administrator')).toMatchObject({ preparing: true })
    await hall.call(UploadNow, {}, 'administrator')
    expect(await hall.call(Status, {}, 'administrator')).toMatchObject({
      preparing: false,
      waiting: 0,
      ledger: 'equal',
    })
    expect(other.totals()).toEqual(hall.ledger())
  } finally {
    await other.close()
  }
})
