import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts, servicePoints } from '../customers/tables.ts'
import { staff } from '../staff/tables.ts'

/** 表具. */
export const meters = sqliteTable(
  'meters',
  {
    id: text().primaryKey(),
    meterNo: text().notNull().unique(),
    /** 膜式表 / IC卡表 / 物联网表. */
    kind: text({ enum: ['diaphragm', 'ic-card', 'iot'] }).notNull(),
    model: text().notNull(),
    /** Whole-m³ digits on the index; it rolls over at 10^digits m³. */
    digits: integer().notNull(),
    servicePointId: text()
      .notNull()
      .references(() => servicePoints.id),
    /**
     * 表位 at the service point, from 1. An exchange keeps it, so that what is known of the use goes on; a further meter
     * (一户多表) has one of its own.
     */
    position: integer().notNull().default(1),
    state: text({ enum: ['in-use', 'removed'] }).notNull(),
    /** Index at installation, litres. */
    initialIndex: integer().notNull(),
    installedOn: text().notNull(),
    removedOn: text(),
    createdAt: integer().notNull(),
  },
  (t) => [
    check('meters_digits', sql`${t.digits} BETWEEN 4 AND 9`),
    check('meters_position', sql`${t.position} >= 1`),
    uniqueIndex('meters_in_use')
      .on(t.servicePointId, t.position)
      .where(sql`${t.state} = 'in-use'`),
    index('meters_service_point').on(t.servicePointId),
  ],
)

/** 抄表. */
export const readings = sqliteTable(
  'readings',
  {
    id: text().primaryKey(),
    meterId: text()
      .notNull()
      .references(() => meters.id),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    readOn: text().notNull(),
    previousOn: text().notNull(),
    /** Index before and now, litres. */
    previousIndex: integer().notNull(),
    currentIndex: integer().notNull(),
    /** Litres between the two, rollover considered, and `makeUp` with them. */
    consumption: integer().notNull(),
    /** 补气量: litres agreed on for the days on which the meter had stopped; 0 for every ordinary reading. */
    makeUp: integer().notNull().default(0),
    source: text({ enum: ['visit', 'self-reported', 'remote', 'estimated', 'import', 'correction'] }).notNull(),
    /** 抄表人 (clause 10(8)); null for opening readings of the moving-in and for corrections. */
    readerId: text().references(() => staff.id),
    /** JSON array of the findings the reader confirmed. */
    confirmed: text().notNull().default('[]'),
    state: text({ enum: ['unbilled', 'billed', 'void'] }).notNull(),
    /** Why it was voided (作废); null while it counts. */
    voidReason: text(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
  },
  (t) => [
    check('readings_consumption', sql`${t.consumption} >= 0`),
    check('readings_make_up', sql`${t.makeUp} BETWEEN 0 AND ${t.consumption}`),
    check('readings_state', sql`${t.state} IN ('unbilled', 'billed', 'void')`),
    check('readings_order', sql`${t.previousOn} <= ${t.readOn}`),
    index('readings_account').on(t.accountId, t.readOn, t.id),
    // Whose reading somebody entered last.
    index('readings_entered')
      .on(t.createdBy, t.id)
      .where(sql`${t.readerId} IS NOT NULL`),
    index('readings_meter').on(t.meterId, t.readOn, t.id),
    // The bill run walks this: an account's readings in the order they were taken, because tiers count up.
    index('readings_unbilled')
      .on(t.accountId, t.readOn, t.id)
      .where(sql`${t.state} = 'unbilled'`),
  ],
)

/**
 * 用气异常名单 (clause 6(6)): readings whose use is odd, until somebody explained them or two persons went to look. One row a
 * reading; a reading that is voided before takes its row along.
 */
export const oddUses = sqliteTable(
  'odd_uses',
  {
    readingId: text()
      .primaryKey()
      .references(() => readings.id),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    readOn: text().notNull(),
    kind: text({ enum: ['none', 'fall', 'rise'] }).notNull(),
    /** Litres; `usual` is null where nothing was used for too long. */
    consumption: integer().notNull(),
    usual: integer(),
    decidedAt: integer(),
    decidedBy: text(),
    /** 说明, or the number of the patrol. */
    note: text(),
    patrolId: text(),
  },
  (t) => [
    check('odd_uses_kind', sql`${t.kind} IN ('none', 'fall', 'rise')`),
    check(
      'odd_uses_decided',
      sql`(${t.decidedAt} IS NULL) = (${t.decidedBy} IS NULL) AND (${t.decidedAt} IS NULL) = (${t.note} IS NULL)`,
    ),
    index('odd_uses_open')
      .on(t.readOn, t.readingId)
      .where(sql`${t.decidedAt} IS NULL`),
    index('odd_uses_day').on(t.readOn, t.readingId),
    index('odd_uses_account').on(t.accountId),
  ],
)
