/** 报装: from the application to the first flow of gas. Volumes in litres, pressures in pascals. */
import { z } from 'zod'
import {
  ListSearch,
  call,
  DateOnly,
  Id,
  Instant,
  LitreVolume,
  OwnWords,
  pageOf,
  PageRequest,
  remark,
  RequestId,
  shortText,
} from '../platform/contract.ts'
import { Contract } from '../contracts/api.ts'
import { Category, Place, Profile } from '../customers/api.ts'
import { Digits, meterKinds, MeterNo } from '../metering/api.ts'
import { checklistKinds } from './checklists.ts'
import { applicationActions, applicationStates, siteWork, type ApplicationState } from './rules.ts'

// The laws of tests and checks on site are the same wherever gas begins to flow: after 报装, 复用 and 恢复供气.
export { checklist, checklistPassed, checklistProblem, type Check, type ChecklistItem } from './checklists.ts'
export {
  agedTest,
  applicationActions,
  duringQuietHours,
  startingStates,
  stateAfter as applicationStateAfter,
  tightnessFaults,
  volumeProblem,
  type QuietHours,
  type TightnessValues,
} from './rules.ts'

export const ApplicationStateName = z.enum(applicationStates)
export const applicationStateNames: Record<ApplicationState, string> = {
  applied: '待勘查',
  unfit: '勘查不合格',
  surveyed: '待签合同',
  opened: '待装表',
  metered: '待验收',
  rejected: '验收不合格',
  accepted: '待通气',
  ignited: '已通气',
  cancelled: '已取消',
}

/** What a clerk most often writes, offered for choice. */
export const purposes: Record<z.output<typeof Category>, readonly string[]> = {
  resident: ['炊事', '炊事、热水', '炊事、热水、采暖'],
  industrial: ['工业锅炉', '工业窑炉', '生产工艺'],
  commercial: ['餐饮', '洗浴', '酒店', '商业采暖'],
  public: ['学校食堂', '医院', '养老机构', '机关食堂'],
}
export const applianceNames = ['燃气灶', '热水器', '采暖炉', '烤箱', '炒灶', '蒸箱', '锅炉'] as const

/** Kinds of appliance one application may list. */
const maxAppliances = 20
const Appliance = z.strictObject({
  name: shortText('用气设备', 20),
  count: z.int().min(1, '台数至少为 1').max(999, '台数不能超过 999'),
})

/** What a supply of gas is agreed for; the contracts are filled from it. */
export const supplyTermsShape = {
  purpose: shortText('用气用途', 30),
  appliances: z.array(Appliance).min(1, '请填写用气设备').max(maxAppliances, `用气设备不能超过 ${maxAppliances} 种`),
  householdSize: z.int('家庭人口应为整数').min(1, '家庭人口至少 1 人').max(50, '家庭人口不能超过 50 人'),
  pricePlanId: z.uuid({ error: '请选择气价' }),
  /** Agreed litres a year and in an hour; null for residents. */
  annualVolume: LitreVolume.nullable().default(null),
  hourlyVolume: LitreVolume.nullable().default(null),
}
const terms = { category: Category, ...supplyTermsShape }

const counter = ['clerk', 'hall-manager'] as const
const watchers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const

/** 申请. Customer and place may be on file already or be entered here. */
export const Apply = call({
  name: 'installations.apply',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    requestId: RequestId,
    customer: z.discriminatedUnion('known', [
      z.strictObject({ known: z.literal(true), customerId: Id }),
      z.strictObject({ known: z.literal(false), profile: Profile, confirmDuplicate: z.boolean().default(false) }),
    ]),
    servicePoint: z.discriminatedUnion('known', [
      z.strictObject({ known: z.literal(true), servicePointId: Id }),
      z.strictObject({ known: z.literal(false), place: Place }),
    ]),
    ...terms,
  }),
  output: z.object({ applicationId: Id, applicationNo: z.string() }),
})

/** 更改申请, before contracts are drafted. A change of purpose, appliances or volumes asks for another survey. */
export const Amend = call({
  name: 'installations.amend',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ requestId: RequestId, applicationId: Id, ...supplyTermsShape }),
  output: z.object({ state: ApplicationStateName }),
})

/** One answered item of a checklist. */
export const CheckAnswer = z.strictObject({
  item: z.string().min(1).max(40),
  ok: z.boolean({ error: '请逐项选择合格或不合格' }),
  note: remark('情况说明', 100).default(''),
})
/**
 * Who did it, and when: never in the future, never before the application. All work on site is done by somebody of the staff
 * with a maintenance certificate good on that day (clauses 10(8), 10(9)).
 */
const performed = { performedOn: DateOnly, workerId: z.uuid({ error: '请选择持证的办理人员' }) }
const checks = { checks: z.array(CheckAnswer).max(40), note: remark('备注', 300).default('') }
const checked = { requestId: RequestId, applicationId: Id, ...performed, ...checks }
const Outcome = z.object({
  passed: z.boolean(),
  /** Why not, in words. */
  reasons: z.array(z.string()),
  state: ApplicationStateName,
})
export type OutcomeValue = z.output<typeof Outcome>

/** 勘查 (clause 15). */
export const Survey = call({
  name: 'installations.survey',
  kind: 'change',
  allow: counter,
  input: z.strictObject(checked),
  output: Outcome,
})

/** 起草两份合同: whichever of them the application does not have. */
export const DraftContracts = call({
  name: 'installations.draftContracts',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ requestId: RequestId, applicationId: Id }),
  output: z.object({ supply: Id, safety: Id }),
})

/** 开户, only after both contracts are signed (clause 15). */
export const OpenAccount = call({
  name: 'installations.openAccount',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ requestId: RequestId, applicationId: Id }),
  output: z.object({ accountId: Id, accountNo: z.string() }),
})

/** 装表. */
export const InstallMeter = call({
  name: 'installations.installMeter',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    requestId: RequestId,
    applicationId: Id,
    ...performed,
    meterNo: MeterNo,
    kind: z.enum(meterKinds, { error: '请选择表具类型' }),
    model: shortText('表具型号', 30),
    digits: Digits,
    /** Litres. */
    initialIndex: LitreVolume,
  }),
  output: z.object({ meterId: Id }),
})

/** 验收 (clause 17(1)), by another than who put the meter in. Errors: OwnWork */
export const Accept = call({
  name: 'installations.accept',
  kind: 'change',
  allow: counter,
  input: z.strictObject(checked),
  output: Outcome,
})

/** 严密性试验: whether it passed is worked out from its values and the settings, never declared (clause 17(2)). */
export const TestTightness = call({
  name: 'installations.testTightness',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    requestId: RequestId,
    applicationId: Id,
    ...performed,
    pressurePa: z.int('压力应精确到帕').min(1, '请填写试验压力').max(10_000_000, '试验压力过大，请核对单位'),
    minutes: z.int('稳压时间应为整分钟').min(1, '请填写稳压时间').max(1440, '稳压时间不能超过一天'),
    dropPa: z.int('压降应精确到帕').min(0, '压降不能为负数').max(10_000_000, '压降过大，请核对单位'),
  }),
  output: Outcome,
})

/** 通气前安全检查 (clause 17(2)). */
export const CheckSafety = call({
  name: 'installations.checkSafety',
  kind: 'change',
  allow: counter,
  input: z.strictObject(checked),
  output: Outcome,
})

/** 通气: only with acceptance, both contracts, tightness test and safety check (clauses 15, 17). */
export const Ignite = call({
  name: 'installations.ignite',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ requestId: RequestId, applicationId: Id, workerId: Id }),
  output: z.object({ ignitedAt: Instant, accountNo: z.string() }),
})

/** 取消报装, before an account is opened; its contracts are voided. */
export const Cancel = call({
  name: 'installations.cancel',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ requestId: RequestId, applicationId: Id, reason: shortText('取消原因', 100) }),
  output: z.object({}),
})

/** 接手 an application that a colleague left. */
export const TakeOver = call({
  name: 'installations.takeOver',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ requestId: RequestId, applicationId: Id }),
  output: z.object({ holderName: z.string() }),
})

export const Obstacle = z.object({
  step: z.enum(['application', 'survey', 'contracts', 'meter', 'acceptance', 'ignition']),
  text: z.string(),
})
export type Obstacle = z.output<typeof Obstacle>

export const RecordKind = z.enum([
  'applied',
  'amended',
  'taken-over',
  'survey',
  'account',
  'meter',
  'acceptance',
  'tightness',
  'safety-check',
  'ignition',
  'cancelled',
])
export const recordKindNames: Record<z.output<typeof RecordKind>, string> = {
  applied: '申请',
  amended: '更改申请',
  'taken-over': '接手',
  survey: '勘查',
  account: '开户',
  meter: '装表',
  acceptance: '验收',
  tightness: '严密性试验',
  'safety-check': '安全检查',
  ignition: '通气',
  cancelled: '取消',
}

export const InstallationRecord = z.object({
  no: z.int(),
  kind: RecordKind,
  passed: z.boolean().nullable(),
  performedOn: DateOnly,
  performedBy: z.string(),
  /** Who worked on site; null for what is done at the counter. */
  workerId: Id.nullable(),
  /** What was found or entered, in words. */
  summary: OwnWords,
  /** Reasons of a failure, in words. */
  reasons: z.array(OwnWords),
  at: Instant,
  actorName: z.string(),
})
export type InstallationRecord = z.output<typeof InstallationRecord>

export const Application = z.object({
  id: Id,
  applicationNo: z.string(),
  state: ApplicationStateName,
  customerId: Id,
  customerName: z.string(),
  servicePointId: Id,
  address: z.string(),
  category: Category,
  purpose: z.string(),
  appliances: z.array(z.object({ name: z.string(), count: z.int() })),
  householdSize: z.int(),
  pricePlanId: Id,
  pricePlanName: z.string(),
  annualVolume: LitreVolume.nullable(),
  hourlyVolume: LitreVolume.nullable(),
  accountId: Id.nullable(),
  accountNo: z.string().nullable(),
  meterNo: z.string().nullable(),
  holderId: z.string(),
  holderName: z.string(),
  appliedOn: DateOnly,
  ignitedAt: Instant.nullable(),
})
export type Application = z.output<typeof Application>

/** Everything of one application: what is done, what is missing, and what stands in the way of each action now. */
export const Detail = call({
  name: 'installations.detail',
  kind: 'read',
  allow: watchers,
  input: z.strictObject({ applicationId: Id }),
  output: z.object({
    application: Application,
    contracts: z.array(Contract),
    records: z.array(InstallationRecord),
    obstacles: z.record(z.enum(applicationActions), z.array(Obstacle)),
    checklists: z.record(z.enum(checklistKinds), z.array(z.object({ item: z.string(), text: z.string() }))),
    /** What the tightness test must show: pascals, minutes, pascals. */
    tightness: z.object({ pressurePa: z.int(), minutes: z.int(), dropPa: z.int() }),
    /** Staff who may work on site today. */
    workers: z.array(z.object({ staffId: Id, staffNo: z.string(), name: z.string() })),
    /** Who did each kind of work here or else anywhere last: usually the one who does it again. */
    usual: z.record(z.enum(siteWork), Id.nullable()),
  }),
})

export const ListRow = z.object({
  id: Id,
  applicationNo: z.string(),
  state: ApplicationStateName,
  customerName: z.string(),
  address: z.string(),
  category: Category,
  holderId: z.string(),
  holderName: z.string(),
  appliedOn: DateOnly,
  /** Days since the application while it is in progress. */
  waitingDays: z.int(),
})
export type ListRow = z.output<typeof ListRow>

/** Applications, oldest first while in progress. */
export const List = call({
  name: 'installations.list',
  kind: 'read',
  allow: watchers,
  input: z.strictObject({
    /** `in-progress` is every state before 已通气 and 已取消. */
    state: z.union([ApplicationStateName, z.literal('in-progress')]).default('in-progress'),
    mine: z.boolean().default(false),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(ListRow),
})

/** How many applications in progress stand where; only states that occur. */
export const Counts = call({
  name: 'installations.counts',
  kind: 'read',
  allow: watchers,
  input: z.strictObject({}),
  output: z.array(z.object({ state: ApplicationStateName, count: z.int(), mine: z.int() })),
})
