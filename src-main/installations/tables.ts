import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts, customers, servicePoints } from '../customers/tables.ts'
import { meters } from '../metering/tables.ts'
import { staff } from '../staff/tables.ts'
import { pricePlans } from '../tariffs/tables.ts'

/** 报装: from the application of a customer to the first flow of gas. */
export const applications = sqliteTable(
  'applications',
  {
    id: text().primaryKey(),
    applicationNo: text().notNull().unique(),
    customerId: text()
      .notNull()
      .references(() => customers.id),
    servicePointId: text()
      .notNull()
      .references(() => servicePoints.id),
    category: text({ enum: ['resident', 'industrial', 'commercial', 'public'] }).notNull(),
    /** 用气性质. */
    purpose: text().notNull(),
    /** JSON array of { name, count }. */
    appliances: text().notNull(),
    householdSize: integer().notNull(),
    pricePlanId: text()
      .notNull()
      .references(() => pricePlans.id),
    /** Agreed gas a year, litres; null for residents. */
    annualVolume: integer(),
    /** Agreed most in an hour, litres; null for residents. */
    hourlyVolume: integer(),
    /** `ApplicationState` in rules.ts. */
    state: text({
      enum: ['applied', 'unfit', 'surveyed', 'opened', 'metered', 'rejected', 'accepted', 'ignited', 'cancelled'],
    }).notNull(),
    accountId: text().references(() => accounts.id),
    meterId: text().references(() => meters.id),
    /** Who has it in hand: the last one who worked on it or took it over. */
    holderId: text().notNull(),
    holderName: text().notNull(),
    appliedOn: text().notNull(),
    /** When gas first flowed, epoch ms. */
    ignitedAt: integer(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    check(
      'applications_state',
      sql`${t.state} IN ('applied', 'unfit', 'surveyed', 'opened', 'metered', 'rejected', 'accepted', 'ignited', 'cancelled')`,
    ),
    check('applications_appliances', sql`json_valid(${t.appliances})`),
    uniqueIndex('applications_in_progress')
      .on(t.servicePointId)
      .where(sql`${t.state} NOT IN ('ignited', 'cancelled')`),
    index('applications_waiting')
      .on(t.createdAt, t.id)
      .where(sql`${t.state} NOT IN ('ignited', 'cancelled')`),
    index('applications_state_created').on(t.state, t.createdAt, t.id),
    index('applications_place').on(t.servicePointId, t.state),
    // Reports count applications and ignitions by their day.
    index('applications_applied').on(t.appliedOn, t.id),
    index('applications_ignited')
      .on(t.ignitedAt, t.id)
      .where(sql`${t.ignitedAt} IS NOT NULL`),
    index('applications_customer').on(t.customerId),
    index('applications_account').on(t.accountId),
  ],
)

/** Every step with its evidence, in order: who, when, what was found. Append-only. */
export const installationRecords = sqliteTable(
  'installation_records',
  {
    id: text().primaryKey(),
    applicationId: text()
      .notNull()
      .references(() => applications.id),
    /** 1, 2, 3 … within the application: what came after what is never asked of a clock. */
    no: integer().notNull(),
    kind: text({
      enum: [
        'applied',
        'amended',
        'taken-over',
        'survey',
        'account',
        'meter',
        'acceptance',
        'tightness',
        'safety-check',
        'ignition',
        'cancelled',
      ],
    }).notNull(),
    /** 1 passed, 0 failed, null where nothing is judged. */
    passed: integer(),
    performedOn: text().notNull(),
    performedBy: text().notNull(),
    /** Who worked on site, with the certificate for it; null for what is done at the counter. */
    workerId: text().references(() => staff.id),
    /** JSON: checklist, test values, reasons. */
    body: text().notNull(),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [
    uniqueIndex('installation_records_no').on(t.applicationId, t.no),
    // What was finished in a period, for the callback ratio.
    index('installation_records_ignited')
      .on(t.at, t.id)
      .where(sql`${t.kind} = 'ignition'`),
    check('installation_records_passed', sql`${t.passed} IS NULL OR ${t.passed} IN (0, 1)`),
    check('installation_records_body', sql`json_valid(${t.body})`),
  ],
)
