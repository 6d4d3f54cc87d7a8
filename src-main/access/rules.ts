/** Laws of the front door: when a staff number is locked out, what a password must be, when a session is idle. */
import { lentBy, type GivenBy } from '../platform/two-persons.ts'

export interface LockOutPolicy {
  /** Failures in a row that lock a staff number out (settings: access.maxFailures). */
  readonly maxFailures: number
  /** How long it stays locked out, ms (settings: access.lockOutMinutes). */
  readonly lockOutMs: number
}

export interface Attempts {
  /** Failures in a row since the last success or the end of the last lock-out. */
  readonly failures: number
  /** UTC epoch ms; null while not locked out. */
  readonly lockedUntil: number | null
}

export type AttemptResult = 'accepted' | 'refused' | 'locked-out'

export const noAttempts: Attempts = { failures: 0, lockedUntil: null }

/** Until when a staff number is locked out at `now`; null when it is not (any more). */
export const lockedUntil = ({ lockedUntil }: Attempts, now: number): number | null =>
  lockedUntil !== null && now < lockedUntil ? lockedUntil : null

/**
 * One attempt. While locked out even the right password is refused and nothing is counted, so that trying on does not
 * prolong the lock-out; when it is over, counting starts anew.
 */
export function attempt(
  before: Attempts,
  correct: boolean,
  now: number,
  policy: LockOutPolicy,
): { readonly result: AttemptResult; readonly after: Attempts } {
  if (lockedUntil(before, now) !== null) return { result: 'locked-out', after: before }
  if (correct) return { result: 'accepted', after: noAttempts }
  const failures = (before.lockedUntil === null ? before.failures : 0) + 1
  if (failures < policy.maxFailures) return { result: 'refused', after: { failures, lockedUntil: null } }
  return { result: 'locked-out', after: { failures, lockedUntil: now + policy.lockOutMs } }
}

/**
 * Why a password proves nobody but whoever set it: not until its owner chose another; and for a day not to whoever set
 * it, who could have chosen the next one too. Null when it may be used to approve. @param now epoch ms
 */
export function passwordSetByAnother(
  credential: (GivenBy & { readonly mustChange: number }) | undefined,
  requestedBy: string,
  now: number,
): string | null {
  if (!credential) return null
  if (credential.mustChange === 1) return '此密码由管理员设置，本人尚未更换，不能用于批准，请本人先登录更换密码'
  return lentBy(credential, now).includes(requestedBy)
    ? '此密码一天内由您本人重置，不能用来批准您的业务，请另一位批准'
    : null
}

/** A session is over after this long, whatever happens (ms): nobody works longer than a day's shift. */
export const sessionLifetimeMs = 16 * 3_600_000
/** The last use of a session is written down at most this often (ms), so that reading costs no durable write. */
export const seenEveryMs = 30_000

/** Whether nothing came from a session for the time after which it locks. @param lockMinutes settings: access.lockMinutes */
export const isIdle = (lastSeenAt: number, now: number, lockMinutes: number): boolean =>
  now - lastSeenAt > lockMinutes * 60_000 + seenEveryMs

const dayMs = 86_400_000

/** Days a password has been used when it is due for a change, else null. @param everyDays 0 switches the reminder off */
export function passwordDueDays(changedAt: number, now: number, everyDays: number): number | null {
  const days = Math.floor((now - changedAt) / dayMs)
  return everyDays > 0 && days >= everyDays ? days : null
}
