/** The demo that `npm start` opens, at its full size: two thousand names fall on whom a small hall has not. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoSize, seedDemoHall } from '../../src-main/demo/seed.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeAll(async () => {
  hall = await openTestHall({ empty: true })
  await seedDemoHall(hall.hall)
}, 300_000)
afterAll(() => hall.close())

const one = (sql: string) => Number(hall.hall.environment.sqlite.prepare(sql).pluck().get())

test('is made whole, and its books balance', () => {
  expect(one('SELECT count(*) FROM accounts')).toBeGreaterThanOrEqual(demoSize.customers)
  expect(one('SELECT sum(debit) - sum(credit) FROM journal_lines')).toBe(0)
  // Somebody bears the very name of who inspected them, and signed.
  expect(one('SELECT count(*) FROM inspection_visits WHERE signatory = inspector_name')).toBeGreaterThan(0)
})
