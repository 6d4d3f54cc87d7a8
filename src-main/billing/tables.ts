import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { accounts } from '../customers/tables.ts'
import { readings } from '../metering/tables.ts'

/** 账单. The amount never changes; what is settled moves with payments and reversals. */
export const bills = sqliteTable(
  'bills',
  {
    id: text().primaryKey(),
    billNo: text().notNull().unique(),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    readingId: text()
      .unique()
      .references(() => readings.id),
    /** Business date of issue. */
    issuedOn: text().notNull(),
    dueOn: text().notNull(),
    periodFrom: text().notNull(),
    periodTo: text().notNull(),
    /** Litres. */
    consumption: integer().notNull(),
    /** Fen. */
    amount: integer().notNull(),
    /** Fen of principal paid so far. */
    settled: integer().notNull().default(0),
    /** Fen of late fee paid so far. */
    lateFeeSettled: integer().notNull().default(0),
    state: text({ enum: ['open', 'settled', 'cancelled'] }).notNull(),
    createdAt: integer().notNull(),
  },
  (t) => [
    check('bills_amount', sql`${t.amount} >= 0`),
    check('bills_settled', sql`${t.settled} BETWEEN 0 AND ${t.amount}`),
    index('bills_account').on(t.accountId, t.periodTo),
    index('bills_open')
      .on(t.accountId, t.dueOn)
      .where(sql`${t.state} = 'open'`),
    index('bills_issued').on(t.issuedOn),
  ],
)

/** How a bill was computed, a line per tier, version and cycle. Append-only. */
export const billLines = sqliteTable(
  'bill_lines',
  {
    billId: text()
      .notNull()
      .references(() => bills.id),
    lineNo: integer().notNull(),
    versionId: text().notNull(),
    /** First day of the tier cycle the line counts in. */
    cycleStart: text().notNull(),
    /** 1, 2, 3 …; 0 for a flat price. */
    tier: integer().notNull(),
    /** Litres of the cycle's running total at the start and end of the line. */
    fromVolume: integer().notNull(),
    toVolume: integer().notNull(),
    /** Litres. */
    volume: integer().notNull(),
    /** 1/10000 yuan per m³. */
    price: integer().notNull(),
    /** Fen. */
    amount: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.billId, t.lineNo] })],
)

/** Running total of an account in a tier cycle, litres; goes with the household, not with the meter. */
export const tierUsage = sqliteTable(
  'tier_usage',
  {
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    cycleStart: text().notNull(),
    volume: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.cycleStart] }), check('tier_usage_volume', sql`${t.volume} >= 0`)],
)
