import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { maxBatchRows } from '../../src-main/sync/rules.ts'
import { chainGenesis, chainNext } from '../../src-main/sync/chain.ts'
import { answerFollows, batchSchema } from './openapi.ts'
import { startReceiver, type Receiver } from './receiver.ts'
import type { Batch, Change } from './store.ts'

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const token = 'secret'
const stream = uuid(1)

const change = (seq: number, more: Partial<Change> = {}): Change => ({
  seq,
  changeId: uuid(100 + seq),
  at: 0,
  entity: 'customers',
  entityId: `c${seq}`,
  op: 'insert',
  data: { id: `c${seq}`, name: '张三', note: null },
  ...more,
})
/** The hash along the rows `change(1)` … `change(seq)`. */
const chainUpTo = (seq: number): string =>
  Array.from({ length: seq }, (_, i) => change(i + 1)).reduce(chainNext, chainGenesis)
const batchOf = (changes: Change[], more: Partial<Batch> = {}) => ({
  protocol: 1,
  sentAt: 0,
  device: { companyName: '示例', hallCode: '001', hallName: '示例', pcCode: '01' },
  base: null,
  snapshot: false,
  after: { seq: (changes[0]?.seq ?? 1) - 1, hash: chainUpTo((changes[0]?.seq ?? 1) - 1) },
  audit: { seq: 1, hash: chainGenesis, broken: null },
  serials: { receipt: 5 },
  totals: null,
  from: changes[0]?.seq ?? 1,
  to: changes.at(-1)?.seq ?? 1,
  changes,
  ...more,
})

let receiver: Receiver
beforeEach(async () => {
  receiver = await startReceiver({ file: ':memory:', token })
})
afterEach(() => receiver.close())

async function send(batch: ReturnType<typeof batchOf>, { to = stream, as = token } = {}) {
  const response = await fetch(`${receiver.url}/v1/devices/${uuid(9)}/streams/${to}/batches`, {
    method: 'POST',
    body: new Uint8Array(gzipSync(JSON.stringify(batch))),
    headers: {
      authorization: `Bearer ${as}`,
      'content-encoding': 'gzip',
      'idempotency-key': `${to}/${batch.from}-${batch.to}`,
    },
  })
  const body: unknown = await response.json()
  expect(answerFollows(response.status, body)).toBe(true)
  return { status: response.status, body }
}
const customers = () => receiver.store.sqlite.prepare('SELECT id FROM hall_customers ORDER BY id').pluck().all()

describe('headquarters', () => {
  test('takes rows once, however often and in whatever bounds they come', async () => {
    await send(batchOf([change(1), change(2)]))
    expect(await send(batchOf([change(2), change(3)]))).toEqual({ status: 200, body: { acknowledged: 3 } })
    expect(await send(batchOf([change(1)]))).toEqual({ status: 200, body: { acknowledged: 3 } })
    expect(customers()).toEqual(['c1', 'c2', 'c3'])
  })

  test('refuses a batch above a gap and names the row it expects', async () => {
    expect(await send(batchOf([change(3)]))).toEqual({ status: 409, body: { expected: 1, hash: chainGenesis } })
    await send(batchOf([change(1)]))
    expect(await send(batchOf([change(3)]))).toEqual({ status: 409, body: { expected: 2, hash: chainUpTo(1) } })
    expect(customers()).toEqual(['c1'])
  })

  test('applies updates and deletions in their order', async () => {
    await send(
      batchOf([
        change(1),
        change(2),
        change(3, { entityId: 'c1', op: 'delete' }),
        change(4, { entityId: 'c2', op: 'update', data: { id: 'c2', name: '李四' } }),
      ]),
    )
    expect(customers()).toEqual(['c2'])
    expect(receiver.store.sqlite.prepare(`SELECT data ->> '$.name' FROM hall_customers`).pluck().get()).toBe('李四')
  })

  test('continues a stream from its base, sets the rest of the old one aside, and refuses it from then on', async () => {
    await send(batchOf([change(1), change(2), change(3)]))
    const base = { streamId: stream, seq: 2 }
    expect((await send(batchOf([change(3, { entityId: 'new' })], { base }), { to: uuid(2) })).status).toBe(200)
    expect(customers()).toEqual(['c1', 'c2', 'new'])
    expect((await send(batchOf([change(4)]))).status).toBe(410)
    expect(receiver.gaps()).toEqual([])
  })

  test('wants a base it does not know from the first row', async () => {
    const base = { streamId: uuid(7), seq: 5 }
    expect(await send(batchOf([change(6)], { base }))).toEqual({
      status: 409,
      body: { expected: 1, hash: chainGenesis },
    })
  })

  test('compares the totals to the fen', async () => {
    const entry = change(2, {
      entity: 'journal_entries',
      entityId: 'e',
      data: { id: 'e', business_date: '2026-11-23' },
    })
    const line = change(1, {
      entity: 'journal_lines',
      entityId: 'e/1',
      data: { entry_id: 'e', line_no: 1, account: 'wechat', debit: 5_900, credit: 0 },
    })
    const total = (debit: number) => [{ date: '2026-11-23', account: 'wechat', debit, credit: 0 }]
    expect(await send(batchOf([line, entry], { totals: total(5_900) }))).toMatchObject({ body: { ledger: 'equal' } })
    const after = { seq: 2, hash: [line, entry].reduce(chainNext, chainGenesis) }
    expect(await send(batchOf([change(3)], { after, totals: total(5_901) }))).toMatchObject({
      body: { ledger: 'different' },
    })
    expect(receiver.store.sqlite.prepare('SELECT hall_debit, debit FROM differences').get()).toEqual({
      hall_debit: 5_901,
      debit: 5_900,
    })
  })

  test('refuses a wrong token and what is no batch, and keeps nothing of either', async () => {
    expect((await send(batchOf([change(1)]), { as: 'wrong' })).status).toBe(401)
    expect((await send(batchOf([change(1), change(3)]))).status).toBe(400)
    expect((await send({ ...batchOf([change(1)]), protocol: 2 })).status).toBe(400)
    expect(receiver.store.sqlite.prepare('SELECT count(*) FROM changes').pluck().get()).toBe(0)
  })
})

test('the document limits a batch as the program does', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, i) => change(i + 1))
  expect(batchSchema.safeParse(batchOf(rows(maxBatchRows))).success).toBe(true)
  expect(batchSchema.safeParse(batchOf(rows(maxBatchRows + 1))).success).toBe(false)
  expect(batchSchema.safeParse({ ...batchOf(rows(1)), more: 1 }).success).toBe(false)
})
