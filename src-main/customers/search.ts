/** Search as you type: the full-text index names the rows, the files say what is shown, `marks` says why it was found. */
import type { Context } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import type { Fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { SearchCustomers, type FoundCustomerValue } from './api.ts'
import { meterNosSql } from './meter-numbers.ts'
import { careOf } from './records.ts'
import { marksOf } from './search-marks.ts'
import { recordFound, spendTries } from './search-guard.ts'
import { matchExpression, matchSteps, numberPrefix, parseQuery, type QueryWord } from './search-words.ts'
import { standingOf } from './search-index.ts'
import type { CustomerCategory, GasState } from './words.ts'

/** One line of a list or a search, as stored. */
export interface IndexedRow {
  row: number
  customerId: string
  accountId: string | null
  accountNo: string | null
  accountState: 'active' | 'transferred' | 'closed' | null
  name: string
  category: CustomerCategory
  phone: string
  phoneAlt: string | null
  idNumber: string | null
  specialCare: string | null
  address: string | null
  gasState: GasState | null
  meterNo: string | null
  oldNos: string | null
  prepayment: Fen | null
  arrears: Fen | null
  updatedAt: number
}

export const rowColumns = `
  i.row, i.customer_id AS customerId, i.account_id AS accountId, a.account_no AS accountNo, a.state AS accountState, c.name,
  c.category, c.phone, c.phone_alt AS phoneAlt, c.id_number AS idNumber, c.special_care AS specialCare, p.address,
  p.gas_state AS gasState, a.prepayment, a.arrears, c.updated_at AS updatedAt,
  ${meterNosSql('a.service_point_id')} AS meterNo,
  (SELECT group_concat(o.alias, ' ') FROM account_aliases o WHERE o.account_id = i.account_id) AS oldNos`
export const rowTables = `
  customer_index i CROSS JOIN customers c ON c.id = i.customer_id LEFT JOIN accounts a ON a.id = i.account_id
  LEFT JOIN service_points p ON p.id = a.service_point_id`

/** What may be shown of a row; the full ID and phone stay here. */
export const shownRow = (row: IndexedRow) => ({
  customerId: row.customerId,
  accountId: row.accountId,
  accountNo: row.accountNo,
  name: row.name,
  category: row.category,
  address: row.address ?? '',
  meterNo: row.meterNo,
  phoneTail: row.phone.slice(-4),
  // What is owed is what remains after the prepayment.
  arrears: Math.max(0, (row.arrears ?? 0) - (row.prepayment ?? 0)) as Fen,
  prepayment: row.prepayment ?? (0 as Fen),
  specialCare: careOf(row.specialCare),
  gasState: row.gasState,
  standing: standingOf(row),
})

export const searchSql = {
  text: 'SELECT rowid AS row FROM customer_search WHERE customer_search MATCH ? LIMIT ?',
  row: `SELECT ${rowColumns} FROM ${rowTables} WHERE i.row = ?`,
  account: `SELECT i.row FROM accounts a CROSS JOIN customer_index i ON i.account_id = a.id
    WHERE a.account_no >= ? AND a.account_no < ? ORDER BY a.account_no LIMIT ?`,
  meter: `SELECT i.row FROM meters m CROSS JOIN accounts a ON a.service_point_id = m.service_point_id
    CROSS JOIN customer_index i ON i.account_id = a.id
    WHERE m.meter_no >= ? AND m.meter_no < ? AND m.state = 'in-use' ORDER BY m.meter_no LIMIT ?`,
  oldNo: `SELECT i.row FROM account_aliases o CROSS JOIN customer_index i ON i.account_id = o.account_id
    WHERE o.alias >= ? AND o.alias < ? ORDER BY o.alias LIMIT ?`,
} as const

/** Rows of the index that match, best first, at most `limit`. */
export function findRows(sqlite: Sqlite, words: readonly QueryWord[], limit: number): number[] {
  const found = new Set<number>()
  const add = (rows: readonly { row: number }[]) => rows.forEach(({ row }) => found.add(row))
  const asked = new Set<string>()
  for (const step of matchSteps) {
    if (found.size >= limit) break
    const expression = matchExpression(words, step)
    if (expression === null || asked.has(expression)) continue
    asked.add(expression)
    add(statement<{ row: number }>(sqlite, searchSql.text).all(expression, limit))
  }
  const prefix = numberPrefix(words)?.toUpperCase()
  if (prefix !== undefined) {
    for (const sql of [searchSql.account, searchSql.oldNo, searchSql.meter]) {
      if (found.size >= limit) break
      // No number holds a character beyond 'Z'.
      add(statement<{ row: number }>(sqlite, sql).all(prefix, `${prefix}[`, limit))
    }
  }
  return [...found].slice(0, limit)
}

/** Finds customers by anything they can tell of themselves. @throws TooManySearches */
export function findCustomers(context: Context, text: string, limit: number): FoundCustomerValue[] {
  const { sqlite } = context
  const words = parseQuery(text)
  const again = spendTries(context, words)
  const found = findRows(sqlite, words, limit).flatMap(
    (row) => statement<IndexedRow>(sqlite, searchSql.row).get(row) ?? [],
  )
  if (!again) recordFound(context, words, found)
  return found.map((row) => ({ ...shownRow(row), ...marksOf(row, words) }))
}

export const searchCustomers = useCase(SearchCustomers, ({ text, limit }, context) => ({
  rows: findCustomers(context, text, limit),
}))
