import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { wordCheck } from '../platform/columns.ts'
import { periodKinds, periodKind } from './rules.ts'

/** 上报的报表: frozen as it was submitted (clauses 13, 25(1)). Append-only; what was wrong is corrected by a new version. */
export const reportSubmissions = sqliteTable(
  'report_submissions',
  {
    id: text().primaryKey(),
    number: text().notNull().unique(),
    report: text().notNull(),
    periodKind: text({ enum: periodKinds }).notNull(),
    periodFrom: text().notNull(),
    periodTo: text().notNull(),
    /** 1, and one more with each correction. */
    version: integer().notNull(),
    /** The version this one corrects. */
    replaces: text().references((): AnySQLiteColumn => reportSubmissions.id),
    /** Why it was corrected; '' for the first. */
    reason: text().notNull(),
    /** JSON of the report: sections, rows, totals, notes. */
    content: text().notNull(),
    /** JSON: what those read in its place from whom something in it is hidden, by staff id. */
    sights: text().notNull(),
    /** SHA-256 of the content, hex. */
    hash: text().notNull(),
    submittedAt: integer().notNull(),
    submittedById: text().notNull(),
    submittedBy: text().notNull(),
  },
  (t) => [
    wordCheck('report_submissions_kind', t.periodKind, periodKind),
    check('report_submissions_period', sql`${t.periodTo} >= ${t.periodFrom}`),
    check('report_submissions_content', sql`json_valid(${t.content}) AND length(${t.hash}) = 64`),
    check(
      'report_submissions_version',
      sql`(${t.version} = 1) = (${t.replaces} IS NULL) AND (${t.version} = 1) = (${t.reason} = '')`,
    ),
    uniqueIndex('report_submissions_one').on(t.report, t.periodKind, t.periodFrom, t.version),
    // A version is corrected once; whoever corrects again corrects the newest.
    uniqueIndex('report_submissions_replaces')
      .on(t.replaces)
      .where(sql`${t.replaces} IS NOT NULL`),
    index('report_submissions_at').on(t.submittedAt, t.id),
  ],
)

/** Outbox number of each submission: at headquarters once everything up to it is acknowledged. Stays on this PC. */
export const reportPositions = sqliteTable('report_positions', {
  submissionId: text()
    .primaryKey()
    .references(() => reportSubmissions.id),
  seq: integer().notNull(),
})

/** Results of the last day, so that what was looked at is what is printed and submitted. Stays on this PC. */
export const reportResults = sqliteTable(
  'report_results',
  {
    id: text().primaryKey(),
    report: text().notNull(),
    periodKind: text({ enum: periodKinds }).notNull(),
    periodFrom: text().notNull(),
    periodTo: text().notNull(),
    /** JSON of the report. */
    content: text().notNull(),
    /** JSON of what is submitted, with everything that is hidden from who made it: `{ content, sights }`. */
    whole: text(),
    /** 1: only what the actor took themselves; nobody else reads it, and it is never submitted. */
    own: integer().notNull(),
    madeAt: integer().notNull(),
    actorId: text().notNull(),
  },
  (t) => [check('report_results_own', sql`${t.own} IN (0, 1)`), index('report_results_made').on(t.madeAt)],
)
