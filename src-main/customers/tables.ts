import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { wordCheck } from '../platform/columns.ts'
import { customerCategory, gasState } from './words.ts'

/** 客户: a person or an organisation. May hold several accounts. */
export const customers = sqliteTable(
  'customers',
  {
    id: text().primaryKey(),
    /** 客户类别, clause 6(9). */
    category: text({ enum: ['resident', 'industrial', 'commercial', 'public'] }).notNull(),
    name: text().notNull(),
    idKind: text({ enum: ['national-id', 'credit-code', 'passport', 'none'] }).notNull(),
    idNumber: text(),
    phone: text().notNull(),
    phoneAlt: text(),
    /** 特殊客户 (clause 10(7)): JSON { kinds: ('disabled'|'living-alone'|'orphaned'|'elderly')[], measures } or null. */
    specialCare: text(),
    /** 特殊备注: shown to everyone who opens the file. */
    note: text().notNull().default(''),
    version: integer().notNull().default(1),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    wordCheck('customers_category', t.category, customerCategory),
    index('customers_id_number').on(t.idNumber),
    index('customers_phone').on(t.phone),
  ],
)

/** 用气点: the address gas is delivered to, whoever lives there. */
export const servicePoints = sqliteTable(
  'service_points',
  {
    id: text().primaryKey(),
    district: text().notNull(),
    street: text().notNull(),
    community: text().notNull(),
    building: text().notNull(),
    unit: text().notNull(),
    room: text().notNull(),
    /** The address as it is printed. */
    address: text().notNull(),
    /** 未通气 / 供气中 / 停气 / 停用 / 拆除. */
    gasState: text({ enum: ['not-ignited', 'supplied', 'suspended', 'deactivated', 'dismantled'] }).notNull(),
    /** Why gas is off: 'planned' | 'emergency' | 'hazard' | 'repair' | 'arrears' | 'customer'; null while it flows. */
    suspendedFor: text(),
    version: integer().notNull().default(1),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    wordCheck('service_points_gas_state', t.gasState, gasState),
    index('service_points_place').on(t.community, t.building, t.unit, t.room),
    // In the order of the place, so that a street of thousands is gone through building by building.
    index('service_points_street').on(t.street, t.community, t.building, t.unit, t.room),
  ],
)

/** 户: what is billed. One account at one service point; its number is what customers quote. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: text().primaryKey(),
    accountNo: text().notNull().unique(),
    customerId: text()
      .notNull()
      .references(() => customers.id),
    servicePointId: text()
      .notNull()
      .references(() => servicePoints.id),
    pricePlanId: text().notNull(),
    /** 家庭人口, for the household allowance of the tiered price. */
    householdSize: integer().notNull().default(1),
    state: text({ enum: ['active', 'transferred', 'closed'] }).notNull(),
    openedOn: text().notNull(),
    closedOn: text(),
    /** 预存余额, fen; equals the ledger's prepayment for this account. */
    prepayment: integer().notNull().default(0),
    /** 欠费, fen of principal still open; equals the ledger's receivable for this account. */
    arrears: integer().notNull().default(0),
    version: integer().notNull().default(1),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    check('accounts_state', sql`${t.state} IN ('active', 'transferred', 'closed')`),
    check('accounts_prepayment', sql`${t.prepayment} >= 0`),
    check('accounts_arrears', sql`${t.arrears} >= 0`),
    check('accounts_household', sql`${t.householdSize} BETWEEN 1 AND 50`),
    index('accounts_customer').on(t.customerId),
    index('accounts_service_point').on(t.servicePointId),
    // How many have a price: whether it may still be put right.
    index('accounts_price_plan').on(t.pricePlanId),
    uniqueIndex('accounts_one_active')
      .on(t.servicePointId)
      .where(sql`${t.state} = 'active'`),
    // Reports count openings, transfers and closures by their day.
    index('accounts_opened').on(t.openedOn, t.id),
    index('accounts_closed')
      .on(t.closedOn, t.id)
      .where(sql`${t.closedOn} IS NOT NULL`),
    // Whoever owes, largest debt first: the list of debtors pages by it. With the prepayment, so that those whom it covers
    // are counted out without a look at each account.
    index('accounts_in_arrears')
      .on(t.arrears, t.id, t.prepayment)
      .where(sql`${t.arrears} > 0`),
  ],
)

/** The timeline of an account or customer: one row for everything ever done (一户一档). Append-only. */
export const customerEvents = sqliteTable(
  'customer_events',
  {
    id: text().primaryKey(),
    customerId: text()
      .notNull()
      .references(() => customers.id),
    accountId: text().references(() => accounts.id),
    at: integer().notNull(),
    actorName: text().notNull(),
    /** 'profile' | 'contract' | 'installation' | 'meter' | 'reading' | 'bill' | 'payment' | 'attachment' | … */
    kind: text().notNull(),
    title: text().notNull(),
    detail: text().notNull().default(''),
    /** Amount concerned in fen, where there is one. */
    amount: integer(),
    /** The record behind it, `entity:id`. */
    subject: text(),
  },
  (t) => [
    index('customer_events_customer').on(t.customerId, t.at),
    index('customer_events_account').on(t.accountId, t.at),
    // What concerns the person, not one of the accounts.
    index('customer_events_person')
      .on(t.customerId, t.at)
      .where(sql`${t.accountId} IS NULL`),
  ],
)

/** 不让看: events of a subject (`entity:id`) that one member of the staff must not find, such as a complaint against them. */
export const hiddenEvents = sqliteTable(
  'hidden_events',
  {
    subject: text().notNull(),
    staffId: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.subject, t.staffId] })],
)

/** 附件: a file copied into the data folder under its SHA-256. */
export const attachments = sqliteTable(
  'attachments',
  {
    id: text().primaryKey(),
    customerId: text()
      .notNull()
      .references(() => customers.id),
    /** 身份证明 / 房产证明 / 合同扫描件 / 现场照片 / 其他. */
    kind: text().notNull(),
    name: text().notNull(),
    /** SHA-256 of the content, hex; also the name of the stored file. */
    hash: text().notNull(),
    /** Bytes. */
    size: integer().notNull(),
    addedAt: integer().notNull(),
    addedBy: text().notNull(),
  },
  (t) => [index('attachments_customer').on(t.customerId, t.addedAt)],
)

/**
 * 原户号: what an account was called in the system a hall had before. Customers go on quoting it, so it is found by search;
 * ours has a form of its own (hall, PC, serial, check digit). Two old systems may have used the same number.
 */
export const accountAliases = sqliteTable(
  'account_aliases',
  {
    /** The old system. */
    source: text().notNull(),
    /** Capital letters and digits only, as it is compared. */
    alias: text().notNull(),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    /** As it was written. */
    shown: text().notNull(),
    /** 1: only a way to say it, without the zeros in front; gives way to an account that is called so itself. */
    short: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.alias] }),
    index('account_aliases_alias').on(t.alias),
    index('account_aliases_account').on(t.accountId),
  ],
)

/** 最近办理: whom an operator opened last, so that the find box can offer them. Stays on this PC; `recent.ts` keeps it short. */
export const recentCustomers = sqliteTable(
  'recent_customers',
  {
    staffId: text().notNull(),
    /** The account, or the customer where there is none yet. */
    subject: text().notNull(),
    /** Ascending with each opening of this operator. */
    turn: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.subject] }), index('recent_customers_turn').on(t.staffId, t.turn)],
)

/**
 * One row for each account, and for each customer without one: what lists sort and filter by, and the row id of the
 * full-text index `customer_search`. Derived from the tables above, stays on this PC, rebuilt by `indexAll`.
 */
export const customerIndex = sqliteTable(
  'customer_index',
  {
    row: integer().primaryKey(),
    customerId: text().notNull(),
    accountId: text().unique(),
    /** '' without an account. */
    accountNo: text().notNull(),
    /** Pinyin of the name, then the name: sorts as a directory does. */
    nameKey: text().notNull(),
    category: text().notNull(),
    /** `Standing`. */
    standing: text().notNull(),
    /** 1 for special care. */
    special: integer().notNull(),
    /** Where gas is delivered; '' without an account. */
    street: text().notNull().default(''),
    community: text().notNull().default(''),
    building: text().notNull().default(''),
  },
  (t) => [
    index('customer_index_customer').on(t.customerId),
    index('customer_index_account').on(t.accountNo, t.row),
    index('customer_index_name').on(t.nameKey, t.row),
    index('customer_index_category_account').on(t.category, t.accountNo, t.row),
    index('customer_index_category_name').on(t.category, t.nameKey, t.row),
    index('customer_index_standing_account').on(t.standing, t.accountNo, t.row),
    index('customer_index_standing_name').on(t.standing, t.nameKey, t.row),
    index('customer_index_special_account')
      .on(t.accountNo, t.row)
      .where(sql`${t.special} = 1`),
    // A street may have tens of thousands of customers: they are counted without reading one of them.
    index('customer_index_street').on(t.street, t.community, t.building, t.standing, t.special),
    index('customer_index_special_name')
      .on(t.nameKey, t.row)
      .where(sql`${t.special} = 1`),
  ],
)

/**
 * How many customers there are, are under special care, and owe, and how many accounts are in use: kept by triggers, for the
 * page of the day and for work that tells how far it is.
 */
export const customerCounts = sqliteTable(
  'customer_counts',
  {
    what: text({ enum: ['total', 'special', 'active', 'arrears'] }).primaryKey(),
    n: integer().notNull(),
  },
  (t) => [check('customer_counts_n', sql`${t.n} >= 0`)],
)
