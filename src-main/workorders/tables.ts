import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts, customers } from '../customers/tables.ts'
import { staff } from '../staff/tables.ts'
import { stepColumns, word, wordCheck } from '../platform/columns.ts'
import { sqlWords } from '../platform/dictionary.ts'
import { orderProcess } from './process.ts'
import { channel, orderKind, siteGas, symptom } from './words.ts'

const { states, steps, ends } = orderProcess
const open = sql.raw(`NOT IN ${sqlWords(ends)}`)

/** 工单: one for each call or visit. Its steps stand in `workorder_steps`; this row is where it is now. */
export const workorders = sqliteTable(
  'workorders',
  {
    id: text().primaryKey(),
    orderNo: text().notNull().unique(),
    kind: word(orderKind).notNull(),
    symptom: word(symptom).notNull(),
    /** 1: rings until somebody has taken it. */
    urgent: integer().notNull(),
    state: word(states).notNull(),
    channel: word(channel).notNull(),
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
    /** When the call came: what came on paper while the program could not be had is written down later. */
    reportedAt: integer().notNull(),
    enteredAt: integer().notNull(),
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
    /** The timers run again by themselves then. */
    pausedUntil: integer(),
    handledAt: integer(),
    repairedAt: integer(),
    /** 1: an earlier round ran out of its hours. Another round does not make that good. */
    handledLate: integer().notNull().default(0),
    repairedLate: integer().notNull().default(0),
    /** Of a hazard: by when somebody must be on the way, be there, and every leader be told; null for the rest. */
    dispatchBy: integer(),
    arriveBy: integer(),
    tellBy: integer(),
    /** In this round; and 1 where an earlier round was late. */
    dispatchedAt: integer(),
    arrivedAt: integer(),
    dispatchedLate: integer().notNull().default(0),
    arrivedLate: integer().notNull().default(0),
    /** Whether gas was shut off on site, as said when it was handled in this round. */
    gas: word(siteGas),
    /** Only ever a member of the staff: these jobs are not contracted out (clause 10(9)). */
    assigneeId: text().references(() => staff.id),
    assigneeName: text(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    wordCheck('workorders_kind', t.kind, orderKind),
    wordCheck('workorders_symptom', t.symptom, symptom),
    wordCheck('workorders_state', t.state, states),
    wordCheck('workorders_channel', t.channel, channel),
    wordCheck('workorders_gas', t.gas, siteGas),
    check('workorders_entered', sql`${t.reportedAt} <= ${t.enteredAt}`),
    check('workorders_paused', sql`(${t.pausedAt} IS NULL) = (${t.pausedUntil} IS NULL)`),
    check('workorders_urgent', sql`${t.urgent} IN (0, 1)`),
    check('workorders_round', sql`${t.round} >= 1`),
    // The board in its order; with all that the counts ask for.
    index('workorders_open')
      .on(t.dueAt, t.id, t.state, t.urgent, t.assigneeId, t.pausedAt)
      .where(sql`${t.state} ${open}`),
    index('workorders_state').on(t.state, t.dueAt, t.id),
    index('workorders_urgent')
      .on(t.dueAt, t.id)
      .where(sql`${t.urgent} = 1 AND ${t.state} ${open}`),
    index('workorders_paused')
      .on(t.dueAt, t.id)
      .where(sql`${t.pausedAt} IS NOT NULL AND ${t.state} ${open}`),
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
    ...stepColumns(states, steps),
    /** Who did the work, where that is not the one who wrote it down. */
    workerId: text().references(() => staff.id),
    workerName: text(),
    /** Of a pause: until when. */
    pausedUntil: integer(),
  },
  (t) => [
    wordCheck('workorder_steps_kind', t.kind, steps),
    wordCheck('workorder_steps_state', t.state, states),
    uniqueIndex('workorder_steps_order').on(t.orderId, t.no),
    // What was finished in a period, for the callback ratio.
    index('workorder_steps_finished')
      .on(t.at, t.id)
      .where(sql`${t.kind} IN ('verify', 'confirm') AND ${t.state} IN ('verified', 'referred')`),
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
    /** By when: from the intake, or from when it came out on site that the rest must know too. */
    tellBy: integer().notNull(),
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
