// npm run manual:pictures: takes the pictures of the manual anew, into resources/manual/pictures.
import { verdict } from './counts.mjs'
import { openDisplay } from './display.mjs'
import { appEnvironment, ensureSetUp, entry } from './setup.mjs'
import { runVitest, windowEnvironment } from './vitest-stage.mjs'

await entry(async () => {
  const runtime = await ensureSetUp({ for: 'e2e' })
  const display = await openDisplay({ alwaysVirtual: true })
  try {
    const count = await runVitest('tests/e2e/pictures.config.mts', {
      env: appEnvironment(windowEnvironment(runtime, display)),
      filters: process.argv.slice(2),
    })
    process.stdout.write(`${verdict(count)}\n`)
    return count.failed === 0 ? 0 : 1
  } finally {
    await display.stop()
  }
})
