import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ChangeClass } from '../../src-main/classes/api.ts'
import { classObstacles } from '../../src-main/classes/rules.ts'
import { CustomerFile, EditCustomer } from '../../src-main/customers/api.ts'
import { allPlans } from '../../src-main/tariffs/service.ts'
import {
  generate,
  household,
  openInspectionHall,
  planned,
  record,
  rows,
  shop,
  taskOf,
  type InspectionHall,
} from '../inspections/support.ts'
import { BillReading, CancelBill, PreviewAdjustment } from '../../src-main/billing/api.ts'
import { cubicMetres } from '../../src-main/platform/money.ts'
import { household as priced, read } from '../billing/household.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf } from '../support/hall.ts'
import { contentOf } from '../support/written.ts'
import { changeClass, filePaper, readyChange } from './support.ts'

let set: InspectionHall
beforeEach(async () => {
  set = await openInspectionHall()
})
afterEach(() => set.hall.close())

const open = (accountId: string) => planned(set.hall, accountId).filter(({ state }) => state === 'planned')
const write = (sql: string, ...values: unknown[]) => set.hall.hall.environment.sqlite.prepare(sql).run(...values)
const classOf = async (customerId: string) => (await set.hall.call(CustomerFile, { customerId })).customer.category

describe('用气性质变更 (clauses 6(9), 10(6))', () => {
  test('changes class, price and inspections together, on paper and with the manager’s agreement', async () => {
    const one = shop(set.hall, 1)
    await generate(set.hall, 2027)
    expect(open(one.accountId)).toHaveLength(4)
    const done = await changeClass(set.hall, one.customerId, 'resident')
    expect(done).toMatchObject({ approverName: actorOf('hall-manager').name, dropped: 4, added: 2 })
    expect(await classOf(one.customerId)).toBe('resident')
    expect(open(one.accountId).map(({ resident, periodTo }) => [resident, periodTo])).toEqual([
      [1, '2027-06-30'],
      [1, '2027-12-31'],
    ])
    const plan = rows<{ category: string }>(
      set.hall,
      'SELECT l.category FROM accounts a JOIN price_plans l ON l.id = a.price_plan_id WHERE a.id = ?',
      one.accountId,
    )
    expect(plan).toEqual([{ category: 'resident' }])
    const told = rows<{ title: string }>(
      set.hall,
      'SELECT title FROM customer_events WHERE customer_id = ?',
      one.customerId,
    )
    expect(told.map(({ title }) => title)).toContain('用气性质：商业 → 居民')
    // The job that looks through the plan finds nothing to mend.
    expect(await generate(set.hall, 2027)).toMatchObject({ added: 0, dropped: 0 })
  })

  test('leaves what was read before at the price of then, also where its bill is cancelled and made anew', async () => {
    const { hall } = set
    const one = priced(hall, { installedOn: '2026-11-01' })
    const bill = (readingId: string) => hall.call(BillReading, { requestId: crypto.randomUUID(), readingId }, 'cashier')
    const amountOf = (id: string) =>
      rows<{ amount: number }>(hall, 'SELECT amount FROM bills WHERE id = ?', id)[0]?.amount
    hall.clock.set('2026-11-25T09:00:00+08:00')
    const readingId = await read(hall, one.accountId, '2026-11-25', 30)
    const { billId } = await bill(readingId)
    await changeClass(hall, one.customerId, 'commercial')
    await hall.call(CancelBill, { requestId: crypto.randomUUID(), billId, reason: '抄错' }, 'hall-manager')
    expect(amountOf((await bill(readingId)).billId)).toBe(amountOf(billId))
    // As much gas afterwards is charged by the price of a shop.
    hall.clock.set('2026-11-28T09:00:00+08:00')
    const later = await bill(await read(hall, one.accountId, '2026-11-28', 60))
    expect(amountOf(later.billId)).toBeGreaterThan(amountOf(billId) ?? 0)
  })

  test('gas of a shop is no gas of the tiers: who lives there again goes on where the household was', async () => {
    const { hall } = set
    const one = priced(hall, { installedOn: '2026-11-01', plan: 'example-city-345' })
    const billed = async (on: string, index: number) => {
      hall.clock.set(`${on}T09:00:00+08:00`)
      const readingId = await read(hall, one.accountId, on, index)
      const { billId } = await hall.call(BillReading, { requestId: crypto.randomUUID(), readingId }, 'cashier')
      const lines = rows<{ tier: number; volume: number }>(
        hall,
        'SELECT tier, volume FROM bill_lines WHERE bill_id = ? ORDER BY line_no',
        billId,
      )
      return { billId, lines: lines.map(({ tier, volume }) => [tier, volume]) }
    }
    expect((await billed('2026-11-24', 100)).lines).toEqual([[1, 100_000]])
    await changeClass(hall, one.customerId, 'commercial', '4.17')
    const shopBill = await billed('2026-11-26', 3_100)
    expect(shopBill.lines).toEqual([[0, 3_000_000]])
    await changeClass(hall, one.customerId, 'resident', '3.45')
    // 320 m³ of the first tier, of which the household had used 100 before.
    const home = await billed('2026-11-28', 3_330)
    expect(home.lines).toEqual([
      [1, 220_000],
      [2, 10_000],
    ])
    const preview = async (billId: string, m3: number) =>
      (await hall.call(PreviewAdjustment, { billId, consumption: cubicMetres(m3) }, 'cashier')).amount
    expect(await preview(shopBill.billId, 2_990)).toBe(-41_70)
  })

  test('is no part of editing a profile any more', async () => {
    const one = shop(set.hall, 1)
    const change = { category: 'resident' } as never
    await expect(
      set.hall.call(EditCustomer, { requestId: crypto.randomUUID(), customerId: one.customerId, version: 1, change }),
    ).rejects.toMatchObject({ failure: { code: 'InvalidInput' } })
    expect(await classOf(one.customerId)).toBe('commercial')
  })

  test('an approval of other terms, of nobody, or used once already changes nothing', async () => {
    const one = shop(set.hall, 1)
    const { terms, call } = await readyChange(set.hall, one.customerId, 'resident')
    const before = contentOf(set.hall)
    const tried = (approvalId: string) => set.hall.call(ChangeClass, { ...call, approvalId })
    await expect(tried(crypto.randomUUID())).rejects.toMatchObject({ failure: { code: 'ApprovalRefused' } })
    expect(contentOf(set.hall)).toEqual(before)
    for (const other of [
      { reason: '别的' },
      { change: '商业 → 工业' },
      { paper: '别的' },
      { duty: '每年 2 次' },
      { pricePlans: '' },
    ]) {
      const approvalId = await approvalOf(
        set.hall,
        { purpose: 'customer-class', terms: { ...terms, ...other } },
        'clerk',
      )
      await expect(tried(approvalId), JSON.stringify(other)).rejects.toMatchObject({
        failure: { code: 'ApprovalRefused' },
      })
    }
    expect(await classOf(one.customerId)).toBe('commercial')
  })

  test('every obstacle is told at once: paper of another, paper used or old, a price of another class', async () => {
    const one = shop(set.hall, 1)
    const other = household(set.hall, 2)
    const { terms, call } = await readyChange(set.hall, one.customerId, 'resident')
    const wrong = set.hall.transact((context) => allPlans(context, 'industrial'))[0]?.id ?? ''
    const approvalId = await approvalOf(set.hall, { purpose: 'customer-class', terms }, 'clerk')
    const refused = set.hall.call(ChangeClass, {
      ...call,
      attachmentId: filePaper(set.hall, other.customerId, 'property'),
      plans: [{ accountId: one.accountId, planId: wrong }],
      approvalId,
    })
    await expect(refused).rejects.toMatchObject({
      failure: {
        code: 'ClassRefused',
        details: [expect.stringContaining('依据'), expect.stringContaining('价格方案')],
      },
    })
    const paper = { kind: 'property' as const, name: '房产证.pdf', days: 31, used: false }
    const rule = (more: Partial<typeof paper>) =>
      classObstacles({ from: 'commercial', to: 'resident', paper: { ...paper, ...more }, paperDays: 30, accounts: [] })
    expect(rule({})).toEqual([expect.stringContaining('30 天以内')])
    expect(rule({ days: 30 })).toEqual([])
    expect(rule({ days: 1, used: true })).toEqual([expect.stringContaining('另一次变更')])
    expect(
      classObstacles({ from: 'resident', to: 'resident', paper: { ...paper, days: 0 }, paperDays: 30, accounts: [] }),
    ).toHaveLength(1)
  })

  test('below the service: no class and no price of an account moves without its act on record', async () => {
    const one = shop(set.hall, 1)
    const { call } = await readyChange(set.hall, one.customerId, 'resident')
    const manager = actorOf('hall-manager').id
    const clerk = actorOf('clerk').id
    expect(() => write(`UPDATE customers SET category = 'resident' WHERE id = ?`, one.customerId)).toThrow(
      'a class changed',
    )
    expect(() =>
      write(`UPDATE accounts SET price_plan_id = 'x', version = version + 1 WHERE id = ?`, one.accountId),
    ).toThrow('a price of an account')
    const act = (approver: string, reason: string, paper: string) =>
      write(
        `INSERT INTO class_changes (id, customer_id, version, from_class, to_class, attachment_id, reason, at, actor_id, actor_name, approver_id, approver_name)
         VALUES (?, ?, 1, 'commercial', 'resident', ?, ?, 0, ?, '', ?, '')`,
        crypto.randomUUID(), one.customerId, paper, reason, clerk, approver,
      ) // prettier-ignore
    expect(() => act(clerk, '改', call.attachmentId)).toThrow('without paper, reason and approver')
    expect(() => act(set.wang, '改', call.attachmentId)).toThrow('without paper, reason and approver')
    expect(() => act(manager, ' ', call.attachmentId)).toThrow('without paper, reason and approver')
    expect(() => act(manager, '改', filePaper(set.hall, household(set.hall, 2).customerId, 'property'))).toThrow(
      'without paper',
    )
    act(manager, '改', call.attachmentId)
    // For this version of the customer and this class only, and once.
    expect(() =>
      write(`UPDATE customers SET category = 'industrial', version = version + 1 WHERE id = ?`, one.customerId),
    ).toThrow('a class changed')
    expect(() => write(`UPDATE customers SET category = 'resident' WHERE id = ?`, one.customerId)).toThrow(
      'a class changed',
    )
  })

  test('what was inspected in the period under the former class is not inspected twice, what is overdue stays due', async () => {
    const one = shop(set.hall, 1)
    await generate(set.hall)
    const task = taskOf(set.hall, one.accountId)
    await record(set.hall, task.id, set.wang)
    expect(await changeClass(set.hall, one.customerId, 'resident')).toMatchObject({ dropped: 0, added: 0 })
    const late = shop(set.hall, 2)
    await generate(set.hall)
    // The hall did not come in the quarter: on 5 January it is overdue and stays so.
    set.hall.clock.set(Date.parse('2027-01-05T09:00:00+08:00'))
    await generate(set.hall, 2027)
    await changeClass(set.hall, late.customerId, 'resident')
    expect(open(late.accountId).map(({ resident, periodTo }) => [resident, periodTo])).toEqual([
      [0, '2026-12-31'],
      [1, '2027-06-30'],
      [1, '2027-12-31'],
    ])
  })

  test('nothing of the class before stays planned where gas is off for good', async () => {
    const one = shop(set.hall, 1)
    await generate(set.hall, 2027)
    // Its own gate is another test's.
    set.hall.hall.environment.sqlite.exec('DROP TRIGGER service_points_deactivation_gate')
    write(`UPDATE service_points SET gas_state = 'deactivated' WHERE id = ?`, one.servicePointId)
    expect(await changeClass(set.hall, one.customerId, 'resident')).toMatchObject({ dropped: 4, added: 0 })
    expect(open(one.accountId)).toEqual([])
  })

  test('an account with a price of another use is inspected as that, whoever holds it', async () => {
    const one = household(set.hall, 1)
    set.hall.hall.environment.sqlite.exec('DROP TRIGGER accounts_price_plan_gate')
    await readyChange(set.hall, one.customerId, 'commercial', 'licence')
    const commercial = set.hall.transact((context) => allPlans(context, 'commercial'))[0]?.id
    write('UPDATE accounts SET price_plan_id = ? WHERE id = ?', commercial, one.accountId)
    await generate(set.hall, 2027)
    expect(open(one.accountId)).toHaveLength(4)
  })
})
