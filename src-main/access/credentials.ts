/** Checking and setting passwords. A wrong one is answered, never thrown, so that its counted failure is committed. */
import { eq } from 'drizzle-orm'
import { pinyin } from 'pinyin-pro'
import type { Context } from '../platform/context.ts'
import { domainError } from '../platform/errors.ts'
import { formatInstant } from '../platform/dates.ts'
import { giversOf } from '../platform/two-persons.ts'
import { staffById, staffByNo, type StaffMember } from '../staff/service.ts'
import { hashPassword, passwordMatches, pretendToMatch } from './password.ts'
import { passwordProblem } from './password-rules.ts'
import { attempt, lockedUntil, noAttempts, type AttemptResult, type LockOutPolicy } from './rules.ts'
import { credentials } from './tables.ts'

export const PasswordTooWeak = domainError('PasswordTooWeak', '此密码不能使用，请换一个')

/** From how many tries left the person is told (the last ones before the lock-out). */
const warnFrom = 2

export interface Refusal {
  readonly ok: false
  readonly message: string
  readonly lockedUntil: number | null
}
export type Verified = { readonly ok: true; readonly member: StaffMember } | Refusal

const refusal = (message: string, until: number | null = null): Refusal => ({ ok: false, message, lockedUntil: until })

/** The password was right, and still this person may not: the log says so, for whoever reads there that a password was accepted. */
export function turnedDown(context: Context, message: string): Refusal {
  context.audit({ detail: { result: 'turned-down' } })
  return refusal(message)
}

const policyOf = ({ settings }: Context): LockOutPolicy => ({
  maxFailures: settings.get('access.maxFailures'),
  lockOutMs: settings.get('access.lockOutMinutes') * 60_000,
})

/** Checks a password and counts the attempt (also across restarts). One answer for every reason but the lock-out. */
export function verifyPassword(context: Context, staffNo: string, password: string): Verified {
  const wrong = '工号或密码不正确'
  const member = staffByNo(context, staffNo)
  const row = member && credentialOf(context, member.id)
  if (!member || !row || member.state === 'left') {
    pretendToMatch(password)
    // What was typed is not noted: it may be a password that slipped into the wrong field.
    context.audit({ detail: { result: 'unknown' } })
    return refusal(wrong)
  }
  const note = (result: AttemptResult) => context.audit({ detail: { staffNo: member.staffNo, result } })
  const now = context.clock.now()
  const until = lockedUntil(row, now)
  if (until !== null) {
    note('locked-out')
    return refusal(lockedOutMessage(until), until)
  }
  const policy = policyOf(context)
  const { result, after } = attempt(row, passwordMatches(password, row.secret), now, policy)
  note(result)
  context.db.update(credentials).set(after).where(eq(credentials.staffId, member.id)).run()
  if (result === 'accepted') return { ok: true, member }
  if (after.lockedUntil !== null) return refusal(lockedOutMessage(after.lockedUntil), after.lockedUntil)
  const left = policy.maxFailures - after.failures
  return refusal(left <= warnFrom ? `${wrong}，再输错 ${left} 次将被锁定` : wrong)
}

const lockedOutMessage = (until: number): string =>
  `密码输错次数过多，${formatInstant(until + 59_999).slice(11)} 后再试，或请管理员重置密码`

export const credentialOf = ({ db }: Context, staffId: string): typeof credentials.$inferSelect | undefined =>
  db.select().from(credentials).where(eq(credentials.staffId, staffId)).get()

/** What every company of the trade has in its name; the rest is what people call it. */
const commonParts = /股份|集团|有限|责任|公司|营业厅|营业所|客服|中心|管道|天然气|燃气|煤气|能源|控股|发展/g

/** Names of the person and the place as somebody would type them: pinyin, initials, short names, the hall's number. */
function wordsAround({ device }: Context, name: string): string[] {
  const places = [device.hallName, device.companyName]
  const short = places.map((place) => place.replace(commonParts, ''))
  const typed = [name, ...places, ...short].flatMap((chinese) => {
    const syllables = pinyin(chinese, { toneType: 'none', type: 'array', nonZh: 'removed' })
    return [chinese, syllables.join(''), syllables.map((one) => one.charAt(0)).join('')]
  })
  return [...typed, device.hallCode]
}

/**
 * Gives somebody a password and lifts a lock-out. Sessions that are open stay open; the callers end them.
 * @param mustChange the person has to choose another at the next login
 * @throws StaffNotFound · PasswordTooWeak
 */
export function setPassword(
  context: Context,
  staffId: string,
  password: string,
  { mustChange = false, field = 'password' }: { mustChange?: boolean; field?: string } = {},
): void {
  const { staffNo, name } = staffById(context, staffId)
  const problem = passwordProblem(password, { staffNo, others: wordsAround(context, name) })
  if (problem !== null) throw new PasswordTooWeak(problem, { field })
  keepPassword(context, staffId, password, { mustChange })
}

/** Keeps a password without judging it: those of a demo hall stand on its login page. */
export function keepPassword(
  context: Context,
  staffId: string,
  password: string,
  { mustChange = false }: { mustChange?: boolean } = {},
): void {
  const givers = mustChange ? giversOf(context.actor, staffId) : null
  const values = {
    secret: hashPassword(password),
    mustChange: mustChange ? 1 : 0,
    changedAt: context.clock.now(),
    ...(givers === null ? {} : { resetBy: givers, resetAt: context.clock.now() }),
    ...noAttempts,
  }
  context.db
    .insert(credentials)
    .values({ staffId, ...values })
    .onConflictDoUpdate({ target: credentials.staffId, set: values })
    .run()
}
