/** Whoever is complained of learns nothing of it (clause 20), whatever post they hold and whatever they ask for. */
import { afterEach, describe, expect, test } from 'vitest'
import { AuditLog } from '../../src-main/access/api.ts'
import { Begin, Detail as CardDetail, Records as CardRecords } from '../../src-main/appraisal/api.ts'
import { Printings } from '../../src-main/notices/api.ts'
import { roles, type Role } from '../../src-main/platform/contract.ts'
import { Result, Submission, Submissions, Submit, type ReportView } from '../../src-main/reports/api.ts'
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

describe('a dispatcher complained of counts what he may see', () => {
  /** Three complaints of which one is closed, called back by the manager; then maybe one against the dispatcher, called back too. */
  async function hallWith(accused: boolean): Promise<TestHall> {
    const opened = await openHallForComplaints()
    hall = opened
    const answered = async (staffIds: string[]) => {
      const { complaintId } = await take(hall, complaint({ staffIds }), 'cashier')
      const way = hands(hall, complaintId)
      await way.assign(clerk, 'hall-manager')
      await way.investigate()
      await way.reply()
      await way.callBack()
    }
    await answered([])
    for (let n = 0; n < 2; n++) await take(hall, complaint(), 'cashier')
    if (accused) await answered([dispatcher])
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
      const without = sections(await runReport(await hallWith(false), report, 'day', '2026-11-23', 'dispatcher'))
      await hall.close()
      await hallWith(true)
      const view = await runReport(hall, report, 'day', '2026-11-23', 'dispatcher')
      const whole = await runReport(hall, report, 'day', '2026-11-23', 'hall-manager')
      expect(sections(view)).toEqual(without)
      let lists = 0
      for (const { id, rows, opens } of view.sections.filter((one) => one.opens)) {
        for (const { key, cells } of rows) {
          const records = await recordsOf(hall, view, id, key, 'dispatcher')
          expect(records.length, `${report} ${id} ${key}`).toBe(cells[counted] ?? cells['calls'])
          lists += records.length
        }
        expect(opens).toBe(true)
      }
      expect(lists).toBeGreaterThan(0)
      // The company's own report is whole, and the hall's manager reads it so.
      const sum = (of: ReportView, id: string) => of.sections.find((one) => one.id === id)?.totals?.[counted]
      const [first] = view.sections
      expect(sum(whole, first?.id ?? '')).toBe(Number(sum(view, first?.id ?? '')) + 1)
      // Neither reads what was made for the other, and what leaves something out is not submitted.
      for (const [resultId, as] of [
        [whole.resultId, 'dispatcher'],
        [view.resultId, 'hall-manager'],
      ] as const)
        await expect(callAs(hall, as, Result, { resultId })).rejects.toThrow('NotAllowed')
    },
  )

  test('and reads no report that was submitted for the company', async () => {
    await hallWith(true)
    hall.clock.set('2026-11-30T09:00:00+08:00')
    const { resultId } = await runReport(hall, 'complaints', 'week', '2026-11-23', 'hall-manager')
    const { submissionId } = await callAs(hall, 'hall-manager', Submit, { requestId: req(), resultId })
    const week = { of: { report: 'complaints', kind: 'week', date: '2026-11-23' } } as const
    expect((await callAs(hall, 'hall-manager', Submissions, week)).rows).toHaveLength(1)
    expect((await callAs(hall, 'dispatcher', Submissions, week)).rows).toEqual([])
    await expect(callAs(hall, 'dispatcher', Submission, { submissionId })).rejects.toThrow('NotAllowed')
    await expect(hall.paper({ kind: 'report', id: submissionId }, 'dispatcher')).rejects.toThrow('NotAllowed')
  })

  test('and sees of a scorecard’s figures on complaints the points alone', async () => {
    await hallWith(true)
    const { scorecardId } = await callAs(hall, 'hall-manager', Begin, {
      requestId: req(),
      scope: 'dispatch',
      year: 2026,
      period: 2,
    })
    const of = async (as: Role) => (await callAs(hall, as, CardDetail, { scorecardId })).items
    const about = (await of('hall-manager')).filter(
      ({ figure }) => figure?.startsWith('complaints.') || figure === 'followups.called',
    )
    expect(about.map(({ numerator, denominator }) => [numerator, denominator])).toContainEqual([0, 4])
    const seen = await of('dispatcher')
    for (const { no, score } of about) {
      expect(seen.find((one) => one.no === no)).toMatchObject({ numerator: null, denominator: null, score })
      expect(await callAs(hall, 'dispatcher', CardRecords, { scorecardId, no })).toEqual([])
      expect((await callAs(hall, 'hall-manager', CardRecords, { scorecardId, no })).length).toBeGreaterThan(0)
    }
    expect(seen.some(({ denominator }) => denominator !== null)).toBe(true)
    const onPaper = async (as: Role) => {
      const { html } = await hall.paper({ kind: 'scorecard', id: scorecardId }, as)
      return html.slice(html.indexOf('投诉关闭率'), html.indexOf('服务回访率')).replaceAll(/<[^>]*>/g, ' ')
    }
    expect(await onPaper('hall-manager')).toMatch(/0\D4/)
    expect(await onPaper('dispatcher')).not.toMatch(/\d\D4/)
  })
})

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
