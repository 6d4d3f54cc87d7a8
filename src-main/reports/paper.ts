/** 报表 as a paper says it: plain words, already written; the layout is the notices room's. */
import type { Context } from '../platform/context.ts'
import { periodKindNames, type ReportView } from './api.ts'
import { formatCell, isNumeric, unitOf } from './rules.ts'
import { resultById } from './run.ts'
import { isSubmission, submissionById } from './submit.ts'

/** More columns than this need the paper lying. */
const uprightColumns = 8

interface PaperCell {
  readonly text: string
  readonly number: boolean
}

export interface ReportPaper {
  /** 上报号, or 草稿 while it was not submitted. */
  readonly number: string
  readonly title: string
  readonly landscape: boolean
  readonly period: string
  readonly kind: string
  readonly madeAt: number
  readonly madeBy: string
  readonly own: boolean
  readonly submitted: {
    readonly at: number
    readonly by: string
    readonly version: number
    readonly replaces: string
    readonly reason: string
    readonly hash: string
  } | null
  readonly sections: readonly {
    readonly title: string
    readonly note: string
    readonly head: readonly PaperCell[]
    readonly rows: readonly (readonly PaperCell[])[]
    readonly totals: readonly PaperCell[] | null
  }[]
  readonly notes: readonly string[]
}

/** A result of today, or a submission as it was frozen. @throws ResultGone · SubmissionNotFound · NotAllowed */
export function reportPaper(context: Context, id: string): ReportPaper {
  if (!isSubmission(context, id)) return paperOf(resultById(context, id).view, '草稿', null)
  const { content, number, submittedAt, submittedBy, version, replacesNumber, reason, hash } = submissionById(
    context,
    id,
  )
  return paperOf(content, number, {
    at: submittedAt,
    by: submittedBy,
    version,
    replaces: replacesNumber ?? '',
    reason,
    hash: hash.slice(0, 16),
  })
}

function paperOf(view: ReportView, number: string, submitted: ReportPaper['submitted']): ReportPaper {
  // A list that found nothing says nothing; a table whose rows always stand there does, also with zeros.
  const sections = view.sections.filter(({ rows }) => rows.length > 0)
  return {
    number,
    title: view.title,
    landscape: sections.some(({ columns }) => columns.length > uprightColumns),
    period: view.period.label,
    kind: periodKindNames[view.period.kind],
    madeAt: view.madeAt,
    madeBy: view.madeBy,
    own: view.own,
    submitted,
    sections: sections.map(({ title, note, columns, rows, totals, found }) => {
      const cellsOf = (cells: (typeof rows)[number]['cells']) =>
        columns.map(({ key, kind }) => ({ text: formatCell(cells[key], kind), number: isNumeric(kind) }))
      return {
        title,
        note: [note, found > rows.length ? `共 ${found} 行，列出前 ${rows.length} 行` : '']
          .filter((part) => part !== '')
          .join('；'),
        head: columns.map(({ label, kind }) => ({
          text: unitOf[kind] === undefined ? label : `${label}（${unitOf[kind]}）`,
          number: isNumeric(kind),
        })),
        rows: rows.map(({ cells }) => cellsOf(cells)),
        totals: totals
          ? columns.map(({ key, kind }) => ({
              text: totals[key] === undefined || totals[key] === null ? '' : formatCell(totals[key], kind),
              number: isNumeric(kind),
            }))
          : null,
      }
    }),
    notes: view.notes,
  }
}
