/** Whether each day the counter was open was closed on that day (clause 22(4), 日清日结). */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, formatInstant, startOfDay, type BusinessDate, type Span } from '../platform/dates.ts'
import type { Figure } from '../platform/figures.ts'
import { today } from './business-day.ts'

export interface CounterDay {
  readonly date: BusinessDate
  /** Null while it is open. */
  readonly closedAt: number | null
}

/** Days of a span on which the counter was open for business, but for today while it is open; the newest first. */
export const counterDays = (context: Context, { from, to }: Span): CounterDay[] =>
  statement<CounterDay>(
    context.sqlite,
    `SELECT date, closed_at AS closedAt FROM business_days
     WHERE date BETWEEN ? AND ? AND counter = 1 AND (closed_at IS NOT NULL OR date < ?) ORDER BY date DESC`,
  ).all(from, to, today(context))

/** Before the day was over. */
const onTheDay = ({ date, closedAt }: CounterDay): boolean =>
  closedAt !== null && closedAt < startOfDay(addDays(date, 1))

export const dayFigures: readonly Figure[] = [
  {
    name: 'ledger.closed-on-the-day',
    label: '当日日结率',
    about: '收费的营业日中，当天 24 时前完成日结的比例',
    compute(context, span) {
      const days = counterDays(context, span)
      return { numerator: days.filter(onTheDay).length, denominator: days.length }
    },
    records: (context, span, limit) =>
      counterDays(context, span)
        .map((day) => ({
          subject: `day:${day.date}`,
          label: day.date,
          note: day.closedAt === null ? '尚未日结' : `${formatInstant(day.closedAt)} 日结`,
          met: onTheDay(day),
          link: '/day-close',
        }))
        .toSorted((a, b) => Number(a.met) - Number(b.met))
        .slice(0, limit),
  },
]
