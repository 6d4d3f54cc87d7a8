/** Reading and checking the audit log. Writing it is the platform's. */
import { auditHead, chainStart, checkAuditSlice, type ChainPlace } from '../platform/audit.ts'
import { systemActor, type Context } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { addDays, startOfDay } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Job } from '../platform/scheduler.ts'
import { inSlices } from '../platform/run.ts'
import { inTransaction, task, useCase, type Environment } from '../platform/use-case.ts'
import { hiddenSql } from '../customers/service.ts'
import { AuditLog, ChainState, VerifyAudit } from './api.ts'

interface LogRow {
  seq: number
  at: number
  actorId: string
  actorName: string
  call: string
  subject: string | null
  detail: string
}

/** The columns a page may be narrowed by, the one whose index serves best first. */
const filters = [
  ['subject', 'subject'],
  ['call', 'call'],
  ['actorId', 'actor_id'],
] as const

/** A paper of a record tells of the record: `paper:complaint:<id>` is hidden from whomever `complaint:<id>` is. */
const hidden = hiddenSql(`replace(audit_log.subject, 'paper:', '')`)

/**
 * The numbers somebody reads the rows by: of those they may know of, without a gap. A number of the chain that is missing,
 * or a count above what is listed, would tell whoever is complained of that there is something to be hidden. Whom nothing is
 * hidden from reads the numbers of the chain. What is hidden is little: some rows about each of a few records.
 */
class Numbering {
  /** Of the chain, ascending. */
  readonly #hidden: readonly number[]

  constructor({ sqlite, actor }: Pick<Context, 'sqlite' | 'actor'>) {
    this.#hidden = statement<{ seq: number }>(sqlite, hiddenRowsSql)
      .all({ viewer: actor.id })
      .map(({ seq }) => seq)
  }

  /** What a row of the chain is called; also how many rows up to it may be known of. */
  shown(seq: number): number {
    const at = this.#hidden.findIndex((hidden) => hidden > seq)
    return seq - (at === -1 ? this.#hidden.length : at)
  }

  /** The row of the chain that is called so. */
  seqOf(shown: number): number {
    return this.#hidden.reduce((seq, hidden) => (hidden <= seq ? seq + 1 : seq), shown)
  }
}

/** Also for the test of its plan. */
export const hiddenRowsSql = `SELECT seq FROM audit_log WHERE subject IN (
    SELECT subject FROM hidden_events WHERE staff_id = @viewer
    UNION ALL SELECT 'paper:' || subject FROM hidden_events WHERE staff_id = @viewer) ORDER BY seq`

/** Rows that one page looks through for a text; years of log are searched page by page, and the counter's calls come in between. */
const searchedAtOnce = 5_000

/** As it is compared: small letters, without the spaces and hyphens of a grouping. */
const bareSql = (column: string) => `replace(replace(lower(${column}), ' ', ''), '-', '')`
const foundInRow = `AND (call IN (SELECT value FROM json_each(@calls))
  OR instr(${bareSql(`actor_name || char(10) || coalesce(subject, '') || char(10) || detail`)}, @text) > 0)`

/** SQL of one page, newest first, without what is hidden from `@viewer`; served by the index on the first filter given, else by the key itself. */
export function auditPageSql(given: readonly string[], searched = false): string {
  const chosen = filters.filter(([key]) => given.includes(key))
  // A `+` keeps the planner from an index other than that of the first filter, which alone delivers the order.
  const narrowed = chosen.map(([key, column], i) => `AND ${i === 0 ? '' : '+'}${column} = @${key}`)
  return `SELECT seq, at, actor_id AS actorId, actor_name AS actorName, call, subject, detail FROM audit_log
    WHERE seq < @before AND seq >= @first AND at >= @since AND at < @until ${narrowed.join(' ')} ${searched ? foundInRow : ''} AND NOT ${hidden}
    ORDER BY seq DESC LIMIT @size`
}

/** Parts of the log that are in order of time by themselves, `[first, last]`: a clock set right begins another. */
function orderedParts(sqlite: Sqlite): [number, number][] {
  const last = statement<{ seq: number | null }>(sqlite, 'SELECT max(seq) AS seq FROM audit_log').get()?.seq ?? 0
  const begins = statement<{ seq: number }>(sqlite, 'SELECT seq FROM audit_breaks ORDER BY seq').all()
  const firsts = [1, ...begins.map(({ seq }) => seq)]
  return firsts.map((first, i) => [first, (firsts[i + 1] ?? last + 1) - 1])
}

/** Number of the first row of a part written at or after an instant (epoch ms); one past the part when there is none. */
function firstInPart(sqlite: Sqlite, [first, last]: readonly [number, number], instant: number): number {
  const at = statement<{ at: number }>(sqlite, 'SELECT at FROM audit_log WHERE seq >= ? ORDER BY seq LIMIT 1')
  let [low, high] = [first, last + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((at.get(middle)?.at ?? Infinity) < instant) low = middle + 1
    else high = middle
  }
  return low
}

/** Number of the first row written at or after an instant (epoch ms). */
export function firstSeqSince(sqlite: Sqlite, instant: number): number {
  const parts = orderedParts(sqlite)
  const found = parts.map((part) => ({ part, seq: firstInPart(sqlite, part, instant) }))
  const hit = found.find(({ part, seq }) => seq <= part[1])
  return hit?.seq ?? (parts.at(-1)?.[1] ?? 0) + 1
}

/** One past the last row written before an instant (epoch ms). */
function endBefore(sqlite: Sqlite, instant: number): number {
  const ends = orderedParts(sqlite).map((part) => ({ part, end: firstInPart(sqlite, part, instant) }))
  return ends.findLast(({ part, end }) => end > part[0])?.end ?? 0
}

export const auditLog = useCase(AuditLog, ({ after, size, from, to, search, calls, ...filter }, context) => {
  const { sqlite, actor } = context
  if (from !== null && to !== null && from > to) throw new InvalidInput('起始日期不能晚于截止日期', { field: 'from' })
  if (after !== null && !/^\d{1,15}$/.test(after))
    throw new InvalidInput('页码不正确，请刷新后再试', { field: 'after' })
  const since = from === null ? 0 : startOfDay(from)
  const until = to === null ? Number.MAX_SAFE_INTEGER : startOfDay(addDays(to, 1))
  const beforeSeq = to === null ? Number.MAX_SAFE_INTEGER : endBefore(sqlite, until)
  const given = Object.entries(filter).filter(([, value]) => value !== null)
  const numbers = new Numbering(context)
  const before = Math.min(beforeSeq, after === null ? beforeSeq : numbers.seqOf(Number(after)))
  const first = from === null ? 0 : firstSeqSince(sqlite, since)
  const text = search.normalize('NFKC').toLowerCase().replaceAll(/[\s-]/g, '')
  // The rows are numbered without a gap: so many numbers are so many rows.
  const upTo = Math.min(before, auditHead(sqlite).seq + 1)
  const downTo = text === '' ? first : Math.max(first, upTo - searchedAtOnce)
  const found = statement<LogRow, [Record<string, unknown>]>(
    sqlite,
    auditPageSql(
      given.map(([key]) => key),
      text !== '',
    ),
  ).all({
    ...Object.fromEntries(given),
    ...(text === '' ? {} : { text, calls: JSON.stringify(calls) }),
    before,
    first: downTo,
    since,
    until,
    viewer: actor.id,
    size: size + 1,
  })
  const rows = found
    .slice(0, size)
    .map((row) => ({ ...row, seq: numbers.shown(row.seq), detail: JSON.parse(row.detail) as Record<string, unknown> }))
  // A hidden row has the number of the next that is shown less one: nothing between two pages is left out or comes twice.
  const more = downTo > Math.max(first, 1) ? String(numbers.shown(downTo - 1) + 1) : null
  return { rows, next: found.length > size ? String(rows.at(-1)?.seq) : more }
})

export type CheckOccasion = 'day-close' | 'backup' | 'by-hand'

/** Puts one walk along the chain on record; headquarters gets the row, and the page of the day tells a break. */
export function recordChainCheck(
  { sqlite, clock }: Context,
  occasion: CheckOccasion,
  { rows, broken, head }: { rows: number; broken: number | null; head: string },
): void {
  statement(sqlite, 'INSERT INTO audit_checks (id, at, occasion, rows, broken, head) VALUES (?, ?, ?, ?, ?, ?)').run(
    newId(clock),
    clock.now(),
    occasion,
    rows,
    broken,
    head,
  )
}

async function walk(environment: Environment) {
  const { sqlite } = environment
  const { seq, hash } = auditHead(sqlite)
  let broken: number | null = null
  // Years of log take seconds: the counter's calls come in between.
  await inSlices<ChainPlace>(environment, chainStart, (from, slice) => {
    for (let place = from; ;) {
      const found = checkAuditSlice(sqlite, place)
      broken = found.broken
      if (found.next === null || slice.over) return found.next
      place = found.next
    }
  })
  const found = broken as number | null
  // A sound chain has every number once; only a broken one is counted.
  const counted = statement<{ rows: number }>(sqlite, 'SELECT count(*) AS rows FROM audit_log WHERE seq <= ?')
  return { rows: found === null ? seq : (counted.get(seq)?.rows ?? 0), broken: found, head: hash }
}

export const verifyAudit = task(VerifyAudit, async (_, { environment, sqlite, actor }) => {
  const { rows, broken, head } = await walk(environment)
  if (broken !== null) keepCheck(environment, 'by-hand', { rows, broken, head })
  const numbers = new Numbering({ sqlite, actor })
  return { rows: numbers.shown(rows), broken: broken === null ? null : numbers.shown(broken) }
})

function keepCheck(environment: Environment, occasion: CheckOccasion, found: Awaited<ReturnType<typeof walk>>): void {
  inTransaction(environment, 'access.chainChecked', systemActor, (context) => {
    recordChainCheck(context, occasion, found)
    // Without numbers of the chain: everybody reads the log by their own (see Numbering). `audit_checks` has them.
    context.audit({ detail: found.broken === null ? {} : { note: '日志有断点' } })
    context.emit({ event: 'changed', data: { room: 'access' } })
  })
}

/** The day was closed and its chain not walked yet: this asks for it. Inside the transaction that closes the day. */
export function requestChainCheck({ sqlite, clock }: Context): void {
  statement(
    sqlite,
    `INSERT INTO jobs (name, next_run_at) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET next_run_at = min(next_run_at, excluded.next_run_at)`,
  ).run(chainJob.job, clock.now())
}

const dayMs = 86_400_000

/** Walks the whole chain after each day close, and once a day when there was none. */
export const chainJob: Job = {
  job: 'access.chain',
  nextRun: (_environment, now, failures) => now + (failures > 0 ? 3_600_000 : dayMs),
  run: async (environment) => keepCheck(environment, 'day-close', await walk(environment)),
}

/** The last walk, and whether any ever found a break: that is never taken back. */
export const chainState = useCase(ChainState, (_, context) => {
  const { sqlite } = context
  const last = statement<{ at: number; rows: number }>(
    sqlite,
    'SELECT at, rows FROM audit_checks ORDER BY at DESC LIMIT 1',
  ).get()
  const broken = statement<{ at: number; broken: number }>(
    sqlite,
    'SELECT at, broken FROM audit_checks WHERE broken IS NOT NULL ORDER BY at LIMIT 1',
  ).get()
  const numbers = new Numbering(context)
  return {
    lastAt: last?.at ?? null,
    broken: broken ? numbers.shown(broken.broken) : null,
    foundAt: broken?.at ?? null,
  }
})
