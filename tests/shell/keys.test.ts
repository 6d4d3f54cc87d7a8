import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  comboOf,
  globalKeys,
  isCombo,
  labelOf,
  groupKeys,
  roomKeys,
  screenKeys,
  screenOf,
  showCombo,
  type Combo,
} from '../../src-renderer/shell/keys.ts'

const pressed = (key: string, more: Partial<Parameters<typeof comboOf>[0]> = {}) =>
  comboOf({ key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more })

describe('the one map of keys', () => {
  const everyKey = [globalKeys, ...Object.values(screenKeys)].flatMap((keys) => Object.entries(keys))

  test('holds only combos that type no character', () => {
    for (const [combo, label] of everyKey) {
      expect(isCombo(combo), `${combo} ${label}`).toBe(true)
      expect(label).toMatch(/\p{Script=Han}/u)
    }
  })

  test('gives no screen a key that means something else on every screen', () => {
    const shared = new Set(['Escape'])
    for (const [screen, keys] of Object.entries(screenKeys))
      for (const combo of Object.keys(keys).filter((key) => !shared.has(key)))
        expect(Object.keys(globalKeys), `${screen} ${combo}`).not.toContain(combo)
  })

  test('keeps Alt+1 … Alt+5 for the groups of the rail', () => {
    expect(Object.values(groupKeys)).toEqual(['Alt+1', 'Alt+2', 'Alt+3', 'Alt+4', 'Alt+5'])
    for (const [combo] of [...everyKey, ...Object.values(roomKeys).map((key) => [key])])
      expect(combo).not.toMatch(/^Alt\+[1-9]$/)
  })

  test.each(['K', '5', 'Enter', 'Up', 'Shift+K', 'Ctrl+', 'F13', 'Space', ''])('refuses %j as an action', (text) => {
    expect(isCombo(text)).toBe(false)
  })

  test('collection has the keys of the counter', () => {
    expect(['F5', 'F6', 'F7', 'F8', 'F9', 'F12'].map((key) => labelOf(key as Combo, 'collection'))).toEqual([
      '现金',
      '微信',
      '支付宝',
      '刷卡',
      '用预存抵扣',
      '确认收款并打印收据',
    ])
  })
})

describe('what a press means', () => {
  test('no character, digit or Enter alone is ever an action', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), fc.boolean(), (key, shiftKey) => {
        expect(pressed(key, { shiftKey })).toBeNull()
      }),
    )
    for (const letter of 'ABCXYZ') expect(pressed(letter.toLowerCase(), { code: `Key${letter}` })).toBeNull()
    expect(pressed('7', { code: 'Numpad7' })).toBeNull()
    expect(pressed('Enter')).toBeNull()
    expect(pressed('ArrowDown')).toBeNull()
  })

  test('Ctrl+K is Ctrl+K also while an input method shows its own key', () => {
    expect(pressed('Process', { code: 'KeyK', ctrlKey: true })).toBe('Ctrl+K')
    expect(pressed('k', { code: 'KeyK', ctrlKey: true })).toBe('Ctrl+K')
  })

  test('function keys, digits of the number pad and named keys', () => {
    expect(pressed('F12')).toBe('F12')
    expect(pressed('F5', { shiftKey: true })).toBe('Shift+F5')
    expect(pressed('1', { code: 'Numpad1', altKey: true })).toBe('Alt+1')
    expect(pressed('ArrowLeft', { altKey: true })).toBe('Alt+Left')
    expect(pressed('PageDown')).toBe('PageDown')
  })

  test('AltGr letters of other layouts (Ctrl+Alt) and the Windows key are left alone', () => {
    expect(pressed('q', { code: 'KeyQ', ctrlKey: true, altKey: true })).toBeNull()
    expect(pressed('k', { code: 'KeyK', ctrlKey: true, metaKey: true })).toBeNull()
  })
})

test('a combo is shown as it stands on the keyboard', () => {
  expect(showCombo('Alt+Left')).toBe('Alt+←')
  expect(showCombo('Escape')).toBe('Esc')
  expect(showCombo('Ctrl+Shift+P')).toBe('Ctrl+Shift+P')
})

test('the screen of a path is its first part', () => {
  expect(screenOf('/collection/0190')).toBe('collection')
  expect(screenOf('/customers?tab=bills')).toBe('customers')
  expect(screenOf('/')).toBe('home')
})

test('an act that cannot be taken back is asked by another key than the one that answers', () => {
  const renderer = new URL('../../src-renderer', import.meta.url).pathname
  // 欠费催缴: Ctrl+Enter is for one debtor, and the question belongs to the batch beside it, by F12.
  const asking = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.vue') && !path.endsWith('ArrearsPage.vue'))
    .map((path) => [path, readFileSync(join(renderer, path), 'utf8')] as const)
    .filter(([, text]) => text.includes('askFinal('))
  expect(asking.length).toBeGreaterThan(12)
  expect(asking.filter(([, text]) => text.includes('keys="Ctrl+Enter"')).map(([path]) => path)).toEqual([])
})
