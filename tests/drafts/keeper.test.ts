/** What the window does with what is typed: written within a second, in order, never for somebody else. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRenderer, ref } from 'vue'
import { useDraft } from '../../src-renderer/composables/useDraft.ts'
import {
  draftBody,
  dropDraft,
  flushDrafts,
  forgetDrafts,
  keepDraft,
  loadDrafts,
  sameShape,
  saveWithinMs,
} from '../../src-renderer/drafts/keeper.ts'

const sent: [string, Record<string, unknown>][] = []
let answer: (call: string) => Promise<unknown> = () => Promise.resolve({})
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', { title: '受理工单 - 燃气营业厅' })
  vi.stubGlobal('location', { hash: '#/workorders/new' })
  vi.stubGlobal('window', {
    hall: {
      call: (call: string, input: Record<string, unknown>) => {
        sent.push([call, input])
        return answer(call)
      },
    },
  })
  sent.length = 0
  answer = () => Promise.resolve({})
  forgetDrafts()
})
afterEach(() => {
  forgetDrafts()
  vi.useRealTimers()
})
const draft = (key: string, body: unknown) => ({ key, title: '表单', path: '/', body: JSON.stringify(body) })
const calls = () => sent.map(([call, { key, body }]) => [call, key, ...(body === undefined ? [] : [body])])

describe('a form that is being filled in', () => {
  test('is written once within a second, however fast one types, and names its page', async () => {
    const form = ref({ name: '' })
    useDraft('workorder', form)
    for (const name of ['王', '王秀', '王秀英']) {
      form.value.name = name
      await vi.advanceTimersByTimeAsync(saveWithinMs / 4)
    }
    expect(sent).toEqual([])
    await vi.advanceTimersByTimeAsync(saveWithinMs / 4)
    expect(saveWithinMs).toBeLessThanOrEqual(1_000)
    expect(sent).toEqual([
      ['drafts.save', { key: 'workorder', title: '受理工单', path: '/workorders/new', body: '{"name":"王秀英"}' }],
    ])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(1)
  })

  test('is begun by whoever fills it in: what the page proposes by itself is nobody’s unfinished work', async () => {
    const heard = new Map<string, () => void>()
    vi.stubGlobal('document', {
      title: '报装申请 - 燃气营业厅',
      addEventListener: (name: string, hear: () => void) => heard.set(name, hear),
      removeEventListener: () => undefined,
    })
    const form = ref({ name: '', plan: '' })
    const nodes = () => ({})
    const { createApp } = createRenderer<object, object>({
      ...{
        insert: () => undefined,
        remove: () => undefined,
        setText: () => undefined,
        setElementText: () => undefined,
      },
      ...{ createElement: nodes, createText: nodes, createComment: nodes, patchProp: () => undefined },
      ...{ parentNode: () => null, nextSibling: () => null },
    })
    createApp({
      setup() {
        useDraft('opening', form)
        return () => null
      },
    }).mount({})
    form.value.plan = 'resident-2026'
    await vi.advanceTimersByTimeAsync(saveWithinMs)
    expect(sent).toEqual([])
    heard.get('keydown')?.()
    form.value.name = '王'
    await vi.advanceTimersByTimeAsync(saveWithinMs)
    expect(calls()).toEqual([['drafts.save', 'opening', '{"name":"王","plan":"resident-2026"}']])
    // Emptied again it is as the page proposed it, and gone.
    form.value.name = ''
    await flushDrafts()
    expect(calls().at(-1)).toEqual(['drafts.remove', 'opening'])
  })

  test('that was sent, or emptied again, is removed at once and only if it was kept', async () => {
    const form = ref({ name: '' })
    const { clear } = useDraft('a', form)
    clear()
    form.value.name = '李'
    form.value.name = ''
    await flushDrafts()
    expect(calls()).toEqual([['drafts.remove', 'a']])
  })

  test('sent while it is being written is gone in the end', async () => {
    let written: (() => void) | null = null
    answer = (call) => (call === 'drafts.save' ? new Promise<void>((done) => (written = done)) : Promise.resolve({}))
    keepDraft(draft('a', 1))
    void flushDrafts()
    await vi.advanceTimersByTimeAsync(0)
    dropDraft('a')
    await vi.advanceTimersByTimeAsync(0)
    expect(calls()).toEqual([['drafts.save', 'a', '1']])
    ;(written as (() => void) | null)?.()
    await flushDrafts()
    expect(calls().at(-1)).toEqual(['drafts.remove', 'a'])
  })

  test('is written again when the backend was just being started, but not what can never be kept', async () => {
    const refused = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code, message: code }))
    answer = refused('BackendRestarted')
    keepDraft(draft('a', 1))
    await flushDrafts()
    answer = () => Promise.resolve({})
    await vi.advanceTimersByTimeAsync(5_000)
    expect(calls()).toEqual([
      ['drafts.save', 'a', '1'],
      ['drafts.save', 'a', '1'],
    ])
    answer = refused('InvalidInput')
    keepDraft(draft('b', 2))
    await flushDrafts()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(3)
    answer = refused('SessionLocked')
    keepDraft(draft('c', 3))
    await flushDrafts()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(4)
    answer = () => Promise.resolve({})
    await flushDrafts()
    expect(calls().at(-1)).toEqual(['drafts.save', 'c', '3'])
  })
})

describe('the next operator', () => {
  test('neither sees nor writes what the last one typed', async () => {
    let failed: ((reason: unknown) => void) | null = null
    answer = () => new Promise((_, reject) => (failed = reject))
    keepDraft(draft('a', 1))
    keepDraft(draft('b', 2))
    const writing = flushDrafts()
    await vi.advanceTimersByTimeAsync(0)
    forgetDrafts()
    ;(failed as ((reason: unknown) => void) | null)?.({ code: 'BackendRestarted', message: '' })
    await writing
    await vi.advanceTimersByTimeAsync(60_000)
    expect(calls()).toEqual([['drafts.save', 'a', '1']])
    expect([draftBody('a'), draftBody('b')]).toEqual([undefined, undefined])
  })

  test('is not given drafts that came late for the last one', async () => {
    let come: ((drafts: unknown) => void) | null = null
    answer = () => new Promise((done) => (come = done))
    const loading = loadDrafts()
    await vi.advanceTimersByTimeAsync(0)
    forgetDrafts()
    ;(come as ((drafts: unknown) => void) | null)?.([draft('a', 1)])
    await loading
    expect(draftBody('a')).toBeUndefined()
  })
})

test('after the next login the form has what was typed; one of an older program with other fields is left', async () => {
  answer = () => Promise.resolve([draft('a', { name: '王', place: null }), draft('b', { name: '王', phone: '1' })])
  await loadDrafts()
  const form = ref<{ name: string; place: string | null }>({ name: '', place: null })
  expect(useDraft('a', form).restored).toBe(true)
  expect(form.value).toEqual({ name: '王', place: null })
  const other = ref({ name: '', mobile: '' })
  expect(useDraft('b', other).restored).toBe(false)
  expect(other.value).toEqual({ name: '', mobile: '' })
  expect(sameShape({ a: { b: 1 } }, { a: { c: 1 } })).toBe(false)
  expect(sameShape({ a: [1], b: null }, { a: [], b: { x: 1 } })).toBe(true)
})
