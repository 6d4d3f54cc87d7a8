/** 考核评价: begun for a period, filled in, reviewed by one and signed by another; a signed one never changes. */
import { and, eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { dateParts, daysBetween, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import type { FigureRecord } from '../platform/figures.ts'
import { newId } from '../platform/ids.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import {
  Begin,
  Detail,
  Figures,
  Fill,
  Missing,
  Periods,
  Records,
  Refresh,
  Return,
  Review,
  Sign,
  type CardDetail,
  type PeriodRow,
} from './api.ts'
import {
  cardActions,
  dueOf,
  periodName,
  periodsOf,
  scopes,
  thresholdWords,
  transitions,
  type CardAction,
  type Scope,
} from './rules.ts'
import { figures } from './figures.ts'
import {
  cardById,
  cardShown,
  itemsOf,
  itemsShown,
  keepTotal,
  obstaclesNow,
  passGate,
  readsAll,
  recordStep,
  stepsOf,
  takeFigures,
  type CardRecord,
} from './store.ts'
import { cardFor } from './sights.ts'
import { scorecardItems, scorecards } from './tables.ts'

export { CardNotFound } from './store.ts'
export { figures }
export { scorecardPaper } from './paper.ts'

export const CardExists = domainError('CardExists', '这一期已有考核表，请打开它')
export const PeriodAhead = domainError('PeriodAhead', '这一期还没有开始，到期后再建考核表')

const today = ({ clock }: Context): BusinessDate => shanghaiDate(clock.now())

const perYear = ({ settings }: Context, scope: Scope): number =>
  settings.get(scope === 'hall' ? 'appraisal.hallPerYear' : 'appraisal.dispatchPerYear')

/** Asia/Shanghai date of the first-start wizard: what was over before is not this program's to judge. */
function setUpOn({ sqlite }: Context): BusinessDate {
  const row = statement<{ at: number }>(sqlite, 'SELECT created_at AS at FROM device').get()
  return shanghaiDate(row?.at ?? 0)
}

/** Scorecards of a year; also for the test of its plan. */
export const cardsSql = `SELECT id, card_no AS cardNo, scope, from_date AS fromDate, state, thresholds, grades, total, grade, signed_at AS signedAt
  FROM scorecards WHERE year = ?`
type CardRow = Pick<
  CardRecord,
  'id' | 'cardNo' | 'scope' | 'fromDate' | 'state' | 'thresholds' | 'grades' | 'total' | 'grade' | 'signedAt'
>

function periodRows(context: Context, year: number): PeriodRow[] {
  const cards = statement<CardRow>(context.sqlite, cardsSql)
    .all(year)
    .map((card) => cardFor(context, context.actor.id, card))
  const dueDays = context.settings.get('appraisal.dueDays')
  const [now, since] = [today(context), setUpOn(context)]
  return scopes
    .filter((scope) => scope === 'dispatch' || readsAll(context))
    .flatMap((scope) =>
      periodsOf(year, perYear(context, scope)).map((period): PeriodRow => {
        const found = cards.find((card) => card.scope === scope && card.fromDate === period.from)
        const { state: due, dueOn } = dueOf(period, found?.state === 'signed', now, since, dueDays)
        const card = found && {
          id: found.id,
          cardNo: found.cardNo,
          state: found.state,
          total: found.total,
          grade: found.grade,
          signedAt: found.signedAt,
        }
        const { no, from, to } = period
        return { scope, year, period: no, from, to, dueOn, due, daysLeft: daysBetween(now, dueOn), card: card ?? null }
      }),
    )
}

export const periods = useCase(Periods, ({ year }, context) => {
  const shown = year ?? dateParts(today(context)).year
  return { year: shown, rows: periodRows(context, shown) }
})

export const figureList = useCase(Figures, () => figures.map(({ name, label, about }) => ({ name, label, about })))

export const missing = useCase(Missing, (_, context) => {
  const { year } = dateParts(today(context))
  return [year, year - 1]
    .flatMap((one) => periodRows(context, one))
    .filter(({ due }) => due === 'due' || due === 'overdue')
    .toSorted((a, b) => a.daysLeft - b.daysLeft)
})

export const begin = useCase(Begin, ({ scope, year, period: no }, context) => {
  const { db, clock, actor } = context
  const period = periodsOf(year, perYear(context, scope)).find((one) => one.no === no)
  if (!period) throw new InvalidInput('一年没有这么多考核期，请刷新后再试', { field: 'period' })
  if (today(context) < period.from) throw new PeriodAhead()
  const known = db
    .select({ id: scorecards.id })
    .from(scorecards)
    .where(and(eq(scorecards.year, year), eq(scorecards.scope, scope), eq(scorecards.fromDate, period.from)))
    .get()
  if (known) throw new CardExists(undefined, { details: { scorecardId: known.id } })
  const card: CardRecord = {
    id: newId(clock),
    cardNo: nextNumber(context, 'scorecard'),
    scope,
    year,
    period: no,
    fromDate: period.from,
    toDate: period.to,
    state: 'draft',
    thresholds: '',
    grades: '',
    total: null,
    grade: '',
    comment: '',
    computedAt: clock.now(),
    createdAt: clock.now(),
    createdById: actor.id,
    createdBy: actor.name,
    reviewedAt: null,
    reviewedById: null,
    reviewedBy: null,
    signedAt: null,
    signedById: null,
    signedBy: null,
  }
  db.insert(scorecards).values(card).run()
  takeFigures(context, card)
  recordStep(context, card, 'begin', periodName(period))
  return { scorecardId: card.id }
})

/** @throws CardNotFound */
export const detail = useCase(Detail, ({ scorecardId }, context): CardDetail => {
  const card = cardShown(context, scorecardId)
  const obstacles = Object.fromEntries(
    cardActions.map((action) => [action, obstaclesNow(context, card, action)]),
  ) as Record<CardAction, string[]>
  const { createdById: _, reviewedById: __, signedById: ___, fromDate, toDate, ...shown } = card
  return {
    ...shown,
    thresholds: thresholdWords(card.thresholds),
    from: fromDate as BusinessDate,
    to: toDate as BusinessDate,
    // The records of an item are asked for one by one: a hundred each are much for a page.
    items: itemsShown(context, card).map(({ records: _, sights: __, ...item }) => item),
    steps: stepsOf(context, scorecardId),
    obstacles,
  }
})

export const records = useCase(Records, ({ scorecardId, no }, context) => {
  const item = itemsShown(context, cardById(context, scorecardId)).find((one) => one.no === no)
  return item ? (JSON.parse(item.records) as FigureRecord[]) : []
})

export const fill = useCase(Fill, ({ scorecardId, items, comment }, context) => {
  const card = passGate(context, 'fill', scorecardId)
  const known = new Map(itemsOf(context, scorecardId).map((item) => [item.no, item]))
  for (const [i, { no, score, note }] of items.entries()) {
    const item = known.get(no)
    if (!item) throw new InvalidInput('考核项目已变化，请刷新后再填', { field: `items.${i}` })
    if (item.figure === null && score !== null && score > item.weight * 100) {
      throw new InvalidInput(`${item.label}的得分不能超过 ${item.weight} 分`, { field: `items.${i}.score` })
    }
    context.db
      .update(scorecardItems)
      .set(item.figure === null ? { score, note } : { note })
      .where(and(eq(scorecardItems.scorecardId, scorecardId), eq(scorecardItems.no, no)))
      .run()
  }
  keepTotal(context, scorecardId, { comment })
  recordStep(context, card, 'fill', '')
  return { total: cardShown(context, scorecardId).total }
})

export const refresh = useCase(Refresh, ({ scorecardId }, context) => {
  const card = passGate(context, 'refresh', scorecardId)
  takeFigures(context, card)
  recordStep(context, card, 'refresh', '')
  return { total: cardShown(context, scorecardId).total }
})

export const review = useCase(Review, ({ scorecardId, note }, context) => {
  takeFigures(context, passGate(context, 'review', scorecardId))
  // Asked again: the settings may have named something new that nobody has judged yet.
  const card = passGate(context, 'review', scorecardId)
  const { clock, actor } = context
  move(context, card, 'review', { reviewedAt: clock.now(), reviewedById: actor.id, reviewedBy: actor.name })
  recordStep(context, card, 'review', note)
  return { total: cardShown(context, scorecardId).total }
})

export const giveBack = useCase(Return, ({ scorecardId, reason }, context) => {
  const card = passGate(context, 'return', scorecardId)
  move(context, card, 'return', { reviewedAt: null, reviewedById: null, reviewedBy: null })
  recordStep(context, card, 'return', reason)
  return {}
})

export const sign = useCase(Sign, ({ scorecardId, note }, context) => {
  const card = passGate(context, 'sign', scorecardId)
  const { clock, actor } = context
  move(context, card, 'sign', { signedAt: clock.now(), signedById: actor.id, signedBy: actor.name })
  recordStep(context, card, 'sign', note)
  return {}
})

function move(
  { db }: Context,
  { id }: CardRecord,
  action: CardAction,
  change: Partial<typeof scorecards.$inferInsert>,
): void {
  db.update(scorecards)
    .set({ ...change, state: transitions[action].to })
    .where(eq(scorecards.id, id))
    .run()
}
