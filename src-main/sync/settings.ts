/** Settings of the upload to headquarters. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

/** Personal data never leaves in clear: https, but for a receiver on this very PC. */
const headquartersAddress = z
  .string()
  .trim()
  .max(300)
  .refine((text) => {
    if (text === '') return true
    const url = URL.parse(text)
    // What a browser forgives (no slashes, a mark within, an empty name before @) is rather a slip than an address; the way
    // to each call is written behind it.
    if (!url || !/^https?:\/\/[^\s@?#\\]+$/i.test(text)) return false
    const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
    return url.protocol === 'https:' || (url.protocol === 'http:' && loopback)
  }, '地址应以 https:// 开头，不带用户名、密码和参数')

/** What a request can carry in its head. */
const token = z
  .string()
  .trim()
  .max(200)
  .regex(/^[\x21-\x7e]*$/, '令牌只由英文字母、数字和符号组成，中间没有空格，请切换到英文输入')

export const settings = {
  'sync.url': {
    label: '总部接收地址',
    schema: headquartersAddress,
    default: '',
  },
  'sync.token': { label: '总部接收令牌', schema: token, default: '' },
  'sync.intervalMinutes': {
    label: '上报间隔',
    unit: '分钟',
    schema: z.int().min(1).max(1440),
    default: 10,
  },
  'sync.atDayClose': { label: '日结后立即上报', schema: z.boolean(), default: true },
  'sync.timeoutSeconds': {
    label: '等待总部应答的最长时间',
    unit: '秒',
    schema: z.int().min(1).max(300),
    default: 20,
  },
  'sync.keepDays': {
    label: '已上报记录在本机保留',
    unit: '天',
    schema: z.int().min(7).max(3650),
    default: 180,
  },
} as const satisfies Settings
