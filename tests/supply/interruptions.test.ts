import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  Awaiting,
  Affected,
  AmendInterruption,
  CallCare,
  CancelInterruption,
  DelayInterruption,
  InterruptionDetail,
  Interruptions,
  NotifyInterruption,
  OverrideCare,
  PlanInterruption,
  PostingPhoto,
  PostNotice,
  PreviewScope,
  StartInterruption,
  SuggestScope,
  SupplyOfAccount,
  SupplyOverview,
  type AffectedRow,
  type EmergencyGround,
  type InterruptionRow,
} from '../../src-main/supply/api.ts'
import { finishInterruptions } from '../../src-main/supply/interruption-run.ts'
import { holdsOn, placeHold } from '../../src-main/supply/service.ts'
import { EditCustomer, EditServicePoint } from '../../src-main/customers/api.ts'
import { customerTimeline, endAccount, indexAll, setGasState } from '../../src-main/customers/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { affectedBuildings, countAffected, storedScope } from '../../src-main/supply/scope.ts'
import { openOne, placeOf, refusal, type Opened } from '../customers/support.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { dayMs, emergency, hazard, hourMs, plan, pointOf, req, sunshine, ways } from './support.ts'
import { contentOf, effectsOf } from '../support/written.ts'

let hall: TestHall
let homes: Opened[]
const care = { specialCare: { kinds: ['elderly' as const], measures: '电话预约' } }

beforeEach(async () => {
  hall = await openTestHall()
  homes = [
    openOne(hall, 1, { supplied: true }),
    openOne(hall, 2, { supplied: true, profile: care }),
    openOne(hall, 3, { supplied: true, place: { building: '10' } }),
    // Not met by it: no gas yet, and another community.
    openOne(hall, 4, {}),
    openOne(hall, 5, { supplied: true, place: { community: '翠湖苑', street: '望江路8号' } }),
  ]
})
afterEach(() => hall.close())

const home = (n: number): Opened => homes[n - 1] ?? expect.fail(`no home ${n}`)
const gas = (n: number) => pointOf(hall, home(n).servicePointId).gasState
const planned = async (more = {}) => {
  const made = await hall.call(PlanInterruption, plan(hall, more), 'dispatcher')
  return { ...made, way: ways(hall, made.interruptionId) }
}

describe('a planned interruption (clause 18(2))', () => {
  test('meets whoever has gas in its range, and is announced, posted, told, begun and ended', async () => {
    const { way, affected, interruptionNo } = await planned()
    expect(affected).toBe(3)
    expect(interruptionNo).toMatch(/^TQ/)
    expect(await way.notify()).toMatchObject({ state: 'noticed', buildings: 2, care: 1 })
    await way.postAll()
    await way.callAll()
    hall.clock.advance(3 * dayMs)
    expect(await way.start()).toEqual({ state: 'interrupted', held: 3 })
    expect([1, 2, 3, 4, 5].map(gas)).toEqual(['suspended', 'suspended', 'suspended', 'not-ignited', 'supplied'])
    expect(pointOf(hall, home(1).servicePointId).suspendedFor).toBe('planned')

    await hall.restart()
    hall.clock.advance(6 * hourMs)
    expect(await way.end()).toEqual({ state: 'resumed', lifted: 3 })
    // The end of the work gives nobody gas: that is a step of its own with its tests.
    expect([1, 2, 3].map(gas)).toEqual(['suspended', 'suspended', 'suspended'])
    const { interruption, buildings } = await way.detail()
    expect(interruption).toMatchObject({ state: 'resumed', awaiting: 3, unfinished: false })
    expect(buildings.map(({ place, awaiting }) => [place, awaiting])).toEqual([
      ['阳光花园3号楼', 2],
      ['阳光花园10号楼', 1],
    ])
    expect((await hall.call(SupplyOverview, {})).awaiting).toBe(3)
  })

  test('is refused with the hours that are missing when it is announced too late, and nothing is written', async () => {
    const fromAt = hall.clock.now() + 43 * hourMs
    const { way, interruptionId } = await planned({ fromAt, toAt: fromAt + hourMs, resumeBy: fromAt + hourMs })
    const failure = await refusal(way.notify())
    expect(failure).toMatchObject({ code: 'GateNotPassed', details: [{ code: 'NoticeTooShort', missingHours: 5 }] })
    expect(failure.message).toContain('还差 5 小时')
    expect((await way.detail()).interruption.state).toBe('draft')
    // Later, it may be announced.
    const later = hall.clock.now() + 48 * hourMs
    await hall.call(
      AmendInterruption,
      { ...plan(hall, { fromAt: later, toAt: later + hourMs, resumeBy: later + hourMs }), interruptionId },
      'dispatcher',
    )
    expect((await way.notify()).state).toBe('noticed')
  })

  test('does not begin while notices are unposted or special-care customers untold, and says all of it at once', async () => {
    const { way, interruptionId } = await planned()
    expect((await refusal(way.start())).message).toContain('须先发出停气通知')
    await way.notify()
    const failure = await refusal(way.start())
    expect(failure.message).toContain('还有 2 处没有登记张贴')
    expect(failure.message).toContain('还有 1 位特殊客户没有电话告知')
    expect(failure.message).toContain('还没有到通知的停气时间')
    expect((await way.detail()).obstacles.start).toHaveLength(3)

    await way.postAll()
    hall.clock.advance(3 * dayMs)
    expect((await refusal(way.start())).message).toBe('还有 1 位特殊客户没有电话告知（第十条）')
    expect(gas(1)).toBe('supplied')
    // Below the service the same gate holds.
    expect(() =>
      hall.transact(({ sqlite }) =>
        sqlite.prepare(`UPDATE interruptions SET state = 'interrupted' WHERE id = ?`).run(interruptionId),
      ),
    ).toThrow('before everybody was told')
    await way.callAll()
    expect((await way.start()).state).toBe('interrupted')
  })

  test('writes nothing when its beginning is refused, but the list of those who came to live there since', async () => {
    const { way } = await planned({ scope: { kind: 'building', community: '阳光花园', building: '3' } })
    await way.notify()
    const written = () =>
      hall.hall.environment.sqlite
        .prepare(
          `SELECT (SELECT max(seq) FROM outbox) || (SELECT max(seq) FROM audit_log${effectsOf('audit_log')}) AS n`,
        )
        .pluck()
        .get()
    const before = written()
    expect((await refusal(way.start())).code).toBe('GateNotPassed')
    expect(written()).toBe(before)
    openOne(hall, 6, { supplied: true, profile: care })
    expect((await refusal(way.start())).message).toContain('还有 2 位特殊客户没有电话告知')
    expect((await way.detail()).care).toHaveLength(2)
  })

  test('three unanswered calls may be overridden by the manager with a reason, not before and by nobody else', async () => {
    const { way } = await planned()
    await way.notify()
    await way.postAll()
    const [customer] = (await way.detail()).care
    const careId = customer?.id ?? expect.fail('nobody under special care')
    const override = (as: 'hall-manager' | 'dispatcher') =>
      hall.call(OverrideCare, { requestId: req(), careId, reason: '三次未接通，已请社区转告' }, as)
    const call = (result: 'told' | 'unreached') =>
      hall.call(CallCare, { requestId: req(), careId, result, note: '无人接听' })
    expect(await call('unreached')).toEqual({ openCalls: 1 })
    await call('unreached')
    expect((await refusal(override('hall-manager'))).message).toContain('还差 1 次')
    await call('unreached')
    await expect(override('dispatcher')).rejects.toThrow('NotAllowed')
    expect(await override('hall-manager')).toEqual({ openCalls: 0 })
    const [after] = (await way.detail()).care
    expect(after).toMatchObject({ unreached: 3, overrideReason: '三次未接通，已请社区转告', overriddenBy: '李主任' })
    expect(after?.calls).toHaveLength(3)
    hall.clock.advance(3 * dayMs)
    expect((await way.start()).state).toBe('interrupted')
    expect(() => hall.transact(({ sqlite }) => sqlite.exec('DELETE FROM interruption_calls'))).toThrow('append-only')
  })

  test('whoever came under special care or moved in after the notice is asked for as well', async () => {
    const { way } = await planned()
    await way.notify()
    await way.postAll()
    await way.callAll()
    openOne(hall, 6, { supplied: true, place: { building: '12' }, profile: care })
    hall.clock.advance(3 * dayMs)
    const failure = await refusal(way.start())
    expect(failure.message).toContain('还有 1 处没有登记张贴')
    expect(failure.message).toContain('还有 1 位特殊客户')
    await way.postAll()
    await way.callAll()
    expect(await way.start()).toMatchObject({ held: 4 })
  })

  test('posting keeps where, when and by whom, with a photo that is sealed and opened again', async () => {
    const { way, interruptionId } = await planned()
    await way.notify()
    const folder = mkdtempSync(join(tmpdir(), 'photo-'))
    try {
      const photoPath = join(folder, '3号楼.png')
      const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex')
      writeFileSync(photoPath, png)
      const [first] = (await way.detail()).buildings
      const posting = {
        requestId: req(),
        interruptionId,
        buildingIds: [first?.id ?? ''],
        postedAt: hall.clock.now(),
        place: '2 单元门口',
        postedBy: '赵师傅',
        photoPath,
      }
      expect(
        (await refusal(hall.call(PostNotice, { ...posting, requestId: req(), postedAt: hall.clock.now() + 1 }))).field,
      ).toBe('postedAt')
      expect(await hall.call(PostNotice, posting)).toEqual({ unposted: 1 })
      await hall.restart()
      expect(await hall.call(PostNotice, posting)).toEqual({ unposted: 1 })
      const [posted] = (await way.detail()).buildings
      expect(posted).toMatchObject({ postedPlace: '2 单元门口', postedBy: '赵师傅', hasPhoto: true, late: false })
      const photo = await hall.call(PostingPhoto, { buildingId: posted?.id ?? '' })
      expect(Buffer.from(photo.bytes).equals(png)).toBe(true)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('posting later than the period allows is taken down and shown as late', async () => {
    const fromAt = hall.clock.now() + 49 * hourMs
    const { way } = await planned({ fromAt, toAt: fromAt + hourMs, resumeBy: fromAt + hourMs })
    await way.notify()
    hall.clock.advance(2 * hourMs)
    await way.postAll()
    expect((await way.detail()).buildings.map(({ late }) => late)).toEqual([true, true])
  })

  test('what was cancelled is never begun', async () => {
    const { way, interruptionId } = await planned()
    await way.notify()
    await hall.call(CancelInterruption, { requestId: req(), interruptionId, reason: '改期' }, 'hall-manager')
    for (const tried of [way.start, way.end, way.notify]) expect((await refusal(tried())).code).toBe('GateNotPassed')
    expect(gas(1)).toBe('supplied')
  })
})

describe('an interruption that does not go as it was announced', () => {
  const cancel = (interruptionId: string, more: object = {}) =>
    hall.call(CancelInterruption, { requestId: req(), interruptionId, reason: '施工方案调整', ...more }, 'hall-manager')
  const announced = async () => {
    const made = await planned()
    await made.way.notify()
    await made.way.postAll()
    await made.way.callAll()
    return made
  }
  const paper = (kind: 'cancellation-door' | 'cancellation-slip' | 'delay-door' | 'delay-slip', id: string) =>
    hall.paper({ kind, id }, 'dispatcher')
  const overview = () => hall.call(SupplyOverview, {})

  test('is taken back where it hung and with whom it was told, by the same papers and records, with its reason', async () => {
    const { way, interruptionId } = await announced()
    await expect(paper('cancellation-door', interruptionId)).rejects.toThrow('没有发出过停气通知')
    expect(await cancel(interruptionId)).toEqual({ state: 'cancelled', buildings: 2, care: 1, replacedBy: null })
    expect(await overview()).toMatchObject({ standing: 2, believing: 1, unposted: 0, openCalls: 0 })
    const door = await paper('cancellation-door', interruptionId)
    expect(door.html).toContain('取消原因：施工方案调整')
    expect(door.html).toContain('届时照常供气')
    expect(door.html).not.toContain('拟改期至')
    const slips = await paper('cancellation-slip', `${interruptionId}/1`)
    expect(slips.html.match(/届时照常供气/g)).toHaveLength(3)
    const [one] = (await way.detail()).buildings
    expect((await paper('cancellation-slip', one?.id ?? '')).html.match(/届时照常供气/g)).toHaveLength(
      one?.customers ?? 0,
    )
    const post = (buildingIds: string[], postedAt = hall.clock.now()) =>
      hall.call(PostNotice, {
        ...{ requestId: req(), interruptionId, buildingIds, postedAt },
        ...{ place: '单元门口', postedBy: '赵师傅' },
      })
    const early = await refusal(post([one?.id ?? ''], hall.clock.now() - hourMs))
    expect(early).toMatchObject({ field: 'postedAt', message: '张贴时间不能早于取消的时间' })
    expect(await post([one?.id ?? ''])).toEqual({ unposted: 1 })
    const { buildings, care: people, interruption } = await way.detail()
    expect(interruption).toMatchObject({ standing: 1, believing: 1 })
    expect(buildings.filter(({ takenBackAt }) => takenBackAt !== null)).toMatchObject([
      { takenBackPlace: '单元门口', takenBackBy: '赵师傅' },
    ])
    const careId = people[0]?.id ?? ''
    expect(await hall.call(CallCare, { requestId: req(), careId, result: 'unreached' })).toEqual({ openCalls: 1 })
    expect(await hall.call(CallCare, { requestId: req(), careId, result: 'told', note: '本人接听' })).toEqual({
      openCalls: 0,
    })
    const { customerId, accountId } = home(2)
    const { rows } = await hall.call(customerTimeline.definition, { customerId, accountId, page: {} })
    expect(rows.map(({ title }) => title)).toContain('取消停气电话告知：已告知')
    expect(await overview()).toMatchObject({ standing: 1, believing: 0 })
    // Once its time is over nobody waits for it any more.
    hall.clock.advance(4 * dayMs)
    expect(await overview()).toMatchObject({ standing: 0 })
  })

  test('is put off: the same range is planned anew and must be announced like any other', async () => {
    const { interruptionId, way } = await announced()
    const fromAt = hall.clock.now() + 5 * dayMs
    const times = { fromAt, toAt: fromAt + 4 * hourMs, resumeBy: fromAt + 6 * hourMs }
    const { replacedBy } = await cancel(interruptionId, { postponedTo: times })
    const next = ways(hall, replacedBy ?? '')
    expect((await next.detail()).interruption).toMatchObject({
      ...{ state: 'draft', reason: '中压管道改造', affected: 3, replaces: { id: interruptionId }, ...times },
    })
    expect((await way.detail()).interruption.replacedBy).toMatchObject({ id: replacedBy })
    expect((await paper('cancellation-door', interruptionId)).html).toMatch(/拟改期至[\s\S]*2026年11月28日 09:00/)
    await next.notify()
    expect((await next.detail()).buildings.map(({ postedAt }) => postedAt)).toEqual([null, null])
    // What was put off and then cancelled for good promises no date.
    await cancel(replacedBy ?? '')
    expect((await paper('cancellation-door', interruptionId)).html).not.toContain('拟改期至')
    const bad = await refusal(cancel((await planned()).interruptionId, { postponedTo: { ...times, toAt: fromAt } }))
    expect(bad.field).toBe('postponedTo.toAt')
  })

  test('before it was announced is cancelled without a word, and an emergency is not put off', async () => {
    const { interruptionId, way } = await planned()
    expect(await cancel(interruptionId)).toMatchObject({ buildings: 0, care: 0 })
    expect((await way.detail()).obstacles).toMatchObject({
      post: ['这次停气没有发出过通知，不需要告知取消'],
      call: ['这次停气没有发出过通知，不需要告知取消'],
    })
    await expect(paper('cancellation-slip', interruptionId)).rejects.toThrow('没有发出过停气通知')
    const fromAt = hall.clock.now() + hourMs
    const times = { fromAt, toAt: fromAt + hourMs, resumeBy: fromAt + hourMs }
    const urgent = await planned({ kind: 'emergency' })
    expect((await refusal(cancel(urgent.interruptionId, { postponedTo: times }))).message).toBe(
      '紧急停气不能改期，请取消',
    )
  })

  test('that lasts longer says until when and why; the page of the day tells of it and of one that did not begin', async () => {
    const { interruptionId, way } = await announced()
    expect(await overview()).toMatchObject({ startDue: 0, endOverdue: 0 })
    hall.clock.advance(3 * dayMs)
    expect(await overview()).toMatchObject({ startDue: 1, endOverdue: 0 })
    await expect(paper('delay-door', interruptionId)).rejects.toThrow('还没有登记延迟恢复')
    await way.start()
    hall.clock.advance(9 * hourMs)
    expect(await overview()).toMatchObject({ startDue: 0, endOverdue: 1 })
    const { resumeBy } = (await way.detail()).interruption
    const delay = (to: number, as: 'clerk' | 'dispatcher' = 'dispatcher') =>
      hall.call(DelayInterruption, { requestId: req(), interruptionId, reason: '焊口复检', resumeBy: to }, as)
    await expect(delay(resumeBy + hourMs, 'clerk')).rejects.toThrow('NotAllowed')
    expect((await refusal(delay(resumeBy))).field).toBe('resumeBy')
    expect((await refusal(delay(hall.clock.now() - 1))).message).toContain('已经过去')
    await delay(resumeBy + 4 * hourMs)
    const { interruption } = await way.detail()
    expect(interruption).toMatchObject({ resumeBy, delayedTo: resumeBy + 4 * hourMs, delayReason: '焊口复检' })
    expect((await paper('delay-door', interruptionId)).html).toContain('焊口复检')
    expect((await paper('delay-slip', `${interruptionId}/1`)).html.match(/现预计恢复/g)).toHaveLength(3)
    // A second copy of the same notice is one; the first of a second delay is not.
    for (const [kind, id] of [
      ['delay-door', interruptionId],
      ['delay-slip', `${interruptionId}/1`],
    ] as const) {
      const print = () =>
        hall.print({ requestId: req(), kind, id, how: 'printer', copies: 1, printer: '甲' }, 'dispatcher')
      expect((await print()).html).not.toContain('补打')
      expect((await print()).html).toContain('补打 第 1 次')
    }
    hall.clock.advance(hourMs)
    await delay(resumeBy + 6 * hourMs)
    for (const [kind, id] of [
      ['delay-door', interruptionId],
      ['delay-slip', `${interruptionId}/1`],
    ] as const) {
      const print = () =>
        hall.print({ requestId: req(), kind, id, how: 'printer', copies: 1, printer: '甲' }, 'dispatcher')
      expect((await paper(kind, id)).printed).toBe(0)
      expect((await print()).html).not.toContain('补打')
      expect((await print()).html).toContain('补打 第 1 次')
    }
    await way.end()
    expect((await refusal(delay(resumeBy + 9 * hourMs))).code).toBe('GateNotPassed')
  })

  test('a plan whose notice must go out stands on the page of the day in time', async () => {
    const fromAt = hall.clock.now() + 73 * hourMs
    await planned({ fromAt, toAt: fromAt + hourMs, resumeBy: fromAt + hourMs })
    expect(await overview()).toMatchObject({ noticeDue: 0 })
    hall.clock.advance(2 * hourMs)
    expect(await overview()).toMatchObject({ noticeDue: 1 })
  })

  test('no way below the services around it', async () => {
    const { interruptionId } = await announced()
    const set = (columns: string) => () =>
      hall.transact(({ sqlite }) =>
        sqlite.prepare(`UPDATE interruptions SET ${columns} WHERE id = ?`).run(interruptionId),
      )
    const takeBack = () =>
      hall.transact(({ sqlite }) =>
        sqlite.prepare(`UPDATE interruption_buildings SET taken_back_at = 1, taken_back_recorded_by = 'x'`).run(),
      )
    expect(set(`state = 'cancelled', cancelled_at = 1, cancel_reason = ' '`)).toThrow('without a reason')
    expect(takeBack).toThrow('only an announced interruption that was cancelled')
    await cancel(interruptionId)
    expect(set(`state = 'noticed'`)).toThrow('never begins')
    expect(takeBack).not.toThrow()
  })
})

describe('an emergency', () => {
  test('begins at once with its reason alone, and meets one building, a street or a list', async () => {
    await emergency(hall, { kind: 'building', community: '阳光花园', building: '10' })
    expect([1, 2, 3].map(gas)).toEqual(['supplied', 'supplied', 'suspended'])
    await emergency(hall, { kind: 'street', street: '望江路8号' })
    expect(gas(5)).toBe('suspended')
    const listed = await emergency(hall, { kind: 'accounts', accountIds: [home(1).accountId] })
    // At the door of the house it is the homes that are looked for, not somebody's account number.
    const { html } = await hall.paper({ kind: 'interruption-door', id: listed }, 'dispatcher')
    expect(html).toContain('<td>2单元 101室</td>')
    expect([1, 2].map(gas)).toEqual(['suspended', 'supplied'])
    const empty = await refusal(
      hall.call(PlanInterruption, { ...plan(hall), kind: 'emergency', reason: ' ' }, 'dispatcher'),
    )
    expect(empty).toMatchObject({ code: 'InvalidInput', field: 'reason' })
  })

  test('begins on a hazard that nobody has repaired, or on the word of the manager about this range', async () => {
    const times = { fromAt: hall.clock.now(), toAt: hall.clock.now() + hourMs, resumeBy: hall.clock.now() + hourMs }
    const { way, interruptionId } = await planned({ kind: 'emergency', ...times })
    const refused = async (ground: EmergencyGround | null) => (await refusal(way.start(ground))).code
    const { range } = (await way.detail()).interruption
    const terms = { interruptionId, range, accounts: '', reason: '阀井进水' }
    const agreed = (more: Partial<typeof terms> = {}) =>
      approvalOf(hall, { purpose: 'emergency-interruption', terms: { ...terms, ...more } }, 'dispatcher')

    const before = contentOf(hall)
    expect(await refused(null)).toBe('GateNotPassed')
    expect(contentOf(hall)).toEqual(before)
    expect(await refused({ kind: 'order', orderId: req() })).toBe('GateNotPassed')
    const orderId = await hazard(hall)
    const set = (sql: string) => hall.transact(({ sqlite }) => sqlite.prepare(`UPDATE ${sql}`).run())
    hall.transact(({ sqlite }) => sqlite.exec('DROP TRIGGER workorders_way'))
    set(`workorders SET state = 'repaired'`)
    expect(await refused({ kind: 'order', orderId })).toBe('GateNotPassed')
    for (const other of [{ reason: '别的' }, { range: '别处' }, { interruptionId: req() }])
      expect(await refused({ kind: 'approval', approvalId: await agreed(other), reason: terms.reason })).toBe(
        'ApprovalRefused',
      )
    expect(() => set(`interruptions SET state = 'interrupted'`)).toThrow('without a hazard on record')
    expect((await way.detail()).interruption).toMatchObject({ state: 'draft', ground: null })

    await way.start({ kind: 'approval', approvalId: await agreed(), reason: terms.reason })
    const { ground } = (await way.detail()).interruption
    expect(ground).toMatchObject({ orderId: null, reason: terms.reason, approver: actorOf('hall-manager').name })
    expect(() => set(`interruptions SET ground_reason = '别的'`)).toThrow('stays')
  })

  test('begins in spite of a posting without proof, or late on its day, on the word of the manager about just that', async () => {
    const { way, interruptionId } = await planned()
    await way.notify()
    await way.callAll()
    const { interruption, buildings } = await way.detail()
    const { range, fromAt, toAt } = interruption
    hall.clock.set(fromAt)
    const reason = '楼门拆除，已逐户发短信'
    const agreed = (lacking: string, more = {}) =>
      approvalOf(
        hall,
        { purpose: 'interruption-start', terms: { interruptionId, range, lacking, reason, ...more } },
        'dispatcher',
      )
    const start = async (approvalId: string) => way.start({ kind: 'excused', approvalId, reason })
    const { excusable: lacking } = await way.detail()
    expect(lacking).toBe(`还有 ${buildings.length} 处没有登记张贴停气通知（第十八条）`)
    expect((await refusal(way.start())).code).toBe('GateNotPassed')
    for (const wrong of [await agreed('别的'), await agreed(lacking ?? '', { range: '别处' }), req()])
      expect((await refusal(start(wrong))).code).toBe('ApprovalRefused')
    const force = () => hall.transact(({ sqlite }) => sqlite.exec(`UPDATE interruptions SET state = 'interrupted'`))
    expect(force).toThrow('before everybody was told')
    // Late on its day is agreed to anew; the day after it is announced anew.
    const before = await agreed(lacking ?? '')
    hall.clock.set(toAt + 60_000)
    expect((await refusal(start(before))).code).toBe('ApprovalRefused')
    const { excusable: late } = await way.detail()
    expect(late).toContain('已过通知的停气时段')
    const given = await agreed(late ?? '')
    expect((await start(given)).state).toBe('interrupted')
    expect((await way.detail()).interruption.ground).toMatchObject({
      reason: `${late}；${reason}`,
      approver: actorOf('hall-manager').name,
    })
  })

  test('is not begun on another day than the announced one, whoever agrees', async () => {
    const { way, interruptionId } = await planned()
    await way.notify()
    await way.postAll()
    await way.callAll()
    const { range, toAt } = (await way.detail()).interruption
    hall.clock.set(toAt + 24 * hourMs)
    expect((await way.detail()).excusable).toBeNull()
    const terms = { interruptionId, range, lacking: '已过通知的停气时段', reason: '改天' }
    const approvalId = await approvalOf(hall, { purpose: 'interruption-start', terms }, 'dispatcher')
    expect((await refusal(way.start({ kind: 'excused', approvalId, reason: '改天' }))).code).toBe('GateNotPassed')
    expect(() => hall.transact(({ sqlite }) => sqlite.exec(`UPDATE interruptions SET state = 'interrupted'`))).toThrow(
      'before everybody was told',
    )
  })

  test('over another interruption keeps gas off until both are ended', async () => {
    const first = await emergency(hall)
    const second = await emergency(hall, { kind: 'building', community: '阳光花园', building: '3' })
    await ways(hall, first).end()
    expect(hall.transact((context) => holdsOn(context, home(1).servicePointId)).map(({ subject }) => subject)).toEqual([
      `interruption:${second}`,
    ])
    expect((await hall.call(SupplyOverview, {})).awaiting).toBe(1)
    await ways(hall, second).end()
    expect((await hall.call(SupplyOverview, {})).awaiting).toBe(3)
    // Nobody reads of a planned work that was none.
    expect((await hall.call(Awaiting, {})).rows.map(({ cause }) => cause)).toEqual(Array(3).fill('emergency'))
  })

  test('leaves what was off before off for its own reason afterwards', async () => {
    const { servicePointId } = home(1)
    hall.transact((context) =>
      placeHold(context, { servicePointId, cause: 'hazard', subject: 'hazard:1', note: '软管老化' }),
    )
    await ways(hall, await emergency(hall)).end()
    expect(pointOf(hall, servicePointId)).toMatchObject({ gasState: 'suspended', suspendedFor: 'hazard' })
    expect((await hall.call(SupplyOverview, {})).awaiting).toBe(2)
  })
})

test('a program killed between two slices goes on where it stopped, without being asked', async () => {
  const interruptionId = await emergency(hall)
  // As a crash leaves it: begun, one hold not placed yet.
  hall.transact(({ sqlite }) => sqlite.prepare('UPDATE interruptions SET unfinished = 1').run())
  const late = openOne(hall, 7, { supplied: true })
  await hall.restart()
  await finishInterruptions(hall.hall.environment)
  expect(pointOf(hall, late.servicePointId).gasState).toBe('suspended')
  expect((await ways(hall, interruptionId).detail()).interruption.unfinished).toBe(false)
})

test('an interruption is one at a time: beginning it twice has one effect', async () => {
  const fromAt = hall.clock.now()
  const times = { fromAt, toAt: fromAt + hourMs, resumeBy: fromAt + hourMs }
  const { way, interruptionId } = await planned({ kind: 'emergency', ...times })
  const ground = { kind: 'order', orderId: await hazard(hall) } as const
  const both = await Promise.allSettled([
    way.start(ground),
    hall.call(StartInterruption, { interruptionId, ground }, 'dispatcher'),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const holds = hall.transact(({ sqlite }) => sqlite.prepare('SELECT count(*) FROM supply_holds').pluck().get())
  expect(holds).toBe(3)
})

test('the customer file says what is announced, and what was told', async () => {
  const { way } = await planned()
  const { accountId, customerId } = home(2)
  expect((await hall.call(SupplyOfAccount, { accountId })).interruptions).toEqual([])
  await way.notify()
  const { interruptions } = await hall.call(SupplyOfAccount, { accountId })
  expect(interruptions).toMatchObject([{ kind: 'planned', state: 'noticed', reason: '中压管道改造' }])
  expect((await hall.call(SupplyOfAccount, { accountId: home(5).accountId })).interruptions).toEqual([])
  await way.callAll()
  const { rows } = await hall.call(customerTimeline.definition, { customerId, accountId, page: {} })
  expect(rows.map(({ title }) => title)).toContain('停气电话告知：已告知')
})

test('only those who may plan, begin and end do; a clerk posts and calls', async () => {
  for (const as of ['clerk', 'cashier', 'administrator'] as const) {
    await expect(hall.call(PlanInterruption, plan(hall), as)).rejects.toThrow('NotAllowed')
    await expect(hall.call(StartInterruption, { interruptionId: req() }, as)).rejects.toThrow('NotAllowed')
  }
  const { interruptionId } = await planned()
  await expect(hall.call(NotifyInterruption, { requestId: req(), interruptionId }, 'clerk')).rejects.toThrow(
    'NotAllowed',
  )
  await expect(hall.call(InterruptionDetail, { interruptionId }, 'administrator')).rejects.toThrow('NotAllowed')
})

test('times that cannot be are refused at their field', async () => {
  const good = plan(hall)
  const fields = async (more: object) =>
    (await refusal(hall.call(PlanInterruption, { ...good, requestId: req(), ...more }, 'dispatcher'))).field
  expect(await fields({ toAt: good.fromAt })).toBe('toAt')
  expect(await fields({ resumeBy: good.toAt - 1 })).toBe('resumeBy')
  expect(await fields({ fromAt: 0, toAt: hourMs, resumeBy: hourMs })).toBe('toAt')
  expect(
    await fields({ fromAt: good.fromAt, toAt: good.fromAt + 31 * dayMs, resumeBy: good.fromAt + 31 * dayMs }),
  ).toBe('toAt')
})

test('a scope is counted and its names offered while it is chosen', async () => {
  expect(await hall.call(PreviewScope, { scope: sunshine }, 'dispatcher')).toEqual({
    customers: 3,
    buildings: 2,
    care: 1,
    noticeHours: 48,
    quiet: { from: '22:00', to: '06:00' },
  })
  const names = async (kind: 'street' | 'community' | 'building', text: string, community = '') =>
    (await hall.call(SuggestScope, { kind, text, community }, 'dispatcher')).names
  expect(await names('community', '阳')).toEqual(['阳光花园'])
  expect(await names('street', '')).toEqual(['人民路12号', '望江路8号'])
  expect(await names('building', '', '阳光花园')).toEqual(['3', '10'])
})

test('a street is counted from the index as from the addresses, whatever happens to its customers', async () => {
  const streets = ['人民路12号', '望江路8号', '云溪路'] as const
  const counted = (street: string) =>
    hall.transact((context) => {
      const scope = storedScope({ kind: 'street', street })
      return [countAffected(context, scope), affectedBuildings(context, scope)]
    })
  const agree = (customers: readonly number[]) => {
    for (const [i, street] of streets.entries()) {
      const [byIndex, byAddress] = counted(street)
      expect(byIndex).toEqual(byAddress)
      expect(byIndex?.reduce((sum, row) => sum + row.customers, 0)).toBe(customers[i])
    }
  }
  agree([3, 1, 0])
  const { version } = pointOf(hall, home(1).servicePointId)
  const place = placeOf(1, { street: '云溪路', community: '云溪花苑' })
  const moved = { requestId: req(), servicePointId: home(1).servicePointId, version, place }
  await hall.call(EditServicePoint, moved, 'clerk')
  agree([2, 1, 1])
  await hall.call(
    EditCustomer,
    {
      requestId: req(),
      customerId: home(5).customerId,
      version: 1,
      change: { specialCare: { kinds: ['disabled'], measures: '' } },
    },
    'clerk',
  )
  expect(counted('望江路8号')[0]).toMatchObject([{ care: 1 }])
  agree([2, 1, 1])
  hall.transact((context) => setGasState(context, home(2).servicePointId, 'suspended', 'arrears'))
  agree([2, 1, 1])
  hall.transact((context) =>
    endAccount(context, {
      accountId: home(3).accountId,
      state: 'closed',
      on: businessDate('2026-11-23'),
      detail: '销户',
    }),
  )
  agree([1, 1, 1])
  hall.transact(indexAll)
  agree([1, 1, 1])
})

test('lists page without a gap and without saying anything twice', async () => {
  for (let n = 0; n < 5; n++)
    await planned({
      fromAt: hall.clock.now() + (n % 2) * dayMs + hourMs,
      toAt: hall.clock.now() + 2 * dayMs,
      resumeBy: hall.clock.now() + 2 * dayMs,
    })
  for (const filter of ['living', 'all', 'draft'] as const) {
    const seen: InterruptionRow[] = []
    let after: string | null = null
    do {
      const page: { rows: InterruptionRow[]; next: string | null } = await hall.call(Interruptions, {
        filter,
        page: { after, size: 2 },
      })
      seen.push(...page.rows)
      after = page.next
    } while (after !== null)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(5)
    const times = seen.map(({ fromAt }) => fromAt)
    expect(times).toEqual(times.toSorted((a, b) => (filter === 'living' ? a - b : b - a)))
  }
  const { interruptionId } = await planned()
  const met: AffectedRow[] = []
  let after: string | null = null
  do {
    const page: { rows: AffectedRow[]; next: string | null } = await hall.call(Affected, {
      interruptionId,
      page: { after, size: 1 },
    })
    met.push(...page.rows)
    after = page.next
  } while (after !== null)
  expect(met.map(({ accountId }) => accountId).toSorted()).toEqual([1, 2, 3].map((n) => home(n).accountId).toSorted())
})

test('a dispatcher prints the notices of this room and none of the counter; phones on lists are masked', async () => {
  const { way, interruptionId } = await planned()
  await way.notify()
  const paper = await hall.paper({ kind: 'interruption-door', id: interruptionId }, 'dispatcher')
  expect(paper.html).toContain('中压管道改造')
  for (const phone of ['24 小时服务电话', '24 小时抢险电话']) expect(paper.html).toContain(phone)
  await expect(hall.paper({ kind: 'receipt', id: interruptionId }, 'dispatcher')).rejects.toThrow('NotAllowed')
  const { care: told } = await way.detail()
  expect(told[0]?.phoneMasked).toMatch(/^\d{3}\*+\d{4}$/)
})
