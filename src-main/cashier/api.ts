/**
 * What a screen may ask of the cash desk (收费): the shift, what an account owes, taking and giving back money.
 * The steps of the day close stand in `close-api.ts`. All amounts are whole fen.
 */
import { z } from 'zod'
import { BillLineView } from '../billing/api.ts'
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
  PositiveFen,
  remark,
  RequestId,
  shortText,
  SignedFen,
  TillCode,
} from '../platform/contract.ts'
import { chargeState, feeKind, feePlace } from '../fees/api.ts'
import { refundMeans } from '../platform/approval-terms.ts'
import { cashRoundings, fen } from '../platform/money.ts'
import { CountRows } from './close-api.ts'

export * from './close-api.ts'

/** 收款方式. `prepayment` pays a bill from what the customer has deposited; the others bring money in. */
export const tenderMeans = ['cash', 'wechat', 'alipay', 'pos', 'transfer', 'prepayment'] as const
export type Means = (typeof tenderMeans)[number]
export const meansNames: Record<Means, string> = {
  cash: '现金',
  wechat: '微信',
  alipay: '支付宝',
  pos: '刷卡',
  transfer: '转账',
  prepayment: '预存',
}

/** Bills one payment may settle, and means it may combine. */
export const maxBillsPerPayment = 120
export const maxTendersPerPayment = 8
/** 收费单 one payment may settle. */
export const maxChargesPerPayment = 40

const staffNo = shortText('工号', 20)
/** 微信订单号, 支付宝交易号, POS 参考号 …; what the day close matches the channel's statement by. */
const reference = z
  .string()
  .trim()
  .max(64, '流水号不能超过 64 个字')
  .regex(/^[\w-]*$/, '流水号只能由字母、数字和短横组成')

export const Shift = z.object({
  shiftId: Id,
  businessDate: DateOnly,
  /** Code of the till whose drawer it works at. */
  till: TillCode,
  cashierId: z.string(),
  cashierName: z.string(),
  openedAt: Instant,
  /** Fen counted into the drawer when the shift opened. */
  openingFloat: FenAmount,
})
export type Shift = z.output<typeof Shift>

/**
 * 开班. The float is counted by denomination; what is not in the drawer from an earlier shift of the day comes out of
 * the safe (Dr cash drawer, Cr safe). Opens the business day when none is open. After a hand-over only the named person
 * can open, with exactly the amount handed over. Each till has its drawer and its shift; nobody has two.
 * Errors: ShiftAlreadyOpen · ShiftElsewhere · DrawerCountDiffers · HandedToAnother · DayClosed · PreviousDayOpen
 */
export const OpenShift = call({
  name: 'cashier.openShift',
  kind: 'change',
  allow: ['cashier'],
  input: z.strictObject({ requestId: RequestId, rows: CountRows }),
  output: Shift,
})

/** The drawer of the asking till as it stands: whose shift, what should be in it, and to whom it was handed when nobody's shift is open. */
export const ShiftState = call({
  name: 'cashier.shiftState',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({
    shift: Shift.nullable(),
    /** Whether the open shift is the asking person's. */
    mine: z.boolean(),
    /** Fen that should lie in the drawer now, float included. */
    drawer: SignedFen,
    /** Float standard of the hall in fen (setting cashier.floatFen), to propose when opening. */
    floatStandard: FenAmount,
    /** After a hand-over: who is to take the drawer over, and how much was counted. */
    handedTo: z.object({ staffId: z.string(), name: z.string(), amount: FenAmount }).nullable(),
    /** The day is locked: a shift opens on the next one. */
    dayClosed: z.boolean(),
    /** The business date a shift opened now falls on, and the newest one on which the counter was open. */
    nextDay: z.string(),
    lastDay: z.string().nullable(),
    /** Who may take the drawer over from the asking person; empty while the shift is not theirs. */
    successors: z.array(z.object({ staffNo: z.string(), name: z.string() })),
  }),
})

/** Who takes money at which till of the hall now. */
export const OpenShifts = call({
  name: 'cashier.openShifts',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: z.array(z.object({ till: TillCode, cashierName: z.string(), openedAt: Instant })).max(99),
})

/** 停止收款: ends one's own shift without a hand-over. The cash stays in the drawer for the day close. */
export const CloseShift = call({
  name: 'cashier.closeShift',
  kind: 'change',
  allow: ['cashier'],
  input: z.strictObject({ requestId: RequestId }),
  output: z.object({ shiftId: Id }),
})

/**
 * 代为停班: ends the open shift of a till whose PC broke down or whose cashier is gone. The cash stays in its drawer, which is
 * then counted from another till. Error: ShiftNotOpen
 */
export const EndShift = call({
  name: 'cashier.endShift',
  kind: 'change',
  allow: ['hall-manager'],
  input: z.strictObject({ requestId: RequestId, till: TillCode, reason: shortText('原因', 200) }),
  output: z.object({ shiftId: Id, cashierName: z.string() }),
})

/**
 * 交接班. The cashier who goes counts the drawer and names who takes over; that person logs in and opens a shift with
 * the same amount, so each of the two stands for the count with their own login. A count that differs from the books needs
 * a reason and a manager's approval (access.approve, purpose `over-short`, subject `shift:<shiftId>`).
 * Errors: CountDiffers (details: expected, counted, difference) · StaffNotFound · NotSameCashier
 */
export const HandOver = call({
  name: 'cashier.handOver',
  kind: 'change',
  allow: ['cashier'],
  input: z.strictObject({
    requestId: RequestId,
    rows: CountRows,
    toStaffNo: staffNo,
    reason: remark('原因', 200).default(''),
    approvalId: Id.nullable().default(null),
  }),
  output: z.object({ shiftId: Id, counted: FenAmount, overShort: SignedFen, toName: z.string() }),
})

export const Due = z.object({
  billId: Id,
  billNo: z.string(),
  periodFrom: DateOnly,
  periodTo: DateOnly,
  dueOn: DateOnly,
  /** Days past the due date; 0 while it is not over. */
  overdueDays: z.int(),
  /** Null for a debt of the old system, of which the volume is not known. */
  consumption: LitreVolume.nullable(),
  amount: FenAmount,
  /** Principal still open. */
  outstanding: FenAmount,
  /** 违约金 as of `asOf`, not yet paid. */
  lateFee: FenAmount,
  /** Fen of `outstanding` that the account's prepayment covers. */
  covered: FenAmount,
  /** outstanding + lateFee. */
  total: FenAmount,
  issuedOn: DateOnly,
  /** How each line was computed: tier, price version, amount. */
  lines: z.array(BillLineView),
})

/** Something charged beside gas that is not paid. */
export const DueCharge = z.object({
  chargeId: Id,
  chargeNo: z.string(),
  name: z.string(),
  kind: feeKind.schema(),
  unit: z.string(),
  place: feePlace.schema(),
  /** Hundredths of a unit, and fen per unit. */
  quantity: z.int(),
  unitPrice: FenAmount,
  amount: FenAmount,
  outstanding: FenAmount,
  state: chargeState.schema(),
  businessDate: DateOnly,
})
export type DueCharge = z.output<typeof DueCharge>

/** What an account owes on the business day: open bills oldest first, each with how it was computed. */
export const Dues = call({
  name: 'cashier.dues',
  kind: 'read',
  allow: ['cashier', 'clerk', 'hall-manager'],
  input: z.strictObject({ accountId: Id }),
  output: z.object({
    accountId: Id,
    asOf: DateOnly,
    bills: z.array(Due),
    principal: FenAmount,
    lateFee: FenAmount,
    /** Of the bills, and of what was charged beside gas. */
    total: FenAmount,
    charges: z.array(DueCharge),
    chargesTotal: FenAmount,
    prepayment: FenAmount,
  }),
})

const Tender = z.strictObject({
  means: z.enum(tenderMeans),
  /** Fen that count towards the payment. */
  amount: PositiveFen,
  /** Cash only: fen the customer handed over; the rest is change. */
  received: PositiveFen.optional(),
  reference: reference.optional(),
})
const Tenders = z.array(Tender).min(1, '请选择收款方式').max(maxTendersPerPayment)

export const Taken = z.object({
  paymentId: Id,
  receiptNo: z.string(),
  /** Fen taken by all means together. */
  amount: PositiveFen,
  /** Fen of change to give back, from cash only. */
  change: FenAmount,
  /** 现金尾差, fen: left to the customer (+) or taken beyond the debt (−) because cash ends at the jiao. */
  rounding: SignedFen,
  /** 预存 balance of the account afterwards, fen. */
  prepayment: FenAmount,
  /** Principal the account still owes afterwards, fen. */
  arrears: FenAmount,
})

/**
 * 收费. Several means in one payment. Bills are paid oldest first, in each the late fee before the principal (民法典 561);
 * the last one may be paid in part. The tenders add up to what goes on the bills plus `toPrepayment`; where the hall rounds
 * cash (setting cashier.cashRounding) and the cash given is exactly the rounded rest, the bills are settled in full and the
 * difference is booked as 现金尾差.
 * What was charged beside gas (`charges`) is paid after the bills, in the order given; never from prepayment, which is for gas;
 * goods and insurance in a payment of their own.
 * Errors: OlderBillFirst (names the older bill) · OverDebt (surplus without consent) · NothingDue · BillChanged ·
 * PrepaymentTooLow · PrepaymentForGas · SoldApart · ChargeChanged · ReferenceUsed · ReferenceMissing · ChangeNotPossible · ChangeTooMuch · RoundingMissing · ShiftNotOpen ·
 * DayClosed
 */
export const Collect = call({
  name: 'cashier.collect',
  kind: 'change',
  allow: ['cashier'],
  input: z.strictObject({
    requestId: RequestId,
    accountId: Id,
    bills: z
      .array(z.strictObject({ billId: Id }))
      .max(maxBillsPerPayment)
      .default([]),
    charges: z
      .array(z.strictObject({ chargeId: Id }))
      .max(maxChargesPerPayment, `一次最多收 ${maxChargesPerPayment} 笔收费项目`)
      .default([]),
    tenders: Tenders,
    /** Surplus kept as 预存, fen. Above zero only with the customer's consent. */
    toPrepayment: FenAmount.default(fen(0)),
    prepaymentConsent: z.boolean().default(false),
  }),
  output: Taken.extend({
    allocations: z.array(z.object({ billId: Id, billNo: z.string(), principal: FenAmount, lateFee: FenAmount })),
    charges: z.array(z.object({ chargeId: Id, amount: PositiveFen })),
  }),
})

/** 预存: money taken ahead of bills. */
export const Prepay = call({
  name: 'cashier.prepay',
  kind: 'change',
  allow: ['cashier'],
  input: z.strictObject({ requestId: RequestId, accountId: Id, tenders: Tenders }),
  output: Taken,
})

/**
 * 预存退款, by one of the ways money goes out, with a manager's approval (access.approve, purpose `refund`,
 * subject `account:<accountId>`). Errors: PrepaymentTooLow · CashTooLow · ApprovalRefused
 */
export const Refund = call({
  name: 'cashier.refund',
  kind: 'change',
  allow: ['cashier'],
  input: z.strictObject({
    requestId: RequestId,
    accountId: Id,
    means: refundMeans.schema(),
    amount: PositiveFen,
    reference: reference.optional(),
    reason: shortText('退款原因', 200),
    approvalId: Id,
  }),
  output: z.object({ paymentId: Id, receiptNo: z.string(), amount: PositiveFen, prepayment: FenAmount }),
})

/**
 * 冲正: undoes one payment, prepayment or refund with an entry of the open day, also when the payment's own day is closed.
 * The receipt is voided and its number stays on record; bills and 预存 are as before. Cash is given back from the
 * drawer of the open shift. Needs approval: access.approve, purpose `reversal`, subject `payment:<paymentId>`.
 * Errors: PaymentNotFound · AlreadyReversed · PrepaymentSpent · CashTooLow · ApprovalRefused · ShiftNotOpen
 */
export const Reverse = call({
  name: 'cashier.reverse',
  kind: 'change',
  allow: ['cashier'],
  input: z.strictObject({
    requestId: RequestId,
    paymentId: Id,
    reason: shortText('冲正原因', 200),
    approvalId: Id,
  }),
  output: z.object({
    reversalId: Id,
    /** 冲正凭证号. */
    reversalNo: z.string(),
    receiptNo: z.string(),
    /** Fen to give back in cash. */
    cashBack: SignedFen,
    prepayment: FenAmount,
    arrears: FenAmount,
  }),
})

export const paymentKinds = ['collection', 'prepayment', 'refund', 'offset'] as const
export type PaymentKind = (typeof paymentKinds)[number]
export const paymentKindNames: Record<PaymentKind, string> = {
  collection: '收费',
  prepayment: '预存',
  refund: '退款',
  offset: '预存抵扣',
}

export const PaymentRow = z.object({
  paymentId: Id,
  receiptNo: z.string(),
  /** 收据状态. */
  state: z.enum(['issued', 'voided']),
  kind: z.enum(paymentKinds),
  businessDate: DateOnly,
  at: Instant,
  accountId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  /** Fen by all means; negative for a refund. */
  amount: SignedFen,
  tenders: z.array(
    z.object({
      means: z.enum(tenderMeans),
      amount: SignedFen,
      /** Cash only: fen handed over; null where it was not told. */
      received: FenAmount.nullable(),
      reference: z.string(),
    }),
  ),
  /** Fen given back out of cash, kept as 预存 (negative for a refund), and 现金尾差 as in `Taken`. */
  change: FenAmount,
  toPrepayment: SignedFen,
  /** Fen of it that paid debts at once, by 抵扣. */
  covered: FenAmount,
  rounding: SignedFen,
  cashierName: z.string(),
  /** Set when it was reversed. */
  reversal: z.object({ at: Instant, reason: z.string(), approverName: z.string() }).nullable(),
})
export type PaymentRow = z.output<typeof PaymentRow>

/** Receipts of an account, newest first. */
export const ReceiptsOf = call({
  name: 'cashier.receiptsOf',
  kind: 'read',
  allow: ['cashier', 'clerk', 'hall-manager'],
  input: z.strictObject({ accountId: Id, page: PageRequest }),
  output: pageOf(PaymentRow),
})

/** Which payments: of a day or a span of days (both included), by means, by state, of those that answer to a text. */
const PaymentsWanted = {
  date: DateOnly.nullable(),
  /** Last day of the span that begins with `date`; null for that day alone. */
  until: DateOnly.nullable().default(null),
  /** One receipt, whatever its day. */
  receiptNo: z.string().trim().max(30).default(''),
  /** A receipt's number, whatever its day, or whatever finds the customer. */
  search: ListSearch,
  means: z.enum(tenderMeans).nullable().default(null),
  state: z.enum(['issued', 'voided']).nullable().default(null),
}

/** Everything taken, newest first. */
export const PaymentsOf = call({
  name: 'cashier.payments',
  kind: 'read',
  allow: ['cashier', 'hall-manager'],
  input: z.strictObject({ ...PaymentsWanted, page: PageRequest }),
  output: pageOf(PaymentRow),
})

/**
 * The same payments added up, without those reversed: by means, and altogether what came in, prepayment apart; null when more
 * than `maxSummedRows` would have to be read.
 */
export const PaymentSums = call({
  name: 'cashier.paymentSums',
  kind: 'read',
  allow: ['cashier', 'hall-manager'],
  input: z.strictObject(PaymentsWanted),
  output: z
    .object({
      count: z.int(),
      voided: z.int(),
      amount: SignedFen,
      means: z.array(z.object({ means: z.enum(tenderMeans), amount: SignedFen })),
    })
    .nullable(),
})

/** The rules of the till that a screen needs while the customer stands there, and what was done last. */
export const Till = call({
  name: 'cashier.till',
  kind: 'read',
  allow: ['cashier'],
  input: z.strictObject({}),
  output: z.object({
    rounding: z.enum(cashRoundings),
    /** Largest change in fen the hall allows. */
    maxChange: FenAmount,
    /** A payment of less than this share of what is due is asked about. */
    smallPartPercent: z.int(),
    /** Means that are refused without a number of the channel. */
    requireReference: z.array(z.enum(tenderMeans)),
    /** Whether what comes in as prepayment pays what is owed first. */
    coversDebts: z.boolean(),
    /** The last payment of the asking person's open shift: what was given back stays in sight, also after a restart. */
    last: PaymentRow.nullable(),
  }),
})

/** Characters a scanner may send at once; a bar code has a few dozen, a link in a QR code up to this many. */
export const maxScanLength = 300

/**
 * 扫码: the account behind what a scanner read: an account number (also the one of an old system), a meter number in
 * use, or a text or link that carries one. Null when it is something else.
 */
export const FindByCode = call({
  name: 'cashier.findByCode',
  kind: 'read',
  allow: ['cashier', 'clerk', 'hall-manager'],
  input: z.strictObject({ code: z.string().trim().min(1, '没有扫到内容').max(maxScanLength, '扫到的内容太长') }),
  output: z.object({ accountId: Id.nullable() }),
})
