/** What the papers say of the company, and the phones of the hall. */
import { z } from 'zod'
import { creditCodeProblem } from './identity.ts'
import type { Settings } from './setting-entry.ts'

/** A company's number as it stands on papers: 95 and 96 short numbers, landlines, 400 numbers. Empty until the company gave it. */
const phone = z.union([
  z.literal(''),
  z
    .string()
    .regex(/^\d[\d-]{3,18}\d$/, '应为 5 至 20 位数字，可以带短横')
    .refine((text) => new Set(text.replaceAll('-', '')).size > 1, '应为真实的电话号码'),
])
const creditCode = z.string().superRefine((code, refused) => {
  const problem = code === '' ? null : creditCodeProblem(code)
  if (problem !== null) refused.addIssue({ code: 'custom', message: problem })
})

export const settings = {
  'company.address': { label: '公司住所', schema: z.string().max(80), default: '' },
  'company.legalRepresentative': { label: '法定代表人', schema: z.string().max(30), default: '' },
  'company.creditCode': { label: '统一社会信用代码', schema: creditCode, default: '' },
  'company.taxNo': {
    label: '纳税人识别号（空为与统一社会信用代码相同）',
    schema: z.union([z.literal(''), z.string().regex(/^[0-9A-Z]{15,20}$/, '应为 15 至 20 位数字和大写字母')]),
    default: '',
  },
  'company.bank': { label: '开户银行', schema: z.string().max(60), default: '' },
  'company.bankAccount': {
    label: '银行账号',
    schema: z.union([z.literal(''), z.string().regex(/^\d[\d -]{6,38}\d$/, '应为 8 至 40 位数字')]),
    default: '',
  },
  'company.servicePhone': { safety: true, label: '24 小时服务电话', schema: phone, default: '' },
  'company.emergencyPhone': { safety: true, label: '24 小时抢险电话', schema: phone, default: '' },
  'company.complaintPhone': {
    label: '投诉电话（空为与服务电话相同）',
    schema: phone,
    default: '',
  },
} as const satisfies Settings
