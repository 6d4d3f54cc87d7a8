import { expect, test } from 'vitest'
import type { SettingView } from '../../src-main/settings/api.ts'
import { catalog } from '../../src-main/platform/settings-catalog.ts'
import { percentOf, shownUnit, showValue } from '../../src-main/settings/api.ts'
import { boundsHint, fromPercent } from '../../src-renderer/settings/entry.ts'

const rate = { kind: 'integer', unit: '百万分之一/日', min: 0, max: 10_000, choices: [] } as unknown as SettingView

test('a rate is typed and read in percent, and kept in millionths', () => {
  expect(showValue(rate, 3_000)).toBe('0.3%/日')
  expect(boundsHint(rate)).toBe('0–1')
  expect(shownUnit(rate)).toBe('%/日')
  for (const kept of [0, 1, 500, 3_000, 9_999, 10_000]) expect(fromPercent(percentOf(kept))).toBe(kept)
})

test('no unit on the page is one that only the program counts in', () => {
  const units = Object.values(catalog as Record<string, { unit?: string }>).map(({ unit }) => unit ?? null)
  const odd = units
    .map((unit) => shownUnit({ unit }))
    .filter((unit) => /百万|[\da-z]{3}|分$/i.test(unit) && unit !== '分钟')
  expect(odd).toEqual([])
})
