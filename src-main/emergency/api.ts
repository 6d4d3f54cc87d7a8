/** 应急: emergency plans that are at hand by one key, and drills (clauses 6(8), 24). */
import { z } from 'zod'
import {
  call,
  DateOnly,
  Id,
  Instant,
  pageOf,
  PageRequest,
  remark,
  RequestId,
  shortText,
  SourcePath,
} from '../platform/contract.ts'
import { PictureView, publishers, Year } from '../publicity/api.ts'
import { PlanContent } from './content.ts'
import { drillForms, drillResults, drillStates, planKinds } from './words.ts'

export * from './words.ts'
export { examplePlans } from './examples.ts'
export { maxChecks, maxContacts, maxSteps, PlanContent } from './content.ts'
export { answersTo, drillTransitions, type DrillAction } from './rules.ts'

const Kind = z.enum(planKinds, { error: '请选择预案类别' })

// Plans

/** A plan in force as it is read in a hurry: every phone can be dialled. */
export const PlanView = PlanContent.extend({
  /** Under which it is printed: the version, or `example:leak` for a shipped one. */
  paperId: z.string(),
  /** Null for a shipped example. */
  planId: Id.nullable(),
  kind: Kind,
  /** Shipped, not the company's own. */
  example: z.boolean(),
  no: z.int().nullable(),
  approvedAt: Instant.nullable(),
  approvedBy: z.string().nullable(),
})
export type PlanView = z.output<typeof PlanView>

/** Plans of one hall. */
export const maxPlans = 60

/** Every plan in force, by kind; for a kind without one of its own, the shipped example. */
export const Plans = call({
  name: 'emergency.plans',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.array(PlanView),
})

export const DraftRow = z.object({
  versionId: Id,
  planId: Id,
  kind: Kind,
  content: PlanContent,
  savedAt: Instant,
  savedBy: z.string(),
  problems: z.array(z.string()),
  /** Why this operator may not approve it, in words: nobody approves what they wrote. */
  obstacle: z.string().nullable(),
  /** The version in force that it will replace. */
  replaces: z.int().nullable(),
})
export type DraftRow = z.output<typeof DraftRow>

/** 待批准: every draft. */
export const Drafts = call({
  name: 'emergency.drafts',
  kind: 'read',
  allow: publishers,
  input: z.strictObject({}),
  output: z.array(DraftRow),
})

/** Writes at a plan: a new one without `planId`. The version in force stays until this one is approved. @throws PlanNotFound · TooManyPlans */
export const SavePlan = call({
  name: 'emergency.savePlan',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, planId: Id.nullable(), kind: Kind, content: PlanContent }),
  output: z.object({ planId: Id, versionId: Id, problems: z.array(z.string()) }),
})

/** 批准, by somebody who did not write at it. @throws PlanNotFound · OwnPlan · PlanIncomplete */
export const ApprovePlan = call({
  name: 'emergency.approvePlan',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, versionId: Id, note: remark('批准意见', 100).default('') }),
  output: z.object({ no: z.int() }),
})

/** @throws PlanNotFound */
export const DiscardPlan = call({
  name: 'emergency.discardPlan',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, versionId: Id }),
  output: z.object({}),
})

/** 废止. The shipped example of its kind shows again where no other plan of the kind is left. @throws PlanNotFound */
export const RetirePlan = call({
  name: 'emergency.retirePlan',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, planId: Id, reason: shortText('废止原因', 100) }),
  output: z.object({}),
})

/** Versions of a plan, the newest first. @throws PlanNotFound */
export const PlanVersions = call({
  name: 'emergency.planVersions',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ planId: Id }),
  output: z.array(
    z.object({
      versionId: Id,
      no: z.int(),
      content: PlanContent,
      savedBy: z.string(),
      approvedAt: Instant,
      approvedBy: z.string(),
      note: z.string(),
    }),
  ),
})

// Drills

const planned = {
  kind: Kind,
  form: z.enum(drillForms, { error: '请选择演练形式' }),
  title: shortText('演练名称', 50),
  plannedOn: DateOnly,
  place: shortText('地点', 60),
  scenario: shortText('演练情景', 500),
}

export const PlanDrill = call({
  name: 'emergency.planDrill',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, ...planned }),
  output: z.object({ drillId: Id, drillNo: z.string() }),
})

/** @throws DrillNotFound · DrillStep */
export const EditDrill = call({
  name: 'emergency.editDrill',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, drillId: Id, ...planned }),
  output: z.object({}),
})

const NewDefect = z.strictObject({
  what: shortText('问题', 100),
  responsible: shortText('整改责任人', 20),
  dueOn: DateOnly,
})

/** 登记演练: who took part, how it went, what it found. @throws DrillNotFound · DrillStep · AccountNotFound */
export const HoldDrill = call({
  name: 'emergency.holdDrill',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({
    requestId: RequestId,
    drillId: Id,
    heldOn: DateOnly,
    place: shortText('地点', 60),
    staffIds: z
      .array(Id)
      .min(1, '请选择参加演练的员工')
      .max(100)
      .refine((ids) => new Set(ids).size === ids.length, '参加人员重复'),
    /** Accounts of the customers who took part. */
    accountIds: z
      .array(Id)
      .max(200, '一次最多登记 200 位客户')
      .refine((ids) => new Set(ids).size === ids.length, '参加客户重复')
      .default([]),
    others: z.int('其他人数应为整数').min(0, '其他人数不能为负').max(100_000, '其他人数不能超过十万').default(0),
    result: z.enum(drillResults, { error: '请选择评价' }),
    evaluation: shortText('评价', 500),
    defects: z.array(NewDefect).max(30).default([]),
  }),
  output: z.object({ state: z.enum(drillStates) }),
})

/** A defect seen later. @throws DrillNotFound · DrillStep */
export const AddDefect = call({
  name: 'emergency.addDefect',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, drillId: Id, ...NewDefect.shape }),
  output: z.object({ defectId: Id }),
})

/** 整改完成. @throws DefectNotFound · DefectMended · DrillStep */
export const MendDefect = call({
  name: 'emergency.mendDefect',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({
    requestId: RequestId,
    defectId: Id,
    mendedOn: DateOnly,
    note: shortText('整改情况', 200),
  }),
  output: z.object({}),
})

/** 办结. @throws DrillNotFound · DrillStep while a defect is open */
export const CloseDrill = call({
  name: 'emergency.closeDrill',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, drillId: Id }),
  output: z.object({}),
})

/** @throws DrillNotFound · DrillStep */
export const CancelDrill = call({
  name: 'emergency.cancelDrill',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, drillId: Id, reason: shortText('取消原因', 100) }),
  output: z.object({}),
})

/** @throws DrillNotFound · AttachmentRefused */
export const AddDrillPicture = call({
  name: 'emergency.addPicture',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, drillId: Id, sourcePath: SourcePath }),
  output: z.object({ pictureId: Id }),
})

export const DrillRow = z.object({
  id: Id,
  drillNo: z.string(),
  kind: Kind,
  form: z.enum(drillForms),
  title: z.string(),
  state: z.enum(drillStates),
  plannedOn: DateOnly,
  heldOn: DateOnly.nullable(),
  onDate: DateOnly,
  place: z.string(),
  result: z.enum(drillResults).nullable(),
  staffCount: z.int(),
  customerCount: z.int(),
  others: z.int(),
  openDefects: z.int(),
  /** Planned and not held in time, or a defect not mended in time. */
  overdue: z.boolean(),
})
export type DrillRow = z.output<typeof DrillRow>

export const drillFilters = ['all', 'overdue', ...drillStates] as const
export type DrillFilter = (typeof drillFilters)[number]

/** 演练 of a year, the latest first. */
export const Drills = call({
  name: 'emergency.drills',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({
    filter: z.enum(drillFilters).default('all'),
    year: Year,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(DrillRow),
})

/** @throws DrillNotFound */
export const Drill = call({
  name: 'emergency.drill',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ drillId: Id }),
  output: z.object({
    drill: DrillRow.extend({
      scenario: z.string(),
      evaluation: z.string(),
      cancelReason: z.string(),
      createdBy: z.string(),
      heldBy: z.string().nullable(),
      closedAt: Instant.nullable(),
      closedBy: z.string().nullable(),
    }),
    staff: z.array(z.object({ staffId: Id, name: z.string() })),
    customers: z.array(z.object({ accountId: Id.nullable(), name: z.string(), place: z.string() })),
    defects: z.array(
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
    pictures: z.array(PictureView),
    /** What keeps it from being closed. */
    obstacles: z.array(z.string()),
  }),
})

/** 年度演练: held against the target of the settings, those who took part. */
export const DrillYear = call({
  name: 'emergency.drillYear',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ year: Year }),
  output: z.object({
    year: Year,
    target: z.int(),
    /** 预案培训 is no drill and does not count towards the target. */
    held: z.int(),
    trainings: z.int(),
    planned: z.int(),
    staff: z.int(),
    customers: z.int(),
    others: z.int(),
    defects: z.int(),
    mended: z.int(),
    kinds: z.array(z.object({ kind: Kind, held: z.int() })),
  }),
})

/** Days ahead in which what is planned is told on the page of the day. */
export const drillsSoonDays = 14

/** For the page of the day. */
export const DrillCounts = call({
  name: 'emergency.counts',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({
    /** Planned within `drillsSoonDays`, and planned for a day that has passed. */
    drillsSoon: z.int(),
    drillsOverdue: z.int(),
    defectsOpen: z.int(),
    defectsOverdue: z.int(),
    heldThisYear: z.int(),
    target: z.int(),
    /** Plans that wait for an approval. */
    drafts: z.int(),
  }),
})
