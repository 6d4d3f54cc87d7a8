/** 隐患 from the notice to the closure: what each step does besides what `hazard-process.ts` declares (clauses 19, 21). */
import { eq } from 'drizzle-orm'
import { accountById, attachFile, customerById } from '../customers/service.ts'
import { approverAmong, consumeApproval, type Approver } from '../platform/approvals.ts'
import type { TermsOf } from '../platform/approval-terms.ts'
import type { Context } from '../platform/context.ts'
import { businessDate, earlier, formatInstant, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import type { CallbackOutcome } from '../platform/process-run.ts'
import { lentRefusal, ownAct } from '../platform/two-persons.ts'
import { useCase } from '../platform/use-case.ts'
import { requireCertificate } from '../staff/service.ts'
import { holdsOn, liftHold, liftTakenOver, placeHold } from '../supply/service.ts'
import {
  AttachPhoto,
  CloseHazard,
  Deliver,
  gradeNames,
  isGrave,
  lowerTerms,
  Measure,
  Mend,
  misfiledTerms,
  receiptNames,
  Regrade,
  Reinspect,
  Report,
  Stay,
  Withdraw,
  type HazardState,
} from './api.ts'
import { holdNote, holdSubject } from './find.ts'
import { hazardProcess } from './hazard-process.ts'
import {
  GradeRefused,
  hazardRun,
  hazardStepsOf,
  inspectorsOf,
  noticeById,
  OwnInspection,
  ReleasedTooEarly,
  WrongHazardStep,
  type HazardRecord,
} from './hazard-store.ts'
import {
  deadlineProblem,
  latestDeadline,
  leftTooEarly,
  lowersGrave,
  regradeProblem,
  releaseProblem,
  unwatchedProblem,
} from './rules.ts'
import { mostDays, todayOf } from './store.ts'
import { hazards, rectificationNotices } from './tables.ts'

/** How a callback went, as the followups room tells it. */
/** Gas off for this hazard, on the record of the service point. */
const cutSupply = (context: Context, hazard: HazardRecord): void =>
  placeHold(context, {
    servicePointId: hazard.servicePointId,
    cause: 'hazard',
    subject: holdSubject(hazard.id),
    note: holdNote(hazard),
  })

/** A day something was done: not before the hazard was found, not after today. @throws InvalidInput */
function checkDay(context: Context, hazard: HazardRecord, day: BusinessDate, field: string, what: string): void {
  if (day > todayOf(context)) throw new InvalidInput(`${what}不能晚于今天`, { field })
  if (day < hazard.foundOn) throw new InvalidInput(`${what}不能早于发现日期（${hazard.foundOn}）`, { field })
}

/** Another who may agree to what is said about a hazard: neither found, mended nor re-inspected it. @throws ApprovalRefused · OwnInspection */
function agreed<P extends 'hazard-misfiled' | 'hazard-lower'>(
  context: Context,
  { id }: HazardRecord,
  approvalId: string,
  purpose: P,
  terms: TermsOf<P>,
): Approver {
  const approver = consumeApproval(context, approvalId, purpose, terms)
  const own = approverAmong(context, approver.approverId, inspectorsOf(context, id))
  if (own !== null) {
    const why = own === 'own' ? '检查或整改过这处隐患' : '的密码一天内由检查或整改过这处隐患的人重置'
    throw new OwnInspection(`${approver.approverName}${why}，不能批准，请另一位主任批准（第十九条第三款）`)
  }
  return approver
}
const knownOf = (context: Context, { id, accountId, hazardNo, grade, text }: HazardRecord) => ({
  ...{ hazardId: id, hazardNo, grade, text },
  accountNo: accountById(context, accountId).accountNo,
})

export const regrade = useCase(Regrade, ({ hazardId, grade, approvalId, note }, context) => {
  const hazard = hazardRun.pass(context, 'regrade', hazardId)
  const problem = regradeProblem(hazard, grade, approvalId !== null)
  if (problem !== null) throw new GradeRefused(problem, { field: 'grade' })
  const lowered =
    approvalId !== null && lowersGrave(hazard.grade, grade)
      ? agreed(context, hazard, approvalId, 'hazard-lower', lowerTerms(knownOf(context, hazard), grade, note))
      : null
  const suspended = isGrave(grade) && !isGrave(hazard.grade)
  if (suspended) cutSupply(context, { ...hazard, grade })
  // What is graver than it was thought waits no longer than its grade may.
  const latest = latestDeadline(todayOf(context), grade, mostDays(context))
  const deadline = earlier(businessDate(hazard.deadline), latest)
  const told = [
    `由${gradeNames[hazard.grade]}调整为${gradeNames[grade]}`,
    ...(suspended ? ['立即停气'] : []),
    ...(lowered === null ? [] : [`${lowered.approverName}批准，恢复供气另做严密性试验和安全检查`]),
    ...(deadline === hazard.deadline ? [] : [`整改期限提前到 ${deadline}`]),
  ].join('，')
  const step = {
    kind: 'regrade',
    state: hazard.state,
    note: `${told}：${note}`,
    fills: {
      ...{ grade, deadline },
      ...(lowered === null
        ? {}
        : { loweredReason: note, loweredById: lowered.approverId, loweredBy: lowered.approverName }),
    },
  } as const
  const reached = hazardRun.record(context, hazard, step)
  // After the grade: below, nothing lifts what a grave one holds.
  if (lowered !== null) liftHold(context, holdSubject(hazardId), `隐患 ${hazard.hazardNo} ${told}`)
  return { ...reached, suspended }
})

/** 误登作废: the record stays, with who agreed; gas that was cut for it comes back by its test and check alone (clause 17(2)). */
export const withdraw = useCase(Withdraw, ({ hazardId, approvalId, rightAccountNo, note }, context) => {
  const hazard = hazardRun.pass(context, 'withdraw', hazardId)
  const terms = misfiledTerms(knownOf(context, hazard), rightAccountNo, note)
  const { approverName } = agreed(context, hazard, approvalId, 'hazard-misfiled', terms)
  const right = rightAccountNo === '' ? '' : `，应登记在 ${rightAccountNo}`
  const told = `误登${right}：${note}（${approverName}批准）`
  const state = hazardProcess.reached('withdraw', hazard.state)
  const reached = hazardRun.record(context, hazard, { kind: 'withdraw', state, note: told })
  liftHold(context, holdSubject(hazardId), `隐患 ${hazard.hazardNo} ${told}`)
  return reached
})

const ended: readonly HazardState[] = hazardProcess.ends

/** One notice lists every hazard of its visit; its delivery is written into each of them. */
export const deliver = useCase(Deliver, ({ hazardId, deliveredOn, deliveredBy, receivedBy, receipt }, context) => {
  const { db } = context
  const hazard = hazardRun.pass(context, 'deliver', hazardId)
  checkDay(context, hazard, deliveredOn, 'deliveredOn', '送达日期')
  const { customerId } = accountById(context, hazard.accountId)
  // Whoever brought it does not take it for the customer; a customer of the same name does.
  if (receivedBy === deliveredBy && customerById(context, customerId).name !== receivedBy)
    throw new InvalidInput('签收人应是客户一方的人，不是送达人；没有人签收的，请选留置或邮寄', { field: 'receivedBy' })
  const { noticeNo } = noticeById(context, hazard.noticeId)
  db.update(rectificationNotices)
    .set({ deliveredOn, deliveredBy, receivedBy, receipt })
    .where(eq(rectificationNotices.id, hazard.noticeId))
    .run()
  const note = `整改通知书 ${noticeNo} ${deliveredOn} 由${deliveredBy}送达，${receivedBy}${receiptNames[receipt]}`
  for (const one of db.select().from(hazards).where(eq(hazards.noticeId, hazard.noticeId)).all()) {
    if (!ended.includes(one.state))
      hazardRun.record(context, one, { kind: 'deliver', state: one.state, note, more: { doneOn: deliveredOn } })
  }
  return { state: hazard.state }
})

export const measure = hazardRun.step(Measure, 'measure', (_, { note }) => ({ fills: { measures: note } }))

export const stay = hazardRun.step(Stay, 'stay', (hazard, times, context) => {
  const { supportCalledAt, supportArrivedAt, releasedAt, note } = times
  const now = context.clock.now()
  const wrong = (message: string, field: string): never => {
    throw new InvalidInput(message, { field })
  }
  if (supportCalledAt > now) wrong('呼叫支援的时间不能晚于现在', 'supportCalledAt')
  if (supportArrivedAt !== null && supportArrivedAt > now) wrong('支援到达的时间不能晚于现在', 'supportArrivedAt')
  if (supportArrivedAt !== null && supportArrivedAt < supportCalledAt) {
    wrong('支援到达不能早于呼叫支援', 'supportArrivedAt')
  }
  if (releasedAt !== null && supportArrivedAt === null) wrong('支援到达后才能登记撤离', 'supportArrivedAt')
  if (releasedAt !== null && releasedAt > now) wrong('撤离的时间不能晚于现在', 'releasedAt')
  if (releasedAt !== null && supportArrivedAt !== null && releasedAt < supportArrivedAt) {
    wrong('撤离不能早于支援到达', 'releasedAt')
  }
  if (shanghaiDate(supportCalledAt) < hazard.foundOn)
    wrong(`呼叫支援不能早于发现日期（${hazard.foundOn}）`, 'supportCalledAt')
  const early = releasedAt === null ? null : (releaseProblem(hazard) ?? leftTooEarly(hazard, shanghaiDate(releasedAt)))
  if (early !== null) throw new ReleasedTooEarly(early, { field: 'releasedAt' })
  const told = [
    `${formatInstant(supportCalledAt)} 呼叫支援`,
    ...(supportArrivedAt === null ? [] : [`${formatInstant(supportArrivedAt)} 支援到达`]),
    ...(releasedAt === null ? [] : [`${formatInstant(releasedAt)} 撤离`]),
    ...(note === '' ? [] : [note]),
  ].join('，')
  return { note: told, fills: { supportCalledAt, supportArrivedAt, releasedAt } }
})

export const report = hazardRun.step(Report, 'report', (hazard, { reportedTo, note }) => ({
  note: [`已上报${reportedTo}`, note].filter((text) => text !== '').join('：'),
  fills: { reportedTo: [hazard.reportedTo, reportedTo].filter((text) => text !== '').join('、') },
}))

export const attachPhoto = hazardRun.step(AttachPhoto, 'photo', ({ accountId }, { sourcePath }, context) => {
  const { customerId } = accountById(context, accountId)
  return { note: '现场照片', more: { attachmentId: attachFile(context, { customerId, kind: 'photo', sourcePath }) } }
})

/** What the company mends is mended by somebody with the certificate, who never judges it afterwards. @throws CertificateMissing */
export const mend = hazardRun.step(Mend, 'mend', (hazard, { mendedOn, workerId }, context) => {
  checkDay(context, hazard, mendedOn, 'mendedOn', '整改日期')
  if (hazard.mender !== 'company') return { more: { doneOn: mendedOn }, fills: { mendedOn } }
  const unwatched = unwatchedProblem(hazard, mendedOn, true)
  if (unwatched !== null) throw new WrongHazardStep(unwatched)
  if (workerId === null) throw new InvalidInput('由公司整改的，请选择整改人（第十九条）', { field: 'workerId' })
  const worker = requireCertificate(context, workerId, 'maintenance', mendedOn)
  return { more: { workerId: worker.id, workerName: worker.name, doneOn: mendedOn }, fills: { mendedOn } }
})

/** Who mended it in this round, for the company. */
const mendersOf = (context: Context, { id, round }: HazardRecord): string[] =>
  hazardStepsOf(context, id).flatMap((step) =>
    step.kind === 'mend' && step.round === round && step.workerId !== null ? [step.workerId] : [],
  )

function checkReinspector(context: Context, hazard: HazardRecord, inspectorId: string, passed: boolean): void {
  const menders = mendersOf(context, hazard)
  if (menders.includes(inspectorId))
    throw new OwnInspection('不能复查本人整改的隐患，请另一位安检员复查（第十九条）', { field: 'inspectorId' })
  // Nor is it written down by who mended it, under another's name.
  const own = ownAct(context.actor, menders)
  if (own === 'own') throw new OwnInspection('本人整改的隐患，须由他人登记复查（第十九条）')
  if (own === 'lent') throw new OwnInspection(lentRefusal('整改人', '须由他人登记复查（第十九条）'))
  if (passed && hazard.mender === 'company' && menders.length === 0)
    throw new WrongHazardStep('由公司整改的，请先登记整改完成和整改人，再登记复查合格（第十九条）')
}

/** @throws CertificateMissing · InvalidInput */
export const reinspect = useCase(
  Reinspect,
  ({ hazardId, inspectorId, inspectedOn, passed, newDeadline, note }, context) => {
    const kind = 'reinspect'
    const hazard = hazardRun.pass(context, kind, hazardId)
    checkDay(context, hazard, inspectedOn, 'inspectedOn', '复查日期')
    const worker = requireCertificate(context, inspectorId, 'inspection', inspectedOn)
    checkReinspector(context, hazard, inspectorId, passed)
    const unwatched = unwatchedProblem(hazard, inspectedOn, passed)
    if (unwatched !== null) throw new WrongHazardStep(unwatched)
    if (!passed && (newDeadline === null || newDeadline < inspectedOn)) {
      throw new InvalidInput('新的整改期限不能早于复查日期', { field: 'newDeadline' })
    }
    const tooLate = newDeadline && deadlineProblem(inspectedOn, newDeadline, hazard.grade, mostDays(context))
    if (tooLate) throw new InvalidInput(tooLate, { field: 'newDeadline' })
    const { state } = hazardRun.record(context, hazard, {
      kind,
      state: hazardProcess.reached(kind, hazard.state, !passed),
      passed,
      note: passed ? `合格：${note}` : `不合格：${note}；整改期限延至 ${newDeadline}`,
      more: { workerId: worker.id, workerName: worker.name, doneOn: inspectedOn },
      fills: passed
        ? { passedOn: inspectedOn, passedAt: context.clock.now(), mendedOn: hazard.mendedOn ?? inspectedOn }
        : { deadline: newDeadline ?? hazard.deadline, mendedOn: null },
    })
    return { state, lifted: passed && liftFor(context, hazard, `${inspectedOn} ${worker.name}复查合格`) }
  },
)

/** Gas itself is turned on by the supply room, with its own tests (clauses 17(2), 19(3)). @returns whether it was off for this */
function liftFor(context: Context, { id, hazardNo, servicePointId }: HazardRecord, told: string): boolean {
  const lifted = liftHold(context, holdSubject(id), `隐患 ${hazardNo} ${told}`)
  // What an old system had cut for a hazard is in order with the last one found here.
  const others = holdsOn(context, servicePointId).filter(({ subject }) => subject.startsWith('hazard:'))
  if (others.length === 0) liftTakenOver(context, servicePointId, told)
  return lifted.length > 0
}

/**
 * 回访: what follows from the call the followups room has recorded. Not satisfied: mended again, and what was grave keeps
 * gas off again. Not reached: it waits on; `unreachable` ends it after the tries that room counts.
 * @throws HazardNotFound · WrongHazardStep · OwnInspection
 */
export const recordCallback = (
  context: Context,
  hazardId: string,
  call: { readonly result: CallbackOutcome; readonly note: string },
): { readonly state: HazardState } =>
  hazardRun.callBack(context, 'call-back', hazardId, call, (hazard, result) => {
    if (result !== 'dissatisfied') return {}
    if (isGrave(hazard.grade)) cutSupply(context, hazard)
    return { round: hazard.round + 1, passedOn: null, passedAt: null, mendedOn: null }
  })

/** A grave one was told to the authority or the community, or it stands why not (clause 19(3)). */
export const closeHazard = hazardRun.step(CloseHazard, 'close', (hazard, { note }, { clock }) => {
  if (isGrave(hazard.grade) && hazard.reportedTo === '' && note === '')
    throw new InvalidInput(
      '较大及以上隐患没有上报登记：请先办“上报登记”，或在备注里写明没有上报的原因（第十九条第三款）',
      {
        field: 'note',
      },
    )
  return { fills: { closedAt: clock.now() } }
})
