/** The customer list: pages by key, filtered and sorted by indexes only. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { InvalidInput } from '../platform/errors.ts'
import { maxSummedRows } from '../platform/contract.ts'
import type { Fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { CountCustomers, CustomerTotals, ListCustomers, SumCustomers, type CustomerFilterValue } from './api.ts'
import { rowsMatching } from './list-search.ts'
import { rowColumns, rowTables, shownRow, type IndexedRow } from './search.ts'
import { customerCategories, standings } from './words.ts'

const sortColumns = { account: 'account_no', name: 'name_key' } as const
export type ListSort = keyof typeof sortColumns

/** One cursor for every order: the sort key and the row it stands on. */
const Cursor = /^([^\n]*)\n(\d{1,15}|[0-9a-f-]{1,40})$/

function cursorOf(after: string | null): { key: string; id: string } | null {
  if (after === null) return null
  const parts = Cursor.exec(after)
  if (!parts) throw new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })
  return { key: parts[1] ?? '', id: parts[2] ?? '' }
}

/** 欠费: a debt that the prepayment covers is none. The first part is that of the partial index. */
const owes = 'a.arrears > 0 AND a.arrears > a.prepayment'

/** The conditions of a filter but for debt. Bound: @category, @standing, @rows. */
const conditionsOf = (filter: CustomerFilterValue): string[] => [
  ...(filter.category === null ? [] : ['i.category = @category']),
  ...(filter.standing === null ? [] : ['i.standing = @standing']),
  ...(filter.specialCare ? ['i.special = 1'] : []),
]

/** The statement of all that a search found, at most `maxListed`: few enough to be put in order here. */
export function foundSql(filter: CustomerFilterValue, sort: ListSort): string {
  const where = ['i.row IN (SELECT value FROM json_each(@rows))', ...conditionsOf(filter)]
  const debt = filter.inArrears ? [owes] : []
  const order = filter.inArrears ? 'a.arrears DESC, a.id DESC' : `i.${sortColumns[sort]}, i.row`
  return `SELECT ${rowColumns} FROM ${rowTables} WHERE ${[...where, ...debt].join(' AND ')} ORDER BY ${order}`
}

/** The statement of one page. Bound: @category, @standing, @key, @id, @limit. */
export function listSql(filter: CustomerFilterValue, sort: ListSort, following: boolean): string {
  const conditions = conditionsOf(filter)
  if (filter.inArrears) {
    // Debts are the accounts' own; the largest first. The partial index holds debtors only.
    const where = [owes, ...(following ? ['(a.arrears, a.id) < (@key, @id)'] : []), ...conditions]
    return `SELECT ${rowColumns} FROM accounts a CROSS JOIN customer_index i ON i.account_id = a.id
      CROSS JOIN customers c ON c.id = i.customer_id LEFT JOIN service_points p ON p.id = a.service_point_id
      WHERE ${where.join(' AND ')} ORDER BY a.arrears DESC, a.id DESC LIMIT @limit`
  }
  const column = `i.${sortColumns[sort]}`
  const where = [...conditions, ...(following ? [`(${column}, i.row) > (@key, @id)`] : [])]
  return `SELECT ${rowColumns}, ${column} AS sortKey FROM ${rowTables}
    ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${column}, i.row LIMIT @limit`
}

const boundOf = (context: Context, filter: CustomerFilterValue) => ({
  category: filter.category,
  standing: filter.standing,
  ...(filter.search === '' ? {} : { rows: JSON.stringify(rowsMatching(context, filter.search).map(({ row }) => row)) }),
})

export const listCustomers = useCase(ListCustomers, ({ page: { after, size }, filter, sort }, context) => {
  const { sqlite } = context
  if (filter.search !== '') {
    const found = statement<IndexedRow>(sqlite, foundSql(filter, sort)).all(boundOf(context, filter))
    const from = after === null ? 0 : found.findIndex(({ row }) => String(row) === after) + 1
    const page = found.slice(from, from + size)
    return {
      rows: page.map((row) => ({ ...shownRow(row), updatedAt: row.updatedAt })),
      next: from + size < found.length ? String(page.at(-1)?.row) : null,
    }
  }
  const cursor = cursorOf(after)
  const rows = statement<IndexedRow & { sortKey?: string }>(sqlite, listSql(filter, sort, cursor !== null)).all({
    category: filter.category,
    standing: filter.standing,
    key: filter.inArrears ? Number(cursor?.key) : (cursor?.key ?? null),
    id: filter.inArrears ? (cursor?.id ?? null) : Number(cursor?.id),
    limit: size + 1,
  })
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => ({ ...shownRow(row), updatedAt: row.updatedAt })),
    next:
      rows.length <= size || !last
        ? null
        : filter.inArrears
          ? `${last.arrears}\n${last.accountId}`
          : `${last.sortKey}\n${last.row}`,
  }
})

/** What the filter adds up to, of at most @most rows and one more to know that there are more. Bound as the list is. */
export function sumSql(filter: CustomerFilterValue): string {
  const where = [
    ...(filter.search === '' ? [] : ['i.row IN (SELECT value FROM json_each(@rows))']),
    ...conditionsOf(filter),
    ...(filter.inArrears ? [owes] : []),
  ]
  const tables = filter.inArrears
    ? 'accounts a CROSS JOIN customer_index i ON i.account_id = a.id'
    : 'customer_index i LEFT JOIN accounts a ON a.id = i.account_id'
  return `SELECT count(*) AS count, coalesce(sum(arrears) FILTER (WHERE owes), 0) AS arrears,
      coalesce(sum(prepayment), 0) AS prepayment, count(*) FILTER (WHERE owes) AS inArrears
    FROM (SELECT a.arrears, a.prepayment, ${owes} AS owes FROM ${tables}
      ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} LIMIT @most + 1)`
}

export const sumCustomers = useCase(SumCustomers, ({ filter }, context) => {
  const sums = statement<{ count: number; arrears: Fen; prepayment: Fen; inArrears: number }>(
    context.sqlite,
    sumSql(filter),
  ).get({ ...boundOf(context, filter), most: maxSummedRows })
  return !sums || sums.count > maxSummedRows ? null : sums
})

export const countSql = {
  total: 'SELECT count(*) AS n FROM customer_index',
  category: 'SELECT count(*) AS n FROM customer_index WHERE category = ?',
  standing: 'SELECT count(*) AS n FROM customer_index WHERE standing = ?',
  special: 'SELECT count(*) AS n FROM customer_index WHERE special = 1',
  arrears: `SELECT count(*) AS n FROM accounts a WHERE ${owes}`,
} as const

const count = ({ sqlite }: Context, sql: string, ...bound: string[]): number =>
  statement<{ n: number }>(sqlite, sql).get(...bound)?.n ?? 0

export const countCustomers = useCase(CountCustomers, (_, context) => {
  const category = Object.fromEntries(customerCategories.map((one) => [one, count(context, countSql.category, one)]))
  return {
    total: Object.values(category).reduce((total, n) => total + n, 0),
    category,
    standing: Object.fromEntries(standings.map((one) => [one, count(context, countSql.standing, one)])),
    specialCare: count(context, countSql.special),
    inArrears: count(context, countSql.arrears),
  }
})

/** Also for the test of its plan. */
export const streetSql = `SELECT street, community, building, count(*) AS customers, sum(special) AS care
  FROM customer_index WHERE street = ? AND standing IN ('supplied', 'suspended') GROUP BY community, building`

/** The buildings of a street with their customers who have gas or would have it, and how many are under special care. */
export const customersOfStreet = ({ sqlite }: Context, street: string) =>
  statement<{ street: string; community: string; building: string; customers: number; care: number }>(
    sqlite,
    streetSql,
  ).all(street)

type Kept = 'total' | 'special' | 'active' | 'arrears'
/** As kept, not counted anew: a hall may have hundreds of thousands. */
const kept = ({ sqlite }: Pick<Context, 'sqlite'>, what: Kept): number =>
  statement<{ n: number }>(sqlite, 'SELECT n FROM customer_counts WHERE what = ?').get(what)?.n ?? 0

/** Accounts in use. */
export const activeAccounts = (context: Pick<Context, 'sqlite'>): number => kept(context, 'active')

export const customerTotals = useCase(CustomerTotals, (_, context) => ({
  total: kept(context, 'total'),
  specialCare: kept(context, 'special'),
  inArrears: kept(context, 'arrears'),
}))
