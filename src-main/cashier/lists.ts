/** Lists of payments and receipts, paged by key: newest first, the cursor is the last payment's id (ids sort by time). */
import { accountsBearing, accountsMatching } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { maxSummedRows, type ParsedInputOf } from '../platform/contract.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { sum, type Fen } from '../platform/money.ts'
import { InvalidInput } from '../platform/errors.ts'
import { numbersQuoted } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { coveredBy } from './papers.ts'
import { PaymentsOf, PaymentSums, ReceiptsOf, type Means, type PaymentKind, type PaymentRow } from './api.ts'

interface StoredRow {
  readonly paymentId: string
  readonly receiptNo: string
  readonly state: 'issued' | 'voided'
  readonly kind: PaymentKind
  readonly businessDate: BusinessDate
  readonly at: number
  readonly accountId: string
  readonly accountNo: string
  readonly customerName: string
  readonly amount: Fen
  readonly change: Fen
  readonly toPrepayment: Fen
  readonly rounding: Fen
  readonly cashierName: string
  readonly reversedAt: number | null
  readonly reason: string | null
  readonly approverName: string | null
}

/** Later than every id, where a page begins at the newest. */
const newest = 'g'

const columns = `p.id AS paymentId, r.receipt_no AS receiptNo, r.state, p.kind, p.business_date AS businessDate, p.at,
     p.account_id AS accountId, a.account_no AS accountNo, c.name AS customerName, p.amount, p.change,
     p.to_prepayment AS toPrepayment, p.rounding, p.actor_name AS cashierName,
     v.at AS reversedAt, v.reason, v.approver_name AS approverName`
const select = (from: string, where: string) =>
  `SELECT ${columns}
   FROM ${from} JOIN accounts a ON a.id = p.account_id JOIN customers c ON c.id = a.customer_id
     LEFT JOIN reversals v ON v.payment_id = p.id
   WHERE ${where} AND p.id < @after ORDER BY p.id DESC LIMIT @limit`

const byPayment = 'payments p JOIN receipts r ON r.payment_id = p.id'
export const ofAccountSql = select(byPayment, 'p.account_id = @of')
export const ofShiftSql = select(
  byPayment,
  'p.business_date = (SELECT s.business_date FROM shifts s WHERE s.id = @of) AND p.shift_id = @of',
)

/**
 * What a list of payments is narrowed to. `receipts` are those that bear a number, whatever else the list is narrowed to;
 * with them come the payments of the accounts that bear it, of which only those of the list.
 */
export interface Narrowing {
  readonly found: 'receipts' | 'accounts' | null
  readonly span: boolean
  readonly means: boolean
  readonly state: 'issued' | 'voided' | null
}

const conditionsOf = (narrowed: Narrowing): string =>
  narrowed.found === 'receipts'
    ? `p.id IN (SELECT value FROM json_each(@found)
        UNION ALL SELECT p.id FROM ${sourceOf({ ...narrowed, found: 'accounts' })} WHERE ${withinOf(narrowed, '@accounts')})`
    : withinOf(narrowed, narrowed.found === null ? null : '@found') || 'true'

const withinOf = ({ span, means, state }: Narrowing, accounts: string | null): string =>
  [
    ...(accounts === null ? [] : [`p.account_id IN (SELECT value FROM json_each(${accounts}))`]),
    ...(span ? ['p.business_date BETWEEN @from AND @to'] : []),
    ...(means ? ['EXISTS (SELECT 1 FROM tenders t WHERE t.payment_id = p.id AND t.means = @means)'] : []),
    ...(state === null ? [] : ['r.state = @state']),
  ].join(' AND ')

/** Few are reversed: of all days they are gone through by their reversals, not looked for among years of payments. */
const byReversals = ({ found, span, state }: Narrowing): boolean => found === null && !span && state === 'voided'

/** The index that serves a list; CROSS JOIN keeps the payments outermost, so that it gives the order of the page too. */
const sourceOf = (narrowed: Narrowing): string => {
  const { found, span } = narrowed
  if (byReversals(narrowed))
    return 'reversals z CROSS JOIN payments p ON p.id = z.payment_id CROSS JOIN receipts r ON r.payment_id = p.id'
  return found === 'accounts'
    ? 'payments p INDEXED BY payments_account CROSS JOIN receipts r ON r.payment_id = p.id'
    : found === null && span
      ? 'payments p INDEXED BY payments_day CROSS JOIN receipts r ON r.payment_id = p.id'
      : 'payments p CROSS JOIN receipts r ON r.payment_id = p.id'
}

/** The statement of one page, the newest day first. Bound: @found, @from, @to, @means, @state, @day, @after, @limit. */
export function listSql(narrowed: Narrowing, following: boolean): string {
  // Of one span the days give the order; everything else is in the order of the ids, which is that of time.
  const byDay = narrowed.found === null && narrowed.span
  const id = byReversals(narrowed) ? 'z.payment_id' : 'p.id'
  const further = !following ? '' : byDay ? 'AND (p.business_date, p.id) < (@day, @after)' : `AND ${id} < @after`
  return `SELECT ${columns} FROM ${sourceOf(narrowed)} CROSS JOIN accounts a ON a.id = p.account_id
     CROSS JOIN customers c ON c.id = a.customer_id LEFT JOIN reversals v ON v.payment_id = p.id
   WHERE ${conditionsOf(narrowed)} ${further} ORDER BY ${byDay ? 'p.business_date DESC, ' : ''}${id} DESC LIMIT @limit`
}

/** The statement of the sums of a list: one row for all, then one for each means. */
export const sumSql = (narrowed: Narrowing) => ({
  all: `SELECT count(*) AS count, count(CASE WHEN state = 'voided' THEN 1 END) AS voided
    FROM (SELECT r.state FROM ${sourceOf(narrowed)} WHERE ${conditionsOf(narrowed)} LIMIT @most + 1)`,
  means: `SELECT t.means, sum(t.amount) AS amount
    FROM ${sourceOf(narrowed)} CROSS JOIN tenders t ON t.payment_id = p.id
    WHERE ${conditionsOf(narrowed)} AND r.state = 'issued' ${narrowed.means && narrowed.found !== 'receipts' ? 'AND t.means = @means' : ''}
    GROUP BY t.means ORDER BY 2 DESC`,
})

/** Rows as stored, of a page and one more, with their tenders. */
function asRows(context: Context, stored: readonly StoredRow[]): PaymentRow[] {
  const { sqlite } = context
  const tenders = statement<{ means: Means; amount: Fen; received: Fen | null; reference: string }>(
    sqlite,
    'SELECT means, amount, received, reference FROM tenders WHERE payment_id = ? ORDER BY line_no',
  )
  return stored.map(({ reversedAt, reason, approverName, ...row }) => ({
    ...row,
    covered: sum(coveredBy(context, row).map(({ amount }) => amount)),
    tenders: tenders.all(row.paymentId),
    reversal: reversedAt === null ? null : { at: reversedAt, reason: reason ?? '', approverName: approverName ?? '' },
  }))
}

export const receiptsOf = useCase(ReceiptsOf, ({ accountId, page: { after, size } }, context) => {
  const found = statement<StoredRow>(context.sqlite, ofAccountSql).all({
    of: accountId,
    after: after ?? newest,
    limit: size + 1,
  })
  const rows = asRows(context, found.slice(0, size))
  return { rows, next: found.length > size ? (rows.at(-1)?.paymentId ?? null) : null }
})

type Wanted = Omit<ParsedInputOf<typeof PaymentsOf>, 'page'>

/** How the payments somebody wants are listed, and what is bound for it. */
function wantedPayments(context: Context, { date, until, receiptNo, search, means, state }: Wanted) {
  const text = receiptNo === '' ? search : receiptNo
  const { of = null, ...found } = text === '' ? {} : foundBy(context, text, receiptNo !== '')
  return {
    narrowed: { found: of, span: date !== null, means: means !== null, state } satisfies Narrowing,
    bound: {
      ...found,
      ...(date === null ? {} : { from: date, to: until ?? date }),
      ...(means === null ? {} : { means }),
      ...(state === null ? {} : { state }),
    },
  }
}

interface FoundBy {
  readonly of?: 'receipts' | 'accounts'
  readonly found?: string
  readonly accounts?: string
}

/** A receipt's own number, as typed or scanned, else the accounts of the customers that answer to the text. */
function foundBy(context: Context, text: string, receiptOnly: boolean): FoundBy {
  const byNumber = statement<{ id: string }>(
    context.sqlite,
    'SELECT payment_id AS id FROM receipts WHERE receipt_no IN (SELECT value FROM json_each(?))',
  ).all(JSON.stringify(numbersQuoted(context, 'receipt', text)))
  const found = JSON.stringify(byNumber.map(({ id }) => id))
  if (receiptOnly) return { of: 'receipts', found, accounts: '[]' }
  if (byNumber.length > 0) return { of: 'receipts', found, accounts: accountsBearing(context, text) }
  return { of: 'accounts', found: accountsMatching(context, text) ?? '[]' }
}

export const payments = useCase(PaymentsOf, ({ page: { after, size }, ...wanted }, context) => {
  const { narrowed, bound } = wantedPayments(context, wanted)
  const [day, id] = after === null ? [null, null] : cursorOf(after)
  const byDay = narrowed.found === null && narrowed.span
  const found = statement<StoredRow>(context.sqlite, listSql(narrowed, after !== null)).all({
    ...bound,
    limit: size + 1,
    ...(after === null ? {} : { after: id, ...(byDay ? { day } : {}) }),
  })
  const rows = asRows(context, found.slice(0, size))
  const last = rows.at(-1)
  return { rows, next: found.length > size && last ? `${last.businessDate} ${last.paymentId}` : null }
})

function cursorOf(after: string): [string, string] {
  const parts = /^(\d{4}-\d{2}-\d{2}) ([0-9a-f-]{36})$/.exec(after)
  if (!parts?.[1] || !parts[2]) throw new InvalidInput('翻页位置无效，请重新打开列表', { field: 'page.after' })
  return [parts[1], parts[2]]
}

/** Payments of the days wanted, counted by their index as far as `most` and one more. */
export const countSql = ({ span }: Pick<Narrowing, 'span'>): string =>
  `SELECT count(*) AS n FROM (SELECT 1 FROM payments${span ? ' WHERE business_date BETWEEN @from AND @to' : ''} LIMIT @most + 1)`

/** Payments gone through for the sums of those of one means, or of those that stand: as many times as are added up. */
const lookedThrough = 10

/** Whether more would have to be read than one answer may take: years of payments are not gone through for what few of them are. */
function areTooMany(context: Context, narrowed: Narrowing, bound: Readonly<Record<string, unknown>>): boolean {
  if (narrowed.found !== null || byReversals(narrowed)) return false
  const most = maxSummedRows * (narrowed.means || narrowed.state !== null ? lookedThrough : 1)
  const counted = statement<{ n: number }>(context.sqlite, countSql(narrowed)).get({ ...bound, most })
  return (counted?.n ?? 0) > most
}

export const paymentSums = useCase(PaymentSums, (wanted, context) => {
  const { narrowed, bound } = wantedPayments(context, wanted)
  if (areTooMany(context, narrowed, bound)) return null
  const sql = sumSql(narrowed)
  const all = statement<{ count: number; voided: number }>(context.sqlite, sql.all).get({
    ...bound,
    most: maxSummedRows,
  })
  if (!all || all.count > maxSummedRows) return null
  const means = statement<{ means: Means; amount: Fen }>(context.sqlite, sql.means).all(bound)
  // What was paid from prepayment came in before, as on the 日结单.
  const incoming = means.filter((one) => one.means !== 'prepayment')
  return { ...all, amount: sum(incoming.map(({ amount }) => amount)), means }
})

/** The newest payment of a shift, or null. */
export function lastOfShift(context: Context, shiftId: string): PaymentRow | null {
  const found = statement<StoredRow>(context.sqlite, ofShiftSql).all({ of: shiftId, after: newest, limit: 1 })
  return asRows(context, found)[0] ?? null
}
