/** What the staff room says about the hall (clauses 10(8), 11, 12). */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, earlier, shanghaiDate, startOfDay, type BusinessDate, type Span } from '../platform/dates.ts'
import type { Figure, FigureRecord } from '../platform/figures.ts'
import { certificateKindNames, certificateStateNames } from './api.ts'
import { heldCertificates } from './certificates.ts'
import { examDueOf } from './exams.ts'
import { everybody, type StaffMember } from './records.ts'
import { certificateState, holdsCertificate } from './rules.ts'

/** The last day of the span that has come. */
const lastDay = ({ clock }: Context, { to }: Span): BusinessDate => earlier(to, shanghaiDate(clock.now()))

/** Who is at work and had joined by then. */
const atWork = (context: Context, on: BusinessDate): StaffMember[] =>
  everybody(context).filter(({ state, createdAt }) => state === 'active' && createdAt < startOfDay(addDays(on, 1)))

const aboutPerson = ({ id, name, staffNo }: StaffMember, note: string, met: boolean): FigureRecord => ({
  subject: `staff:${id}`,
  label: `${name}（${staffNo}）`,
  note,
  met,
  link: `/staff/person/${id}`,
})

/** A figure whose records are few: the share is counted from them. */
const fromRecords = (
  words: Pick<Figure, 'name' | 'label' | 'about'>,
  recordsOf: (context: Context, span: Span) => FigureRecord[],
): Figure => ({
  ...words,
  compute(context, span) {
    const found = recordsOf(context, span)
    return { numerator: found.filter(({ met }) => met).length, denominator: found.length }
  },
  records: (context, span, limit) =>
    recordsOf(context, span)
      .toSorted((a, b) => Number(a.met) - Number(b.met))
      .slice(0, limit),
})

/** For each person and kind of work they were certified for: whether a good certificate is left. */
function certified(context: Context, span: Span): FigureRecord[] {
  const on = lastDay(context, span)
  return atWork(context, on).flatMap((member) => {
    // A withdrawn certificate is work somebody no longer does, not work they do without one.
    const held = heldCertificates(context, member.id).filter(
      ({ withdrawnOn }) => withdrawnOn === null || withdrawnOn > on,
    )
    return [...new Set(held.map(({ kind }) => kind))].map((kind) => {
      const met = holdsCertificate(held, kind, on)
      const [last] = held.filter((one) => one.kind === kind).toSorted((a, b) => (a.validTo < b.validTo ? 1 : -1))
      const state = last ? `有效期至 ${last.validTo}，${certificateStateNames[certificateState(last, on)]}` : ''
      return aboutPerson(member, `${certificateKindNames[kind]}，${state}`, met)
    })
  })
}

const examined = (context: Context, span: Span): FigureRecord[] => {
  const on = lastDay(context, span)
  return atWork(context, on).map((member) => {
    const { state, lastOn, dueOn } = examDueOf(context, member, on)
    const note = lastOn === null ? `还没有考核过，应于 ${dueOn} 前考核` : `最近考核 ${lastOn}，应于 ${dueOn} 前再考核`
    return aboutPerson(member, note, state !== 'overdue')
  })
}

function trained(context: Context, { from, to }: Span): FigureRecord[] {
  const taken = new Map(
    statement<{ staffId: string; times: number }>(
      context.sqlite,
      `SELECT p.staff_id AS staffId, count(*) AS times FROM trainings t JOIN training_people p ON p.training_id = t.id
       WHERE t.held_on BETWEEN ? AND ? AND t.voided_at IS NULL AND p.result <> 'absent' GROUP BY p.staff_id`,
    )
      .all(from, to)
      .map(({ staffId, times }) => [staffId, times]),
  )
  return atWork(context, lastDay(context, { from, to })).map((member) => {
    const times = taken.get(member.id) ?? 0
    return aboutPerson(member, times === 0 ? '期内没有参加培训' : `期内参加培训 ${times} 次`, times > 0)
  })
}

export const staffFigures: readonly Figure[] = [
  fromRecords(
    {
      name: 'staff.certified',
      label: '持证有效率',
      about: '在岗人员登记过的上岗证中，期末（或今天）仍有效的比例；已收回的不计',
    },
    certified,
  ),
  fromRecords(
    { name: 'staff.examined', label: '人员考核率', about: '在岗人员中，期末（或今天）没有逾期未考核的比例' },
    examined,
  ),
  fromRecords(
    { name: 'staff.trained', label: '培训覆盖率', about: '在岗人员中，期内至少参加过一次培训的比例' },
    trained,
  ),
]
