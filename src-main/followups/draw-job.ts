/**
 * 自动抽取: nobody has to remember it (clause 21). Once a month the sample of the month before is drawn for every service
 * that is sampled; what somebody drew by hand is left as it is, and only the days that are left are drawn. It follows from
 * the draws on record, so it draws nothing twice and makes up for days on which the PC was off.
 */
import { systemActor, type Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { shanghaiDate, type BusinessDate, type Span } from '../platform/dates.ts'
import type { Job } from '../platform/scheduler.ts'
import { inTransaction, type Environment } from '../platform/use-case.ts'
import { counterSince } from '../ledger/service.ts'
import { drawPeriod, membersOf } from './draw.ts'
import { halved, lastMonthDrawn, monthsToDraw, uncovered } from './rules.ts'
import { isClosing, sources, type SampledSource } from './sources.ts'
import type { Service } from './words.ts'

/** How often it is looked whether a month is due (ms): a few rows are read when none is. */
const everyMs = 600_000

/** Finished items one draw is made from by itself: a large hall's month is drawn in parts, so that no payment waits. */
const mostAtOnce = 2_000

interface Drawn {
  readonly lastTo: BusinessDate | null
}
const drawnBefore = ({ sqlite }: Pick<Context, 'sqlite'>, service: Service, end: BusinessDate): BusinessDate | null =>
  statement<Drawn>(
    sqlite,
    'SELECT max(to_date) AS lastTo FROM followup_draws WHERE service = ? AND from_date <= ?',
  ).get(service, end)?.lastTo ?? null

const drawnWithin = ({ sqlite }: Pick<Context, 'sqlite'>, service: Service, { from, to }: Span): Span[] =>
  statement<Span>(
    sqlite,
    `SELECT from_date AS "from", to_date AS "to" FROM followup_draws WHERE service = ? AND from_date <= ? AND to_date >= ?`,
  ).all(service, to, from)

/** The period, or its halves as long as they hold too much for one transaction. */
function inParts(environment: Environment, source: SampledSource, service: Service, days: Span): Span[] {
  const halves = halved(days)
  if (halves === null) return [days]
  const found = membersOf(environment, source, { service, ...days }, environment.clock.now(), mostAtOnce + 1)
  return found.length <= mostAtOnce ? [days] : halves.flatMap((half) => inParts(environment, source, service, half))
}

export const drawJob: Job = {
  job: 'followups.draw',
  nextRun: (_, now) => now + everyMs,
  async run(environment) {
    const since = counterSince(environment)
    if (since === null) return
    const today = shanghaiDate(environment.clock.now())
    const drawDay = environment.settings.get('followups.drawDay')
    const { to: end } = lastMonthDrawn(today, drawDay)
    for (const source of sources) {
      if (isClosing(source)) continue
      for (const service of source.services) {
        const months = monthsToDraw(today, drawDay, drawnBefore(environment, service, end), since)
        for (const free of months.flatMap((month) => uncovered(month, drawnWithin(environment, service, month)))) {
          for (const days of inParts(environment, source, service, free)) {
            inTransaction(environment, 'followups.draw', systemActor, (context) =>
              drawPeriod(context, { service, ...days }),
            )
            await environment.nextTurn()
          }
        }
      }
    }
  },
}
