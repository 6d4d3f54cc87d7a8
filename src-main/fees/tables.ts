import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts } from '../customers/tables.ts'
import { businessDays, journalEntries } from '../ledger/tables.ts'
import { word, wordCheck } from '../platform/columns.ts'
import { chargeState, feeAccount, feeGround, feeKind, feePlace } from './words.ts'

/** 收费项目: what is charged beside gas. What it is never changes; what it costs stands in its versions. */
export const feeItems = sqliteTable(
  'fee_items',
  {
    id: text().primaryKey(),
    name: text().notNull().unique(),
    kind: word(feeKind).notNull(),
    /** 次, 米, 台 … */
    unit: text().notNull(),
    account: word(feeAccount).notNull(),
    state: text({ enum: ['in-force', 'stopped'] }).notNull(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
  },
  (t) => [
    wordCheck('fee_items_kind', t.kind, feeKind),
    wordCheck('fee_items_account', t.account, feeAccount),
    check('fee_items_state', sql`${t.state} IN ('in-force', 'stopped')`),
    check(
      'fee_items_own',
      sql`(${t.kind} = 'insurance') = (${t.account} = 'agency-payable') AND (${t.kind} = 'goods') = (${t.account} = 'goods-revenue')`,
    ),
  ],
)

/** 价目版本: never changed; one that has not begun and that nothing was charged by may be withdrawn. */
export const feeVersions = sqliteTable(
  'fee_versions',
  {
    id: text().primaryKey(),
    itemId: text()
      .notNull()
      .references(() => feeItems.id),
    effectiveFrom: text().notNull(),
    /** Fen per unit, tax included; with a higher `maxPrice` the real price lies between the two. */
    price: integer().notNull(),
    maxPrice: integer().notNull(),
    /** Hundredths of a percent. */
    taxRate: integer().notNull(),
    /** 文件依据. */
    document: text().notNull(),
    /** JSON arrays of words: where, and whom. */
    places: text().notNull(),
    buyers: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
    createdByName: text().notNull(),
    /** Who agreed to it; null where one person alone set the hall up. */
    approverName: text(),
  },
  (t) => [
    uniqueIndex('fee_versions_effective').on(t.itemId, t.effectiveFrom),
    check('fee_versions_price', sql`${t.price} > 0 AND ${t.maxPrice} >= ${t.price}`),
    check('fee_versions_tax', sql`${t.taxRate} BETWEEN 0 AND 10000`),
    check('fee_versions_document', sql`trim(${t.document}) <> ''`),
    check('fee_versions_lists', sql`json_array_length(${t.places}) > 0 AND json_array_length(${t.buyers}) > 0`),
  ],
)

/**
 * 收费单: something charged to an account. As it was charged it never changes; what is paid of it moves with payments and their
 * reversals, and unpaid it may be withdrawn.
 */
export const feeCharges = sqliteTable(
  'fee_charges',
  {
    id: text().primaryKey(),
    chargeNo: text().notNull().unique(),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    itemId: text()
      .notNull()
      .references(() => feeItems.id),
    versionId: text()
      .notNull()
      .references(() => feeVersions.id),
    /** As the item was then: a paper says tomorrow what it says today. */
    name: text().notNull(),
    kind: word(feeKind).notNull(),
    unit: text().notNull(),
    place: word(feePlace).notNull(),
    ground: word(feeGround),
    /** Hundredths of a unit; fen per unit. */
    quantity: integer().notNull(),
    unitPrice: integer().notNull(),
    /** Fen, and the tax within it. */
    amount: integer().notNull(),
    tax: integer().notNull(),
    /** Who of the customer's side wanted it, for goods and insurance. */
    consent: text().notNull(),
    note: text().notNull(),
    /** Fen paid so far. */
    paid: integer().notNull().default(0),
    state: word(chargeState).notNull(),
    businessDate: text()
      .notNull()
      .references(() => businessDays.date),
    entryId: text()
      .notNull()
      .references(() => journalEntries.id),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    withdrawnAt: integer(),
    withdrawnBy: text(),
    withdrawReason: text(),
  },
  (t) => [
    wordCheck('fee_charges_kind', t.kind, feeKind),
    wordCheck('fee_charges_place', t.place, feePlace),
    wordCheck('fee_charges_state', t.state, chargeState),
    check('fee_charges_quantity', sql`${t.quantity} > 0 AND ${t.unitPrice} > 0 AND ${t.amount} > 0`),
    check('fee_charges_tax', sql`${t.tax} BETWEEN 0 AND ${t.amount}`),
    check('fee_charges_paid', sql`${t.paid} BETWEEN 0 AND ${t.amount}`),
    check('fee_charges_settled', sql`(${t.state} = 'settled') = (${t.paid} = ${t.amount})`),
    check(
      'fee_charges_withdrawn',
      sql`(${t.state} = 'withdrawn') = (${t.withdrawnAt} IS NOT NULL) AND (${t.state} <> 'withdrawn' OR (${t.paid} = 0 AND trim(${t.withdrawReason}) <> ''))`,
    ),
    // Whatever is said of it: a meter that is due or at fault, and what lies before it, is never charged for.
    check(
      'fee_charges_ground',
      sql`CASE ${t.place} WHEN 'exchange' THEN coalesce(${t.ground}, '') IN ('wish', 'damaged')
        WHEN 'repair' THEN coalesce(${t.ground}, '') = 'after-meter' ELSE ${t.ground} IS NULL END`,
    ),
    check('fee_charges_sold', sql`${t.kind} = 'service' OR (${t.place} = 'counter' AND trim(${t.consent}) <> '')`),
    index('fee_charges_account').on(t.accountId, t.id),
    index('fee_charges_open')
      .on(t.accountId, t.id)
      .where(sql`${t.state} = 'open'`),
    index('fee_charges_day').on(t.businessDate, t.id),
  ],
)
