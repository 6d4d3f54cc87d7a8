import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { roles } from '../../src-main/platform/contract.ts'
import { globalKeys, isCombo } from '../../src-renderer/shell/keys.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { mayOpen, railFor, roomRoutes } = await import('../../src-renderer/shell/routes.ts')

const renderer = new URL('../../src-renderer', import.meta.url).pathname
const pages = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue'))

describe('the rooms in the rail', () => {
  test('every page has one path, a Chinese title, and somebody who may open it', () => {
    expect(new Set(roomRoutes.map(({ path }) => path)).size).toBe(roomRoutes.length)
    for (const { path, title, roles: allowed } of roomRoutes) {
      expect(path).toMatch(/^\//)
      expect(title).toMatch(/\p{Script=Han}/u)
      expect(
        roles.some((role) => mayOpen(allowed, [role])),
        path,
      ).toBe(true)
    }
  })

  test.each(roles)('fits the height of a 768 px screen for %s, in words of two characters', (role) => {
    const rail = railFor(roomRoutes, [role])
    // The entries shrink to a twenty-fifth of the height, not further; everybody has at least the page of the day.
    expect(rail.length).toBeLessThanOrEqual(25)
    expect(rail[0]?.path).toBe('/')
    for (const { title, rail: entry } of rail) expect((entry.label ?? title).length).toBe(2)
  })

  test('no page takes a key from the whole program', () => {
    for (const { key, path } of roomRoutes)
      if (key) expect([isCombo(key), key in globalKeys], path).toEqual([true, false])
  })
})

test('no button of any page lies on a key that types a character', () => {
  for (const page of pages) {
    const source = readFileSync(join(renderer, page), 'utf8')
    for (const [, combo = ''] of source.matchAll(/<KeyButton[^>]*?\skeys="([^"]+)"/gs))
      expect(isCombo(combo), `${page}: ${combo}`).toBe(true)
  }
})
