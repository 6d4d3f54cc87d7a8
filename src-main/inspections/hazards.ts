/** 隐患 from the notice to the closure: each step passes its gate, then is written with time and person (clauses 19, 21). */
import { eq } from 'drizzle-orm'
import { accountById, attachFile } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { formatInstant, type BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { requireCertificate } from '../staff/service.ts'
import { holdsOn, liftHold, liftTakenOver, placeHold } from '../supply/service.ts'
import {
  AttachPhoto,
  CloseHazard,
  Deliver,
  gradeNames,
  Measure,
  Mend,
  receiptNames,
  Regrade,
  Reinspect,
  Report,
  Stay,
  type HazardAction,
  type HazardState,
} from './api.ts'
import { holdNote, holdSubject } from './find.ts'
import {
  GradeRefused,
  noticeById,
  passHazardGate,
  recordHazardStep,
  ReleasedTooEarly,
  WrongHazardStep,
  type HazardRecord,
} from './hazard-store.ts'
import { hazardTransitions, isGrave, onHazardFailure, regradeProblem, releaseProblem } from './rules.ts'
import { todayOf } from './store.ts'
import { hazards, rectificationNotices } from './tables.ts'

/** How a callback went, as the followups room tells it. */
type HazardCallbackResult = 'satisfied' | 'dissatisfied' | 'unreached' | 'unreachable'

/** @throws WrongHazardStep when the table has the action lead nowhere */
function reached(action: HazardAction): HazardState {
  const { to } = hazardTransitions[action]
  if (to === 'same') throw new WrongHazardStep()
  return to
}
const failedTo = (action: HazardAction, hazard: HazardRecord): HazardState => onHazardFailure[action] ?? hazard.state

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

export const regrade = useCase(Regrade, ({ hazardId, grade, note }, context) => {
  const hazard = passHazardGate(context, 'regrade', hazardId)
  const problem = regradeProblem(hazard.grade, grade)
  if (problem !== null) throw new GradeRefused(problem, { field: 'grade' })
  const cut = isGrave(grade) && !isGrave(hazard.grade)
  if (cut) cutSupply(context, { ...hazard, grade })
  const told = `由${gradeNames[hazard.grade]}调整为${gradeNames[grade]}${cut ? '，立即停气' : ''}：${note}`
  const { state } = recordHazardStep(context, hazard, {
    kind: 'regrade',
    state: hazard.state,
    note: told,
    fills: { grade },
  })
  return { state, suspended: cut }
})

/** One notice lists every hazard of its visit; its delivery is written into each of them. */
export const deliver = useCase(Deliver, ({ hazardId, deliveredOn, deliveredBy, receivedBy, receipt }, context) => {
  const { db } = context
  const hazard = passHazardGate(context, 'deliver', hazardId)
  checkDay(context, hazard, deliveredOn, 'deliveredOn', '送达日期')
  const { noticeNo } = noticeById(context, hazard.noticeId)
  db.update(rectificationNotices)
    .set({ deliveredOn, deliveredBy, receivedBy, receipt })
    .where(eq(rectificationNotices.id, hazard.noticeId))
    .run()
  const note = `整改通知书 ${noticeNo} ${deliveredOn} 由${deliveredBy}送达，${receivedBy}${receiptNames[receipt]}`
  for (const one of db.select().from(hazards).where(eq(hazards.noticeId, hazard.noticeId)).all()) {
    if (one.state !== 'closed')
      recordHazardStep(context, one, { kind: 'deliver', state: one.state, note, doneOn: deliveredOn })
  }
  return { state: hazard.state }
})

export const measure = useCase(Measure, ({ hazardId, note }, context) => {
  const hazard = passHazardGate(context, 'measure', hazardId)
  return recordHazardStep(context, hazard, { kind: 'measure', state: hazard.state, note, fills: { measures: note } })
})

export const stay = useCase(Stay, ({ hazardId, supportCalledAt, supportArrivedAt, releasedAt, note }, context) => {
  const hazard = passHazardGate(context, 'stay', hazardId)
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
  const early = releasedAt === null ? null : releaseProblem(hazard)
  if (early !== null) throw new ReleasedTooEarly(early, { field: 'releasedAt' })
  const told = [
    `${formatInstant(supportCalledAt)} 呼叫支援`,
    ...(supportArrivedAt === null ? [] : [`${formatInstant(supportArrivedAt)} 支援到达`]),
    ...(releasedAt === null ? [] : [`${formatInstant(releasedAt)} 撤离`]),
    ...(note === '' ? [] : [note]),
  ].join('，')
  return recordHazardStep(context, hazard, {
    kind: 'stay',
    state: hazard.state,
    note: told,
    fills: { supportCalledAt, supportArrivedAt, releasedAt },
  })
})

export const report = useCase(Report, ({ hazardId, reportedTo, note }, context) => {
  const hazard = passHazardGate(context, 'report', hazardId)
  return recordHazardStep(context, hazard, {
    kind: 'report',
    state: hazard.state,
    note: [`已上报${reportedTo}`, note].filter((text) => text !== '').join('：'),
    fills: { reportedTo: [hazard.reportedTo, reportedTo].filter((text) => text !== '').join('、') },
  })
})

/** @throws AttachmentRefused */
export const attachPhoto = useCase(AttachPhoto, ({ hazardId, sourcePath }, context) => {
  const hazard = passHazardGate(context, 'photo', hazardId)
  const { customerId } = accountById(context, hazard.accountId)
  const attachmentId = attachFile(context, { customerId, kind: 'photo', sourcePath })
  return recordHazardStep(context, hazard, { kind: 'photo', state: hazard.state, note: '现场照片', attachmentId })
})

export const mend = useCase(Mend, ({ hazardId, mendedOn, note }, context) => {
  const hazard = passHazardGate(context, 'mend', hazardId)
  checkDay(context, hazard, mendedOn, 'mendedOn', '整改日期')
  return recordHazardStep(context, hazard, {
    kind: 'mend',
    state: reached('mend'),
    note,
    doneOn: mendedOn,
    fills: { mendedOn },
  })
})

/** @throws CertificateMissing · InvalidInput */
export const reinspect = useCase(
  Reinspect,
  ({ hazardId, inspectorId, inspectedOn, passed, newDeadline, note }, context) => {
    const hazard = passHazardGate(context, 'reinspect', hazardId)
    checkDay(context, hazard, inspectedOn, 'inspectedOn', '复查日期')
    const worker = requireCertificate(context, inspectorId, 'inspection', inspectedOn)
    if (!passed && (newDeadline === null || newDeadline < inspectedOn)) {
      throw new InvalidInput('新的整改期限不能早于复查日期', { field: 'newDeadline' })
    }
    const common = { kind: 'reinspect', passed, worker, doneOn: inspectedOn } as const
    if (!passed) {
      const told = `不合格：${note}；整改期限延至 ${newDeadline}`
      const fills = { deadline: newDeadline ?? hazard.deadline, mendedOn: null }
      const { state } = recordHazardStep(context, hazard, {
        ...common,
        state: failedTo('reinspect', hazard),
        note: told,
        fills,
      })
      return { state, lifted: false }
    }
    const fills = { passedOn: inspectedOn, passedAt: context.clock.now(), mendedOn: hazard.mendedOn ?? inspectedOn }
    const { state } = recordHazardStep(context, hazard, {
      ...common,
      state: reached('reinspect'),
      note: `合格：${note}`,
      fills,
    })
    // Gas itself is turned on by the supply room, with its own tests (clauses 17(2), 19(3)).
    const lifted = liftHold(
      context,
      holdSubject(hazardId),
      `隐患 ${hazard.hazardNo} ${inspectedOn} ${worker.name}复查合格`,
    )
    // What an old system had cut for a hazard is in order with the last one found here.
    const others = holdsOn(context, hazard.servicePointId).filter(({ subject }) => subject.startsWith('hazard:'))
    if (others.length === 0) {
      liftTakenOver(context, hazard.servicePointId, `${inspectedOn} ${worker.name}复查合格`)
    }
    return { state, lifted: lifted.length > 0 }
  },
)

/**
 * 回访: what follows from the call the followups room has recorded. Not satisfied: mended again, and what was grave keeps
 * gas off again. Not reached: it waits on; `unreachable` ends it after the tries that room counts.
 * @throws HazardNotFound · WrongHazardStep · OwnInspection
 */
export function recordCallback(
  context: Context,
  hazardId: string,
  { result, note }: { readonly result: HazardCallbackResult; readonly note: string },
): { readonly state: HazardState } {
  const hazard = passHazardGate(context, 'call-back', hazardId)
  if (result === 'unreached') {
    return recordHazardStep(context, hazard, { kind: 'call-back', state: hazard.state, passed: null, note })
  }
  if (result === 'dissatisfied') {
    if (isGrave(hazard.grade)) cutSupply(context, hazard)
    return recordHazardStep(context, hazard, {
      kind: 'call-back',
      state: failedTo('call-back', hazard),
      passed: false,
      note,
      fills: { round: hazard.round + 1, passedOn: null, passedAt: null, mendedOn: null },
    })
  }
  const passed = result === 'satisfied' ? true : null
  return recordHazardStep(context, hazard, { kind: 'call-back', state: reached('call-back'), passed, note })
}

export const closeHazard = useCase(CloseHazard, ({ hazardId, note }, context) => {
  const hazard = passHazardGate(context, 'close', hazardId)
  return recordHazardStep(context, hazard, {
    kind: 'close',
    state: reached('close'),
    note,
    fills: { closedAt: context.clock.now() },
  })
})
