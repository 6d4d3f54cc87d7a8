/** What the complaints say about the hall and the dispatch centre (clauses 20, 21). */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { formatInstant, instantsOf, type Span } from '../platform/dates.ts'
import { figureBySql, type Figure, type FigureRecord } from '../platform/figures.ts'
import { complaintMeasures } from './measures.ts'
import { notAgainst } from './reads.ts'
import { complaintStateNames, type ComplaintState } from './process.ts'
import { complaintClassNames, type ComplaintClass } from './words.ts'

interface ComplaintFigure {
  readonly name: string
  readonly label: string
  readonly about: string
  /** SQL over `complaints c`: which complaints count, and whether one is met. */
  readonly counts: string
  readonly met: string
}

const measures: readonly ComplaintFigure[] = [
  {
    name: 'complaints.replied',
    label: '投诉按时回复率',
    about: '期内受理的投诉在回复时限（48 小时）内回复的比例，重新办理的每一轮都算；未回复也未到期的不计',
    counts: complaintMeasures.replyDue,
    met: complaintMeasures.repliedInTime,
  },
  {
    name: 'complaints.closed',
    label: '投诉关闭率',
    about: '期内受理的投诉中，已回访并关闭的比例',
    counts: '1',
    met: `c.state = 'closed'`,
  },
]

const span = 'c.taken_at >= @from AND c.taken_at < @before'

/** The two queries of a measure, also for the test of their plans. */
const sqlOf = ({ counts, met }: ComplaintFigure) => ({
  share: `SELECT count(*) AS denominator, count(*) FILTER (WHERE ${met}) AS numerator
    FROM complaints c WHERE ${span} AND ${counts} AND ${notAgainst('@viewer')}`,
  records: `SELECT c.id, c.complaint_no AS complaintNo, c.class, c.state, c.taken_at AS takenAt, (${met}) AS met
    FROM complaints c WHERE ${span} AND ${counts} AND ${notAgainst('@viewer')} ORDER BY met, c.taken_at DESC, c.id LIMIT @limit`,
})
export const complaintFigureSql = measures.map(sqlOf)

const paramsOf = ({ clock }: Context, over: Span, viewer: string) => ({ ...instantsOf(over), now: clock.now(), viewer })

interface Row {
  readonly id: string
  readonly complaintNo: string
  readonly class: ComplaintClass
  readonly state: ComplaintState
  readonly takenAt: number
  readonly met: number
}

const entity = 'complaint:'

const recordOf = (row: Row): FigureRecord => ({
  subject: `${entity}${row.id}`,
  label: `投诉 ${row.complaintNo}`,
  note: [formatInstant(row.takenAt), complaintClassNames[row.class], complaintStateNames[row.state]].join('，'),
  met: row.met === 1,
  link: `/complaints/${row.id}`,
})

/** Whether the operator is complained of in it, and so must not find it. @param subject `entity:id` */
export const concealsComplaint = ({ sqlite, actor }: Context, subject: string): boolean =>
  subject.startsWith(entity) &&
  statement(sqlite, 'SELECT 1 FROM complaint_parties WHERE complaint_id = ? AND staff_id = ?').get(
    subject.slice(entity.length),
    actor.id,
  ) !== undefined

export const complaintFigures: readonly Figure[] = measures.map((measure) => {
  const { name, label, about } = measure
  return figureBySql(
    { name, label, about, conceals: concealsComplaint, perViewer: true },
    sqlOf(measure),
    paramsOf,
    recordOf,
  )
})
