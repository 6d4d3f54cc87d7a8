// npm start: the app in a real window, on the demo hall unless HALL_DATA says otherwise.
// `--once` ends after the first screen; the exit code is 0 only when it was really seen.
import fs from 'node:fs'
import path from 'node:path'
import { openDisplay } from './display.mjs'
import { openApp, seconds } from './open-app.mjs'
import { dataFolder, root } from './places.mjs'
import { ensureSetUp, entry } from './setup.mjs'
import { SetUpError, say } from './steps.mjs'
import { sandboxSwitches } from './system.mjs'

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
  if (picture) fs.rmSync(picture, { force: true })

  say(`opening the app on ${data}`)
  const app = openApp(runtime.electronPath, [...(await sandboxSwitches()), root], {
    data,
    demo,
    display,
    picture,
    env: runtime.env,
  })
  try {
    if (picture === undefined) return await app.ended
    const seen = await app.firstScreen()
    if (!seen) throw new SetUpError(`The first screen was not seen. The app tells why in ${path.join(data, 'logs')}`)
    const total = seconds(Date.now() - begun)
    say(`first screen after ${seconds(seen.ms)} (${total} with set-up); screenshot: ${seen.path}`)
    if (once) return 0
    say('running; Ctrl+C ends it')
    return await app.ended
  } finally {
    await app.stop()
    await display.stop()
  }
}

await entry(() => start(process.argv.slice(2)))
