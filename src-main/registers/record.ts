/** 登记 and the steps that follow: what was found is mended, then looked at by another person. */
import { eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { ownAct } from '../platform/two-persons.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { accountById, blinded, everything } from '../customers/service.ts'
import { keepPicture } from '../publicity/service.ts'
import { reopenOddUses, settleOddUses } from '../metering/service.ts'
import { HasLeft, staffById } from '../staff/service.ts'
import { AddEntryPicture, MendFinding, RecordEntry, ReviewEntry, VoidEntry } from './api.ts'
import { figuresFor } from './figures.ts'
import { kindOf, type RegisterKindId } from './kinds.ts'
import { hasEnd, problemsOf, type Problem, type Written } from './rules.ts'
import type { Body } from './store.ts'
import { entryById, entryRun, findingsOf, todayOf, type EntryRecord } from './store.ts'
import { registerEntries, registerFindings } from './tables.ts'

export const EntryIncomplete = domainError('EntryIncomplete', '台账没有填全，请补上再登记')
export const FindingNotFound = domainError('FindingNotFound', '没有找到这个问题，请刷新后再试')
export const FindingMended = domainError('FindingMended', '这个问题已经登记整改，请刷新后再看')

const refuse = (problems: readonly Problem[]): never => {
  const words = problems.map(({ message }) => message).join('；')
  throw new EntryIncomplete(words, { field: problems[0]?.field, details: problems })
}

/** Somebody of the hall's staff, who has not left. @throws StaffNotFound · HasLeft */
function memberOf(context: Context, staffId: string | null, field: string) {
  if (staffId === null) return null
  const member = staffById(context, staffId)
  if (member.state === 'left') throw new HasLeft(undefined, { field })
  return member
}

/** What was written, with the labels as they stand today. */
function bodyOf(context: Context, kind: RegisterKindId, { values, answers, onDate }: Written): Body {
  const { fields, checks = [], figures } = kindOf(kind)
  return {
    fields: fields.map(({ id, label }) => ({ label, value: values[id] ?? '' })),
    checks: checks.map((item, i) => ({ item, answer: answers[i] ?? 'none' })),
    figures: figures === undefined ? [] : figuresFor(context, figures, onDate, everything),
    sights: Object.fromEntries(
      figures === undefined ? [] : blinded(context).map((id) => [id, figuresFor(context, figures, onDate, id)]),
    ),
  }
}

const maxTitle = 60
/** The first words of an entry, for lists. */
function titleOf(kind: RegisterKindId, { fields, checks }: Body, staffName: string | null): string {
  const bad = checks.filter(({ answer }) => answer === 'bad').map(({ item }) => item)
  const said = checks.length === 0 ? fields.map(({ value }) => value).filter((value) => value !== '') : []
  const words = checks.length === 0 ? said : [bad.length === 0 ? '全部正常' : `不正常：${bad.join('、')}`]
  const text = [staffName ?? '', ...words].filter((part) => part !== '').join('　') || kindOf(kind).title
  return [...text.replaceAll(/\s*\n\s*/g, ' ')].slice(0, maxTitle).join('')
}

/** @throws EntryIncomplete · AccountNotFound · StaffNotFound · HasLeft */
export const recordEntry = useCase(RecordEntry, (input, context) => {
  const { kind, onDate, findings, accountId, staffId, companionId } = input
  const { db, clock, actor, settings } = context
  const declared = kindOf(kind)
  const problems = problemsOf(kind, input, todayOf(context), settings.get('registers.mendDays'))
  if (problems.length > 0) refuse(problems)
  const alone = ownAct(actor, [companionId])
  if (alone !== null) {
    const why = alone === 'own' ? '不能是本人' : '一天内重置过您的密码'
    refuse([{ field: 'companionId', message: `同行人${why}，请选择另一位` }])
  }
  const account = accountId === null ? null : accountById(context, accountId)
  const member = memberOf(context, staffId, 'staffId')
  const companion = memberOf(context, companionId, 'companionId')
  const body = bodyOf(context, kind, input)
  const ending = declared.fields.find(hasEnd)
  // What was mended is always looked at by another person, and what one writes about oneself.
  const reviewed = declared.reviewed === true || findings.length > 0 || ownAct(actor, [staffId]) !== null
  const now = clock.now()
  const entry: EntryRecord = {
    id: newId(clock),
    entryNo: nextNumber(context, 'register'),
    kind,
    state: findings.length > 0 ? 'open' : reviewed ? 'done' : 'closed',
    round: 1,
    onDate,
    body: JSON.stringify(body),
    title: titleOf(kind, body, member?.name ?? null),
    endsOn: ending ? (input.values[ending.id] ?? null) : null,
    customerId: account?.customerId ?? null,
    accountId,
    staffId,
    staffName: member?.name ?? null,
    companionId,
    companionName: companion?.name ?? null,
    reviewed: Number(reviewed),
    recordedById: actor.id,
    recordedBy: actor.name,
    recordedAt: now,
    updatedAt: now,
  }
  db.insert(registerEntries).values(entry).run()
  for (const finding of findings) addFinding(context, entry.id, finding)
  entryRun.begin(context, entry, { kind: 'record', state: entry.state, note: entry.title })
  if (kind === 'suspicious' && accountId !== null) {
    const words = `巡查 ${entry.entryNo}：${input.values['outcome'] ?? ''}`
    settleOddUses(context, { id: entry.id, accountId, onDate, words })
  }
  const { entryNo, state } = entry
  context.audit({ subject: `register-entry:${entry.id}`, detail: { entryNo, kind, onDate, state, findings } })
  context.emit({ event: 'changed', data: { room: 'registers' } })
  return { entryId: entry.id, entryNo, state }
})

function addFinding(
  context: Context,
  entryId: string,
  finding: { readonly what: string; readonly responsible: string; readonly dueOn: string },
): void {
  const { db, clock } = context
  const no = findingsOf(context, entryId).length + 1
  db.insert(registerFindings)
    .values({ id: newId(clock), entryId, no, ...finding, mendedNote: '' })
    .run()
}

/** @throws EntryNotFound · EntryStep · FindingNotFound · FindingMended · InvalidInput */
export const mendFinding = entryRun.step(MendFinding, 'mend', (entry, { findingId, mendedOn, note }, context) => {
  const { db, actor } = context
  const findings = findingsOf(context, entry.id)
  const found = findings.find(({ id }) => id === findingId)
  if (!found) throw new FindingNotFound()
  if (found.mendedOn !== null) throw new FindingMended()
  if (mendedOn > todayOf(context)) throw new InvalidInput('整改日期不能晚于今天', { field: 'mendedOn' })
  if (mendedOn < entry.onDate) throw new InvalidInput('整改日期不能早于发现日期', { field: 'mendedOn' })
  db.update(registerFindings)
    .set({ mendedOn, mendedById: actor.id, mendedBy: actor.name, mendedNote: note })
    .where(eq(registerFindings.id, findingId))
    .run()
  const left = findings.some(({ id, mendedOn: on }) => id !== findingId && on === null)
  return { note: `${found.what}：${note}`, back: !left }
})

/** @throws EntryNotFound · EntryStep · OwnWork · InvalidInput */
export const reviewEntry = entryRun.step(ReviewEntry, 'review', (entry, { again, note }, context) => {
  if (again === null) return { passed: true }
  const { settings } = context
  const today = todayOf(context)
  if (again.dueOn < today) throw new InvalidInput('整改期限不能早于今天', { field: 'again.dueOn' })
  const most = settings.get('registers.mendDays')
  const [late] = problemsOf(
    entry.kind,
    { ...nothingWritten, onDate: today, findings: [{ what: note, dueOn: again.dueOn }] },
    today,
    most,
  ).filter(({ field }) => field === 'findings.0.dueOn')
  if (late) throw new InvalidInput(late.message, { field: 'again.dueOn' })
  const responsible = findingsOf(context, entry.id).at(-1)?.responsible ?? entry.recordedBy
  addFinding(context, entry.id, { what: note.replaceAll(/\s*\n\s*/g, ' '), responsible, dueOn: again.dueOn })
  return { passed: false, back: true }
})
const nothingWritten: Omit<Written, 'onDate' | 'findings'> = {
  values: {},
  answers: [],
  accountId: null,
  staffId: null,
  companionId: null,
}

/** @throws EntryNotFound · EntryStep */
export const voidEntry = entryRun.step(VoidEntry, 'void', ({ id, kind }, _, context) => {
  if (kind === 'suspicious') reopenOddUses(context, id)
  return {}
})

/** @throws EntryNotFound · AttachmentRefused · TooManyPictures */
export const addEntryPicture = useCase(AddEntryPicture, ({ entryId, sourcePath }, context) => {
  const { id, state } = entryById(context, entryId)
  if (state === 'void') throw new InvalidInput('已作废的台账不能再加照片')
  const pictureId = keepPicture(context, `register-entry:${id}`, sourcePath)
  context.audit({ subject: `register-entry:${id}`, detail: { pictureId } })
  context.emit({ event: 'changed', data: { room: 'registers' } })
  return { pictureId }
})
