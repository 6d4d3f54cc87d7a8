/** Settings of customer files. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'customers.classPaperDays': {
    safety: true,
    label: '用气性质变更的依据材料最多归档多少天（示例）',
    unit: '天',
    schema: z.int().min(1).max(180),
    default: 30,
  },
  'customers.areaCode': {
    label: '本地固定电话区号（导入的号码没有区号时补上，空为不补）',
    schema: z.string().regex(/^(?:0\d{2,3})?$/, '区号应写成 0532 的样子'),
    default: '',
  },
} as const satisfies Settings
