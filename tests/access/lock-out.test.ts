import { expect, test } from 'vitest'
import { showRemaining } from '../../src-renderer/access/lock-out.ts'

test.each([
  [15 * 60_000, '15:00'],
  [15 * 60_000 - 1, '15:00'],
  [65_000, '1:05'],
  [1, '0:01'],
  [0, ''],
  [-5_000, ''],
])('with %i ms to go the login page says %s', (left, expected) => {
  expect(showRemaining(1_000_000 + left, 1_000_000)).toBe(expected)
})

test('nobody who is not locked out sees a countdown', () => {
  expect(showRemaining(null, 1)).toBe('')
})
