/** Settings of the registers. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'registers.mendDays': {
    safety: true,
    label: '台账发现的问题最长整改天数（示例）',
    unit: '天',
    schema: z.int().min(1).max(365),
    default: 60,
  },
  'registers.worsePoints': {
    label: '安检、投诉指标一季度下降超过多少个百分点须有改进措施（示例）',
    unit: '个百分点',
    schema: z.int().min(0).max(20),
    default: 5,
  },
  'registers.endsSoonDays': {
    label: '台账中的期限提前几天提醒（示例）',
    unit: '天',
    schema: z.int().min(1).max(90),
    default: 15,
  },
} as const satisfies Settings
