import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { staff } from '../staff/tables.ts'

/** 草稿: a form somebody has not finished. One per operator and form; stays on this PC, encrypted as all of it is. */
export const drafts = sqliteTable(
  'drafts',
  {
    staffId: text()
      .notNull()
      .references(() => staff.id),
    /** Which form, as the screen names it: 'opening', 'customer-0190…'. */
    key: text().notNull(),
    /** What the form is called, for the list of unfinished ones. */
    title: text().notNull(),
    /** Page that opens it again, from the root. */
    path: text().notNull(),
    /** JSON of the form as it was typed. */
    body: text().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.staffId, t.key] }),
    check('drafts_body', sql`json_valid(${t.body})`),
    index('drafts_mine').on(t.staffId, t.updatedAt),
    index('drafts_updated').on(t.updatedAt),
  ],
)
