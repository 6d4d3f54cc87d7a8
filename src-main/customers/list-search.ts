/** Narrowing a list of another room to the customers somebody means: the same words find the same people everywhere. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { recordFound, spendTries } from './search-guard.ts'
import { findRows, searchSql, type IndexedRow } from './search.ts'
import { parseQuery } from './search-words.ts'

/** Customers a list is narrowed to at most; whoever types one letter wants to go on typing. */
export const maxListed = 200

/** Rows of the index that answer to a text, best first. @throws TooManySearches */
export function rowsMatching(context: Context, text: string): IndexedRow[] {
  const { sqlite } = context
  const words = parseQuery(text)
  if (words.length === 0) return []
  spendTries(context, words)
  const found = findRows(sqlite, words, maxListed).flatMap(
    (row) => statement<IndexedRow>(sqlite, searchSql.row).get(row) ?? [],
  )
  recordFound(
    context,
    words,
    found.map(({ customerId, phone, phoneAlt, idNumber }) => ({ customerId, numbers: [phone, phoneAlt, idNumber] })),
  )
  return found
}

/** Accounts of the customers that answer to a text, as a JSON array to be bound; null when nothing was typed. */
export function accountsMatching(context: Context, text: string): string | null {
  if (text.trim() === '') return null
  return JSON.stringify(rowsMatching(context, text).flatMap(({ accountId }) => accountId ?? []))
}
