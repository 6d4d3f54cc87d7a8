/** The line `npm test` ends with tells the truth, also of what a report does not say. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countStage, countTests, failuresOf, outsideErrors, sum, verdict } from '../../build/setup/counts.mjs'

const file = (...tests: string[]) => ({
  status: tests.includes('failed') ? 'failed' : 'passed',
  assertionResults: tests.map((status) => ({ status })),
})
const report = (...files: ReturnType<typeof file>[]) => {
  const all = files.flatMap(({ assertionResults }) => assertionResults)
  const count = (status: string) => all.filter((t) => t.status === status).length
  return { numPassedTests: count('passed'), numFailedTests: count('failed'), testResults: files }
}

describe('a test run counts', () => {
  test('what passed and what failed', () => {
    expect(countTests(report(file('passed', 'failed'), file('passed')), 1)).toEqual({ passed: 2, failed: 1 })
    expect(countTests(report(file('passed', 'pending')), 0)).toEqual({ passed: 1, failed: 0 })
  })

  test.each([
    ['a run that left no report', undefined, 0, { passed: 0, failed: 1 }],
    ['a run that executed no test', report(), 0, { passed: 0, failed: 1 }],
    ['a run in which every test was skipped', report(file('pending')), 0, { passed: 0, failed: 1 }],
    [
      'a file that did not load',
      report(file('passed'), { status: 'failed', assertionResults: [] }),
      1,
      { passed: 1, failed: 1 },
    ],
    ['an error outside the tests', report(file('passed')), 1, { passed: 1, failed: 1 }],
    ['a run that was killed', report(file('passed')), 137, { passed: 1, failed: 1 }],
  ])('%s as failed', (_what, given, exitCode, expected) => {
    expect(countTests(given, exitCode)).toEqual(expected)
  })

  test('never nothing failed when the run ended badly, and never more than happened', () => {
    const status = fc.constantFrom('passed', 'failed', 'pending')
    fc.assert(
      fc.property(fc.array(fc.array(status, { minLength: 1 })), fc.nat(255), (files, exitCode) => {
        const given = report(...files.map((tests) => file(...tests)))
        const { passed, failed } = countTests(given, exitCode)
        expect(passed).toBe(given.numPassedTests)
        expect(failed).toBeGreaterThanOrEqual(given.numFailedTests)
        expect(failed).toBeLessThanOrEqual(given.numFailedTests + 1)
        if (exitCode !== 0) expect(failed).toBeGreaterThan(0)
      }),
    )
  })
})

test('the stages add up to the last line', () => {
  const all = sum([countStage(0), countStage(2), { passed: 40, failed: 0 }])
  expect(verdict(all)).toBe('41 passed, 1 failed')
  expect(verdict(sum([]))).toBe('0 passed, 0 failed')
})

test('what failed is said again at the end, by file, name and the first lines of why', () => {
  const long = `Error: Property failed {seed: 7}\n${'\u001b[31m+ a line\u001b[39m\n'.repeat(500)}`
  const given = {
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'holds', failureMessages: [] },
          { status: 'failed', fullName: 'does not hold', failureMessages: [long] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'SyntaxError: nothing to run', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  }
  const [property, file, ...others] = failuresOf(given)
  expect(property).toMatch(/^a\.test\.ts\ndoes not hold\nError: Property failed \{seed: 7\}\n\+ a line\n/)
  expect(property?.split('\n').length).toBeLessThan(50)
  expect(file).toBe('b.test.ts\nSyntaxError: nothing to run')
  expect(others).toEqual([])
  expect(failuresOf(undefined)).toEqual([])
})

test('an error outside the tests is said again too, from the screen, since no report has it', () => {
  const outside = outsideErrors()
  for (const line of [' ✓ a.test.ts', ' \u001b[2mTest Files\u001b[22m  1 passed']) outside.look(line)
  expect(outside.found()).toEqual([])
  for (const line of [
    '⎯⎯ Unhandled Errors ⎯⎯',
    '',
    'Error: no export of a mock',
    ' Test Files  1 passed (1)',
    'after',
  ]) {
    outside.look(line)
  }
  expect(outside.found()).toEqual(['⎯⎯ Unhandled Errors ⎯⎯\nError: no export of a mock'])
})
