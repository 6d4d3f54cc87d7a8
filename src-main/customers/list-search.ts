/** Narrowing a list of another room to the customers somebody means: the same words find the same people everywhere. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { numbersQuoted, type NumberKind } from '../platform/numbers.ts'
import { recordFound, spendTries } from './search-guard.ts'
import { findRows, searchSql, type IndexedRow } from './search.ts'
import { bareNumber, parseQuery } from './search-words.ts'

/** Customers a list is narrowed to at most; whoever types one letter wants to go on typing. */
export const maxListed = 200

/** Rows looked at for those of one building: the words alone find whatever begins with its number, a unit or a room too. */
const maxLookedAt = 10 * maxListed

/** '和平小区2号楼' means that building; a bare number may be anything. */
const buildingsNamed = (text: string): string[] =>
  [...text.normalize('NFKC').matchAll(/([0-9a-z]+)\s*(?:号楼|栋|幢|座)/giu)].map(([, no = '']) => bareNumber(no))

/** Those that answer to the words, of the building where one is named. */
function rowsFound(sqlite: Context['sqlite'], words: ReturnType<typeof parseQuery>, text: string): readonly number[] {
  const buildings = buildingsNamed(text)
  if (buildings.length === 0) return findRows(sqlite, words, maxListed)
  const buildingOf = statement<{ building: string }>(sqlite, 'SELECT building FROM customer_index WHERE row = ?')
  return findRows(sqlite, words, maxLookedAt)
    .filter((row) => buildings.includes(bareNumber(buildingOf.get(row)?.building ?? '')))
    .slice(0, maxListed)
}

/** Rows of the index that answer to a text, best first. @throws TooManySearches */
export function rowsMatching(context: Context, text: string): IndexedRow[] {
  const { sqlite } = context
  const words = parseQuery(text)
  if (words.length === 0) return []
  const again = spendTries(context, words)
  const found = rowsFound(sqlite, words, text).flatMap(
    (row) => statement<IndexedRow>(sqlite, searchSql.row).get(row) ?? [],
  )
  if (!again) recordFound(context, words, found)
  return found
}

/** Accounts of the customers that answer to a text, as a JSON array to be bound; null when nothing was typed. */
export function accountsMatching(context: Context, text: string): string | null {
  if (text.trim() === '') return null
  return JSON.stringify(rowsMatching(context, text).flatMap(({ accountId }) => accountId ?? []))
}

/**
 * The accounts that bear a number written without letters, as a JSON array: a customer's own number has the same digits as
 * some bill and some receipt, and whoever types or scans it means the customer.
 */
export const accountsBearing = (context: Context, text: string): string =>
  /[a-z]/i.test(text.normalize('NFKC')) ? '[]' : (accountsMatching(context, text) ?? '[]')

/**
 * The condition by which a list of another room holds only what was searched: a record by its own number, or the records
 * of the customers that answer to the text. `of` is the column of the account, or of the customer where there is no account
 * yet. '' where nothing was typed.
 */
export const foundSql = (
  searched: boolean,
  number: string,
  column: string,
  of: 'accounts' | 'customers' = 'accounts',
) =>
  searched
    ? `AND (${number} IN (SELECT value FROM json_each(@numbers)) OR ${column} IN (SELECT value FROM json_each(@${of})))`
    : ''

/**
 * The rows of a list: those `within` its filter; while something is searched, those of them that belong to the customers
 * found, and what bears that number itself, whatever the filter: who types a number means that one record.
 * @param said columns with the words of people who need be no customers of ours: the caller's name, the place as he said it
 */
export const foundWithin = (
  searched: boolean,
  within: string,
  number: string,
  column: string,
  of: 'accounts' | 'customers' | 'rounds' = 'accounts',
  said: readonly string[] = [],
) =>
  searched
    ? `(${number} IN (SELECT value FROM json_each(@numbers))
        OR (${within} AND (${column} IN (SELECT value FROM json_each(@${of}))${said.map(says).join('')})))`
    : within

const says = (column: string) => ` OR (@said <> '' AND instr(replace(${column}, ' ', ''), @said) > 0)`

/**
 * What is looked for among words that were taken down; '' for numbers, of which no part may be found out: a number of a person
 * that stands among the words is not rebuilt behind a character of them either.
 */
const saidIn = (text: string): string => {
  const said = text.normalize('NFKC').replace(/\s+/g, '')
  return /\p{Script=Han}/u.test(said) && !/\d{5}/.test(said) ? said : ''
}

/** What `foundSql` and `foundWithin` are bound to; a list of several kinds of number names them all. @throws TooManySearches */
export function foundBound(context: Context, kinds: NumberKind | readonly NumberKind[], text: string) {
  if (text === '') return {}
  const rows = rowsMatching(context, text)
  return {
    numbers: JSON.stringify([kinds].flat().flatMap((kind) => numbersQuoted(context, kind, text))),
    said: saidIn(text),
    accounts: JSON.stringify(rows.flatMap(({ accountId }) => accountId ?? [])),
    customers: JSON.stringify([...new Set(rows.map(({ customerId }) => customerId))]),
  }
}
