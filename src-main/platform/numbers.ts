/**
 * Numbers people read aloud: 户号, 合同号, 收据号 … Taken and used in one transaction, so a serial is never skipped, but
 * where a gap would tell something (`sparse`).
 */
import { randomInt } from 'node:crypto'
import { composeNumber } from './check-digit.ts'
import type { Context } from './context.ts'
import { statement } from './database.ts'

/** Letters before each kind of number; 户号 has none because customers type it. */
export const numberPrefixes = {
  account: '',
  application: 'BZ',
  'supply-contract': 'GY',
  'safety-contract': 'AQ',
  bill: 'ZD',
  charge: 'SF',
  adjustment: 'TB',
  receipt: 'SJ',
  reversal: 'CZ',
  'deposit-slip': 'JK',
  'day-close': 'RJ',
  notice: 'TZ',
  workorder: 'GD',
  scorecard: 'KH',
  complaint: 'TS',
  'inspection-round': 'AR',
  inspection: 'AJ',
  hazard: 'YH',
  rectification: 'ZG',
  interruption: 'TQ',
  resumption: 'HF',
  dunning: 'CJ',
  deactivation: 'TY',
  reactivation: 'FY',
  dismantling: 'CC',
  transfer: 'GH',
  exchange: 'HB',
  closing: 'XH',
  addition: 'JB',
  detachment: 'CB',
  import: 'DR',
  campaign: 'XC',
  drill: 'YL',
  report: 'BB',
  register: 'TZ',
} as const
/** What stands beside such a number on a list; kinds that no paper bears have none. */
export const numberNames = {
  account: '户号',
  application: '报装号',
  'supply-contract': '供用气合同号',
  'safety-contract': '安全用气合同号',
  bill: '账单号',
  charge: '收费单号',
  receipt: '收据号',
  'deposit-slip': '缴款单号',
  'day-close': '日结单号',
  notice: '通知单号',
  workorder: '工单号',
  scorecard: '考核表号',
  complaint: '投诉号',
  'inspection-round': '入户安检安排号',
  inspection: '安检单号',
  hazard: '隐患号',
  rectification: '整改通知书号',
  interruption: '停气号',
  resumption: '恢复供气单号',
  dunning: '催缴单号',
  deactivation: '停用单号',
  reactivation: '复用单号',
  dismantling: '拆除单号',
  transfer: '过户单号',
  exchange: '换表单号',
  closing: '销户单号',
  addition: '加表单号',
  detachment: '拆表单号',
  import: '导入号',
  campaign: '宣传活动号',
  drill: '演练号',
  report: '报表号',
  register: '台账号',
  reversal: '冲正凭证号',
  adjustment: '退补单号',
} as const satisfies Record<NumberKind, string>
export type NumberKind = keyof typeof numberPrefixes
export const numberKinds = Object.keys(numberPrefixes) as readonly NumberKind[]

/** Digits of a serial. */
export const serialWidth = 7

/** Where the serials of a till are counted: each till has series of its own, so that no two windows number alike. */
const scopeOf = (context: Context, kind: NumberKind): string =>
  context.till === context.device.pcCode ? kind : `${kind}/${context.till}`

/** The next serial of a scope, from 1. Must run inside the transaction that uses it. */
export function nextSerial({ sqlite }: Context, scope: string): number {
  const row = statement<{ next: number }>(
    sqlite,
    `INSERT INTO serials (scope, next) VALUES (?, 2)
     ON CONFLICT (scope) DO UPDATE SET next = next + 1 RETURNING next`,
  ).get(scope) as { next: number }
  return row.next - 1
}

/**
 * Kinds whose numbers have gaps of chance: whoever is complained of sees every complaint but that one, and in a row without
 * gaps would read off the number that is missing. How many serials may be left out before each.
 */
const sparse: Readonly<Partial<Record<NumberKind, number>>> = { complaint: 3 }

export function nextNumber(context: Context, kind: NumberKind): string {
  const scope = scopeOf(context, kind)
  for (let left = randomInt((sparse[kind] ?? 0) + 1); left > 0; left--) nextSerial(context, scope)
  return composeNumber({
    prefix: numberPrefixes[kind],
    hall: context.device.hallCode,
    pc: context.till,
    serial: nextSerial(context, scope),
    width: serialWidth,
  })
}

/** Code of the till a number of ours was given at. */
export const tillOfNumber = (kind: NumberKind, number: string): string =>
  number.slice(numberPrefixes[kind].length + 3, numberPrefixes[kind].length + 5)

/** Digits of a number of ours: hall, PC, serial and check digit. */
const numberDigits = 3 + 2 + serialWidth + 1

/** Digits from which on a number without its letters is taken for one of ours. */
const shortestQuoted = 5

/**
 * The numbers somebody may mean who types or scans one: with or without its letters, in groups, without leading zeros, or
 * only the serial of this till with its check digit. Empty when the text is no number.
 */
export function numbersQuoted({ device, till }: Context, kind: NumberKind, text: string): string[] {
  const typed = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
  const digits = typed.replace(numberPrefixes[kind], '')
  if (!/^\d+$/.test(digits)) return []
  const prefix = numberPrefixes[kind]
  // Longer than ours: as another program wrote it, and as it stands on the paper.
  if (digits.length > numberDigits) return [prefix + digits]
  // A few digits alone are rather a room or the tail of something else.
  if (digits === typed && digits.length < shortestQuoted) return []
  const here = device.hallCode + till
  const whole = prefix + digits.padStart(numberDigits, '0')
  return digits.length > serialWidth + 1 ? [whole] : [whole, prefix + here + digits.padStart(serialWidth + 1, '0')]
}
