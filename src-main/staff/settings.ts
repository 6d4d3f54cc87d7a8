/** Settings of staff. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

/** @clause 11 */
const examBefore = (post: string) =>
  ({
    safety: true,
    label: `${post}须上岗考核及格才开始工作（第十一条；没有及格记录的岗位停用）`,
    schema: z.boolean(),
    default: false,
  }) as const

export const settings = {
  'staff.examBefore.clerk': examBefore('柜员'),
  'staff.examBefore.cashier': examBefore('收费员'),
  'staff.examBefore.dispatcher': examBefore('客服调度'),
  'staff.deputyDays': {
    safety: true,
    label: '代理主任一次最多指派（示例）',
    unit: '天',
    schema: z.int().min(1).max(184),
    default: 31,
  },
  'staff.examsPerYear': {
    label: '每人每年考核次数（第十二条定期考核）',
    unit: '次',
    schema: z.int().min(1).max(12),
    default: 1,
  },
  'staff.examWarningDays': {
    label: '考核到期前几天提醒（示例）',
    unit: '天',
    schema: z.int().min(1).max(365),
    default: 30,
  },
  'staff.certificateFirstWarningDays': {
    label: '上岗证到期前几天第一次提醒（示例）',
    unit: '天',
    schema: z.int().min(1).max(365),
    default: 60,
  },
  'staff.certificateLastWarningDays': {
    label: '上岗证到期前几天再次提醒（示例）',
    unit: '天',
    schema: z.int().min(1).max(365),
    default: 30,
  },
  'staff.examProvesDays': {
    safety: true,
    label: '上岗考核及格后几天内可据以发证（示例）',
    unit: '天',
    schema: z.int().min(1).max(1_095),
    default: 365,
  },
} as const satisfies Settings
