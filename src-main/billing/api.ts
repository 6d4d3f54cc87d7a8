/** 账单: what a screen may ask about bills. Amounts in fen, volumes in litres, prices in 1/10000 yuan per m³. */
import { z } from 'zod'
import {
  call,
  DateOnly,
  FenAmount,
  Id,
  Instant,
  ListSearch,
  LitreVolume,
  pageOf,
  PageRequest,
  RequestId,
  shortText,
  SignedFen,
  UnitPriceValue,
} from '../platform/contract.ts'
import { fen, formatCubicMetres, formatYuan, litre, type Litre } from '../platform/money.ts'

export const billStates = ['open', 'settled', 'cancelled'] as const
export type BillState = (typeof billStates)[number]
export const billStateNames: Record<BillState, string> = { open: '未缴清', settled: '已缴清', cancelled: '已取消' }

/** How one line of a bill was computed. */
export const BillLineView = z.object({
  lineNo: z.int(),
  /** 第二档, 冬季, 气费 */
  name: z.string(),
  /** 「第二档 310–520：210 m³ × 3.30 = 693.00」 */
  text: z.string(),
  versionId: Id,
  /** First day of the price version, and the document that set it. */
  versionFrom: DateOnly,
  versionSource: z.string(),
  /** First day of the tier cycle the line counts in. */
  cycleStart: DateOnly,
  /** 1, 2, 3 …; 0 where the price has no tiers. */
  tier: z.int(),
  season: z.string().nullable(),
  firstDay: DateOnly,
  lastDay: DateOnly,
  /** Running total of the cycle before and after the line. */
  fromVolume: LitreVolume,
  toVolume: LitreVolume,
  volume: LitreVolume,
  price: UnitPriceValue,
  amount: FenAmount,
})
export type BillLineView = z.output<typeof BillLineView>

export const BillRow = z.object({
  billId: Id,
  billNo: z.string(),
  accountId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  issuedOn: DateOnly,
  dueOn: DateOnly,
  periodFrom: DateOnly,
  periodTo: DateOnly,
  /** Null for a debt of the old system, of which the volume is not known: shown by `volumeWords`. */
  consumption: LitreVolume.nullable(),
  amount: FenAmount,
  /** Principal paid so far, and still open. */
  settled: FenAmount,
  outstanding: FenAmount,
  /** 违约金 as of today, not yet paid. */
  lateFee: FenAmount,
  /** Days past the due date today; 0 while it is not over, or the bill is settled. */
  overdueDays: z.int(),
  state: z.enum(billStates),
})
export type BillRow = z.output<typeof BillRow>

/** What a bill without a volume says of itself. */
export const takenOverWords = '旧系统迁入的欠费，用气量和分档以旧系统的账单为准'
/** m³ of a bill; a dash where the volume is not known. */
export const volumeWords = (consumption: Litre | null): string =>
  consumption === null ? '—' : formatCubicMetres(consumption)

export const billFilters = ['all', 'open', 'overdue', 'settled', 'cancelled'] as const
export type BillFilter = (typeof billFilters)[number]
export const billFilterNames: Record<BillFilter, string> = {
  all: '全部',
  open: '未缴清',
  overdue: '已逾期',
  settled: '已缴清',
  cancelled: '已取消',
}

/** Which bills: by state, of an account, of those that answer to a text, issued in a span of days (both included). */
const BillsWanted = {
  filter: z.enum(billFilters).default('all'),
  accountId: Id.nullable().default(null),
  /** A bill's number, or whatever finds its customer. */
  search: ListSearch,
  issuedFrom: DateOnly.nullable().default(null),
  issuedTo: DateOnly.nullable().default(null),
}

/** 账单列表: newest first; overdue ones by due date, the oldest debt first. */
export const Bills = call({
  name: 'billing.bills',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({
    ...BillsWanted,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(BillRow),
})

/**
 * The same bills added up, not the page alone; null when more than `maxSummedRows` would have to be read. Cancelled ones are
 * counted, and added up only where they alone are listed.
 */
export const BillSums = call({
  name: 'billing.sums',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject(BillsWanted),
  output: z
    .object({
      count: z.int(),
      cancelled: z.int(),
      /** Of those whose volume is known; null where it is of none. */
      consumption: LitreVolume.nullable(),
      amount: FenAmount,
      outstanding: FenAmount,
    })
    .nullable(),
})

/** Bills counted per filter at most; a larger number is shown as 「9999+」. */
export const maxBillCount = 9_999

export const BillCounts = call({
  name: 'billing.counts',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({
    open: z.int(),
    overdue: z.int(),
    settled: z.int(),
    cancelled: z.int(),
    waiting: z.int(),
    /** 跨期合并计费 that nobody looked at yet. */
    several: z.int(),
  }),
})

/** Who was billed more than one period on a day: the gas since the last real reading, and what one period of it would be. */
export const SeveralRow = z.object({
  accountId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  issuedOn: DateOnly,
  /** The last bill of the day, and how many there were. */
  billId: Id,
  billNo: z.string(),
  bills: z.int(),
  /** Last real reading before, last reading billed, estimates billed between them. */
  since: DateOnly,
  until: DateOnly,
  estimates: z.int(),
  consumption: LitreVolume,
  onePeriod: LitreVolume,
  amount: FenAmount,
  reviewedAt: Instant.nullable(),
  reviewedBy: z.string().nullable(),
  note: z.string().nullable(),
})
export type SeveralRow = z.output<typeof SeveralRow>

/** 跨期合并计费名单, newest first; `open` those that nobody looked at yet. */
export const SeveralBills = call({
  name: 'billing.several',
  kind: 'read',
  allow: ['clerk', 'cashier', 'hall-manager', 'administrator'],
  input: z.strictObject({ open: z.boolean().default(true), search: ListSearch, page: PageRequest.prefault({}) }),
  output: pageOf(SeveralRow),
})

/** 核实: what was found and done for the customer (told, in instalments, 退补 …). Error: NotFound */
export const ReviewSeveral = call({
  name: 'billing.reviewSeveral',
  kind: 'change',
  allow: ['hall-manager'],
  input: z.strictObject({
    requestId: RequestId,
    accountId: Id,
    issuedOn: DateOnly,
    note: shortText('核实情况', 200),
  }),
  output: z.object({ accountId: Id }),
})

export const AdjustmentView = z.object({
  adjustmentId: Id,
  number: z.string(),
  issuedOn: DateOnly,
  /** Litres and fen; negative where the customer gets back. */
  volume: z.int(),
  amount: SignedFen,
  /** Fen of 违约金 that went back with it. */
  lateFee: FenAmount,
  reason: z.string(),
  approverName: z.string(),
  /** The bill of what was too little. */
  chargeBillNo: z.string().nullable(),
})
export type AdjustmentView = z.output<typeof AdjustmentView>

/** What a bill measured at one meter. */
export const BilledReading = z.object({
  readingId: Id,
  meterNo: z.string(),
  previousOn: DateOnly,
  readOn: DateOnly,
  previousIndex: LitreVolume,
  currentIndex: LitreVolume,
  consumption: LitreVolume,
  /** 补气量 in it. */
  makeUp: LitreVolume,
  /** 估抄 */
  estimated: z.boolean(),
})
export type BilledReading = z.output<typeof BilledReading>

export const BillDetail = BillRow.extend({
  lines: z.array(BillLineView),
  /** One for each meter; none for a bill taken over or of a 退补. */
  readings: z.array(BilledReading),
  cancelReason: z.string().nullable(),
  adjustments: z.array(AdjustmentView),
  /** Whether it is the account's last bill and nothing was paid on it. */
  cancellable: z.boolean(),
  settlements: z.array(
    z.object({
      settledOn: DateOnly,
      principal: FenAmount,
      lateFee: FenAmount,
      undoneOn: DateOnly.nullable(),
      /** 预存抵扣 by the hall itself. */ fromPrepayment: z.boolean(),
    }),
  ),
})
export type BillDetail = z.output<typeof BillDetail>

/** One bill with how it was computed. Error: BillNotFound */
export const Bill = call({
  name: 'billing.bill',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ billId: Id }),
  output: BillDetail,
})

/**
 * 出账: bills a reading at once, with those of the household's other meters; the account's earlier readings that still wait are
 * billed before it. Errors: NotFound (billed or voided already) · BillWaits (another meter was not read) · BillRefused
 */
export const BillReading = call({
  name: 'billing.billReading',
  kind: 'change',
  allow: ['clerk', 'cashier', 'hall-manager'],
  input: z.strictObject({ requestId: RequestId, readingId: Id }),
  output: z.object({
    billId: Id,
    billNo: z.string(),
    amount: FenAmount,
    /** Bills made for earlier readings in the same step. */
    earlier: z.int(),
  }),
})

/** 取消账单: an unpaid bill, the account's last one. Errors: BillNotFound · BillPaid · BillOfEnded · BillNotLast · BillReadSince · BillCancelled */
export const CancelBill = call({
  name: 'billing.cancel',
  kind: 'change',
  allow: ['hall-manager'],
  input: z.strictObject({ requestId: RequestId, billId: Id, reason: shortText('取消原因', 100) }),
  /** The readings that wait for a bill again: the first one of it. */
  output: z.object({ billId: Id, readingId: Id.nullable() }),
})

/** What a 退补 did, for screen and paper. Signed litres and fen: below zero the customer was charged too much. */
export function correctionInWords(made: {
  volume: number
  amount: number
  lateFee?: number
  chargeBillNo?: string | null
}): string {
  const { volume, amount, lateFee = 0, chargeBillNo } = made
  const gas = `更正${volume < 0 ? '减少' : '增加'} ${formatCubicMetres(litre(Math.abs(volume)))} m³`
  const money = formatYuan(fen(Math.abs(amount)))
  const feeToo = lateFee > 0 ? `和违约金 ${formatYuan(fen(lateFee))} 元` : ''
  if (amount < 0) return `${gas}，退 ${money} 元${feeToo}，转入预存`
  return `${gas}，补收 ${money} 元${chargeBillNo ? `，账单 ${chargeBillNo}` : ''}`
}

/** What a 退补 would come to. Errors: BillNotFound · NotAdjustable */
export const PreviewAdjustment = call({
  name: 'billing.previewAdjustment',
  kind: 'read',
  allow: ['clerk', 'cashier', 'hall-manager'],
  input: z.strictObject({ billId: Id, consumption: LitreVolume }),
  output: z.object({
    billNo: z.string(),
    volume: z.int(),
    amount: SignedFen,
    /** Fen of 违约金 that was paid on what goes back, and goes back with it. */
    lateFee: FenAmount,
    lines: z.array(z.object({ name: z.string(), text: z.string(), amount: SignedFen })),
    /** A meter of the bill was read again since: the gas of its later bills stays as it is, and may need a 退补 of its own. */
    readSince: z.boolean(),
  }),
})

/**
 * 退补: corrects the gas of a paid bill to what it really was. Too much goes to prepayment, too little becomes a bill. Needs
 * another person's approval (purpose `adjustment`: volume, amount, 违约金, reason).
 * Errors: BillNotFound · NotAdjustable · AdjustmentChanged · ApprovalRefused
 */
export const AdjustBill = call({
  name: 'billing.adjust',
  kind: 'change',
  allow: ['clerk', 'cashier', 'hall-manager'],
  input: z.strictObject({
    requestId: RequestId,
    billId: Id,
    /** Litres the bill should have had. */
    consumption: LitreVolume,
    /** Whose index was wrong; may be left out where the bill has one meter. */
    readingId: Id.nullable().default(null),
    /** As previewed, fen; refused when it has changed. */
    amount: SignedFen,
    lateFee: FenAmount,
    reason: shortText('退补原因', 200),
    approvalId: Id,
  }),
  output: z.object({
    adjustmentId: Id,
    number: z.string(),
    volume: z.int(),
    amount: SignedFen,
    lateFee: FenAmount,
    chargeBillId: Id.nullable(),
  }),
})

export const runStates = ['running', 'cancelling', 'cancelled', 'finished'] as const
export const RunView = z.object({
  runId: Id,
  state: z.enum(runStates),
  /** False for a run that was interrupted: the next run continues it. */
  live: z.boolean(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  total: z.int(),
  billed: z.int(),
  failed: z.int(),
  amount: FenAmount,
})
export type RunView = z.output<typeof RunView>

/**
 * 批量出账: every reading that waits, in slices; each slice is kept as soon as it is done. Tells `progress` events under
 * `billing.run`. An interrupted or cancelled run leaves its bills, and the next one does what is left, nothing twice.
 * Error: RunUnderWay
 */
export const Run = call({
  name: 'billing.run',
  kind: 'task',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: RunView,
})

/** Stops the run after the slice it is in. Does nothing when none is under way. */
export const CancelRun = call({
  name: 'billing.cancelRun',
  kind: 'change',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: z.object({ cancelled: z.boolean() }),
})

/** Problems a screen shows of one run. */
export const maxRunProblems = 200

/** 账单通知单 on one paper of a whole day: printed at once, cut apart, handed out. */
export const billsPerPaper = 300

/** Where the last run stands, and what it could not bill. */
export const RunState = call({
  name: 'billing.runState',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({
    /** Readings that wait for their bills now. */
    waiting: z.int(),
    last: RunView.nullable(),
    problems: z.array(
      z.object({ readingId: Id, accountId: Id, accountNo: z.string(), customerName: z.string(), problem: z.string() }),
    ),
  }),
})
