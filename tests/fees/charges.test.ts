/** 收费项目 on a real hall: charged, paid, reversed, withdrawn; and nothing that may not be, by whatever call. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CloseDay, CloseDraft, CloseShift, Collect, CountCash } from '../../src-main/cashier/api.ts'
import { dayReport, receiptData } from '../../src-main/cashier/service.ts'
import {
  ChargesOf,
  feeTerms,
  Items,
  Offers,
  StopItem,
  Sums,
  Withdraw,
  WithdrawVersion,
} from '../../src-main/fees/api.ts'
import { chargesSql, openSql, sumsSql } from '../../src-main/fees/charges.ts'
import { fen } from '../../src-main/platform/money.ts'
import { boardNow } from '../../src-main/publicity/board.ts'
import type { Household } from '../billing/household.ts'
import { counted, id, openCounter, yuan, type Counter } from '../cashier/counter.ts'
import { approvalOf } from '../support/approval.ts'
import { addItem, addItemByTwo, addVersionByTwo, chargeTo, newItem, versionOf } from './support.ts'

let counter: Counter
let home: Household
let itemId: string
beforeEach(async () => {
  counter = await openCounter()
  itemId = (await addItem(counter)).itemId
  home = await counter.owing(100)
  await counter.openShift(yuan(500))
})
afterEach(() => counter.close())

const collect = (about: Record<string, unknown>) =>
  counter.call(Collect, { requestId: id(), accountId: home.accountId, ...about } as never, 'cashier')
const cash = (amount: number) => [{ means: 'cash' as const, amount: fen(amount) }]
const charges = async () =>
  (await counter.call(ChargesOf, { accountId: home.accountId, page: { after: null, size: 20 } }, 'cashier')).rows
const withdraw = (chargeId: string, as: 'cashier' | 'hall-manager' | 'clerk' = 'cashier') =>
  counter.call(Withdraw, { requestId: id(), chargeId, reason: '收错' }, as)
const refusal = async (doing: Promise<unknown>) =>
  doing.then(
    () => 'done',
    (error: { code?: string; message?: string }) => `${error.code}: ${error.message}`,
  )
const rowsNow = () =>
  counter.query<{ n: number }>(
    `SELECT (SELECT count(*) FROM fee_charges) + (SELECT count(*) FROM journal_entries) + (SELECT count(*) FROM payments) AS n`,
  )[0]?.n

describe('收费单', () => {
  test('is a receivable of its own beside the gas, which bears no late fee and no dunning: 20.00 by hand', async () => {
    const { chargeNo, amount, tax } = await chargeTo(counter, home.accountId, itemId)
    expect([amount, tax]).toEqual([2_000, 113])
    expect(chargeNo).toMatch(/^SF/)
    expect(counter.balance('fee-receivable', home.accountId)).toBe(2_000)
    expect(counter.balance('fee-revenue')).toBe(-2_000)
    const dues = await counter.dues(home.accountId)
    expect(dues.total).toBe(30_000)
    expect(dues.chargesTotal).toBe(2_000)
    // Headquarters hears of the list and of the charge.
    const told = counter.query<{ entity: string }>(
      `SELECT DISTINCT entity FROM outbox WHERE entity LIKE 'fee_%' ORDER BY entity`,
    )
    expect(told.map(({ entity }) => entity)).toEqual(['fee_charges', 'fee_items', 'fee_versions'])
    // What counts as arrears of gas is as it was.
    expect(counter.balance('receivable', home.accountId)).toBe(30_000)
  })

  test('paid together with the gas in one payment, gas first, on one receipt', async () => {
    const { chargeId } = await chargeTo(counter, home.accountId, itemId)
    const { bills } = await counter.dues(home.accountId)
    const paid = await collect({
      bills: bills.map(({ billId }) => ({ billId })),
      charges: [{ chargeId }],
      tenders: [{ means: 'cash', amount: yuan(320), received: yuan(400) }],
    })
    expect(paid).toMatchObject({ amount: 32_000, change: 8_000, arrears: 0, charges: [{ chargeId, amount: 2_000 }] })
    expect(counter.balance('fee-receivable')).toBe(0)
    expect(counter.balance('receivable')).toBe(0)
    const receipt = counter.transact((context) => receiptData(context, paid.paymentId))
    expect(receipt.charges).toMatchObject([{ name: '过户', quantity: '1 次', amount: 2_000, paid: 2_000 }])
    expect(receipt.bills).toHaveLength(1)
    expect((await charges())[0]).toMatchObject({ state: 'settled', outstanding: 0 })
  })

  test('paid in part, the rest stays due; reversed, all of it is due again', async () => {
    const { chargeId } = await chargeTo(counter, home.accountId, itemId, { quantity: 250 })
    const first = await collect({ charges: [{ chargeId }], tenders: cash(1_234) })
    expect((await charges())[0]).toMatchObject({ amount: 5_000, paid: 1_234, outstanding: 3_766, state: 'open' })
    const rest = await collect({ charges: [{ chargeId }], tenders: cash(3_766) })
    expect((await charges())[0]).toMatchObject({ state: 'settled' })
    expect(await refusal(withdraw(chargeId))).toContain('ChargePaid')
    await counter.reverse(rest.paymentId)
    await counter.reverse(first.paymentId)
    expect((await charges())[0]).toMatchObject({ paid: 0, outstanding: 5_000, state: 'open' })
    expect(counter.balance('fee-receivable', home.accountId)).toBe(5_000)
    await withdraw(chargeId)
    expect((await charges())[0]).toMatchObject({ state: 'withdrawn', withdrawReason: '收错' })
    expect(counter.balance('fee-receivable', home.accountId)).toBe(0)
    expect(counter.balance('fee-revenue')).toBe(0)
    expect(await refusal(withdraw(chargeId))).toContain('ChargeWithdrawn')
    expect(await refusal(collect({ charges: [{ chargeId }], tenders: cash(100) }))).toContain('ChargeChanged')
  })

  test('is withdrawn on its day by whoever charged it, else by the hall manager', async () => {
    const one = await chargeTo(counter, home.accountId, itemId)
    expect(await refusal(withdraw(one.chargeId, 'clerk'))).toContain('WithdrawByManager')
    await withdraw(one.chargeId, 'hall-manager')
    const two = await chargeTo(counter, home.accountId, itemId)
    await counter.later(1)
    expect(await refusal(withdraw(two.chargeId))).toContain('WithdrawByManager')
    await withdraw(two.chargeId, 'hall-manager')
    expect(counter.balance('fee-receivable')).toBe(0)
  })

  test('is never paid from what was paid in for gas', async () => {
    const { chargeId } = await chargeTo(counter, home.accountId, itemId)
    const { bills } = await counter.dues(home.accountId)
    await collect({
      bills: bills.map(({ billId }) => ({ billId })),
      tenders: cash(35_000),
      toPrepayment: fen(5_000),
      prepaymentConsent: true,
    })
    const before = rowsNow()
    expect(
      await refusal(collect({ charges: [{ chargeId }], tenders: [{ means: 'prepayment', amount: fen(2_000) }] })),
    ).toContain('PrepaymentForGas')
    expect(rowsNow()).toBe(before)
  })

  test('the same call twice charges once', async () => {
    const requestId = id()
    const first = await chargeTo(counter, home.accountId, itemId, { requestId })
    expect(await chargeTo(counter, home.accountId, itemId, { requestId })).toEqual(first)
    expect(await charges()).toHaveLength(1)
  })

  test('goods have the customer’s own word and a receipt of their own', async () => {
    const hose = await addItemByTwo(counter, {
      name: '软管',
      kind: 'goods',
      account: 'goods-revenue',
      places: ['counter'],
    })
    const before = rowsNow()
    expect(await refusal(chargeTo(counter, home.accountId, hose.itemId))).toContain('须客户本人自愿')
    expect(rowsNow()).toBe(before)
    const sold = await chargeTo(counter, home.accountId, hose.itemId, { consent: '本人选购' })
    const service = await chargeTo(counter, home.accountId, itemId)
    const { bills } = await counter.dues(home.accountId)
    for (const together of [
      { bills: bills.map(({ billId }) => ({ billId })), charges: [{ chargeId: sold.chargeId }] },
      { charges: [{ chargeId: service.chargeId }, { chargeId: sold.chargeId }] },
    ])
      expect(await refusal(collect({ ...together, tenders: cash(2_000) }))).toContain('SoldApart')
    await collect({ charges: [{ chargeId: sold.chargeId }], tenders: cash(2_000) })
    expect(counter.balance('goods-revenue')).toBe(-2_000)
    expect(
      await refusal(
        addItemByTwo(counter, { name: '灶具', kind: 'goods', account: 'goods-revenue', places: ['opening'] }),
      ),
    ).toContain('不得搭售')
  })
})

describe('what may not be charged', () => {
  const bad = (about: Record<string, unknown>, words: string) => async () => {
    const before = rowsNow()
    expect(await refusal(chargeTo(counter, home.accountId, itemId, about as never))).toContain(words)
    expect(rowsNow()).toBe(before)
  }
  test('a quantity of nothing', bad({ quantity: 0 }, '数量应大于零'))
  test('a quantity below nothing', bad({ quantity: -100 }, '数量应大于零'))
  test('at a place the item is not for', bad({ place: 'opening' }, '不在开户时收'))
  test('at another price', bad({ unitPrice: fen(1) }, '单价应为 20.00 元'))

  test('an item that is stopped, has not begun, or is not for this customer', async () => {
    const later = await addItemByTwo(counter, { name: '改管', effectiveFrom: '2027-01-01' })
    expect(await refusal(chargeTo(counter, home.accountId, later.itemId))).toContain('2027-01-01 起才执行')
    const others = await addItemByTwo(counter, { name: '移表', buyers: ['non-resident'] })
    expect(await refusal(chargeTo(counter, home.accountId, others.itemId))).toContain('不向居民客户收取')
    const { items } = await counter.call(Offers, { accountId: home.accountId }, 'cashier')
    expect(items.map(({ name }) => name)).toEqual(['过户'])
    const terms = feeTerms('stop', newItem(), { reason: '不再收取' })
    const approvalId = await approvalOf(counter, { purpose: 'fee-item', terms }, 'administrator')
    await counter.call(
      StopItem,
      { requestId: id(), itemId, stopped: true, reason: '不再收取', approvalId },
      'administrator',
    )
    expect(await refusal(chargeTo(counter, home.accountId, itemId))).toContain('已停用')
  })

  test('a meter, its exchange when due, what lies before it: refused with the reason, by every call (cases M8)', async () => {
    for (const name of ['燃气表', '到期换表', '表前阀维修'])
      expect(await refusal(addItem(counter, { name }))).toMatch(/FeeRefused.*国办函〔2020〕129号/)
    const work = await addItemByTwo(counter, { name: '上门工时', places: ['exchange', 'repair'] })
    for (const [place, ground] of [
      ['exchange', 'expired'],
      ['exchange', 'faulty'],
      ['repair', 'before-meter'],
    ] as const)
      expect(await refusal(chargeTo(counter, home.accountId, work.itemId, { place, ground }))).toContain(
        '不得向用户收费',
      )
    expect(await refusal(chargeTo(counter, home.accountId, work.itemId, { place: 'exchange' }))).toContain(
      '请选择换表原因',
    )
    await chargeTo(counter, home.accountId, work.itemId, { place: 'repair', ground: 'after-meter' })
    // Nor by whoever gets past every service.
    const insert = (place: string, ground: string) =>
      counter.query(
        `INSERT INTO fee_charges SELECT '${id()}', 'X' || random(), account_id, item_id, version_id, name, kind, unit, '${place}', '${ground}',
           quantity, unit_price, amount, tax, consent, note, 0, 'open', business_date, entry_id, at, actor_id, actor_name, NULL, NULL, NULL
         FROM fee_charges LIMIT 1 RETURNING id`,
      )
    const rename = (name: string) =>
      counter.query(
        `INSERT INTO fee_items SELECT '${id()}', '${name}', kind, unit, account, state, created_at, created_by FROM fee_items LIMIT 1 RETURNING id`,
      )
    for (const name of ['燃气表', '表前阀', '到期换表']) expect(() => rename(name), name).toThrow(/nobody may charge/)
    expect(rename('燃气表移位')).toHaveLength(1)
    expect(() => insert('exchange', 'expired')).toThrow(/fee_charges_ground/)
    expect(() => insert('repair', 'before-meter')).toThrow(/fee_charges_ground/)
    expect(() => counter.query(`UPDATE fee_charges SET amount = 1 RETURNING id`)).toThrow(/never becomes another/)
    expect(() => counter.query(`DELETE FROM fee_charges RETURNING id`)).toThrow(/stay/)
    expect(() => counter.query(`UPDATE fee_versions SET price = 1 RETURNING id`)).toThrow(/never change/)
  })

  test('a name the company itself forbids, also where the item stood before', async () => {
    await counter.set('fees.forbiddenNames', '开口费；过户')
    expect(await refusal(addItem(counter, { name: '开口费' }))).toContain('FeeRefused')
    expect(await refusal(chargeTo(counter, home.accountId, itemId))).toContain('过户不得向用户收费')
  })
})

describe('价目', () => {
  test('a price is two persons’ work once the counter has opened, and a new one is a new version', async () => {
    expect(await refusal(addItem(counter, { name: '补卡' }))).toContain('FeeNeedsSecondPerson')
    await addVersionByTwo(counter, itemId, { effectiveFrom: '2026-12-31', price: fen(3_000), maxPrice: fen(3_000) })
    const { items } = await counter.call(Items, {}, 'clerk')
    expect(items[0]?.current?.price).toBe(2_000)
    expect(items[0]?.versions.map(({ price }) => price)).toEqual([3_000, 2_000])
    expect(items[0]?.versions[0]?.approverName).toBeTruthy()
    expect(await refusal(addVersionByTwo(counter, itemId, { effectiveFrom: '2026-12-31' }))).toContain(
      '已有一个价格版本',
    )
    expect(await refusal(addVersionByTwo(counter, itemId, { effectiveFrom: '2026-02-02' }))).toContain('不能倒填')
    // An approval of one price pays for no other.
    const item = newItem({ name: '补卡' })
    const terms = feeTerms('create', item, { version: versionOf(item) })
    const approvalId = await approvalOf(counter, { purpose: 'fee-item', terms }, 'administrator')
    expect(await refusal(addItem(counter, { name: '补卡', price: fen(1), maxPrice: fen(1) }, approvalId))).toContain(
      'ApprovalRefused',
    )
  })

  test('a version that has not begun may go, one in force stays', async () => {
    const { versionId } = await addVersionByTwo(counter, itemId, {
      effectiveFrom: '2027-12-31',
      price: fen(2_500),
      maxPrice: fen(2_500),
    })
    const about = {
      reason: '录错',
      version: versionOf(newItem({ effectiveFrom: '2027-12-31', price: fen(2_500), maxPrice: fen(2_500) })),
    }
    const approvalId = await approvalOf(
      counter,
      { purpose: 'fee-item', terms: feeTerms('withdraw', newItem(), about) },
      'administrator',
    )
    await counter.call(WithdrawVersion, { requestId: id(), versionId, reason: '录错', approvalId }, 'administrator')
    const { items } = await counter.call(Items, {}, 'clerk')
    expect(items[0]?.versions).toHaveLength(1)
    const kept = items[0]?.versions[0]?.versionId ?? ''
    expect(
      await refusal(
        counter.call(WithdrawVersion, { requestId: id(), versionId: kept, reason: '录错' }, 'administrator'),
      ),
    ).toContain('FeeInForce')
  })

  test('the notice board shows this very list', () => {
    const { fees } = counter.transact((context) => boardNow(context))
    expect(fees).toMatchObject([{ name: '过户', price: 2_000, document: '示例价〔2026〕1号' }])
  })
})

test('the day closes with the charges on a line of their own', async () => {
  const { chargeId } = await chargeTo(counter, home.accountId, itemId)
  const paid = await collect({ charges: [{ chargeId }], tenders: cash(2_000) })
  await counter.reverse(paid.paymentId)
  await collect({ charges: [{ chargeId }], tenders: cash(2_000) })
  await counter.call(CloseShift, { requestId: id() }, 'cashier')
  const { cash: drawer, date } = await counter.call(CloseDraft, {}, 'cashier')
  await counter.call(CountCash, { requestId: id(), rows: counted(fen(drawer.expected)) }, 'cashier')
  await counter.call(CloseDay, { requestId: id(), date }, 'cashier')
  const report = counter.transact((context) => dayReport(context, date))
  expect(report.fees).toEqual([{ name: '过户', count: 1, amount: 2_000 }])
  expect(report.ledger.map(({ name }) => name)).toContain('应收服务费')
  const sums = await counter.call(Sums, { from: date, to: date }, 'hall-manager')
  expect(sums.rows).toMatchObject([{ name: '过户', count: 1, amount: 2_000, tax: 113, paid: 2_000, outstanding: 0 }])
})

test('lists and sums go by their indexes', () => {
  for (const sql of [chargesSql, openSql, sumsSql]) {
    const bound = sql === openSql ? ['a'] : [{ accountId: 'a', after: 'g', limit: 1, from: 'a', to: 'b' }]
    const plan = counter.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...bound)
    expect(plan.map(({ detail }) => detail).join()).toMatch(/SEARCH fee_charges USING INDEX/)
  }
})
