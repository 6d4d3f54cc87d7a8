/** Settings of the notice board. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'publicity.slideSeconds': {
    label: '公示屏每页停留',
    unit: '秒',
    schema: z.int().min(5).max(120),
    default: 12,
  },
} as const satisfies Settings
