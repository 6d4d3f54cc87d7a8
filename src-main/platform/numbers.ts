/** Numbers people read aloud: 户号, 合同号, 收据号 … Taken and used in one transaction, so a serial is never skipped. */
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
  import: 'DR',
  campaign: 'XC',
  drill: 'YL',
  report: 'BB',
} as const
export type NumberKind = keyof typeof numberPrefixes

const serialWidth = 7

/** The next serial of this PC for a scope, from 1. Must run inside the transaction that uses it. */
export function nextSerial({ sqlite }: Context, scope: string): number {
  const row = statement<{ next: number }>(
    sqlite,
    `INSERT INTO serials (scope, next) VALUES (?, 2)
     ON CONFLICT (scope) DO UPDATE SET next = next + 1 RETURNING next`,
  ).get(scope) as { next: number }
  return row.next - 1
}

export function nextNumber(context: Context, kind: NumberKind): string {
  const { hallCode, pcCode } = context.device
  return composeNumber({
    prefix: numberPrefixes[kind],
    hall: hallCode,
    pc: pcCode,
    serial: nextSerial(context, kind),
    width: serialWidth,
  })
}
