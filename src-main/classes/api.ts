/**
 * 用气性质变更 (clauses 6(9), 10(6)): the class of a customer decides its price and how often it is inspected, so it changes
 * by one act only: with a paper, a reason and the hall manager's agreement.
 */
import { z } from 'zod'
import { attachmentKinds, Category } from '../customers/api.ts'
import { call, DateOnly, Id, Instant, RequestId, shortText } from '../platform/contract.ts'

export * from './words.ts'

/** Accounts of one customer at most. */
export const maxAccounts = 200

const planChoice = z.object({ planId: Id, name: z.string() })

/** What a change to another class means for this customer: prices to choose from, inspections, papers that may carry it. */
export const Outlook = call({
  name: 'classes.outlook',
  kind: 'read',
  allow: ['clerk', 'hall-manager'],
  input: z.strictObject({ customerId: Id, to: Category }),
  output: z.object({
    from: Category,
    /** Days a paper may lie in the file before the change that stands on it. */
    paperDays: z.int(),
    accounts: z.array(
      z.object({
        accountId: Id,
        accountNo: z.string(),
        address: z.string(),
        planName: z.string(),
        /** Last day that was billed; gas used later is charged by the new price. */
        billedThrough: DateOnly.nullable(),
        /** Inspections still to be done that belong to the class as it is. */
        openInspections: z.int(),
      }),
    ),
    /** Prices in force for the new class. */
    plans: z.array(planChoice),
    duty: z.object({ from: z.string(), to: z.string() }),
    papers: z.array(z.object({ attachmentId: Id, kind: z.enum(attachmentKinds), name: z.string(), addedAt: Instant })),
  }),
})

/**
 * 变更用气性质 of a customer and all its accounts in use. Inspections still to be done are planned anew at once.
 * @throws Conflict · ClassRefused · ApprovalRefused · InvalidInput
 */
export const ChangeClass = call({
  name: 'classes.change',
  kind: 'change',
  allow: ['clerk', 'hall-manager'],
  input: z.strictObject({
    requestId: RequestId,
    customerId: Id,
    /** The version the form was opened on. */
    version: z.int().min(1),
    to: Category,
    /** The price of each account in use from now on. */
    plans: z
      .array(z.strictObject({ accountId: Id, planId: z.uuid({ error: '请选择新的价格方案' }) }))
      .max(maxAccounts, `一次不能超过 ${maxAccounts} 户`),
    attachmentId: z.uuid({ error: '请选择依据材料' }),
    reason: shortText('变更原因', 200),
    approvalId: Id,
  }),
  output: z.object({
    version: z.int(),
    approverName: z.string(),
    /** Inspections taken out of the plan, and planned instead. */
    dropped: z.int(),
    added: z.int(),
  }),
})
