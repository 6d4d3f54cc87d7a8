/** Figures of the hall that an entry freezes: what the closing check looks at, and what a measure is to change. */
import type { Context } from '../platform/context.ts'
import { addDays, earlier, type BusinessDate, type Span } from '../platform/dates.ts'
import type { Figure, Share } from '../platform/figures.ts'
import { complaintFigures } from '../complaints/service.ts'
import { callbackFigures } from '../followups/service.ts'
import { hazardFree, inspectionFigures } from '../inspections/service.ts'
import { orderFigures } from '../workorders/service.ts'
import type { RegisterKind } from './kinds.ts'
import { fell, spanOf } from './rules.ts'
import { todayOf } from './store.ts'

type FigureSet = NonNullable<RegisterKind['figures']>
type Counted = Pick<Figure, 'label' | 'compute'>
interface FigureLine {
  readonly label: string
  readonly value: string
}

const sets: Readonly<Record<FigureSet, readonly Counted[]>> = {
  closing: [...callbackFigures, ...orderFigures, ...complaintFigures],
  causes: [...complaintFigures, ...inspectionFigures, hazardFree],
}
const quarterOf = (date: BusinessDate): Span => spanOf('quarter', date)
const quarterBefore = ({ from }: Span): Span => quarterOf(addDays(from, -1))

const percent = ({ numerator, denominator }: Share) => `${((numerator / denominator) * 100).toFixed(1)}%`
const shown = (share: Share): string =>
  share.denominator === 0 ? '没有' : `${share.numerator}/${share.denominator}（${percent(share)}）`

/**
 * Of the quarter the date lies in, as far as it has come, beside the one before, since a check of a quarter is written in its
 * last days or in the first of the next: '6 小时内处理率' → '12/13（92.3%）；上季度 …'. What had nothing to judge in both is left out.
 * @param viewer staff id of who is to read it, or `everything`
 */
export function figuresFor(context: Context, set: FigureSet, onDate: BusinessDate, viewer: string): FigureLine[] {
  const whole = quarterOf(onDate)
  const span: Span = { from: whole.from, to: earlier(whole.to, todayOf(context)) }
  const before = quarterBefore(whole)
  const counted = sets[set].flatMap(({ label, compute }) => {
    const [now, then] = [compute(context, span, viewer), compute(context, before, viewer)]
    if (now.denominator === 0 && then.denominator === 0) return []
    return [{ label, value: `${shown(now)}；上季度 ${shown(then)}` }]
  })
  const spans = `${span.from} 至 ${span.to}；上季度 ${before.from} 至 ${before.to}`
  return [{ label: '统计期', value: spans }, ...counted]
}

/** What became of it (clause 20(2)): the same of the quarter after; nothing before that has begun. */
export function effectFor(context: Context, set: FigureSet, onDate: BusinessDate): FigureLine[] {
  const next = addDays(quarterOf(onDate).to, 1)
  if (next > todayOf(context)) return []
  return figuresFor(context, set, quarterOf(next).to, context.actor.id)
}

/** What has to be answered by a measure when it gets worse. Complaints that wait for their closing say nothing yet. */
const watched: readonly Counted[] = [
  ...inspectionFigures,
  hazardFree,
  ...complaintFigures.filter(({ name }) => name === 'complaints.replied'),
]

/** As this operator may know them: which figures of the last whole quarter fell by more than `points` against the one before, in words (clauses 19(2), 20(2)). */
export function worsened(context: Context, points: number, figures: readonly Counted[] = watched): string[] {
  const last = quarterBefore(quarterOf(todayOf(context)))
  const before = quarterBefore(last)
  return figures.flatMap(({ label, compute }) => {
    const [then, now] = [compute(context, before, context.actor.id), compute(context, last, context.actor.id)]
    return fell(then, now, points) ? [`${label} ${percent(then)} → ${percent(now)}`] : []
  })
}
