/**
 * 回访与关闭 (clauses 14(3), 18(4), 19(5), 20(2), 21): what waits for a callback, the call itself, samples, and the
 * ratio against its target. Instants are epoch ms.
 */
import { z } from 'zod'
import {
  call,
  DateOnly,
  Id,
  Instant,
  OwnWords,
  pageOf,
  PageRequest,
  remark,
  RequestId,
  Revealed,
  RevealReason,
  ListSearch,
} from '../platform/contract.ts'
import { answers, callResults, services, toldResults } from './words.ts'

export * from './words.ts'
export { dayMs, sampleSize, triesNeeded } from './rules.ts'

const callers = ['clerk', 'hall-manager', 'dispatcher'] as const
const leaders = ['hall-manager', 'dispatcher'] as const

const ServiceName = z.enum(services, { error: '请选择服务类别' })

/** Where a callback comes from: the name of a source that closes on it, or `sample` for 抽中项. */
const CallOf = { of: z.string().regex(/^[a-z-]{1,20}$/, '没有这类回访'), id: Id }

export const maxQuestions = 20
const Answered = z.strictObject({
  question: z.string().min(1).max(200),
  answer: z.enum(answers, { error: '请逐题记录回答' }),
  note: remark('说明', 100).default(''),
})
export type Answered = z.output<typeof Answered>

/**
 * 回访: the one call there is for every service. Only by a holder of the callback certificate, never about one's own
 * work; satisfied leads on, dissatisfied reopens, three tries at different times without anybody count as 未联系上.
 * @throws CertificateMissing · OwnWork · NotYours · WrongStep
 */
export const Call = call({
  name: 'followups.call',
  kind: 'change',
  allow: callers,
  input: z
    .strictObject({
      requestId: RequestId,
      ...CallOf,
      result: z.enum(toldResults, { error: '请选择回访结果' }),
      /** Every question of the script in order; none when nobody was reached. */
      answers: z.array(Answered).max(maxQuestions).default([]),
      note: remark('回访情况', 300).default(''),
    })
    .refine(({ result, note }) => result === 'satisfied' || note !== '', {
      error: '请写明不满意或未接通的情况',
      path: ['note'],
    }),
  output: z.object({
    result: z.enum(callResults),
    /** 不满意: number of what was opened again. */
    reopenedNo: z.string().nullable(),
    /** Page of it. */
    path: z.string().nullable(),
  }),
})

export const DueRow = z.object({
  ...CallOf,
  service: ServiceName,
  number: z.string(),
  customerName: z.string(),
  /** Whose work it is about. */
  personName: z.string().nullable(),
  /** 抽中项: who is to ring; null for what every callback clerk may take. */
  assigneeName: z.string().nullable(),
  round: z.int(),
  since: Instant,
  dueBy: Instant,
  tries: z.int(),
  lastTryAt: Instant.nullable(),
})
export type DueRow = z.output<typeof DueRow>

export const dueFilters = ['all', 'overdue', 'mine', 'tried'] as const
export type DueFilter = (typeof dueFilters)[number]

/** 待回访: what waits longest first, over every source. What the operator is complained of in is not there. */
export const Due = call({
  name: 'followups.due',
  kind: 'read',
  allow: callers,
  input: z.strictObject({
    filter: z.enum(dueFilters).default('all'),
    service: ServiceName.nullable().default(null),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(DueRow),
})

/** How many callbacks wait: in all, over their time, given to the operator, tried without success, and by service. */
export const Counts = call({
  name: 'followups.counts',
  kind: 'read',
  allow: callers,
  input: z.strictObject({}),
  output: z.object({
    due: z.int(),
    overdue: z.int(),
    mine: z.int(),
    tried: z.int(),
    services: z.array(z.object({ service: ServiceName, due: z.int(), overdue: z.int() })),
  }),
})

export const CallRow = z.object({
  id: Id,
  service: ServiceName,
  number: z.string(),
  customerName: z.string(),
  personName: z.string().nullable(),
  round: z.int(),
  result: z.enum(callResults),
  answers: z.array(Answered),
  note: OwnWords,
  reopenedNo: z.string().nullable(),
  /** Page of the record called about, and of what was opened again. */
  path: z.string(),
  reopenedPath: z.string().nullable(),
  at: Instant,
  actorName: z.string(),
})
export type CallRow = z.output<typeof CallRow>

/** What the callback clerk has before them while ringing. */
export const Item = call({
  name: 'followups.item',
  kind: 'read',
  allow: callers,
  input: z.strictObject(CallOf),
  output: z.object({
    ...CallOf,
    service: ServiceName,
    round: z.int(),
    number: z.string(),
    customerName: z.string(),
    /** Masked; `followups.reveal` shows it to whoever may ring. */
    phone: z.string(),
    place: OwnWords,
    accountId: Id.nullable(),
    what: OwnWords,
    personName: z.string().nullable(),
    since: Instant,
    dueBy: Instant,
    path: z.string(),
    questions: z.array(z.string()),
    assigneeName: z.string().nullable(),
    /** Calls of this round, first first. */
    calls: z.array(CallRow),
    /** Tries that count already, and from when on another one does. */
    tries: z.int(),
    nextTryFrom: Instant.nullable(),
    /** Why this operator may not ring now; none when they may. */
    obstacles: z.array(z.string()),
  }),
})

/** The number to ring, with its reason on record. @throws CertificateMissing · CallbackNotFound and the source's own NotFound */
export const RevealPhone = call({
  name: 'followups.reveal',
  kind: 'read',
  audited: true,
  allow: callers,
  input: z.strictObject({ ...CallOf, reason: RevealReason }),
  output: Revealed,
})

/** 回访记录, newest first. */
export const Calls = call({
  name: 'followups.calls',
  kind: 'read',
  allow: callers,
  input: z.strictObject({
    result: z.enum(callResults).nullable().default(null),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(CallRow),
})

// 抽取

const period = { service: ServiceName, from: DateOnly, to: DateOnly }

/** Most that one period of one service may hold for a draw. */
export const maxPopulation = 50_000

/** What a draw would find: how many were finished, and how many of them the ratio asks for. */
export const Preview = call({
  name: 'followups.preview',
  kind: 'read',
  allow: leaders,
  input: z.strictObject(period),
  output: z.object({
    percent: z.int(),
    population: z.int(),
    size: z.int(),
    /** Why it cannot be drawn; none when it can. */
    obstacles: z.array(z.string()),
  }),
})

/** 抽取回访样本: at random, by a seed that is kept; each item given to a callback clerk who had no part in it.
 *  @throws PeriodNotOver · DrawnAlready · NotSampled */
export const Draw = call({
  name: 'followups.draw',
  kind: 'change',
  allow: leaders,
  input: z.strictObject({ requestId: RequestId, ...period }),
  output: z.object({ drawId: Id, population: z.int(), size: z.int(), unassigned: z.int() }),
})

export const DrawRow = z.object({
  id: Id,
  service: ServiceName,
  from: DateOnly,
  to: DateOnly,
  percent: z.int(),
  population: z.int(),
  size: z.int(),
  /** Of the drawn: called and not called yet. */
  called: z.int(),
  due: z.int(),
  at: Instant,
  actorName: z.string(),
})
export type DrawRow = z.output<typeof DrawRow>

export const Draws = call({
  name: 'followups.draws',
  kind: 'read',
  allow: leaders,
  input: z.strictObject({ page: PageRequest.prefault({}) }),
  output: pageOf(DrawRow),
})

/** 核对抽取: draws again with the kept seed from what was finished in the period, and compares. */
export const CheckDraw = call({
  name: 'followups.checkDraw',
  kind: 'read',
  allow: leaders,
  input: z.strictObject({ drawId: Id }),
  output: z.object({ matches: z.boolean(), seed: z.string(), population: z.int(), size: z.int() }),
})

/** 改派 a drawn item. @throws CertificateMissing · OwnWork */
export const Assign = call({
  name: 'followups.assign',
  kind: 'change',
  allow: leaders,
  input: z.strictObject({ requestId: RequestId, sampleId: Id, staffId: Id }),
  output: z.object({}),
})

/** Callback clerks who may ring about a drawn item. */
export const Candidates = call({
  name: 'followups.candidates',
  kind: 'read',
  allow: leaders,
  input: z.strictObject({ sampleId: Id }),
  output: z.array(z.object({ staffId: Id, staffNo: z.string(), name: z.string(), inHand: z.int() })),
})

// 回访检查

/** One count of each of what was finished in a period. */
export const Figures = z.object({
  finished: z.int(),
  /** Called back to an end: satisfied, dissatisfied or not to be reached. */
  called: z.int(),
  satisfied: z.int(),
  dissatisfied: z.int(),
  unreachable: z.int(),
  /** Nobody has ever rung. */
  never: z.int(),
  /** Waits longer than the days of the settings. */
  overdue: z.int(),
  reopened: z.int(),
})
export type Figures = z.output<typeof Figures>

export const figureNames = [
  'finished',
  'called',
  'satisfied',
  'dissatisfied',
  'unreachable',
  'never',
  'overdue',
  'reopened',
] as const
export type FigureName = (typeof figureNames)[number]

const span = { from: DateOnly, to: DateOnly }

/** The ratio of each service against its target, of this hall and of each person, for what was finished in a period. */
export const Ratios = call({
  name: 'followups.ratios',
  kind: 'read',
  allow: leaders,
  input: z.strictObject(span),
  output: z.object({
    hallName: z.string(),
    services: z.array(
      z.object({
        service: ServiceName,
        figures: Figures,
        target: z.int(),
        /** Whole percent called; null when nothing was finished. */
        percent: z.int().nullable(),
        missing: z.int(),
        /** A sample is drawn; the rest is not called. */
        sampled: z.boolean(),
      }),
    ),
    people: z.array(z.object({ service: ServiceName, personName: z.string(), figures: Figures })),
    callers: z.array(z.object({ actorName: z.string(), calls: z.int(), reached: z.int(), satisfied: z.int() })),
    /** Day of a month on which the sample of the month before is drawn by itself. */
    drawDay: z.int(),
  }),
})

export const FinishedRow = z.object({
  eventId: Id,
  service: ServiceName,
  number: z.string(),
  customerName: z.string(),
  personName: z.string().nullable(),
  round: z.int(),
  at: Instant,
  result: z.enum(callResults).nullable(),
  calledAt: Instant.nullable(),
  calledBy: z.string().nullable(),
  tries: z.int(),
  path: z.string(),
})
export type FinishedRow = z.output<typeof FinishedRow>

/** What stands behind a figure, in the order it was finished. What the operator is complained of in is not there. */
export const Finished = call({
  name: 'followups.finished',
  kind: 'read',
  allow: leaders,
  input: z.strictObject({
    ...span,
    service: ServiceName.nullable().default(null),
    personName: z.string().max(40).nullable().default(null),
    figure: z.enum(figureNames).default('finished'),
    page: PageRequest.prefault({}),
  }),
  output: pageOf(FinishedRow),
})
