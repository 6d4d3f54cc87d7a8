/** The hall manager's agreement, got as at the counter: password and all. */
import { Approve, type ApprovalPurpose } from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { actorOf, type TestHall } from './hall.ts'

const managersPassword = 'Kanban-2026'

/** Lets the hall manager approve `subject` for the person with role `as`; returns the approval id. */
export async function approvalOf(
  hall: TestHall,
  purpose: ApprovalPurpose,
  subject: string,
  as: Role = 'cashier',
): Promise<string> {
  const manager = actorOf('hall-manager')
  hall.transact((context) => setPassword(context, manager.id, managersPassword))
  const answer = await hall.call(
    Approve,
    { staffNo: manager.staffNo, password: managersPassword, purpose, subject },
    as,
  )
  if (!answer.ok) throw new Error(answer.message)
  return answer.approvalId
}
