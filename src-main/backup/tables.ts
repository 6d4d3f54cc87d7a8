import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** 备份: one row for each attempt; only a proved one counts as a backup. */
export const backups = sqliteTable(
  'backups',
  {
    id: text().primaryKey(),
    fileName: text().notNull().unique(),
    kind: text({ enum: ['scheduled', 'manual'] }).notNull(),
    startedAt: integer().notNull(),
    finishedAt: integer(),
    /** `running` while it is made; a row left in it was interrupted. */
    state: text({ enum: ['running', 'proved', 'failed', 'removed'] }).notNull(),
    /** Bytes. */
    size: integer(),
    /** SHA-256 of the file, hex. */
    hash: text(),
    /** JSON of `BackupTotals`: what the opened copy was found to hold. */
    totals: text(),
    error: text(),
  },
  (t) => [
    check('backups_state', sql`${t.state} IN ('running', 'proved', 'failed', 'removed')`),
    index('backups_started').on(t.startedAt),
  ],
)

/** 数据文件检查: each walk over all pages. Stays on this PC. */
export const fileChecks = sqliteTable(
  'file_checks',
  {
    id: text().primaryKey(),
    at: integer().notNull(),
    /** What is wrong; null when every page is sound. */
    damaged: text(),
  },
  (t) => [index('file_checks_at').on(t.at)],
)
