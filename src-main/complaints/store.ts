/** 投诉 as rows: where a complaint is, who must not see it, its steps in order, and how one step is written. */
import { asc, eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { hideEvents, recordEvent } from '../customers/service.ts'
import { staffById } from '../staff/service.ts'
import { runner } from '../platform/process-run.ts'
import { actingFacts } from '../platform/two-persons.ts'
import { complaintProcess, timerRuns, type ComplaintFacts, type ComplaintStepKind } from './process.ts'
import { complaintParties, complaints, complaintSteps } from './tables.ts'
import { complaintClassNames, type PartyReason } from './words.ts'

export const ComplaintNotFound = domainError('ComplaintNotFound', '没有找到这件投诉，请刷新后再试')
export const ComplainedOf = domainError('ComplainedOf', '被投诉人不能受理或调查对本人的投诉，请由他人办理')
export const WrongStep = domainError('WrongStep', '投诉的进度不允许这一步，请刷新后再试')
export const NotInvestigator = domainError('NotInvestigator', '这一步由调查人办理')
export const NotInvestigated = domainError('NotInvestigated', '还没有调查情况，请先记录调查情况')
export const OwnWork = domainError('OwnWork', '不能回访或关闭本人办理的投诉')

export type ComplaintRecord = typeof complaints.$inferSelect
export type StepRecord = typeof complaintSteps.$inferSelect
/** Whom it was given to; how and when the customer was answered. */
type StepMore = Partial<Pick<StepRecord, 'personId' | 'personName' | 'replyChannel' | 'doneAt'>>
export type PartyRecord = typeof complaintParties.$inferSelect

export const partiesOf = ({ db }: Context, complaintId: string): PartyRecord[] =>
  db
    .select()
    .from(complaintParties)
    .where(eq(complaintParties.complaintId, complaintId))
    .orderBy(asc(complaintParties.at), asc(complaintParties.id))
    .all()

/** For whoever is complained of the complaint does not exist. @throws ComplaintNotFound */
export function complaintById(context: Context, complaintId: string): ComplaintRecord {
  const row = context.db.select().from(complaints).where(eq(complaints.id, complaintId)).get()
  if (!row || partiesOf(context, complaintId).some(({ staffId }) => staffId === context.actor.id)) {
    throw new ComplaintNotFound()
  }
  return row
}

/** Every step of a complaint, first first. */
export const stepsOf = ({ db }: Context, complaintId: string): StepRecord[] =>
  db
    .select()
    .from(complaintSteps)
    .where(eq(complaintSteps.complaintId, complaintId))
    .orderBy(asc(complaintSteps.no))
    .all()

/** Everybody who was given, investigated or answered a complaint, in any round: they never judge it. */
export const handlersOf = (context: Context, complaintId: string): ReadonlySet<string> =>
  new Set(
    statement<{ id: string }>(
      context.sqlite,
      `SELECT CASE kind WHEN 'assign' THEN person_id ELSE actor_id END AS id FROM complaint_steps
       WHERE complaint_id = ? AND kind IN ('assign', 'investigate', 'reply')`,
    )
      .all(complaintId)
      .map(({ id }) => id),
  )

const subjectOf = (complaintId: string): string => `complaint:${complaintId}`

/** Steps the customer has no part in. */
const inside: readonly ComplaintStepKind[] = ['assign', 'investigate', 'classify', 'name']

/** The steps of a complaint. Neither timeline nor audit log says who or what is complained of. */
export const complaintRun = runner(complaintProcess, {
  find: complaintById,
  facts: (context, complaint: ComplaintRecord): ComplaintFacts => ({
    state: complaint.state,
    ...actingFacts(context),
    investigatorId: complaint.investigatorId,
    handlers: handlersOf(context, complaint.id),
    parties: new Set(partiesOf(context, complaint.id).map(({ staffId }) => staffId)),
    investigated: stepsOf(context, complaint.id).some(
      ({ kind, round }) => kind === 'investigate' && round === complaint.round,
    ),
  }),
  errors: { WrongStep, NotInvestigator, NotInvestigated, OwnWork, ComplainedOf },
  history: { table: 'complaint_steps', owner: 'complaint_id' },
  insert: ({ db }, { id }, values, more: StepMore | undefined) =>
    void db
      .insert(complaintSteps)
      .values({ ...values, complaintId: id, ...more })
      .run(),
  update: ({ db }, next, before) => {
    const stays = next.state === before.state && next.round === before.round
    const dueAt = timerRuns(next.state) ? next.replyBy : stays ? before.dueAt : next.updatedAt
    const { id, ...columns } = { ...next, dueAt }
    db.update(complaints).set(columns).where(eq(complaints.id, id)).run()
  },
  tell: (context, { id, customerId, accountId, complaintNo, class: ofClass }, { kind }, title) => {
    if (customerId === null || inside.includes(kind)) return
    const detail = `${complaintNo}；${complaintClassNames[ofClass]}`
    recordEvent(context, { customerId, accountId, kind: 'complaint', title, detail, subject: subjectOf(id) })
  },
  number: ({ complaintNo }) => ({ complaintNo }),
  noteAudited: null,
})

/** Puts staff among those complained of: from now on they find no trace of it, also not in the customer's timeline. */
export function addParties(
  context: Context,
  complaintId: string,
  parties: ReadonlyMap<string, PartyReason>,
): { readonly names: string[] } {
  const known = new Set(partiesOf(context, complaintId).map(({ staffId }) => staffId))
  const names: string[] = []
  for (const [staffId, reason] of parties) {
    if (known.has(staffId)) continue
    const { name } = staffById(context, staffId)
    const { db, clock } = context
    db.insert(complaintParties)
      .values({ id: newId(clock), complaintId, staffId, staffName: name, reason, at: clock.now() })
      .run()
    hideEvents(context, subjectOf(complaintId), staffId)
    names.push(name)
  }
  return { names }
}
