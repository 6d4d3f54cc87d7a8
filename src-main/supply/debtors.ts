/** 欠费户 and 催缴单 as lists: each by an index of its own, paged by key. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, formatInstant, type BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { foundBound, foundSql, foundWithin } from '../customers/service.ts'
import { owesOverdueSql } from '../billing/service.ts'
import type { CustomerCategory } from '../customers/api.ts'
import { today } from '../ledger/service.ts'
import {
  DebtorCount,
  Debtors,
  maxCounted,
  dunningActions,
  Dunnings,
  DunningsOfAccount,
  type DebtorFilter,
  type DebtorRow,
  type DebtorSort,
  type DunningAction,
  type DunningFilter,
  type DunningRow,
  type DunningState,
} from './api.ts'
import { overdueOf } from './debt.ts'
import { lastCallTo } from './dunning-calls.ts'
import { dunningFacts, type DunningRecord } from './dunning-store.ts'
import { obstaclesToDunning } from './rules.ts'

type StoredDebtor = Omit<
  DebtorRow,
  'principal' | 'lateFee' | 'oldestDueOn' | 'overdueDays' | 'specialCare' | 'lastCall'
> & {
  readonly specialCare: string | null
  /** What the page follows: due date and bill, or arrears and account. */
  readonly key: string | number
  readonly keyId: string
}

const columns = `a.id AS accountId, a.customer_id AS customerId, a.account_no AS accountNo, c.name AS customerName, c.category, p.address,
  p.gas_state AS gasState, c.special_care AS specialCare, d.id AS dunningId, d.state AS dunningState`
const joined = `CROSS JOIN customers c ON c.id = a.customer_id CROSS JOIN service_points p ON p.id = a.service_point_id
  LEFT JOIN dunnings d ON d.account_id = a.id AND d.living = 1`

/**
 * One page of debtors. By days: each account once, at its oldest open bill, in the order of the due dates. By amount: the
 * accounts in the order of what they owe, if something of it is overdue long enough. Bound: @dueBefore, @minFen, @key, @keyId, @limit.
 */
export function debtorsSql(
  sort: DebtorSort,
  { undunned, search = '' }: Pick<DebtorFilter, 'undunned'> & Partial<Pick<DebtorFilter, 'search'>>,
  following: boolean,
): string {
  const more = `${foundSql(search !== '', 'a.account_no', 'a.id')} ${undunned ? 'AND d.id IS NULL' : ''}
    AND a.arrears - a.prepayment >= @minFen
    AND (a.prepayment = 0 OR ${owesOverdueSql('a.id', '@dueBefore')})`
  if (sort === 'amount') {
    return `SELECT ${columns}, a.arrears AS key, a.id AS keyId FROM accounts a INDEXED BY accounts_in_arrears ${joined}
      WHERE a.arrears > 0 ${following ? 'AND (a.arrears, a.id) < (@key, @keyId)' : ''} ${more}
        AND EXISTS (SELECT 1 FROM bills b INDEXED BY bills_open
          WHERE b.account_id = a.id AND b.state = 'open' AND b.due_on < @dueBefore)
      ORDER BY a.arrears DESC, a.id DESC LIMIT @limit`
  }
  return `SELECT ${columns}, b.due_on AS key, b.id AS keyId FROM bills b INDEXED BY bills_overdue
      CROSS JOIN accounts a ON a.id = b.account_id ${joined}
    WHERE b.state = 'open' AND b.due_on < @dueBefore ${following ? 'AND (b.due_on, b.id) > (@key, @keyId)' : ''} ${more}
      AND NOT EXISTS (SELECT 1 FROM bills o INDEXED BY bills_open
        WHERE o.account_id = b.account_id AND o.state = 'open' AND (o.due_on, o.id) < (b.due_on, b.id))
    ORDER BY b.due_on, b.id LIMIT @limit`
}

/** The first due date that is not overdue long enough. */
const dueBefore = (context: Context, minDays: number): BusinessDate => addDays(today(context), 1 - minDays)

interface Cursor {
  readonly key: string | number
  readonly keyId: string
}

function readDebtors(
  context: Context,
  filter: DebtorFilter,
  sort: DebtorSort,
  cursor: Cursor | null,
  limit: number,
): StoredDebtor[] {
  return statement<StoredDebtor>(context.sqlite, debtorsSql(sort, filter, cursor !== null)).all({
    ...foundBound(context, 'account', filter.search),
    dueBefore: dueBefore(context, filter.minDays),
    minFen: filter.minFen,
    limit,
    ...(cursor ?? {}),
  })
}

/** The accounts of the first debtors of a filter, the longest overdue first. */
export const debtorAccounts = (context: Context, filter: Partial<DebtorFilter>, limit: number): string[] =>
  readDebtors(context, { minDays: 1, minFen: 0, undunned: false, search: '', ...filter }, 'days', null, limit).map(
    ({ accountId }) => accountId,
  )

/** Households that are overdue and not dunned yet: what waits besides the dunnings in hand. Counts to `maxCounted`. */
export const debtorCount = useCase(DebtorCount, (_, context) => {
  const sql = `SELECT count(*) AS n FROM (${debtorsSql('days', { undunned: true }, false)})`
  const bound = {
    ...foundBound(context, 'account', ''),
    dueBefore: dueBefore(context, 1),
    minFen: 0,
    limit: maxCounted,
  }
  return { undunned: statement<{ n: number }>(context.sqlite, sql).get(bound)?.n ?? 0 }
})

const cursorPattern = /^(\d{4}-\d{2}-\d{2}|\d{1,15})\/([0-9a-f-]{36})$/

function cursorOf(after: string | null, sort: DebtorSort): Cursor | null {
  if (after === null) return null
  const parts = cursorPattern.exec(after)
  const [key, keyId] = [parts?.[1], parts?.[2]]
  if (key === undefined || keyId === undefined || key.includes('-') !== (sort === 'days')) {
    throw new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })
  }
  return { key: sort === 'days' ? key : Number(key), keyId }
}

export const debtors = useCase(Debtors, ({ filter, sort, page: { after, size } }, context) => {
  const rows = readDebtors(context, filter, sort, cursorOf(after, sort), size + 1)
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ key: _, keyId: __, specialCare, ...row }) => {
      const { principal, lateFee, oldestDueOn, overdueDays } = overdueOf(context, row.accountId)
      return {
        ...row,
        specialCare: specialCare !== null,
        principal,
        lateFee,
        oldestDueOn: oldestDueOn ?? today(context),
        overdueDays,
        lastCall: lastCallTo(context, row.accountId),
      }
    }),
    next: rows.length > size && last ? `${last.key}/${last.keyId}` : null,
  }
})

const filterStates: Readonly<Record<DunningFilter, readonly DunningState[]>> = {
  issued: ['issued'],
  waiting: ['delivered'],
  ready: ['delivered'],
  announced: ['announced'],
  suspended: ['suspended'],
  paid: ['paid'],
  done: ['resumed', 'settled', 'cancelled'],
}

type StoredDunning = DunningRecord & {
  readonly accountNo: string
  readonly customerName: string
  readonly address: string
  readonly category: CustomerCategory
  readonly specialCare: string | null
}

const dunningColumns = `d.id, d.dunning_no AS dunningNo, d.batch_id AS batchId, d.account_id AS accountId,
  d.customer_id AS customerId, d.service_point_id AS servicePointId, d.state, d.oldest_due_on AS oldestDueOn,
  d.issued_at AS issuedAt, d.next_at AS nextAt, d.delivered_at AS deliveredAt, d.announced_at AS announcedAt,
  d.suspended_at AS suspendedAt, d.paid_at AS paidAt, a.account_no AS accountNo, c.name AS customerName, p.address,
  c.category, c.special_care AS specialCare`
const dunningTables = `CROSS JOIN accounts a ON a.id = d.account_id CROSS JOIN customers c ON c.id = d.customer_id
  CROSS JOIN service_points p ON p.id = d.service_point_id`

/** One page of a filter, by when the next step may be done. Bound: @now, @state, @nextAt, @id, @limit. */
export function dunningsSql(filter: DunningFilter, searched = false): string {
  const due = filter === 'ready' ? 'AND d.next_at <= @now' : filter === 'waiting' ? 'AND d.next_at > @now' : ''
  if (searched) {
    // Few, so they are put in order when they are read.
    const states = filterStates[filter].map((state) => `'${state}'`).join(', ')
    const [side, direction] = filter === 'done' ? ['<', 'DESC'] : ['>', '']
    return `SELECT ${dunningColumns} FROM dunnings d ${dunningTables}
      WHERE ${foundWithin(true, `d.state IN (${states}) ${due} AND (d.next_at, d.id) ${side} (@nextAt, @id)`, 'd.dunning_no', 'd.account_id')}
      ORDER BY d.next_at ${direction}, d.id ${direction} LIMIT @limit`
  }
  if (filter === 'done') {
    const states = filterStates.done.map(
      (state) => `SELECT * FROM (SELECT d.* FROM dunnings d INDEXED BY dunnings_state
        WHERE d.state = '${state}' AND (d.next_at, d.id) < (@nextAt, @id) ORDER BY d.next_at DESC, d.id DESC LIMIT @limit)`,
    )
    return `SELECT ${dunningColumns} FROM (${states.join(' UNION ALL ')}) d ${dunningTables}
      ORDER BY d.next_at DESC, d.id DESC LIMIT @limit`
  }
  return `SELECT ${dunningColumns} FROM dunnings d INDEXED BY dunnings_state ${dunningTables}
    WHERE d.state = '${filterStates[filter][0] ?? ''}' ${due} AND (d.next_at, d.id) > (@nextAt, @id)
    ORDER BY d.next_at, d.id LIMIT @limit`
}

function shownDunning(context: Context, row: StoredDunning): DunningRow {
  const facts = dunningFacts(context, row)
  const obstacles = Object.fromEntries(
    dunningActions.map((action) => [
      action,
      // The reason is asked for in the dialog itself.
      obstaclesToDunning(action, { ...facts, specialReason: '-' }, formatInstant).map(({ text }) => text),
    ]),
  ) as Record<DunningAction, string[]>
  const { id, dunningNo, batchId, accountId, customerId, accountNo, customerName, address, category, state } = row
  const { issuedAt, nextAt, deliveredAt, announcedAt, suspendedAt, paidAt } = row
  return {
    ...{ id, dunningNo, batchId, accountId, customerId, accountNo, customerName, address, category, state },
    ...{ issuedAt, nextAt, deliveredAt, announcedAt, suspendedAt, paidAt },
    specialCare: row.specialCare !== null,
    owed: fen(facts.owed),
    oldestDueOn: row.oldestDueOn as BusinessDate,
    lastCall: lastCallTo(context, accountId),
    obstacles,
  }
}

const dunningCursor = /^(\d{1,15})\/([0-9a-f-]{36})$/

export const dunnings = useCase(Dunnings, ({ filter, search, page: { after, size } }, context) => {
  const cursor = after === null ? null : dunningCursor.exec(after)
  if (after !== null && !cursor) throw new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })
  const newestFirst = filter === 'done'
  const rows = statement<StoredDunning>(context.sqlite, dunningsSql(filter, search !== '')).all({
    ...foundBound(context, 'dunning', search),
    ...(filter === 'ready' || filter === 'waiting' ? { now: context.clock.now() } : {}),
    nextAt: Number(cursor?.[1] ?? (newestFirst ? Number.MAX_SAFE_INTEGER : 0)),
    id: cursor?.[2] ?? '',
    limit: size + 1,
  })
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => shownDunning(context, row)),
    next: rows.length > size && last ? `${last.nextAt}/${last.id}` : null,
  }
})

export const dunningsOfAccount = useCase(DunningsOfAccount, ({ accountId }, context) =>
  statement<StoredDunning>(
    context.sqlite,
    `SELECT ${dunningColumns} FROM dunnings d INDEXED BY dunnings_account ${dunningTables}
     WHERE d.account_id = ? ORDER BY d.issued_at DESC LIMIT 50`,
  )
    .all(accountId)
    .map((row) => shownDunning(context, row)),
)
