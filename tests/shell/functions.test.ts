import { expect, test, vi } from 'vitest'
import { roles } from '../../src-main/platform/contract.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { functionsFor, pathOf } = await import('../../src-renderer/shell/functions.ts')
const { railFor, roomRoutes } = await import('../../src-renderer/shell/routes.ts')
const { roomKeys } = await import('../../src-renderer/shell/keys.ts')

test.each(roles)('%s finds every room of the rail, each once, and those that are keyed say their key', (role) => {
  const found = functionsFor([role])
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
  for (const { path, key } of railFor(roomRoutes, [role])) {
    const one = found.find((candidate) => pathOf(candidate, null) === path)
    expect(one?.key, path).toBe(key)
  }
  for (const run of ['switch-user', 'lock'])
    expect(found.find((one) => 'run' in one && one.run === run)?.key).toBeDefined()
  expect(found.find(({ id }) => id === '/password')?.key).toBeDefined()
})

test('nobody finds what they may not open', () => {
  const found = functionsFor(['cashier']).map(({ id }) => id)
  expect(found).toContain('/collection')
  expect(found).not.toContain('/settings')
})

test('the functions of the open account stand first and lead to it', () => {
  const transfer = functionsFor(['clerk'], true).find(({ title }) => title === '过户')
  expect(transfer && pathOf(transfer, '0190')).toBe('/supply/account/0190?begin=transfer')
  expect(functionsFor(['clerk']).some(({ title }) => title === '过户')).toBe(false)
})

test('every key of a room belongs to a page that exists, and no two pages share one', () => {
  const paths = roomRoutes.map(({ path }) => path)
  for (const path of Object.keys(roomKeys)) expect(paths).toContain(path)
  const keys = roomRoutes.flatMap(({ key }) => key ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})
