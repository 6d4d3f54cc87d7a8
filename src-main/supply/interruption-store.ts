/** 停气 as rows: where an interruption stands, whom it still has to tell, and what that lets it do. */
import { eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { domainError, GateNotPassed } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { InterruptionAction } from './api.ts'
import { obstaclesToInterruption, type InterruptionFacts, type InterruptionObstacle } from './rules.ts'
import { affectedBuildings, affectedCare } from './scope.ts'
import { interruptions } from './tables.ts'

export const InterruptionNotFound = domainError('InterruptionNotFound', '没有找到这次停气，请刷新后再试')

export type InterruptionRecord = typeof interruptions.$inferSelect

/** The subject under which its holds stand. */
export const subjectOf = (interruptionId: string): string => `interruption:${interruptionId}`

/** @throws InterruptionNotFound */
export function interruptionById({ db }: Context, interruptionId: string): InterruptionRecord {
  const row = db.select().from(interruptions).where(eq(interruptions.id, interruptionId)).get()
  if (!row) throw new InterruptionNotFound()
  return row
}

/** How many of an interruption wait for somebody, each as SQL in parentheses; `of` names the interruption there. */
export const waitingSql = {
  unposted: (of: string) => `(SELECT count(*) FROM interruption_buildings INDEXED BY interruption_buildings_unposted
    WHERE interruption_id = ${of} AND posted_at IS NULL)`,
  openCalls: (of: string) => `(SELECT count(*) FROM interruption_care INDEXED BY interruption_care_open
    WHERE interruption_id = ${of} AND result IS NOT 'told' AND override_reason IS NULL)`,
  /** Notices of a cancelled interruption that nobody took back. */
  standing: (of: string) => `(SELECT count(*) FROM interruption_buildings INDEXED BY interruption_buildings_standing
    WHERE interruption_id = ${of} AND posted_at IS NOT NULL AND taken_back_at IS NULL)`,
  /** Special-care customers who were told of a cancelled interruption, and not of its end. */
  believing: (of: string) => `(SELECT count(*) FROM interruption_care INDEXED BY interruption_care_believing
    WHERE interruption_id = ${of} AND result = 'told' AND cancel_result IS NOT 'told')`,
} as const
const count = ({ sqlite }: Context, what: keyof typeof waitingSql, interruptionId: string): number =>
  statement<{ n: number }>(sqlite, `SELECT ${waitingSql[what]('?')} AS n`).get(interruptionId)?.n ?? 0

export const unposted = (context: Context, interruptionId: string): number => count(context, 'unposted', interruptionId)
export const openCalls = (context: Context, interruptionId: string): number =>
  count(context, 'openCalls', interruptionId)

export const standing = (context: Context, row: InterruptionRecord): number =>
  row.state === 'cancelled' ? count(context, 'standing', row.id) : 0
export const believing = (context: Context, row: InterruptionRecord): number =>
  row.state === 'cancelled' ? count(context, 'believing', row.id) : 0

export const factsOf = (context: Context, row: InterruptionRecord): InterruptionFacts => ({
  kind: row.kind,
  state: row.state,
  noticed: row.noticedAt !== null,
  fromAt: row.fromAt,
  toAt: row.toAt,
  affected: row.affected,
  unposted: unposted(context, row.id),
  openCalls: openCalls(context, row.id),
  // Until it is announced the setting counts as it is now.
  noticeHours: row.state === 'draft' ? context.settings.get('supply.noticeHours') : row.noticeHours,
  now: context.clock.now(),
})

export const gateNotPassed = (obstacles: readonly { readonly text: string }[]) =>
  new GateNotPassed(obstacles.map(({ text }) => text).join('；'), { details: obstacles })

/** The interruption, when the action may be done. @throws InterruptionNotFound · GateNotPassed with every obstacle */
export function passInterruptionGate(
  context: Context,
  action: InterruptionAction,
  interruptionId: string,
): InterruptionRecord {
  const row = interruptionById(context, interruptionId)
  const obstacles: readonly InterruptionObstacle[] = obstaclesToInterruption(action, factsOf(context, row))
  if (obstacles.length > 0) throw gateNotPassed(obstacles)
  return row
}

/** Writes columns of an interruption, its audit row, and tells the windows. */
export function saveInterruption(
  context: Context,
  row: InterruptionRecord,
  fills: Partial<InterruptionRecord>,
  detail: Record<string, unknown> = {},
): void {
  context.db
    .update(interruptions)
    .set({ ...fills, updatedAt: context.clock.now() })
    .where(eq(interruptions.id, row.id))
    .run()
  context.audit({
    subject: subjectOf(row.id),
    detail: { interruptionNo: row.interruptionNo, state: fills.state ?? row.state, ...detail },
  })
  context.emit({ event: 'changed', data: { room: 'supply' } })
}

/**
 * Brings the buildings to post at and the special-care customers to call up to date with the addresses: whoever came to
 * live there, or came under special care, since the notice was made is told as well. What is done stays done.
 * @returns customers met by it now
 */
export function listWhoIsTold(context: Context, row: InterruptionRecord): number {
  const { sqlite, clock } = context
  const buildings = affectedBuildings(context, row)
  const addBuilding = statement(
    sqlite,
    `INSERT INTO interruption_buildings (id, interruption_id, street, community, building, customers)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (interruption_id, community, building, street) DO UPDATE SET customers = excluded.customers
       WHERE customers <> excluded.customers`,
  )
  for (const { street, community, building, customers } of buildings) {
    addBuilding.run(newId(clock), row.id, street, community, building, customers)
  }
  const addCare = statement(
    sqlite,
    `INSERT INTO interruption_care (id, interruption_id, customer_id, account_id, updated_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (interruption_id, account_id) DO NOTHING`,
  )
  for (const { customerId, accountId } of affectedCare(context, row)) {
    addCare.run(newId(clock), row.id, customerId, accountId, clock.now())
  }
  return buildings.reduce((sum, { customers }) => sum + customers, 0)
}

/** Whether everybody whom it meets now stands on its list already. */
export function listIsCurrent(context: Context, row: InterruptionRecord): boolean {
  const { sqlite } = context
  const buildings = affectedBuildings(context, row)
  if (buildings.reduce((sum, { customers }) => sum + customers, 0) !== row.affected) return false
  const building = statement(
    sqlite,
    `SELECT 1 FROM interruption_buildings
     WHERE interruption_id = ? AND community = ? AND building = ? AND street = ? AND customers = ?`,
  )
  const care = statement(sqlite, 'SELECT 1 FROM interruption_care WHERE interruption_id = ? AND account_id = ?')
  return (
    buildings.every((one) => building.get(row.id, one.community, one.building, one.street, one.customers)) &&
    affectedCare(context, row).every(({ accountId }) => care.get(row.id, accountId))
  )
}
