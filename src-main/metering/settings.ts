/** Settings of meter reading. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'metering.maxEstimates': {
    label: '连续估抄最多',
    unit: '次',
    schema: z.int().min(1).max(12),
    default: 2,
  },
  'metering.periodDays': {
    label: '抄表周期最长（跨期合并计费按此判断）',
    unit: '天',
    schema: z.int().min(28).max(190),
    default: 62,
  },
  'metering.zeroReadings': {
    label: '用气异常：连续零用气（示例）',
    unit: '次',
    schema: z.int().min(1).max(12),
    default: 3,
  },
  'metering.fallPercent': {
    label: '用气异常：低于上年同期的（示例）',
    unit: '%',
    schema: z.int().min(1).max(90),
    default: 30,
  },
  'metering.tooHighPercent': {
    label: '用气量异常偏高（占近三次日均）',
    unit: '%',
    schema: z.int().min(110).max(2_000),
    default: 300,
  },
} as const satisfies Settings
