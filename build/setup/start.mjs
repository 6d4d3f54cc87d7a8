// npm start: the app in a real window, on the demo hall unless HALL_DATA says otherwise.
// `--once` ends after the first screen; the exit code is 0 only when it was really seen.
import fs from 'node:fs'
import path from 'node:path'
import { ownFiltered } from './children.mjs'
import { openDisplay } from './display.mjs'
import { readFirstScreen } from './first-screen.mjs'
import { dataFolder, root } from './places.mjs'
import { appEnvironment, ensureSetUp, entry } from './setup.mjs'
import { SetUpError, say } from './steps.mjs'
import { sandboxSwitches } from './system.mjs'

/** The first start also makes the demo hall. */
const FIRST_SCREEN_LIMIT_MS = 180_000

/** @param {string[]} words */
async function start(words) {
  const begun = Date.now()
  const once = words.includes('--once')
  const runtime = await ensureSetUp({ for: 'start' })
  const data = dataFolder()
  fs.mkdirSync(data, { recursive: true })
  const display = await openDisplay()
  const picture = display.virtual || once ? path.join(data, 'first-screen.png') : undefined
  const demo = process.env.HALL_DATA === undefined || process.env.HALL_DEMO === '1'

  /** @type {(seen: boolean) => void} */
  let settle = () => undefined
  /** @type {Promise<boolean>} */
  const firstScreen = new Promise((resolve) => (settle = resolve))
  say(`opening the app on ${data}`)
  const app = ownFiltered(runtime.electronPath, [...(await sandboxSwitches()), root], {
    env: appEnvironment({
      ...runtime.env,
      HALL_DATA: data,
      ...(demo ? { HALL_DEMO: '1' } : {}),
      ...(display.virtual ? { DISPLAY: display.name } : {}),
      ...(picture ? { HALL_FIRST_SCREEN: picture } : {}),
    }),
    onLine: (line) => {
      const seen = readFirstScreen(line)
      if (!seen) return false
      say(
        `first screen after ${seconds(seen.ms)} (${seconds(Date.now() - begun)} with set-up); screenshot: ${seen.path}`,
      )
      settle(fs.existsSync(seen.path))
      return true
    },
  })
  try {
    if (picture === undefined) return await app.ended
    const timer = setTimeout(() => settle(false), FIRST_SCREEN_LIMIT_MS)
    const seen = await Promise.race([firstScreen, app.ended.then(() => false)])
    clearTimeout(timer)
    if (!seen) throw new SetUpError('The first screen was not seen. Is the app already open on the same data?')
    if (once) return 0
    say('running; Ctrl+C ends it')
    return await app.ended
  } finally {
    await app.stop()
    await display.stop()
  }
}

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`
}

await entry(() => start(process.argv.slice(2)))
