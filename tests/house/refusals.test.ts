/**
 * What is refused everywhere alike: work by people without a good certificate, gas given back too early, closing twice,
 * and files that cannot be imported. Each says in Chinese what is wrong and to whom, and writes nothing, to the letter.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CloseDay, CloseDraft, CloseShift, CountCash } from '../../src-main/cashier/api.ts'
import { Call } from '../../src-main/followups/api.ts'
import { Check, Commit, Discard, importFields, importKinds, Problems } from '../../src-main/imports/api.ts'
import { Assign as AssignRound, Reinspect } from '../../src-main/inspections/api.ts'
import { fen } from '../../src-main/platform/money.ts'
import { certificateKinds } from '../../src-main/staff/rules.ts'
import { Certificates, WithdrawCertificate } from '../../src-main/staff/api.ts'
import { createStaff } from '../../src-main/staff/service.ts'
import { ResumeSupply } from '../../src-main/supply/api.ts'
import { liftHold, placeHold } from '../../src-main/supply/service.ts'
import { Assign as AssignOrder, Issue, Take, Work } from '../../src-main/workorders/api.ts'
import { counted } from '../cashier/counter.ts'
import { openFolder, type Folder } from '../imports/files.ts'
import { begin, plansIn } from '../imports/steps.ts'
import { failedItem, generate, record, taskOf } from '../inspections/support.ts'
import { openLifeHall, yuan, type Home, type Life, type LifeHall } from '../supply/account-hall.ts'
import { goodChecks, visit } from '../supply/support.ts'
import { actorOf, CallFailed, openTestHall, type TestHall } from '../support/hall.ts'
import { contentOf } from '../support/written.ts'
import { callAs, certify, leakCall, repairCall, req, ways } from '../workorders/people.ts'

const today = '2026-12-01'

/** The refusal of an attempt, after which everything stands as it stood. */
async function refusedWithoutTrace(hall: TestHall, attempt: () => Promise<unknown>): Promise<CallFailed['failure']> {
  const before = contentOf(hall)
  const answer: unknown = await attempt().then(
    (output) => output,
    (error: unknown) => error,
  )
  if (!(answer instanceof CallFailed)) throw new Error(`this was taken: ${JSON.stringify(answer)} ${String(answer)}`)
  const { failure } = answer
  expect(contentOf(hall), failure.message).toEqual(before)
  expect(['Internal', 'InvalidInput', 'NotAllowed'], failure.message).not.toContain(failure.code)
  expect(failure.message).toMatch(/\p{Script=Han}/u)
  expect(failure.message).not.toMatch(/[A-Za-z]{4,}/)
  return failure
}

describe('work that asks for a certificate (clauses 10(8), 11)', () => {
  let hall: LifeHall
  const nobodys: { readonly name: string; readonly staffId: string; readonly says: string }[] = []
  const homes: Home[] = []
  let off: Life
  let tested: Life
  let untested: Life
  let removing: Life
  let exchanging: Life
  let adding: Life
  let hazardId = ''
  let taskId = ''
  let roundId = ''
  let orders: { readonly repair: string; readonly alarm: string; readonly accepting: string; readonly verified: string }

  /** A household that is 停用. */
  async function deactivated(): Promise<Home> {
    const home = hall.home()
    const life = await hall.begin(home, 'deactivation')
    await life.read(0)
    await life.deactivate()
    return home
  }
  const order = async (input = repairCall()) => {
    const { orderId, state } = await callAs(hall, 'dispatcher', Take, input)
    if (state === 'reported') await callAs(hall, 'dispatcher', Issue, { requestId: req(), orderId })
    return orderId
  }

  beforeAll(async () => {
    hall = await openLifeHall()
    for (const kind of certificateKinds)
      if (kind !== 'maintenance') await certify(hall, hall.worker, kind, '2028-12-31')
    const person = async (staffNo: string, name: string, says: string, validTo: string | null) => {
      const staffId = hall.transact((context) => createStaff(context, { staffNo, name, roles: ['clerk'] }))
      if (validTo !== null) for (const kind of certificateKinds) await certify(hall, staffId, kind, validTo)
      nobodys.push({ name, staffId, says })
    }
    await person('6001', '郑无证', '没有', null)
    await person('6002', '冯到期', '已于 2026-11-30 到期', '2026-11-30')
    await person('6003', '陈收回', '已于 2026-12-01 收回', '2028-12-31')
    await certify(hall, actorOf('hall-manager').id, 'callback', '2026-11-30')
    await certify(hall, actorOf('dispatcher').id, 'callback', '2028-12-31')
    homes.push(hall.home(), hall.home(), hall.home())
    const accepting = await order()
    await ways(hall, accepting).assign(nobodys[1]?.staffId ?? '')
    const verified = await order()
    const way = ways(hall, verified)
    await way.assign(hall.worker)
    for (const step of ['accept', 'arrive', 'handle', 'repair'] as const) await way.work(step)
    await way.verify('hall-manager')

    hall.clock.set(`${today}T09:00:00+08:00`)
    const withdrawn = [nobodys[2]?.staffId, actorOf('dispatcher').id]
    for (const { id, staffId } of await callAs(hall, 'hall-manager', Certificates, {}))
      if (withdrawn.includes(staffId))
        await callAs(hall, 'hall-manager', WithdrawCertificate, {
          requestId: req(),
          certificateId: id,
          reason: '年审未过',
        })

    const [toDeactivate, toResume, toInspect] = homes as [Home, Home, Home]
    off = await hall.begin(toDeactivate, 'deactivation')
    await off.read(0)
    tested = await hall.begin(await deactivated(), 'reactivation')
    await tested.tightness()
    await tested.safety()
    untested = await hall.begin(await deactivated(), 'reactivation')
    removing = await hall.begin(await deactivated(), 'dismantling')
    await removing.read(0)
    exchanging = await hall.begin(hall.home(), 'exchange')
    adding = await hall.begin(hall.home(), 'addition')
    hall.transact((context) => {
      placeHold(context, {
        servicePointId: toResume.servicePointId,
        cause: 'customer',
        subject: 'x:1',
        note: '客户要求',
      })
      liftHold(context, 'x:1', '客户要求')
    })
    const found = hall.home()
    await generate(hall, 2026)
    const { hazardIds } = await record(hall, taskOf(hall, found.accountId).id, hall.worker, {
      visitedOn: today,
      outcome: 'hazard',
      failed: [failedItem()],
    })
    hazardId = hazardIds[0] ?? ''
    const task = taskOf(hall, toInspect.accountId)
    taskId = task.id
    roundId = task.roundId
    orders = { repair: await order(), alarm: await order(leakCall()), accepting, verified }
  })
  afterAll(() => hall.close())

  type Deed = (staffId: string) => Promise<unknown>
  const deeds: Readonly<Record<string, Deed>> = {
    安检派工: (staffId) => callAs(hall, 'dispatcher', AssignRound, { requestId: req(), roundIds: [roundId], staffId }),
    安检录入: (staffId) => record(hall, taskId, staffId, { visitedOn: today }),
    隐患复查: (inspectorId) =>
      callAs(hall, 'clerk', Reinspect, {
        requestId: req(),
        hazardId,
        inspectorId,
        inspectedOn: today,
        passed: true,
        note: '合格',
      }),
    维修派工: (staffId) =>
      callAs(hall, 'dispatcher', AssignOrder, { requestId: req(), orderId: orders.repair, staffId }),
    抢修派工: (staffId) =>
      callAs(hall, 'dispatcher', AssignOrder, { requestId: req(), orderId: orders.alarm, staffId }),
    恢复供气: (testerId) => callAs(hall, 'clerk', ResumeSupply, visit(homes[1]?.servicePointId ?? '', testerId)),
    停用: (staffId) => off.deactivate(today, staffId),
    复用前严密性试验: (staffId) => untested.tightness(0, staffId),
    复用前安全检查: (staffId) => untested.safety(true, staffId),
    复用: (staffId) => tested.reactivate(staffId),
    拆表封堵: (staffId) => removing.remove(0, staffId),
    换表: (workerId) => exchanging.exchange(0, 'Z-100001', { workerId }),
    加表: (workerId) => adding.addMeter('Z-100002', { workerId }),
  }

  test.each(Object.keys(deeds))(
    '%s: refused for each who has none, whose has run out, whose was withdrawn',
    async (deed) => {
      for (const { name, staffId, says } of nobodys) {
        hall.clock.advance(1_000)
        const { code, message } = await refusedWithoutTrace(hall, () => (deeds[deed] as Deed)(staffId))
        expect(['CertificateMissing', 'GateNotPassed']).toContain(code)
        expect(message).toContain(name)
        expect(message).toContain(says)
        expect(message).toMatch(/(安检|维修|抢修)证/)
      }
    },
  )

  test('each of them is nothing but the certificate: whoever has one may', async () => {
    for (const deed of Object.keys(deeds)) {
      hall.clock.advance(1_000)
      await (deeds[deed] as Deed)(hall.worker)
    }
  })

  test('接单: refused once the certificate of the assignee has run out', async () => {
    const failure = await refusedWithoutTrace(hall, () =>
      callAs(hall, 'clerk', Work, { requestId: req(), orderId: orders.accepting, step: 'accept' }),
    )
    expect(failure).toMatchObject({ code: 'CertificateMissing' })
    expect(failure.message).toContain('冯到期的维修证已于 2026-11-30 到期')
  })

  test.each([
    ['clerk', '钱柜员没有回访证'],
    ['hall-manager', '李主任的回访证已于 2026-11-30 到期'],
    ['dispatcher', '周调度的回访证已于 2026-12-01 收回'],
  ])('回访 by %s: %s', async (as, says) => {
    const input = {
      requestId: req(),
      of: 'workorder',
      id: orders.verified,
      result: 'unreached',
      note: '无人接听',
    } as const
    const failure = await refusedWithoutTrace(hall, () => callAs(hall, as, Call, input))
    expect(failure).toMatchObject({ code: 'CertificateMissing' })
    expect(failure.message).toContain(says)
  })
})

describe('gas given back too early (clauses 17(2), 19(3))', () => {
  let hall: LifeHall
  let home: Home
  beforeAll(async () => {
    hall = await openLifeHall()
    home = hall.home()
    hall.transact((context) =>
      placeHold(context, { servicePointId: home.servicePointId, cause: 'customer', subject: 'x:1', note: '客户要求' }),
    )
  })
  afterAll(() => hall.close())
  const resume = (more: Parameters<typeof visit>[2] = {}) =>
    refusedWithoutTrace(hall, () => callAs(hall, 'clerk', ResumeSupply, visit(home.servicePointId, hall.worker, more)))

  test.each([
    ['planned', '停气尚未结束'],
    ['hazard', '隐患未整改复查合格，不得恢复供气'],
    ['arrears', '欠费'],
  ] as const)('while it is off for %s', async (cause, says) => {
    const hold = {
      servicePointId: home.servicePointId,
      cause,
      subject: `y:${cause}`,
      note: `欠费或其他原因 ${cause === 'planned' ? '检修' : ''}`,
    }
    hall.transact((context) => placeHold(context, hold))
    expect((await resume()).message).toContain(says)
    hall.transact((context) => liftHold(context, hold.subject, '了结'))
  })

  test('while the customer wants it off, without test or check, with a bad one, at night, and where it was never off', async () => {
    expect((await resume()).message).toContain('客户要求停气')
    hall.transact((context) => liftHold(context, 'x:1', '客户要求'))
    expect((await resume({ tightness: null })).message).toContain('尚未做严密性试验')
    expect((await resume({ tightness: { pressurePa: 5_000, minutes: 15, dropPa: 1 } })).message).toContain(
      '严密性试验不合格',
    )
    expect((await resume({ checks: null })).message).toContain('尚未做安全检查')
    const bad = goodChecks.map((check, i) => (i === 0 ? { ...check, ok: false, note: '漏气' } : check))
    expect((await resume({ checks: bad })).message).toContain('安全检查不合格')
    for (const time of ['2026-11-23T22:00', '2026-11-24T05:59']) {
      hall.clock.set(`${time}:00+08:00`)
      expect((await resume()).message).toContain('22:00 至次日 06:00 不给居民恢复供气')
    }
    hall.clock.set('2026-11-24T06:00:00+08:00')
    await callAs(hall, 'clerk', ResumeSupply, visit(home.servicePointId, hall.worker))
    expect((await resume()).message).toContain('没有停气')
  })
})

test('a shift and a day are closed once', async () => {
  const hall = await openLifeHall()
  const as = 'cashier'
  await hall.openShift(yuan(500))
  await callAs(hall, as, CloseShift, { requestId: req() })
  await refusedWithoutTrace(hall, () => callAs(hall, as, CloseShift, { requestId: req() }))
  const { cash, date } = await callAs(hall, as, CloseDraft, {})
  await callAs(hall, as, CountCash, { requestId: req(), rows: counted(fen(cash.expected)) })
  await callAs(hall, as, CloseDay, { requestId: req(), date })
  const twice = await refusedWithoutTrace(hall, () => callAs(hall, as, CloseDay, { requestId: req(), date }))
  expect(twice.message).toMatch(/日结/)
  await refusedWithoutTrace(hall, () => hall.openShift(yuan(500)))
  await hall.close()
})

describe('a file in which nothing is right', () => {
  let hall: TestHall
  let folder: Folder
  beforeAll(async () => {
    hall = await openTestHall()
    folder = openFolder()
    plansIn(hall)
  })
  afterAll(() => hall.close())
  /** What an import itself keeps: that it was tried, and what was wrong. */
  const ownRecord = (table: string) => /^(imports|import_.*|outbox.*|audit_log|requests|serials)$/.test(table)

  test.each(importKinds)('%s: every bad row is told in Chinese with its column, none comes in', async (kind) => {
    const fields = importFields[kind]
    const garbage = ['？？', '-1', '2026-02-30', ' ', '9'.repeat(400)]
    const rows = [fields.map(({ label }) => label), ...garbage.map((cell) => fields.map(() => cell))]
    const before = contentOf(hall, ownRecord)
    const importId = await begin(hall, folder.text(`${kind}.csv`, rows), { kind })
    const view = await hall.call(Check, { importId }, 'administrator')
    expect(view.good).toBe(0)
    expect(view.bad).toBeGreaterThanOrEqual(4)
    const { rows: problems } = await hall.call(Problems, { importId, level: 'bad' }, 'administrator')
    for (const { reason, column } of problems) {
      expect(reason).toMatch(/\p{Script=Han}/u)
      expect(reason).not.toMatch(/[A-Za-z]{4,}/)
      expect(column === '' || fields.some(({ label }) => label === column), column).toBe(true)
    }
    const refused = await refusedWithoutTrace(hall, () =>
      hall.call(Commit, { requestId: req(), importId, pauseAgreed: true }, 'administrator'),
    )
    expect(refused.message).toMatch(/错误|没有/)
    expect(contentOf(hall, ownRecord)).toEqual(before)
    await hall.call(Discard, { requestId: req(), importId }, 'administrator')
    expect(contentOf(hall, ownRecord)).toEqual(before)
    await refusedWithoutTrace(hall, () => hall.call(Discard, { requestId: req(), importId }, 'administrator'))
  })
})
