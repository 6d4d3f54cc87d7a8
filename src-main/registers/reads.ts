/** 台账: what the pages look at. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { sqlWords } from '../platform/dictionary.ts'
import { addDays, type BusinessDate } from '../platform/dates.ts'
import { maskNumbersIn } from '../platform/identity.ts'
import { beforeDay, pageByDay } from '../platform/paging.ts'
import { useCase } from '../platform/use-case.ts'
import { accountById, blinded, customerById, everything, foundBound, foundWithin } from '../customers/service.ts'
import { picturesOf } from '../publicity/service.ts'
import { everybody } from '../staff/service.ts'
import { Entries, Entry, People, RegisterCounts, Registers, type EntryFilter, type EntryRow } from './api.ts'
import { answer, findingWord, kindOf, registerKind, type RegisterKindId } from './kinds.ts'
import { effectFor, worsened } from './figures.ts'
import { entryProcess, type EntryState } from './process.ts'
import { lacksOf, spanOf, waitsFor } from './rules.ts'
import { Body, entryById, entryRun, findingsOf, stepsOf, todayOf } from './store.ts'

const openFindings = 'SELECT count(*) FROM register_findings f WHERE f.entry_id = e.id AND f.mended_on IS NULL'
const late = `(e.state = 'open' AND EXISTS (
  SELECT 1 FROM register_findings f WHERE f.entry_id = e.id AND f.mended_on IS NULL AND f.due_on < @today))`
const rowColumns = `e.id, e.entry_no AS entryNo, e.kind, e.state, e.on_date AS onDate, e.title, e.ends_on AS endsOn,
  e.staff_name AS staffName, e.companion_name AS companionName, e.account_id AS accountId, e.recorded_by AS recordedBy,
  (${openFindings}) AS openFindings, ${late} AS overdue`

const deadlines = sqlWords(registerKind.values.filter((id) => kindOf(id).fields.some(({ type }) => type === 'due')))
/** What ends soon or has ended: a deadline until its entry is closed, a validity until it is renewed or its person has left. */
const ends = `(e.ends_on <= @soon AND e.state <> 'void' AND CASE
  WHEN e.kind IN ${deadlines} THEN e.state <> 'closed'
  ELSE NOT EXISTS (SELECT 1 FROM register_entries n WHERE n.kind = e.kind AND n.staff_id IS e.staff_id
      AND n.account_id IS e.account_id AND n.state <> 'void' AND (n.ends_on, n.id) > (e.ends_on, e.id))
    AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = e.staff_id AND s.state = 'left') END)`

/** Of one register its states are an index; of all of them only the days are. */
const whereOf = (filter: EntryFilter, one: boolean): string => {
  const free = one ? '' : '+'
  switch (filter) {
    case 'all':
      return 'true'
    case 'overdue':
      return `${free}${late}`
    case 'ending':
      return ends
    default:
      return `${free}e.state = @filter`
  }
}

/** The query of the lists, also for the test of its plan: of one register, or of all. */
export const entriesSql = (filter: EntryFilter, one: boolean, searched = false): string =>
  `SELECT ${rowColumns} FROM register_entries e
   WHERE ${one ? 'e.kind = @kind AND ' : ''}${foundWithin(searched, `${whereOf(filter, one)} AND (e.on_date, e.id) < (@beforeDate, @beforeId)`, 'e.entry_no', 'e.account_id', 'accounts', ['e.title', 'e.recorded_by'])}
   ORDER BY e.on_date DESC, e.id DESC LIMIT @limit`

type Stored = Omit<EntryRow, 'overdue' | 'incomplete'> & { readonly overdue: number }
/** What was written, with the number of a person masked (clause 6(10)); a list of whom to ring keeps its numbers. */
const told = (kind: RegisterKindId, words: string): string => (kindOf(kind).numbers ? words : maskNumbersIn(words))
/** Only what may be left out, or wants a picture, has to be looked at. */
const wantsMore = (kind: RegisterKindId): boolean => {
  const { fields, pictured } = kindOf(kind)
  return pictured === true || fields.some(({ wanted }) => wanted)
}
const bodyOf = ({ body }: { readonly body: string }): Body => Body.parse(JSON.parse(body))
const lackedBy = (context: Context, { id, kind }: Pick<Stored, 'id' | 'kind'>): string[] =>
  wantsMore(kind)
    ? lacksOf(kind, bodyOf(entryById(context, id)).fields, picturesOf(context, `register-entry:${id}`).length)
    : []
const shown = (context: Context, row: Stored): EntryRow => ({
  ...row,
  title: told(row.kind, row.title),
  overdue: row.overdue === 1,
  incomplete: lackedBy(context, row).length > 0,
})

const soonOf = (context: Context): BusinessDate =>
  addDays(todayOf(context), context.settings.get('registers.endsSoonDays'))

export const entries = useCase(Entries, ({ kind, filter, search, page: { after, size } }, context) => {
  const rows = statement<Stored>(context.sqlite, entriesSql(filter, kind !== null, search !== '')).all({
    ...foundBound(context, 'register', search),
    kind,
    filter,
    today: todayOf(context),
    soon: soonOf(context),
    ...beforeDay(after),
    limit: size + 1,
  })
  const { kept, next } = pageByDay(rows, size)
  return { rows: kept.map((row) => shown(context, row)), next }
})

interface Standing {
  readonly kind: RegisterKindId
  readonly entries: number
  readonly first: BusinessDate | null
  readonly last: BusinessDate | null
  readonly open: number
  readonly overdue: number
  readonly toReview: number
}
/** Of each register and state the ends, and how many: those that are closed grow for ever and are counted only where they are shown. */
export const standingSql = `SELECT k.value AS kind, s.value AS state,
    (SELECT min(e.on_date) FROM register_entries e WHERE e.kind = k.value AND e.state = s.value) AS first,
    (SELECT max(e.on_date) FROM register_entries e WHERE e.kind = k.value AND e.state = s.value) AS last,
    CASE WHEN s.value = 'closed' AND @whole = 0 THEN 0
      ELSE (SELECT count(*) FROM register_entries e WHERE e.kind = k.value AND e.state = s.value) END AS n,
    CASE WHEN s.value <> 'open' THEN 0
      ELSE (SELECT count(*) FROM register_entries e WHERE e.kind = k.value AND ${late}) END AS overdue
  FROM json_each(@kinds) k CROSS JOIN json_each('["open", "done", "closed"]') s`

/** Every register, also those that have not begun. @param whole whether the closed ones are counted too */
function standings(context: Context, whole: boolean): Standing[] {
  const rows = statement<{
    readonly kind: RegisterKindId
    readonly state: EntryState
    readonly first: BusinessDate | null
    readonly last: BusinessDate | null
    readonly n: number
    readonly overdue: number
  }>(context.sqlite, standingSql).all({
    kinds: JSON.stringify(registerKind.values),
    whole: Number(whole),
    today: todayOf(context),
  })
  const daysOf = (dates: readonly (BusinessDate | null)[]) => dates.filter((date) => date !== null).toSorted()
  return registerKind.values.map((kind) => {
    const own = rows.filter((row) => row.kind === kind)
    const of = (state: EntryState) => own.find((row) => row.state === state)
    return {
      kind,
      entries: own.reduce((sum, { n }) => sum + n, 0),
      first: daysOf(own.map(({ first }) => first)).at(0) ?? null,
      last: daysOf(own.map(({ last }) => last)).at(-1) ?? null,
      open: of('open')?.n ?? 0,
      overdue: of('open')?.overdue ?? 0,
      toReview: of('done')?.n ?? 0,
    }
  })
}

export const allRegisters = useCase(Registers, (_, context) => {
  const today = todayOf(context)
  return standings(context, true).map(({ first, last, ...row }) => ({
    ...row,
    lastOn: last,
    waits: waitsFor(kindOf(row.kind).every, { first, last }, today),
  }))
})

/** Counting two quarters of a large hall takes longer than a page of the day should: once a day for each reader will do. */
const counted = new WeakMap<Context['sqlite'], Map<string, { readonly of: string; readonly worse: string[] }>>()
function worseNow(context: Context): string[] {
  const { sqlite, settings, actor } = context
  const [today, points] = [todayOf(context), settings.get('registers.worsePoints')]
  const answered = statement(
    sqlite,
    `SELECT 1 FROM register_entries WHERE kind = 'improvement' AND on_date >= ? AND state <> 'void' LIMIT 1`,
  ).get(spanOf('quarter', today).from)
  if (answered) return []
  // Whom nothing is hidden from all read the same.
  const viewer = blinded(context).includes(actor.id) ? actor.id : everything
  const of = `${today} ${points}`
  const ofHall = counted.get(sqlite) ?? new Map<string, { readonly of: string; readonly worse: string[] }>()
  const known = ofHall.get(viewer)
  if (known?.of === of) return known.worse
  const worse = worsened(context, points)
  counted.set(sqlite, ofHall.set(viewer, { of, worse }))
  return worse
}

export const registerCounts = useCase(RegisterCounts, (_, context) => {
  const today = todayOf(context)
  const rows = standings(context, false)
  const total = (of: 'open' | 'overdue' | 'toReview') => rows.reduce((sum, row) => sum + row[of], 0)
  const waiting = (how: 'due' | 'late') =>
    rows.filter((row) => waitsFor(kindOf(row.kind).every, row, today) === how).map(({ kind }) => kind)
  const ending = statement<{ n: number }>(
    context.sqlite,
    `SELECT count(*) AS n FROM register_entries e WHERE ${ends}`,
  ).get({ soon: soonOf(context) })
  return {
    overdue: total('overdue'),
    open: total('open'),
    toReview: total('toReview'),
    due: waiting('due'),
    late: waiting('late'),
    unbegun: rows.filter(({ kind, last }) => kindOf(kind).every !== undefined && last === null).map(({ kind }) => kind),
    endsSoon: ending?.n ?? 0,
    worse: worseNow(context),
  }
})

export const registerPeople = useCase(People, (_, context) =>
  everybody(context)
    .filter(({ state }) => state === 'active')
    .map(({ id, staffNo, name }) => ({ staffId: id, staffNo, name })),
)

/** One entry with everything recorded of it; also for its paper. @throws EntryNotFound */
export function entryDetail(context: Context, entryId: string) {
  const record = entryById(context, entryId)
  const today = todayOf(context)
  const row = statement<Stored>(
    context.sqlite,
    `SELECT ${rowColumns} FROM register_entries e WHERE e.id = @entryId`,
  ).get({ entryId, today })
  if (!row) throw new Error(`register entry ${entryId} went away in its own transaction`)
  const account = record.accountId === null ? null : accountById(context, record.accountId)
  const { measures, figures } = kindOf(record.kind)
  const { sights, ...body } = bodyOf(record)
  const masked = (words: string) => told(record.kind, words)
  const pictures = picturesOf(context, `register-entry:${entryId}`)
  return {
    entry: {
      ...shown(context, row),
      recordedAt: record.recordedAt,
      accountNo: account?.accountNo ?? '',
      customerName: account === null ? '' : customerById(context, account.customerId).name,
    },
    ...body,
    figures: sights[context.actor.id] ?? body.figures,
    fields: body.fields.map(({ value, ...line }) => ({ ...line, value: masked(value) })),
    effect: measures && figures ? effectFor(context, figures, record.onDate as BusinessDate) : [],
    findings: findingsOf(context, entryId).map(({ id, what, responsible, mendedBy, mendedNote, ...finding }) => {
      const dueOn = finding.dueOn as BusinessDate
      const mendedOn = finding.mendedOn as BusinessDate | null
      return {
        id,
        what: masked(what),
        responsible: masked(responsible),
        dueOn,
        mendedOn,
        mendedBy,
        mendedNote: masked(mendedNote),
        overdue: mendedOn === null && dueOn < today,
      }
    }),
    steps: stepsOf(context, entryId).map(({ passed, note, ...step }) => ({
      ...step,
      note: masked(note),
      passed: passed === null ? null : passed === 1,
    })),
    pictures,
    lacks: lackedBy(context, row),
    obstacles: entryRun.obstacles(context, record),
  }
}

export const entry = useCase(Entry, ({ entryId }, context) => entryDetail(context, entryId))

/** What the printed record sheet shows. @throws EntryNotFound */
export function entryRecord(context: Context, entryId: string) {
  const { entry, fields, checks, figures, effect, findings, steps, pictures } = entryDetail(context, entryId)
  const review = steps.findLast(({ kind }) => kind === 'review')
  return {
    ...entry,
    void: entry.state === 'void',
    kindName: registerKind.names[entry.kind],
    findingWord: findingWord(kindOf(entry.kind)),
    clauses: kindOf(entry.kind).clauses,
    stateName: entryProcess.states.names[entry.state],
    fields,
    checks: checks.map(({ item, answer: word }) => ({ item, answer: answer.names[word] })),
    figures,
    effect,
    findings,
    reviewedBy: review?.actorName ?? '',
    reviewedAt: review?.at ?? null,
    reviewNote: review?.note ?? '',
    pictureCount: pictures.length,
  }
}
