/** 批准: what a second person may agree to at the PC of the first, and whether anybody could. */
import { z } from 'zod'
import { approvalPurposes, approvalTerms } from '../platform/approval-terms.ts'
import { call } from '../platform/contract.ts'
import { PasswordFailure, TypedPassword, TypedStaffNo } from './typed.ts'

/** How long an approval may wait for the call it was given for (ms). */
export const approvalLifetimeMs = 5 * 60_000

/** One purpose with its terms; a union, so that no purpose is approved without what it is bound to. */
const purposeWithTerms = <P extends keyof typeof approvalTerms>(purpose: P) =>
  z.strictObject({ purpose: z.literal(purpose), terms: approvalTerms[purpose] })

/** What may be agreed to, with what it is bound to. */
export const ApprovalToGive = z.discriminatedUnion(
  'purpose',
  [
    purposeWithTerms('reversal'),
    purposeWithTerms('refund'),
    purposeWithTerms('adjustment'),
    purposeWithTerms('over-short'),
    purposeWithTerms('arrears-suspension'),
    purposeWithTerms('emergency-interruption'),
    purposeWithTerms('late-reply'),
    purposeWithTerms('interruption-start'),
    purposeWithTerms('night-resumption'),
    purposeWithTerms('hazard-grade'),
    purposeWithTerms('contract-signature'),
    purposeWithTerms('paper-contract'),
    purposeWithTerms('hazard-misfiled'),
    purposeWithTerms('hazard-lower'),
    purposeWithTerms('customer-class'),
    purposeWithTerms('transfer-absence'),
    purposeWithTerms('debt-stays'),
    purposeWithTerms('closing-unremoved'),
    purposeWithTerms('approving-role'),
    purposeWithTerms('deputy'),
    purposeWithTerms('certificate-backdate'),
    purposeWithTerms('import-undo'),
    purposeWithTerms('import-window'),
    purposeWithTerms('carried-lift'),
    purposeWithTerms('carried-list'),
    purposeWithTerms('import-supplied'),
    purposeWithTerms('restore'),
    purposeWithTerms('price'),
    purposeWithTerms('fee-item'),
    purposeWithTerms('safety-setting'),
  ],
  { error: '没有这种批准事项' },
)

/** What became of giving an approval: given, or the password or the person was not accepted. */
export const ApprovalGiven = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), approvalId: z.string(), approverName: z.string() }),
  PasswordFailure,
])

/**
 * A second person agrees to one act of the person at work: one purpose with its terms, once, within five minutes. The
 * call it is for consumes it in its own transaction. Nobody approves what they do themselves, nor with a password that
 * somebody else has just set.
 */
export const Approve = call({
  name: 'access.approve',
  kind: 'change',
  whileHeld: true,
  allow: 'signed-in',
  secret: ['password'],
  input: z.strictObject({
    staffNo: TypedStaffNo,
    password: TypedPassword,
    approval: ApprovalToGive,
  }),
  output: ApprovalGiven,
})

/**
 * Whether anybody could agree now to what this person is about to do: null when somebody can; else in words who is lacking,
 * what is to be done about it, and from when on.
 */
export const ApproversLacking = call({
  name: 'access.approversLacking',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ purpose: z.enum(approvalPurposes, { error: '没有这种批准事项' }) }),
  output: z.string().nullable(),
})
