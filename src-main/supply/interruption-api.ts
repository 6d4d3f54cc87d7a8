/** 停气: what a screen may ask about planned and emergency interruptions (clause 18(2)). Instants are epoch ms. */
import { z } from 'zod'
import { call, Id, Instant, OwnWords, pageOf, PageRequest, remark, RequestId, shortText } from '../platform/contract.ts'
import { ToldCare } from '../customers/api.ts'
import { careResults, interruptionActions, interruptionKinds, interruptionStates, scopeKinds } from './words.ts'

/** Who plans, begins and ends an interruption; who records postings and calls; who may look. */
const planners = ['hall-manager', 'dispatcher'] as const
const recorders = ['clerk', 'hall-manager', 'dispatcher'] as const
const lookers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const

/** Accounts one list may name, and days one interruption may last. */
export const maxListedAccounts = 200
export const maxInterruptionDays = 30
/** Buildings posted in one go. */
export const maxPostedTogether = 200
/** Customer notices on one paper; more are printed in parts. */
export const slipsPerPaper = 500

const KindName = z.enum(interruptionKinds, { error: '请选择计划停气或紧急停气' })
const StateName = z.enum(interruptionStates)

const placeName = (label: string, max: number) => shortText(label, max)
/** What is cut off. Names as the addresses have them. */
export const InterruptionScope = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('building'),
    community: placeName('小区', 40),
    building: placeName('楼栋', 12),
  }),
  z.strictObject({ kind: z.literal('community'), community: placeName('小区', 40) }),
  z.strictObject({ kind: z.literal('street'), street: placeName('街道', 40) }),
  z.strictObject({
    kind: z.literal('accounts'),
    accountIds: z
      .array(Id)
      .min(1, '请至少选择一户')
      .max(maxListedAccounts, `一次最多指定 ${maxListedAccounts} 户，更多的请按楼栋或小区停气`),
  }),
])
export type InterruptionScope = z.output<typeof InterruptionScope>

const planShape = {
  kind: KindName,
  reason: shortText('停气原因', 100),
  scope: InterruptionScope,
  fromAt: z.int({ error: '请填写停气时间' }).min(0),
  toAt: z.int({ error: '请填写结束时间' }).min(0),
  /** 预计恢复供气. */
  resumeBy: z.int({ error: '请填写预计恢复供气时间' }).min(0),
}
interface Times {
  readonly fromAt: number
  readonly toAt: number
  readonly resumeBy: number
}
const timesInOrder = ({ fromAt, toAt, resumeBy }: Times, issues: z.RefinementCtx) => {
  if (toAt <= fromAt) issues.addIssue({ code: 'custom', message: '结束时间应晚于停气时间', path: ['toAt'] })
  if (toAt - fromAt > maxInterruptionDays * 86_400_000) {
    issues.addIssue({ code: 'custom', message: `一次停气不能超过 ${maxInterruptionDays} 天`, path: ['toAt'] })
  }
  if (resumeBy < toAt) {
    issues.addIssue({ code: 'custom', message: '预计恢复供气不能早于结束时间', path: ['resumeBy'] })
  }
}

/** 新建停气. Nothing is announced yet. */
export const PlanInterruption = call({
  name: 'supply.planInterruption',
  kind: 'change',
  allow: planners,
  input: z.strictObject({ requestId: RequestId, ...planShape }).superRefine(timesInOrder),
  output: z.object({ interruptionId: Id, interruptionNo: z.string(), affected: z.int() }),
})

const onInterruption = { requestId: RequestId, interruptionId: Id }
const Reached = z.object({ state: StateName })

/** 修改 what was not announced yet. @throws GateNotPassed */
export const AmendInterruption = call({
  name: 'supply.amendInterruption',
  kind: 'change',
  allow: planners,
  input: z.strictObject({ ...onInterruption, ...planShape }).superRefine(timesInOrder),
  output: z.object({ affected: z.int() }),
})

/** 发出通知: lists the buildings and the special-care customers. @throws GateNotPassed with the missing hours */
export const NotifyInterruption = call({
  name: 'supply.notifyInterruption',
  kind: 'change',
  allow: planners,
  input: z.strictObject(onInterruption),
  output: Reached.extend({ buildings: z.int(), care: z.int() }),
})

/** 登记张贴: proof that the notice hangs, where, since when and by whom; of a cancelled one, the notice that takes it back. */
export const PostNotice = call({
  name: 'supply.postNotice',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({
    ...onInterruption,
    buildingIds: z.array(Id).min(1, '请选择楼栋').max(maxPostedTogether, `一次最多登记 ${maxPostedTogether} 处`),
    postedAt: Instant,
    place: shortText('张贴位置', 40),
    postedBy: shortText('张贴人', 20),
    /** Full path of the photo the clerk chose. */
    photoPath: z.string().min(1).max(1000).nullable().default(null),
  }),
  output: z.object({ unposted: z.int() }),
})

/** 登记电话告知 of a special-care customer. */
export const CallCare = call({
  name: 'supply.callCare',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({
    requestId: RequestId,
    careId: Id,
    result: z.enum(careResults, { error: '请选择通话结果' }),
    note: remark('通话情况', 200).default(''),
  }),
  output: z.object({ openCalls: z.int() }),
})

/** 放行: the manager lets the interruption begin though a special-care customer was not reached. @throws GateNotPassed */
export const OverrideCare = call({
  name: 'supply.overrideCare',
  kind: 'change',
  allow: ['hall-manager'],
  input: z.strictObject({ requestId: RequestId, careId: Id, reason: shortText('放行理由', 200) }),
  output: z.object({ openCalls: z.int() }),
})

/**
 * What lets an emergency begin without notice (clause 18(2)): a hazard on record that is not repaired yet, or the manager's
 * approval, bound to range and reason.
 */
export const EmergencyGround = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('order'), orderId: Id }),
  z.strictObject({ kind: z.literal('approval'), approvalId: Id, reason: shortText('紧急停气的理由', 200) }),
  /** Of a planned one: what lacks, with the manager's agreement. */
  z.strictObject({ kind: z.literal('excused'), approvalId: Id, reason: shortText('照现状开始的原因', 200) }),
])
export type EmergencyGround = z.output<typeof EmergencyGround>

/**
 * 开始停气: holds gas off at every affected service point, in slices. Going on after a crash is the same call. An emergency
 * names its ground; a planned one has none, but where it begins in spite of what lacks.
 * @throws GateNotPassed · ApprovalRefused
 */
export const StartInterruption = call({
  name: 'supply.startInterruption',
  kind: 'task',
  allow: planners,
  input: z.strictObject({ interruptionId: Id, ground: EmergencyGround.nullable().default(null) }),
  output: Reached.extend({ held: z.int() }),
})

/** 结束停气: lifts the holds, in slices; each customer then waits for the test and check (clause 17(2)). */
export const EndInterruption = call({
  name: 'supply.endInterruption',
  kind: 'task',
  allow: planners,
  input: z.strictObject({ interruptionId: Id }),
  output: Reached.extend({ lifted: z.int() }),
})

const timesShape = { fromAt: planShape.fromAt, toAt: planShape.toAt, resumeBy: planShape.resumeBy }

/**
 * 取消停气, or 改期: then the same range is planned anew for other times, as a draft that is announced like any other.
 * What was announced is taken back: `buildings` notices to post over, `care` special-care customers to ring.
 */
export const CancelInterruption = call({
  name: 'supply.cancelInterruption',
  kind: 'change',
  allow: planners,
  input: z.strictObject({
    ...onInterruption,
    reason: shortText('取消原因', 100),
    postponedTo: z.strictObject(timesShape).superRefine(timesInOrder).nullable().default(null),
  }),
  output: Reached.extend({ buildings: z.int(), care: z.int(), replacedBy: Id.nullable() }),
})

/** 延迟恢复: gas is not back when it was announced; the customers are told until when, and why. @throws GateNotPassed */
export const DelayInterruption = call({
  name: 'supply.delayInterruption',
  kind: 'change',
  allow: planners,
  input: z.strictObject({
    ...onInterruption,
    reason: shortText('延迟原因', 100),
    resumeBy: z.int({ error: '请填写新的预计恢复供气时间' }).min(0),
  }),
  output: Reached,
})

export const InterruptionRow = z.object({
  id: Id,
  interruptionNo: z.string(),
  kind: KindName,
  state: StateName,
  reason: z.string(),
  range: z.string(),
  fromAt: Instant,
  toAt: Instant,
  resumeBy: Instant,
  affected: z.int(),
  unposted: z.int(),
  openCalls: z.int(),
  /** After a cancellation: notices that hang still, and special-care customers who believe it still. */
  standing: z.int(),
  believing: z.int(),
  /** Service points that still wait for gas after its end. */
  awaiting: z.int(),
})
export type InterruptionRow = z.output<typeof InterruptionRow>

export const interruptionFilters = ['living', 'all', ...interruptionStates] as const
export type InterruptionFilter = (typeof interruptionFilters)[number]

/** 停气计划: what is not over by its beginning, the next first; what is over, the latest first. */
export const Interruptions = call({
  name: 'supply.interruptions',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({ filter: z.enum(interruptionFilters).default('living'), page: PageRequest.prefault({}) }),
  output: pageOf(InterruptionRow),
})

export const BuildingRow = z.object({
  id: Id,
  street: z.string(),
  community: z.string(),
  building: z.string(),
  place: z.string(),
  customers: z.int(),
  postedAt: Instant.nullable(),
  postedPlace: z.string(),
  postedBy: z.string(),
  hasPhoto: z.boolean(),
  /** Of the notice that takes it back, once it is cancelled. */
  takenBackAt: Instant.nullable(),
  takenBackPlace: z.string(),
  takenBackBy: z.string(),
  /** Posted with less than the period of notice left. */
  late: z.boolean(),
  /** Service points here that wait for gas. */
  awaiting: z.int(),
})
export type BuildingRow = z.output<typeof BuildingRow>

export const CareRow = z.object({
  id: Id,
  customerId: Id,
  accountId: Id,
  name: z.string(),
  /** Masked; whoever makes the call asks for it in full, which is in the audit log (clause 6(10)). */
  phoneMasked: z.string(),
  address: z.string(),
  care: ToldCare.nullable(),
  result: z.enum(careResults).nullable(),
  unreached: z.int(),
  overrideReason: z.string().nullable(),
  overriddenBy: z.string().nullable(),
  cancelResult: z.enum(careResults).nullable(),
  calls: z.array(
    z.object({ result: z.enum(careResults), note: OwnWords, at: Instant, by: z.string(), aboutCancel: z.boolean() }),
  ),
})
export type CareRow = z.output<typeof CareRow>

/** Buildings shown with an interruption, and special-care customers, the open ones first. */
export const maxBuildingsShown = 1_000
export const maxCareShown = 500

export const InterruptionDetail = call({
  name: 'supply.interruption',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({ interruptionId: Id }),
  output: z.object({
    interruption: InterruptionRow.extend({
      scope: InterruptionScope,
      noticeHours: z.int(),
      issuedBy: z.string(),
      createdAt: Instant,
      noticedAt: Instant.nullable(),
      interruptedAt: Instant.nullable(),
      endedAt: Instant.nullable(),
      cancelledAt: Instant.nullable(),
      cancelReason: z.string(),
      /** 改期: what was planned in its place, and what it was planned in place of. */
      replacedBy: z.object({ id: Id, interruptionNo: z.string() }).nullable(),
      replaces: z.object({ id: Id, interruptionNo: z.string() }).nullable(),
      delayedTo: Instant.nullable(),
      delayReason: z.string(),
      delayedAt: Instant.nullable(),
      /** Why an emergency began without notice: the hazard on record, or who approved it and why. */
      ground: z
        .object({ orderId: Id.nullable(), orderNo: z.string(), reason: z.string(), approver: z.string() })
        .nullable(),
      /** Holds are still being placed or lifted. */
      unfinished: z.boolean(),
    }),
    buildings: z.array(BuildingRow),
    care: z.array(CareRow),
    /** What stands in the way of each action now; an action that is possible has none. */
    obstacles: z.record(z.enum(interruptionActions), z.array(z.string())),
    /** All that stands in the way of the start, where the manager may agree to begin in spite of it; null otherwise. */
    excusable: z.string().nullable(),
  }),
})

export const AffectedRow = z.object({
  accountId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  gasState: z.string(),
  specialCare: z.boolean(),
})
export type AffectedRow = z.output<typeof AffectedRow>

/** 受影响客户, by place. */
export const Affected = call({
  name: 'supply.affected',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({ interruptionId: Id, page: PageRequest.prefault({}) }),
  output: pageOf(AffectedRow),
})

/** How many a scope meets, while it is being chosen. */
export const PreviewScope = call({
  name: 'supply.previewScope',
  kind: 'read',
  allow: planners,
  input: z.strictObject({ scope: InterruptionScope }),
  output: z.object({
    customers: z.int(),
    buildings: z.int(),
    care: z.int(),
    /** Hours of notice the hall asks for. */
    noticeHours: z.int(),
    /** When residents get no gas: '22:00' to '06:00'. */
    quiet: z.object({ from: z.string(), to: z.string() }),
  }),
})

/** Streets, communities or buildings offered while a scope is typed. */
export const SuggestScope = call({
  name: 'supply.suggestScope',
  kind: 'read',
  allow: planners,
  input: z.strictObject({
    kind: z.enum(scopeKinds),
    community: z.string().max(40).default(''),
    text: z.string().max(40),
  }),
  output: z.object({ names: z.array(z.string()) }),
})

/** The photo of a posting, opened and verified. */
export const PostingPhoto = call({
  name: 'supply.postingPhoto',
  kind: 'read',
  allow: recorders,
  input: z.strictObject({ buildingId: Id }),
  output: z.object({ name: z.string(), type: z.string(), bytes: z.instanceof(Uint8Array) }),
})
