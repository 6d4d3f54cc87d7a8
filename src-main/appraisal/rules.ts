/**
 * 考核评价 (clauses 26 to 29): which periods a year has, what a figure earns, and the way of a scorecard from draft to
 * signature. Pure. Scores are whole hundredths of a point, weights whole points, a full scorecard 100 points.
 */
import { words, type WordOf } from '../platform/dictionary.ts'
import { addDays, dateOf, endOfMonth, type BusinessDate } from '../platform/dates.ts'
import { lentRefusal, ownAct, type ActingFacts } from '../platform/two-persons.ts'
import { numberedLines, type NumberedLine } from '../platform/setting-entry.ts'

export const scope = words({ hall: '营业厅', dispatch: '客服调度中心' })
export type Scope = WordOf<typeof scope>
export const { values: scopes, names: scopeNames } = scope

export interface Period {
  readonly year: number
  /** From 1. */
  readonly no: number
  /** First and last day. */
  readonly from: BusinessDate
  readonly to: BusinessDate
}

/** The periods of a year: quarters for 4, half-years for 2. @param perYear divides 12 */
export function periodsOf(year: number, perYear: number): Period[] {
  const months = 12 / perYear
  return Array.from({ length: perYear }, (_, i) => ({
    year,
    no: i + 1,
    from: dateOf(year, i * months + 1, 1),
    to: endOfMonth(dateOf(year, (i + 1) * months, 1)),
  }))
}

/** '2026 年第 4 季度', '2026 年下半年', '2026 年 3 月', '2026 年 3 至 4 月'. @param period its first and last day */
export function periodName({ from, to }: Pick<Period, 'from' | 'to'>): string {
  const year = Number(from.slice(0, 4))
  const [first, last] = [Number(from.slice(5, 7)), Number(to.slice(5, 7))]
  const months = last - first + 1
  if (months === 3) return `${year} 年第 ${last / 3} 季度`
  if (months === 6) return `${year} 年${first === 1 ? '上' : '下'}半年`
  if (months === 12) return `${year} 年`
  return `${year} 年 ${months === 1 ? first : `${first} 至 ${last}`} 月`
}

/** 考核分值表: a share of at least `percent` earns `earns` percent of the weight. From the best down to 0%. */
export interface Threshold {
  readonly percent: number
  readonly earns: number
}

export const thresholdsFrom = (text: string): Threshold[] =>
  (numberedLines(text) ?? []).map(({ text: bound, number }) => ({ percent: Number(bound.slice(0, -1)), earns: number }))

/** '98% 得 100%；95% 得 90%': how much of its points an item earns from which share on. */
export const thresholdWords = (text: string): string =>
  thresholdsFrom(text)
    .map(({ percent, earns }) => `${percent}% 得 ${earns}%`)
    .join('；')

export const itemsFrom = (text: string): NumberedLine[] => numberedLines(text) ?? []

/** Hundredths of a point a figure earns; null where there was nothing to judge. */
export function scoreOf(
  weight: number,
  { numerator, denominator }: { readonly numerator: number; readonly denominator: number },
  thresholds: readonly Threshold[],
): number | null {
  if (denominator === 0) return null
  // Compared as whole numbers: 19 of 20 is 95 %, not a hair less.
  const step = thresholds.find(({ percent }) => numerator * 100 >= percent * denominator)
  return weight * (step?.earns ?? 0)
}

export interface Scored {
  readonly weight: number
  /** Null: nothing to judge; the other items share its weight. */
  readonly score: number | null
}

/** Hundredths of a point out of 100 points: what the judged items earned of their own weight. Null when none was. */
export function totalOf(items: readonly Scored[]): number | null {
  const judged = items.flatMap(({ weight, score }) => (score === null ? [] : [{ weight, score }]))
  const weight = judged.reduce((sum, one) => sum + one.weight, 0)
  if (weight === 0) return null
  const earned = judged.reduce((sum, one) => sum + one.score, 0)
  return Math.floor((2 * earned * 100 + weight) / (2 * weight))
}

/** The grade of a total; the settings list them from the best down to 0. */
export const gradeOf = (total: number, grades: string): string =>
  (numberedLines(grades) ?? []).find(({ number }) => total >= number * 100)?.text ?? ''

export const cardState = words({ draft: '评分中', reviewed: '已复核', signed: '已签批' })
export type CardState = WordOf<typeof cardState>
export const { values: cardStates, names: cardStateNames } = cardState

export const cardAction = words({
  fill: '评分',
  refresh: '重新取数',
  review: '复核',
  return: '退回',
  sign: '签批',
})
export type CardAction = WordOf<typeof cardAction>
export const { values: cardActions, names: cardActionNames } = cardAction

/** Where each action starts and leads; nothing leads on from a signature. */
export const transitions: Readonly<Record<CardAction, { readonly from: CardState; readonly to: CardState }>> = {
  fill: { from: 'draft', to: 'draft' },
  refresh: { from: 'draft', to: 'draft' },
  review: { from: 'draft', to: 'reviewed' },
  return: { from: 'reviewed', to: 'draft' },
  sign: { from: 'reviewed', to: 'signed' },
}

export interface CardFacts extends ActingFacts {
  readonly state: CardState
  readonly to: BusinessDate
  readonly today: BusinessDate
  /** Manual items without score or words. */
  readonly unjudged: readonly string[]
  /** Whether anything at all was judged. */
  readonly total: number | null
  readonly reviewedById: string | null
}

/** Everything that stands in the way of an action, in words. */
export function obstaclesTo(action: CardAction, facts: CardFacts): string[] {
  const { from } = transitions[action]
  if (facts.state !== from) {
    return [`考核表现在是“${cardStateNames[facts.state]}”，不能${cardActionNames[action]}`]
  }
  const found: string[] = []
  if (action === 'review') {
    if (facts.today <= facts.to) found.push(`考核期到 ${facts.to} 为止，期满后才能复核`)
    if (facts.unjudged.length > 0) found.push(`还没有评分和说明：${facts.unjudged.join('、')}`)
    if (facts.total === null) found.push('没有一项可以评分')
  }
  if (action === 'sign') {
    const own = ownAct({ id: facts.actorId, lentBy: facts.lentBy }, [facts.reviewedById])
    if (own === 'own') found.push('复核人不能自己签批，须由另一人签批')
    if (own === 'lent') found.push(lentRefusal('复核人', '不能签批，须由另一人签批'))
  }
  return found
}

export type DueState = 'ahead' | 'running' | 'due' | 'overdue' | 'done' | 'before'

/**
 * How the scorecard of a period stands (clauses 26, 27). `before`: the period was over before this hall was set up.
 * @param dueDays days after the period within which it is signed
 */
export function dueOf(
  { from, to }: Period,
  signed: boolean,
  today: BusinessDate,
  setUpOn: BusinessDate,
  dueDays: number,
): { readonly state: DueState; readonly dueOn: BusinessDate } {
  const dueOn = addDays(to, dueDays)
  if (signed) return { state: 'done', dueOn }
  if (to < setUpOn) return { state: 'before', dueOn }
  if (today < from) return { state: 'ahead', dueOn }
  if (today <= to) return { state: 'running', dueOn }
  return { state: today <= dueOn ? 'due' : 'overdue', dueOn }
}
