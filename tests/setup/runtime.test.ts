/** Which Electron opens the app, and how long a failed fetch is remembered. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RETRY_AFTER_MS, attemptDue, findElectron } from '../../build/setup/electron-binary.mjs'
import { findKit, headersEnvironment, kitPossible, nodeGyp } from '../../build/setup/kit.mjs'
import { cacheFolder, dataFolder } from '../../build/setup/places.mjs'
import { describeRuntime } from '../../build/setup/runtime.mjs'

let place = ''
beforeEach(() => (place = mkdtempSync(join(tmpdir(), 'runtime-'))))
afterEach(() => rmSync(place, { recursive: true, force: true }))

const kit = { folder: '/kit', electronPath: '/kit/electron/electron', driverPath: '/kit/driver', version: '33.2.1' }

describe('the runtime', () => {
  test('is Electron itself whenever its binary is there, and the driver the app ships', () => {
    const runtime = describeRuntime('/own/electron', '45.4.1', kit)
    expect(runtime).toMatchObject({ electronPath: '/own/electron', env: {}, fallback: false })
    expect(runtime.runtimeName).toBe('Electron 45.4.1')
  })

  test('is the kit with its own driver otherwise, and says what could not be had', () => {
    const runtime = describeRuntime(undefined, '45.4.1', kit)
    expect(runtime).toMatchObject({ electronPath: kit.electronPath, env: { HALL_SQLITE_DRIVER: kit.driverPath } })
    expect(runtime.runtimeName).toBe('Electron 33.2.1 (fallback kit; Electron 45.4.1 could not be fetched)')
  })

  test('cannot be named when there is none', () => {
    expect(() => describeRuntime(undefined, '45.4.1', undefined)).toThrow()
  })
})

describe('a kit', () => {
  const lay = (...files: string[]) => {
    for (const file of files) {
      mkdirSync(join(place, file, '..'), { recursive: true })
      writeFileSync(join(place, file), file.endsWith('version') ? 'v33.2.1\n' : '')
    }
  }
  const driver = 'node_modules/better-sqlite3-multiple-ciphers/package.json'

  test('counts once it is complete', () => {
    lay('electron/electron', 'electron/version', driver)
    expect(findKit(place)).toMatchObject({ version: '33.2.1', electronPath: join(place, 'electron/electron') })
  })

  test.each([
    ['its window', ['electron/version', driver]],
    ['its driver', ['electron/electron', 'electron/version']],
    ['its version', ['electron/electron', driver]],
  ])('does not count without %s', (_what, files) => {
    lay(...files)
    expect(findKit(place)).toBeUndefined()
  })

  test("is compiled against its own headers, whatever npm's configuration says of others", () => {
    const machine = { ...process.env, npm_config_nodedir: '/usr', NPM_PACKAGE_CONFIG_NODE_GYP_NODEDIR: '/usr' }
    const script = `const gyp = require(${JSON.stringify(join(nodeGyp(), '..', '..', 'lib', 'node-gyp.js'))})()
      gyp.parseArgv(['node', 'node-gyp', 'rebuild', '--release'])
      process.stdout.write(gyp.opts.nodedir)`
    const asked = spawnSync(process.execPath, ['-e', script], { env: headersEnvironment(place, machine) })
    expect(asked.stdout.toString()).toBe(place)
  })

  test('exists for 64-bit Linux only', () => {
    expect(kitPossible('linux', 'x64')).toBe(true)
    expect(kitPossible('linux', 'arm64')).toBe(false)
    expect(kitPossible('win32', 'x64')).toBe(false)
  })
})

describe('Electron’s own binary', () => {
  test('is found where its package says', () => {
    expect(findElectron(place)).toBeUndefined()
    writeFileSync(join(place, 'path.txt'), 'electron')
    expect(findElectron(place)).toBeUndefined()
    mkdirSync(join(place, 'dist'))
    writeFileSync(join(place, 'dist/electron'), '')
    expect(findElectron(place)).toBe(join(place, 'dist/electron'))
  })

  test('is not asked for again for some hours after a failure, so that the next start is quick', () => {
    const failed = 1_800_000_000_000
    const note = `45.4.1 ${failed}`
    expect(attemptDue('', '45.4.1', failed)).toBe(true)
    expect(attemptDue(note, '45.4.1', failed)).toBe(false)
    expect(attemptDue(note, '45.4.1', failed + RETRY_AFTER_MS - 1)).toBe(false)
    expect(attemptDue(note, '45.4.1', failed + RETRY_AFTER_MS)).toBe(true)
  })

  test('is asked for at once in another version, after a clock set back, and after a spoiled note', () => {
    const failed = 1_800_000_000_000
    expect(attemptDue(`45.4.1 ${failed}`, '46.0.0', failed)).toBe(true)
    expect(attemptDue(`45.4.1 ${failed}`, '45.4.1', failed - 1)).toBe(true)
    expect(attemptDue('45.4.1 soon', '45.4.1', failed)).toBe(true)
  })
})

test('the cache and the demo hall lie in the user’s folders, or where they are told to', () => {
  expect(cacheFolder({ HOME: '/home/wang' })).toBe('/home/wang/.cache/gas-hall-counter')
  expect(cacheFolder({ HOME: '/home/wang', XDG_CACHE_HOME: '/big' })).toBe('/big/gas-hall-counter')
  // A relative XDG_CACHE_HOME is to be ignored (XDG base directory specification).
  expect(cacheFolder({ HOME: '/home/wang', XDG_CACHE_HOME: 'big' })).toBe('/home/wang/.cache/gas-hall-counter')
  expect(dataFolder({ HOME: '/home/wang' })).toBe('/home/wang/.local/share/gas-hall-counter/demo-2')
  expect(dataFolder({ HOME: '/home/wang', HALL_DATA: '/data/hall' })).toBe('/data/hall')
})
