/** 气价: what a screen may ask of the price plans. Volumes in litres, prices in 1/10000 yuan per m³, amounts in fen. */
import { z } from 'zod'
import {
  call,
  DateOnly,
  FenAmount,
  Id,
  LitreVolume,
  RequestId,
  shortText,
  UnitPriceValue,
} from '../platform/contract.ts'
import { isMonthDay, type MonthDay } from '../platform/dates.ts'
import { litre } from '../platform/money.ts'
import { planCategories } from './words.ts'

export {
  beginProblem,
  planCategories,
  planCategoryNames,
  priceActs,
  priceInWords,
  priceTerms,
  type PriceAct,
} from './words.ts'

export const PlanCategory = z.enum(planCategories, { error: '请选择用气性质' })
export type PlanCategory = z.output<typeof PlanCategory>

/** Tiers, seasons or persons a version may name at most. */
const maxTiers = 10
const maxSeasons = 12
/** Largest registered household (accounts_household). */
export const maxHousehold = 50

/** First day of a cycle, 'MM-DD'; 02-29 is refused because not every year has it. */
export const CycleStart = z
  .string()
  .refine(isMonthDay, { error: '周期起始日应为每年都有的日子，例如 01-01' })
  .transform((day) => day as MonthDay)

const Tier = z.strictObject({ upTo: LitreVolume.nullable(), price: UnitPriceValue })
const HouseholdAddon = z.strictObject({
  minPersons: z.int().min(2, '多人口起算人数应不小于 2').max(maxHousehold),
  mode: z.enum(['once', 'perExtraPerson']),
  addByTier: z.array(LitreVolume).max(maxTiers).readonly(),
})
const Season = z.strictObject({
  name: shortText('季节名称', 10),
  months: z.array(z.int().min(1).max(12)).min(1, '请选择月份').max(12).readonly(),
  price: UnitPriceValue,
})

/** What a version says about the price: tiered (阶梯), flat (单一) or seasonal (季节). */
export const PriceBody = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('tiered'),
      tiers: z.array(Tier).min(1, '至少需要一档').max(maxTiers, `最多 ${maxTiers} 档`).readonly(),
      householdAddon: HouseholdAddon.nullable(),
    }),
    z.strictObject({ kind: z.literal('flat'), price: UnitPriceValue }),
    z.strictObject({ kind: z.literal('seasonal'), seasons: z.array(Season).min(1).max(maxSeasons).readonly() }),
  ],
  { error: '请选择计价方式' },
)
export type PriceBody = z.output<typeof PriceBody>

const versionHead = { id: Id, effectiveFrom: DateOnly, source: z.string() }
export const Version = z.discriminatedUnion('kind', [
  PriceBody.options[0].extend(versionHead),
  PriceBody.options[1].extend(versionHead),
  PriceBody.options[2].extend(versionHead),
])

export const Plan = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  category: PlanCategory,
  cycleStart: CycleStart,
  state: z.enum(['in-force', 'retired']),
  /** Last day any bill of this plan covers; a new version begins after it. */
  billedThrough: DateOnly.nullable(),
  /** Accounts whose price it is. */
  accounts: z.int(),
  /** Versions that may still be revised: not begun, or of a plan nobody has yet. */
  open: z.array(Id).readonly(),
  versions: z.array(Version).readonly(),
})
export type Plan = z.output<typeof Plan>

/** The whole price list, plans in force first; a company has tens of them, never thousands. */
export const Plans = call({
  name: 'tariffs.plans',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ category: PlanCategory.optional() }),
  output: z.array(Plan),
})

/** access.approve, purpose `price`; needed once the hall has issued a bill. */
const approvalId = Id.nullable().default(null)

/** Whether a second person is asked for prices; not before the first bill, so that one administrator can begin. */
export const Rules = call({
  name: 'tariffs.rules',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: z.object({ needsSecondPerson: z.boolean(), today: DateOnly }),
})

/** @throws Conflict (code in use) · PlanRefused · PriceNeedsSecondPerson · ApprovalRefused */
export const CreatePlan = call({
  name: 'tariffs.createPlan',
  kind: 'change',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({
    requestId: RequestId,
    code: z.string().regex(/^[A-Za-z0-9-]{2,40}$/, '方案代码只能用字母、数字和短横，2 至 40 个'),
    name: shortText('方案名称', 40),
    category: PlanCategory,
    cycleStart: CycleStart,
    effectiveFrom: DateOnly,
    document: shortText('价格文件文号', 60),
    body: PriceBody,
    approvalId,
  }),
  output: z.object({ planId: Id, versionId: Id }),
})

export const AddVersion = call({
  name: 'tariffs.addVersion',
  kind: 'change',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({
    requestId: RequestId,
    planId: Id,
    effectiveFrom: DateOnly,
    document: shortText('价格文件文号', 60),
    body: PriceBody,
    approvalId,
  }),
  output: z.object({ versionId: Id }),
})

/**
 * 修改未启用的版本: what has not begun, or what nobody has yet, may be put right; the version that is there gives way to
 * the new one in one step. @throws VersionInForce · PlanRefused · PriceNeedsSecondPerson · ApprovalRefused
 */
export const ReviseVersion = call({
  name: 'tariffs.reviseVersion',
  kind: 'change',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({
    requestId: RequestId,
    versionId: Id,
    effectiveFrom: DateOnly,
    document: shortText('价格文件文号', 60),
    body: PriceBody,
    approvalId,
  }),
  output: z.object({ planId: Id, versionId: Id }),
})

/** 停用 or 重新启用: a retired plan is offered to nobody new; who has it keeps it. */
export const RetirePlan = call({
  name: 'tariffs.retirePlan',
  kind: 'change',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({
    requestId: RequestId,
    planId: Id,
    retired: z.boolean(),
    reason: shortText('原因', 100),
    approvalId,
  }),
  output: z.object({}),
})

/** Takes back a version that has not begun yet; one in force or on a bill stays for ever. */
export const WithdrawVersion = call({
  name: 'tariffs.withdrawVersion',
  kind: 'change',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({ requestId: RequestId, versionId: Id, reason: shortText('撤回原因', 100), approvalId }),
  output: z.object({ planId: Id }),
})

export const PreviewLine = z.object({
  name: z.string(),
  /** 0 where the price has no tiers. */
  tier: z.int(),
  season: z.string().nullable(),
  from: LitreVolume,
  to: LitreVolume,
  volume: LitreVolume,
  price: UnitPriceValue,
  amount: FenAmount,
  /** 「第二档 310–520：210 m³ × 3.30 = 693.00」 */
  text: z.string(),
})

/** 气费试算: what a volume would cost on a day, tier by tier. Writes nothing. */
export const Preview = call({
  name: 'tariffs.preview',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({
    planId: Id,
    volume: LitreVolume,
    householdSize: z.int().min(1, '人口数至少为 1').max(maxHousehold, `人口数最多 ${maxHousehold}`).default(1),
    usedBefore: LitreVolume.default(litre(0)),
    /** Null is today by the backend's clock. */
    on: DateOnly.nullable().default(null),
  }),
  output: z.object({
    on: DateOnly,
    versionId: Id,
    versionFrom: DateOnly,
    cycle: z.object({ firstDay: DateOnly, lastDay: DateOnly }),
    /** Upper limits of the tiers for this household, litres; null for the open last one; empty for other prices. */
    limits: z.array(LitreVolume.nullable()),
    lines: z.array(PreviewLine),
    total: FenAmount,
  }),
})

/** Samples a price is tried on at once. */
const maxSamples = 12

/** 试算一个还没有保存的价格: everything wrong with it by field, or what each sample would cost line by line. Writes nothing. */
export const TryOut = call({
  name: 'tariffs.tryOut',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({
    body: PriceBody,
    /** Its month decides the season. */
    on: DateOnly,
    samples: z
      .array(
        z.strictObject({
          volume: LitreVolume,
          householdSize: z.int().min(1, '人口数至少为 1').max(maxHousehold, `人口数最多 ${maxHousehold}`),
        }),
      )
      .max(maxSamples)
      .readonly(),
  }),
  output: z.object({
    problems: z.array(z.object({ /** In the body: 'tiers.1.upTo'. */ field: z.string(), message: z.string() })),
    results: z.array(z.object({ lines: z.array(PreviewLine), total: FenAmount })),
  }),
})
