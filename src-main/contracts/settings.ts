/** Settings of contracts. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'contracts.gasKind': { label: '燃气种类', schema: z.string().min(1).max(20), default: '天然气' },
  'contracts.pressurePa': {
    label: '合同约定最低供气压力（示例）',
    unit: '帕',
    schema: z.int().min(100).max(4_000_000),
    default: 2_000,
  },
  'contracts.termYears': {
    label: '合同有效期（示例）',
    unit: '年',
    schema: z.int().min(1).max(30),
    default: 5,
  },
  'contracts.renewDays': {
    label: '合同到期前列入续签名单（示例）',
    unit: '天',
    schema: z.int().min(1).max(365),
    default: 60,
  },
  'contracts.dispute': {
    label: '争议解决方式',
    schema: z.string().min(2).max(80),
    default: '任何一方可以向用气地址所在地人民法院提起诉讼',
  },
} as const satisfies Settings
