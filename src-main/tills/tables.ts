import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/**
 * 本厅电脑: every PC that is or was a till of this hall. A row never goes, so that no code is given twice; the one change it
 * may see is its withdrawal (`build/migrations/gates/tills.ts`).
 */
export const tills = sqliteTable(
  'tills',
  {
    /** Two digits, given by the host; stands in the numbers given there. */
    code: text().primaryKey(),
    name: text().notNull(),
    /** SHA-256 of its certificate, hex; null for the PC the hall began with, whose window needs no line. */
    fingerprint: text(),
    state: text({ enum: ['paired', 'withdrawn'] }).notNull(),
    joinedAt: integer().notNull(),
    /** Who showed the code it joined by; null for the PC the hall began with. */
    joinedById: text(),
    joinedBy: text().notNull(),
    withdrawnAt: integer(),
    withdrawnById: text(),
    withdrawnBy: text(),
    withdrawReason: text(),
  },
  (t) => [
    check('tills_code', sql`${t.code} GLOB '[0-9][0-9]'`),
    check('tills_state', sql`${t.state} IN ('paired', 'withdrawn')`),
    check('tills_fingerprint', sql`${t.fingerprint} IS NULL OR length(${t.fingerprint}) = 64`),
    check(
      'tills_withdrawal',
      sql`(${t.state} = 'withdrawn') = (${t.withdrawnAt} IS NOT NULL AND ${t.withdrawnById} IS NOT NULL
        AND ${t.withdrawnBy} IS NOT NULL AND ${t.withdrawReason} IS NOT NULL)`,
    ),
    uniqueIndex('tills_fingerprint_once').on(t.fingerprint),
  ],
)
