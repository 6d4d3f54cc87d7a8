import { availableParallelism } from 'node:os'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  plugins: [vue()],
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/bench/**', 'node_modules/**'],
    pool: 'forks',
    // Threads that tests begin read TypeScript too: the package has no type, since the shell of Electron is CommonJS.
    execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    // Vitest leaves one processor to others: on two it would use one.
    maxWorkers: availableParallelism(),
    // A busy machine is slow, not wrong: what hangs is found all the same.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
