/** Where a day close stands, put together from what was done: nothing here is kept twice. */
import { ledgerTotals, unequalBalances } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { fen, subtract, sum, type Fen } from '../platform/money.ts'
import {
  channelMeans,
  maxIdleShown,
  meansNames,
  type ChannelMeans,
  type CloseState,
  type CountRows,
  type Difference,
} from './api.ts'
import { obstaclesToClose } from './close-rules.ts'
import { bookedOverShort, movementsByChannel, totalsByMeans } from './movements.ts'
import { inDrawer, shiftsOf } from './shifts.ts'

interface CloseRow {
  readonly state: 'draft' | 'closed'
  readonly number: string | null
  readonly counted: Fen | null
  readonly rows: string | null
}

const closeRow = ({ sqlite }: Context, date: BusinessDate): CloseRow | undefined =>
  statement<CloseRow>(
    sqlite,
    `SELECT d.state, d.number, c.total AS counted, c.rows FROM day_closes d LEFT JOIN cash_counts c ON c.id = d.count_id
     WHERE d.date = ?`,
  ).get(date)

/** The count of the day's cash as it was last kept. */
export const countedRows = (row: { readonly rows: string | null } | undefined): CountRows =>
  row?.rows ? (JSON.parse(row.rows) as CountRows) : []

interface StatementRow {
  readonly statementId: string
  readonly fileName: string
  readonly lines: number
  readonly total: Fen
  readonly kind: 'file' | 'none' | 'deferred'
  readonly elsewhereCount: number
  readonly elsewhereTotal: Fen
  readonly note: string
  readonly reconciledWith: number | null
  readonly matched: number
}

/**
 * @param closed the day is: what was reconciled by then stays so, unless its statement was to come later
 * @param movements what moved on the day, where somebody has looked already
 */
export function channelState(
  context: Context,
  date: BusinessDate,
  means: ChannelMeans,
  closed: boolean,
  movements = movementsByChannel(context, date),
) {
  const rows = statement<StatementRow>(
    context.sqlite,
    `SELECT id AS statementId, file_name AS fileName, line_count AS lines, total, kind, note, elsewhere_count AS elsewhereCount,
            elsewhere_total AS elsewhereTotal, reconciled_with AS reconciledWith, matched
     FROM statements WHERE date = ? AND means = ? ORDER BY imported_at, id`,
  ).all(date, means)
  const expected = movements(means)
  const own = expected.filter(({ carried }) => !carried)
  // Where nothing was taken today, what earlier days left to come stands here: a day must not close over it without a word.
  const ours = own.length > 0 ? own : expected
  const imported = rows.filter(({ kind }) => kind === 'file')
  const none = rows.find(({ kind }) => kind === 'none')
  const deferral = rows.find(({ kind }) => kind === 'deferred')
  return {
    means,
    name: meansNames[means],
    ourCount: ours.length,
    ourTotal: sum(ours.map(({ amount }) => amount)),
    imported: imported.map(({ statementId, fileName, lines, total }) => ({ statementId, fileName, lines, total })),
    declaredNone: none !== undefined,
    deferred: deferral !== undefined,
    declarationId: (none ?? deferral)?.statementId ?? null,
    note: none?.note ?? '',
    elsewhere: {
      count: imported.reduce((all, row) => all + row.elsewhereCount, 0),
      total: sum(imported.map((row) => row.elsewhereTotal)),
    },
    idle: imported.length === 0 ? [] : idleLines(context, date, means),
    openDifferences: openDifferences(context, date, means),
    reconciled:
      imported.length > 0 &&
      ((closed && deferral === undefined) || imported.every((row) => row.reconciledWith === expected.length)),
    matched: imported[0]?.matched ?? 0,
  }
}

const idleLines = ({ sqlite }: Context, date: BusinessDate, means: ChannelMeans) =>
  statement<{ lineNo: number; reference: string; amount: Fen; word: string }>(
    sqlite,
    `SELECT l.line_no AS lineNo, l.reference, l.amount, l.word
     FROM statements s JOIN statement_lines l ON l.statement_id = s.id
     WHERE s.date = ? AND s.means = ? AND l.standing = 'idle' ORDER BY l.at, l.line_no LIMIT ${maxIdleShown}`,
  ).all(date, means)

const openDifferences = ({ sqlite }: Context, date: BusinessDate, means: ChannelMeans): number =>
  statement<{ n: number }>(
    sqlite,
    `SELECT count(*) AS n FROM differences WHERE date = ? AND means = ? AND state = 'open'`,
  ).get(date, means)?.n ?? 0

/** Differences of a day, in the order of time. */
export const differencesOf = ({ sqlite }: Context, date: BusinessDate): Difference[] =>
  statement<Difference>(
    sqlite,
    `SELECT id AS differenceId, means, kind, reference, at, ours, theirs, receipt_no AS receiptNo, state, resolution, note
     FROM differences WHERE date = ? ORDER BY means, at, id`,
  ).all(date)

/** Accounts whose balances differ from the ledger, by their numbers; there are none unless something is at fault. */
const wrongAccounts = (context: Context): string[] =>
  unequalBalances(context)
    .map(
      (id) =>
        statement<{ no: string }>(context.sqlite, 'SELECT account_no AS no FROM accounts WHERE id = ?').get(id)?.no ??
        id,
    )
    .sort()

export interface DepositSlipRow {
  readonly depositSlipId: string
  readonly number: string
  readonly amount: Fen
}

/** The day's 缴款单, or null when no cash was banked. */
export const depositSlipOf = ({ sqlite }: Context, date: BusinessDate): DepositSlipRow | null =>
  statement<DepositSlipRow>(sqlite, 'SELECT id AS depositSlipId, number, amount FROM deposit_slips WHERE date = ?').get(
    date,
  ) ?? null

/** The day close as it stands, with everything that keeps the day from closing. */
export function closeState(context: Context, date: BusinessDate): CloseState {
  const row = closeRow(context, date)
  const closed = row?.state === 'closed'
  const shifts = shiftsOf(context, date)
  const last = shifts.at(-1)
  const counted = row?.counted ?? null
  const inBooks = last ? inDrawer(context, last.shiftId) : fen(0)
  const difference = counted === null ? null : closed ? fen(0) : subtract(counted, inBooks)
  const overShort = bookedOverShort(context, date)
  const movements = movementsByChannel(context, date)
  const channels = channelMeans.map((means) => channelState(context, date, means, closed, movements))
  const differences = differencesOf(context, date)
  const totals = ledgerTotals(context, date)
  return {
    date,
    state: closed ? 'closed' : 'draft',
    shifts: shifts.map(({ shiftId, cashierName, openedAt, closedAt, state }) => ({
      shiftId,
      cashierName,
      openedAt,
      closedAt,
      open: state === 'open',
    })),
    byMeans: totalsByMeans(context, date),
    cash: {
      float: sum(shifts.map((shift) => shift.fromSafe)),
      expected: closed ? (counted ?? fen(0)) : inBooks,
      counted,
      rows: countedRows(row),
      difference,
      overShort: overShort.amount,
      overShortReason: overShort.reasons.join('；'),
    },
    statements: channels,
    differences,
    obstacles: closed
      ? []
      : obstaclesToClose({
          openShifts: shifts.filter(({ state }) => state === 'open').map(({ cashierName }) => cashierName),
          drawerUsed: shifts.length > 0,
          counted,
          difference,
          channels: channels.map((channel) => ({ ...channel, imported: channel.imported.length })),
          openDifferences: differences.filter(({ state }) => state === 'open').length,
          debit: sum(totals.map(({ debit }) => debit)),
          credit: sum(totals.map(({ credit }) => credit)),
          wrongAccounts: wrongAccounts(context),
        }),
    dayCloseNo: row?.number ?? null,
    depositSlip: depositSlipOf(context, date),
  }
}
