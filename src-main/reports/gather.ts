/** Adding up in slices: rows of one key become one row, and between two slices others may work. */
import { statement } from '../platform/database.ts'
import { addDays, daysBetween, instantsOf, shanghaiDate } from '../platform/dates.ts'
import type { Cell } from './api.ts'
import type { Gathering, ReportRow, Scope } from './report.ts'

/** Rows by key whose numbers add up; what is not a number stays as it was first seen. */
export class Tally {
  readonly #rows = new Map<string, { cells: Record<string, Cell>; link: string | null }>()

  add(key: string, cells: Readonly<Record<string, Cell>>, link: string | null = null): void {
    const row = this.#rows.get(key)
    if (!row) return void this.#rows.set(key, { cells: { ...cells }, link })
    for (const [name, value] of Object.entries(cells)) {
      const before = row.cells[name]
      if (typeof value === 'number' && typeof before === 'number') row.cells[name] = before + value
    }
  }

  rows(): ReportRow[] {
    return [...this.#rows].map(([key, row]) => ({ key, ...row }))
  }
}

/** What every query knows besides its days: the moment of asking, the kind of period, and who must not learn of what. */
export function standingParameters({ context, period, viewer }: Pick<Scope, 'context' | 'period' | 'viewer'>) {
  const now = context.clock.now()
  const today = shanghaiDate(now)
  return { kind: period.kind, now, today, weekAgo: addDays(today, -7), viewer }
}

interface QueryRow {
  readonly key: string
  readonly link?: string | null
  readonly [column: string]: Cell | undefined
}

/** Parameters of a query over the days `from` … `to`, both included. */
export function dayParameters({ cashier }: Pick<Scope, 'cashier'>, from: Scope['until'], to: Scope['until']) {
  const instants = instantsOf({ from, to })
  return { from, to, fromAt: instants.from, beforeAt: instants.before, cashier }
}

/**
 * Runs one query per section for each day of the period and adds the rows of a key up. A query selects `key`, maybe
 * `link`, and the section's columns; it has @from, @to (dates), @fromAt, @beforeAt, @now (instants), @today and @weekAgo
 * (dates), @kind (of the period), @cashier, and @viewer: who must not learn of what is concealed, '' where everything counts.
 * A section may have several queries whose rows belong together.
 */
export function* addUp(
  scope: Scope,
  queries: Readonly<Record<string, string | readonly string[]>>,
): Generator<number, Record<string, ReportRow[]>> {
  const { context, period, until } = scope
  const wanted = Object.entries(queries)
    .filter(([section]) => scope.wants(section))
    .map(([section, sql]) => ({ tally: new Tally(), section, queries: typeof sql === 'string' ? [sql] : sql }))
  const days = daysBetween(period.from, until) + 1
  const standing = standingParameters(scope)
  for (let day = 0; day < days; day++) {
    const date = addDays(period.from, day)
    const parameters = { ...dayParameters(scope, date, date), ...standing }
    for (const { tally, queries: ofSection } of wanted) {
      for (const sql of ofSection) {
        for (const { key, link = null, ...cells } of statement<QueryRow>(context.sqlite, sql).all(parameters)) {
          tally.add(key, cells as Record<string, Cell>, link)
        }
        // A day of a large hall is too much at once where a report has many sections.
        yield (day + 1) / days
      }
    }
  }
  return Object.fromEntries(wanted.map(({ section, tally }) => [section, tally.rows()]))
}

/** One gathering after the other, as one: each takes its part of the progress. */
export function* oneAfterAnother(parts: readonly Gathering[]): Gathering {
  const all: Record<string, readonly ReportRow[]> = {}
  for (const [i, part] of parts.entries()) {
    let step = part.next()
    while (!step.done) {
      yield (i + step.value) / parts.length
      step = part.next()
    }
    Object.assign(all, step.value)
  }
  return all
}
