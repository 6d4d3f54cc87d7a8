import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** 价格方案: what kind of customer pays by which series of versions. */
export const pricePlans = sqliteTable('price_plans', {
  id: text().primaryKey(),
  code: text().notNull().unique(),
  name: text().notNull(),
  category: text({ enum: ['resident', 'industrial', 'commercial', 'public'] }).notNull(),
  /** First day of the annual tier cycle, `MM-DD`. */
  cycleStart: text().notNull(),
  state: text({ enum: ['in-force', 'retired'] }).notNull(),
  /** Last day covered by a bill of this plan; a new version begins later. */
  billedThrough: text(),
  createdAt: integer().notNull(),
})

/**
 * 价格版本: a trigger refuses every change, so a bill can always be computed again. A version no bill refers to may be
 * withdrawn before it begins; a new price is a new version.
 */
export const priceVersions = sqliteTable(
  'price_versions',
  {
    id: text().primaryKey(),
    planId: text()
      .notNull()
      .references(() => pricePlans.id),
    effectiveFrom: text().notNull(),
    /** JSON of `PriceBody` in tariffs/api.ts: tiers (litre, 1/10000 yuan per m³), household addition, seasons. */
    body: text().notNull(),
    /** 价格文件文号. */
    document: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
  },
  (t) => [
    uniqueIndex('price_versions_effective').on(t.planId, t.effectiveFrom),
    check('price_versions_body', sql`json_valid(${t.body})`),
  ],
)
