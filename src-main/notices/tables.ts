import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { printOutcomes } from '../app/api.ts'

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
    /** 补打 n: how many before may have come out; 0 for an original. */
    reprint: integer().notNull(),
    copies: integer().notNull(),
    printer: text().notNull(),
    /** Code of the till it was printed at. */
    till: text().notNull(),
    at: integer().notNull(),
    actorId: text().notNull(),
    by: text().notNull(),
  },
  (t) => [
    check('printings_copy_no', sql`${t.copyNo} >= 1`),
    check('printings_reprint', sql`${t.reprint} >= 0 AND ${t.copies} BETWEEN 1 AND 20`),
    uniqueIndex('printings_copy').on(t.kind, t.paperId, t.copyNo),
    index('printings_at').on(t.at, t.id),
    index('printings_kind').on(t.kind, t.at, t.id),
  ],
)

/** What became of a printing, told by the process that printed. A late answer of a printer is a second row. Append-only. */
export const printingOutcomes = sqliteTable(
  'printing_outcomes',
  {
    id: text().primaryKey(),
    printingId: text()
      .notNull()
      .references(() => printings.id),
    outcome: text({ enum: printOutcomes }).notNull(),
    detail: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [index('printing_outcomes_printing').on(t.printingId, t.id)],
)
