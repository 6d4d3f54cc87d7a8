/** 待回访: what waits over every source, the longest waiting first, and what the callback clerk has before them. */
import { rowsMatching } from '../customers/service.ts'
import { numberKinds, numbersQuoted } from '../platform/numbers.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { maskPhone, numbersShown } from '../platform/identity.ts'
import { instantCursor } from '../platform/paging.ts'
import { useCase } from '../platform/use-case.ts'
import { certificateProblem, requireCertificate } from '../staff/service.ts'
import { DomainError } from '../platform/errors.ts'
import {
  Calls,
  Counts,
  Due,
  Item,
  RevealPhone,
  services,
  type CallRow,
  type DueFilter,
  type DueRow,
  type Service,
} from './api.ts'
import { triesThatCount } from './rules.ts'
import { isClosing, sources } from './sources.ts'
import {
  callColumns,
  callsAbout,
  dueMs,
  gapMs,
  mergePages,
  ownSample,
  scriptOf,
  shownCall,
  triesAmong,
  type StoredCall,
} from './store.ts'
import { notYours, targetOf, type Target } from './target.ts'

interface Waiting {
  readonly of: DueRow['of']
  readonly id: string
  readonly subjectId: string
  readonly service: Service
  readonly round: number
  readonly since: number
  readonly number: string
  readonly customerName: string
  readonly personName: string | null
  readonly assigneeName: string | null
}

const samplesWaiting = `SELECT s.id, s.subject_id AS subjectId, s.service, 1 AS round, s.drawn_at AS since, s.number,
    s.customer_name AS customerName, s.person_name AS personName, s.assignee_id AS assigneeId,
    s.assignee_name AS assigneeName
  FROM followup_samples s WHERE s.state = 'due'`

/** What waits, by source: sources that close on the callback, then the drawn items. */
export const waitingParts: readonly { readonly of: DueRow['of']; readonly sql: string }[] = [
  ...sources.filter(isClosing).map(({ name, closing }) => ({
    of: name,
    sql: `SELECT w.*, w.id AS subjectId, NULL AS assigneeId, NULL AS assigneeName FROM (${closing.waitingSql}) w`,
  })),
  { of: 'sample', sql: samplesWaiting },
]

const tried = `EXISTS (SELECT 1 FROM followup_calls f WHERE f.subject_id = w.subjectId AND f.round = w.round
  AND f.service = w.service AND f.result = 'unreached')`
const conditions: Readonly<Record<DueFilter, string>> = {
  all: '',
  overdue: 'AND w.since < @overdueBefore',
  mine: 'AND w.assigneeId = @viewer',
  tried: `AND ${tried}`,
}

/**
 * A record of another room, by the number and the name it goes by here, whatever the list is narrowed to: there are few
 * that wait, and who looks for one means it.
 */
const namedSql = (number: string, name: string) =>
  `(${number} IN (SELECT value FROM json_each(@numbers)) OR instr(${name}, @text) > 0
    OR ${name} IN (SELECT value FROM json_each(@names)))`
function namedBound(context: Context, text: string) {
  if (text === '') return {}
  return {
    text,
    numbers: JSON.stringify(numberKinds.flatMap((kind) => numbersQuoted(context, kind, text))),
    names: JSON.stringify(rowsMatching(context, text).map(({ name }) => name)),
  }
}

/** The page of one source, also for the test of its plan. */
export const waitingSql = (sql: string, filter: DueFilter, searched = false): string => `SELECT * FROM (${sql}) w
  WHERE (w.since, w.id) > (@afterAt, @afterId) AND ${
    searched
      ? namedSql('w.number', 'w.customerName')
      : `(@service IS NULL OR w.service = @service) ${conditions[filter]}`
  }
  ORDER BY w.since, w.id LIMIT @limit`

export const due = useCase(Due, ({ filter, service, search, page: { after, size } }, context) => {
  const cursor = instantCursor(after)
  const bound = {
    ...namedBound(context, search),
    viewer: context.actor.id,
    service,
    overdueBefore: context.clock.now() - dueMs(context),
    afterAt: cursor.at,
    afterId: cursor.id,
    limit: size + 1,
  }
  const pages = waitingParts.map(({ of, sql }) =>
    statement<Omit<Waiting, 'of'>>(context.sqlite, waitingSql(sql, filter, search !== ''))
      .all(bound)
      .map((row) => ({ ...row, of })),
  )
  const { rows, next } = mergePages(pages, ({ since, id }) => ({ at: since, id }), size)
  return { rows: rows.map((row) => shownDue(context, row)), next }
})

function shownDue(context: Context, { subjectId, ...row }: Waiting): DueRow {
  const tries = triesAmong(callsAbout(context, subjectId, row.round, row.service))
  return {
    of: row.of,
    id: row.id,
    service: row.service,
    number: row.number,
    customerName: row.customerName,
    personName: row.personName,
    assigneeName: row.assigneeName,
    round: row.round,
    since: row.since,
    dueBy: row.since + dueMs(context),
    tries: triesThatCount(tries, gapMs(context)),
    lastTryAt: tries.at(-1) ?? null,
  }
}

interface Counted {
  readonly service: Service
  readonly due: number
  readonly overdue: number
  readonly mine: number
  readonly tried: number
}
export const countSql = (sql: string): string => `SELECT w.service, count(*) AS due,
    count(*) FILTER (WHERE w.since < @overdueBefore) AS overdue, count(*) FILTER (WHERE w.assigneeId = @viewer) AS mine,
    count(*) FILTER (WHERE ${tried}) AS tried
  FROM (${sql}) w GROUP BY w.service`

export const counts = useCase(Counts, (_, context) => {
  const bound = { viewer: context.actor.id, overdueBefore: context.clock.now() - dueMs(context) }
  const rows = waitingParts.flatMap(({ sql }) => statement<Counted>(context.sqlite, countSql(sql)).all(bound))
  const total = (of: 'due' | 'overdue' | 'mine' | 'tried') => rows.reduce((sum, row) => sum + row[of], 0)
  return {
    due: total('due'),
    overdue: total('overdue'),
    mine: total('mine'),
    tried: total('tried'),
    services: services.flatMap((service) => {
      const found = rows.filter((row) => row.service === service)
      if (found.length === 0) return []
      return [
        {
          service,
          due: found.reduce((sum, row) => sum + row.due, 0),
          overdue: found.reduce((sum, row) => sum + row.overdue, 0),
        },
      ]
    }),
  }
})

/** Every reason why this operator may not ring now, in words. */
function obstaclesOf(context: Context, { source, sample, subjectId }: Target): string[] {
  const { id } = context.actor
  const found: string[] = []
  const certificate = certificateProblem(context, id, 'callback')
  if (certificate !== null) found.push(certificate)
  if (sample === null) {
    try {
      if (isClosing(source)) source.closing.check(context, subjectId)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      found.push(error.message)
    }
    return found
  }
  const other = notYours(sample, id)
  if (other !== null) found.push(other)
  const own = ownSample(context.actor, sample)
  if (own !== null) found.push(own)
  return found
}

/** @throws CallbackNotFound and the source's own NotFound */
export const item = useCase(Item, ({ of, id }, context) => {
  const target = targetOf(context, of, id)
  const { brief, sample, source, subjectId } = target
  const calls = callsAbout(context, subjectId, brief.round, brief.service)
  const tries = triesAmong(calls)
  const since = sample?.drawnAt ?? brief.since
  const last = tries.at(-1)
  return {
    of,
    id,
    service: brief.service,
    round: brief.round,
    number: brief.number,
    customerName: brief.customerName,
    phone: brief.phone === '' ? '' : maskPhone(brief.phone),
    place: brief.place,
    accountId: brief.accountId,
    what: brief.what,
    personName: brief.personName,
    since,
    dueBy: since + dueMs(context),
    path: source.pathOf(context, subjectId),
    questions: scriptOf(context, brief.service),
    assigneeName: sample?.assigneeName ?? null,
    calls: calls.map((call) => shownCall(context, call)),
    tries: triesThatCount(tries, gapMs(context)),
    nextTryFrom: last === undefined ? null : last + gapMs(context),
    obstacles: sample !== null && sample.state !== 'due' ? ['这一件已经回访过'] : obstaclesOf(context, target),
  }
})

/** The audit log keeps who saw the number and why, never the number. @throws as the call declares */
export const reveal = useCase(RevealPhone, ({ of, id, reason }, context) => {
  const { source, subjectId, brief } = targetOf(context, of, id)
  requireCertificate(context, context.actor.id, 'callback')
  const { value, shown } = numbersShown(brief.phone, [brief.place, brief.what])
  context.audit({
    subject: `${source.name}:${subjectId}`,
    detail: { number: brief.number, what: 'phone', shown, reason },
  })
  return { value: value || null }
})

/** Leaves out calls about what `@viewer` must not see. SQL over `followup_calls f`. */
export const visible = sources
  .flatMap(({ name, concealedSql }) =>
    concealedSql ? [`AND NOT (f.source = '${name}' AND ${concealedSql('f.subject_id')})`] : [],
  )
  .join(' ')

export const callsSql = (byResult: boolean, searched = false): string => `SELECT ${callColumns} FROM followup_calls f
  WHERE (f.at, f.id) < (@beforeAt, @beforeId) ${byResult ? 'AND f.result = @result' : ''} ${visible}
    ${searched ? `AND ${namedSql('f.number', 'f.customer_name')}` : ''}
  ORDER BY f.at DESC, f.id DESC LIMIT @limit`

export const calls = useCase(Calls, ({ result, search, page: { after, size } }, context) => {
  const { sqlite, actor } = context
  const cursor = instantCursor(after, { at: Number.MAX_SAFE_INTEGER, id: '' })
  const found = statement<StoredCall>(sqlite, callsSql(result !== null, search !== '')).all({
    ...namedBound(context, search),
    viewer: actor.id,
    beforeAt: cursor.at,
    beforeId: cursor.id,
    result,
    limit: size + 1,
  })
  const rows: CallRow[] = found.slice(0, size).map((call) => shownCall(context, call))
  const last = rows.at(-1)
  return { rows, next: found.length > size && last ? `${last.at}/${last.id}` : null }
})
