import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { staff } from '../staff/tables.ts'

/** 登录凭据: one per member of staff who may log in. Stays on this PC. */
export const credentials = sqliteTable(
  'credentials',
  {
    staffId: text()
      .primaryKey()
      .references(() => staff.id),
    /** `scrypt$N$r$p$salt$hash`, salt and hash in base64. */
    secret: text().notNull(),
    /** 1 after a reset: the person must choose a password of their own first. */
    mustChange: integer().notNull().default(0),
    changedAt: integer().notNull(),
    /** Who gave the last password that was not its owner's choice, as JSON: who did it, and who had given him his; and when. */
    resetBy: text(),
    resetAt: integer(),
    /** Failures in a row. */
    failures: integer().notNull().default(0),
    lockedUntil: integer(),
    lastLoginAt: integer(),
  },
  (t) => [
    check('credentials_must_change', sql`${t.mustChange} IN (0, 1)`),
    check('credentials_failures', sql`${t.failures} >= 0`),
  ],
)

/** 登录会话. Only the SHA-256 of the token is kept, so that a stolen file opens no session. */
export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: text().primaryKey(),
    staffId: text()
      .notNull()
      .references(() => staff.id),
    /** Code of the till it was begun at; nobody's at another one. */
    till: text().notNull(),
    createdAt: integer().notNull(),
    lastSeenAt: integer().notNull(),
    lockedAt: integer(),
    endedAt: integer(),
  },
  (t) => [index('sessions_staff').on(t.staffId, t.endedAt)],
)

/** 批准: given by a second person for one act, used once. */
export const approvals = sqliteTable(
  'approvals',
  {
    id: text().primaryKey(),
    purpose: text().notNull(),
    /** What may be done, `entity:id`. */
    subject: text().notNull(),
    /** What was agreed to, canonical JSON; see approval-terms.ts. */
    terms: text().notNull(),
    /** SHA-256 of purpose and terms, compared with what the call is about to do. */
    termsHash: text().notNull(),
    requestedBy: text()
      .notNull()
      .references(() => staff.id),
    approverId: text()
      .notNull()
      .references(() => staff.id),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
    usedAt: integer(),
  },
  (t) => [
    check('approvals_other_person', sql`${t.approverId} <> ${t.requestedBy}`),
    index('approvals_subject').on(t.subject),
  ],
)

/** 请求批准: asked for at one window, agreed to or refused at another. Stays on this PC; what came of it is in the audit log. */
export const approvalRequests = sqliteTable(
  'approval_requests',
  {
    id: text().primaryKey(),
    purpose: text().notNull(),
    /** Canonical JSON, as an approval keeps it. */
    terms: text().notNull(),
    summary: text().notNull(),
    requestedBy: text()
      .notNull()
      .references(() => staff.id),
    /** Hash of the token it was asked with: it ends with that session. */
    sessionId: text().notNull(),
    till: text().notNull(),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
    state: text({ enum: ['open', 'agreed', 'refused', 'withdrawn'] }).notNull(),
    decidedBy: text().references(() => staff.id),
    decidedAt: integer(),
    /** Why it was refused. */
    reason: text().notNull().default(''),
    approvalId: text().references(() => approvals.id),
  },
  (t) => [
    check(
      'approval_requests_decided',
      sql`(${t.state} IN ('agreed', 'refused')) = (${t.decidedBy} IS NOT NULL) AND (${t.state} = 'agreed') = (${t.approvalId} IS NOT NULL)
        AND (${t.state} = 'open') = (${t.decidedAt} IS NULL) AND (${t.state} = 'refused') = (${t.reason} <> '')`,
    ),
    check('approval_requests_other_person', sql`${t.decidedBy} IS NULL OR ${t.decidedBy} <> ${t.requestedBy}`),
    index('approval_requests_open').on(t.state, t.expiresAt),
  ],
)
