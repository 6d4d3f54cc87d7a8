import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DayState, TrialBalance } from '../../src-main/ledger/api.ts'
import {
  balanceOf,
  closeDay,
  currentDay,
  ledgerTotals,
  openDay,
  openDayOrNull,
  post,
  reverse,
} from '../../src-main/ledger/service.ts'
import type { Context } from '../../src-main/platform/context.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import { mondayMorning, openTestHall, type TestHall } from '../support/hall.ts'

const monday = businessDate('2026-11-23')
const tuesday = businessDate('2026-11-24')
const [wednesday, thursday] = [businessDate('2026-11-25'), businessDate('2026-11-26')]
const wednesdayMorning = Date.parse('2026-11-25T08:30:00+08:00')
const nextMorning = Date.parse('2026-11-24T08:30:00+08:00')

const bill = (context: Context, amount = 10_000) =>
  post(context, {
    kind: 'bill',
    memo: '气费',
    subject: 'bill:b1',
    lines: [
      { account: 'receivable', holder: 'a1', debit: fen(amount) },
      { account: 'revenue', credit: fen(amount) },
    ],
  })

let hall: TestHall
beforeEach(async () => (hall = await openTestHall()))
afterEach(() => hall.close())

describe('the business day', () => {
  test('is 未开 until the counter opens, 营业中 then, 已日结 after the close', async () => {
    expect(await hall.call(DayState, {})).toEqual({ date: null, state: 'none' })
    hall.transact(openDay)
    expect(await hall.call(DayState, {})).toEqual({ date: monday, state: 'open' })
    hall.transact((context) => closeDay(context, monday))
    expect(await hall.call(DayState, {})).toEqual({ date: monday, state: 'closed' })
    expect(() => hall.transact(openDay)).toThrow('2026年11月23日已日结')
  })

  test('that bookkeeping opened is not yet 营业中; the counter takes it over', async () => {
    expect(hall.transact(currentDay)).toBe(monday)
    expect(await hall.call(DayState, {})).toEqual({ date: monday, state: 'none' })
    expect(hall.transact(openDay)).toBe(monday)
    expect(await hall.call(DayState, {})).toEqual({ date: monday, state: 'open' })
  })

  test('that a clock ahead of time opened or closed shuts the counter on no day, over a restart', async () => {
    // Two days ahead somebody issues bills: the counter opens on the right day all the same.
    hall.clock.set(wednesdayMorning)
    expect(hall.transact(currentDay)).toBe(wednesday)
    hall.clock.set(mondayMorning)
    expect(hall.transact(openDay)).toBe(monday)
    hall.transact((context) => closeDay(context, monday))
    expect(() => hall.transact(openDay)).toThrow('2026年11月23日已日结')
    hall.clock.set(nextMorning)
    expect(hall.transact(openDay)).toBe(tuesday)
    hall.transact((context) => closeDay(context, tuesday))
    await hall.restart()
    // Wednesday was closed before it began: business goes on under the next date instead of standing still.
    hall.clock.set(wednesdayMorning)
    expect(await hall.call(DayState, {})).toEqual({ date: null, state: 'none' })
    expect(hall.transact(openDay)).toBe(thursday)
    expect(await hall.call(DayState, {})).toEqual({ date: thursday, state: 'open' })
  })

  test('takes no entry once closed, even past the service, and stays closed', () => {
    hall.transact(openDay)
    hall.transact((context) => closeDay(context, monday))
    const late = (context: Context) =>
      post(context, {
        kind: 'bill',
        memo: '气费',
        subject: 'bill:b1',
        businessDate: monday,
        lines: [
          { account: 'receivable', holder: 'a1', debit: fen(1) },
          { account: 'revenue', credit: fen(1) },
        ],
      })
    expect(() => hall.transact(late)).toThrow('已日结')
    const { sqlite } = hall.hall.environment
    expect(() => sqlite.exec(`UPDATE business_days SET state = 'open'`)).toThrow('business day is closed')
  })

  test('bills issued after the close belong to the next day, which the counter opens in the morning', async () => {
    hall.transact(openDay)
    hall.transact((context) => closeDay(context, monday))
    hall.transact((context) => bill(context))
    expect(hall.transact(openDayOrNull)).toBe(tuesday)
    expect(await hall.call(DayState, {})).toEqual({ date: monday, state: 'closed' })
    hall.clock.set(nextMorning)
    expect(hall.transact(openDay)).toBe(tuesday)
  })

  test('a new one cannot open while yesterday still waits for its 日结', () => {
    hall.transact(openDay)
    hall.clock.set(nextMorning)
    expect(() => hall.transact(openDay)).toThrow('2026年11月23日尚未日结')
    expect(hall.transact(currentDay)).toBe(monday)
  })

  test('without any counter business closes by itself when its date has passed', async () => {
    hall.transact((context) => bill(context))
    hall.clock.set(nextMorning)
    // It is over: the top bar does not tell its date as today's.
    expect(await hall.call(DayState, {})).toEqual({ date: null, state: 'none' })
    expect(hall.transact(openDay)).toBe(tuesday)
    expect(() => hall.transact((context) => closeDay(context, monday))).toThrow('已日结')
  })
})

describe('the ledger', () => {
  test('refuses change and deletion, and adding a line to a sealed entry, by itself', () => {
    const entryId = hall.transact((context) => bill(context))
    const { sqlite } = hall.hall.environment
    expect(() => sqlite.exec('UPDATE journal_lines SET debit = 1')).toThrow('append-only')
    expect(() => sqlite.exec('DELETE FROM journal_entries')).toThrow('append-only')
    expect(() => sqlite.prepare(`INSERT INTO journal_lines VALUES (?, 9, 'safe', '', 1, 0)`).run(entryId)).toThrow(
      'sealed',
    )
  })

  test('an entry that does not balance is refused and leaves nothing', () => {
    const crooked = (context: Context) =>
      post(context, {
        kind: 'bill',
        memo: '气费',
        subject: 'bill:b1',
        lines: [
          { account: 'receivable', holder: 'a1', debit: fen(2) },
          { account: 'revenue', credit: fen(1) },
        ],
      })
    expect(() => hall.transact(crooked)).toThrow(RangeError)
    expect(hall.transact((context) => balanceOf(context, 'receivable'))).toBe(0)
  })

  test('an entry is reversed once, on the open day, pointing at the original', () => {
    const entryId = hall.transact((context) => bill(context))
    const undo = (context: Context) => reverse(context, entryId, { reason: '抄错', approvedBy: 's1' })
    const reversalId = hall.transact(undo)
    const row = hall.hall.environment.sqlite
      .prepare('SELECT reverses, reason, approved_by AS approvedBy, memo FROM journal_entries WHERE id = ?')
      .get(reversalId)
    expect(row).toEqual({ reverses: entryId, reason: '抄错', approvedBy: 's1', memo: '冲正：气费' })
    expect(hall.transact((context) => balanceOf(context, 'receivable', 'a1'))).toBe(0)
    expect(() => hall.transact(undo)).toThrow('已经冲正')
    expect(() => hall.transact((c) => reverse(c, 'nothing', { reason: '', approvedBy: '' }))).toThrow('没有找到')
  })

  test('trial balance: turnover of the day, balances carried over closed days, both sides equal', async () => {
    hall.transact(openDay)
    hall.transact((context) => bill(context, 10_000))
    hall.transact((context) => closeDay(context, monday))
    hall.clock.set(nextMorning)
    hall.transact(openDay)
    hall.transact((context) =>
      post(context, {
        kind: 'payment',
        memo: '收费',
        subject: 'payment:p1',
        lines: [
          { account: 'cash-drawer', holder: 's1', debit: fen(3_000) },
          { account: 'receivable', holder: 'a1', credit: fen(3_000) },
        ],
      }),
    )
    expect(hall.transact((context) => ledgerTotals(context, tuesday))).toEqual([
      { account: 'cash-drawer', debit: 3_000, credit: 0 },
      { account: 'receivable', debit: 0, credit: 3_000 },
    ])
    const balance = await hall.call(TrialBalance, { date: tuesday }, 'hall-manager')
    expect(balance).toMatchObject({ debit: 3_000, credit: 3_000, balanced: true })
    expect(Object.fromEntries(balance.rows.map((row) => [row.account, row.balance]))).toEqual({
      'cash-drawer': 3_000,
      receivable: 7_000,
      revenue: -10_000,
    })
    const before = await hall.call(TrialBalance, { date: monday }, 'hall-manager')
    expect(before.rows.find((row) => row.account === 'receivable')).toMatchObject({ debit: 10_000, balance: 10_000 })
  })
})
