/** 续签: terms of contracts come to their end, are signed anew or go on, and a change of class asks for new ones. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ContractsOfAccount,
  DraftRenewal,
  ExtendContracts,
  RenewalCount,
  Renewals,
  SignContract,
  VoidContract,
} from '../../src-main/contracts/api.ts'
import { renewalReason, termEnds } from '../../src-main/contracts/rules.ts'
import { markPrinted } from '../../src-main/contracts/service.ts'
import { businessDate, shanghaiDate } from '../../src-main/platform/dates.ts'
import { changeClass } from '../classes/support.ts'
import { household } from '../billing/household.ts'
import { openInspectionHall } from '../inspections/support.ts'
import { apply, requestId, stepsOf, untilIgnition } from '../installations/steps.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

describe('a term', () => {
  test('ends on the day of the same name, or on the last of its month (Civil Code 202)', () => {
    expect(termEnds(businessDate('2026-11-23'), 5)).toBe('2031-11-23')
    expect(termEnds(businessDate('2028-02-29'), 1)).toBe('2029-02-28')
    expect(termEnds(businessDate('2028-02-29'), 4)).toBe('2032-02-29')
  })
  test('is not the reason where the class of the customer changed before its end', () => {
    expect(renewalReason({ validUntil: '2031-11-23', renewBy: '2031-11-23' })).toBe('term')
    expect(renewalReason({ validUntil: '2031-11-23', renewBy: '2027-01-05' })).toBe('class')
  })
})

describe('an account whose contracts come to their end (clause 15)', () => {
  let hall: TestHall
  let accountId: string
  beforeEach(async () => {
    hall = await openTestHall()
    const steps = stepsOf(hall, await apply(hall))
    await untilIgnition(steps)
    await steps.ignite()
    accountId = one<{ id: string }>('SELECT id FROM accounts').id
  })
  afterEach(() => hall.close())

  const sql = () => hall.hall.environment.sqlite
  const one = <T>(query: string, ...values: unknown[]) =>
    sql()
      .prepare(query)
      .get(...values) as T
  const listed = async (search = '') => (await hall.call(Renewals, { search })).rows
  const draft = (as = 'clerk' as const) => hall.call(DraftRenewal, { requestId: requestId(), accountId }, as)
  const extend = (note = '电话征询，客户同意') =>
    hall.call(ExtendContracts, { requestId: requestId(), accountId, note })
  const ofAccount = () => hall.call(ContractsOfAccount, { accountId })
  const inForce = async () => (await ofAccount()).filter(({ state, endedOn }) => state === 'signed' && endedOn === null)
  const sign = (contractId: string, signedOn: string) => {
    hall.transact((context) => markPrinted(context, contractId))
    return hall.call(SignContract, {
      ...{ requestId: requestId(), contractId, signedOn, relation: 'self' as const },
      ...{ signatory: '赵敏', companySignatory: '钱柜员' },
    })
  }

  test('is listed sixty days before, not a day earlier, with how long is left, and found by its number', async () => {
    expect((await inForce()).map(({ validUntil }) => validUntil)).toEqual(['2031-11-23', '2031-11-23'])
    hall.clock.set('2031-09-23T09:00:00+08:00')
    expect(await listed()).toEqual([])
    hall.clock.set('2031-09-24T09:00:00+08:00')
    expect(await listed()).toMatchObject([
      { accountId, customerName: '赵敏', validUntil: '2031-11-23', reason: 'term', drafted: null },
    ])
    expect(await hall.call(RenewalCount, {})).toEqual({ due: 1 })
    expect(await listed('赵敏')).toHaveLength(1)
    expect(await listed('没有这个人')).toEqual([])
  })

  test('is signed anew: both new contracts, the old end with the day of the new, and nothing is listed any more', async () => {
    hall.clock.set('2031-11-01T09:00:00+08:00')
    const { supply, safety } = await draft()
    expect(await listed()).toMatchObject([{ drafted: 'draft' }])
    // Who may sign follows from the contract itself, wherever it is shown.
    expect((await ofAccount()).find(({ id }) => id === supply)).toMatchObject({
      ...{ customerName: '赵敏', audience: 'resident' },
    })
    // A second draft would leave two papers for one household.
    await expect(draft()).rejects.toThrow('RenewalRefused')
    await sign(supply, '2031-11-01')
    expect((await inForce()).map(({ kind, validUntil }) => [kind, validUntil])).toEqual([
      ['supply', '2036-11-01'],
      ['safety', '2031-11-23'],
    ])
    expect(await listed()).toHaveLength(1)
    await sign(safety, '2031-11-01')
    expect(await listed()).toEqual([])
    const ended = (await ofAccount()).filter(({ endedOn }) => endedOn !== null)
    expect(ended.map(({ endedOn, endReason }) => [endedOn, endReason?.slice(0, 2)])).toEqual([
      ['2031-11-01', '续签'],
      ['2031-11-01', '续签'],
    ])
    const fields = (id: string) =>
      JSON.parse(one<{ fields: string }>('SELECT fields FROM contracts WHERE id = ?', id).fields)
    const old = JSON.parse(one<{ fields: string }>('SELECT fields FROM contracts ORDER BY drafted_at LIMIT 1').fields)
    expect(fields(supply)).toMatchObject({ purpose: old.purpose, appliances: old.appliances, customerName: '赵敏' })
    await hall.restart()
    expect(await listed()).toEqual([])
  })

  test('goes on for a year by a record of how the customer was asked, each year once', async () => {
    await expect(extend()).rejects.toThrow('RenewalRefused')
    hall.clock.set('2031-11-20T09:00:00+08:00')
    expect(await extend()).toEqual({ validUntil: '2032-11-23' })
    await expect(extend()).rejects.toThrow('RenewalRefused')
    expect(await listed()).toEqual([])
    expect((await inForce()).map(({ validUntil }) => validUntil)).toEqual(['2032-11-23', '2032-11-23'])
    hall.clock.set('2032-12-01T09:00:00+08:00')
    expect(await listed()).toMatchObject([{ validUntil: '2032-11-23' }])
    expect(await extend()).toEqual({ validUntil: '2033-11-23' })
    expect(() => sql().prepare(`UPDATE contracts SET valid_until = '2099-01-01'`).run()).toThrow('without a record')
  })

  test('with a draft that is voided can go on or be drafted again', async () => {
    hall.clock.set('2031-11-20T09:00:00+08:00')
    const { supply, safety } = await draft()
    await expect(extend()).rejects.toThrow('RenewalRefused')
    for (const contractId of [supply, safety]) {
      await hall.call(VoidContract, { requestId: requestId(), contractId, reason: '客户改主意' })
    }
    await extend()
    await draft()
  })
})

test('another class asks for new contracts at once, and the old do not go on (clauses 6(9), 15)', async () => {
  const { hall } = await openInspectionHall()
  const { accountId, customerId } = household(hall, { installedOn: '2026-11-01' })
  const sqlite = hall.hall.environment.sqlite
  const { supply, safety } = await hall.call(DraftRenewal, { requestId: requestId(), accountId })
  const { name } = sqlite.prepare('SELECT name FROM customers WHERE id = ?').get(customerId) as { name: string }
  const signedOn = shanghaiDate(hall.clock.now())
  for (const contractId of [supply, safety]) {
    hall.transact((context) => markPrinted(context, contractId))
    await hall.call(SignContract, {
      ...{ requestId: requestId(), contractId, signedOn, relation: 'self' as const },
      ...{ signatory: name, companySignatory: '钱柜员' },
    })
  }
  expect((await hall.call(Renewals, {})).rows).toEqual([])
  await changeClass(hall, customerId, 'commercial')
  expect((await hall.call(Renewals, {})).rows).toMatchObject([{ accountId, reason: 'class' }])
  await expect(hall.call(ExtendContracts, { requestId: requestId(), accountId, note: '客户同意' })).rejects.toThrow(
    '用气性质已经变更',
  )
  const anew = await hall.call(DraftRenewal, { requestId: requestId(), accountId })
  const { audience } = sqlite
    .prepare('SELECT t.audience FROM contracts k JOIN contract_templates t ON t.id = k.template_id WHERE k.id = ?')
    .get(anew.supply) as { audience: string }
  expect(audience).toBe('non-resident')
  hall.close()
})
