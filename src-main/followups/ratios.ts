/** 回访检查 (clauses 14(3), 21(1)(3)): how much of what was finished was called back, against the target, with the lists behind. */
import type { Context } from '../platform/context.ts'
import type { OutputOf } from '../platform/contract.ts'
import { statement } from '../platform/database.ts'
import { instantsOf, type Span } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { instantCursor } from '../platform/paging.ts'
import { useCase } from '../platform/use-case.ts'
import { Finished, Ratios, type Figures, type FigureName, type FinishedRow, type Service } from './api.ts'
import { missingFor } from './rules.ts'
import { visible } from './due.ts'
import { isClosing, sources, type CallbackSource } from './sources.ts'
import { dueMs, mergePages, ratioOf } from './store.ts'

/** The call that ended a round, if any, beside what was finished in it. */
const joined = ({ finishedSql }: CallbackSource): string => `(${finishedSql}) e
  LEFT JOIN followup_calls c ON c.subject_id = e.id AND c.round = e.round AND c.service = e.service AND c.result <> 'unreached'`

const rung = `EXISTS (SELECT 1 FROM followup_calls t WHERE t.subject_id = e.id AND t.round = e.round AND t.service = e.service)`
/** Where a sample is drawn, only what was drawn can be missed. */
const drawn = `EXISTS (SELECT 1 FROM followup_samples s WHERE s.event_id = e.eventId`

// The plus keeps a result off its own index: the walk is along what was finished, in its order.
function conditionsOf(source: CallbackSource): Readonly<Record<FigureName, string>> {
  const closing = isClosing(source)
  return {
    finished: '1',
    called: 'c.id IS NOT NULL',
    satisfied: `+c.result = 'satisfied'`,
    dissatisfied: `+c.result = 'dissatisfied'`,
    unreachable: `+c.result = 'unreachable'`,
    never: closing ? `NOT ${rung}` : `${drawn}) AND NOT ${rung}`,
    // A round that was reopened before its callback waits no longer.
    overdue: closing
      ? 'c.id IS NULL AND e.reopened = 0 AND e.at < @overdueBefore'
      : `${drawn} AND s.state = 'due' AND s.drawn_at < @overdueBefore)`,
    reopened: `(e.reopened = 1 OR c.result = 'dissatisfied')`,
  }
}
/** What a person's row is called when nobody is on record. */
const person = `coalesce(e.personName, '未记录')`

/** The figures of one source by service and person, also for the test of its plan. */
export function ratioSql(source: CallbackSource): string {
  const conditions = Object.entries(conditionsOf(source))
  return `SELECT e.service, ${person} AS personName,
      ${conditions.map(([name, condition]) => `count(*) FILTER (WHERE ${condition}) AS ${name}`).join(', ')}
    FROM ${joined(source)} WHERE e.at >= @from AND e.at < @before GROUP BY e.service, ${person} ORDER BY e.service, ${person}`
}

const nothing: Figures = {
  finished: 0,
  called: 0,
  satisfied: 0,
  dissatisfied: 0,
  unreachable: 0,
  never: 0,
  overdue: 0,
  reopened: 0,
}
const keys = Object.keys(nothing) as (keyof Figures)[]
const sum = (rows: readonly Figures[]): Figures =>
  rows.reduce((all, row) => Object.fromEntries(keys.map((key) => [key, all[key] + row[key]])) as Figures, nothing)

/** The ratios of a period as the screen shows them: without what is said against whoever looks. */
export function ratiosOf(context: Context, span: Span): Omit<OutputOf<typeof Ratios>, 'drawDay'> {
  const { sqlite, device, clock, actor } = context
  const bound = {
    ...instantsOf(span),
    overdueBefore: clock.now() - dueMs(context),
    asOf: clock.now(),
    viewer: actor.id,
  }
  const rows = sources.flatMap((source) =>
    statement<Figures & { service: Service; personName: string }>(sqlite, ratioSql(source)).all(bound),
  )
  return {
    hallName: device.hallName,
    services: sources.flatMap((source) =>
      source.services.map((service) => {
        const figures = sum(rows.filter((row) => row.service === service))
        const target = ratioOf(context, service)
        return {
          service,
          figures,
          target,
          percent: figures.finished === 0 ? null : Math.floor((figures.called * 100) / figures.finished),
          missing: missingFor(figures.finished, figures.called, target),
          sampled: !isClosing(source),
        }
      }),
    ),
    people: rows.map(({ service, personName, ...figures }) => ({ service, personName, figures })),
    callers: statement<{ actorName: string; calls: number; reached: number; satisfied: number }>(
      sqlite,
      `SELECT f.actor_name AS actorName, count(*) AS calls,
         count(*) FILTER (WHERE f.result IN ('satisfied', 'dissatisfied')) AS reached,
         count(*) FILTER (WHERE f.result = 'satisfied') AS satisfied
       FROM followup_calls f WHERE f.at >= @from AND f.at < @before ${visible} GROUP BY f.actor_id ORDER BY calls DESC`,
    ).all(bound),
  }
}

function assertSpan({ from, to }: Span): void {
  if (to < from) throw new InvalidInput('截止日期不能早于开始日期', { field: 'to' })
}

export const ratios = useCase(Ratios, (span, context) => {
  assertSpan(span)
  return { ...ratiosOf(context, span), drawDay: context.settings.get('followups.drawDay') }
})

/** The list behind a figure of one source, also for the test of its plan. */
export const finishedSql = (source: CallbackSource, figure: FigureName): string => `SELECT e.eventId, e.service, e.id,
    e.number, e.customerName, e.personName, e.round, e.at, c.result, c.at AS calledAt, c.actor_name AS calledBy,
    (SELECT count(*) FROM followup_calls t WHERE t.subject_id = e.id AND t.round = e.round AND t.service = e.service) AS tries
  FROM ${joined(source)} WHERE e.at >= @from AND e.at < @before AND (e.at, e.eventId) > (@afterAt, @afterId)
    AND (@service IS NULL OR e.service = @service) AND (@person IS NULL OR ${person} = @person)
    AND ${conditionsOf(source)[figure]}
  ORDER BY e.at, e.eventId LIMIT @limit`

export const finished = useCase(Finished, ({ service, personName, figure, page, ...span }, context) => {
  assertSpan(span)
  const cursor = instantCursor(page.after)
  const bound = {
    ...instantsOf(span),
    overdueBefore: context.clock.now() - dueMs(context),
    asOf: context.clock.now(),
    viewer: context.actor.id,
    service,
    person: personName,
    afterAt: cursor.at,
    afterId: cursor.id,
    limit: page.size + 1,
  }
  const pages = sources
    .filter((source) => service === null || source.services.includes(service))
    .map((source) =>
      statement<Omit<FinishedRow, 'path'> & { readonly id: string }>(context.sqlite, finishedSql(source, figure))
        .all(bound)
        .map(({ id, ...row }) => ({ ...row, path: source.pathOf(context, id) })),
    )
  return mergePages(pages, ({ at, eventId }) => ({ at, id: eventId }), page.size)
})
