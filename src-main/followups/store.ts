/** 回访 as rows: the calls of a record, a drawn item, and what a page of several sources is made of. */
import { eq } from 'drizzle-orm'
import type { InstantCursor } from '../platform/paging.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import { lentRefusal, ownAct, type Acting } from '../platform/two-persons.ts'
import type { Answered, CallRow } from './api.ts'
import { dayMs, hourMs, questionsFrom, settingsOf } from './rules.ts'
import { followupSamples } from './tables.ts'
import { pathOfSubject, sourceNamed } from './sources.ts'
import type { CallResult, Service } from './words.ts'

export const CallbackNotFound = domainError('CallbackNotFound', '没有找到这件回访，请刷新后再试')
export const OwnWork = domainError('OwnWork', '本人参与过这件业务，回访须由他人办理（第二十一条）')
export const NotYours = domainError('NotYours', '这一件已派给他人回访，须先由主任改派')
export const CallbackDone = domainError('CallbackDone', '这一件已经回访过，请刷新后再看')
export const PeriodNotOver = domainError('PeriodNotOver', '抽取的期间还没有结束，请选择昨天以前的日期')
export const DrawnAlready = domainError('DrawnAlready', '这个期间已经抽取过，不能重抽')
export const NotSampled = domainError('NotSampled', '这类服务每一件都要回访，不需要抽取')
export const DrawNotFound = domainError('DrawNotFound', '没有找到这次抽取，请刷新后再试')

export type SampleRecord = typeof followupSamples.$inferSelect

/** @throws CallbackNotFound */
export function sampleById({ db }: Context, sampleId: string): SampleRecord {
  const row = db.select().from(followupSamples).where(eq(followupSamples.id, sampleId)).get()
  if (!row) throw new CallbackNotFound()
  return row
}

/** Why this person had a part in what was drawn, or stands in for somebody who had; null when they may ring. */
export function ownSample(actor: Acting, sample: SampleRecord): string | null {
  const own = ownAct(actor, involvedInSample(sample))
  if (own === null) return null
  return own === 'own' ? new OwnWork().message : lentRefusal('参与过这件业务的人', '回访须由他人办理（第二十一条）')
}

export const involvedInSample = ({ involved }: SampleRecord): ReadonlySet<string> =>
  new Set(JSON.parse(involved) as string[])

export const ratioOf = ({ settings }: Context, service: Service): number => settings.get(settingsOf[service].ratio)
export const scriptOf = ({ settings }: Context, service: Service): string[] =>
  questionsFrom(settings.get(settingsOf[service].script))
/** How long a callback may wait (ms). */
export const dueMs = ({ settings }: Context): number => settings.get('followups.dueDays') * dayMs
/** How far apart two tries must lie (ms). */
export const gapMs = ({ settings }: Context): number => settings.get('followups.retryHours') * hourMs

export const callColumns = `f.id, f.service, f.source, f.subject_id AS subjectId, f.number, f.customer_name AS customerName,
  f.person_name AS personName, f.round, f.result, f.answers, f.note, f.reopened_as AS reopenedAs,
  f.reopened_no AS reopenedNo, f.at, f.actor_name AS actorName`

export type StoredCall = Omit<CallRow, 'answers' | 'path' | 'reopenedPath'> & {
  readonly source: string
  readonly subjectId: string
  readonly answers: string
  readonly reopenedAs: string | null
}
export const shownCall = (
  context: Context,
  { answers, source, subjectId, reopenedAs, ...row }: StoredCall,
): CallRow => ({
  ...row,
  answers: JSON.parse(answers) as Answered[],
  path: sourceNamed(source)?.pathOf(context, subjectId) ?? '',
  reopenedPath: reopenedAs === null ? null : pathOfSubject(context, reopenedAs),
})

/** Calls about a record in a round of a service, first first. */
export const callsAbout = ({ sqlite }: Context, subjectId: string, round: number, service: Service): StoredCall[] =>
  statement<StoredCall>(
    sqlite,
    `SELECT ${callColumns} FROM followup_calls f WHERE f.subject_id = ? AND f.round = ? AND f.service = ? ORDER BY f.at, f.id`,
  ).all(subjectId, round, service)

export const triesAmong = (calls: readonly { readonly result: CallResult; readonly at: number }[]): number[] =>
  calls.filter(({ result }) => result === 'unreached').map(({ at }) => at)

/**
 * One page out of several sources, each of which gave its own first `size + 1` rows behind the same cursor, in the same
 * order: whatever belongs on the page is among them.
 */
export function mergePages<Row>(
  pages: readonly (readonly Row[])[],
  keyOf: (row: Row) => InstantCursor,
  size: number,
): { readonly rows: Row[]; readonly next: string | null } {
  const merged = pages.flat().toSorted((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)]
    return x.at - y.at || (x.id < y.id ? -1 : 1)
  })
  const rows = merged.slice(0, size)
  const last = rows.at(-1)
  const key = last === undefined ? null : keyOf(last)
  return { rows, next: merged.length > size && key ? `${key.at}/${key.id}` : null }
}
