/**
 * 批准: a hall manager agrees to one act of the person at work. Given by a call of its own, so that a wrong password
 * counts whatever becomes of the money call; used up inside the money call's transaction, so that it counts once.
 */
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { useCase } from '../platform/use-case.ts'
import { staffById } from '../staff/service.ts'
import { approvalLifetimeMs, approvalPurposeNames, Approve, type ApprovalPurpose } from './api.ts'
import { verifyPassword, type Refusal } from './credentials.ts'
import { approvals } from './tables.ts'

export const ApprovalRefused = domainError('ApprovalRefused', '批准无效或已过期，请营业厅主任重新批准')

const refused = (message: string): Refusal => ({ ok: false, message, lockedUntil: null })

export const approve = useCase(Approve, ({ staffNo, password, purpose, subject }, context) => {
  const { db, clock, actor } = context
  context.audit({ subject, detail: { purpose } })
  const verified = verifyPassword(context, staffNo, password)
  if (!verified.ok) return verified
  const { member } = verified
  if (member.id === actor.id) return refused('不能批准自己办理的业务，请另一位营业厅主任批准')
  if (!member.roles.includes('hall-manager')) return refused('此工号没有批准权限，应由营业厅主任批准')
  const now = clock.now()
  const approvalId = newId(clock)
  db.insert(approvals)
    .values({
      id: approvalId,
      purpose,
      subject,
      requestedBy: actor.id,
      approverId: member.id,
      createdAt: now,
      expiresAt: now + approvalLifetimeMs,
    })
    .run()
  context.audit({ detail: { approver: member.name } })
  return { ok: true as const, approvalId, approverName: member.name }
})

export interface Approver {
  readonly approverId: string
  readonly approverName: string
}

/**
 * Uses up an approval inside the caller's transaction. It must have been given to this actor, for this purpose and
 * subject, less than `approvalLifetimeMs` ago, by a hall manager who still is one.
 * @throws ApprovalRefused
 */
export function consumeApproval(
  context: Context,
  approvalId: string,
  purpose: ApprovalPurpose,
  subject: string,
): Approver {
  const { db, clock, actor } = context
  const used = db
    .update(approvals)
    .set({ usedAt: clock.now() })
    .where(
      and(
        eq(approvals.id, approvalId),
        eq(approvals.purpose, purpose),
        eq(approvals.subject, subject),
        eq(approvals.requestedBy, actor.id),
        isNull(approvals.usedAt),
        gt(approvals.expiresAt, clock.now()),
      ),
    )
    .returning()
    .get()
  if (!used) throw new ApprovalRefused()
  const approver = staffById(context, used.approverId)
  if (approver.state === 'left' || !approver.roles.includes('hall-manager')) throw new ApprovalRefused()
  context.audit({ detail: { approvedFor: approvalPurposeNames[purpose], approver: approver.name } })
  return { approverId: approver.id, approverName: approver.name }
}
