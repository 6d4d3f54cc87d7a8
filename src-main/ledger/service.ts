/**
 * The books. Every yuan moves as a balanced entry of the open business day; nothing is ever altered (triggers refuse),
 * a mistake is undone by an entry that points at it. On the path of every payment, so all statements are prepared once.
 */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { add, fen, sum, type Fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { ledgerAccountNames, ledgerAccounts, TrialBalance } from './api.ts'
import { currentDay, dayClosed, dayIsClosed } from './business-day.ts'
import { EntryAlreadyReversed, EntryNotFound } from './errors.ts'
import { mirrored, sealedLines, type LedgerAccount, type LedgerLine, type SealedLine } from './rules.ts'

export {
  closeDay,
  counterIsOpen,
  currentDay,
  dayClosed,
  counterDay,
  counterIsOver,
  lastCounterDay,
  dayIsClosed,
  counterSince,
  dayState,
  openDay,
  openDayOrNull,
  openDayOrToday,
  today,
} from './business-day.ts'
export * from './errors.ts'
export { counterDays, dayFigures } from './figures.ts'
export type { LedgerAccount, LedgerLine } from './rules.ts'

export interface NewEntry {
  /** 'bill' | 'payment' | 'reversal' | 'float' | 'over-short' | 'deposit' | 'refund' | 'opening' … */
  readonly kind: string
  readonly memo: string
  /** The document behind it, `entity:id`. */
  readonly subject: string
  readonly shiftId?: string | null
  readonly lines: readonly LedgerLine[]
  readonly reason?: string
  readonly approvedBy?: string
  /** The open day when absent. */
  readonly businessDate?: BusinessDate
}

/**
 * Books one entry and returns its id. Lines that move nothing are left out.
 * @throws DayClosed when its day is closed · RangeError when the sides differ (a fault of the program)
 */
export function post(context: Context, entry: NewEntry): string {
  const date = entry.businessDate ?? currentDay(context)
  if (entry.businessDate && dayIsClosed(context, date)) throw dayClosed(date)
  return write(context, entry, date, sealedLines(entry.lines), null)
}

/**
 * 冲正: books the mirror image of an entry on the open day, pointing at the original.
 * @param drawer shift id whose drawer gives or takes the cash now; the original's when absent
 * @throws EntryNotFound · EntryAlreadyReversed
 */
export function reverse(
  context: Context,
  entryId: string,
  { reason, approvedBy, drawer = null }: { reason: string; approvedBy: string; drawer?: string | null },
): string {
  const { sqlite } = context
  const original = statement<{ memo: string; subject: string; reversed: string | null }>(
    sqlite,
    `SELECT e.memo, e.subject, r.id AS reversed
     FROM journal_entries e LEFT JOIN journal_entries r ON r.reverses = e.id WHERE e.id = ?`,
  ).get(entryId)
  if (!original) throw new EntryNotFound()
  if (original.reversed) throw new EntryAlreadyReversed()
  const lines = statement<SealedLine>(
    sqlite,
    'SELECT account, holder, debit, credit FROM journal_lines WHERE entry_id = ? ORDER BY line_no',
  ).all(entryId)
  const { memo, subject } = original
  const entry = { kind: 'reversal', memo: `冲正：${memo}`, subject, shiftId: drawer, reason, approvedBy }
  return write(context, entry, currentDay(context), mirrored(lines, drawer), entryId)
}

/** The lines go first and the entry seals them: its trigger refuses what does not balance or comes too late. */
function write(
  { sqlite, clock, actor }: Context,
  entry: Omit<NewEntry, 'lines'>,
  date: BusinessDate,
  lines: readonly SealedLine[],
  reverses: string | null,
): string {
  const id = newId(clock)
  const line = statement(
    sqlite,
    'INSERT INTO journal_lines (entry_id, line_no, account, holder, debit, credit) VALUES (?, ?, ?, ?, ?, ?)',
  )
  lines.forEach(({ account, holder, debit, credit }, i) => line.run(id, i + 1, account, holder, debit, credit))
  statement(
    sqlite,
    `INSERT INTO journal_entries
       (id, business_date, at, kind, memo, subject, actor_id, shift_id, reverses, reason, approved_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    date,
    clock.now(),
    entry.kind,
    entry.memo,
    entry.subject,
    actor.id,
    entry.shiftId ?? null,
    reverses,
    entry.reason ?? null,
    entry.approvedBy ?? null,
  )
  return id
}

/** The business day an entry belongs to. @throws EntryNotFound */
export function entryDate({ sqlite }: Context, entryId: string): BusinessDate {
  const row = statement<{ date: BusinessDate }>(
    sqlite,
    'SELECT business_date AS date FROM journal_entries WHERE id = ?',
  ).get(entryId)
  if (!row) throw new EntryNotFound()
  return row.date
}

/** Debit minus credit of an account, or of one holder in it, in fen. What the hall owes (prepayment) is negative. */
export function balanceOf({ sqlite }: Context, account: LedgerAccount, holder?: string): Fen {
  const row =
    holder === undefined
      ? statement<{ balance: number }>(
          sqlite,
          'SELECT coalesce(sum(debit) - sum(credit), 0) AS balance FROM journal_lines WHERE account = ?',
        ).get(account)
      : statement<{ balance: number }>(
          sqlite,
          `SELECT coalesce(sum(debit) - sum(credit), 0) AS balance FROM journal_lines
           WHERE account = ? AND holder = ?`,
        ).get(account, holder)
  return fen(row?.balance ?? 0)
}

export interface AccountTotal {
  readonly account: LedgerAccount
  readonly debit: Fen
  readonly credit: Fen
}

/**
 * Turnover of one business day per account, in fen, by account name: what is compared with headquarters. Kept as each entry is
 * sealed, whatever the day held.
 */
export const ledgerTotals = ({ sqlite }: Pick<Context, 'sqlite'>, date: BusinessDate): AccountTotal[] =>
  statement<AccountTotal>(
    sqlite,
    'SELECT account, debit, credit FROM ledger_turnover WHERE date = ? ORDER BY account',
  ).all(date)

/** Holders whose receivable or prepayment in the books is not what their account says: none, unless something is at fault. */
export const unequalBalances = ({ sqlite }: Pick<Context, 'sqlite'>): string[] =>
  statement<{ id: string }>(sqlite, 'SELECT account_id AS id FROM balance_gaps ORDER BY account_id')
    .all()
    .map(({ id }) => id)

/** Balances at the end of a day: the kept totals of closed days plus the entries of a day that is still open. */
function balancesUpTo(context: Context, date: BusinessDate): Map<LedgerAccount, Fen> {
  const closed = statement<{ account: LedgerAccount; balance: Fen }>(
    context.sqlite,
    'SELECT account, sum(debit) - sum(credit) AS balance FROM ledger_day_totals WHERE date <= ? GROUP BY account',
  ).all(date)
  const balances = new Map(closed.map(({ account, balance }) => [account, balance]))
  const open = statement<{ date: BusinessDate }>(
    context.sqlite,
    `SELECT date FROM business_days WHERE state = 'open' AND date <= ?`,
  ).get(date)
  for (const { account, debit, credit } of open ? ledgerTotals(context, open.date) : []) {
    balances.set(account, fen((balances.get(account) ?? 0) + debit - credit))
  }
  return balances
}

/** Debit minus credit of an account at the end of a business day, in fen; zero before the books began. */
export const balanceOn = (context: Context, account: LedgerAccount, date: BusinessDate): Fen =>
  balancesUpTo(context, date).get(account) ?? fen(0)

/** 试算平衡 of a day, accounts in the order of the chart; those that never moved are left out. */
export const trialBalance = useCase(TrialBalance, ({ date }, context) => {
  const turnover = new Map(ledgerTotals(context, date).map((total) => [total.account, total]))
  const balances = balancesUpTo(context, date)
  const rows = ledgerAccounts
    .filter((account) => turnover.has(account) || balances.has(account))
    .map((account) => ({
      account,
      name: ledgerAccountNames[account],
      debit: turnover.get(account)?.debit ?? fen(0),
      credit: turnover.get(account)?.credit ?? fen(0),
      balance: balances.get(account) ?? fen(0),
    }))
  const [debit, credit] = [sum(rows.map((row) => row.debit)), sum(rows.map((row) => row.credit))]
  const total = rows.reduce((all, row) => add(all, row.balance), fen(0))
  return { rows, debit, credit, balanced: debit === credit && total === 0 }
})
