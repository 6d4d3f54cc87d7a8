// npm test: set-up, then every check there is. A failing stage does not spare the later ones.
import fs from 'node:fs'
import os from 'node:os'
import { ownFiltered } from './children.mjs'
import { countStage, sum, verdict } from './counts.mjs'
import { root } from './places.mjs'
import { appEnvironment, ensureSetUp, entry } from './setup.mjs'
import { say } from './steps.mjs'
import { runVitest } from './vitest-stage.mjs'
import { runWindowTests } from './window-tests.mjs'

/** @typedef {import('./counts.mjs').Count & { failures?: string[] }} Count */

/** Of what a tool says that failed, so many lines are said again at the end. */
const MOST_LINES = 80

/**
 * A tool that works beside the tests without keeping them; it is heard once it has ended.
 * @param {string} script of package.json @returns {Promise<Count>}
 */
async function inTheBackground(script) {
  /** @type {string[]} */
  const said = []
  const { child, ended } = ownFiltered('npm', ['run', '--silent', script], {
    cwd: root,
    env: appEnvironment({}),
    onLine: (line) => said.push(line) > 0,
  })
  if (child.pid !== undefined) giveWay(child.pid)
  const exitCode = await ended
  return { ...countStage(exitCode), failures: exitCode === 0 ? [] : [said.slice(-MOST_LINES).join('\n')] }
}

/**
 * Whoever else has work gets ten times as much: it is done before they are, and is hardly felt. A process of a session of
 * its own is weighed by its group where Linux groups by session.
 * @param {number} pid
 */
function giveWay(pid) {
  const { PRIORITY_BELOW_NORMAL } = os.constants.priority
  try {
    os.setPriority(pid, PRIORITY_BELOW_NORMAL)
    if (process.platform === 'linux') fs.writeFileSync(`/proc/${pid}/autogroup`, String(PRIORITY_BELOW_NORMAL))
  } catch {
    // It goes on like the others, or has ended already.
  }
}

async function test() {
  const runtime = await ensureSetUp({ for: 'test' })
  /** @typedef {[string, () => Promise<Count>]} Stage */
  /** One after the other within a lane. Types and lint take what tests leave idle while they wait for windows and files. */
  const lanes = /** @type {Stage[][]} */ ([
    [
      ['unit and service tests', () => runVitest('tests/vitest.config.mts', { env: appEnvironment({}) })],
      ['end-to-end tests', () => runWindowTests('tests/e2e/vitest.config.mts', runtime)],
    ],
    [
      ['types', () => inTheBackground('typecheck')],
      ['lint', () => inTheBackground('lint')],
    ],
  ])
  const done = lanes.map(async (stages) => {
    /** @type {[string, Count][]} */
    const counts = []
    for (const [name, stage] of stages) {
      say(name)
      counts.push([name, await counted(stage)])
    }
    return counts
  })
  const results = (await Promise.all(done)).flat()
  for (const [name, { failures = [] }] of results) for (const failure of failures) say(`failed of ${name}: ${failure}`)
  for (const [name, count] of results) say(`${name}: ${verdict(count)}`)
  const all = sum(results.map(([, count]) => count))
  process.stdout.write(`${verdict(all)}\n`)
  return all.failed === 0 ? 0 : 1
}

/** A stage that could not even run is one failed. @param {() => Promise<Count>} stage @returns {Promise<Count>} */
async function counted(stage) {
  try {
    return await stage()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return { passed: 0, failed: 1 }
  }
}

await entry(test)
