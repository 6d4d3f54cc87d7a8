// Opening the app and seeing its first screen.
import fs from 'node:fs'
import { ownFiltered } from './children.mjs'
import { readFirstScreen } from './first-screen.mjs'
import { appEnvironment } from './setup.mjs'

/** The first start also makes the demo hall. */
const FIRST_SCREEN_LIMIT_MS = 180_000

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ data: string, demo: boolean, display: import('./display.mjs').Display, picture?: string, env?: NodeJS.ProcessEnv }} options
 *   picture: where the app is to put a screenshot of its first screen; without it `firstScreen` is never kept waiting for
 */
export function openApp(command, args, { data, demo, display, picture, env = {} }) {
  /** @type {(seen: { ms: number, path: string } | undefined) => void} */
  let settle = () => undefined
  /** @type {Promise<{ ms: number, path: string } | undefined>} */
  const seen = new Promise((resolve) => (settle = resolve))
  const app = ownFiltered(command, args, {
    env: appEnvironment({
      ...env,
      HALL_DATA: data,
      ...(demo ? { HALL_DEMO: '1' } : {}),
      ...(display.virtual ? { DISPLAY: display.name } : {}),
      ...(picture ? { HALL_FIRST_SCREEN: picture } : {}),
    }),
    onLine: (line) => {
      const said = readFirstScreen(line)
      if (said) settle(fs.existsSync(said.path) ? said : undefined)
      return said !== undefined
    },
  })
  return {
    ...app,
    /** When and where the first screen was seen; undefined when the app ended before or took too long. */
    firstScreen: async () => {
      const timer = setTimeout(() => settle(undefined), FIRST_SCREEN_LIMIT_MS)
      const result = await Promise.race([seen, app.ended.then(() => undefined)])
      clearTimeout(timer)
      return result
    },
  }
}

/** For people: "1.3 s". @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`
}
