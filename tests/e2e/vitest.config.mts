import { basename } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Screens of this run, named by build/setup/window-tests.mjs. */
const screens = (process.env['HALL_E2E_SCREENS'] ?? '').split(' ').filter(Boolean)

/** What takes longest is begun first, or a worker stands idle while the other has the whole of it left. */
const longest = [
  'looks',
  'real-hall-walks',
  'every-key',
  'papers',
  'real-hall-rooms',
  'real-hall-safe',
  'full-day',
  'golive',
  'three-customers',
  'faults',
  'day',
  'search',
  'till',
]
const rank = ({ moduleId }: TestSpecification): number => {
  const at = longest.indexOf(basename(moduleId, '.e2e.test.ts'))
  return at < 0 ? longest.length : at
}
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['tests/e2e/**/*.e2e.test.ts'],
    globalSetup: ['tests/e2e/support/prepare.ts'],
    setupFiles: ['tests/e2e/support/on-failure.ts'],
    pool: 'forks',
    // What a window shows is said before a test of its own closes it.
    sequence: { sequencer: LongestFirst, hooks: 'list' },
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
