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
import { tidyCount } from './rules.ts'
import { inDrawer, shiftsOf, type ShiftRow } from './shifts.ts'

interface CloseRow {
  readonly state: 'draft' | 'closed'
  readonly number: string | null
}

const closeRow = ({ sqlite }: Context, date: BusinessDate): CloseRow | undefined =>
  statement<CloseRow>(sqlite, 'SELECT state, number FROM day_closes WHERE date = ?').get(date)

/** The last count of each drawer for the close of a day, by till. */
function countsOf({ sqlite }: Context, date: BusinessDate): Map<string, { total: Fen; rows: CountRows }> {
  const kept = statement<{ till: string; total: Fen; rows: string }>(
    sqlite,
    'SELECT d.till, c.total, c.rows FROM day_counts d JOIN cash_counts c ON c.id = d.count_id WHERE d.date = ?',
  ).all(date)
  return new Map(kept.map(({ till, total, rows }) => [till, { total, rows: JSON.parse(rows) as CountRows }]))
}

type Drawer = CloseState['drawers'][number]

/** Each drawer of a day that was in use, in the order of the tills. */
function drawersOf(context: Context, date: BusinessDate, shifts: readonly ShiftRow[], closed: boolean): Drawer[] {
  const counts = countsOf(context, date)
  const explained = bookedOverShort(context, date)
  return [...new Set(shifts.map(({ till }) => till))].sort().map((till) => {
    const here = shifts.filter((shift) => shift.till === till)
    const last = here.at(-1) as ShiftRow
    const count = counts.get(till)
    const inBooks = inDrawer(context, last.shiftId)
    const overShort = explained.filter((one) => one.till === till)
    return {
      till,
      cashierName: last.cashierName,
      open: last.state === 'open',
      float: sum(here.map(({ fromSafe }) => fromSafe)),
      expected: closed ? (count?.total ?? fen(0)) : inBooks,
      counted: count?.total ?? null,
      rows: count?.rows ?? [],
      difference: count === undefined ? null : closed ? fen(0) : subtract(count.total, inBooks),
      overShort: sum(overShort.map(({ amount }) => amount)),
      overShortReason: overShort.map(({ reason }) => reason).join('；'),
    }
  })
}

/** All drawers as one: counted when the last of them is. */
function together(drawers: readonly Drawer[]): CloseState['cash'] {
  const all = <K extends 'counted' | 'difference'>(what: K): Fen | null => {
    const known = drawers.map((drawer) => drawer[what])
    return known.length > 0 && known.every((one) => one !== null) ? sum(known) : null
  }
  const pieces = new Map<Fen, number>()
  for (const { face, pieces: more } of drawers.flatMap(({ rows }) => rows))
    pieces.set(face, (pieces.get(face) ?? 0) + more)
  return {
    float: sum(drawers.map(({ float }) => float)),
    expected: sum(drawers.map(({ expected }) => expected)),
    counted: all('counted'),
    rows: tidyCount([...pieces].map(([face, count]) => ({ face, pieces: count }))),
    difference: all('difference'),
    overShort: sum(drawers.map(({ overShort }) => overShort)),
    overShortReason: drawers.flatMap(({ overShortReason }) => overShortReason || []).join('；'),
  }
}

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
  const drawers = drawersOf(context, date, shifts, closed)
  const movements = movementsByChannel(context, date)
  const channels = channelMeans.map((means) => channelState(context, date, means, closed, movements))
  const differences = differencesOf(context, date)
  const totals = ledgerTotals(context, date)
  return {
    date,
    state: closed ? 'closed' : 'draft',
    shifts: shifts.map(({ shiftId, till, cashierName, openedAt, closedAt, state }) => ({
      shiftId,
      till,
      cashierName,
      openedAt,
      closedAt,
      open: state === 'open',
    })),
    byMeans: totalsByMeans(context, date),
    cash: together(drawers),
    drawers,
    till: context.till,
    statements: channels,
    differences,
    obstacles: closed
      ? []
      : obstaclesToClose({
          drawers,
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
