/** 隐患: from the finding to the closure, each step a call. */
import { z } from 'zod'
import {
  ListSearch,
  call,
  DateOnly,
  Id,
  Instant,
  pageOf,
  PageRequest,
  remark,
  RequestId,
  shortText,
} from '../platform/contract.ts'
import { GradeName, MenderName, planners, readers, recorders } from './schemas.ts'
import { grades, hazardActions, hazardFilters, hazardStates, receipts } from './words.ts'

const State = z.enum(hazardStates)
const onHazard = { requestId: RequestId, hazardId: Id }
const Reached = z.object({ state: State })

/** 调整等级: up cuts the supply at once; down below 较大 never. @throws GradeRefused */
export const Regrade = call({
  name: 'inspections.regrade',
  kind: 'change',
  allow: planners,
  input: z.strictObject({ ...onHazard, grade: GradeName, note: shortText('调整原因', 200) }),
  output: Reached.extend({ suspended: z.boolean() }),
})

/** 登记送达 of the 整改通知书, for every hazard it lists (clause 19(3)). */
export const Deliver = call({
  name: 'inspections.deliver',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({
    ...onHazard,
    deliveredOn: DateOnly,
    deliveredBy: shortText('送达人', 20),
    receivedBy: shortText('签收人', 30),
    receipt: z.enum(receipts, { error: '请选择送达方式' }),
  }),
  output: Reached,
})

/** 临时措施 while it cannot be mended at once (clause 19(4)). */
export const Measure = call({
  name: 'inspections.measure',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({ ...onHazard, note: shortText('临时措施', 200) }),
  output: Reached,
})

/** 现场监护: support was called, arrived, and the inspector was released once gas burned normally (clause 19(4)). */
export const Stay = call({
  name: 'inspections.stay',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({
    ...onHazard,
    supportCalledAt: Instant,
    supportArrivedAt: Instant.nullable().default(null),
    releasedAt: Instant.nullable().default(null),
    note: remark('监护情况', 200).default(''),
  }),
  output: Reached,
})

/** 上报 to the authority or the community (clause 19(3)). */
export const Report = call({
  name: 'inspections.report',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({
    ...onHazard,
    reportedTo: shortText('上报单位', 60),
    note: remark('上报情况', 200).default(''),
  }),
  output: Reached,
})

/** 现场照片: kept sealed among the customer's scans. */
export const AttachPhoto = call({
  name: 'inspections.attachPhoto',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({ ...onHazard, sourcePath: z.string().min(1, '请选择照片').max(1000) }),
  output: Reached,
})

/** 整改完成, as reported; it counts once re-inspected. */
export const Mend = call({
  name: 'inspections.mend',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({ ...onHazard, mendedOn: DateOnly, note: shortText('整改情况', 300) }),
  output: Reached,
})

/** 复查 by a certified inspector: good, or open again with a new deadline. @throws CertificateMissing */
export const Reinspect = call({
  name: 'inspections.reinspect',
  kind: 'change',
  allow: recorders,
  input: z
    .strictObject({
      ...onHazard,
      inspectorId: z.uuid({ error: '请选择安检员' }),
      inspectedOn: DateOnly,
      passed: z.boolean(),
      newDeadline: DateOnly.nullable().default(null),
      note: shortText('复查情况', 300),
    })
    .refine(({ passed, newDeadline }) => passed || newDeadline !== null, {
      error: '复查不合格，请填写新的整改期限',
      path: ['newDeadline'],
    }),
  output: Reached.extend({ lifted: z.boolean() }),
})

/** 关闭: after re-inspection and callback, with the notice delivered; never by whoever inspected it. */
export const CloseHazard = call({
  name: 'inspections.closeHazard',
  kind: 'change',
  allow: planners,
  input: z.strictObject({ ...onHazard, note: remark('备注', 300).default('') }),
  output: Reached,
})

export const HazardRow = z.object({
  hazardId: Id,
  hazardNo: z.string(),
  grade: z.enum(grades),
  item: z.string(),
  text: z.string(),
  mender: MenderName,
  state: State,
  foundOn: DateOnly,
  deadline: DateOnly,
  passedOn: DateOnly.nullable(),
  accountId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  finderName: z.string(),
  delivered: z.boolean(),
  noticeId: Id,
  round: z.int(),
  /** Epoch ms; for the order of those closed. */
  closedAt: Instant.nullable(),
})
export type HazardRow = z.output<typeof HazardRow>

/** 隐患 by deadline. `in-time`, `late`: re-inspected as good by the first deadline or after it, newest first. */
export const Hazards = call({
  name: 'inspections.hazards',
  kind: 'read',
  allow: readers,
  input: z.strictObject({
    filter: z.enum(hazardFilters).default('open'),
    grade: z.enum(grades).nullable().default(null),
    /** Only those found in these days, both included; of `good`, those re-inspected in them. */
    foundFrom: DateOnly.nullable().default(null),
    foundTo: DateOnly.nullable().default(null),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(HazardRow),
})

/** How many stand where; for the home page too. */
export const HazardCounts = call({
  name: 'inspections.hazardCounts',
  kind: 'read',
  allow: readers,
  input: z.strictObject({}),
  output: z.object({
    open: z.int(),
    overdue: z.int(),
    /** 较大 and 重大, not mended. */
    grave: z.int(),
    mended: z.int(),
    passed: z.int(),
    calledBack: z.int(),
  }),
})

export const HazardStep = z.object({
  no: z.int(),
  round: z.int(),
  kind: z.enum(['find', ...hazardActions]),
  state: State,
  passed: z.boolean().nullable(),
  note: z.string(),
  workerName: z.string().nullable(),
  attachmentId: Id.nullable(),
  doneOn: DateOnly.nullable(),
  at: Instant,
  actorName: z.string(),
})
export type HazardStep = z.output<typeof HazardStep>

/** One hazard. @throws HazardNotFound */
export const Hazard = call({
  name: 'inspections.hazard',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ hazardId: Id }),
  output: z.object({
    hazard: HazardRow.extend({
      visitId: Id,
      visitNo: z.string(),
      customerId: Id,
      /** Masked. */
      phone: z.string(),
      firstDeadline: DateOnly,
      measures: z.string(),
      supportCalledAt: Instant.nullable(),
      supportArrivedAt: Instant.nullable(),
      releasedAt: Instant.nullable(),
      reportedTo: z.string(),
      mendedOn: DateOnly.nullable(),
      /** Whether this hazard keeps gas off now. */
      holding: z.boolean(),
    }),
    notice: z.object({
      noticeNo: z.string(),
      deliveredOn: DateOnly.nullable(),
      deliveredBy: z.string().nullable(),
      receivedBy: z.string().nullable(),
      receipt: z.enum(receipts).nullable(),
    }),
    steps: z.array(HazardStep),
    /** What stands in the way of each action for this operator now. */
    obstacles: z.record(z.enum(hazardActions), z.array(z.string())),
    /** Days a new deadline is proposed at. */
    mendDays: z.int(),
  }),
})

/** Hazards of one account, open ones first (at most 100). */
export const HazardsOfAccount = call({
  name: 'inspections.hazardsOfAccount',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ accountId: Id }),
  output: z.array(HazardRow),
})
