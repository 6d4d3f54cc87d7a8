/** What the screens of this room list: bills with their state as of today, their counts, one bill in full. */
import { today } from '../ledger/service.ts'
import { countToBill } from '../metering/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { fen, subtract, type Fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { Bill, BillCounts, Bills, maxBillCount, type BillDetail, type BillFilter, type BillRow } from './api.ts'
import { adjustmentsOf } from './adjustment.ts'
import { isCancellable } from './cancel.ts'
import { linesOf } from './lines.ts'
import { daysOverdue } from './rules.ts'
import { BillNotFound, lateFeeDue } from './settlement.ts'

type StoredRow = Omit<BillRow, 'outstanding' | 'lateFee' | 'overdueDays'> & {
  readonly lateFeeSettled: Fen
}

const columns = `b.id AS billId, b.bill_no AS billNo, b.account_id AS accountId, a.account_no AS accountNo,
  c.name AS customerName, b.issued_on AS issuedOn, b.due_on AS dueOn, b.period_from AS periodFrom,
  b.period_to AS periodTo, b.consumption, b.amount, b.settled, b.late_fee_settled AS lateFeeSettled, b.state`
// CROSS JOIN keeps the bills outermost, so that their index gives the order of the page.
const joined = 'CROSS JOIN accounts a ON a.id = b.account_id CROSS JOIN customers c ON c.id = a.customer_id'

function rowOf(context: Context, { lateFeeSettled, ...bill }: StoredRow, on: BusinessDate): BillRow {
  const open = bill.state === 'open'
  return {
    ...bill,
    outstanding: bill.state === 'cancelled' ? fen(0) : subtract(bill.amount, bill.settled),
    lateFee: open ? lateFeeDue(context, { ...bill, lateFeeSettled }, on) : fen(0),
    overdueDays: open ? daysOverdue(bill.dueOn, on) : 0,
  }
}

/** How a filter's list is selected and ordered. Every shape has an index: see tests/billing/service-lists.test.ts. */
interface Listing {
  readonly where: string
  readonly index: 'bills_account' | 'bills_overdue' | 'bills_state' | 'bills_issued'
  /** Column the pages follow together with the id. */
  readonly by: 'b.issued_on' | 'b.due_on' | 'b.period_to'
  readonly descending: boolean
}

export function listingOf(filter: BillFilter, ofAccount: boolean): Listing {
  const state = filter === 'overdue' ? 'open' : filter
  const conditions = [
    ...(ofAccount ? ['b.account_id = @accountId'] : []),
    ...(state === 'all' ? [] : [`b.state = '${state}'`]),
    ...(filter === 'overdue' ? ['b.due_on < @today'] : []),
  ]
  const where = conditions.join(' AND ') || 'true'
  if (ofAccount) return { where, index: 'bills_account', by: 'b.period_to', descending: true }
  if (filter === 'overdue') return { where, index: 'bills_overdue', by: 'b.due_on', descending: false }
  return { where, index: filter === 'all' ? 'bills_issued' : 'bills_state', by: 'b.issued_on', descending: true }
}

/** The statement of one page; `@from` and `@fromId` are where the last page ended. */
export function pageSql({ where, index, by, descending }: Listing, continued: boolean): string {
  const [direction, side] = descending ? ['DESC', '<'] : ['ASC', '>']
  const further = continued ? `AND (${by}, b.id) ${side} (@from, @fromId)` : ''
  return `SELECT ${columns}, ${by} AS key FROM bills b INDEXED BY ${index} ${joined} WHERE ${where} ${further}
    ORDER BY ${by} ${direction}, b.id ${direction} LIMIT @limit`
}

function cursorOf(after: string | null): { from: string; fromId: string } | null {
  if (after === null) return null
  const parts = /^(\d{4}-\d{2}-\d{2}) ([0-9a-f-]{36})$/.exec(after)
  if (!parts?.[1] || !parts[2]) throw new InvalidInput('翻页位置无效，请重新打开列表')
  return { from: parts[1], fromId: parts[2] }
}

/** 账单列表. */
export const bills = useCase(Bills, ({ filter, accountId, page }, context) => {
  const cursor = cursorOf(page.after)
  const on = today(context)
  const found = statement<StoredRow & { key: string }>(
    context.sqlite,
    pageSql(listingOf(filter, accountId !== null), cursor !== null),
  ).all({
    limit: page.size + 1,
    ...(accountId === null ? {} : { accountId }),
    ...(filter === 'overdue' ? { today: on } : {}),
    ...(cursor ?? {}),
  })
  const shown = found.slice(0, page.size)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ key: _, ...row }) => rowOf(context, row, on)),
    next: found.length > page.size && last ? `${last.key} ${last.billId}` : null,
  }
})

/** Counted only as far as a screen shows, so that millions of settled bills cost no more than some thousands. */
export const counts = useCase(BillCounts, (_, context) => {
  const { sqlite } = context
  const count = (where: string, ...values: string[]): number =>
    statement<{ n: number }>(
      sqlite,
      `SELECT count(*) AS n FROM (SELECT 1 FROM bills ${where} LIMIT ${maxBillCount + 1})`,
    ).get(...values)?.n ?? 0
  return {
    open: count(`WHERE state = 'open'`),
    overdue: count(`INDEXED BY bills_overdue WHERE state = 'open' AND due_on < ?`, today(context)),
    settled: count(`WHERE state = 'settled'`),
    cancelled: count(`WHERE state = 'cancelled'`),
    waiting: countToBill(context),
  }
})

type ReadingOfBill = Omit<NonNullable<BillDetail['reading']>, 'estimated'> & { readonly estimated: 0 | 1 }

function readingOf({ sqlite }: Context, billId: string): BillDetail['reading'] {
  const row = statement<ReadingOfBill>(
    sqlite,
    `SELECT r.id AS readingId, m.meter_no AS meterNo, r.previous_index AS previousIndex,
       r.current_index AS currentIndex, r.source = 'estimated' AS estimated
     FROM bills b JOIN readings r ON r.id = b.reading_id JOIN meters m ON m.id = r.meter_id WHERE b.id = ?`,
  ).get(billId)
  return row ? { ...row, estimated: row.estimated === 1 } : null
}

/** One bill in full, as of today. @throws BillNotFound */
export function billDetail(context: Context, billId: string): BillDetail {
  const { sqlite } = context
  const row = statement<StoredRow & { cancelReason: string | null }>(
    sqlite,
    `SELECT ${columns}, b.cancel_reason AS cancelReason FROM bills b ${joined} WHERE b.id = ?`,
  ).get(billId)
  if (!row) throw new BillNotFound()
  const { cancelReason, ...stored } = row
  const settlements = statement<{
    settledOn: BusinessDate
    principal: Fen
    lateFee: Fen
    undoneOn: BusinessDate | null
    byOffset: 0 | 1
  }>(
    sqlite,
    `SELECT settled_on AS settledOn, sum(principal) AS principal, sum(late_fee) AS lateFee, undone_on AS undoneOn,
       max(by_offset) AS byOffset
     FROM bill_settlements WHERE bill_id = ? GROUP BY id ORDER BY id`,
  ).all(billId)
  return {
    ...rowOf(context, stored, today(context)),
    cancelReason,
    adjustments: adjustmentsOf(context, billId),
    settlements: settlements.map(({ byOffset, ...one }) => ({ ...one, fromPrepayment: byOffset === 1 })),
    lines: linesOf(context, billId),
    reading: readingOf(context, billId),
    cancellable: isCancellable(context, billId),
  }
}

/** 账单 with how each line was computed and what was paid. @throws BillNotFound */
export const bill = useCase(Bill, ({ billId }, context) => billDetail(context, billId))
