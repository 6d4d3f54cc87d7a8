/** Cash desk, bills, prices, statements. */
import { counted } from '../../cashier/counter.ts'
import { fen } from '../../../src-main/platform/money.ts'
import { actorOf } from '../hall.ts'
import type { Guide } from './guide.ts'

const csv = (rows: string) => new Uint8Array(Buffer.from(`时间,流水号,金额,终端号\n${rows}`))

/** A reading above the last one, billed. */
async function billed(g: Guide, accountId: string): Promise<void> {
  const index = Number(
    g.one(
      `SELECT coalesce((SELECT max(current_index) FROM readings r WHERE r.meter_id = m.id), m.initial_index) FROM meters m
       JOIN accounts a ON a.service_point_id = m.service_point_id WHERE a.id = ? AND m.state = 'in-use'`,
      accountId,
    ),
  )
  const { readingId } = await g.ok('metering.record', {
    ...{ accountId, readOn: g.today, index: index + 30_000, source: 'visit', readerId: actorOf('clerk').id },
    confirmed: ['tooHigh', 'longInterval', 'rollover'],
  })
  await g.ok('billing.billReading', { readingId })
}
const lit = (g: Guide, n: number) =>
  g.one(
    `SELECT a.id FROM accounts a JOIN service_points p ON p.id = a.service_point_id JOIN meters m ON m.service_point_id = p.id AND m.state = 'in-use'
     WHERE a.state = 'active' AND p.gas_state = 'supplied' AND a.arrears = 0 AND a.prepayment = 0
       AND NOT EXISTS (SELECT 1 FROM account_processes x WHERE x.account_id = a.id AND x.state NOT IN ('done', 'cancelled'))
       AND NOT EXISTS (SELECT 1 FROM dunnings d WHERE d.account_id = a.id) ORDER BY a.id LIMIT 1 OFFSET ?`,
    n,
  )

export const moneyScenes: Readonly<Record<string, (g: Guide) => Promise<void>>> = {
  async shift(g) {
    await g.ok('cashier.openShift', { rows: counted(fen(50_000)) }, 'cashier')
    await g.ok('cashier.till', {}, 'cashier')
    const [first, second] = [lit(g, 1), lit(g, 2)]
    for (const accountId of [first, second]) await billed(g, accountId)
    const { bills, total } = await g.ok('cashier.dues', { accountId: first }, 'cashier')
    const { paymentId } = await g.ok(
      'cashier.collect',
      {
        ...{ accountId: first, bills: bills.map(({ billId }: { billId: string }) => ({ billId })), charges: [] },
        tenders: [{ means: 'wechat', amount: total, reference: 'w1' }],
        ...{ toPrepayment: undefined, prepaymentConsent: undefined },
      },
      'cashier',
    )
    await g.ok('cashier.reverse', { paymentId }, 'cashier')
    const prepaid = await g.ok(
      'cashier.prepay',
      { accountId: second, tenders: [{ means: 'cash', amount: 20_000 }] },
      'cashier',
    )
    void prepaid
    await g.ok('cashier.refund', { accountId: second, means: 'cash', amount: 100, reference: undefined }, 'cashier')
    const last = lit(g, 3)
    await billed(g, last)
    const dues = await g.ok('cashier.dues', { accountId: last }, 'cashier')
    await g.ok(
      'cashier.collect',
      {
        ...{ accountId: last, bills: dues.bills.map(({ billId }: { billId: string }) => ({ billId })), charges: [] },
        tenders: [{ means: 'wechat', amount: dues.total, reference: 'w2' }],
        ...{ toPrepayment: undefined, prepaymentConsent: undefined },
      },
      'cashier',
    )
    const { drawer } = await g.ok('cashier.shiftState', {}, 'cashier')
    await g.ok(
      'cashier.handOver',
      { rows: counted(fen(drawer)), toStaffNo: '6002', reason: '', approvalId: null },
      'cashier',
    )
    await g.ok('cashier.openShift', { rows: counted(fen(drawer)) }, '6002')
  },
  async bills(g) {
    const billId = g.one(
      `SELECT id FROM bills WHERE state = 'settled' AND reading_id IS NOT NULL ORDER BY id DESC LIMIT 1`,
    )
    const consumption = Number(g.one('SELECT consumption FROM bills WHERE id = ?', billId)) - 5_000
    const preview = await g.ok('billing.previewAdjustment', { billId, consumption })
    await g.ok('billing.adjust', { billId, consumption, amount: preview.amount }, 'clerk')
    const other = lit(g, 5)
    await billed(g, other)
    await g.ok('billing.cancel', {
      billId: g.one(`SELECT id FROM bills WHERE account_id = ? ORDER BY id DESC LIMIT 1`, other),
    })
    const readingId = g.one(`SELECT id FROM readings WHERE account_id = ? ORDER BY id DESC LIMIT 1`, other)
    await g.ok('metering.voidReading', { readingId })
  },
  async fees(g) {
    const approvalId = g.round.dice.uuid()
    const about = {
      ...{ effectiveFrom: g.today, price: 2_000, maxPrice: 2_000, taxRate: 600, document: '示例价〔2026〕9 号' },
      ...{ places: ['counter'], buyers: ['resident', 'non-resident'] },
    }
    const item = { ...about, name: '试收项目', kind: 'service', unit: '次', account: 'fee-revenue', approvalId }
    await g.ok('fees.addItem', item)
    const itemId = g.one(`SELECT id FROM fee_items WHERE name = '试收项目'`)
    await g.ok('fees.addVersion', { ...about, itemId, effectiveFrom: g.dayIn(40), approvalId: g.round.dice.uuid() })
    const versionId = g.one(
      'SELECT id FROM fee_versions WHERE item_id = ? ORDER BY effective_from DESC LIMIT 1',
      itemId,
    )
    await g.ok('fees.withdrawVersion', { versionId, approvalId: g.round.dice.uuid() })
    const accountId = lit(g, 1)
    const charge = { accountId, itemId, place: 'counter', ground: null, quantity: 150, unitPrice: null }
    const { chargeId } = await g.ok('fees.charge', charge, '6002')
    await g.ok(
      'cashier.collect',
      {
        ...{ accountId, bills: [], charges: [{ chargeId }], tenders: [{ means: 'cash', amount: 1_000 }] },
        ...{ toPrepayment: undefined, prepaymentConsent: undefined },
      },
      '6002',
    )
    const other = await g.ok('fees.charge', charge, '6002')
    await g.ok('fees.withdraw', { chargeId: other.chargeId }, '6002')
    await g.ok('fees.chargesOf', { accountId })
    await g.ok('fees.sums', { from: g.dayIn(-30), to: g.today })
    await g.ok('fees.stopItem', { itemId, stopped: true, approvalId: g.round.dice.uuid() })
  },
  async statements(g) {
    await g.ok('cashier.mapStatement', {
      headings: ['甲时', '乙额'],
      columns: { 0: 'time', 1: 'amount' },
      inWords: [],
      outWords: [],
    })
    const take = (means: string, rows: string, date: string | null = null) =>
      g.ok('cashier.importStatement', { date, means, fileName: '账单.csv', bytes: csv(rows) }, '6002')
    await take('wechat', `${g.today} 09:10:00,w1,1.00,T1\n`)
    await g.ok('cashier.removeStatement', { statementId: g.one('SELECT id FROM statements ORDER BY id DESC LIMIT 1') })
    await take(
      'wechat',
      `${g.today} 09:10:00,x1,5.00,T1\n${g.today} 09:11:00,x2,6.00,T2\n${g.today} 09:12:00,x3,7.00,T2\n`,
    )
    const { differences } = await g.ok('cashier.reconcile', { date: null, means: 'wechat' }, '6002')
    const of = (kind: string) => differences.find((one: { kind: string }) => one.kind === kind)?.differenceId
    await g.ok('cashier.settleDifference', { differenceId: of('theirs-only'), resolution: 'unknown-receipt' }, '6002')
    await g.ok('cashier.settleElsewhere', { date: null, means: 'wechat' }, '6002')
    for (const differenceId of g.all(`SELECT id FROM differences WHERE resolution IS NULL`))
      await g.ok('cashier.settleDifference', { differenceId }, '6002')
  },
  async close(g) {
    await g.ok('cashier.closeShift', {}, '6002')
    const { drawer } = await g.ok('cashier.shiftState', {}, '6002')
    await g.ok('cashier.openShift', { rows: counted(fen(drawer)) }, '6002')
    await g.ok('cashier.endShift', { till: '01' }, 'hall-manager')
    const draft = await g.ok('cashier.closeDraft', { date: null }, '6002')
    for (const { means, ourCount } of draft.statements as { means: string; ourCount: number }[])
      if (means !== 'wechat' && ourCount > 0) await g.ok('cashier.deferStatements', { means: [means] }, '6002')
    await g.ok('cashier.declareNoStatement', { date: null, means: 'pos' }, '6002')
    await g.ok('cashier.deferStatements', { means: ['alipay'] }, '6002')
    await g.ok('cashier.countCash', { till: null, rows: counted(fen(draft.cash.expected + 100)), reason: '' }, '6002')
    await g.ok('cashier.explainOverShort', { till: null, amount: 100 }, '6002')
    await g.ok('cashier.closeDay', { date: draft.date }, '6002')
    g.clock.advance(86_400_000)
  },
  async prices(g) {
    const flat = { kind: 'flat', price: 34_500 }
    const about = { document: '示例价〔2026〕1 号', body: flat }
    const { planId } = await g.ok('tariffs.createPlan', {
      ...{
        ...about,
        code: 'fuzz-plan-1',
        name: '试价',
        category: 'commercial',
        cycleStart: '01-01',
        effectiveFrom: g.dayIn(-30),
      },
      approvalId: g.round.dice.uuid(),
    })
    const id = planId ?? g.one(`SELECT id FROM price_plans WHERE code = 'fuzz-plan-1'`)
    const approvalId = () => g.round.dice.uuid()
    await g.ok('tariffs.addVersion', { ...about, planId: id, effectiveFrom: g.dayIn(60), approvalId: approvalId() })
    const versionId = () =>
      g.one('SELECT id FROM price_versions WHERE plan_id = ? ORDER BY effective_from DESC LIMIT 1', id)
    await g.ok('tariffs.reviseVersion', {
      ...about,
      versionId: versionId(),
      effectiveFrom: g.dayIn(70),
      approvalId: approvalId(),
    })
    await g.ok('tariffs.withdrawVersion', { versionId: versionId(), approvalId: approvalId() })
    await g.ok('tariffs.retirePlan', { planId: id, retired: true, approvalId: approvalId() })
    await g.ok('tariffs.tryOut', { body: flat })
    await g.ok('tariffs.preview')
  },
}
