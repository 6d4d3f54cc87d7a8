/** What proves a person, as it is typed, and the answer where it proves nothing. */
import { z } from 'zod'
import { Instant, shortText } from '../platform/contract.ts'

/** A password as typed at login; only its length is bounded here, so that a wrong one counts as a failure. */
export const TypedPassword = z.string({ error: '请输入密码' }).min(1, '请输入密码').max(200, '密码过长')
/** A staff number as typed at login; an unknown one is a failed login, not a bad form. */
export const TypedStaffNo = shortText('工号', 20)

/** A password that was not accepted. Answered, not thrown: the counted failure must be committed. */
export const PasswordFailure = z.object({
  ok: z.literal(false),
  message: z.string(),
  /** Until when this staff number is locked out; null while it is not. */
  lockedUntil: Instant.nullable(),
})
