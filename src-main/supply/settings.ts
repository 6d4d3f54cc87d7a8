/** Settings of interruptions, arrears and resumption. */
import { z } from 'zod'
import { time, type Settings } from '../platform/setting-entry.ts'

/** No gas for residents from 22:00 to 06:00 at the least: the quiet hours may begin earlier and end later. */
const noLaterThan = (latest: string) =>
  time.refine((text) => text >= '12:00' && text <= latest, `应在 12:00 至 ${latest} 之间`)
const noEarlierThan = (earliest: string) =>
  time.refine((text) => text >= earliest && text <= '12:00', `应在 ${earliest} 至 12:00 之间`)

export const settings = {
  'supply.noticeHours': {
    safety: true,
    label: '计划停气提前通知（各地公开承诺最短 24 小时）',
    unit: '小时',
    schema: z.int().min(24).max(720),
    default: 48,
  },
  'supply.resumeHours': {
    safety: true,
    label: '停气结束、欠费缴清后恢复供气时限',
    unit: '小时',
    schema: z.int().min(1).max(24),
    default: 24,
  },
  'supply.dunningDays': {
    safety: true,
    label: '催缴后多少天仍不缴可以停气（示例）',
    unit: '天',
    schema: z.int().min(1).max(365),
    default: 30,
  },
  'supply.arrearsNoticeDays': {
    safety: true,
    label: '欠费停气提前书面通知（示例）',
    unit: '天',
    schema: z.int().min(1).max(90),
    default: 3,
  },
  'supply.quietFrom': {
    safety: true,
    label: '居民不通气、不恢复供气时段自',
    schema: noLaterThan('22:00'),
    default: '22:00',
  },
  'supply.quietTo': {
    safety: true,
    label: '居民不通气、不恢复供气时段至',
    schema: noEarlierThan('06:00'),
    default: '06:00',
  },
  'supply.resumeCertificates': {
    safety: true,
    label: '恢复供气的试验人须持（第十条第八款；抢修队可凭抢修证恢复的选后一项）',
    choices: { maintenance: '维修证', 'maintenance-emergency': '维修证或抢修证' },
    schema: z.enum(['maintenance', 'maintenance-emergency']),
    default: 'maintenance',
  },
  'supply.transferTier': {
    label: '过户后本周期阶梯用气量（示例）',
    choices: { fresh: '新户主从零起算', carry: '原户主的累计延续' },
    schema: z.enum(['fresh', 'carry']),
    default: 'fresh',
  },
} as const satisfies Settings
