/** 录入结果: each visit with its inspector, what it found and what follows from it, in one transaction. */
import { and, eq, gt, isNull, ne } from 'drizzle-orm'
import { accountById, attachFile, customerById, recordEvent } from '../customers/service.ts'
import { approverAmong, consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import type { ParsedInputOf } from '../platform/contract.ts'
import { addDays, businessDate, later, longestQuarter, type BusinessDate, mondayOf } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { nextNumber } from '../platform/numbers.ts'
import { insertRow, selectOf, updateRow } from '../platform/rows.ts'
import { statement } from '../platform/database.ts'
import { useCase } from '../platform/use-case.ts'
import { requireCertificate } from '../staff/service.ts'
import { liftTakenOver, takenOverLifted, takeOverHazard } from '../supply/service.ts'
import {
  actionOf,
  Arrange,
  Assign,
  checkProblems,
  gapProblem,
  inspectionItems,
  isDrawn,
  letsIn,
  loweredWords,
  outcomeNames,
  Record as RecordResult,
  signatureProblem,
  VoidVisit,
} from './api.ts'
import { findHazards, type Lowered } from './find.ts'
import { absencesAfter, deadlineProblem, nextVisit, taskProblem, taskTransitions } from './rules.ts'
import {
  countedDays,
  fittingDay,
  gapOf,
  giveRound,
  instantOf,
  mostDays,
  ResultRefused,
  revisitRound,
  roundById,
  taskById,
  tellChanged,
  todayOf,
  visitById,
  type TaskRecord,
  type VisitRecord,
  ownItemsOf,
} from './store.ts'
import type { ItemCheckValue } from './schemas.ts'
import { hazards, inspectionTasks, inspectionVisits } from './tables.ts'

/** 派工. @throws RoundNotFound · CertificateMissing · StaffNotFound */
export const assign = useCase(Assign, ({ roundIds, staffId }, context) => {
  const inspector = requireCertificate(context, staffId, 'inspection')
  for (const roundId of new Set(roundIds))
    giveRound(context, roundById(context, roundId).id, inspector.id, inspector.name)
  context.audit({ subject: `staff:${staffId}`, detail: { name: inspector.name, rounds: roundIds } })
  tellChanged(context)
  return { assigned: new Set(roundIds).size, assigneeName: inspector.name }
})

const updateTask = ({ sqlite, clock }: Context, taskId: string, change: Partial<TaskRecord>): void =>
  updateRow(sqlite, inspectionTasks, taskId, { ...change, updatedAt: clock.now() })

/** The last visit of a task that stands, or undefined. */
const lastVisit = ({ sqlite }: Context, taskId: string): VisitRecord | undefined =>
  statement<VisitRecord>(
    sqlite,
    `${selectOf(inspectionVisits)} WHERE task_id = ? AND voided_at IS NULL ORDER BY id DESC LIMIT 1`,
  ).get(taskId)

function checkDay(context: Context, task: TaskRecord, visitedOn: BusinessDate): void {
  const today = todayOf(context)
  const refuse = (message: string): never => {
    throw new InvalidInput(message, { field: 'visitedOn' })
  }
  if (visitedOn > today) refuse('安检日期不能晚于今天')
  const days = context.settings.get('inspections.lateEntryDays')
  if (visitedOn < addDays(today, -days)) refuse(`安检日期不能早于 ${days} 天前，请核对`)
  if (visitedOn < task.periodFrom) refuse(`安检日期早于本期开始（${task.periodFrom}），请核对`)
  const before = lastVisit(context, task.id)
  if (before && visitedOn < before.visitedOn) refuse(`安检日期早于上一次上门（${before.visitedOn}），请核对`)
}

/** Who agreed to grades below the least, and why; null where none is. @throws ApprovalRefused · ResultRefused */
function approvedLower(
  context: Context,
  { taskId, inspectorId, failed, lowered }: ParsedInputOf<typeof RecordResult>,
): Lowered | null {
  if (lowered === null) return null
  const { approvalId, reason } = lowered
  const terms = { taskId, findings: loweredWords(failed), reason }
  const { approverId, approverName } = consumeApproval(context, approvalId, 'hazard-grade', terms)
  const own = approverAmong(context, approverId, [inspectorId])
  if (own === 'own') throw new ResultRefused('批准降级的人不能是安检员本人')
  if (own === 'lent') throw new ResultRefused('批准人的密码一天内由安检员重置，请另一位主任批准降级')
  return { reason, approverId, approverName }
}

/** As the list has them, so that two sheets read alike. */
const inOrder = (resident: boolean, own: string, checks: readonly ItemCheckValue[]): ItemCheckValue[] =>
  inspectionItems(resident, own).flatMap(({ item }) => checks.filter((one) => one.item === item))

/** 拒签 in words, for the customer's file. */
const unsignedWords = ({
  reason,
  witness,
  photo,
}: NonNullable<ParsedInputOf<typeof RecordResult>['unsigned']>): string =>
  `客户拒签：${reason}（${[witness === '' ? '' : `${witness}见证`, photo === null ? '' : '有照片'].filter((part) => part !== '').join('，')}）`

/** @throws TaskNotFound · ResultRefused · CertificateMissing · InvalidInput · ApprovalRefused */
export const record = useCase(RecordResult, (input, context) => {
  const { clock, actor } = context
  const { outcome, visitedOn, signatory, unsigned, note, checks, failed, proof } = input
  const task = taskById(context, input.taskId)
  const account = accountById(context, task.accountId)
  const action = actionOf[outcome]
  const problem = taskProblem(action, task.state)
  if (problem !== null) throw new ResultRefused(problem)
  checkDay(context, task, visitedOn)
  const inspector = requireCertificate(context, input.inspectorId, 'inspection', visitedOn)
  if (failed.some(({ deadline }) => deadline < visitedOn)) {
    throw new InvalidInput('整改期限不能早于安检日期', { field: 'failed' })
  }
  for (const { deadline, grade } of failed) {
    const tooLate = deadlineProblem(visitedOn, deadline, grade, mostDays(context))
    if (tooLate !== null) throw new InvalidInput(tooLate, { field: 'failed' })
  }
  const letIn = letsIn(outcome)
  const tooNear =
    letIn && task.extra === 0
      ? gapProblem(visitedOn, countedDays(context, task.accountId, task.id), gapOf(context, task))
      : null
  // What is dangerous is written down whenever it was found; it only is not the inspection of this period.
  if (tooNear !== null && outcome !== 'hazard') throw new ResultRefused(tooNear)
  const arrivedAt = instantOf(visitedOn, input.arrivedAt)
  if (arrivedAt > clock.now()) throw new InvalidInput('到达时间不能晚于现在', { field: 'arrivedAt' })
  for (const { supportCalledAt } of failed) {
    if (supportCalledAt === '') continue
    const calledAt = instantOf(visitedOn, supportCalledAt)
    if (calledAt > clock.now()) throw new InvalidInput('呼叫支援的时间不能晚于现在', { field: 'failed' })
    if (calledAt < arrivedAt) throw new InvalidInput('呼叫支援的时间不能早于到达时间', { field: 'failed' })
  }
  const drawn = letIn && isDrawn(task.id, context.settings.get('inspections.proofShare'))
  if (drawn && proof === null) {
    throw new InvalidInput('这户抽中上门凭证，请附现场照片或检查表（拒签的照样附上）', { field: 'proof' })
  }
  const lowered = approvedLower(context, input)
  const own = ownItemsOf(context, roundById(context, task.roundId))
  const wrong = checkProblems({ resident: task.resident === 1, own, outcome, checks, failed })
  if (wrong.length > 0) throw new InvalidInput(wrong.join('；'), { field: 'checks', details: wrong })
  const holderName = customerById(context, account.customerId).name
  const notSigned = signatureProblem({ outcome, signatory, unsigned, inspectorName: inspector.name, holderName })
  if (notSigned !== null) throw new InvalidInput(notSigned, { field: unsigned === null ? 'signatory' : 'unsigned' })
  const kept = (sourcePath: string): string =>
    attachFile(context, { customerId: account.customerId, kind: 'photo', sourcePath })
  const visit: VisitRecord = {
    id: newId(clock),
    visitNo: nextNumber(context, 'inspection'),
    taskId: task.id,
    accountId: task.accountId,
    visitedOn,
    arrivedAt,
    outcome,
    inspectorId: inspector.id,
    inspectorName: inspector.name,
    signatory,
    unsignedReason: unsigned?.reason ?? '',
    unsignedWitness: unsigned?.witness ?? '',
    unsignedPhotoId: unsigned?.photo ? kept(unsigned.photo) : null,
    proofDrawn: Number(drawn),
    proofId: letIn && proof !== null ? kept(proof) : null,
    note,
    checks: JSON.stringify(inOrder(task.resident === 1, own, checks)),
    roundId: task.roundId,
    stateBefore: task.state,
    absencesBefore: task.absences,
    visitOnBefore: task.visitOn,
    enteredAt: clock.now(),
    enteredBy: actor.name,
    voidedAt: null,
    voidedBy: null,
    voidReason: null,
  }
  insertRow(context.sqlite, inspectionVisits, visit)
  const to = tooNear === null ? taskTransitions[action].to : task.state
  const again =
    outcome === 'absent'
      ? nextVisit(visitedOn, businessDate(task.periodTo), context.settings.get('inspections.replanDays'))
      : null
  updateTask(context, task.id, {
    state: to,
    absences: absencesAfter(action, task.absences),
    doneOn: letIn && tooNear === null ? visitedOn : null,
    // What was entered late is not planned for a day gone by.
    ...(again === null ? {} : replanned(context, task, fittingDay(context, task, later(again, todayOf(context))))),
  })
  if (letIn && tooNear === null && task.extra === 0) keepApart(context, task.accountId)
  if (outcome === 'passed') {
    liftTakenOver(context, account.servicePointId, `${visit.visitNo} ${visitedOn} ${inspector.name}安检合格`)
  }
  recordEvent(context, {
    customerId: account.customerId,
    accountId: account.id,
    kind: 'inspection',
    title: `安检：${outcomeNames[outcome]}${unsigned ? '，拒签' : ''}`,
    detail: [
      `${visitedOn} ${input.arrivedAt} ${inspector.name}`,
      ...(signatory === '' ? [] : [`${signatory}签字`]),
      ...(unsigned === null ? [] : [unsignedWords(unsigned)]),
      ...(tooNear === null ? [] : ['离上一期太近，不算本期安检']),
      ...(again === null ? [] : [`${again} 前再次上门`]),
      ...(note === '' ? [] : [note]),
    ].join('；'),
    subject: `inspection:${visit.id}`,
  })
  const found =
    failed.length === 0 ? null : findHazards(context, { visit, account, resident: task.resident, failed, lowered })
  context.audit({
    subject: `inspection:${visit.id}`,
    detail: {
      ...{ accountNo: account.accountNo, visitNo: visit.visitNo, outcome, visitedOn, name: inspector.name },
      ...(unsigned === null ? {} : { unsigned: unsigned.reason }),
    },
  })
  tellChanged(context)
  return {
    visitId: visit.id,
    visitNo: visit.visitNo,
    state: to,
    visitOn: again === null ? null : businessDate(taskById(context, task.id).visitOn),
    noticeId: found?.noticeId ?? null,
    hazardIds: found?.hazardIds ?? [],
    suspended: found?.suspended ?? false,
  }
})

/** What is still planned for an account too near to what counts by now is planned later (clause 10(6)). */
function keepApart(context: Context, accountId: string): void {
  const open = statement<TaskRecord>(
    context.sqlite,
    `${selectOf(inspectionTasks)} WHERE account_id = ? AND extra = 0 AND state IN ('planned', 'refused')`,
  )
  for (const task of open.all(accountId)) {
    const day = fittingDay(context, task, businessDate(task.visitOn))
    if (day !== task.visitOn) updateTask(context, task.id, replanned(context, task, day))
  }
}

function replanned(context: Context, task: TaskRecord, visitOn: BusinessDate): Pick<TaskRecord, 'roundId' | 'visitOn'> {
  const from = roundById(context, task.roundId)
  // Within the week of the list it stands on, it stays there.
  const roundId =
    mondayOf(businessDate(from.weekOn)) === mondayOf(visitOn) ? from.id : revisitRound(context, from, visitOn)
  return { roundId, visitOn }
}

/** 另约上门. @throws TaskNotFound · ResultRefused · InvalidInput */
export const arrange = useCase(Arrange, ({ taskId, visitOn, note }, context) => {
  const task = taskById(context, taskId)
  const problem = taskProblem('arrange', task.state)
  if (problem !== null) throw new ResultRefused(problem)
  if (visitOn < todayOf(context)) throw new InvalidInput('上门日期不能早于今天', { field: 'visitOn' })
  const set = context.settings.get('inspections.arrangeDays')
  const most = task.resident === 1 ? set : Math.min(set, longestQuarter)
  if (visitOn > addDays(todayOf(context), most)) {
    throw new InvalidInput(`上门日期请在 ${most} 天以内`, { field: 'visitOn' })
  }
  const fits = fittingDay(context, task, visitOn)
  if (fits !== visitOn) {
    const why = `离这户另一期的安检太近，${fits} 起上门才算这一期，请约在那以后；客户急的安排临时安检`
    throw new InvalidInput(why, { field: 'visitOn' })
  }
  const placed = replanned(context, task, visitOn)
  updateTask(context, taskId, { ...placed, state: taskTransitions.arrange.to, absences: 0 })
  const account = accountById(context, task.accountId)
  recordEvent(context, {
    customerId: account.customerId,
    accountId: account.id,
    kind: 'inspection',
    title: `安检：另约 ${visitOn} 上门`,
    detail: note,
    subject: `inspection-task:${taskId}`,
  })
  context.audit({
    subject: `inspection-task:${taskId}`,
    detail: { accountNo: account.accountNo, visitOn, reason: note },
  })
  tellChanged(context)
  return { roundId: placed.roundId, visitOn }
})

/**
 * A result that is void has found nothing in order: what an old system had cut for a hazard stays cut again, unless
 * somebody else found it in order since (clause 19(3)).
 */
function cutAgain(context: Context, servicePointId: string): void {
  const since = takenOverLifted(context, servicePointId)
  if (since === null) return
  const inOrder = statement(
    context.sqlite,
    `SELECT 1 FROM accounts a JOIN inspection_visits v ON v.account_id = a.id
     WHERE a.service_point_id = @servicePointId AND v.outcome = 'passed' AND v.voided_at IS NULL AND v.entered_at >= @since
     UNION ALL
     SELECT 1 FROM hazards h JOIN hazard_steps s ON s.hazard_id = h.id
     WHERE h.service_point_id = @servicePointId AND s.kind = 'reinspect' AND s.passed = 1 AND s.at >= @since`,
  ).get({ servicePointId, since })
  if (inOrder === undefined) takeOverHazard(context, servicePointId)
}

/** 撤销录入. @throws VisitNotFound · ResultRefused */
export const voidVisit = useCase(VoidVisit, ({ visitId, reason }, context) => {
  const { db, clock, actor } = context
  const visit = visitById(context, visitId)
  if (visit.voidedAt !== null) throw new ResultRefused('这次录入已经撤销，请刷新后再看')
  const standing = and(eq(hazards.visitId, visitId), ne(hazards.state, 'withdrawn'))
  if (db.select({ id: hazards.id }).from(hazards).where(standing).get()) {
    throw new ResultRefused(
      '这次安检登记了隐患，不能撤销；隐患请在隐患页复查、关闭，登错户的先办“误登作废”，再撤销录入',
    )
  }
  const newer = db
    .select({ id: inspectionVisits.id })
    .from(inspectionVisits)
    .where(
      and(
        eq(inspectionVisits.taskId, visit.taskId),
        isNull(inspectionVisits.voidedAt),
        gt(inspectionVisits.id, visit.id),
      ),
    )
    .get()
  const task = taskById(context, visit.taskId)
  if (newer || task.state === 'dropped') throw new ResultRefused('这不是本期最后一次结果，不能撤销')
  db.update(inspectionVisits)
    .set({ voidedAt: clock.now(), voidedBy: actor.name, voidReason: reason })
    .where(eq(inspectionVisits.id, visitId))
    .run()
  updateTask(context, task.id, {
    state: visit.stateBefore,
    absences: visit.absencesBefore,
    roundId: visit.roundId,
    visitOn: visit.visitOnBefore,
    doneOn: null,
  })
  const account = accountById(context, visit.accountId)
  if (visit.outcome === 'passed') cutAgain(context, account.servicePointId)
  recordEvent(context, {
    customerId: account.customerId,
    accountId: account.id,
    kind: 'inspection',
    title: `安检：撤销“${outcomeNames[visit.outcome]}”`,
    detail: `${visit.visitNo}；${reason}`,
    subject: `inspection:${visitId}`,
  })
  context.audit({
    subject: `inspection:${visitId}`,
    detail: { accountNo: account.accountNo, visitNo: visit.visitNo, reason },
  })
  tellChanged(context)
  return { state: visit.stateBefore }
})
