/** What waits in this room, and the work that goes on by itself. */
import { systemActor, type Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { inSlices } from '../platform/run.ts'
import { inTransaction, useCase, type Environment } from '../platform/use-case.ts'
import type { Job } from '../platform/scheduler.ts'
import { maxInterruptionDays, soonDays, SupplyOverview, type DunningState } from './api.ts'
import { dunningById, followBalance, outOfStep } from './dunning-store.ts'
import { finishInterruptions } from './interruption-run.ts'
import { waitingSql } from './interruption-store.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

interface Living {
  readonly living: number
  readonly drafts: number
  readonly plannedSoon: number
  readonly interrupted: number
  readonly unposted: number
  readonly openCalls: number
  readonly noticeDue: number
  readonly startDue: number
  readonly endOverdue: number
}

export const livingSql = `SELECT count(*) AS living, count(*) FILTER (WHERE i.state = 'draft') AS drafts,
    count(*) FILTER (WHERE i.state = 'noticed' AND i.from_at < @soon) AS plannedSoon,
    count(*) FILTER (WHERE i.state = 'interrupted') AS interrupted,
    count(*) FILTER (WHERE i.state = 'draft' AND i.kind = 'planned'
      AND i.from_at < @now + @noticeMs + ${dayMs}) AS noticeDue,
    count(*) FILTER (WHERE i.state = 'noticed' AND i.from_at <= @now) AS startDue,
    count(*) FILTER (WHERE i.state = 'interrupted' AND i.to_at < @now) AS endOverdue,
    coalesce(sum(${waitingSql.unposted('i.id')}) FILTER (WHERE i.state = 'noticed'), 0) AS unposted,
    coalesce(sum(${waitingSql.openCalls('i.id')}) FILTER (WHERE i.state = 'noticed'), 0) AS openCalls
  FROM interruptions i INDEXED BY interruptions_living WHERE i.state IN ('draft', 'noticed', 'interrupted')`

/** Cancelled while it could still be waited for: its notices hang, and the special-care customers believe it. */
export const takeBackSql = `SELECT
    coalesce(sum(${waitingSql.standing('i.id')}), 0) AS standing,
    coalesce(sum(${waitingSql.believing('i.id')}), 0) AS believing
  FROM interruptions i INDEXED BY interruptions_state
  WHERE i.state = 'cancelled' AND i.from_at > @longest AND i.to_at > @now`

/** The figures of this room, for the home page and reports. */
export function supplyFigures(context: Context) {
  const { sqlite, clock } = context
  const now = clock.now()
  const living = statement<Living>(sqlite, livingSql).get({
    now,
    soon: now + soonDays * dayMs,
    noticeMs: context.settings.get('supply.noticeHours') * hourMs,
  }) as Living
  const takeBack = statement<{ standing: number; believing: number }>(sqlite, takeBackSql).get({
    now,
    longest: now - maxInterruptionDays * dayMs,
  }) as { standing: number; believing: number }
  const waiting = statement<{ awaiting: number; awaitingOverdue: number }>(
    sqlite,
    `SELECT count(*) AS awaiting, count(*) FILTER (WHERE due_at < ?) AS awaitingOverdue
     FROM supply_awaiting INDEXED BY supply_awaiting_due`,
  ).get(now) as { awaiting: number; awaitingOverdue: number }
  const dunned = statement<{ state: DunningState; n: number; over: number }>(
    sqlite,
    `SELECT state, count(*) AS n, count(*) FILTER (WHERE next_at <= ?) AS over
     FROM dunnings WHERE living = 1 GROUP BY state`,
  ).all(now)
  const over = (state: DunningState) => dunned.find((row) => row.state === state)?.over ?? 0
  return {
    ...living,
    ...takeBack,
    ...waiting,
    dunnings: Object.fromEntries(dunned.map(({ state, n }) => [state, n])) as Partial<Record<DunningState, number>>,
    readyToAnnounce: over('delivered'),
    readyToSuspend: over('announced'),
  }
}

export const supplyOverview = useCase(SupplyOverview, (_, context) => supplyFigures(context))

const everyMs = 60_000

/** Follows payments: whoever has paid waits for gas from then on. Writes nothing when everything is in step. */
export async function followPayments(environment: Environment): Promise<void> {
  const ids = outOfStep(environment)
  await inSlices<number>(environment, ids.length === 0 ? null : 0, (from, slice) =>
    inTransaction(environment, 'supply.followPayments', systemActor, (context) => {
      let done = from
      for (const id of slice.take(ids.slice(from))) {
        followBalance(context, dunningById(context, id))
        done += 1
      }
      return done < ids.length ? done : null
    }),
  )
}

export const supplyJob: Job = {
  job: 'supply.follow',
  nextRun: (_, now) => now + everyMs,
  run: async (environment) => {
    await followPayments(environment)
    await finishInterruptions(environment)
  },
}
