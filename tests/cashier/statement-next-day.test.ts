/** The channel's bill of a day that exists only on the next one: the day closes without it, and is reconciled when it has come. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  AwaitedStatements,
  CloseDay,
  CloseDraft,
  DeclareNoStatement,
  DeferStatements,
  ImportStatement,
  MapStatement,
  Reconcile,
  RemoveStatement,
  SettleDifference,
  SettleElsewhere,
} from '../../src-main/cashier/api.ts'
import { Change as ChangeSetting } from '../../src-main/settings/api.ts'
import { dayReport } from '../../src-main/cashier/service.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { id, openCounter, yuan, type Counter } from './counter.ts'

const monday = businessDate('2026-11-23')
const day = 86_400_000

let counter: Counter
beforeEach(async () => {
  counter = await openCounter()
  const home = await counter.owing(100, 50)
  await counter.openShift(yuan(500))
  await counter.pay(home.accountId, { tenders: [{ means: 'wechat', amount: yuan(100), reference: 'w1' }] })
})
afterEach(() => counter.close())

const file = (rows: string) => Buffer.from(`时间,流水号,金额,终端号\n${rows}`)
const take = (rows: string, more: Partial<InputOf<typeof ImportStatement>> = {}) =>
  counter.call(
    ImportStatement,
    { requestId: id(), means: 'wechat', fileName: '账单.csv', bytes: file(rows), ...more },
    'cashier',
  )
const reconcile = (date: string | null = null) => counter.call(Reconcile, { date, means: 'wechat' }, 'cashier')
const awaited = async () => (await counter.call(AwaitedStatements, {}, 'hall-manager')).rows
const defer = () => counter.call(DeferStatements, { requestId: id(), means: ['wechat'] }, 'cashier')
async function closeMonday() {
  await defer()
  await counter.closeShiftAndCount(yuan(500))
  await counter.call(CloseDay, { requestId: id(), date: monday }, 'cashier')
}

test('the day closes without its bill, never as reconciled, and the next day reconciles and settles it', async () => {
  const deferred = await defer()
  expect(deferred.statements[0]).toMatchObject({ deferred: true, reconciled: false, matched: 0 })
  expect(deferred.obstacles.map(({ step }) => step)).not.toContain('statements')
  expect(await awaited()).toEqual([])
  await closeMonday()
  expect((await counter.call(CloseDraft, { date: monday }, 'cashier')).statements[0]).toMatchObject({
    deferred: true,
    reconciled: false,
  })
  expect(counter.transact((context) => dayReport(context, monday)).statements[0]).toMatchObject({ deferred: true })
  expect(await awaited()).toMatchObject([
    { date: monday, means: 'wechat', ourCount: 1, arrived: false, reconciled: false },
  ])

  counter.clock.advance(day)
  await counter.restart()
  // Nothing can be booked while no day is open.
  await take('2026-11-23 09:00:10,w1,90.00,T1\n2026-11-23 11:00:00,w2,88.00,T1', { date: monday })
  const reconciled = await reconcile(monday)
  expect(reconciled).toMatchObject({ date: monday, state: 'closed' })
  expect(reconciled.differences.map(({ kind }) => kind).sort()).toEqual(['amount-differs', 'theirs-only'])
  expect(await awaited()).toMatchObject([{ arrived: true, reconciled: true, openDifferences: 2 }])
  const settle = (kind: string, resolution: 'follow-statement' | 'unknown-receipt') =>
    counter.call(
      SettleDifference,
      {
        requestId: id(),
        differenceId: reconciled.differences.find((one) => one.kind === kind)?.differenceId ?? '',
        resolution,
      },
      'cashier',
    )
  await expect(settle('amount-differs', 'follow-statement')).rejects.toThrow('请先开班')
  await counter.openShift(yuan(500))
  await settle('amount-differs', 'follow-statement')
  await settle('theirs-only', 'unknown-receipt')
  expect(await awaited()).toEqual([])
  expect(
    counter.query(`SELECT DISTINCT business_date AS day FROM journal_entries WHERE kind = 'channel-difference'`),
  ).toEqual([{ day: '2026-11-24' }])
  expect(counter.balance('wechat')).toBe(17_800)
  // What is settled for Monday neither stands in the way of Tuesday nor counts as its own.
  const tuesday = await counter.call(CloseDraft, {}, 'cashier')
  expect([tuesday.date, tuesday.differences, tuesday.statements[0]?.imported]).toEqual(['2026-11-24', [], []])
})

test('a wrong bill is taken out again, another day’s is refused, and a day that settled with the channel stays closed', async () => {
  await closeMonday()
  counter.clock.advance(day)
  await counter.openShift(yuan(500))
  await expect(take('2026-11-24 09:00:00,w9,1.00,T1', { date: monday })).rejects.toThrow('要对账的营业日是 2026-11-23')
  const state = await take('2026-11-23 09:00:00,other,1.00,T1', { date: monday })
  const statementId = state.statements[0]?.imported[0]?.statementId ?? ''
  await counter.call(RemoveStatement, { requestId: id(), statementId }, 'cashier')
  await take('2026-11-23 09:00:00,w1,100.00,T1', { date: monday })
  await reconcile(monday)
  expect(await awaited()).toEqual([])
  await expect(take('2026-11-23 09:00:00,p1,1.00,T1', { date: monday, means: 'pos' })).rejects.toThrow('不能再对账')
})

test('a bill that has come cannot be declared never to come: what it does not show stays to be settled', async () => {
  await closeMonday()
  counter.clock.advance(day)
  await counter.openShift(yuan(500))
  const declare = () =>
    counter.call(DeclareNoStatement, { requestId: id(), date: monday, means: 'wechat', note: '无' }, 'cashier')
  const state = await take('2026-11-23 09:00:00,other,1.00,T1', { date: monday })
  await reconcile(monday)
  await expect(declare()).rejects.toMatchObject({ failure: { code: 'StatementHasCome' } })
  expect(await awaited()).toMatchObject([{ openDifferences: 2 }])
  const statementId = state.statements[0]?.imported[0]?.statementId ?? ''
  await counter.call(RemoveStatement, { requestId: id(), statementId }, 'cashier')
  await declare()
})

test('the same request again takes nothing in twice', async () => {
  const requestId = id()
  const first = await take('2026-11-23 09:00:00,w1,100.00,T1', { requestId })
  expect(await take('2026-11-23 09:00:00,w1,100.00,T1', { requestId })).toEqual(first)
  expect(counter.query('SELECT count(*) AS n FROM statements')).toEqual([{ n: 1 }])
})

const company = [
  '2026-11-23 09:00:00,w1,100.00,T1',
  ...Array.from({ length: 300 }, (_, i) => `2026-11-23 10:00:00,x${i},5.00,T${2 + i}`),
].join('\n')

test('one line of ours and 300 of other halls: with the terminals known, no difference', async () => {
  await counter.call(ChangeSetting, { key: 'cashier.terminals', value: 'T1；T0' }, 'administrator')
  const state = await take(company)
  expect(state.statements[0]).toMatchObject({
    elsewhere: { count: 300, total: 150_000 },
    imported: [{ lines: 1, total: 10_000 }],
  })
  expect(await reconcile()).toMatchObject({
    differences: [],
    statements: [{ matched: 1, reconciled: true }, {}, {}, {}],
  })
})

test('a line that bears our number is ours under whatever terminal; without terminals the rest is settled at once', async () => {
  await counter.call(ChangeSetting, { key: 'cashier.terminals', value: 'T999' }, 'administrator')
  expect((await take(company)).statements[0]).toMatchObject({ imported: [{ lines: 1 }], elsewhere: { count: 300 } })
  const [one] = (await counter.call(CloseDraft, {}, 'cashier')).statements[0]?.imported ?? []
  await counter.call(RemoveStatement, { requestId: id(), statementId: one?.statementId ?? '' }, 'cashier')
  await counter.call(ChangeSetting, { key: 'cashier.terminals', value: '' }, 'administrator')
  await take(company)
  expect((await reconcile()).differences).toHaveLength(300)
  const state = await counter.call(SettleElsewhere, { requestId: id(), means: 'wechat', note: '城西厅' }, 'cashier')
  expect(new Set(state.differences.map(({ state: of, resolution }) => `${of} ${resolution}`))).toEqual(
    new Set(['settled not-ours']),
  )
  expect(counter.balance('channel-difference')).toBe(0)
})

test('what unknown columns are is said once and kept over a restart', async () => {
  const bytes = Buffer.from('何时,多少,进付,哪笔\n2026-11-23 09:00:00,100.00,来,w1\n2026-11-23 09:01:00,8.00,去,w3\n')
  await expect(take('', { bytes })).rejects.toMatchObject({ failure: { code: 'StatementColumnsUnknown' } })
  const mapping = {
    requestId: id(),
    headings: ['何时', '多少', '进付', '哪笔'],
    columns: { 0: 'time', 1: 'amount', 2: 'direction', 3: 'reference' },
    inWords: ['来'],
    outWords: ['去'],
  } as const
  const incomplete = { ...mapping, requestId: id(), columns: { 0: 'time' } } as const
  await expect(
    counter.call(
      MapStatement,
      { ...incomplete, headings: [...mapping.headings], inWords: [], outWords: [] },
      'cashier',
    ),
  ).rejects.toThrow('须指明时间和金额')
  await counter.call(
    MapStatement,
    { ...mapping, headings: [...mapping.headings], inWords: ['来'], outWords: ['去'] },
    'cashier',
  )
  await counter.restart()
  expect((await take('', { bytes })).statements[0]?.imported).toMatchObject([{ lines: 2, total: 9_200 }])
})

test('a workbook is read as a text is', async () => {
  const { default: exceljs } = await import('exceljs')
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('账单')
  sheet.addRow(['交易明细'])
  sheet.addRow(['交易时间', '参考号', '交易金额(元)', '借贷标志'])
  sheet.addRow([new Date(Date.UTC(2026, 10, 23, 9, 0, 0)), 'w1', 100, '贷']).getCell(1).numFmt = 'yyyy-mm-dd hh:mm:ss'
  sheet.addRow(['合计', '', 100, ''])
  const bytes = new Uint8Array(await book.xlsx.writeBuffer())
  await take('', { bytes, fileName: '账单.xlsx' })
  expect(await reconcile()).toMatchObject({
    differences: [],
    statements: [{ matched: 1, reconciled: true }, {}, {}, {}],
  })
})
