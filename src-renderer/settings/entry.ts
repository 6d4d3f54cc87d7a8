/** How the value of a setting is typed, read and explained. */
import type { SettingView } from '../../src-main/settings/api.ts'

type Value = string | number | boolean

const money = '分'
/** Rates are kept in millionths, so that no fraction holds one; people speak of percent. */
const millionths = /^百万分之一/
const millionthsPerPercent = 10_000

export const isRate = ({ unit }: Pick<SettingView, 'unit'>): boolean => unit !== null && millionths.test(unit)
export const percentOf = (value: number): number => value / millionthsPerPercent
/** The nearest kept value of a typed percentage. */
export const fromPercent = (percent: number): number => Math.round(percent * millionthsPerPercent)

/** The unit as it stands beside the field: '元', '%/日', '分钟'; '' for none. */
export const shownUnit = ({ unit }: Pick<SettingView, 'unit'>): string =>
  unit === money ? '元' : (unit ?? '').replace(millionths, '%')

/** What a person reads: '10 分钟', '0.3%/日', '是', '按抄表日适用新价'. */
export function showValue({ kind, choices, unit }: SettingView, value: Value): string {
  if (kind === 'boolean') return value ? '是' : '否'
  if (kind === 'choice') return choices.find((choice) => choice.value === value)?.label ?? String(value)
  if (value === '') return '（空）'
  if (unit === money && typeof value === 'number') return `${(value / 100).toFixed(2)} 元`
  if (isRate({ unit }) && typeof value === 'number') return `${percentOf(value)}${shownUnit({ unit })}`
  return unit === null ? String(value) : `${value} ${unit}`
}

/** The bounds a number must keep: '1–120', '0–1%'. */
export function boundsHint({ kind, min, max, unit }: SettingView): string {
  if (kind !== 'integer' || min === null || max === null || unit === money) return ''
  return isRate({ unit }) ? `${percentOf(min)}–${percentOf(max)}` : `${min}–${max}`
}
