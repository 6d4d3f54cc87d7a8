/** 隐患 as rows: where a hazard is, its steps in order, and how one step is written. */
import { asc, eq } from 'drizzle-orm'
import { accountById, recordEvent } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { domainError } from '../platform/errors.ts'
import { runner } from '../platform/process-run.ts'
import { actingFacts } from '../platform/two-persons.ts'
import { certificateProblem } from '../staff/service.ts'
import { hazardProcess, type HazardFacts } from './hazard-process.ts'
import { mustStay } from './rules.ts'
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

/** Everybody who found, mended or re-inspected it. */
export const inspectorsOf = (context: Context, hazardId: string): ReadonlySet<string> =>
  new Set(hazardStepsOf(context, hazardId).flatMap(({ workerId }) => (workerId === null ? [] : [workerId])))

/** Who did it, which picture came of it, and when, where it was written down later. */
type StepMore = Partial<Pick<typeof hazardSteps.$inferSelect, 'workerId' | 'workerName' | 'attachmentId' | 'doneOn'>>

/** The steps of a hazard, each told in the customer's file. */
export const hazardRun = runner(hazardProcess, {
  find: hazardById,
  facts: (context, hazard: HazardRecord): HazardFacts => ({
    state: hazard.state,
    delivered: noticeById(context, hazard.noticeId).deliveredOn !== null,
    staying: hazard.releasedAt === null && (hazard.supportCalledAt !== null || mustStay(hazard)),
    inspectors: inspectorsOf(context, hazard.id),
    ...actingFacts(context),
  }),
  errors: { WrongStep: WrongHazardStep, OwnInspection, NoticeNotDelivered, StillStaying },
  history: { table: 'hazard_steps', owner: 'hazard_id' },
  insert: ({ db }, { id }, values, more: StepMore | undefined) =>
    void db
      .insert(hazardSteps)
      .values({ ...values, hazardId: id, ...more })
      .run(),
  // Only what changed: a grade that is written is judged anew, and gas may be on again by now.
  update: ({ db }, { id }, _, changes) => void db.update(hazards).set(changes).where(eq(hazards.id, id)).run(),
  tell: (context, { id, accountId, hazardNo }, { note = '' }, title) => {
    const { customerId } = accountById(context, accountId)
    const detail = [hazardNo, note].filter((text) => text !== '').join('；')
    recordEvent(context, { customerId, accountId, kind: 'inspection', title, detail, subject: `hazard:${id}` })
  },
  titleOfMoves: true,
  number: ({ hazardNo }) => ({ hazardNo }),
  noteAudited: 'reason',
  // The followups room asks for it when the call is made.
  alsoAgainst: (context, action) =>
    action === 'call-back' ? certificateProblem(context, context.actor.id, 'callback') : null,
})
