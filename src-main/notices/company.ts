/** Who the company is, as its papers say, and which papers may not go out before that is known. Nothing invented is printed. */
import type { Context } from '../platform/context.ts'
import { domainError } from '../platform/errors.ts'
import type { PaperKind } from './api.ts'
import type { Letterhead } from './render.ts'

/** A paper that would be empty or untrue: the words say what is missing and where it is filled in. */
export const PaperRefused = domainError('PaperRefused', '这张单据还不能打印')

const needs = {
  'company.servicePhone': '24 小时服务电话',
  'company.emergencyPhone': '24 小时抢险电话',
  'contracts.companyAddress': '公司住所',
  'contracts.companyRepresentative': '法定代表人',
  'contracts.companyBank': '开户银行',
  'contracts.companyBankAccount': '银行账号',
} as const
type Need = keyof typeof needs

const phones: readonly Need[] = ['company.servicePhone', 'company.emergencyPhone']
const company: readonly Need[] = [
  'contracts.companyAddress',
  'contracts.companyRepresentative',
  'contracts.companyBank',
  'contracts.companyBankAccount',
]

/** What stays in the house needs no phone. */
const inHouse: readonly PaperKind[] = [
  'day-report',
  'deposit-slip',
  'scorecard',
  'complaint-month',
  'import-report',
  'campaign-record',
  'drill-record',
  'report',
]
const contractPapers: readonly PaperKind[] = ['supply-contract', 'safety-contract']
/** Papers a customer pays by, or keeps as a document: address, tax number and bank stand on them where they are known. */
const withDetails: readonly PaperKind[] = [
  'bill',
  'receipt',
  'reversal',
  'dunning',
  'arrears-suspension',
  'settlement',
  'transfer',
  'closing',
]

export function needsOf(kind: PaperKind): readonly Need[] {
  if (inHouse.includes(kind)) return []
  return contractPapers.includes(kind) ? [...phones, ...company] : phones
}

/** @throws PaperRefused naming every setting that is missing */
export function requireCompany({ settings }: Context, kind: PaperKind): void {
  const missing = needsOf(kind).filter((key) => settings.get(key).trim() === '')
  if (missing.length === 0) return
  throw new PaperRefused(
    `还没有设置${missing.map((key) => `「${needs[key]}」`).join('')}，请管理员在「系统设置」填写后再打印`,
    { details: { settings: missing } },
  )
}

export function letterheadOf({ settings, device }: Context, kind: PaperKind): Letterhead {
  const details = [
    ['地址', settings.get('contracts.companyAddress')],
    ['开户行', settings.get('contracts.companyBank')],
    ['账号', settings.get('contracts.companyBankAccount')],
  ]
  return {
    company: device.companyName,
    hall: device.hallName,
    servicePhone: settings.get('company.servicePhone'),
    emergencyPhone: settings.get('company.emergencyPhone'),
    details: withDetails.includes(kind)
      ? details.flatMap(([label, value]) => (value === '' ? [] : [`${label} ${value}`])).join('　')
      : '',
  }
}
