import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { customers } from '../customers/tables.ts'
import { staff } from '../staff/tables.ts'
import { drillForms, drillResults, drillStates, planKinds } from './words.ts'

/** 应急预案: what it is for; what it says stands in its versions. */
export const emergencyPlans = sqliteTable(
  'emergency_plans',
  {
    id: text().primaryKey(),
    kind: text({ enum: planKinds }).notNull(),
    createdAt: integer().notNull(),
    /** 废止: no longer shown. */
    retiredAt: integer(),
    retiredBy: text(),
    retiredReason: text(),
  },
  (t) => [check('emergency_plans_retired', sql`(${t.retiredAt} IS NULL) = (${t.retiredBy} IS NULL)`)],
)

/** A version is written as a draft and holds once somebody else approved it; then a trigger refuses every change. */
export const emergencyPlanVersions = sqliteTable(
  'emergency_plan_versions',
  {
    id: text().primaryKey(),
    planId: text()
      .notNull()
      .references(() => emergencyPlans.id),
    /** 1, 2 … in the order of approval; null for the draft. */
    no: integer(),
    state: text({ enum: ['draft', 'approved'] }).notNull(),
    /** JSON of `PlanContent`. */
    content: text().notNull(),
    /** JSON array of the staff ids of everybody who wrote at it. */
    writers: text().notNull(),
    savedAt: integer().notNull(),
    savedBy: text().notNull(),
    approvedAt: integer(),
    approvedById: text(),
    approvedBy: text(),
    note: text().notNull(),
  },
  (t) => [
    check('emergency_plan_versions_content', sql`json_valid(${t.content}) AND json_valid(${t.writers})`),
    check('emergency_plan_versions_approved', sql`(${t.state} = 'approved') = (${t.approvedAt} IS NOT NULL)`),
    check('emergency_plan_versions_no', sql`(${t.no} IS NULL) = (${t.approvedAt} IS NULL)`),
    uniqueIndex('emergency_plan_versions_plan').on(t.planId, t.no),
    uniqueIndex('emergency_plan_versions_draft')
      .on(t.planId)
      .where(sql`${t.state} = 'draft'`),
  ],
)

/** 演练: planned, held with those who took part, closed when what it found is mended. */
export const drills = sqliteTable(
  'drills',
  {
    id: text().primaryKey(),
    drillNo: text().notNull().unique(),
    kind: text({ enum: planKinds }).notNull(),
    form: text({ enum: drillForms }).notNull(),
    title: text().notNull(),
    state: text({ enum: drillStates }).notNull(),
    plannedOn: text().notNull(),
    heldOn: text(),
    /** When it was held, else when it is planned for: what lists sort by. */
    onDate: text().notNull(),
    place: text().notNull(),
    scenario: text().notNull(),
    result: text({ enum: drillResults }),
    evaluation: text().notNull(),
    /** Persons beside those named: neighbours, fire brigade. */
    others: integer().notNull(),
    cancelReason: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
    heldBy: text(),
    closedAt: integer(),
    closedBy: text(),
  },
  (t) => [
    check('drills_held', sql`(${t.state} IN ('held', 'closed')) = (${t.heldOn} IS NOT NULL)`),
    check('drills_result', sql`(${t.heldOn} IS NULL) = (${t.result} IS NULL)`),
    check('drills_on_date', sql`${t.onDate} = coalesce(${t.heldOn}, ${t.plannedOn})`),
    check('drills_others', sql`${t.others} >= 0`),
    index('drills_date').on(t.onDate, t.id),
    index('drills_state').on(t.state, t.onDate, t.id),
    index('drills_held_on').on(t.heldOn),
  ],
)

/** 参加演练的员工和客户 (clause 6(8)). */
export const drillParticipants = sqliteTable(
  'drill_participants',
  {
    id: text().primaryKey(),
    drillId: text()
      .notNull()
      .references(() => drills.id),
    staffId: text().references(() => staff.id),
    customerId: text().references(() => customers.id),
    accountId: text(),
    name: text().notNull(),
    /** Address of a customer; '' for staff. */
    place: text().notNull(),
  },
  (t) => [
    check('drill_participants_who', sql`(${t.staffId} IS NULL) <> (${t.customerId} IS NULL)`),
    index('drill_participants_drill').on(t.drillId),
    index('drill_participants_staff').on(t.staffId),
    index('drill_participants_customer').on(t.customerId),
  ],
)

/** 演练发现的问题, each with who mends it until when. */
export const drillDefects = sqliteTable(
  'drill_defects',
  {
    id: text().primaryKey(),
    drillId: text()
      .notNull()
      .references(() => drills.id),
    what: text().notNull(),
    responsible: text().notNull(),
    dueOn: text().notNull(),
    mendedOn: text(),
    mendedBy: text(),
    mendedNote: text().notNull(),
    createdAt: integer().notNull(),
  },
  (t) => [
    check('drill_defects_mended', sql`(${t.mendedOn} IS NULL) = (${t.mendedBy} IS NULL)`),
    index('drill_defects_drill').on(t.drillId),
    index('drill_defects_open')
      .on(t.dueOn)
      .where(sql`${t.mendedOn} IS NULL`),
  ],
)
