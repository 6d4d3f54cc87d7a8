/** What this room reads of the work orders, whose room stands above it: an order may hold gas off, and gas may not know it. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { standingHazard } from './rules.ts'

/** Numbers of an account's orders that somebody still has to do something about. */
export const openOrderNos = ({ sqlite }: Context, accountId: string): string[] =>
  statement<{ orderNo: string }>(
    sqlite,
    `SELECT order_no AS orderNo FROM workorders
     WHERE account_id = ? AND state NOT IN ('answered', 'closed') ORDER BY reported_at`,
  )
    .all(accountId)
    .map(({ orderNo }) => orderNo)

/** The number of a hazard that nobody has repaired yet; null where the order is none. */
export const standingHazardNo = ({ sqlite }: Context, orderId: string): string | null =>
  statement<{ orderNo: string }>(
    sqlite,
    `SELECT w.order_no AS orderNo FROM workorders w WHERE w.id = ? AND ${standingHazard}`,
  ).get(orderId)?.orderNo ?? null
