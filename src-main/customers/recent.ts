/** 最近办理: per operator, so that nobody sees whom somebody else served; shown masked, as a search shows it. */
import { statement } from '../platform/database.ts'
import { useCase } from '../platform/use-case.ts'
import { maxRecent, RecentCustomers, RememberCustomer } from './api.ts'
import { CustomerNotFound } from './records.ts'
import { searchSql, shownRow, type IndexedRow } from './search.ts'

/** Also for the test of its plan. */
export const recentSql = `SELECT coalesce(
    (SELECT i.row FROM customer_index i WHERE i.account_id = r.subject),
    (SELECT i.row FROM customer_index i WHERE i.customer_id = r.subject)) AS row
  FROM recent_customers r WHERE r.staff_id = ? ORDER BY r.turn DESC LIMIT ?`

export const recentCustomers = useCase(RecentCustomers, (_, { sqlite, actor }) => ({
  rows: statement<{ row: number | null }>(sqlite, recentSql)
    .all(actor.id, maxRecent)
    // Taken back with an import since.
    .flatMap(({ row }) => (row === null ? [] : (statement<IndexedRow>(sqlite, searchSql.row).get(row) ?? [])))
    .map((row) => ({ ...shownRow(row), matched: 'name' as const, marks: [] })),
}))

/** @throws CustomerNotFound */
export const rememberCustomer = useCase(RememberCustomer, ({ customerId, accountId }, { sqlite, actor }) => {
  const known = statement<{ row: number }>(
    sqlite,
    'SELECT row FROM customer_index WHERE customer_id = ? AND account_id IS ? LIMIT 1',
  ).get(customerId, accountId)
  if (!known) throw new CustomerNotFound()
  statement(
    sqlite,
    `INSERT INTO recent_customers (staff_id, subject, turn)
     VALUES (@staff, @subject, (SELECT coalesce(max(turn), 0) + 1 FROM recent_customers WHERE staff_id = @staff))
     ON CONFLICT (staff_id, subject) DO UPDATE SET turn = excluded.turn`,
  ).run({ staff: actor.id, subject: accountId ?? customerId })
  statement(
    sqlite,
    `DELETE FROM recent_customers WHERE staff_id = @staff AND subject IN (
       SELECT subject FROM recent_customers WHERE staff_id = @staff ORDER BY turn DESC LIMIT -1 OFFSET @most)`,
  ).run({ staff: actor.id, most: maxRecent })
  return {}
})
