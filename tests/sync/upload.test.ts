import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DayState } from '../../src-main/ledger/api.ts'
import { Change } from '../../src-main/settings/api.ts'
import { History, Status, UploadNow } from '../../src-main/sync/api.ts'
import { comparedSql, requestUpload } from '../../src-main/sync/service.ts'
import { openConnectedHall, token, type ConnectedHall } from './support.ts'

let hall: ConnectedHall
beforeEach(async () => {
  hall = await openConnectedHall()
})
afterEach(() => hall.close())

const status = () => hall.call(Status, {}, 'clerk')
const uploadNow = () => hall.call(UploadNow, {}, 'hall-manager')
const history = async () => (await hall.call(History, {}, 'hall-manager')).rows
const tick = () => hall.hall.scheduler.tick()
const minutes = (count: number) => count * 60_000

const expectAllThere = () => hall.expectAllThere()

describe('an upload', () => {
  test('brings every row once, and headquarters finds the same ledger totals', async () => {
    for (const amount of [5_900, 12_345, 1]) hall.book(amount)
    expect(await uploadNow()).toEqual({ sent: hall.query('SELECT 1 FROM outbox').length, waiting: 0 })
    await expectAllThere()
    expect(await status()).toMatchObject({ ledger: 'equal', running: false, configured: true })
    const kept = hall.receiver.store.sqlite
      .prepare('SELECT seq, change_id, at, entity, entity_id, op, json(data) AS data FROM changes ORDER BY seq')
      .all()
    expect(kept).toEqual(hall.query('SELECT seq, change_id, at, entity, entity_id, op, json(data) AS data FROM outbox'))
    await uploadNow()
    // The second asks whether headquarters stands where this PC does, and sends no batch.
    expect(hall.receiver.requests()).toBe(2)
    expect(hall.query('SELECT outcome FROM uploads')).toEqual([{ outcome: 'acknowledged' }])
  })

  test('that another headquarters found equal says nothing of the one whose address stands there now', async () => {
    hall.book(5_900)
    await uploadNow()
    expect(await status()).toMatchObject({ ledger: 'equal' })
    hall.clock.advance(minutes(1))
    await hall.call(Change, { key: 'sync.url', value: 'https://other.invalid' }, 'administrator')
    expect(await status()).toMatchObject({ ledger: null, configured: false })
  })

  test('of more than a batch goes in several, and never cuts a change that fits into one', async () => {
    for (let i = 0; i < 5; i++) hall.book(100 + i, 300)
    await uploadNow()
    await expectAllThere()
    expect((await history()).length).toBe(2)
    const [{ cut } = { cut: -1 }] = hall.query<{ cut: number }>(
      `SELECT count(*) AS cut FROM uploads u JOIN outbox a ON a.seq = u.to_seq JOIN outbox b ON b.seq = u.to_seq + 1
       WHERE a.change_id = b.change_id`,
    )
    expect(cut).toBe(0)
  })

  test('of one change larger than a batch arrives whole all the same', async () => {
    await uploadNow()
    hall.book(7, 1_500)
    await uploadNow()
    await expectAllThere()
    expect((await history()).map(({ from, to }) => to - from + 1)).toEqual([1_001 + 1, 2_000, expect.any(Number)])
  })

  test('runs by itself at its interval, and within seconds of a day close', async () => {
    await tick()
    hall.book(100)
    hall.clock.advance(minutes(9))
    await tick()
    expect(hall.receiver.requests()).toBe(0)
    hall.clock.advance(minutes(1))
    await tick()
    await expectAllThere()
    hall.book(200)
    hall.transact(requestUpload)
    await tick()
    await expectAllThere()
    hall.set('sync.atDayClose', false)
    hall.book(300)
    hall.transact(requestUpload)
    await tick()
    expect((await status()).waiting).toBeGreaterThan(0)
  })

  test('asked for while another runs joins it', async () => {
    hall.book(100)
    hall.faults.push('slow')
    await Promise.all([uploadNow(), uploadNow()])
    expect(hall.receiver.requests()).toBe(1)
    await expectAllThere()
  })

  test('tells the windows how many rows wait before and after', async () => {
    await tick()
    hall.book(100)
    hall.clock.advance(15_000)
    await tick()
    expect(hall.events.findLast(({ event }) => event === 'sync')?.data).toMatchObject({
      waiting: (await status()).waiting,
    })
    await uploadNow()
    expect(hall.events.findLast(({ event }) => event === 'sync')?.data).toMatchObject({ waiting: 0, lastError: null })
  })

  test('is for managers and administrators to start; before it is set up it says what is missing', async () => {
    await expect(hall.call(UploadNow, {}, 'clerk')).rejects.toThrow('NotAllowed')
    hall.set('sync.url', '')
    await expect(uploadNow()).rejects.toThrow('还没有设置总部接收地址和令牌')
    expect(await status()).toMatchObject({ configured: false, nextTryAt: null })
  })

  test('lets old rows go once acknowledged, never one that waits', async () => {
    hall.book(100)
    const before = hall.query('SELECT 1 FROM outbox').length
    hall.clock.advance(minutes(60 * 24 * 200))
    hall.set('sync.token', 'wrong')
    await expect(uploadNow()).rejects.toThrow()
    expect(hall.query('SELECT 1 FROM outbox').length).toBe(before)
    hall.set('sync.token', token)
    await uploadNow()
    expect(hall.query('SELECT 1 FROM outbox')).toEqual([])
    hall.book(200)
    await uploadNow()
    await expectAllThere()
  })
})

describe('headquarters that', () => {
  test.each([
    ['answers 500', 'error', '总部系统故障（500）'],
    ['answers 503', 'unavailable', '总部系统故障（503）'],
    ['answers garbage', 'garbage', '无法识别'],
    ['answers nonsense', 'nonsense', '无法识别'],
    ['answers too slowly', 'slow', '没有及时应答'],
    ['never answers', 'never', '没有及时应答'],
    ['breaks the connection', 'drop-before', '连接中断'],
    ['breaks the connection after doing the work', 'drop-after', '连接中断'],
    ['breaks off in the middle of its answer', 'half-answer', '连接中断'],
  ] as const)('%s leaves a recorded retry, and nothing is lost or doubled', async (_, fault, words) => {
    hall.book(5_900)
    const waiting = (await status()).waiting
    if (fault === 'slow' || fault === 'never') hall.set('sync.timeoutSeconds', 1)
    hall.faults.push(fault)
    await expect(uploadNow()).rejects.toThrow(words)
    const failed = await status()
    expect(failed).toMatchObject({ waiting, lastSuccessAt: null })
    expect(failed.lastError).toContain(words)
    const wait = (failed.nextTryAt ?? 0) - hall.clock.now()
    expect(wait >= minutes(1) && wait <= minutes(2)).toBe(true)
    expect((await history())[0]).toMatchObject({ outcome: 'retry', from: 1 })
    hall.set('sync.timeoutSeconds', 10)
    hall.clock.advance(wait)
    await tick()
    await expectAllThere()
  })

  test('is not there at all is tried again later and later, and finds everything when it returns', async () => {
    hall.book(100)
    const gone = createServer().listen(0, '127.0.0.1')
    await once(gone, 'listening')
    hall.set('sync.url', `http://127.0.0.1:${(gone.address() as AddressInfo).port}`)
    gone.close()
    await once(gone, 'close')
    const waits: number[] = []
    for (let i = 0; i < 8; i++) {
      await expect(uploadNow()).rejects.toThrow('连接不上总部')
      waits.push(((await status()).nextTryAt ?? 0) - hall.clock.now())
    }
    expect(waits.every((wait) => wait >= minutes(1) && wait <= minutes(30))).toBe(true)
    hall.set('sync.url', hall.receiver.url)
    await uploadNow()
    await expectAllThere()
  })

  test('does not know the token is not pestered, and the manager reads what to mend', async () => {
    hall.book(100)
    hall.set('sync.token', 'wrong')
    await expect(uploadNow()).rejects.toThrow('请管理员在“上报”页更换令牌')
    expect(await status()).toMatchObject({ nextTryAt: hall.clock.now() + minutes(30) })
    expect((await history())[0]).toMatchObject({ outcome: 'mend' })
    await hall.call(Change, { key: 'sync.token', value: token }, 'administrator')
    await uploadNow()
    await expectAllThere()
  })

  test('hangs keeps no counter waiting', async () => {
    hall.book(100)
    hall.set('sync.timeoutSeconds', 5)
    hall.faults.push('never')
    let ended = false
    const uploading = uploadNow()
      .catch(() => 'failed')
      .finally(() => (ended = true))
    hall.book(200)
    await hall.call(DayState, {}, 'clerk')
    // Answered while the upload hangs, however slow the machine.
    expect((await status()).running).toBe(true)
    expect(ended).toBe(false)
    expect(await uploading).toBe('failed')
    hall.set('sync.timeoutSeconds', 10)
    await uploadNow()
    await expectAllThere()
  })

  test('lost its newest rows gets them again', async () => {
    for (const amount of [1, 2, 3]) {
      hall.book(amount)
      await uploadNow()
    }
    const { sqlite } = hall.receiver.store
    sqlite.exec('DELETE FROM changes WHERE seq > 3; UPDATE streams SET last_seq = 3')
    hall.book(4)
    await uploadNow()
    await expectAllThere()
    expect((await history()).some(({ outcome }) => outcome === 'resume')).toBe(true)
  })

  test('asks for rows this PC no longer has is told to a person, not asked for ever', async () => {
    hall.book(1)
    await uploadNow()
    hall.clock.advance(minutes(60 * 24 * 200))
    hall.book(2)
    await uploadNow()
    hall.receiver.store.sqlite.exec('DELETE FROM changes; UPDATE streams SET last_seq = 0')
    hall.book(3)
    await expect(uploadNow()).rejects.toThrow('所缺的记录本机已不逐条保留')
  })

  test('finds other totals says so on the status page', async () => {
    hall.book(1)
    await uploadNow()
    hall.receiver.store.sqlite.exec(
      `UPDATE hall_journal_lines SET data = json_set(data, '$.debit', 2) WHERE json_extract(data, '$.debit') = 1`,
    )
    hall.book(5)
    await uploadNow()
    expect(await status()).toMatchObject({ ledger: 'different' })
    expect((await status()).lastError).toContain('账目合计与本机不一致')
  })
})

describe('the end of the program', () => {
  test('in the middle of an upload does not wait for headquarters; the next start goes on', async () => {
    hall.set('sync.timeoutSeconds', 60)
    await tick()
    hall.book(100)
    hall.faults.push('never')
    hall.clock.advance(minutes(10))
    const ticking = tick()
    // The request is there, and nothing answers it.
    await vi.waitFor(() => expect(hall.faults).toEqual([]), { timeout: 30_000 })
    const started = performance.now()
    await hall.restart()
    await ticking
    // Half of what it would have waited; how long a restart takes on a busy machine is nothing to this.
    expect(performance.now() - started).toBeLessThan(30_000)
    expect((await history())[0]).toMatchObject({ outcome: 'stopped' })
    await tick()
    await expectAllThere()
  })

  test('between the answer and the keeping of it sends the rows again without effect', async () => {
    hall.book(100)
    await uploadNow()
    hall.book(200)
    const [before] = hall.query<{ acknowledged: number; chain: string }>('SELECT acknowledged, chain FROM sync_state')
    await uploadNow()
    hall.hall.environment.sqlite
      .prepare('UPDATE sync_state SET acknowledged = ?, chain = ?')
      .run(before?.acknowledged, before?.chain)
    await hall.restart()
    hall.book(300)
    await uploadNow()
    await expectAllThere()
  })
})

test('what was compared last is found from the newest upload on, and half a year of them is not sorted for it', () => {
  const plan = hall.hall.environment.sqlite.prepare(`EXPLAIN QUERY PLAN ${comparedSql}`).all('x') as {
    detail: string
  }[]
  expect(plan.filter(({ detail }) => detail.includes('TEMP B-TREE'))).toEqual([])
})
