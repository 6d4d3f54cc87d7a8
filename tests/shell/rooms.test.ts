import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { roles } from '../../src-main/platform/contract.ts'
import { globalKeys, isCombo } from '../../src-renderer/shell/keys.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { mayOpen, railFor, roomRoutes } = await import('../../src-renderer/shell/routes.ts')
const { maxShown, railGroupsFor, roomOf } = await import('../../src-renderer/shell/rail.ts')

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

  test.each(roles)(
    'shows %s at most twelve entries at once, each room in one group, in words of two characters',
    (role) => {
      const rail = railFor(roomRoutes, [role])
      const groups = railGroupsFor(roomRoutes, [role])
      // The headings of all groups, and the rooms of the one that stands open.
      for (const { title, rooms } of groups) expect(groups.length + rooms.length, title).toBeLessThanOrEqual(maxShown)
      expect(groups.flatMap(({ rooms }) => rooms.map(({ path }) => path)).toSorted()).toEqual(
        rail.map(({ path }) => path).toSorted(),
      )
      expect(groups[0]?.rooms[0]?.path).toBe('/')
      for (const { title, rail: entry } of rail) expect((entry.label ?? title).length).toBe(2)
    },
  )

  test('the room of a page is the longest path that it continues', () => {
    const groups = railGroupsFor(roomRoutes, roles)
    const pathOf = (page: string) => roomOf(groups, page)?.path
    expect(['/', '/customers/0190', '/bills/run', '/supply/awaiting', '/shift'].map(pathOf)).toEqual([
      '/',
      '/customers',
      '/bills',
      '/supply',
      undefined,
    ])
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
