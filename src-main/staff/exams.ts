/** 考核 of the staff (clause 12): periodic, never recorded by the person examined, a failed one taken again. */
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { daysBetween, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { lentRefusal, ownAct } from '../platform/two-persons.ts'
import { useCase } from '../platform/use-case.ts'
import {
  Exams,
  ExamsDue,
  maxOfPerson,
  RecordExam,
  RecordRetake,
  VoidExam,
  type ExamDueView,
  type ExamRow,
} from './api.ts'
import { dateCursor, dateCursorOf } from './paging.ts'
import { activeById, everybody, type StaffMember } from './records.ts'
import { examDue, examPassed, type ExamFact } from './rules.ts'
import { exams as table } from './tables.ts'
import { notAhead } from './trainings.ts'

export const OwnExam = domainError('OwnExam', '本人的考核须由他人登记')
export const ExamNotFound = domainError('ExamNotFound', '没有这条考核记录，或已作废，请刷新后再试')
export const NothingToRetake = domainError('NothingToRetake', '这次考核已及格，或已登记补考，不用再补考')
export const ExamProves = domainError('ExamProves', '有上岗证以这次考核为依据，请先收回那本证，再作废考核')
export const HasRetake = domainError('HasRetake', '这次考核已有补考，请先作废补考记录')

type Row = typeof table.$inferSelect

function notOneself({ actor }: Context, staffId: string): void {
  const own = ownAct(actor, [staffId])
  if (own !== null) throw new OwnExam(own === 'own' ? undefined : lentRefusal('考核对象', '考核须由他人登记'))
}

function keep(
  context: Context,
  exam: Pick<
    Row,
    'staffId' | 'subject' | 'kind' | 'certificateKind' | 'heldOn' | 'score' | 'outOf' | 'passMark' | 'retakeOf' | 'note'
  >,
): boolean {
  const { db, clock, actor } = context
  notOneself(context, exam.staffId)
  activeById(context, exam.staffId)
  const passed = examPassed(exam.score, exam.passMark)
  db.insert(table)
    .values({
      id: newId(clock),
      ...exam,
      passed: passed ? 1 : 0,
      recordedAt: clock.now(),
      recordedById: actor.id,
      recordedBy: actor.name,
    })
    .run()
  return passed
}

export const recordExam = useCase(RecordExam, ({ requestId: _, results, ...exam }, context) => {
  notAhead(context, exam.heldOn, 'heldOn')
  const passed = results.filter((result) => keep(context, { ...exam, ...result, retakeOf: null })).length
  const { subject, heldOn } = exam
  context.audit({ subject: 'staff:exam', detail: { exam: subject, heldOn, people: results.length, passed } })
  context.emit({ event: 'changed', data: { room: 'staff' } })
  return { passed, failed: results.length - passed }
})

/** An exam that stands. @throws ExamNotFound */
function standing({ db }: Context, examId: string): Row {
  const row = db
    .select()
    .from(table)
    .where(and(eq(table.id, examId), isNull(table.voidedAt)))
    .get()
  if (!row) throw new ExamNotFound()
  return row
}

const hasRetake = ({ db }: Context, examId: string): boolean =>
  db
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.retakeOf, examId), isNull(table.voidedAt)))
    .get() !== undefined

/** Whether a certificate that stands was given for it. */
const proves = ({ sqlite }: Context, examId: string): boolean =>
  statement(sqlite, 'SELECT 1 FROM certificates WHERE exam_id = ? AND withdrawn_on IS NULL').get(examId) !== undefined

export const recordRetake = useCase(RecordRetake, ({ examId, heldOn, score, note }, context) => {
  const { staffId, subject, certificateKind, outOf, passMark, ...failed } = standing(context, examId)
  if (failed.passed === 1 || hasRetake(context, examId)) throw new NothingToRetake()
  notAhead(context, heldOn, 'heldOn')
  if (heldOn < failed.heldOn) throw new InvalidInput('补考日期不能早于原考核日期', { field: 'heldOn' })
  if (score > outOf) throw new InvalidInput('成绩不能高于满分', { field: 'score' })
  const passed = keep(context, {
    staffId,
    subject,
    certificateKind,
    outOf,
    passMark,
    heldOn,
    score,
    note,
    kind: 'retake',
    retakeOf: examId,
  })
  context.audit({ subject: `staff:${staffId}`, detail: { exam: subject, heldOn, score, passed } })
  context.emit({ event: 'changed', data: { room: 'staff' } })
  return { passed }
})

export const voidExam = useCase(VoidExam, ({ examId, reason }, context) => {
  const { staffId, subject } = standing(context, examId)
  notOneself(context, staffId)
  if (hasRetake(context, examId)) throw new HasRetake()
  if (proves(context, examId)) throw new ExamProves()
  const { db, clock, actor } = context
  db.update(table)
    .set({ voidedAt: clock.now(), voidedBy: actor.name, voidedFor: reason })
    .where(eq(table.id, examId))
    .run()
  context.audit({ subject: `staff:${staffId}`, detail: { exam: subject, reason } })
  context.emit({ event: 'changed', data: { room: 'staff' } })
  return {}
})

const columns = `e.id, e.staff_id AS staffId, s.name, s.staff_no AS staffNo, e.subject, e.kind, e.held_on AS heldOn, e.score,
  e.out_of AS outOf, e.pass_mark AS passMark, e.passed, e.note, e.recorded_at AS recordedAt, e.recorded_by AS recordedBy,
  e.voided_for AS voidedFor,
  e.passed = 0 AND e.voided_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM exams r WHERE r.retake_of = e.id AND r.voided_at IS NULL) AS toRetake`
type Stored = Omit<ExamRow, 'passed' | 'toRetake'> & { readonly passed: number; readonly toRetake: number }
const shown = (row: Stored): ExamRow => ({ ...row, passed: row.passed === 1, toRetake: row.toRetake === 1 })

/** Also for the test of its plan. */
export const examsSql = `SELECT ${columns} FROM exams e JOIN staff s ON s.id = e.staff_id
  WHERE (e.held_on, e.id) < (@date, @id) ORDER BY e.held_on DESC, e.id DESC LIMIT @limit`

export const exams = useCase(Exams, ({ page: { after, size } }, { sqlite }) => {
  const rows = statement<Stored>(sqlite, examsSql).all({ ...dateCursor(after), limit: size + 1 })
  const kept = rows.slice(0, size).map(shown)
  return { rows: kept, next: rows.length > size ? dateCursorOf(kept.at(-1)) : null }
})

export const examsOf = ({ sqlite }: Context, staffId: string): ExamRow[] =>
  statement<Stored>(
    sqlite,
    `SELECT ${columns} FROM exams e JOIN staff s ON s.id = e.staff_id WHERE e.staff_id = ?
     ORDER BY e.held_on DESC, e.id DESC LIMIT ?`,
  )
    .all(staffId, maxOfPerson)
    .map(shown)

/** How somebody stands on a day: what was held until then, counted from when they joined. */
export function examDueOf(
  { sqlite, settings }: Context,
  { id: staffId, staffNo, name, createdAt }: StaffMember,
  on: BusinessDate,
): ExamDueView {
  const held = statement<Omit<ExamFact, 'passed'> & { passed: number }>(
    sqlite,
    `SELECT id, held_on AS heldOn, passed, retake_of AS retakeOf FROM exams
     WHERE staff_id = ? AND held_on <= ? AND voided_at IS NULL`,
  ).all(staffId, on)
  const facts = held.map((exam) => ({ ...exam, passed: exam.passed === 1 }))
  const rules = { perYear: settings.get('staff.examsPerYear'), warningDays: settings.get('staff.examWarningDays') }
  const due = examDue(facts, shanghaiDate(createdAt), rules, on)
  return { staffId, staffNo, name, ...due, daysLeft: daysBetween(on, due.dueOn) }
}

/** Whoever is late first, then whoever has one to take again. */
const urgency: readonly ExamDueView['state'][] = ['overdue', 'retake', 'soon', 'ok']

export const examsDue = useCase(ExamsDue, (_, context) => {
  const on = shanghaiDate(context.clock.now())
  return everybody(context)
    .filter(({ state }) => state === 'active')
    .map((member) => examDueOf(context, member, on))
    .toSorted((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state) || a.daysLeft - b.daysLeft)
})
