/** Whether what a business day brought reached headquarters in time (clauses 13, 25(1)). */
import { counterDays } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { formatInstant, type Span } from '../platform/dates.ts'
import type { Figure } from '../platform/figures.ts'

/** A closed day is at headquarters within a day of its close (ms). */
const uploadWithinMs = 86_400_000

/** The first upload that headquarters acknowledged after an instant; null while there is none. */
const uploadAfter = ({ sqlite }: Context, at: number): number | null =>
  statement<{ at: number | null }>(
    sqlite,
    `SELECT finished_at AS at FROM uploads WHERE started_at >= ? AND outcome = 'acknowledged' ORDER BY started_at LIMIT 1`,
  ).get(at)?.at ?? null

/** Closed days whose upload has come, or whose time for it has run out. */
const judged = (context: Context, span: Span) =>
  counterDays(context, span).flatMap(({ date, closedAt }) => {
    if (closedAt === null) return []
    const uploadedAt = uploadAfter(context, closedAt)
    const met = uploadedAt !== null && uploadedAt <= closedAt + uploadWithinMs
    return met || context.clock.now() > closedAt + uploadWithinMs ? [{ date, uploadedAt, met }] : []
  })

export const uploadFigures: readonly Figure[] = [
  {
    name: 'sync.uploaded-in-time',
    label: '及时上报率',
    about: '已日结的营业日中，日结后 24 小时内数据报到总部的比例',
    compute(context, span) {
      const days = judged(context, span)
      return { numerator: days.filter(({ met }) => met).length, denominator: days.length }
    },
    records: (context, span, limit) =>
      judged(context, span)
        .map(({ date, uploadedAt, met }) => ({
          subject: `day:${date}`,
          label: date,
          note: uploadedAt === null ? '尚未报到总部' : `${formatInstant(uploadedAt)} 报到总部`,
          met,
          link: '/sync',
        }))
        .toSorted((a, b) => Number(a.met) - Number(b.met))
        .slice(0, limit),
  },
]
