import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts } from '../customers/tables.ts'
import { readings } from '../metering/tables.ts'
import { priceVersions } from '../tariffs/tables.ts'

/** 账单. The amount never changes; what is settled moves with payments and reversals. */
export const bills = sqliteTable(
  'bills',
  {
    id: text().primaryKey(),
    billNo: text().notNull().unique(),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    readingId: text().references(() => readings.id),
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
    /** The journal entry of the receivable; null for a bill of nothing. */
    entryId: text(),
    /** Why and by whom it was cancelled. */
    cancelReason: text(),
    cancelledBy: text(),
    createdAt: integer().notNull(),
  },
  (t) => [
    check('bills_amount', sql`${t.amount} >= 0`),
    check('bills_settled', sql`${t.settled} BETWEEN 0 AND ${t.amount}`),
    check('bills_state', sql`${t.state} IN ('open', 'settled', 'cancelled')`),
    check('bills_late_fee', sql`${t.lateFeeSettled} >= 0`),
    index('bills_account').on(t.accountId, t.periodTo, t.id),
    // A cancelled bill gives its reading back; no reading is ever on two bills that count. Not by state: a payment moves
    // that, and would write this index too.
    uniqueIndex('bills_reading')
      .on(t.readingId)
      .where(sql`${t.cancelledBy} IS NULL`),
    index('bills_open')
      .on(t.accountId, t.dueOn)
      .where(sql`${t.state} = 'open'`),
    index('bills_overdue')
      .on(t.dueOn, t.id)
      .where(sql`${t.state} = 'open'`),
    index('bills_state').on(t.state, t.issuedOn, t.id),
    index('bills_issued').on(t.issuedOn, t.id),
  ],
)

/** 一户多表: the further readings of a bill; the first stands on the bill itself. */
export const billFurtherReadings = sqliteTable(
  'bill_further_readings',
  {
    billId: text()
      .notNull()
      .references(() => bills.id),
    readingId: text()
      .notNull()
      .references(() => readings.id),
    /** 1 once the bill was cancelled: the reading is free again. */
    cancelled: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.billId, t.readingId] }),
    check('bill_further_readings_cancelled', sql`${t.cancelled} IN (0, 1)`),
    uniqueIndex('bill_further_readings_reading')
      .on(t.readingId)
      .where(sql`${t.cancelled} = 0`),
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
    /** The reference also keeps a version on a bill from ever being withdrawn. */
    versionId: text()
      .notNull()
      .references(() => priceVersions.id),
    /** First day of the tier cycle the line counts in. */
    cycleStart: text().notNull(),
    /** 1, 2, 3 …; 0 for a flat price. */
    tier: integer().notNull(),
    /** Season's name; null where the price has none. */
    season: text(),
    firstDay: text().notNull(),
    lastDay: text().notNull(),
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

/**
 * What was paid on a bill, one row per payment. A reversal undoes the row; the principal is then late from its due date again.
 */
export const billSettlements = sqliteTable(
  'bill_settlements',
  {
    id: text().notNull(),
    billId: text()
      .notNull()
      .references(() => bills.id),
    /** Counts on within one payment: what the prepayment covered may have lain there since several days. */
    part: integer().notNull().default(0),
    settledOn: text().notNull(),
    /** Business day until which the principal was late: that of the payment, or since when the prepayment covered it. */
    lateUntil: text().notNull(),
    /** 1 where it was paid from prepayment by the hall itself (抵扣), which goes back when the bill is cancelled. */
    byOffset: integer().notNull().default(0),
    /** Fen of principal and of late fee paid. */
    principal: integer().notNull(),
    lateFee: integer().notNull(),
    undoneOn: text(),
    createdAt: integer().notNull(),
  },
  (t) => [
    check('bill_settlements_amounts', sql`${t.principal} >= 0 AND ${t.lateFee} >= 0`),
    primaryKey({ columns: [t.billId, t.id, t.part] }),
  ],
)

/** 退补: corrects the gas of a bill that counts, and points at it. Append-only; its own bill may be cancelled. */
export const billAdjustments = sqliteTable(
  'bill_adjustments',
  {
    id: text().primaryKey(),
    number: text().notNull().unique(),
    billId: text()
      .notNull()
      .references(() => bills.id),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    /** The bill of what was too little; null where something was given back. */
    chargeBillId: text().references(() => bills.id),
    issuedOn: text().notNull(),
    /** Litres and fen; negative where the customer gets back. */
    volume: integer().notNull(),
    amount: integer().notNull(),
    /** Fen of 违约金 that was paid on what goes back, and goes back with it. */
    lateFee: integer().notNull().default(0),
    /** JSON of the lines: cycle, tier, price, litres and fen, signed. */
    lines: text().notNull(),
    reason: text().notNull(),
    approverId: text().notNull(),
    approverName: text().notNull(),
    entryId: text(),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [
    check(
      'bill_adjustments_sign',
      sql`${t.volume} <> 0 AND (${t.amount} = 0 OR (${t.amount} > 0) = (${t.volume} > 0))`,
    ),
    check('bill_adjustments_late_fee', sql`${t.lateFee} = 0 OR (${t.lateFee} > 0 AND ${t.amount} < 0)`),
    check('bill_adjustments_two', sql`${t.approverId} <> ${t.actorId}`),
    index('bill_adjustments_bill').on(t.billId),
    index('bill_adjustments_charge')
      .on(t.chargeBillId)
      .where(sql`${t.chargeBillId} IS NOT NULL`),
    index('bill_adjustments_day').on(t.issuedOn, t.id),
  ],
)

/** 跨期合并计费: accounts that were billed more than one period on a day, and what the manager found. */
export const billSeveral = sqliteTable(
  'bill_several',
  {
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    issuedOn: text().notNull(),
    /** The last bill of the day, and how many there were. */
    billId: text()
      .notNull()
      .references(() => bills.id),
    bills: integer().notNull(),
    /** Day of the last real reading before, and of the last one billed; estimates billed between them. */
    since: text().notNull(),
    until: text().notNull(),
    estimates: integer().notNull(),
    /** Litres billed on the day, and what one period would have come to. */
    consumption: integer().notNull(),
    onePeriod: integer().notNull(),
    reviewedAt: integer(),
    reviewedBy: text(),
    note: text(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.issuedOn] }),
    check('bill_several_more', sql`${t.consumption} > ${t.onePeriod} AND ${t.since} < ${t.until}`),
    check('bill_several_reviewed', sql`(${t.reviewedAt} IS NULL) = (${t.note} IS NULL)`),
    index('bill_several_day').on(t.issuedOn, t.accountId),
    index('bill_several_open')
      .on(t.issuedOn, t.accountId)
      .where(sql`${t.reviewedAt} IS NULL`),
  ],
)

/** 批量出账. A row whose program was killed stays `running` and is continued by the next run. */
export const billRuns = sqliteTable(
  'bill_runs',
  {
    id: text().primaryKey(),
    state: text({ enum: ['running', 'cancelling', 'cancelled', 'finished'] }).notNull(),
    startedAt: integer().notNull(),
    startedBy: text().notNull(),
    finishedAt: integer(),
    /** Readings waiting when the run began, billed so far, and left out with a problem. */
    total: integer().notNull(),
    billed: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    /** Fen billed so far. */
    amount: integer().notNull().default(0),
  },
  (t) => [
    check('bill_runs_state', sql`${t.state} IN ('running', 'cancelling', 'cancelled', 'finished')`),
    uniqueIndex('bill_runs_one_live')
      .on(sql`1`)
      .where(sql`${t.state} IN ('running', 'cancelling')`),
  ],
)

/** Readings a run could not bill, and why (Chinese). */
export const billRunProblems = sqliteTable(
  'bill_run_problems',
  {
    runId: text()
      .notNull()
      .references(() => billRuns.id),
    readingId: text()
      .notNull()
      .references(() => readings.id),
    accountId: text().notNull(),
    problem: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.readingId] })],
)
