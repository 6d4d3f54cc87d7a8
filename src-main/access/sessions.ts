/** 登录会话: a random token in the window, only its hash in the database. */
import { randomBytes } from 'node:crypto'
import { sha256 } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import type { Role } from '../platform/contract.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { NotSignedIn } from '../platform/errors.ts'
import { settingsReader } from '../platform/settings.ts'
import { rolesAt } from '../platform/roles-now.ts'
import { clockToleranceMs } from '../platform/trusted-clock.ts'
import { lentBy } from '../platform/two-persons.ts'
import { useCase, type Session, type StrangeToken } from '../platform/use-case.ts'
import { rolesNow, create as createMember, staffById, staffByNo, type StaffMember } from '../staff/service.ts'
import {
  AddStaff,
  ChangePassword,
  Lock,
  NoteFile,
  Login,
  Logout,
  ResetPassword,
  Unlock,
  WhoAmI,
  type SessionView,
} from './api.ts'
import { credentialOf, PasswordTooWeak, setPassword, turnedDown, verifyPassword } from './credentials.ts'
import { normalised } from '../platform/guessable.ts'
import { deviceView } from './set-up.ts'
import { isIdle, passwordDueDays, seenEveryMs, sessionLifetimeMs } from './rules.ts'

/** Sessions older than this are forgotten (ms); who worked when stands in the audit log. */
const keepSessionsMs = 90 * 86_400_000

/** What this process has seen of a session, by a clock that nobody can set. */
interface Seen {
  /** Its last use, on the clock of the process (ms). */
  readonly at: number
  readonly locked: boolean
  readonly over: boolean
}
const seenSessions = new WeakMap<Sqlite, Map<string, Seen>>()
function seenIn(sqlite: Sqlite): Map<string, Seen> {
  let found = seenSessions.get(sqlite)
  if (!found) seenSessions.set(sqlite, (found = new Map()))
  return found
}

/** What a look leaves behind must not stop it: on a full disk reading goes on, and this process remembers by itself. */
function keepIfPossible(sqlite: Sqlite, sql: string, ...params: unknown[]): void {
  try {
    statement(sqlite, sql).run(...params)
  } catch {
    // Whoever writes something of the business is told.
  }
}

/** A page may still call with the token of a session that has just ended (ms). */
const afterEndMs = 60_000

/** What is odd about a token that `sessionOf` knows nobody for; null for that of a session that ended a moment ago. */
export function strangeToken(sqlite: Sqlite, token: string, now: number): StrangeToken | null {
  const row = statement<{ staffId: string; endedAt: number | null }>(
    sqlite,
    'SELECT staff_id AS staffId, ended_at AS endedAt FROM sessions WHERE token_hash = ?',
  ).get(sha256(token))
  if (!row) return { refused: 'UnknownSession' }
  const { staffId, endedAt } = row
  return endedAt !== null && now - endedAt > afterEndMs ? { refused: 'EndedSession', staffId } : null
}

interface SessionRow {
  staffId: string
  till: string
  createdAt: number
  lastSeenAt: number
  lockedAt: number | null
  mustChange: number
  resetBy: string | null
  resetAt: number | null
  name: string
  staffNo: string
  roles: string
}

/**
 * Who is at work in the window that sent this token; null when nobody is (unknown, logged out, too old, left the
 * company). Locked: by hand, after the idle time, or until a reset password has been changed. A locked session is not
 * touched, so a window that keeps asking does not unlock itself. A lock and an end are kept when they are first seen: a
 * clock set back afterwards opens nothing.
 */
export function sessionOf(sqlite: Sqlite, token: string, now: number): Session | null {
  const tokenHash = sha256(token)
  const row = statement<SessionRow>(
    sqlite,
    `SELECT s.staff_id AS staffId, s.till, s.created_at AS createdAt, s.last_seen_at AS lastSeenAt, s.locked_at AS lockedAt,
            c.must_change AS mustChange, c.reset_by AS resetBy, c.reset_at AS resetAt, p.name, p.staff_no AS staffNo, ${rolesAt('p', '@now')} AS roles
     FROM sessions s JOIN staff p ON p.id = s.staff_id JOIN credentials c ON c.staff_id = s.staff_id
     WHERE s.token_hash = @tokenHash AND s.ended_at IS NULL AND p.state = 'active'`,
  ).get({ tokenHash, now })
  if (!row) return null
  const seen = seenIn(sqlite)
  const before = seen.get(tokenHash)
  const elapsed = performance.now()
  if (before?.over || now - row.createdAt > sessionLifetimeMs) {
    seen.set(tokenHash, { at: elapsed, locked: true, over: true })
    keepIfPossible(sqlite, 'UPDATE sessions SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL', now, tokenHash)
    return null
  }
  const minutes = settingsReader(sqlite).get('access.lockMinutes')
  // Two clocks: the one of the PC, which anybody can set, and the one of the process, which nobody can.
  const idle = isIdle(row.lastSeenAt, now, minutes) || (before !== undefined && isIdle(before.at, elapsed, minutes))
  const wentBack = row.lastSeenAt - now > clockToleranceMs
  const shut = row.lockedAt !== null || idle || wentBack || before?.locked === true
  if (shut && row.lockedAt === null) {
    seen.set(tokenHash, { at: before?.at ?? elapsed, locked: true, over: false })
    keepIfPossible(
      sqlite,
      'UPDATE sessions SET locked_at = ? WHERE token_hash = ? AND locked_at IS NULL',
      now,
      tokenHash,
    )
  }
  const locked = shut || row.mustChange === 1
  if (!locked) {
    seen.set(tokenHash, { at: elapsed, locked: false, over: false })
    if (now - row.lastSeenAt >= seenEveryMs) {
      keepIfPossible(sqlite, 'UPDATE sessions SET last_seen_at = ? WHERE token_hash = ?', now, tokenHash)
    }
  }
  const lenders = lentBy(row, now)
  const actor = {
    ...(lenders.length === 0 ? {} : { lentBy: lenders }),
    id: row.staffId,
    name: row.name,
    staffNo: row.staffNo,
    roles: JSON.parse(row.roles) as Role[],
    sessionId: tokenHash,
  }
  return { actor, locked, till: row.till }
}

/** Whether a session, by the hash of its token, is neither over nor locked by hand. */
export const sessionOpen = (sqlite: Sqlite, tokenHash: string): boolean =>
  statement(sqlite, 'SELECT 1 FROM sessions WHERE token_hash = ? AND ended_at IS NULL AND locked_at IS NULL').get(
    tokenHash,
  ) !== undefined

export const login = useCase(Login, ({ staffNo, password }, context) => {
  const verified = verifyPassword(context, staffNo, password)
  const known = staffByNo(context, staffNo)
  if (known) context.audit({ subject: `staff:${known.id}` })
  if (!verified.ok) return verified
  const { id, name } = verified.member
  const roles = rolesNow(context, id)
  // A session without a post could do nothing, and would not say why.
  if (roles.length === 0) {
    return turnedDown(context, '您的岗位须先上岗考核及格（第十一条），请主任登记考核后再登录')
  }
  context.audit({ actor: { id, name, staffNo: verified.member.staffNo, roles, sessionId: null } })
  const { sqlite, actor, clock } = context
  const now = clock.now()
  const staffId = verified.member.id
  const token = randomBytes(32).toString('base64url')
  if (actor.sessionId !== null) endSession(context, actor.sessionId)
  const left = statement(
    sqlite,
    'SELECT 1 FROM sessions WHERE staff_id = ? AND ended_at IS NULL AND till IS NOT ?',
  ).get(staffId, context.till)
  if (left) context.emit({ event: 'loggedInElsewhere', data: { staffId, till: context.till } })
  endSessionsOf(context, staffId, null)
  statement(sqlite, 'DELETE FROM sessions WHERE created_at < ?').run(now - keepSessionsMs)
  statement(
    sqlite,
    'INSERT INTO sessions (token_hash, staff_id, till, created_at, last_seen_at) VALUES (?, ?, ?, ?, ?)',
  ).run(sha256(token), staffId, context.till, now, now)
  statement(sqlite, 'UPDATE credentials SET last_login_at = ? WHERE staff_id = ?').run(now, staffId)
  return { ok: true as const, token, ...viewOf(context, verified.member) }
})

export const logout = useCase(Logout, (_, context) => {
  endSession(context, sessionIdOf(context))
  return {}
})

export const lock = useCase(Lock, (_, context) => {
  const { sqlite, clock } = context
  statement(sqlite, 'UPDATE sessions SET locked_at = coalesce(locked_at, ?) WHERE token_hash = ?').run(
    clock.now(),
    sessionIdOf(context),
  )
  return {}
})

export const noteFile = useCase(NoteFile, ({ name, fileName, size, hash, failed }, context) => {
  const result = failed ? { result: 'not-written' } : {}
  context.audit({ subject: `file:${name}`, detail: { fileName, size, hash, ...result } })
  return {}
})

export const unlock = useCase(Unlock, ({ password }, context) => {
  const verified = verifyPassword(context, context.actor.staffNo, password)
  if (!verified.ok) return { ...verified, message: verified.message.replace('工号或密码', '密码') }
  openLock(context)
  return { ok: true as const, ...viewOf(context, verified.member) }
})

export const whoAmI = useCase(WhoAmI, (_, context) => {
  const { sqlite, actor, clock } = context
  const row = statement<{ lockedAt: number | null; lastSeenAt: number }>(
    sqlite,
    'SELECT locked_at AS lockedAt, last_seen_at AS lastSeenAt FROM sessions WHERE token_hash = ?',
  ).get(sessionIdOf(context))
  if (!row) throw new NotSignedIn()
  const view = viewOf(context, staffById(context, actor.id))
  const known = seenIn(sqlite).get(sessionIdOf(context))?.locked === true
  return { ...view, locked: known || row.lockedAt !== null || isIdle(row.lastSeenAt, clock.now(), view.lockMinutes) }
})

export const changePassword = useCase(ChangePassword, ({ oldPassword, newPassword }, context) => {
  const { actor } = context
  const verified = verifyPassword(context, actor.staffNo, oldPassword)
  if (!verified.ok) return { ...verified, message: verified.message.replace('工号或密码', '原密码') }
  if (normalised(oldPassword) === normalised(newPassword)) {
    throw new PasswordTooWeak('新密码不能与原密码相同', { field: 'newPassword' })
  }
  setPassword(context, actor.id, newPassword, { field: 'newPassword' })
  endSessionsOf(context, actor.id, sessionIdOf(context))
  openLock(context)
  return { ok: true as const }
})

/** A password that is refused takes the person back with it, and leaves the approval of their roles unused. */
export const addStaff = useCase(AddStaff, ({ password, ...member }, context) => {
  const added = createMember.within(member, context)
  setPassword(context, added.staffId, password, { mustChange: true })
  return added
})

export const resetPassword = useCase(ResetPassword, ({ staffId, password }, context) => {
  setPassword(context, staffId, password, { mustChange: true })
  endSessionsOf(context, staffId, null)
  const { staffNo, name } = staffById(context, staffId)
  context.audit({ subject: `staff:${staffId}`, detail: { staffNo, name } })
  return {}
})

function viewOf(context: Context, { id, name, staffNo }: StaffMember): SessionView {
  const { settings, clock } = context
  const credential = credentialOf(context, id)
  if (!credential) throw new NotSignedIn()
  return {
    actor: { id, name, staffNo, roles: rolesNow(context, id) },
    device: deviceView(context),
    lockMinutes: settings.get('access.lockMinutes'),
    mustChangePassword: credential.mustChange === 1,
    passwordDueDays: passwordDueDays(credential.changedAt, clock.now(), settings.get('access.passwordDays')),
  }
}

/** Every caller is signed in; the system has no window. */
function sessionIdOf({ actor }: Context): string {
  if (actor.sessionId === null) throw new NotSignedIn()
  return actor.sessionId
}

function openLock(context: Context): void {
  seenIn(context.sqlite).delete(sessionIdOf(context))
  statement(context.sqlite, 'UPDATE sessions SET locked_at = NULL, last_seen_at = ? WHERE token_hash = ?').run(
    context.clock.now(),
    sessionIdOf(context),
  )
}

function endSession({ sqlite, clock }: Context, tokenHash: string): void {
  statement(sqlite, 'UPDATE sessions SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL').run(
    clock.now(),
    tokenHash,
  )
}

/** Ends what somebody has open, but for the session that asks (token hash). */
function endSessionsOf({ sqlite, clock }: Context, staffId: string, butFor: string | null): void {
  statement(
    sqlite,
    'UPDATE sessions SET ended_at = ? WHERE staff_id = ? AND ended_at IS NULL AND token_hash IS NOT ?',
  ).run(clock.now(), staffId, butFor)
}
