import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'

/** The hall and this PC; one row, written by the first-start wizard. */
export const device = sqliteTable(
  'device',
  {
    only: integer().primaryKey(),
    deviceId: text().notNull(),
    /** Names the run of outbox numbers; a restored backup begins a new one, or headquarters would take its numbers for old ones. */
    streamId: text().notNull(),
    companyName: text().notNull(),
    hallCode: text().notNull(),
    hallName: text().notNull(),
    pcCode: text().notNull(),
    /** 1 for the demo hall, whose passwords stand on the login page. */
    demo: integer().notNull().default(0),
    createdAt: integer().notNull(),
  },
  (t) => [
    check('device_only', sql`${t.only} = 1`),
    check('device_hall_code', sql`length(${t.hallCode}) = 3`),
    check('device_pc_code', sql`length(${t.pcCode}) = 2`),
  ],
)

export const settings = sqliteTable('settings', {
  key: text().primaryKey(),
  /** JSON. */
  value: text().notNull(),
  updatedAt: integer().notNull(),
  updatedBy: text().notNull(),
})

/** Answers already given: the same request id twice has one effect and the first answer. */
export const requests = sqliteTable('requests', {
  requestId: text().primaryKey(),
  call: text().notNull(),
  actorId: text().notNull(),
  /** SHA-256 of the parsed input; another body under the same id is refused. */
  inputHash: text().notNull(),
  /** JSON. */
  output: text().notNull(),
  at: integer().notNull(),
})

/** Append-only, chained by hash: a removed or altered row is found. */
export const auditLog = sqliteTable(
  'audit_log',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    call: text().notNull(),
    subject: text(),
    /** Code of the till it was done at; null before the hall has one. */
    till: text(),
    /** JSON: what the service wanted remembered (before/after, reason, approver). */
    detail: text().notNull(),
    inputHash: text().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [
    index('audit_log_subject').on(t.subject, t.seq),
    index('audit_log_actor').on(t.actorId, t.seq),
    index('audit_log_call').on(t.call, t.seq),
  ],
)

/** Where the log goes back in time, because a wrong clock was set right: rows before and after are in order by themselves. */
export const auditBreaks = sqliteTable('audit_breaks', {
  /** The first row of the later part. */
  seq: integer().primaryKey(),
})

/** 日志校验: each walk along the whole chain, at day close, in a backup, or by hand. Headquarters gets these rows. */
export const auditChecks = sqliteTable('audit_checks', {
  id: text().primaryKey(),
  at: integer().notNull(),
  occasion: text({ enum: ['day-close', 'backup', 'by-hand'] }).notNull(),
  rows: integer().notNull(),
  /** First row that was altered or follows a removed one; null when all hold. */
  broken: integer(),
  /** Hash of the last row checked. */
  head: text().notNull(),
})

/** 断点: restores, losses, streams begun anew. See breaks.ts. */
export const breaks = sqliteTable(
  'breaks',
  {
    id: text().primaryKey(),
    kind: text({ enum: ['restored', 'lost', 'forked', 'resent'] }).notNull(),
    at: integer().notNull(),
    byId: text().notNull(),
    byName: text().notNull(),
    reason: text().notNull(),
    /** The backup that was put in place. */
    fileName: text(),
    /** Name of the file that holds what it replaced. */
    replaced: text(),
    /** How far the audit log goes that was found, and the mark beside it. */
    auditSeq: integer().notNull(),
    auditAt: integer(),
    markSeq: integer(),
    markHash: text(),
    markAt: integer(),
    markOutbox: integer(),
    markAcknowledged: integer(),
    /** JSON: serials left out per kind, `[first, last]`. */
    numbers: text().notNull(),
    /** JSON: the days between, as the replaced database tells them. */
    days: text(),
    /** JSON: what headquarters knows of the time between; null until it was asked. */
    headquarters: text(),
    resolvedAt: integer(),
    resolvedBy: text(),
    resolveReason: text(),
  },
  (t) => [
    index('breaks_mark').on(t.markSeq),
    check('breaks_kind', sql`${t.kind} IN ('restored', 'lost', 'forked', 'resent')`),
  ],
)

/** One row for each row changed in a synced table, written by triggers in the transaction that changed it. */
export const outbox = sqliteTable('outbox', {
  seq: integer().primaryKey({ autoIncrement: true }),
  changeId: text().notNull(),
  at: integer().notNull(),
  entity: text().notNull(),
  entityId: text().notNull(),
  op: text({ enum: ['insert', 'update', 'delete'] }).notNull(),
  /** The whole row after the change as JSON; for a delete, the row as it was. */
  data: text().notNull(),
})

/** Next serial per kind of number; a number people read is taken and used in one transaction, so it has no gaps. */
export const serials = sqliteTable('serials', {
  scope: text().primaryKey(),
  next: integer().notNull(),
})

export const jobs = sqliteTable('jobs', {
  name: text().primaryKey(),
  nextRunAt: integer().notNull(),
  lastRunAt: integer(),
  lastSuccessAt: integer(),
  lastError: text(),
  failures: integer().notNull().default(0),
})
