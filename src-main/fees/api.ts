/**
 * 收费项目: what the counter charges for beside gas: a price list with the document behind each price, and what was charged to
 * whom. Paid at the cash desk (`cashier.collect`). Amounts are whole fen, quantities hundredths of a unit.
 */
import { z } from 'zod'
import {
  call,
  DateOnly,
  FenAmount,
  Id,
  Instant,
  pageOf,
  PageRequest,
  PositiveFen,
  remark,
  RequestId,
  shortText,
  SignedFen,
} from '../platform/contract.ts'
import { chargeState, feeAccount, feeBuyer, feeGround, feeKind, feePlace } from './words.ts'

export * from './words.ts'
export {
  chargeAmount,
  chargeProblems,
  forbiddenIn,
  itemProblems,
  taxWithin,
  togetherProblem,
  versionProblems,
} from './rules.ts'

/** Items of a price list at most, and versions of one. */
export const maxItems = 500
/** 10,000 units, in hundredths. */
export const maxQuantity = 1_000_000

const makers = ['hall-manager', 'administrator'] as const
const atCounter = ['cashier', 'clerk', 'hall-manager'] as const

const approvalId = Id.nullable().default(null)
const reason = shortText('原因', 100)
const Places = z.array(feePlace.schema()).min(1, '请选择可以在哪里收').max(feePlace.values.length)
const Buyers = z.array(feeBuyer.schema()).min(1, '请选择向哪类客户收').max(feeBuyer.values.length)

const versionFields = {
  effectiveFrom: DateOnly,
  /** Fen per unit, tax included. */
  price: PositiveFen,
  /** Higher than `price` where the real price is entered each time. */
  maxPrice: PositiveFen,
  /** Hundredths of a percent. */
  taxRate: z.int('税率应为至多两位小数的百分数').min(0, '税率不能为负').max(10_000, '税率不能超过 100%'),
  document: shortText('文件依据', 60),
  places: Places,
  buyers: Buyers,
}

export const FeeVersion = z.object({
  ...versionFields,
  versionId: Id,
  createdByName: z.string(),
  approverName: z.string().nullable(),
  /** It has not begun and nothing was charged by it. */
  withdrawable: z.boolean(),
})
export type FeeVersion = z.output<typeof FeeVersion>

export const FeeItem = z.object({
  itemId: Id,
  name: z.string(),
  kind: feeKind.schema(),
  unit: z.string(),
  account: feeAccount.schema(),
  state: z.enum(['in-force', 'stopped']),
  /** The one in force today; null before the first begins. */
  current: FeeVersion.nullable(),
  /** All of them, the newest first. */
  versions: z.array(FeeVersion),
})
export type FeeItem = z.output<typeof FeeItem>

/** 价目表: every item with its versions, and whether a change of it is two persons' work. */
export const Items = call({
  name: 'fees.items',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({ today: DateOnly, needsSecondPerson: z.boolean(), items: z.array(FeeItem) }),
})

/** 新建收费项目 with its first price. @throws FeeRefused · Conflict · FeeNeedsSecondPerson · ApprovalRefused */
export const AddItem = call({
  name: 'fees.addItem',
  kind: 'change',
  allow: makers,
  input: z.strictObject({
    requestId: RequestId,
    name: shortText('项目名称', 30),
    kind: feeKind.schema('请选择类别'),
    unit: shortText('计价单位', 6),
    account: feeAccount.schema('请选择入账科目'),
    ...versionFields,
    approvalId,
  }),
  output: z.object({ itemId: Id, versionId: Id }),
})

/** 录入新版本: another price from a day. @throws FeeNotFound · FeeRefused · Conflict · FeeNeedsSecondPerson · ApprovalRefused */
export const AddVersion = call({
  name: 'fees.addVersion',
  kind: 'change',
  allow: makers,
  input: z.strictObject({ requestId: RequestId, itemId: Id, ...versionFields, approvalId }),
  output: z.object({ versionId: Id }),
})

/** 撤回还没有执行的版本. @throws FeeNotFound · FeeInForce · FeeNeedsSecondPerson · ApprovalRefused */
export const WithdrawVersion = call({
  name: 'fees.withdrawVersion',
  kind: 'change',
  allow: makers,
  input: z.strictObject({ requestId: RequestId, versionId: Id, reason, approvalId }),
  output: z.object({ itemId: Id }),
})

/** 停用、重新启用: what was charged stays; nothing new is. @throws FeeNotFound · FeeRefused · FeeNeedsSecondPerson */
export const StopItem = call({
  name: 'fees.stopItem',
  kind: 'change',
  allow: makers,
  input: z.strictObject({ requestId: RequestId, itemId: Id, stopped: z.boolean(), reason, approvalId }),
  output: z.object({}),
})

/** What can be charged to an account today: items in force that are for its kind of customer. */
export const Offers = call({
  name: 'fees.offers',
  kind: 'read',
  allow: atCounter,
  input: z.strictObject({ accountId: Id }),
  output: z.object({
    buyer: feeBuyer.schema(),
    items: z.array(
      z.object({
        itemId: Id,
        name: z.string(),
        kind: feeKind.schema(),
        unit: z.string(),
        price: PositiveFen,
        maxPrice: PositiveFen,
        document: z.string(),
        places: Places,
      }),
    ),
  }),
})

/**
 * 收取费用: an item is charged to an account. Nothing is charged by an item without a document, out of force, at a place or to a
 * kind of customer it is not for, nor for a meter, its exchange when due, or what lies before it, by whatever call.
 * @throws FeeNotFound · FeeRefused (each reason) · AccountEnded
 */
export const Charge = call({
  name: 'fees.charge',
  kind: 'change',
  allow: atCounter,
  input: z.strictObject({
    requestId: RequestId,
    accountId: Id,
    itemId: z.uuid({ error: '请选择收费项目' }),
    place: feePlace.schema('请选择在哪里收'),
    ground: feeGround.schema('请选择情形').nullable().default(null),
    quantity: z.int('数量至多两位小数').min(1, '数量应大于零').max(maxQuantity, '数量不能超过 10,000'),
    unitPrice: PositiveFen.nullable().default(null),
    consent: remark('客户同意', 60).default(''),
    note: remark('备注', 100).default(''),
  }),
  output: z.object({ chargeId: Id, chargeNo: z.string(), amount: PositiveFen, tax: FenAmount }),
})

/**
 * 作废 of what was charged wrongly, before anything of it is paid; what is paid is reversed first (收款冲正). Who charged it does so
 * on the same day; later it is the hall manager's.
 * @throws ChargeNotFound · ChargeWithdrawn · ChargePaid · WithdrawByManager
 */
export const Withdraw = call({
  name: 'fees.withdraw',
  kind: 'change',
  allow: atCounter,
  input: z.strictObject({ requestId: RequestId, chargeId: Id, reason: shortText('作废原因', 100) }),
  output: z.object({ chargeNo: z.string() }),
})

export const ChargeRow = z.object({
  chargeId: Id,
  chargeNo: z.string(),
  name: z.string(),
  kind: feeKind.schema(),
  unit: z.string(),
  place: feePlace.schema(),
  ground: feeGround.schema().nullable(),
  quantity: z.int(),
  unitPrice: PositiveFen,
  amount: PositiveFen,
  tax: FenAmount,
  paid: FenAmount,
  outstanding: FenAmount,
  consent: z.string(),
  note: z.string(),
  state: chargeState.schema(),
  businessDate: DateOnly,
  at: Instant,
  actorName: z.string(),
  withdrawReason: z.string().nullable(),
})
export type ChargeRow = z.output<typeof ChargeRow>

/** What was charged to an account, the newest first. */
export const ChargesOf = call({
  name: 'fees.chargesOf',
  kind: 'read',
  allow: atCounter,
  input: z.strictObject({ accountId: Id, page: PageRequest }),
  output: pageOf(ChargeRow),
})

/** Days of charges added up at most. */
export const maxSumDays = 400

/** 按项目统计 of what was charged in a span of business days (both included), as it stands now. */
export const Sums = call({
  name: 'fees.sums',
  kind: 'read',
  allow: ['cashier', 'hall-manager', 'administrator'],
  input: z.strictObject({ from: DateOnly, to: DateOnly }),
  output: z.object({
    rows: z.array(
      z.object({
        itemId: Id,
        name: z.string(),
        kind: feeKind.schema(),
        /** Charges that stand, and those withdrawn. */
        count: z.int(),
        withdrawn: z.int(),
        amount: FenAmount,
        tax: FenAmount,
        paid: FenAmount,
        outstanding: FenAmount,
      }),
    ),
    amount: SignedFen,
    paid: SignedFen,
    outstanding: SignedFen,
  }),
})
