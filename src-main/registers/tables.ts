import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts, customers } from '../customers/tables.ts'
import { stepColumns, word, wordCheck } from '../platform/columns.ts'
import { staff } from '../staff/tables.ts'
import { registerKind } from './kinds.ts'
import { business } from './served-words.ts'
import { entryProcess } from './process.ts'

const { states, steps } = entryProcess

/** 台账: one row for each entry, as it was written down; where it is now. */
export const registerEntries = sqliteTable(
  'register_entries',
  {
    id: text().primaryKey(),
    entryNo: text().notNull().unique(),
    kind: word(registerKind).notNull(),
    state: word(states).notNull(),
    /** 1; a step's column. */
    round: integer().notNull(),
    /** The day it is about. */
    onDate: text().notNull(),
    /** JSON: what was written, with the labels of the day: `{ fields: [{ id, label, value }], checks: [{ item, answer }], figures: [{ label, value }] }`. */
    body: text().notNull(),
    /** The first words of it, for lists. */
    title: text().notNull(),
    /** The date by which something in it ends; told of before it comes. */
    endsOn: text(),
    customerId: text().references(() => customers.id),
    accountId: text().references(() => accounts.id),
    staffId: text().references(() => staff.id),
    staffName: text(),
    /** 同行人. */
    companionId: text().references(() => staff.id),
    companionName: text(),
    /** 1: closed only after another person looked at it. */
    reviewed: integer().notNull(),
    recordedById: text()
      .notNull()
      .references(() => staff.id),
    recordedBy: text().notNull(),
    recordedAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    wordCheck('register_entries_kind', t.kind, registerKind),
    wordCheck('register_entries_state', t.state, states),
    check('register_entries_body', sql`json_valid(${t.body})`),
    check('register_entries_reviewed', sql`${t.reviewed} IN (0, 1)`),
    check('register_entries_companion', sql`${t.companionId} IS NULL OR ${t.companionId} <> ${t.recordedById}`),
    check('register_entries_account', sql`(${t.accountId} IS NULL) = (${t.customerId} IS NULL)`),
    index('register_entries_kind_date').on(t.kind, t.onDate, t.id),
    index('register_entries_date').on(t.onDate, t.id),
    index('register_entries_state').on(t.kind, t.state, t.onDate, t.id),
    index('register_entries_ends')
      .on(t.endsOn)
      .where(sql`${t.endsOn} IS NOT NULL AND ${t.state} <> 'void'`),
    index('register_entries_account').on(t.accountId),
  ],
)

/** What an entry found, each with who mends it until when. */
export const registerFindings = sqliteTable(
  'register_findings',
  {
    id: text().primaryKey(),
    entryId: text()
      .notNull()
      .references(() => registerEntries.id),
    no: integer().notNull(),
    what: text().notNull(),
    responsible: text().notNull(),
    dueOn: text().notNull(),
    mendedOn: text(),
    mendedById: text().references(() => staff.id),
    mendedBy: text(),
    mendedNote: text().notNull(),
  },
  (t) => [
    check('register_findings_mended', sql`(${t.mendedOn} IS NULL) = (${t.mendedById} IS NULL)`),
    uniqueIndex('register_findings_entry').on(t.entryId, t.no),
    index('register_findings_open')
      .on(t.dueOn)
      .where(sql`${t.mendedOn} IS NULL`),
  ],
)

/** Each step of an entry with time and person. Append-only. */
export const registerSteps = sqliteTable(
  'register_steps',
  {
    id: text().primaryKey(),
    entryId: text()
      .notNull()
      .references(() => registerEntries.id),
    ...stepColumns(states, steps),
  },
  (t) => [
    uniqueIndex('register_steps_order').on(t.entryId, t.no),
    wordCheck('register_steps_kind', t.kind, steps),
    wordCheck('register_steps_state', t.state, states),
  ],
)

/** 柜台业务的办理时间 (clause 22(3)): seconds from the first key to what is printed, and the limit of the day. Append-only. */
export const serviceTimes = sqliteTable(
  'service_times',
  {
    id: text().primaryKey(),
    business: word(business).notNull(),
    seconds: integer().notNull(),
    /** As the company had it then, s. */
    limitSeconds: integer().notNull(),
    at: integer().notNull(),
    actorId: text()
      .notNull()
      .references(() => staff.id),
    actorName: text().notNull(),
  },
  (t) => [
    wordCheck('service_times_business', t.business, business),
    check('service_times_seconds', sql`${t.seconds} BETWEEN 1 AND 7200 AND ${t.limitSeconds} > 0`),
    index('service_times_at').on(t.at, t.id),
  ],
)
