/** From gathered rows to what is shown, printed, exported and submitted: order, totals, shares, comparison. Pure. */
import type { Cell, Cells, Column, Section } from './api.ts'
import type { ReportColumn, ReportRow, ReportSection } from './report.ts'
import { change, share, type Period } from './rules.ts'

type Against = 'previous' | 'yearAgo'
const againstNames: Record<Against, string> = { previous: '上期', yearAgo: '同期' }

/** Rows of a section in the period, and in those it is compared with (null where it is not). */
export interface SectionRows {
  readonly now: readonly ReportRow[]
  readonly previous: readonly ReportRow[] | null
  readonly yearAgo: readonly ReportRow[] | null
}

const numberOf = (cells: Cells | undefined, key: string): number => {
  const value = cells?.[key]
  return typeof value === 'number' ? value : 0
}
const adds = ({ kind, sum = true }: ReportColumn): boolean =>
  sum && (kind === 'money' || kind === 'litre' || kind === 'count')

/** Comparisons of a section, in the order of the columns. */
export const comparedWith = ({ compare }: ReportSection): readonly Against[] =>
  compare === undefined ? [] : (compare.with ?? ['previous', 'yearAgo'])

/** Columns of a section with those of its comparisons behind them. */
export function columnsOf(section: ReportSection): Column[] {
  const own = section.columns.map((column): Column => ({
    key: column.key,
    label: column.label,
    kind: column.kind,
    sum: adds(column),
    compare: null,
  }))
  const compared = section.columns.find(({ key }) => key === section.compare?.column)
  if (!compared) return own
  const more = comparedWith(section).flatMap((against): Column[] => [
    {
      key: `${against}:value`,
      label: `${againstNames[against]}${compared.label}`,
      kind: compared.kind,
      sum: adds(compared),
      compare: against,
    },
    { key: `${against}:difference`, label: '增减', kind: compared.kind, sum: adds(compared), compare: against },
    { key: `${against}:percent`, label: '幅度', kind: 'percent', sum: false, compare: against },
  ])
  return [...own, ...more]
}

/** Rows that always stand there, filled with what was gathered; whatever has no place among them comes behind. */
function placed(section: ReportSection, period: Period, gathered: readonly ReportRow[]): ReportRow[] {
  const fixed = section.fixed?.(period) ?? []
  const byKey = new Map(gathered.map((row) => [row.key, row]))
  const standing = fixed.map((row) => {
    const found = byKey.get(row.key)
    byKey.delete(row.key)
    return found ? { ...row, ...found, cells: { ...row.cells, ...found.cells } } : row
  })
  const { largest } = section
  const rest = [...byKey.values()].toSorted((a, b) =>
    largest === undefined
      ? a.key < b.key
        ? -1
        : 1
      : numberOf(b.cells, largest) - numberOf(a.cells, largest) || (a.key < b.key ? -1 : 1),
  )
  return [...standing, ...rest]
}

/**
 * What a row that was only in an earlier period says now: its words, and nothing for its numbers. Words it was not gathered
 * with are those of the row that always stands there.
 */
const emptied = (section: ReportSection, { key, cells, link }: ReportRow): ReportRow => ({
  key,
  link: link ?? null,
  cells: Object.fromEntries(
    section.columns
      .filter((column) => column.kind !== 'text' || cells[column.key] !== undefined)
      .map((column) => [column.key, column.kind === 'text' ? (cells[column.key] ?? '') : adds(column) ? 0 : null]),
  ),
})

/** Shares, comparison, and only the columns that are declared. */
function finished(
  section: ReportSection,
  cells: Cells,
  totals: Cells,
  earlier: Readonly<Record<Against, Cells | null>>,
) {
  const done: Record<string, Cell> = {}
  for (const { key, of, shareOf } of section.columns) {
    if (of) done[key] = share(numberOf(cells, of[0]), numberOf(cells, of[1]))
    else if (shareOf !== undefined) done[key] = share(numberOf(cells, shareOf), numberOf(totals, shareOf))
    else done[key] = cells[key] ?? null
  }
  const column = section.compare?.column
  for (const against of column === undefined ? [] : comparedWith(section)) {
    const then = earlier[against]
    if (column === undefined || then === null) continue
    const value = numberOf(then, column)
    const { difference, percent } = change(numberOf(cells, column), value)
    Object.assign(done, {
      [`${against}:value`]: value,
      [`${against}:difference`]: difference,
      [`${against}:percent`]: percent,
    })
  }
  return done
}

const totalOf = (section: ReportSection, rows: readonly ReportRow[]): Cells =>
  Object.fromEntries(
    section.columns
      .filter(adds)
      .map(({ key }) => [key, rows.reduce((all, { cells }) => all + numberOf(cells, key), 0)]),
  )

/** One section, ready to be shown. */
export function sectionView(section: ReportSection, period: Period, rows: SectionRows): Section {
  const compared = { previous: rows.previous, yearAgo: rows.yearAgo }
  const known = new Set(rows.now.map(({ key }) => key))
  const onlyEarlier = [...(rows.previous ?? []), ...(rows.yearAgo ?? [])].filter(
    ({ key }) => !known.has(key) && known.add(key),
  )
  const all = placed(section, period, [...rows.now, ...onlyEarlier.map((row) => emptied(section, row))])
  const of = (against: Against) => new Map((compared[against] ?? []).map((row) => [row.key, row.cells]))
  const earlier = { previous: of('previous'), yearAgo: of('yearAgo') }
  const totals = totalOf(section, all)
  const shown = all.slice(0, section.limit ?? all.length)
  const then = (against: Against, cells: Cells | undefined) => (compared[against] === null ? null : (cells ?? {}))
  const withTotals = section.totals !== false && section.columns.some(adds) && all.length > 0
  const [label] = section.columns
  return {
    id: section.id,
    title: section.title,
    note: section.note ?? '',
    columns: columnsOf(section),
    rows: shown.map(({ key, cells, link = null }) => ({
      key,
      link,
      cells: finished(section, cells, totals, {
        previous: then('previous', earlier.previous.get(key)),
        yearAgo: then('yearAgo', earlier.yearAgo.get(key)),
      }),
    })),
    totals: withTotals
      ? {
          ...finished(section, totals, totals, {
            previous: then('previous', totalOf(section, rows.previous ?? [])),
            yearAgo: then('yearAgo', totalOf(section, rows.yearAgo ?? [])),
          }),
          ...(label ? { [label.key]: '合计' } : {}),
        }
      : null,
    found: all.length,
    list: section.limit !== undefined && section.chart === undefined,
    opens: section.records !== undefined,
    chart: section.chart ? { ...section.chart, values: [...section.chart.values] } : null,
  }
}
