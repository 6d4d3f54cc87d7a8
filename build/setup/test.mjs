// npm test: set-up, then every check there is. A failing stage does not spare the later ones.
import { ownFiltered } from './children.mjs'
import { countStage, sum, verdict } from './counts.mjs'
import { root } from './places.mjs'
import { appEnvironment, ensureSetUp, entry } from './setup.mjs'
import { say } from './steps.mjs'
import { runVitest } from './vitest-stage.mjs'
import { runWindowTests } from './window-tests.mjs'

/** @typedef {import('./counts.mjs').Count & { failures?: string[] }} Count */

/** @param {string} script of package.json @returns {Promise<Count>} */
async function npmScript(script) {
  const { ended } = ownFiltered('npm', ['run', '--silent', script], { cwd: root, env: appEnvironment({}) })
  return countStage(await ended)
}

async function test() {
  const runtime = await ensureSetUp({ for: 'test' })
  /** @typedef {[string, () => Promise<Count>]} Stage */
  /** What stands in one row runs side by side: types and lint take one processor each, the tests all there are. */
  const rows = /** @type {Stage[][]} */ ([
    [
      ['types', () => npmScript('typecheck')],
      ['lint', () => npmScript('lint')],
    ],
    [['unit and service tests', () => runVitest('tests/vitest.config.mts', { env: appEnvironment({}) })]],
    [['end-to-end tests', () => runWindowTests('tests/e2e/vitest.config.mts', runtime)]],
  ])
  /** @type {[string, Count][]} */
  const results = []
  for (const row of rows) {
    say(row.map(([name]) => name).join(', '))
    results.push(
      ...(await Promise.all(
        row.map(async ([name, stage]) => /** @type {[string, Count]} */ ([name, await counted(stage)])),
      )),
    )
  }
  for (const [name, { failures = [] }] of results) for (const failure of failures) say(`failed of ${name}: ${failure}`)
  for (const [name, count] of results) say(`${name}: ${verdict(count)}`)
  const all = sum(results.map(([, count]) => count))
  process.stdout.write(`${verdict(all)}\n`)
  return all.failed === 0 ? 0 : 1
}

/** A stage that could not even run is one failed. @param {() => Promise<Count>} stage */
async function counted(stage) {
  try {
    return await stage()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return { passed: 0, failed: 1 }
  }
}

await entry(test)
