/** Settings of the PCs of a hall. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'tills.tellWithdrawnDays': {
    label: '分机停用后，主机继续告知它已停用',
    unit: '天',
    schema: z.int().min(0).max(365),
    default: 30,
  },
} as const satisfies Settings
