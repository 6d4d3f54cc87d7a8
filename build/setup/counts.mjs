// What a test run really counted, from vitest's own report.
import { stripVTControlCharacters } from 'node:util'

/** @typedef {{ passed: number, failed: number }} Count */
/**
 * @typedef {object} Report the parts of vitest's json report that are read
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{ name?: string, status: string, message?: string,
 *   assertionResults: { status: string, fullName?: string, failureMessages?: string[] }[] }[]} testResults
 */

/**
 * Counts one vitest run. What the report cannot show counts as one failed each: a file that did not load, a run that
 * ended badly although every test passed (an error outside the tests), a run that executed nothing or left no report.
 * @param {Report | undefined} report @param {number} exitCode
 * @returns {Count}
 */
export function countTests(report, exitCode) {
  if (report === undefined) return { passed: 0, failed: 1 }
  const notLoaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const passed = report.numPassedTests
  const failed = report.numFailedTests + notLoaded
  const silentlyWrong = failed === 0 && (exitCode !== 0 || passed === 0)
  return { passed, failed: failed + (silentlyWrong ? 1 : 0) }
}

/** Lines of a message that are said again: where it failed and why, with the seed of a drawn example; not the whole difference. */
const MOST_LINES = 40

/**
 * Errors that no test is to blame for stand in no report, only on the screen: takes the lines of a run one by one, and gives
 * them back as one failure more, if there were any.
 */
export function outsideErrors() {
  /** @type {string[]} */
  const lines = []
  let within = false
  return {
    /** @param {string} line */
    look(line) {
      const plain = stripVTControlCharacters(line)
      if (/ Unhandled Errors? /.test(plain)) within = true
      else if (/^\s*Test Files /.test(plain)) within = false
      if (within && plain.trim() !== '' && lines.length < MOST_LINES) lines.push(plain)
    },
    /** @returns {string[]} */
    found: () => (lines.length === 0 ? [] : [lines.join('\n')]),
  }
}

/**
 * Which tests failed and why, to be said again at the end of a run: what a tool shows of a long output is its end.
 * @param {Report | undefined} report
 * @returns {string[]} a text each: file, name, message
 */
export function failuresOf(report) {
  const short = (/** @type {string} */ text) =>
    stripVTControlCharacters(text).split('\n').slice(0, MOST_LINES).join('\n')
  return (report?.testResults ?? []).flatMap(({ name = '', status, message = '', assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [`${name}\n${short(message)}`] : []
    return failed.map(
      ({ fullName = '', failureMessages = [] }) => `${name}\n${fullName}\n${short(failureMessages.join('\n'))}`,
    )
  })
}

/** A tool that only says yes or no. @param {number} exitCode @returns {Count} */
export function countStage(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** @param {Count[]} counts @returns {Count} */
export function sum(counts) {
  return counts.reduce((all, one) => ({ passed: all.passed + one.passed, failed: all.failed + one.failed }), {
    passed: 0,
    failed: 0,
  })
}

/** The line every test command ends with. @param {Count} count */
export function verdict({ passed, failed }) {
  return `${passed} passed, ${failed} failed`
}
