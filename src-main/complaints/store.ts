/** 投诉 as rows: where a complaint is, who must not see it, its steps in order, and how one step is written. */
import { asc, eq, max } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { DomainError } from '../platform/errors.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { hideEvents, recordEvent } from '../customers/service.ts'
import { staffById } from '../staff/service.ts'
import {
  complaintActionNames,
  complaintClassNames,
  complaintStateNames,
  type ComplaintAction,
  type ComplaintState,
  type ComplaintStep,
  type PartyReason,
  type ReplyChannel,
} from './api.ts'
import { obstaclesTo, timerRuns, type ComplaintFacts, type ObstacleCode } from './rules.ts'
import { complaintParties, complaints, complaintSteps } from './tables.ts'

export const ComplaintNotFound = domainError('ComplaintNotFound', '没有找到这件投诉，请刷新后再试')
export const ComplainedOf = domainError('ComplainedOf', '被投诉人不能受理或调查对本人的投诉，请由他人办理')
export const WrongStep = domainError('WrongStep', '投诉的进度不允许这一步，请刷新后再试')
export const NotInvestigator = domainError('NotInvestigator', '这一步由调查人办理')
export const NotInvestigated = domainError('NotInvestigated', '还没有调查情况，请先记录调查情况')
export const OwnWork = domainError('OwnWork', '不能回访或关闭本人办理的投诉')

export type ComplaintRecord = typeof complaints.$inferSelect
export type StepRecord = typeof complaintSteps.$inferSelect
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

const factsOf = (context: Context, complaint: ComplaintRecord): ComplaintFacts => ({
  state: complaint.state,
  actorId: context.actor.id,
  investigatorId: complaint.investigatorId,
  handlers: handlersOf(context, complaint.id),
  investigated: stepsOf(context, complaint.id).some(
    ({ kind, round }) => kind === 'investigate' && round === complaint.round,
  ),
})

export const obstaclesNow = (context: Context, complaint: ComplaintRecord, action: ComplaintAction): string[] =>
  obstaclesTo(action, factsOf(context, complaint)).map(({ text }) => text)

const errors: Readonly<Record<ObstacleCode, new (message: string, more: { details: unknown }) => DomainError>> = {
  WrongStep,
  NotInvestigator,
  NotInvestigated,
  OwnWork,
}

/** The complaint, when the action may be done to it. @throws ComplaintNotFound · WrongStep · NotInvestigator · NotInvestigated · OwnWork */
export function passGate(context: Context, action: ComplaintAction, complaintId: string): ComplaintRecord {
  const complaint = complaintById(context, complaintId)
  const obstacles = obstaclesTo(action, factsOf(context, complaint))
  const [first] = obstacles
  if (first) throw new errors[first.code](obstacles.map(({ text }) => text).join('；'), { details: obstacles })
  return complaint
}

export interface StepDone {
  readonly kind: ComplaintStep['kind']
  readonly state: ComplaintState
  readonly passed?: boolean | null
  readonly note?: string
  readonly person?: { readonly id: string; readonly name: string } | null
  readonly reply?: { readonly channel: ReplyChannel; readonly at: number }
  /** Columns of the complaint this step fills. */
  readonly fills?: Partial<typeof complaints.$inferInsert>
}

export const stepTitles: Readonly<Record<ComplaintStep['kind'], string>> = { ...complaintActionNames, take: '受理' }

/**
 * Writes one step: its record, where the complaint is now, the customer's timeline and the audit row. Neither timeline
 * nor audit log says who or what is complained of.
 * @returns the state reached
 */
export function recordStep(context: Context, complaint: ComplaintRecord, step: StepDone): { state: ComplaintState } {
  appendStep(context, complaint, step)
  const now = context.clock.now()
  const next: ComplaintRecord = { ...complaint, ...step.fills, state: step.state, updatedAt: now }
  const stays = step.state === complaint.state && next.round === complaint.round
  const dueAt = timerRuns(next.state) ? next.replyBy : stays ? complaint.dueAt : now
  const { id: _, ...columns } = { ...next, dueAt }
  context.db.update(complaints).set(columns).where(eq(complaints.id, complaint.id)).run()
  tellCustomerFile(context, next, step)
  context.audit({
    subject: `complaint:${complaint.id}`,
    detail: { complaintNo: complaint.complaintNo, step: step.kind, state: step.state },
  })
  context.emit({ event: 'changed', data: { room: 'complaints' } })
  return { state: step.state }
}

export function appendStep({ db, clock, actor }: Context, complaint: ComplaintRecord, step: StepDone): void {
  const last = db
    .select({ no: max(complaintSteps.no) })
    .from(complaintSteps)
    .where(eq(complaintSteps.complaintId, complaint.id))
    .get()
  db.insert(complaintSteps)
    .values({
      id: newId(clock),
      complaintId: complaint.id,
      no: (last?.no ?? 0) + 1,
      round: complaint.round,
      kind: step.kind,
      state: step.state,
      passed: step.passed === undefined || step.passed === null ? null : step.passed ? 1 : 0,
      note: step.note ?? '',
      personId: step.person?.id ?? null,
      personName: step.person?.name ?? null,
      replyChannel: step.reply?.channel ?? null,
      doneAt: step.reply?.at ?? null,
      at: clock.now(),
      actorId: actor.id,
      actorName: actor.name,
    })
    .run()
}

/** Steps the customer has no part in. */
const inside: ReadonlySet<ComplaintStep['kind']> = new Set(['assign', 'investigate', 'classify', 'name'])

export function tellCustomerFile(context: Context, complaint: ComplaintRecord, step: StepDone): void {
  if (complaint.customerId === null || inside.has(step.kind)) return
  recordEvent(context, {
    customerId: complaint.customerId,
    accountId: complaint.accountId,
    kind: 'complaint',
    title: `投诉${stepTitles[step.kind]}：${complaintStateNames[step.state]}`,
    detail: `${complaint.complaintNo}；${complaintClassNames[complaint.class]}`,
    subject: subjectOf(complaint.id),
  })
}

export const subjectOf = (complaintId: string): string => `complaint:${complaintId}`

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
