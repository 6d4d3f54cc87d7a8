/** Settings of installations and first gas. */
import { z } from 'zod'
import { ownItemsSchema } from '../platform/own-items.ts'
import type { Settings } from '../platform/setting-entry.ts'

/** What the company looks at beyond the regulation; the lists themselves stand in `checklists.ts`. */
const own = (label: string) =>
  ({
    safety: true,
    label: `${label}（规定的项目照旧，这里只增加；用分号隔开）`,
    schema: ownItemsSchema,
    default: '',
  }) as const

export const settings = {
  'installations.surveyItems': own('勘查：本公司增加的项目'),
  'installations.acceptanceItems': own('新客户验收：本公司增加的项目'),
  'installations.safetyCheckItems': own('通气、恢复供气前安全检查：本公司增加的项目'),
  'installations.tightnessPa': {
    safety: true,
    label: '严密性试验最低压力（不低于 CJJ 94 的 5 kPa）',
    unit: '帕',
    schema: z.int().min(5_000).max(4_000_000),
    default: 5_000,
  },
  'installations.tightnessMinutesResident': {
    safety: true,
    label: '居民严密性试验最短稳压时间（不少于 CJJ 94 的 15 分钟）',
    unit: '分钟',
    schema: z.int().min(15).max(1440),
    default: 15,
  },
  'installations.tightnessMinutesOther': {
    safety: true,
    label: '非居民严密性试验最短稳压时间（不少于 CJJ 94 的 30 分钟）',
    unit: '分钟',
    schema: z.int().min(30).max(1440),
    default: 30,
  },
  'installations.tightnessDropPa': {
    safety: true,
    label: '严密性试验允许压降（示例）',
    unit: '帕',
    schema: z.int().min(0).max(10_000),
    default: 0,
  },
  'installations.testDays': {
    safety: true,
    label: '严密性试验、安全检查之后最多隔几天通气（0 为当日，示例）',
    unit: '天',
    schema: z.int().min(0).max(7),
    default: 0,
  },
} as const satisfies Settings
