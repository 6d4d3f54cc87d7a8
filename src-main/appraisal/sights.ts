/**
 * A scorecard as one member of the staff reads it (see `everything`): what is hidden from them counts neither in a share nor
 * in its points and the total, as each would tell that there is something.
 */
import { asc, eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import type { Share } from '../platform/figures.ts'
import { gradeOf, scoreOf, thresholdsFrom, totalOf } from './rules.ts'
import { scorecardItems, type scorecards } from './tables.ts'

export type CardRecord = typeof scorecards.$inferSelect
export type ItemRecord = typeof scorecardItems.$inferSelect

export const itemsOf = ({ db }: Pick<Context, 'db'>, scorecardId: string): ItemRecord[] =>
  db
    .select()
    .from(scorecardItems)
    .where(eq(scorecardItems.scorecardId, scorecardId))
    .orderBy(asc(scorecardItems.no))
    .all()

/** @param viewer staff id */
export function itemFor(viewer: string, item: ItemRecord, thresholds: string): ItemRecord {
  const { [viewer]: share } = JSON.parse(item.sights) as Record<string, Share>
  return share === undefined
    ? item
    : { ...item, ...share, score: scoreOf(item.weight, share, thresholdsFrom(thresholds)) }
}

/** With total and grade. @param viewer staff id, or `everything` */
export function cardFor<Card extends Pick<CardRecord, 'id' | 'thresholds' | 'grades' | 'total' | 'grade'>>(
  context: Pick<Context, 'db'>,
  viewer: string,
  card: Card,
): Card {
  const total = totalOf(itemsOf(context, card.id).map((item) => itemFor(viewer, item, card.thresholds)))
  return { ...card, total, grade: total === null ? '' : gradeOf(total, card.grades) }
}
