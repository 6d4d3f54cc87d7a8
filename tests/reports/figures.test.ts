/** 欠费、用气量、业务、报修: each figure beside the plainest query or the ledger. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BillReading, CancelBill } from '../../src-main/billing/api.ts'
import { CloseDay } from '../../src-main/cashier/api.ts'
import { balanceOn } from '../../src-main/ledger/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import { seedDemoHall } from '../../src-main/demo/seed.ts'
import { reports } from '../../src-main/reports/service.ts'
import { dayParameters } from '../../src-main/reports/gather.ts'
import { movedSince, openBillsSql } from '../../src-main/reports/arrears.ts'
import { pastSql } from '../../src-main/reports/abnormal.ts'
import { billsSql } from '../../src-main/reports/consumption.ts'
import { submissionsSql } from '../../src-main/reports/submit.ts'
import { periodOf } from '../../src-main/reports/rules.ts'
import { Run, Stop } from '../../src-main/reports/api.ts'
import { id as newRequest, openCounter, yuan, type Counter } from '../cashier/counter.ts'
import { furtherMeter, household, read } from '../billing/household.ts'
import { callAs, employ, openHallWithWorkers, repairCall, ways } from '../workorders/people.ts'
import { Issue, Take } from '../../src-main/workorders/api.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { id, recordsOf, row, runReport, section, sumOf } from './support.ts'

describe('a hall with two years behind it', () => {
  let hall: TestHall
  beforeAll(async () => {
    hall = await openTestHall({ empty: true })
    await seedDemoHall(hall.hall, undefined, { customers: 120, months: 24, every: 2, seed: 7 })
  })
  afterAll(() => hall.close())
  const query = <Row>(sql: string, ...values: unknown[]): Row[] =>
    hall.hall.environment.sqlite.prepare(sql).all(...values) as Row[]

  test('used what its bills say, by every cut alike, this period and the ones before', async () => {
    const view = await runReport(hall, 'consumption', 'year', '2026-06-01')
    const plain = (from: string, to: string) =>
      query<{ n: number; fen: number }>(
        'SELECT sum(consumption) AS n, sum(amount) AS fen FROM bills WHERE issued_on BETWEEN ? AND ?',
        from,
        to,
      )[0]
    const now = plain('2026-01-01', '2026-11-23')
    for (const cut of ['class', 'plan', 'tier', 'community', 'trend']) {
      expect(section(view, cut).totals, cut).toMatchObject({ consumption: now?.n, amount: now?.fen })
    }
    expect(section(view, 'class').totals).toMatchObject({
      'previous:value': plain('2025-01-01', '2025-12-31')?.n,
      'yearAgo:value': plain('2025-01-01', '2025-12-31')?.n,
      share: 10_000,
    })
    // Month by month beside the same month of the year before.
    expect(row(view, 'trend', '03')['yearAgo:value']).toBe(plain('2025-03-01', '2025-03-31')?.n)
  })

  test('is read week by week as well, and each day of the week opens its own bills', async () => {
    const [busy] = query<{ on: string; n: number }>(
      'SELECT issued_on AS "on", count(*) AS n FROM bills GROUP BY 1 ORDER BY n DESC, 1 LIMIT 1',
    )
    if (!busy) throw new Error('no bills')
    const view = await runReport(hall, 'consumption', 'week', busy.on)
    expect(section(view, 'trend').totals).toMatchObject({ consumption: section(view, 'class').totals?.['consumption'] })
    const weekday = String(new Date(`${busy.on}T00:00:00Z`).getUTCDay())
    expect(row(view, 'trend', weekday)['bills']).toBe(busy.n)
    expect(await recordsOf(hall, view, 'trend', weekday)).toHaveLength(busy.n)
    for (const report of ['business', 'repairs', 'inspections', 'complaints', 'callbacks', 'cash', 'arrears']) {
      expect((await runReport(hall, report, 'week', busy.on)).period.label).toBe(view.period.label)
    }
  })

  test('opens the bills behind a row, and they are all of it', async () => {
    const view = await runReport(hall, 'consumption', 'month', '2026-09-15')
    const [first] = section(view, 'community').rows
    if (!first) throw new Error('no community')
    const records = await recordsOf(hall, view, 'community', first.key)
    expect(sumOf(records, 'consumption')).toBe(first.cells['consumption'])
    expect(records.every(({ link }) => /^\/customers\//.test(link ?? ''))).toBe(true)
  })

  test('owes what the ledger has as receivable, by every cut alike, and names the largest debtors', async () => {
    const view = await runReport(hall, 'arrears', 'day', '2026-11-23')
    const [owed] = query<{ n: number; accounts: number }>(
      'SELECT sum(arrears) AS n, count(*) AS accounts FROM accounts WHERE arrears > 0',
    )
    for (const cut of ['age', 'class', 'community']) expect(section(view, cut).totals?.['amount'], cut).toBe(owed?.n)
    expect(section(view, 'class').totals?.['accounts']).toBe(owed?.accounts)
    expect(row(view, 'check', 'receivable')).toMatchObject({ report: owed?.n, ledger: owed?.n, difference: 0 })
    const [largest] = query<{ id: string; arrears: number }>(
      'SELECT id, arrears FROM accounts ORDER BY arrears DESC LIMIT 1',
    )
    expect(section(view, 'debtors').rows[0]).toMatchObject({
      link: `/customers/${largest?.id}`,
      cells: { amount: largest?.arrears },
    })
    const [band] = section(view, 'age').rows.filter(({ cells }) => Number(cells['bills']) > 2)
    if (!band) throw new Error('nobody owes')
    expect(sumOf(await recordsOf(hall, view, 'age', band.key), 'open')).toBe(band.cells['amount'])
  })

  test('counts openings by the day they were made', async () => {
    const view = await runReport(hall, 'business', 'year', '2024-06-01')
    const [opened] = query<{ n: number }>(`SELECT count(*) AS n FROM accounts WHERE opened_on LIKE '2024-%'`)
    expect(row(view, 'class', 'opened')['total']).toBe(opened?.n)
    expect(section(view, 'trend').totals?.['opened']).toBe(opened?.n)
    expect(await recordsOf(hall, view, 'class', 'opened')).toHaveLength(opened?.n ?? -1)
    expect(section(view, 'class').totals).toBeNull()
  })

  test('a run that is stopped ends at once, and leaves no result', async () => {
    const runId = id()
    const running = hall.call(
      Run,
      { runId, report: 'consumption', kind: 'year', date: '2026-06-01' as never },
      'hall-manager',
    )
    await hall.call(Stop, { requestId: id(), runId }, 'hall-manager')
    await expect(running).rejects.toThrow('ReportStopped')
    expect(query('SELECT 1 FROM report_results WHERE id = ?', runId)).toEqual([])
  })

  test('every query of a drill-down and every walk goes along an index', () => {
    const { sqlite } = hall.hall.environment
    const plan = (sql: string, values: object | unknown[]) =>
      (
        sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(Array.isArray(values) ? values : [values])) as {
          detail: string
        }[]
      )
        .map(({ detail }) => detail)
        .join('\n')
    const day = businessDate('2026-11-23')
    let seen = 0
    hall.transact((context) => {
      // The regulation's are many, and some are registers that are walked whole: see its own test.
      for (const report of reports.filter(({ id: of }) => of !== 'regulation')) {
        for (const { id: of, records } of report.sections) {
          for (const key of of === 'class'
            ? ['opened', 'ignited', 'applied', 'transferred', 'supply-contract']
            : report.id === 'callbacks' && of !== 'caller'
              ? ['repair', 'repair/x', 'complaint', 'complaint/x', 'ignition', 'ignition/x']
              : ['0', 'x']) {
            const found = records?.(key, { context, period: periodOf('month', day) })
            if (!found) continue
            const text = plan(found.sql, {
              ...dayParameters({ cashier: '' }, day, day),
              afterAt: found.by === 'instant' ? -1 : '',
              afterId: '',
              key,
              viewer: 'v',
              limit: 51,
            })
            expect(text, `${report.id} ${of} ${key}`).not.toMatch(/SCAN (?!CONSTANT)|TEMP B-TREE/)
            seen++
          }
        }
      }
    })
    expect(seen).toBeGreaterThan(15)
    const walks = [
      plan(openBillsSql, { account: '', due: '', limit: 10 }),
      plan(billsSql, { date: '', id: '', to: '2026-11-30', limit: 10 }),
      plan(pastSql, ['a', '2026-11-30', 'm']),
      plan(submissionsSql.all, { at: 1, id: 'g', limit: 10 }),
      plan(submissionsSql.ofPeriod, { report: 'cash', kind: 'day', from: '2026-11-23', version: 9, limit: 10 }),
    ]
    for (const text of walks) expect(text).not.toMatch(/SCAN|TEMP B-TREE/)
  })
})

describe('abnormal use', () => {
  test('is listed with the customer behind it: unused for months, risen, fallen, run through', async () => {
    const hall = await openTestHall()
    const use = async (...indexes: number[]) => {
      const made = household(hall, { installedOn: '2026-01-01' })
      for (const [i, index] of indexes.entries()) {
        await read(hall, made.accountId, `2026-${String(i * 2 + 3).padStart(2, '0')}-01`, index)
      }
      return made.accountId
    }
    const zero = await use(30, 30, 30, 30)
    const risen = await use(30, 60, 90, 190)
    const fallen = await use(60, 120, 180, 182)
    const steady = await use(30, 60, 91, 122)
    const { sqlite } = hall.hall.environment
    hall.transact(({ clock }) => {
      // Issued as a run would: one bill for each reading of the last round.
      const rows = sqlite.prepare(`SELECT id, account_id AS a FROM readings WHERE read_on = '2026-09-01'`).all() as {
        id: string
        a: string
      }[]
      for (const [i, { id: readingId, a }] of rows.entries()) {
        sqlite
          .prepare(
            `INSERT INTO bills (id, bill_no, account_id, reading_id, issued_on, due_on, period_from, period_to, consumption,
               amount, state, created_at)
             SELECT ?, ?, ?, id, read_on, read_on, previous_on, read_on, consumption, 0, 'settled', ? FROM readings WHERE id = ?`,
          )
          .run(id(), `ZD${i}`, a, clock.now(), readingId)
      }
    })
    const view = await runReport(hall, 'consumption', 'month', '2026-09-01')
    const listed = (kind: string) => section(view, `abnormal-${kind}`).rows.map(({ key }) => key)
    expect(listed('zero')).toEqual([zero])
    expect(listed('rise')).toEqual([risen])
    expect(listed('fall')).toEqual([fallen])
    expect([listed('estimated'), listed('backwards')]).toEqual([[], []])
    expect(JSON.stringify(view.sections.filter(({ id: of }) => of.startsWith('abnormal-')))).not.toContain(steady)
    expect(row(view, 'abnormal', 'zero')['accounts']).toBe(1)
    expect(section(view, 'abnormal-zero').rows[0]).toMatchObject({
      link: `/customers/${zero}`,
      cells: { since: '2026-03-01', category: '居民' },
    })
    await hall.close()
  })

  test('goes by each meter of a household: one at rest is found beside one in use', async () => {
    const hall = await openTestHall()
    const home = household(hall, { installedOn: '2026-01-01' })
    const rested = furtherMeter(hall, home)
    let billId = ''
    for (const [on, index] of [
      ['2026-03-01', 30],
      ['2026-05-01', 60],
      ['2026-07-01', 90],
      ['2026-09-01', 120],
    ] as const) {
      await read(hall, home.accountId, on, index, home.meterId)
      const readingId = await read(hall, home.accountId, on, 5, rested)
      billId = (await hall.call(BillReading, { requestId: id(), readingId }, 'cashier')).billId
    }
    hall.transact(({ sqlite }) => sqlite.prepare(`UPDATE bills SET issued_on = '2026-09-01' WHERE id = ?`).run(billId))
    const view = await runReport(hall, 'consumption', 'month', '2026-09-01')
    const [found, ...more] = section(view, 'abnormal-zero').rows
    expect(more).toEqual([])
    const [{ no } = { no: '' }] = hall.hall.environment.sqlite
      .prepare<[string], { no: string }>('SELECT meter_no AS no FROM meters WHERE id = ?')
      .all(rested)
    expect(found).toMatchObject({ link: `/customers/${home.accountId}`, cells: { meterNo: no, since: '2026-03-01' } })
    expect(section(view, 'abnormal-fall').rows).toEqual([])
    await hall.close()
  })
})

describe('arrears of a day that has passed', () => {
  test('are what the books had that day, whatever was paid, reversed, cancelled and billed since', async () => {
    const hall: Counter = await openCounter()
    const on = (date: string) => runReport(hall, 'arrears', 'day', date)
    const booked = (date: string) => hall.transact((context) => balanceOn(context, 'receivable', businessDate(date)))
    const closeToday = async () => {
      const [{ n: drawer = fen(0) } = {}] = hall.query<{ n: never }>(
        `SELECT coalesce(sum(debit) - sum(credit), 0) AS n FROM journal_lines WHERE account = 'cash-drawer'`,
      )
      await hall.closeShiftAndCount(drawer)
      await hall.call(CloseDay, { requestId: newRequest(), date: today() as never }, 'cashier')
      hall.clock.set(hall.clock.now() + 86_400_000)
    }
    const today = () => new Date(hall.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10)

    await hall.openShift(yuan(500))
    const [a, b, c] = [await hall.owing(20, 30), await hall.owing(40), await hall.owing(25)]
    const paid = await hall.pay(a.accountId)
    await closeToday()
    await hall.openShift(yuan(500))
    await hall.reverse(paid.paymentId)
    await hall.pay(b.accountId)
    const [bill] = hall.query<{ id: string }>('SELECT id FROM bills WHERE account_id = ?', c.accountId)
    await hall.call(CancelBill, { requestId: newRequest(), billId: bill?.id ?? '', reason: '错' }, 'hall-manager')
    await closeToday()
    await hall.openShift(yuan(500))
    await hall.owing(15)
    await hall.pay(a.accountId)

    const seen = new Set<unknown>()
    for (const date of ['2026-11-23', '2026-11-24', '2026-11-25']) {
      const view = await on(date)
      expect(section(view, 'age').totals?.['amount'], date).toBe(booked(date))
      expect(row(view, 'check', 'receivable')['difference'], date).toBe(0)
      seen.add(booked(date))
    }
    // Three different days, or the test would prove nothing.
    expect(seen.size).toBe(3)
    const pages = (size: number) =>
      Array.from(movedSince(hall.hall.environment.sqlite, businessDate('2026-11-22'), size)).filter(
        (rows) => rows.length > 0,
      )
    expect(pages(1).length).toBe(4)
    expect(pages(1).flat()).toEqual(pages(100).flat())
    expect(
      pages(100)
        .flat()
        .filter(({ open }) => Number(open) < 0).length,
      'the reversal',
    ).toBeGreaterThan(0)
    expect(section(await on('2026-11-24'), 'age').totals?.['previous:value']).toBe(booked('2026-11-23'))
    await hall.close()
  })
})

describe('work orders', () => {
  test('count by kind, person and time: late ones and reopened ones are named', async () => {
    const hall = await openHallWithWorkers()
    const zhao = await employ(hall, {
      staffNo: '6001',
      name: '赵师傅',
      roles: ['clerk'],
      certificates: ['maintenance'],
    })
    await employ(hall, { staffNo: '6002', name: '钱回访', roles: ['clerk'], certificates: ['callback'] })
    const hour = 3_600_000
    const order = async (hours: number) => {
      const { orderId } = await callAs(hall, 'clerk', Take, repairCall())
      const way = ways(hall, orderId)
      if ((await stateOf(orderId)) === 'reported') await callAs(hall, 'dispatcher', Issue, { requestId: id(), orderId })
      await way.assign(zhao)
      await way.work('accept')
      await way.work('arrive')
      hall.clock.set(hall.clock.now() + hours * hour)
      await way.work('handle')
      await way.work('repair')
      return { orderId, way }
    }
    const stateOf = (orderId: string) =>
      Promise.resolve(
        (
          hall.hall.environment.sqlite.prepare('SELECT state FROM workorders WHERE id = ?').get(orderId) as {
            state: string
          }
        ).state,
      )
    await order(1)
    const late = await order(7)
    const again = await order(1)
    await again.way.verify('hall-manager')
    await again.way.callBack('6002', 'dissatisfied')
    await callAs(hall, 'clerk', Take, repairCall({ kind: 'consultation', symptom: 'question' }))
    const view = await runReport(hall, 'repairs', 'day', '2026-11-23')
    expect(row(view, 'kind', 'repair')).toMatchObject({
      total: 3,
      handleDue: 2,
      handledInTime: 1,
      handleRate: 5_000,
      repairDue: 2,
      repairedInTime: 2,
      repairRate: 10_000,
      reopened: 1,
    })
    expect(row(view, 'kind', 'consultation')).toMatchObject({ total: 1, handleDue: 0, handleRate: null })
    expect(row(view, 'person', zhao)).toMatchObject({ assignee: '赵师傅', total: 2 })
    expect(section(view, 'late').rows.map(({ key }) => key)).toEqual([late.orderId])
    expect(section(view, 'reopened').rows.map(({ key, link }) => [key, link])).toEqual([
      [again.orderId, `/workorders/${again.orderId}`],
    ])
    expect(await recordsOf(hall, view, 'kind', 'repair')).toHaveLength(3)
    await hall.close()
  })
})
