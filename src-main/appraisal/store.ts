/** 考核表 as rows, and how one is filled with its figures. */
import { asc, eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError, GateNotPassed } from '../platform/errors.ts'
import type { FigureRecord } from '../platform/figures.ts'
import { newId } from '../platform/ids.ts'
import { actingFacts } from '../platform/two-persons.ts'
import { blinded } from '../customers/service.ts'
import { maxRecords } from './api.ts'
import { figureByLabel, figureNamed } from './figures.ts'
import {
  gradeOf,
  itemsFrom,
  obstaclesTo,
  scoreOf,
  thresholdsFrom,
  totalOf,
  type CardAction,
  type CardFacts,
  type Scope,
} from './rules.ts'
import { cardFor, itemFor, itemsOf, type CardRecord, type ItemRecord } from './sights.ts'
import { scorecardItems, scorecards, scorecardSteps } from './tables.ts'

export const CardNotFound = domainError('CardNotFound', '没有这张考核表，请刷新后再试')

export { itemsOf, type CardRecord, type ItemRecord }

/** What the dispatcher reads of the appraisal is that of the dispatch centre; the others read all of it. */
export const readsAll = ({ actor }: Context): boolean =>
  actor.roles.includes('hall-manager') || actor.roles.includes('administrator')

/** @throws CardNotFound also for a card that is not for this operator */
export function cardById(context: Context, scorecardId: string): CardRecord {
  const row = context.db.select().from(scorecards).where(eq(scorecards.id, scorecardId)).get()
  if (!row || !(readsAll(context) || row.scope === 'dispatch')) throw new CardNotFound()
  return row
}

/** The items as this operator reads them, with the records they may see. */
export const itemsShown = (context: Context, { id, thresholds }: Pick<CardRecord, 'id' | 'thresholds'>): ItemRecord[] =>
  itemsOf(context, id).map((item) => {
    const conceals = figureNamed(item.figure)?.conceals
    if (!conceals) return itemFor(context.actor.id, item, thresholds)
    const records = (JSON.parse(item.records) as FigureRecord[]).filter(({ subject }) => !conceals(context, subject))
    return { ...itemFor(context.actor.id, item, thresholds), records: JSON.stringify(records) }
  })

/** A card with total and grade as this operator reads them. @throws CardNotFound */
export const cardShown = (context: Context, scorecardId: string): CardRecord =>
  cardFor(context, context.actor.id, cardById(context, scorecardId))

export const stepsOf = ({ db }: Context, scorecardId: string) =>
  db
    .select()
    .from(scorecardSteps)
    .where(eq(scorecardSteps.scorecardId, scorecardId))
    .orderBy(asc(scorecardSteps.at), asc(scorecardSteps.id))
    .all()

const factsOf = (context: Context, card: CardRecord, items: readonly ItemRecord[]): CardFacts => ({
  state: card.state,
  to: card.toDate as BusinessDate,
  today: shanghaiDate(context.clock.now()),
  unjudged: items
    .filter(({ figure, score, note }) => figure === null && (score === null || note === ''))
    .map(({ label }) => label),
  total: card.total,
  reviewedById: card.reviewedById,
  ...actingFacts(context),
})

export const obstaclesNow = (context: Context, card: CardRecord, action: CardAction): string[] =>
  obstaclesTo(action, factsOf(context, card, itemsOf(context, card.id)))

/** @throws CardNotFound · GateNotPassed with everything that stands in the way */
export function passGate(context: Context, action: CardAction, scorecardId: string): CardRecord {
  const card = cardById(context, scorecardId)
  const obstacles = obstaclesNow(context, card, action)
  if (obstacles.length > 0) throw new GateNotPassed(obstacles.join('；'), { details: obstacles })
  return card
}

const itemsSetting = { hall: 'appraisal.hallItems', dispatch: 'appraisal.dispatchItems' } as const

/**
 * Takes every figure of a draft anew, by the items and weights of the settings; what people wrote to an item of the same
 * name stays, and a score they gave as far as the weight allows.
 */
export function takeFigures(context: Context, card: CardRecord): void {
  const { db, settings, clock } = context
  const before = new Map(itemsOf(context, card.id).map((item) => [item.label, item]))
  const thresholdText = settings.get('appraisal.thresholds')
  const thresholds = thresholdsFrom(thresholdText)
  const span = { from: card.fromDate as BusinessDate, to: card.toDate as BusinessDate }
  db.delete(scorecardItems).where(eq(scorecardItems.scorecardId, card.id)).run()
  const items = itemsFrom(settings.get(itemsSetting[card.scope as Scope])).map(({ text: label, number: weight }, i) => {
    const figure = figureByLabel(label)
    const known = before.get(label)
    const share = figure?.compute(context, span) ?? null
    const judged = known?.figure === null && known.score !== null ? Math.min(known.score, weight * 100) : null
    return {
      scorecardId: card.id,
      no: i + 1,
      label,
      figure: figure?.name ?? null,
      about: figure?.about ?? '由考核人评分并写明依据',
      weight,
      numerator: share?.numerator ?? null,
      denominator: share?.denominator ?? null,
      score: share === null ? judged : scoreOf(weight, share, thresholds),
      note: known?.note ?? '',
      records: JSON.stringify(figure?.records(context, span, maxRecords) ?? []),
      sights: JSON.stringify(
        Object.fromEntries(
          (figure?.perViewer ? blinded(context) : []).map((staffId) => [
            staffId,
            figure?.compute(context, span, staffId),
          ]),
        ),
      ),
    }
  })
  for (const item of items) db.insert(scorecardItems).values(item).run()
  keepTotal(context, card.id, {
    thresholds: thresholdText,
    grades: settings.get('appraisal.grades'),
    computedAt: clock.now(),
  })
}

/** Works out total and grade from the items as they stand, and keeps them with whatever else changed. */
export function keepTotal(
  context: Context,
  scorecardId: string,
  change: Partial<typeof scorecards.$inferInsert> = {},
): void {
  const total = totalOf(itemsOf(context, scorecardId))
  const grades = change.grades ?? cardById(context, scorecardId).grades
  context.db
    .update(scorecards)
    .set({ ...change, total, grade: total === null ? '' : gradeOf(total, grades) })
    .where(eq(scorecards.id, scorecardId))
    .run()
}

/** Writes down what was done, for the card's own history and the audit log, and tells the windows. */
export function recordStep(context: Context, card: CardRecord, kind: CardAction | 'begin', note: string): void {
  const { db, clock, actor } = context
  db.insert(scorecardSteps)
    .values({ id: newId(clock), scorecardId: card.id, kind, note, at: clock.now(), actorName: actor.name })
    .run()
  context.audit({ subject: `scorecard:${card.id}`, detail: { cardNo: card.cardNo, step: kind, note } })
  context.emit({ event: 'changed', data: { room: 'appraisal' } })
}
