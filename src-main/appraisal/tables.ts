import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { wordCheck } from '../platform/columns.ts'
import { scope } from './rules.ts'

/** 考核表: one for each period of the hall and of the dispatch centre. draft → reviewed → signed; then it never changes. */
export const scorecards = sqliteTable(
  'scorecards',
  {
    id: text().primaryKey(),
    cardNo: text().notNull().unique(),
    scope: text({ enum: ['hall', 'dispatch'] }).notNull(),
    year: integer().notNull(),
    /** From 1 within the year. */
    period: integer().notNull(),
    /** First and last day judged, YYYY-MM-DD. */
    fromDate: text().notNull(),
    toDate: text().notNull(),
    state: text({ enum: ['draft', 'reviewed', 'signed'] }).notNull(),
    /** The table of thresholds and the grades, as the settings had them when the figures were taken. */
    thresholds: text().notNull(),
    grades: text().notNull(),
    /** Hundredths of a point out of 100 points; null while nothing is judged. */
    total: integer(),
    grade: text().notNull(),
    comment: text().notNull(),
    /** When the figures were taken. */
    computedAt: integer().notNull(),
    createdAt: integer().notNull(),
    createdById: text().notNull(),
    createdBy: text().notNull(),
    reviewedAt: integer(),
    reviewedById: text(),
    reviewedBy: text(),
    signedAt: integer(),
    signedById: text(),
    signedBy: text(),
  },
  (t) => [
    wordCheck('scorecards_scope', t.scope, scope),
    check('scorecards_period', sql`${t.period} BETWEEN 1 AND 12 AND ${t.toDate} >= ${t.fromDate}`),
    check('scorecards_total', sql`${t.total} IS NULL OR ${t.total} BETWEEN 0 AND 10000`),
    check('scorecards_reviewed', sql`(${t.state} = 'draft') = (${t.reviewedById} IS NULL)`),
    check(
      'scorecards_signed',
      sql`(${t.state} = 'signed') = (${t.signedById} IS NOT NULL) AND (${t.signedById} IS NULL OR ${t.signedById} <> ${t.reviewedById})`,
    ),
    uniqueIndex('scorecards_period_of').on(t.year, t.scope, t.fromDate),
    index('scorecards_signed_on').on(t.scope, t.toDate),
  ],
)

/** What one scorecard judges, with the figures and the records behind them as they were. */
export const scorecardItems = sqliteTable(
  'scorecard_items',
  {
    scorecardId: text()
      .notNull()
      .references(() => scorecards.id),
    /** From 1, in the order of the settings. */
    no: integer().notNull(),
    label: text().notNull(),
    /** Name of the figure; null for what people judge. */
    figure: text(),
    about: text().notNull(),
    /** Points. */
    weight: integer().notNull(),
    numerator: integer(),
    denominator: integer(),
    /** Hundredths of a point; null: nothing to judge, or not judged yet. */
    score: integer(),
    note: text().notNull(),
    /** JSON array of `FigureRecord`, what was not met first. */
    records: text().notNull(),
    /** JSON: `{ numerator, denominator }` as those read it from whom some of the records are hidden, by staff id. */
    sights: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.scorecardId, t.no] }),
    check('scorecard_items_weight', sql`${t.weight} BETWEEN 1 AND 100`),
    check('scorecard_items_score', sql`${t.score} IS NULL OR ${t.score} BETWEEN 0 AND ${t.weight} * 100`),
    check('scorecard_items_figure', sql`(${t.figure} IS NULL) = (${t.denominator} IS NULL)`),
    check('scorecard_items_share', sql`${t.numerator} IS NULL OR ${t.numerator} BETWEEN 0 AND ${t.denominator}`),
    check('scorecard_items_records', sql`json_valid(${t.records}) AND json_valid(${t.sights})`),
  ],
)

/** What was done to a scorecard, with time and person. Append-only. */
export const scorecardSteps = sqliteTable(
  'scorecard_steps',
  {
    id: text().primaryKey(),
    scorecardId: text()
      .notNull()
      .references(() => scorecards.id),
    kind: text().notNull(),
    note: text().notNull(),
    at: integer().notNull(),
    actorName: text().notNull(),
  },
  (t) => [index('scorecard_steps_card').on(t.scorecardId, t.at, t.id)],
)
