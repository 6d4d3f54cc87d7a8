// Running one of our own TypeScript programs by Node 24, with a window's surroundings.
import { ownFiltered } from './children.mjs'
import { openDisplay } from './display.mjs'
import { inRoot, node24, ownTypeScript, root } from './places.mjs'
import { appEnvironment, ensureSetUp } from './setup.mjs'
import { windowEnvironment } from './vitest-stage.mjs'

/**
 * Set-up, a display, then the program; its exit code is ours.
 * @param {import('./setup.mjs').Purpose} purpose
 * @param {string} program path from the root of the checkout
 * @param {string[]} words passed on
 */
export async function runProgram(purpose, program, words) {
  const runtime = await ensureSetUp({ for: purpose })
  const display = await openDisplay()
  try {
    const env = appEnvironment({ ...windowEnvironment(runtime, display), HALL_RUNTIME: runtime.runtimeName })
    return await ownFiltered(node24, [...ownTypeScript, inRoot(program), ...words], { cwd: root, env }).ended
  } finally {
    await display.stop()
  }
}
