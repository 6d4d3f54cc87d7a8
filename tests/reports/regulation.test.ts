/** 规章执行情况: each sub-item of the regulation before the records that show it was kept. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RevealComplainant } from '../../src-main/complaints/api.ts'
import { seedDemoHall } from '../../src-main/demo/seed.ts'
import { Submit, Submission } from '../../src-main/reports/api.ts'
import { citeOf, placeOf } from '../../src-main/reports/evidence/clauses.ts'
import { countSql, recordsSql } from '../../src-main/reports/evidence/evidence.ts'
import { evidence } from '../../src-main/reports/regulation.ts'
import { duePeriods } from '../../src-main/reports/service.ts'
import { carried } from '../../src-renderer/regulation/carried.ts'
import { clauses } from '../../src-renderer/regulation/regulation.ts'
import { actorOf, openTestHall, type CallFailed, type TestHall } from '../support/hall.ts'
import { id, recordsOf, row, runReport, section } from './support.ts'

test('is cited and ordered as the text is, and its second articles of one number too', () => {
  for (const { id: clause, cite } of clauses) expect(cite, clause).toContain(citeOf(clause))
  const order = clauses.map(({ id: clause }) => clause)
  expect(order.toSorted((a, b) => placeOf(a) - placeOf(b))).toEqual(order)
})

test('every sub-item that the program carries has a record that shows it, and none that does not exist', () => {
  const shown = new Set(evidence.flatMap((one) => one.clauses))
  const due = Object.entries(carried).flatMap(([clause, entry]) => ('none' in entry ? [] : [clause]))
  expect(due.filter((clause) => !shown.has(clause))).toEqual([])
  expect([...shown].filter((clause) => !due.includes(clause))).toEqual([])
  expect(new Set(evidence.map((one) => one.id)).size).toBe(evidence.length)
  // Only what can lack something says what.
  expect(evidence.filter(({ lack, missing }) => (lack === undefined) !== (missing === undefined))).toEqual([])
})

describe('a hall with a year behind it', () => {
  let hall: TestHall
  beforeAll(async () => {
    hall = await openTestHall({ empty: true })
    await seedDemoHall(hall.hall, undefined, { customers: 120, months: 14, every: 2, seed: 7 })
  })
  afterAll(() => hall.close())

  test('counts what it lists, sub-item by sub-item, over a year and a month', async () => {
    for (const kind of ['year', 'month'] as const) {
      const view = await runReport(hall, 'regulation', kind, '2026-09-15')
      const rows = section(view, 'clauses').rows
      expect(rows.length).toBeGreaterThan(100)
      const seen = new Set<string>()
      for (const { key, cells } of rows) {
        const [, name = ''] = key.split(':')
        if (seen.has(name) || Number(cells['records']) > 300) continue
        seen.add(name)
        const listed = await recordsOf(hall, view, 'clauses', key)
        const one = evidence.find((found) => found.id === name)
        if (one?.held === undefined) expect(listed.length, key).toBe(cells['records'])
        const states = listed.map((record) => String(record.cells['state']))
        expect(states.filter((state) => state.includes('逾期')).length, key).toBe(cells['overdue'])
        expect(states.filter((state) => one?.lack !== undefined && state.includes(one.lack)).length, key).toBe(
          cells['missing'],
        )
        expect(listed.every(({ link }) => link?.startsWith('/'))).toBe(true)
      }
      expect(seen.size).toBeGreaterThan(30)
    }
  })

  test('shows nobody a list that its own room keeps from them', async () => {
    const view = await runReport(hall, 'regulation', 'year', '2026-09-15', 'dispatcher')
    for (const [key, one] of [
      ['29:penalties', 'staff.merits'],
      ['12:exams', 'staff.exams'],
      ['25(3):reveals', 'access.auditLog'],
      ['25(4):backups', 'backup.list'],
    ] as const) {
      expect(row(view, 'clauses', key)['records'], one).toBeGreaterThanOrEqual(0)
      const refused = await recordsOf(hall, view, 'clauses', key, 'dispatcher').catch(
        (error: CallFailed) => error.failure,
      )
      expect(refused, one).toMatchObject({ code: 'NotAllowed' })
      await recordsOf(hall, view, 'clauses', key, 'administrator')
    }
    await recordsOf(hall, view, 'clauses', '18(1):orders', 'dispatcher')
  })

  test('shows nobody a trace of what is concealed from them: log, prints, samples', async () => {
    const { sqlite } = hall.hall.environment
    const complaint = sqlite.prepare('SELECT id FROM complaints LIMIT 1').pluck().get() as string
    const manager = actorOf('hall-manager').id
    const view = await runReport(hall, 'regulation', 'year', '2026-09-15')
    const seen = async (key: string) => (await recordsOf(hall, view, 'clauses', key)).map(({ key: of }) => of)
    const keys = ['25(3):reveals', '10(3):papers'] as const
    await hall.call(RevealComplainant, { complaintId: complaint, reason: '核对来电' }, 'clerk')
    hall.transact(({ sqlite: db }) => {
      db.prepare(
        `INSERT INTO printings (id, kind, paper_id, number, how, copy_no, reprint, copies, printer, till, at, actor_id, by)
         VALUES (?, 'complaint', ?, 'T1', 'pdf', 1, 0, 1, '', '01', ?, 'x', 'x')`,
      ).run(id(), complaint, Date.parse('2026-09-15T10:00:00+08:00'))
    })
    const before = await Promise.all(keys.map(seen))
    hall.transact(({ sqlite: db }) => {
      db.prepare('INSERT INTO hidden_events (subject, staff_id) VALUES (?, ?)').run(`complaint:${complaint}`, manager)
    })
    const after = await Promise.all(keys.map(seen))
    expect(after.map((list) => list.length)).toEqual(before.map((list) => list.length - 1))
    // The demo draws none.
    const samples = evidence.filter(({ rows }) => rows.includes('followup_samples'))
    expect(samples.map((one) => recordsSql(one).sql.includes('complaint_parties'))).toEqual([true])
  })

  test('says what is overdue as the other reports do', async () => {
    const view = await runReport(hall, 'regulation', 'year', '2026-09-15')
    const repairs = await runReport(hall, 'repairs', 'year', '2026-09-15')
    const orders = row(view, 'clauses', '18(3):orders')
    const totals = section(repairs, 'kind').totals
    expect(orders['records']).toBe(totals?.['total'])
    const late = section(repairs, 'late').found
    expect(orders['overdue']).toBe(late)
    const complaints = section(await runReport(hall, 'complaints', 'year', '2026-09-15'), 'class').totals
    expect(row(view, 'clauses', '20(1):complaints')).toMatchObject({
      records: complaints?.['total'],
      overdue: Number(complaints?.['replyDue']) - Number(complaints?.['repliedInTime']),
    })
  })

  test('walks no large table of years for a week of it', () => {
    const { sqlite } = hall.hall.environment
    const values = { from: '', to: '', fromAt: 1, beforeAt: 2, now: 2, today: '', weekAgo: '', viewer: '', key: '' }
    const planOf = (sql: string) =>
      (
        sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all({ ...values, afterAt: 1, afterId: '', limit: 9 }) as {
          detail: string
        }[]
      )
        .map(({ detail }) => detail)
        .join('\n')
    for (const one of evidence.filter(({ whole, standing }) => !whole && !standing))
      for (const sql of [countSql(one), recordsSql(one).sql])
        expect(planOf(sql), one.id).not.toMatch(/SCAN (?!CONSTANT)|TEMP B-TREE FOR (?!LAST)/)
  })

  test('is frozen with its figures once the period is over, and nobody is reminded of it', async () => {
    expect(duePeriods(hall.hall.environment).some(({ report }) => report === 'regulation')).toBe(false)
    const view = await runReport(hall, 'regulation', 'month', '2026-09-15')
    const { submissionId } = await hall.call(
      Submit,
      { requestId: id(), resultId: view.resultId, replacesId: null, reason: '' },
      'hall-manager',
    )
    const frozen = await hall.call(Submission, { submissionId }, 'hall-manager')
    expect(frozen.content.sections).toEqual(view.sections)
  })
})
