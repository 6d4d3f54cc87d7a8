import { expect, test } from 'vitest'
import { endsNumber, ScanListener } from '../../src-renderer/composables/useScanner.ts'

/** Feeds keys a fixed time apart; the last answer. */
function feed(keys: readonly string[], gap: number, listener = new ScanListener(), from = 1_000): string | null {
  let code: string | null = null
  keys.forEach((key, i) => ({ code } = listener.hear({ key, at: from + i * gap })))
  return code
}
const scan = (text: string) => [...text, 'Enter']

test('fast characters ended by Enter are a scan', () => {
  expect(feed(scan('0101000001234'), 4)).toBe('0101000001234')
  expect(feed(['A', 'Shift', 'B', '1', '2', '3', '4', 'Enter'], 10)).toBe('AB1234')
})

test('hands are no scanner: slow digits, few digits, words, and an Enter that comes later', () => {
  expect(feed(scan('0101000001234'), 90)).toBeNull()
  expect(feed(scan('10000'), 4)).toBeNull()
  expect(feed(scan('zhangsan'), 4)).toBeNull()
  const listener = new ScanListener()
  feed([...'0101000001234'], 4, listener)
  expect(feed(['Enter'], 4, listener, 2_000)).toBeNull()
})

test('what was typed before a scan is not part of it, and each scan stands alone', () => {
  const listener = new ScanListener()
  feed([...'20'], 150, listener, 0)
  expect(feed(scan('0101000001234'), 4, listener, 1_000)).toBe('0101000001234')
  expect(feed(scan('0101000001235'), 4, listener, 1_200)).toBe('0101000001235')
})

test('the end of a number that began in the field is no scan of its own; a whole number behind another one is', () => {
  expect(endsNumber('00', '10100000084')).toBe(true)
  expect(endsNumber('', '0010100000084')).toBe(false)
  expect(endsNumber('0010100000084', '0010100000013')).toBe(false)
  expect(endsNumber('王', '0010100000013')).toBe(false)
})
