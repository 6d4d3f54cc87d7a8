import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { builtWorkers } from './support/built-workers.mts'
import { longestFirst } from './support/longest-first.mts'

const root = new URL('..', import.meta.url).pathname
const files = globSync('tests/**/*.test.ts', { cwd: root, exclude: ['tests/e2e/**', 'tests/bench/**'] })
/** A window's modules hold its state, and a replaced module would be the next file's: such tests begin with fresh modules. */
const needFreshModules = /src-renderer|\bvi\./
const fresh = files.filter((file) =>
  needFreshModules.test(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')),
)
const others = files.filter((file) => !fresh.includes(file))

/** Halls come before windows; the longest of these is a small file, which vitest by itself begins last. */
const longest = [
  'gates',
  'ignition',
  'undo-kinds',
  'kill',
  'transitions',
  'fuzz',
  'killed',
  'start-page',
  'killed-work',
  'approval',
  'upload',
  'full-disk',
]

const project = (name: string, include: string[], isolate: boolean) => ({
  extends: true as const,
  test: { name, include, isolate },
})

export default defineConfig({
  root,
  plugins: [vue(), builtWorkers()],
  test: {
    globalSetup: ['tests/support/built-workers.mts'],
    pool: 'forks',
    sequence: { sequencer: longestFirst(longest) },
    // Threads that tests begin read TypeScript too: the package has no type, since the shell of Electron is CommonJS.
    execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    // Vitest leaves one processor to others: on two it would use one.
    maxWorkers: availableParallelism(),
    // A busy machine is slow, not wrong: what hangs is found all the same.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [project('windows', fresh, true), project('halls', others, false)].filter(
      ({ test }) => test.include.length > 0,
    ),
  },
})
