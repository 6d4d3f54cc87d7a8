/** Work orders, complaints, callbacks, inspections and hazards. */
import { hands } from '../../complaints/people.ts'
import { attachFile } from '../../../src-main/customers/service.ts'
import { scanIn, sheetOf } from '../../inspections/support.ts'
import { ways } from '../../workorders/people.ts'
import { actorOf } from '../hall.ts'
import { dayMs, type Guide } from './guide.ts'

const clerk = actorOf('clerk').id
const outsider = { accountId: null }

/** A repair as far as verified. */
async function repaired(g: Guide): Promise<string> {
  const { orderId } = await g.ok(
    'workorders.take',
    { receivedAt: null, kind: 'repair', symptom: 'flame', channel: 'phone', advised: true, ...outsider },
    'dispatcher',
  )
  const way = ways(g.hall, orderId as string)
  if (g.one('SELECT state FROM workorders WHERE id = ?', orderId) === 'reported')
    await g.ok('workorders.issue', { orderId }, 'dispatcher')
  await way.assign(clerk)
  for (const step of ['accept', 'arrive', 'handle', 'repair'] as const) await way.work(step)
  await way.verify('dispatcher')
  return orderId as string
}

export const workScenes: Readonly<Record<string, (g: Guide) => Promise<void>>> = {
  async orders(g) {
    const { hall } = g
    const orderId = await repaired(g)
    await g.ok('followups.item', { of: 'workorder', id: orderId }, 'hall-manager')
    await g.ok('followups.reveal', { of: 'workorder', id: orderId }, 'hall-manager')
    const way = ways(hall, orderId)
    await way.callBack('hall-manager')
    await way.close('dispatcher')
    await g.ok('workorders.reopen', { orderId }, 'clerk')
    const asked = await g.ok(
      'workorders.take',
      { receivedAt: null, kind: 'consultation', symptom: 'question', advised: true, answer: '', ...outsider },
      'cashier',
    )
    if (g.one('SELECT state FROM workorders WHERE id = ?', asked.orderId) === 'reported')
      await g.ok('workorders.issue', { orderId: asked.orderId }, 'dispatcher')
    await ways(hall, asked.orderId as string)
      .assign(clerk)
      .catch(() => undefined)
    await ways(hall, asked.orderId as string)
      .work('accept')
      .catch(() => undefined)
    await g.ok('workorders.answer', { orderId: asked.orderId }, 'clerk')
    const alarm = await g.ok(
      'workorders.take',
      { receivedAt: null, kind: 'emergency', symptom: 'explosion', channel: 'phone', advised: true, ...outsider },
      'clerk',
    )
    await g.ok('workorders.alarms')
    const leaderId = g.one('SELECT id FROM workorder_leaders WHERE told_at IS NULL LIMIT 1')
    if (leaderId) await g.ok('workorders.tellLeader', { leaderId }, 'clerk')
    if (g.one('SELECT state FROM workorders WHERE id = ?', alarm.orderId) === 'reported')
      await g.ok('workorders.issue', { orderId: alarm.orderId }, 'dispatcher')
    const paused = await g.ok(
      'workorders.take',
      { receivedAt: null, kind: 'repair', symptom: 'meter', advised: true, ...outsider },
      'cashier',
    )
    if (g.one('SELECT state FROM workorders WHERE id = ?', paused.orderId) === 'reported')
      await g.ok('workorders.issue', { orderId: paused.orderId }, 'dispatcher')
    const pauses = ways(hall, paused.orderId as string)
    await pauses.assign(clerk)
    await pauses.work('accept')
    await pauses.work('arrive').catch(() => undefined)
    await g.ok('workorders.pause', { orderId: paused.orderId, until: g.now + dayMs }, 'dispatcher')
    await g.ok('workorders.resume', { orderId: paused.orderId }, 'dispatcher')
    await g.ok('workorders.refer', { orderId: paused.orderId }, 'clerk')
    await g.ok('workorders.confirm', { orderId: paused.orderId }, 'dispatcher')
  },
  async complaints(g) {
    const { complaintId } = await g.ok(
      'complaints.take',
      { class: 'attitude', channel: 'phone', staffIds: [], subject: null, receivedAt: null, ...outsider },
      'cashier',
    )
    const way = hands(g.hall, complaintId as string)
    await g.ok('complaints.classify', { complaintId }, 'dispatcher')
    await way.assign()
    await way.investigate()
    await g.ok('complaints.reveal', { complaintId }, 'clerk')
    await g.ok('complaints.name', { complaintId, staffIds: [actorOf('cashier').id] }, 'clerk')
    await way.reply()
    await way.callBack()
    await way.close()
    await way.reopen()
  },
  async inspections(g) {
    const year = Number(g.today.slice(0, 4))
    await g.ok('inspections.generate', { year }, 'dispatcher')
    const tasks = () =>
      g.all(
        `SELECT id FROM inspection_tasks WHERE state = 'planned' AND period_from <= ? AND period_to >= ? ORDER BY id LIMIT 8`,
        g.today,
        g.dayIn(9),
      )
    const [first = '', second = '', third = '', fourth = ''] = tasks()
    const seen = {
      visitedOn: g.today,
      arrivedAt: '00:00',
      proof: scanIn(g.hall),
      inspectorId: clerk,
      signatory: '客户本人',
      note: '',
    }
    const sheet = (taskId: string, failed: readonly { readonly item: string }[] = []) =>
      sheetOf(String(g.one('SELECT resident FROM inspection_tasks WHERE id = ?', taskId)) !== '0', failed)
    await g.ok('inspections.arrange', { taskId: first, visitOn: g.dayIn(3) }, 'dispatcher')
    await g.ok(
      'inspections.record',
      { taskId: second, ...seen, checks: sheet(second), outcome: 'passed', failed: [] },
      'clerk',
    )
    const visitId = g.one('SELECT id FROM inspection_visits WHERE task_id = ? ORDER BY id DESC', second)
    await g.ok('inspections.voidVisit', { visitId }, 'dispatcher')
    const bad = {
      item: 'pipes',
      grade: 'general',
      deadline: g.dayIn(20),
      text: '管道锈蚀',
      mender: 'customer',
      measures: '更换',
    }
    const failedOne = (taskId: string) =>
      g.ok(
        'inspections.record',
        { taskId, ...seen, checks: sheet(taskId, [bad]), outcome: 'hazard', failed: [bad] },
        'clerk',
      )
    await failedOne(third)
    const hazardId = g.one('SELECT id FROM hazards ORDER BY id DESC LIMIT 1')
    await g.ok('inspections.regrade', { hazardId, grade: 'serious' }, 'dispatcher')
    await g.ok('inspections.measure', { hazardId })
    await g.ok('inspections.report', { hazardId })
    await g.ok('inspections.attachPhoto', { hazardId, sourcePath: `${g.round.hall.folder}/scan.png` }, 'clerk')
    await g.ok(
      'inspections.deliver',
      { hazardId, deliveredOn: g.today, deliveredBy: '王师傅', receivedBy: '客户', receipt: 'signed' },
      'clerk',
    )
    await g.ok('inspections.mend', { hazardId, mendedOn: g.today }, 'clerk')
    await g.ok(
      'inspections.reinspect',
      { hazardId, inspectorId: clerk, inspectedOn: g.today, passed: true, newDeadline: null },
      'clerk',
    )
    const { questions } = await g.ok('followups.item', { of: 'hazard', id: hazardId }, 'hall-manager')
    await g.ok(
      'followups.call',
      {
        of: 'hazard',
        id: hazardId,
        result: 'satisfied',
        answers: questions.map((question: string) => ({ question, answer: 'yes' })),
      },
      'hall-manager',
    )
    await g.ok('inspections.closeHazard', { hazardId }, 'dispatcher')
    const living = g.one(`SELECT id FROM hazards WHERE state = 'open' ORDER BY id DESC LIMIT 1`)
    await g.ok(
      'inspections.stay',
      { hazardId: living, supportCalledAt: g.now, supportArrivedAt: null, releasedAt: null },
      'clerk',
    )
    const accountId = g.one(`SELECT account_id FROM inspection_tasks WHERE id = ?`, fourth)
    await g.ok(
      'inspections.record',
      { taskId: fourth, ...seen, checks: sheet(fourth), visitedOn: g.today, outcome: 'passed', failed: [] },
      'clerk',
    )
    const customerId = g.one('SELECT customer_id FROM accounts WHERE id = ?', accountId)
    const attachmentId = g.hall.transact((context) =>
      attachFile(context, { customerId, kind: 'property', sourcePath: scanIn(g.hall) }),
    )
    const to =
      g.one('SELECT category FROM customers WHERE id = ?', customerId) === 'commercial' ? 'industrial' : 'commercial'
    const planId = g.one(`SELECT id FROM price_plans WHERE category = ? AND state = 'in-force'`, to)
    const inUse = g.all(`SELECT id FROM accounts WHERE customer_id = ? AND state = 'active'`, customerId)
    await g.ok(
      'classes.change',
      {
        ...{ customerId, to, attachmentId, reason: '改作餐馆' },
        version: Number(g.one('SELECT version FROM customers WHERE id = ?', customerId)),
        plans: inUse.map((id) => ({ accountId: id, planId })),
      },
      'clerk',
    )
    const asked = await g.ok(
      'inspections.request',
      { accountId, visitOn: g.dayIn(2), inspectorId: clerk, cause: 'customer' },
      'clerk',
    )
    await g.ok('inspections.withdrawRequest', { taskId: asked.taskId }, 'clerk')
  },
  async callbacks(g) {
    const orderId = await repaired(g)
    void orderId
    g.clock.advance(3 * dayMs)
    const said: string[] = []
    for (const service of ['repair', 'inspection', 'resumption', 'ignition', 'hazard'])
      await g
        .ok('followups.draw', { service, from: g.dayIn(-60), to: g.dayIn(-1) }, 'dispatcher')
        .catch((error: unknown) => void said.push(String(error)))
    if (g.one('SELECT id FROM followup_samples LIMIT 1') === '') throw new Error(said.join())
    const sampleId = g.one('SELECT id FROM followup_samples ORDER BY id DESC LIMIT 1')
    await g.ok('followups.candidates', { sampleId })
    await g.ok('followups.assign', { sampleId, staffId: actorOf('hall-manager').id }, 'dispatcher')
    await g.ok('followups.preview', { from: g.dayIn(-60), to: g.today })
  },
}
