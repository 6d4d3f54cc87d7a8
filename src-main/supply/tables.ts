import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { servicePoints } from '../customers/tables.ts'

/**
 * 停气原因: what keeps gas off at a service point. There may be several at once; gas flows again only when every one of
 * them was lifted (clauses 17(2), 19(3)). A row is placed once and lifted once.
 */
export const supplyHolds = sqliteTable(
  'supply_holds',
  {
    id: text().primaryKey(),
    servicePointId: text()
      .notNull()
      .references(() => servicePoints.id),
    cause: text({ enum: ['planned', 'hazard', 'arrears', 'customer'] }).notNull(),
    /** The record behind it, `entity:id`: a hazard, an interruption, a dunning. */
    subject: text().notNull(),
    /** What the clerk reads: why gas is off. */
    note: text().notNull(),
    placedAt: integer().notNull(),
    placedBy: text().notNull(),
    liftedAt: integer(),
    liftedBy: text(),
    /** On what evidence it was lifted. */
    liftedNote: text(),
  },
  (t) => [
    check('supply_holds_cause', sql`${t.cause} IN ('planned', 'hazard', 'arrears', 'customer')`),
    check('supply_holds_lifted', sql`(${t.liftedAt} IS NULL) = (${t.liftedBy} IS NULL)`),
    index('supply_holds_point').on(t.servicePointId, t.placedAt),
    // One subject holds one point once at a time.
    uniqueIndex('supply_holds_standing')
      .on(t.servicePointId, t.subject)
      .where(sql`${t.liftedAt} IS NULL`),
    index('supply_holds_subject').on(t.subject),
  ],
)
