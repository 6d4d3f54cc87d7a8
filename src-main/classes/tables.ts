import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts, attachments, customers } from '../customers/tables.ts'
import { word, wordCheck } from '../platform/columns.ts'
import { customerCategory } from '../customers/api.ts'
import { staff } from '../staff/tables.ts'

/** 用气性质变更: from what to what, on which paper, why, by whom, agreed to by whom. Append-only. */
export const classChanges = sqliteTable(
  'class_changes',
  {
    id: text().primaryKey(),
    customerId: text()
      .notNull()
      .references(() => customers.id),
    /** The customer's version it was made on: one row carries one change. */
    version: integer().notNull(),
    fromClass: word(customerCategory).notNull(),
    toClass: word(customerCategory).notNull(),
    attachmentId: text()
      .notNull()
      .references(() => attachments.id),
    reason: text().notNull(),
    at: integer().notNull(),
    actorId: text()
      .notNull()
      .references(() => staff.id),
    actorName: text().notNull(),
    approverId: text()
      .notNull()
      .references(() => staff.id),
    approverName: text().notNull(),
  },
  (t) => [
    wordCheck('class_changes_from', t.fromClass, customerCategory),
    wordCheck('class_changes_to', t.toClass, customerCategory),
    check('class_changes_differ', sql`${t.fromClass} <> ${t.toClass}`),
    uniqueIndex('class_changes_customer').on(t.customerId, t.version),
    uniqueIndex('class_changes_paper').on(t.attachmentId),
    index('class_changes_at').on(t.at, t.id),
  ],
)

/** What it made of the price of each account in use. Append-only. */
export const classChangePlans = sqliteTable(
  'class_change_plans',
  {
    changeId: text()
      .notNull()
      .references(() => classChanges.id),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    /** The account's version it was made on. */
    version: integer().notNull(),
    fromPlanId: text().notNull(),
    toPlanId: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.changeId, t.accountId] }),
    uniqueIndex('class_change_plans_account').on(t.accountId, t.version),
  ],
)
