/** 上报: frozen, numbered, carried by the outbox, corrected only by a new version that names the old. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CloseDay } from '../../src-main/cashier/api.ts'
import { Due, Submission, Submissions, Submit, type ReportView } from '../../src-main/reports/api.ts'
import { UploadNow } from '../../src-main/sync/api.ts'
import { actorOf, type CallFailed } from '../support/hall.ts'
import { openConnectedHall, type ConnectedHall } from '../sync/support.ts'
import { openCounter, yuan } from '../cashier/counter.ts'
import { id, runReport, section } from './support.ts'

const dayMs = 86_400_000
let hall: ConnectedHall
beforeEach(async () => void (hall = await openConnectedHall()))
afterEach(() => hall.close())

const submit = ({ resultId }: ReportView, more: { replacesId?: string; reason?: string } = {}) =>
  hall.call(Submit, { requestId: id(), resultId, ...more }, 'hall-manager')
const october = (report = 'consumption') => runReport(hall, report, 'month', '2026-10-10')
const rows = () => hall.query<{ id: string }>('SELECT id FROM report_submissions')

describe('a period that is over', () => {
  test('is submitted once, frozen with its hash, and 待上报 until headquarters has it', async () => {
    const view = await october()
    const { submissionId, number, version } = await submit(view)
    expect([number.slice(0, 2), version]).toEqual(['BB', 1])
    await expect(submit(await october())).rejects.toThrow(`AlreadySubmitted: 2026年10月已由 ${number} 上报`)
    const before = await hall.call(Submission, { submissionId }, 'hall-manager')
    expect(before).toMatchObject({
      state: 'waiting',
      intact: true,
      version: 1,
      submittedBy: '李主任',
      title: '用气量报表',
    })
    expect(before.content).toEqual(view)
    expect((await hall.call(Due, {}, 'hall-manager')).waiting).toBe(1)

    await hall.call(UploadNow, {}, 'hall-manager')
    expect((await hall.call(Submission, { submissionId }, 'hall-manager')).state).toBe('received')
    expect((await hall.call(Due, {}, 'hall-manager')).waiting).toBe(0)
    // The very content arrived, and nothing of the results that stay on this PC.
    const there = (table: string) =>
      hall.receiver.store.sqlite
        .prepare(`SELECT data FROM hall_${table}`)
        .all()
        .map((row) => JSON.parse((row as { data: string }).data) as { id: string; content: string; hash: string })
    const sent = there('report_submissions')
    expect(sent.map(({ id: one, hash }) => [one, hash])).toEqual([[submissionId, before.hash]])
    expect(JSON.parse(sent[0]?.content ?? '')).toEqual(view)
    expect(() => there('report_results')).toThrow('no such table')
    expect(hall.receiver.violations()).toEqual([])
    await hall.restart()
    expect((await hall.call(Submission, { submissionId }, 'hall-manager')).state).toBe('received')
  })

  test('a first one has nothing to correct: a reason is refused in words, and nothing is written', async () => {
    const failure = await submit(await october(), { reason: '补录账单' }).catch((error: CallFailed) => error.failure)
    expect(failure).toMatchObject({ code: 'InvalidInput', field: 'reason' })
    expect(rows()).toEqual([])
  })

  test('cannot be altered below the service, nor removed', async () => {
    await submit(await october())
    const { sqlite } = hall.hall.environment
    for (const sql of [
      `UPDATE report_submissions SET content = '{}'`,
      `UPDATE report_submissions SET hash = hash`,
      'DELETE FROM report_submissions',
    ]) {
      expect(() => sqlite.exec(sql)).toThrow('append-only')
    }
    expect(rows()).toHaveLength(1)
  })

  test('is corrected only by a new version with a reason that names the newest', async () => {
    const first = await submit(await october())
    const view = await october()
    await expect(submit(view, { replacesId: first.submissionId })).rejects.toThrow('请填写更正原因')
    const second = await submit(view, { replacesId: first.submissionId, reason: '补录账单' })
    expect(second.version).toBe(2)
    await expect(submit(await october(), { replacesId: first.submissionId, reason: '又' })).rejects.toThrow('NotNewest')
    const { rows: versions } = await hall.call(
      Submissions,
      { of: { report: 'consumption', kind: 'month', date: '2026-10-31' as never } },
      'hall-manager',
    )
    expect(versions.map((one) => [one.version, one.replaced, one.replacesNumber, one.reason])).toEqual([
      [2, false, first.number, '补录账单'],
      [1, true, null, ''],
    ])
    const insert = hall.hall.environment.sqlite.prepare(
      `INSERT INTO report_submissions SELECT ?, 'X', report, period_kind, period_from, period_to, ?, ?, '再更正', content, sights, hash,
         submitted_at, submitted_by_id, submitted_by FROM report_submissions WHERE id = ?`,
    )
    // Another version 2, one that names an older one, one that skips.
    for (const [version, replaces] of [
      [2, first.submissionId],
      [3, first.submissionId],
      [4, second.submissionId],
    ]) {
      expect(() => insert.run(id(), version, replaces, second.submissionId)).toThrow()
    }
    expect(rows()).toHaveLength(2)
  })

  test('one request has one effect', async () => {
    const view = await october()
    const request = { requestId: id(), resultId: view.resultId }
    const first = await hall.call(Submit, request, 'hall-manager')
    expect(await hall.call(Submit, request, 'hall-manager')).toEqual(first)
    expect(rows()).toHaveLength(1)
  })

  test('only those who answer for it submit it, and only those who may read it see it', async () => {
    const view = await october()
    for (const as of ['cashier', 'dispatcher', 'clerk'] as const) {
      await expect(hall.call(Submit, { requestId: id(), resultId: view.resultId }, as)).rejects.toThrow('NotAllowed')
    }
    const { submissionId } = await submit(view)
    await expect(hall.call(Submission, { submissionId }, 'dispatcher')).rejects.toThrow('NotAllowed')
    expect((await hall.call(Submissions, {}, 'dispatcher')).rows).toEqual([])
    await submit(await october('repairs'))
    expect((await hall.call(Submissions, {}, 'dispatcher')).rows).toHaveLength(1)
    expect((await hall.call(Submissions, {}, 'cashier')).rows).toEqual([])
  })
})

describe('what is not submitted', () => {
  test('a period that still runs, also past the service', async () => {
    await expect(submit(await runReport(hall, 'consumption', 'month', '2026-11-01'))).rejects.toThrow('PeriodNotOver')
    expect(() =>
      hall.transact(({ sqlite }) =>
        sqlite
          .prepare(
            `INSERT INTO report_submissions VALUES ('a', 'B', 'consumption', 'month', '2026-11-01', '2026-11-30', 1, NULL, '', '{}', '{}', ?, 1, 'a', 'b')`,
          )
          .run('0'.repeat(64)),
      ),
    ).toThrow('not over')
  })
  test('a period with a business day that is still open, though the calendar is past it', async () => {
    hall.book(100)
    hall.clock.set(hall.clock.now() + 30 * dayMs)
    await expect(submit(await runReport(hall, 'cash', 'month', '2026-11-01'))).rejects.toThrow('PeriodNotOver')
  })
  test('a result made before the period was over, or more than an hour ago', async () => {
    const early = await runReport(hall, 'consumption', 'month', '2026-11-01')
    hall.clock.set(Date.parse('2026-12-01T00:10:00+08:00'))
    await expect(submit(early)).rejects.toThrow(/ResultGone|PeriodNotOver/)
    const old = await runReport(hall, 'consumption', 'month', '2026-11-01')
    hall.clock.set(hall.clock.now() + 3_600_001)
    await expect(submit(old)).rejects.toThrow('ResultGone')
    hall.clock.set(hall.clock.now() + dayMs)
    const fresh = await runReport(hall, 'consumption', 'month', '2026-11-01')
    expect((await submit(fresh)).version).toBe(1)
    // Results of yesterday have been let go.
    expect(hall.query('SELECT 1 FROM report_results')).toHaveLength(1)
  })
  test('a kind of report that does not go up', async () => {
    await expect(submit(await runReport(hall, 'consumption', 'day', '2026-11-20'))).rejects.toThrow(
      'ReportNotSubmitted',
    )
  })
})

test('the day of the cash desk goes up as soon as it is closed, and not before', async () => {
  const counter = await openCounter()
  await counter.openShift(yuan(500))
  await counter.pay((await counter.owing(20)).accountId)
  const cash = () => runReport(counter, 'cash', 'day', '2026-11-23')
  const send = async ({ resultId }: ReportView) => counter.call(Submit, { requestId: id(), resultId }, 'hall-manager')
  const early = await cash()
  await expect(send(early)).rejects.toThrow('PeriodNotOver')
  const [drawer] = counter.query<{ n: never }>(
    `SELECT sum(debit) - sum(credit) AS n FROM journal_lines WHERE account = 'cash-drawer'`,
  )
  counter.clock.set(counter.clock.now() + 60_000)
  await counter.closeShiftAndCount(drawer?.n ?? (0 as never))
  await counter.call(CloseDay, { requestId: id(), date: '2026-11-23' as never }, 'cashier')
  await expect(send(early)).rejects.toThrow('PeriodNotOver')
  counter.clock.set(counter.clock.now() + 60_000)
  expect((await send(await cash())).version).toBe(1)
  await counter.close()
})

describe('what is due', () => {
  test('is every period since the hall began; overdue once its last day has passed; gone when submitted', async () => {
    const due = () => hall.call(Due, {}, 'hall-manager')
    expect((await due()).rows).toEqual([])
    hall.clock.set(Date.parse('2026-12-05T10:00:00+08:00'))
    const titles = (await due()).rows.map(({ title, label, dueOn, overdueDays }) => [title, label, dueOn, overdueDays])
    expect(titles).toEqual(
      ['收费报表', '欠费报表', '用气量报表', '业务报表', '报修报表', '安检报表', '投诉报表', '回访报表'].map(
        (title) => [title, '2026年11月', '2026-12-05', 0],
      ),
    )
    hall.clock.set(Date.parse('2026-12-06T10:00:00+08:00'))
    expect((await due()).overdue).toBe(8)
    await submit(await runReport(hall, 'repairs', 'month', '2026-11-01'))
    expect(await due()).toMatchObject({ overdue: 7, waiting: 1 })
    hall.set('reports.dueDaysMonth', 10)
    expect((await due()).overdue).toBe(0)
    hall.set('reports.since', '2026-09-01')
    expect((await due()).rows.filter(({ title }) => title === '报修报表').map(({ label }) => label)).toEqual([
      '2026年9月',
      '2026年第3季度',
      '2026年10月',
    ])
  })

  test('weekly reports are owed only where the company asks for them', async () => {
    hall.clock.set(Date.parse('2026-12-02T10:00:00+08:00'))
    const weeks = async () =>
      (await hall.call(Due, {}, 'hall-manager')).rows
        .filter(({ kind, title }) => kind === 'week' && title === '报修报表')
        .map(({ label, dueOn, overdueDays }) => [label, dueOn, overdueDays])
    expect(await weeks()).toEqual([])
    hall.set('reports.weekly', 'required')
    expect(await weeks()).toEqual([['2026年11月23日至29日', '2026-12-01', 1]])
    await submit(await runReport(hall, 'repairs', 'week', '2026-11-25'))
    expect(await weeks()).toEqual([])
  })

  test('the windows hear of it by themselves', async () => {
    await hall.hall.scheduler.runNow('reports.due')
    hall.events.length = 0
    await hall.hall.scheduler.runNow('reports.due')
    expect(hall.events).toEqual([])
    hall.clock.set(Date.parse('2026-12-06T10:00:00+08:00'))
    await hall.hall.scheduler.runNow('reports.due')
    expect(hall.events).toContainEqual({ event: 'changed', data: { room: 'reports' } })
  })
})

describe('on paper', () => {
  const words = (html: string) =>
    html
      .replaceAll(/<style>.*?<\/style>/gs, '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
  test('a draft says so; a submission has number, version and hash; a second copy says 补打', async () => {
    const view = await october()
    const draft = await hall.paper({ kind: 'report', id: view.resultId }, 'administrator')
    expect(words(draft.html)).toContain('No. 草稿')
    expect([draft.title, draft.sheet]).toEqual(['用气量报表', { width: 210_000, height: 297_000, landscape: true }])
    const { submissionId, number } = await submit(view)
    const printed = () => hall.print({ requestId: id(), kind: 'report', id: submissionId, how: 'pdf' }, 'hall-manager')
    const paper = words((await printed()).html)
    for (const part of [number, '2026年10月', '第 1 版', '956100', '制表：李主任', '按客户类别', '合计']) {
      expect(paper).toContain(part)
    }
    expect(words((await printed()).html)).toContain('补打')
    const folder = process.env['HALL_PICTURES']
    if (folder) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'report.html'), (await printed()).html)
    }
  })
  test('is for those alone who may read the report; an administrator gets no receipt by it', async () => {
    const { resultId } = await october()
    for (const as of ['cashier', 'clerk', 'dispatcher'] as const) {
      await expect(hall.paper({ kind: 'report', id: resultId }, as)).rejects.toThrow('NotAllowed')
    }
    await expect(hall.paper({ kind: 'receipt', id: id() }, 'administrator')).rejects.toThrow('NotAllowed')
    const own = await runReport(hall, 'cash', 'day', '2026-11-23', 'cashier')
    expect((await hall.paper({ kind: 'report', id: own.resultId }, 'cashier')).title).toBe('收费报表')
    await expect(hall.paper({ kind: 'report', id: own.resultId }, 'hall-manager')).rejects.toThrow('NotAllowed')
    expect(own.madeBy).toBe(actorOf('cashier').name)
    expect(section(own, 'check').rows.every(({ cells }) => cells['difference'] === 0)).toBe(true)
  })
})
