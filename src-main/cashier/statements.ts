/** 对账: takes in channel statements, matches them line by line, and settles what does not match. */
import { post } from '../ledger/service.ts'
import { sha256 } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { fen, negate, subtract, sum, type Fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import {
  DeclareNoStatement,
  ImportStatement,
  meansNames,
  Reconcile,
  RemoveStatement,
  resolutionNames,
  resolutionsFor,
  SettleDifference,
  type ChannelMeans,
  type Difference,
} from './api.ts'
import { closeState } from './close-state.ts'
import { closingDay } from './closing-day.ts'
import {
  DifferenceNotFound,
  DifferenceSettled,
  ResolutionNotFit,
  StatementDuplicate,
  StatementNotFound,
  StatementOtherDay,
} from './errors.ts'
import { expectedMovements } from './movements.ts'
import { reconcile as match, type OurMovement, type StatementLine } from './reconciliation.ts'
import { readStatement, type FileLine } from './statement-file.ts'

/** What was matched before no longer counts once a statement comes or goes. */
function forgetReconciliation({ sqlite }: Context, date: BusinessDate, means: ChannelMeans): void {
  statement(sqlite, 'UPDATE statements SET reconciled_with = NULL, matched = 0 WHERE date = ? AND means = ?').run(
    date,
    means,
  )
}

function keepStatement(
  { sqlite, clock, actor }: Context,
  kept: {
    date: BusinessDate
    means: ChannelMeans
    fileName: string
    hash: string | null
    lines: FileLine[]
    note: string
  },
): string {
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO statements (id, date, means, file_name, hash, line_count, total, note, imported_at, imported_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    kept.date,
    kept.means,
    kept.fileName,
    kept.hash,
    kept.lines.length,
    sum(kept.lines.map((line) => line.amount)),
    kept.note,
    clock.now(),
    actor.name,
  )
  const insert = statement(
    sqlite,
    `INSERT INTO statement_lines (statement_id, line_no, means, at, reference, merchant_reference, amount, identity)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const line of kept.lines) {
    insert.run(id, line.lineNo, kept.means, line.at, line.reference, line.merchantReference, line.amount, line.identity)
  }
  return id
}

function refuseKnownLines({ sqlite }: Context, means: ChannelMeans, lines: readonly FileLine[]): void {
  const known = statement<{ date: string }>(
    sqlite,
    `SELECT s.date FROM statement_lines l JOIN statements s ON s.id = l.statement_id
     WHERE l.identity = ? AND l.means = ? AND l.identity <> ''`,
  )
  for (const { identity, lineNo } of lines) {
    const before = identity === '' ? undefined : known.get(identity, means)
    if (before) {
      throw new StatementDuplicate(`第 ${lineNo} 行的交易已在 ${before.date} 的对账单里，请核对文件`, { field: 'text' })
    }
  }
}

export const importStatement = useCase(ImportStatement, ({ means, fileName, text }, context) => {
  const date = closingDay(context)
  const hash = sha256(`${means}\n${text}`)
  const twice = statement(context.sqlite, 'SELECT 1 FROM statements WHERE hash = ?').get(hash)
  if (twice) throw new StatementDuplicate(undefined, { field: 'text' })
  const lines = readStatement(text)
  const now = shanghaiDate(context.clock.now())
  const foreign = lines.find(({ at }) => shanghaiDate(at) < date || shanghaiDate(at) > now)
  if (foreign) {
    throw new StatementOtherDay(
      `第 ${foreign.lineNo} 行是 ${shanghaiDate(foreign.at)} 的交易，本营业日是 ${date}，请核对文件`,
      { field: 'text' },
    )
  }
  refuseKnownLines(context, means, lines)
  forgetReconciliation(context, date, means)
  const statementId = keepStatement(context, { date, means, fileName, hash, lines, note: '' })
  context.audit({ subject: `statement:${statementId}`, detail: { means, fileName, lines: lines.length } })
  return closeState(context, date)
})

export const declareNoStatement = useCase(DeclareNoStatement, ({ means, note }, context) => {
  const date = closingDay(context)
  statement(context.sqlite, 'DELETE FROM statements WHERE date = ? AND means = ? AND hash IS NULL').run(date, means)
  const statementId = keepStatement(context, { date, means, fileName: '', hash: null, lines: [], note })
  context.audit({ subject: `statement:${statementId}`, detail: { means, note } })
  return closeState(context, date)
})

export const removeStatement = useCase(RemoveStatement, ({ statementId }, context) => {
  const { sqlite } = context
  const date = closingDay(context)
  const row = statement<{ means: ChannelMeans; fileName: string }>(
    sqlite,
    'SELECT means, file_name AS fileName FROM statements WHERE id = ? AND date = ?',
  ).get(statementId, date)
  if (!row) throw new StatementNotFound()
  const settled = statement(
    sqlite,
    `SELECT 1 FROM differences WHERE date = ? AND means = ? AND state = 'settled' AND theirs_key LIKE ? || '/%'`,
  ).get(date, row.means, statementId)
  if (settled) throw new DifferenceSettled('这份对账单的差异已经处理，不能移除')
  forgetReconciliation(context, date, row.means)
  statement(sqlite, `DELETE FROM differences WHERE date = ? AND means = ? AND state = 'open'`).run(date, row.means)
  statement(sqlite, 'DELETE FROM statement_lines WHERE statement_id = ?').run(statementId)
  statement(sqlite, 'DELETE FROM statements WHERE id = ?').run(statementId)
  context.audit({ subject: `statement:${statementId}`, detail: { ...row, removed: true } })
  return closeState(context, date)
})

function linesOf({ sqlite }: Context, date: BusinessDate, means: ChannelMeans): StatementLine[] {
  return statement<{ key: string; reference: string; merchantReference: string; amount: Fen; at: number }>(
    sqlite,
    `SELECT l.statement_id || '/' || l.line_no AS key, l.reference, l.merchant_reference AS merchantReference,
            l.amount, l.at
     FROM statements s JOIN statement_lines l ON l.statement_id = s.id
     WHERE s.date = ? AND s.means = ? ORDER BY l.at, s.id, l.line_no`,
  )
    .all(date, means)
    .map(({ reference, merchantReference, ...line }) => ({
      ...line,
      references: [reference, merchantReference].filter((text) => text !== ''),
    }))
}

/** Which of our movements and of their lines have been settled already, by key. */
function settledKeys({ sqlite }: Context, date: BusinessDate, means: ChannelMeans): Set<string> {
  const rows = statement<{ oursKey: string; theirsKey: string }>(
    sqlite,
    `SELECT ours_key AS oursKey, theirs_key AS theirsKey FROM differences
     WHERE date = ? AND means = ? AND state = 'settled'`,
  ).all(date, means)
  return new Set(rows.flatMap((row) => [row.oursKey, row.theirsKey]))
}

export const reconcile = useCase(Reconcile, ({ means }, context) => {
  const { sqlite, clock } = context
  const date = closingDay(context)
  const expected = expectedMovements(context, date, means)
  const settled = settledKeys(context, date, means)
  const open = <T extends { key: string }>(rows: readonly T[]) => rows.filter((row) => !settled.has(row.key))
  const result = match(open(expected), open(linesOf(context, date, means)))

  statement(sqlite, `DELETE FROM differences WHERE date = ? AND means = ? AND state = 'open'`).run(date, means)
  const insert = statement(
    sqlite,
    `INSERT INTO differences (id, date, means, kind, ours_key, theirs_key, reference, at, ours, theirs, receipt_no, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')`,
  )
  const keep = (kind: Difference['kind'], ours: OurMovement | null, theirs: StatementLine | null) =>
    insert.run(
      newId(clock),
      date,
      means,
      kind,
      ours?.key ?? '',
      theirs?.key ?? '',
      ours?.reference || theirs?.references[0] || '',
      ours?.at ?? theirs?.at ?? clock.now(),
      ours?.amount ?? null,
      theirs?.amount ?? null,
      ours?.receiptNo ?? null,
    )
  for (const { ours, theirs } of result.amountDiffers) keep('amount-differs', ours, theirs)
  for (const ours of result.oursOnly) keep('ours-only', ours, null)
  for (const theirs of result.theirsOnly) keep('theirs-only', null, theirs)

  // What was carried here is now either matched or an open difference of this day.
  const clear = statement(
    sqlite,
    `UPDATE differences SET cleared_on = ? WHERE means = ? AND ours_key = ? AND date < ? AND resolution = 'next-day'
     AND cleared_on IS NULL`,
  )
  for (const movement of expected.filter(({ carried }) => carried)) clear.run(date, means, movement.key, date)
  statement(
    sqlite,
    'UPDATE statements SET reconciled_with = ?, matched = ? WHERE date = ? AND means = ? AND hash IS NOT NULL',
  ).run(expected.length, result.matched.length, date, means)
  context.audit({ subject: `day:${date}`, detail: { means, matched: result.matched.length } })
  return closeState(context, date)
})

interface OpenDifference {
  readonly means: ChannelMeans
  readonly kind: Difference['kind']
  readonly state: 'open' | 'settled'
  readonly ours: Fen | null
  readonly theirs: Fen | null
  readonly reference: string
}

export const settleDifference = useCase(SettleDifference, ({ differenceId, resolution, note }, context) => {
  const { sqlite, clock, actor } = context
  const date = closingDay(context)
  const difference = statement<OpenDifference>(
    sqlite,
    'SELECT means, kind, state, ours, theirs, reference FROM differences WHERE id = ? AND date = ?',
  ).get(differenceId, date)
  if (!difference) throw new DifferenceNotFound()
  if (difference.state === 'settled') throw new DifferenceSettled()
  if (!resolutionsFor[difference.kind].includes(resolution))
    throw new ResolutionNotFit(undefined, { field: 'resolution' })
  const { means, ours, theirs, reference } = difference
  const more = subtract(theirs ?? fen(0), ours ?? fen(0))
  const books = resolution !== 'not-ours' && resolution !== 'next-day'
  const entryId = books
    ? post(context, {
        kind: 'channel-difference',
        memo: `${meansNames[means]}对账：${resolutionNames[resolution]} ${reference}`.trim(),
        subject: `difference:${differenceId}`,
        businessDate: date,
        reason: note,
        lines:
          more > 0
            ? [
                { account: means, debit: more },
                { account: 'channel-difference', credit: more },
              ]
            : [
                { account: 'channel-difference', debit: negate(more) },
                { account: means, credit: negate(more) },
              ],
      })
    : null
  statement(
    sqlite,
    `UPDATE differences SET state = 'settled', resolution = ?, note = ?, entry_id = ?, settled_at = ?, settled_by = ?
     WHERE id = ?`,
  ).run(resolution, note, entryId, clock.now(), actor.name, differenceId)
  context.audit({ subject: `difference:${differenceId}`, detail: { resolution, note, more } })
  return closeState(context, date)
})
