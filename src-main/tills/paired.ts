/** Which PCs are tills of this hall; the one place that reads and writes their rows. */
import type { Context } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { codeAfter } from './rules.ts'
import { HallFull, TillUnknown } from './errors.ts'

export interface Till {
  readonly code: string
  readonly name: string
  readonly fingerprint: string | null
  readonly state: 'paired' | 'withdrawn'
  readonly joinedAt: number
  readonly joinedBy: string
  readonly withdrawnAt: number | null
  readonly withdrawnBy: string | null
  readonly withdrawReason: string | null
}

const columns = `code, name, fingerprint, state, joined_at AS joinedAt, joined_by AS joinedBy, withdrawn_at AS withdrawnAt,
  withdrawn_by AS withdrawnBy, withdraw_reason AS withdrawReason`

export const tillsOf = (sqlite: Sqlite): Till[] =>
  statement<Till>(sqlite, `SELECT ${columns} FROM tills ORDER BY code`).all()

/** The till a certificate belongs to, withdrawn or not; null for a stranger. @param fingerprint SHA-256, hex */
export const tillByFingerprint = (sqlite: Sqlite, fingerprint: string): Till | null =>
  statement<Till>(sqlite, `SELECT ${columns} FROM tills WHERE fingerprint = ?`).get(fingerprint) ?? null

/**
 * Whether another PC than the host is to be heard: one that is a till, or was one until after `since` (epoch ms), which may
 * have been off when it was withdrawn and has yet to be told.
 */
export const hasOthers = (sqlite: Sqlite, since: number): boolean =>
  statement(
    sqlite,
    `SELECT 1 FROM tills WHERE fingerprint IS NOT NULL AND (state = 'paired' OR withdrawn_at > ?) LIMIT 1`,
  ).get(since) !== undefined

/** Whether work is done at this till: it was joined and not withdrawn. */
export const isPaired = (sqlite: Sqlite, code: string): boolean =>
  statement(sqlite, `SELECT 1 FROM tills WHERE code = ? AND state = 'paired'`).get(code) !== undefined

/** The PC the hall begins with is its first till. */
export function foundTill({ sqlite, clock }: Context, code: string): void {
  insert(sqlite, { code, name: '主机', fingerprint: null, joinedAt: clock.now(), joinedById: null, joinedBy: '' })
}

export interface Joiner {
  readonly name: string
  readonly fingerprint: string
}

/** A new till, under a code that no PC of this hall ever had. @throws HallFull */
export function joinTill({ sqlite, clock, actor, device }: Context, { name, fingerprint }: Joiner): string {
  // A till that a restore has taken out of the table has left the series of its numbers, which are never lowered.
  const used = statement<{ code: string }>(
    sqlite,
    `SELECT code FROM tills UNION SELECT substr(scope, -2) FROM serials WHERE scope GLOB '*/[0-9][0-9]'`,
  ).all()
  const code = codeAfter([device.pcCode, ...used.map((row) => row.code)])
  if (code === null) throw new HallFull()
  insert(sqlite, { code, name, fingerprint, joinedAt: clock.now(), joinedById: actor.id, joinedBy: actor.name })
  return code
}

/** @throws TillUnknown for what is no till of this hall any more, or its host */
export function withdrawTill({ sqlite, clock, actor }: Context, code: string, reason: string): Till {
  const { changes } = statement(
    sqlite,
    `UPDATE tills SET state = 'withdrawn', withdrawn_at = ?, withdrawn_by_id = ?, withdrawn_by = ?, withdraw_reason = ?
     WHERE code = ? AND state = 'paired' AND fingerprint IS NOT NULL`,
  ).run(clock.now(), actor.id, actor.name, reason, code)
  const till = tillsOf(sqlite).find((one) => one.code === code)
  if (changes === 0 || !till) throw new TillUnknown()
  return till
}

function insert(
  sqlite: Sqlite,
  till: Pick<Till, 'code' | 'name' | 'fingerprint' | 'joinedAt' | 'joinedBy'> & { readonly joinedById: string | null },
): void {
  statement(
    sqlite,
    `INSERT INTO tills (code, name, fingerprint, state, joined_at, joined_by_id, joined_by)
     VALUES (?, ?, ?, 'paired', ?, ?, ?)`,
  ).run(till.code, till.name, till.fingerprint, till.joinedAt, till.joinedById, till.joinedBy)
}
