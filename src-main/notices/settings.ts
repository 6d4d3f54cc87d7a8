/** Settings of papers and printing. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

/** Paper sizes as the stationer calls them. */
const paperNames = {
  A4: 'A4 纸',
  A5: 'A5 纸',
  '241-half': '241 毫米连续纸（二等分）',
  '241-third': '241 毫米连续纸（三等分）',
}

export const settings = {
  'paper.receipt': {
    label: '收据纸张',
    choices: paperNames,
    schema: z.enum(['A5', '241-half', '241-third']),
    default: '241-half',
  },
  'paper.bill': {
    label: '账单通知单纸张',
    choices: paperNames,
    schema: z.enum(['A4', 'A5', '241-half']),
    default: 'A5',
  },
  'paper.doorNotice': {
    label: '楼栋停气通知纸张',
    choices: { A4: 'A4 纸', A3: 'A3 纸' },
    schema: z.enum(['A4', 'A3']),
    default: 'A4',
  },
  'paper.depositSlip': {
    label: '缴款单纸张',
    choices: paperNames,
    schema: z.enum(['A4', 'A5', '241-half']),
    default: 'A5',
  },
} as const satisfies Settings
