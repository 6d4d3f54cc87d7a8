// Tests in the real window: each of vitest's workers has a screen of its own, since two windows would fight for the focus.
import os from 'node:os'
import { openDisplay } from './display.mjs'
import { appEnvironment } from './setup.mjs'
import { runVitest, windowEnvironment } from './vitest-stage.mjs'

/** Where a test finds the screens of the run, a name each, for the worker of the same number. */
const screensVariable = 'HALL_E2E_SCREENS'

/** More windows at a time than this are slower on a PC of this kind, not faster. */
const MOST_SCREENS = 2

/**
 * @param {string} config path from the root of the checkout
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {string[]} [filters] vitest's own words, such as a file name
 * @returns {ReturnType<typeof runVitest>}
 */
export async function runWindowTests(config, runtime, filters = []) {
  const displays = [await openDisplay({ alwaysVirtual: true })]
  try {
    // A user's own screen cannot be had twice.
    const wanted = displays[0]?.virtual ? Math.min(MOST_SCREENS, os.availableParallelism()) : 1
    while (displays.length < wanted) displays.push(await openDisplay({ alwaysVirtual: true }))
    const [first] = displays
    return await runVitest(config, {
      env: appEnvironment({
        ...windowEnvironment(runtime, /** @type {import('./display.mjs').Display} */ (first)),
        [screensVariable]: displays.map(({ name }) => name).join(' '),
      }),
      filters,
    })
  } finally {
    await Promise.all(displays.map((display) => display.stop()))
  }
}
