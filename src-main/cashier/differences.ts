/** 对账: matches a channel's lines with our movements, and settles what does not match. */
import { openDayOrNull, post } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { fen, negate, subtract, type Fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import {
  meansNames,
  Reconcile,
  resolutionNames,
  resolutionsFor,
  SettleDifference,
  SettleElsewhere,
  type ChannelMeans,
  type Difference,
  type Resolution,
} from './api.ts'
import { closeState } from './close-state.ts'
import { DifferenceNotFound, DifferenceSettled, NoOpenDay, ResolutionNotFit } from './errors.ts'
import { expectedMovements } from './movements.ts'
import { reconcile as match, type OurMovement, type StatementLine } from './reconciliation.ts'
import { noteDone, statementDay } from './statement-day.ts'

function linesOf({ sqlite }: Context, date: BusinessDate, means: ChannelMeans): StatementLine[] {
  return statement<{ key: string; reference: string; merchantReference: string; amount: Fen; at: number }>(
    sqlite,
    `SELECT l.statement_id || '/' || l.line_no AS key, l.reference, l.merchant_reference AS merchantReference,
            l.amount, l.at
     FROM statements s JOIN statement_lines l ON l.statement_id = s.id
     WHERE s.date = ? AND s.means = ? AND l.standing = 'money' ORDER BY l.at, s.id, l.line_no`,
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

export const reconcile = useCase(Reconcile, ({ date: asked, means }, context) => {
  const { sqlite, clock } = context
  const date = statementDay(context, asked, means)
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
  noteDone(context, date, means)
  context.audit({ subject: `day:${date}`, detail: { means, matched: result.matched.length } })
  return closeState(context, date)
})

interface OpenDifference {
  readonly id: string
  readonly date: BusinessDate
  readonly means: ChannelMeans
  readonly kind: Difference['kind']
  readonly state: 'open' | 'settled'
  readonly ours: Fen | null
  readonly theirs: Fen | null
  readonly reference: string
}
const differenceColumns = 'id, date, means, kind, state, ours, theirs, reference'

/** Books a difference where money is concerned, into the day that is open, whatever day it belongs to. @throws NoOpenDay */
function bookDifference(
  context: Context,
  { id, date, means, ours, theirs, reference }: OpenDifference,
  resolution: Resolution,
  note: string,
): string {
  const open = openDayOrNull(context)
  if (open === null) throw new NoOpenDay('当前没有打开的营业日，请先开班，再处理已日结那一天的差异')
  const more = subtract(theirs ?? fen(0), ours ?? fen(0))
  const day = date === open ? '' : `${date} `
  return post(context, {
    kind: 'channel-difference',
    memo: `${day}${meansNames[means]}对账：${resolutionNames[resolution]} ${reference}`.trim(),
    subject: `difference:${id}`,
    businessDate: open,
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
}

/** @throws DifferenceSettled · ResolutionNotFit · NoOpenDay */
function settle(context: Context, difference: OpenDifference, resolution: Resolution, note: string): void {
  if (difference.state === 'settled') throw new DifferenceSettled()
  if (!resolutionsFor[difference.kind].includes(resolution))
    throw new ResolutionNotFit(undefined, { field: 'resolution' })
  const books = resolution !== 'not-ours' && resolution !== 'next-day'
  const entryId = books ? bookDifference(context, difference, resolution, note) : null
  statement(
    context.sqlite,
    `UPDATE differences SET state = 'settled', resolution = ?, note = ?, entry_id = ?, settled_at = ?, settled_by = ?
     WHERE id = ?`,
  ).run(resolution, note, entryId, context.clock.now(), context.actor.name, difference.id)
}

export const settleDifference = useCase(SettleDifference, ({ differenceId, resolution, note }, context) => {
  const difference = statement<OpenDifference>(
    context.sqlite,
    `SELECT ${differenceColumns} FROM differences WHERE id = ?`,
  ).get(differenceId)
  if (!difference) throw new DifferenceNotFound()
  const date = statementDay(context, difference.date, difference.means)
  settle(context, difference, resolution, note)
  noteDone(context, date, difference.means)
  const { ours, theirs } = difference
  const more = subtract(theirs ?? fen(0), ours ?? fen(0))
  context.audit({ subject: `difference:${differenceId}`, detail: { date, resolution, note, more } })
  return closeState(context, date)
})

export const settleElsewhere = useCase(SettleElsewhere, ({ date: asked, means, note }, context) => {
  const date = statementDay(context, asked, means)
  const open = statement<OpenDifference>(
    context.sqlite,
    `SELECT ${differenceColumns} FROM differences WHERE date = ? AND means = ? AND kind = 'theirs-only' AND state = 'open'`,
  ).all(date, means)
  if (open.length === 0) throw new DifferenceNotFound('没有对方有、我方无的差异，请刷新后再试')
  for (const difference of open) settle(context, difference, 'not-ours', note)
  noteDone(context, date, means)
  context.audit({ subject: `day:${date}`, detail: { means, elsewhere: open.length, note } })
  return closeState(context, date)
})
