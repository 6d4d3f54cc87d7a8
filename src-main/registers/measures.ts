/** What a scorecard may judge by the registers (clauses 6(3), 6(7), 22(3), 26, 27). */
import { addDays, formatInstant, shanghaiDate, startOfDay, type Span } from '../platform/dates.ts'
import { figureBySql, type Figure, type FigureRecord } from '../platform/figures.ts'
import type { Context } from '../platform/context.ts'
import { kindOf, type RegisterKindId } from './kinds.ts'
import { businessNames, type Business } from './served-words.ts'

/** '2 分 5 秒'. */
const minutesInWords = (seconds: number): string => `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`

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

interface Timed {
  readonly id: string
  readonly business: Business
  readonly seconds: number
  readonly limitSeconds: number
  readonly at: number
  readonly actorName: string
  readonly met: number
}
const inTime = 't.seconds <= t.limit_seconds'
const timedRows = `service_times t WHERE t.at >= @fromAt AND t.at < @beforeAt`

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
  figureBySql<Timed>(
    {
      name: 'registers.served',
      label: '柜台业务限时办结率',
      about: '期内柜台办的收费和各项受理，从第一个键到出单；不超过当时设置的分钟数的算达到',
    },
    {
      share: `SELECT coalesce(sum(${inTime}), 0) AS numerator, count(*) AS denominator FROM ${timedRows}`,
      records: `SELECT t.id, t.business, t.seconds, t.limit_seconds AS limitSeconds, t.at, t.actor_name AS actorName,
        ${inTime} AS met FROM ${timedRows} ORDER BY met, t.at DESC, t.id DESC LIMIT @limit`,
    },
    (_, { from, to }) => ({ fromAt: startOfDay(from), beforeAt: startOfDay(addDays(to, 1)) }),
    ({ id, business, seconds, limitSeconds, at, actorName, met }) => ({
      subject: `service-time:${id}`,
      label: businessNames[business],
      note: `${formatInstant(at)} ${actorName}，${minutesInWords(seconds)}（不超过 ${limitSeconds / 60} 分钟）`,
      met: met === 1,
      link: '/registers',
    }),
  ),
]
