/**
 * 日结, step by step. Every step is kept in the database, so it goes on where it stopped if the PC goes off:
 * close shift → closeDraft → countCash → explainOverShort → importStatement / declareNoStatement → reconcile →
 * settleDifference → closeDay. All amounts are whole fen.
 */
import { z } from 'zod'
import {
  call,
  DateOnly,
  FenAmount,
  Id,
  Instant,
  PositiveFen,
  remark,
  RequestId,
  shortText,
  SignedFen,
} from '../platform/contract.ts'

/** 券别 in fen: 100, 50, 20, 10, 5, 1 yuan, 5 jiao, 1 jiao. Other faces may be counted in rows of their own. */
export const denominations = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10] as const

/** Rows one count may have, and pieces of one face. */
export const maxCountRows = 20
export const maxPieces = 100_000

/** A count of cash by denomination: face in fen, number of pieces. Each face at most once. */
export const CountRows = z
  .array(z.strictObject({ face: PositiveFen, pieces: z.int('张数应为整数').min(0, '张数不能为负').max(maxPieces) }))
  .max(maxCountRows)
  .refine((rows) => new Set(rows.map((row) => row.face)).size === rows.length, '同一券别只能填一行')
export type CountRows = z.output<typeof CountRows>

/** Ways of payment whose money arrives outside the hall and is proved by a statement. */
export const channelMeans = ['wechat', 'alipay', 'pos', 'transfer'] as const
export type ChannelMeans = (typeof channelMeans)[number]

export const differenceKinds = ['ours-only', 'theirs-only', 'amount-differs'] as const
export const differenceKindNames = {
  'ours-only': '我方有、对方无',
  'theirs-only': '对方有、我方无',
  'amount-differs': '金额不一致',
} as const

/** What a difference may be settled as; each kind admits only some (see `resolutionsFor`). */
export const resolutions = ['unknown-receipt', 'not-ours', 'missing', 'next-day', 'follow-statement'] as const
export type Resolution = (typeof resolutions)[number]
export const resolutionNames: Record<Resolution, string> = {
  'unknown-receipt': '不明来款，挂账待查',
  'not-ours': '非本机业务，不入账',
  missing: '款未到账，挂账追收',
  'next-day': '次日到账，留待下日对账',
  'follow-statement': '以对方金额为准，差额挂账',
}
/** The resolutions each kind of difference admits. */
export const resolutionsFor: Record<(typeof differenceKinds)[number], readonly Resolution[]> = {
  'theirs-only': ['unknown-receipt', 'not-ours'],
  'ours-only': ['missing', 'next-day'],
  'amount-differs': ['follow-statement'],
}

export const Difference = z.object({
  differenceId: Id,
  means: z.enum(channelMeans),
  kind: z.enum(differenceKinds),
  reference: z.string(),
  at: Instant,
  /** Fen as we booked it, and as the statement has it; null on the side that lacks it. */
  ours: SignedFen.nullable(),
  theirs: SignedFen.nullable(),
  /** Our receipt, where we have one. */
  receiptNo: z.string().nullable(),
  state: z.enum(['open', 'settled']),
  resolution: z.enum(resolutions).nullable(),
  note: z.string(),
})
export type Difference = z.output<typeof Difference>

/** One thing that keeps the day from closing; `step` tells the screen where to go. */
export const Obstacle = z.object({
  step: z.enum(['shifts', 'cash', 'statements', 'differences', 'ledger']),
  text: z.string(),
})
export type Obstacle = z.output<typeof Obstacle>

const MeansTotal = z.object({
  means: z.enum(['cash', ...channelMeans, 'prepayment']),
  name: z.string(),
  /** Payments, refunds of prepayment, and reversals of the day. */
  count: z.int(),
  /** Fen taken in, given back as refunds (negative), undone by reversals (other sign), and the sum of the three. */
  taken: SignedFen,
  refunded: SignedFen,
  reversed: SignedFen,
  net: SignedFen,
})

/** The day close as it stands. */
export const CloseState = z.object({
  date: DateOnly,
  state: z.enum(['draft', 'closed']),
  shifts: z.array(
    z.object({
      shiftId: Id,
      cashierName: z.string(),
      openedAt: Instant,
      closedAt: Instant.nullable(),
      open: z.boolean(),
    }),
  ),
  byMeans: z.array(MeansTotal),
  cash: z.object({
    /** Fen that came from the safe today and goes back to it. */
    float: FenAmount,
    /** Fen the books expect in the drawer, explained over/short included. */
    expected: SignedFen,
    counted: FenAmount.nullable(),
    rows: CountRows,
    /** counted − expected; null before the count. What is not zero must be explained. */
    difference: SignedFen.nullable(),
    /** Over (+) or short (−) already explained today. */
    overShort: SignedFen,
    overShortReason: z.string(),
  }),
  statements: z.array(
    z.object({
      means: z.enum(channelMeans),
      name: z.string(),
      /** Our movements of the day in this means: number and net fen. */
      ourCount: z.int(),
      ourTotal: SignedFen,
      imported: z.array(z.object({ statementId: Id, fileName: z.string(), lines: z.int(), total: SignedFen })),
      declaredNone: z.boolean(),
      /** The declaration (can be taken out by removeStatement) and its note. */
      declarationId: Id.nullable(),
      note: z.string(),
      reconciled: z.boolean(),
      matched: z.int(),
    }),
  ),
  differences: z.array(Difference),
  obstacles: z.array(Obstacle),
  dayCloseNo: z.string().nullable(),
  depositSlip: z.object({ depositSlipId: Id, number: z.string(), amount: PositiveFen }).nullable(),
})
export type CloseState = z.output<typeof CloseState>

const closers = ['cashier', 'hall-manager'] as const

/** Where the day close stands; of the open day when no date is given, else of the one named. Error: NoOpenDay */
export const CloseDraft = call({
  name: 'cashier.closeDraft',
  kind: 'read',
  allow: closers,
  input: z.strictObject({ date: DateOnly.nullable().default(null) }),
  output: CloseState,
})

/** 清点现金, float included. May be counted again until the day is closed. Errors: ShiftStillOpen · NoOpenDay */
export const CountCash = call({
  name: 'cashier.countCash',
  kind: 'change',
  allow: closers,
  input: z.strictObject({ requestId: RequestId, rows: CountRows }),
  output: CloseState,
})

/**
 * 长短款. Books the whole difference between count and books, with reason and a manager's approval (access.approve,
 * purpose `over-short`, subject `day:<date>`). `amount` must be the difference shown: over positive, short negative.
 */
export const ExplainOverShort = call({
  name: 'cashier.explainOverShort',
  kind: 'change',
  allow: closers,
  input: z.strictObject({
    requestId: RequestId,
    amount: SignedFen,
    reason: shortText('长短款原因', 200),
    approvalId: Id,
  }),
  output: CloseState,
})

/** Characters a statement file may have, and lines in it. */
export const maxStatementChars = 8_000_000
export const maxStatementLines = 50_000

/**
 * Takes in a channel's statement as text (the screen has decoded it: UTF-8, or GB18030 for Alipay and most banks).
 * Understood: WeChat's 商户账单 (fields with a leading backtick, summary at the end), Alipay's 业务明细, and the plain form
 * `时间,流水号,金额[,类型]` for POS and bank transfers, 类型 being 收款 or 退款.
 * Errors: StatementUnreadable (names the line) · StatementDuplicate · StatementOtherDay
 */
export const ImportStatement = call({
  name: 'cashier.importStatement',
  kind: 'change',
  allow: closers,
  input: z.strictObject({
    requestId: RequestId,
    means: z.enum(channelMeans),
    fileName: shortText('文件名', 200),
    text: z.string().min(1, '文件是空的').max(maxStatementChars, '文件过大'),
  }),
  output: CloseState,
})

/** Takes a wrongly imported statement, or a declaration that there is none, out again. Error: DifferenceSettled */
export const RemoveStatement = call({
  name: 'cashier.removeStatement',
  kind: 'change',
  allow: closers,
  input: z.strictObject({ requestId: RequestId, statementId: Id }),
  output: CloseState,
})

/** 无对账单: says that the channel gives no statement for this day, and why. */
export const DeclareNoStatement = call({
  name: 'cashier.declareNoStatement',
  kind: 'change',
  allow: closers,
  input: z.strictObject({ requestId: RequestId, means: z.enum(channelMeans), note: shortText('说明', 200) }),
  output: CloseState,
})

/** 对账, line by line: by reference, else by amount and time. Open differences are made anew, settled ones stay. */
export const Reconcile = call({
  name: 'cashier.reconcile',
  kind: 'change',
  allow: closers,
  input: z.strictObject({ means: z.enum(channelMeans) }),
  output: CloseState,
})

/** Settles one difference. Books it to 渠道差异 where money is concerned. Errors: DifferenceNotFound · ResolutionNotFit */
export const SettleDifference = call({
  name: 'cashier.settleDifference',
  kind: 'change',
  allow: closers,
  input: z.strictObject({
    requestId: RequestId,
    differenceId: Id,
    resolution: z.enum(resolutions),
    note: remark('说明', 200).default(''),
  }),
  output: CloseState,
})

/**
 * 日结. Makes the 日结单 and the 缴款单, banks the cash, puts the float back into the safe and locks the day.
 * Error: GateNotPassed with every obstacle in `details`
 */
export const CloseDay = call({
  name: 'cashier.closeDay',
  kind: 'change',
  allow: closers,
  input: z.strictObject({ requestId: RequestId, date: DateOnly }),
  output: z.object({
    date: DateOnly,
    dayCloseNo: z.string(),
    depositSlip: z.object({ depositSlipId: Id, number: z.string(), amount: PositiveFen }).nullable(),
  }),
})

/** Closed days, newest first. */
export const DayCloses = call({
  name: 'cashier.dayCloses',
  kind: 'read',
  allow: closers,
  input: z.strictObject({ before: DateOnly.nullable().default(null), size: z.int().min(1).max(100).default(31) }),
  output: z.object({
    rows: z.array(
      z.object({
        date: DateOnly,
        dayCloseNo: z.string(),
        closedAt: Instant,
        closedByName: z.string(),
        net: SignedFen,
        overShort: SignedFen,
        depositSlipId: Id.nullable(),
        depositSlipNo: z.string().nullable(),
        deposit: FenAmount,
      }),
    ),
  }),
})
