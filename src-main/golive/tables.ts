import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { checklistItems } from './words.ts'

/** 开业准备: what somebody looked at or decided, where the data cannot tell: test pages printed, nothing to take over. */
export const golivePoints = sqliteTable(
  'golive_points',
  {
    item: text({ enum: checklistItems }).primaryKey(),
    /** Whether it was done, or decided that this hall does not need it. */
    choice: text({ enum: ['done', 'not-needed'] }).notNull(),
    /** Why it is not needed; which papers were tried. */
    note: text().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
  },
  (t) => [check('golive_points_choice', sql`${t.choice} IN ('done', 'not-needed')`)],
)
