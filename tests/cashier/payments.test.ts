import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  CloseDay,
  CloseDraft,
  CloseShift,
  Collect,
  PaymentsOf,
  PaymentSums,
  Prepay,
  ReceiptsOf,
  Refund,
  Reverse,
} from '../../src-main/cashier/api.ts'
import { listSql, ofAccountSql, sumSql, type Narrowing } from '../../src-main/cashier/lists.ts'
import { receiptData } from '../../src-main/cashier/service.ts'
import { fen } from '../../src-main/platform/money.ts'
import type { Household } from '../billing/household.ts'
import { approvalOf, refundTerms, reversalTerms } from '../support/approval.ts'
import { id, openCounter, yuan, type Counter } from './counter.ts'

let counter: Counter
let home: Household
beforeEach(async () => {
  counter = await openCounter()
  // What is prepaid lies there until it is used: see tests/billing/cover.test.ts for the hall's own use of it.
  await counter.set('cashier.prepaymentCoversDebts', false)
})
afterEach(() => counter.close())

const prepay = (amount: number) =>
  counter.call(
    Prepay,
    { requestId: id(), accountId: home.accountId, tenders: [{ means: 'cash', amount: yuan(amount) }] },
    'cashier',
  )

test('every open page hears of money that moved', async () => {
  home = await counter.owing(100)
  await counter.openShift(yuan(500))
  const told = () => counter.events.filter((one) => one.event === 'changed' && one.data.room === 'cashier').length
  const before = told()
  const { paymentId } = await prepay(50)
  expect(told()).toBe(before + 1)
  await counter.reverse(paymentId)
  expect(told()).toBe(before + 2)
})

describe('收费', () => {
  beforeEach(async () => {
    home = await counter.owing(100, 50)
    await counter.openShift(yuan(500))
  })

  test('cash with change, WeChat and prepayment in one payment; every account moves by its part', async () => {
    await prepay(50)
    const { bills, total } = await counter.dues(home.accountId)
    expect(bills.map((bill) => bill.total)).toEqual([30_000, 15_000])
    expect(total).toBe(45_000)
    const paid = await counter.pay(home.accountId, {
      tenders: [
        { means: 'cash', amount: yuan(300), received: yuan(400) },
        { means: 'wechat', amount: yuan(100), reference: '4200001' },
        { means: 'prepayment', amount: yuan(50) },
      ],
    })
    expect(paid).toMatchObject({ amount: 45_000, change: 10_000, prepayment: 0, arrears: 0 })
    expect(paid.allocations.map(({ principal, lateFee }) => [principal, lateFee])).toEqual([
      [30_000, 0],
      [15_000, 0],
    ])
    expect(counter.balance('cash-drawer')).toBe(yuan(500 + 50 + 300))
    expect(counter.balance('wechat')).toBe(yuan(100))
    expect(counter.balance('prepayment', home.accountId)).toBe(0)
    expect(counter.balance('receivable', home.accountId)).toBe(0)
    expect((await counter.dues(home.accountId)).bills).toEqual([])
  })

  test('the debt shows how each line was computed', async () => {
    const { bills } = await counter.dues(home.accountId)
    expect(bills[0]?.lines).toMatchObject([{ tier: 1, volume: 100_000, price: 30_000, amount: 30_000 }])
  })

  test('the late fee is paid before the principal, and only what is paid lowers the arrears', async () => {
    const late = await openCounter()
    try {
      const { accountId } = await late.owing(100)
      late.clock.advance(40 * 86_400_000)
      await late.openShift(yuan(0))
      const { bills, lateFee } = await late.dues(accountId)
      expect(bills[0]?.overdueDays).toBe(10)
      expect(lateFee).toBe(900)
      const paid = await late.pay(accountId, { tenders: [{ means: 'cash', amount: yuan(100) }] })
      expect(paid.allocations).toMatchObject([{ principal: 9_100, lateFee: 900 }])
      expect(paid.arrears).toBe(20_900)
      expect(late.balance('late-fee')).toBe(-900)
      expect(await late.dues(accountId)).toMatchObject({ principal: 20_900, lateFee: 0 })
    } finally {
      await late.close()
    }
  })

  test('a newer bill is not taken while an older one is open: the older one is named', async () => {
    const { bills } = await counter.dues(home.accountId)
    const [older, newer] = bills
    await expect(counter.pay(home.accountId, { bills: [{ billId: newer?.billId ?? '' }] })).rejects.toThrow(
      `应先缴较早的账单 ${older?.billNo}`,
    )
    await counter.pay(home.accountId, {
      bills: [{ billId: older?.billId ?? '' }],
      tenders: [{ means: 'cash', amount: yuan(300) }],
    })
    expect((await counter.dues(home.accountId)).bills.map((bill) => bill.billId)).toEqual([newer?.billId])
  })

  test('the last bill may be paid in part; a settled or foreign bill is refused', async () => {
    const { bills } = await counter.dues(home.accountId)
    const paid = await counter.pay(home.accountId, { tenders: [{ means: 'pos', amount: yuan(310) }] })
    expect(paid.arrears).toBe(yuan(140))
    await expect(counter.pay(home.accountId, { bills: [{ billId: bills[0]?.billId ?? '' }] })).rejects.toThrow(
      '所选账单刚刚有变动',
    )
    const other = await counter.owing(10)
    const foreign = (await counter.dues(other.accountId)).bills[0]?.billId ?? ''
    await expect(counter.pay(home.accountId, { bills: [{ billId: foreign }] })).rejects.toThrow('所选账单刚刚有变动')
  })

  test('more than is owed: refused without consent, kept as prepayment with it', async () => {
    const tenders = [{ means: 'cash', amount: yuan(500) } as const]
    await expect(counter.pay(home.accountId, { tenders })).rejects.toThrow('收款比应缴多 50.00 元')
    const consent = { tenders, toPrepayment: yuan(50), prepaymentConsent: true }
    await expect(counter.pay(home.accountId, { ...consent, prepaymentConsent: false })).rejects.toThrow('经客户同意')
    expect(await counter.pay(home.accountId, consent)).toMatchObject({ prepayment: 5_000, arrears: 0 })
    expect(counter.balance('prepayment', home.accountId)).toBe(-5_000)
  })

  test.each([
    ['negative', -1, '金额应大于零'],
    ['nothing', 0, '金额应大于零'],
    ['with a part of a fen', 100.5, '金额应大于零'],
    ['beyond any bill', 1e15, '金额应大于零'],
    ['text', '100', '金额应大于零'],
  ])('an amount that is %s is refused in Chinese and nothing is written', async (_, amount, message) => {
    const before = counter.query('SELECT count(*) FROM outbox')
    const tenders = [{ means: 'cash', amount: amount as never }] as const
    await expect(counter.pay(home.accountId, { tenders: [...tenders] })).rejects.toThrow(message)
    expect(counter.query('SELECT count(*) FROM outbox')).toEqual(before)
  })

  test('more prepayment than there is, change from WeChat, one WeChat number twice: each is refused', async () => {
    await expect(
      counter.pay(home.accountId, { tenders: [{ means: 'prepayment', amount: yuan(450) }] }),
    ).rejects.toThrow('预存余额只有 0.00 元')
    await expect(
      counter.pay(home.accountId, { tenders: [{ means: 'wechat', amount: yuan(450), received: yuan(500) }] }),
    ).rejects.toThrow('只有现金可以找零')
    const wechat = { means: 'wechat', amount: yuan(100), reference: '4200007' } as const
    const first = await counter.pay(home.accountId, { tenders: [wechat] })
    await expect(counter.pay(home.accountId, { tenders: [wechat] })).rejects.toThrow(
      `微信流水号 4200007 已在收据 ${first.receiptNo} 收款`,
    )
    await counter.reverse(first.paymentId)
    await counter.pay(home.accountId, { tenders: [wechat] })
    const twice = [wechat, wechat].map((tender) => ({ ...tender, reference: '4200008' }))
    await expect(counter.pay(home.accountId, { tenders: twice })).rejects.toThrow('同一流水号填了两次')
  })

  test('the same request again has one effect and the first answer, also after a restart', async () => {
    const { bills, total } = await counter.dues(home.accountId)
    const input = {
      requestId: id(),
      accountId: home.accountId,
      bills: bills.map(({ billId }) => ({ billId })),
      tenders: [{ means: 'cash', amount: total } as const],
    }
    const first = await counter.call(Collect, input, 'cashier')
    await counter.restart()
    expect(await counter.call(Collect, input, 'cashier')).toEqual(first)
    expect(counter.query('SELECT count(*) AS n FROM payments')).toEqual([{ n: 1 }])
    expect(counter.balance('cash-drawer')).toBe(yuan(950))
  })

  test('an unknown account and a closed shift are refused', async () => {
    const input = { requestId: id(), accountId: id(), bills: [{ billId: id() }], tenders: [] }
    const tenders = [{ means: 'cash', amount: yuan(1) } as const]
    await expect(counter.call(Collect, { ...input, tenders }, 'cashier')).rejects.toThrow('没有找到这个户号')
    await expect(counter.call(Collect, input, 'cashier')).rejects.toThrow('请选择收款方式')
    await expect(counter.call(Collect, { ...input, tenders }, 'clerk')).rejects.toThrow('您的岗位不能办理')
    await counter.call(CloseShift, { requestId: id() }, 'cashier')
    await expect(counter.pay(home.accountId)).rejects.toThrow('还没有开班')
  })
})

describe('预存', () => {
  beforeEach(async () => {
    home = await counter.owing()
    await counter.openShift(yuan(500))
  })
  const refund = async (amount: number, means: 'cash' | 'wechat' = 'cash') => {
    const given = { accountId: home.accountId, means, amount: yuan(amount), reason: '客户搬家' }
    const approvalId = await approvalOf(counter, refundTerms(given))
    return counter.call(Refund, { requestId: id(), ...given, approvalId }, 'cashier')
  }

  test('goes in with a receipt, and out with approval; never more out than there is', async () => {
    expect(await prepay(200)).toMatchObject({ prepayment: 20_000, receiptNo: expect.stringMatching(/^SJ/) })
    await expect(refund(201)).rejects.toThrow('预存余额只有 200.00 元')
    expect(await refund(80)).toMatchObject({ amount: 8_000, prepayment: 12_000 })
    expect(counter.balance('prepayment', home.accountId)).toBe(-12_000)
    expect(counter.balance('cash-drawer')).toBe(yuan(500 + 200 - 80))
  })

  test('is not given back without approval, nor with one given for another account', async () => {
    await prepay(200)
    const other = await counter.owing()
    const input = { requestId: id(), accountId: home.accountId, means: 'cash', amount: yuan(1), reason: '退' } as const
    const approvalId = await approvalOf(counter, refundTerms({ ...input, accountId: other.accountId }))
    await expect(counter.call(Refund, { ...input, approvalId }, 'cashier')).rejects.toThrow('不一致')
    await expect(counter.call(Refund, { ...input, approvalId: id() }, 'cashier')).rejects.toThrow('批准无效')
  })

  test('approved is given back as it was approved: no fen more, by no other way, for no other reason', async () => {
    await prepay(4_000)
    const agreed = { accountId: home.accountId, means: 'cash', amount: yuan(10), reason: '多存' } as const
    const approvalId = await approvalOf(counter, refundTerms(agreed))
    const others = [
      { amount: yuan(4_000) },
      { amount: fen(1_001) },
      { means: 'wechat' },
      { reason: '客户搬家' },
      { reference: 'T1' },
    ] as const
    for (const other of others) {
      const input = { requestId: id(), ...agreed, ...other, approvalId }
      await expect(counter.call(Refund, input, 'cashier'), JSON.stringify(other)).rejects.toThrow('不一致')
    }
    expect(counter.balance('prepayment', home.accountId)).toBe(-yuan(4_000))
    await counter.call(Refund, { requestId: id(), ...agreed, approvalId }, 'cashier')
    expect(counter.balance('prepayment', home.accountId)).toBe(-yuan(3_990))
  })

  test('more cash than the drawer holds cannot be given back', async () => {
    await counter.call(
      Prepay,
      { requestId: id(), accountId: home.accountId, tenders: [{ means: 'wechat', amount: yuan(900) }] },
      'cashier',
    )
    await expect(refund(501)).rejects.toThrow('钱箱只有 500.00 元')
    await refund(501, 'wechat')
    expect(counter.balance('wechat')).toBe(yuan(399))
  })
})

describe('收据', () => {
  beforeEach(async () => {
    home = await counter.owing(100)
    await counter.openShift(yuan(500))
  })

  test('says what was paid for what, in figures and capitals', async () => {
    const paid = await counter.pay(home.accountId, {
      tenders: [{ means: 'cash', amount: yuan(300), received: yuan(350) }],
    })
    const data = counter.transact((context) => receiptData(context, paid.paymentId))
    expect(data).toMatchObject({
      receiptNo: paid.receiptNo,
      state: 'issued',
      kindName: '收费',
      accountNo: home.accountNo,
      customerName: '王小明',
      amount: 30_000,
      capitals: '人民币叁佰元整',
      change: 5_000,
      cashierName: '孙收费',
      bills: [{ consumption: 100_000, principal: 30_000, lateFee: 0 }],
      tenders: [{ name: '现金', amount: 30_000, received: 35_000 }],
      reversal: null,
    })
  })

  test('lists page newest first and find one by its number, each by an index', async () => {
    const numbers: string[] = []
    for (let i = 0; i < 5; i += 1) {
      counter.clock.advance(1_000)
      numbers.unshift((await prepay(10)).receiptNo)
    }
    const page = { size: 2, after: null }
    const first = await counter.call(ReceiptsOf, { accountId: home.accountId, page }, 'clerk')
    const second = await counter.call(ReceiptsOf, { accountId: home.accountId, page: { size: 2, after: first.next } })
    const third = await counter.call(ReceiptsOf, { accountId: home.accountId, page: { size: 2, after: second.next } })
    expect([...first.rows, ...second.rows, ...third.rows].map((row) => row.receiptNo)).toEqual(numbers)
    expect(third.next).toBeNull()
    const day = await counter.call(PaymentsOf, { date: '2026-11-23', page: {} }, 'cashier')
    expect(day.rows).toHaveLength(5)
    const one = await counter.call(PaymentsOf, { date: null, receiptNo: numbers[3] ?? '', page: {} }, 'cashier')
    expect(one.rows.map((row) => row.receiptNo)).toEqual([numbers[3]])
  })

  test('what came in is told as the 日结单 tells it: money drawn from prepayment came in before', async () => {
    const { paymentId } = await counter.pay(home.accountId, {
      tenders: [
        { means: 'cash', amount: yuan(100) },
        { means: 'wechat', amount: yuan(150), reference: 'w1' },
      ],
    })
    await counter.reverse(paymentId)
    const debt = (await counter.dues(home.accountId)).total
    await counter.set('cashier.prepaymentCoversDebts', true)
    await prepay(1_000)
    const { byMeans } = await counter.call(CloseDraft, {}, 'cashier')
    const net = byMeans.filter(({ means }) => means !== 'prepayment').reduce((all, one) => all + one.net, 0)
    const sums = (narrowed: object) => counter.call(PaymentSums, { date: '2026-11-23', ...narrowed }, 'cashier')
    expect(net).toBe(100_000)
    expect(await sums({})).toMatchObject({ amount: net })
    expect((await sums({}))?.means).toContainEqual({ means: 'prepayment', amount: debt })
    expect(await sums({ means: 'prepayment' })).toMatchObject({ amount: 0 })
  })

  const both = [false, true]
  const shapes = ([null, 'receipts', 'accounts'] as const).flatMap((found) =>
    both.flatMap((span) =>
      both.flatMap((means) =>
        ([null, 'issued', 'voided'] as const).map((state): Narrowing => ({ found, span, means, state })),
      ),
    ),
  )
  test.each(shapes)('goes by an index: %j', (narrowed) => {
    const few = narrowed.found !== null
    const statements = [
      ofAccountSql,
      listSql(narrowed, false),
      listSql(narrowed, true),
      ...Object.values(sumSql(narrowed)),
    ]
    for (const [i, sql] of statements.entries()) {
      const plan = counter.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql.replace(/@\w+/g, "'[]'")}`)
      const steps = plan.map((step) => step.detail)
      // Without a span the payments are walked from the newest on, and cut off by LIMIT; the sums of all are cut off too.
      const walked = /^SCAN (p|z|\(subquery-\d+\)|json_each VIRTUAL TABLE.*)( USING .*)?$/
      expect(steps.filter((step) => step.startsWith('SCAN') && !walked.test(step))).toEqual([])
      const sorts = i < 3 && !few
      if (sorts) expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([])
    }
  })
})

describe('冲正', () => {
  beforeEach(async () => {
    home = await counter.owing(100)
    await counter.openShift(yuan(500))
  })

  test('is found among years of payments by the reversals alone', async () => {
    const paid = [await prepay(50), await prepay(60), await prepay(70)]
    for (const one of paid.slice(0, 2)) await counter.reverse(one.paymentId)
    const wanted = { date: null, state: 'voided' as const }
    const first = await counter.call(PaymentsOf, { ...wanted, page: { size: 1 } }, 'cashier')
    const second = await counter.call(PaymentsOf, { ...wanted, page: { size: 1, after: first.next } }, 'cashier')
    expect([...first.rows, ...second.rows].map((row) => row.receiptNo)).toEqual([
      paid[1]?.receiptNo,
      paid[0]?.receiptNo,
    ])
    expect(second.next).toBeNull()
    expect(await counter.call(PaymentSums, wanted, 'cashier')).toMatchObject({ count: 2, voided: 2 })
    const narrowed: Narrowing = { found: null, span: false, means: false, state: 'voided' }
    for (const sql of [listSql(narrowed, false), listSql(narrowed, true), ...Object.values(sumSql(narrowed))]) {
      const plan = counter.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql.replace(/@\w+/g, "'1'")}`)
      expect(plan.filter(({ detail }) => detail.startsWith('SCAN p'))).toEqual([])
    }
  })

  test('undoes a payment of several means once; the receipt is void and its number stays on record', async () => {
    await prepay(50)
    const paid = await counter.pay(home.accountId, {
      tenders: [
        { means: 'cash', amount: yuan(200) },
        { means: 'wechat', amount: yuan(50), reference: 'w1' },
        { means: 'prepayment', amount: yuan(50) },
      ],
    })
    const undone = await counter.reverse(paid.paymentId, '收错户')
    expect(undone).toMatchObject({ receiptNo: paid.receiptNo, cashBack: 20_000, prepayment: 5_000, arrears: 30_000 })
    expect(counter.balance('wechat')).toBe(0)
    expect(counter.balance('receivable', home.accountId)).toBe(30_000)
    expect((await counter.dues(home.accountId)).total).toBe(30_000)
    const data = counter.transact((context) => receiptData(context, paid.paymentId))
    expect(data).toMatchObject({ state: 'voided', reversal: { reason: '收错户', approverName: '李主任' } })
    await expect(counter.reverse(paid.paymentId)).rejects.toThrow(`收据 ${paid.receiptNo} 已经冲正`)
  })

  test('needs an approval of its own, used once, and somebody else to give it', async () => {
    const paid = await counter.pay(home.accountId)
    const approvalId = await approvalOf(counter, reversalTerms(counter, id(), '错'))
    const input = { requestId: id(), paymentId: paid.paymentId, reason: '错', approvalId }
    await expect(counter.call(Reverse, input, 'cashier')).rejects.toThrow('不一致')
    await expect(counter.call(Reverse, { ...input, reason: ' ' }, 'cashier')).rejects.toThrow('请填写冲正原因')
    await expect(counter.reverse(id())).rejects.toThrow('没有找到这笔收款')
  })

  test('has a number of its own, without a gap: one that is refused uses none up', async () => {
    const numbers: string[] = []
    for (const amount of [10, 20]) {
      const { paymentId } = await prepay(amount)
      const input = { requestId: id(), paymentId, reason: '错', approvalId: id() }
      await expect(counter.call(Reverse, input, 'cashier')).rejects.toThrow()
      const { reversalNo, receiptNo } = await counter.reverse(paymentId)
      numbers.push(reversalNo)
      const paper = await counter.paper({ kind: 'reversal', id: paymentId }, 'cashier')
      expect(paper.html).toContain(`No. ${reversalNo}`)
      expect(paper.html).toContain(receiptNo)
    }
    expect(numbers.map((no) => /^CZ00101(\d{7})\d$/.exec(no)?.[1])).toEqual(['0000001', '0000002'])
  })

  test('is refused while the prepayment it brought has been used; the use is reversed first', async () => {
    const first = await prepay(300)
    const used = await counter.pay(home.accountId, { tenders: [{ means: 'prepayment', amount: yuan(300) }] })
    await expect(counter.reverse(first.paymentId)).rejects.toThrow('预存已被使用')
    await counter.reverse(used.paymentId)
    expect(await counter.reverse(first.paymentId)).toMatchObject({ prepayment: 0, cashBack: 30_000 })
  })

  test('on a later day is an entry of that day; the closed day stays as it was', async () => {
    const paid = await counter.pay(home.accountId)
    await counter.closeShiftAndCount(yuan(800))
    await counter.call(CloseDay, { requestId: id(), date: '2026-11-23' }, 'cashier')
    counter.clock.advance(86_400_000)
    await counter.openShift(yuan(500))
    await counter.reverse(paid.paymentId)
    expect(counter.query(`SELECT business_date AS date, kind FROM journal_entries WHERE kind = 'reversal'`)).toEqual([
      { date: '2026-11-24', kind: 'reversal' },
    ])
    expect(counter.balance('cash-drawer')).toBe(yuan(200))
    expect((await counter.dues(home.accountId)).principal).toBe(30_000)
  })

  test('of a refund takes the money back in', async () => {
    await prepay(100)
    const given = { accountId: home.accountId, means: 'cash', amount: fen(4_000), reason: '退' } as const
    const approvalId = await approvalOf(counter, refundTerms(given))
    const out = await counter.call(Refund, { requestId: id(), ...given, approvalId }, 'cashier')
    expect(await counter.reverse(out.paymentId)).toMatchObject({ cashBack: -4_000, prepayment: 10_000 })
  })
})
