import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts, customers } from '../customers/tables.ts'
import { staff } from '../staff/tables.ts'
import { channels, orderKinds, orderStates, symptoms } from './words.ts'

/** 工单: one for each call or visit. Its steps stand in `workorder_steps`; this row is where it is now. */
export const workorders = sqliteTable(
  'workorders',
  {
    id: text().primaryKey(),
    orderNo: text().notNull().unique(),
    kind: text({ enum: orderKinds }).notNull(),
    symptom: text({ enum: symptoms }).notNull(),
    /** 1: rings until somebody has taken it. */
    urgent: integer().notNull(),
    state: text({ enum: orderStates }).notNull(),
    channel: text({ enum: channels }).notNull(),
    callerName: text().notNull(),
    callerPhone: text().notNull(),
    customerId: text().references(() => customers.id),
    accountId: text().references(() => accounts.id),
    place: text().notNull(),
    description: text().notNull(),
    /** What was told to the caller: JSON array of the sentences, in order. */
    advice: text().notNull(),
    /** Why not, where nothing could be told. */
    notAdvised: text().notNull(),
    receivedBy: text().notNull(),
    reportedAt: integer().notNull(),
    /** 1, and one more each time it was reopened; the timers of a round count from `roundFrom`. */
    round: integer().notNull(),
    roundFrom: integer().notNull(),
    /** Limits as they were when it was taken in, hours. */
    handleHours: integer().notNull(),
    repairHours: integer().notNull(),
    handleBy: integer().notNull(),
    repairBy: integer().notNull(),
    /** The deadline that runs now, else when its state began: what the board sorts by. */
    dueAt: integer().notNull(),
    pausedAt: integer(),
    handledAt: integer(),
    repairedAt: integer(),
    /** Only ever a member of the staff: these jobs are not contracted out (clause 10(9)). */
    assigneeId: text().references(() => staff.id),
    assigneeName: text(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    check('workorders_urgent', sql`${t.urgent} IN (0, 1)`),
    check('workorders_round', sql`${t.round} >= 1`),
    // The board in its order; with all that the counts ask for.
    index('workorders_open')
      .on(t.dueAt, t.id, t.state, t.urgent, t.assigneeId, t.pausedAt)
      .where(sql`${t.state} NOT IN ('answered', 'closed')`),
    index('workorders_state').on(t.state, t.dueAt, t.id),
    index('workorders_urgent')
      .on(t.dueAt, t.id)
      .where(sql`${t.urgent} = 1 AND ${t.state} NOT IN ('answered', 'closed')`),
    index('workorders_callback')
      .on(t.dueAt, t.id)
      .where(sql`${t.state} IN ('verified', 'referred')`),
    index('workorders_account').on(t.accountId, t.reportedAt),
    index('workorders_reported').on(t.reportedAt, t.id),
    index('workorders_assignee').on(t.assigneeId, t.reportedAt, t.id),
  ],
)

/** Each step of an order with time and person. Append-only. */
export const workorderSteps = sqliteTable(
  'workorder_steps',
  {
    id: text().primaryKey(),
    orderId: text()
      .notNull()
      .references(() => workorders.id),
    /** From 1 within an order. */
    no: integer().notNull(),
    /** The round in which it was done; what ends a round belongs to it. */
    round: integer().notNull(),
    /** 'report', an action, or 'tell-leader'. */
    kind: text().notNull(),
    /** State reached. */
    state: text({ enum: orderStates }).notNull(),
    /** Verification and callback: 1 good, 0 not; null where nothing is judged or nobody was reached. */
    passed: integer(),
    note: text().notNull(),
    /** Who did the work, where that is not the one who wrote it down. */
    workerId: text().references(() => staff.id),
    workerName: text(),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [
    uniqueIndex('workorder_steps_order').on(t.orderId, t.no),
    // What was finished in a period, for the callback ratio.
    index('workorder_steps_finished')
      .on(t.at, t.id)
      .where(sql`${t.kind} IN ('verify', 'refer') AND ${t.state} IN ('verified', 'referred')`),
  ],
)

/** 重大险情报告: each leader of the list, and when who told them. */
export const workorderLeaders = sqliteTable(
  'workorder_leaders',
  {
    id: text().primaryKey(),
    orderId: text()
      .notNull()
      .references(() => workorders.id),
    name: text().notNull(),
    phone: text().notNull(),
    toldAt: integer(),
    toldBy: text(),
    /** What the leader ordered. */
    answer: text(),
  },
  (t) => [
    index('workorder_leaders_order').on(t.orderId),
    check('workorder_leaders_told', sql`(${t.toldAt} IS NULL) = (${t.toldBy} IS NULL)`),
  ],
)
