/** What a scorecard may judge by the registers (clauses 6(3), 6(7), 22(3), 26, 27). */
import { shanghaiDate, type Span } from '../platform/dates.ts'
import { figureBySql, type Figure, type FigureRecord } from '../platform/figures.ts'
import type { Context } from '../platform/context.ts'
import { kindOf, type RegisterKindId } from './kinds.ts'

interface Row {
  readonly id: string
  readonly entryNo: string
  readonly kind: RegisterKindId
  readonly onDate: string
  readonly what: string
  readonly met: number
}
const recordOf = ({ id, entryNo, kind, onDate, what, met }: Row): FigureRecord => ({
  subject: `register-entry:${id}`,
  label: `${kindOf(kind).title} ${entryNo}`,
  note: `${onDate}，${what}`,
  met: met === 1,
  link: `/registers/entry/${id}`,
})
const parametersOf = ({ clock }: Context, { from, to }: Span) => ({ from, to, today: shanghaiDate(clock.now()) })

/** What counts of `rows`, and when it was done as it should; `e` is the entry. */
const figure = (words: Pick<Figure, 'name' | 'label' | 'about'>, rows: string, met: string, what: string): Figure =>
  figureBySql<Row>(
    words,
    {
      share: `SELECT coalesce(sum(${met}), 0) AS numerator, count(*) AS denominator FROM ${rows}`,
      records: `SELECT e.id, e.entry_no AS entryNo, e.kind, e.on_date AS onDate, ${what} AS what, ${met} AS met FROM ${rows}
        ORDER BY met, e.on_date DESC, e.id DESC LIMIT @limit`,
    },
    parametersOf,
    recordOf,
  )

const rating = `(SELECT json_extract(line.value, '$.value') FROM json_each(e.body, '$.fields') line
  WHERE json_extract(line.value, '$.label') = '评价')`

export const registerFigures: readonly Figure[] = [
  figure(
    {
      name: 'registers.mended',
      label: '台账问题按期整改率',
      about: '期内到期的台账问题（检查、巡查中发现的）；在整改期限以内整改的算按期',
    },
    `register_findings f CROSS JOIN register_entries e ON e.id = f.entry_id
     WHERE f.due_on BETWEEN @from AND @to AND e.state <> 'void' AND (f.mended_on IS NOT NULL OR f.due_on < @today)`,
    `(f.mended_on IS NOT NULL AND f.mended_on <= f.due_on)`,
    'f.what',
  ),
  figure(
    {
      name: 'registers.rated',
      label: '客户当面评价满意率',
      about: '期内客户当面的评价，办理人本人登记的经他人复核后才计；非常满意和满意的算满意',
    },
    `register_entries e WHERE e.kind = 'rating' AND e.on_date BETWEEN @from AND @to AND e.state = 'closed'`,
    `(${rating} IN ('非常满意', '满意'))`,
    'e.title',
  ),
]
