/** What stands on a paper about the company itself. Nothing of it is ever invented: what was not given stands empty, phones stop the paper. */
import { domainError } from './errors.ts'
import type { SettingsReader } from './settings.ts'

/** A paper without the numbers a customer calls when gas escapes is not given out (clauses 6(12), 16). */
export const PhonesMissing = domainError(
  'PhonesMissing',
  '还没有设置 24 小时服务电话和抢险电话，不能打印；请管理员或主任在“设置”的“公司”中填写',
)

export interface CompanyPhones {
  readonly service: string
  readonly emergency: string
  /** The service number where the company has no other. */
  readonly complaint: string
}

/** The company's numbers as they are, also empty: for screens. */
export function companyPhones(settings: SettingsReader): CompanyPhones {
  const service = settings.get('company.servicePhone')
  return {
    service,
    emergency: settings.get('company.emergencyPhone'),
    complaint: settings.get('company.complaintPhone') || service,
  }
}

/** The numbers a paper prints. @throws PhonesMissing until service and emergency number were given */
export function phonesForPaper(settings: SettingsReader): CompanyPhones {
  const phones = companyPhones(settings)
  if (phones.service === '' || phones.emergency === '') throw new PhonesMissing()
  return phones
}

/** The company as contracts, invoices and letterheads name it; what was not given is ''. */
export const companyFacts = (settings: SettingsReader) => {
  const creditCode = settings.get('company.creditCode')
  return {
    address: settings.get('company.address'),
    legalRepresentative: settings.get('company.legalRepresentative'),
    creditCode,
    taxNo: settings.get('company.taxNo') || creditCode,
    bank: settings.get('company.bank'),
    bankAccount: settings.get('company.bankAccount'),
  }
}
