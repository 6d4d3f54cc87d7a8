import { defineConfig } from 'vitest/config'

/** Screens of this run, named by build/setup/window-tests.mjs. */
const screens = (process.env['HALL_E2E_SCREENS'] ?? '').split(' ').filter(Boolean)

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['tests/e2e/**/*.e2e.test.ts'],
    globalSetup: ['tests/e2e/support/prepare.ts'],
    pool: 'forks',
    // Threads that tests begin read TypeScript too: the package has no type, since the shell of Electron is CommonJS.
    execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    // A worker for each screen: two windows on one would fight for the focus.
    maxWorkers: Math.max(1, screens.length),
    fileParallelism: screens.length > 1,
    testTimeout: 300_000,
    hookTimeout: 180_000,
    // A screen on a busy machine takes its time; what is waited for comes or does not.
    expect: { poll: { timeout: 60_000 } },
  },
})
