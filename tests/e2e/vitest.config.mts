import { defineConfig } from 'vitest/config'
import { longestFirst } from '../support/longest-first.mts'

/** Screens of this run, named by build/setup/window-tests.mjs. */
const screens = (process.env['HALL_E2E_SCREENS'] ?? '').split(' ').filter(Boolean)

const longest = [
  'looks',
  'every-key',
  'real-hall-rooms',
  'real-hall-walks',
  'real-hall-safe',
  'full-day',
  'papers',
  'faults',
  'real-hall',
  'gas-off',
  'keyboard',
  'staff',
  'golive',
  'three-customers',
  'day',
  'search',
  'lists',
  'till',
]

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['tests/e2e/**/*.e2e.test.ts'],
    globalSetup: ['tests/e2e/support/prepare.ts'],
    setupFiles: ['tests/e2e/support/each-file.ts'],
    pool: 'forks',
    // A worker reads the program once and not for each file; each-file.ts gives each file a morning and a screen of its own.
    isolate: false,
    // What a window shows is said before a test of its own closes it.
    sequence: { sequencer: longestFirst(longest), hooks: 'list' },
    // Threads that tests begin read TypeScript too: the package has no type, since the shell of Electron is CommonJS.
    execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    // A worker for each screen: two windows on one would fight for the focus.
    maxWorkers: Math.max(1, screens.length),
    fileParallelism: screens.length > 1,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // A screen on a busy machine takes its time; what is waited for comes or does not.
    expect: { poll: { timeout: 60_000 } },
  },
})
