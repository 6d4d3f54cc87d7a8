/** Settings of backups. */
import { z } from 'zod'
import { time, type Settings } from '../platform/setting-entry.ts'

export const settings = {
  'backup.time': { label: '每日备份时间', schema: time, default: '12:30' },
  'backup.keepDaily': {
    label: '保留最近每日备份',
    unit: '份',
    schema: z.int().min(3).max(365),
    default: 30,
  },
  'backup.keepMonthly': {
    label: '保留每月备份',
    unit: '份',
    schema: z.int().min(1).max(120),
    default: 24,
  },
} as const satisfies Settings
