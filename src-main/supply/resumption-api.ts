/** 恢复供气: the visit with its test and check, and the list of those who wait (clauses 17(2), 19(3)). */
import { z } from 'zod'
import {
  ListSearch,
  call,
  Id,
  Instant,
  OwnWords,
  pageOf,
  PageRequest,
  remark,
  RequestId,
  shortText,
} from '../platform/contract.ts'
import { suspensionReasons } from '../customers/api.ts'
import { resumptionOutcomes } from './words.ts'

const recorders = ['clerk', 'hall-manager', 'dispatcher'] as const
const lookers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const

/** Households entered for one building in one go. */
export const maxBuildingRows = 200

/** 严密性试验 as read on site: pressure and drop in pascals. */
export const TightnessTest = z.strictObject({
  pressurePa: z.int('压力应精确到帕').min(1, '请填写试验压力').max(10_000_000, '试验压力过大，请核对单位'),
  minutes: z.int('稳压时间应为整分钟').min(1, '请填写稳压时间').max(1440, '稳压时间不能超过一天'),
  dropPa: z.int('压降应精确到帕').min(0, '压降不能为负数').max(10_000_000, '压降过大，请核对单位'),
})
const Checks = z
  .array(
    z.strictObject({
      item: z.string().min(1).max(40),
      ok: z.boolean(),
      note: z.string().trim().max(100, '说明不能超过 100 个字').default(''),
    }),
  )
  .max(30, '检查项目过多')

/** One visit: gas back, a finding, or nobody at home. Whether test and check pass is worked out, never declared. */
const Visit = {
  outcome: z.enum(resumptionOutcomes, { error: '请选择结果' }),
  tightness: TightnessTest.nullable().default(null),
  checks: Checks.nullable().default(null),
  note: remark('说明', 200).default(''),
}

/** 恢复供气 at one service point. @throws GateNotPassed with every obstacle · ServicePointNotFound */
export const ResumeSupply = call({
  name: 'supply.resumeSupply',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({
    requestId: RequestId,
    servicePointId: Id,
    ...Visit,
    testerId: z.uuid({ error: '请选择试验人' }).nullable().default(null),
    /** In the quiet hours of residents: who is awake and agreed, why it does not wait, and the manager's approval of it. */
    night: z
      .strictObject({
        consent: shortText('同意人', 30),
        reason: shortText('夜间恢复的原因', 200),
        approvalId: Id,
      })
      .nullable()
      .default(null),
  }),
  output: z.object({
    resumptionId: Id,
    outcome: z.enum(resumptionOutcomes),
    resumedAt: Instant.nullable(),
    noticeNo: z.string().nullable(),
  }),
})

/** A building entered at once by keyboard. What cannot be resumed stays suspended and says why; the others are done. */
export const ResumeBuilding = call({
  name: 'supply.resumeBuilding',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({
    requestId: RequestId,
    testerId: z.uuid({ error: '请选择试验人' }),
    rows: z
      .array(z.strictObject({ servicePointId: Id, ...Visit }))
      .min(1, '请至少登记一户')
      .max(maxBuildingRows, `一次最多登记 ${maxBuildingRows} 户`)
      .refine(
        (rows) => new Set(rows.map(({ servicePointId }) => servicePointId)).size === rows.length,
        '同一户登记了两次',
      ),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        servicePointId: Id,
        /** Null where nothing was written because of the obstacles. */
        outcome: z.enum(resumptionOutcomes).nullable(),
        noticeNo: z.string().nullable(),
        obstacles: z.array(z.string()),
      }),
    ),
  }),
})

const AwaitingBase = z.object({
  servicePointId: Id,
  accountId: Id.nullable(),
  accountNo: z.string().nullable(),
  customerName: z.string(),
  phoneMasked: z.string(),
  resident: z.boolean(),
  specialCare: z.boolean(),
  address: z.string(),
  cause: z.enum(suspensionReasons),
  since: Instant,
  dueAt: Instant,
  tries: z.int(),
  lastOutcome: z.enum(resumptionOutcomes).nullable(),
  lastNote: z.string(),
  lastAt: Instant.nullable(),
})
export const AwaitingRow = AwaitingBase
export type AwaitingRow = z.output<typeof AwaitingRow>

export const awaitingFilters = ['all', 'overdue', 'nobody-home', 'failed'] as const
export type AwaitingFilter = (typeof awaitingFilters)[number]

/** 待恢复: by the time that runs out first. */
export const Awaiting = call({
  name: 'supply.awaiting',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({
    filter: z.enum(awaitingFilters).default('all'),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(AwaitingRow),
})

/** Demands and people a resumption form needs. */
const FormFacts = {
  testers: z.array(z.object({ staffId: Id, staffNo: z.string(), name: z.string() })),
  /** The certificate a tester needs, in words. */
  certificate: z.string(),
  /** What is looked over, by whom it is for. */
  checklist: z.object({
    resident: z.array(z.object({ item: z.string(), text: z.string() })),
    other: z.array(z.object({ item: z.string(), text: z.string() })),
  }),
  /** At least, at least, at most: pascals, minutes, pascals. */
  demand: z.object({
    resident: z.object({ pressurePa: z.int(), minutes: z.int(), dropPa: z.int() }),
    other: z.object({ pressurePa: z.int(), minutes: z.int(), dropPa: z.int() }),
  }),
}

/** Everybody of a building who waits for gas, by unit and room. */
export const AwaitingBuilding = call({
  name: 'supply.awaitingBuilding',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({ buildingId: Id }),
  output: z.object({
    interruptionId: Id,
    interruptionNo: z.string(),
    place: z.string(),
    rows: z.array(AwaitingRow.extend({ unit: z.string(), room: z.string() })),
    ...FormFacts,
  }),
})

export const ResumptionView = z.object({
  id: Id,
  outcome: z.enum(resumptionOutcomes),
  noticeNo: z.string().nullable(),
  cause: z.string(),
  /** What was tested, in words; '' where nothing was. */
  test: z.string(),
  testerName: z.string().nullable(),
  note: OwnWords,
  at: Instant,
  actorName: z.string(),
})
export type ResumptionView = z.output<typeof ResumptionView>

/** How gas stands at an account: what holds it off, what blocks resumption, what is announced, what was done. */
export const SupplyOfAccount = call({
  name: 'supply.supplyOfAccount',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({ accountId: Id }),
  output: z.object({
    servicePointId: Id,
    gasState: z.string(),
    resident: z.boolean(),
    holds: z.array(
      z.object({ cause: z.enum(suspensionReasons), text: OwnWords, placedAt: Instant, placedBy: z.string() }),
    ),
    /** Why gas cannot be given back now, before any test; empty when the tester may go. */
    obstacles: z.array(z.string()),
    /** That of them which a customer who is awake, and the manager, can lift; null outside the quiet hours. */
    night: z.string().nullable(),
    dueAt: Instant.nullable(),
    /** Interruptions announced or under way that meet this account. */
    interruptions: z.array(
      z.object({
        id: Id,
        interruptionNo: z.string(),
        kind: z.string(),
        state: z.string(),
        reason: z.string(),
        fromAt: Instant,
        resumeBy: Instant,
      }),
    ),
    resumptions: z.array(ResumptionView),
    ...FormFacts,
  }),
})
