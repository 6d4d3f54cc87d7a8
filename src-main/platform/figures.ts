/**
 * Figures: what a room can say about how well its work was done, for those who judge it (clauses 20, 21, 26, 27). A room
 * exports its own from its service; the appraisal lists them.
 */
import type { Context } from './context.ts'
import { statement } from './database.ts'
import type { Span } from './dates.ts'

/** How many of the things that count were done as they should. No denominator: there was nothing to judge. */
export interface Share {
  readonly numerator: number
  readonly denominator: number
}

/** One of the things behind a figure. */
export interface FigureRecord {
  /** `entity:id`. */
  readonly subject: string
  /** Its number or name, as people know it. */
  readonly label: string
  /** What happened, in a few words. */
  readonly note: string
  /** Whether it was done as it should. */
  readonly met: boolean
  /** Page that shows it, from the root. */
  readonly link: string
}

export interface Figure {
  /** 'workorders.handled': room and what is measured. */
  readonly name: string
  /** As the scorecard calls it, and as the settings name it: '6 小时内处理率'. */
  readonly label: string
  /** What counts and when it is met, in one sentence. */
  readonly about: string
  /** @param viewer staff id of who is to read it, where it is `perViewer`; without one everything counts */
  readonly compute: (context: Context, span: Span, viewer?: string) => Share
  /** What counts, what was not met first, then the newest; at most `limit`. */
  readonly records: (context: Context, span: Span, limit: number) => FigureRecord[]
  /**
   * True where the operator must not see a record (a complaint against them). Records are kept with a scorecard for every
   * reader, so `records` leaves nothing out and whoever shows them asks here.
   */
  readonly conceals?: (context: Context, subject: string) => boolean
  /** What is hidden from some is among what counts. */
  readonly perViewer?: true
}

/**
 * A figure that one query counts (a row of `Share`) and another lists, with @limit besides the same parameters.
 * @param recordOf words of a row of the list
 */
export const figureBySql = <Row>(
  words: Pick<Figure, 'name' | 'label' | 'about' | 'conceals' | 'perViewer'>,
  sql: { readonly share: string; readonly records: string },
  parametersOf: (context: Context, span: Span, viewer: string) => object,
  recordOf: (row: Row) => FigureRecord,
): Figure => ({
  ...words,
  compute: (context, span, viewer = '') =>
    statement<Share>(context.sqlite, sql.share).get(parametersOf(context, span, viewer)) as Share,
  records: (context, span, limit) =>
    statement<Row>(context.sqlite, sql.records)
      .all({ ...parametersOf(context, span, ''), limit })
      .map(recordOf),
})
