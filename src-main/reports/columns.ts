/** Short ways to write columns, shared by the reports. */
import type { ReportColumn } from './report.ts'

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

/** SQL of the step of a trend a date belongs to; see `trendKey`. @kind must be a parameter. */
export const stepOf = (dateColumn: string): string =>
  `CASE WHEN @kind IN ('quarter', 'year') THEN substr(${dateColumn}, 6, 2) ELSE substr(${dateColumn}, 9, 2) END`

/** SQL of the Shanghai date of an instant (epoch ms). */
export const dateOfInstant = (column: string): string => `date(${column} / 1000, 'unixepoch', '+8 hours')`
