import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core'
import { bills } from '../billing/tables.ts'
import { accounts } from '../customers/tables.ts'
import { feeCharges } from '../fees/tables.ts'
import { businessDays, journalEntries } from '../ledger/tables.ts'

/** 班次. One drawer per till, so at most one is open at each. open → handed-over (→ the next shift takes the drawer) or closed. */
export const shifts = sqliteTable(
  'shifts',
  {
    id: text().primaryKey(),
    businessDate: text()
      .notNull()
      .references(() => businessDays.date),
    /** Code of the till whose drawer it works at. */
    till: text().notNull(),
    cashierId: text().notNull(),
    cashierName: text().notNull(),
    state: text({ enum: ['open', 'handed-over', 'closed'] }).notNull(),
    openedAt: integer().notNull(),
    closedAt: integer(),
    /** Fen counted into the drawer at opening, and the part of it that came out of the safe. */
    openingFloat: integer().notNull(),
    fromSafe: integer().notNull(),
    handedToId: text(),
    handedToName: text(),
  },
  (t) => [
    check('shifts_state', sql`${t.state} IN ('open', 'handed-over', 'closed')`),
    check('shifts_float', sql`${t.fromSafe} BETWEEN 0 AND ${t.openingFloat}`),
    uniqueIndex('shifts_one_open')
      .on(t.till)
      .where(sql`${t.state} = 'open'`),
    // Nobody takes money at two windows at once.
    uniqueIndex('shifts_one_of_cashier')
      .on(t.cashierId)
      .where(sql`${t.state} = 'open'`),
    index('shifts_day').on(t.businessDate, t.openedAt),
    index('shifts_till').on(t.till, t.openedAt),
  ],
)

/** 清点: every count of a drawer, by denomination. Append-only. */
export const cashCounts = sqliteTable(
  'cash_counts',
  {
    id: text().primaryKey(),
    businessDate: text()
      .notNull()
      .references(() => businessDays.date),
    shiftId: text().references(() => shifts.id),
    /** Code of the till whose drawer was counted. */
    till: text().notNull(),
    purpose: text({ enum: ['open', 'hand-over', 'day-close'] }).notNull(),
    /** Why it was counted from another till; '' at its own. */
    reason: text().notNull().default(''),
    /** JSON array of { face: fen, pieces }. */
    rows: text().notNull(),
    /** Fen counted, and fen the books expected. */
    total: integer().notNull(),
    expected: integer().notNull(),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [check('cash_counts_rows', sql`json_valid(${t.rows})`), index('cash_counts_day').on(t.businessDate, t.at)],
)

/** 收款: money taken (collection, prepayment) or given back (refund). Append-only; a mistake is mended by a reversal. */
export const payments = sqliteTable(
  'payments',
  {
    id: text().primaryKey(),
    businessDate: text()
      .notNull()
      .references(() => businessDays.date),
    /** Null for 抵扣 alone: it happens when a bill is issued, at no drawer. */
    shiftId: text().references(() => shifts.id),
    kind: text({ enum: ['collection', 'prepayment', 'refund', 'offset'] }).notNull(),
    accountId: text()
      .notNull()
      .references(() => accounts.id),
    /** Fen by all means together; negative for a refund. */
    amount: integer().notNull(),
    /** Fen of it kept as prepayment; negative for a refund. */
    toPrepayment: integer().notNull(),
    /** Fen of change given from cash. */
    change: integer().notNull(),
    /** 现金尾差, fen: settled beyond the money taken (+) or short of it (−). */
    rounding: integer().notNull().default(0),
    note: text().notNull().default(''),
    approverName: text(),
    /** 抵扣 at the moment money came in: the payment that brought it, whose paper says what became of the money. */
    sourceId: text().references((): AnySQLiteColumn => payments.id),
    entryId: text()
      .notNull()
      .references(() => journalEntries.id),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [
    check('payments_amount', sql`(${t.kind} = 'refund') = (${t.amount} < 0) AND ${t.amount} <> 0`),
    check('payments_shift', sql`${t.kind} = 'offset' OR ${t.shiftId} IS NOT NULL`),
    check('payments_source', sql`${t.sourceId} IS NULL OR ${t.kind} = 'offset'`),
    check('payments_change', sql`${t.change} >= 0`),
    check('payments_rounding', sql`${t.rounding} BETWEEN -9 AND 9 AND (${t.rounding} = 0 OR ${t.kind} = 'collection')`),
    index('payments_day').on(t.businessDate, t.id),
    index('payments_account').on(t.accountId, t.id),
  ],
)

/** How a payment was made, a row per means. Append-only. */
export const tenders = sqliteTable(
  'tenders',
  {
    paymentId: text()
      .notNull()
      .references(() => payments.id),
    lineNo: integer().notNull(),
    means: text({ enum: ['cash', 'wechat', 'alipay', 'pos', 'transfer', 'prepayment'] }).notNull(),
    /** Fen; negative when given back. */
    amount: integer().notNull(),
    /** Cash only: fen handed over. */
    received: integer(),
    /** The channel's own number; '' where there is none. */
    reference: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paymentId, t.lineNo] }),
    index('tenders_reference')
      .on(t.reference, t.means)
      .where(sql`${t.reference} <> ''`),
  ],
)

/** What of a payment went on which bill. Append-only. */
export const allocations = sqliteTable(
  'allocations',
  {
    paymentId: text()
      .notNull()
      .references(() => payments.id),
    lineNo: integer().notNull(),
    billId: text()
      .notNull()
      .references(() => bills.id),
    /** Fen. */
    principal: integer().notNull(),
    lateFee: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paymentId, t.lineNo] }),
    check('allocations_amounts', sql`${t.principal} >= 0 AND ${t.lateFee} >= 0 AND ${t.principal} + ${t.lateFee} > 0`),
  ],
)

/** What of a payment went on which 收费单. Append-only. */
export const chargeAllocations = sqliteTable(
  'charge_allocations',
  {
    paymentId: text()
      .notNull()
      .references(() => payments.id),
    lineNo: integer().notNull(),
    chargeId: text()
      .notNull()
      .references(() => feeCharges.id),
    /** Fen. */
    amount: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paymentId, t.lineNo] }),
    check('charge_allocations_amount', sql`${t.amount} > 0`),
    index('charge_allocations_charge').on(t.chargeId),
  ],
)

/** 收据: one per payment, numbers without gaps; a voided one stays on record. */
export const receipts = sqliteTable(
  'receipts',
  {
    receiptNo: text().primaryKey(),
    paymentId: text()
      .notNull()
      .unique()
      .references(() => payments.id),
    /** Code of the till it was given out at, which stands in the number too. */
    till: text().notNull(),
    state: text({ enum: ['issued', 'voided'] }).notNull(),
    voidedAt: integer(),
  },
  (t) => [check('receipts_state', sql`(${t.state} = 'voided') = (${t.voidedAt} IS NOT NULL)`)],
)

/** 冲正: undoes one payment on the open day. Append-only; each payment at most once. */
export const reversals = sqliteTable(
  'reversals',
  {
    id: text().primaryKey(),
    /** 冲正凭证号: a series of its own, gapless as the receipts are. */
    reversalNo: text().notNull().unique(),
    paymentId: text()
      .notNull()
      .unique()
      .references(() => payments.id),
    businessDate: text()
      .notNull()
      .references(() => businessDays.date),
    /** Null where a 抵扣 is undone together with its bill. */
    shiftId: text().references(() => shifts.id),
    entryId: text()
      .notNull()
      .references(() => journalEntries.id),
    reason: text().notNull(),
    approverId: text().notNull(),
    approverName: text().notNull(),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [index('reversals_day').on(t.businessDate, t.id)],
)

/** 日结: begun as a draft, so that the steps done survive; closed once. */
export const dayCloses = sqliteTable(
  'day_closes',
  {
    date: text()
      .primaryKey()
      .references(() => businessDays.date),
    state: text({ enum: ['draft', 'closed'] }).notNull(),
    /** 日结单号, given at closing. */
    number: text().unique(),
    /** Fen over (+) or short (−) in all, kept at closing; and what was taken by all means together, prepayment apart. */
    overShort: integer().notNull().default(0),
    net: integer().notNull().default(0),
    startedAt: integer().notNull(),
    closedAt: integer(),
    closedById: text(),
    closedByName: text(),
    /** JSON of the 日结单 as it was at closing, so that a reprint says the same. */
    report: text(),
  },
  (t) => [
    check(
      'day_closes_state',
      sql`(${t.state} = 'closed') = (${t.number} IS NOT NULL AND ${t.closedAt} IS NOT NULL AND ${t.report} IS NOT NULL)`,
    ),
  ],
)

/** 清点: the count of each drawer that a day closes with. */
export const dayCounts = sqliteTable(
  'day_counts',
  {
    date: text()
      .notNull()
      .references(() => dayCloses.date),
    till: text().notNull(),
    countId: text()
      .notNull()
      .references(() => cashCounts.id),
  },
  (t) => [primaryKey({ columns: [t.date, t.till] })],
)

/** 对账单: a channel's statement for one business day, or the declaration that there is none. */
export const statements = sqliteTable(
  'statements',
  {
    id: text().primaryKey(),
    date: text()
      .notNull()
      .references(() => businessDays.date),
    means: text({ enum: ['wechat', 'alipay', 'pos', 'transfer'] }).notNull(),
    /** A statement; the declaration that there is none; the declaration that it comes after the day has closed. */
    kind: text({ enum: ['file', 'none', 'deferred'] }).notNull(),
    fileName: text().notNull(),
    /** SHA-256 of the file; null for a declaration. */
    hash: text().unique(),
    /** The request it came with, so that the same one again has the same answer. */
    requestId: text(),
    lineCount: integer().notNull(),
    /** Lines of other halls on the same bill, settled at once, and their fen. */
    elsewhereCount: integer().notNull().default(0),
    elsewhereTotal: integer().notNull().default(0),
    /** Fen, refunds subtracted. */
    total: integer().notNull(),
    note: text().notNull().default(''),
    /** Our movements it was last reconciled with; null before. One more of them and it must be done again. */
    reconciledWith: integer(),
    matched: integer().notNull().default(0),
    importedAt: integer().notNull(),
    importedBy: text().notNull(),
    /** Of a deferred one: when the statement had come and every difference was settled. */
    doneAt: integer(),
  },
  (t) => [
    check('statements_kind', sql`(${t.kind} = 'file') = (${t.hash} IS NOT NULL)`),
    index('statements_day').on(t.date, t.means),
    index('statements_awaited')
      .on(t.date, t.means)
      .where(sql`${t.kind} = 'deferred' AND ${t.doneAt} IS NULL`),
  ],
)

export const statementLines = sqliteTable(
  'statement_lines',
  {
    statementId: text()
      .notNull()
      .references(() => statements.id),
    /** Line of the file, from 1. */
    lineNo: integer().notNull(),
    means: text().notNull(),
    at: integer().notNull(),
    reference: text().notNull(),
    /** 商户订单号, where the channel has both; '' otherwise. */
    merchantReference: text().notNull(),
    /** Fen; negative for a refund. */
    amount: integer().notNull(),
    /** What no two lines of a channel share; '' where it gives no number. */
    identity: text().notNull(),
    /** `idle`: the channel itself says that no money of a customer moved; shown, never matched. */
    standing: text({ enum: ['money', 'idle'] })
      .notNull()
      .default('money'),
    /** The channel's own word for an idle line. */
    word: text().notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.statementId, t.lineNo] }),
    uniqueIndex('statement_lines_identity')
      .on(t.identity, t.means)
      .where(sql`${t.identity} <> ''`),
  ],
)

/** What the columns of a channel's file are, as somebody said once; found again by the file's headings. */
export const statementMappings = sqliteTable('statement_mappings', {
  headings: text().primaryKey(),
  /** JSON: column → field. */
  columns: text().notNull(),
  /** JSON arrays: what the direction's column says for money that came, and that went. */
  inWords: text().notNull(),
  outWords: text().notNull(),
  savedAt: integer().notNull(),
  savedBy: text().notNull(),
})

/** 对账差异: what did not match, and what was done about it. */
export const differences = sqliteTable(
  'differences',
  {
    id: text().primaryKey(),
    date: text()
      .notNull()
      .references(() => businessDays.date),
    means: text({ enum: ['wechat', 'alipay', 'pos', 'transfer'] }).notNull(),
    kind: text({ enum: ['ours-only', 'theirs-only', 'amount-differs'] }).notNull(),
    /** Our movement (`<payment>/<line>/in` or `/back`) and the statement's line (`<statement>/<line>`); '' if lacking. */
    oursKey: text().notNull(),
    theirsKey: text().notNull(),
    reference: text().notNull(),
    at: integer().notNull(),
    ours: integer(),
    theirs: integer(),
    receiptNo: text(),
    state: text({ enum: ['open', 'settled'] }).notNull(),
    resolution: text({ enum: ['unknown-receipt', 'not-ours', 'missing', 'next-day', 'follow-statement'] }),
    note: text().notNull().default(''),
    entryId: text().references(() => journalEntries.id),
    settledAt: integer(),
    settledBy: text(),
    /** Of a `next-day` one: the later day on which it was reconciled again. */
    clearedOn: text(),
  },
  (t) => [
    uniqueIndex('differences_what').on(t.date, t.means, t.oursKey, t.theirsKey),
    check('differences_state', sql`(${t.state} = 'settled') = (${t.resolution} IS NOT NULL)`),
    index('differences_carried')
      .on(t.means, t.date)
      .where(sql`${t.resolution} = 'next-day' AND ${t.clearedOn} IS NULL`),
    index('differences_cleared')
      .on(t.clearedOn)
      .where(sql`${t.resolution} = 'next-day' AND ${t.clearedOn} IS NOT NULL`),
  ],
)

/** 缴款单: the day's cash on its way to the bank. Append-only. */
export const depositSlips = sqliteTable(
  'deposit_slips',
  {
    id: text().primaryKey(),
    number: text().notNull().unique(),
    date: text()
      .notNull()
      .unique()
      .references(() => businessDays.date),
    /** Fen banked. */
    amount: integer().notNull(),
    /** JSON array of { face: fen, pieces } banked. */
    rows: text().notNull(),
    /** Fen of `amount` for which the drawer held no fitting pieces, changed at the safe. */
    exchanged: integer().notNull(),
    /** Code of the till at which the day was closed. */
    till: text().notNull(),
    entryId: text()
      .notNull()
      .references(() => journalEntries.id),
    at: integer().notNull(),
    actorName: text().notNull(),
  },
  (t) => [check('deposit_slips_amount', sql`${t.amount} > 0 AND ${t.exchanged} BETWEEN 0 AND ${t.amount}`)],
)
