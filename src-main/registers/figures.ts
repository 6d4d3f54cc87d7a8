/** Figures of the hall that an entry freezes: what the closing check looks at, and what a measure is to change. */
import type { Context } from '../platform/context.ts'
import { earlier, type BusinessDate, type Span } from '../platform/dates.ts'
import type { Figure } from '../platform/figures.ts'
import { complaintFigures } from '../complaints/service.ts'
import { callbackFigures } from '../followups/service.ts'
import { inspectionFigures } from '../inspections/service.ts'
import { orderFigures } from '../workorders/service.ts'
import type { RegisterKind } from './kinds.ts'
import { spanOf } from './rules.ts'
import { todayOf } from './store.ts'

type FigureSet = NonNullable<RegisterKind['figures']>

const sets: Readonly<Record<FigureSet, { readonly every: 'month' | 'quarter'; readonly figures: readonly Figure[] }>> =
  {
    closing: { every: 'quarter', figures: [...callbackFigures, ...orderFigures, ...complaintFigures] },
    causes: { every: 'quarter', figures: [...complaintFigures, ...inspectionFigures] },
  }

/** Of the span the date lies in, as far as it has come: '6 小时内处理率' → '12/13（92.3%）'; what had nothing to judge is left out. */
export function figuresFor(context: Context, set: FigureSet, onDate: BusinessDate): { label: string; value: string }[] {
  const { every, figures } = sets[set]
  const whole = spanOf(every, onDate)
  const span: Span = { from: whole.from, to: earlier(whole.to, todayOf(context)) }
  const counted = figures.flatMap(({ label, compute }) => {
    const { numerator, denominator } = compute(context, span)
    if (denominator === 0) return []
    const percent = ((numerator / denominator) * 100).toFixed(1)
    return [{ label, value: `${numerator}/${denominator}（${percent}%）` }]
  })
  return [{ label: '统计期', value: `${span.from} 至 ${span.to}` }, ...counted]
}
