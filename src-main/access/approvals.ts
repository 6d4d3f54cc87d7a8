/**
 * 批准: a second person agrees to one act of the person at work, on stated terms. Given by a call of its own, so that a
 * wrong password counts whatever becomes of the act; used up inside the act's transaction, so that it counts once.
 */
import { hashOfTerms, mayApprove } from '../platform/approvals.ts'
import { canonicalJson } from '../platform/audit.ts'
import { roleNames } from '../platform/contract.ts'
import { newId } from '../platform/ids.ts'
import { useCase } from '../platform/use-case.ts'
import {
  approvalLifetimeMs,
  approvalPurposeNames,
  approvalSubject,
  Approve,
  approverRoles,
  type ApprovalPurpose,
} from './api.ts'
import { credentialOf, turnedDown, verifyPassword } from './credentials.ts'
import { passwordSetByAnother } from './rules.ts'
import { approvals } from './tables.ts'

const rolesInWords = (purpose: ApprovalPurpose): string =>
  approverRoles[purpose].map((role) => roleNames[role]).join('或')

export const approve = useCase(Approve, ({ staffNo, password, approval }, context) => {
  const { db, clock, actor } = context
  const { purpose, terms } = approval
  const subject = approvalSubject(approval)
  const termsHash = hashOfTerms(purpose, terms)
  context.audit({ subject, detail: { purpose: approvalPurposeNames[purpose], terms, termsHash } })
  const verified = verifyPassword(context, staffNo, password)
  if (!verified.ok) return verified
  const { member } = verified
  if (member.id === actor.id) return turnedDown(context, `不能批准自己办理的业务，请另一位${rolesInWords(purpose)}批准`)
  if (!mayApprove(member.roles, purpose))
    return turnedDown(context, `此工号没有批准权限，应由${rolesInWords(purpose)}批准`)
  const now = clock.now()
  const reset = passwordSetByAnother(credentialOf(context, member.id), actor.id, now)
  if (reset !== null) return turnedDown(context, reset)
  const approvalId = newId(clock)
  db.insert(approvals)
    .values({
      id: approvalId,
      purpose,
      subject,
      terms: canonicalJson(terms),
      termsHash,
      requestedBy: actor.id,
      approverId: member.id,
      createdAt: now,
      expiresAt: now + approvalLifetimeMs,
    })
    .run()
  context.audit({ detail: { approver: member.name } })
  return { ok: true as const, approvalId, approverName: member.name }
})
