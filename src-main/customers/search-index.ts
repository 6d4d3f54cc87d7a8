/**
 * Keeps `customer_index` and the full-text index `customer_search` in step with the files. Both are derived and stay on
 * this PC; `indexAll` makes them anew.
 */
import type { Context } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { meterNosSql } from './meter-numbers.ts'
import { nameKey, searchTerms } from './search-words.ts'
import type { CustomerCategory, GasState, Standing } from './words.ts'

/** What the index says about one account, or about a customer without one. */
interface Indexed {
  customerId: string
  accountId: string | null
  name: string
  category: CustomerCategory
  phone: string
  phoneAlt: string | null
  idNumber: string | null
  special: 0 | 1
  accountNo: string | null
  accountState: 'active' | 'transferred' | 'closed' | null
  gasState: GasState | null
  street: string | null
  community: string
  building: string
  unit: string
  room: string
  meterNo: string | null
  /** Old account numbers, separated by spaces. */
  oldNos: string | null
}

// The meter's number is the metering room's, but it is what customers read out most. Reading it here keeps the arrow
// between the rooms: metering calls `reindexCustomer` when a meter comes or goes.
const subjectColumns = `
  c.id AS customerId, a.id AS accountId, c.name, c.category, c.phone, c.phone_alt AS phoneAlt, c.id_number AS idNumber,
  c.special_care IS NOT NULL AS special, a.account_no AS accountNo, a.state AS accountState, p.gas_state AS gasState,
  p.street, p.community, p.building, p.unit, p.room,
  ${meterNosSql('a.service_point_id')} AS meterNo,
  (SELECT group_concat(o.alias, ' ') FROM account_aliases o WHERE o.account_id = a.id) AS oldNos`
const subjectTables = `
  customers c LEFT JOIN accounts a ON a.customer_id = c.id LEFT JOIN service_points p ON p.id = a.service_point_id`

export function standingOf({ accountState, gasState }: Pick<Indexed, 'accountState' | 'gasState'>): Standing {
  if (accountState === null || gasState === null) return 'applying'
  return accountState === 'active' ? gasState : accountState
}

const isPerson = (category: CustomerCategory): boolean => category === 'resident'

function write(sqlite: Sqlite, row: number | null, subject: Indexed): void {
  const person = isPerson(subject.category)
  const { lastInsertRowid } = statement(
    sqlite,
    `INSERT INTO customer_index (row, customer_id, account_id, account_no, name_key, category, standing, special,
       street, community, building) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row,
    subject.customerId,
    subject.accountId,
    subject.accountNo ?? '',
    nameKey(subject.name, person),
    subject.category,
    standingOf(subject),
    subject.special,
    ...(subject.street === null ? ['', '', ''] : [subject.street, subject.community, subject.building]),
  )
  const terms = searchTerms({
    name: subject.name,
    person,
    phones: subject.phoneAlt === null ? [subject.phone] : [subject.phone, subject.phoneAlt],
    idNumber: subject.idNumber,
    accountNo: subject.accountNo,
    meterNo: subject.meterNo,
    oldNos: subject.oldNos === null ? [] : subject.oldNos.split(' '),
    place:
      subject.street === null
        ? null
        : {
            street: subject.street,
            community: subject.community,
            building: subject.building,
            unit: subject.unit,
            room: subject.room,
          },
  })
  statement(sqlite, 'INSERT INTO customer_search (rowid, terms) VALUES (?, ?)').run(lastInsertRowid, terms)
}

/** Brings the index of one customer, with all accounts and meters, up to date. Every room that changes one of them calls it. */
export function reindexCustomer({ sqlite }: Context, customerId: string): void {
  const before = statement<{ row: number; accountId: string | null }>(
    sqlite,
    'SELECT row, account_id AS accountId FROM customer_index WHERE customer_id = ?',
  ).all(customerId)
  for (const { row } of before) {
    statement(sqlite, 'DELETE FROM customer_search WHERE rowid = ?').run(row)
    statement(sqlite, 'DELETE FROM customer_index WHERE row = ?').run(row)
  }
  const subjects = statement<Indexed>(
    sqlite,
    `SELECT ${subjectColumns} FROM ${subjectTables} WHERE c.id = ? ORDER BY a.account_no`,
  ).all(customerId)
  const rowOf = new Map(before.map(({ row, accountId }) => [accountId, row]))
  for (const subject of subjects) {
    // The account may have come from another customer (过户), whose row for it goes.
    const earlier =
      rowOf.get(subject.accountId) ?? (subject.accountId === null ? undefined : takeRow(sqlite, subject.accountId))
    write(sqlite, earlier ?? null, subject)
  }
}

function takeRow(sqlite: Sqlite, accountId: string): number | undefined {
  const found = statement<{ row: number }>(sqlite, 'SELECT row FROM customer_index WHERE account_id = ?').get(accountId)
  if (!found) return undefined
  statement(sqlite, 'DELETE FROM customer_search WHERE rowid = ?').run(found.row)
  statement(sqlite, 'DELETE FROM customer_index WHERE row = ?').run(found.row)
  return found.row
}

/** Brings the standing of every account at a service point up to date; cheaper than its words, which do not change. */
export function reindexStanding({ sqlite }: Context, servicePointId: string): void {
  statement(
    sqlite,
    `UPDATE customer_index SET standing = (
       SELECT CASE a.state WHEN 'active' THEN p.gas_state ELSE a.state END
       FROM accounts a JOIN service_points p ON p.id = a.service_point_id WHERE a.id = customer_index.account_id)
     WHERE account_id IN (SELECT id FROM accounts WHERE service_point_id = ?)`,
  ).run(servicePointId)
}

/** Bytes of terms FTS5 gathers before it writes a segment: many for a rebuild, its default otherwise. */
const bulkHashSize = 64 * 1024 * 1024
const usualHashSize = 1024 * 1024
/** Segments of a level that FTS5 merges little by little (its default). */
const usualAutomerge = 4

/** Makes the whole index anew, as after seeding or taking over data. @returns rows indexed */
export function indexAll({ sqlite }: Context): number {
  const configure = (option: string, value: number) =>
    sqlite.exec(`INSERT INTO customer_search (customer_search, rank) VALUES ('${option}', ${value})`)
  sqlite.exec(`DELETE FROM customer_index; INSERT INTO customer_search (customer_search) VALUES ('delete-all')`)
  configure('hashsize', bulkHashSize)
  configure('automerge', 0)
  const subjects = sqlite
    .prepare<[], Indexed>(`SELECT ${subjectColumns} FROM ${subjectTables} ORDER BY a.account_no`)
    .all()
  subjects.forEach((subject, i) => write(sqlite, i + 1, subject))
  // One segment instead of many: the first letters typed are answered fastest from it.
  sqlite.exec(`INSERT INTO customer_search (customer_search) VALUES ('optimize')`)
  configure('hashsize', usualHashSize)
  configure('automerge', usualAutomerge)
  return subjects.length
}
