import { afterEach, describe, expect, test, vi } from 'vitest'
import { isComposing, onEnter } from '../../src-renderer/composables/ime.ts'
import { actionFor, keysInReach, onceUncovered, pushLayer, type KeyLayer } from '../../src-renderer/shell/key-layers.ts'

const layer = (more: Partial<KeyLayer>): KeyLayer => ({
  screen: 'collection',
  handlers: {},
  active: () => true,
  modal: false,
  element: () => null,
  ...more,
})
/** Stands for an open dialog that contains the given elements: only `contains` is asked of it. */
const dialogWith = (...inside: Element[]) =>
  ({ contains: (element: Element) => inside.includes(element) }) as unknown as Element
const element = (leaving = false) => ({ closest: () => (leaving ? {} : null) }) as unknown as Element

/** An action that remembers its calls. */
const action = () => vi.fn<() => void>()

describe('who hears a key', () => {
  test('the part opened last answers first, and what it does not know goes to the page', () => {
    const [page, part] = [action(), action()]
    const layers = [layer({ handlers: { F5: page, F12: page } }), layer({ handlers: { F5: part } })]
    expect(actionFor(layers, 'F5', null)?.run).toBe(part)
    expect(actionFor(layers, 'F12', null)?.run).toBe(page)
    expect(actionFor(layers, 'F9', null)).toBeNull()
  })

  test('F12 behind an open question does nothing', () => {
    const confirm = action()
    const page = layer({ handlers: { F12: confirm } })
    expect(actionFor([page], 'F12', dialogWith())).toBeNull()
    expect(actionFor([page, layer({ modal: true, handlers: { Escape: action() } })], 'F12', null)).toBeNull()
  })

  test('a button inside the open dialog keeps its key', () => {
    const [inside, run] = [element(), action()]
    const button = layer({ handlers: { 'Ctrl+P': run }, element: () => inside })
    expect(actionFor([button], 'Ctrl+P', dialogWith(inside))?.run).toBe(run)
    expect(actionFor([button], 'Ctrl+P', dialogWith(element()))).toBeNull()
  })

  test('a button of a dialog that is fading out has no key any more', () => {
    const [run, page] = [action(), action()]
    const button = layer({ handlers: { F12: run }, element: () => element(true) })
    expect(actionFor([button], 'F12', null)).toBeNull()
    expect(actionFor([layer({ handlers: { F12: page } }), button], 'F12', null)?.run).toBe(page)
  })

  test('a dialog that is closed hides nothing', () => {
    const run = action()
    const layers = [layer({ handlers: { F12: run } }), layer({ modal: true, active: () => false })]
    expect(actionFor(layers, 'F12', null)?.run).toBe(run)
  })
})

test('F1 is answered in front of a dialog too, and tells the keys of the dialog alone', () => {
  const help = layer({ handlers: { F1: { run: action(), label: '本页快捷键' } }, always: true, screen: 'global' })
  const page = layer({ handlers: { F12: action() } })
  const question = layer({ handlers: { Escape: { run: action(), label: '取消' } }, modal: true })
  expect(actionFor([help, page, question], 'F1', dialogWith())?.run).toBeDefined()
  const remove = [help, page, question].map(pushLayer)
  expect(keysInReach(dialogWith()).map(({ combo }) => combo)).toEqual(['Escape', 'F1'])
  for (const drop of remove) drop()
})

test('F1 lists what works now, in the words of the map or of the button', () => {
  const remove = [
    pushLayer(
      layer({
        handlers: {
          F5: action(),
          F9: { run: action(), label: '用预存', obstacle: () => '没有预存' },
          F7: { run: action(), label: '没有', when: () => false },
        },
      }),
    ),
    pushLayer(layer({ handlers: { F6: action() }, active: () => false })),
  ]
  expect(keysInReach(null)).toEqual([
    { combo: 'F5', label: '现金', screen: 'collection', obstacle: null },
    { combo: 'F9', label: '用预存', screen: 'collection', obstacle: '没有预存' },
  ])
  for (const drop of remove) drop()
  expect(keysInReach(null)).toEqual([])
})

test('Enter that ends a composition confirms nothing', () => {
  class Key {
    preventDefault = vi.fn()
    constructor(more: object) {
      Object.assign(this, { key: 'Enter', keyCode: 13, ...more })
    }
  }
  vi.stubGlobal('KeyboardEvent', Key)
  const confirm = vi.fn()
  const hear = onEnter(confirm)
  const enter = (more: object) => hear(new Key(more) as unknown as KeyboardEvent)
  enter({ isComposing: true })
  enter({ keyCode: 229 })
  enter({ ctrlKey: true })
  enter({ key: 'a' })
  expect(confirm).not.toHaveBeenCalled()
  enter({})
  expect(confirm).toHaveBeenCalledTimes(1)
  expect(isComposing({ isComposing: false, keyCode: 13 })).toBe(false)
  vi.unstubAllGlobals()
})

test('a page that was there before the frame keeps its own key: the room of the same name, with its customer', () => {
  const [page, frame] = [action(), action()]
  const layers = [layer({ handlers: { F4: page } }), layer({ screen: 'global', handlers: { F4: frame } })]
  expect(actionFor(layers, 'F4', null)?.run).toBe(page)
})

test('a question of the program is not answered by the key of the dialog that asked it', () => {
  const save = action()
  const dialog = layer({ handlers: { F12: save }, modal: true })
  const question = { contains: () => false, querySelector: () => ({}) } as unknown as Element
  expect(actionFor([dialog], 'F12', question)).toBeNull()
})

describe('what waits for the dialog in front', () => {
  afterEach(() => vi.unstubAllGlobals())
  test('is done when it goes, at once where none is or where it holds what waits, and not once it was taken back', () => {
    const [row, run] = [element(), action()]
    const dialog = { ...dialogWith(), checkVisibility: () => true, closest: () => null }
    let open = true
    let moved = (): void => undefined
    vi.stubGlobal('document', {
      body: {},
      querySelectorAll: (all: string) => (open && all.includes('aria-modal') ? [dialog] : []),
    })
    vi.stubGlobal('getComputedStyle', () => ({ zIndex: '1' }))
    vi.stubGlobal(
      'MutationObserver',
      class {
        constructor(heard: () => void) {
          moved = heard
        }
        observe() {}
        disconnect() {
          moved = () => undefined
        }
      },
    )
    const takeBack = onceUncovered(row, run)
    moved()
    expect(run).not.toHaveBeenCalled()
    takeBack()
    onceUncovered(row, run)
    open = false
    moved()
    moved()
    expect(run).toHaveBeenCalledTimes(1)
    onceUncovered(row, run)
    expect(run).toHaveBeenCalledTimes(2)
  })
})
