/**
 * 批准: a second person agrees to one act of the person at work, on stated terms. Given by a call of its own, so that a
 * wrong password counts whatever becomes of the act; used up inside the act's transaction, so that it counts once.
 */
import { hashOfTerms, mayApprove } from '../platform/approvals.ts'
import { canonicalJson } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { roleNames } from '../platform/contract.ts'
import { formatInstant } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { lentBy, lentForMs } from '../platform/two-persons.ts'
import { useCase } from '../platform/use-case.ts'
import { everybody, rolesNow } from '../staff/service.ts'
import {
  approvalLifetimeMs,
  approvalPurposeNames,
  approvalSubject,
  Approve,
  ApproversLacking,
  approverRoles,
  type Approval,
  type ApprovalPurpose,
} from './api.ts'
import { credentialOf, turnedDown, verifyPassword } from './credentials.ts'
import { passwordSetByAnother } from './rules.ts'
import { approvals } from './tables.ts'

const rolesInWords = (purpose: ApprovalPurpose): string =>
  approverRoles[purpose].map((role) => roleNames[role]).join('或')

/** When this credential's password may agree to what `by` does: epoch ms, `null` once its owner changed it, `undefined` without one. */
function readyAt(credential: ReturnType<typeof credentialOf>, by: string, now: number): number | null | undefined {
  if (!credential) return undefined
  if (credential.mustChange === 1) return null
  const lent = lentBy(credential, now).includes(by)
  return lent && credential.resetAt !== null ? credential.resetAt + lentForMs : now
}

export const approversLacking = useCase(ApproversLacking, ({ purpose }, context) => {
  const { actor, clock } = context
  const now = clock.now()
  const others = everybody(context).filter(
    ({ id, state }) => id !== actor.id && state === 'active' && mayApprove(rolesNow(context, id), purpose),
  )
  if (others.length === 0)
    return `除您以外没有人可以批准。请管理员在“员工”里登记一位${rolesInWords(purpose)}，由他本人登录并更换密码；密码是您给的，从给出起满一天才能批准您办理的业务`
  const waits = others.map(({ id, name }) => ({ name, at: readyAt(credentialOf(context, id), actor.id, now) }))
  if (waits.some(({ at }) => typeof at === 'number' && at <= now)) return null
  const words = waits.map(({ name, at }) =>
    typeof at === 'number'
      ? `${name}的密码是您给的，${formatInstant(at)} 以后可以批准`
      : at === null
        ? `${name}要先本人登录更换密码；密码是您给的，从给出起满一天可以批准`
        : `${name}还没有密码，请管理员在“员工”里给他`,
  )
  return `现在没有人可以批准：${words.join('；')}`
})

export const approve = useCase(Approve, ({ staffNo, password, approval }, context) => {
  const { clock, actor } = context
  const { purpose, terms } = approval
  const subject = approvalSubject(approval)
  const termsHash = hashOfTerms(purpose, terms)
  context.audit({ subject, detail: { purpose: approvalPurposeNames[purpose], terms, termsHash } })
  const verified = verifyPassword(context, staffNo, password)
  if (!verified.ok) return verified
  const { member } = verified
  if (member.id === actor.id) return turnedDown(context, `不能批准自己办理的业务，请另一位${rolesInWords(purpose)}批准`)
  if (!mayApprove(rolesNow(context, member.id), purpose))
    return turnedDown(context, `此工号没有批准权限，应由${rolesInWords(purpose)}批准`)
  const now = clock.now()
  const reset = passwordSetByAnother(credentialOf(context, member.id), actor.id, now)
  if (reset !== null) return turnedDown(context, reset)
  const approvalId = giveApproval(context, approval, { requestedBy: actor.id, approverId: member.id })
  context.audit({ detail: { approver: member.name } })
  return { ok: true as const, approvalId, approverName: member.name }
})

/** Writes an approval down, bound to its terms; who may give it was judged before. @returns its id */
export function giveApproval(
  { db, clock }: Context,
  approval: Approval,
  people: { readonly requestedBy: string; readonly approverId: string },
): string {
  const { purpose, terms } = approval
  const approvalId = newId(clock)
  const now = clock.now()
  db.insert(approvals)
    .values({
      ...{ id: approvalId, purpose, subject: approvalSubject(approval), terms: canonicalJson(terms) },
      ...{ termsHash: hashOfTerms(purpose, terms), ...people, createdAt: now, expiresAt: now + approvalLifetimeMs },
    })
    .run()
  return approvalId
}
