/**
 * 日结, step by step. Every step is kept in the database, so it goes on where it stopped if the PC goes off:
 * close shift → closeDraft → countCash → explainOverShort → importStatement / declareNoStatement / deferStatements →
 * reconcile → settleDifference → closeDay. What was deferred is reconciled later, for its own day. All amounts are whole fen.
 */
import { words, type WordOf } from '../platform/dictionary.ts'
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
  TillCode,
} from '../platform/contract.ts'
import { statementFields } from './statement-columns.ts'

export { statementFieldNames, statementFields, type StatementField } from './statement-columns.ts'

/** 券别 in fen: 100, 50, 20, 10, 5, 1 yuan, 5 jiao, 1 jiao. Other faces may be counted in rows of their own. */
export const denominations = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10] as const
/** '100 元', '5 角': how a note or coin is called, on the screen and on paper. */
export const faceName = (face: number): string =>
  face >= 100 ? `${face / 100} 元` : face >= 10 ? `${face / 10} 角` : `${face} 分`

/** Rows one count may have, and pieces of one face. */
export const maxCountRows = 20
export const maxPieces = 100_000

/** A count of cash by denomination: face in fen, number of pieces. Each face at most once. */
export const CountRows = z
  .array(
    z.strictObject({
      face: PositiveFen,
      pieces: z.int('张数应为整数').min(0, '张数不能为负').max(maxPieces, `张数不能超过 ${maxPieces}`),
    }),
  )
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
export const resolutionWords = words({
  'unknown-receipt': '不明款项，挂账待查',
  'not-ours': '非本厅业务，不入账',
  missing: '款未到账，挂账追查',
  'next-day': '次日到账，留待下日对账',
  'follow-statement': '以对方金额为准，差额挂账',
})
export type Resolution = WordOf<typeof resolutionWords>
export const { values: resolutions, names: resolutionNames } = resolutionWords
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

/** Cash of one drawer on a day, or of all of them together. */
const DrawerCash = z.object({
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
})
export type DrawerCash = z.output<typeof DrawerCash>

/** The day close as it stands. */
export const CloseState = z.object({
  date: DateOnly,
  state: z.enum(['draft', 'closed']),
  shifts: z.array(
    z.object({
      shiftId: Id,
      till: TillCode,
      cashierName: z.string(),
      openedAt: Instant,
      closedAt: Instant.nullable(),
      open: z.boolean(),
    }),
  ),
  byMeans: z.array(MeansTotal),
  /** All drawers together; `counted` and `difference` are null until the last of them is counted. */
  cash: DrawerCash,
  /** The drawer of each till that was in use, by its code. `cashierName`: whose shift was the last there. */
  drawers: z.array(DrawerCash.extend({ till: TillCode, cashierName: z.string(), open: z.boolean() })),
  /** The till that asks. */
  till: TillCode,
  statements: z.array(
    z.object({
      means: z.enum(channelMeans),
      name: z.string(),
      /** Our movements of the day in this means: number and net fen. */
      ourCount: z.int(),
      ourTotal: SignedFen,
      imported: z.array(z.object({ statementId: Id, fileName: z.string(), lines: z.int(), total: SignedFen })),
      declaredNone: z.boolean(),
      /** 对账单次日到: the day may close without it, and is reconciled when it has come. */
      deferred: z.boolean(),
      /** Lines of other halls on the same bill, and their net fen. */
      elsewhere: z.object({ count: z.int(), total: SignedFen }),
      /** Lines in which the channel says that no money moved, with its own word: a refund that failed. The first ones. */
      idle: z.array(z.object({ lineNo: z.int(), reference: z.string(), amount: SignedFen, word: z.string() })),
      openDifferences: z.int(),
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

/** Whose drawer is meant: the asking till's, unless another one is named, and then why. */
const OfTill = { till: TillCode.nullable().default(null) }

/**
 * 清点现金, float included, of one drawer. May be counted again until the day is closed. From another till only by a manager
 * and with a reason: its PC is gone, or its cashier is.
 * Errors: ShiftStillOpen · NoOpenDay · NotAllowed · InvalidInput
 */
export const CountCash = call({
  name: 'cashier.countCash',
  kind: 'change',
  allow: closers,
  input: z.strictObject({ requestId: RequestId, ...OfTill, rows: CountRows, reason: remark('原因', 200).default('') }),
  output: CloseState,
})

/**
 * 长短款. Books the whole difference between count and books, with reason and a manager's approval (access.approve,
 * purpose `over-short`, subject `day:<date>/<till>`). `amount` must be the difference shown: over positive, short negative.
 */
export const ExplainOverShort = call({
  name: 'cashier.explainOverShort',
  kind: 'change',
  allow: closers,
  input: z.strictObject({
    requestId: RequestId,
    ...OfTill,
    amount: SignedFen,
    reason: shortText('长短款原因', 200),
    approvalId: Id,
  }),
  output: CloseState,
})

/** Bytes a statement file may have, and lines in it. */
export const maxStatementBytes = 20_000_000
export const statementTooLarge = `对账单超过 ${maxStatementBytes / 1_000_000} MB，请分日下载`
export const maxStatementLines = 50_000
/** Idle lines shown of one channel's day. */
export const maxIdleShown = 50

/** The day that is reconciled: null for the one that is being closed, else a closed one whose statement was to come later. */
const OfDay = { date: DateOnly.nullable().default(null) }

/**
 * Takes in a channel's statement: a text table or a workbook as the channel gives it, or as Excel saved it again. Lines of
 * other halls (setting `cashier.terminals`) are settled at once.
 * Errors: FileRefused · StatementColumnsUnknown (headings in `details`, see MapStatement) · StatementUnreadable (names the
 * line) · StatementDuplicate · StatementOtherDay · NotDeferred
 */
export const ImportStatement = call({
  name: 'cashier.importStatement',
  kind: 'task',
  allow: closers,
  secret: ['bytes'],
  input: z.strictObject({
    requestId: RequestId,
    ...OfDay,
    means: z.enum(channelMeans),
    fileName: shortText('文件名', 200),
    bytes: z
      .instanceof(Uint8Array, { error: '请选择文件' })
      .refine((bytes) => bytes.length > 0, '文件是空的')
      .refine((bytes) => bytes.length <= maxStatementBytes, statementTooLarge),
  }),
  output: CloseState,
})

/** What `StatementColumnsUnknown` tells in its `details`. */
export const UnknownStatement = z.object({
  headings: z.array(z.string()),
  /** The rows below, as far as the headings go. */
  rows: z.array(z.array(z.string())),
  /** What was understood: column → field. */
  mapping: z.record(z.string(), z.enum(statementFields)),
  /** Columns that may hold the direction. */
  signs: z.array(z.int()),
})
export type UnknownStatement = z.output<typeof UnknownStatement>

const SignWords = z.array(shortText('收支的写法', 20)).max(20)

/** 列对照: says once what the columns of such a file are; found again by its headings. Error: InvalidInput */
export const MapStatement = call({
  name: 'cashier.mapStatement',
  kind: 'change',
  allow: closers,
  input: z.strictObject({
    requestId: RequestId,
    headings: z.array(z.string().max(2_000)).min(2).max(100),
    columns: z.record(z.string().regex(/^\d{1,2}$/), z.enum(statementFields)),
    inWords: SignWords.default([]),
    outWords: SignWords.default([]),
  }),
  output: z.object({}),
})

/** 对账单次日到: these channels give the day's statement only later; the day may close, and is reconciled when it has come. */
export const DeferStatements = call({
  name: 'cashier.deferStatements',
  kind: 'change',
  allow: closers,
  input: z.strictObject({ requestId: RequestId, means: z.array(z.enum(channelMeans)).min(1).max(channelMeans.length) }),
  output: CloseState,
})

/** Statements of closed days that have not come, are not reconciled, or left differences open; oldest first. */
export const AwaitedStatements = call({
  name: 'cashier.awaitedStatements',
  kind: 'read',
  allow: closers,
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(
      z.object({
        date: DateOnly,
        means: z.enum(channelMeans),
        name: z.string(),
        ourCount: z.int(),
        ourTotal: SignedFen,
        /** A statement is in. */
        arrived: z.boolean(),
        reconciled: z.boolean(),
        openDifferences: z.int(),
      }),
    ),
  }),
})

/** Takes a wrongly imported statement, or a declaration, out again. Errors: DifferenceSettled · NotDeferred */
export const RemoveStatement = call({
  name: 'cashier.removeStatement',
  kind: 'change',
  allow: closers,
  input: z.strictObject({ requestId: RequestId, statementId: Id }),
  output: CloseState,
})

/** 无对账单: says that the channel gives no statement for this day, and why. Error: StatementHasCome */
export const DeclareNoStatement = call({
  name: 'cashier.declareNoStatement',
  kind: 'change',
  allow: closers,
  input: z.strictObject({ requestId: RequestId, ...OfDay, means: z.enum(channelMeans), note: shortText('说明', 200) }),
  output: CloseState,
})

/** 对账, line by line: by reference, else by amount and time. Open differences are made anew, settled ones stay. */
export const Reconcile = call({
  name: 'cashier.reconcile',
  kind: 'change',
  allow: closers,
  input: z.strictObject({ ...OfDay, means: z.enum(channelMeans) }),
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

/** 其余都非本厅: settles every line the channel has and we have not as another hall's, with one reason. Error: DifferenceNotFound */
export const SettleElsewhere = call({
  name: 'cashier.settleElsewhere',
  kind: 'change',
  allow: closers,
  input: z.strictObject({
    requestId: RequestId,
    ...OfDay,
    means: z.enum(channelMeans),
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
