/** Settings of complaints. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'complaints.lateReplyHours': {
    safety: true,
    label: '投诉回复补记：早于多少小时须主任批准（示例）',
    unit: '小时',
    schema: z.int().min(1).max(24),
    default: 2,
  },
  'complaints.replyHours': {
    safety: true,
    label: '投诉回复时限（第二十条不超过 48 小时）',
    unit: '小时',
    schema: z.int().min(1).max(48),
    default: 48,
  },
} as const satisfies Settings
