/** Reading and checking the audit log. Writing it is the platform's. */
import { chainStart, checkAuditSlice, type ChainPlace } from '../platform/audit.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { addDays, startOfDay } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { task, useCase } from '../platform/use-case.ts'
import { AuditLog, VerifyAudit } from './api.ts'

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

/** SQL of one page, newest first; served by the index on the first filter given, else by the key itself. */
export function auditPageSql(given: readonly string[]): string {
  const chosen = filters.filter(([key]) => given.includes(key))
  // A `+` keeps the planner from an index other than that of the first filter, which alone delivers the order.
  const narrowed = chosen.map(([key, column], i) => `AND ${i === 0 ? '' : '+'}${column} = @${key}`)
  return `SELECT seq, at, actor_id AS actorId, actor_name AS actorName, call, subject, detail FROM audit_log
    WHERE seq < @before AND seq >= @first ${narrowed.join(' ')} ORDER BY seq DESC LIMIT @size`
}

/** Number of the first row written at or after an instant (epoch ms): rows are in order of time and without gaps. */
export function firstSeqSince(sqlite: Sqlite, instant: number): number {
  const last = statement<{ seq: number | null }>(sqlite, 'SELECT max(seq) AS seq FROM audit_log').get()?.seq ?? 0
  const at = statement<{ at: number }>(sqlite, 'SELECT at FROM audit_log WHERE seq >= ? ORDER BY seq LIMIT 1')
  let [low, high] = [1, last + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((at.get(middle)?.at ?? Infinity) < instant) low = middle + 1
    else high = middle
  }
  return low
}

export const auditLog = useCase(AuditLog, ({ after, size, from, to, ...filter }, { sqlite }) => {
  if (from !== null && to !== null && from > to) throw new InvalidInput('起始日期不能晚于截止日期', { field: 'from' })
  if (after !== null && !/^\d{1,15}$/.test(after))
    throw new InvalidInput('页码不正确，请刷新后再试', { field: 'after' })
  const beforeSeq = to === null ? Number.MAX_SAFE_INTEGER : firstSeqSince(sqlite, startOfDay(addDays(to, 1)))
  const given = Object.entries(filter).filter(([, value]) => value !== null)
  const found = statement<LogRow, [Record<string, unknown>]>(sqlite, auditPageSql(given.map(([key]) => key))).all({
    ...Object.fromEntries(given),
    before: Math.min(beforeSeq, after === null ? beforeSeq : Number(after)),
    first: from === null ? 0 : firstSeqSince(sqlite, startOfDay(from)),
    size: size + 1,
  })
  const rows = found
    .slice(0, size)
    .map((row) => ({ ...row, detail: JSON.parse(row.detail) as Record<string, unknown> }))
  return { rows, next: found.length > size ? String(rows.at(-1)?.seq) : null }
})

export const verifyAudit = task(VerifyAudit, async (_, { sqlite }) => {
  const { rows } = statement<{ rows: number }>(sqlite, 'SELECT count(*) AS rows FROM audit_log').get() as {
    rows: number
  }
  let place: ChainPlace | null = chainStart
  while (place !== null) {
    const slice = checkAuditSlice(sqlite, place)
    if (slice.broken !== null) return { rows, broken: slice.broken }
    place = slice.next
    // Years of log take seconds: the counter's calls come in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { rows, broken: null }
})
