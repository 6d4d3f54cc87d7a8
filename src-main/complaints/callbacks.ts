/** What the followups room asks of this one: which answers wait for their callback, and whom one would ring up. */
import type { Context } from '../platform/context.ts'
import { accountById, servicePointById } from '../customers/service.ts'
import { complaintClassNames } from './api.ts'
import { notAgainst } from './reads.ts'
import { complaintById, complaintRun, handlersOf, partiesOf } from './store.ts'

/** Answered complaints that wait for their callback. Columns as `CallbackSource.waitingSql` names them; @viewer. */
export const waitingCallbacksSql = `SELECT c.id, 'complaint' AS service, c.round, c.due_at AS since,
    c.complaint_no AS number, c.complainant_name AS customerName, c.investigator_name AS personName
  FROM complaints c WHERE c.state = 'replied' AND ${notAgainst('@viewer')}`

/** Every answer ever given. Columns as `CallbackSource.finishedSql` names them; @viewer. */
export const finishedSql = `SELECT s.id AS eventId, 'complaint' AS service, c.id, s.round, s.at, c.complaint_no AS number,
    c.complainant_name AS customerName, s.actor_name AS personName, c.round > s.round AS reopened
  FROM complaint_steps s JOIN complaints c ON c.id = s.complaint_id
  WHERE s.kind = 'reply' AND ${notAgainst('@viewer')}`

/** Whoever must not ring about this complaint: those complained of, and those who handled it. */
export const involvedIn = (context: Context, complaintId: string): ReadonlySet<string> =>
  new Set([...partiesOf(context, complaintId).map(({ staffId }) => staffId), ...handlersOf(context, complaintId)])

/** @throws ComplaintNotFound · WrongStep · OwnWork when the operator may not call back now */
export const checkCallback = (context: Context, complaintId: string): void =>
  void complaintRun.pass(context, 'call-back', complaintId)

/** True where the viewer is complained of in the complaint of that id. @param id SQL of the id */
export const concealedSql = (id: string): string =>
  `EXISTS (SELECT 1 FROM complaint_parties p WHERE p.complaint_id = ${id} AND p.staff_id = @viewer)`

/** Whom to ring, and about what. @throws ComplaintNotFound */
export function callbackBrief(context: Context, complaintId: string) {
  const complaint = complaintById(context, complaintId)
  const account = complaint.accountId === null ? null : accountById(context, complaint.accountId)
  return {
    service: 'complaint' as const,
    round: complaint.round,
    number: complaint.complaintNo,
    customerName: complaint.complainantName,
    phone: complaint.complainantPhone,
    place: account === null ? '' : servicePointById(context, account.servicePointId).address,
    customerId: complaint.customerId,
    accountId: complaint.accountId,
    what: `${complaintClassNames[complaint.class]}：${complaint.content}`,
    personName: complaint.investigatorName,
    since: complaint.dueAt,
    path: `/complaints/${complaint.id}`,
  }
}
