/** Set-up does again what changed, and only that. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprint, installedMatches, readStamp, writeStamp } from '../../build/setup/stamps.mjs'

let place = ''
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'stamps-'))
  mkdirSync(join(place, 'src/deep'), { recursive: true })
  writeFileSync(join(place, 'src/a.ts'), 'one')
  writeFileSync(join(place, 'src/deep/b.ts'), 'two')
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

const now = () => fingerprint([join(place, 'src'), join(place, 'absent.json')], place)

describe('the fingerprint of the sources', () => {
  test('stays when a file was only touched', () => {
    const before = now()
    utimesSync(join(place, 'src/a.ts'), 1, 1)
    expect(now()).toBe(before)
  })

  test.each<[string, () => void]>([
    ['a file was altered', () => writeFileSync(join(place, 'src/deep/b.ts'), 'twó')],
    ['a file was added', () => writeFileSync(join(place, 'src/deep/c.ts'), '')],
    ['a file was removed', () => rmSync(join(place, 'src/a.ts'))],
    ['a file was renamed', () => renameSync(join(place, 'src/a.ts'), join(place, 'src/z.ts'))],
    ['a missing input appeared', () => writeFileSync(join(place, 'absent.json'), '')],
    [
      'text moved from one file to the next',
      () => {
        writeFileSync(join(place, 'src/a.ts'), 'onet')
        writeFileSync(join(place, 'src/deep/b.ts'), 'wo')
      },
    ],
  ])('changes when %s', (_what, change) => {
    const before = now()
    change()
    expect(now()).not.toBe(before)
  })

  test('is the same in a moved checkout', () => {
    const before = now()
    const moved = `${place}-moved`
    renameSync(place, moved)
    place = moved
    expect(now()).toBe(before)
  })
})

test('a stamp is read back, and a missing one is empty', () => {
  const file = join(place, 'out', '.built')
  expect(readStamp(file)).toBe('')
  writeStamp(file, 'abc')
  expect(readStamp(file)).toBe('abc')
})

describe('packages already there are kept', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/vue': { version: '3.5.45' },
      'node_modules/win-only': { version: '1.0.0', optional: true },
    },
  }
  test('when they are those of the lockfile, whatever is missing of other platforms', () => {
    expect(installedMatches(lock, { packages: { 'node_modules/vue': { version: '3.5.45' } } })).toBe(true)
  })
  test.each([
    ['one is missing', {}],
    ['one is of another version', { 'node_modules/vue': { version: '3.5.44' } }],
    ['one is too many', { 'node_modules/vue': { version: '3.5.45' }, 'node_modules/left': { version: '1.0.0' } }],
  ])('but not when %s', (_what, packages) => {
    expect(installedMatches(lock, { packages })).toBe(false)
  })
})
