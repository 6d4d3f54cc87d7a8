import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  Assign,
  Calls,
  Candidates,
  CheckDraw,
  Draw,
  Due,
  Finished,
  Item,
  type Service,
} from '../../src-main/followups/api.ts'
import { CloseHazard, Deliver, Hazard, Reinspect, VoidVisit } from '../../src-main/inspections/api.ts'
import { ResumeSupply } from '../../src-main/supply/api.ts'
import { liftHold, placeHold } from '../../src-main/supply/service.ts'
import { Detail as OrderDetail } from '../../src-main/workorders/api.ts'
import {
  callAs,
  certify,
  employ,
  gasOf,
  generate,
  hazardFound,
  household,
  openInspectionHall,
  record,
  req,
  resumeGas,
  ring,
  taskOf,
  type InspectionHall,
} from '../inspections/support.ts'
import { apply, stepsOf, untilIgnition } from '../installations/steps.ts'
import { visit } from '../supply/support.ts'
import { changeSetting } from '../support/approval.ts'
import { actorOf } from '../support/hall.ts'

const hour = 3_600_000
const day = { from: '2026-11-23', to: '2026-11-23' }
let set: InspectionHall
beforeEach(async () => void (set = await openInspectionHall()))
afterEach(() => set.hall.close())

const write = (sql: string, ...values: unknown[]) =>
  set.hall.transact(({ sqlite }) => sqlite.prepare(sql).run(...values))
const due = async () => (await callAs(set.hall, 'hall-manager', Due, {})).rows
/** Everything a service finished on Monday, drawn on Tuesday. */
async function drawAll(service: Extract<Service, 'inspection' | 'resumption'>) {
  const key = service === 'inspection' ? 'followups.ratioInspection' : 'followups.ratioResumption'
  await changeSetting(set.hall, key, 100)
  set.hall.clock.set('2026-11-24T09:00:00+08:00')
  return callAs(set.hall, 'hall-manager', Draw, { requestId: req(), service, ...day })
}
/** Who drew the item calls it. */
const holder = (assigneeName: string | null | undefined) => (assigneeName === '李主任' ? 'hall-manager' : '3002')

describe('a hazard', () => {
  /** Found and re-inspected by 王安检. */
  async function reinspected(more: Parameters<typeof hazardFound>[2] = {}) {
    const found = await hazardFound(set, 1, more)
    const on = { requestId: req(), hazardId: found.hazardId }
    await callAs(set.hall, 'clerk', Deliver, {
      ...on,
      deliveredOn: '2026-11-23',
      deliveredBy: '王安检',
      receivedBy: '客户本人',
      receipt: 'signed',
    })
    await callAs(set.hall, 'clerk', Reinspect, {
      ...on,
      requestId: req(),
      inspectorId: set.wang,
      inspectedOn: '2026-11-23',
      passed: true,
      note: '检漏合格',
    })
    return found
  }
  const look = async (hazardId: string) => (await callAs(set.hall, 'clerk', Hazard, { hazardId })).hazard

  test('waits for its callback among the others and is moved on by that one call', async () => {
    const { hazardId } = await reinspected()
    const since = set.hall.clock.now()
    expect(await due()).toMatchObject([
      { of: 'hazard', id: hazardId, service: 'hazard', round: 1, since, personName: '王安检' },
    ])
    const item = await callAs(set.hall, 'hall-manager', Item, { of: 'hazard', id: hazardId })
    expect(item).toMatchObject({
      path: `/hazards/${hazardId}`,
      obstacles: [],
      phone: expect.stringMatching(/^\d{3}\*{4}\d{4}$/),
    })
    expect(item.questions).toContain('隐患是否已经整改')
    await ring(set.hall, 'hall-manager', 'hazard', hazardId)
    expect((await look(hazardId)).state).toBe('called-back')
    expect(await due()).toEqual([])
    expect((await callAs(set.hall, 'clerk', Calls, {})).rows).toMatchObject([
      { service: 'hazard', result: 'satisfied', path: `/hazards/${hazardId}` },
    ])
    const list = { from: '2026-11-23', to: '2026-11-30', figure: 'called' as const }
    expect((await callAs(set.hall, 'hall-manager', Finished, list)).rows).toMatchObject([
      { service: 'hazard', personName: '王安检', result: 'satisfied' },
    ])
  })

  test('that was not mended after all goes back to the mending, cut off again, and is called back anew', async () => {
    const { hazardId, servicePointId } = await reinspected({ grade: 'critical' })
    await resumeGas(set.hall, servicePointId)
    await ring(set.hall, 'hall-manager', 'hazard', hazardId, 'dissatisfied')
    expect(await look(hazardId)).toMatchObject({ state: 'open', round: 2, holding: true })
    expect(gasOf(set.hall, servicePointId)).toEqual({ state: 'suspended', why: 'hazard' })
    expect(await due()).toEqual([])
    await callAs(set.hall, 'clerk', Reinspect, {
      requestId: req(),
      hazardId,
      inspectorId: set.wang,
      inspectedOn: '2026-11-23',
      passed: true,
      note: '再次检漏合格',
    })
    expect(await due()).toMatchObject([{ of: 'hazard', round: 2, tries: 0 }])
    const list = { from: '2026-11-23', to: '2026-11-30', figure: 'reopened' as const }
    expect((await callAs(set.hall, 'hall-manager', Finished, list)).rows).toMatchObject([
      { service: 'hazard', round: 1 },
    ])
  })

  test('whose customer is not reached three times can be closed', async () => {
    const { hazardId } = await reinspected()
    const close = () => callAs(set.hall, 'dispatcher', CloseHazard, { requestId: req(), hazardId })
    for (const result of ['unreached', 'unreached', 'unreachable']) {
      await expect(close()).rejects.toThrow('WrongHazardStep')
      expect(await ring(set.hall, 'hall-manager', 'hazard', hazardId, 'unreached')).toMatchObject({ result })
      set.hall.clock.advance(4 * hour)
    }
    expect(await close()).toEqual({ state: 'closed' })
  })

  test('is called about by nobody who inspected it, in the service and below it', async () => {
    await certify(set.hall, set.wang, 'callback', '2027-11-22')
    const { hazardId } = await reinspected()
    await expect(ring(set.hall, '3001', 'hazard', hazardId)).rejects.toThrow('OwnInspection')
    const call = (actor: string) => () =>
      write(
        `INSERT INTO followup_calls (id, service, source, subject_id, round, number, customer_name, result, answers, note, at, actor_id, actor_name)
         VALUES (?, 'hazard', 'hazard', ?, 1, 'x', 'x', 'satisfied', '[]', '', 1, ?, 'x')`,
        req(), hazardId, actor) // prettier-ignore
    expect(call(set.wang)).toThrow('own work')
    const step = (state: string) => () =>
      write(
        `INSERT INTO hazard_steps (id, hazard_id, no, round, kind, state, passed, note, at, actor_id, actor_name)
         VALUES (?, ?, 99, 1, 'call-back', ?, 1, '', 1, ?, 'x')`,
        req(), hazardId, state, actorOf('hall-manager').id) // prettier-ignore
    for (const state of ['called-back', 'passed', 'open']) expect(step(state)).toThrow('without its call')
    await ring(set.hall, 'hall-manager', 'hazard', hazardId, 'unreached')
    expect(step('called-back')).toThrow('without its call')
  })
})

describe('good inspections', () => {
  test('are drawn, never for whoever inspected, and stay what they were when one is voided later', async () => {
    const visits = []
    for (let n = 1; n <= 3; n++) {
      const { accountId } = household(set.hall, n)
      await generate(set.hall)
      visits.push({
        accountId,
        ...(await record(set.hall, taskOf(set.hall, accountId).id, n === 1 ? set.sun : set.wang)),
      })
    }
    // What was voided before the draw never was; a hazard is called back by itself.
    await callAs(set.hall, 'dispatcher', VoidVisit, {
      requestId: req(),
      visitId: visits[2]?.visitId ?? '',
      reason: '录错户',
    })
    await hazardFound(set, 4)
    const { drawId, population, size } = await drawAll('inspection')
    expect([population, size]).toEqual([2, 2])
    const rows = await due()
    const own = rows.find(({ personName }) => personName === '孙安检')
    expect(own).toMatchObject({ of: 'sample', service: 'inspection', assigneeName: '李主任' })
    const candidates = await callAs(set.hall, 'dispatcher', Candidates, { sampleId: own?.id ?? '' })
    expect(candidates.map(({ name }) => name)).toEqual(['李主任'])
    expect(await callAs(set.hall, 'hall-manager', Item, { of: 'sample', id: own?.id ?? '' })).toMatchObject({
      path: `/customers/${visits[0]?.accountId}?tab=inspections`,
      what: '2026-11-23 入户安检，合格',
    })
    set.hall.clock.advance(1)
    await callAs(set.hall, 'dispatcher', VoidVisit, {
      requestId: req(),
      visitId: visits[0]?.visitId ?? '',
      reason: '录错户',
    })
    expect(await callAs(set.hall, 'hall-manager', CheckDraw, { drawId })).toMatchObject({
      matches: true,
      population: 2,
    })
    expect((await callAs(set.hall, 'hall-manager', Item, { of: 'sample', id: own?.id ?? '' })).what).toContain(
      '已撤销：录错户',
    )
    const other = rows.find(({ id }) => id !== own?.id)
    const { path } = await ring(set.hall, holder(other?.assigneeName), 'sample', other?.id ?? '', 'dissatisfied')
    const { order } = await callAs(set.hall, 'clerk', OrderDetail, { orderId: path?.split('/').at(-1) ?? '' })
    expect(order).toMatchObject({ kind: 'repair', description: `回访不满意（${other?.number}）：电话回访` })
  })
})

describe('gas given back', () => {
  test('is drawn, never for whoever tested, and a dissatisfied customer gets a linked work order', async () => {
    const tester = await employ(set.hall, {
      staffNo: '3009',
      name: '赵检修',
      roles: ['clerk'],
      certificates: ['maintenance', 'callback'],
    })
    const { servicePointId, accountId } = household(set.hall, 1)
    const subject = 'interruption:test'
    set.hall.transact((context) => {
      placeHold(context, { servicePointId, cause: 'planned', subject, note: '管道改造' })
      liftHold(context, subject, '完工')
    })
    expect(gasOf(set.hall, servicePointId)?.state).toBe('suspended')
    await callAs(
      set.hall,
      'clerk',
      ResumeSupply,
      visit(servicePointId, null, { outcome: 'nobody-home', tightness: null, checks: null, note: '无人' }),
    )
    const { noticeNo, resumptionId } = await callAs(set.hall, 'clerk', ResumeSupply, visit(servicePointId, tester))
    expect(await drawAll('resumption')).toMatchObject({ population: 1, size: 1 })
    const [row] = await due()
    expect(row).toMatchObject({ service: 'resumption', number: noticeNo, personName: '赵检修' })
    expect(row?.assigneeName).not.toBe('赵检修')
    const sampleId = row?.id ?? ''
    const candidates = await callAs(set.hall, 'dispatcher', Candidates, { sampleId })
    expect(candidates.map(({ name }) => name)).not.toContain('赵检修')
    expect(() =>
      write(`UPDATE followup_samples SET assignee_id = ?, assignee_name = 'x' WHERE id = ?`, tester, sampleId),
    ).toThrow('may not ring')
    const { reopenedNo, path } = await ring(set.hall, holder(row?.assigneeName), 'sample', sampleId, 'dissatisfied')
    expect(path).toMatch(/^\/workorders\//)
    expect((await callAs(set.hall, 'clerk', Calls, {})).rows).toMatchObject([
      { service: 'resumption', reopenedNo, path: `/customers/${accountId}?tab=supply` },
    ])
    expect(resumptionId).not.toBe('')
  })
})

describe('first gas', () => {
  test('is never called back by who worked on it; who only has the same name may', async () => {
    const both = ['maintenance', 'callback'] as const
    const [worker, namesake] = [
      await employ(set.hall, { staffNo: '3008', name: '王师傅', roles: ['clerk'], certificates: both }),
      await employ(set.hall, { staffNo: '3009', name: '王师傅', roles: ['clerk'], certificates: both }),
    ]
    const applicationId = await apply(set.hall)
    const steps = stepsOf(set.hall, applicationId, true, undefined, () => worker)
    await untilIgnition(steps)
    await steps.ignite()
    await changeSetting(set.hall, 'followups.ratioIgnition', 100)
    set.hall.clock.set('2026-11-24T09:00:00+08:00')
    await callAs(set.hall, 'hall-manager', Draw, { requestId: req(), service: 'ignition', ...day })
    const [row] = await due()
    const sampleId = row?.id ?? ''
    const candidates = (await callAs(set.hall, 'dispatcher', Candidates, { sampleId })).map(({ staffId }) => staffId)
    expect(candidates).toContain(namesake)
    expect(candidates).not.toContain(worker)
    await callAs(set.hall, 'dispatcher', Assign, { requestId: req(), sampleId, staffId: namesake })
    await expect(ring(set.hall, '3008', 'sample', sampleId)).rejects.toThrow()
    await ring(set.hall, '3009', 'sample', sampleId, 'unreached')
    // Nor past the calls, whatever the draw remembers.
    expect(() =>
      write(
        `INSERT INTO followup_calls SELECT ?, service, source, subject_id, round, NULL, number, customer_id, account_id, customer_name,
           person_name, result, answers, note, reopened_as, reopened_no, at, ?, actor_name FROM followup_calls`,
        req(),
        worker,
      ),
    ).toThrow('own work')
  })
})
