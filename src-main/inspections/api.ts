/** 安检与隐患: the plan, the visits and what they find (clauses 10(6), 19, 21). Dates in Asia/Shanghai, instants epoch ms. */
import { z } from 'zod'
import { careKinds } from '../customers/api.ts'
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
  shortText,
  SourcePath,
  ListSearch,
} from '../platform/contract.ts'
import { isLowered, loweredProblem, outcomes, requestCauses, roundFilters, taskFilters, taskStates } from './words.ts'
import { FailedItem, ItemCheck, MostDays, recorders, planners, readers, TimeOfDay, Unsigned } from './schemas.ts'

export * from './words.ts'
export * from './hazard-process.ts'
export * from './hazards-api.ts'
export { FailedItem, ItemCheck, measuresMissing, MostDays, stayMissing, Unsigned } from './schemas.ts'
export {
  absencesToEscalate,
  ageBands,
  maxRoundSize,
  periodsOf,
  checkProblems,
  gapProblem,
  isDrawn,
  leastGap,
  deadlineProblem,
  latestDeadline,
  lowersGrave,
  releaseProblem,
  signatureProblem,
  spread,
  weeksOf,
} from './rules.ts'

const TaskStateName = z.enum(taskStates)
const OutcomeName = z.enum(outcomes, { error: '请选择结果' })
const CauseName = z.enum(requestCauses, { error: '请选择临时安检的缘由' })
const Year = z.int().min(2000).max(2100)
// The plan

export const PlanRun = z.object({
  runId: Id,
  year: z.int(),
  state: z.enum(['running', 'cancelling', 'cancelled', 'finished']),
  /** False for a run that was interrupted; the next one does what is left. */
  live: z.boolean(),
  startedAt: Instant,
  /** True for a run nobody asked for. */
  byItself: z.boolean(),
  finishedAt: Instant.nullable(),
  total: z.int(),
  done: z.int(),
  added: z.int(),
  dropped: z.int(),
})
export type PlanRun = z.output<typeof PlanRun>

/**
 * 生成计划: one inspection for every account and period that is not over, spread over its weeks, neighbours together.
 * Again adds only what is missing and drops what closed. Tells `progress` events under `inspections.generate`.
 * Error: PlanUnderWay
 */
export const Generate = call({
  name: 'inspections.generate',
  kind: 'task',
  allow: planners,
  input: z.strictObject({ year: Year }),
  output: PlanRun,
})

/** Stops the generation after the slice it is in; what is planned stays. */
export const CancelGenerate = call({
  name: 'inspections.cancelGenerate',
  kind: 'change',
  allow: planners,
  input: z.strictObject({}),
  output: z.object({ cancelled: z.boolean() }),
})

/** How one class stands in one period. */
export const PeriodProgress = z.object({
  resident: z.boolean(),
  from: DateOnly,
  to: DateOnly,
  /** Accounts planned, inspected, refused, with three absences in a row. */
  planned: z.int(),
  done: z.int(),
  /** Done by the last day of the period. */
  inTime: z.int(),
  refused: z.int(),
  absent: z.int(),
  /** Days to the last day of the period; negative once it is over. */
  daysLeft: z.int(),
})
export type PeriodProgress = z.output<typeof PeriodProgress>

/** 计划进度 of a year, and the last generation of the plan. */
export const Plan = call({
  name: 'inspections.plan',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ year: Year.nullable().default(null) }),
  output: z.object({
    year: z.int(),
    periods: z.array(PeriodProgress),
    last: PlanRun.nullable(),
    /** The day on which the plan of the year after makes itself. */
    nextOn: DateOnly,
  }),
})

/** Accounts are counted as far as this; a number above it means that there are more. */
export const maxTaskCount = 99_999

/** What is to be done now, for the home page too. */
export const Counts = call({
  name: 'inspections.counts',
  kind: 'read',
  allow: readers,
  input: z.strictObject({}),
  output: z.object({
    open: z.int(),
    overdue: z.int(),
    /** To be visited within seven days. */
    upcoming: z.int(),
    absent: z.int(),
    refused: z.int(),
    /** Lists of this week and earlier that nobody was given yet. */
    unassigned: z.int(),
  }),
})

export const RoundRow = z.object({
  roundId: Id,
  roundNo: z.string(),
  resident: z.boolean(),
  weekOn: DateOnly,
  community: z.string(),
  building: z.string(),
  total: z.int(),
  open: z.int(),
  hazard: z.int(),
  /** A 临时安检. */
  requested: z.boolean(),
  assigneeId: Id.nullable(),
  assigneeName: z.string().nullable(),
})
export type RoundRow = z.output<typeof RoundRow>

/** 任务单 week by week, in walking order. */
export const Rounds = call({
  name: 'inspections.rounds',
  kind: 'read',
  allow: readers,
  input: z.strictObject({
    filter: z.enum(roundFilters).default('open'),
    /** Only of this community, exactly. */
    community: z.string().trim().max(40).default(''),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(RoundRow),
})

/** 可派人员: holders of a good inspection certificate, and how many accounts each has to visit still. */
export const Inspectors = call({
  name: 'inspections.inspectors',
  kind: 'read',
  allow: readers,
  input: z.strictObject({}),
  output: z.array(z.object({ staffId: Id, staffNo: z.string(), name: z.string(), inHand: z.int() })),
})

/** Lists given to somebody at once. */
export const maxAssigned = 200
/** 派工 or 改派: only to certified staff (clauses 10(8)(9)). @throws CertificateMissing · RoundNotFound */
export const Assign = call({
  name: 'inspections.assign',
  kind: 'change',
  allow: planners,
  input: z.strictObject({
    requestId: RequestId,
    roundIds: z.array(Id).min(1, '请先选择任务单').max(maxAssigned, `一次最多派 ${maxAssigned} 张任务单`),
    staffId: z.uuid({ error: '请选择安检员' }),
  }),
  output: z.object({ assigned: z.int(), assigneeName: z.string() }),
})

// Results

const LastResult = z.object({ visitedOn: DateOnly, outcome: OutcomeName })
export const SheetRow = z.object({
  taskId: Id,
  accountId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  /** Masked. */
  phone: z.string(),
  unit: z.string(),
  room: z.string(),
  address: z.string(),
  meterNo: z.string().nullable(),
  care: z.array(z.enum(careKinds)),
  careMeasures: OwnWords,
  resident: z.boolean(),
  /** Why it is inspected out of turn; null when only the plan asks for it. */
  cause: CauseName.nullable(),
  causeNote: OwnWords,
  state: TaskStateName,
  visitOn: DateOnly,
  periodTo: DateOnly,
  absences: z.int(),
  /** Whether it still stands on this list; an absence moves it on to a later one. */
  listed: z.boolean(),
  openHazards: z.int(),
  /** Drawn: whoever is let in brings a photo or the signed sheet. */
  proof: z.boolean(),
  /** The result before this list. */
  last: LastResult.nullable(),
  /** What was entered for this list. */
  done: LastResult.extend({
    visitId: Id,
    inspectorName: z.string(),
    signatory: z.string(),
    unsigned: OwnWords.nullable(),
    note: OwnWords,
  }).nullable(),
})
export type SheetRow = z.output<typeof SheetRow>

/** One list with its accounts in walking order. @throws RoundNotFound */
export const Round = call({
  name: 'inspections.round',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ roundId: Id }),
  output: z.object({
    round: RoundRow,
    rows: z.array(SheetRow),
    mendDays: z.int(),
    mostDays: MostDays,
    /** What the company asks beyond the regulation on this list, as its setting has it. */
    ownItems: z.string(),
  }),
})

/**
 * 录入结果 of one account. Hazards cut the supply at once from 较大 on; absence plans the next visit by itself.
 * @throws TaskNotFound · ResultRefused · CertificateMissing
 */
export const Record = call({
  name: 'inspections.record',
  kind: 'change',
  allow: recorders,
  input: z
    .strictObject({
      requestId: RequestId,
      taskId: Id,
      visitedOn: DateOnly,
      /** When the inspector stood at the door, as it is written on the sheet. */
      arrivedAt: TimeOfDay('请填写到达时间，如 0935'),
      inspectorId: z.uuid({ error: '请选择安检员' }),
      outcome: OutcomeName,
      /** Whoever signed for the customer. */
      signatory: z
        .string()
        .trim()
        .max(30, '签字人不能超过 30 个字')
        .regex(/^$|\p{L}/u, '签字人应填写姓名')
        .default(''),
      /** 拒签, instead of a signatory. */
      unsigned: Unsigned.nullable().default(null),
      note: remark('说明', 300).default(''),
      /** An answer for each item of the checklist; none where nobody was let in. */
      checks: z.array(ItemCheck).max(30, '检查项目过多').default([]),
      failed: z.array(FailedItem).max(20, '一次最多登记 20 处隐患').default([]),
      /** Full path of a photo or of the signed sheet: proof of a visit that was drawn. */
      proof: SourcePath.nullable().default(null),
      /** The manager's approval where a finding is graded below the least of its item. */
      lowered: z
        .strictObject({ approvalId: Id, reason: shortText('降级理由', 200) })
        .nullable()
        .default(null),
    })
    .superRefine(({ outcome, note, failed, lowered }, issues) => {
      const wrong = (path: string, message: string) => issues.addIssue({ code: 'custom', message, path: [path] })
      if (outcome === 'refused' && note === '') wrong('note', '请填写拒检原因')
      if (outcome === 'hazard' && failed.length === 0) wrong('failed', '请至少登记一处隐患')
      if (outcome !== 'hazard' && failed.length > 0) wrong('failed', '有隐患的，结果请选“隐患”')
      const low = failed.find(isLowered)
      if (low && lowered === null) wrong('lowered', loweredProblem(low))
      if (!low && lowered !== null) wrong('lowered', '没有定得过低的隐患，不需要批准')
    }),
  output: z.object({
    visitId: Id,
    visitNo: z.string(),
    state: TaskStateName,
    /** When somebody goes again, after an absence. */
    visitOn: DateOnly.nullable(),
    noticeId: Id.nullable(),
    hazardIds: z.array(Id),
    /** Whether the supply was cut by it. */
    suspended: z.boolean(),
  }),
})

/** 撤销录入: a slip of the keyboard, the account's last result, without hazards. @throws VisitNotFound · ResultRefused */
export const VoidVisit = call({
  name: 'inspections.voidVisit',
  kind: 'change',
  allow: planners,
  input: z.strictObject({ requestId: RequestId, visitId: Id, reason: shortText('撤销原因', 100) }),
  output: z.object({ state: TaskStateName }),
})

/** 另约上门: after a refusal or absences, with what was agreed. @throws TaskNotFound · ResultRefused */
export const Arrange = call({
  name: 'inspections.arrange',
  kind: 'change',
  allow: planners,
  input: z.strictObject({ requestId: RequestId, taskId: Id, visitOn: DateOnly, note: shortText('处理情况', 200) }),
  output: z.object({ roundId: Id, visitOn: DateOnly }),
})

/**
 * 临时安检 of one account, out of turn, given to one inspector on a list of its own. Where the account's inspection of the
 * period is still to be done, this is it; where it is done, this one is beyond the plan and counts in no coverage.
 * @throws CertificateMissing · RequestRefused
 */
export const RequestInspection = call({
  name: 'inspections.request',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({
    requestId: RequestId,
    accountId: Id,
    cause: CauseName,
    note: remark('情况说明', 200).default(''),
    visitOn: DateOnly,
    inspectorId: z.uuid({ error: '请选择安检员' }),
  }),
  output: z.object({
    taskId: Id,
    roundId: Id,
    roundNo: z.string(),
    /** Whether it is the account's inspection of the period. */
    ofPlan: z.boolean(),
  }),
})

/** 撤回 a 临时安检 beyond the plan. What the plan asks for stays, and is arranged anew. @throws TaskNotFound · RequestRefused */
export const WithdrawRequest = call({
  name: 'inspections.withdrawRequest',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({ requestId: RequestId, taskId: Id, reason: shortText('撤回原因', 100) }),
  output: z.object({ state: TaskStateName }),
})

export const TaskRow = z.object({
  taskId: Id,
  roundId: Id,
  accountId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  resident: z.boolean(),
  /** Beyond the plan: the inspection of its period was done already. */
  extra: z.boolean(),
  cause: CauseName.nullable(),
  causeNote: OwnWords,
  state: TaskStateName,
  visitOn: DateOnly,
  periodFrom: DateOnly,
  periodTo: DateOnly,
  daysLeft: z.int(),
  absences: z.int(),
  doneOn: DateOnly.nullable(),
  assigneeName: z.string().nullable(),
  care: z.boolean(),
  /** The last visit's note: why it was refused. */
  note: OwnWords,
  lastVisitId: Id.nullable(),
})
export type TaskRow = z.output<typeof TaskRow>

/** 待办户 by what is due first; those done, newest first. */
export const Tasks = call({
  name: 'inspections.tasks',
  kind: 'read',
  allow: readers,
  input: z.strictObject({
    filter: z.enum(taskFilters).default('open'),
    /** Only of the period that ends on this day, of one class. */
    period: z.strictObject({ to: DateOnly, resident: z.boolean() }).nullable().default(null),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(TaskRow),
})

export const VisitRow = z.object({
  visitId: Id,
  visitNo: z.string(),
  accountId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  visitedOn: DateOnly,
  arrivedAt: Instant,
  outcome: OutcomeName,
  inspectorName: z.string(),
  signatory: z.string(),
  /** 拒签: why; null where somebody signed or nobody was let in. */
  unsigned: OwnWords.nullable(),
  note: OwnWords,
  hazards: z.int(),
  noticeId: Id.nullable(),
  enteredBy: z.string(),
  enteredAt: Instant,
  voided: z.boolean(),
  voidReason: OwnWords.nullable(),
})
export type VisitRow = z.output<typeof VisitRow>

/** 安检记录, newest first, also those voided. */
export const Visits = call({
  name: 'inspections.visits',
  kind: 'read',
  allow: readers,
  input: z.strictObject({
    outcome: OutcomeName.nullable().default(null),
    /** Only 拒签. */
    unsigned: z.boolean().default(false),
    from: DateOnly.nullable().default(null),
    to: DateOnly.nullable().default(null),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(VisitRow),
})

/** 安检 of one account: its inspections of this year and next, its visits (at most 100). */
export const OfAccount = call({
  name: 'inspections.ofAccount',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ accountId: Id }),
  output: z.object({ tasks: z.array(TaskRow), visits: z.array(VisitRow) }),
})

// Statistics (clause 19(2))

const Month = z.object({
  /** 'YYYY-MM' */
  month: z.string(),
  passed: z.int(),
  hazard: z.int(),
  absent: z.int(),
  refused: z.int(),
  /** 拒签 among those let in. */
  unsigned: z.int(),
  /** Hazards found in it, and re-inspected as mended in it. */
  found: z.int(),
  mended: z.int(),
})
export const Statistics = call({
  name: 'inspections.statistics',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ year: Year.nullable().default(null) }),
  output: z.object({
    year: z.int(),
    periods: z.array(PeriodProgress),
    /** Days on which one inspector did more than can be: too many households, or two at one time. Newest first. */
    impossible: z.array(
      z.object({
        on: DateOnly,
        inspectorName: z.string(),
        visits: z.int(),
        /** Of these, arrivals at a time at which another visit of the same inspector arrived too. */
        sameTime: z.int(),
        firstAt: Instant,
        lastAt: Instant,
      }),
    ),
    mostPerDay: z.int(),
    /** January to December. */
    months: z.array(Month),
    hazards: z.object({
      /** Found in the year, by grade. */
      found: z.object({ general: z.int(), serious: z.int(), critical: z.int() }),
      /** Of those found in the year: mended by the first deadline, after it, not mended and past it. */
      inTime: z.int(),
      late: z.int(),
      overdue: z.int(),
      /** Not mended today, whenever found, by age; `from` and `to` are days of finding. */
      open: z.array(
        z.object({
          label: z.string(),
          foundFrom: DateOnly.nullable(),
          foundTo: DateOnly,
          general: z.int(),
          serious: z.int(),
          critical: z.int(),
        }),
      ),
    }),
  }),
})
