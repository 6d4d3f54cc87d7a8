/** 欠费催缴 and 欠费停气: debtors, notices, waiting days, the manager's approval. Amounts are whole fen. */
import { z } from 'zod'
import {
  call,
  DateOnly,
  FenAmount,
  Id,
  Instant,
  ListSearch,
  OwnWords,
  pageOf,
  PageRequest,
  remark,
  RequestId,
  shortText,
} from '../platform/contract.ts'
import { Category } from '../customers/api.ts'
import { debtCallResults, deliveryWays, dunningActions, dunningStates } from './words.ts'

const suspenders = ['hall-manager', 'dispatcher'] as const
const recorders = ['clerk', 'hall-manager', 'dispatcher'] as const
const lookers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const

/** Notices of one batch: one paper, and what somebody can deliver in a day or two. */
export const maxDunningsPerBatch = 300
/** Debtors are counted up to this number. */
export const maxDebtorCount = 9_999

const StateName = z.enum(dunningStates)

/** 电话催缴, the last one of an account. */
const LastCall = z.object({ at: Instant, result: z.enum(debtCallResults), promisedOn: DateOnly.nullable() }).nullable()

export const DebtorRow = z.object({
  accountId: Id,
  customerId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  category: Category,
  address: z.string(),
  gasState: z.string(),
  specialCare: z.boolean(),
  /** Fen of overdue principal and of late fee as of today. */
  principal: FenAmount,
  lateFee: FenAmount,
  oldestDueOn: DateOnly,
  overdueDays: z.int(),
  /** A dunning under way. */
  dunningId: Id.nullable(),
  dunningState: StateName.nullable(),
  lastCall: LastCall,
})
export type DebtorRow = z.output<typeof DebtorRow>

export const DebtorFilter = z.strictObject({
  /** Overdue at least so many days and fen. */
  minDays: z.int().min(1).max(3_650).default(1),
  minFen: z.int().min(0).max(100_000_000).default(0),
  /** Only those without a dunning under way. */
  undunned: z.boolean().default(false),
  /** Only those that answer to this text. */
  search: ListSearch,
})
export type DebtorFilter = z.output<typeof DebtorFilter>

export const debtorSorts = ['days', 'amount'] as const
export type DebtorSort = (typeof debtorSorts)[number]

/** 欠费户: the longest overdue first, or the largest debt first. */
export const Debtors = call({
  name: 'supply.debtors',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({
    filter: DebtorFilter.prefault({}),
    sort: z.enum(debtorSorts).default('days'),
    page: PageRequest.prefault({}),
  }),
  output: pageOf(DebtorRow),
})

/** A pile larger than this is counted no further: the tab says 以上. */
export const maxCounted = 2_000

/** What the tab 欠费催缴 has besides the dunnings in hand: households overdue by a day or more, not dunned yet. */
export const DebtorCount = call({
  name: 'supply.debtorCount',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({}),
  output: z.object({ undunned: z.int() }),
})

/** 开催缴单: for the accounts named, or for the first debtors of a filter who are not dunned yet. */
export const IssueDunnings = call({
  name: 'supply.issueDunnings',
  kind: 'change',
  allow: suspenders,
  input: z
    .strictObject({
      requestId: RequestId,
      accountIds: z
        .array(Id)
        .min(1, '请选择欠费户')
        .max(maxDunningsPerBatch, `一次最多开 ${maxDunningsPerBatch} 张`)
        .nullable()
        .default(null),
      filter: DebtorFilter.nullable().default(null),
    })
    .refine(({ accountIds, filter }) => (accountIds === null) !== (filter === null), '请选择欠费户或欠费条件'),
  output: z.object({ batchId: Id, count: z.int(), skipped: z.int() }),
})

export const DunningRow = z.object({
  id: Id,
  dunningNo: z.string(),
  batchId: Id,
  accountId: Id,
  customerId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  category: Category,
  specialCare: z.boolean(),
  state: StateName,
  /** Fen of overdue debt and late fee as of today. */
  owed: FenAmount,
  oldestDueOn: DateOnly,
  issuedAt: Instant,
  /** When the next step may be done, while days run. */
  nextAt: Instant,
  deliveredAt: Instant.nullable(),
  announcedAt: Instant.nullable(),
  suspendedAt: Instant.nullable(),
  paidAt: Instant.nullable(),
  lastCall: LastCall,
  /** What stands in the way of each action now. */
  obstacles: z.record(z.enum(dunningActions), z.array(z.string())),
})
export type DunningRow = z.output<typeof DunningRow>

export const dunningFilters = ['issued', 'waiting', 'ready', 'announced', 'suspended', 'paid', 'done'] as const
export type DunningFilter = (typeof dunningFilters)[number]

/** 催缴单 by the step they wait for. */
export const Dunnings = call({
  name: 'supply.dunnings',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({
    filter: z.enum(dunningFilters).default('issued'),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(DunningRow),
})

export const DunningsOfAccount = call({
  name: 'supply.dunningsOfAccount',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({ accountId: Id }),
  output: z.array(DunningRow),
})

const delivery = {
  requestId: RequestId,
  dunningId: Id,
  /** The same for every one of its batch that waits for the same step. */
  wholeBatch: z.boolean().default(false),
  at: Instant,
  way: z.enum(deliveryWays, { error: '请选择送达方式' }),
  by: shortText('送达人', 20),
  note: remark('签收情况', 100).default(''),
}

/** 登记催缴单送达; the waiting days count from then. */
export const DeliverDunning = call({
  name: 'supply.deliverDunning',
  kind: 'change',
  allow: recorders,
  input: z.strictObject(delivery),
  output: z.object({ count: z.int() }),
})

/** 登记欠费停气通知送达: only after the waiting days, and for debts that still stand. */
export const AnnounceSuspension = call({
  name: 'supply.announceSuspension',
  kind: 'change',
  allow: suspenders,
  input: z.strictObject(delivery),
  output: z.object({ count: z.int() }),
})

/** 欠费停气 with the manager's approval. @throws GateNotPassed with every obstacle · ApprovalRefused */
export const SuspendForArrears = call({
  name: 'supply.suspendForArrears',
  kind: 'change',
  allow: suspenders,
  input: z.strictObject({
    requestId: RequestId,
    dunningId: Id,
    approvalId: Id,
    /** The manager's written reason; asked for with a special-care customer. */
    reason: remark('停气理由', 200).default(''),
  }),
  output: z.object({ suspendedAt: Instant }),
})

export const CancelDunning = call({
  name: 'supply.cancelDunning',
  kind: 'change',
  allow: suspenders,
  input: z.strictObject({ requestId: RequestId, dunningId: Id, reason: shortText('撤销原因', 100) }),
  output: z.object({}),
})

/** How far ahead a promise to pay is kept, days. */
export const longestPromiseDays = 60
/** Calls shown of an account. */
export const maxDebtCalls = 20

/**
 * 电话催缴: notes that somebody was telephoned about what is overdue. It takes the place of no notice.
 * Errors: InvalidInput (a promise without its day, a day without a promise) · GateNotPassed (nothing is overdue)
 */
export const CallDebtor = call({
  name: 'supply.callDebtor',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({
    requestId: RequestId,
    accountId: Id,
    result: z.enum(debtCallResults, { error: '请选择通话结果' }),
    promisedOn: DateOnly.nullable().default(null),
    note: remark('通话情况', 200).default(''),
  }),
  output: z.object({ callId: Id }),
})

export const DebtCall = z.object({
  id: Id,
  at: Instant,
  result: z.enum(debtCallResults),
  owed: FenAmount,
  promisedOn: DateOnly.nullable(),
  note: OwnWords,
  actorName: z.string(),
})
export type DebtCall = z.output<typeof DebtCall>

/** The calls to an account, the last one first. */
export const DebtCalls = call({
  name: 'supply.debtCalls',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({ accountId: Id }),
  output: z.array(DebtCall),
})
