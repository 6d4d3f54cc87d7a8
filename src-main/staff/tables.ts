import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** 员工: one number each, never shared. */
export const staff = sqliteTable(
  'staff',
  {
    id: text().primaryKey(),
    staffNo: text().notNull().unique(),
    name: text().notNull(),
    /** JSON array of `Role`. */
    roles: text().notNull(),
    state: text({ enum: ['active', 'left'] }).notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [check('staff_state', sql`${t.state} IN ('active', 'left')`)],
)
