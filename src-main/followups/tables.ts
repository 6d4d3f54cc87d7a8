import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts, customers } from '../customers/tables.ts'
import { staff } from '../staff/tables.ts'
import { callResults, services } from './words.ts'

/** 抽取: a sample of what a service finished in a period. The seed is kept, so that it can be drawn again and compared. Append-only. */
export const followupDraws = sqliteTable(
  'followup_draws',
  {
    id: text().primaryKey(),
    service: text({ enum: services }).notNull(),
    /** First and last day, both in it, YYYY-MM-DD. */
    fromDate: text().notNull(),
    toDate: text().notNull(),
    seed: text().notNull(),
    percent: integer().notNull(),
    /** How many were finished, and how many of them were drawn. */
    population: integer().notNull(),
    size: integer().notNull(),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [
    check('followup_draws_period', sql`${t.toDate} >= ${t.fromDate}`),
    check('followup_draws_percent', sql`${t.percent} BETWEEN 1 AND 100`),
    check('followup_draws_size', sql`${t.size} BETWEEN 0 AND ${t.population}`),
    index('followup_draws_service').on(t.service, t.fromDate),
    index('followup_draws_at').on(t.at, t.id),
  ],
)

/** 抽中项: drawn from a source that closes nothing on a callback, and given to a callback clerk. */
export const followupSamples = sqliteTable(
  'followup_samples',
  {
    id: text().primaryKey(),
    drawId: text()
      .notNull()
      .references(() => followupDraws.id),
    service: text({ enum: services }).notNull(),
    /** Name of the source, its finished event, and the record behind it. */
    source: text().notNull(),
    eventId: text().notNull().unique(),
    subjectId: text().notNull(),
    number: text().notNull(),
    customerName: text().notNull(),
    personName: text(),
    finishedAt: integer().notNull(),
    /** Who must not ring: JSON array of staff ids, as known at the draw. */
    involved: text().notNull(),
    assigneeId: text().references(() => staff.id),
    assigneeName: text(),
    state: text({ enum: ['due', 'satisfied', 'dissatisfied', 'unreachable'] }).notNull(),
    drawnAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    check('followup_samples_involved', sql`json_valid(${t.involved})`),
    check('followup_samples_assignee', sql`(${t.assigneeId} IS NULL) = (${t.assigneeName} IS NULL)`),
    index('followup_samples_due')
      .on(t.drawnAt, t.id)
      .where(sql`${t.state} = 'due'`),
    index('followup_samples_draw').on(t.drawId),
  ],
)

/** 回访记录: each call, also those that reached nobody. The one record of the act; the source follows it. Append-only. */
export const followupCalls = sqliteTable(
  'followup_calls',
  {
    id: text().primaryKey(),
    service: text({ enum: services }).notNull(),
    /** Name of the source; the record called about and its round. */
    source: text().notNull(),
    subjectId: text().notNull(),
    round: integer().notNull(),
    sampleId: text().references(() => followupSamples.id),
    number: text().notNull(),
    customerId: text().references(() => customers.id),
    accountId: text().references(() => accounts.id),
    customerName: text().notNull(),
    /** Whose work it was about. */
    personName: text(),
    result: text({ enum: callResults }).notNull(),
    /** JSON array of { question, answer, note }. */
    answers: text().notNull(),
    note: text().notNull(),
    /** 不满意: what was opened again or opened for it, `entity:id`, and its number. */
    reopenedAs: text(),
    reopenedNo: text(),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [
    check('followup_calls_answers', sql`json_valid(${t.answers})`),
    check('followup_calls_reopened', sql`(${t.result} = 'dissatisfied') = (${t.reopenedAs} IS NOT NULL)`),
    index('followup_calls_subject').on(t.subjectId, t.round, t.at),
    uniqueIndex('followup_calls_concluded')
      .on(t.subjectId, t.round, t.service)
      .where(sql`${t.result} <> 'unreached'`),
    index('followup_calls_at').on(t.at, t.id),
    index('followup_calls_result').on(t.result, t.at, t.id),
  ],
)
