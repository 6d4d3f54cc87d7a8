/** Settings of staff. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'staff.examsPerYear': {
    label: '每人每年考核次数（第十二条定期考核）',
    unit: '次',
    schema: z.int().min(1).max(12),
    default: 1,
  },
  'staff.examProvesDays': {
    safety: true,
    label: '上岗考核及格后几天内可据以发证（示例）',
    unit: '天',
    schema: z.int().min(1).max(1_095),
    default: 365,
  },
} as const satisfies Settings
