/** 明细: the records behind one row of a report, paged by key. */
import { today } from '../ledger/service.ts'
import { statement } from '../platform/database.ts'
import { earlier } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { Records, type Cell } from './api.ts'
import { dayParameters, standingParameters } from './gather.ts'
import { ReportNotFound, reportOf, sectionOf } from './registry.ts'
import type { RecordQuery } from './report.ts'
import { periodOf } from './rules.ts'
import { requireSight } from './run.ts'

interface Stored {
  readonly id: string
  readonly at: string | number
  readonly link: string | null
  readonly [column: string]: Cell
}

/** Where a page ended: the order column and the id; before everything at the beginning. */
function cursorOf(after: string | null, by: RecordQuery['by']): { afterAt: string | number; afterId: string } {
  if (after === null) return { afterAt: by === 'instant' ? -1 : '', afterId: '' }
  const [, at, id] = /^(\d{4}-\d{2}-\d{2}|\d{1,15})\/([0-9a-f-]{36})$/.exec(after) ?? []
  if (at === undefined || id === undefined) throw new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })
  return { afterAt: by === 'instant' ? Number(at) : at, afterId: id }
}

/** @throws ReportNotFound · NotAllowed */
export const records = useCase(Records, ({ report: id, kind, date, section, key, page }, context) => {
  const report = reportOf(id)
  const period = periodOf(kind, date)
  const sight = requireSight(report, context.actor, period)
  const query = sectionOf(report, section).records?.(key, { context, period })
  if (!query) throw new ReportNotFound()
  const until = earlier(period.to, today(context))
  const found = statement<Stored>(context.sqlite, query.sql).all({
    ...dayParameters({ cashier: sight === 'own' ? context.actor.id : '' }, period.from, until),
    ...standingParameters({ context, period, viewer: context.actor.id }),
    ...cursorOf(page.after, query.by),
    key,
    limit: page.size + 1,
  })
  const shown = found.slice(0, page.size)
  const last = shown.at(-1)
  return {
    title: query.title,
    columns: query.columns.map(({ key: column, label, kind: of }) => ({
      key: column,
      label,
      kind: of,
      sum: false,
      compare: null,
    })),
    rows: shown.map((row) => ({
      key: row.id,
      link: row.link,
      cells: Object.fromEntries(query.columns.map((column) => [column.key, row[column.key] ?? null])),
    })),
    next: found.length > page.size && last ? `${last.at}/${last.id}` : null,
  }
})
