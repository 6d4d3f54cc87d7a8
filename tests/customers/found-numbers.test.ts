/** Who types or scans a record's number into a list means that record: found in any writing, whatever the list is narrowed to. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { Bills, BillSums, SeveralBills } from '../../src-main/billing/api.ts'
import { PaymentsOf, PaymentSums } from '../../src-main/cashier/api.ts'
import { List as Complaints } from '../../src-main/complaints/api.ts'
import { Calls, Due } from '../../src-main/followups/api.ts'
import { Hazards } from '../../src-main/inspections/hazards-api.ts'
import { Rounds, Tasks, Visits } from '../../src-main/inspections/api.ts'
import { List as Openings } from '../../src-main/installations/api.ts'
import { Printings } from '../../src-main/notices/api.ts'
import { numberGroups } from '../../src-main/platform/check-digit.ts'
import type { CallDefinition, InputOf, Role } from '../../src-main/platform/contract.ts'
import { openKey } from '../../src-main/platform/keys.ts'
import { Dunnings, Processes } from '../../src-main/supply/api.ts'
import { List as Orders } from '../../src-main/workorders/api.ts'
import { makePaperHall } from '../e2e/support/paper-hall.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
let folder: string
beforeAll(async () => {
  ;({ folder } = await makePaperHall())
  hall = await openTestHall({
    folder,
    key: openKey(folder, { osStore: null }),
    now: Date.parse('2026-11-23T10:00:00+08:00'),
  })
  await hall.print(
    { requestId: crypto.randomUUID(), kind: 'receipt', id: numberOf('SELECT id FROM payments LIMIT 1'), how: 'pdf' },
    'cashier',
  )
})
afterAll(async () => {
  await hall.hall.close()
  rmSync(folder, { recursive: true, force: true })
})

const numberOf = (sql: string): string => {
  const found = hall.hall.environment.sqlite.prepare<[], string>(sql).pluck().get()
  if (found === undefined) throw new Error(`nobody has ${sql}`)
  return found
}
/** As a person may write it: whole, grouped, in small letters, without letters, without leading zeros. */
const writings = (number: string) => [
  number,
  numberGroups(number).join(' '),
  number.toLowerCase(),
  number.replace(/^[A-Z]+/, ''),
  number.replace(/^[A-Z]+0*/, ''),
]

const page = { after: null, size: 50 }
type Read = CallDefinition<string, z.ZodType, z.ZodType>
interface Case<D extends Read = Read> {
  readonly list: D
  /** A filter to which the record does not belong. */
  readonly narrowed: object
  readonly number: string
  readonly as?: Role
}
const cases: readonly [string, () => Case][] = [
  [
    '账单',
    () => ({
      list: Bills,
      narrowed: { filter: 'cancelled' },
      number: numberOf(`SELECT bill_no FROM bills WHERE state = 'settled' LIMIT 1`),
    }),
  ],
  [
    '收款',
    () => ({
      list: PaymentsOf,
      narrowed: { date: '2020-01-01', means: 'alipay', state: 'issued', page },
      number: numberOf('SELECT receipt_no FROM receipts LIMIT 1'),
      as: 'cashier',
    }),
  ],
  [
    '投诉',
    () => ({
      list: Complaints,
      narrowed: { filter: 'closed' },
      number: numberOf(`SELECT complaint_no FROM complaints WHERE state <> 'closed' LIMIT 1`),
      as: 'dispatcher',
    }),
  ],
  [
    '工单',
    () => ({
      list: Orders,
      narrowed: { filter: 'closed' },
      number: numberOf(`SELECT order_no FROM workorders WHERE state <> 'closed' LIMIT 1`),
    }),
  ],
  [
    '隐患',
    () => ({
      list: Hazards,
      narrowed: { filter: 'closed' },
      number: numberOf(`SELECT hazard_no FROM hazards WHERE state = 'open' LIMIT 1`),
    }),
  ],
  [
    '安检任务单',
    () => ({
      list: Rounds,
      narrowed: { community: '没有这个小区' },
      number: numberOf('SELECT round_no FROM inspection_rounds LIMIT 1'),
      as: 'hall-manager',
    }),
  ],
  [
    '安检记录',
    () => ({
      list: Visits,
      narrowed: { to: '2020-01-01' },
      number: numberOf('SELECT visit_no FROM inspection_visits LIMIT 1'),
      as: 'hall-manager',
    }),
  ],
  [
    '报装',
    () => ({
      list: Openings,
      narrowed: { state: 'cancelled' },
      number: numberOf(`SELECT application_no FROM applications WHERE state <> 'cancelled' LIMIT 1`),
    }),
  ],
  [
    '在办业务',
    () => ({
      list: Processes,
      narrowed: { filter: 'cancelled' },
      number: numberOf(`SELECT process_no FROM account_processes WHERE state <> 'cancelled' LIMIT 1`),
    }),
  ],
  [
    '催缴单',
    () => ({
      list: Dunnings,
      narrowed: { filter: 'suspended' },
      number: numberOf(`SELECT dunning_no FROM dunnings WHERE state <> 'suspended' LIMIT 1`),
      as: 'dispatcher',
    }),
  ],
  [
    '打印记录',
    () => ({
      list: Printings,
      narrowed: { kind: 'notice-board', page },
      number: numberOf(`SELECT number FROM printings WHERE number <> '' LIMIT 1`),
    }),
  ],
]

test.each(cases)('%s', async (_, made) => {
  const { list, narrowed, number, as = 'clerk' } = made()
  for (const search of writings(number)) {
    const { rows } = (await hall.call(list, { ...narrowed, search } as InputOf<typeof list>, as)) as { rows: object[] }
    expect(rows.length, search).toBeGreaterThan(0)
    const bears = (row: object) => Object.values(row).includes(number)
    // Without its letters it may also be an account's, whose records come along.
    expect(/[a-z]/i.test(search) ? rows.every(bears) : rows.some(bears), search).toBe(true)
  }
  const none = (await hall.call(list, { ...narrowed, search: '没有这个人' } as InputOf<typeof list>, as)) as {
    rows: object[]
  }
  expect(none.rows).toEqual([])
})

test('the sums of a list are those of the record that was found', async () => {
  const bill = numberOf(`SELECT bill_no FROM bills WHERE state = 'settled' LIMIT 1`)
  expect(await hall.call(BillSums, { filter: 'cancelled', search: bill }, 'cashier')).toMatchObject({ count: 1 })
  const receipt = numberOf('SELECT receipt_no FROM receipts LIMIT 1')
  expect(await hall.call(PaymentSums, { date: null, state: 'issued', search: receipt }, 'cashier')).toMatchObject({
    count: 1,
    voided: 1,
  })
})

test('a customer is found by name in the lists of inspections, callbacks and joint bills too', async () => {
  const name = numberOf(
    `SELECT c.name FROM inspection_tasks t JOIN accounts a ON a.id = t.account_id JOIN customers c ON c.id = a.customer_id
     WHERE t.state = 'planned' ORDER BY t.period_to LIMIT 1`,
  )
  const tasks = await hall.call(Tasks, { search: name }, 'hall-manager')
  expect(new Set(tasks.rows.map(({ customerName }) => customerName))).toEqual(new Set([name]))
  const rounds = await hall.call(Rounds, { search: name }, 'hall-manager')
  expect(rounds.rows.length).toBeGreaterThan(0)
  const due = await hall.call(Due, {}, 'dispatcher')
  const waiting = due.rows[0]
  if (waiting) {
    const found = await hall.call(Due, { filter: 'overdue', search: waiting.number }, 'dispatcher')
    expect(found.rows.map(({ number }) => number)).toEqual([waiting.number])
  }
  expect((await hall.call(Calls, { search: '没有这个人' }, 'dispatcher')).rows).toEqual([])
  expect((await hall.call(SeveralBills, { search: '没有这个人' })).rows).toEqual([])
})

test("an account's number brings the account's bills and payments, though a stranger's bear the same digits", async () => {
  const { sqlite } = hall.hall.environment
  const accountsWith = (what: 'bills' | 'payments') =>
    sqlite
      .prepare<[], { accountNo: string; id: string }>(
        `SELECT a.account_no AS accountNo, max(w.id) AS id FROM ${what} w JOIN accounts a ON a.id = w.account_id GROUP BY a.id`,
      )
      .all()
  const [payer] = accountsWith('payments')
  const stranger = accountsWith('bills').find(({ accountNo }) => accountNo !== payer?.accountNo)
  if (!payer || !stranger) throw new Error('nobody has paid')
  const bears = (number: string, id: string) => {
    sqlite.prepare("UPDATE bills SET bill_no = 'ZD-' || id WHERE bill_no = ?").run(number)
    sqlite.prepare('UPDATE bills SET bill_no = ? WHERE id = ?').run(number, id)
  }
  // In 账单: the bill of a stranger with the payer's digits.
  bears(`ZD${payer.accountNo}`, stranger.id)
  // In 收款记录: the payer's receipt with the stranger's digits.
  const receiptNo = `SJ${stranger.accountNo}`
  sqlite.prepare('UPDATE receipts SET receipt_no = ? WHERE payment_id = ?').run(receiptNo, payer.id)
  const writings = (no: string) => [no, numberGroups(no).join(' '), no.replace(/^0+/, '')]
  const billsOf = async (search: string, more: object = {}) => (await hall.call(Bills, { search, ...more })).rows
  const paidBy = async (search: string, more: object = {}) =>
    (await hall.call(PaymentsOf, { date: null, search, page, ...more }, 'cashier')).rows.map((row) => row.paymentId)
  for (const search of writings(payer.accountNo)) {
    const found = await billsOf(search)
    expect(
      found.map(({ accountNo }) => accountNo),
      search,
    ).toContain(payer.accountNo)
    expect(found.filter(({ accountNo }) => accountNo !== payer.accountNo).map(({ billId }) => billId)).toEqual([
      stranger.id,
    ])
    // Of the account what the list is narrowed to; the bill of that number in any case.
    expect((await billsOf(search, { issuedTo: '2020-01-01' })).map(({ billId }) => billId)).toEqual([stranger.id])
    expect(await hall.call(BillSums, { search, issuedTo: '2020-01-01' })).toMatchObject({ count: 1 })
    expect(await paidBy(search)).toContain(payer.id)
  }
  for (const search of writings(stranger.accountNo)) {
    expect(await paidBy(search, { date: '2020-01-01', means: 'alipay' }), search).toEqual([payer.id])
    const sums = await hall.call(PaymentSums, { date: '2020-01-01', means: 'alipay', search }, 'cashier')
    expect(sums?.count).toBe(1)
  }
  // With its letters it is the record and nothing else.
  expect((await billsOf(`ZD${payer.accountNo}`)).map(({ billId }) => billId)).toEqual([stranger.id])
})
