import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PaperRenderer } from '../../src-main/notices/render.ts'
import { Paper, Printed, Printings } from '../../src-main/notices/api.ts'
import { CloseDay, CloseShift, Collect, CountCash, Dues, OpenShift, Prepay } from '../../src-main/cashier/api.ts'
import { numberGroups } from '../../src-main/platform/check-digit.ts'
import { amountInCapitals } from '../../src-main/platform/capitals.ts'
import { fen, formatYuan } from '../../src-main/platform/money.ts'
import { seedDemoHall } from '../../src-main/demo/seed.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { v7 } from 'uuid'

let hall: TestHall
beforeEach(async () => {
  hall = await openTestHall({ empty: true })
  await seedDemoHall(hall.hall, undefined, { customers: 40, months: 8, every: 2, seed: 3 })
})
afterEach(() => hall.close())

const float = [{ face: fen(10_000), pieces: 5 }]
const query = <Row>(sql: string, ...params: unknown[]): Row[] =>
  hall.hall.environment.sqlite.prepare(sql).all(...params) as Row[]
const indebted = () =>
  query<{ id: string; arrears: number; name: string; no: string }>(
    `SELECT a.id, a.arrears, c.name, a.account_no AS no FROM accounts a JOIN customers c ON c.id = a.customer_id
     WHERE arrears > 0 ORDER BY a.account_no LIMIT 1`,
  )[0] ?? expect.fail('the demo hall has nobody in arrears')

async function takeCash() {
  await hall.call(OpenShift, { requestId: v7(), rows: float }, 'cashier')
  const { id, name, no } = indebted()
  const dues = await hall.call(Dues, { accountId: id }, 'cashier')
  const paid = await hall.call(
    Collect,
    {
      requestId: v7(),
      accountId: id,
      bills: dues.bills.map(({ billId }) => ({ billId })),
      tenders: [{ means: 'cash', amount: dues.total, received: fen(dues.total + 500) }],
    },
    'cashier',
  )
  return { ...paid, name, no, total: dues.total }
}

const text = (html: string) =>
  html
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

describe('a receipt', () => {
  test('says who paid what, in figures and capitals, with change and the 24-hour phone', async () => {
    const paid = await takeCash()
    const paper = await hall.call(Paper, { kind: 'receipt', id: paid.paymentId }, 'cashier')
    const words = text(paper.html)
    for (const part of [
      paid.receiptNo,
      numberGroups(paid.no).join(' '),
      paid.name,
      formatYuan(paid.total),
      amountInCapitals(paid.total),
      '找零 5.00',
      '24 小时服务电话 956100',
    ]) {
      expect(words).toContain(part)
    }
    expect(paper).toMatchObject({ size: '241-half', printed: 0, title: '收费收据' })
  })

  test('says 补打 from the second printing on; the count survives a restart and a repeated request', async () => {
    const { paymentId } = await takeCash()
    const first = { requestId: v7(), kind: 'receipt' as const, id: paymentId, how: 'printer' as const }
    const original = await hall.call(Printed, first, 'cashier')
    expect(text(original.html)).not.toContain('补打')
    await hall.restart()
    expect(await hall.call(Printed, first, 'cashier')).toEqual(original)
    const again = await hall.call(Printed, { ...first, requestId: v7() }, 'cashier')
    expect(text(again.html)).toContain('补打 第 1 次 2026-11-23')
    const { rows } = await hall.call(Printings, { page: {} }, 'hall-manager')
    expect(rows.map(({ copyNo }) => copyNo)).toEqual([2, 1])
  })
})

test('the papers of a day close carry the numbers of the books', async () => {
  const paid = await takeCash()
  await hall.call(CloseShift, { requestId: v7() }, 'cashier')
  const drawer = fen(50_000 + paid.total)
  const rows = [
    { face: fen(10_000), pieces: Math.floor(drawer / 10_000) },
    { face: fen(1), pieces: drawer % 10_000 },
  ].filter(({ pieces }) => pieces > 0)
  await hall.call(CountCash, { requestId: v7(), rows }, 'cashier')
  const closed = await hall.call(CloseDay, { requestId: v7(), date: '2026-11-23' }, 'cashier')
  const report = await hall.call(Paper, { kind: 'day-report', id: '2026-11-23' }, 'hall-manager')
  expect(text(report.html)).toContain(closed.dayCloseNo)
  // How far the audit log had come: with this on paper, nobody can shorten it.
  const head = query<{ seq: number; hash: string }>(
    `SELECT seq, hash FROM audit_log WHERE seq < (SELECT seq FROM audit_log WHERE call = 'cashier.closeDay') ORDER BY seq DESC LIMIT 1`,
  )[0]
  expect(text(report.html)).toContain(`操作日志截至第 ${head?.seq} 条，校验码 ${head?.hash}`)
  expect(text(report.html)).toContain(`实缴现金 ${formatYuan(paid.total)}`)
  // What the drawer should have held when it was counted, not what is left after the cash went to the bank.
  expect(text(report.html)).toContain(`钱箱应有 ${formatYuan(drawer)} 清点 ${formatYuan(drawer)}`)
  const slip = closed.depositSlip ?? expect.fail('cash was taken, so there is a deposit slip')
  const deposit = await hall.call(Paper, { kind: 'deposit-slip', id: slip.depositSlipId }, 'hall-manager')
  expect(text(deposit.html)).toContain(amountInCapitals(paid.total))
})

test('every bill of the demo hall can be printed, each with its total', async () => {
  for (const bill of query<{ id: string; amount: number }>('SELECT id, amount FROM bills LIMIT 20')) {
    const paper = await hall.call(Paper, { kind: 'bill', id: bill.id }, 'clerk')
    expect(text(paper.html)).toContain(`本期气费`)
    expect(text(paper.html)).toContain(formatYuan(fen(bill.amount)))
  }
})

test('a prepayment receipt and its voided copy can be printed', async () => {
  await hall.call(OpenShift, { requestId: v7(), rows: float }, 'cashier')
  const { id } = indebted()
  const paid = await hall.call(
    Prepay,
    { requestId: v7(), accountId: id, tenders: [{ means: 'wechat', amount: fen(8_000), reference: 'WX1' }] },
    'cashier',
  )
  const paper = await hall.call(Paper, { kind: 'receipt', id: paid.paymentId }, 'cashier')
  expect(text(paper.html)).toContain('流水号 WX1')
})

test('names cannot bring markup into a paper', () => {
  const renderer = new PaperRenderer('resources')
  const html = renderer.render({
    template: 'deposit-slip',
    title: '缴款单<script>',
    number: '"><img src=x>',
    letterhead: { company: '<b>公司', hall: '厅', servicePhone: '1', emergencyPhone: '2' },
    mark: '',
    size: 'A5',
    data: {
      date: '2026-11-23',
      dayCloseNo: '<i>',
      cashierName: '<script>alert(1)</script>',
      at: 0,
      rows: [],
      exchanged: 0,
      capitals: '',
      amount: 0,
    },
  })
  expect(html).not.toMatch(/<script>|<img|<b>公司|<i>/)
})

test('a paper of a document that does not exist says so', async () => {
  await expect(hall.call(Paper, { kind: 'receipt', id: v7() }, 'cashier')).rejects.toThrow(/没有找到/)
  await expect(hall.call(Paper, { kind: 'day-report', id: 'yesterday' }, 'cashier')).rejects.toThrow()
})
