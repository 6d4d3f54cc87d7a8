import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts, customers } from '../customers/tables.ts'
import { staff } from '../staff/tables.ts'
import { stepColumns, word, wordCheck } from '../platform/columns.ts'
import { sqlWords } from '../platform/dictionary.ts'
import { complaintProcess } from './process.ts'
import { complaintChannel, complaintClass, partyReason, replyChannel, satisfaction, subjectKind } from './words.ts'

const { states, steps, ends } = complaintProcess

/** 投诉: one for each complaint. Its steps stand in `complaint_steps`; this row is where it is now. */
export const complaints = sqliteTable(
  'complaints',
  {
    id: text().primaryKey(),
    complaintNo: text().notNull().unique(),
    state: word(states).notNull(),
    channel: word(complaintChannel).notNull(),
    complainantName: text().notNull(),
    complainantPhone: text().notNull(),
    customerId: text().references(() => customers.id),
    accountId: text().references(() => accounts.id),
    class: word(complaintClass).notNull(),
    /** What is complained of, in the customer's words. */
    content: text().notNull(),
    /** What it points at, and the number people know that by. */
    subjectKind: word(subjectKind),
    subjectId: text(),
    subjectNo: text().notNull(),
    hallName: text().notNull(),
    takenBy: text().notNull(),
    takenAt: integer().notNull(),
    /** When it was written down. */
    enteredAt: integer().notNull(),
    /** 1, and one more each time it was reopened; the timer of a round counts from `roundFrom`. */
    round: integer().notNull(),
    roundFrom: integer().notNull(),
    /** Limit as it was when it was taken, hours. */
    replyHours: integer().notNull(),
    replyBy: integer().notNull(),
    /** The deadline while it runs, else when the state began: what the board sorts by. */
    dueAt: integer().notNull(),
    /** Of this round, which has its own 48 hours, and the first of all. */
    repliedAt: integer(),
    firstRepliedAt: integer(),
    /** 1: the answer of an earlier round came late. Another round does not make that good. */
    repliedLate: integer().notNull().default(0),
    satisfaction: word(satisfaction),
    investigatorId: text().references(() => staff.id),
    investigatorName: text(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    wordCheck('complaints_state', t.state, states),
    wordCheck('complaints_channel', t.channel, complaintChannel),
    wordCheck('complaints_class', t.class, complaintClass),
    wordCheck('complaints_subject_kind', t.subjectKind, subjectKind),
    wordCheck('complaints_satisfaction', t.satisfaction, satisfaction),
    check('complaints_entered', sql`${t.takenAt} <= ${t.enteredAt}`),
    check('complaints_round', sql`${t.round} >= 1`),
    check('complaints_reply_hours', sql`${t.replyHours} BETWEEN 1 AND 48`),
    check('complaints_subject', sql`(${t.subjectKind} IS NULL) = (${t.subjectId} IS NULL)`),
    check('complaints_investigator', sql`(${t.investigatorId} IS NULL) = (${t.investigatorName} IS NULL)`),
    index('complaints_open')
      .on(t.dueAt, t.id)
      .where(sql`${t.state} NOT IN ${sql.raw(sqlWords(ends))}`),
    index('complaints_state').on(t.state, t.dueAt, t.id),
    index('complaints_account').on(t.accountId, t.takenAt),
    index('complaints_phone').on(t.complainantPhone, t.takenAt),
    index('complaints_taken').on(t.takenAt, t.id),
  ],
)

/** 被投诉人: whoever the customer named, and whoever did what the complaint points at. Append-only. */
export const complaintParties = sqliteTable(
  'complaint_parties',
  {
    id: text().primaryKey(),
    complaintId: text()
      .notNull()
      .references(() => complaints.id),
    staffId: text()
      .notNull()
      .references(() => staff.id),
    staffName: text().notNull(),
    reason: word(partyReason).notNull(),
    at: integer().notNull(),
  },
  (t) => [
    wordCheck('complaint_parties_reason', t.reason, partyReason),
    uniqueIndex('complaint_parties_once').on(t.complaintId, t.staffId),
  ],
)

/** Each step of a complaint with time and person. Append-only. */
export const complaintSteps = sqliteTable(
  'complaint_steps',
  {
    id: text().primaryKey(),
    complaintId: text()
      .notNull()
      .references(() => complaints.id),
    ...stepColumns(states, steps),
    /** 指派: the investigator. */
    personId: text().references(() => staff.id),
    personName: text(),
    /** 回复: how and when the customer was answered, as the investigator says. */
    replyChannel: word(replyChannel),
    doneAt: integer(),
  },
  (t) => [
    uniqueIndex('complaint_steps_order').on(t.complaintId, t.no),
    // What was finished in a period, for the callback ratio.
    index('complaint_steps_replied')
      .on(t.at, t.id)
      .where(sql`${t.kind} = 'reply'`),
    wordCheck('complaint_steps_kind', t.kind, steps),
    wordCheck('complaint_steps_state', t.state, states),
    wordCheck('complaint_steps_channel', t.replyChannel, replyChannel),
    check('complaint_steps_reply', sql`(${t.kind} = 'reply') = (${t.replyChannel} IS NOT NULL)`),
  ],
)
