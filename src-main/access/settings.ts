/** Settings of login and passwords. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

export const settings = {
  'access.lockMinutes': {
    label: '无操作自动锁屏',
    unit: '分钟',
    schema: z.int().min(1).max(120),
    default: 10,
  },
  'access.maxFailures': {
    label: '密码连续输错锁定次数',
    unit: '次',
    schema: z.int().min(3).max(20),
    default: 5,
  },
  'access.lockOutMinutes': {
    label: '输错锁定时长',
    unit: '分钟',
    schema: z.int().min(1).max(1440),
    default: 15,
  },
  'access.askedMinutes': {
    label: '请其他电脑上的人批准，等待多久（示例）',
    unit: '分钟',
    schema: z.int().min(1).max(30),
    default: 5,
  },
  'access.passwordDays': {
    label: '提醒更换密码（0 为不提醒）',
    unit: '天',
    schema: z.int().min(0).max(365),
    default: 30,
  },
} as const satisfies Settings
