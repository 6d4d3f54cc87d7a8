/** How the value of a setting is typed and explained. */
import { isRate, millionthsPerPercent, money, percentOf, type SettingView } from '../../src-main/settings/api.ts'

/** The nearest kept value of a typed percentage. */
export const fromPercent = (percent: number): number => Math.round(percent * millionthsPerPercent)

/** The bounds a number must keep: '1–120', '0–1%'. */
export function boundsHint({ kind, min, max, unit }: SettingView): string {
  if (kind !== 'integer' || min === null || max === null || unit === money) return ''
  return isRate({ unit }) ? `${percentOf(min)}–${percentOf(max)}` : `${min}–${max}`
}
