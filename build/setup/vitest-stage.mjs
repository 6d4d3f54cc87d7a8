// One vitest run by Node 24, shown as it goes and counted from its own report.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ownFiltered } from './children.mjs'
import { countTests, failuresOf, outsideErrors } from './counts.mjs'
import { inRoot, node24, root } from './places.mjs'

/**
 * @param {string} config path from the root of the checkout
 * @param {{ env: NodeJS.ProcessEnv, filters?: string[] }} options filters: vitest's own words, such as a file name
 * @returns {Promise<import('./counts.mjs').Count & { failures: string[] }>} failures: which and why
 */
export async function runVitest(config, { env, filters = [] }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hall-test-report-'))
  const reportFile = path.join(folder, 'report.json')
  try {
    const words = [
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
    ]
    const outside = outsideErrors()
    const vitest = ownFiltered(node24, [inRoot('node_modules', 'vitest', 'vitest.mjs'), ...words, ...filters], {
      cwd: root,
      env,
      onLine: (line) => {
        outside.look(line)
        return line.startsWith('JSON report written to')
      },
    })
    const exitCode = await vitest.ended
    const report = readReport(reportFile)
    return { ...countTests(report, exitCode), failures: [...failuresOf(report), ...outside.found()] }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** What end-to-end tests need to open the app on the chosen runtime and display.
 * @param {import('./runtime.mjs').Runtime} runtime @param {import('./display.mjs').Display} display
 * @returns {NodeJS.ProcessEnv} */
export function windowEnvironment(runtime, display) {
  return { ...runtime.env, HALL_ELECTRON: runtime.electronPath, ...(display.name ? { DISPLAY: display.name } : {}) }
}

/** @param {string} file @returns {import('./counts.mjs').Report | undefined} */
function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
