import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** 营业日: a date in Asia/Shanghai held open by the hall; a closed one takes no more entries. */
export const businessDays = sqliteTable(
  'business_days',
  {
    date: text().primaryKey(),
    state: text({ enum: ['open', 'closed'] }).notNull(),
    /** 1 once a shift was opened on it: only 日结 closes such a day. 0: opened by bookkeeping alone. */
    counter: integer().notNull().default(0),
    openedAt: integer().notNull(),
    closedAt: integer(),
    closedBy: text(),
  },
  (t) => [
    check('business_days_state', sql`${t.state} IN ('open', 'closed')`),
    uniqueIndex('business_days_one_open')
      .on(t.state)
      .where(sql`${t.state} = 'open'`),
  ],
)

/** 分录: append-only; a trigger refuses an entry that does not balance or whose day is closed. */
export const journalEntries = sqliteTable(
  'journal_entries',
  {
    id: text().primaryKey(),
    businessDate: text()
      .notNull()
      .references(() => businessDays.date),
    at: integer().notNull(),
    /** 'bill' | 'payment' | 'reversal' | 'float' | 'over-short' | 'deposit' | 'refund' | 'opening' … */
    kind: text().notNull(),
    memo: text().notNull(),
    /** The document behind it, `entity:id`. */
    subject: text().notNull(),
    actorId: text().notNull(),
    shiftId: text(),
    /** The entry this one undoes; each is undone at most once. */
    reverses: text(),
    reason: text(),
    approvedBy: text(),
  },
  (t) => [
    index('journal_entries_day').on(t.businessDate, t.kind),
    uniqueIndex('journal_entries_reverses')
      .on(t.reverses)
      .where(sql`${t.reverses} IS NOT NULL`),
  ],
)

/** Lines are written before their entry, which seals them. Exactly one of debit and credit is above zero. */
export const journalLines = sqliteTable(
  'journal_lines',
  {
    entryId: text()
      .notNull()
      .references(() => journalEntries.id),
    lineNo: integer().notNull(),
    /** `LedgerAccount` in ledger/rules.ts. */
    account: text().notNull(),
    /** Whose: account id for receivable, fee-receivable and prepayment, shift id for the cash drawer; '' where nobody's. */
    holder: text().notNull(),
    /** Fen. */
    debit: integer().notNull(),
    credit: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.entryId, t.lineNo] }),
    check('journal_lines_one_side', sql`(${t.debit} > 0 AND ${t.credit} = 0) OR (${t.debit} = 0 AND ${t.credit} > 0)`),
    // Covers the balances of one account or holder without touching the rows.
    index('journal_lines_account').on(t.account, t.holder, t.debit, t.credit),
  ],
)

/** Turnover per account of each closed day, written by the close: balances of any date without reading every entry. */
export const ledgerDayTotals = sqliteTable(
  'ledger_day_totals',
  {
    date: text()
      .notNull()
      .references(() => businessDays.date),
    account: text().notNull(),
    /** Fen. */
    debit: integer().notNull(),
    credit: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.date, t.account] })],
)

/**
 * Turnover per account of each day, open ones too: kept by the trigger that seals an entry, so that closing a day of whatever
 * length adds up nothing.
 */
export const ledgerTurnover = sqliteTable(
  'ledger_turnover',
  {
    date: text().notNull(),
    account: text().notNull(),
    /** Fen. */
    debit: integer().notNull(),
    credit: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.date, t.account] })],
)

/**
 * What the books say of a customer's account beyond what the account itself says, fen: kept by triggers on both, a row only
 * while they differ. Empty between two transactions unless the program or somebody at the file is at fault.
 */
export const balanceGaps = sqliteTable('balance_gaps', {
  /** Of an account, or whatever else an entry names as the holder. */
  accountId: text().primaryKey(),
  arrears: integer().notNull(),
  prepayment: integer().notNull(),
})
