/** What set-up asks of the system, and what it keeps from the eyes. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isNoise, pathOf } from '../../build/setup/children.mjs'
import { readFirstScreen } from '../../build/setup/first-screen.mjs'
import { missingPackages } from '../../build/setup/system.mjs'

describe('a system package is missing', () => {
  const answer = 'xvfb installed\nlibnss3 config-files\nlibasound2t64 installed\n'
  test('when it was never installed or was removed', () => {
    expect(missingPackages(['xvfb', 'libnss3', 'libdrm2'], answer)).toEqual(['libnss3', 'libdrm2'])
  })
  test('but not when a newer release renamed it', () => {
    expect(missingPackages(['libasound2'], answer)).toEqual([])
  })
})

describe('of a program’s output', () => {
  test.each([
    '[8260:1123/162716.136206:ERROR:bus.cc(407)] Failed to connect to the bus: Failed to connect to socket',
    '[8307:1123/162717.195457:ERROR:viz_main_impl.cc(181)] Exiting GPU process due to errors during initialization',
    'Debugger listening on ws://127.0.0.1:33213/0b1d',
  ])('the usual noise of a machine without a desktop is left out: %s', (line) => {
    expect(isNoise(line)).toBe(true)
  })

  test.each([
    '[1:1123/162717.1:ERROR:ozone_platform_x11.cc(245)] Missing X server or $DISPLAY',
    '[1:1123/162717.1:FATAL:electron_main_delegate.cc(295)] Running as root without --no-sandbox is not supported',
    'Error: 数据库无法打开',
    'first-screen 1043 /data/first-screen.png',
  ])('what tells why something went wrong is kept: %s', (line) => {
    expect(isNoise(line)).toBe(false)
  })
})

test('the app’s word of its first screen is understood, and nothing else taken for it', () => {
  expect(readFirstScreen('first-screen 1043 /data/演示 大厅/first.png')).toEqual({
    ms: 1043,
    path: '/data/演示 大厅/first.png',
  })
  expect(readFirstScreen('first-screen soon /x.png')).toBeUndefined()
  expect(readFirstScreen('no first-screen 1 /x.png')).toBeUndefined()
})

test('a program is found on the PATH past folders that do not exist, cannot be read or hold a folder of its name', () => {
  const place = mkdtempSync(join(tmpdir(), 'path-'))
  try {
    mkdirSync(join(place, 'a/tool'), { recursive: true })
    mkdirSync(join(place, 'b'))
    writeFileSync(join(place, 'b/tool'), '')
    const paths = [join(place, 'none'), '', join(place, 'a'), join(place, 'b')].join(':')
    expect(pathOf('tool', paths)).toBeUndefined()
    chmodSync(join(place, 'b/tool'), 0o755)
    expect(pathOf('tool', paths)).toBe(join(place, 'b/tool'))
    // What is no folder gives another error than what is missing.
    expect(pathOf('tool', `${join(place, 'b/tool')}:${join(place, 'b')}`)).toBe(join(place, 'b/tool'))
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})
