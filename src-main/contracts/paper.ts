/** 合同文本: frozen with its hash when first printed, so that what was signed can always be printed again alike. */
import { eq } from 'drizzle-orm'
import { sha256 } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { maskNationalId, maskPhone } from '../platform/identity.ts'
import { contractKindNames } from './api.ts'
import type { ContractFields } from './rules.ts'
import { contractById, type ContractRow } from './store.ts'
import { contractTexts } from './tables.ts'
import { isAccepted } from './wordings.ts'
import { fillTemplate, templateById } from './templates.ts'

export const ContractTextAltered = domainError(
  'ContractTextAltered',
  '合同文本与首次打印时的校验值不符，可能已被改动，请联系管理员从备份核对',
)

/** What the notices room prints: data for `resources/templates/<template>.hbs`, set in the frame of every paper. */
export interface ContractPaper {
  readonly template: 'contracts/contract'
  readonly title: string
  readonly contractNo: string
  /** Day the text was made: of the first print, or of drafting while it is a draft. */
  readonly date: BusinessDate
  /** Ready HTML of the whole contract: parties, articles, signatures. */
  readonly body: string
  /** Set across the page: neither a draft, a void contract nor a wording the company has not accepted passes for valid. */
  readonly mark: '草稿' | '作废' | '示例' | null
  readonly templateName: string
  /** First 16 hex digits of the text's SHA-256; null while it is a draft. */
  readonly hash: string | null
}

const filled = (context: Context, contract: ContractRow): string =>
  fillTemplate(
    templateById(context, contract.templateId),
    contract.contractNo,
    JSON.parse(contract.fields) as ContractFields,
  )

function frozenText({ db }: Context, contractId: string): typeof contractTexts.$inferSelect | undefined {
  const text = db.select().from(contractTexts).where(eq(contractTexts.contractId, contractId)).get()
  if (text && sha256(text.body) !== text.hash) throw new ContractTextAltered()
  return text
}

export const isFrozen = (context: Context, contractId: string): boolean => frozenText(context, contractId) !== undefined

/** The frozen text of a contract, freezing it at the first time. @throws ContractTextAltered */
export function freezeText(context: Context, contract: ContractRow): string {
  const frozen = frozenText(context, contract.id)
  if (frozen) return frozen.body
  const { db, clock, actor } = context
  const body = filled(context, contract)
  db.insert(contractTexts)
    .values({ contractId: contract.id, body, hash: sha256(body), frozenAt: clock.now(), frozenBy: actor.id })
    .run()
  return body
}

function markOf(context: Context, { state, templateId }: ContractRow): ContractPaper['mark'] {
  if (state === 'draft') return '草稿'
  if (state === 'void') return '作废'
  return isAccepted(context, templateId) ? null : '示例'
}

/** The text as a preview shows it: nobody signs a screen, so that ID and telephone of the customer stay masked there. */
function masked(body: string, { fields }: ContractRow): string {
  const { idNumber, phone } = JSON.parse(fields) as ContractFields
  return [[idNumber, maskNationalId(idNumber)] as const, [phone, maskPhone(phone)] as const].reduce(
    (text, [number, shown]) => (/\d/.test(number) ? text.replaceAll(number, shown) : text),
    body,
  )
}

/**
 * A contract as paper: the frozen text once it was printed, else a marked draft.
 * @param counted it goes out and is on record, with the customer's numbers in full
 * @throws ContractNotFound · ContractTextAltered
 */
export function paperData(context: Context, contractId: string, counted: boolean): ContractPaper {
  const contract = contractById(context, contractId)
  const frozen = frozenText(context, contractId)
  const template = templateById(context, contract.templateId)
  const body = frozen?.body ?? filled(context, contract)
  return {
    template: 'contracts/contract',
    title: contractKindNames[contract.kind],
    contractNo: contract.contractNo,
    date: shanghaiDate(frozen?.frozenAt ?? contract.draftedAt),
    body: counted ? body : masked(body, contract),
    mark: markOf(context, contract),
    templateName: `${template.kind === 'supply' ? '供用气' : '安全'}-${template.audience === 'resident' ? '居民' : '非居民'} 第 ${template.version} 版`,
    hash: frozen?.hash.slice(0, 16) ?? null,
  }
}
