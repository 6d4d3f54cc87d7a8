import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Leave, WithdrawCertificate } from '../../src-main/staff/api.ts'
import {
  Awaiting,
  AwaitingBuilding,
  ResumeBuilding,
  ResumeSupply,
  SupplyOfAccount,
  SupplyOverview,
} from '../../src-main/supply/api.ts'
import { liftHold, placeHold } from '../../src-main/supply/service.ts'
import { customerTimeline, setGasState } from '../../src-main/customers/service.ts'
import { formatInstant } from '../../src-main/platform/dates.ts'
import { openOne, refusal, type Opened } from '../customers/support.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import { approvalOf, changeSetting } from '../support/approval.ts'
import { certified } from '../support/certificate.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { emergency, employ, goodChecks, goodTest, hourMs, pointOf, req, resume, visit, ways } from './support.ts'

let hall: TestHall
let tester: string
beforeEach(async () => {
  hall = await openTestHall()
  tester = await employ(hall, '5001', '赵检修')
})
afterEach(() => hall.close())

const gas = (home: Opened) => pointOf(hall, home.servicePointId).gasState
const refused = async (call: Promise<unknown>) => {
  const failure = await refusal(call)
  expect(failure.code).toBe('GateNotPassed')
  return (failure.details as { code: string }[]).map(({ code }) => code)
}

describe('resumption (clauses 17(2), 19(3))', () => {
  test('after an interruption is given with test, check and a certified tester, and has its notice', async () => {
    const home = openOne(hall, 1, { supplied: true })
    const interruptionId = await emergency(hall)
    expect(await refused(resume(hall, home.servicePointId, tester))).toEqual(['Held'])
    await ways(hall, interruptionId).end()
    const given = await resume(hall, home.servicePointId, tester)
    expect(given).toMatchObject({ outcome: 'resumed', resumedAt: hall.clock.now() })
    expect(given.noticeNo).toMatch(/^HF/)
    expect(gas(home)).toBe('supplied')
    await hall.restart()
    const { resumptions, dueAt, gasState } = await hall.call(SupplyOfAccount, { accountId: home.accountId })
    expect({ gasState, dueAt }).toEqual({ gasState: 'supplied', dueAt: null })
    expect(resumptions).toMatchObject([
      { test: '5 kPa 稳压 15 分钟，压降 0 Pa', testerName: '赵检修', cause: 'emergency' },
    ])
    expect((await hall.call(SupplyOverview, {})).awaiting).toBe(0)
    const { rows } = await hall.call(customerTimeline.definition, {
      customerId: home.customerId,
      accountId: home.accountId,
      page: {},
    })
    expect(rows.map(({ title }) => title)).toContain('恢复供气')
  })

  test('says everything that is missing at once, and writes nothing', async () => {
    const home = openOne(hall, 1, { supplied: true })
    await emergency(hall)
    hall.clock.set('2026-11-23T22:30:00+08:00')
    const empty = visit(home.servicePointId, null, { tightness: null, checks: null })
    expect(await refused(hall.call(ResumeSupply, empty))).toEqual(['Held', 'QuietHours', 'NoTest', 'NoCheck', 'Tester'])
    const bad = visit(home.servicePointId, actorOf('clerk').id, {
      tightness: { pressurePa: 3_000, minutes: 10, dropPa: 20 },
      checks: goodChecks.map((check) => (check.item === 'leak' ? { ...check, ok: false, note: '灶前接头漏' } : check)),
    })
    expect(await refused(hall.call(ResumeSupply, bad))).toEqual([
      ...['Held', 'QuietHours', 'TestFailed', 'TestFailed', 'TestFailed', 'CheckFailed', 'Tester'],
    ])
    const partly = visit(home.servicePointId, tester, { checks: goodChecks.slice(1) })
    expect(await refused(hall.call(ResumeSupply, partly))).toContain('CheckFailed')
    const written = hall.transact(({ sqlite }) =>
      sqlite.prepare('SELECT count(*) FROM supply_resumptions').pluck().get(),
    )
    expect(written).toBe(0)
  })

  test('is given to a restaurant at night, but never to a resident between 22:00 and 06:00', async () => {
    const family = openOne(hall, 1, { supplied: true })
    const restaurant = openOne(hall, 2, {
      supplied: true,
      profile: { category: 'commercial', idKind: 'none', idNumber: null },
    })
    await ways(hall, await emergency(hall)).end()
    hall.clock.set('2026-11-24T02:00:00+08:00')
    const longer = { tightness: { ...goodTest, minutes: 30 } }
    expect(await refused(hall.call(ResumeSupply, visit(family.servicePointId, tester, longer)))).toEqual(['QuietHours'])
    await hall.call(ResumeSupply, visit(restaurant.servicePointId, tester, longer))
    expect(gas(restaurant)).toBe('supplied')
    hall.clock.set('2026-11-24T06:00:00+08:00')
    await resume(hall, family.servicePointId, tester)
    expect(gas(family)).toBe('supplied')
  })

  test('is given at night where somebody is awake and agreed, and the manager approved: on this household, in these words', async () => {
    const home = openOne(hall, 1, { supplied: true })
    const other = openOne(hall, 2, { supplied: true })
    await ways(hall, await emergency(hall)).end()
    hall.clock.set('2026-11-23T23:00:00+08:00')
    const { night, obstacles } = await hall.call(SupplyOfAccount, { accountId: home.accountId })
    expect(obstacles).toEqual([night])
    const said = { consent: '王女士', reason: '家有病人，须用热水' }
    const agreed = async ({ servicePointId, accountNo }: Opened, more = {}) => ({
      ...said,
      approvalId: await approvalOf(
        hall,
        { purpose: 'night-resumption', terms: { servicePointId, account: accountNo, ...said, ...more } },
        'clerk',
      ),
    })
    const at = (home: Opened, night: InputOf<typeof ResumeSupply>['night'], who = tester) =>
      hall.call(ResumeSupply, visit(home.servicePointId, who, { night }))
    for (const wrong of [await agreed(other), await agreed(home, { reason: '别的' }), { ...said, approvalId: req() }])
      await expect(at(home, wrong)).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
    await expect(at(home, { ...(await agreed(home)), consent: ' ' })).rejects.toMatchObject({
      failure: { code: 'InvalidInput' },
    })
    // Nothing else gives way with it.
    const untested = visit(home.servicePointId, tester, { tightness: null, night: await agreed(home) })
    expect(await refused(hall.call(ResumeSupply, untested))).toEqual(['NoTest'])
    const manager = actorOf('hall-manager').id
    hall.transact((context) => certified(context, { staffId: manager, kind: 'maintenance', number: 'WX-9' }))
    await expect(at(home, await agreed(home), manager)).rejects.toThrow('不能批准夜间恢复供气')
    expect(gas(home)).toBe('suspended')
    const approved = await agreed(home)
    await at(home, approved)
    expect(gas(home)).toBe('supplied')
    await expect(at(other, approved)).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
    await hall.restart()
    const { rows } = await hall.call(customerTimeline.definition, {
      customerId: home.customerId,
      accountId: home.accountId,
      page: {},
    })
    expect(rows.find(({ title }) => title === '恢复供气')?.detail).toContain(
      '夜间恢复：王女士在家并同意，家有病人，须用热水（李主任批准）',
    )
    expect(() =>
      hall.transact(({ sqlite }) => {
        const columns = sqlite
          .prepare(`SELECT name FROM pragma_table_info('supply_resumptions')`)
          .pluck()
          .all() as string[]
        const changed: Record<string, string> = {
          id: `'${req()}'`,
          service_point_id: `'${other.servicePointId}'`,
          notice_no: `'HF-X'`,
        }
        sqlite.exec(
          `INSERT INTO supply_resumptions SELECT ${columns.map((name) => changed[name] ?? name).join()} FROM supply_resumptions`,
        )
      }),
    ).toThrow('without consent and approval')
  })

  test('is tested by whoever holds an accepted certificate: of maintenance, or of emergency where the company says so', async () => {
    const home = openOne(hall, 1, { supplied: true })
    await ways(hall, await emergency(hall)).end()
    const crew = await employ(hall, '5004', '吴抢修', 'emergency')
    const names = async () =>
      (await hall.call(SupplyOfAccount, { accountId: home.accountId })).testers.map(({ name }) => name)
    expect(await refused(resume(hall, home.servicePointId, crew))).toEqual(['Tester'])
    expect(await names()).toEqual(['赵检修'])
    await changeSetting(hall, 'supply.resumeCertificates', 'maintenance-emergency')
    expect(await names()).toEqual(['赵检修', '吴抢修'])
    const reader = await employ(hall, '5005', '孙抄表', 'meter-reading')
    await expect(resume(hall, home.servicePointId, reader)).rejects.toThrow('没有维修证')
    await resume(hall, home.servicePointId, crew)
    expect(gas(home)).toBe('supplied')
  })

  test('is not given by somebody who has left, past the calls either', async () => {
    const home = openOne(hall, 1, { supplied: true })
    await ways(hall, await emergency(hall)).end()
    await hall.call(Leave, { staffId: tester }, 'administrator')
    await expect(resume(hall, home.servicePointId, tester)).rejects.toThrow(/已离职/)
    const other = await employ(hall, '5002', '钱检修')
    await resume(hall, home.servicePointId, other)
    expect(() =>
      hall.transact(({ sqlite }) => {
        const columns = (
          sqlite
            .prepare(`SELECT name FROM pragma_table_info('supply_resumptions') WHERE name <> 'id'`)
            .pluck()
            .all() as string[]
        ).map((name) => (name === 'tester_id' ? `'${tester}'` : name === 'notice_no' ? 'NULL' : name))
        const into = sqlite
          .prepare(`SELECT name FROM pragma_table_info('supply_resumptions') WHERE name <> 'id'`)
          .pluck()
          .all()
        sqlite.exec(
          `INSERT INTO supply_resumptions (id, ${into.join()}) SELECT '${req()}', ${columns.join()} FROM supply_resumptions`,
        )
      }),
    ).toThrow('without test, check or certificate')
  })

  test('is not given on a certificate that was withdrawn or ran out', async () => {
    const home = openOne(hall, 1, { supplied: true })
    await ways(hall, await emergency(hall)).end()
    const ending = await employ(hall, '5002', '钱检修', 'maintenance', '2026-11-23')
    hall.clock.set('2026-11-24T09:00:00+08:00')
    expect(await refused(resume(hall, home.servicePointId, ending))).toEqual(['Tester'])
    const certificateId = hall.transact(({ sqlite }) =>
      sqlite.prepare('SELECT id FROM certificates WHERE staff_id = ?').pluck().get(tester),
    ) as string
    await hall.call(WithdrawCertificate, { requestId: req(), certificateId, reason: '违规操作' }, 'hall-manager')
    expect(await refused(resume(hall, home.servicePointId, tester))).toEqual(['Tester'])
  })

  test('a visit that came to nothing is kept, and the customer stays on the list', async () => {
    const home = openOne(hall, 1, { supplied: true })
    await ways(hall, await emergency(hall)).end()
    const nobody = visit(home.servicePointId, null, {
      outcome: 'nobody-home',
      tightness: null,
      checks: null,
      note: '敲门无人',
    })
    await hall.call(ResumeSupply, nobody)
    await hall.call(ResumeSupply, {
      ...visit(home.servicePointId, tester),
      outcome: 'failed',
      note: '接头漏气，已关阀',
    })
    expect(gas(home)).toBe('suspended')
    const { rows } = await hall.call(Awaiting, {})
    expect(rows).toMatchObject([{ tries: 2, lastOutcome: 'failed', lastNote: '接头漏气，已关阀' }])
    expect((await hall.call(Awaiting, { filter: 'nobody-home' })).rows).toEqual([])
    await resume(hall, home.servicePointId, tester)
    expect((await hall.call(Awaiting, {})).rows).toEqual([])
    expect(await refused(resume(hall, home.servicePointId, tester))).toEqual(['NotSuspended'])
  })

  test('the same request twice has one effect', async () => {
    const home = openOne(hall, 1, { supplied: true })
    await ways(hall, await emergency(hall)).end()
    const once = visit(home.servicePointId, tester)
    const first = await hall.call(ResumeSupply, once)
    await hall.restart()
    expect(await hall.call(ResumeSupply, once)).toEqual(first)
  })
})

test('a building is entered at once; what cannot be resumed says why and keeps nobody else waiting', async () => {
  const homes = [1, 2, 3, 4].map((n) => openOne(hall, n, { supplied: true }))
  const [first, second, third, fourth] = homes as [Opened, Opened, Opened, Opened]
  const interruptionId = await emergency(hall)
  hall.transact((context) =>
    placeHold(context, {
      servicePointId: fourth.servicePointId,
      cause: 'hazard',
      subject: 'hazard:9',
      note: '私接三通',
    }),
  )
  await ways(hall, interruptionId).end()
  const { buildings } = await ways(hall, interruptionId).detail()
  const buildingId = buildings[0]?.id ?? ''
  const sheet = await hall.call(AwaitingBuilding, { buildingId })
  expect(sheet.rows.map(({ room }) => room)).toEqual(['101', '102', '103'])
  expect(sheet.testers.map(({ name }) => name)).toEqual(['赵检修'])
  const good = { outcome: 'resumed' as const, tightness: goodTest, checks: goodChecks }
  const { rows } = await hall.call(ResumeBuilding, {
    requestId: req(),
    testerId: tester,
    rows: [
      { servicePointId: first.servicePointId, ...good },
      { servicePointId: second.servicePointId, outcome: 'nobody-home', note: '已留联系条' },
      { servicePointId: third.servicePointId, ...good, tightness: { ...goodTest, dropPa: 30 } },
      { servicePointId: fourth.servicePointId, ...good },
    ],
  })
  expect(rows.map(({ outcome }) => outcome)).toEqual(['resumed', 'nobody-home', null, null])
  expect(rows[2]?.obstacles.join()).toContain('压降 30 Pa')
  expect(rows[3]?.obstacles.join()).toContain('私接三通')
  expect(homes.map(gas)).toEqual(['supplied', 'suspended', 'suspended', 'suspended'])
  const after = await hall.call(AwaitingBuilding, { buildingId })
  expect(after.rows.map(({ room, lastOutcome }) => [room, lastOutcome])).toEqual([
    ['102', 'nobody-home'],
    ['103', null],
  ])
  const paper = await hall.paper({ kind: 'resumption', id: buildingId })
  expect(paper.html.match(/<section/g)).toHaveLength(1)
  expect(paper.html).toContain(rows[0]?.noticeNo ?? 'no number')
})

test('the time to give gas back counts from the end of the interruption, and is overdue after 24 hours', async () => {
  openOne(hall, 1, { supplied: true })
  await ways(hall, await emergency(hall)).end()
  const [row] = (await hall.call(Awaiting, {})).rows
  expect(formatInstant(row?.dueAt ?? 0)).toBe('2026-11-24 09:00')
  hall.clock.advance(24 * hourMs)
  expect((await hall.call(Awaiting, { filter: 'overdue' })).rows).toEqual([])
  hall.clock.advance(1)
  expect((await hall.call(Awaiting, { filter: 'overdue' })).rows).toHaveLength(1)
  expect(await hall.call(SupplyOverview, {})).toMatchObject({ awaiting: 1, awaitingOverdue: 1 })
})

test('no order of calls leads from suspended to supplied while a hold stands, or without test, check and certificate', async () => {
  const home = openOne(hall, 1, { supplied: true })
  const { servicePointId } = home
  const other = await employ(hall, '5003', '孙抄表', 'meter-reading')
  const subjects = ['hazard:1', 'interruption:1', 'customer:1'] as const
  const step = fc.oneof(
    fc.record({ act: fc.constant('place' as const), subject: fc.constantFrom(...subjects) }),
    {
      weight: 4,
      arbitrary: fc.record({ act: fc.constant('lift' as const), subject: fc.constantFrom(...subjects) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        act: fc.constant('visit' as const),
        outcome: fc.constantFrom('resumed' as const, 'resumed' as const, 'failed' as const, 'nobody-home' as const),
        tightness: fc.constantFrom(goodTest, goodTest, goodTest, goodTest, goodTest, null, { ...goodTest, dropPa: 5 }),
        checks: fc.constantFrom(goodChecks, goodChecks, goodChecks, goodChecks, goodChecks, null, goodChecks.slice(2)),
        testerId: fc.constantFrom(tester, tester, tester, tester, tester, other, null),
      }),
    },
    fc.record({ act: fc.constant('force' as const) }),
    fc.record({ act: fc.constant('raw' as const) }),
  )
  const holdsStanding = () =>
    hall.transact(({ sqlite }) =>
      sqlite.prepare('SELECT count(*) FROM supply_holds WHERE lifted_at IS NULL').pluck().get(),
    ) as number
  let resumed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12 }), async (steps) => {
      for (const one of steps) {
        const before = gas(home)
        const held = holdsStanding()
        const causes = { 'hazard:1': 'hazard', 'interruption:1': 'planned', 'customer:1': 'customer' } as const
        if (one.act === 'place') {
          const { subject } = one
          hall.transact((context) =>
            placeHold(context, { servicePointId, subject, cause: causes[subject], note: '试' }),
          )
        } else if (one.act === 'lift') {
          hall.transact((context) => liftHold(context, one.subject, '试'))
        } else if (one.act === 'visit') {
          const { act: _, ...rest } = one
          await hall.call(ResumeSupply, visit(servicePointId, rest.testerId, rest)).catch(() => undefined)
        } else if (before === 'suspended') {
          const attempt = () =>
            hall.transact((context) =>
              one.act === 'force'
                ? setGasState(context, servicePointId, 'supplied', null)
                : context.sqlite
                    .prepare(
                      `UPDATE service_points SET gas_state = 'supplied', suspended_for = NULL, version = version + 9`,
                    )
                    .run(),
            )
          expect(attempt).toThrow()
        }
        if (before !== 'suspended' || gas(home) !== 'supplied') continue
        resumed++
        expect(held).toBe(0)
        expect(one).toMatchObject({ act: 'visit', outcome: 'resumed', tightness: goodTest, testerId: tester })
        expect(one.act === 'visit' && one.checks).toEqual(goodChecks)
      }
    }),
    { numRuns: 100, seed: 20_261_123 },
  )
  // The walk must have come to the door that opens, or it has proved nothing.
  expect(resumed).toBeGreaterThan(5)
})

test('below the services too, a record counts for one suspension only', async () => {
  const home = openOne(hall, 1, { supplied: true })
  await ways(hall, await emergency(hall)).end()
  await resume(hall, home.servicePointId, tester)
  const force = (set: string) => () => hall.transact(({ sqlite }) => sqlite.exec(`UPDATE service_points SET ${set}`))
  expect(force(`gas_state = 'not-ignited', version = version + 1`)).toThrow('not waiting for its first')
  await ways(hall, await emergency(hall)).end()
  expect(force(`gas_state = 'supplied', suspended_for = NULL, version = version + 1`)).toThrow('without its record')
  expect(force(`gas_state = 'not-ignited', suspended_for = NULL, version = version + 1`)).toThrow(
    'not waiting for its first',
  )
  const copy = () =>
    hall.transact(({ sqlite }) =>
      sqlite.exec(`INSERT INTO supply_resumptions SELECT 'x', service_point_id, account_id, customer_id, 'resumed', 'HF-x',
        point_version + 5, cause, subject, NULL, NULL, NULL, tester_id, tester_name, checks, safe, note, night_consent, night_reason,
        night_approver_id, night_approver, at, actor_id, actor_name FROM supply_resumptions`),
    )
  expect(copy).toThrow('resumption without test')
  expect(() => hall.transact(({ sqlite }) => sqlite.exec('UPDATE supply_resumptions SET safe = 1'))).toThrow(
    'append-only',
  )
})

test('a resumption is recorded by clerk, manager and dispatcher, not by a cashier', async () => {
  const home = openOne(hall, 1, { supplied: true })
  await ways(hall, await emergency(hall)).end()
  await expect(hall.call(ResumeSupply, visit(home.servicePointId, tester), 'cashier')).rejects.toThrow('NotAllowed')
  expect((await hall.call(ResumeSupply, visit(home.servicePointId, tester), 'dispatcher')).outcome).toBe('resumed')
})
