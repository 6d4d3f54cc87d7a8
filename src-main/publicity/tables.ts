import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { staff } from '../staff/tables.ts'
import { campaignKinds, campaignStates } from './words.ts'

/** 公示牌: each version that was published, and at most one draft. A trigger refuses every change of a published one. */
export const boardVersions = sqliteTable(
  'board_versions',
  {
    id: text().primaryKey(),
    /** 1, 2 … in the order of publishing; null for the draft. */
    no: integer().unique(),
    state: text({ enum: ['draft', 'published'] }).notNull(),
    /** JSON of `BoardContent`. */
    content: text().notNull(),
    /** Why it was published. */
    note: text().notNull(),
    savedAt: integer().notNull(),
    savedBy: text().notNull(),
    publishedAt: integer(),
    publishedBy: text(),
  },
  (t) => [
    check('board_versions_content', sql`json_valid(${t.content})`),
    check('board_versions_published', sql`(${t.state} = 'published') = (${t.publishedAt} IS NOT NULL)`),
    check('board_versions_no', sql`(${t.no} IS NULL) = (${t.publishedAt} IS NULL)`),
    uniqueIndex('board_versions_draft')
      .on(t.state)
      .where(sql`${t.state} = 'draft'`),
  ],
)

/** 安全宣传活动: planned, then recorded as it was held. */
export const campaigns = sqliteTable(
  'campaigns',
  {
    id: text().primaryKey(),
    campaignNo: text().notNull().unique(),
    kind: text({ enum: campaignKinds }).notNull(),
    title: text().notNull(),
    state: text({ enum: campaignStates }).notNull(),
    place: text().notNull(),
    /** Null for one that was held without having been planned (计划外). */
    plannedOn: text(),
    doneOn: text(),
    /** When it was held, else when it is planned for: what lists sort by. */
    onDate: text().notNull(),
    /** Persons and leaflets, as planned and as they were. */
    targetReach: integer().notNull(),
    reached: integer().notNull(),
    leaflets: integer().notNull(),
    content: text().notNull(),
    summary: text().notNull(),
    cancelReason: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
    recordedAt: integer(),
    recordedBy: text(),
  },
  (t) => [
    check('campaigns_done', sql`(${t.state} = 'done') = (${t.doneOn} IS NOT NULL)`),
    check('campaigns_on_date', sql`${t.onDate} = coalesce(${t.doneOn}, ${t.plannedOn})`),
    check('campaigns_counts', sql`${t.targetReach} >= 0 AND ${t.reached} >= 0 AND ${t.leaflets} >= 0`),
    index('campaigns_date').on(t.onDate, t.id),
    index('campaigns_state').on(t.state, t.onDate, t.id),
    index('campaigns_planned').on(t.plannedOn),
    index('campaigns_done_on').on(t.doneOn),
  ],
)

/** Who held it; before that, who is to. */
export const campaignStaff = sqliteTable(
  'campaign_staff',
  {
    campaignId: text()
      .notNull()
      .references(() => campaigns.id),
    staffId: text()
      .notNull()
      .references(() => staff.id),
    name: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.staffId] })],
)

/** Pictures and sign-in sheets of campaigns and drills; the files lie sealed beside the database. */
export const pictures = sqliteTable(
  'pictures',
  {
    id: text().primaryKey(),
    /** `campaign:id`, `drill:id`, `register-entry:id`. */
    subject: text().notNull(),
    name: text().notNull(),
    /** SHA-256 of the content, hex. */
    hash: text().notNull(),
    /** Bytes. */
    size: integer().notNull(),
    addedAt: integer().notNull(),
    addedBy: text().notNull(),
  },
  (t) => [index('pictures_subject').on(t.subject, t.addedAt)],
)
