/** 投诉月度分析 (clause 20(2)): by class and hall, in time, satisfaction, who complains again, against other months. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addMonths, businessDate, startOfDay, type BusinessDate } from '../platform/dates.ts'
import type { OutputOf } from '../platform/contract.ts'
import { instantCursor } from '../platform/paging.ts'
import { useCase } from '../platform/use-case.ts'
import { accountById } from '../customers/service.ts'
import {
  complaintClasses,
  InMonth,
  maxRepeated,
  MonthAnalysis,
  type ComplaintClass,
  type ComplaintRow,
  type Figures,
  type FigureName,
} from './api.ts'
import { percentOf } from './rules.ts'
import { complaintMeasures, repliedLate, replyPending } from './measures.ts'
import { notAgainst, rowColumns } from './reads.ts'

export type Month = OutputOf<typeof MonthAnalysis>

const firstDay = (month: string): BusinessDate => businessDate(`${month}-01`)
/** Instants of a month in Asia/Shanghai; `to` is no longer in it. */
export function spanOf(month: string, months = 1): { readonly from: number; readonly to: number } {
  const next = addMonths(firstDay(month), 1)
  return { from: startOfDay(addMonths(next, -months)), to: startOfDay(next) }
}
const shifted = (month: string, months: number): string => addMonths(firstDay(month), months).slice(0, 7)

const conditions: Readonly<Record<FigureName, string>> = {
  taken: '1',
  late: repliedLate,
  pending: replyPending,
  reopened: 'c.round > 1',
  satisfied: `c.satisfaction = 'satisfied'`,
  dissatisfied: `c.satisfaction = 'dissatisfied'`,
  unreachable: `c.satisfaction = 'unreachable'`,
}
const taken = 'c.taken_at >= @from AND c.taken_at < @to'

type Counted = Omit<Figures, 'inTimePercent' | 'satisfiedPercent'>
const nothing: Counted = {
  taken: 0,
  inTime: 0,
  late: 0,
  pending: 0,
  reopened: 0,
  closed: 0,
  satisfied: 0,
  dissatisfied: 0,
  unreachable: 0,
}
const withPercents = (counted: Counted): Figures => ({
  ...counted,
  inTimePercent: percentOf(counted.inTime, counted.inTime + counted.late),
  satisfiedPercent: percentOf(counted.satisfied, counted.satisfied + counted.dissatisfied),
})

export const groupSql = (key: 'class' | 'hall_name'): string => `SELECT c.${key} AS key, count(*) AS taken,
    count(*) FILTER (WHERE ${complaintMeasures.repliedInTime}) AS inTime, count(*) FILTER (WHERE ${repliedLate}) AS late,
    count(*) FILTER (WHERE ${replyPending}) AS pending, count(*) FILTER (WHERE ${conditions.reopened}) AS reopened,
    count(*) FILTER (WHERE c.state = 'closed') AS closed,
    count(*) FILTER (WHERE ${conditions.satisfied}) AS satisfied,
    count(*) FILTER (WHERE ${conditions.dissatisfied}) AS dissatisfied,
    count(*) FILTER (WHERE ${conditions.unreachable}) AS unreachable
  FROM complaints c WHERE ${taken} AND ${notAgainst('@actorId')} GROUP BY c.${key}`

function grouped({ sqlite, clock, actor }: Context, month: string, key: 'class' | 'hall_name'): Map<string, Counted> {
  const rows = statement<Counted & { readonly key: string }>(sqlite, groupSql(key)).all({
    ...spanOf(month),
    now: clock.now(),
    actorId: actor.id,
  })
  return new Map(rows.map(({ key: name, ...counted }) => [name, counted]))
}

function total(groups: ReadonlyMap<string, Counted>): Counted {
  const keys = Object.keys(nothing) as (keyof Counted)[]
  return [...groups.values()].reduce(
    (sum, one) => Object.fromEntries(keys.map((key) => [key, sum[key] + one[key]])) as unknown as Counted,
    nothing,
  )
}

/** An account complains as one, whoever rings; without an account the telephone number does. */
const complainant = 'coalesce(c.account_id, c.complainant_phone)'

function repeated(context: Context, month: string): Month['repeated'] {
  const { sqlite, actor } = context
  const { to } = spanOf(month)
  return statement<{ name: string; accountId: string | null; times: number; inMonth: number }>(
    sqlite,
    `SELECT c.complainant_name AS name, c.account_id AS accountId, count(*) AS times,
       count(*) FILTER (WHERE c.taken_at >= @monthFrom) AS inMonth
     FROM complaints c WHERE ${taken} AND ${notAgainst('@actorId')}
     GROUP BY ${complainant} HAVING times > 1 AND inMonth > 0 ORDER BY times DESC, max(c.taken_at) DESC LIMIT @limit`,
  )
    .all({ from: spanOf(month, 12).from, to, monthFrom: spanOf(month).from, actorId: actor.id, limit: maxRepeated })
    .map((row) => ({
      ...row,
      accountNo: row.accountId === null ? null : accountById(context, row.accountId).accountNo,
    }))
}

/** What a month's analysis says, for the screen, the paper and the reports of other rooms. */
export function monthAnalysis(context: Context, month: string): Month {
  const classes = grouped(context, month, 'class')
  const before = grouped(context, shifted(month, -1), 'class')
  const lastYear = grouped(context, shifted(month, -12), 'class')
  const seen = complaintClasses.filter((one) => [classes, before, lastYear].some((groups) => groups.has(one)))
  const ofClass = (groups: ReadonlyMap<string, Counted>, one: ComplaintClass) => groups.get(one)?.taken ?? 0
  return {
    month,
    figures: withPercents(total(classes)),
    before: withPercents(total(before)),
    lastYear: withPercents(total(lastYear)),
    classes: seen
      .map((one) => ({
        class: one,
        figures: withPercents(classes.get(one) ?? nothing),
        before: ofClass(before, one),
        lastYear: ofClass(lastYear, one),
      }))
      .toSorted((a, b) => b.figures.taken - a.figures.taken),
    halls: [...grouped(context, month, 'hall_name')].map(([hallName, counted]) => ({
      hallName,
      figures: withPercents(counted),
    })),
    repeated: repeated(context, month),
  }
}

export const month = useCase(MonthAnalysis, (input, context) => monthAnalysis(context, input.month))

/** The query behind a figure, also for the test of its plan. */
export const inMonthSql = (figure: FigureName): string => `SELECT ${rowColumns} FROM complaints c
  WHERE c.taken_at >= @from AND c.taken_at < @to AND (c.taken_at, c.id) > (@afterAt, @afterId)
    AND (@class IS NULL OR c.class = @class) AND ${conditions[figure]} AND ${notAgainst('@actorId')}
  ORDER BY c.taken_at, c.id LIMIT @limit`

export const inMonth = useCase(InMonth, (input, { sqlite, clock, actor }) => {
  const { after, size } = input.page
  const cursor = instantCursor(after)
  const sql = inMonthSql(input.figure)
  const rows = statement<ComplaintRow>(sqlite, sql).all({
    ...spanOf(input.month),
    class: input.class,
    ...(sql.includes('@now') ? { now: clock.now() } : {}),
    actorId: actor.id,
    afterAt: cursor.at,
    afterId: cursor.id,
    limit: size + 1,
  })
  const kept = rows.slice(0, size)
  const last = kept.at(-1)
  return { rows: kept, next: rows.length > size && last ? `${last.takenAt}/${last.id}` : null }
})
