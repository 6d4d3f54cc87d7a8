/** 回访: the one act. The call is written here, and the source follows it in the same transaction. */
import { eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { useCase } from '../platform/use-case.ts'
import { recordEvent } from '../customers/service.ts'
import { requireCertificate } from '../staff/service.ts'
import { Call, callResultNames, serviceNames, type CallResult } from './api.ts'
import { answersScript, resultOf } from './rules.ts'
import { isClosing, pathOfSubject, type Reopened } from './sources.ts'
import {
  CallbackDone,
  callsAbout,
  gapMs,
  NotYours,
  OwnWork,
  ownSample,
  scriptOf,
  triesAmong,
  type SampleRecord,
} from './store.ts'
import { notYours, targetOf, type Target } from './target.ts'
import { followupCalls, followupSamples } from './tables.ts'

/** @throws CertificateMissing · CallbackDone · NotYours · OwnWork and the source's own gates */
function passGate(context: Context, { source, subjectId, sample }: Target): void {
  requireCertificate(context, context.actor.id, 'callback')
  if (isClosing(source)) source.closing.check(context, subjectId)
  if (sample === null) return
  if (sample.state !== 'due') throw new CallbackDone()
  const other = notYours(sample, context.actor.id)
  if (other !== null) throw new NotYours(other)
  const own = ownSample(context.actor, sample)
  if (own !== null) throw new OwnWork(own)
}

/** What is opened for a dissatisfied customer: the record itself, where it closes on its callback. */
function reopen(context: Context, { source, subjectId, brief }: Target, result: CallResult, note: string) {
  if (result !== 'dissatisfied') return null
  return isClosing(source)
    ? { subject: `${source.name}:${subjectId}`, number: brief.number }
    : source.mend(context, brief, note)
}

export const call = useCase(Call, (input, context) => {
  const { db, clock, actor } = context
  const target = targetOf(context, input.of, input.id)
  passGate(context, target)
  const { source, subjectId, brief, sample } = target
  const script = input.result === 'unreached' ? [] : scriptOf(context, brief.service)
  if (!answersScript(script, input.answers)) {
    throw new InvalidInput(
      script.length === 0 ? '未接通的回访没有回答' : '请按顺序逐题记录回答，问题有变动时请重新打开本页',
      { field: 'answers' },
    )
  }
  const now = clock.now()
  const earlier = triesAmong(callsAbout(context, subjectId, brief.round, brief.service))
  const result = resultOf(input.result, earlier, now, gapMs(context))
  const reopened = reopen(context, target, result, input.note)
  const id = newId(clock)
  db.insert(followupCalls)
    .values({
      id,
      service: brief.service,
      source: source.name,
      subjectId,
      round: brief.round,
      sampleId: sample?.id ?? null,
      number: brief.number,
      customerId: brief.customerId,
      accountId: brief.accountId,
      customerName: brief.customerName,
      personName: brief.personName,
      result,
      answers: JSON.stringify(input.answers),
      note: input.note,
      reopenedAs: reopened?.subject ?? null,
      reopenedNo: reopened?.number ?? null,
      at: now,
      actorId: actor.id,
      actorName: actor.name,
    })
    .run()
  const note = [callResultNames[result], input.note].filter((text) => text !== '').join('；')
  if (isClosing(source)) source.closing.conclude(context, subjectId, { result, note })
  if (sample !== null) concludeSample(context, target, sample, { result, note, reopened, callId: id })
  context.audit({ detail: { number: brief.number, service: brief.service, called: result } })
  context.emit({ event: 'changed', data: { room: 'followups' } })
  return {
    result,
    reopenedNo: reopened?.number ?? null,
    path: reopened ? pathOfSubject(context, reopened.subject) : null,
  }
})

/** A drawn item has no other record of its callback than the call: the customer's timeline is told from here. */
function concludeSample(
  context: Context,
  { brief }: Target,
  sample: SampleRecord,
  done: {
    readonly result: CallResult
    readonly note: string
    readonly reopened: Reopened | null
    readonly callId: string
  },
): void {
  const { db, clock } = context
  if (done.result !== 'unreached') {
    db.update(followupSamples)
      .set({ state: done.result, updatedAt: clock.now() })
      .where(eq(followupSamples.id, sample.id))
      .run()
  }
  if (brief.customerId !== null) {
    const linked = done.reopened === null ? '' : `已转工单 ${done.reopened.number}`
    recordEvent(context, {
      customerId: brief.customerId,
      accountId: brief.accountId,
      kind: 'followup',
      title: `${serviceNames[brief.service]}回访：${callResultNames[done.result]}`,
      detail: [brief.number, done.note, linked].filter((text) => text !== '').join('；'),
      subject: `followup:${done.callId}`,
    })
  }
  context.audit({ subject: `followup:${done.callId}` })
}
