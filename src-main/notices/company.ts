/** Who the company is, as its papers say, and which papers may not go out before that is known. Nothing invented is printed. */
import { companyFacts, companyPhones, phonesForPaper } from '../platform/company.ts'
import type { Context } from '../platform/context.ts'
import { domainError } from '../platform/errors.ts'
import type { PaperKind } from './api.ts'
import type { Letterhead } from './render.ts'

/** A paper that would be empty or untrue: the words say what is missing and where it is filled in. */
export const PaperRefused = domainError('PaperRefused', '这张单据还不能打印')

/** What stays in the house needs no phone for customers. */
const inHouse: readonly PaperKind[] = [
  'day-report',
  'deposit-slip',
  'scorecard',
  'complaint-month',
  'import-report',
  'campaign-record',
  'drill-record',
  'register-entry',
  'flow-chart',
  'report',
]
const contractPapers: readonly PaperKind[] = ['supply-contract', 'safety-contract']
/** Papers a customer pays by, or keeps as a document: address, tax number and bank stand on them where they are known. */
const withDetails: readonly PaperKind[] = [
  'bill',
  'receipt',
  'reversal',
  'adjustment',
  'deposit-slip',
  'dunning',
  'arrears-suspension',
  'settlement',
  'transfer',
  'closing',
  'deactivation',
  'reactivation',
  'dismantling',
  'meter-exchange',
  'meter-addition',
  'meter-detachment',
]
const factNames = {
  address: '公司住所',
  legalRepresentative: '法定代表人',
  bank: '开户银行',
  bankAccount: '银行账号',
} as const

/** @throws PhonesMissing · PaperRefused naming every setting that a contract lacks */
export function requireCompany({ settings }: Context, kind: PaperKind): void {
  if (inHouse.includes(kind)) return
  phonesForPaper(settings)
  if (!contractPapers.includes(kind)) return
  const facts = companyFacts(settings)
  const missing = (Object.keys(factNames) as (keyof typeof factNames)[]).filter((key) => facts[key].trim() === '')
  if (missing.length === 0) return
  throw new PaperRefused(
    `还没有设置${missing.map((key) => `「${factNames[key]}」`).join('')}，请管理员或主任在“设置”的“公司”中填写后再打印`,
  )
}

export function letterheadOf({ settings, device }: Context, kind: PaperKind): Letterhead {
  const phones = companyPhones(settings)
  const { address, taxNo, bank, bankAccount } = companyFacts(settings)
  const details = [
    ['地址', address],
    ['税号', taxNo],
    ['开户行', bank],
    ['账号', bankAccount],
  ]
  return {
    company: device.companyName,
    hall: device.hallName,
    servicePhone: phones.service,
    emergencyPhone: phones.emergency,
    details: withDetails.includes(kind)
      ? details.flatMap(([label, value]) => (value === '' ? [] : [`${label} ${value}`]))
      : [],
  }
}
