/** Settings of emergency drills. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'emergency.drillsPerYear': {
    label: '全年应急演练目标（示例）',
    unit: '次',
    schema: z.int().min(1).max(60),
    default: 2,
  },
} as const satisfies Settings
