/** What the screens of this room list: bills with their state as of today, their counts, one bill in full. */
import { today } from '../ledger/service.ts'
import { accountsBearing, accountsMatching } from '../customers/service.ts'
import { countToBill } from '../metering/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { maxSummedRows, type ParsedInputOf } from '../platform/contract.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { fen, subtract, type Fen, type Litre } from '../platform/money.ts'
import { numbersQuoted } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import {
  Bill,
  BillCounts,
  Bills,
  BillSums,
  maxBillCount,
  type BillDetail,
  type BillFilter,
  type BillRow,
} from './api.ts'
import { adjustmentsOf } from './adjustment.ts'
import { isCancellable } from './cancel.ts'
import { linesOf } from './lines.ts'
import { readingsOfBill } from './readings-of.ts'
import { daysOverdue } from './rules.ts'
import { BillNotFound, lateFeeDue } from './settlement.ts'
import { severalToReview } from './several.ts'
import { volumeSql } from './taken-over.ts'

type StoredRow = Omit<BillRow, 'outstanding' | 'lateFee' | 'overdueDays'> & {
  readonly lateFeeSettled: Fen
}

const columns = `b.id AS billId, b.bill_no AS billNo, b.account_id AS accountId, a.account_no AS accountNo,
  c.name AS customerName, b.issued_on AS issuedOn, b.due_on AS dueOn, b.period_from AS periodFrom,
  b.period_to AS periodTo, ${volumeSql()} AS consumption, b.amount, b.settled, b.late_fee_settled AS lateFeeSettled, b.state`
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
  /** Null for the key of the bills themselves. */
  readonly index: 'bills_account' | 'bills_overdue' | 'bills_state' | 'bills_issued' | null
  /** Column the pages follow together with the id. */
  readonly by: 'b.issued_on' | 'b.due_on' | 'b.period_to'
  readonly descending: boolean
}

/** What a list is narrowed to besides its state. */
export interface Narrowing {
  readonly ofAccount?: boolean
  /**
   * What answers to what was typed: few, so they are put in order when they are read. `bills` are those that bear a number,
   * whatever else the list is narrowed to; with them come those of the list that belong to the accounts that bear it.
   */
  readonly found?: 'bills' | 'accounts' | null
  readonly from?: boolean
  readonly to?: boolean
}

export function listingOf(filter: BillFilter, narrowed: Narrowing | boolean = {}): Listing {
  const {
    ofAccount = false,
    found = null,
    from = false,
    to = false,
  } = typeof narrowed === 'boolean' ? { ofAccount: narrowed } : narrowed
  const state = filter === 'overdue' ? 'open' : filter
  const within = (accounts: string | null) =>
    [
      ...(accounts === null ? [] : [`b.account_id IN (SELECT value FROM json_each(${accounts}))`]),
      ...(ofAccount ? ['b.account_id = @accountId'] : []),
      ...(state === 'all' ? [] : [`b.state = '${state}'`]),
      ...(filter === 'overdue' ? ['b.due_on < @today'] : []),
      ...(from ? ['b.issued_on >= @issuedFrom'] : []),
      ...(to ? ['b.issued_on <= @issuedTo'] : []),
    ].join(' AND ')
  if (found === 'bills') {
    const where = `b.id IN (SELECT value FROM json_each(@found)
      UNION ALL SELECT b.id FROM bills b INDEXED BY bills_account WHERE ${within('@accounts')})`
    return {
      where: ofAccount ? `${where} AND b.account_id = @accountId` : where,
      index: null,
      by: 'b.issued_on',
      descending: true,
    }
  }
  const where = within(found === null ? null : '@found') || 'true'
  if (found === 'accounts') return { where, index: 'bills_account', by: 'b.issued_on', descending: true }
  if (ofAccount) return { where, index: 'bills_account', by: 'b.period_to', descending: true }
  if (filter === 'overdue') return { where, index: 'bills_overdue', by: 'b.due_on', descending: false }
  return { where, index: filter === 'all' ? 'bills_issued' : 'bills_state', by: 'b.issued_on', descending: true }
}

const indexed = (index: Listing['index']): string => (index === null ? '' : `INDEXED BY ${index}`)

/** The statement of one page; `@from` and `@fromId` are where the last page ended. */
export function pageSql({ where, index, by, descending }: Listing, continued: boolean): string {
  const [direction, side] = descending ? ['DESC', '<'] : ['ASC', '>']
  const further = continued ? `AND (${by}, b.id) ${side} (@from, @fromId)` : ''
  return `SELECT ${columns}, ${by} AS key FROM bills b ${indexed(index)} ${joined} WHERE ${where} ${further}
    ORDER BY ${by} ${direction}, b.id ${direction} LIMIT @limit`
}

function cursorOf(after: string | null): { from: string; fromId: string } | null {
  if (after === null) return null
  const parts = /^(\d{4}-\d{2}-\d{2}) ([0-9a-f-]{36})$/.exec(after)
  if (!parts?.[1] || !parts[2]) throw new InvalidInput('翻页位置无效，请重新打开列表')
  return { from: parts[1], fromId: parts[2] }
}

/**
 * The statement of the sums of a listing, of at most `@most` bills and one more to know that there are more. A cancelled bill asks
 * for nothing: its gas and amount are told only where the cancelled ones are listed.
 */
export const sumSql = ({ where, index }: Listing, filter: BillFilter): string =>
  `SELECT count(*) AS count, coalesce(sum(state = 'cancelled'), 0) AS cancelled,
     CASE count(*) FILTER (${counted(filter)}) WHEN 0 THEN 0 ELSE sum(consumption) FILTER (${counted(filter)}) END AS consumption,
     coalesce(sum(amount) FILTER (${counted(filter)}), 0) AS amount,
     coalesce(sum(CASE state WHEN 'cancelled' THEN 0 ELSE amount - settled END), 0) AS outstanding
   FROM (SELECT ${volumeSql()} AS consumption, b.amount, b.settled, b.state FROM bills b ${indexed(index)} WHERE ${where} LIMIT @most + 1)`

const counted = (filter: BillFilter): string => `WHERE ${filter === 'cancelled' ? 'true' : "state <> 'cancelled'"}`

type Wanted = Omit<ParsedInputOf<typeof Bills>, 'page'>

/** How the bills somebody wants are listed, and what is bound for it. */
function wantedBills(context: Context, { filter, accountId, search, issuedFrom, issuedTo }: Wanted) {
  const { of = null, ...found } = search === '' ? {} : foundBy(context, search)
  return {
    listing: listingOf(filter, {
      ofAccount: accountId !== null,
      found: of,
      from: issuedFrom !== null,
      to: issuedTo !== null,
    }),
    bound: {
      ...found,
      ...(accountId === null ? {} : { accountId }),
      ...(filter === 'overdue' ? { today: today(context) } : {}),
      ...(issuedFrom === null ? {} : { issuedFrom }),
      ...(issuedTo === null ? {} : { issuedTo }),
    },
  }
}

interface FoundBy {
  readonly of?: 'bills' | 'accounts'
  readonly found?: string
  readonly accounts?: string
}

/** A bill's own number, as typed or scanned, else the accounts of the customers that answer to the text. */
function foundBy(context: Context, search: string): FoundBy {
  const byNumber = statement<{ id: string }>(
    context.sqlite,
    'SELECT id FROM bills WHERE bill_no IN (SELECT value FROM json_each(?))',
  ).all(JSON.stringify(numbersQuoted(context, 'bill', search)))
  if (byNumber.length === 0) return { of: 'accounts', found: accountsMatching(context, search) ?? '[]' }
  const found = JSON.stringify(byNumber.map(({ id }) => id))
  return { of: 'bills', found, accounts: accountsBearing(context, search) }
}

/** 账单列表. */
export const bills = useCase(Bills, ({ page, ...wanted }, context) => {
  const cursor = cursorOf(page.after)
  const on = today(context)
  const { listing, bound } = wantedBills(context, wanted)
  const found = statement<StoredRow & { key: string }>(context.sqlite, pageSql(listing, cursor !== null)).all({
    limit: page.size + 1,
    ...bound,
    ...(cursor ?? {}),
  })
  const shown = found.slice(0, page.size)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ key: _, ...row }) => rowOf(context, row, on)),
    next: found.length > page.size && last ? `${last.key} ${last.billId}` : null,
  }
})

/** What the same bills add up to. */
export const billSums = useCase(BillSums, (wanted, context) => {
  const { listing, bound } = wantedBills(context, wanted)
  const sums = statement<{
    count: number
    cancelled: number
    consumption: Litre | null
    amount: Fen
    outstanding: Fen
  }>(context.sqlite, sumSql(listing, wanted.filter)).get({ ...bound, most: maxSummedRows })
  return !sums || sums.count > maxSummedRows ? null : sums
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
    several: severalToReview(context, maxBillCount + 1),
  }
})

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
    readings: readingsOfBill(context, billId),
    cancellable: isCancellable(context, billId),
  }
}

/** 账单 with how each line was computed and what was paid. @throws BillNotFound */
export const bill = useCase(Bill, ({ billId }, context) => billDetail(context, billId))
