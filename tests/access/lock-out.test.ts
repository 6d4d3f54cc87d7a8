import { createApp, effectScope, shallowRef } from 'vue'
import { expect, test, vi } from 'vitest'
import { showRemaining, useRefusal } from '../../src-renderer/access/lock-out.ts'

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

test('an attempt that got no answer stays said until somebody types, also beside what an answer said', () => {
  // No page is mounted here.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const failed = shallowRef<{ message: string } | null>(null)
  createApp({}).runWithContext(() =>
    effectScope(true).run(() => {
      const { words, take, forget } = useRefusal(failed)
      expect(words.value).toBe('')
      failed.value = { message: '后台正在重新启动，请再试一次' }
      expect(words.value).toBe('后台正在重新启动，请再试一次')
      forget()
      expect([words.value, failed.value]).toEqual(['', null])
      take({ message: '工号或密码错误', lockedUntil: null })
      expect(words.value).toBe('工号或密码错误')
    }),
  )
})
