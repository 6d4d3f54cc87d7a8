/**
 * Breaks (断点): moments at which this hall's data did not simply go on. A backup was restored, committed work was lost, or
 * the stream to headquarters began anew. At each of them the numbers go on above everything that was ever given, a new
 * stream begins, and what is missing stays on record until somebody has taken it up.
 */
import { v7 } from 'uuid'
import { appendAudit } from './audit.ts'
import { systemActor, type Actor } from './context.ts'
import { statement, type Sqlite } from './database.ts'
import type { Mark } from './mark.ts'

export const breakKinds = ['restored', 'lost', 'forked', 'resent'] as const
export type BreakKind = (typeof breakKinds)[number]

export interface BreakOrder {
  readonly kind: BreakKind
  /** Epoch ms. */
  readonly at: number
  readonly by: Actor
  readonly reason: string
  /** The mark found beside the database; null when there was none. */
  readonly mark: Mark | null
  readonly fileName?: string
  readonly replaced?: string
  /** What else the row of the audit log says, each under a name of its own: who agreed. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>
  /** Serials known from elsewhere (the replaced database). */
  readonly serials?: Readonly<Record<string, number>>
  /** JSON of what stood between, as the replaced database tells it. */
  readonly days?: string | null
  /** A loss holds the hall until a person has confirmed it; what a person ordered needs no second word. */
  readonly open: boolean
}

/**
 * When neither the mark nor the replaced database can be read, nobody on this PC knows which numbers were given since:
 * more than any hall gives between two backups, of any kind.
 */
export const blindStep = 20_000

const raised = 'UPDATE serials SET next = max(next, ?) WHERE scope = ?'

/** Raises the serials; gives the ranges that are left out, `scope: [first, last]`. Inside the caller's transaction. */
export function raiseSerials(
  sqlite: Sqlite,
  known: readonly Readonly<Record<string, number>>[],
): Record<string, readonly [number, number]> {
  const left: Record<string, readonly [number, number]> = {}
  for (const scope of new Set(known.flatMap((one) => Object.keys(one)))) {
    const next = Math.max(...known.map((one) => one[scope] ?? 0))
    const row = statement<{ next: number }>(sqlite, 'SELECT next FROM serials WHERE scope = ?').get(scope)
    const before = row?.next ?? 1
    if (next <= before) continue
    if (row) statement(sqlite, raised).run(next, scope)
    else statement(sqlite, 'INSERT INTO serials (scope, next) VALUES (?, ?)').run(scope, next)
    left[scope] = [before, next - 1]
  }
  return left
}

/** Serials of the database moved up by a fixed step, for when nothing else is known. */
export const blindSerials = (sqlite: Sqlite): Record<string, number> =>
  Object.fromEntries(
    statement<{ scope: string; next: number }>(sqlite, 'SELECT scope, next FROM serials')
      .all()
      .map(({ scope, next }) => [scope, next + blindStep]),
  )

/** Writes a break down, with its row in the audit log. Inside the caller's transaction. Returns its id. */
export function recordBreak(sqlite: Sqlite, order: BreakOrder): string {
  const last = statement<{ seq: number; at: number }>(
    sqlite,
    'SELECT seq, at FROM audit_log ORDER BY seq DESC LIMIT 1',
  ).get()
  const numbers = raiseSerials(sqlite, [order.mark?.serials ?? {}, order.serials ?? {}])
  const id = v7()
  statement(
    sqlite,
    `INSERT INTO breaks (id, kind, at, by_id, by_name, reason, file_name, replaced, audit_seq, audit_at, mark_seq, mark_hash,
       mark_at, mark_outbox, mark_acknowledged, numbers, days, resolved_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    order.kind,
    order.at,
    order.by.id,
    order.by.name,
    order.reason,
    order.fileName ?? null,
    order.replaced ?? null,
    last?.seq ?? 0,
    last?.at ?? null,
    order.mark?.seq ?? null,
    order.mark?.hash ?? null,
    order.mark?.at ?? null,
    order.mark?.outbox ?? null,
    order.mark?.acknowledged ?? null,
    JSON.stringify(numbers),
    order.days ?? null,
    order.open ? null : order.at,
  )
  statement(sqlite, 'UPDATE device SET stream_id = ?').run(v7())
  appendAudit(sqlite, {
    at: order.at,
    actor: order.by,
    call: `machine.${order.kind}`,
    subject: `break:${id}`,
    till: null,
    detail: {
      reason: order.reason,
      ...(order.fileName === undefined ? {} : { fileName: order.fileName }),
      ...(order.replaced === undefined ? {} : { replaced: order.replaced }),
      ...order.detail,
      numbers,
    },
    inputHash: '',
  })
  return id
}

/** Whether this mark was seen at a break already: what it is ahead by is known. */
const seen = (sqlite: Sqlite, { seq, hash }: Mark): boolean =>
  statement(sqlite, 'SELECT 1 FROM breaks WHERE mark_seq = ? AND mark_hash = ?').get(seq, hash) !== undefined

/**
 * Holds the database that was just opened against the mark. One that lacks what the mark has seen is put on record as a
 * loss, in one transaction: numbers above the mark, a new stream, an open break.
 * @param at epoch ms
 */
export function compareWithMark(sqlite: Sqlite, mark: Mark | null, at: number): void {
  if (!mark || seen(sqlite, mark)) return
  const row = statement<{ hash: string }>(sqlite, 'SELECT hash FROM audit_log WHERE seq = ?').get(mark.seq)
  if (row?.hash === mark.hash) return
  const reason = row ? '数据文件与本机的记录不是同一份' : '数据文件缺少最后一段已保存的业务'
  sqlite
    .transaction(() => {
      // First, as it begins where the file ends, and the break leaves a row of its own there.
      noteUnread(sqlite, { at, source: '', what: `${reason}，其间停过气的户没有带回` })
      recordBreak(sqlite, { kind: 'lost', at, by: systemActor, reason, mark, open: true })
    })
    .immediate()
}

/**
 * Nobody can read what was shut off since: the whole hall waits for the manager's list before gas flows again anywhere (clauses
 * 17(2), 19(3); supply/carried.ts), and nobody comes in as supplied on one person's word. Inside the caller's transaction, with the restore or the loss itself.
 */
export function noteUnread(
  sqlite: Sqlite,
  { at, source, what }: { readonly at: number; readonly source: string; readonly what: string },
): void {
  const last = statement<{ at: number | null }>(sqlite, 'SELECT max(at) AS at FROM audit_log').get()
  statement(
    sqlite,
    `INSERT INTO carried_matters (id, kind, account_no, customer_name, address, what, since_at, held, source_file, carried_at)
     VALUES (?, 'unread', '', '', '', ?, ?, 0, ?, ?)`,
  ).run(v7(), what, last?.at ?? at, source, at)
  // Nor can anybody read whether moving in was over (clauses 15, 17): at work it is, and two persons open it again.
  statement(
    sqlite,
    `INSERT INTO import_window_acts (no, act, at, by, by_name)
     SELECT coalesce((SELECT max(no) FROM import_window_acts), 0) + 1, 'closed', ?, s.id, '系统（数据曾丢失）'
     FROM staff s, json_each(s.roles) r
     WHERE s.state <> 'left' AND r.value IN ('hall-manager', 'administrator')
       AND EXISTS (SELECT 1 FROM business_days WHERE counter = 1)
       AND (SELECT act FROM import_window_acts ORDER BY no DESC LIMIT 1) IS NOT 'closed' LIMIT 1`,
  ).run(at)
}

export interface OpenLoss {
  readonly id: string
  readonly at: number
  readonly reason: string
  readonly auditSeq: number
  readonly auditAt: number | null
  readonly markSeq: number | null
  readonly markAt: number | null
  readonly markOutbox: number | null
  readonly markAcknowledged: number | null
  readonly numbers: string
  readonly headquarters: string | null
}

/** A person has seen what is missing and says how it goes on (`at` epoch ms). Inside the caller's transaction. */
export const answerLoss = (sqlite: Sqlite, { at, by, reason }: { at: number; by: string; reason: string }): void =>
  void statement(
    sqlite,
    `UPDATE breaks SET resolved_at = ?, resolved_by = ?, resolve_reason = ? WHERE kind = 'lost' AND resolved_at IS NULL`,
  ).run(at, by, reason)

/** The loss that nobody has confirmed yet; null when there is none. */
export const openLoss = (sqlite: Sqlite): OpenLoss | null =>
  statement<OpenLoss>(
    sqlite,
    `SELECT id, at, reason, audit_seq AS auditSeq, audit_at AS auditAt, mark_seq AS markSeq, mark_at AS markAt,
       mark_outbox AS markOutbox, mark_acknowledged AS markAcknowledged, numbers, headquarters
     FROM breaks WHERE kind = 'lost' AND resolved_at IS NULL ORDER BY at DESC LIMIT 1`,
  ).get() ?? null
