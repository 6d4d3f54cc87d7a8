/**
 * 考核评价: scorecards of the hall (at least four a year, clause 27) and of the dispatch centre (at least two, clause 26),
 * from figures the system computed itself. Scores and totals in hundredths of a point. Instants are epoch ms.
 */
import { z } from 'zod'
import { call, DateOnly, Id, Instant, remark, RequestId, shortText } from '../platform/contract.ts'
import { cardActions, cardStates, scopes } from './rules.ts'

export {
  cardActionNames,
  cardStateNames,
  periodName,
  scopeNames,
  scopes,
  totalOf,
  transitions as cardTransitions,
  type CardAction,
  type CardState,
  type DueState,
  type Scope,
} from './rules.ts'

/** Who makes and signs scorecards; the dispatcher reads those of the dispatch centre. */
const makers = ['hall-manager', 'administrator'] as const
export const cardReaders = ['hall-manager', 'dispatcher', 'administrator'] as const

const ScopeName = z.enum(scopes)
const Year = z.int().min(2000).max(2100)

export const PeriodRow = z.object({
  scope: ScopeName,
  year: z.int(),
  period: z.int(),
  from: DateOnly,
  to: DateOnly,
  /** Last day on which it is signed in time. */
  dueOn: DateOnly,
  due: z.enum(['ahead', 'running', 'due', 'overdue', 'done', 'before']),
  /** Days left until `dueOn`; negative once late. */
  daysLeft: z.int(),
  card: z
    .object({
      id: Id,
      cardNo: z.string(),
      state: z.enum(cardStates),
      total: z.int().nullable(),
      grade: z.string(),
      signedAt: Instant.nullable(),
    })
    .nullable(),
})
export type PeriodRow = z.output<typeof PeriodRow>

/** The periods of a year with their scorecards, or that there is none yet; at most 24. The dispatcher sees those of the centre. */
export const Periods = call({
  name: 'appraisal.periods',
  kind: 'read',
  allow: cardReaders,
  input: z.strictObject({ year: Year.nullable().default(null) }),
  output: z.object({ year: z.int(), rows: z.array(PeriodRow) }),
})

/** 指标: what the system computes by itself; an item of the settings that names one is judged by it. */
export const Figures = call({
  name: 'appraisal.figures',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: z.array(z.object({ name: z.string(), label: z.string(), about: z.string() })),
})

/** Scorecards of this year and the last that are due or late, those that are late longest first. */
export const Missing = call({
  name: 'appraisal.missing',
  kind: 'read',
  allow: makers,
  input: z.strictObject({}),
  output: z.array(PeriodRow),
})

/** Begins the scorecard of a period that has begun, with the figures as they are now. @throws CardExists · PeriodAhead */
export const Begin = call({
  name: 'appraisal.begin',
  kind: 'change',
  allow: makers,
  input: z.strictObject({ requestId: RequestId, scope: ScopeName, year: Year, period: z.int().min(1).max(12) }),
  output: z.object({ scorecardId: Id }),
})

export const FigureRecordView = z.object({
  subject: z.string(),
  label: z.string(),
  note: z.string(),
  met: z.boolean(),
  link: z.string(),
})
/** Records behind one figure that a scorecard keeps. */
export const maxRecords = 100

export const CardItem = z.object({
  no: z.int(),
  label: z.string(),
  /** Null for what people judge. */
  figure: z.string().nullable(),
  about: z.string(),
  /** Points. */
  weight: z.int(),
  numerator: z.int().nullable(),
  denominator: z.int().nullable(),
  /** Hundredths of a point. */
  score: z.int().nullable(),
  note: z.string(),
})
export type CardItem = z.output<typeof CardItem>

export const Detail = call({
  name: 'appraisal.detail',
  kind: 'read',
  allow: cardReaders,
  input: z.strictObject({ scorecardId: Id }),
  output: z.object({
    id: Id,
    cardNo: z.string(),
    scope: ScopeName,
    from: DateOnly,
    to: DateOnly,
    state: z.enum(cardStates),
    total: z.int().nullable(),
    grade: z.string(),
    comment: z.string(),
    thresholds: z.string(),
    grades: z.string(),
    computedAt: Instant,
    createdBy: z.string(),
    reviewedAt: Instant.nullable(),
    reviewedBy: z.string().nullable(),
    signedAt: Instant.nullable(),
    signedBy: z.string().nullable(),
    items: z.array(CardItem),
    steps: z.array(z.object({ id: Id, kind: z.string(), note: z.string(), at: Instant, actorName: z.string() })),
    /** What stands in the way of each action for this operator now. */
    obstacles: z.record(z.enum(cardActions), z.array(z.string())),
  }),
})
export type CardDetail = z.output<typeof Detail.output>

/** The records behind one figure as they were when it was taken: what was not met first, at most `maxRecords`. */
export const Records = call({
  name: 'appraisal.records',
  kind: 'read',
  allow: cardReaders,
  input: z.strictObject({ scorecardId: Id, no: z.int().min(1).max(30) }),
  output: z.array(FigureRecordView),
})

const onCard = { requestId: RequestId, scorecardId: Id }

/** Scores and words of what people judge, words to the figures, and the comment on the whole. @throws GateNotPassed */
export const Fill = call({
  name: 'appraisal.fill',
  kind: 'change',
  allow: makers,
  input: z.strictObject({
    ...onCard,
    items: z
      .array(
        z.strictObject({
          no: z.int().min(1).max(30),
          /** Hundredths of a point; only for what people judge. */
          score: z
            .int('得分应为至多两位小数的数')
            .min(0, '得分不能小于零')
            .max(10_000, '得分不能超过 100 分')
            .nullable(),
          note: remark('说明', 300),
        }),
      )
      .max(30),
    comment: remark('总评', 1000),
  }),
  output: z.object({ total: z.int().nullable() }),
})

/** Takes the figures anew, by the items and weights the settings have now; what people wrote stays. @throws GateNotPassed */
export const Refresh = call({
  name: 'appraisal.refresh',
  kind: 'change',
  allow: makers,
  input: z.strictObject(onCard),
  output: z.object({ total: z.int().nullable() }),
})

/** 复核: the figures are taken a last time and stay so. @throws GateNotPassed */
export const Review = call({
  name: 'appraisal.review',
  kind: 'change',
  allow: makers,
  input: z.strictObject({ ...onCard, note: remark('复核意见', 300).default('') }),
  output: z.object({ total: z.int().nullable() }),
})

/** 退回: back to be filled in. @throws GateNotPassed */
export const Return = call({
  name: 'appraisal.return',
  kind: 'change',
  allow: makers,
  input: z.strictObject({ ...onCard, reason: shortText('退回原因', 300) }),
  output: z.object({}),
})

/** 签批, by somebody else than the reviewer; from then on nothing changes. @throws GateNotPassed */
export const Sign = call({
  name: 'appraisal.sign',
  kind: 'change',
  allow: makers,
  input: z.strictObject({ ...onCard, note: remark('签批意见', 300).default('') }),
  output: z.object({}),
})
