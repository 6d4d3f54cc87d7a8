/** The dispatch centre's results count in those of the halls it serves (clause 26). */
import { statement } from '../platform/database.ts'
import type { Context } from '../platform/context.ts'
import { addMonths, type Span } from '../platform/dates.ts'
import type { Figure } from '../platform/figures.ts'
import { periodName } from './rules.ts'
import { cardFor } from './sights.ts'

interface Row {
  readonly id: string
  readonly cardNo: string
  readonly fromDate: Span['from']
  readonly toDate: Span['to']
  readonly thresholds: string
  readonly grades: string
  readonly total: number | null
  readonly grade: string
}

/** Signed scorecards of the dispatch centre that ended within the year up to the end of the span. */
const results = ({ sqlite }: Context, { to }: Span): Row[] =>
  statement<Row>(
    sqlite,
    `SELECT id, card_no AS cardNo, from_date AS fromDate, to_date AS toDate, thresholds, grades, total, grade FROM scorecards
     WHERE scope = 'dispatch' AND to_date > ? AND to_date <= ? AND state = 'signed' ORDER BY to_date DESC`,
  ).all(addMonths(to, -12), to)

const fullMarks = 10_000

export const cardFigures: readonly Figure[] = [
  {
    name: 'appraisal.dispatch',
    label: '调度中心考核得分',
    about: '近一年已签批的客服调度中心考核得分占满分的比例（第二十六条）',
    perViewer: true,
    compute(context, span, viewer = '') {
      const cards = results(context, span).map((card) => cardFor(context, viewer, card))
      return {
        numerator: cards.reduce((sum, { total }) => sum + (total ?? 0), 0),
        denominator: cards.length * fullMarks,
      }
    },
    records: (context, span, limit) =>
      results(context, span)
        .slice(0, limit)
        .map(({ id, cardNo, fromDate, toDate }) => ({
          subject: `scorecard:${id}`,
          label: `考核表 ${cardNo}`,
          // Without its total, which not everybody reads alike.
          note: periodName({ from: fromDate, to: toDate }),
          met: true,
          link: `/appraisal/${id}`,
        })),
  },
]
