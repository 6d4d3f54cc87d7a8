/** Whoever is complained of learns nothing of it (clause 20), whatever post they hold and whatever they ask for. */
import { afterEach, describe, expect, test } from 'vitest'
import { AuditLog, VerifyAudit } from '../../src-main/access/api.ts'
import { Begin, Detail as CardDetail, Periods, Records as CardRecords } from '../../src-main/appraisal/api.ts'
import { Candidates } from '../../src-main/complaints/api.ts'
import { Printings } from '../../src-main/notices/api.ts'
import { roles, type Role } from '../../src-main/platform/contract.ts'
import { Entry, RecordEntry } from '../../src-main/registers/api.ts'
import { Result, Submission, Submit, type ReportView } from '../../src-main/reports/api.ts'
import { openOne } from '../customers/support.ts'
import { recordsOf, runReport } from '../reports/support.ts'
import { idsIn, inputs, mayCall, reads, shapeOf, takesId } from '../support/every-read.ts'
import { actorOf, type TestHall } from '../support/hall.ts'
import { callAs, certify, repairCall, req } from '../workorders/people.ts'
import { Take as TakeOrder } from '../../src-main/workorders/api.ts'
import { clerk, complaint, dispatcher, hands, manager, openHallForComplaints, take } from './people.ts'

let hall: TestHall
afterEach(() => hall.close())

/** What counts the rows of the whole database, whoever made them and whatever they are about. */
const countsAll = ['sync.status', 'sync.history', 'access.chainState', 'backup.state', 'machine.state']

/** Everything this role can read, by call and input. */
async function everything(as: Role, ids: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const definition of reads.filter((one) => one.audited !== true && mayCall(one).includes(as))) {
    const shape = shapeOf(definition)
    for (const id of takesId(definition) ? ids : [ids[0] ?? '']) {
      for (const input of inputs(shape, id)) {
        const reply = await hall.hall.handle({ id: 1, call: definition.name, input, session: as })
        found.set(`${definition.name} ${JSON.stringify(input)}`, JSON.stringify(reply.ok ? reply.output : reply.error))
      }
    }
  }
  return found
}

/** Who takes, investigates and answers when `accused` may not. */
const helper = (accused: Role, ...able: Role[]): Role => able.find((role) => role !== accused) ?? 'clerk'

test.each(roles)('a %s complained of reads the same as before, in every room and on every list', async (accused) => {
  hall = await openHallForComplaints()
  for (const id of [clerk, dispatcher]) await certify(hall, id, 'callback', '2027-11-22')
  const opened = openOne(hall, 1)
  const { orderId } = await callAs(hall, 'clerk', TakeOrder, repairCall({ accountId: opened.accountId }))
  const ids = [...idsIn(hall, 3), orderId]
  const before = await everything(accused, ids)

  const taker = helper(accused, 'clerk', 'cashier')
  const leader = helper(accused, 'dispatcher', 'hall-manager')
  const about = complaint({
    accountId: opened.accountId,
    complainantName: '郑独一',
    content: '言语粗暴独一无二',
    staffIds: [actorOf(accused).id],
    subject: { kind: 'workorder', id: orderId },
  })
  const { complaintId, complaintNo } = await take(hall, about, taker)
  const way = hands(hall, complaintId)
  const look = async (when: string) => {
    const after = await everything(accused, [...ids, complaintId])
    for (const [asked, answer] of after) {
      for (const told of [complaintNo, complaintId, '郑独一', '独一无二'])
        if (!asked.includes(complaintId)) expect(answer.includes(told), `${when}: ${asked} tells ${told}`).toBe(false)
      if (asked.startsWith('access.auditLog') || countsAll.some((name) => asked.startsWith(`${name} `))) continue
      if (before.has(asked)) expect(answer, `${when}: ${asked}`).toBe(before.get(asked))
    }
    const { rows: printed } =
      accused === 'administrator' ? { rows: [] } : await callAs(hall, accused, Printings, { page: {} })
    expect(printed.filter(({ kind }) => kind === 'complaint')).toEqual([])
    if (accused !== 'hall-manager' && accused !== 'administrator') return
    for (const subject of [null, `complaint:${complaintId}`, `paper:complaint:${complaintId}`]) {
      const { rows } = await callAs(hall, accused, AuditLog, { subject, size: 200 })
      const named = JSON.stringify(rows)
      for (const told of ['complaints.', complaintNo, complaintId]) expect(named.includes(told), told).toBe(false)
    }
  }
  await look('taken')
  const investigator = helper(accused, 'clerk', 'cashier')
  await way.assign(actorOf(investigator).id, leader)
  await way.investigate(investigator)
  await hall.print(
    { requestId: req(), kind: 'complaint', id: complaintId, how: 'printer' },
    helper(accused, 'clerk', 'hall-manager'),
  )
  await way.reply(investigator)
  await look('answered')
  await way.callBack(accused === 'hall-manager' ? 'dispatcher' : 'hall-manager')
  await way.close(leader)
  await look('closed')
  // Somebody else reads all of it.
  const other = accused === 'hall-manager' ? 'administrator' : 'hall-manager'
  const { rows } = await callAs(hall, other, AuditLog, { subject: `complaint:${complaintId}` })
  expect(rows.length).toBeGreaterThanOrEqual(5)
})

const leading: readonly Role[] = ['dispatcher', 'hall-manager', 'administrator']
describe.each(leading)('a %s complained of counts what he may see', (accused) => {
  /** Who works on a complaint against the accused, and reads all of it. */
  const leader: Role = accused === 'hall-manager' ? 'dispatcher' : 'hall-manager'
  const other: Role = accused === 'hall-manager' ? 'administrator' : 'hall-manager'

  /** Three complaints of which one is called back; then maybe one against the accused, called back too. */
  async function hallWith(against: boolean): Promise<TestHall> {
    const opened = await openHallForComplaints()
    hall = opened
    for (const id of [clerk, dispatcher]) await certify(hall, id, 'callback', '2027-11-22')
    const answered = async (staffIds: string[]) => {
      const { complaintId } = await take(hall, complaint({ staffIds }), 'cashier')
      const way = hands(hall, complaintId)
      await way.assign(clerk, leader)
      await way.investigate()
      await way.reply()
      await way.callBack(leader)
    }
    await answered([])
    for (let n = 0; n < 2; n++) await take(hall, complaint(), 'cashier')
    if (against) await answered([actorOf(accused).id])
    return opened
  }
  const reportsWith = [
    ['complaints', 'total'],
    ['callbacks', 'finished'],
  ] as const
  const sections = (view: ReportView) =>
    view.sections.map(({ id, rows, totals, found }) => ({ id, rows, totals, found }))

  test.each(reportsWith)(
    'in the report %s: as if there were none, and as many as the list behind each row',
    async (report, counted) => {
      const without = sections(await runReport(await hallWith(false), report, 'day', '2026-11-23', accused))
      await hall.close()
      await hallWith(true)
      const view = await runReport(hall, report, 'day', '2026-11-23', accused)
      const whole = await runReport(hall, report, 'day', '2026-11-23', other)
      expect(sections(view)).toEqual(without)
      let lists = 0
      for (const { id, rows, opens } of view.sections.filter((one) => one.opens)) {
        for (const { key, cells } of rows) {
          const records = await recordsOf(hall, view, id, key, accused)
          expect(records.length, `${report} ${id} ${key}`).toBe(cells[counted] ?? cells['calls'])
          lists += records.length
        }
        expect(opens).toBe(true)
      }
      expect(lists).toBeGreaterThan(0)
      const sum = (of: ReportView, id: string) => of.sections.find((one) => one.id === id)?.totals?.[counted]
      const [first] = view.sections
      expect(sum(whole, first?.id ?? '')).toBe(Number(sum(view, first?.id ?? '')) + 1)
      // Neither reads what was made for the other.
      for (const [resultId, as] of [
        [whole.resultId, accused],
        [view.resultId, other],
      ] as const)
        await expect(callAs(hall, as, Result, { resultId })).rejects.toThrow('NotAllowed')
    },
  )

  test.each(['complaints', 'regulation'])(
    'also in a submitted report %s, whoever submits it: headquarters gets all of it',
    async (report) => {
      const kind = report === 'complaints' ? 'week' : 'month'
      await hallWith(true)
      hall.clock.set('2026-12-01T09:00:00+08:00')
      const mine = await runReport(hall, report, kind, '2026-11-23', accused)
      const whole = await runReport(hall, report, kind, '2026-11-23', other)
      expect(sections(mine)).not.toEqual(sections(whole))
      const submits = accused === 'dispatcher' ? other : accused
      const { resultId } = submits === accused ? mine : whole
      const { submissionId } = await callAs(hall, submits, Submit, { requestId: req(), resultId })
      const read = async (as: Role) => sections((await callAs(hall, as, Submission, { submissionId })).content)
      expect(await read(accused)).toEqual(sections(mine))
      expect(await read(other)).toEqual(sections(whole))
      const sent = hall.hall.environment.sqlite
        .prepare(`SELECT data FROM outbox WHERE entity = 'report_submissions' ORDER BY seq DESC LIMIT 1`)
        .pluck()
        .get() as string
      const { content } = JSON.parse(sent) as { content: string }
      expect(sections(JSON.parse(content) as ReportView)).toEqual(sections(whole))
      const onPaper = async (as: Role) => (await hall.paper({ kind: 'report', id: submissionId }, as)).html
      expect(await onPaper(accused)).not.toBe(await onPaper(other))
    },
  )

  test('on a scorecard, in its points, its total and its grade, as if there were none', async () => {
    const cardWith = async (against: boolean, as: Role) => {
      await hallWith(against)
      const { scorecardId } = await callAs(hall, other, Begin, {
        requestId: req(),
        scope: accused === 'administrator' ? 'hall' : 'dispatch',
        year: 2026,
        period: accused === 'administrator' ? 4 : 2,
      })
      const { items, total, grade } = await callAs(hall, as, CardDetail, { scorecardId })
      const { html } = await hall.paper({ kind: 'scorecard', id: scorecardId }, as)
      const { rows } = await callAs(hall, as, Periods, { year: 2026 })
      const records = []
      for (const { no } of items) {
        const of = await callAs(hall, as, CardRecords, { scorecardId, no })
        records.push(of.length)
        const { denominator } = items.find((one) => one.no === no) ?? {}
        if (items.find((one) => one.no === no)?.figure === 'complaints.closed') expect(of.length).toBe(denominator)
      }
      const listed = rows.find(({ card }) => card?.id === scorecardId)?.card
      expect(listed).toMatchObject({ total, grade })
      const shares = items.map(({ label, numerator, denominator, score }) => [label, numerator, denominator, score])
      await hall.close()
      return { shares, total, grade, records, words: html.replaceAll(/<[^>]*>/g, ' ').match(/投诉关闭率[^签]*/)?.[0] }
    }
    const without = await cardWith(false, accused)
    expect(await cardWith(true, accused)).toEqual(without)
    expect(await cardWith(true, other)).not.toEqual(without)
    await hallWith(false)
  })

  test('in what a closing check freezes, and how many a colleague has in hand', async () => {
    await hallWith(true)
    const { complaintId: against } = await take(hall, complaint({ staffIds: [actorOf(accused).id] }), 'cashier')
    await hands(hall, against).assign(clerk, leader)
    const { complaintId } = await take(hall, complaint(), 'cashier')
    if (accused !== 'administrator') {
      const inHand = async (as: Role) =>
        (await callAs(hall, as, Candidates, { complaintId })).find(({ staffId }) => staffId === clerk)?.inHand
      expect([await inHand(accused), await inHand(leader)]).toEqual([0, 1])
    }
    const { entryId } = await callAs(hall, other, RecordEntry, {
      requestId: req(),
      kind: 'closing-check',
      onDate: '2026-11-23',
      values: { summary: '回访按期' },
      answers: ['ok', 'ok', 'ok', 'ok', 'ok'],
    })
    const lineOf = async (as: Role) =>
      (await callAs(hall, as, Entry, { entryId })).figures.find(({ label }) => label === '投诉关闭率')?.value
    expect(await lineOf(accused)).toMatch(/^0\/4/)
    expect(await lineOf(other)).toMatch(/^0\/6/)
  })
})

test.each(['hall-manager', 'administrator'] as const)(
  'the audit log numbers for a %s complained of the rows they may know of, without a gap, and counts no more',
  async (accused) => {
    hall = await openHallForComplaints()
    const rowsOf = async (as: Role, size = 7) => {
      const found = []
      for (let after: string | null = null; ;) {
        const page: { rows: { seq: number; call: string; at: number }[]; next: string | null } = await callAs(
          hall,
          as,
          AuditLog,
          { size, after },
        )
        found.push(...page.rows)
        if (page.next === null) return found
        after = page.next
      }
    }
    const other: Role = accused === 'hall-manager' ? 'administrator' : 'hall-manager'
    for (let n = 0; n < 3; n++) {
      const { complaintId } = await take(hall, complaint({ staffIds: [actorOf(accused).id] }))
      await take(hall, complaint(), 'cashier')
      await hall.print({ requestId: req(), kind: 'complaint', id: complaintId, how: 'printer' }, 'clerk')
      const whole = await rowsOf(other)
      const mine = await rowsOf(accused)
      expect(whole.length).toBeGreaterThan(mine.length)
      for (const rows of [whole, mine]) expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => rows.length - i))
      const found = await rowsOf(accused, 3)
      expect(found).toEqual(mine)
      const { rows: checked } = await callAs(hall, accused, VerifyAudit, {})
      expect(checked).toBe(mine.length)
    }
    // Also when it is searched, part by part.
    const { rows } = await callAs(hall, accused, AuditLog, { size: 200, search: '投诉' })
    expect(rows.every(({ seq }, i) => i === 0 || seq < (rows[i - 1]?.seq ?? 0))).toBe(true)
  },
)

test('the numbers of complaints have gaps where nobody is complained of: one that is missing tells nothing', async () => {
  hall = await openHallForComplaints()
  const serials: number[] = []
  for (let n = 0; n < 16; n++) serials.push(Number((await take(hall)).complaintNo.slice(-8, -1)))
  const steps = serials.slice(1).map((serial, i) => serial - (serials[i] ?? 0))
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(1)
  // By chance: that all of them are one is less likely than one in a thousand million.
  expect(Math.max(...steps)).toBeGreaterThan(1)
})

test('the paper shows the telephone to the investigator only, once it goes out, and that is on record', async () => {
  hall = await openHallForComplaints()
  const content = '排队时间长，另拨 13800000002'
  const { complaintId } = await take(hall, complaint({ complainantPhone: '13800000001', content }), 'cashier')
  await hands(hall, complaintId).assign(clerk)
  const paper = { kind: 'complaint' as const, id: complaintId }
  expect((await hall.paper(paper, 'clerk')).html).not.toContain('13800000001')
  expect((await hall.paper(paper, 'clerk')).html).toContain('138****0001')
  const print = (as: Role) => hall.print({ requestId: req(), ...paper, how: 'printer' }, as)
  expect((await print('hall-manager')).html).not.toContain('13800000001')
  expect((await print('clerk')).html).toContain('13800000001')
  const { rows } = await callAs(hall, 'hall-manager', AuditLog, { subject: `paper:complaint:${complaintId}`, size: 50 })
  const printed = rows.filter(({ call }) => call === 'notices.printed')
  expect(printed.map(({ actorId, detail }) => [actorId, detail['shown']])).toEqual([
    [clerk, '138****0001、138****0002'],
    [manager, undefined],
  ])
})
