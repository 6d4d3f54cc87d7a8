/**
 * 营业日. One day is open at a time; entries belong to it whatever the wall clock says, and a closed day takes no more.
 *
 * A day begins in one of two ways: a counter opens for business on it (`openDay`), or bookkeeping alone needs a date
 * (`currentDay`, for bills issued while the hall is shut). Only 日结 closes the first kind (clause 22(4), 日清日结); one of
 * the second kind has no cash to count and closes by itself once its date has passed.
 */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, formatChineseDate, shanghaiDate, startOfDay, type BusinessDate } from '../platform/dates.ts'
import { useCase } from '../platform/use-case.ts'
import { DayState } from './api.ts'
import { DayClosed, PreviousDayOpen } from './errors.ts'

interface DayRow {
  date: BusinessDate
  state: 'open' | 'closed'
  counter: 0 | 1
}

/** Today in Asia/Shanghai by the clock of this call. */
export const today = ({ clock }: Context): BusinessDate => shanghaiDate(clock.now())

const openRow = ({ sqlite }: Context): DayRow | undefined =>
  statement<DayRow>(sqlite, `SELECT date, state, counter FROM business_days WHERE state = 'open'`).get()

const isClosed = ({ sqlite }: Context, date: BusinessDate): boolean =>
  statement<{ state: string }>(sqlite, 'SELECT state FROM business_days WHERE date = ?').get(date)?.state === 'closed'

function begin({ sqlite, clock }: Context, date: BusinessDate, counter: 0 | 1): BusinessDate {
  statement(sqlite, `INSERT INTO business_days (date, state, counter, opened_at) VALUES (?, 'open', ?, ?)`).run(
    date,
    counter,
    clock.now(),
  )
  return date
}

/** The open day, after one that bookkeeping alone had opened and that is over has been closed. */
function standingDay(context: Context): DayRow | undefined {
  const open = openRow(context)
  if (!open || open.counter === 1 || open.date >= today(context)) return open
  closeDay(context, open.date)
  return undefined
}

/** Error for an entry into a closed day, naming the day. */
export const dayClosed = (date: BusinessDate) =>
  new DayClosed(`${formatChineseDate(date)}已日结，不能再办理，请于下一营业日办理`)

/** The open day, or null. Changes nothing. */
export const openDayOrNull = (context: Context): BusinessDate | null => openRow(context)?.date ?? null

/** The open day, else today: what is owed is reckoned by it. Changes nothing. */
export const openDayOrToday = (context: Context): BusinessDate => openDayOrNull(context) ?? today(context)

/** The first day on which the counter was open; null for a hall that has not begun. */
export const counterSince = ({ sqlite }: Pick<Context, 'sqlite'>): BusinessDate | null =>
  statement<{ date: BusinessDate }>(
    sqlite,
    'SELECT date FROM business_days WHERE counter = 1 ORDER BY date LIMIT 1',
  ).get()?.date ?? null

/** Whether the day has been closed. */
export const dayIsClosed = isClosed

/** Closed before it had begun, as only a clock that ran ahead can: its date is spent, and must not shut the counter for a day. */
const isSpent = ({ sqlite }: Context, date: BusinessDate): boolean =>
  (statement<{ at: number | null }>(sqlite, 'SELECT closed_at AS at FROM business_days WHERE date = ?').get(date)?.at ??
    Infinity) < startOfDay(date)

/** The date on which a counter that opens now does business: today, or the next one whose date is not spent. */
export function counterDay(context: Context): BusinessDate {
  let date = today(context)
  while (isSpent(context, date)) date = addDays(date, 1)
  return date
}

/** Whether the counter has been closed for today. */
export const counterIsOver = (context: Context): boolean => isClosed(context, counterDay(context))

/** The newest day on which the counter was open; null for a hall that has not begun. */
export const lastCounterDay = ({ sqlite }: Context): BusinessDate | null =>
  statement<{ date: BusinessDate }>(
    sqlite,
    'SELECT date FROM business_days WHERE counter = 1 ORDER BY date DESC LIMIT 1',
  ).get()?.date ?? null

/**
 * Opens today for the counter, or returns it when it is open.
 * @throws DayClosed when today is closed already · PreviousDayOpen when an earlier day still waits for its 日结
 */
export function openDay(context: Context): BusinessDate {
  const now = counterDay(context)
  if (isClosed(context, now)) throw dayClosed(now)
  let open = standingDay(context)
  // Bookkeeping that was done under a clock ahead of time has no cash to count, and waits for nobody.
  if (open?.counter === 0 && open.date > now) {
    closeDay(context, open.date)
    open = undefined
  }
  if (!open) return begin(context, now, 1)
  if (open.date !== now) throw new PreviousDayOpen(`${formatChineseDate(open.date)}尚未日结，请先办理日结`)
  if (open.counter === 0) {
    statement(context.sqlite, 'UPDATE business_days SET counter = 1 WHERE date = ?').run(now)
  }
  return now
}

/** The day that takes entries now: the open one; if none, today, or the next date when today is closed. Opens it. */
export function currentDay(context: Context): BusinessDate {
  const open = standingDay(context)
  if (open) return open.date
  let date = today(context)
  while (isClosed(context, date)) date = addDays(date, 1)
  return begin(context, date, 0)
}

/**
 * Locks the open day for good and keeps its totals per account. The gates of the 日结 stand in the cashier room.
 * @throws DayClosed when it is closed already
 */
export function closeDay(context: Context, date: BusinessDate): void {
  const { sqlite, clock, actor } = context
  if (isClosed(context, date)) throw dayClosed(date)
  statement(
    sqlite,
    `INSERT INTO ledger_day_totals (date, account, debit, credit)
     SELECT date, account, debit, credit FROM ledger_turnover WHERE date = ?`,
  ).run(date)
  statement(sqlite, `UPDATE business_days SET state = 'closed', closed_at = ?, closed_by = ? WHERE date = ?`).run(
    clock.now(),
    actor.id,
    date,
  )
}

/** Whether a counter is open for business now. */
export const counterIsOpen = (context: Context): boolean => openRow(context)?.counter === 1

/** The top bar's business day. Bills issued before the counter opens do not make it 营业中. */
export const dayState = useCase(DayState, (_, context) => {
  const now = today(context)
  const open = openRow(context)
  if (open?.counter === 1) return { date: open.date, state: 'open' as const }
  if (counterIsOver(context)) return { date: now, state: 'closed' as const }
  // One of bookkeeping alone that is over has only not been closed yet.
  return { date: open !== undefined && open.date >= now ? open.date : null, state: 'none' as const }
})
