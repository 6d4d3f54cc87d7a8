/** 投诉 (clause 20): from the intake to the closure. Instants are epoch ms. Whoever is complained of sees none of it. */
import { z } from 'zod'
import {
  ListSearch,
  call,
  Id,
  Instant,
  OwnWords,
  pageOf,
  PageRequest,
  RequestId,
  Revealed,
  RevealReason,
  shortText,
} from '../platform/contract.ts'
import { Phone } from '../customers/api.ts'
import { complaintProcess, complaintStates, leaders, Parties, takers } from './process.ts'
import { complaintChannel, complaintClass, partyReason, replyChannel, satisfaction, subjectKind } from './words.ts'

export * from './words.ts'
export * from './process.ts'
export { percentOf } from './rules.ts'

const State = complaintProcess.states.schema()
const ClassName = complaintClass.schema('请选择类别')
const Subject = z.strictObject({ kind: subjectKind.schema(), id: Id })

/** 受理投诉. Whoever did what it points at counts as complained of. @throws ComplainedOf when that is the operator */
export const Take = call({
  name: 'complaints.take',
  kind: 'change',
  allow: takers,
  input: z.strictObject({
    requestId: RequestId,
    class: ClassName,
    channel: complaintChannel.schema('请选择来源'),
    complainantName: shortText('投诉人', 30),
    complainantPhone: Phone,
    accountId: Id.nullable().default(null),
    content: shortText('投诉内容', 500),
    /** When it came, where it is written down later; the 48 hours count from it. Null: now. */
    receivedAt: Instant.nullable().default(null),
    /** The order, bill or receipt it points at, of this account. */
    subject: Subject.nullable().default(null),
    /** Staff the customer named. */
    staffIds: Parties.default([]),
  }),
  output: z.object({ complaintId: Id, complaintNo: z.string(), replyBy: Instant }),
})

// The steps: what each asks for, of whom and when stands in process.ts.
export const Assign = complaintProcess.call('assign')
export const Investigate = complaintProcess.call('investigate')
export const Classify = complaintProcess.call('classify')
export const Name = complaintProcess.call('name')
export const Reply = complaintProcess.call('reply')
export const Close = complaintProcess.call('close')
export const Reopen = complaintProcess.call('reopen')

export const ComplaintRow = z.object({
  id: Id,
  complaintNo: z.string(),
  state: State,
  class: ClassName,
  channel: complaintChannel.schema(),
  complainantName: z.string(),
  content: OwnWords,
  subjectKind: subjectKind.schema().nullable(),
  subjectNo: z.string(),
  investigatorName: z.string().nullable(),
  takenAt: Instant,
  /** Later than `takenAt` where it was written down afterwards. */
  enteredAt: Instant,
  round: z.int(),
  replyBy: Instant,
  repliedAt: Instant.nullable(),
  satisfaction: satisfaction.schema().nullable(),
  updatedAt: Instant,
})
export type ComplaintRow = z.output<typeof ComplaintRow>

export const complaintFilters = ['open', 'overdue', 'mine', ...complaintStates] as const
export type ComplaintFilter = (typeof complaintFilters)[number]

/** 投诉看板: the next deadline first. What the operator is complained of in is not there. */
export const List = call({
  name: 'complaints.list',
  kind: 'read',
  allow: takers,
  input: z.strictObject({
    filter: z.enum(complaintFilters).default('open'),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(ComplaintRow),
})

export const Pressing = z.object({ id: Id, complaintNo: z.string(), replyBy: Instant })
export type Pressing = z.output<typeof Pressing>
/** Complaints one notice counts at most. */
export const maxPressing = 50

/** Those to be answered within a quarter of a day or late already, the next first; whoever does not lead hears of their own. */
export const ListPressing = call({
  name: 'complaints.pressing',
  kind: 'read',
  allow: takers,
  input: z.strictObject({}),
  output: z.array(Pressing),
})

/** How many complaints stand where; `dueSoon` must be answered within a quarter of a day. */
export const Counts = call({
  name: 'complaints.counts',
  kind: 'read',
  allow: takers,
  input: z.strictObject({}),
  output: z.object({
    open: z.int(),
    overdue: z.int(),
    dueSoon: z.int(),
    mine: z.int(),
    states: z.array(z.object({ state: State, count: z.int() })),
  }),
})

export const ComplaintStep = z.object({
  no: z.int(),
  round: z.int(),
  kind: complaintProcess.steps.schema(),
  state: State,
  passed: z.boolean().nullable(),
  note: OwnWords,
  personName: z.string().nullable(),
  replyChannel: replyChannel.schema().nullable(),
  doneAt: Instant.nullable(),
  at: Instant,
  actorName: z.string(),
})
export type ComplaintStep = z.output<typeof ComplaintStep>

export const Detail = call({
  name: 'complaints.detail',
  kind: 'read',
  allow: takers,
  input: z.strictObject({ complaintId: Id }),
  output: z.object({
    complaint: ComplaintRow.extend({
      /** Masked; `complaints.reveal` shows it in full. */
      complainantPhone: z.string(),
      customerId: Id.nullable(),
      accountId: Id.nullable(),
      accountNo: z.string().nullable(),
      subjectId: Id.nullable(),
      hallName: z.string(),
      takenBy: z.string(),
      investigatorId: Id.nullable(),
      replyHours: z.int(),
    }),
    /** An answer dated back further than this is agreed to by another, hours. */
    lateReplyHours: z.int(),
    parties: z.array(z.object({ staffId: Id, name: z.string(), reason: partyReason.schema() })),
    steps: z.array(ComplaintStep),
    /** What stands in the way of each action for this operator now; an action that is possible has none. */
    obstacles: z.record(complaintProcess.actions.schema(), z.array(z.string())),
  }),
})

/** The telephone of the complainant in full, with its reason on record. @throws ComplaintNotFound also for whoever is complained of */
export const RevealComplainant = call({
  name: 'complaints.reveal',
  kind: 'read',
  audited: true,
  allow: takers,
  input: z.strictObject({ complaintId: Id, reason: RevealReason }),
  output: Revealed,
})

/** 可指派人员: everybody who may investigate this complaint, whoever has least in hand first. */
export const Candidates = call({
  name: 'complaints.candidates',
  kind: 'read',
  allow: leaders,
  input: z.strictObject({ complaintId: Id }),
  output: z.array(z.object({ staffId: Id, staffNo: z.string(), name: z.string(), inHand: z.int() })),
})

/** Everybody at work, for naming who is complained of. */
export const People = call({
  name: 'complaints.people',
  kind: 'read',
  allow: takers,
  input: z.strictObject({}),
  output: z.array(z.object({ staffId: Id, staffNo: z.string(), name: z.string() })),
})

/** What a complaint of this account may point at: its latest orders, bills and receipts. */
export const Subjects = call({
  name: 'complaints.subjects',
  kind: 'read',
  allow: takers,
  input: z.strictObject({ accountId: Id }),
  output: z.array(z.object({ kind: subjectKind.schema(), id: Id, no: z.string(), text: z.string() })),
})

/** Complaints of one account, the newest first (at most 100). */
export const OfAccount = call({
  name: 'complaints.ofAccount',
  kind: 'read',
  allow: takers,
  input: z.strictObject({ accountId: Id }),
  output: z.array(ComplaintRow),
})

// 月度分析

export const Month = z.string({ error: '请选择月份' }).regex(/^20\d{2}-(0[1-9]|1[0-2])$/, '月份应写成 2026-11 的样子')

/** One count of each; `inTime + late + pending = taken`. Percentages are whole, null of nothing. */
export const Figures = z.object({
  taken: z.int(),
  inTime: z.int(),
  late: z.int(),
  /** Not answered yet, and the time is not over. */
  pending: z.int(),
  reopened: z.int(),
  closed: z.int(),
  satisfied: z.int(),
  dissatisfied: z.int(),
  unreachable: z.int(),
  /** Of those whose time has been decided. */
  inTimePercent: z.int().nullable(),
  /** Of those who said so. */
  satisfiedPercent: z.int().nullable(),
})
export type Figures = z.output<typeof Figures>

export const maxRepeated = 50

/** 投诉月度分析: what was taken in a month, against the month before and the same month last year. */
export const MonthAnalysis = call({
  name: 'complaints.month',
  kind: 'read',
  allow: leaders,
  input: z.strictObject({ month: Month }),
  output: z.object({
    month: Month,
    figures: Figures,
    /** The month before, and the same month a year ago. */
    before: Figures,
    lastYear: Figures,
    classes: z.array(z.object({ class: ClassName, figures: Figures, before: z.int(), lastYear: z.int() })),
    halls: z.array(z.object({ hallName: z.string(), figures: Figures })),
    /** Who complained more than once in the twelve months up to the end of this one, and in this one too. */
    repeated: z.array(
      z.object({
        name: z.string(),
        accountId: Id.nullable(),
        accountNo: z.string().nullable(),
        times: z.int(),
        inMonth: z.int(),
      }),
    ),
  }),
})

export const figureNames = ['taken', 'late', 'pending', 'reopened', 'satisfied', 'dissatisfied', 'unreachable'] as const
export type FigureName = (typeof figureNames)[number]

/** The complaints behind a figure of a month, in the order they were taken. */
export const InMonth = call({
  name: 'complaints.inMonth',
  kind: 'read',
  allow: leaders,
  input: z.strictObject({
    month: Month,
    class: ClassName.nullable().default(null),
    figure: z.enum(figureNames).default('taken'),
    page: PageRequest.prefault({}),
  }),
  output: pageOf(ComplaintRow),
})
