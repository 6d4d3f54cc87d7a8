/** 台账: what a hall writes down beside its businesses. Dates are business dates, instants epoch ms. */
import { z } from 'zod'
import {
  call,
  DateOnly,
  Id,
  Instant,
  ListSearch,
  pageOf,
  PageRequest,
  RequestId,
  shortText,
  SourcePath,
} from '../platform/contract.ts'
import { PictureView } from '../publicity/api.ts'
import { answer, registerKind } from './kinds.ts'
export { businessNames, type Business } from './served-words.ts'
import { entryProcess, entryStates, writers } from './process.ts'
import { maxValue } from './rules.ts'
import { business, longestSeconds } from './served-words.ts'

export {
  answer,
  findingWord,
  isRegister,
  kindOf,
  registerGroup,
  registerKind,
  registers,
  type AnswerWord,
  type Field,
  type RegisterKind,
  type RegisterKindId,
} from './kinds.ts'
export { entryProcess, entryStateNames, reviewers, writers, type EntryAction, type EntryState } from './process.ts'
export { hasEnd, isDay, maxOf, problemsOf, type Written } from './rules.ts'

const Kind = registerKind.schema('请选择台账')
const State = entryProcess.states.schema()

/** Findings of one entry. */
export const maxFindings = 20
const Finding = z.strictObject({
  what: shortText('问题', 100),
  responsible: shortText('责任人', 20),
  dueOn: DateOnly,
})

/** 登记. What the kind asks besides is said all at once. @throws EntryIncomplete · AccountNotFound · StaffNotFound */
export const RecordEntry = call({
  name: 'registers.record',
  kind: 'change',
  allow: writers,
  input: z.strictObject({
    requestId: RequestId,
    kind: Kind,
    onDate: DateOnly,
    /** By the ids of the kind's fields. */
    values: z.record(z.string().max(40), z.string().trim().max(maxValue)),
    /** In the order of the kind's items. */
    answers: z.array(answer.schema('请逐项回答')).max(30).default([]),
    findings: z.array(Finding).max(maxFindings, `问题不能超过 ${maxFindings} 个`).default([]),
    accountId: Id.nullable().default(null),
    staffId: Id.nullable().default(null),
    companionId: Id.nullable().default(null),
  }),
  output: z.object({ entryId: Id, entryNo: z.string(), state: State }),
})

// The steps: what each asks for, of whom and when stands in process.ts.
export const MendFinding = entryProcess.call('mend')
export const ReviewEntry = entryProcess.call('review')
export const VoidEntry = entryProcess.call('void')

export const AddEntryPicture = call({
  name: 'registers.addPicture',
  kind: 'change',
  allow: writers,
  input: z.strictObject({ requestId: RequestId, entryId: Id, sourcePath: SourcePath }),
  output: z.object({ pictureId: Id }),
})

/** Everybody at work, for who went along and whom an entry is about. */
export const People = call({
  name: 'registers.people',
  kind: 'read',
  allow: writers,
  input: z.strictObject({}),
  output: z.array(z.object({ staffId: Id, staffNo: z.string(), name: z.string() })),
})

const waits = z.enum(['due', 'late']).nullable()

/** Every register of the hall: how many entries, what is open, whether one is waited for. */
export const Registers = call({
  name: 'registers.all',
  kind: 'read',
  allow: writers,
  input: z.strictObject({}),
  output: z.array(
    z.object({
      kind: Kind,
      entries: z.int(),
      lastOn: DateOnly.nullable(),
      /** To be mended; those past their day; waiting for a second person. */
      open: z.int(),
      overdue: z.int(),
      toReview: z.int(),
      waits,
    }),
  ),
})

/** For the page of the day: what the hall's registers wait for. */
export const RegisterCounts = call({
  name: 'registers.counts',
  kind: 'read',
  allow: writers,
  input: z.strictObject({}),
  output: z.object({
    overdue: z.int(),
    open: z.int(),
    toReview: z.int(),
    due: z.array(Kind),
    late: z.array(Kind),
    /** To be kept at intervals, and never begun. */
    unbegun: z.array(Kind),
    endsSoon: z.int(),
    /** What fell in the last quarter and has no measure of improvement since, in words. */
    worse: z.array(z.string()),
  }),
})

export const EntryRow = z.object({
  id: Id,
  entryNo: z.string(),
  kind: Kind,
  state: State,
  onDate: DateOnly,
  title: z.string(),
  endsOn: DateOnly.nullable(),
  staffName: z.string().nullable(),
  companionName: z.string().nullable(),
  accountId: Id.nullable(),
  recordedBy: z.string(),
  openFindings: z.int(),
  overdue: z.boolean(),
  /** It lacks something that its kind wants. */
  incomplete: z.boolean(),
})
export type EntryRow = z.output<typeof EntryRow>

export const entryFilters = ['all', 'overdue', 'ending', ...entryStates] as const
export type EntryFilter = (typeof entryFilters)[number]

/** One register, or all of them (`kind` null), the newest day first. */
export const Entries = call({
  name: 'registers.list',
  kind: 'read',
  allow: writers,
  input: z.strictObject({
    kind: Kind.nullable().default(null),
    filter: z.enum(entryFilters).default('all'),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(EntryRow),
})

const Line = z.object({ label: z.string(), value: z.string() })
export const EntryStep = z.object({
  no: z.int(),
  round: z.int(),
  kind: entryProcess.steps.schema(),
  state: State,
  passed: z.boolean().nullable(),
  note: z.string(),
  at: Instant,
  actorName: z.string(),
})
export type EntryStep = z.output<typeof EntryStep>

export const Entry = call({
  name: 'registers.entry',
  kind: 'read',
  allow: writers,
  input: z.strictObject({ entryId: Id }),
  output: z.object({
    entry: EntryRow.extend({ recordedAt: Instant, accountNo: z.string(), customerName: z.string() }),
    fields: z.array(Line),
    checks: z.array(z.object({ item: z.string(), answer: answer.schema() })),
    figures: z.array(Line),
    /** Of the quarter after, where a measure is to show in it. */
    effect: z.array(Line),
    findings: z.array(
      z.object({
        id: Id,
        what: z.string(),
        responsible: z.string(),
        dueOn: DateOnly,
        mendedOn: DateOnly.nullable(),
        mendedBy: z.string().nullable(),
        mendedNote: z.string(),
        overdue: z.boolean(),
      }),
    ),
    steps: z.array(EntryStep),
    pictures: z.array(PictureView),
    /** What it still lacks, in words. */
    lacks: z.array(z.string()),
    obstacles: z.record(entryProcess.actions.schema(), z.array(z.string())),
  }),
})

/**
 * 办理时间 of a business at the counter, as the window measured it from the first key on. Nobody asks for it: the window says it
 * once the business is done.
 */
export const Served = call({
  name: 'registers.served',
  kind: 'change',
  unaudited: true,
  allow: ['clerk', 'cashier', 'hall-manager', 'dispatcher'],
  input: z.strictObject({
    requestId: RequestId,
    business: business.schema(),
    seconds: z.int().min(1).max(longestSeconds),
  }),
  output: z.object({}),
})
