/** 报装: application, survey, contracts, account and meter. What happens on site stands in `site.ts`, lists in `reads.ts`. */
import { and, eq } from 'drizzle-orm'
import { shanghaiDate } from '../platform/dates.ts'
import { Conflict, InvalidInput } from '../platform/errors.ts'
import type { Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import { formatCubicMetres, litre, type Litre } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { draftContracts as draftBoth, linkAccount, voidContractsOf } from '../contracts/service.ts'
import {
  createCustomer,
  createServicePoint,
  customerById,
  openAccount as openAccountOf,
  servicePointById,
} from '../customers/service.ts'
import { installMeter as installMeterAt } from '../metering/service.ts'
import { meterKindNames } from '../metering/api.ts'
import { planCategoryNames } from '../tariffs/api.ts'
import { plansFor } from '../tariffs/service.ts'
import { Amend, Apply, Cancel, DraftContracts, InstallMeter, OpenAccount, TakeOver } from './api.ts'
import { volumeProblem } from './rules.ts'
import { applicationById, livingApplicationAt, passGate, recordStep, type ApplicationRow } from './store.ts'
import { applications } from './tables.ts'
import { assertPerformed, certifiedWorker } from './site.ts'

export { accept, checkSafety, ignite, OwnWork, survey, testTightness, tightnessDemand } from './site.ts'
export { checklist, checklistPassed, checklistProblem, type Check } from './checklists.ts'
export { askedItems, livingApplicationAt } from './store.ts'
export { counts, detail, list } from './reads.ts'
export { callbackBrief, finishedSql, involvedIn } from './callbacks.ts'

interface Terms {
  readonly category: ApplicationRow['category']
  readonly purpose: string
  readonly appliances: readonly { readonly name: string; readonly count: number }[]
  readonly pricePlanId: string
  readonly annualVolume: Litre | null
  readonly hourlyVolume: Litre | null
}

/** @throws InvalidInput when the plan is not for this kind of customer or the volumes do not fit it */
function assertTerms(context: Context, terms: Terms): void {
  if (!plansFor(context, terms.category).some(({ id }) => id === terms.pricePlanId)) {
    throw new InvalidInput(`请选择${planCategoryNames[terms.category]}适用的气价`, { field: 'pricePlanId' })
  }
  const problem = volumeProblem(terms.category === 'resident', terms.annualVolume, terms.hourlyVolume)
  if (problem) throw new InvalidInput(problem.message, { field: problem.field })
}

const describeTerms = ({ category, purpose, appliances }: Terms): string =>
  `${planCategoryNames[category]} ${purpose}，${appliances.map(({ name, count }) => `${name} ${count} 台`).join('、')}`

/** A place takes one application at a time, and none while it has an account. @throws Conflict */
function assertPlaceFree(context: Context, servicePointId: string): void {
  const point = servicePointById(context, servicePointId)
  const busy = livingApplicationAt(context, servicePointId)
  if (busy) {
    throw new Conflict(`该地址已有报装在办：${busy.applicationNo}，经办 ${busy.holderName}`, {
      field: 'servicePoint',
      details: { applicationId: busy.id },
    })
  }
  if (point.gasState === 'dismantled') {
    throw new Conflict('该用气点已拆除，请按地址重新填写，作为新的用气点报装', { field: 'servicePoint' })
  }
  if (point.gasState !== 'not-ignited') {
    throw new Conflict('该地址已经通过气，换人用气请办理过户，停用后复用请办理恢复供气', { field: 'servicePoint' })
  }
}

/**
 * 申请. Customer and service point are found or made in the same transaction.
 * @throws InvalidInput · Conflict (place in use) · CustomerNotFound · DuplicateCustomer
 */
export const apply = useCase(Apply, (input, context) => {
  const { db, clock, actor } = context
  assertTerms(context, input)
  const customerId = input.customer.known
    ? customerById(context, input.customer.customerId).id
    : createCustomer(context, input.customer.profile, { confirmDuplicate: input.customer.confirmDuplicate })
  const servicePointId = input.servicePoint.known
    ? input.servicePoint.servicePointId
    : createServicePoint(context, input.servicePoint.place)
  assertPlaceFree(context, servicePointId)

  const id = newId(clock)
  const applicationNo = nextNumber(context, 'application')
  db.insert(applications)
    .values({
      id,
      applicationNo,
      customerId,
      servicePointId,
      category: input.category,
      purpose: input.purpose,
      appliances: JSON.stringify(input.appliances),
      householdSize: input.householdSize,
      pricePlanId: input.pricePlanId,
      annualVolume: input.annualVolume,
      hourlyVolume: input.hourlyVolume,
      state: 'applied',
      holderId: actor.id,
      holderName: actor.name,
      appliedOn: shanghaiDate(clock.now()),
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    .run()
  recordStep(context, applicationById(context, id), {
    kind: 'applied',
    action: null,
    passed: null,
    summary: describeTerms(input),
  })
  return { applicationId: id, applicationNo }
})

/** 更改申请. @throws ApplicationNotFound · GateNotPassed · InvalidInput */
export const amend = useCase(Amend, (input, context) => {
  const application = passGate(context, 'amend', input.applicationId)
  const terms = { ...input, category: application.category }
  assertTerms(context, terms)
  const surveyHolds =
    input.purpose === application.purpose &&
    JSON.stringify(input.appliances) === application.appliances &&
    input.annualVolume === application.annualVolume &&
    input.hourlyVolume === application.hourlyVolume
  const state = recordStep(context, application, {
    kind: 'amended',
    action: 'amend',
    passed: surveyHolds,
    summary: describeTerms(terms),
    fills: {
      purpose: input.purpose,
      appliances: JSON.stringify(input.appliances),
      householdSize: input.householdSize,
      pricePlanId: input.pricePlanId,
      annualVolume: input.annualVolume,
      hourlyVolume: input.hourlyVolume,
    },
  })
  return { state }
})

/** 起草供用气合同和安全用气合同. @throws ApplicationNotFound · GateNotPassed (not surveyed) · NoPriceYet */
export const draftContracts = useCase(DraftContracts, ({ applicationId }, context) => {
  const application = passGate(context, 'draft-contracts', applicationId)
  const volume = (litres: number | null) => (litres === null ? null : litre(litres))
  const drafted = draftBoth(context, {
    applicationId,
    applicationNo: application.applicationNo,
    accountId: application.accountId,
    customerId: application.customerId,
    servicePointId: application.servicePointId,
    category: application.category,
    purpose: application.purpose,
    householdSize: application.householdSize,
    pricePlanId: application.pricePlanId,
    appliances: JSON.parse(application.appliances) as Terms['appliances'],
    annualVolume: volume(application.annualVolume),
    hourlyVolume: volume(application.hourlyVolume),
  })
  context.audit({ subject: `application:${applicationId}`, detail: { ...drafted } })
  context.emit({ event: 'changed', data: { room: 'installations' } })
  return drafted
})

/** 开户. @throws ApplicationNotFound · GateNotPassed (not surveyed, or a contract not signed: clause 15) */
export const openAccount = useCase(OpenAccount, ({ applicationId }, context) => {
  const application = passGate(context, 'open-account', applicationId)
  const account = openAccountOf(context, {
    customerId: application.customerId,
    servicePointId: application.servicePointId,
    pricePlanId: application.pricePlanId,
    householdSize: application.householdSize,
    openedOn: shanghaiDate(context.clock.now()),
  })
  linkAccount(context, applicationId, account.accountId)
  recordStep(context, application, {
    kind: 'account',
    action: 'open-account',
    passed: null,
    summary: `户号 ${account.accountNo}`,
    fills: { accountId: account.accountId },
  })
  return account
})

/** 装表. @throws ApplicationNotFound · GateNotPassed · CertificateMissing · MeterNoTaken · MeterInPlace · IndexNotOnRegister */
export const installMeter = useCase(InstallMeter, (input, context) => {
  const application = passGate(context, 'install-meter', input.applicationId)
  const worker = certifiedWorker(context, input)
  assertPerformed(context, application, input.performedOn)
  const { meterNo, kind, model, digits, initialIndex, performedOn } = input
  const meterId = installMeterAt(context, {
    servicePointId: application.servicePointId,
    meterNo,
    kind,
    model,
    digits,
    initialIndex,
    installedOn: performedOn,
  })
  recordStep(context, application, {
    kind: 'meter',
    action: 'install-meter',
    passed: null,
    performedOn,
    worker,
    summary: `${meterKindNames[kind]} ${meterNo}，底数 ${formatCubicMetres(initialIndex)} m³`,
    values: { meterId, meterNo },
    fills: { meterId },
  })
  return { meterId }
})

/** 取消报装. @throws ApplicationNotFound · GateNotPassed (an account is open already) */
export const cancel = useCase(Cancel, ({ applicationId, reason }, context) => {
  const application = passGate(context, 'cancel', applicationId)
  voidContractsOf(context, applicationId, `报装取消：${reason}`)
  recordStep(context, application, { kind: 'cancelled', action: 'cancel', passed: null, summary: reason })
  return {}
})

/**
 * 销户之前未通气: an account that was opened but never got gas is closed, and its application ends with it. The contracts,
 * under which no gas ever flowed, are void. @returns the application's number, or null when there was none
 */
export function cancelForClosing(context: Context, servicePointId: string, reason: string): string | null {
  const application = livingApplicationAt(context, servicePointId)
  if (!application) return null
  voidContractsOf(context, application.id, `销户：${reason}`)
  recordStep(context, application, { kind: 'cancelled', action: null, passed: null, summary: `销户：${reason}` })
  context.db.update(applications).set({ state: 'cancelled' }).where(eq(applications.id, application.id)).run()
  return application.applicationNo
}

export interface KnownTerms {
  readonly purpose: string
  readonly appliances: readonly { readonly name: string; readonly count: number }[]
  /** Litres; null for residents. */
  readonly annualVolume: Litre | null
  readonly hourlyVolume: Litre | null
}

/** What gas is used for at a service point, as its ignited application says; null for one taken over from earlier. */
export function termsAt({ db }: Context, servicePointId: string): KnownTerms | null {
  const row = db
    .select()
    .from(applications)
    .where(and(eq(applications.servicePointId, servicePointId), eq(applications.state, 'ignited')))
    .get()
  if (!row) return null
  const volume = (litres: number | null) => (litres === null ? null : litre(litres))
  return {
    purpose: row.purpose,
    appliances: JSON.parse(row.appliances) as KnownTerms['appliances'],
    annualVolume: volume(row.annualVolume),
    hourlyVolume: volume(row.hourlyVolume),
  }
}

/** 接手. @throws ApplicationNotFound */
export const takeOver = useCase(TakeOver, ({ applicationId }, context) => {
  const application = applicationById(context, applicationId)
  if (application.holderId !== context.actor.id) {
    recordStep(context, application, {
      kind: 'taken-over',
      action: null,
      passed: null,
      summary: `由 ${application.holderName} 转 ${context.actor.name}`,
    })
  }
  return { holderName: context.actor.name }
})
