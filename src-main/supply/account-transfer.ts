/** 过户: from the old holder to the new one, at the same place and meter. What belongs to the person stays with the person. */
import type { Context } from '../platform/context.ts'
import { InvalidInput } from '../platform/errors.ts'
import { fen, formatCubicMetres, formatYuan, litre, negate, type Fen, type Litre } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { consumeApproval } from '../platform/approvals.ts'
import { carryTierUsage } from '../billing/service.ts'
import { draftContracts, endContracts, linkAccount } from '../contracts/service.ts'
import {
  accountById,
  adjustBalances,
  createCustomer,
  customerById,
  endAccount,
  openAccount,
  recordEvent,
} from '../customers/service.ts'
import { volumeProblem } from '../installations/api.ts'
import { termsAt } from '../installations/service.ts'
import { post, today } from '../ledger/service.ts'
import { planCategoryNames } from '../tariffs/api.ts'
import { cycleContaining, planById, plansFor } from '../tariffs/service.ts'
import {
  ApproveAbsence,
  DraftTransferContracts,
  holderAbsenceNames,
  NameHolder,
  ReportAbsence,
  Transfer,
} from './account-api.ts'
import type { HolderAbsence } from './account-words.ts'
import { categoryOf, passGate, recordStep, type ProcessRecord } from './account-store.ts'
import { endDunning } from './dunning-store.ts'

/** What the new holder's contracts are filled with. Volumes in litres. */
export interface TransferTerms {
  readonly purpose: string
  readonly appliances: readonly { readonly name: string; readonly count: number }[]
  readonly householdSize: number
  readonly pricePlanId: string
  readonly annualVolume: Litre | null
  readonly hourlyVolume: Litre | null
}

/** Terms as entered, else as the place had them before. */
export function termsOf(context: Context, process: ProcessRecord): TransferTerms {
  if (process.terms !== null) return JSON.parse(process.terms) as TransferTerms
  const account = accountById(context, process.accountId)
  const known = termsAt(context, process.servicePointId)
  return {
    purpose: known?.purpose ?? '',
    appliances: known?.appliances ?? [],
    householdSize: account.householdSize,
    pricePlanId: account.pricePlanId,
    annualVolume: known?.annualVolume ?? null,
    hourlyVolume: known?.hourlyVolume ?? null,
  }
}

/**
 * 登记新户主. May be done again until contracts are drafted.
 * @throws ProcessNotFound · GateNotPassed · InvalidInput · CustomerNotFound · DuplicateCustomer
 */
export const nameHolder = useCase(NameHolder, (input, context) => {
  const process = passGate(context, 'name-holder', input.processId, { kinds: ['transfer'] })
  const category = categoryOf(context, accountById(context, process.accountId))
  const { requestId: _, processId: __, customer, ...terms } = input
  // Another use of gas needs another survey and acceptance: that is a new installation, not a transfer.
  if (!plansFor(context, category).some(({ id }) => id === terms.pricePlanId)) {
    throw new InvalidInput(`过户不改变用气性质，请选择${planCategoryNames[category]}适用的气价`, {
      field: 'pricePlanId',
    })
  }
  const problem = volumeProblem(category === 'resident', terms.annualVolume, terms.hourlyVolume)
  if (problem) throw new InvalidInput(problem.message, { field: problem.field })
  if (customer.known && customer.customerId === process.customerId) {
    throw new InvalidInput('新户主就是原户主，无须过户；资料有误请修改客户资料', { field: 'customer' })
  }
  const customerId = customer.known
    ? customerById(context, customer.customerId).id
    : createCustomer(context, customer.profile, { confirmDuplicate: customer.confirmDuplicate })
  const state = recordStep(context, process, {
    kind: 'holder',
    action: 'name-holder',
    summary: `新户主 ${customerById(context, customerId).name}；${terms.purpose}，${terms.householdSize} 人`,
    values: { customerId },
    // Another holder proves another right: an approval without the one who leaves was not for this one.
    fills: {
      ...{ newCustomerId: customerId, terms: JSON.stringify(terms satisfies TransferTerms) },
      ...(customerId === process.newCustomerId ? {} : { absenceApproverId: null, absenceApprover: null }),
    },
  })
  return { state, customerId }
})

/** 原户主不能到场. @throws ProcessNotFound · GateNotPassed */
export const reportAbsence = useCase(ReportAbsence, ({ processId, absence, note }, context) => {
  const process = passGate(context, 'report-absence', processId, { kinds: ['transfer'] })
  const state = recordStep(context, process, {
    kind: 'absence',
    action: 'report-absence',
    summary: absence === null ? '原户主到场办理' : `原户主${holderAbsenceNames[absence]}；${note}`,
    values: { absence, note },
    fills: { absence, absenceNote: absence === null ? '' : note, absenceApproverId: null, absenceApprover: null },
  })
  return { state }
})

/** 批准. @throws ProcessNotFound · GateNotPassed with every proof that lacks · ApprovalRefused */
export const approveAbsence = useCase(ApproveAbsence, ({ processId, approvalId }, context) => {
  const process = passGate(context, 'approve-absence', processId, { kinds: ['transfer'] })
  const approval = consumeApproval(context, approvalId, 'transfer-absence', {
    processId,
    // The gate asks for one.
    absence: process.absence as HolderAbsence,
    customerId: process.newCustomerId ?? '',
    holder: process.newCustomerId === null ? '' : customerById(context, process.newCustomerId).name,
    reason: process.absenceNote,
  })
  const { approverId, approverName } = approval
  const state = recordStep(context, process, {
    kind: 'absence-approved',
    action: 'approve-absence',
    summary: `批准人 ${approverName}`,
    values: { ...approval },
    fills: { absenceApproverId: approverId, absenceApprover: approverName },
  })
  return { state, approverName }
})

/** 起草新户主的两份合同. @throws ProcessNotFound · GateNotPassed · NoPriceYet */
export const draftTransferContracts = useCase(DraftTransferContracts, ({ processId }, context) => {
  const process = passGate(context, 'draft-contracts', processId, { kinds: ['transfer'] })
  const terms = termsOf(context, process)
  const drafted = draftContracts(context, {
    ...terms,
    applicationId: process.id,
    applicationNo: process.processNo,
    accountId: null,
    customerId: process.newCustomerId as string,
    servicePointId: process.servicePointId,
    category: categoryOf(context, accountById(context, process.accountId)),
  })
  recordStep(context, process, {
    kind: 'contracts',
    action: 'draft-contracts',
    summary: '供用气合同、安全用气合同',
    values: { ...drafted },
  })
  return drafted
})

/** Litres of the running tier cycle that go on with the new holder (settings: supply.transferTier). */
function carryTier(context: Context, oldAccountId: string, newAccountId: string, pricePlanId: string): Litre {
  if (context.settings.get('supply.transferTier') !== 'carry') return litre(0)
  const { firstDay } = cycleContaining(today(context), planById(context, pricePlanId).cycleStart)
  return carryTierUsage(context, oldAccountId, newAccountId, firstDay)
}

/** Prepayment moves from one account to the other as a balanced entry, never by hand. */
function carryPrepayment(context: Context, process: ProcessRecord, newAccountId: string, amount: Fen): void {
  if (amount === 0) return
  post(context, {
    kind: 'transfer',
    memo: `过户结转预存 ${process.processNo}`,
    subject: `account-process:${process.id}`,
    lines: [
      { account: 'prepayment', holder: process.accountId, debit: amount },
      { account: 'prepayment', holder: newAccountId, credit: amount },
    ],
  })
  adjustBalances(context, newAccountId, { prepayment: amount })
  recordEvent(context, {
    customerId: customerOf(context, process.accountId),
    accountId: process.accountId,
    kind: 'payment',
    title: '结转预存给新户主',
    detail: process.processNo,
    amount: negate(amount),
    subject: `account-process:${process.id}`,
  })
}

const customerOf = (context: Context, accountId: string): string => accountById(context, accountId).customerId

/**
 * 过户办结: old account out, new account in, in one transaction. A trigger holds the gate once more.
 * @throws ProcessNotFound · GateNotPassed with every obstacle
 */
export const transfer = useCase(Transfer, ({ processId }, context) => {
  const on = today(context)
  const process = passGate(context, 'finish', processId, { kinds: ['transfer'], effectiveOn: on })
  const old = accountById(context, process.accountId)
  const terms = termsOf(context, process)
  const newCustomerId = process.newCustomerId as string
  const carried = process.prepayment === 'carry' ? fen(old.prepayment) : fen(0)
  if (carried > 0) adjustBalances(context, old.id, { prepayment: negate(carried) })
  endDunning(context, old.id, 'end', '催缴结清，户号已过户')
  endContracts(context, old.id, on, `过户 ${process.processNo}`)
  endAccount(context, { accountId: old.id, state: 'transferred', on, detail: `过户 ${process.processNo}` })
  const { accountId: newAccountId, accountNo: newAccountNo } = openAccount(context, {
    customerId: newCustomerId,
    servicePointId: process.servicePointId,
    pricePlanId: terms.pricePlanId,
    householdSize: terms.householdSize,
    openedOn: on,
  })
  carryPrepayment(context, process, newAccountId, carried)
  const tierCarried = carryTier(context, old.id, newAccountId, terms.pricePlanId)
  linkAccount(context, process.id, newAccountId)
  const newName = customerById(context, newCustomerId).name
  const summary = [
    `新户主 ${newName}，户号 ${newAccountNo}`,
    ...(carried > 0 ? [`结转预存 ${formatYuan(carried)} 元`] : []),
    ...(tierCarried > 0 ? [`阶梯累计延续 ${formatCubicMetres(tierCarried)} m³`] : []),
  ].join('；')
  const state = recordStep(context, process, {
    kind: 'finished',
    action: 'finish',
    performedOn: on,
    summary,
    values: { newAccountId, newAccountNo, prepaymentCarried: carried, tierCarried },
    fills: { newAccountId },
  })
  recordEvent(context, {
    customerId: newCustomerId,
    accountId: newAccountId,
    kind: 'profile',
    title: `过户：由户号 ${old.accountNo} 过户`,
    detail: [process.processNo, ...(carried > 0 ? [`结转预存 ${formatYuan(carried)} 元`] : [])].join('；'),
    ...(carried > 0 ? { amount: carried } : {}),
    subject: `account-process:${process.id}`,
  })
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { state, newAccountId, newAccountNo, prepaymentCarried: carried, tierCarried }
})
