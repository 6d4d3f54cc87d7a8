/**
 * 请求批准: whoever needs a second person's word asks for it at the windows of the others, and goes on where they are. The
 * approval that comes of it is bound to the same terms, lasts as long and counts once, as one that is given at the same PC.
 */
import { z } from 'zod'
import { call, Id, Instant, RequestId, shortText, TillCode } from '../platform/contract.ts'
import { approvalPurposes } from '../platform/approval-terms.ts'
import { ApprovalGiven, ApprovalToGive } from './approval-api.ts'
import { TypedPassword } from './typed.ts'

export const askedStates = ['open', 'agreed', 'refused', 'withdrawn', 'expired'] as const
export type AskedState = (typeof askedStates)[number]

/** Whom or what it is about, as the asking page says it; amounts and reasons are read from the terms. */
const Summary = z.string().trim().max(300, '说明过长')

/** One at a time for each person at work: a second one takes the place of the first. */
export const AskApproval = call({
  name: 'access.askApproval',
  kind: 'change',
  whileHeld: true,
  allow: 'signed-in',
  input: z.strictObject({ requestId: RequestId, approval: ApprovalToGive, summary: Summary }),
  output: z.object({ askedId: Id, expiresAt: Instant }),
})

/** Takes it back; what was agreed to and not yet used is void. */
export const WithdrawAsked = call({
  name: 'access.withdrawAsked',
  kind: 'change',
  whileHeld: true,
  allow: 'signed-in',
  input: z.strictObject({ requestId: RequestId, askedId: Id }),
  output: z.object({}),
})

/** What became of one's own request. */
export const AskedOutcome = call({
  name: 'access.askedOutcome',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ askedId: Id }),
  output: z.object({
    state: z.enum(askedStates),
    /** Who agreed or refused. */
    by: z.string().nullable(),
    /** Why it was refused; '' otherwise. */
    reason: z.string(),
    approvalId: z.string().nullable(),
  }),
})

/** Who is at an unlocked screen now and could agree to what this person is about to do. */
export const ApproversHere = call({
  name: 'access.approversHere',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ purpose: z.enum(approvalPurposes, { error: '没有这种批准事项' }) }),
  output: z.array(z.object({ name: z.string(), till: TillCode })).max(99),
})

/** What others ask of this person, the oldest first. */
export const AskedOfMe = call({
  name: 'access.askedOfMe',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z
    .array(
      z.object({
        askedId: Id,
        approval: ApprovalToGive,
        summary: z.string(),
        by: z.string(),
        till: TillCode,
        at: Instant,
        expiresAt: Instant,
      }),
    )
    .max(50),
})
export type Asked = z.output<typeof AskedOfMe.output>[number]

/** Agrees to it with one's own password, at one's own screen. */
export const AgreeAsked = call({
  name: 'access.agreeAsked',
  kind: 'change',
  whileHeld: true,
  allow: 'signed-in',
  secret: ['password'],
  input: z.strictObject({ askedId: Id, password: TypedPassword }),
  output: ApprovalGiven,
})

export const RefuseAsked = call({
  name: 'access.refuseAsked',
  kind: 'change',
  whileHeld: true,
  allow: 'signed-in',
  input: z.strictObject({ requestId: RequestId, askedId: Id, reason: shortText('不批准的原因', 100) }),
  output: z.object({}),
})
