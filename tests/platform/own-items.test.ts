/** Items a company adds to a list: read from the setting, known by their own words. */
import { expect, test } from 'vitest'
import { ownItemPattern, ownItemsFor, ownItemText, readOwnItems } from '../../src-main/platform/own-items.ts'

test('reads items with whom they are for, and knows each for ever by its words', () => {
  const text = '灶具旁没有易燃物；居民：软管卡箍齐全\n非居民：值班表上墙可查'
  expect(ownItemsFor(text, true).map(({ text: words }) => words)).toEqual(['灶具旁没有易燃物', '软管卡箍齐全'])
  expect(ownItemsFor(text, false).map(({ text: words }) => words)).toEqual(['灶具旁没有易燃物', '值班表上墙可查'])
  for (const { item, text: words } of readOwnItems(text) ?? []) {
    expect(ownItemText(item)).toBe(words)
    expect(item).toMatch(ownItemPattern)
  }
  expect(ownItemText('leak')).toBeNull()
  expect(readOwnItems('')).toEqual([])
})

test.each([
  '短',
  '灶具旁没有易燃物；灶具旁没有易燃物',
  `${'长'.repeat(61)}`,
  Array.from({ length: 13 }, (_, i) => `第 ${i} 个项目`).join('；'),
])('refuses what is no list: %s', (text) => expect(readOwnItems(text)).toBeNull())
