/** 用气性质变更: the class of a customer, the price of its accounts and the inspections due change together, or not at all. */
import type { z } from 'zod'
import { attachmentsOf, customerById, recordEvent, reindexCustomer } from '../customers/service.ts'
import { markForRenewal } from '../contracts/service.ts'
import { categoryNames, type CustomerCategory } from '../customers/api.ts'
import { frequencyOf, openOfClass, replanAccount } from '../inspections/service.ts'
import { consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { businessDate, daysBetween, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { Conflict, domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { insertRow } from '../platform/rows.ts'
import { useCase } from '../platform/use-case.ts'
import { plansFor } from '../tariffs/service.ts'
import { ChangeClass, classPapers, classTerms, dutyInWords, Outlook } from './api.ts'
import { classObstacles } from './rules.ts'
import { classChangePlans, classChanges } from './tables.ts'

/** `details`: every obstacle in words. */
export const ClassRefused = domainError('ClassRefused', '用气性质现在不能变更')

interface AccountInUse {
  readonly accountId: string
  readonly accountNo: string
  readonly address: string
  readonly planId: string
  readonly planName: string
  readonly billedThrough: BusinessDate | null
  readonly version: number
}

/** Accounts in use of a customer; also for the test of its plan. */
export const accountsInUseSql = `
  SELECT a.id AS accountId, a.account_no AS accountNo, p.address, a.price_plan_id AS planId, a.version,
    coalesce((SELECT name FROM price_plans WHERE id = a.price_plan_id), '') AS planName,
    (SELECT max(b.period_to) FROM bills b WHERE b.account_id = a.id) AS billedThrough
  FROM accounts a JOIN service_points p ON p.id = a.service_point_id
  WHERE a.customer_id = ? AND a.state = 'active' ORDER BY a.account_no`

const accountsInUse = ({ sqlite }: Context, customerId: string): AccountInUse[] =>
  statement<AccountInUse>(sqlite, accountsInUseSql).all(customerId)

const isUsed = ({ sqlite }: Context, attachmentId: string): boolean =>
  statement(sqlite, 'SELECT 1 FROM class_changes WHERE attachment_id = ?').get(attachmentId) !== undefined

/** How often such a customer is inspected, before and after. */
const dutyOf = (context: Context, from: CustomerCategory, to: CustomerCategory) => ({
  from: dutyInWords(from === 'resident', frequencyOf(context)),
  to: dutyInWords(to === 'resident', frequencyOf(context)),
})

/** Days since a paper was filed. */
const ageOf = ({ clock }: Context, addedAt: number): number =>
  daysBetween(businessDate(shanghaiDate(addedAt)), businessDate(shanghaiDate(clock.now())))

/** @throws CustomerNotFound */
export const outlook = useCase(Outlook, ({ customerId, to }, context): z.output<typeof Outlook.output> => {
  const customer = customerById(context, customerId)
  const paperDays = context.settings.get('customers.classPaperDays')
  return {
    paperDays,
    from: customer.category,
    accounts: accountsInUse(context, customerId).map(({ planId: _, version: __, ...account }) => ({
      ...account,
      openInspections: openOfClass(context, account.accountId),
    })),
    plans: plansFor(context, to).map(({ id, name }) => ({ planId: id, name })),
    duty: dutyOf(context, customer.category, to),
    papers: attachmentsOf(context, customerId)
      .filter(({ kind, addedAt }) => classPapers[to].includes(kind) && ageOf(context, addedAt) <= paperDays)
      .filter(({ attachmentId }) => !isUsed(context, attachmentId))
      .map(({ attachmentId, kind, name, addedAt }) => ({ attachmentId, kind, name, addedAt })),
  }
})

/** @throws CustomerNotFound · Conflict · ClassRefused with every obstacle · ApprovalRefused */
export const changeClass = useCase(ChangeClass, (input, context) => {
  const { sqlite, clock, actor } = context
  const { customerId, version, to, attachmentId, reason } = input
  const customer = customerById(context, customerId)
  if (customer.version !== version) throw new Conflict('客户资料已被他人修改，请刷新后再改')
  const offered = plansFor(context, to)
  const paper = attachmentsOf(context, customerId).find((one) => one.attachmentId === attachmentId)
  const accounts = accountsInUse(context, customerId).map((account) => {
    const chosen = input.plans.find(({ accountId }) => accountId === account.accountId)
    return { ...account, chosen, plan: offered.find(({ id }) => id === chosen?.planId) }
  })
  if (input.plans.length !== accounts.length) throw new Conflict('这位客户在用的户有变化，请刷新后再变更')
  const obstacles = classObstacles({
    from: customer.category,
    to,
    paper: paper ? { ...paper, days: ageOf(context, paper.addedAt), used: isUsed(context, attachmentId) } : null,
    paperDays: context.settings.get('customers.classPaperDays'),
    accounts: accounts.map(({ accountNo, chosen, plan }) => ({
      accountNo,
      plan: chosen === undefined ? 'none' : plan === undefined ? 'wrong-class' : 'good',
    })),
  })
  if (obstacles.length > 0 || paper === undefined) {
    throw new ClassRefused(obstacles.join('；'), { details: obstacles })
  }
  const terms = classTerms({
    ...{ customerId, customerName: customer.name, from: customer.category, to, paper, reason },
    plans: accounts.map(({ accountNo, planName, plan }) => ({ accountNo, from: planName, to: plan?.name ?? '' })),
    duty: dutyOf(context, customer.category, to),
  })
  const { approverId, approverName } = consumeApproval(context, input.approvalId, 'customer-class', terms)
  const changeId = newId(clock)
  // Before the change itself: the database takes no other class without it.
  insertRow(sqlite, classChanges, {
    id: changeId,
    customerId,
    version,
    fromClass: customer.category,
    toClass: to,
    attachmentId,
    reason,
    at: clock.now(),
    actorId: actor.id,
    actorName: actor.name,
    approverId,
    approverName,
  })
  statement(sqlite, 'UPDATE customers SET category = ?, version = version + 1, updated_at = ? WHERE id = ?').run(
    to,
    clock.now(),
    customerId,
  )
  const done = { dropped: 0, added: 0 }
  for (const account of accounts) {
    const { accountId, plan } = account
    if (plan === undefined) continue
    if (plan.id !== account.planId) {
      insertRow(sqlite, classChangePlans, {
        ...{ changeId, accountId, version: account.version },
        ...{ fromPlanId: account.planId, toPlanId: plan.id },
      })
      statement(
        sqlite,
        'UPDATE accounts SET price_plan_id = ?, version = version + 1, updated_at = ? WHERE id = ?',
      ).run(plan.id, clock.now(), accountId)
    }
    markForRenewal(context, accountId)
    const { dropped, added } = replanAccount(context, accountId)
    done.dropped += dropped
    done.added += added
    recordEvent(context, {
      customerId,
      accountId,
      kind: 'profile',
      title: `气价：${account.planName} → ${plan.name}`,
      detail: `用气性质变更；安检${terms.duty}，撤出 ${dropped} 次，新排 ${added} 次`,
      subject: `class-change:${changeId}`,
    })
  }
  recordEvent(context, {
    customerId,
    kind: 'profile',
    title: `用气性质：${categoryNames[customer.category]} → ${categoryNames[to]}`,
    detail: [terms.paper, reason, `${approverName}批准`].join('；'),
    subject: `class-change:${changeId}`,
  })
  reindexCustomer(context, customerId)
  const { name, paper: paperInWords, pricePlans, change } = terms
  context.audit({
    subject: `customer:${customerId}`,
    detail: { name, change, pricePlans, paper: paperInWords, reason, approver: approverName },
  })
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { version: version + 1, approverName, ...done }
})
