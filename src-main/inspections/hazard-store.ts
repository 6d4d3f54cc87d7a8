/** 隐患 as rows: where a hazard is, its steps in order, and how one step is written. */
import { asc, eq, max } from 'drizzle-orm'
import { accountById, recordEvent } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { domainError, type DomainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { certificateProblem } from '../staff/service.ts'
import { hazardActionNames, hazardStateNames, type HazardAction, type HazardState, type HazardStep } from './api.ts'
import { hazardObstacles, type HazardFacts, type HazardObstacleCode } from './rules.ts'
import { tellChanged } from './store.ts'
import { hazards, hazardSteps, rectificationNotices } from './tables.ts'

export const HazardNotFound = domainError('HazardNotFound', '没有找到这处隐患，请刷新后再试')
export const WrongHazardStep = domainError('WrongHazardStep', '隐患的进度不允许这一步，请刷新后再试')
export const OwnInspection = domainError('OwnInspection', '不能回访或关闭本人检查的隐患')
export const NoticeNotDelivered = domainError('NoticeNotDelivered', '整改通知书还没有登记送达')
export const StillStaying = domainError('StillStaying', '现场监护还没有登记撤离时间')
export const ReleasedTooEarly = domainError('ReleasedTooEarly', '隐患整改、复查合格前，安检员不能撤离')
export const GradeRefused = domainError('GradeRefused', '隐患等级不能这样调整')

export type HazardRecord = typeof hazards.$inferSelect
export type NoticeRecord = typeof rectificationNotices.$inferSelect

/** @throws HazardNotFound */
export function hazardById({ db }: Context, hazardId: string): HazardRecord {
  const row = db.select().from(hazards).where(eq(hazards.id, hazardId)).get()
  if (!row) throw new HazardNotFound()
  return row
}

export function noticeById({ db }: Context, noticeId: string): NoticeRecord {
  const row = db.select().from(rectificationNotices).where(eq(rectificationNotices.id, noticeId)).get()
  if (!row) throw new HazardNotFound('没有找到这张整改通知书，请刷新后再试')
  return row
}

export const hazardStepsOf = ({ db }: Context, hazardId: string): (typeof hazardSteps.$inferSelect)[] =>
  db.select().from(hazardSteps).where(eq(hazardSteps.hazardId, hazardId)).orderBy(asc(hazardSteps.no)).all()

/** Everybody who found or re-inspected it. */
export const inspectorsOf = (context: Context, hazardId: string): ReadonlySet<string> =>
  new Set(hazardStepsOf(context, hazardId).flatMap(({ workerId }) => (workerId === null ? [] : [workerId])))

function factsOf(context: Context, hazard: HazardRecord): HazardFacts {
  const { state, mender, supportCalledAt, releasedAt } = hazard
  return {
    state,
    mender,
    delivered: noticeById(context, hazard.noticeId).deliveredOn !== null,
    staying: supportCalledAt !== null && releasedAt === null,
    inspectors: inspectorsOf(context, hazard.id),
    actorId: context.actor.id,
  }
}

/** Reasons against an action now, in words: those of the rules, and a missing callback certificate of the operator. */
export function hazardObstaclesNow(context: Context, hazard: HazardRecord, action: HazardAction): string[] {
  const texts = hazardObstacles(action, factsOf(context, hazard)).map(({ text }) => text)
  if (action !== 'call-back' || texts.length > 0) return texts
  const problem = certificateProblem(context, context.actor.id, 'callback')
  return problem === null ? [] : [problem]
}

const errors: Readonly<Record<HazardObstacleCode, new (message: string, more: { details: unknown }) => DomainError>> = {
  WrongHazardStep,
  OwnInspection,
  NoticeNotDelivered,
  StillStaying,
}

/** The hazard, when the action may be done to it. @throws HazardNotFound and the errors above */
export function passHazardGate(context: Context, action: HazardAction, hazardId: string): HazardRecord {
  const hazard = hazardById(context, hazardId)
  const obstacles = hazardObstacles(action, factsOf(context, hazard))
  const [first] = obstacles
  if (first) throw new errors[first.code](obstacles.map(({ text }) => text).join('；'), { details: obstacles })
  return hazard
}

export interface HazardStepDone {
  readonly kind: HazardStep['kind']
  readonly state: HazardState
  readonly passed?: boolean | null
  readonly note: string
  readonly worker?: { readonly id: string; readonly name: string }
  readonly attachmentId?: string
  readonly doneOn?: string
  /** Columns of the hazard this step fills. */
  readonly fills?: Partial<typeof hazards.$inferInsert>
}

export function appendStep({ db, clock, actor }: Context, hazard: HazardRecord, step: HazardStepDone): void {
  const last = db
    .select({ no: max(hazardSteps.no) })
    .from(hazardSteps)
    .where(eq(hazardSteps.hazardId, hazard.id))
    .get()
  db.insert(hazardSteps)
    .values({
      id: newId(clock),
      hazardId: hazard.id,
      no: (last?.no ?? 0) + 1,
      round: hazard.round,
      kind: step.kind,
      state: step.state,
      passed: step.passed === undefined || step.passed === null ? null : step.passed ? 1 : 0,
      note: step.note,
      workerId: step.worker?.id ?? null,
      workerName: step.worker?.name ?? null,
      attachmentId: step.attachmentId ?? null,
      doneOn: step.doneOn ?? null,
      at: clock.now(),
      actorId: actor.id,
      actorName: actor.name,
    })
    .run()
}

/** Writes one step: its record, where the hazard is now, the customer's timeline and the audit row. */
export function recordHazardStep(context: Context, hazard: HazardRecord, step: HazardStepDone): { state: HazardState } {
  appendStep(context, hazard, step)
  context.db
    .update(hazards)
    .set({ ...step.fills, state: step.state, updatedAt: context.clock.now() })
    .where(eq(hazards.id, hazard.id))
    .run()
  const account = accountById(context, hazard.accountId)
  const name = step.kind === 'find' ? '登记' : hazardActionNames[step.kind]
  const moved = step.state === hazard.state ? '' : `：${hazardStateNames[step.state]}`
  recordEvent(context, {
    customerId: account.customerId,
    accountId: account.id,
    kind: 'inspection',
    title: `隐患${name}${moved}`,
    detail: [hazard.hazardNo, step.note].filter((text) => text !== '').join('；'),
    subject: `hazard:${hazard.id}`,
  })
  context.audit({
    subject: `hazard:${hazard.id}`,
    detail: { hazardNo: hazard.hazardNo, step: step.kind, state: step.state, reason: step.note },
  })
  tellChanged(context)
  return { state: step.state }
}
