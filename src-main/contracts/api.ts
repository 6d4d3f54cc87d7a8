/**
 * 合同: what a screen may ask. A contract is drafted from an application (installations), printed as a paper (notices),
 * and signed here.
 */
import { z } from 'zod'
import {
  call,
  DateOnly,
  Id,
  Instant,
  ListSearch,
  pageOf,
  PageRequest,
  RequestId,
  shortText,
  signatureOf,
} from '../platform/contract.ts'
import { nationalIdProblem, normaliseNationalId } from '../platform/identity.ts'
import { contractAudience, contractKind, contractState, relation } from './words.ts'

export { isDifferent } from './rules.ts'
export { audienceNames, contractKindNames, contractStateNames, relationNames } from './words.ts'

export const ContractKind = contractKind.schema()
export type ContractKind = z.output<typeof ContractKind>
export const ContractState = contractState.schema()
export type ContractState = z.output<typeof ContractState>
export const Relation = relation.schema('请选择签字人身份')
export type Relation = z.output<typeof Relation>

export const ContractAudience = contractAudience.schema()

export const Contract = z.object({
  id: Id,
  contractNo: z.string(),
  kind: ContractKind,
  state: ContractState,
  applicationId: Id,
  /** Whose contract it is, and whom its wording is for: who may sign follows from both. */
  customerName: z.string(),
  audience: ContractAudience,
  /** 范本版本. */
  templateVersion: z.int(),
  draftedAt: Instant,
  signedOn: DateOnly.nullable(),
  signatory: z.string().nullable(),
  relation: Relation.nullable(),
  /** Masked. */
  agentIdNumber: z.string().nullable(),
  companySignatory: z.string().nullable(),
  /** The number on a paper that was signed elsewhere; null for one printed here. */
  paperNo: z.string().nullable(),
  scanAttachmentId: Id.nullable(),
  /** 终止 of a signed one. */
  endedOn: DateOnly.nullable(),
  endReason: z.string().nullable(),
  /** The last day of its term, once signed. */
  validUntil: DateOnly.nullable(),
  voidReason: z.string().nullable(),
})
export type Contract = z.output<typeof Contract>

const counter = ['clerk', 'hall-manager'] as const

/** Every contract of an account, living ones first. */
export const ContractsOfAccount = call({
  name: 'contracts.ofAccount',
  kind: 'read',
  allow: ['clerk', 'cashier', 'hall-manager', 'dispatcher'],
  input: z.strictObject({ accountId: Id }),
  output: z.array(Contract),
})

const agentIdNumber = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const problem = nationalIdProblem(text)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
  .transform(normaliseNationalId)
  .nullable()
  .default(null)

/** 登记签订. */
export const SignContract = call({
  name: 'contracts.sign',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    requestId: RequestId,
    contractId: Id,
    signedOn: DateOnly,
    relation: Relation,
    signatory: signatureOf('签字人'),
    agentIdNumber,
    companySignatory: signatureOf('供气人经办人'),
    /** The holder signed another way than the name on file is written: why, and the manager's approval of it. */
    different: z
      .strictObject({ reason: shortText('写法不同的原因', 200), approvalId: Id })
      .nullable()
      .default(null),
  }),
  output: Contract,
})

/**
 * 登记纸质合同: signed on paper that this program did not print (signed beforehand, an old hall). With its scan, and the word of a
 * manager who read it: it counts as signed from then on (clause 15). Errors: ContractStateRefused · PaperTaken · ApprovalRefused
 */
export const RecordPaperContract = call({
  name: 'contracts.recordPaper',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    requestId: RequestId,
    contractId: Id,
    paperNo: shortText('纸质合同编号', 40),
    signedOn: DateOnly,
    /** The last day of its term, as it stands on the paper. */
    validUntil: DateOnly,
    relation: Relation,
    signatory: signatureOf('签字人'),
    agentIdNumber,
    companySignatory: signatureOf('供气人经办人'),
    sourcePath: z.string().min(1, '请选择扫描件').max(1000),
    reason: shortText('原因', 200),
    approvalId: Id,
  }),
  output: Contract,
})

/** 合同扫描件: copies the file into the customer's attachments. */
export const AttachScan = call({
  name: 'contracts.attachScan',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ requestId: RequestId, contractId: Id, sourcePath: z.string().min(1).max(1000) }),
  output: Contract,
})

/** 作废, with its reason. A signed one only by the hall manager, and only before gas flows. */
export const VoidContract = call({
  name: 'contracts.void',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ requestId: RequestId, contractId: Id, reason: shortText('作废原因', 100) }),
  output: Contract,
})

const leaders = ['hall-manager', 'administrator'] as const

const Wording = z.object({
  kind: ContractKind,
  audience: ContractAudience,
  templateId: z.string(),
  acceptedAt: Instant.nullable(),
  acceptedBy: z.string().nullable(),
})
export type Wording = z.output<typeof Wording>

/** The wordings in force with who accepted them; those nobody accepted print as 示例. */
export const Wordings = call({
  name: 'contracts.wordings',
  kind: 'read',
  allow: leaders,
  input: z.strictObject({}),
  output: z.array(Wording),
})

/** One wording whole, the company's part filled from the settings, the customer's open: HTML without script. */
export const ReadWording = call({
  name: 'contracts.readWording',
  kind: 'read',
  allow: leaders,
  input: z.strictObject({ kind: ContractKind, audience: ContractAudience }),
  output: z.object({ templateId: z.string(), html: z.string() }),
})

/** 审定: the company takes this wording as its own. @throws WordingChanged */
export const AcceptWording = call({
  name: 'contracts.acceptWording',
  kind: 'change',
  allow: leaders,
  input: z.strictObject({ kind: ContractKind, audience: ContractAudience, templateId: z.string().max(100) }),
  output: z.object({}),
})

/** An account whose contracts are to be signed anew. */
export const RenewalRow = z.object({
  accountId: Id,
  customerId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  contractNo: z.string(),
  validUntil: DateOnly,
  /** By when; before the end of the term where the class of the customer changed. */
  renewBy: DateOnly,
  reason: z.enum(['term', 'class']),
  /** What waits to be printed or signed. */
  drafted: ContractState.nullable(),
})
export type RenewalRow = z.output<typeof RenewalRow>

const lookers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const

/** 续签名单: what is due first in front. */
export const Renewals = call({
  name: 'contracts.renewals',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({ search: ListSearch, page: PageRequest.prefault({}) }),
  output: pageOf(RenewalRow),
})

/** Accounts on that list, for the page of the day; counted up to 1,000. */
export const RenewalCount = call({
  name: 'contracts.renewalCount',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({}),
  output: z.object({ due: z.int() }),
})

/** 续签: drafts both contracts of an account anew. Errors: RenewalRefused · AccountEnded · NoPriceYet */
export const DraftRenewal = call({
  name: 'contracts.draftRenewal',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ requestId: RequestId, accountId: Id }),
  output: z.object({ supply: Id, safety: Id }),
})

/** 顺延 by a year under the same terms, with how the customer was asked. Error: RenewalRefused */
export const ExtendContracts = call({
  name: 'contracts.extend',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ requestId: RequestId, accountId: Id, note: shortText('征询客户的情况', 100) }),
  output: z.object({ validUntil: DateOnly }),
})
