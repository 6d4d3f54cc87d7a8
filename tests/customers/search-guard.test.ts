import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  CreateCustomer,
  EditCustomer,
  maxRecent,
  RecentCustomers,
  RememberCustomer,
  SearchCustomers,
} from '../../src-main/customers/api.ts'
import { recentSql } from '../../src-main/customers/recent.ts'
import { triesAtOnce, tryReturnsMs } from '../../src-main/customers/search-guard.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { inventedMobile, inventedNationalId } from '../support/invented.ts'
import { creation, openOne, refusal, requestId, type Opened } from './support.ts'

let hall: TestHall
let them: Opened[]
beforeAll(async () => {
  hall = await openTestHall()
  them = Array.from({ length: 12 }, (_, i) => openOne(hall, i + 1, { meterNo: `JX20260000${10 + i}` }))
})
afterAll(() => hall.close())
// Every test begins with all its tries.
beforeEach(() => hall.clock.advance(triesAtOnce * tryReturnsMs))

const search = (text: string, as: Role = 'clerk') => hall.call(SearchCustomers, { text, limit: 20 }, as)
const logged = () =>
  hall.hall.environment.sqlite
    .prepare<[], { call: string; subject: string | null; detail: string; actorName: string }>(
      `SELECT call, subject, detail, actor_name AS actorName FROM audit_log WHERE call LIKE 'customers.%' ORDER BY seq`,
    )
    .all()

describe('a search by a whole number', () => {
  test('is on record when it finds somebody: who looked, whom they found, the number only masked', async () => {
    const before = logged().length
    const phone = inventedMobile(3)
    await search(phone, 'cashier')
    await search(inventedNationalId(3), 'cashier')
    const rows = logged().slice(before)
    expect(rows.map(({ call, subject, actorName }) => [call, subject, actorName])).toEqual([
      ['customers.foundByNumber', `customer:${them[2]?.customerId}`, '孙收费'],
      ['customers.foundByNumber', `customer:${them[2]?.customerId}`, '孙收费'],
    ])
    for (const { detail } of rows) {
      expect(detail).toContain('*')
      expect(detail).not.toContain(phone)
      expect(detail).not.toContain(inventedNationalId(3))
    }
  })

  test('read again at once, as a list with its sums does, is one look on record; later it is another', async () => {
    const before = logged().length
    for (let i = 0; i < 3; i++) await search(inventedMobile(6))
    expect(logged()).toHaveLength(before + 1)
    hall.clock.advance(120_000)
    await search(inventedMobile(6))
    expect(logged()).toHaveLength(before + 2)
  })

  test('that finds nobody, one by name, by a tail, by account or meter number leaves no row', async () => {
    const before = logged().length
    for (const text of [
      inventedMobile(999),
      '客户3',
      inventedMobile(3).slice(-4),
      them[2]?.accountNo ?? '',
      'JX2026000012',
    ])
      await search(text)
    expect(logged()).toHaveLength(before)
  })

  test('can be tried only so often, with the seconds to wait; then it goes on', async () => {
    for (let i = 0; i < triesAtOnce; i++) await search(inventedMobile(50_000 + i))
    const { code, message } = await refusal(search(inventedMobile(60_000)))
    expect(code).toBe('TooManySearches')
    expect(message).toMatch(/请 \d+ 秒后再试/)
    // The refusal is on record once, and says who.
    await refusal(search(inventedMobile(60_001)))
    expect(logged().filter(({ call }) => call === 'customers.searchRefused')).toHaveLength(1)
    // By anything else the counter goes on, and so does everybody else.
    expect((await search('客户3')).rows).not.toEqual([])
    expect((await search(them[2]?.accountNo ?? '')).rows).not.toEqual([])
    expect((await search(inventedMobile(3), 'cashier')).rows).not.toEqual([])
    hall.clock.advance(tryReturnsMs)
    expect((await search(inventedMobile(3))).rows).not.toEqual([])
  })

  test('is never refused to a busy clerk: sixty customers in an hour, each by the whole phone, key by key', async () => {
    for (let customer = 0; customer < 60; customer++) {
      const phone = inventedMobile((customer % 12) + 1)
      for (let length = 1; length <= phone.length; length++) await search(phone.slice(0, length))
      // Looked up again, as after Esc.
      await search(phone)
      hall.clock.advance(60_000)
    }
  })

  test('by whoever types account numbers key by key, sixty customers in a row, is never refused', async () => {
    for (let customer = 0; customer < 60; customer++) {
      const { accountNo } = them[customer % them.length] as Opened
      for (let length = 1; length <= accountNo.length; length++) await search(accountNo.slice(0, length))
    }
  })

  test('by whoever scans account and meter numbers all day is never refused', async () => {
    for (let i = 0; i < 300; i++) {
      const one = them[i % them.length]
      await search(one?.accountNo ?? '')
      await search(`JX20260000${10 + (i % 12)}`)
    }
  })
})

test('a duplicate that is told is on record, though nothing was created', async () => {
  const before = logged().length
  expect((await refusal(hall.call(CreateCustomer, creation(4)))).code).toBe('DuplicateCustomer')
  const change = { idKind: 'national-id' as const, idNumber: inventedNationalId(5) }
  const edit = { requestId: requestId(), customerId: them[5]?.customerId ?? '', version: 1, change }
  expect((await refusal(hall.call(EditCustomer, edit))).code).toBe('DuplicateCustomer')
  const rows = logged().slice(before)
  expect(rows.map(({ call, subject }) => [call, subject])).toEqual([
    ['customers.foundByNumber', `customer:${them[3]?.customerId}`],
    ['customers.foundByNumber', `customer:${them[4]?.customerId}`],
  ])
})

describe('those opened last', () => {
  const remember = (one: Opened | undefined, as: Role = 'clerk') =>
    hall.call(RememberCustomer, { customerId: one?.customerId ?? '', accountId: one?.accountId ?? null }, as)
  const recent = async (as: Role = 'clerk') => (await hall.call(RecentCustomers, {}, as)).rows

  test('are the operator’s own, the newest first, each once, eight of them, and survive a restart', async () => {
    for (const one of them) await remember(one)
    await remember(them[9])
    const wanted = [9, 11, 10, 8, 7, 6, 5, 4].map((i) => them[i]?.accountId)
    expect(wanted).toHaveLength(maxRecent)
    expect((await recent()).map(({ accountId }) => accountId)).toEqual(wanted)
    expect(await recent('cashier')).toEqual([])
    await hall.restart()
    expect((await recent()).map(({ accountId }) => accountId)).toEqual(wanted)
  })

  test('are shown masked', async () => {
    const text = JSON.stringify(await recent())
    for (let n = 1; n <= them.length; n++) {
      expect(text).not.toContain(inventedMobile(n))
      expect(text).not.toContain(inventedNationalId(n))
    }
  })

  test('are customers on file: an account of somebody else, or of nobody, is refused', async () => {
    const wrong = { customerId: them[0]?.customerId ?? '', accountId: them[1]?.accountId ?? null }
    expect((await refusal(hall.call(RememberCustomer, wrong))).code).toBe('CustomerNotFound')
    const nobody = { customerId: crypto.randomUUID(), accountId: null }
    expect((await refusal(hall.call(RememberCustomer, nobody))).code).toBe('CustomerNotFound')
  })

  test('are found by an index', () => {
    const plan = hall.hall.environment.sqlite
      .prepare<[string, number], { detail: string }>(`EXPLAIN QUERY PLAN ${recentSql}`)
      .all('x', 8)
      .map(({ detail }) => detail)
      .join('\n')
    expect(plan).toContain('recent_customers_turn')
    expect(plan).not.toMatch(/SCAN|TEMP B-TREE/)
  })
})
