/** How the value of a setting is typed, read and explained. */
import type { SettingView } from '../../src-main/settings/api.ts'

type Value = string | number | boolean

/** What a person reads: '10 分钟', '是', '按抄表日适用新价'. */
export function showValue({ kind, choices, unit }: SettingView, value: Value): string {
  if (kind === 'boolean') return value ? '是' : '否'
  if (kind === 'choice') return choices.find((choice) => choice.value === value)?.label ?? String(value)
  if (value === '') return '（空）'
  if (unit === '分' && typeof value === 'number') return `${(value / 100).toFixed(2)} 元`
  return unit === null ? String(value) : `${value} ${unit}`
}

/** A rate in millionths as people speak of it: 3000 → '= 0.3%'; empty for other units. */
export const rateHint = ({ unit }: SettingView, value: unknown): string =>
  unit?.startsWith('百万分之一') && typeof value === 'number' ? `= ${value / 10_000}%` : ''

/** The bounds a number must keep: '1–120'. */
export const boundsHint = ({ kind, min, max, unit }: SettingView): string =>
  kind === 'integer' && min !== null && max !== null && unit !== '分' ? `${min}–${max}` : ''
