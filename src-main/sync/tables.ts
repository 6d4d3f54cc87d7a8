import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** How far headquarters has acknowledged the outbox; one row. Stays on this PC and goes into its backups. */
export const syncState = sqliteTable(
  'sync_state',
  {
    only: integer().primaryKey(),
    /** The stream these numbers belong to; another one in `device` means that a backup was restored since. */
    streamId: text().notNull(),
    /** Where this stream goes on from: the stream and the number up to which the restored data had been acknowledged. */
    baseStream: text(),
    baseSeq: integer(),
    /** Every outbox row up to this number is at headquarters. */
    acknowledged: integer().notNull(),
    /** Hash along the rows up to that number; see chain.ts. */
    chain: text().notNull(),
    /** 1: the stream begins after `base_seq` with the whole state of the hall, and nothing before it counts. */
    snapshot: integer().notNull().default(0),
    /** JSON: how far the state has been written into the outbox; null when it has been, or none was asked for. */
    snapshotAt: text(),
    /** What keeps this stream from going on until an administrator decides. */
    obstacle: text({ enum: ['fork', 'newer', 'behind', 'superseded'] }),
    /** Up to which number headquarters and this hall agree, where it is known. */
    agreed: integer(),
    lastAttemptAt: integer(),
    lastSuccessAt: integer(),
    /** Chinese: what happened and what to do. */
    lastError: text(),
    failures: integer().notNull().default(0),
    /** Set while the last attempt failed. */
    nextTryAt: integer(),
    /** Somebody asked for an upload that has not begun yet. */
    requestedAt: integer(),
    /** The oldest business date whose totals headquarters has not compared yet, `YYYY-MM-DD`. */
    totalsFrom: text(),
  },
  (t) => [check('sync_state_only', sql`${t.only} = 1`), check('sync_state_acknowledged', sql`${t.acknowledged} >= 0`)],
)

/** 上报记录: one row for each batch sent, whatever became of it. */
export const uploads = sqliteTable(
  'uploads',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    streamId: text().notNull(),
    fromSeq: integer().notNull(),
    toSeq: integer().notNull(),
    startedAt: integer().notNull(),
    finishedAt: integer().notNull(),
    /** Bytes on the wire, compressed. */
    bytes: integer().notNull(),
    outcome: text({ enum: ['acknowledged', 'resume', 'retry', 'mend', 'stopped'] }).notNull(),
    /** HTTP status; null when there was no answer. */
    status: integer(),
    /** Chinese; null when acknowledged. */
    reason: text(),
    /** Whether headquarters found the same ledger totals; null when nothing was compared. */
    ledger: text({ enum: ['equal', 'different'] }),
  },
  (t) => [
    check('uploads_outcome', sql`${t.outcome} IN ('acknowledged', 'resume', 'retry', 'mend', 'stopped')`),
    index('uploads_started').on(t.startedAt),
  ],
)
