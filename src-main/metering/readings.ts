/** 抄表: a reading is judged against the last one, kept, and billed by the billing room; a mistake is voided before that. */
import { accountById, recordEvent } from '../customers/service.ts'
import { CertificateMissing, certificateProblem, staffById, type StaffMember } from '../staff/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { daysBetween, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { add, formatCubicMetres, litre, type Litre } from '../platform/money.ts'
import { readingSourceNames, type MeterToRead, type MeterView, type ReadingSource, type ReadingState } from './api.ts'
import { metersInUse } from './meters.ts'
import { dropOddUse, noteOddUse } from './odd-uses.ts'
import {
  consumptionBetween,
  estimateConsumption,
  estimateIndex,
  estimateLimit,
  estimatesInARow,
  judgeReading,
  longestMonthDays,
  registerCapacity,
  unresolved,
  type AssumedIndex,
  type FindingKind,
  type Judgement,
  type PastReading,
} from './rules.ts'

export const ReadingRefused = domainError('ReadingRefused', '读数有误，请核对后重填')
export const ReadingToConfirm = domainError('ReadingToConfirm', '读数异常，请核对表具后确认')
export const ReadingBilled = domainError('ReadingBilled', '已出账的抄表不能作废，请先由主任取消账单')
export const ReadingNotLast = domainError('ReadingNotLast', '只能作废该表最后一次抄表，请先作废其后的抄表')

/** How far back an estimate looks: enough to find three readings that are no estimates themselves. */
const historyDepth = 12

export interface LastReading {
  /** Null while only the installation is on record. */
  readonly readingId: string | null
  readonly on: BusinessDate
  /** Litres. */
  readonly index: Litre
}

/** The last reading of a meter that counts, else its installation. @throws NotFound */
export function lastReading({ sqlite }: Context, meterId: string): LastReading {
  const row =
    statement<LastReading>(
      sqlite,
      `SELECT id AS readingId, read_on AS "on", current_index AS "index" FROM readings
       WHERE meter_id = ? AND state <> 'void' ORDER BY read_on DESC, id DESC LIMIT 1`,
    ).get(meterId) ??
    statement<LastReading>(
      sqlite,
      'SELECT NULL AS readingId, installed_on AS "on", initial_index AS "index" FROM meters WHERE id = ?',
    ).get(meterId)
  if (!row) throw new NotFound('没有这块表，请刷新后再试')
  return row
}

/** The account's own reading of this meter, when it is the last one and says just this; null otherwise. */
export const readingAt = (
  { sqlite }: Context,
  { accountId, meter, readOn, index }: ReadingToTake,
): { readonly readingId: string; readonly state: ReadingState } | null => {
  const last = statement<{ readingId: string; accountId: string; on: BusinessDate; index: Litre; state: ReadingState }>(
    sqlite,
    `SELECT id AS readingId, account_id AS accountId, read_on AS "on", current_index AS "index", state FROM readings
     WHERE meter_id = ? AND state <> 'void' ORDER BY read_on DESC, id DESC LIMIT 1`,
  ).get(meter.meterId)
  return last && last.accountId === accountId && last.on === readOn && last.index === index ? last : null
}

/**
 * SQL: the meters that measured at the place of a meter: it, and those it was exchanged for. What a household's other meter
 * measures says nothing of it.
 * @param meter SQL of a meter's id
 */
export const samePlaceSql = (meter: string): string =>
  `(SELECT o.id FROM meters m JOIN meters o ON o.service_point_id = m.service_point_id AND o.position = m.position
    WHERE m.id = ${meter})`

/** What an account used up to a day by this meter and those before it, oldest first. */
function historyOf(
  { sqlite }: Context,
  { accountId, meterId }: { readonly accountId: string; readonly meterId: string },
  through = '9999-12-31',
): PastReading[] {
  const rows = statement<{
    consumption: Litre
    makeUp: Litre
    previousOn: BusinessDate
    readOn: BusinessDate
    source: ReadingSource
    corrected: number
    digits: number
  }>(
    sqlite,
    `SELECT consumption, make_up AS makeUp, previous_on AS previousOn, read_on AS readOn, source,
       CASE source WHEN 'correction' THEN current_index - previous_index ELSE 0 END AS corrected,
       (SELECT digits FROM meters m WHERE m.id = meter_id) AS digits
     FROM readings WHERE account_id = ? AND read_on <= ? AND state <> 'void' AND meter_id IN ${samePlaceSql('?')}
     ORDER BY read_on DESC, id DESC LIMIT ${historyDepth}`,
  ).all(accountId, through, meterId)
  const history: PastReading[] = []
  for (const { consumption, makeUp, previousOn, readOn, source, corrected, digits } of rows.toReversed()) {
    const past = history.at(-1)
    // 退补: the reading before measured what was found then, which somebody looked for.
    if (source === 'correction' && past)
      history.splice(-1, 1, {
        ...past,
        consumption: litre(Math.max(0, past.consumption + shortestTurn(corrected, registerCapacity(digits)))),
        estimated: false,
      })
    else
      history.push({
        consumption,
        days: daysBetween(previousOn, readOn),
        estimated: source === 'estimated' || makeUp > 0,
      })
  }
  return history
}

/** A difference of two indexes, the end of the register considered. */
const shortestTurn = (difference: number, capacity: Litre): number =>
  difference > capacity / 2 ? difference - capacity : difference < -capacity / 2 ? difference + capacity : difference

/**
 * 补气量 for the days from `stoppedOn`, when the meter stood still, to `on`: the daily average of the last three valid
 * readings before it (domain.md §4). Null without any to go by. Litres.
 */
export const makeUpEstimate = (
  context: Context,
  of: { readonly accountId: string; readonly meterId: string },
  stoppedOn: BusinessDate,
  on: BusinessDate,
): Litre | null => estimateConsumption(historyOf(context, of, stoppedOn), daysBetween(stoppedOn, on))

export interface ReadingToTake {
  readonly accountId: string
  readonly meter: MeterView
  readonly readOn: BusinessDate
  /** Litres. */
  readonly index: Litre
}

/** Whether the last index of a meter was only assumed, and in which bill it is by now. */
const assumedIndex = ({ sqlite }: Context, { readingId }: LastReading): AssumedIndex | null =>
  statement<AssumedIndex>(
    sqlite,
    `SELECT l.source AS "by", coalesce(b.bill_no, f.bill_no) AS billNo
     FROM readings l
       JOIN readings r ON r.id = CASE l.source WHEN 'correction' THEN (SELECT o.id FROM readings o
         WHERE o.meter_id = l.meter_id AND o.read_on <= l.read_on AND o.state = 'billed' AND o.source <> 'correction'
         ORDER BY o.read_on DESC, o.id DESC LIMIT 1) ELSE l.id END
       LEFT JOIN bills b ON b.reading_id = r.id AND b.cancelled_by IS NULL
       LEFT JOIN bill_further_readings x ON b.id IS NULL AND x.reading_id = r.id AND x.cancelled = 0
       LEFT JOIN bills f ON f.id = x.bill_id
     WHERE l.id = ? AND l.source IN ('estimated', 'correction')`,
  ).get(readingId) ?? null

/** What is odd about a reading, against the last one of its meter. Writes nothing. */
export function judge(context: Context, { accountId, meter, readOn, index }: ReadingToTake) {
  const last = lastReading(context, meter.meterId)
  const history = historyOf(context, { accountId, meterId: meter.meterId })
  const judgement: Judgement = judgeReading({
    previous: last.index,
    assumed: assumedIndex(context, last),
    current: index,
    previousOn: last.on,
    readOn,
    today: shanghaiDate(context.clock.now()),
    digits: meter.digits,
    history,
    model: meter.model,
    limits: { tooHighPercent: context.settings.get('metering.tooHighPercent') },
  })
  return { last, history, ...judgement }
}

/** What an estimate (估抄) of a day would book, or null without enough readings to go by. */
export function estimateOn(context: Context, accountId: string, meter: MeterView, readOn: BusinessDate) {
  const last = lastReading(context, meter.meterId)
  const days = daysBetween(last.on, readOn)
  const history = historyOf(context, { accountId, meterId: meter.meterId })
  const index = days < 0 ? null : estimateIndex(last.index, meter.digits, history, days)
  return index === null ? null : { index, consumption: consumptionBetween(last.index, index, meter.digits) }
}

/**
 * The meters in use of an account as the one who reads them sees them. They are billed together: one whose reading does not
 * wait yet keeps the others waiting.
 */
export const metersToRead = (context: Context, accountId: string, meters: readonly MeterView[]): MeterToRead[] =>
  meters.map(({ meterId, meterNo }) => {
    const { on, index } = lastReading(context, meterId)
    const waiting =
      statement(
        context.sqlite,
        `SELECT 1 FROM readings WHERE account_id = ? AND meter_id = ? AND state = 'unbilled' LIMIT 1`,
      ).get(accountId, meterId) !== undefined
    return { meterId, meterNo, previousOn: on, previousIndex: index, waiting }
  })

/** Of these the ones that must be read before a reading of the day is billed. */
export const unreadMeters = (meters: readonly MeterToRead[], on: BusinessDate): MeterToRead[] =>
  meters.filter(({ waiting, previousOn }) => !waiting && previousOn < on)

/**
 * The gate of clause 10(8): whoever reads holds a 抄表证 good on the day of the reading.
 * @throws CertificateMissing naming person and what is wrong · StaffNotFound
 */
function certifiedReader(context: Context, readerId: string, readOn: BusinessDate): StaffMember {
  const problem = certificateProblem(context, readerId, 'meter-reading', readOn)
  if (problem !== null) throw new CertificateMissing(problem, { field: 'readerId' })
  return staffById(context, readerId)
}

/** Fields of the form that a finding points at. */
const dateFindings: ReadonlySet<FindingKind> = new Set(['future', 'dateOrder', 'longInterval'])

/**
 * Keeps a reading as unbilled and tells the customer's file. The one way a reading comes into the books.
 * @throws CertificateMissing · ReadingRefused · ReadingToConfirm with every finding in `details`
 */
export function takeReading(
  context: Context,
  reading: ReadingToTake & {
    readonly source: Exclude<ReadingSource, 'import' | 'correction'>
    /** Who read the meter, or took the customer's word or the estimate upon themselves. */
    readonly readerId: string
    readonly confirmed: readonly FindingKind[]
    /** 补气量 billed with it, litres. */
    readonly makeUp?: Litre
  },
): { readingId: string; consumption: Litre } {
  const { sqlite, clock, actor } = context
  const { accountId, meter, readOn, index, source, readerId, confirmed, makeUp = litre(0) } = reading
  const reader = certifiedReader(context, readerId, readOn)
  const { last, history, consumption: measured, findings } = judge(context, reading)
  const open = unresolved(findings, confirmed)
  const refused = open.filter(({ severity }) => severity === 'refuse')
  // Before anything is asked: nobody is sent to confirm what is refused all the same.
  if (source === 'estimated' && measured !== null && refused.length === 0)
    refuseEstimate(context, history, measured, daysBetween(last.on, readOn))
  const worst = refused[0] ?? open[0]
  if (worst || measured === null) {
    const field = worst && dateFindings.has(worst.kind) ? 'readOn' : 'index'
    const message = (refused.length > 0 ? refused : open).map(({ text }) => text).join('；')
    const DoubtfulReading = refused.length > 0 ? ReadingRefused : ReadingToConfirm
    throw new DoubtfulReading(message, { field, details: open })
  }
  const consumption = add(measured, makeUp)
  const readingId = newId(clock)
  // What was confirmed stays on the reading; a confirmation that nothing asked for says nothing.
  const kept = findings.map(({ kind }) => kind).filter((kind) => confirmed.includes(kind))
  statement(
    sqlite,
    `INSERT INTO readings (id, meter_id, account_id, read_on, previous_on, previous_index, current_index, consumption,
       make_up, source, reader_id, confirmed, state, created_at, created_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'unbilled', ?, ?)`,
  ).run(
    readingId,
    meter.meterId,
    accountId,
    readOn,
    last.on,
    last.index,
    index,
    consumption,
    makeUp,
    source,
    readerId,
    JSON.stringify(kept),
    clock.now(),
    actor.id,
  )
  if (source !== 'estimated' && makeUp === 0)
    noteOddUse(
      context,
      { readingId, accountId, readOn, days: daysBetween(last.on, readOn), consumption },
      history,
      samePlaceSql('@meterId'),
      meter.meterId,
    )
  const account = accountById(context, accountId)
  const span = `${formatCubicMetres(last.index)} → ${formatCubicMetres(index)}`
  const which = metersInUse(context, account.servicePointId).length > 1 ? `表 ${meter.meterNo} ` : ''
  recordEvent(context, {
    customerId: account.customerId,
    accountId,
    kind: 'reading',
    title: `抄表 ${formatCubicMetres(consumption)} m³`,
    detail: `${readOn} ${readingSourceNames[source]}，抄表人 ${reader.name}，${which}读数 ${span}${makeUp > 0 ? `，含补气量 ${formatCubicMetres(makeUp)} m³` : ''}`,
    subject: `reading:${readingId}`,
  })
  return { readingId, consumption }
}

/**
 * An estimate stays within what was ever used, and is not made again and again: who is estimated for months pays them all
 * at once one day (domain.md §4). @throws ReadingRefused
 */
function refuseEstimate(context: Context, history: readonly PastReading[], consumption: Litre, days: number): void {
  const limit = estimateLimit(history, days)
  if (limit !== null && consumption > limit) {
    const span = days > longestMonthDays ? `（按 ${days} 天计）` : ''
    const words = `估抄用气量 ${formatCubicMetres(consumption)} m³ 超过上年最高月的 ${formatCubicMetres(limit)} m³${span}，请实抄`
    throw new ReadingRefused(words, { field: 'index' })
  }
  const most = context.settings.get('metering.maxEstimates')
  if (estimatesInARow(history) >= most) {
    throw new ReadingRefused(`已连续估抄 ${most} 次，请上门实抄`, { field: 'source' })
  }
}

interface StoredReading {
  accountId: string
  meterId: string
  state: ReadingState
  readOn: BusinessDate
  consumption: Litre
}

/** 作废. @throws NotFound · ReadingBilled · ReadingNotLast */
export function voidStoredReading(context: Context, readingId: string, reason: string): void {
  const { sqlite } = context
  const reading = statement<StoredReading>(
    sqlite,
    `SELECT account_id AS accountId, meter_id AS meterId, state, read_on AS readOn, consumption
     FROM readings WHERE id = ?`,
  ).get(readingId)
  if (!reading || reading.state === 'void') throw new NotFound('没有这次抄表，或已经作废，请刷新后再试')
  if (reading.state === 'billed') throw new ReadingBilled()
  if (lastReading(context, reading.meterId).readingId !== readingId) throw new ReadingNotLast()
  statement(sqlite, `UPDATE readings SET state = 'void', void_reason = ? WHERE id = ?`).run(reason, readingId)
  dropOddUse(context, readingId)
  recordEvent(context, {
    customerId: accountById(context, reading.accountId).customerId,
    accountId: reading.accountId,
    kind: 'reading',
    title: '作废抄表',
    detail: `${reading.readOn}，用气 ${formatCubicMetres(reading.consumption)} m³；原因：${reason}`,
    subject: `reading:${readingId}`,
  })
}

/** Takes the reading off, or gives it back to, those that wait for their bills. */
export function markReading({ sqlite }: Context, readingId: string, state: 'billed' | 'unbilled'): void {
  statement(sqlite, 'UPDATE readings SET state = ? WHERE id = ?').run(state, readingId)
}

/**
 * 更正读数: after 退补 the meter's next reading goes on from what it really showed. Nothing is done when somebody has read the
 * meter since: then its index is known; who only estimated it knew no more. Whoever has the meter now reads on from it; where
 * the account has ended and nobody has followed, there is nothing to read. @param delta litres
 */
export function correctIndex(context: Context, readingId: string, delta: Litre): void {
  const { sqlite, clock, actor } = context
  const row = statement<{ meterId: string; accountId: string | null; readOn: BusinessDate; digits: number }>(
    sqlite,
    `SELECT r.meter_id AS meterId, a.id AS accountId, r.read_on AS readOn, m.digits
     FROM readings r JOIN meters m ON m.id = r.meter_id
       LEFT JOIN accounts a ON a.service_point_id = m.service_point_id AND a.state = 'active' WHERE r.id = ?`,
  ).get(readingId)
  if (!row) throw new NotFound()
  if (row.accountId === null) return
  if (lookedAtAfter(context, readingId)) return
  // An earlier correction of the same reading is its last word, with no days and no gas of its own; estimates since then went
  // on from this index and are as wrong as it.
  const last = lastReading(context, row.meterId)
  const capacity = registerCapacity(row.digits)
  const index = litre((((last.index + delta) % capacity) + capacity) % capacity)
  statement(
    sqlite,
    `INSERT INTO readings (id, meter_id, account_id, read_on, previous_on, previous_index, current_index, consumption,
       make_up, source, confirmed, state, created_at, created_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 'correction', '[]', 'billed', ?, ?)`,
  ).run(newId(clock), row.meterId, row.accountId, last.on, last.on, last.index, index, clock.now(), actor.id)
}

/** Whether somebody has looked at the meter of a reading after it: since then its index is known. */
export const lookedAtAfter = ({ sqlite }: Context, readingId: string): boolean =>
  statement(
    sqlite,
    `SELECT 1 FROM readings r JOIN readings n ON n.meter_id = r.meter_id AND n.state <> 'void'
       AND n.source NOT IN ('correction', 'estimated') AND (n.read_on, n.id) > (r.read_on, r.id) WHERE r.id = ?`,
  ).get(readingId) !== undefined

/** Takes a corrected index back with the 退补 that made it; nobody has read the meter since. */
export function withdrawCorrection({ sqlite }: Context, readingId: string): void {
  statement(
    sqlite,
    `UPDATE readings SET state = 'void', void_reason = '补收的账单已取消' WHERE id = ? AND source = 'correction'`,
  ).run(readingId)
}
