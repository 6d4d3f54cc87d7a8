/** 附件: scans filed with a customer. The files themselves are kept by platform/kept-files.ts. */
import type { z } from 'zod'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { keepFile, readKept } from '../platform/kept-files.ts'
import { useCase } from '../platform/use-case.ts'
import { AttachFile, ListAttachments, ReadAttachment, type AttachmentView } from './api.ts'
import { attachmentById, customerById } from './records.ts'
import { recordEvent } from './timeline.ts'
import { attachmentKindNames, type AttachmentKind } from './words.ts'

export { FileDamaged as AttachmentDamaged, FileRefused as AttachmentRefused } from '../platform/kept-files.ts'

export interface NewAttachment {
  readonly customerId: string
  readonly kind: AttachmentKind
  /** Full path of the file to copy. */
  readonly sourcePath: string
}

/**
 * Copies a file into the customer's file. @returns attachment id
 * @throws CustomerNotFound · AttachmentRefused
 */
export function attachFile(context: Context, { customerId, kind, sourcePath }: NewAttachment): string {
  const { sqlite, clock, actor } = context
  customerById(context, customerId)
  const id = newId(clock)
  const { hash, size, name } = keepFile(context, sourcePath, id)
  statement(
    sqlite,
    `INSERT INTO attachments (id, customer_id, kind, name, hash, size, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(id, customerId, kind, name, hash, size, clock.now(), actor.name)
  recordEvent(context, {
    customerId,
    kind: 'attachment',
    title: `上传附件：${attachmentKindNames[kind]}`,
    detail: name,
    subject: `attachment:${id}`,
  })
  return id
}

/** @throws CustomerNotFound · AttachmentRefused */
export const attach = useCase(AttachFile, ({ customerId, kind, sourcePath }, context) => {
  const attachmentId = attachFile(context, { customerId, kind, sourcePath })
  context.audit({ subject: `customer:${customerId}`, detail: { attachmentId, kind } })
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { attachmentId }
})

export const attachmentsSql = `
  SELECT id AS attachmentId, kind, name, size, added_at AS addedAt, added_by AS addedBy FROM attachments
  WHERE customer_id = ? ORDER BY added_at DESC, id DESC`

/** 附件 of a customer, newest first. */
export const attachmentsOf = ({ sqlite }: Context, customerId: string): z.output<typeof AttachmentView>[] =>
  statement<z.output<typeof AttachmentView>>(sqlite, attachmentsSql).all(customerId)

export const listAttachments = useCase(ListAttachments, ({ customerId }, context) => ({
  rows: attachmentsOf(context, customerId),
}))

/** @throws AttachmentNotFound · AttachmentDamaged */
export const readAttachment = useCase(ReadAttachment, ({ attachmentId }, context) => {
  const { name, hash, kind, customerId } = attachmentById(context, attachmentId)
  context.audit({ subject: `customer:${customerId}`, detail: { attachmentId, kind } })
  return { name, ...readKept(context, hash) }
})
