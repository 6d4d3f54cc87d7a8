/** Settings of the registers. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

/** @clause 22(3) */
const minutes = (what: string, standard: number) =>
  ({
    safety: true,
    label: `${what}：从第一个键到出单不超过（示例，第二十二条）`,
    unit: '分钟',
    schema: z.int().min(1).max(120),
    default: standard,
  }) as const

export const settings = {
  'registers.minutes.payment': minutes('收费', 3),
  'registers.minutes.opening': minutes('报装受理', 20),
  'registers.minutes.account': minutes('停用、过户、换表等受理', 10),
  'registers.minutes.order': minutes('报修、咨询受理', 5),
  'registers.minutes.complaint': minutes('投诉受理', 10),
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
