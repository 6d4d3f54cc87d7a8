/** What the followups room asks of this one: where gas first flowed, and whom one would ring up. */
import type { Context } from '../platform/context.ts'
import { customerById, servicePointById } from '../customers/service.ts'
import { applicationById, recordsOf } from './store.ts'

/** Every 通气. Columns as `CallbackSource.finishedSql` names them. */
export const finishedSql = `SELECT r.id AS eventId, 'ignition' AS service, a.id, 1 AS round, r.at,
    a.application_no AS number, c.name AS customerName, r.performed_by AS personName, 0 AS reopened
  FROM installation_records r JOIN applications a ON a.id = r.application_id JOIN customers c ON c.id = a.customer_id
  WHERE r.kind = 'ignition'`

/** Whoever worked on an application or wrote it down. @throws ApplicationNotFound */
export function involvedIn(context: Context, applicationId: string): ReadonlySet<string> {
  applicationById(context, applicationId)
  return new Set(
    recordsOf(context, applicationId).flatMap(({ actorId, workerId }) =>
      workerId === null ? [actorId] : [actorId, workerId],
    ),
  )
}

/** Whom to ring, and about what. @throws ApplicationNotFound */
export function callbackBrief(context: Context, applicationId: string) {
  const application = applicationById(context, applicationId)
  const customer = customerById(context, application.customerId)
  const ignition = recordsOf(context, applicationId).findLast(({ kind }) => kind === 'ignition')
  return {
    service: 'ignition' as const,
    round: 1,
    number: application.applicationNo,
    customerName: customer.name,
    phone: customer.phone,
    place: servicePointById(context, application.servicePointId).address,
    customerId: customer.id,
    accountId: application.accountId,
    what: `报装通气，${application.purpose}`,
    personName: ignition?.performedBy ?? null,
    since: application.ignitedAt ?? application.updatedAt,
    path: `/opening/${application.id}`,
  }
}
