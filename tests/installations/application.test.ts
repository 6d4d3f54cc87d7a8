import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { contractsOfApplication } from '../../src-main/contracts/service.ts'
import { CustomerTimeline } from '../../src-main/customers/api.ts'
import {
  Amend,
  Apply,
  Cancel,
  Counts,
  Detail,
  InstallMeter,
  List,
  OpenAccount,
  Survey,
  TakeOver,
} from '../../src-main/installations/api.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import {
  apply,
  certifiedWorker,
  requestId,
  residentApplication,
  restaurantApplication,
  stepsOf,
  today,
  untilIgnition,
} from './steps.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())
const count = (table: string): number =>
  hall.hall.environment.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number

describe('申请', () => {
  test('makes customer, service point and application in one go, numbered and without gaps', async () => {
    const input = residentApplication(hall)
    const first = await hall.call(Apply, input)
    const again = await hall.call(Apply, input)
    const second = await hall.call(Apply, restaurantApplication(hall, 2))
    expect(again).toEqual(first)
    expect([first.applicationNo, second.applicationNo]).toEqual([
      expect.stringMatching(/^BZ001010000001\d$/),
      expect.stringMatching(/^BZ001010000002\d$/),
    ])
    expect([count('customers'), count('service_points'), count('applications')]).toEqual([2, 2, 2])
  })

  test.each([
    ['customer.profile.idNumber', { customer: { idNumber: '110105194912310021' } }],
    ['customer.profile.phone', { customer: { phone: '12345' } }],
    ['pricePlanId', { pricePlanId: '018f0000-0000-7000-8000-000000000001' }],
    ['annualVolume', { annualVolume: cubicMetres(100) }],
    ['householdSize', { householdSize: 0 }],
    ['appliances', { appliances: [] }],
  ])('with a wrong %s says so and writes nothing', async (field, { customer, ...wrong }: Record<string, unknown>) => {
    const input = residentApplication(hall)
    const profile = input.customer.known ? {} : { ...input.customer.profile, ...(customer as object) }
    const spoilt = { ...input, ...wrong, customer: { known: false, profile } } as typeof input
    await expect(hall.call(Apply, spoilt)).rejects.toMatchObject({ failure: { field } })
    expect([count('customers'), count('service_points'), count('applications')]).toEqual([0, 0, 0])
  })

  test('a restaurant without agreed volumes, or on a residential price, is refused', async () => {
    const input = restaurantApplication(hall)
    await expect(hall.call(Apply, { ...input, annualVolume: null })).rejects.toMatchObject({
      failure: { field: 'annualVolume' },
    })
    const { pricePlanId } = residentApplication(hall)
    await expect(hall.call(Apply, { ...input, pricePlanId })).rejects.toMatchObject({
      failure: { field: 'pricePlanId' },
    })
  })

  test('for a place that has one in hand, or that has gas already, is refused and names why', async () => {
    const applicationId = await apply(hall)
    const { application } = await hall.call(Detail, { applicationId })
    const known = {
      ...residentApplication(hall, 2),
      servicePoint: { known: true as const, servicePointId: application.servicePointId },
    }
    await expect(hall.call(Apply, known)).rejects.toThrow(application.applicationNo)
    const steps = stepsOf(hall, applicationId)
    await untilIgnition(steps)
    await steps.ignite()
    await expect(hall.call(Apply, { ...known, requestId: requestId() })).rejects.toThrow('请办理过户')
    expect(count('customers')).toBe(1)
  })

  test('by a cashier is refused in the backend', async () => {
    await expect(hall.call(Apply, residentApplication(hall), 'cashier')).rejects.toThrow('NotAllowed')
  })

  test('may be amended until contracts are drafted; other appliances ask for another survey', async () => {
    const applicationId = await apply(hall)
    const steps = stepsOf(hall, applicationId)
    await steps.survey()
    const { application } = await hall.call(Detail, { applicationId })
    const { purpose, appliances, pricePlanId } = application
    const terms = { applicationId, purpose, appliances, pricePlanId, householdSize: 6 }
    expect(await hall.call(Amend, { requestId: requestId(), ...terms })).toEqual({ state: 'surveyed' })
    const boiler = [...appliances, { name: '采暖炉', count: 1 }]
    expect(await hall.call(Amend, { requestId: requestId(), ...terms, appliances: boiler })).toEqual({
      state: 'applied',
    })
    await expect(steps.draft()).rejects.toThrow('尚未勘查')
    await steps.survey()
    await steps.draft()
    await expect(hall.call(Amend, { requestId: requestId(), ...terms })).rejects.toThrow('合同已经起草')
  })
})

describe('each step', () => {
  test('is refused for a day in the future or before the application', async () => {
    const applicationId = await apply(hall)
    const { checklists } = await hall.call(Detail, { applicationId })
    const survey = (performedOn: string) =>
      hall.call(Survey, {
        requestId: requestId(),
        applicationId,
        performedOn,
        workerId: certifiedWorker(hall),
        checks: checklists.survey.map(({ item }) => ({ item, ok: true })),
      })
    await expect(survey('2026-11-24')).rejects.toMatchObject({ failure: { field: 'performedOn' } })
    await expect(survey('2026-11-22')).rejects.toMatchObject({ failure: { field: 'performedOn' } })
    await survey(today)
  })

  test('with part of the checklist left out is refused and names what is missing', async () => {
    const applicationId = await apply(hall)
    const { checklists } = await hall.call(Detail, { applicationId })
    const checks = checklists.survey.slice(2).map(({ item }) => ({ item, ok: true }))
    await expect(
      hall.call(Survey, {
        requestId: requestId(),
        applicationId,
        performedOn: today,
        workerId: certifiedWorker(hall),
        checks,
      }),
    ).rejects.toThrow(/还有 2 项未检查：在供气范围内/)
  })

  test('opens no account before both contracts are signed (clause 15), and one account when asked twice', async () => {
    const applicationId = await apply(hall)
    const steps = stepsOf(hall, applicationId)
    await expect(steps.openAccount()).rejects.toThrow(/尚未勘查；供用气合同尚未签订.*安全用气合同尚未签订/)
    await steps.survey()
    await steps.draft()
    await steps.printAndSign('supply')
    await expect(steps.openAccount()).rejects.toThrow('安全用气合同尚未签订')
    expect(count('accounts')).toBe(0)
    await steps.printAndSign('safety')
    const input = { requestId: requestId(), applicationId }
    const account = await hall.call(OpenAccount, input)
    expect(await hall.call(OpenAccount, input)).toEqual(account)
    expect(count('accounts')).toBe(1)
    const linked = hall.transact((context) => contractsOfApplication(context, applicationId))
    expect(linked.every((contract) => contract.state === 'signed')).toBe(true)
    expect(count(`contracts WHERE account_id = '${account.accountId}'`)).toBe(2)
  })

  test('a meter number that is in use elsewhere is refused, and the application stays where it was', async () => {
    for (const n of [1, 2]) {
      const steps = stepsOf(hall, await apply(hall, residentApplication(hall, n)))
      await steps.survey()
      await steps.draft()
      await steps.printAndSign('supply')
      await steps.printAndSign('safety')
      await steps.openAccount()
      if (n === 1) await steps.installMeter('M-9000')
      else await expect(steps.installMeter('M-9000')).rejects.toMatchObject({ failure: { field: 'meterNo' } })
    }
    expect(await hall.call(Counts, {})).toEqual([
      { state: 'metered', count: 1, mine: 1 },
      { state: 'opened', count: 1, mine: 1 },
    ])
  })

  test('stands on record with who and when, in the customer file too, and survives a restart', async () => {
    const applicationId = await apply(hall)
    const steps = stepsOf(hall, applicationId)
    await steps.failSurvey()
    await untilIgnition(steps)
    await steps.ignite()
    await hall.restart()
    const { application, records } = await hall.call(Detail, { applicationId })
    expect(application).toMatchObject({ state: 'ignited', meterNo: 'M-100001', customerName: '赵敏' })
    expect(records.map(({ kind, passed }) => [kind, passed])).toEqual([
      ['applied', null],
      ['survey', false],
      ['survey', true],
      ['account', null],
      ['meter', null],
      ['acceptance', true],
      ['tightness', true],
      ['safety-check', true],
      ['ignition', null],
    ])
    expect(records[1]?.reasons).toEqual(['在供气范围内，管网可以接入：不符合要求'])
    expect(records.every(({ actorName }) => actorName === '钱柜员')).toBe(true)
    const timeline = await hall.call(CustomerTimeline, { customerId: application.customerId, page: {} })
    const titles = timeline.rows.map(({ title }) => title)
    expect(titles).toEqual(expect.arrayContaining(['报装申请', '现场勘查不合格', '签订供用气合同', '验收合格', '通气']))
    expect(() => hall.hall.environment.sqlite.exec('DELETE FROM installation_records')).toThrow('append-only')
  })
})

test('an application can be cancelled until an account is open; its contracts are voided and the place is free again', async () => {
  const applicationId = await apply(hall)
  const steps = stepsOf(hall, applicationId)
  await steps.survey()
  await steps.draft()
  await steps.printAndSign('supply')
  await hall.call(Cancel, { requestId: requestId(), applicationId, reason: '客户放弃' })
  expect(hall.transact((context) => contractsOfApplication(context, applicationId)).map(({ state }) => state)).toEqual([
    'void',
    'void',
  ])
  await expect(steps.printAndSign('safety')).rejects.toThrow()
  const { application } = await hall.call(Detail, { applicationId })
  const next = await apply(hall, {
    ...residentApplication(hall),
    customer: { known: true, customerId: application.customerId },
    servicePoint: { known: true, servicePointId: application.servicePointId },
  })
  await untilIgnition(stepsOf(hall, next))
  await expect(hall.call(Cancel, { requestId: requestId(), applicationId: next, reason: '客户放弃' })).rejects.toThrow(
    '已经开户',
  )
})

describe('applications in progress', () => {
  test('can be left and taken up by a colleague, who then holds them', async () => {
    const applicationId = await apply(hall)
    await hall.call(TakeOver, { requestId: requestId(), applicationId }, 'hall-manager')
    const { application, records } = await hall.call(Detail, { applicationId })
    expect(application.holderName).toBe('李主任')
    expect(records.at(-1)).toMatchObject({ kind: 'taken-over', summary: '由 钱柜员 转 李主任' })
    expect((await hall.call(List, { mine: true })).rows).toEqual([])
    await stepsOf(hall, applicationId).survey()
    expect((await hall.call(List, { mine: true })).rows).toHaveLength(1)
  })

  test('are listed oldest first by key with the days they wait; finished ones only when asked for', async () => {
    for (const n of [1, 2, 3]) {
      await apply(hall, residentApplication(hall, n))
      hall.clock.advance(86_400_000)
    }
    const first = await hall.call(List, { page: { size: 2 } })
    expect(first.rows.map(({ waitingDays }) => waitingDays)).toEqual([3, 2])
    const second = await hall.call(List, { page: { size: 2, after: first.next } })
    expect(second.rows.map(({ waitingDays }) => waitingDays)).toEqual([1])
    expect(second.next).toBeNull()
    await hall.call(Cancel, { requestId: requestId(), applicationId: first.rows[0]?.id ?? '', reason: '客户放弃' })
    expect((await hall.call(List, {})).rows).toHaveLength(2)
    expect((await hall.call(List, { state: 'cancelled' })).rows).toHaveLength(1)
  })

  test('are found by an index, however many are finished', () => {
    const plan = (where: string) =>
      hall.hall.environment.sqlite
        .prepare(
          `EXPLAIN QUERY PLAN SELECT a.id FROM applications a WHERE ${where} ORDER BY a.created_at, a.id LIMIT 51`,
        )
        .all()
        .map((row) => (row as { detail: string }).detail)
        .join()
    expect(plan(`a.state NOT IN ('ignited', 'cancelled') AND (a.created_at, a.id) > (1, 'x')`)).toMatch(
      /USING INDEX applications_waiting/,
    )
    expect(plan(`a.state = 'ignited' AND (a.created_at, a.id) > (1, 'x')`)).toMatch(
      /USING (COVERING )?INDEX applications_state_created/,
    )
  })
})

test('a meter register too short for its initial index is refused', async () => {
  const applicationId = await apply(hall)
  const steps = stepsOf(hall, applicationId)
  await steps.survey()
  await steps.draft()
  await steps.printAndSign('supply')
  await steps.printAndSign('safety')
  await steps.openAccount()
  await expect(
    hall.call(InstallMeter, {
      requestId: requestId(),
      applicationId,
      performedOn: today,
      workerId: certifiedWorker(hall),
      meterNo: 'M-100001',
      kind: 'iot',
      model: 'G4',
      digits: 4,
      initialIndex: cubicMetres(10_000),
    }),
  ).rejects.toMatchObject({ failure: { field: 'initialIndex' } })
})
