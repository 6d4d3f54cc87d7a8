/** Rows of this room as the code holds them, read by prepared statements: a payment looks up its account this way. */
import type { InferSelectModel } from 'drizzle-orm'
import { z } from 'zod'
import { domainError } from '../platform/errors.ts'
import { rowById } from '../platform/rows.ts'
import type { Context } from '../platform/context.ts'
import { SpecialCare, type SpecialCareValue } from './schemas.ts'
import { accounts, attachments, customers, servicePoints } from './tables.ts'

export const CustomerNotFound = domainError('CustomerNotFound', '没有找到这位客户，请重新查找')
export const AccountNotFound = domainError('AccountNotFound', '没有找到这个户号，请重新查找')
export const ServicePointNotFound = domainError('ServicePointNotFound', '没有找到这个用气点，请重新查找')
export const AttachmentNotFound = domainError('AttachmentNotFound', '没有找到这个附件，请刷新后再试')

export type CustomerRow = Omit<InferSelectModel<typeof customers>, 'specialCare'> & {
  readonly specialCare: SpecialCareValue | null
}
export type AccountRow = InferSelectModel<typeof accounts>
export type ServicePointRow = InferSelectModel<typeof servicePoints>
export type AttachmentRow = InferSelectModel<typeof attachments>

const StoredCare = z.string().transform((text) => SpecialCare.parse(JSON.parse(text)))

export const careOf = (stored: string | null): SpecialCareValue | null =>
  stored === null ? null : StoredCare.parse(stored)
export const careText = (care: SpecialCareValue | null): string | null => (care === null ? null : JSON.stringify(care))

/** @throws CustomerNotFound */
export function customerById({ sqlite }: Context, customerId: string): CustomerRow {
  const row = rowById(sqlite, customers, customerId)
  if (!row) throw new CustomerNotFound()
  return { ...row, specialCare: careOf(row.specialCare) }
}

/** @throws AccountNotFound */
export function accountById({ sqlite }: Context, accountId: string): AccountRow {
  const row = rowById(sqlite, accounts, accountId)
  if (!row) throw new AccountNotFound()
  return row
}

/** @throws ServicePointNotFound */
export function servicePointById({ sqlite }: Context, servicePointId: string): ServicePointRow {
  const row = rowById(sqlite, servicePoints, servicePointId)
  if (!row) throw new ServicePointNotFound()
  return row
}

/** @throws AttachmentNotFound */
export function attachmentById({ sqlite }: Context, attachmentId: string): AttachmentRow {
  const row = rowById(sqlite, attachments, attachmentId)
  if (!row) throw new AttachmentNotFound()
  return row
}
