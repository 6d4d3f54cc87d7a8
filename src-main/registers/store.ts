/** 台账 as rows: an entry, what it found, its steps. */
import { asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../platform/context.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { runner } from '../platform/process-run.ts'
import { actingFacts } from '../platform/two-persons.ts'
import { recordEvent } from '../customers/service.ts'
import { answer, kindOf } from './kinds.ts'
import { entryProcess, type EntryFacts } from './process.ts'
import { registerEntries, registerFindings, registerSteps } from './tables.ts'

export const EntryNotFound = domainError('EntryNotFound', '没有找到这条台账，请刷新后再试')
export const EntryStep = domainError('EntryStep', '这条台账的进度不允许这一步，请刷新后再试')
export const EntryOwnWork = domainError('OwnWork', '本人登记、参与或整改过，须由他人办理')

export type EntryRecord = typeof registerEntries.$inferSelect
export type FindingRecord = typeof registerFindings.$inferSelect

const Line = z.object({ label: z.string(), value: z.string() })
/** What `body` holds: the words as they stood that day, whatever the form asks later. */
export const Body = z.object({
  fields: z.array(Line),
  checks: z.array(z.object({ item: z.string(), answer: answer.schema() })),
  figures: z.array(Line),
  /** The figures as those read them from whom some of what counts is hidden, by staff id (see `everything`). */
  sights: z.record(z.string(), z.array(Line)).default({}),
})
export type Body = z.output<typeof Body>

export const todayOf = ({ clock }: Context): BusinessDate => shanghaiDate(clock.now())

/** @throws EntryNotFound */
export function entryById({ db }: Context, entryId: string): EntryRecord {
  const row = db.select().from(registerEntries).where(eq(registerEntries.id, entryId)).get()
  if (!row) throw new EntryNotFound()
  return row
}

export const findingsOf = ({ db }: Context, entryId: string): FindingRecord[] =>
  db
    .select()
    .from(registerFindings)
    .where(eq(registerFindings.entryId, entryId))
    .orderBy(asc(registerFindings.no))
    .all()

export const stepsOf = ({ db }: Context, entryId: string) =>
  db.select().from(registerSteps).where(eq(registerSteps.entryId, entryId)).orderBy(asc(registerSteps.no)).all()

/** Everybody who had part in an entry: they never look at it as the second person. */
function involvedIn(context: Context, { id, recordedById, companionId, staffId }: EntryRecord): ReadonlySet<string> {
  const people = [recordedById, companionId, staffId, ...findingsOf(context, id).map(({ mendedById }) => mendedById)]
  return new Set(people.filter((person) => person !== null))
}

export const entryRun = runner(entryProcess, {
  find: entryById,
  facts: (context, entry: EntryRecord): EntryFacts => ({
    state: entry.state,
    ...actingFacts(context),
    involved: involvedIn(context, entry),
  }),
  errors: { WrongStep: EntryStep, OwnWork: EntryOwnWork },
  history: { table: 'register_steps', owner: 'entry_id' },
  insert: ({ db }, { id }, values) =>
    void db
      .insert(registerSteps)
      .values({ ...values, entryId: id })
      .run(),
  update: ({ db }, { id, state, updatedAt }) =>
    void db.update(registerEntries).set({ state, updatedAt }).where(eq(registerEntries.id, id)).run(),
  tell: (context, { id, customerId, accountId, entryNo, kind, title: words }, _, title) => {
    if (customerId === null) return
    const detail = `${entryNo}；${kindOf(kind).title}；${words}`
    recordEvent(context, { customerId, accountId, kind: 'notice', title, detail, subject: `register-entry:${id}` })
  },
  number: ({ entryNo, kind }) => ({ entryNo, kind }),
  noteAudited: 'note',
})
