/** The day whose 日结 is under way. Its row is made by the first step and keeps what was done if the PC goes off. */
import { openDayOrNull, today } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { formatChineseDate, type BusinessDate } from '../platform/dates.ts'
import { DayNotBegun, NoOpenDay } from './errors.ts'

/** The open day, with its draft begun. @throws NoOpenDay · DayNotBegun for a day that bills were issued into ahead of it */
export function closingDay(context: Context): BusinessDate {
  const date = openDayOrNull(context)
  if (date === null) throw new NoOpenDay()
  if (date > today(context)) throw new DayNotBegun(`${formatChineseDate(date)}还未到，不能日结`)
  statement(
    context.sqlite,
    `INSERT INTO day_closes (date, state, started_at) VALUES (?, 'draft', ?) ON CONFLICT (date) DO NOTHING`,
  ).run(date, context.clock.now())
  return date
}
