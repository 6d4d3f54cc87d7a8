/**
 * 批准: a second person's agreement to one act on stated terms. It is given by `access.approve` and used up here, inside
 * the transaction of the act, so that it counts once.
 */
import {
  approvalPurposeNames,
  approvalTerms,
  approverRoles,
  type ApprovalPurpose,
  type TermsOf,
} from './approval-terms.ts'
import { canonicalJson, sha256 } from './audit.ts'
import type { Role } from './contract.ts'
import type { Context } from './context.ts'
import { statement } from './database.ts'
import { domainError } from './errors.ts'

export const ApprovalRefused = domainError('ApprovalRefused', '批准无效或已过期，请重新批准')
/** The terms are not those that were agreed to. */
const termsDiffer = '批准的内容（金额、方式、原因或对象）与现在要办的不一致，请按现在的内容重新批准'

/** Hash of purpose and terms: equal for what was agreed to and what is about to be done, or the approval is void. */
export const hashOfTerms = <P extends ApprovalPurpose>(purpose: P, terms: TermsOf<P>): string =>
  sha256(canonicalJson({ purpose, terms: approvalTerms[purpose].parse(terms) }))

export const mayApprove = (roles: readonly Role[], purpose: ApprovalPurpose): boolean =>
  approverRoles[purpose].some((role) => roles.includes(role))

/** Whether there is anybody else here who could agree to it; where there is not, one person acts alone, and on record. */
export const anotherMayApprove = ({ sqlite, actor }: Context, purpose: ApprovalPurpose): boolean =>
  statement<{ roles: string }>(sqlite, `SELECT roles FROM staff WHERE id <> ? AND state = 'active'`)
    .all(actor.id)
    .some(({ roles }) => mayApprove(JSON.parse(roles) as Role[], purpose))

export interface Approver {
  readonly approverId: string
  readonly approverName: string
}

interface Given {
  readonly termsHash: string
  readonly approverId: string
  readonly approverName: string
  readonly state: 'active' | 'left'
  readonly roles: string
}

/**
 * Uses up an approval inside the caller's transaction. It must have been given to this actor, for this purpose, on
 * exactly these terms (which the caller computes from what it is about to do), not too long ago, by somebody who may
 * still approve it.
 * @throws ApprovalRefused
 */
export function consumeApproval<P extends ApprovalPurpose>(
  context: Context,
  approvalId: string,
  purpose: P,
  terms: TermsOf<P>,
): Approver {
  const { sqlite, clock, actor } = context
  const termsHash = hashOfTerms(purpose, terms)
  const given = statement<Given>(
    sqlite,
    `SELECT a.terms_hash AS termsHash, a.approver_id AS approverId, s.name AS approverName, s.state, s.roles
     FROM approvals a JOIN staff s ON s.id = a.approver_id
     WHERE a.id = ? AND a.purpose = ? AND a.requested_by = ? AND a.used_at IS NULL AND a.expires_at > ?`,
  ).get(approvalId, purpose, actor.id, clock.now())
  if (!given) throw new ApprovalRefused()
  if (given.termsHash !== termsHash) throw new ApprovalRefused(termsDiffer)
  const { approverId, approverName } = given
  if (given.state === 'left' || !mayApprove(JSON.parse(given.roles) as Role[], purpose)) throw new ApprovalRefused()
  statement(sqlite, 'UPDATE approvals SET used_at = ? WHERE id = ?').run(clock.now(), approvalId)
  context.audit({ detail: { approvedFor: approvalPurposeNames[purpose], approver: approverName, termsHash } })
  return { approverId, approverName }
}
