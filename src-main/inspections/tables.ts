import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { stepColumns, word, wordCheck } from '../platform/columns.ts'
import { accounts, attachments, servicePoints } from '../customers/tables.ts'
import { staff } from '../staff/tables.ts'
import { hazardProcess } from './hazard-process.ts'
import { gradeWords, mender, outcomeWords, receipt, requestCause, taskState } from './words.ts'

/** 安检任务单: the accounts of one building (or part of it) that are visited in one week, given to one inspector. */
export const inspectionRounds = sqliteTable(
  'inspection_rounds',
  {
    id: text().primaryKey(),
    roundNo: text().notNull().unique(),
    /** 1 for residents; the others are inspected by another checklist, and oftener. */
    resident: integer().notNull(),
    /** First day of its week, YYYY-MM-DD. */
    weekOn: text().notNull(),
    community: text().notNull(),
    building: text().notNull(),
    /** A large building is walked in parts, from 0. */
    part: integer().notNull(),
    /** Only ever a certified member of the staff (clauses 10(8)(9)). */
    assigneeId: text().references(() => staff.id),
    assigneeName: text(),
    assignedAt: integer(),
    assignedBy: text(),
    /** What the company asked beyond the regulation when this list was first given out; null until then. */
    ownItems: text(),
    createdAt: integer().notNull(),
  },
  (t) => [
    check('inspection_rounds_resident', sql`${t.resident} IN (0, 1)`),
    check('inspection_rounds_assigned', sql`(${t.assigneeId} IS NULL) = (${t.assignedAt} IS NULL)`),
    uniqueIndex('inspection_rounds_place').on(t.weekOn, t.community, t.building, t.resident, t.part),
    index('inspection_rounds_walk').on(t.weekOn, t.community, t.building, t.id),
    index('inspection_rounds_unassigned')
      .on(t.weekOn, t.id)
      .where(sql`${t.assigneeId} IS NULL`),
    index('inspection_rounds_assignee')
      .on(t.assigneeId)
      .where(sql`${t.assigneeId} IS NOT NULL`),
  ],
)

/** 安检计划: one row for each account and period of a year; where it stands. */
export const inspectionTasks = sqliteTable(
  'inspection_tasks',
  {
    id: text().primaryKey(),
    roundId: text()
      .notNull()
      .references(() => inspectionRounds.id),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    year: integer().notNull(),
    /** 1, 2 … within the year; from 101 on for what is beyond the plan. */
    slot: integer().notNull(),
    /** 1 for a 临时安检 of an account whose inspection of the period is done: it is no part of the plan's figures. */
    extra: integer().notNull().default(0),
    /** Why it is done out of turn; null for what only the plan asks for. */
    cause: word(requestCause),
    causeNote: text().notNull().default(''),
    requestedBy: text().notNull().default(''),
    resident: integer().notNull(),
    periodFrom: text().notNull(),
    periodTo: text().notNull(),
    /** When somebody is to go: the week of the round, or the day of a new visit. */
    visitOn: text().notNull(),
    state: word(taskState).notNull(),
    /** 到访不遇 in a row. */
    absences: integer().notNull(),
    /** The day on which it was inspected; null until then. */
    doneOn: text(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    wordCheck('inspection_tasks_state', t.state, taskState),
    check('inspection_tasks_done', sql`(${t.doneOn} IS NOT NULL) = (${t.state} IN ('passed', 'hazard'))`),
    check('inspection_tasks_extra', sql`${t.extra} IN (0, 1) AND ${t.extra} = (${t.slot} > 100)`),
    check('inspection_tasks_cause', sql`${t.extra} = 0 OR ${t.cause} IS NOT NULL`),
    check('inspection_tasks_absences', sql`${t.absences} >= 0`),
    uniqueIndex('inspection_tasks_slot').on(t.accountId, t.year, t.resident, t.slot),
    index('inspection_tasks_round').on(t.roundId, t.state),
    index('inspection_tasks_open')
      .on(t.periodTo, t.id)
      .where(sql`${t.state} IN ('planned', 'refused')`),
    index('inspection_tasks_visit')
      .on(t.visitOn, t.id)
      .where(sql`${t.state} IN ('planned', 'refused')`),
    // Whatever became of it, for reports: what is arranged past its period counts on the last day of it.
    index('inspection_tasks_arranged').on(
      sql`CASE WHEN ${t.visitOn} < ${t.periodTo} THEN ${t.visitOn} ELSE ${t.periodTo} END`,
      t.id,
    ),
    index('inspection_tasks_refused')
      .on(t.periodTo, t.id)
      .where(sql`${t.state} = 'refused'`),
    index('inspection_tasks_absent')
      .on(t.periodTo, t.id)
      .where(sql`${t.state} = 'planned' AND ${t.absences} >= 3`),
    index('inspection_tasks_done')
      .on(t.doneOn, t.id)
      .where(sql`${t.doneOn} IS NOT NULL`),
    index('inspection_tasks_period').on(
      t.year,
      t.resident,
      t.periodFrom,
      t.periodTo,
      t.state,
      t.doneOn,
      t.absences,
      t.extra,
    ),
  ],
)

/**
 * How many inspections are still to be done, by the last day of their period and by the day of the visit; how many of them
 * were refused or met nobody too often; and how many lists with any of them nobody has, by their week. Kept by triggers: the
 * page of the day adds up some days, not all customers.
 */
export const inspectionLoads = sqliteTable(
  'inspection_loads',
  {
    by: text({ enum: ['period', 'visit', 'refused', 'absent', 'unassigned'] }).notNull(),
    /** '' where it does not matter. */
    day: text().notNull(),
    open: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.by, t.day] }),
    check('inspection_loads_by', sql`${t.by} IN ('period', 'visit', 'refused', 'absent', 'unassigned')`),
    check('inspection_loads_open', sql`${t.open} >= 0`),
  ],
)

/** 安检记录: one visit and what came of it. Never changed, except that a slip of the keyboard may be voided once. */
export const inspectionVisits = sqliteTable(
  'inspection_visits',
  {
    id: text().primaryKey(),
    visitNo: text().notNull().unique(),
    taskId: text()
      .notNull()
      .references(() => inspectionTasks.id),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    visitedOn: text().notNull(),
    /** When the inspector stood at the door, epoch ms; on the day of the visit. */
    arrivedAt: integer().notNull(),
    outcome: word(outcomeWords).notNull(),
    inspectorId: text()
      .notNull()
      .references(() => staff.id),
    inspectorName: text().notNull(),
    /** Who signed for the customer; '' where nobody was met, or would not. */
    signatory: text().notNull(),
    /** 拒签: why; '' where somebody signed or nobody was let in. With who else saw it, or a picture. */
    unsignedReason: text().notNull().default(''),
    unsignedWitness: text().notNull().default(''),
    unsignedPhotoId: text().references(() => attachments.id),
    /** 1 for a visit that was drawn for a proof; the photo or signed sheet. */
    proofDrawn: integer().notNull().default(0),
    proofId: text().references(() => attachments.id),
    /** Why it was refused, and what else there is to say. */
    note: text().notNull(),
    /** Every item of the checklist: JSON [{ item, answer, note }]; [] where nobody was let in. */
    checks: text().notNull(),
    /** What the task was before, so that a slip can be taken back. */
    roundId: text()
      .notNull()
      .references(() => inspectionRounds.id),
    stateBefore: word(taskState).notNull(),
    absencesBefore: integer().notNull(),
    visitOnBefore: text().notNull(),
    enteredAt: integer().notNull(),
    enteredBy: text().notNull(),
    voidedAt: integer(),
    voidedBy: text(),
    voidReason: text(),
  },
  (t) => [
    wordCheck('inspection_visits_outcome', t.outcome, outcomeWords),
    check('inspection_visits_drawn', sql`${t.proofDrawn} IN (0, 1)`),
    check('inspection_visits_voided', sql`(${t.voidedAt} IS NULL) = (${t.voidReason} IS NULL)`),
    index('inspection_visits_account').on(t.accountId, t.visitedOn, t.id),
    index('inspection_visits_task').on(t.taskId, t.id),
    index('inspection_visits_round').on(t.roundId),
    index('inspection_visits_day').on(t.visitedOn, t.id, t.outcome, t.voidedAt),
    index('inspection_visits_finished')
      .on(t.enteredAt, t.id)
      .where(sql`${t.outcome} = 'passed'`),
    index('inspection_visits_outcome').on(t.outcome, t.visitedOn, t.id),
    index('inspection_visits_unsigned')
      .on(t.visitedOn, t.id)
      .where(sql`${t.unsignedReason} <> ''`),
  ],
)

/** 隐患整改通知书: one for each visit that found something; lists its hazards. */
export const rectificationNotices = sqliteTable(
  'rectification_notices',
  {
    id: text().primaryKey(),
    noticeNo: text().notNull().unique(),
    visitId: text()
      .notNull()
      .unique()
      .references(() => inspectionVisits.id),
    issuedOn: text().notNull(),
    /** Delivery: when, by whom, to whom and how; null until then. */
    deliveredOn: text(),
    deliveredBy: text(),
    receivedBy: text(),
    receipt: word(receipt),
  },
  (t) => [
    check('rectification_notices_delivered', sql`(${t.deliveredOn} IS NULL) = (${t.receipt} IS NULL)`),
    wordCheck('rectification_notices_receipt', t.receipt, receipt),
  ],
)

/** 隐患: where it is now; its steps stand in `hazard_steps`. */
export const hazards = sqliteTable(
  'hazards',
  {
    id: text().primaryKey(),
    hazardNo: text().notNull().unique(),
    visitId: text()
      .notNull()
      .references(() => inspectionVisits.id),
    noticeId: text()
      .notNull()
      .references(() => rectificationNotices.id),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    servicePointId: text()
      .notNull()
      .references(() => servicePoints.id),
    resident: integer().notNull(),
    /** Item of the checklist. */
    item: text().notNull(),
    grade: word(gradeWords).notNull(),
    text: text().notNull(),
    mender: word(mender).notNull(),
    /** To be mended by; moved when a re-inspection fails. The first one is what counts as in time. */
    deadline: text().notNull(),
    firstDeadline: text().notNull(),
    state: word(hazardProcess.states).notNull(),
    /** 1, and one more each time the callback found it not mended. */
    round: integer().notNull(),
    foundOn: text().notNull(),
    finderId: text()
      .notNull()
      .references(() => staff.id),
    finderName: text().notNull(),
    /** 临时措施; '' for none. */
    measures: text().notNull(),
    /** Graded below the least of its item, or down from what cut the gas: why, and who agreed; '' and null for none. */
    loweredReason: text().notNull().default(''),
    loweredById: text().references(() => staff.id),
    loweredBy: text().notNull().default(''),
    /** 现场监护 (clause 19(4)): support called, arrived, inspector released; epoch ms. */
    supportCalledAt: integer(),
    supportArrivedAt: integer(),
    releasedAt: integer(),
    /** Authority or community told; '' for none. */
    reportedTo: text().notNull(),
    mendedOn: text(),
    passedOn: text(),
    /** When that was written down, epoch ms: since then it waits for its callback. */
    passedAt: integer(),
    closedAt: integer(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    wordCheck('hazards_grade', t.grade, gradeWords),
    wordCheck('hazards_mender', t.mender, mender),
    wordCheck('hazards_state', t.state, hazardProcess.states),
    check('hazards_round', sql`${t.round} >= 1`),
    check('hazards_passed', sql`(${t.passedOn} IS NOT NULL) = (${t.state} IN ('passed', 'called-back', 'closed'))`),
    check('hazards_passed_at', sql`(${t.passedAt} IS NULL) = (${t.passedOn} IS NULL)`),
    check('hazards_closed', sql`(${t.closedAt} IS NOT NULL) = (${t.state} = 'closed')`),
    index('hazards_account').on(t.accountId, t.foundOn, t.id),
    index('hazards_visit').on(t.visitId),
    index('hazards_notice').on(t.noticeId),
    index('hazards_unmended')
      .on(t.deadline, t.id)
      .where(sql`${t.passedOn} IS NULL AND ${t.state} <> 'withdrawn'`),
    index('hazards_grave')
      .on(t.deadline, t.id)
      .where(sql`${t.grade} <> 'general' AND ${t.passedOn} IS NULL AND ${t.state} <> 'withdrawn'`),
    index('hazards_state').on(t.state, t.deadline, t.id),
    index('hazards_found').on(t.foundOn, t.id),
    index('hazards_aging')
      .on(t.foundOn, t.id)
      .where(sql`${t.passedOn} IS NULL AND ${t.state} <> 'withdrawn'`),
    index('hazards_passed')
      .on(t.passedOn, t.id)
      .where(sql`${t.passedOn} IS NOT NULL`),
    index('hazards_callback')
      .on(t.passedAt, t.id)
      .where(sql`${t.state} = 'passed'`),
    index('hazards_closed')
      .on(t.closedAt, t.id)
      .where(sql`${t.closedAt} IS NOT NULL`),
  ],
)

/** Each step of a hazard with time and person. Append-only. */
export const hazardSteps = sqliteTable(
  'hazard_steps',
  {
    id: text().primaryKey(),
    hazardId: text()
      .notNull()
      .references(() => hazards.id),
    ...stepColumns(hazardProcess.states, hazardProcess.steps),
    /** The inspector of a finding or re-inspection. */
    workerId: text().references(() => staff.id),
    workerName: text(),
    attachmentId: text().references(() => attachments.id),
    /** When it was done, where it was written down later. */
    doneOn: text(),
  },
  (t) => [
    wordCheck('hazard_steps_kind', t.kind, hazardProcess.steps),
    wordCheck('hazard_steps_state', t.state, hazardProcess.states),
    uniqueIndex('hazard_steps_hazard').on(t.hazardId, t.no),
    index('hazard_steps_finished')
      .on(t.at, t.id)
      .where(sql`${t.kind} = 'reinspect' AND ${t.state} = 'passed'`),
  ],
)

/** Runs of the plan's generation on this PC; the plan itself is in the tables above. */
export const inspectionRuns = sqliteTable(
  'inspection_runs',
  {
    id: text().primaryKey(),
    year: integer().notNull(),
    state: text({ enum: ['running', 'cancelling', 'cancelled', 'finished'] }).notNull(),
    startedAt: integer().notNull(),
    startedBy: text().notNull(),
    finishedAt: integer(),
    /** Accounts to look at, looked at so far. */
    total: integer().notNull(),
    done: integer().notNull().default(0),
    /** Inspections added and dropped. */
    added: integer().notNull().default(0),
    dropped: integer().notNull().default(0),
  },
  (t) => [
    check('inspection_runs_state', sql`${t.state} IN ('running', 'cancelling', 'cancelled', 'finished')`),
    uniqueIndex('inspection_runs_one_live')
      .on(sql`1`)
      .where(sql`${t.state} IN ('running', 'cancelling')`),
  ],
)
