/**
 * A second person who agrees to whatever is about to be done: stands before `consumeApproval`, so that calls bound to the
 * terms of an approval are reached. What the terms do is `tests/access/approval.test.ts`; here the deed behind them counts.
 */
import type { ApprovalPurpose, TermsOf } from '../../../src-main/platform/approval-terms.ts'
import { approvalSubject, type Approval } from '../../../src-main/platform/approval-terms.ts'
import { mayApprove } from '../../../src-main/platform/approvals.ts'
import { canonicalJson, sha256 } from '../../../src-main/platform/audit.ts'
import type { Context } from '../../../src-main/platform/context.ts'
import type { Role } from '../../../src-main/platform/contract.ts'

export const agreement = { given: false }

/** Gives the approval that is about to be used up, in the transaction of the deed. */
export function agree<P extends ApprovalPurpose>(context: Context, id: string, purpose: P, terms: TermsOf<P>): void {
  const { sqlite, clock, actor } = context
  if (!agreement.given) return
  const others = sqlite.prepare(`SELECT id, roles FROM staff WHERE state = 'active' AND id <> ?`).all(actor.id) as {
    id: string
    roles: string
  }[]
  const approver = others.find(({ roles }) => mayApprove(JSON.parse(roles) as Role[], purpose))
  if (!approver) return
  sqlite
    .prepare(
      `INSERT OR IGNORE INTO approvals (id, purpose, subject, terms, terms_hash, requested_by, approver_id, created_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(id, purpose, approvalSubject({ purpose, terms } as Approval), canonicalJson(terms), sha256(canonicalJson({ purpose, terms })),
      actor.id, approver.id, clock.now(), clock.now() + 60_000) // prettier-ignore
}
