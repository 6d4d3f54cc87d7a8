import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { approvalSubject } from '../../src-main/access/api.ts'
import { monthDay, businessDate } from '../../src-main/platform/dates.ts'
import { cubicMetres, fen, litre, unitPrice } from '../../src-main/platform/money.ts'
import {
  AddVersion,
  CreatePlan,
  Plans,
  Preview,
  priceTerms,
  RetirePlan,
  ReviseVersion,
  Rules,
  TryOut,
  WithdrawVersion,
} from '../../src-main/tariffs/api.ts'
import { examplePlans } from '../../src-main/tariffs/examples.ts'
import { noteBilled, planById, plansFor, seedPlans } from '../../src-main/tariffs/service.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
let shanghai: string
const requestId = () => crypto.randomUUID()
const flat = (price: number) => ({ kind: 'flat' as const, price: unitPrice(price) })

beforeEach(async () => {
  hall = await openTestHall()
  shanghai = hall.transact(seedPlans).get('example-shanghai-2014') as string
})
afterEach(() => hall.close())

const addFlat = (effectiveFrom: string, as: 'hall-manager' | 'clerk' = 'hall-manager') =>
  hall.call(
    AddVersion,
    { requestId: requestId(), planId: shanghai, effectiveFrom, document: '示例〔2026〕1 号', body: flat(32_000) },
    as,
  )

describe('the published tables', () => {
  test('are entered once, whole, however often the demo is seeded', async () => {
    hall.transact(seedPlans)
    await hall.restart()
    const plans = await hall.call(Plans, {})
    expect(plans).toHaveLength(examplePlans.length)
    for (const example of examplePlans) {
      const stored = plans.find(({ code }) => code === example.id)
      expect(stored).toMatchObject({ name: example.name, category: example.category, cycleStart: example.cycleStart })
      expect(stored?.versions.map(({ id: _, ...version }) => version)).toEqual(
        example.versions.map(({ id: _, ...version }) => version),
      )
    }
  })

  test('are offered by kind of customer', () => {
    const names = hall.transact((context) => plansFor(context, 'resident').map(({ name }) => name))
    expect(names).toEqual(
      examplePlans
        .filter(({ category }) => category === 'resident')
        .map(({ name }) => name)
        .sort(),
    )
    expect(hall.transact((context) => plansFor(context, 'industrial'))).toHaveLength(1)
  })
})

describe('the calculator', () => {
  const preview = (m3: number, householdSize = 3, usedBefore = 0) =>
    hall.call(Preview, {
      planId: shanghai,
      volume: cubicMetres(m3),
      householdSize,
      usedBefore: cubicMetres(usedBefore),
      on: '2026-11-23',
    })

  test.each([
    [310, 3, 930_00],
    [311, 3, 933_30],
    [520, 3, 1623_00],
    [521, 3, 1627_20],
    [600, 3, 1959_00],
    [600, 5, 1842_00],
  ])('Shanghai table: %i m³ for %i persons cost %i fen (domain.md §2.3)', async (m3, persons, total) => {
    expect((await preview(m3, persons)).total).toBe(total)
  })

  test('shows each tier as a line, with the household’s limits and the cycle it counts in', async () => {
    const shown = await preview(210, 5, 400)
    expect(shown.limits).toEqual([cubicMetres(460), cubicMetres(670), null])
    expect(shown.cycle).toEqual({ firstDay: '2026-09-01', lastDay: '2027-08-31' })
    expect(shown.lines.map(({ text }) => text)).toEqual([
      '第一档 400–460：60 m³ × 3.00 = 180.00',
      '第二档 460–610：150 m³ × 3.30 = 495.00',
    ])
    expect((await preview(0)).total).toBe(fen(0))
  })

  test('says so where no price is in force on the day', async () => {
    const before = { planId: shanghai, volume: litre(1), on: '2014-08-31' }
    await expect(hall.call(Preview, before)).rejects.toThrow('NoPriceYet')
    const unknown = { planId: requestId(), volume: litre(1), on: '2026-01-01' }
    await expect(hall.call(Preview, unknown)).rejects.toThrow('PlanNotFound')
    await expect(hall.call(Preview, { ...before, volume: litre(-1) })).rejects.toThrow('气量')
  })
})

describe('a new price', () => {
  test('is a new version; the old one stays for the days before', async () => {
    await addFlat('2027-01-01')
    const plan = hall.transact((context) => planById(context, shanghai))
    expect(plan.versions.map(({ effectiveFrom, kind }) => [effectiveFrom, kind])).toEqual([
      ['2014-09-01', 'tiered'],
      ['2027-01-01', 'flat'],
    ])
    const on = async (day: string) =>
      (await hall.call(Preview, { planId: shanghai, volume: cubicMetres(1), on: day })).total
    expect([await on('2026-12-31'), await on('2027-01-01')]).toEqual([300, 320])
  })

  test('never begins on a day that was billed already', async () => {
    hall.transact((context) => noteBilled(context, shanghai, businessDate('2026-11-20')))
    hall.transact((context) => noteBilled(context, shanghai, businessDate('2026-10-20')))
    await expect(addFlat('2026-11-20')).rejects.toThrow('已出账到 2026年11月20日')
    await expect(addFlat('2026-11-21')).resolves.toHaveProperty('versionId')
    await expect(addFlat('2026-11-21')).rejects.toThrow('已有一个价格版本')
  })

  test('is refused with every reason when it makes no sense', async () => {
    const add = hall.call(
      AddVersion,
      {
        requestId: requestId(),
        planId: shanghai,
        effectiveFrom: '2027-01-01',
        document: '示例',
        body: {
          kind: 'tiered',
          tiers: [
            { upTo: cubicMetres(400), price: unitPrice(30_000) },
            { upTo: cubicMetres(300), price: unitPrice(29_000) },
            { upTo: cubicMetres(900), price: unitPrice(40_000) },
          ],
          householdAddon: null,
        },
      },
      'administrator',
    )
    await expect(add).rejects.toMatchObject({
      failure: { code: 'PlanRefused', details: expect.arrayContaining([expect.stringContaining('单价低于上一档')]) },
    })
    const details = await add.catch((error: { failure: { details: string[] } }) => error.failure.details)
    expect(details).toHaveLength(3)
  })

  test('is the manager’s business, and is sent once', async () => {
    await expect(addFlat('2027-01-01', 'clerk')).rejects.toThrow('NotAllowed')
    const input = {
      requestId: requestId(),
      planId: shanghai,
      effectiveFrom: '2027-02-01',
      document: '示例',
      body: flat(33_000),
    }
    const first = await hall.call(AddVersion, input, 'hall-manager')
    expect(await hall.call(AddVersion, input, 'hall-manager')).toEqual(first)
  })

  test('is withdrawn only before it begins; no row of a version is ever changed', async () => {
    const { versionId } = await addFlat('2027-01-01')
    const withdraw = (id: string) =>
      hall.call(WithdrawVersion, { requestId: requestId(), versionId: id, reason: '录入有误' }, 'hall-manager')
    expect(() =>
      hall.transact(({ sqlite }) => sqlite.exec(`UPDATE price_versions SET effective_from = '2020-01-01'`)),
    ).toThrow('never change')
    await expect(withdraw(versionId)).resolves.toEqual({ planId: shanghai })
    const [inForce] = hall.transact((context) => planById(context, shanghai)).versions
    await expect(withdraw(inForce?.id as string)).rejects.toThrow('VersionInForce')
  })

  test('of a plan of its own begins with one version, under a code used once', async () => {
    const plan = {
      code: 'canteen',
      name: '食堂',
      category: 'public' as const,
      cycleStart: monthDay('01-01'),
      effectiveFrom: '2026-01-01',
      document: '示例',
      body: flat(24_000),
    }
    await hall.call(CreatePlan, { ...plan, requestId: requestId() }, 'administrator')
    const again = hall.call(CreatePlan, { ...plan, requestId: requestId() }, 'administrator')
    await expect(again).rejects.toThrow('已经用过')
    const leapDay = { ...plan, code: 'leap', cycleStart: '02-29', requestId: requestId() }
    await expect(hall.call(CreatePlan, leapDay, 'administrator')).rejects.toMatchObject({
      failure: { field: 'cycleStart' },
    })
  })
})

describe('a price that prices nothing yet', () => {
  const revise = (versionId: string, effectiveFrom: string, price = 33_300) =>
    hall.call(
      ReviseVersion,
      { requestId: requestId(), versionId, effectiveFrom, document: '示例〔2026〕2 号', body: flat(price) },
      'administrator',
    )
  const days = () => hall.transact((context) => planById(context, shanghai).versions.map((one) => one.effectiveFrom))

  test('is put right in one step; a revision that is refused leaves what was there', async () => {
    const { versionId } = await addFlat('2027-01-01')
    await expect(revise(versionId, '2014-09-01')).rejects.toMatchObject({ failure: { field: 'effectiveFrom' } })
    await expect(revise(versionId, '2027-02-01', 0)).rejects.toMatchObject({ failure: { field: 'body.price' } })
    expect(days()).toEqual(['2014-09-01', '2027-01-01'])
    const revised = await revise(versionId, '2027-02-01')
    expect(days()).toEqual(['2014-09-01', '2027-02-01'])
    await hall.restart()
    const [plan] = (await hall.call(Plans, {})).filter(({ id }) => id === shanghai)
    expect(plan?.open).toContain(revised.versionId)
  })

  test('is one that has begun too, while nobody has the plan; once somebody was billed it never changes', async () => {
    const [begun] = hall.transact((context) => planById(context, shanghai)).versions
    const { versionId } = await revise(begun?.id as string, '2015-01-01')
    hall.transact((context) => noteBilled(context, shanghai, businessDate('2026-11-20')))
    await expect(revise(versionId, '2015-02-01')).rejects.toThrow('VersionInForce')
  })

  test('is tried on volumes and households line by line, or told what is wrong at its field', async () => {
    const body = (second: number, limit = 400) => ({
      kind: 'tiered' as const,
      tiers: [
        { upTo: cubicMetres(320), price: unitPrice(34_500) },
        { upTo: cubicMetres(limit), price: unitPrice(second) },
        { upTo: null, price: unitPrice(51_800) },
      ],
      householdAddon: {
        minPersons: 5,
        mode: 'perExtraPerson' as const,
        addByTier: [cubicMetres(100), cubicMetres(100)],
      },
    })
    const samples = [
      { volume: cubicMetres(500), householdSize: 3 },
      { volume: cubicMetres(500), householdSize: 6 },
    ]
    const tryOut = (second: number, limit?: number) =>
      hall.call(TryOut, { body: body(second, limit), on: '2026-11-23', samples }, 'administrator')
    const good = await tryOut(41_400)
    expect(good.problems).toEqual([])
    expect(good.results.map(({ total }) => total)).toEqual([320 * 345 + 80 * 414 + 100 * 518, 500 * 345])
    expect(good.results[0]?.lines.map(({ text }) => text)).toContain('第二档 320–400：80 m³ × 4.14 = 331.20')
    expect(await tryOut(31_400)).toEqual({
      problems: [{ field: 'tiers.1.price', message: '第二档单价低于上一档' }],
      results: [],
    })
    expect((await tryOut(41_400, 300)).problems).toEqual([
      { field: 'tiers.1.upTo', message: '第二档上限应大于上一档的上限' },
    ])
  })
})

test('a plan that is retired is offered to nobody new and can be taken up again', async () => {
  const offered = () => hall.transact((context) => plansFor(context, 'resident').some(({ id }) => id === shanghai))
  const retire = (retired: boolean) =>
    hall.call(RetirePlan, { requestId: requestId(), planId: shanghai, retired, reason: '已有新文件' }, 'administrator')
  await retire(true)
  expect(offered()).toBe(false)
  await retire(false)
  expect(offered()).toBe(true)
})

test('before the first bill one administrator makes the first price, and that is on record', async () => {
  expect(await hall.call(Rules, {}, 'administrator')).toEqual({ needsSecondPerson: false, today: '2026-11-23' })
  await addFlat('2027-01-01')
  const { sqlite } = hall.hall.environment
  const detail = sqlite
    .prepare(`SELECT detail FROM audit_log WHERE call = 'tariffs.addVersion'`)
    .pluck()
    .get() as string
  expect(JSON.parse(detail)).toMatchObject({ alone: true })
})

test('an act on a price is filed under what its approval is filed under', async () => {
  await addFlat('2027-01-01')
  await hall.call(
    RetirePlan,
    { requestId: requestId(), planId: shanghai, retired: true, reason: '已有新文件' },
    'administrator',
  )
  const { sqlite } = hall.hall.environment
  const filed = sqlite
    .prepare(
      `SELECT l.subject, p.code FROM audit_log l JOIN price_plans p ON l.subject IN ('price-plan:' || p.code, 'price-plan:' || p.id)
       WHERE l.call LIKE 'tariffs.%' ORDER BY l.seq`,
    )
    .all() as { subject: string; code: string }[]
  expect(filed).toHaveLength(2)
  for (const { subject, code } of filed) {
    expect(subject).toBe(approvalSubject({ purpose: 'price', terms: priceTerms('add', code, {}) }))
  }
})
