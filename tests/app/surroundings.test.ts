/** What a package heeds of its surroundings: where its data lie, and nothing that steers it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { forgetVariables, refusedSwitches, testVariables } from '../../src-main/app/surroundings.ts'

test('a package forgets every variable of tests and all that steers Node, Electron or what they trust', () => {
  const own = { HALL_DATA: '/data', PATH: '/bin', LANG: 'zh_CN.UTF-8', DISPLAY: ':0', APPDATA: 'C:\\x' }
  const foreign = [
    ...testVariables,
    'HALL_ANYTHING_NEW',
    'NODE_OPTIONS',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'NODE_EXTRA_CA_CERTS',
    'node_options',
    'ELECTRON_RUN_AS_NODE',
    'ELECTRON_ENABLE_LOGGING',
    'SSLKEYLOGFILE',
    'SSL_CERT_FILE',
    'OPENSSL_CONF',
  ]
  const env: NodeJS.ProcessEnv = { ...own, ...Object.fromEntries(foreign.map((name) => [name, 'x'])) }
  forgetVariables(env)
  expect(env).toEqual(own)
})

describe('a package refuses', () => {
  test.each([
    '--inspect',
    '--inspect=0.0.0.0:9229',
    '--inspect-brk',
    '-inspect',
    '--remote-debugging-port=9222',
    '--Remote-Debugging-Port=9222',
    '--remote-debugging-pipe',
    '--disable-web-security',
    '--load-extension=/tmp/x',
    '--js-flags=--expose-gc',
    '--host-resolver-rules=',
    '--proxy-server=evil:1',
    '--user-data-dir=/tmp/x',
    '--renderer-cmd-prefix=gdb',
    '--require',
    '-r',
    '-e',
    '--a-switch-of-next-year',
    '--',
  ])('%s', (word) => {
    expect(refusedSwitches(['--no-sandbox', word, 'value'], 'linux')).toHaveLength(1)
  })

  test('the form of Windows there, where elsewhere it is a path', () => {
    expect(refusedSwitches(['/remote-debugging-port=1'], 'win32')).toEqual(['remote-debugging-port'])
    expect(refusedSwitches(['/home/x'], 'linux')).toEqual([])
  })

  test('nothing that a screen or a system needs', () => {
    expect(
      refusedSwitches(['--no-sandbox', '--disable-gpu', '--lang=zh-CN', '--force-device-scale-factor=1.5']),
    ).toEqual([])
  })
})

test('variables are read in three places: where data lie, those of tests by testVariable, and the driver', () => {
  const places = readdirSync('src-main', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const text = readFileSync(join('src-main', name), 'utf8')
      return [...text.matchAll(/process\.env(?:\[([^\]]+)\]|\.(\w+))?/g)].map(
        ([, key, word]) => `${name.replaceAll('\\', '/')} ${key ?? word ?? 'all'}`,
      )
    })
  expect(places.sort()).toEqual([
    "app/startup.ts 'HALL_DATA'",
    'app/test-variable.ts name',
    "main.ts 'HALL_DATA'",
    'main.ts all',
    "platform/driver.ts 'HALL_SQLITE_DRIVER'",
  ])
})
