/** 紧急停气 begins without notice, so it has a ground on record: a hazard, or the manager who agreed (clause 18(2)). */
import { consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { GateNotPassed } from '../platform/errors.ts'
import type { EmergencyGround } from './api.ts'
import type { InterruptionRecord } from './interruption-store.ts'
import { standingHazardNo } from './work-orders.ts'

type GroundColumns = Pick<
  InterruptionRecord,
  'groundOrderId' | 'groundOrderNo' | 'groundReason' | 'groundApproverId' | 'groundApprover'
>

/** Whether an emergency keeps gas off now; `orderId`: one that was begun for this order. */
export const emergencyRuns = ({ sqlite }: Context, orderId: string | null): boolean =>
  statement(
    sqlite,
    `SELECT 1 FROM interruptions
     WHERE kind = 'emergency' AND state = 'interrupted' AND (@orderId IS NULL OR ground_order_id = @orderId) LIMIT 1`,
  ).get({ orderId }) !== undefined

/** A planned one that begins in spite of what lacks. @throws ApprovalRefused */
function excused(
  context: Context,
  { id, range }: Pick<InterruptionRecord, 'id' | 'range'>,
  lacking: string,
  { approvalId, reason }: Extract<EmergencyGround, { kind: 'excused' }>,
): Partial<GroundColumns> {
  const terms = { interruptionId: id, range, lacking, reason }
  const { approverId, approverName } = consumeApproval(context, approvalId, 'interruption-start', terms)
  return { groundReason: `${lacking}；${reason}`, groundApproverId: approverId, groundApprover: approverName }
}

/**
 * The columns that say why it may begin; none for a planned one.
 * @param lacking what a planned one may begin in spite of, in words; null for nothing
 * @throws GateNotPassed without a ground, or where the hazard is over · ApprovalRefused
 */
export function groundOf(
  context: Context,
  { id, kind, range, scopeKind, accountIds }: InterruptionRecord,
  ground: EmergencyGround | null,
  lacking: string | null,
): Partial<GroundColumns> {
  if (kind !== 'emergency')
    return ground?.kind === 'excused' && lacking !== null ? excused(context, { id, range }, lacking, ground) : {}
  if (ground === null || ground.kind === 'excused') {
    throw new GateNotPassed('紧急停气不提前通知，须选择未修复的险情工单，或写明理由由主任批准（第十八条）')
  }
  if (ground.kind === 'approval') {
    const { approvalId, reason } = ground
    const accounts = scopeKind === 'accounts' ? accountIds : ''
    const terms = { interruptionId: id, range, accounts, reason }
    const given = consumeApproval(context, approvalId, 'emergency-interruption', terms)
    return { groundReason: reason, groundApproverId: given.approverId, groundApprover: given.approverName }
  }
  const groundOrderNo = standingHazardNo(context, ground.orderId)
  if (groundOrderNo === null) {
    throw new GateNotPassed('这张工单不是未修复的险情，不能作为紧急停气的依据，请重新选择')
  }
  return { groundOrderId: ground.orderId, groundOrderNo }
}
