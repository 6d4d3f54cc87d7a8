/** What a call is about: an item of a source that closes on its callback, or a drawn item of another one. */
import type { Context } from '../platform/context.ts'
import { CallbackNotFound, sampleById, type SampleRecord } from './store.ts'
import { isClosing, sourceNamed, type Brief, type CallbackSource } from './sources.ts'

export interface Target {
  readonly source: CallbackSource
  readonly subjectId: string
  readonly brief: Brief
  /** The drawn item, where one was drawn. */
  readonly sample: SampleRecord | null
}

/** @throws CallbackNotFound and the source's own NotFound, also for what the operator must not see */
export function targetOf(context: Context, of: string, id: string): Target {
  const sample = of === 'sample' ? sampleById(context, id) : null
  const source = sourceNamed(sample?.source ?? of)
  if (!source || (sample === null) !== isClosing(source)) throw new CallbackNotFound()
  const subjectId = sample?.subjectId ?? id
  const brief = source.brief(context, subjectId)
  // One source may give several services; the drawn item says which of them is asked about.
  return { source, subjectId, brief: sample ? { ...brief, service: sample.service } : brief, sample }
}

/** Why a drawn item is not this person's to call; null when it is. */
export const notYours = ({ assigneeId, assigneeName }: SampleRecord, actorId: string): string | null =>
  assigneeId === null || assigneeId === actorId ? null : `这一件派给${assigneeName ?? ''}回访，须先由主任改派`
