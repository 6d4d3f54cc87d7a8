import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** 打印记录: one row for each time a paper left the program. Append-only. */
export const printings = sqliteTable(
  'printings',
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    paperId: text().notNull(),
    /** The number that stands on the paper. */
    number: text().notNull(),
    how: text({ enum: ['printer', 'pdf'] }).notNull(),
    copyNo: integer().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
  },
  (t) => [
    check('printings_copy_no', sql`${t.copyNo} >= 1`),
    uniqueIndex('printings_copy').on(t.kind, t.paperId, t.copyNo),
    index('printings_at').on(t.at, t.id),
    index('printings_kind').on(t.kind, t.at, t.id),
  ],
)
