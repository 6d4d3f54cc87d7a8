import { reactive, ref } from 'vue'
import { afterEach, expect, test, vi } from 'vitest'
import {
  asCallError,
  CallError,
  callsUnderWay,
  client,
  desktop,
  obstaclesOf,
  plain,
} from '../../src-renderer/bridge.ts'
import type * as accessApi from '../../src-main/access/api.ts'

const access = client<typeof accessApi>('access')
afterEach(() => vi.unstubAllGlobals())

test('a form of Vue crosses to the backend as a plain value', () => {
  const form = reactive({ name: '王', tenders: [{ means: 'cash', amount: 100 }], note: ref(null), bytes: null })
  const copy = plain(form)
  expect(structuredClone(copy)).toEqual({
    name: '王',
    tenders: [{ means: 'cash', amount: 100 }],
    note: null,
    bytes: null,
  })
  const bytes = new Uint8Array([1, 2])
  expect(plain({ bytes })).toEqual({ bytes })
})

test('whatever is missing is said at once', () => {
  const missing = ['请填写转介渠道', '请先告知客户转介的渠道', '请填写转介渠道'].map((message) => ({
    field: 'x',
    message,
  }))
  const failure = (code: string, details: unknown) => new CallError({ code, message: '请填写转介渠道', details })
  expect(obstaclesOf(failure('InvalidInput', missing))).toBe('请填写转介渠道；请先告知客户转介的渠道')
  expect(obstaclesOf(failure('InvalidInput', { issues: 2 }))).toBe('请填写转介渠道')
  expect(obstaclesOf(failure('InvalidInput', [{ kind: 'x' }, null]))).toBe('请填写转介渠道')
  expect(obstaclesOf(failure('Refused', missing))).toBe('请填写转介渠道')
})

test('a call goes out under its name and comes back with its answer', async () => {
  const asked: unknown[] = []
  vi.stubGlobal('window', {
    hall: {
      call: (name: string, input: unknown, session: unknown) => {
        asked.push([name, structuredClone(input), session])
        return Promise.resolve({ device: null })
      },
    },
  })
  expect(await access.welcome(reactive({}))).toEqual({ device: null })
  expect(asked).toEqual([['access.welcome', {}, null]])
})

test('a failure keeps its Chinese words and its field; anything else is never shown raw', async () => {
  const failure = { code: 'InvalidInput', message: '请填写工号', field: 'staffNo' }
  vi.stubGlobal('window', { hall: { call: () => Promise.reject(failure) } })
  const thrown = await access.lock({}).catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(CallError)
  expect(thrown).toMatchObject(failure)
  expect(asCallError(new TypeError('x is not a function'))).toMatchObject({
    code: 'ScreenFault',
    message: '页面出现故障，请重试；仍不行请重新打开本页',
  })
  expect(asCallError(thrown)).toBe(thrown)
})

test('a page that waits for the desktop is at work as one that waits for the backend: keys typed ahead are kept for it', async () => {
  let answer = (_: unknown): void => {}
  const printers = vi.fn(() => new Promise((resolve) => (answer = resolve)))
  const pdf = vi.fn((job: unknown) => Promise.reject(new Error(JSON.stringify(job))))
  vi.stubGlobal('window', { hall: { desktop: { printers, pdf } } })
  const asked = desktop().printers()
  expect(callsUnderWay()).toBe(1)
  answer([{ name: '针式', isDefault: true }])
  expect(await asked).toEqual([{ name: '针式', isDefault: true }])
  await expect(desktop().pdf({ ticket: 'a' })).rejects.toThrow('{"ticket":"a"}')
  expect(callsUnderWay()).toBe(0)
})
