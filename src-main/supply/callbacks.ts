/** What the followups room asks of this one: where gas was given back, and whom one would ring up. */
import { eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { domainError } from '../platform/errors.ts'
import { customerById, servicePointById } from '../customers/service.ts'
import { supplyResumptions } from './tables.ts'

export const ResumptionNotFound = domainError('ResumptionNotFound', '没有找到这次恢复供气，请刷新后再试')

/** Every 恢复供气. Columns as `CallbackSource.finishedSql` names them. */
export const finishedSql = `SELECT r.id AS eventId, 'resumption' AS service, r.id, 1 AS round, r.at,
    r.notice_no AS number, c.name AS customerName, r.tester_name AS personName, 0 AS reopened
  FROM supply_resumptions r CROSS JOIN customers c ON c.id = r.customer_id WHERE r.outcome = 'resumed'`

/** @throws ResumptionNotFound */
function resumptionById({ db }: Context, resumptionId: string): typeof supplyResumptions.$inferSelect {
  const row = db.select().from(supplyResumptions).where(eq(supplyResumptions.id, resumptionId)).get()
  if (!row) throw new ResumptionNotFound()
  return row
}

/** The tester. @throws ResumptionNotFound */
export function testerOf(context: Context, resumptionId: string): ReadonlySet<string> {
  const { testerId } = resumptionById(context, resumptionId)
  return new Set(testerId === null ? [] : [testerId])
}

/** Account gas was given back to. @throws ResumptionNotFound */
export const resumptionAccount = (context: Context, resumptionId: string): string =>
  resumptionById(context, resumptionId).accountId

/** Whom to ring, and about what. @throws ResumptionNotFound */
export function callbackBrief(context: Context, resumptionId: string) {
  const resumption = resumptionById(context, resumptionId)
  const customer = customerById(context, resumption.customerId)
  return {
    service: 'resumption' as const,
    round: 1,
    number: resumption.noticeNo ?? '',
    customerName: customer.name,
    phone: customer.phone,
    place: servicePointById(context, resumption.servicePointId).address,
    customerId: customer.id,
    accountId: resumption.accountId,
    what: ['恢复供气', resumption.note].filter((text) => text !== '').join('；'),
    personName: resumption.testerName,
    since: resumption.at,
  }
}
