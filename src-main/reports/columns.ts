/** Short ways to write columns, shared by the reports. */
import type { ReportColumn } from './report.ts'
import type { PeriodKind } from './rules.ts'

export const money = (key: string, label: string): ReportColumn => ({ key, label, kind: 'money' })
export const count = (key: string, label: string): ReportColumn => ({ key, label, kind: 'count' })
export const litres = (key: string, label: string): ReportColumn => ({ key, label, kind: 'litre' })
export const text = (key: string, label: string): ReportColumn => ({ key, label, kind: 'text' })
export const date = (key: string, label: string): ReportColumn => ({ key, label, kind: 'date' })
export const time = (key: string, label: string): ReportColumn => ({ key, label, kind: 'time' })
export const shareOf = (column: string): ReportColumn => ({
  key: 'share',
  label: '占比',
  kind: 'percent',
  shareOf: column,
})
export const rate = (key: string, label: string, of: readonly [string, string]): ReportColumn => ({
  key,
  label,
  kind: 'percent',
  of,
})

/** SQL of a closed list of words: the words are ours, never typed by anybody. */
export const named = (column: string, names: Readonly<Record<string, string>>): string =>
  `CASE ${column} ${Object.entries(names)
    .map(([value, name]) => `WHEN '${value}' THEN '${name}'`)
    .join(' ')} END`

const cutBy = {
  weekday: (date: string) => `strftime('%w', ${date})`,
  month: (date: string) => `substr(${date}, 6, 2)`,
  day: (date: string) => `substr(${date}, 9, 2)`,
}
/** SQL of the step of a trend a date belongs to; see `trendKey`. @kind must be a parameter. */
export const stepOf = (dateColumn: string): string =>
  `CASE WHEN @kind = 'week' THEN ${cutBy.weekday(dateColumn)}
    WHEN @kind IN ('quarter', 'year') THEN ${cutBy.month(dateColumn)} ELSE ${cutBy.day(dateColumn)} END`

/** SQL of whether a date belongs to the step @key of a period of this kind. */
export const inStep = (dateColumn: string, kind: PeriodKind): string =>
  `${cutBy[kind === 'week' ? 'weekday' : kind === 'quarter' || kind === 'year' ? 'month' : 'day'](dateColumn)} = @key`

/** SQL of the Shanghai date of an instant (epoch ms). */
export const dateOfInstant = (column: string): string => `date(${column} / 1000, 'unixepoch', '+8 hours')`
