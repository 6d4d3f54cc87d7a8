/** Whoever is complained of learns nothing of it (clause 20), whatever post they hold and whatever they ask for. */
import { afterEach, expect, test } from 'vitest'
import { AuditLog } from '../../src-main/access/api.ts'
import { Printings } from '../../src-main/notices/api.ts'
import { roles, type Role } from '../../src-main/platform/contract.ts'
import { openOne } from '../customers/support.ts'
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

test('the paper shows the telephone to the investigator only, once it goes out, and that is on record', async () => {
  hall = await openHallForComplaints()
  const { complaintId } = await take(hall, complaint({ complainantPhone: '13800000001' }), 'cashier')
  await hands(hall, complaintId).assign(clerk)
  const paper = { kind: 'complaint' as const, id: complaintId }
  expect((await hall.paper(paper, 'clerk')).html).not.toContain('13800000001')
  expect((await hall.paper(paper, 'clerk')).html).toContain('138****0001')
  const print = (as: Role) => hall.print({ requestId: req(), ...paper, how: 'printer' }, as)
  expect((await print('hall-manager')).html).not.toContain('13800000001')
  expect((await print('clerk')).html).toContain('13800000001')
  const { rows } = await callAs(hall, 'hall-manager', AuditLog, { subject: `paper:complaint:${complaintId}`, size: 50 })
  const printed = rows.filter(({ call }) => call === 'notices.printed')
  expect(printed.map(({ actorId, detail }) => [actorId, detail['phoneShown']])).toEqual([
    [clerk, true],
    [manager, false],
  ])
})
