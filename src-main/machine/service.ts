/** 本机: a clock in doubt, a loss of data, and the record of every break. The ways out are a person's decision. */
import { believableLockOuts, credentialOf, liftLockOuts, turnedDown, verifyPassword } from '../access/service.ts'
import { backupFiles } from '../platform/backup-files.ts'
import { answerLoss, openLoss, raiseSerials, type OpenLoss } from '../platform/breaks.ts'
import type { Actor, Context } from '../platform/context.ts'
import type { Role } from '../platform/contract.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import { numberNames } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { AcceptLoss, Breaks, ConfirmClock, State, type Break, type WitnessedDay, type Witness } from './api.ts'

export const NothingToConfirm = domainError('NothingToConfirm', '没有需要确认的事项，请直接登录')

type Ranges = Readonly<Record<string, readonly [number, number]>>

/** Only numbers people read on paper; the others are the program's own. */
const leftOut = (json: string) =>
  Object.entries(JSON.parse(json) as Ranges).flatMap(([kind, [first, last]]) => {
    const label = numberNames[kind as keyof typeof numberNames]
    return label === undefined ? [] : [{ kind, label, first, last }]
  })

function lossOf({ paths }: Context, loss: OpenLoss) {
  const { reason, auditAt, markAt, markSeq, auditSeq, markOutbox, markAcknowledged } = loss
  return {
    reason,
    auditAt,
    markAt,
    missing: markSeq !== null && markSeq > auditSeq ? markSeq - auditSeq : null,
    numbers: leftOut(loss.numbers),
    backupAt: backupFiles(paths.backups)[0]?.at ?? null,
    atHeadquarters: markOutbox === null ? null : markAcknowledged,
  }
}

export const state = useCase(State, (_, context) => {
  const { sqlite, trustedClock, health, systemNow } = context
  const loss = openLoss(sqlite)
  return {
    clock: trustedClock.doubt(systemNow()),
    loss: loss && lossOf(context, loss),
    damagedAt: health.damagedAt,
  }
})

/** Who gives his password here and has one of these roles. A wrong one is answered, so that its failure is counted. */
function prove(context: Context, staffNo: string, password: string, roles: readonly Role[], words: string) {
  const verified = verifyPassword(context, staffNo, password)
  if (!verified.ok) return verified
  const { id, name, roles: his } = verified.member
  if (!his.some((role) => roles.includes(role))) return turnedDown(context, words)
  // What somebody else gave proves nobody.
  if (credentialOf(context, id)?.mustChange === 1)
    return turnedDown(context, '密码刚被重置，须本人改密后才能确认，请另一位确认')
  const actor: Actor = { id, name, staffNo: verified.member.staffNo, roles: his, sessionId: null }
  context.audit({ actor })
  return { ok: true as const, actor }
}

/** On the clock of the process (ms). */
let lockOutsSince = performance.now()

export const confirmClock = useCase(ConfirmClock, ({ staffNo, password, reason }, context) => {
  const { trustedClock, systemNow, settings, sqlite } = context
  const now = systemNow()
  const doubt = trustedClock.doubt(now)
  if (!doubt) throw new NothingToConfirm()
  const lockOutMs = settings.get('access.lockOutMinutes') * 60_000
  // Under a clock in doubt no lock-out runs out by itself: the process counts the minutes instead.
  if (performance.now() - lockOutsSince >= lockOutMs) {
    liftLockOuts(sqlite)
    lockOutsSince = performance.now()
  }
  const proved = prove(context, staffNo, password, ['administrator'], '须由管理员确认电脑时间')
  if (!proved.ok) return proved
  context.audit({
    subject: 'clock:hall',
    detail: { reason, direction: doubt.direction, lastAt: doubt.lastAt, now },
    at: now,
  })
  believableLockOuts(sqlite, now, lockOutMs)
  context.afterCommit(() => trustedClock.believe(now))
  return { ok: true as const }
})

export const acceptLoss = useCase(AcceptLoss, ({ staffNo, password, reason }, context) => {
  const { sqlite, clock } = context
  const loss = openLoss(sqlite)
  if (!loss) throw new NothingToConfirm()
  const proved = prove(
    context,
    staffNo,
    password,
    ['hall-manager', 'administrator'],
    '须由营业厅主任或管理员确认数据缺失',
  )
  if (!proved.ok) return proved
  answerLoss(sqlite, { at: clock.now(), by: proved.actor.name, reason })
  context.audit({ subject: `break:${loss.id}`, detail: { reason } })
  return { ok: true as const }
})

type BreakRow = Omit<Break, 'numbers' | 'days' | 'headquarters'> & {
  numbers: string
  days: string | null
  headquarters: string | null
}

export const breaks = useCase(Breaks, ({ after, size }, { sqlite }) => {
  const found = statement<BreakRow>(
    sqlite,
    `SELECT id, kind, at, by_name AS byName, reason, file_name AS fileName, replaced, audit_at AS auditAt, mark_at AS markAt,
       numbers, days, headquarters, resolved_by AS resolvedBy, resolve_reason AS resolveReason
     FROM breaks WHERE ? IS NULL OR id < ? ORDER BY id DESC LIMIT ?`,
  ).all(after, after, size)
  const rows = found.map((row) => ({
    ...row,
    numbers: leftOut(row.numbers),
    days: row.days === null ? [] : (JSON.parse(row.days) as WitnessedDay[]),
    headquarters: row.headquarters === null ? null : (JSON.parse(row.headquarters) as Witness),
  }))
  return { rows, next: rows.length === size ? (rows.at(-1)?.id ?? null) : null }
})

/** The newest break of which headquarters was not asked yet; null when there is none. */
export const unaskedBreak = (sqlite: Sqlite): { readonly id: string; readonly auditAt: number | null } | null =>
  statement<{ id: string; auditAt: number | null }>(
    sqlite,
    'SELECT id, audit_at AS auditAt FROM breaks WHERE headquarters IS NULL ORDER BY id DESC LIMIT 1',
  ).get() ?? null

/** Keeps what headquarters knows, and goes on above the numbers it has seen. Inside the caller's transaction. */
export function keepWitness(sqlite: Sqlite, serials: Readonly<Record<string, number>>, witness: Witness): void {
  const numbers = raiseSerials(sqlite, [serials])
  for (const { id, numbers: known } of statement<{ id: string; numbers: string }>(
    sqlite,
    'SELECT id, numbers FROM breaks WHERE headquarters IS NULL',
  ).all()) {
    const merged: Record<string, readonly [number, number]> = { ...(JSON.parse(known) as Ranges) }
    for (const [scope, [first, last]] of Object.entries(numbers)) merged[scope] = [merged[scope]?.[0] ?? first, last]
    statement(sqlite, 'UPDATE breaks SET headquarters = ?, numbers = ? WHERE id = ?').run(
      JSON.stringify(witness),
      JSON.stringify(merged),
      id,
    )
  }
}
