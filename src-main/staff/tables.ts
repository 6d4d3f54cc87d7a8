import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core'
import { wordCheck } from '../platform/columns.ts'
import { certificateKind, certificateKinds } from './rules.ts'
import { trainingKind, trainingResult, meritKind } from './words.ts'

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
    /**
     * Who took the last role that approves from this person, or let them leave while they had one (as JSON: who did it, and
     * whoever had given him his password); and when.
     */
    relievedBy: text(),
    relievedAt: integer(),
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
    /** First day on which it counts for work here: when it was entered, unless a second person agreed to the day of issue. */
    goodFrom: text().notNull(),
    /** Who agreed that it counts for work before it was entered. */
    approverId: text().references((): AnySQLiteColumn => staff.id),
    /** The exam it was given for, or the copy of one from outside; neither only for what moving in brought. */
    examId: text().references((): AnySQLiteColumn => exams.id),
    copyHash: text(),
    copyName: text(),
    /** From this day on it is no longer good. */
    withdrawnOn: text(),
    withdrawnFor: text(),
    addedAt: integer().notNull(),
    addedById: text().notNull(),
    addedBy: text().notNull(),
  },
  (t) => [
    wordCheck('certificates_kind', t.kind, certificateKind),
    check('certificates_term', sql`${t.validTo} >= ${t.issuedOn} AND ${t.goodFrom} >= ${t.issuedOn}`),
    check('certificates_copy', sql`(${t.copyHash} IS NULL) = (${t.copyName} IS NULL)`),
    check('certificates_proof', sql`${t.examId} IS NULL OR ${t.copyHash} IS NULL`),
    index('certificates_exam')
      .on(t.examId)
      .where(sql`${t.examId} IS NOT NULL`),
    index('certificates_staff').on(t.staffId, t.kind, t.validTo),
    uniqueIndex('certificates_number')
      .on(t.kind, t.number)
      .where(sql`${t.withdrawnOn} IS NULL`),
  ],
)

/** 培训 (clause 11): one row per course held. Never changed; a wrong one is voided with its reason. */
export const trainings = sqliteTable(
  'trainings',
  {
    id: text().primaryKey(),
    course: text().notNull(),
    kind: text({ enum: ['entry', 'duty', 'safety', 'service', 'regulation', 'other'] }).notNull(),
    /** YYYY-MM-DD. */
    heldOn: text().notNull(),
    /** 学时 in minutes. */
    minutes: integer().notNull(),
    trainer: text().notNull(),
    materials: text().notNull(),
    recordedAt: integer().notNull(),
    recordedBy: text().notNull(),
    voidedAt: integer(),
    voidedBy: text(),
    voidedFor: text(),
  },
  (t) => [
    wordCheck('trainings_kind', t.kind, trainingKind),
    check('trainings_minutes', sql`${t.minutes} > 0`),
    check(
      'trainings_voided',
      sql`(${t.voidedAt} IS NULL) = (${t.voidedBy} IS NULL) AND (${t.voidedAt} IS NULL) = (${t.voidedFor} IS NULL)`,
    ),
    index('trainings_held').on(t.heldOn, t.id),
  ],
)

/** Who took part in a training, and with what result. Append-only. */
export const trainingPeople = sqliteTable(
  'training_people',
  {
    trainingId: text()
      .notNull()
      .references(() => trainings.id),
    staffId: text()
      .notNull()
      .references(() => staff.id),
    result: text({ enum: ['passed', 'failed', 'absent'] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.trainingId, t.staffId] }),
    wordCheck('training_people_result', t.result, trainingResult),
    index('training_people_staff').on(t.staffId, t.trainingId),
  ],
)

/** 考核 of one person (clause 12). Never changed; a wrong one is voided with its reason. */
export const exams = sqliteTable(
  'exams',
  {
    id: text().primaryKey(),
    staffId: text()
      .notNull()
      .references(() => staff.id),
    subject: text().notNull(),
    /** 定期考核, 上岗考核 or 补考. */
    kind: text({ enum: ['periodic', 'entry', 'retake'] }).notNull(),
    /** The work it was an exam for: a certificate of this kind may be given for it. Null where it was for none. */
    certificateKind: text({ enum: certificateKinds }),
    /** YYYY-MM-DD. */
    heldOn: text().notNull(),
    /** Points, whole. */
    score: integer().notNull(),
    outOf: integer().notNull(),
    passMark: integer().notNull(),
    passed: integer().notNull(),
    /** The failed one this is the retake of; each has one at most. */
    retakeOf: text().references((): AnySQLiteColumn => exams.id),
    note: text().notNull(),
    recordedAt: integer().notNull(),
    /** Never the person examined. */
    recordedById: text().notNull(),
    recordedBy: text().notNull(),
    voidedAt: integer(),
    voidedBy: text(),
    voidedFor: text(),
  },
  (t) => [
    wordCheck('exams_certificate_kind', t.certificateKind, certificateKind),
    check('exams_kind', sql`(${t.kind} = 'retake') = (${t.retakeOf} IS NOT NULL)`),
    check('exams_score', sql`${t.score} BETWEEN 0 AND ${t.outOf} AND ${t.passMark} BETWEEN 1 AND ${t.outOf}`),
    check('exams_passed', sql`${t.passed} = (${t.score} >= ${t.passMark})`),
    check('exams_other_person', sql`${t.recordedById} <> ${t.staffId}`),
    check(
      'exams_voided',
      sql`(${t.voidedAt} IS NULL) = (${t.voidedBy} IS NULL) AND (${t.voidedAt} IS NULL) = (${t.voidedFor} IS NULL)`,
    ),
    index('exams_staff').on(t.staffId, t.heldOn, t.id),
    index('exams_held').on(t.heldOn, t.id),
    uniqueIndex('exams_retake')
      .on(t.retakeOf)
      .where(sql`${t.retakeOf} IS NOT NULL AND ${t.voidedAt} IS NULL`),
  ],
)

/** 奖惩 (clauses 28, 29). Append-only: holds once the manager has approved it, and is revoked by a counter record. */
export const merits = sqliteTable(
  'merits',
  {
    id: text().primaryKey(),
    staffId: text()
      .notNull()
      .references(() => staff.id),
    kind: text({ enum: ['reward', 'penalty'] }).notNull(),
    reason: text().notNull(),
    /** The person or body that decided it, as its paper says. */
    decidedBy: text().notNull(),
    /** YYYY-MM-DD. */
    decidedOn: text().notNull(),
    /** Fen; null where no money goes with it. */
    amount: integer(),
    /** What proves it: the paper's number, the order, the witness. */
    evidence: text().notNull(),
    /** The record that this one takes back. */
    revokes: text().references((): AnySQLiteColumn => merits.id),
    recordedAt: integer().notNull(),
    recordedById: text().notNull(),
    recordedBy: text().notNull(),
  },
  (t) => [
    wordCheck('merits_kind', t.kind, meritKind),
    check('merits_amount', sql`${t.amount} IS NULL OR ${t.amount} > 0`),
    index('merits_at').on(t.recordedAt, t.id),
    index('merits_staff').on(t.staffId, t.recordedAt, t.id),
    index('merits_revokes')
      .on(t.revokes)
      .where(sql`${t.revokes} IS NOT NULL`),
  ],
)

/** The manager's word on a reward or penalty: one each. Append-only. */
export const meritApprovals = sqliteTable(
  'merit_approvals',
  {
    meritId: text()
      .primaryKey()
      .references(() => merits.id),
    approved: integer().notNull(),
    note: text().notNull(),
    at: integer().notNull(),
    approverId: text()
      .notNull()
      .references(() => staff.id),
    approverName: text().notNull(),
  },
  (t) => [check('merit_approvals_approved', sql`${t.approved} IN (0, 1)`)],
)

/** 代理主任 from a day to a day: who named whom, who agreed. It ends by itself, or earlier with a word why. */
export const deputies = sqliteTable(
  'deputies',
  {
    id: text().primaryKey(),
    staffId: text()
      .notNull()
      .references(() => staff.id),
    /** First and last day, YYYY-MM-DD. */
    fromOn: text().notNull(),
    toOn: text().notNull(),
    reason: text().notNull(),
    appointedAt: integer().notNull(),
    appointedById: text()
      .notNull()
      .references(() => staff.id),
    appointedBy: text().notNull(),
    approverId: text()
      .notNull()
      .references(() => staff.id),
    approverName: text().notNull(),
    endedAt: integer(),
    endedById: text(),
    endedBy: text(),
    endReason: text().notNull().default(''),
  },
  (t) => [
    check('deputies_days', sql`${t.fromOn} <= ${t.toOn}`),
    check(
      'deputies_others',
      sql`${t.staffId} <> ${t.appointedById} AND ${t.approverId} NOT IN (${t.staffId}, ${t.appointedById})`,
    ),
    check(
      'deputies_ended',
      sql`(${t.endedAt} IS NULL) = (${t.endedById} IS NULL) AND (${t.endedAt} IS NULL OR trim(${t.endReason}) <> '')`,
    ),
    index('deputies_staff').on(t.staffId, t.toOn),
    index('deputies_at').on(t.appointedAt, t.id),
  ],
)
