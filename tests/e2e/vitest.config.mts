import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['tests/e2e/**/*.e2e.test.ts'],
    globalSetup: ['tests/e2e/support/prepare.ts'],
    pool: 'forks',
    // One window at a time: two would fight for the focus, and the machine has two cores.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A screen on a busy machine takes its time; what is waited for comes or does not.
    expect: { poll: { timeout: 15_000 } },
  },
})
