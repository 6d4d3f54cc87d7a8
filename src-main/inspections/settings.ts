/** Settings of safety inspections and hazards. */
import { z } from 'zod'
import { isMonthDay, longestHalfYear, longestQuarter } from '../platform/dates.ts'
import { ownItemsSchema } from '../platform/own-items.ts'
import type { Settings } from '../platform/setting-entry.ts'

/** Days below which no two inspections are two of a year: about once a half-year, about once a quarter (clause 10(6)). */
const leastGapFloor = { resident: 30, nonResident: 15 } as const

export const settings = {
  'inspections.residentPerYear': {
    safety: true,
    label: '居民每年安检次数（第十条不少于 2 次）',
    unit: '次',
    schema: z.int().min(2).max(12),
    default: 2,
  },
  'inspections.nonResidentPerQuarter': {
    safety: true,
    label: '非居民每季度安检次数（第十条不少于 1 次）',
    unit: '次',
    schema: z.int().min(1).max(12),
    default: 1,
  },
  'inspections.residentGapDays': {
    safety: true,
    label: '居民一年中的两次安检至少相隔（示例；隔得近的不算两次）',
    unit: '天',
    schema: z.int().min(leastGapFloor.resident).max(180),
    default: 60,
  },
  'inspections.nonResidentGapDays': {
    safety: true,
    label: '非居民各季度的安检至少相隔（示例；隔得近的不算两次）',
    unit: '天',
    schema: z.int().min(leastGapFloor.nonResident).max(90),
    default: 30,
  },
  'inspections.proofShare': {
    safety: true,
    label: '入户检查抽查凭证的比例（示例；抽中的须附现场照片或签字的检查表）',
    unit: '%',
    schema: z.int().min(1).max(100),
    default: 5,
  },
  'inspections.mostPerDay': {
    safety: true,
    label: '一名安检员一天入户超过多少户列给主任核查（示例）',
    unit: '户',
    schema: z.int().min(5).max(200),
    default: 40,
  },
  'inspections.arrangeDays': {
    safety: true,
    label: '安检另约上门最多约到多少天以后（示例；非居民不超过一季的 92 天，第十条）',
    unit: '天',
    schema: z.int().min(1).max(longestHalfYear),
    default: longestQuarter,
  },
  'inspections.requestDays': {
    safety: true,
    label: '临时安检最多约到多少天以后（示例）',
    unit: '天',
    schema: z.int().min(1).max(longestHalfYear),
    default: 60,
  },
  'inspections.ownItems': {
    safety: true,
    label: '入户安检：本公司增加的项目（规定的项目照旧，这里只增加；用分号隔开；已派出的任务单不变）',
    schema: ownItemsSchema,
    default: '',
  },
  'inspections.planDay': {
    label: '每年几月几日自动生成下一年的安检计划（月-日，10 月以后）',
    schema: z.string().refine((day) => isMonthDay(day) && day >= '10-01', '应写成 12-01 的样子，从 10-01 到 12-31'),
    default: '12-01',
  },
  'inspections.replanDays': {
    label: '到访不遇后再次上门（示例）',
    unit: '天内',
    schema: z.int().min(1).max(60),
    default: 7,
  },
  'inspections.lateEntryDays': {
    safety: true,
    label: '安检结果最多补录多少天之前的上门（示例）',
    unit: '天',
    schema: z.int().min(1).max(366),
    default: 92,
  },
  'inspections.mendDays': {
    safety: true,
    label: '隐患整改期限（示例，录入时可改）',
    unit: '天',
    schema: z.int().min(1).max(180),
    default: 15,
  },
  'inspections.maxDaysGeneral': {
    safety: true,
    label: '一般隐患整改期限最长（示例）',
    unit: '天',
    schema: z.int().min(1).max(180),
    default: 60,
  },
  'inspections.maxDaysSerious': {
    safety: true,
    label: '较大隐患整改期限最长（示例）',
    unit: '天',
    schema: z.int().min(1).max(90),
    default: 30,
  },
  'inspections.maxDaysCritical': {
    safety: true,
    label: '重大隐患整改期限最长（示例）',
    unit: '天',
    schema: z.int().min(1).max(60),
    default: 15,
  },
} as const satisfies Settings
