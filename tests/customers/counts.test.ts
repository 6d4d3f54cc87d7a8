import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reindexCustomer } from '../../src-main/customers/service.ts'
import { household, type Household } from '../billing/household.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => {
  hall = await openTestHall()
})
afterEach(() => hall.close())

const countedAnew = {
  total: 'SELECT count(*) AS n FROM customer_index',
  special: 'SELECT count(*) AS n FROM customer_index WHERE special = 1',
  active: `SELECT count(*) AS n FROM accounts WHERE state = 'active'`,
  arrears: 'SELECT count(*) AS n FROM accounts WHERE arrears > 0 AND arrears > prepayment',
}

test('the kept counts of customers are what counting anew gives, whatever happens to them', () => {
  const homes: Household[] = Array.from({ length: 6 }, () => household(hall))
  const change = fc.record({
    of: fc.constantFrom(...homes),
    do: fc.constantFrom('owe', 'prepay', 'end', 'begin', 'care', 'plain', 'index', 'take', 'delete'),
    fen: fc.constantFrom(0, 50, 100),
  })
  const sql = {
    owe: 'UPDATE accounts SET arrears = @fen WHERE id = @accountId',
    prepay: 'UPDATE accounts SET prepayment = @fen WHERE id = @accountId',
    end: `UPDATE accounts SET state = 'closed' WHERE id = @accountId`,
    begin: `UPDATE accounts SET state = 'active' WHERE id = @accountId`,
    care: 'UPDATE customer_index SET special = 1 WHERE account_id = @accountId',
    plain: 'UPDATE customer_index SET special = 0 WHERE account_id = @accountId',
    // The account comes from another customer's row, as by 过户.
    take: 'UPDATE customer_index SET customer_id = @other WHERE account_id = @accountId',
    delete: 'DELETE FROM customer_index WHERE account_id = @accountId',
  }
  const { sqlite } = hall.hall.environment
  // What is asked here is the counting, also of what a gate refuses.
  const gates = sqlite
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'accounts'
         AND (sql LIKE '%RAISE%')`,
    )
    .all()
  for (const { name } of gates) sqlite.exec(`DROP TRIGGER ${name}`)
  fc.assert(
    fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
      hall.transact((context) => {
        for (const { of, do: verb, fen } of changes) {
          if (verb === 'index') reindexCustomer(context, of.customerId)
          else {
            const statement = sqlite.prepare(sql[verb])
            const bound = { fen, accountId: of.accountId, other: homes[5]?.customerId }
            const used = Object.entries(bound).filter(([key]) => sql[verb].includes(`@${key}`))
            statement.run(Object.fromEntries(used))
          }
        }
      })
      for (const [what, anew] of Object.entries(countedAnew)) {
        const kept = sqlite.prepare<[string], { n: number }>('SELECT n FROM customer_counts WHERE what = ?').get(what)
        expect(kept?.n ?? 0, what).toBe(sqlite.prepare<[], { n: number }>(anew).get()?.n)
      }
    }),
    { numRuns: 40 },
  )
})
