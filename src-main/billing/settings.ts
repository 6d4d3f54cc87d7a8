/** Settings of billing and late fees. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'billing.priceChange': {
    label: '周期内调价',
    choices: { readingDate: '按抄表日适用新价', splitByDays: '按跨期天数分摊' },
    schema: z.enum(['readingDate', 'splitByDays']),
    default: 'readingDate',
  },
  'billing.dueDays': {
    label: '缴费期限（出账后）',
    unit: '天',
    schema: z.int().min(0).max(180),
    default: 30,
  },
  'billing.payFromPrepayment': {
    label: '出账时用预存抵扣账单',
    schema: z.boolean(),
    default: true,
  },
  'lateFee.ratePpmPerDay': {
    label: '违约金日费率（示例）',
    unit: '百万分之一/日',
    schema: z.int().min(0).max(10_000),
    default: 3_000,
  },
  'lateFee.graceDays': {
    label: '违约金宽限（示例）',
    unit: '天',
    schema: z.int().min(0).max(180),
    default: 0,
  },
  'lateFee.capPpm': {
    label: '违约金上限（占本金，示例）',
    unit: '百万分之一',
    schema: z.int().min(0).max(10_000_000),
    default: 1_000_000,
  },
} as const satisfies Settings
