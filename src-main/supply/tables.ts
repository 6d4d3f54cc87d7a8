import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts, customers, servicePoints } from '../customers/tables.ts'
import { word, wordCheck } from '../platform/columns.ts'
import { suspensionReason } from '../customers/api.ts'
import { staff } from '../staff/tables.ts'
import {
  carriedKind,
  carriedKinds,
  carriedOutcomes,
  careResults,
  debtCallResult,
  deliveryWays,
  dunningStates,
  interruptionKinds,
  interruptionStates,
  resumptionOutcomes,
  scopeKinds,
} from './words.ts'
import { closingGrounds, holderAbsences } from './account-words.ts'

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
    cause: word(suspensionReason).notNull(),
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
    wordCheck('supply_holds_cause', t.cause, suspensionReason),
    check('supply_holds_lifted', sql`(${t.liftedAt} IS NULL) = (${t.liftedBy} IS NULL)`),
    index('supply_holds_point').on(t.servicePointId, t.placedAt),
    // One subject holds one point once at a time.
    uniqueIndex('supply_holds_standing')
      .on(t.servicePointId, t.subject)
      .where(sql`${t.liftedAt} IS NULL`),
    index('supply_holds_subject').on(t.subject),
    // What is lifted slice by slice when an interruption of thousands ends.
    index('supply_holds_subject_standing')
      .on(t.subject, t.servicePointId)
      .where(sql`${t.liftedAt} IS NULL`),
  ],
)

/** 待恢复: nothing holds gas off here any more, and nobody has given it back yet. The row goes when gas flows or is held again. */
export const supplyAwaiting = sqliteTable(
  'supply_awaiting',
  {
    servicePointId: text()
      .primaryKey()
      .references(() => servicePoints.id),
    since: integer().notNull(),
    /** By when gas should flow again (setting supply.resumeHours). */
    dueAt: integer().notNull(),
    /** The last hold that went: why gas was off. */
    cause: word(suspensionReason).notNull(),
    subject: text().notNull(),
    /** Visits without success so far, and the last of them. */
    tries: integer().notNull().default(0),
    lastOutcome: text({ enum: resumptionOutcomes }),
    lastNote: text().notNull().default(''),
    lastAt: integer(),
  },
  (t) => [index('supply_awaiting_due').on(t.dueAt, t.servicePointId), index('supply_awaiting_subject').on(t.subject)],
)

/**
 * 恢复前的安全事项: what the database that a restore replaced had open, and the restored one knows nothing of. Written with the
 * restore itself; until each is answered gas does not flow again there (clauses 17(2), 19(3)).
 */
export const carriedMatters = sqliteTable(
  'carried_matters',
  {
    id: text().primaryKey(),
    kind: text({ enum: carriedKinds }).notNull(),
    /** Null for the whole hall, and for a place that the restored hall has never heard of. */
    servicePointId: text().references(() => servicePoints.id),
    /** As the replaced database had them; '' where it had none. */
    accountNo: text().notNull(),
    customerName: text().notNull(),
    address: text().notNull(),
    /** Why gas was off; null where it flowed. */
    cause: word(suspensionReason),
    /** What it was, in words, and since when (epoch ms). */
    what: text().notNull(),
    sinceAt: integer().notNull(),
    /** 1: gas is held off for it (subject `carried:<id>`). */
    held: integer().notNull(),
    /** The replaced file, or the file of an earlier restore it came through; '' where there was none. */
    sourceFile: text().notNull(),
    carriedAt: integer().notNull(),
    settledAt: integer(),
    settledById: text().references(() => staff.id),
    settledByName: text(),
    outcome: text({ enum: carriedOutcomes }),
    /** Why, or the number under which it was entered again. */
    settledNote: text(),
    /** `hazard:<id>` or `workorder:<id>` that stands in its place. */
    enteredAs: text(),
    approverId: text().references(() => staff.id),
    approverName: text(),
  },
  (t) => [
    wordCheck('carried_matters_kind', t.kind, carriedKind),
    check(
      'carried_matters_held',
      sql`${t.held} = 0 OR (${t.held} = 1 AND ${t.servicePointId} IS NOT NULL AND ${t.cause} IS NOT NULL)`,
    ),
    check(
      'carried_matters_settled',
      sql`(${t.settledAt} IS NULL) = (${t.outcome} IS NULL) AND (${t.outcome} IS NULL OR (${t.settledById} IS NOT NULL AND ${t.settledNote} <> ''))`,
    ),
    index('carried_matters_carried').on(t.carriedAt, t.id),
    index('carried_matters_open')
      .on(t.servicePointId)
      .where(sql`${t.settledAt} IS NULL`),
  ],
)

/** 停气: one planned or emergency interruption. Whom it meets is asked of the addresses, not copied. */
export const interruptions = sqliteTable(
  'interruptions',
  {
    id: text().primaryKey(),
    interruptionNo: text().notNull().unique(),
    kind: text({ enum: interruptionKinds }).notNull(),
    state: text({ enum: interruptionStates }).notNull(),
    reason: text().notNull(),
    scopeKind: text({ enum: scopeKinds }).notNull(),
    /** The place of the scope; empty where the kind has none. */
    street: text().notNull(),
    community: text().notNull(),
    building: text().notNull(),
    /** JSON array of account ids of a list, else `[]`. */
    accountIds: text().notNull(),
    /** The range as it stands on the notice. */
    range: text().notNull(),
    fromAt: integer().notNull(),
    toAt: integer().notNull(),
    /** 预计恢复供气. */
    resumeBy: integer().notNull(),
    /** Hours of notice asked for when it was noticed. */
    noticeHours: integer().notNull(),
    /** Customers met by it when it was last counted. */
    affected: integer().notNull(),
    issuedBy: text().notNull(),
    createdAt: integer().notNull(),
    noticedAt: integer(),
    interruptedAt: integer(),
    endedAt: integer(),
    cancelledAt: integer(),
    cancelReason: text().notNull().default(''),
    cancelledBy: text().notNull().default(''),
    /** 改期: the interruption that was planned in its place. */
    replacedBy: text(),
    /** 延迟恢复: until when, why and when that was said last; null while it keeps what was announced. */
    delayedTo: integer(),
    delayReason: text().notNull().default(''),
    delayedBy: text().notNull().default(''),
    delayedAt: integer(),
    /** An emergency's ground: the order of the hazard (no foreign key: that room stands above this one), or who agreed. */
    groundOrderId: text(),
    groundOrderNo: text().notNull().default(''),
    groundReason: text().notNull().default(''),
    groundApproverId: text().references(() => staff.id),
    groundApprover: text().notNull().default(''),
    /** 1 while holds are still being placed or lifted: a program that was killed goes on with it. */
    unfinished: integer().notNull().default(0),
    updatedAt: integer().notNull(),
  },
  (t) => [
    check('interruptions_times', sql`${t.fromAt} < ${t.toAt} AND ${t.toAt} <= ${t.resumeBy}`),
    check('interruptions_delayed', sql`(${t.delayedTo} IS NULL) = (${t.delayedAt} IS NULL)`),
    check('interruptions_unfinished', sql`${t.unfinished} IN (0, 1)`),
    index('interruptions_state').on(t.state, t.fromAt, t.id),
    index('interruptions_from').on(t.fromAt, t.id),
    index('interruptions_living')
      .on(t.fromAt, t.id)
      .where(sql`${t.state} IN ('draft', 'noticed', 'interrupted')`),
    uniqueIndex('interruptions_replaced')
      .on(t.replacedBy)
      .where(sql`${t.replacedBy} IS NOT NULL`),
    index('interruptions_unfinished')
      .on(t.id)
      .where(sql`${t.unfinished} = 1`),
  ],
)

/** A building of an interruption, and the proof that its notice was put up. */
export const interruptionBuildings = sqliteTable(
  'interruption_buildings',
  {
    id: text().primaryKey(),
    interruptionId: text()
      .notNull()
      .references(() => interruptions.id),
    street: text().notNull(),
    community: text().notNull(),
    building: text().notNull(),
    /** Customers met in this building when the notice was made. */
    customers: integer().notNull(),
    postedAt: integer(),
    /** Where it hangs: 2 单元门口. */
    postedPlace: text().notNull().default(''),
    postedBy: text().notNull().default(''),
    recordedBy: text(),
    /** SHA-256 of the sealed photo, and its name; null without one. */
    photoHash: text(),
    photoName: text(),
    /** The same of the notice that takes a cancelled interruption back. */
    takenBackAt: integer(),
    takenBackPlace: text().notNull().default(''),
    takenBackBy: text().notNull().default(''),
    takenBackRecordedBy: text(),
    takenBackPhotoHash: text(),
    takenBackPhotoName: text(),
  },
  (t) => [
    check(
      'interruption_buildings_taken_back',
      sql`(${t.takenBackAt} IS NULL) = (${t.takenBackRecordedBy} IS NULL) AND (${t.takenBackAt} IS NULL OR ${t.postedAt} IS NOT NULL)`,
    ),
    index('interruption_buildings_standing')
      .on(t.interruptionId)
      .where(sql`${t.postedAt} IS NOT NULL AND ${t.takenBackAt} IS NULL`),
    uniqueIndex('interruption_buildings_place').on(t.interruptionId, t.community, t.building, t.street),
    check('interruption_buildings_posted', sql`(${t.postedAt} IS NULL) = (${t.recordedBy} IS NULL)`),
    index('interruption_buildings_unposted')
      .on(t.interruptionId)
      .where(sql`${t.postedAt} IS NULL`),
  ],
)

/** 特殊客户 met by an interruption: told in person before it begins. */
export const interruptionCare = sqliteTable(
  'interruption_care',
  {
    id: text().primaryKey(),
    interruptionId: text()
      .notNull()
      .references(() => interruptions.id),
    customerId: text()
      .notNull()
      .references(() => customers.id),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    result: text({ enum: careResults }),
    /** Calls so far that nobody answered. */
    unreached: integer().notNull().default(0),
    /** Why the manager lets it begin all the same. */
    overrideReason: text(),
    overriddenBy: text(),
    /** What the calls about its cancellation came to. */
    cancelResult: text({ enum: careResults }),
    updatedAt: integer().notNull(),
  },
  (t) => [
    index('interruption_care_believing')
      .on(t.interruptionId)
      .where(sql`${t.result} = 'told' AND ${t.cancelResult} IS NOT 'told'`),
    uniqueIndex('interruption_care_account').on(t.interruptionId, t.accountId),
    check('interruption_care_override', sql`(${t.overrideReason} IS NULL) = (${t.overriddenBy} IS NULL)`),
    index('interruption_care_open')
      .on(t.interruptionId)
      .where(sql`${t.result} IS NOT 'told' AND ${t.overrideReason} IS NULL`),
  ],
)

/** Each call to a special-care customer. Append-only. */
export const interruptionCalls = sqliteTable(
  'interruption_calls',
  {
    id: text().primaryKey(),
    careId: text()
      .notNull()
      .references(() => interruptionCare.id),
    /** 1 for a call that tells of the cancellation. */
    aboutCancel: integer().notNull().default(0),
    result: text({ enum: careResults }).notNull(),
    note: text().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
  },
  (t) => [index('interruption_calls_care').on(t.careId, t.at)],
)

/** 恢复供气记录: each visit to give gas back, with what was tested and checked (clauses 17(2), 19(3)). Append-only. */
export const supplyResumptions = sqliteTable(
  'supply_resumptions',
  {
    id: text().primaryKey(),
    servicePointId: text()
      .notNull()
      .references(() => servicePoints.id),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    customerId: text()
      .notNull()
      .references(() => customers.id),
    outcome: text({ enum: resumptionOutcomes }).notNull(),
    /** Number of the 恢复供气通知单; null where gas stayed off. */
    noticeNo: text().unique(),
    /** Version of the service point that gas was given back at: the record counts for this one change and no other. */
    pointVersion: integer().notNull(),
    /** Why gas had been off. */
    cause: text().notNull(),
    subject: text().notNull(),
    /** Pascals, minutes, pascals; null where nothing was tested. */
    pressurePa: integer(),
    minutes: integer(),
    dropPa: integer(),
    testerId: text().references(() => staff.id),
    testerName: text(),
    /** JSON of the safety check: item, text, ok, note; null where none was made. */
    checks: text(),
    /** 1 when every item was good. */
    safe: integer().notNull(),
    note: text().notNull(),
    /** In the quiet hours of residents: who is awake there and agreed, why it did not wait, who approved; '' and null by day. */
    nightConsent: text().notNull(),
    nightReason: text().notNull(),
    nightApproverId: text().references(() => staff.id),
    nightApprover: text(),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [
    check('supply_resumptions_number', sql`(${t.outcome} = 'resumed') = (${t.noticeNo} IS NOT NULL)`),
    check('supply_resumptions_safe', sql`${t.safe} IN (0, 1)`),
    index('supply_resumptions_finished')
      .on(t.at, t.id)
      .where(sql`${t.outcome} = 'resumed'`),
    index('supply_resumptions_point').on(t.servicePointId, t.at),
    index('supply_resumptions_subject').on(t.subject, t.at),
  ],
)

/** 催缴批次: what was issued in one go and is printed as one paper. */
export const dunningBatches = sqliteTable('dunning_batches', {
  id: text().primaryKey(),
  issuedAt: integer().notNull(),
  issuedBy: text().notNull(),
  count: integer().notNull(),
})

/** 电话催缴: who of the hall telephoned about a debt, when, what came of it; beside or before the notices on paper. Append-only. */
export const dunningCalls = sqliteTable(
  'dunning_calls',
  {
    id: text().primaryKey(),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    at: integer().notNull(),
    result: word(debtCallResult).notNull(),
    /** Fen of overdue debt and 违约金 that was spoken of. */
    owed: integer().notNull(),
    /** Until when the customer says he pays. */
    promisedOn: text(),
    note: text().notNull().default(''),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [
    wordCheck('dunning_calls_result', t.result, debtCallResult),
    check('dunning_calls_owed', sql`${t.owed} > 0`),
    check('dunning_calls_promised', sql`(${t.promisedOn} IS NOT NULL) = (${t.result} = 'promised')`),
    index('dunning_calls_account').on(t.accountId, t.at),
  ],
)

/** 催缴: one debtor from the notice to the payment, or to the suspension and back. */
export const dunnings = sqliteTable(
  'dunnings',
  {
    id: text().primaryKey(),
    dunningNo: text().notNull().unique(),
    batchId: text()
      .notNull()
      .references(() => dunningBatches.id),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    customerId: text()
      .notNull()
      .references(() => customers.id),
    servicePointId: text()
      .notNull()
      .references(() => servicePoints.id),
    state: text({ enum: dunningStates }).notNull(),
    /** What was dunned: fen of overdue principal, fen of late fee then, and the oldest due date. */
    principal: integer().notNull(),
    lateFee: integer().notNull(),
    oldestDueOn: text().notNull(),
    /** 1 while it is not done: an account has one such at most. */
    living: integer().notNull(),
    issuedAt: integer().notNull(),
    issuedBy: text().notNull(),
    /** Days as they were when it was issued. */
    dunningDays: integer().notNull(),
    noticeDays: integer().notNull(),
    deliveredAt: integer(),
    deliveredWay: text({ enum: deliveryWays }),
    deliveredBy: text().notNull().default(''),
    deliveredNote: text().notNull().default(''),
    announcedAt: integer(),
    announcedWay: text({ enum: deliveryWays }),
    announcedBy: text().notNull().default(''),
    announcedNote: text().notNull().default(''),
    /** When the days of the present step are over, else when the state began: what the lists page by. */
    nextAt: integer().notNull(),
    suspendedAt: integer(),
    /** The manager who agreed, and why a special-care customer loses gas. */
    approverId: text(),
    approverName: text(),
    /** 1 when the customer was under special care when gas was cut. */
    special: integer().notNull().default(0),
    reason: text().notNull().default(''),
    paidAt: integer(),
    closedAt: integer(),
    closeReason: text().notNull().default(''),
    updatedAt: integer().notNull(),
  },
  (t) => [
    check('dunnings_living', sql`${t.living} IN (0, 1)`),
    check('dunnings_special', sql`${t.special} IN (0, 1)`),
    check('dunnings_delivered', sql`(${t.deliveredAt} IS NULL) = (${t.deliveredWay} IS NULL)`),
    check('dunnings_announced', sql`(${t.announcedAt} IS NULL) = (${t.announcedWay} IS NULL)`),
    check('dunnings_approved', sql`(${t.approverId} IS NULL) = (${t.approverName} IS NULL)`),
    index('dunnings_state').on(t.state, t.nextAt, t.id),
    uniqueIndex('dunnings_one_living')
      .on(t.accountId)
      .where(sql`${t.living} = 1`),
    index('dunnings_account').on(t.accountId, t.issuedAt),
    index('dunnings_batch').on(t.batchId),
  ],
)

/**
 * 停用、复用、拆除、过户、换表、销户、加表、拆表: one row for each process of an account after ignition, its steps in
 * `account_process_records`. A place has one in hand at a time; one that has ended never changes.
 */
export const accountProcesses = sqliteTable(
  'account_processes',
  {
    id: text().primaryKey(),
    processNo: text().notNull().unique(),
    kind: text({
      enum: [
        'deactivation',
        'reactivation',
        'dismantling',
        'transfer',
        'exchange',
        'closing',
        'addition',
        'detachment',
      ],
    }).notNull(),
    state: text({ enum: ['applied', 'read', 'removed', 'exchanged', 'added', 'done', 'cancelled'] }).notNull(),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    customerId: text()
      .notNull()
      .references(() => customers.id),
    servicePointId: text()
      .notNull()
      .references(() => servicePoints.id),
    /** Who came to ask for it, and how to reach them. */
    applicant: text().notNull(),
    applicantPhone: text().notNull(),
    reason: text().notNull(),
    /** What becomes of the prepayment: kept for the account, paid back, or carried over to the new holder. */
    prepayment: text('prepayment_choice', { enum: ['keep', 'refund', 'carry'] }).notNull(),
    /** 过户: the new holder, what the contracts are filled with (JSON), and the account opened at the end. */
    newCustomerId: text().references(() => customers.id),
    terms: text(),
    /** 过户: why the holder who leaves cannot come; null where they do. Approved by a manager. */
    absence: text({ enum: holderAbsences }),
    absenceNote: text().notNull().default(''),
    absenceApproverId: text().references(() => staff.id),
    absenceApprover: text(),
    newAccountId: text().references(() => accounts.id),
    /** 销户 without 拆除: why; a manager agreed. */
    ground: text({ enum: closingGrounds }),
    groundApproverId: text().references(() => staff.id),
    groundApprover: text(),
    /** 欠费保留: principal that may stay owed when the process ends, fen, why, and who agreed. */
    debtPrincipal: integer(),
    debtReason: text().notNull().default(''),
    debtApproverId: text().references(() => staff.id),
    debtApprover: text(),
    /** Who has it in hand: the last one who worked on it or took it over. */
    holderId: text().notNull(),
    holderName: text().notNull(),
    startedOn: text().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
    /** When it was done or cancelled, epoch ms. */
    endedAt: integer(),
  },
  (t) => [
    check(
      'account_processes_state',
      sql`${t.state} IN ('applied', 'read', 'removed', 'exchanged', 'added', 'done', 'cancelled')`,
    ),
    check('account_processes_absence', sql`${t.absence} IS NULL OR ${t.kind} = 'transfer'`),
    check('account_processes_absence_approved', sql`${t.absenceApproverId} IS NULL OR ${t.absence} IS NOT NULL`),
    check('account_processes_ground', sql`${t.ground} IS NULL OR ${t.kind} = 'closing'`),
    check('account_processes_ground_approved', sql`${t.groundApproverId} IS NULL OR ${t.ground} IS NOT NULL`),
    check(
      'account_processes_debt',
      sql`(${t.debtPrincipal} IS NULL) = (${t.debtApproverId} IS NULL) AND (${t.debtPrincipal} IS NULL OR ${t.debtPrincipal} >= 0
        AND trim(${t.debtReason}) <> '' AND ${t.kind} IN ('deactivation', 'reactivation', 'dismantling', 'closing'))`,
    ),
    check('account_processes_ended', sql`(${t.endedAt} IS NOT NULL) = (${t.state} IN ('done', 'cancelled'))`),
    check('account_processes_terms', sql`${t.terms} IS NULL OR json_valid(${t.terms})`),
    uniqueIndex('account_processes_in_hand')
      .on(t.servicePointId)
      .where(sql`${t.state} NOT IN ('done', 'cancelled')`),
    index('account_processes_waiting')
      .on(t.createdAt, t.id)
      .where(sql`${t.state} NOT IN ('done', 'cancelled')`),
    index('account_processes_waiting_kind')
      .on(t.kind, t.createdAt, t.id)
      .where(sql`${t.state} NOT IN ('done', 'cancelled')`),
    index('account_processes_state').on(t.state, t.createdAt, t.id),
    index('account_processes_account').on(t.accountId, t.createdAt),
    index('account_processes_new_account').on(t.newAccountId),
    // What happened last to the gas at a place is asked by the gates.
    index('account_processes_place').on(t.servicePointId, t.endedAt),
  ],
)

/** Every step of a process with its evidence, in order: who, when, what was found. Append-only. */
export const accountProcessRecords = sqliteTable(
  'account_process_records',
  {
    id: text().primaryKey(),
    processId: text()
      .notNull()
      .references(() => accountProcesses.id),
    /** 1, 2, 3 … within the process. */
    no: integer().notNull(),
    /** `ProcessRecordKind` in account-words.ts. */
    kind: text().notNull(),
    /** 1 passed, 0 failed, null where nothing is judged. */
    passed: integer(),
    performedOn: text().notNull(),
    /** Who did the work, where it asks for a certificate. */
    workerId: text().references(() => staff.id),
    workerName: text(),
    /** JSON: values, checklist, reasons, summary. */
    body: text().notNull(),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [
    uniqueIndex('account_process_records_no').on(t.processId, t.no),
    check('account_process_records_passed', sql`${t.passed} IS NULL OR ${t.passed} IN (0, 1)`),
    check('account_process_records_body', sql`json_valid(${t.body})`),
  ],
)
