// npm run test:e2e [-- words for vitest]: the end-to-end tests alone.
import { verdict } from './counts.mjs'
import { ensureSetUp, entry } from './setup.mjs'
import { runWindowTests } from './window-tests.mjs'

await entry(async () => {
  const runtime = await ensureSetUp({ for: 'e2e' })
  const count = await runWindowTests('tests/e2e/vitest.config.mts', runtime, process.argv.slice(2))
  process.stdout.write(`${verdict(count)}\n`)
  return count.failed === 0 ? 0 : 1
})
