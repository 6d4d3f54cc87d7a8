/** 合同: the states a contract goes through and what its blanks are filled with. Pure. */
import { formatCubicMetres, formatUnitPrice, type Litre } from '../platform/money.ts'
import { addMonths, type BusinessDate } from '../platform/dates.ts'
import { lineName, tierLimits, versionOn, type PricePlan, type PriceVersion } from '../tariffs/rules.ts'

export const contractKinds = ['supply', 'safety'] as const
export type ContractKind = (typeof contractKinds)[number]
export type Audience = 'resident' | 'non-resident'
export type ContractState = 'draft' | 'printed' | 'signed' | 'void'
export type ContractAction = 'print' | 'sign' | 'record-paper' | 'attach-scan' | 'void'
export type Relation = 'self' | 'legal-representative' | 'agent'

/** From which states an action is allowed, and where it leads; `null` keeps the state. */
export const contractTransitions: Record<ContractAction, Partial<Record<ContractState, ContractState>>> = {
  print: { draft: 'printed', printed: 'printed', signed: 'signed', void: 'void' },
  sign: { printed: 'signed' },
  // 纸质合同: signed elsewhere, so it need not have been printed here.
  'record-paper': { draft: 'signed', printed: 'signed' },
  'attach-scan': { signed: 'signed' },
  void: { draft: 'void', printed: 'void', signed: 'void' },
}

/** The state an action leads to, or null when it is not allowed from here. */
export const contractStateAfter = (action: ContractAction, from: ContractState): ContractState | null =>
  contractTransitions[action][from] ?? null

/** A draft that was voided before it was ever printed has no text to print. */
export const printable = (state: ContractState, frozen: boolean): boolean =>
  contractStateAfter('print', state) !== null && (state !== 'void' || frozen)

export interface Signing {
  readonly signedOn: BusinessDate
  readonly relation: Relation
  readonly signatory: string
  readonly agentIdNumber: string | null
  /** The holder's own hand, in another writing than the name on file: the manager agreed. */
  readonly different?: boolean
  /** 纸质合同, signed before it was drafted here: the last day of its term as it stands on the paper. */
  readonly paper?: { readonly validUntil: BusinessDate }
}

/** Why a signature cannot be recorded, with the field to mend; null when it can. */
export function signingProblem(
  signing: Signing,
  contract: { readonly draftedOn: BusinessDate; readonly customerName: string; readonly audience: Audience },
  today: BusinessDate,
): { readonly field: string; readonly message: string } | null {
  if (signing.signedOn > today) return { field: 'signedOn', message: '签订日期不能晚于今天' }
  if (signing.paper && signing.paper.validUntil < today)
    return { field: 'validUntil', message: `纸质合同 ${signing.paper.validUntil} 已到期，请另签新合同（第十五条）` }
  if (!signing.paper && signing.signedOn < contract.draftedOn)
    return { field: 'signedOn', message: `签订日期不能早于合同起草日 ${contract.draftedOn}` }
  if (signing.relation === 'self' && contract.audience === 'non-resident')
    return { field: 'relation', message: '单位客户应由法定代表人或代理人签字' }
  if (isDifferent(signing, contract.customerName) && !signing.different)
    return {
      field: 'signatory',
      message: `本人签字应与户名「${contract.customerName}」一致；他人代签请选「代理人」；本人写法不同的，写明原因由主任批准（第十五条）`,
    }
  if (signing.relation === 'agent' && signing.agentIdNumber === null)
    return { field: 'agentIdNumber', message: '代理人签字应登记身份证号' }
  return null
}

/**
 * The last day of a term of so many years: the day of the same name, or the last of its month where there is none
 * (Civil Code, articles 201 and 202).
 */
export const termEnds = (from: BusinessDate, years: number): BusinessDate => addMonths(from, 12 * years)

/** Why a contract is on the list of those to be renewed. */
export type RenewalReason = 'term' | 'class'

/** A contract whose customer's class changed is due before its term is: what it says of use and price is no longer so. */
export const renewalReason = (contract: { readonly validUntil: string; readonly renewBy: string }): RenewalReason =>
  contract.renewBy < contract.validUntil ? 'class' : 'term'

/** Whether the holder signed, but not as the name on file is written: 曾用名、异体字、外文名. */
export const isDifferent = ({ relation, signatory }: Pick<Signing, 'relation' | 'signatory'>, customerName: string) =>
  relation === 'self' && signatory !== customerName

/** What the blanks of a contract are filled with when it is drafted; every value as it is printed. */
export interface ContractFields {
  readonly company: string
  readonly hall: string
  readonly companyAddress: string
  readonly companyRepresentative: string
  readonly companyBank: string
  readonly companyBankAccount: string
  readonly servicePhone: string
  readonly emergencyPhone: string
  readonly applicationNo: string
  readonly customerName: string
  readonly idLabel: string
  readonly idNumber: string
  readonly phone: string
  readonly address: string
  readonly category: string
  readonly purpose: string
  readonly householdSize: string
  readonly appliances: readonly string[]
  readonly annualVolume: string
  readonly hourlyVolume: string
  readonly gasKind: string
  readonly pressure: string
  readonly planName: string
  readonly priceLines: readonly string[]
  readonly priceDocument: string
  readonly tierCycle: string
  readonly lateFee: string
  readonly lateFeeCap: string
  readonly dueDays: string
  readonly suspensionNoticeHours: string
  readonly inspectionsAYear: string
  readonly termYears: string
  readonly dispute: string
}

/** Where the contract leaves room for a pen. */
export const blank = '＿＿＿＿＿＿＿＿'
export const orBlank = (text: string | null): string => (text === null || text.trim() === '' ? blank : text)

/** A whole number with its last `places` digits after the point, idle zeros dropped: `scaled(500, 3)` is '0.5'. */
export function scaled(value: number, places: number): string {
  const digits = String(value).padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return `${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`
}

/** '3‰': a daily rate in parts per million as the trade writes it. */
export const perMille = (ppm: number): string => `${scaled(ppm, 3)}‰`
/** '100%' of parts per million. */
export const percent = (ppm: number): string => `${scaled(ppm, 4)}%`
/** '2 kPa', '0.4 MPa' of pascals. */
export const pressureText = (pascals: number): string =>
  pascals < 100_000 ? `${scaled(pascals, 3)} kPa` : `${scaled(pascals, 6)} MPa`

/** What a contract says about the price of a plan on a day; null when no price is in force yet. */
export function priceClause(plan: PricePlan, on: BusinessDate, persons: number) {
  const version = versionOn(plan, on)
  if (!version) return null
  const tiered = version.kind === 'tiered' && version.tiers.length > 1
  return {
    planName: plan.name,
    priceLines: priceTerms(version, persons),
    priceDocument: version.source,
    tierCycle: tiered ? `阶梯气价以年为周期，每年 ${dayText(plan.cycleStart)} 起重新累计，不结转。` : '',
  } satisfies Partial<ContractFields>
}

const dayText = (monthDay: string): string => `${Number(monthDay.slice(0, 2))} 月 ${Number(monthDay.slice(3))} 日`

/** 「第一档 年用气量 310 m³（含）以下 3.00 元/m³」: the price as the contract states it, a line per tier or season. */
export function priceTerms(version: PriceVersion, persons: number): string[] {
  if (version.kind === 'flat') return [`${formatUnitPrice(version.price)} 元/m³`]
  if (version.kind === 'seasonal')
    return version.seasons.map(
      ({ name, months, price }) => `${name}（${months.join('、')} 月）${formatUnitPrice(price)} 元/m³`,
    )
  const limits = tierLimits(version, { persons })
  return version.tiers.map(({ price }, i) => {
    const range = tierRange(limits[i - 1] ?? null, limits[i] ?? null)
    return `${lineName({ tier: i + 1, season: null })} 年用气量 ${range} ${formatUnitPrice(price)} 元/m³`
  })
}

function tierRange(from: Litre | null, upTo: Litre | null): string {
  if (upTo === null) return from === null ? '不分档' : `${formatCubicMetres(from)} m³ 以上`
  if (from === null) return `${formatCubicMetres(upTo)} m³（含）以下`
  return `${formatCubicMetres(from)}–${formatCubicMetres(upTo)} m³（含）`
}
