import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { layoutOf } from '../../src-main/notices/page.ts'
import { recordOutcome, redeemTicket } from '../../src-main/notices/service.ts'
import { heldPaper, ticketLifeMs } from '../../src-main/notices/tickets.ts'
import { PaperRenderer } from '../../src-main/notices/render.ts'
import { paperKinds, paperNames, Printed, Printings, TestPage, type PaperKind } from '../../src-main/notices/api.ts'
import { CloseDay, CloseShift, Collect, CountCash, Dues, OpenShift, Prepay } from '../../src-main/cashier/api.ts'
import { numberGroups } from '../../src-main/platform/check-digit.ts'
import { amountInCapitals } from '../../src-main/platform/capitals.ts'
import { fen, formatYuan } from '../../src-main/platform/money.ts'
import { seedDemoHall } from '../../src-main/demo/seed.ts'
import { openTestHall, type CallFailed, type TestHall } from '../support/hall.ts'
import { v7 } from 'uuid'

let hall: TestHall
const filled = {
  name: 'forty customers',
  by: ({ hall }: TestHall) => seedDemoHall(hall, undefined, { customers: 40, months: 8, every: 2, seed: 3 }),
}
beforeEach(async () => void (hall = await openTestHall({ empty: true, filled })))
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
    const paper = await hall.paper({ kind: 'receipt', id: paid.paymentId }, 'cashier')
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
    expect(paper).toMatchObject({ width: 241, height: 139.7, printed: 0, title: '收费收据' })
  })

  test('says 补打 from the second printing on; a repeated request is one printing, also after a restart', async () => {
    const { paymentId } = await takeCash()
    const ref = { kind: 'receipt' as const, id: paymentId }
    const first = { requestId: v7(), ...ref, how: 'printer' as const, copies: 2, printer: '针式' }
    const counted = await hall.call(Printed, first, 'cashier')
    await hall.restart()
    expect(await hall.call(Printed, first, 'cashier')).toEqual(counted)
    const original = await hall.paper({ ...ref, printingId: counted.printingId }, 'cashier')
    expect(text(original.html)).not.toContain('补打')
    recordOutcome(hall.hall, { printingId: counted.printingId, outcome: 'printed', detail: '' }, '02')
    // What the printer of a till said is on record as of there.
    const { sqlite } = hall.hall.environment
    expect(sqlite.prepare(`SELECT till FROM audit_log WHERE call = 'notices.outcome'`).pluck().all()).toEqual(['02'])
    const again = await hall.print({ ...first, requestId: v7() }, 'cashier')
    expect(text(again.html)).toContain('补打 第 1 次 2026-11-23')
    const { rows } = await hall.call(Printings, { page: {} }, 'hall-manager')
    expect(
      rows.map(({ copyNo, reprint, copies, printer, outcome }) => [copyNo, reprint, copies, printer, outcome]),
    ).toEqual([
      [2, 1, 2, '针式', 'printed'],
      [1, 0, 2, '针式', 'printed'],
    ])
  })

  test('that did not come out is not a copy: failed and cancelled stay on record, the next is the original', async () => {
    const { paymentId } = await takeCash()
    const ref = { kind: 'receipt' as const, id: paymentId }
    for (const [outcome, detail] of [
      ['failed', 'paper jam'],
      ['cancelled', ''],
    ] as const) {
      const { printingId } = await hall.call(Printed, { requestId: v7(), ...ref, how: 'printer' }, 'cashier')
      recordOutcome(hall.hall, { printingId, outcome, detail })
      await expect(hall.paper({ ...ref, printingId }, 'cashier')).rejects.toThrow('Conflict')
    }
    const original = await hall.print({ requestId: v7(), ...ref, how: 'printer' }, 'cashier')
    expect(text(original.html)).not.toContain('补打')
    // A printer that did not answer may have printed; what it says later stands.
    const { printingId } = await hall.call(Printed, { requestId: v7(), ...ref, how: 'printer' }, 'cashier')
    recordOutcome(hall.hall, { printingId, outcome: 'unanswered', detail: '' })
    expect((await hall.paper(ref, 'cashier')).printed).toBe(2)
    recordOutcome(hall.hall, { printingId, outcome: 'failed', detail: 'off line' })
    expect((await hall.paper(ref, 'cashier')).printed).toBe(1)
    const { rows } = await hall.call(Printings, { page: {} }, 'hall-manager')
    expect(rows.map(({ outcome, detail }) => `${outcome} ${detail}`)).toEqual([
      'failed off line',
      'printed ',
      'cancelled ',
      'failed paper jam',
    ])
    const audited = query<{ detail: string }>(
      `SELECT detail FROM audit_log WHERE call = 'notices.outcome' ORDER BY seq`,
    )
    expect(audited.map(({ detail }) => JSON.parse(detail).outcome)).toEqual([
      'failed',
      'cancelled',
      'printed',
      'unanswered',
      'failed',
    ])
  })

  test('is printed by whoever counted it, once; its text is in no answer that is kept', async () => {
    const { paymentId, name } = await takeCash()
    const ref = { kind: 'receipt' as const, id: paymentId }
    const { printingId } = await hall.call(Printed, { requestId: v7(), ...ref, how: 'printer' }, 'cashier')
    await expect(hall.paper({ ...ref, printingId }, 'clerk')).rejects.toThrow('NotFound')
    await expect(hall.paper({ kind: 'reversal', id: paymentId, printingId }, 'cashier')).rejects.toThrow()
    expect(
      query(`SELECT 1 FROM requests WHERE output LIKE '%<%' OR (call LIKE 'notices.%' AND output LIKE ?)`, `%${name}%`),
    ).toEqual([])
  })

  test('has the size and the margins its PC wants: 235 × 90 mm, a free size', async () => {
    const { paymentId } = await takeCash()
    const ref = { kind: 'receipt' as const, id: paymentId }
    const named = await hall.paper({ ...ref, setup: { paper: '235x90' } }, 'cashier')
    expect(named.sheet).toEqual({ width: 235_000, height: 90_000, landscape: false })
    const margins = { top: 2, right: 3, bottom: 4, left: 20 }
    const free = await hall.paper({ ...ref, setup: { paper: { width: 190, height: 93.3 }, margins } }, 'cashier')
    expect(free.sheet).toEqual({ width: 190_000, height: 93_300, landscape: false })
    expect(free.html).toContain('--left: 20mm')
    for (const setup of [{ paper: { width: 10, height: 90 } }, { perPage: 3 }, { paper: 'A9' }])
      await expect(hall.paper({ ...ref, setup: setup as never }, 'cashier')).rejects.toThrow('InvalidInput')
    await expect(hall.paper({ ...ref, setup: { perPage: 2 } }, 'cashier')).rejects.toThrow('一页印多张')
  })
})

describe('a ticket', () => {
  test('belongs to the session that asked, and is over with it', async () => {
    const { paymentId } = await takeCash()
    const { ticket } = await hall.paper({ kind: 'receipt', id: paymentId }, 'cashier')
    const { environment } = hall.hall
    // The sessions of this hall are roles, which no table holds.
    expect(redeemTicket(environment, ticket)).toBeNull()
    expect(heldPaper(ticket, hall.clock.now())?.sessionId).toBe('cashier')
    environment.sqlite
      .prepare(
        `INSERT INTO sessions (token_hash, staff_id, till, created_at, last_seen_at) SELECT ?, id, '01', 0, 0 FROM staff LIMIT 1`,
      )
      .run('cashier')
    expect(redeemTicket(environment, ticket)?.html).toContain('收费收据')
    for (const change of ['locked_at = 1', 'locked_at = NULL, ended_at = 1']) {
      environment.sqlite.prepare(`UPDATE sessions SET ${change}`).run()
      expect(redeemTicket(environment, ticket)).toBeNull()
    }
    environment.sqlite.prepare('UPDATE sessions SET ended_at = NULL').run()
    hall.clock.advance(ticketLifeMs + 1)
    expect(redeemTicket(environment, ticket)).toBeNull()
    expect(redeemTicket(environment, '0'.repeat(64))).toBeNull()
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
  const print = () =>
    hall.print(
      { requestId: v7(), kind: 'day-report', id: '2026-11-23', how: 'printer', copies: 1, printer: '甲' },
      'hall-manager',
    )
  // The draft that was looked through on paper is another paper than the report of the closed day.
  expect(text((await print()).html)).toContain('草稿')
  expect(text((await print()).html)).toContain('补打')
  const closed = await hall.call(CloseDay, { requestId: v7(), date: '2026-11-23' }, 'cashier')
  const report = await print()
  expect(text(report.html)).toContain(closed.dayCloseNo)
  expect(text(report.html)).not.toContain('补打')
  expect(text((await print()).html)).toContain('补打 第 1 次')
  // How far the audit log had come: with this on paper, nobody can shorten it.
  const head = query<{ seq: number; hash: string }>(
    `SELECT seq, hash FROM audit_log WHERE seq < (SELECT seq FROM audit_log WHERE call = 'cashier.closeDay') ORDER BY seq DESC LIMIT 1`,
  )[0]
  expect(text(report.html)).toContain(`操作日志截至日结，校验码 ${head?.hash}`)
  expect(text(report.html)).toContain(`实缴现金 ${formatYuan(paid.total)}`)
  // What the drawer should have held when it was counted, not what is left after the cash went to the bank.
  expect(text(report.html)).toContain(`钱箱应有 ${formatYuan(drawer)} 清点 ${formatYuan(drawer)}`)
  const slip = closed.depositSlip ?? expect.fail('cash was taken, so there is a deposit slip')
  const deposit = await hall.paper({ kind: 'deposit-slip', id: slip.depositSlipId }, 'hall-manager')
  expect(text(deposit.html)).toContain(amountInCapitals(paid.total))
  // A note is called as the count calls it.
  expect(text(deposit.html)).toMatch(/金额（元） \d+ [元角] \d+ /)
})

test('every bill of the demo hall can be printed, each with its total', async () => {
  for (const bill of query<{ id: string; amount: number }>('SELECT id, amount FROM bills LIMIT 20')) {
    const paper = await hall.paper({ kind: 'bill', id: bill.id }, 'clerk')
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
  const paper = await hall.paper({ kind: 'receipt', id: paid.paymentId }, 'cashier')
  expect(text(paper.html)).toContain('流水号 WX1')
})

test('names cannot bring markup into a paper', () => {
  const renderer = new PaperRenderer('resources')
  const html = renderer.render({
    template: 'deposit-slip',
    title: '缴款单<script>',
    number: '"><img src=x>',
    letterhead: { company: '<b>公司', hall: '厅', servicePhone: '1', emergencyPhone: '2', details: ['<s>'] },
    mark: '<b>',
    watermark: '<u>',
    layout: layoutOf('A5', false, null),
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
  expect(html.match(/<script>/g)).toHaveLength(1)
  expect(html).not.toMatch(/<img|<b>|<i>|<u>|<s>/)
  // The one script is ours, named by its hash in the policy of the page.
  const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? ''
  expect(html).toContain(`script-src '${`sha256-${createHash('sha256').update(script).digest('base64')}`}'`)
})

test.each(paperKinds)('a %s named by anything that is no such document is refused in words', async (kind) => {
  const ids = [
    'x',
    '2026-02-30',
    '2026-13',
    '2026-11-23',
    '2026-11',
    v7(),
    ' ',
    '../../hall.db',
    '2026-11-23/extra',
    '0',
  ]
  for (const id of ids) {
    for (const ask of [
      () => hall.paper({ kind, id, setup: null }, 'hall-manager'),
      () => hall.call(Printed, { requestId: v7(), kind, id, how: 'printer' }, 'hall-manager'),
    ]) {
      const failure = await ask().then(
        () => null,
        (error: unknown) => (error as CallFailed).failure,
      )
      expect(failure?.code, `${kind} ${id}`).not.toBe('Internal')
      if (failure) expect(failure.message).toMatch(/\p{Script=Han}/u)
    }
  }
})

test('a paper of a document that does not exist says so', async () => {
  await expect(hall.paper({ kind: 'receipt', id: v7() }, 'cashier')).rejects.toThrow(/没有找到/)
  await expect(hall.paper({ kind: 'day-report', id: 'yesterday' }, 'cashier')).rejects.toThrow()
})

describe('a paper is refused in words', () => {
  const set = (key: string, value: string) =>
    hall.transact(({ sqlite }) =>
      sqlite
        .prepare('INSERT OR REPLACE INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, 0, ?)')
        .run(key, JSON.stringify(value), 'test'),
    )

  test('that would print no phone; what stays in the house needs none', async () => {
    const { paymentId } = await takeCash()
    const ref = { kind: 'receipt' as const, id: paymentId }
    set('company.emergencyPhone', '')
    await expect(hall.paper(ref, 'cashier')).rejects.toThrow('抢险电话')
    await expect(hall.call(Printed, { requestId: v7(), ...ref, how: 'printer' }, 'cashier')).rejects.toThrow('抢险电话')
    expect(query('SELECT 1 FROM printings')).toEqual([])
    expect((await hall.paper({ kind: 'day-report', id: '2026-11-23' }, 'hall-manager')).title).toBe('日结单')
  })

  test('of a receipt that was not reversed', async () => {
    const { paymentId } = await takeCash()
    await expect(hall.paper({ kind: 'reversal', id: paymentId }, 'cashier')).rejects.toThrow('没有冲正')
  })

  test('of a day without bills', async () => {
    await expect(hall.paper({ kind: 'bill', id: 'issued/2020-01-01/1' }, 'cashier')).rejects.toThrow('没有待缴的账单')
  })
})

/** What stays in the house, or is only signed: nobody outside is to be shown whose paper it is. */
const unsealed: readonly PaperKind[] = [
  'day-report',
  'scorecard',
  'complaint',
  'complaint-month',
  'work-order',
  'inspection-round',
  'import-report',
  'emergency-plan',
  'drill-record',
  'register-entry',
  'flow-chart',
  'report',
]
/** Templates of a kind, where they are not called as it is. */
const templatesOf: Partial<Record<PaperKind, readonly string[]>> = {
  'supply-contract': ['contracts/supply-resident', 'contracts/supply-non-resident'],
  'safety-contract': ['contracts/safety-resident', 'contracts/safety-non-resident'],
  settlement: ['supply/settlement'],
}
/** One template for all; who signs stands in the service, and tests/supply/account-papers.test.ts looks for the seal. */
const processKinds: readonly PaperKind[] = [
  'deactivation',
  'reactivation',
  'dismantling',
  'transfer',
  'meter-exchange',
  'meter-addition',
  'meter-detachment',
  'closing',
]
test.each(paperKinds.filter((kind) => !unsealed.includes(kind) && !processKinds.includes(kind)))(
  'a %s, which a customer gets or which hangs out, has room for the seal',
  (kind) => {
    for (const template of templatesOf[kind] ?? [kind]) {
      const read = (name: string) => readFileSync(`resources/templates/${name}.hbs`, 'utf8')
      const included = [...read(template).matchAll(/\{\{> (\w+)/g)].map(([, name = '']) => read(`contracts/_${name}`))
      expect([read(template), ...included].join(''), template).toMatch(/<span class="seal">|供气人（盖章）/)
    }
  },
)

test('whoever sets up the PC tries each paper on it, also those that others will print', async () => {
  for (const role of ['administrator', 'hall-manager', 'dispatcher'] as const)
    for (const kind of paperKinds) {
      const { printingId } = await hall.call(TestPage, { requestId: v7(), kind }, role)
      const page = await hall.paper({ kind, id: 'test', printingId }, role)
      expect(text(page.html)).toContain(`${paperNames[kind]}测试页`)
    }
  await expect(hall.paper({ kind: 'receipt', id: v7() }, 'administrator')).rejects.toThrow('您的岗位不能办理')
})

test('a test page of each kind can be made, belongs to nobody, and is on record', async () => {
  for (const kind of ['receipt', 'bill', 'supply-contract', 'dunning'] as const) {
    const { printingId } = await hall.call(TestPage, { requestId: v7(), kind }, 'cashier')
    const page = await hall.paper({ kind, id: 'test', printingId }, 'cashier')
    expect(text(page.html)).toContain(`${paperNames[kind]}测试页`)
  }
  expect(query('SELECT 1 FROM printings')).toHaveLength(4)
  await expect(
    hall.call(Printed, { requestId: v7(), kind: 'receipt', id: 'test', how: 'pdf' }, 'cashier'),
  ).rejects.toThrow()
})
