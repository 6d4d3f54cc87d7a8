/** Settings of reports. */
import { z } from 'zod'
import { dateRefusal } from '../platform/dates.ts'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'reports.since': {
    label: '从哪一天起应上报报表（空为本营业厅启用日）',
    schema: z.union([z.literal(''), z.iso.date({ error: ({ input }) => dateRefusal(input) })]),
    default: '',
  },
  'reports.dueDaysDay': {
    label: '日报应报日（次日起，示例）',
    unit: '天',
    schema: z.int().min(1).max(31),
    default: 1,
  },
  'reports.weekly': {
    label: '周报（总部要求每周上报时选“每周上报”）',
    choices: { free: '自愿上报', required: '每周上报' },
    schema: z.enum(['free', 'required']),
    default: 'free',
  },
  'reports.dueDaysWeek': {
    label: '周报应报日（周日后，示例）',
    unit: '天',
    schema: z.int().min(1).max(6),
    default: 2,
  },
  'reports.dueDaysMonth': {
    label: '月报应报日（月末后，示例）',
    unit: '天',
    schema: z.int().min(1).max(31),
    default: 5,
  },
  'reports.dueDaysQuarter': {
    label: '季报应报日（季末后，示例）',
    unit: '天',
    schema: z.int().min(1).max(90),
    default: 10,
  },
  'reports.dueDaysYear': {
    label: '年报应报日（年末后，示例）',
    unit: '天',
    schema: z.int().min(1).max(180),
    default: 20,
  },
  'reports.zeroMonths': {
    label: '连续几个月零用气算异常（示例）',
    unit: '个月',
    schema: z.int().min(1).max(24),
    default: 3,
  },
  'reports.risePercent': {
    label: '日均达到往常的多少算突然升高（示例）',
    unit: '%',
    schema: z.int().min(110).max(2_000),
    default: 200,
  },
  'reports.fallPercent': {
    label: '日均降到往常的多少算突然降低（示例）',
    unit: '%',
    schema: z.int().min(0).max(90),
    default: 30,
  },
  'reports.leastCubicMetres': {
    label: '用气量与往常都低于此数不算异常（示例）',
    unit: 'm³',
    schema: z.int().min(0).max(1_000),
    default: 10,
  },
} as const satisfies Settings
