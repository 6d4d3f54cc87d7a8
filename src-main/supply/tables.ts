import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts, customers, servicePoints } from '../customers/tables.ts'
import { readings } from '../metering/tables.ts'
import { staff } from '../staff/tables.ts'

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

/**
 * 停用、复用、拆除、过户、换表、销户: one row for each process of an account after ignition, its steps in
 * `account_process_records`. A place has one in hand at a time; one that has ended never changes.
 */
export const accountProcesses = sqliteTable(
  'account_processes',
  {
    id: text().primaryKey(),
    processNo: text().notNull().unique(),
    kind: text({
      enum: ['deactivation', 'reactivation', 'dismantling', 'transfer', 'exchange', 'closing'],
    }).notNull(),
    state: text({ enum: ['applied', 'read', 'removed', 'exchanged', 'done', 'cancelled'] }).notNull(),
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
    prepayment: text({ enum: ['keep', 'refund', 'carry'] }).notNull(),
    /** 止数; null before it was taken, and where no meter is. */
    finalReadingId: text().references(() => readings.id),
    /** 过户: the new holder, what the contracts are filled with (JSON), and the account opened at the end. */
    newCustomerId: text().references(() => customers.id),
    terms: text(),
    newAccountId: text().references(() => accounts.id),
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
      sql`${t.state} IN ('applied', 'read', 'removed', 'exchanged', 'done', 'cancelled')`,
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
