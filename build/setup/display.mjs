// A screen for machines that have none.
import { own, pathOf } from './children.mjs'
import { SetUpError, say } from './steps.mjs'

/** The smaller of the two screens the counters have. */
const SCREEN = '1366x768x24'
const START_LIMIT_MS = 15_000

/** @typedef {{ name: string, virtual: boolean, stop: () => Promise<void> }} Display */

/**
 * Whether there is a screen to show a window on.
 * @param {NodeJS.ProcessEnv} [env] @param {NodeJS.Platform} [platform]
 */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
}

/**
 * The screen of this machine, else a virtual one of our own that ends with us.
 * @param {{ alwaysVirtual?: boolean }} [options] tests never take the user's own screen
 * @returns {Promise<Display>} name: value for DISPLAY
 * @throws {SetUpError}
 */
export async function openDisplay({ alwaysVirtual = false } = {}) {
  const mustBeReal = process.platform !== 'linux'
  if (mustBeReal || (hasDisplay() && !alwaysVirtual)) {
    return { name: process.env.DISPLAY ?? '', virtual: false, stop: async () => undefined }
  }
  if (!pathOf('Xvfb')) {
    if (hasDisplay()) return { name: process.env.DISPLAY ?? '', virtual: false, stop: async () => undefined }
    throw new SetUpError('There is no display and no Xvfb. Install it: apt-get install xvfb')
  }
  // With -displayfd the server itself takes the first free number, stale locks of dead servers included, and says which.
  const server = own('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = await displayNumber(server)
  say(`virtual display :${number} (${SCREEN})`)
  return { name: `:${number}`, virtual: true, stop: server.stop }
}

/** @param {import('./children.mjs').Owned} server @returns {Promise<number>} */
async function displayNumber(server) {
  const pipe = /** @type {import('node:stream').Readable} */ (server.child.stdio[3])
  let said = ''
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  try {
    return await new Promise((resolve, reject) => {
      const fail = (/** @type {string} */ why) => reject(new SetUpError(`The virtual display did not start: ${why}.`))
      timer = setTimeout(() => fail('no answer'), START_LIMIT_MS)
      void server.ended.then((code) => fail(`exit code ${code}`))
      pipe.on('data', (chunk) => {
        said += chunk
        // The number is whole once its line is.
        if (said.includes('\n')) resolve(Number(said))
      })
    })
  } finally {
    clearTimeout(timer)
  }
}
