// What a test run really counted, from vitest's own report.

/** @typedef {{ passed: number, failed: number }} Count */
/**
 * @typedef {object} Report the parts of vitest's json report that are read
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults
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
