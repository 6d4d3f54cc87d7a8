import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

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

/** 上岗证 (clauses 10(8), 11): what somebody may be given to do, and until when. Withdrawn ones stay on record. */
export const certificates = sqliteTable(
  'certificates',
  {
    id: text().primaryKey(),
    staffId: text()
      .notNull()
      .references(() => staff.id),
    kind: text({ enum: ['meter-reading', 'inspection', 'maintenance', 'emergency', 'callback'] }).notNull(),
    /** As printed on it. */
    number: text().notNull(),
    /** First and last day on which it is good, YYYY-MM-DD. */
    issuedOn: text().notNull(),
    validTo: text().notNull(),
    /** From this day on it is no longer good. */
    withdrawnOn: text(),
    withdrawnFor: text(),
    addedAt: integer().notNull(),
    addedBy: text().notNull(),
  },
  (t) => [
    check(
      'certificates_kind',
      sql`${t.kind} IN ('meter-reading', 'inspection', 'maintenance', 'emergency', 'callback')`,
    ),
    check('certificates_term', sql`${t.validTo} >= ${t.issuedOn}`),
    index('certificates_staff').on(t.staffId, t.kind, t.validTo),
    uniqueIndex('certificates_number')
      .on(t.kind, t.number)
      .where(sql`${t.withdrawnOn} IS NULL`),
  ],
)
