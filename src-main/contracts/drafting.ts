/** 合同起草: from what an application says to the filled blanks of both contracts. Called by the installations room. */
import { phonesForPaper } from '../platform/company.ts'
import type { Context } from '../platform/context.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { formatCubicMetres, type Litre } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { customerById, recordEvent, servicePointById } from '../customers/service.ts'
import { NoPriceYet, planById } from '../tariffs/service.ts'
import { planCategoryNames, type PlanCategory } from '../tariffs/api.ts'
import { contractKindNames, type ContractKind } from './api.ts'
import { companyFields, inspectionsAYear } from './company-fields.ts'
import { blank, contractKinds, orBlank, priceClause, type Audience, type ContractFields } from './rules.ts'
import { contracts } from './tables.ts'
import { templateInForce } from './templates.ts'
import { livingContracts } from './store.ts'

/** What the installations room knows of the supply to be agreed on. */
export interface SupplyTerms {
  readonly applicationId: string
  readonly applicationNo: string
  /** Null until the account is opened. */
  readonly accountId: string | null
  readonly customerId: string
  readonly servicePointId: string
  readonly category: PlanCategory
  readonly purpose: string
  readonly householdSize: number
  readonly pricePlanId: string
  readonly appliances: readonly { readonly name: string; readonly count: number }[]
  /** Litres a year and in an hour; null for residents. */
  readonly annualVolume: Litre | null
  readonly hourlyVolume: Litre | null
}

export const audienceOf = (category: PlanCategory): Audience => (category === 'resident' ? 'resident' : 'non-resident')

const idLabels = {
  'national-id': '身份证号',
  'credit-code': '统一社会信用代码',
  passport: '护照号',
  none: '证件号',
} as const

/** What a contract says is filled in anew from the data of this moment, whatever an older one said. */
export function fieldsOf(context: Context, terms: SupplyTerms, today: BusinessDate): ContractFields {
  const phones = phonesForPaper(context.settings)
  const customer = customerById(context, terms.customerId)
  const price = priceClause(planById(context, terms.pricePlanId), today, terms.householdSize)
  if (!price) throw new NoPriceYet()
  const volume = (litres: Litre | null) => (litres === null ? blank : formatCubicMetres(litres))
  return {
    ...companyFields(context),
    servicePhone: phones.service,
    emergencyPhone: phones.emergency,
    applicationNo: terms.applicationNo,
    customerName: customer.name,
    idLabel: idLabels[customer.idKind],
    idNumber: orBlank(customer.idNumber),
    phone: customer.phone,
    address: servicePointById(context, terms.servicePointId).address,
    category: planCategoryNames[terms.category],
    purpose: terms.purpose,
    householdSize: String(terms.householdSize),
    appliances: terms.appliances.map(({ name, count }) => `${name} ${count} 台`),
    annualVolume: volume(terms.annualVolume),
    hourlyVolume: volume(terms.hourlyVolume),
    ...price,
    inspectionsAYear: inspectionsAYear(context, terms.category === 'resident'),
  }
}

/**
 * Drafts whichever of the two contracts the application does not have yet (clause 15): numbered, blanks filled from the
 * data of this moment. @returns ids of all living contracts by kind
 * @throws NoPriceYet · CustomerNotFound
 */
export function draftContracts(context: Context, terms: SupplyTerms): Record<ContractKind, string> {
  return draftBoth(context, terms, fieldsOf(context, terms, shanghaiDate(context.clock.now())))
}

type Drafted = Pick<SupplyTerms, 'applicationId' | 'accountId' | 'customerId' | 'servicePointId' | 'category'>

/** Both contracts with their blanks filled, but for what is there already under the same application. */
export function draftBoth(context: Context, terms: Drafted, fields: ContractFields): Record<ContractKind, string> {
  const { db, clock, actor } = context
  const living = livingContracts(context, terms.applicationId)
  const [supply, safety] = contractKinds.map((kind) => {
    const kept = living.find((contract) => contract.kind === kind)
    if (kept) return kept.id
    const id = newId(clock)
    const contractNo = nextNumber(context, `${kind}-contract`)
    db.insert(contracts)
      .values({
        id,
        contractNo,
        kind,
        templateId: templateInForce(context, kind, audienceOf(terms.category)).id,
        applicationId: terms.applicationId,
        customerId: terms.customerId,
        servicePointId: terms.servicePointId,
        accountId: terms.accountId,
        fields: JSON.stringify(fields),
        state: 'draft',
        draftedAt: clock.now(),
        draftedBy: actor.id,
      })
      .run()
    recordEvent(context, {
      customerId: terms.customerId,
      kind: 'contract',
      title: `起草${contractKindNames[kind]}`,
      detail: contractNo,
      subject: `contract:${id}`,
    })
    return id
  })
  return { supply: supply as string, safety: safety as string }
}
