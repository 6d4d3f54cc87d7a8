/** Another 用气性质, as a counter does it: paper filed, prices chosen, the hall manager's password. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChangeClass, classTerms, Outlook } from '../../src-main/classes/api.ts'
import { CustomerFile, type AttachmentKind, type CustomerCategory } from '../../src-main/customers/api.ts'
import { attachFile } from '../../src-main/customers/service.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import { seedPlans } from '../../src-main/tariffs/service.ts'
import { approvalOf } from '../support/approval.ts'
import type { TestHall } from '../support/hall.ts'

/** Files a paper with a customer. @returns attachment id */
export function filePaper(
  hall: TestHall,
  customerId: string,
  kind: AttachmentKind,
  text = crypto.randomUUID(),
): string {
  const path = join(mkdtempSync(join(tmpdir(), 'paper-')), '材料.pdf')
  writeFileSync(path, `%PDF-1.4\n%${text}`)
  return hall.transact((context) => attachFile(context, { customerId, kind, sourcePath: path }))
}

export type Change = InputOf<typeof ChangeClass>

/** The call as the screen would send it, all but the approval, and what the manager is asked. */
export async function readyChange(
  hall: TestHall,
  customerId: string,
  to: CustomerCategory,
  paper: AttachmentKind = 'property',
  reason = '经营场所停业，改为自住',
  planName = '',
) {
  hall.transact((context) => seedPlans(context))
  const attachmentId = filePaper(hall, customerId, paper)
  const { customer } = await hall.call(CustomerFile, { customerId })
  const look = await hall.call(Outlook, { customerId, to })
  const plan = look.plans.find(({ name }) => name.includes(planName))
  if (!plan) throw new Error('no price for this class')
  const terms = classTerms({
    customerId,
    customerName: customer.name,
    from: look.from,
    to,
    plans: look.accounts.map(({ accountNo, planName }) => ({ accountNo, from: planName, to: plan.name })),
    duty: look.duty,
    paper: { kind: paper, name: '材料.pdf' },
    reason,
  })
  const plans = look.accounts.map(({ accountId }) => ({ accountId, planId: plan.planId }))
  return {
    look,
    terms,
    call: { requestId: crypto.randomUUID(), customerId, version: customer.version, to, plans, attachmentId, reason },
  }
}

/** @param planName part of the name of the new price; the first of the class where it is empty */
export async function changeClass(hall: TestHall, customerId: string, to: CustomerCategory, planName = '') {
  const { terms, call } = await readyChange(hall, customerId, to, undefined, undefined, planName)
  const approvalId = await approvalOf(hall, { purpose: 'customer-class', terms }, 'clerk')
  return hall.call(ChangeClass, { ...call, approvalId })
}
