// npm run dev: the app with hot reload, on the same demo hall as npm start.
import fs from 'node:fs'
import { ownFiltered } from './children.mjs'
import { openDisplay } from './display.mjs'
import { dataFolder, node24, root } from './places.mjs'
import { appEnvironment, ensureSetUp, entry, viteScript } from './setup.mjs'
import { sandboxSwitches } from './system.mjs'

await entry(async () => {
  const runtime = await ensureSetUp({ for: 'dev' })
  const data = dataFolder()
  fs.mkdirSync(data, { recursive: true })
  const display = await openDisplay()
  try {
    const sandboxed = (await sandboxSwitches()).length === 0
    const env = appEnvironment({
      ...runtime.env,
      ELECTRON_EXEC_PATH: runtime.electronPath,
      ...(sandboxed ? {} : { NO_SANDBOX: '1' }),
      ...(display.virtual ? { DISPLAY: display.name } : {}),
      HALL_DATA: data,
      ...(process.env.HALL_DATA === undefined ? { HALL_DEMO: '1' } : {}),
    })
    return await ownFiltered(node24, [viteScript(), 'dev', '--watch', ...process.argv.slice(2)], { cwd: root, env })
      .ended
  } finally {
    await display.stop()
  }
})
