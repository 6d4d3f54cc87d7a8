/** 安检统计 (clause 19(2)): coverage against the plan, absences, refusals, hazards found and mended, month by month. */
import type { OutputOf } from '../platform/contract.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, dateOf } from '../platform/dates.ts'
import { useCase } from '../platform/use-case.ts'
import { Statistics, type Grade } from './api.ts'
import { progressOf } from './reads.ts'
import { ageBands, yearOf } from './rules.ts'
import { todayOf } from './store.ts'

export const statisticsSql = {
  visits: `SELECT substr(visited_on, 1, 7) AS month, outcome, count(*) AS n,
      count(*) FILTER (WHERE unsigned_reason <> '') AS unsigned FROM inspection_visits
    WHERE visited_on BETWEEN @from AND @to AND voided_at IS NULL GROUP BY 1, 2`,
  // What one person cannot have done on one day.
  impossible: `SELECT visited_on AS [on], max(inspector_name) AS inspectorName, count(*) AS visits,
      count(*) - count(DISTINCT arrived_at) AS sameTime, min(arrived_at) AS firstAt, max(arrived_at) AS lastAt
    FROM inspection_visits WHERE visited_on BETWEEN @from AND @to AND voided_at IS NULL AND outcome IN ('passed', 'hazard')
    GROUP BY visited_on, inspector_id HAVING count(*) > @most OR sameTime > 0 ORDER BY visited_on DESC LIMIT 50`,
  found: `SELECT substr(found_on, 1, 7) AS month, grade, count(*) AS n,
      count(*) FILTER (WHERE passed_on <= first_deadline) AS inTime,
      count(*) FILTER (WHERE passed_on > first_deadline) AS late,
      count(*) FILTER (WHERE passed_on IS NULL AND deadline < @today) AS overdue
    FROM hazards WHERE found_on BETWEEN @from AND @to AND state <> 'withdrawn' GROUP BY 1, 2`,
  mended: `SELECT substr(passed_on, 1, 7) AS month, count(*) AS n FROM hazards
    WHERE passed_on IS NOT NULL AND passed_on BETWEEN @from AND @to GROUP BY 1`,
  open: `SELECT grade, count(*) AS n FROM hazards
    WHERE state IN ('open', 'mended') AND found_on BETWEEN @from AND @to GROUP BY grade`,
} as const

const byGrade = (rows: readonly { readonly grade: Grade; readonly n: number }[]) => {
  const of = (grade: Grade) => rows.filter((row) => row.grade === grade).reduce((sum, { n }) => sum + n, 0)
  return { general: of('general'), serious: of('serious'), critical: of('critical') }
}

/** The figures of a year, computed now; also for reports and appraisals. */
export function inspectionStatistics(context: Context, year: number): OutputOf<typeof Statistics> {
  const { sqlite } = context
  const today = todayOf(context)
  const span = { from: dateOf(year, 1, 1), to: dateOf(year, 12, 31) }
  const visits = statement<{ month: string; outcome: string; n: number; unsigned: number }>(
    sqlite,
    statisticsSql.visits,
  ).all(span)
  const found = statement<{ month: string; grade: Grade; n: number; inTime: number; late: number; overdue: number }>(
    sqlite,
    statisticsSql.found,
  ).all({ ...span, today })
  const mended = statement<{ month: string; n: number }>(sqlite, statisticsSql.mended).all(span)
  const most = context.settings.get('inspections.mostPerDay')
  const total = (of: 'inTime' | 'late' | 'overdue') => found.reduce((sum, row) => sum + row[of], 0)
  return {
    year,
    periods: progressOf(context, year),
    impossible: statement<OutputOf<typeof Statistics>['impossible'][number]>(sqlite, statisticsSql.impossible).all({
      ...span,
      most,
    }),
    mostPerDay: most,
    months: Array.from({ length: 12 }, (_, i) => {
      const month = dateOf(year, i + 1, 1).slice(0, 7)
      const of = (outcome: string) => visits.find((row) => row.month === month && row.outcome === outcome)?.n ?? 0
      return {
        month,
        passed: of('passed'),
        hazard: of('hazard'),
        absent: of('absent'),
        refused: of('refused'),
        unsigned: visits.filter((row) => row.month === month).reduce((sum, { unsigned }) => sum + unsigned, 0),
        found: found.filter((row) => row.month === month).reduce((sum, { n }) => sum + n, 0),
        mended: mended.find((row) => row.month === month)?.n ?? 0,
      }
    }),
    hazards: {
      found: byGrade(found),
      inTime: total('inTime'),
      late: total('late'),
      overdue: total('overdue'),
      open: ageBands.map(({ from, to, label }) => {
        const foundFrom = to === null ? null : addDays(today, -to)
        const foundTo = addDays(today, -from)
        const rows = statement<{ grade: Grade; n: number }>(sqlite, statisticsSql.open).all({
          from: foundFrom ?? '',
          to: foundTo,
        })
        return { label, foundFrom, foundTo, ...byGrade(rows) }
      }),
    },
  }
}

export const statistics = useCase(Statistics, ({ year }, context) =>
  inspectionStatistics(context, year ?? yearOf(todayOf(context))),
)
