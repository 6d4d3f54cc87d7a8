/** The day of a channel's statement: whether it may still be written to, and what is known of its reconciliation. */
import { openDayOrNull } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import type { ChannelMeans } from './api.ts'
import { channelState } from './close-state.ts'
import { closingDay } from './closing-day.ts'
import { NotDeferred } from './errors.ts'

/**
 * The day a statement is reconciled for: the one that is being closed, or a closed one whose statement was to come later.
 * @throws NotDeferred for a closed day that has settled with this channel · NoOpenDay
 */
export function statementDay(context: Context, date: string | null, means: ChannelMeans): BusinessDate {
  if (date === null || date === openDayOrNull(context)) return closingDay(context)
  const deferred = statement(
    context.sqlite,
    `SELECT 1 FROM statements WHERE date = ? AND means = ? AND kind = 'deferred'`,
  ).get(date, means)
  if (!deferred) throw new NotDeferred()
  return date as BusinessDate
}

/** Keeps in mind whether a deferred statement has come and left nothing to do. */
export function noteDone(context: Context, date: BusinessDate, means: ChannelMeans): void {
  const { reconciled, openDifferences } = channelState(context, date, means, true)
  statement(
    context.sqlite,
    `UPDATE statements SET done_at = @doneAt WHERE date = @date AND means = @means AND kind = 'deferred'`,
  ).run({ date, means, doneAt: reconciled && openDifferences === 0 ? context.clock.now() : null })
}

/** What was matched before no longer counts once a statement comes or goes; what was carried here is not done with, but for what was settled. */
export function forgetReconciliation({ sqlite }: Context, date: BusinessDate, means: ChannelMeans): void {
  statement(sqlite, 'UPDATE statements SET reconciled_with = NULL, matched = 0 WHERE date = ? AND means = ?').run(
    date,
    means,
  )
  statement(
    sqlite,
    `UPDATE differences SET cleared_on = NULL WHERE means = @means AND cleared_on = @date AND NOT EXISTS (
       SELECT 1 FROM differences d WHERE d.date = @date AND d.means = @means AND d.state = 'settled'
         AND d.ours_key = differences.ours_key)`,
  ).run({ date, means })
}
