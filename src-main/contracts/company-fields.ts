/** What stands in every contract of this company: from the settings, whoever the customer is. */
import { companyFacts } from '../platform/company.ts'
import type { Context } from '../platform/context.ts'
import { orBlank, percent, perMille, pressureText, type ContractFields } from './rules.ts'

export function companyFields({ settings, device }: Context) {
  const facts = companyFacts(settings)
  const cap = settings.get('lateFee.capPpm')
  return {
    company: device.companyName,
    hall: device.hallName,
    companyAddress: orBlank(facts.address),
    companyRepresentative: orBlank(facts.legalRepresentative),
    companyBank: orBlank(facts.bank),
    companyBankAccount: orBlank(facts.bankAccount),
    gasKind: settings.get('contracts.gasKind'),
    pressure: pressureText(settings.get('contracts.pressurePa')),
    lateFee: perMille(settings.get('lateFee.ratePpmPerDay')),
    lateFeeCap: cap === 0 ? '' : `，累计不超过欠费金额的 ${percent(cap)}`,
    dueDays: String(settings.get('billing.dueDays')),
    suspensionNoticeHours: String(settings.get('supply.noticeHours')),
    termYears: String(settings.get('contracts.termYears')),
    dispute: settings.get('contracts.dispute'),
  } satisfies Partial<ContractFields>
}

/** Visits a year, as the contract of a household or of a business promises them. */
export const inspectionsAYear = ({ settings }: Context, resident: boolean): string =>
  String(resident ? settings.get('inspections.residentPerYear') : settings.get('inspections.nonResidentPerQuarter') * 4)
