/** 合同: printing, signing, scanning, voiding. A contract is drafted by the installations room through `draftContracts`. */
import { and, eq, isNull, ne } from 'drizzle-orm'
import { consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput, NotAllowed } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { attachFile, customerById, recordEvent, servicePointById } from '../customers/service.ts'
import {
  AttachScan,
  contractKindNames,
  ContractsOfAccount,
  RecordPaperContract,
  SignContract,
  VoidContract,
} from './api.ts'
import { draftContracts, type SupplyTerms } from './drafting.ts'
import { fileNameOf } from '../platform/text.ts'
import { freezeText, isFrozen, paperData } from './paper.ts'
import { endRenewed } from './renewal.ts'
import {
  contractStateAfter,
  isDifferent,
  printable,
  signingProblem,
  termEnds,
  type ContractAction,
  type ContractFields,
  type ContractState,
} from './rules.ts'
import {
  contractById,
  contractsOfAccount,
  contractsOfApplication,
  livingContracts,
  shownContract,
  type ContractRow,
} from './store.ts'
import { contracts } from './tables.ts'
import { templateById } from './templates.ts'

export { contractsOfApplication, draftContracts, livingContracts, paperData }
export { acceptWording, readWording, wordings, WordingChanged, wordingsAccepted } from './wordings.ts'
export { draftRenewal, extendContracts, markForRenewal, renewalCount, renewals } from './renewal.ts'
export type { SupplyTerms }

/** The contract stands in a state in which this cannot be done to it. */
export const ContractStateRefused = domainError('ContractStateRefused', '合同当前状态不能这样办理')
/** The paper with this number is the contract of another. */
export const PaperTaken = domainError('PaperTaken', '这份纸质合同已登记过')
/** A signed contract under which gas flows is ended by deactivation or transfer, never voided. */
export const ContractInForce = domainError('ContractInForce', '该地址已经通气，合同正在履行，不能作废')

const refusals: Record<ContractAction, Record<ContractState, string>> = {
  print: { draft: '', printed: '', signed: '', void: '合同未打印就已作废，没有可以打印的文本' },
  sign: {
    draft: '请先打印合同，客户在纸质合同上签字后再登记',
    printed: '',
    signed: '合同已登记签订',
    void: '合同已作废',
  },
  'record-paper': { draft: '', printed: '', signed: '合同已登记签订', void: '合同已作废' },
  'attach-scan': {
    draft: '合同尚未签订，不能上传签字扫描件',
    printed: '合同尚未登记签订，请先登记签订',
    signed: '',
    void: '合同已作废，不能上传扫描件',
  },
  void: { draft: '', printed: '', signed: '', void: '合同已经作废' },
}

function stateAfter(action: ContractAction, contract: ContractRow): ContractState {
  const next = contractStateAfter(action, contract.state)
  if (next === null) throw new ContractStateRefused(refusals[action][contract.state])
  return next
}

const refOf = ({ id }: ContractRow): string => `contract:${id}`

function remember(context: Context, contract: ContractRow, title: string, detail: string): void {
  recordEvent(context, {
    customerId: contract.customerId,
    ...(contract.accountId === null ? {} : { accountId: contract.accountId }),
    kind: 'contract',
    title: `${title}${contractKindNames[contract.kind]}`,
    detail,
    subject: refOf(contract),
  })
  context.emit({ event: 'changed', data: { room: 'contracts' } })
}

/** Once the account is opened, its contracts belong to it. */
export function linkAccount({ db }: Context, applicationId: string, accountId: string): void {
  db.update(contracts)
    .set({ accountId })
    .where(and(eq(contracts.applicationId, applicationId), ne(contracts.state, 'void')))
    .run()
}

/** Voids whatever contracts an application has, when it is cancelled. */
export function voidContractsOf(context: Context, applicationId: string, reason: string): void {
  for (const contract of livingContracts(context, applicationId)) markVoid(context, contract, reason)
}

/** 终止: the contracts of an account that is transferred or closed are no longer in force; they stay signed on record. */
export function endContracts(context: Context, accountId: string, on: BusinessDate, reason: string): void {
  const { db } = context
  const ended = db
    .update(contracts)
    .set({ endedOn: on, endReason: reason })
    .where(and(eq(contracts.accountId, accountId), eq(contracts.state, 'signed'), isNull(contracts.endedOn)))
    .returning()
    .all()
  for (const contract of ended) remember(context, contract, '终止', `${contract.contractNo}：${reason}`)
}

function markVoid(context: Context, contract: ContractRow, reason: string): void {
  const { db, clock, actor } = context
  db.update(contracts)
    .set({ state: stateAfter('void', contract), voidedAt: clock.now(), voidedBy: actor.id, voidReason: reason })
    .where(eq(contracts.id, contract.id))
    .run()
  remember(context, contract, '作废', `${contract.contractNo}：${reason}`)
}

/** 合同列表 of an account. */
export const ofAccount = useCase(ContractsOfAccount, ({ accountId }, context) => contractsOfAccount(context, accountId))

/**
 * 打印: called by the notices room in the transaction that counts a print. The first one freezes the text and makes the
 * draft a contract to be signed. @throws ContractNotFound · ContractStateRefused · ContractTextAltered
 */
export function markPrinted(context: Context, contractId: string): void {
  const contract = contractById(context, contractId)
  if (contract.paperNo !== null) throw new ContractStateRefused('这份合同是纸质签订的，不由本系统打印，请查看扫描件')
  const frozen = isFrozen(context, contractId)
  if (!printable(contract.state, frozen)) throw new ContractStateRefused(refusals.print.void)
  freezeText(context, contract)
  if (frozen) return
  context.db
    .update(contracts)
    .set({ state: stateAfter('print', contract) })
    .where(eq(contracts.id, contractId))
    .run()
  remember(context, contract, '打印', contract.contractNo)
}

/** 登记签订: date, signatory and both sides' hands. @throws ContractNotFound · ContractStateRefused · InvalidInput */
export const sign = useCase(SignContract, (input, context) => {
  const { db, clock, actor } = context
  const { contractId, signedOn, relation, signatory, companySignatory, different } = input
  const agentIdNumber = relation === 'agent' ? input.agentIdNumber : null
  const contract = contractById(context, contractId)
  const state = stateAfter('sign', contract)
  const customer = customerById(context, contract.customerId)
  const problem = signingProblem(
    { signedOn, relation, signatory, agentIdNumber, different: different !== null },
    {
      draftedOn: shanghaiDate(contract.draftedAt),
      customerName: customer.name,
      audience: templateById(context, contract.templateId).audience,
    },
    shanghaiDate(clock.now()),
  )
  if (problem) throw new InvalidInput(problem.message, { field: problem.field })
  const { termYears } = JSON.parse(contract.fields) as ContractFields
  const validUntil = termEnds(signedOn, Number(termYears))
  endRenewed(context, contract, signedOn)
  const agreed =
    different === null || !isDifferent({ relation, signatory }, customer.name)
      ? null
      : consumeApproval(context, different.approvalId, 'contract-signature', {
          ...{ contractId, contract: contract.contractNo, onFile: customer.name, signatory },
          reason: different.reason,
        })
  db.update(contracts)
    .set({
      signedOn,
      validUntil,
      renewBy: validUntil,
      relation,
      signatory,
      agentIdNumber,
      companySignatory,
      differentReason: agreed === null ? '' : (different?.reason ?? ''),
      differentApproverId: agreed?.approverId ?? null,
      state,
      signedRecordedAt: clock.now(),
      signedRecordedBy: actor.id,
    })
    .where(eq(contracts.id, contractId))
    .run()
  context.audit({
    subject: refOf(contract),
    detail: { contractNo: contract.contractNo, signedOn, signatory, relation },
  })
  const otherwise =
    agreed === null ? '' : `；本人签字与户名写法不同：${different?.reason ?? ''}（${agreed.approverName}批准）`
  remember(context, contract, '签订', `${contract.contractNo}，${signedOn} 由 ${signatory} 签字${otherwise}`)
  return shownContract(context, contractId)
})

/**
 * 登记纸质合同. @throws ContractNotFound · ContractStateRefused · InvalidInput · PaperTaken · ApprovalRefused · the attachment errors
 * of the customers room
 */
export const recordPaper = useCase(RecordPaperContract, (input, context) => {
  const { db, clock, actor } = context
  const { contractId, paperNo, signedOn, validUntil, relation, signatory, companySignatory, reason } = input
  const agentIdNumber = relation === 'agent' ? input.agentIdNumber : null
  const contract = contractById(context, contractId)
  const state = stateAfter('record-paper', contract)
  const customer = customerById(context, contract.customerId)
  const problem = signingProblem(
    // The manager reads whose hand it is, and agrees to it with the rest.
    { signedOn, relation, signatory, agentIdNumber, different: true, paper: { validUntil } },
    {
      draftedOn: shanghaiDate(contract.draftedAt),
      customerName: customer.name,
      audience: templateById(context, contract.templateId).audience,
    },
    shanghaiDate(clock.now()),
  )
  if (problem) throw new InvalidInput(problem.message, { field: problem.field })
  const taken = db
    .select()
    .from(contracts)
    .where(and(eq(contracts.paperNo, paperNo), eq(contracts.kind, contract.kind), ne(contracts.state, 'void')))
    .get()
  if (taken) {
    throw new PaperTaken(`纸质合同 ${paperNo} 已登记在合同 ${taken.contractNo}，请核对编号`, { field: 'paperNo' })
  }
  const approval = consumeApproval(context, input.approvalId, 'paper-contract', {
    ...{ contractId, contract: `${contractKindNames[contract.kind]} ${contract.contractNo}`, onFile: customer.name },
    ...{ paperNo, signedOn, validUntil, signatory, companySignatory, reason },
    scan: fileNameOf(input.sourcePath),
  })
  const scanAttachmentId = attachFile(context, {
    customerId: contract.customerId,
    kind: `${contract.kind}-contract`,
    sourcePath: input.sourcePath,
  })
  endRenewed(context, contract, signedOn)
  db.update(contracts)
    .set({
      ...{ signedOn, validUntil, renewBy: validUntil, relation, signatory, agentIdNumber, companySignatory, state },
      ...{ paperNo, paperReason: reason, paperApproverId: approval.approverId, scanAttachmentId },
      ...{ signedRecordedAt: clock.now(), signedRecordedBy: actor.id },
    })
    .where(eq(contracts.id, contractId))
    .run()
  context.audit({
    subject: refOf(contract),
    detail: { contractNo: contract.contractNo, paperNo, signedOn, validUntil, signatory, relation, scanAttachmentId },
  })
  remember(
    context,
    contract,
    '登记纸质',
    `${contract.contractNo}，纸质编号 ${paperNo}，${signedOn} 由 ${signatory} 签字，有效期至 ${validUntil}；${reason}（${approval.approverName}核对扫描件后批准）`,
  )
  return shownContract(context, contractId)
})

/** 上传合同扫描件. @throws ContractNotFound · ContractStateRefused · the attachment errors of the customers room */
export const attachScan = useCase(AttachScan, ({ contractId, sourcePath }, context) => {
  const contract = contractById(context, contractId)
  stateAfter('attach-scan', contract)
  const scanAttachmentId = attachFile(context, {
    customerId: contract.customerId,
    kind: `${contract.kind}-contract`,
    sourcePath,
  })
  context.db.update(contracts).set({ scanAttachmentId }).where(eq(contracts.id, contractId)).run()
  context.audit({ subject: refOf(contract), detail: { contractNo: contract.contractNo, scanAttachmentId } })
  remember(context, contract, '上传扫描件：', contract.contractNo)
  return shownContract(context, contractId)
})

/**
 * 作废. The number stays on record; a new contract may be drafted in its place.
 * @throws ContractNotFound · ContractStateRefused · NotAllowed (signed, not by the manager) · ContractInForce
 */
export const voidContract = useCase(VoidContract, ({ contractId, reason }, context) => {
  const contract = contractById(context, contractId)
  if (contract.state === 'signed') {
    if (!context.actor.roles.includes('hall-manager')) {
      throw new NotAllowed('已签订的合同须由营业厅主任作废')
    }
    const { gasState } = servicePointById(context, contract.servicePointId)
    if (contract.accountId !== null && gasState !== 'not-ignited') throw new ContractInForce()
  }
  markVoid(context, contract, reason)
  context.audit({ subject: refOf(contract), detail: { contractNo: contract.contractNo, reason } })
  return shownContract(context, contractId)
})
