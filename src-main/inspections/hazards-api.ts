/** 隐患: from the finding to the closure, each step a call. */
import { z } from 'zod'
import { ListSearch, call, DateOnly, Id, Instant, OwnWords, pageOf, PageRequest } from '../platform/contract.ts'
import { hazardActions, hazardFilters, hazardProcess } from './hazard-process.ts'
import { MenderName, MostDays, readers } from './schemas.ts'
import { grades, receipts } from './words.ts'

const State = hazardProcess.states.schema()

// The steps: what each asks for, of whom and when stands in hazard-process.ts.
/** `suspended`: gas was cut with it. */
export const Regrade = hazardProcess.call('regrade', { suspended: z.boolean() })
export const Withdraw = hazardProcess.call('withdraw')
export const Deliver = hazardProcess.call('deliver')
export const Measure = hazardProcess.call('measure')
export const Stay = hazardProcess.call('stay')
export const Report = hazardProcess.call('report')
export const AttachPhoto = hazardProcess.call('photo')
export const Mend = hazardProcess.call('mend')
export const CloseHazard = hazardProcess.call('close')
const reinspection = hazardProcess.call('reinspect', { lifted: z.boolean() })
/** `lifted`: it kept gas off, and does so no longer. */
export const Reinspect = {
  ...reinspection,
  input: reinspection.input.refine(({ passed, newDeadline }) => passed || newDeadline !== null, {
    error: '复查不合格，请填写新的整改期限',
    path: ['newDeadline'],
  }),
}

export const HazardRow = z.object({
  hazardId: Id,
  hazardNo: z.string(),
  grade: z.enum(grades),
  item: z.string(),
  text: OwnWords,
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
  kind: hazardProcess.steps.schema(),
  state: State,
  passed: z.boolean().nullable(),
  note: OwnWords,
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
      measures: OwnWords,
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
    mostDays: MostDays,
    /** Who may have mended it for the company: with the certificate of maintenance. */
    workers: z.array(z.object({ staffId: Id, staffNo: z.string(), name: z.string() })),
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
