import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  Assign,
  Call,
  Calls,
  Candidates,
  CheckDraw,
  Counts,
  Draw,
  Draws,
  Due,
  Finished,
  Item,
  Preview,
  Ratios,
  type FigureName,
} from '../../src-main/followups/api.ts'
import {
  callsSql,
  countSql,
  drawsSql,
  finishedSql,
  ratioSql,
  sources,
  waitingParts,
  waitingSql,
} from '../../src-main/followups/service.ts'
import { CustomerTimeline } from '../../src-main/customers/api.ts'
import { rooms } from '../../src-main/rooms.ts'
import { isUseCase } from '../../src-main/platform/use-case.ts'
import { Detail as OrderDetail, Take as TakeOrder } from '../../src-main/workorders/api.ts'
import { complaint, replied } from '../complaints/people.ts'
import { apply, certifiedWorker, residentApplication, stepsOf, untilIgnition } from '../installations/steps.ts'
import { changeSetting } from '../support/approval.ts'
import { actorOf, type TestHall } from '../support/hall.ts'
import {
  callAs,
  certify,
  employ,
  leakCall,
  openHallWithWorkers,
  repairCall,
  req,
  ring,
  ways,
} from '../workorders/people.ts'

const hour = 3_600_000
const day = 24 * hour
const manager = actorOf('hall-manager').id
const november = { from: '2026-11-01', to: '2026-11-30' }
let hall: TestHall
let zhao: string
beforeEach(async () => {
  hall = await openHallWithWorkers()
  zhao = await employ(hall, {
    staffNo: '3001',
    name: '赵师傅',
    roles: ['clerk', 'hall-manager', 'dispatcher'],
    certificates: ['maintenance', 'emergency', 'callback'],
  })
  await certify(hall, manager, 'callback', '2027-11-22')
})
afterEach(() => hall.close())

/** An order that waits for its callback. */
async function repaired(input = repairCall()): Promise<string> {
  const { orderId } = await callAs(hall, 'clerk', TakeOrder, input)
  const way = ways(hall, orderId)
  await way.assign(zhao)
  for (const step of ['accept', 'arrive', 'handle', 'repair'] as const) await way.work(step, '3001')
  await way.verify('dispatcher')
  return orderId
}

/** A customer whose gas was turned on. */
async function ignited(n: number): Promise<string> {
  const applicationId = await apply(hall, residentApplication(hall, n))
  const steps = stepsOf(hall, applicationId)
  await untilIgnition(steps, `M-${100_000 + n}`)
  await steps.ignite()
  return applicationId
}

const due = (as = 'hall-manager', input: Parameters<typeof callAs<typeof Due>>[3] = {}) => callAs(hall, as, Due, input)
const orderState = async (orderId: string) => (await callAs(hall, 'clerk', OrderDetail, { orderId })).order.state
const write = (sql: string, ...values: unknown[]) => hall.transact(({ sqlite }) => sqlite.prepare(sql).run(...values))
const answers = async (of: 'workorder' | 'complaint' | 'sample', id: string) =>
  (await callAs(hall, 'hall-manager', Item, { of, id })).questions.map((question) => ({
    question,
    answer: 'yes' as const,
  }))

describe('a callback', () => {
  test('is one act: no other call of the program records one', () => {
    const names = rooms
      .flatMap((room) => Object.values(room))
      .filter(isUseCase)
      .map(({ definition }) => definition.name)
      .filter((name) => /call/i.test(name.split('.')[1] ?? ''))
    // The last three are no callbacks: whoever needs care is told of an interruption beforehand, and debtors are telephoned.
    expect(names.toSorted()).toEqual([
      'followups.call',
      'followups.calls',
      'supply.callCare',
      'supply.callDebtor',
      'supply.debtCalls',
    ])
  })

  test('asks the script in order, moves the source on, and stands once on record', async () => {
    const orderId = await repaired()
    const { rows } = await due()
    expect(rows).toMatchObject([
      { of: 'workorder', id: orderId, service: 'repair', personName: '赵师傅', assigneeName: null, tries: 0 },
    ])
    expect(rows[0]?.dueBy).toBe(hall.clock.now() + 3 * day)
    const good = await answers('workorder', orderId)
    const base = { requestId: req(), of: 'workorder' as const, id: orderId, result: 'satisfied' as const }
    const refuse = (list: typeof good) =>
      expect(callAs(hall, 'hall-manager', Call, { ...base, answers: list })).rejects.toMatchObject({
        failure: { code: 'InvalidInput', field: 'answers' },
      })
    await refuse([])
    await refuse(good.slice(1))
    await refuse(good.toReversed())
    const first = await callAs(hall, 'hall-manager', Call, { ...base, answers: good })
    expect(await callAs(hall, 'hall-manager', Call, { ...base, answers: good })).toEqual(first)
    expect(await orderState(orderId)).toBe('called-back')
    expect((await due()).rows).toEqual([])
    const { rows: calls } = await callAs(hall, 'clerk', Calls, {})
    expect(calls).toMatchObject([{ result: 'satisfied', actorName: '李主任', answers: good, reopenedNo: null }])
    const { steps } = await callAs(hall, 'clerk', OrderDetail, { orderId })
    expect(steps.filter(({ kind }) => kind === 'call-back')).toMatchObject([{ passed: true, note: '满意' }])
    await expect(callAs(hall, 'hall-manager', Call, { ...base, requestId: req(), answers: good })).rejects.toThrow(
      'WrongStep',
    )
  })

  test('is never made without certificate nor about own work, in the services and below them', async () => {
    const orderId = await repaired()
    await expect(ring(hall, 'clerk', 'workorder', orderId)).rejects.toMatchObject({
      failure: { code: 'CertificateMissing', message: expect.stringContaining('钱柜员没有回访证') },
    })
    await expect(ring(hall, '3001', 'workorder', orderId)).rejects.toThrow('OwnWork')
    expect((await callAs(hall, '3001', Item, { of: 'workorder', id: orderId })).obstacles).toEqual([
      '本人做过这张工单，回访须由他人办理（第十四条）',
    ])
    expect((await callAs(hall, 'clerk', Item, { of: 'workorder', id: orderId })).obstacles[0]).toContain('回访证')
    const insert = (actor: string, result: string, subject = orderId) =>
      write(
        `INSERT INTO followup_calls (id, service, source, subject_id, round, number, customer_name, result, answers, note, at, actor_id, actor_name)
         VALUES (?, 'repair', 'workorder', ?, 1, 'x', 'x', ?, '[]', '', 1, ?, 'x')`,
        req(), subject, result, actor) // prettier-ignore
    expect(() => insert(actorOf('clerk').id, 'satisfied')).toThrow('without certificate')
    expect(() => insert(zhao, 'satisfied')).toThrow('own work')
    expect(() => insert(manager, 'unreachable')).toThrow('three tries')
    const step = (state: string) =>
      write(
        `INSERT INTO workorder_steps (id, order_id, no, round, kind, state, note, at, actor_id, actor_name)
         VALUES (?, ?, 99, 1, 'call-back', ?, '', 1, ?, 'x')`,
        req(), orderId, state, manager) // prettier-ignore
    expect(() => step('called-back')).toThrow('without its call')
    expect(() => step('verified')).toThrow('without its call')
    await ring(hall, 'hall-manager', 'workorder', orderId, 'unreached')
    expect(() => step('called-back')).toThrow('without its call')
    expect(() => write('DELETE FROM followup_calls')).toThrow('append-only')
  })

  test('of somebody dissatisfied reopens the source, linked, and is called back again when that is done', async () => {
    const orderId = await repaired()
    const { reopenedNo, path } = await ring(hall, 'hall-manager', 'workorder', orderId, 'dissatisfied')
    const { order } = await callAs(hall, 'clerk', OrderDetail, { orderId })
    expect([order.state, order.round, reopenedNo, path]).toEqual(['issued', 2, order.orderNo, `/workorders/${orderId}`])
    const { rows } = await callAs(hall, 'clerk', Calls, { result: 'dissatisfied' })
    expect(rows).toMatchObject([{ reopenedNo: order.orderNo, reopenedPath: `/workorders/${orderId}` }])
    const base = { requestId: req(), of: 'workorder' as const, id: orderId, answers: [] }
    await expect(callAs(hall, 'hall-manager', Call, { ...base, result: 'unreached' })).rejects.toMatchObject({
      failure: { field: 'note', message: '请写明不满意或未接通的情况' },
    })
  })

  test('that reaches nobody is tried three times at different times, then ends as 未联系上 and lets the order be closed', async () => {
    const orderId = await repaired()
    const { rows: before } = await due()
    const unreached = () => ring(hall, 'hall-manager', 'workorder', orderId, 'unreached')
    expect(await unreached()).toMatchObject({ result: 'unreached' })
    hall.clock.advance(hour)
    // Again within the same hours is no other time.
    expect(await unreached()).toMatchObject({ result: 'unreached' })
    expect(await unreached()).toMatchObject({ result: 'unreached' })
    const { rows } = await due('hall-manager', { filter: 'tried' })
    expect(rows).toMatchObject([{ tries: 1, since: before[0]?.since, lastTryAt: hall.clock.now() }])
    hall.clock.advance(4 * hour)
    expect(await unreached()).toMatchObject({ result: 'unreached' })
    await expect(ways(hall, orderId).close('dispatcher')).rejects.toThrow('WrongStep')
    await hall.restart()
    hall.clock.advance(4 * hour)
    expect(await unreached()).toMatchObject({ result: 'unreachable' })
    expect(await orderState(orderId)).toBe('called-back')
    expect(await ways(hall, orderId).close('dispatcher')).toEqual({ state: 'closed' })
    const { rows: calls } = await callAs(hall, 'clerk', Calls, {})
    expect(calls.map(({ result }) => result)).toEqual(['unreachable', ...Array.from({ length: 4 }, () => 'unreached')])
  })
})

describe('what is due', () => {
  test('is one list over every source, the longest waiting first, by key and by service', async () => {
    const ids: string[] = []
    for (let n = 0; n < 3; n++) {
      ids.push(await repaired(n === 1 ? leakCall() : repairCall()))
      hall.clock.advance(60_000)
      ids.push((await replied(hall, complaint())).complaintId)
      hall.clock.advance(60_000)
    }
    const pages = []
    for (let after: string | null = null; ;) {
      const page = await due('hall-manager', { page: { after, size: 2 } })
      pages.push(page.rows.map(({ id }) => id))
      after = page.next
      if (after === null) break
    }
    expect(pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4, 6)])
    expect((await due('hall-manager', { service: 'alarm' })).rows.map(({ id }) => id)).toEqual([ids[2]])
    expect(await callAs(hall, 'hall-manager', Counts, {})).toEqual({
      due: 6,
      overdue: 0,
      mine: 0,
      tried: 0,
      services: [
        { service: 'repair', due: 2, overdue: 0 },
        { service: 'alarm', due: 1, overdue: 0 },
        { service: 'complaint', due: 3, overdue: 0 },
      ],
    })
    hall.clock.advance(3 * day - 9 * 60_000)
    expect(await callAs(hall, 'hall-manager', Counts, {})).toMatchObject({ due: 6, overdue: 0 })
    hall.clock.advance(4 * 60_000)
    const late = await due('hall-manager', { filter: 'overdue' })
    expect(late.rows.map(({ id }) => id)).toEqual(ids.slice(0, late.rows.length))
    expect(await callAs(hall, 'hall-manager', Counts, {})).toMatchObject({ overdue: late.rows.length })
    expect(late.rows.length).toBeGreaterThan(0)
    expect(late.rows.length).toBeLessThan(6)
    await expect(due('hall-manager', { page: { after: 'x' } })).rejects.toThrow('页码不正确')
  })
})

describe('a sample', () => {
  const draw = (more = {}) =>
    callAs(hall, 'hall-manager', Draw, {
      requestId: req(),
      service: 'ignition',
      from: '2026-11-23',
      to: '2026-11-23',
      ...more,
    })

  test('is drawn by the ratio from what a period finished, kept with its seed, and can be drawn again and compared', async () => {
    for (let n = 1; n <= 6; n++) await ignited(n)
    const preview = () =>
      callAs(hall, 'hall-manager', Preview, { service: 'ignition', from: '2026-11-23', to: '2026-11-23' })
    expect(await preview()).toMatchObject({
      percent: 20,
      population: 6,
      size: 2,
      obstacles: ['抽取的期间还没有结束，请选择昨天以前的日期'],
    })
    await expect(draw()).rejects.toMatchObject({ failure: { code: 'PeriodNotOver', field: 'to' } })
    hall.clock.set('2026-11-24T09:00:00+08:00')
    expect((await preview()).obstacles).toEqual([])
    await expect(draw({ service: 'repair' })).rejects.toMatchObject({
      failure: { code: 'NotSampled', message: '报修每一件都要回访，不需要抽取' },
    })
    await expect(draw({ from: '2026-11-24' })).rejects.toMatchObject({ failure: { field: 'to' } })
    const { drawId, population, size, unassigned } = await draw()
    expect([population, size, unassigned]).toEqual([6, 2, 0])
    await expect(draw({ from: '2026-11-01' })).rejects.toMatchObject({
      failure: { code: 'DrawnAlready', message: '报装通气 2026-11-23 至 2026-11-23 已经抽取过，不能重抽' },
    })
    expect(await preview()).toMatchObject({ obstacles: [expect.stringContaining('已经抽取过')] })
    expect(await callAs(hall, 'hall-manager', CheckDraw, { drawId })).toMatchObject({
      matches: true,
      population: 6,
      size,
    })
    expect((await callAs(hall, 'hall-manager', Draws, {})).rows).toMatchObject([{ id: drawId, due: 2, called: 0 }])
    await hall.restart()
    expect(await callAs(hall, 'hall-manager', CheckDraw, { drawId })).toMatchObject({ matches: true })
    // What somebody changed behind the program's back is seen.
    const [one] = hall.hall.environment.sqlite
      .prepare('SELECT id FROM followup_samples WHERE draw_id = ?')
      .all(drawId) as { id: string }[]
    write(`UPDATE followup_samples SET event_id = ? WHERE id = ?`, req(), one?.id)
    expect(await callAs(hall, 'hall-manager', CheckDraw, { drawId })).toMatchObject({ matches: false })
    expect(() => write(`UPDATE followup_draws SET seed = 'x'`)).toThrow('append-only')
    expect(() => write(`DELETE FROM followup_samples`)).toThrow('stays on record')
  })

  test('goes to certified clerks who had no part in it, evenly, and is called by nobody else', async () => {
    // Everything was written down by the clerk; the fitter did the work.
    await certify(hall, actorOf('clerk').id, 'callback', '2027-11-22')
    const fitter = certifiedWorker(hall)
    await certify(hall, fitter, 'callback', '2027-11-22')
    for (let n = 1; n <= 4; n++) await ignited(n)
    await changeSetting(hall, 'followups.ratioIgnition', 100)
    hall.clock.set('2026-11-24T09:00:00+08:00')
    expect(await draw()).toMatchObject({ population: 4, size: 4, unassigned: 0 })
    const { rows } = await due()
    expect(rows.map(({ assigneeName }) => assigneeName).toSorted()).toEqual(['李主任', '李主任', '赵师傅', '赵师傅'])
    const ours = rows.find(({ assigneeName }) => assigneeName === '李主任')
    const id = ours?.id ?? ''
    expect((await due('hall-manager', { filter: 'mine' })).rows).toHaveLength(2)
    await expect(ring(hall, '3001', 'sample', id)).rejects.toMatchObject({
      failure: { code: 'NotYours', message: '这一件派给李主任回访，须先由主任改派' },
    })
    expect((await callAs(hall, 'dispatcher', Candidates, { sampleId: id })).map(({ name }) => name).toSorted()).toEqual(
      ['李主任', '赵师傅'],
    )
    const give = (staffId: string) => callAs(hall, 'dispatcher', Assign, { requestId: req(), sampleId: id, staffId })
    await expect(give(fitter)).rejects.toMatchObject({
      failure: { code: 'OwnWork', message: '王师傅参与过这件业务，请派给他人回访（第二十一条）' },
    })
    await expect(give(actorOf('cashier').id)).rejects.toThrow('CertificateMissing')
    const put = (staffId: string) => () =>
      write(`UPDATE followup_samples SET assignee_id = ?, assignee_name = 'x' WHERE id = ?`, staffId, id)
    expect(put(fitter)).toThrow('may not ring')
    expect(put(actorOf('cashier').id)).toThrow('may not ring')
    expect(() => write(`UPDATE followup_samples SET state = 'satisfied' WHERE id = ?`, id)).toThrow('without its call')
    await give(zhao)
    await ring(hall, '3001', 'sample', id)
    await expect(ring(hall, '3001', 'sample', id)).rejects.toThrow('CallbackDone')
    await expect(give(zhao)).rejects.toThrow('CallbackDone')
    const application = rows.find((row) => row.id === id)
    expect((await callAs(hall, 'clerk', Calls, {})).rows).toMatchObject([
      { service: 'ignition', number: application?.number, result: 'satisfied' },
    ])
  })

  test('of a dissatisfied customer opens a work order, linked from both sides', async () => {
    await ignited(1)
    hall.clock.set('2026-11-24T09:00:00+08:00')
    await draw()
    const [sample] = (await due()).rows
    const as = sample?.assigneeName === '李主任' ? 'hall-manager' : '3001'
    const { reopenedNo, path } = await ring(hall, as, 'sample', sample?.id ?? '', 'dissatisfied')
    const orderId = path?.split('/').at(-1) ?? ''
    const { order } = await callAs(hall, 'clerk', OrderDetail, { orderId })
    expect(order).toMatchObject({ orderNo: reopenedNo, kind: 'repair', callerName: '赵敏' })
    expect(['reported', 'issued']).toContain(order.state)
    expect(order.description).toBe(`回访不满意（${sample?.number}）：电话回访`)
    const timeline = await callAs(hall, 'clerk', CustomerTimeline, {
      customerId: order.customerId ?? '',
      kinds: ['followup'],
      page: {},
    })
    expect(timeline.rows).toMatchObject([
      { title: '报装通气回访：不满意', detail: expect.stringContaining(`已转工单 ${reopenedNo}`) },
    ])
  })
})

describe('the ratios', () => {
  test('stand against the target by service, person and caller, and every figure has its list', async () => {
    const first = await repaired()
    const second = await repaired()
    const third = await repaired(leakCall())
    const { complaintId } = await replied(hall)
    await ring(hall, 'hall-manager', 'workorder', first)
    await ring(hall, 'hall-manager', 'workorder', second, 'dissatisfied')
    await ring(hall, 'hall-manager', 'complaint', complaintId, 'unreached')
    await ignited(1)
    hall.clock.advance(4 * day)
    await ring(hall, 'hall-manager', 'workorder', third)
    const fourth = await repaired()
    hall.clock.advance(4 * day)

    const { hallName, services, people, callers } = await callAs(hall, 'hall-manager', Ratios, {
      from: '2026-11-23',
      to: '2026-12-31',
    })
    expect(hallName).toBe('示例营业厅')
    expect(services.map(({ service, figures, target, percent, missing, sampled }) => [
      service, figures.finished, figures.called, figures.never, figures.overdue, figures.reopened, target, percent, missing, sampled,
    ])).toEqual([
      ['repair', 3, 2, 1, 1, 1, 100, 66, 1, false],
      ['alarm', 1, 1, 0, 0, 0, 100, 100, 0, false],
      ['complaint', 1, 0, 0, 1, 0, 100, 0, 1, false],
      ['hazard', 0, 0, 0, 0, 0, 100, null, 0, false],
      ['inspection', 0, 0, 0, 0, 0, 20, null, 0, true],
      ['resumption', 0, 0, 0, 0, 0, 20, null, 0, true],
      ['ignition', 1, 0, 0, 0, 0, 20, 0, 1, true],
    ]) // prettier-ignore
    expect(people.map(({ service, personName, figures }) => [service, personName, figures.satisfied])).toEqual([
      ['alarm', '赵师傅', 1],
      ['repair', '赵师傅', 1],
      ['complaint', '钱柜员', 0],
      ['ignition', '王师傅', 0],
    ])
    expect(callers).toEqual([{ actorName: '李主任', calls: 4, reached: 3, satisfied: 2 }])

    const list = (figure: FigureName, more = {}) =>
      callAs(hall, 'hall-manager', Finished, { from: '2026-11-23', to: '2026-12-31', figure, ...more })
    for (const { service, figures } of services)
      for (const [figure, count] of Object.entries(figures))
        expect((await list(figure as FigureName, { service })).rows, `${service} ${figure}`).toHaveLength(count)
    expect((await list('never')).rows).toMatchObject([{ path: `/workorders/${fourth}`, tries: 0, result: null }])
    expect((await list('reopened')).rows).toMatchObject([{ path: `/workorders/${second}`, result: 'dissatisfied' }])
    expect((await list('finished', { personName: '赵师傅' })).rows).toHaveLength(4)
    const page = await list('finished', { page: { size: 4 } })
    const more = await list('finished', { page: { after: page.next, size: 4 } })
    expect([page.rows.length, more.rows.length, more.next]).toEqual([4, 2, null])
    expect(new Set([...page.rows, ...more.rows].map(({ eventId }) => eventId)).size).toBe(6)
    await expect(callAs(hall, 'clerk', Ratios, november)).rejects.toThrow('NotAllowed')
    await expect(callAs(hall, 'hall-manager', Ratios, { from: '2026-11-02', to: '2026-11-01' })).rejects.toThrow('截止')
    expect((await callAs(hall, 'hall-manager', Ratios, { from: '2026-10-01', to: '2026-10-31' })).people).toEqual([])
  })

  test('count a sample that waits too long, and never what was not drawn', async () => {
    for (let n = 1; n <= 6; n++) await ignited(n)
    hall.clock.set('2026-11-24T09:00:00+08:00')
    await callAs(hall, 'hall-manager', Draw, {
      requestId: req(),
      service: 'ignition',
      from: '2026-11-23',
      to: '2026-11-23',
    })
    hall.clock.advance(3 * day + 1)
    const { services } = await callAs(hall, 'hall-manager', Ratios, november)
    expect(services.find(({ service }) => service === 'ignition')?.figures).toMatchObject({
      finished: 6,
      called: 0,
      never: 2,
      overdue: 2,
    })
  })
})

describe('every list goes by an index', () => {
  const bound = {
    viewer: '', service: null, overdueBefore: 0, afterAt: 0, afterId: '', beforeAt: 1, beforeId: '', limit: 51,
    asOf: 0,    result: 'satisfied', from: 0, before: 1, person: null,
  } // prettier-ignore
  const plan = (sql: string) =>
    (hall.hall.environment.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(bound) as { detail: string }[])
      .map(({ detail }) => detail)
      .join('\n')

  test.each(waitingParts.map(({ of, sql }) => [of, sql] as const))('what waits of %s', (_, sql) => {
    for (const filter of ['all', 'overdue', 'tried'] as const) {
      const text = plan(waitingSql(sql, filter))
      expect(text).toMatch(
        /SEARCH \w USING (COVERING )?INDEX (workorders_callback|complaints_state|hazards_callback|followup_samples_due)/,
      )
      expect(text).not.toMatch(/SCAN (?!i\b)|TEMP B-TREE/)
    }
    expect(plan(countSql(sql))).toMatch(
      /USING (COVERING )?INDEX (workorders_callback|complaints_state|hazards_callback|followup_samples_due)/,
    )
    // Whoever only counts does not look up whom one would ring.
    expect(plan(countSql(sql))).not.toMatch(/accounts|customers/)
  })

  test.each(sources.map((source) => [source.name, source] as const))('what %s finished', (_, source) => {
    const ends =
      /SEARCH \w USING (COVERING )?INDEX (workorder_steps_finished|complaint_steps_replied|hazard_steps_finished|inspection_visits_finished|supply_resumptions_finished|installation_records_ignited)/
    for (const figure of ['finished', 'never', 'overdue', 'satisfied'] as const) {
      const text = plan(finishedSql(source, figure))
      expect(text).toMatch(ends)
      expect(text).not.toMatch(/SCAN|TEMP B-TREE/)
    }
    expect(plan(ratioSql(source))).toMatch(ends)
    expect(plan(ratioSql(source))).not.toMatch(/SCAN/)
  })

  test('calls and draws', () => {
    expect(plan(callsSql(false))).toMatch(/SEARCH f USING INDEX followup_calls_at/)
    expect(plan(callsSql(true))).toMatch(/SEARCH f USING INDEX followup_calls_result/)
    expect(plan(drawsSql)).toMatch(/SEARCH d USING INDEX followup_draws_at/)
    for (const sql of [callsSql(false), callsSql(true), drawsSql]) expect(plan(sql)).not.toMatch(/SCAN|TEMP B-TREE/)
  })
})
