/** A demo hall with what it does not have by itself: contracts, a reversal, a repair, and 300 debtors who owe for two years. */
import { v7 } from 'uuid'
import { Collect, Dues, OpenShift, Reverse } from '../../../src-main/cashier/api.ts'
import { openKey } from '../../../src-main/platform/keys.ts'
import { fen } from '../../../src-main/platform/money.ts'
import { nextNumber } from '../../../src-main/platform/numbers.ts'
import { Take } from '../../../src-main/workorders/api.ts'
import { apply, residentApplication, stepsOf } from '../../installations/steps.ts'
import { approvalOf, reversalTerms } from '../../support/approval.ts'
import { openTestHall, type TestHall } from '../../support/hall.ts'
import { copyOfDemoHall, demoMorning } from './app.ts'

export interface PaperHall {
  readonly folder: string
  readonly orderId: string
  readonly callerPhone: string
  readonly paymentId: string
  readonly applicationId: string
  readonly batchId: string
  /** A dunning of few bills, and one that is longer than a page. */
  readonly dunnings: number
  /** Customers who get a slip on the day of `issuedOn`. */
  readonly issuedOn: string
}

export const hugeBatch = { dunnings: 300, bills: 24 }

export async function makePaperHall(): Promise<PaperHall> {
  const folder = await copyOfDemoHall()
  const hall = await openTestHall({
    folder,
    key: openKey(folder, { osStore: null }),
    now: Date.parse(demoMorning) - 1_800_000,
  })
  try {
    const callerPhone = '19900001234'
    const { orderId } = await hall.call(
      Take,
      {
        requestId: v7(),
        kind: 'alarm',
        symptom: 'leak',
        channel: 'phone',
        callerName: '冯小宁',
        callerPhone,
        place: '和平小区 3 号楼 2 单元 101',
        description: '厨房有燃气味，灶具未开，家中有老人。',
        advised: true,
      },
      'dispatcher',
    )
    const paymentId = await reversedPayment(hall)
    const applicationId = await apply(hall, residentApplication(hall, 777))
    await stepsOf(hall, applicationId).survey()
    await stepsOf(hall, applicationId).draft()
    return { folder, orderId, callerPhone, paymentId, applicationId, ...hugeDebt(hall) }
  } finally {
    await hall.hall.close()
  }
}

async function reversedPayment(hall: TestHall): Promise<string> {
  const { sqlite } = hall.hall.environment
  await hall.call(OpenShift, { requestId: v7(), rows: [{ face: fen(10_000), pieces: 5 }] }, 'cashier')
  const accountId = sqlite
    .prepare<[], string>("SELECT account_id FROM bills WHERE state = 'open' AND amount > 0 ORDER BY account_id LIMIT 1")
    .pluck()
    .get()
  if (accountId === undefined) throw new Error('nobody owes anything')
  const dues = await hall.call(Dues, { accountId }, 'cashier')
  const { paymentId } = await hall.call(
    Collect,
    {
      requestId: v7(),
      accountId,
      bills: dues.bills.map(({ billId }) => ({ billId })),
      tenders: [{ means: 'cash', amount: dues.total, received: dues.total }],
    },
    'cashier',
  )
  const reason = '收错户'
  const approvalId = await approvalOf(hall, reversalTerms(hall, paymentId, reason))
  await hall.call(Reverse, { requestId: v7(), paymentId, reason, approvalId }, 'cashier')
  return paymentId
}

/** Written straight into the tables: what is tried is the size of the paper, not how people come to owe. */
function hugeDebt(hall: TestHall) {
  const { dunnings, bills } = hugeBatch
  const batchId = v7()
  const issuedOn = '2026-11-22'
  hall.transact((context) => {
    const { sqlite } = context
    const [account] = sqlite
      .prepare(`SELECT a.*, p.id AS point FROM accounts a JOIN service_points p ON p.id = a.service_point_id LIMIT 1`)
      .all() as Record<string, unknown>[]
    if (!account) throw new Error('the demo hall has no account')
    const copy = (table: string, row: Record<string, unknown>) => {
      const keys = Object.keys(row)
      sqlite
        .prepare(`INSERT INTO ${table} (${keys.join(', ')}) VALUES (${keys.map(() => '?').join(', ')})`)
        .run(...keys.map((key) => row[key]))
    }
    const rowOf = (table: string, id: unknown) =>
      sqlite.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(id) as Record<string, unknown>
    const point = rowOf('service_points', account['service_point_id'])
    sqlite
      .prepare('INSERT INTO dunning_batches (id, issued_at, issued_by, count) VALUES (?, ?, ?, ?)')
      .run(batchId, context.clock.now(), '周调度', dunnings)
    const { point: _, ...accountRow } = account
    for (let n = 0; n < dunnings; n++) {
      const [accountId, pointId] = [v7(), v7()]
      copy('service_points', { ...point, id: pointId, room: `9${String(n).padStart(3, '0')}` })
      copy('accounts', {
        ...accountRow,
        id: accountId,
        account_no: nextNumber(context, 'account'),
        service_point_id: pointId,
        arrears: bills * 7_245,
        prepayment: 0,
      })
      for (let month = 0; month < bills; month++) {
        const year = 2024 + Math.floor(month / 12)
        const period = `${year}-${String((month % 12) + 1).padStart(2, '0')}`
        copy('bills', {
          id: v7(),
          bill_no: nextNumber(context, 'bill'),
          account_id: accountId,
          issued_on: issuedOn,
          due_on: `${period}-28`,
          period_from: `${period}-01`,
          period_to: `${period}-28`,
          consumption: 23_000,
          amount: 7_245,
          settled: 0,
          late_fee_settled: 0,
          state: 'open',
          created_at: context.clock.now(),
        })
      }
      copy('dunnings', {
        id: v7(),
        dunning_no: nextNumber(context, 'dunning'),
        batch_id: batchId,
        account_id: accountId,
        customer_id: account['customer_id'],
        service_point_id: pointId,
        state: 'issued',
        principal: bills * 7_245,
        late_fee: 0,
        oldest_due_on: '2024-01-28',
        living: 1,
        issued_at: context.clock.now(),
        issued_by: '周调度',
        dunning_days: 30,
        notice_days: 3,
        next_at: context.clock.now(),
        updated_at: context.clock.now(),
      })
    }
  })
  return { batchId, dunnings, issuedOn }
}
