import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CustomerTimeline, ReadAttachment } from '../../src-main/customers/api.ts'
import { holdsOn, liftHold } from '../../src-main/supply/service.ts'
import {
  AttachPhoto,
  CloseHazard,
  Deliver,
  Hazard,
  HazardCounts,
  Hazards,
  HazardsOfAccount,
  lowerTerms,
  Measure,
  Mend,
  misfiledTerms,
  Regrade,
  Reinspect,
  Report,
  Stay,
  VoidVisit,
  Withdraw,
} from '../../src-main/inspections/api.ts'
import { hazardsSql, ofAccountHazardsSql, openHazardsOf } from '../../src-main/inspections/service.ts'
import { hazardFilters, type HazardFilter } from '../../src-main/inspections/hazard-process.ts'
import type { Approval } from '../../src-main/access/api.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { ResumeSupply } from '../../src-main/supply/api.ts'
import { visit } from '../supply/support.ts'
import type { ToldResult } from '../../src-main/followups/api.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf } from '../support/hall.ts'
import {
  callAs,
  certify,
  failedItem,
  gasOf,
  generate,
  hazardFound,
  household,
  openInspectionHall,
  record,
  req,
  resumeGas,
  ring,
  rows,
  taskOf,
  type InspectionHall,
} from './support.ts'

let set: InspectionHall
beforeEach(async () => void (set = await openInspectionHall()))
afterEach(() => set.hall.close())

/** Hands of one hazard. */
function ways(hazardId: string) {
  const on = () => ({ requestId: req(), hazardId })
  const { hall } = set
  return {
    deliver: (more = {}) =>
      callAs(hall, 'clerk', Deliver, {
        ...on(),
        deliveredOn: '2026-11-23',
        deliveredBy: '王安检',
        receivedBy: '客户本人',
        receipt: 'signed',
        ...more,
      }),
    mend: (more = {}) =>
      callAs(hall, 'clerk', Mend, { ...on(), mendedOn: '2026-11-23', note: '更换金属波纹管', ...more }),
    reinspect: (passed = true, inspectorId = set.wang, more = {}) =>
      callAs(hall, 'clerk', Reinspect, {
        ...on(),
        inspectorId,
        inspectedOn: '2026-11-23',
        passed,
        newDeadline: passed ? null : '2026-12-20',
        note: '检漏合格',
        ...more,
      }),
    callBack: (as: string, result?: ToldResult) => ring(hall, as, 'hazard', hazardId, result),
    report: () => callAs(hall, 'clerk', Report, { ...on(), reportedTo: '阳光社区居委会' }),
    close: (as = 'dispatcher', note = '') => callAs(hall, as, CloseHazard, { ...on(), note }),
    regrade: (grade: 'general' | 'serious' | 'critical', as = 'dispatcher') =>
      callAs(hall, as, Regrade, { ...on(), grade, note: '现场复核' }),
    stay: (times: { supportCalledAt: number; supportArrivedAt?: number | null; releasedAt?: number | null }) =>
      callAs(hall, 'clerk', Stay, { ...on(), ...times }),
  }
}
const heldOff = {
  failure: { code: 'GateNotPassed', message: expect.stringContaining('隐患未整改复查合格，不得恢复供气') },
}
const unwatched = { failure: { code: 'WrongHazardStep', message: expect.stringContaining('请先办“现场监护”') } }
const look = (hazardId: string, as = 'clerk') => callAs(set.hall, as, Hazard, { hazardId })
const held = (servicePointId: string) => set.hall.transact((context) => holdsOn(context, servicePointId))
const write = (sql: string, ...values: unknown[]) =>
  set.hall.transact(({ sqlite }) => sqlite.prepare(sql).run(...values))

/** The manager's word on what is said about a hazard, in these terms or others. */
const wordOn = async (
  purpose: 'hazard-misfiled' | 'hazard-lower',
  hazardId: string,
  { reason, right = '', ...more }: { reason: string; right?: string; hazardId?: string },
  as: Role = 'clerk',
) => {
  const { hazard } = await look(hazardId)
  const terms =
    purpose === 'hazard-misfiled' ? misfiledTerms(hazard, right, reason) : lowerTerms(hazard, 'general', reason)
  return approvalOf(set.hall, { purpose, terms: { ...terms, ...more } } as Approval, as)
}

describe('a way out for what was written down wrongly (clause 19(3))', () => {
  const reason = '户号看错，应是隔壁'
  const withdraw = (hazardId: string, approvalId: string, more = {}) =>
    callAs(set.hall, 'clerk', Withdraw, { requestId: req(), hazardId, approvalId, note: reason, ...more })

  test('误登: by two, kept on record, out of lists and figures; gas is still given back by test and check alone', async () => {
    const { servicePointId, hazardId, customerId, accountId } = await hazardFound(set, 1, { grade: 'serious' })
    const other = await hazardFound(set, 2, { grade: 'serious' })
    for (const approvalId of [
      crypto.randomUUID(),
      await wordOn('hazard-misfiled', other.hazardId, { reason }),
      await wordOn('hazard-misfiled', hazardId, { reason: '别的' }),
      await wordOn('hazard-misfiled', hazardId, { reason, right: '002' }),
      await wordOn('hazard-lower', hazardId, { reason }),
    ])
      await expect(withdraw(hazardId, approvalId)).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
    expect(() => write(`UPDATE hazards SET state = 'withdrawn' WHERE id = ?`, hazardId)).toThrow('by one person')
    await expect(resumeGas(set.hall, servicePointId)).rejects.toMatchObject(heldOff)
    const approvalId = await wordOn('hazard-misfiled', hazardId, { reason, right: '0002' })
    expect(await withdraw(hazardId, approvalId, { rightAccountNo: '0002' })).toEqual({ state: 'withdrawn' })
    expect(held(servicePointId)).toEqual([])
    expect(gasOf(set.hall, servicePointId)?.state).toBe('suspended')
    await expect(
      callAs(set.hall, 'clerk', ResumeSupply, visit(servicePointId, null, { tightness: null, checks: null })),
    ).rejects.toMatchObject({ failure: { code: 'GateNotPassed' } })
    const { hazard, steps } = await look(hazardId)
    expect(hazard).toMatchObject({ state: 'withdrawn', holding: false })
    expect(steps.at(-1)?.note).toBe(`误登，应登记在 0002：${reason}（李主任批准）`)
    const list = async (filter: HazardFilter) =>
      (await callAs(set.hall, 'clerk', Hazards, { filter })).rows.map((row) => row.hazardId)
    expect(await list('open')).toEqual([other.hazardId])
    expect(await list('grave')).toEqual([other.hazardId])
    expect(await list('withdrawn')).toEqual([hazardId])
    expect(await list('all')).toContain(hazardId)
    const timeline = await callAs(set.hall, 'clerk', CustomerTimeline, { customerId, accountId, kinds: [], page: {} })
    expect(timeline.rows.map(({ title }) => title)).toContain('隐患误登作废：误登作废')
    // The end: nothing is done to it any more, below the services neither.
    const way = ways(hazardId)
    for (const act of [() => way.mend(), () => way.reinspect(), () => way.regrade('critical'), () => way.deliver()])
      await expect(act()).rejects.toMatchObject({ failure: { code: 'WrongHazardStep' } })
    expect(() => write(`UPDATE hazards SET state = 'open' WHERE id = ?`, hazardId)).toThrow()
    // The visit was another household's too: now it can be taken back, and this one is still to be inspected.
    const { visitId } = hazard
    await callAs(set.hall, 'dispatcher', VoidVisit, { requestId: req(), visitId, reason })
    expect(taskOf(set.hall, accountId).state).toBe('planned')
    await expect(
      callAs(set.hall, 'dispatcher', VoidVisit, {
        requestId: req(),
        visitId: (await look(other.hazardId)).hazard.visitId,
        reason,
      }),
    ).rejects.toThrow('误登作废')
  })

  test('误登 is not agreed to by whoever found it, nor after it was found good', async () => {
    const { hazardId } = await hazardFound(set, 1, { grade: 'serious' })
    await certify(set.hall, actorOf('hall-manager').id, 'inspection', '2027-11-22')
    const way = ways(hazardId)
    await way.mend()
    await way.reinspect(false, actorOf('hall-manager').id)
    const own = await wordOn('hazard-misfiled', hazardId, { reason })
    await expect(withdraw(hazardId, own)).rejects.toMatchObject({ failure: { code: 'OwnInspection' } })
    const { hazardId: good } = await hazardFound(set, 2, { grade: 'serious' })
    await ways(good).mend()
    await ways(good).reinspect()
    const late = await wordOn('hazard-misfiled', good, { reason })
    await expect(withdraw(good, late)).rejects.toMatchObject({ failure: { code: 'WrongHazardStep' } })
  })

  test('a grade that cut the gas is lowered by two; the hold goes, test and check stay', async () => {
    const { servicePointId, hazardId } = await hazardFound(set, 1, { grade: 'serious' })
    const lower = (approvalId: string | null, note = reason) =>
      callAs(set.hall, 'dispatcher', Regrade, { requestId: req(), hazardId, grade: 'general', approvalId, note })
    await expect(lower(null)).rejects.toMatchObject({
      failure: { code: 'GradeRefused', message: expect.stringContaining('由营业厅主任批准') },
    })
    const given = (more = {}) => wordOn('hazard-lower', hazardId, { reason, ...more }, 'dispatcher')
    for (const wrong of [await given({ reason: '别的' }), await given({ hazardId: req() }), req()])
      await expect(lower(wrong)).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
    expect(() => write(`UPDATE hazards SET grade = 'general' WHERE id = ?`, hazardId)).toThrow('not made small')
    const approvalId = await given()
    expect(await lower(approvalId)).toEqual({ state: 'open', suspended: false })
    expect(held(servicePointId)).toEqual([])
    expect(gasOf(set.hall, servicePointId)?.state).toBe('suspended')
    const { hazard, steps } = await look(hazardId)
    expect(hazard).toMatchObject({ grade: 'general', state: 'open', holding: false })
    expect(steps.at(-1)?.note).toContain('李主任批准')
    expect(rows(set.hall, 'SELECT lowered_reason AS why, lowered_by AS who FROM hazards')).toEqual([
      { why: reason, who: '李主任' },
    ])
    // Raised again it cuts again, and the word given before counts no more.
    set.hall.clock.advance(1_000)
    await ways(hazardId).regrade('serious')
    expect(held(servicePointId)).toHaveLength(1)
    await expect(lower(approvalId)).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
    expect(() => write(`UPDATE hazards SET grade = 'general' WHERE id = ?`, hazardId)).toThrow('not made small')
  })
})

describe('a grave hazard (clause 19(3))', () => {
  test.each(['serious', 'critical'] as const)('%s: cuts the supply in the same transaction', async (grade) => {
    const { servicePointId, hazardId, suspended } = await hazardFound(set, 1, { grade })
    expect(suspended).toBe(true)
    expect(gasOf(set.hall, servicePointId)).toEqual({ state: 'suspended', why: 'hazard' })
    expect(held(servicePointId)).toMatchObject([{ cause: 'hazard', subject: `hazard:${hazardId}` }])
    expect((await look(hazardId)).hazard.holding).toBe(true)
  })

  test('keeps it cut until it is re-inspected, whatever is tried first', async () => {
    const { servicePointId, hazardId, customerId, accountId } = await hazardFound(set, 1, { grade: 'serious' })
    const way = ways(hazardId)
    const resume = () => resumeGas(set.hall, servicePointId)
    const lift = () => set.hall.transact((context) => liftHold(context, `hazard:${hazardId}`, '硬要恢复'))
    await expect(resume()).rejects.toMatchObject(heldOff)
    expect(lift).toThrow('until the hazard is re-inspected')
    await way.mend()
    expect(lift).toThrow('until the hazard is re-inspected')
    await way.reinspect(false)
    await expect(resume()).rejects.toMatchObject(heldOff)
    expect(await way.reinspect()).toEqual({ state: 'passed', lifted: true })
    expect(held(servicePointId)).toEqual([])
    // Re-inspection lifts the hold; gas itself is turned on by the supply room.
    expect(gasOf(set.hall, servicePointId)?.state).toBe('suspended')
    const timeline = await callAs(set.hall, 'clerk', CustomerTimeline, { customerId, accountId, kinds: [], page: {} })
    expect(timeline.rows.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['较大隐患，立即停气', '隐患整改完成：待复查', '隐患复查：待整改', '隐患复查：待回访']),
    )
  })

  test('that the customer says was not mended cuts the supply again', async () => {
    const { servicePointId, hazardId } = await hazardFound(set, 1, { grade: 'critical' })
    const way = ways(hazardId)
    await way.reinspect()
    await resumeGas(set.hall, servicePointId)
    const { hazardNo } = (await look(hazardId)).hazard
    expect(await way.callBack('hall-manager', 'dissatisfied')).toEqual({
      result: 'dissatisfied',
      reopenedNo: hazardNo,
      path: `/hazards/${hazardId}`,
    })
    expect(gasOf(set.hall, servicePointId)).toEqual({ state: 'suspended', why: 'hazard' })
    expect((await look(hazardId)).hazard).toMatchObject({ state: 'open', round: 2, holding: true, passedOn: null })
  })

  test('is told apart by grade: raising cuts at once, lowering below 较大 is refused to one person above and below the services', async () => {
    const { servicePointId, hazardId } = await hazardFound(set, 1)
    expect(gasOf(set.hall, servicePointId)?.state).toBe('supplied')
    const way = ways(hazardId)
    await expect(way.regrade('serious', 'clerk')).rejects.toThrow('NotAllowed')
    expect(() => write(`UPDATE hazards SET grade = 'serious' WHERE id = ?`, hazardId)).toThrow('without its suspension')
    expect(await way.regrade('serious')).toEqual({ state: 'open', suspended: true })
    expect(gasOf(set.hall, servicePointId)).toEqual({ state: 'suspended', why: 'hazard' })
    expect(await way.regrade('critical')).toEqual({ state: 'open', suspended: false })
    await expect(way.regrade('general')).rejects.toMatchObject({
      failure: { code: 'GradeRefused', field: 'grade', message: expect.stringContaining('由营业厅主任批准') },
    })
    expect(() => write(`UPDATE hazards SET grade = 'general' WHERE id = ?`, hazardId)).toThrow('not made small')
    await expect(way.regrade('critical')).rejects.toMatchObject({ failure: { message: '等级没有变化' } })
  })

  test('beside another one keeps gas off until both are good', async () => {
    const { accountId, servicePointId } = household(set.hall, 1)
    await generate(set.hall)
    const failed = [
      failedItem({ grade: 'serious' }),
      failedItem({ item: 'flue', grade: 'critical', text: '烟道未伸出室外' }),
    ]
    const { hazardIds } = await record(set.hall, taskOf(set.hall, accountId).id, set.wang, {
      outcome: 'hazard',
      failed,
    })
    expect(held(servicePointId)).toHaveLength(2)
    const [first = '', second = ''] = hazardIds
    await ways(first).reinspect()
    expect(held(servicePointId).map(({ subject }) => subject)).toEqual([`hazard:${second}`])
    await expect(resumeGas(set.hall, servicePointId)).rejects.toMatchObject(heldOff)
    await ways(second).reinspect()
    expect(held(servicePointId)).toEqual([])
    // One notice lists both, and its delivery is written into each.
    await ways(first).deliver()
    expect((await look(second)).steps.at(-1)).toMatchObject({ kind: 'deliver' })
  })
})

describe('the way to the closure (clauses 19(5), 21)', () => {
  test('goes by notice, mending, re-inspection, callback; each step with time and person', async () => {
    const { hazardId, accountId, visitId } = await hazardFound(set, 1)
    const way = ways(hazardId)
    await expect(way.close()).rejects.toMatchObject({
      failure: {
        code: 'WrongHazardStep',
        message: '隐患现在是“待整改”，不能办理关闭，下一步是整改完成、复查',
      },
    })
    await way.deliver()
    await way.mend()
    await way.reinspect()
    await way.callBack('hall-manager')
    expect(await way.close()).toEqual({ state: 'closed' })
    const { hazard, notice, steps } = await look(hazardId)
    expect(hazard).toMatchObject({ state: 'closed', delivered: true, passedOn: '2026-11-23', visitId })
    expect(notice).toMatchObject({ deliveredOn: '2026-11-23', receivedBy: '客户本人', receipt: 'signed' })
    expect(steps.map(({ kind, workerName, actorName }) => [kind, workerName, actorName])).toEqual([
      ['find', '王安检', '钱柜员'],
      ['deliver', null, '钱柜员'],
      ['mend', null, '钱柜员'],
      ['reinspect', '王安检', '钱柜员'],
      ['call-back', null, '李主任'],
      ['close', null, '周调度'],
    ])
    await expect(way.callBack('hall-manager')).rejects.toThrow('WrongHazardStep')
    expect(await callAs(set.hall, 'clerk', HazardsOfAccount, { accountId })).toMatchObject([{ state: 'closed' }])
    set.hall.transact((context) => expect(openHazardsOf(context, accountId)).toEqual([]))
  })

  test('is called back and closed by nobody who inspected it, and only by a holder of the callback certificate', async () => {
    const { hazardId } = await hazardFound(set, 1)
    const way = ways(hazardId)
    await way.deliver()
    await way.reinspect(true, set.sun)
    await expect(way.callBack('3002')).rejects.toMatchObject({
      failure: { code: 'OwnInspection', message: '本人检查或整改过这处隐患，回访须由他人办理（第十九条、第二十一条）' },
    })
    await expect(way.callBack('3001')).rejects.toThrow('CertificateMissing')
    await expect(way.callBack('clerk')).rejects.toMatchObject({
      failure: { code: 'CertificateMissing', message: expect.stringContaining('钱柜员没有回访证') },
    })
    expect((await look(hazardId, 'clerk')).obstacles['call-back']).toEqual([expect.stringContaining('没有回访证')])
    expect(await way.callBack('hall-manager', 'unreached')).toMatchObject({ result: 'unreached' })
    expect((await look(hazardId)).hazard.state).toBe('passed')
    await way.callBack('hall-manager')
    await expect(way.close('3002')).rejects.toThrow('OwnInspection')
    expect(await way.close('hall-manager')).toEqual({ state: 'closed' })
  })

  test('is not ended before the notice is delivered, the stay on site is over, and a grave one was told to the authority', async () => {
    const { hazardId } = await hazardFound(set, 1, { grade: 'critical' })
    const way = ways(hazardId)
    const at = (time: string) => Date.parse(`2026-11-23T${time}:00+08:00`)
    await way.stay({ supportCalledAt: at('08:10') })
    await way.reinspect()
    await way.callBack('hall-manager')
    await expect(way.close()).rejects.toMatchObject({
      failure: { message: '整改通知书还没有登记送达（第十九条）；现场监护还没有登记撤离时间（第十九条）' },
    })
    await way.stay({ supportCalledAt: at('08:10'), supportArrivedAt: at('08:35'), releasedAt: at('08:58') })
    await way.deliver({ receipt: 'refused', receivedBy: '客户拒签，邻居见证' })
    // What was grave is told to the authority or the community, or it stands why not (clause 19(3)).
    await expect(way.close()).rejects.toMatchObject({
      failure: { code: 'InvalidInput', field: 'note', message: expect.stringContaining('没有上报登记') },
    })
    expect(() => write(`UPDATE hazards SET state = 'closed', closed_at = 1 WHERE id = ?`, hazardId)).toThrow(
      'nobody was told of',
    )
    await way.report()
    await way.close()
  })

  test('the notice is received by somebody other than who brought it', async () => {
    const { hazardId } = await hazardFound(set, 1)
    await expect(ways(hazardId).deliver({ receivedBy: '王安检' })).rejects.toMatchObject({
      failure: { code: 'InvalidInput', field: 'receivedBy' },
    })
    await ways(hazardId).deliver()
  })

  test('the company’s own: made safe at once, mended by somebody certified who never judges it, notice delivered, stay over', async () => {
    const { hall, wang, sun } = set
    const company = { mender: 'company', measures: '已关表前阀', onTheSpot: true } as const
    await expect(hazardFound(set, 2, { mender: 'company' })).rejects.toMatchObject({
      failure: { code: 'InvalidInput', message: expect.stringContaining('请写临时安全措施') },
    })
    await expect(hazardFound(set, 3, { ...company, deadline: '2027-01-23' })).rejects.toMatchObject({
      failure: { code: 'InvalidInput', field: 'failed', message: '一般隐患的整改期限最长 60 天，不能晚于 2027-01-22' },
    })
    expect(rows(hall, 'SELECT 1 FROM hazards')).toEqual([])
    const { hazardId } = await hazardFound(set, 4, company)
    const way = ways(hazardId)
    await expect(way.reinspect()).rejects.toMatchObject({
      failure: { code: 'WrongHazardStep', message: expect.stringContaining('请先登记整改完成和整改人') },
    })
    await expect(way.mend()).rejects.toMatchObject({ failure: { code: 'InvalidInput', field: 'workerId' } })
    await expect(way.mend({ workerId: wang })).rejects.toThrow('CertificateMissing')
    await certify(hall, wang, 'maintenance', '2027-11-22')
    await way.mend({ workerId: wang })
    expect((await look(hazardId)).steps.at(-1)).toMatchObject({ kind: 'mend', workerName: '王安检' })
    await expect(way.reinspect()).rejects.toMatchObject({
      failure: {
        code: 'OwnInspection',
        field: 'inspectorId',
        message: expect.stringContaining('不能复查本人整改的隐患'),
      },
    })
    hall.clock.set('2026-11-24T09:00:00+08:00')
    // Said to be mended at once, and not found good that day: whoever found it had to stay, and that comes first (19(4)).
    await expect(way.reinspect(true, sun, { inspectedOn: '2026-11-24' })).rejects.toMatchObject(unwatched)
    await expect(way.reinspect(false, sun, { inspectedOn: '2026-11-24' })).rejects.toMatchObject(unwatched)
    const at = (time: string, on = '2026-11-23') => Date.parse(`${on}T${time}:00+08:00`)
    await way.stay({ supportCalledAt: at('08:10') })
    // Nor in the session of who mended it, with another's name.
    await expect(
      callAs(hall, '3001', Reinspect, {
        requestId: req(),
        hazardId,
        inspectorId: sun,
        inspectedOn: '2026-11-24',
        passed: true,
        note: '检漏合格',
      }),
    ).rejects.toMatchObject({
      failure: { code: 'OwnInspection', message: expect.stringContaining('由他人登记复查') },
    })
    await way.reinspect(true, sun, { inspectedOn: '2026-11-24' })
    await way.callBack('hall-manager')
    await expect(way.close('3001')).rejects.toThrow('NotAllowed')
    // Mended on a later day, with gas on: the inspector stayed until then, or nobody knows who watched over it (19(4)).
    await expect(way.close()).rejects.toMatchObject({
      failure: { message: '整改通知书还没有登记送达（第十九条）；现场监护还没有登记撤离时间（第十九条）' },
    })
    await way.deliver()
    const came = { supportCalledAt: at('08:10'), supportArrivedAt: at('08:35') }
    // Nobody left before it was mended and found good, nor was support called before it was found.
    await expect(way.stay({ ...came, releasedAt: at('08:58') })).rejects.toMatchObject({
      failure: { code: 'ReleasedTooEarly', field: 'releasedAt', message: expect.stringContaining('2026-11-24') },
    })
    await expect(way.stay({ ...came, supportCalledAt: at('23:50', '2026-11-22') })).rejects.toMatchObject({
      failure: { code: 'InvalidInput', field: 'supportCalledAt' },
    })
    expect(() => write('UPDATE hazards SET released_at = ? WHERE id = ?', at('08:58'), hazardId)).toThrow(
      'left before it was found good',
    )
    await way.stay({ ...came, releasedAt: at('08:58', '2026-11-24') })
    expect(await way.close()).toEqual({ state: 'closed' })
  })

  test('the stay is asked for when something begins to be watched: found, found not mended, graded lower (clause 19(4))', async () => {
    const { hall, sun } = set
    const own = { mender: 'company', measures: '已关表前阀' } as const
    const asked = { failure: { code: 'InvalidInput', message: expect.stringContaining('请填写呼叫支援的时间') } }
    await expect(hazardFound(set, 2, own)).rejects.toMatchObject(asked)
    for (const [n, supportCalledAt, message] of [
      [3, '08:00', '呼叫支援的时间不能早于到达时间'],
      [7, '23:59', '呼叫支援的时间不能晚于现在'],
    ] as const)
      await expect(hazardFound(set, n, { ...own, supportCalledAt })).rejects.toMatchObject({ failure: { message } })
    expect(rows(hall, 'SELECT 1 FROM hazards')).toEqual([])
    const stays = await hazardFound(set, 4, { ...own, supportCalledAt: '09:00' })
    const { hazard, steps } = await look(stays.hazardId)
    expect(hazard.supportCalledAt).toBe(Date.parse('2026-11-23T09:00:00+08:00'))
    expect(steps[0]?.note).toContain('09:00 呼叫支援，现场监护')
    // Mended on the spot, it is said; not that day after all.
    const said = await hazardFound(set, 5, { ...own, onTheSpot: true })
    expect((await look(said.hazardId)).steps[0]?.note).toContain('当场整改好')
    await certify(hall, sun, 'maintenance', '2027-11-22')
    hall.clock.set('2026-11-24T09:00:00+08:00')
    const way = ways(said.hazardId)
    await expect(way.mend({ workerId: sun, mendedOn: '2026-11-24' })).rejects.toMatchObject(unwatched)
    expect(() => write(`UPDATE hazards SET passed_on = '2026-11-24' WHERE id = ?`, said.hazardId)).toThrow(
      'watched hazard without its stay',
    )
    await way.stay({ supportCalledAt: hall.clock.now() })
    await way.mend({ workerId: sun, mendedOn: '2026-11-24' })
    // What had cut the gas is watched once it no longer does.
    const cut = await hazardFound(set, 6, { grade: 'serious', mender: 'company' })
    const reason = '现场复核'
    const lower = async () =>
      callAs(hall, 'dispatcher', Regrade, {
        ...{ requestId: req(), hazardId: cut.hazardId, grade: 'general', note: reason },
        approvalId: await wordOn('hazard-lower', cut.hazardId, { reason }, 'dispatcher'),
      })
    await expect(lower()).rejects.toMatchObject({
      failure: { message: expect.stringContaining('请先登记临时措施、现场监护') },
    })
  })

  test('the company’s own below the services: neither unsafe, nor mended by nobody, nor judged by who mended it, nor closed early', async () => {
    const { hazardId } = await hazardFound(set, 1, { mender: 'company', measures: '已关表前阀', onTheSpot: true })
    const insertStep = (kind: string, state: string, worker: string | null) => () =>
      write(
        `INSERT INTO hazard_steps (id, hazard_id, no, round, kind, state, passed, note, worker_id, worker_name, done_on, at, actor_id, actor_name)
         VALUES (?, ?, 90, 1, ?, ?, 1, '', ?, 'x', '2026-11-23', 0, ?, 'x')`,
        req(),
        hazardId,
        kind,
        state,
        worker,
        actorOf('dispatcher').id,
      )
    expect(insertStep('mend', 'mended', null)).toThrow('mended without a certificate')
    expect(insertStep('mend', 'mended', set.wang)).toThrow('mended without a certificate')
    expect(insertStep('reinspect', 'passed', set.sun)).toThrow('judged by nobody else')
    for (const person of [set.wang, set.sun]) await certify(set.hall, person, 'maintenance', '2027-11-22')
    await ways(hazardId).mend({ workerId: set.sun })
    expect(insertStep('reinspect', 'passed', set.sun)).toThrow('judged by nobody else')
    await ways(hazardId).reinspect()
    await ways(hazardId).callBack('hall-manager')
    expect(() => write(`UPDATE hazards SET state = 'closed', closed_at = 1 WHERE id = ?`, hazardId)).toThrow(
      'closed before its notice and its stay',
    )
    const [copied = ''] = rows<{ sql: string }>(
      set.hall,
      `SELECT group_concat(name) AS sql FROM pragma_table_info('hazards')`,
    ).map(({ sql }) => sql)
    expect(() =>
      write(
        `INSERT INTO hazards (${copied}) SELECT ${copied
          .split(',')
          .map(
            (name) =>
              ({ id: `'x'`, hazard_no: `'x'`, state: `'open'`, passed_on: 'NULL', passed_at: 'NULL', measures: `' '` })[
                name
              ] ?? name,
          )
          .join(', ')} FROM hazards WHERE id = ?`,
        hazardId,
      ),
    ).toThrow('without measures')
  })

  test('made graver it waits no longer than that grade may', async () => {
    const { hazardId } = await hazardFound(set, 1, { deadline: '2027-01-20' })
    await ways(hazardId).regrade('critical')
    const { hazard, steps } = await look(hazardId)
    expect(hazard).toMatchObject({ deadline: '2026-12-08', firstDeadline: '2027-01-20' })
    expect(steps.at(-1)?.note).toContain('整改期限提前到 2026-12-08')
    await expect(ways(hazardId).reinspect(false, set.wang, { newDeadline: '2026-12-20' })).rejects.toMatchObject({
      failure: { field: 'newDeadline', message: '重大隐患的整改期限最长 15 天，不能晚于 2026-12-08' },
    })
  })

  test('a failed re-inspection needs a new deadline and stays open with it; what counts as in time stays the first one', async () => {
    const { hazardId, noticeId } = await hazardFound(set, 1)
    const way = ways(hazardId)
    await expect(way.reinspect(false, set.wang, { newDeadline: null })).rejects.toMatchObject({
      failure: { field: 'newDeadline', message: '复查不合格，请填写新的整改期限' },
    })
    await expect(way.reinspect(false, set.wang, { newDeadline: '2026-11-22' })).rejects.toMatchObject({
      failure: { field: 'newDeadline' },
    })
    expect(await way.reinspect(false)).toEqual({ state: 'open', lifted: false })
    expect((await look(hazardId)).hazard).toMatchObject({
      deadline: '2026-12-20',
      firstDeadline: '2026-12-08',
      noticeId,
    })
    await expect(way.reinspect(true, actorOf('clerk').id)).rejects.toThrow('CertificateMissing')
    set.hall.clock.set('2026-12-15T09:00:00+08:00')
    await way.reinspect(true, set.wang, { inspectedOn: '2026-12-15' })
    const good = { filter: 'good' as const, foundFrom: '2026-12-15' as const }
    expect((await callAs(set.hall, 'clerk', Hazards, good)).rows).toMatchObject([{ hazardId }])
    expect((await callAs(set.hall, 'clerk', Hazards, { filter: 'good', foundTo: '2026-12-14' })).rows).toEqual([])
    const late = await callAs(set.hall, 'clerk', Hazards, { filter: 'late' })
    expect(late.rows).toMatchObject([{ hazardId }])
    expect((await callAs(set.hall, 'clerk', Hazards, { filter: 'in-time' })).rows).toEqual([])
  })

  test('below the services is no other', async () => {
    const { hazardId, servicePointId } = await hazardFound(set, 1)
    const writeState =
      (state: string, more = '') =>
      () =>
        write(`UPDATE hazards SET state = '${state}', passed_on = '2026-11-23' ${more} WHERE id = ?`, hazardId)
    await ways(hazardId).deliver()
    expect(writeState('passed')).toThrow('without re-inspection and callback')
    expect(writeState('closed', ', closed_at = 1')).toThrow('without re-inspection and callback')
    await ways(hazardId).reinspect()
    expect(writeState('called-back')).toThrow('without re-inspection and callback')
    const step = (kind: string, actor: string) => () =>
      write(
        `INSERT INTO hazard_steps (id, hazard_id, no, round, kind, state, passed, note, worker_id, worker_name, done_on, at, actor_id, actor_name)
         VALUES (?, ?, 90, 1, ?, 'passed', 1, '', ?, 'x', '2026-11-23', 0, ?, 'x')`,
        req(),
        hazardId,
        kind,
        kind === 'reinspect' ? actor : null,
        actor,
      )
    expect(step('reinspect', actorOf('clerk').id)).toThrow('without a certificate')
    expect(step('call-back', actorOf('clerk').id)).toThrow('callback step without its call')
    expect(step('call-back', set.sun)).toThrow('callback step without its call')
    await ways(hazardId).callBack('hall-manager', 'unreached')
    expect(step('call-back', set.sun)).toThrow('callback step without its call')
    expect(writeState('called-back')).toThrow('without re-inspection and callback')
    expect(step('close', set.wang)).toThrow('judged by whoever inspected it')
    for (const change of [
      `found_on = '2026-11-30'`,
      `first_deadline = '2027-11-30'`,
      `item = 'other'`,
      `mender = 'third-party'`,
      `finder_id = '${actorOf('clerk').id}'`,
    ])
      expect(() => write(`UPDATE hazards SET ${change} WHERE id = ?`, hazardId), change).toThrow('what was found stays')
    expect(() => write('DELETE FROM hazards WHERE id = ?', hazardId)).toThrow('never go')
    expect(() => write('DELETE FROM hazard_steps WHERE hazard_id = ?', hazardId)).toThrow('append-only')
    expect(gasOf(set.hall, servicePointId)?.state).toBe('supplied')
  })
})

describe('what else is written down', () => {
  test('measures, report to the authority, and a photo sealed among the scans', async () => {
    const { hazardId } = await hazardFound(set, 1, { grade: 'serious', measures: '关闭表前阀' })
    await callAs(set.hall, 'clerk', Measure, { requestId: req(), hazardId, note: '加锁停用，贴封条' })
    await callAs(set.hall, 'clerk', Report, { requestId: req(), hazardId, reportedTo: '阳光社区居委会' })
    await callAs(set.hall, 'clerk', Report, { requestId: req(), hazardId, reportedTo: '区燃气主管部门' })
    const photo = join(mkdtempSync(join(tmpdir(), 'photo-')), '现场.png')
    writeFileSync(photo, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]))
    await callAs(set.hall, 'clerk', AttachPhoto, { requestId: req(), hazardId, sourcePath: photo })
    const { hazard, steps } = await look(hazardId)
    expect(hazard).toMatchObject({ measures: '加锁停用，贴封条', reportedTo: '阳光社区居委会、区燃气主管部门' })
    const attachmentId = steps.at(-1)?.attachmentId ?? ''
    const read = await callAs(set.hall, 'clerk', ReadAttachment, { attachmentId })
    expect([read.type, read.bytes.length]).toEqual(['image/png', 11])
    await expect(
      callAs(set.hall, 'clerk', AttachPhoto, { requestId: req(), hazardId, sourcePath: '/nowhere.png' }),
    ).rejects.toThrow('AttachmentRefused')
  })

  test('the stay on site: times in their order, never after now (clause 19(4))', async () => {
    const { hazardId } = await hazardFound(set, 1)
    const { stay } = ways(hazardId)
    const now = set.hall.clock.now()
    await expect(stay({ supportCalledAt: now + 60_000 })).rejects.toMatchObject({
      failure: { field: 'supportCalledAt' },
    })
    await expect(stay({ supportCalledAt: now, supportArrivedAt: now - 1 })).rejects.toMatchObject({
      failure: { field: 'supportArrivedAt', message: '支援到达不能早于呼叫支援' },
    })
    await expect(stay({ supportCalledAt: now - 9, releasedAt: now })).rejects.toMatchObject({
      failure: { field: 'supportArrivedAt' },
    })
    await expect(
      stay({ supportCalledAt: now - 9, supportArrivedAt: now - 5, releasedAt: now - 6 }),
    ).rejects.toMatchObject({ failure: { field: 'releasedAt', message: '撤离不能早于支援到达' } })
    await stay({ supportCalledAt: now - 9, supportArrivedAt: now - 5, releasedAt: now })
    expect((await look(hazardId)).hazard).toMatchObject({ supportCalledAt: now - 9, releasedAt: now })
  })

  test('the inspector stays with what the company mends until it is re-inspected as good (clause 19(4))', async () => {
    const { hazardId } = await hazardFound(set, 1, { mender: 'company', measures: '已关表前阀', onTheSpot: true })
    await certify(set.hall, set.sun, 'maintenance', '2027-11-22')
    const way = ways(hazardId)
    const now = set.hall.clock.now()
    const arrived = { supportCalledAt: now - 9, supportArrivedAt: now - 5 }
    const leave = () => way.stay({ ...arrived, releasedAt: now })
    const early = { failure: { code: 'ReleasedTooEarly', field: 'releasedAt' } }
    await way.stay(arrived)
    await expect(leave()).rejects.toMatchObject(early)
    await way.mend({ workerId: set.sun })
    await expect(leave()).rejects.toMatchObject(early)
    await way.reinspect(false)
    await expect(leave()).rejects.toMatchObject(early)
    expect((await look(hazardId)).hazard.releasedAt).toBeNull()
    await way.mend({ workerId: set.sun })
    await way.reinspect()
    await leave()
    expect((await look(hazardId)).hazard.releasedAt).toBe(now)
  })

  test('with gas cut, the inspector may leave what the company mends once support is there (clause 19(3))', async () => {
    const { hazardId } = await hazardFound(set, 1, { mender: 'company', grade: 'serious' })
    const now = set.hall.clock.now()
    await ways(hazardId).stay({ supportCalledAt: now - 9, supportArrivedAt: now - 5, releasedAt: now })
    expect((await look(hazardId)).hazard).toMatchObject({ state: 'open', releasedAt: now })
  })
})

describe('the list of hazards', () => {
  test('shows what is due first, counts it, and pages by key', async () => {
    const first = await hazardFound(set, 1, { deadline: '2026-12-20' })
    const second = await hazardFound(set, 2, { deadline: '2026-12-01', grade: 'critical' })
    const third = await hazardFound(set, 3, { deadline: '2026-12-10' })
    await ways(third.hazardId).mend()
    const list = async (filter: (typeof hazardFilters)[number], more = {}) =>
      (await callAs(set.hall, 'clerk', Hazards, { filter, ...more })).rows.map(({ hazardId }) => hazardId)
    expect(await list('open')).toEqual([second.hazardId, third.hazardId, first.hazardId])
    const page = await callAs(set.hall, 'clerk', Hazards, { page: { size: 2 } })
    const rest = await callAs(set.hall, 'clerk', Hazards, { page: { size: 2, after: page.next } })
    expect([page.rows.length, rest.rows.map(({ hazardId }) => hazardId)]).toEqual([2, [first.hazardId]])
    expect(await list('grave')).toEqual([second.hazardId])
    expect((await list('all')).toSorted()).toEqual([first, second, third].map(({ hazardId }) => hazardId).toSorted())
    expect(await list('mended')).toEqual([third.hazardId])
    expect(await list('open', { grade: 'critical' })).toEqual([second.hazardId])
    expect(await list('open', { foundFrom: '2026-11-24' })).toEqual([])
    set.hall.clock.set('2026-12-15T09:00:00+08:00')
    expect(await list('overdue')).toEqual([second.hazardId, third.hazardId])
    expect(await callAs(set.hall, 'cashier', HazardCounts, {})).toEqual({
      open: 3,
      overdue: 2,
      grave: 1,
      mended: 1,
      passed: 0,
      calledBack: 0,
    })
    for (const { hazardId } of [first, second, third]) {
      await ways(hazardId).deliver()
      await ways(hazardId).reinspect()
      await ways(hazardId).callBack('hall-manager')
      set.hall.clock.advance(60_000)
      await ways(hazardId).close('dispatcher', '已电话告知社区')
    }
    const closed = await callAs(set.hall, 'clerk', Hazards, { filter: 'closed', page: { size: 2 } })
    const older = await callAs(set.hall, 'clerk', Hazards, { filter: 'closed', page: { size: 2, after: closed.next } })
    expect([...closed.rows, ...older.rows].map(({ hazardId }) => hazardId)).toEqual([
      third.hazardId,
      second.hazardId,
      first.hazardId,
    ])
  })

  test.each(hazardFilters)('finds %s by an index, without sorting', (filter) => {
    const text = rows<{ detail: string }>(set.hall, `EXPLAIN QUERY PLAN ${hazardsSql(filter, false, false)}`, {
      today: '',
      state: filter,
      key: '',
      id: '',
      limit: 51,
    })
      .map(({ detail }) => detail)
      .join('\n')
    expect(text).toMatch(/SEARCH h USING INDEX hazards_(unmended|grave|state|passed|closed|found)/)
    expect(text).not.toMatch(/SCAN h|TEMP B-TREE/)
  })

  test('finds those of an account by an index', () => {
    const [first] = rows<{ detail: string }>(set.hall, `EXPLAIN QUERY PLAN ${ofAccountHazardsSql}`, 'x')
    expect(first?.detail).toContain('hazards_account')
  })
})

describe('what may kill', () => {
  test('a leak is one whatever item it is written under', async () => {
    const { hall, wang: inspector } = set
    const { accountId, servicePointId } = household(hall, 42)
    await generate(hall)
    const send = (item: string, text: string, grade: 'general' | 'serious') =>
      record(hall, taskOf(hall, accountId).id, inspector, {
        outcome: 'hazard',
        failed: [failedItem({ item, text, grade })],
      })
    for (const [item, text] of [
      ['other', '灶具接头漏气'],
      ['hose', '胶管接口处燃气泄漏'],
      ['meter', '外观无漏气痕迹，表接头轻微漏气'],
    ] as const)
      await expect(send(item, text, 'general')).rejects.toMatchObject({
        failure: { code: 'InvalidInput', field: 'lowered', message: expect.stringContaining('至少为较大隐患') },
      })
    expect(rows(hall, 'SELECT 1 FROM hazards')).toEqual([])
    await send('other', '灶具接头漏气', 'serious')
    expect(gasOf(hall, servicePointId)?.state).toBe('suspended')
    const below = (text: string) => () =>
      write(
        `INSERT INTO hazards SELECT lower(hex(randomblob(16))), 'YH' || random(), visit_id, notice_id, account_id,
          service_point_id, resident, 'other', 'general', ?, mender, deadline, first_deadline, state, round, found_on,
          finder_id, finder_name, measures, '', NULL, '', support_called_at, support_arrived_at, released_at, reported_to,
          mended_on, passed_on, passed_at, closed_at, updated_at FROM hazards LIMIT 1`,
        text,
      )
    expect(below('接头漏气')).toThrow('graded below the least')
    expect(below('软管老化，检漏无漏气；泄漏报警器未检定')).not.toThrow()
  })

  const leak = (more = {}) => failedItem({ item: 'leak', grade: 'general', text: '表后接头漏气', ...more })
  const other = () => failedItem({ text: '软管超长' })

  test('is graded so that gas is cut; lower only with a reason and the manager, and that stays on record', async () => {
    const { hall, wang: inspector } = set
    const { accountId, servicePointId } = household(hall, 41)
    await generate(hall)
    const taskId = taskOf(hall, accountId).id
    const send = (lowered: { approvalId: string; reason: string } | null, failed = [leak(), other()]) =>
      record(hall, taskId, inspector, { outcome: 'hazard', failed, lowered })
    await expect(send(null)).rejects.toMatchObject({
      failure: { code: 'InvalidInput', field: 'lowered', message: expect.stringContaining('至少为较大隐患') },
    })
    const reason = '查为表盒冷凝水，复测无泄漏'
    const findings = '管道、阀门、表具、接头用检漏仪或皂液检查无漏气：表后接头漏气，定为一般'
    const agreed = (terms = {}) =>
      approvalOf(hall, { purpose: 'hazard-grade', terms: { taskId, findings, reason, ...terms } }, 'clerk')
    // Agreed to for another finding, another reason, another household: nothing is written.
    for (const terms of [{ findings: '别的' }, { reason: '别的' }, { taskId: crypto.randomUUID() }]) {
      const approvalId = await agreed(terms)
      await expect(send({ approvalId, reason })).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
    }
    await expect(send({ approvalId: await agreed(), reason }, [other()])).rejects.toMatchObject({
      failure: { field: 'lowered' },
    })
    expect(rows(hall, 'SELECT 1 FROM hazards')).toEqual([])
    const { hazardIds, suspended } = await send({ approvalId: await agreed(), reason })
    expect(suspended).toBe(false)
    expect(gasOf(hall, servicePointId)?.state).toBe('supplied')
    const found = rows<{ why: string; who: string }>(
      hall,
      'SELECT lowered_reason AS why, lowered_by AS who FROM hazards ORDER BY item DESC',
    )
    expect(found).toEqual([
      { why: reason, who: '李主任' },
      { why: '', who: '' },
    ])
    const { steps } = await callAs(hall, 'clerk', Hazard, { hazardId: hazardIds[0] ?? '' })
    expect(steps[0]?.note).toContain(`低于该项最低等级：${reason}，李主任批准`)
    // Nor past the calls.
    const below = (change: string) => () => hall.transact(({ sqlite }) => sqlite.exec(change))
    expect(below(`UPDATE hazards SET grade = 'critical' WHERE item = 'leak'`)).toThrow()
    for (const [item, by] of [
      ['leak', 'NULL'],
      ['place', 'NULL'],
      ['flue', 'NULL'],
      ['leak', 'finder_id'],
    ]) {
      expect(
        below(`INSERT INTO hazards SELECT lower(hex(randomblob(16))), 'YH' || random(), visit_id, notice_id, account_id,
          service_point_id, resident, '${item}', 'general', text, mender, deadline, first_deadline, state, round, found_on,
          finder_id, finder_name, measures, 'why', ${by}, '', support_called_at, support_arrived_at, released_at, reported_to,
          mended_on, passed_on, passed_at, closed_at, updated_at FROM hazards LIMIT 1`),
      ).toThrow('graded below the least')
    }
  })
})
