/** 投诉 (clause 20): from the intake to the closure. Instants are epoch ms. Whoever is complained of sees none of it. */
import { z } from 'zod'
import {
  ListSearch,
  call,
  Id,
  Instant,
  pageOf,
  PageRequest,
  remark,
  RequestId,
  Revealed,
  RevealReason,
  shortText,
} from '../platform/contract.ts'
import { Phone } from '../customers/api.ts'
import {
  complaintActions,
  complaintChannels,
  complaintClasses,
  complaintStates,
  partyReasons,
  replyChannels,
  satisfactions,
  subjectKinds,
} from './words.ts'

export * from './words.ts'
export { percentOf, timeliness, timerRuns, transitions } from './rules.ts'

const takers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const
/** Who hears of every deadline. */
export const leaders = ['hall-manager', 'dispatcher'] as const

const State = z.enum(complaintStates)
const ClassName = z.enum(complaintClasses, { error: '请选择类别' })
/** Staff one complaint may be about. */
export const maxParties = 10
const Parties = z.array(Id).max(maxParties, `被投诉人不能超过 ${maxParties} 人`)

const Subject = z.strictObject({ kind: z.enum(subjectKinds), id: Id })

/** 受理投诉. Whoever did what it points at counts as complained of. @throws ComplainedOf when that is the operator */
export const Take = call({
  name: 'complaints.take',
  kind: 'change',
  allow: takers,
  input: z.strictObject({
    requestId: RequestId,
    class: ClassName,
    channel: z.enum(complaintChannels, { error: '请选择来源' }),
    complainantName: shortText('投诉人', 30),
    complainantPhone: Phone,
    accountId: Id.nullable().default(null),
    content: shortText('投诉内容', 500),
    /** The order, bill or receipt it points at, of this account. */
    subject: Subject.nullable().default(null),
    /** Staff the customer named. */
    staffIds: Parties.default([]),
  }),
  output: z.object({ complaintId: Id, complaintNo: z.string(), replyBy: Instant }),
})

const onComplaint = { requestId: RequestId, complaintId: Id }
const Reached = z.object({ state: State })

/** 指派调查人 or 改派, never somebody complained of. @throws ComplainedOf */
export const Assign = call({
  name: 'complaints.assign',
  kind: 'change',
  allow: leaders,
  input: z.strictObject({ ...onComplaint, staffId: Id, note: remark('交代事项', 200).default('') }),
  output: Reached,
})

/** 记调查情况, by the investigator. */
export const Investigate = call({
  name: 'complaints.investigate',
  kind: 'change',
  allow: takers,
  input: z.strictObject({ ...onComplaint, note: shortText('调查情况', 500) }),
  output: Reached,
})

/** 改类别. */
export const Classify = call({
  name: 'complaints.classify',
  kind: 'change',
  allow: leaders,
  input: z.strictObject({ ...onComplaint, class: ClassName, note: shortText('改类别的原因', 200) }),
  output: Reached,
})

/** 补充被投诉人, as they come out. When the investigator is among them, the complaint waits for another one. */
export const Name = call({
  name: 'complaints.name',
  kind: 'change',
  allow: takers,
  input: z.strictObject({
    ...onComplaint,
    staffIds: Parties.min(1, '请选择被投诉人'),
    note: remark('说明', 200).default(''),
  }),
  output: Reached,
})

/** 回复 (clause 20(1)): how, when and what the customer was told. @throws NotInvestigated before an investigation */
export const Reply = call({
  name: 'complaints.reply',
  kind: 'change',
  allow: takers,
  input: z.strictObject({
    ...onComplaint,
    channel: z.enum(replyChannels, { error: '请选择回复方式' }),
    /** When the customer was answered; just now when left out. */
    repliedAt: Instant.nullable().default(null),
    note: shortText('回复内容', 500),
  }),
  output: Reached,
})

/** 关闭: only after callback, by nobody who handled it. */
export const Close = call({
  name: 'complaints.close',
  kind: 'change',
  allow: leaders,
  input: z.strictObject({ ...onComplaint, note: remark('备注', 300).default('') }),
  output: Reached,
})

/** 重新办理: the customer comes back; the 48 hours count anew. */
export const Reopen = call({
  name: 'complaints.reopen',
  kind: 'change',
  allow: takers,
  input: z.strictObject({ ...onComplaint, reason: shortText('重新办理原因', 200) }),
  output: Reached,
})

export const ComplaintRow = z.object({
  id: Id,
  complaintNo: z.string(),
  state: State,
  class: ClassName,
  channel: z.enum(complaintChannels),
  complainantName: z.string(),
  content: z.string(),
  subjectKind: z.enum(subjectKinds).nullable(),
  subjectNo: z.string(),
  investigatorName: z.string().nullable(),
  takenAt: Instant,
  round: z.int(),
  replyBy: Instant,
  repliedAt: Instant.nullable(),
  satisfaction: z.enum(satisfactions).nullable(),
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
  kind: z.enum(['take', ...complaintActions]),
  state: State,
  passed: z.boolean().nullable(),
  note: z.string(),
  personName: z.string().nullable(),
  replyChannel: z.enum(replyChannels).nullable(),
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
    parties: z.array(z.object({ staffId: Id, name: z.string(), reason: z.enum(partyReasons) })),
    steps: z.array(ComplaintStep),
    /** What stands in the way of each action for this operator now; an action that is possible has none. */
    obstacles: z.record(z.enum(complaintActions), z.array(z.string())),
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
  output: z.array(z.object({ kind: z.enum(subjectKinds), id: Id, no: z.string(), text: z.string() })),
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
