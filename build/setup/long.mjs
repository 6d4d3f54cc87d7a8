// npm run test:long: the long runs of the night. Kills at every place, a million calls, models over months, random days.
import { verdict } from './counts.mjs'
import { appEnvironment, ensurePackages, entry } from './setup.mjs'
import { say } from './steps.mjs'
import { runVitest } from './vitest-stage.mjs'

const files = [
  'tests/house/fuzz.test.ts',
  'tests/house/gates.model.test.ts',
  'tests/machine',
  'tests/sync/killed.test.ts',
  'tests/sync/exactly-once.test.ts',
  'tests/cashier/kill.test.ts',
  'tests/cashier/random-days.test.ts',
  'tests/imports/kill.test.ts',
  'tests/billing/service-run.test.ts',
  'tests/reports/same-measures.test.ts',
]

await entry(async () => {
  await ensurePackages()
  // Each night draws others, and what it drew can be drawn again.
  const seed = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const usual = {
    FUZZ_CALLS: '1000000',
    FUZZ_SEED: seed,
    GATES_RUNS: '500',
    GATES_SEED: seed,
    FAULT_RUNS: '500',
    RANDOM_RUNS: '200',
  }
  const chosen = Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, process.env[name] ?? value]))
  say(Object.entries(chosen).flat().join(' '))
  const filters = process.argv.length > 2 ? process.argv.slice(2) : files
  const count = await runVitest('tests/vitest.config.mts', { env: appEnvironment(chosen), filters })
  process.stdout.write(`${verdict(count)}\n`)
  return count.failed === 0 ? 0 : 1
})
