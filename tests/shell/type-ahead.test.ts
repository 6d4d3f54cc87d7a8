/** What is typed ahead is kept and done once the page can, once, and never for another page, dialog or customer. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const calls = vi.hoisted(() => ({ underWay: 0 }))
vi.mock('../../src-renderer/bridge.ts', () => ({ callsUnderWay: () => calls.underWay }))
const { pushLayer } = await import('../../src-renderer/shell/key-layers.ts')
const { hearBeforeField, hearEnter, hearKey, hearPointer } = await import('../../src-renderer/shell/hear-keys.ts')
const { dropScanned, keepMs, leadTo, maxKept, openScanned, pageTurned, pageTurning } =
  await import('../../src-renderer/shell/type-ahead.ts')
const { forgetKept, kept, lost, refused, showTyped } = await import('../../src-renderer/shell/typed-row.ts')
type KeyLayer = Parameters<typeof pushLayer>[0]

const drops: (() => void)[] = []
const layer = (more: Partial<KeyLayer>) => {
  const drop = pushLayer({
    screen: 'collection',
    handlers: {},
    active: () => true,
    modal: false,
    element: () => null,
    ...more,
  })
  drops.push(drop)
  return drop
}
const press = (key: string, more: Partial<KeyboardEvent> = {}) => {
  const event = {
    key,
    code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    repeat: false,
    isComposing: false,
    keyCode: 0,
    defaultPrevented: false,
    preventDefault: vi.fn(),
    stopPropagation: vi.fn(),
    ...more,
  }
  hearKey(event as unknown as KeyboardEvent)
  return event
}
const ctrl = (key: string) => press(key, { ctrlKey: true })
const action = () => vi.fn<() => unknown>()
/** Lets the page get on: what is kept is tried many times. */
const later = (ms = 500) => vi.advanceTimersByTimeAsync(ms)

const place = { hash: '#/collection/1' }
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  vi.stubGlobal('document', { querySelectorAll: () => [], activeElement: null })
  vi.stubGlobal('location', place)
  place.hash = '#/collection/1'
  calls.underWay = 0
  pageTurned()
})
afterEach(async () => {
  forgetKept()
  for (const drop of drops.splice(0)) drop()
  await later(keepMs)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a key held down pays once, and a key of an input method not at all', () => {
  const pay = action()
  layer({ handlers: { F12: pay } })
  press('F12')
  press('F12', { repeat: true })
  press('F12', { isComposing: true })
  press('F12', { keyCode: 229 })
  press('F12', { defaultPrevented: true })
  expect(pay).toHaveBeenCalledTimes(1)
})

test('a field with proposals takes Enter and arrows, but not those with Ctrl: they are the page’s', () => {
  const [keep, next] = [action(), action()]
  layer({ handlers: { 'Ctrl+Enter': keep, 'Ctrl+Down': next } })
  press('Enter', { ctrlKey: true, defaultPrevented: true })
  press('ArrowDown', { ctrlKey: true, defaultPrevented: true })
  press('ArrowDown', { defaultPrevented: true })
  expect([keep, next].map((act) => act.mock.calls.length)).toEqual([1, 1])
})

test('a field with a calendar or a choice lets no Enter out: those with Ctrl are heard before it, and only there', () => {
  class Field {
    readonly #within: string
    constructor(within: string) {
      this.#within = within
    }
    closest(wanted: string): this | null {
      return wanted.split(', ').includes(this.#within) ? this : null
    }
  }
  vi.stubGlobal('Element', Field)
  const record = action()
  layer({ handlers: { 'Ctrl+Enter': record } })
  const hear = (within: string, more: object) => {
    const event = {
      key: 'Enter',
      code: 'Enter',
      ctrlKey: true,
      altKey: false,
      shiftKey: false,
      metaKey: false,
      ...more,
    }
    const parts = { repeat: false, defaultPrevented: false, preventDefault: vi.fn(), stopPropagation: vi.fn() }
    hearBeforeField({ ...event, ...parts, target: new Field(within) } as unknown as KeyboardEvent)
    return parts.stopPropagation.mock.calls.length
  }
  expect(hear('.el-date-editor', {})).toBe(1)
  // Right after somebody was chosen from a list.
  expect(hear('.el-select', {})).toBe(1)
  expect(hear('.el-date-editor', { ctrlKey: false })).toBe(0)
  expect(hear('.el-select', { ctrlKey: false })).toBe(0)
  expect(hear('.el-input', {})).toBe(0)
  expect(record).toHaveBeenCalledTimes(2)
})

test('Ctrl+P before the preview is ready prints as soon as it is', async () => {
  const print = action()
  let shown = false
  layer({ handlers: { 'Ctrl+P': print }, ready: () => shown })
  calls.underWay = 1
  ctrl('p')
  await later()
  expect(print).not.toHaveBeenCalled()
  expect(kept.map(({ combo }) => combo)).toEqual(['Ctrl+P'])
  shown = true
  calls.underWay = 0
  await later()
  expect(print).toHaveBeenCalledTimes(1)
  expect(kept).toEqual([])
})

test('F12 then Ctrl+P at once: the second waits for the first and goes to the preview that it opens', async () => {
  let paid = () => {}
  const [reprint, print] = [action(), action()]
  layer({ handlers: { F12: () => new Promise<void>((resolve) => (paid = resolve)), 'Ctrl+P': reprint } })
  press('F12')
  ctrl('p')
  await later()
  expect(reprint).not.toHaveBeenCalled()
  layer({ handlers: { 'Ctrl+P': print }, modal: true })
  paid()
  await later()
  expect([print.mock.calls.length, reprint.mock.calls.length]).toEqual([1, 0])
})

test('F12 twice is once, whether it is being done or only kept', async () => {
  let paid = () => {}
  const pay = vi.fn(() => new Promise<void>((resolve) => (paid = resolve)))
  let loaded = false
  layer({ handlers: { F12: pay }, ready: () => loaded })
  calls.underWay = 1
  press('F12')
  press('F12')
  loaded = true
  await later()
  press('F12')
  await later()
  paid()
  await later()
  expect(pay).toHaveBeenCalledTimes(1)
})

test('a payment typed for one customer is never made for another', async () => {
  const pay = action()
  let loaded = false
  layer({ handlers: { F12: pay }, ready: () => loaded })
  calls.underWay = 1
  press('F12')
  place.hash = '#/collection/2'
  loaded = true
  await later()
  expect(pay).not.toHaveBeenCalled()
  expect(kept).toEqual([])
})

test('a page that is still loading its code has the keys typed for it, and the page before does not', async () => {
  const [before, after] = [action(), action()]
  const leave = layer({ handlers: { 'Ctrl+N': before } })
  pageTurning('/openings')
  ctrl('n')
  await later()
  expect(before).not.toHaveBeenCalled()
  leave()
  place.hash = '#/openings'
  pageTurned()
  calls.underWay = 1
  await later()
  layer({ handlers: { 'Ctrl+N': after } })
  await later()
  expect(after).toHaveBeenCalledTimes(1)
})

test('keys are done in the order they were typed', async () => {
  const done: string[] = []
  let ready = false
  layer({
    handlers: { F5: () => done.push('F5'), F12: () => done.push('F12'), F9: () => done.push('F9') },
    ready: () => ready,
  })
  calls.underWay = 1
  for (const key of ['F9', 'F5', 'F12']) press(key)
  ready = true
  await later()
  expect(done).toEqual(['F9', 'F5', 'F12'])
})

test.each([
  ['Esc', () => press('Escape')],
  ['a digit of an amount that no field took', () => press('5')],
  ['the mouse', () => hearPointer()],
])('%s empties what is kept', async (_, stop) => {
  const pay = action()
  let ready = false
  layer({ handlers: { F12: pay }, ready: () => ready })
  calls.underWay = 1
  press('F12')
  stop()
  ready = true
  await later()
  expect(pay).not.toHaveBeenCalled()
})

test('what lies behind a dialog that came meanwhile is not confirmed by a key that was typed before it', async () => {
  const [page, dialog] = [action(), action()]
  let ready = false
  layer({ handlers: { F12: page }, ready: () => ready })
  calls.underWay = 1
  press('F12')
  layer({ handlers: { F12: dialog }, modal: true })
  ready = true
  await later()
  expect([page, dialog].map((one) => one.mock.calls.length)).toEqual([0, 0])
})

test('what a question has no use for does not hold up its answer, though the page behind still reads', async () => {
  const [page, lock] = [action(), action()]
  layer({ handlers: { F12: page } })
  const inside = { closest: () => null }
  const question = {
    checkVisibility: () => true,
    closest: () => null,
    contains: () => true,
    querySelector: (wanted: string) => (wanted === '[data-all-keys]' ? inside : null),
  }
  vi.stubGlobal('getComputedStyle', () => ({ zIndex: '1' }))
  vi.stubGlobal('document', {
    querySelectorAll: (wanted: string) => (wanted.includes('aria-modal') ? [question] : []),
    activeElement: null,
  })
  layer({ handlers: { 'Ctrl+Enter': lock }, element: () => inside as unknown as Element })
  calls.underWay = 1
  press('F12')
  press('Enter', { ctrlKey: true })
  await later()
  expect([page, lock].map((one) => one.mock.calls.length)).toEqual([0, 1])
  expect(lost.value).toBeNull()
})

test.each([
  ['closes', 1],
  ['stays, as what it sent was refused', 0],
])('a key that the dialog being sent does not know is for the page below, once the dialog %s', async (_, times) => {
  let sent = () => {}
  const next = action()
  layer({ handlers: { 'Ctrl+N': next, F9: action() } })
  const close = layer({ handlers: { F12: () => new Promise<void>((resolve) => (sent = resolve)) }, modal: true })
  press('F12')
  ctrl('n')
  await later(100)
  expect(next).not.toHaveBeenCalled()
  if (times > 0) close()
  sent()
  await later()
  expect([next.mock.calls.length, kept.length]).toEqual([times, 0])
})

test('a key of a closed dialog goes with it', async () => {
  const save = action()
  const close = layer({ handlers: { F12: action() }, modal: true, ready: () => false })
  layer({ handlers: {} })
  calls.underWay = 1
  press('F12')
  close()
  layer({ handlers: { F12: save } })
  await later()
  expect(save).not.toHaveBeenCalled()
})

test('nothing is kept on a page that is at rest, too many are not kept, and none for ever', async () => {
  const late = action()
  press('F9')
  expect(kept).toEqual([])
  calls.underWay = 1
  for (let i = 1; i <= maxKept + 3; i++) press('PageDown')
  pageTurning('/customers')
  for (let i = 1; i <= maxKept + 3; i++) press('PageDown')
  expect(kept.length).toBe(maxKept)
  pageTurned()
  await later(keepMs + 1000)
  layer({ handlers: { PageDown: late } })
  await later()
  expect(late).not.toHaveBeenCalled()
})

test('the frame answers at once, and whoever goes elsewhere has done with what was typed', async () => {
  const [find, pay] = [action(), action()]
  let ready = false
  layer({ screen: 'global', handlers: { F2: find } })
  layer({ handlers: { F12: pay }, ready: () => ready })
  calls.underWay = 1
  press('F12')
  press('F2')
  expect(find).toHaveBeenCalledTimes(1)
  ready = true
  await later()
  expect(pay).not.toHaveBeenCalled()
})

test('keys of the field stay with the field while the page loads', () => {
  calls.underWay = 1
  for (const key of ['a', 'c', 'v', 'x', 'z']) expect(ctrl(key).preventDefault).not.toHaveBeenCalled()
  expect(press('PageDown').preventDefault).not.toHaveBeenCalled()
  expect(kept).toEqual([])
})

test('a kept key whose act fails is not begun again', async () => {
  const fails = vi.fn(() => {
    throw new Error('broken')
  })
  let ready = false
  layer({ handlers: { F12: fails }, ready: () => ready })
  calls.underWay = 1
  press('F12')
  ready = true
  await expect(later()).rejects.toThrow('broken')
  await later()
  expect(fails).toHaveBeenCalledTimes(1)
})

/** A field that can be written in, as far as the row of kept keys asks. */
class FieldStub {
  readonly readOnly = false
  readonly disabled = false
  type = 'text'
  value = ''
  pressed: string[] = []
  closest() {
    return null
  }
  dispatchEvent(event: { key: string }) {
    this.pressed.push(event.key)
    return true
  }
}
function fields(): { amount: FieldStub; find: FieldStub; focus: (on: FieldStub) => void } {
  const [amount, find] = [new FieldStub(), new FieldStub()]
  const page = {
    querySelectorAll: () => [],
    activeElement: amount,
    execCommand: (_: string, __: boolean, text: string) => (page.activeElement.value += text),
  }
  vi.stubGlobal('document', page)
  vi.stubGlobal('HTMLInputElement', FieldStub)
  vi.stubGlobal('HTMLTextAreaElement', Array)
  vi.stubGlobal(
    'KeyboardEvent',
    class {
      readonly key: string
      constructor(_: string, { key }: { key: string }) {
        this.key = key
      }
    },
  )
  return { amount, find, focus: (on) => (page.activeElement = on) }
}
const enter = () => {
  const stop = vi.fn()
  hearEnter({
    ...{ key: 'Enter', ctrlKey: false, altKey: false, shiftKey: false, isComposing: false, keyCode: 13 },
    ...{ preventDefault: vi.fn(), stopPropagation: stop, stopImmediatePropagation: vi.fn() },
  } as unknown as KeyboardEvent)
  return stop.mock.calls.length
}

test('the next number, typed while F12 is being done, goes to the box that has the focus then, and its Enter too', async () => {
  let paid = () => {}
  layer({ handlers: { F12: () => new Promise<void>((resolve) => (paid = resolve)) } })
  const { amount, find, focus } = fields()
  press('F12')
  for (const digit of '0013') expect(press(digit).preventDefault).toHaveBeenCalled()
  press('Backspace')
  expect(enter()).toBe(1)
  await later()
  expect(amount.value).toBe('')
  place.hash = '#/collection'
  focus(find)
  paid()
  await later()
  expect([amount.value, find.value, find.pressed]).toEqual(['', '001', ['Enter']])
})

test('where the act failed, the number does not become an amount, and it is said', async () => {
  let over = () => {}
  layer({ handlers: { F12: () => new Promise<void>((resolve) => (over = resolve)) } })
  const { amount } = fields()
  press('F12')
  for (const digit of '0013') press(digit)
  over()
  await later(1000)
  expect(amount.value).toBe('')
  expect(lost.value).toContain('0013')
})

test('a key that hands typed over is said to be lost; a scan behind it breaks nothing and waits its turn', async () => {
  const done: string[] = []
  let ready = false
  layer({ handlers: { F12: () => done.push('F12') }, ready: () => ready })
  fields()
  calls.underWay = 1
  press('F12')
  press('5')
  await later()
  expect([kept.length, lost.value]).toEqual([0, 'F12'])

  press('F12')
  for (const digit of '0010100000013') press(digit)
  openScanned('0010100000013', () => Promise.resolve(done.push('scan')))
  await later()
  expect(done).toEqual([])
  ready = true
  calls.underWay = 0
  await later()
  expect(done).toEqual(['F12', 'scan'])
})

test('F12 for the scan behind it is no second press of the F12 that is being done', async () => {
  const done: string[] = []
  let paid = () => {}
  layer({
    handlers: { F12: () => (done.push(place.hash), new Promise<void>((resolve) => (paid = resolve))) },
  })
  fields()
  press('F12')
  press('F12')
  openScanned('0010100000013', () => {
    place.hash = '#/collection/2'
    return Promise.resolve()
  })
  press('F12')
  await later()
  expect(done).toEqual(['#/collection/1'])
  paid()
  await later()
  paid()
  expect(done).toEqual(['#/collection/1', '#/collection/2'])
})

test('the means typed while a code is opened are for whom it names; what a search by hand finds is seen before F12', async () => {
  for (const surely of [true, false]) {
    const done: string[] = []
    let found = () => {}
    place.hash = '#/collection'
    const open = async () => {
      await new Promise<void>((resolve) => (found = resolve))
      place.hash = '#/collection/7'
      drops.push(layer({ handlers: { F5: () => done.push('F5'), F12: () => done.push('F12') } }))
    }
    if (surely) openScanned('0010100000013', open)
    else void leadTo(open)
    press('F5')
    press('F12')
    await later()
    found()
    await later()
    expect(done).toEqual(surely ? ['F5', 'F12'] : ['F5'])
    forgetKept()
    for (const drop of drops.splice(0)) drop()
  }
})

test('the Esc that closes a question of the program is no step back of the page below', () => {
  vi.stubGlobal('Element', function Element() {})
  const back = action()
  layer({ handlers: { Escape: back } })
  const question = layer({ modal: true })
  const event = { key: 'Escape', code: 'Escape', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false }
  const pressed = {
    ...event,
    repeat: false,
    isComposing: false,
    keyCode: 0,
    defaultPrevented: false,
    target: null,
    preventDefault: vi.fn(),
    stopPropagation: vi.fn(),
  } as unknown as KeyboardEvent
  // The question hears it on the way and is gone before the page hears it.
  hearBeforeField(pressed)
  question()
  hearKey(pressed)
  expect(back).not.toHaveBeenCalled()
  const next = { ...pressed } as KeyboardEvent
  hearBeforeField(next)
  hearKey(next)
  expect(back).toHaveBeenCalledOnce()
})

test('a key that cannot be done now says why, at once or when nothing more is coming; done after all, it says nothing', async () => {
  let why: string | null = '没有勾选账单'
  const pay = action()
  layer({ handlers: { F12: { run: pay, obstacle: () => why } }, ready: () => why === null })
  press('F12')
  expect(refused.value).toEqual({ keys: 'F12', why: '没有勾选账单' })
  await later(10_000)
  expect(refused.value).toBeNull()

  // While the page is at work it may yet be mended.
  calls.underWay = 1
  press('F12')
  await later()
  expect([refused.value, kept.length]).toEqual([null, 1])
  calls.underWay = 0
  await later()
  expect([refused.value?.why, kept.length, lost.value]).toEqual(['没有勾选账单', 0, null])

  why = null
  press('F12')
  expect([pay.mock.calls.length, refused.value]).toEqual([1, null])
})

test('F4 behind the Enter of a search is the till of whom it finds; where their page has none, the room is opened', async () => {
  for (const own of [true, false]) {
    const done: string[] = []
    let found = () => {}
    place.hash = '#/customers'
    layer({ screen: 'global', handlers: { F4: () => done.push('empty till') } })
    void leadTo(async () => {
      await new Promise<void>((resolve) => (found = resolve))
      pageTurning('/customers/7')
    })
    press('F4')
    found()
    await later()
    // Once more while the code of the page is loaded.
    press('F4')
    await later()
    expect(done).toEqual([])
    place.hash = '#/customers/7'
    if (own) layer({ screen: 'customers', handlers: { F4: () => done.push('till of 7') } })
    pageTurned()
    await later()
    expect(done).toEqual([own ? 'till of 7' : 'empty till'])
    for (const drop of drops.splice(0)) drop()
  }
})

test('the alarm, the search and a room pressed when nobody is looked for wait for nothing', async () => {
  const done: string[] = []
  const frame = Object.fromEntries(['F10', 'F2', 'F4'].map((key) => [key, () => done.push(key)]))
  layer({ screen: 'global', handlers: frame })
  press('F4')
  let found = () => {}
  void leadTo(() => new Promise<void>((resolve) => (found = resolve)))
  press('F10')
  press('F2')
  expect(done).toEqual(['F4', 'F10', 'F2'])
  found()
  await later()
})

test('what is typed behind a key that waits is for what the key opens; behind one that moves money it breaks the row', async () => {
  const done: string[] = []
  let ready = false
  const open = { 'Ctrl+G': () => done.push('Ctrl+G'), F12: () => done.push('F12') }
  layer({ handlers: open, ready: () => ready })
  const { find, focus } = fields()
  for (const [key, rest] of [
    ['g', '001'],
    ['F12', ''],
  ] as const) {
    ready = false
    calls.underWay = 1
    find.value = ''
    focus({} as typeof find)
    if (key === 'g') ctrl('g')
    else press(key)
    for (const digit of '001') press(digit)
    await later(1000)
    ready = true
    calls.underWay = 0
    focus(find)
    await later(1000)
    expect([done, find.value]).toEqual([['Ctrl+G'], rest])
  }
  expect(lost.value).toBe('F12')
})

test('what waits is put into no field that takes no text; neither Tab nor Home runs two fields together', async () => {
  layer({ handlers: { 'Ctrl+N': action() } })
  const { amount: radio, find, focus } = fields()
  radio.type = 'radio'
  focus({} as typeof find)
  ctrl('n')
  press('7')
  focus(radio)
  await later(200)
  focus(find)
  await later()
  expect([radio.value, find.value]).toEqual(['', '7'])

  find.value = ''
  focus({} as typeof find)
  ctrl('n')
  press('7')
  expect(press('Tab').preventDefault).toHaveBeenCalled()
  expect(press('5').preventDefault).toHaveBeenCalled()
  expect(kept.map(({ combo, text }) => text ?? combo)).toEqual(['7', 'Tab', '5'])
  expect(press('Home').preventDefault).toHaveBeenCalled()
  focus(find)
  await later()
  expect([find.value, lost.value]).toEqual(['', '7 Tab 5'])
})

test('a serial typed behind its means, while what is owed is still read, is the serial; F12 behind it pays once it stands there', async () => {
  const { find, amount: serial, focus } = fields()
  focus(find)
  calls.underWay = 1
  press('F6')
  for (const figure of '4200') expect(press(figure).preventDefault).toHaveBeenCalled()
  press('F12')
  const [wechat, pay] = [vi.fn<() => unknown>(() => void focus(serial)), action()]
  layer({ handlers: { F6: wechat, F12: pay } })
  calls.underWay = 0
  await later()
  expect([wechat.mock.calls.length, find.value, serial.value, pay.mock.calls.length]).toEqual([1, '', '4200', 1])
  expect(lost.value).toBe(null)
})

test('text behind the Enter of a search is for whom it finds, or the next name in the same box; never part of the number', async () => {
  layer({ handlers: {} })
  for (const [found, moves] of [
    [true, true],
    [true, false],
    [false, false],
  ] as const) {
    const { find, amount: index, focus } = fields()
    focus(find)
    let answer: (found: boolean) => void = () => {}
    const going = leadTo(() => new Promise<boolean>((resolve) => (answer = resolve)))
    for (const digit of '48') expect(press(digit).preventDefault).toHaveBeenCalled()
    calls.underWay = 1
    answer(found)
    await vi.advanceTimersByTimeAsync(1)
    await going
    await later(1000)
    expect([find.value, index.value]).toEqual(['', ''])
    if (moves) focus(index)
    calls.underWay = 0
    await later(300)
    expect([find.value, index.value]).toEqual(moves ? ['', '48'] : ['48', ''])
  }
})

test('where the box itself was not there yet, what is typed behind its Enter is no part of the number either', async () => {
  const { find, amount: index, focus } = fields()
  focus({} as typeof find)
  pageTurning('/readings')
  let found = () => {}
  find.dispatchEvent = () => (void leadTo(() => new Promise<void>((resolve) => (found = resolve))), true)
  for (const digit of '0026') press(digit)
  enter()
  for (const digit of '48') press(digit)
  place.hash = '#/readings'
  pageTurned()
  focus(find)
  await later(100)
  calls.underWay = 1
  found()
  await later(1000)
  expect([find.value, index.value]).toEqual(['0026', ''])
  focus(index)
  await later(100)
  expect([find.value, index.value]).toEqual(['0026', '48'])
})

test('Space, Tab and text behind a key that waits are kept in their order; behind one that moves money nothing is', async () => {
  fields()
  calls.underWay = 1
  pageTurning('/complaints/new')
  for (const key of [' ', 'Tab', 'Tab', '1', '9', 'Tab', 'x', 'y']) press(key, key === ' ' ? { code: 'Space' } : {})
  press('F12')
  expect(kept.map(({ combo, text }) => text ?? combo)).toEqual(['Space', 'Tab', 'Tab', '19', 'Tab', 'xy', 'F12'])
  expect(press('Tab').preventDefault).not.toHaveBeenCalled()
  expect(new Set(kept.map(({ path }) => path))).toEqual(new Set(['/complaints/new']))
})

test('what confirms a form is for the room it was typed behind, not for whoever is still on the page; at the till it is not', async () => {
  for (const room of ['v', 'F4'] as const) {
    const [confirm, done] = [action(), action()]
    const drop = layer({ screen: 'global', handlers: { 'Alt+V': () => pageTurning('/complaints'), F4: done } })
    place.hash = '#/'
    let found = () => {}
    void leadTo(async () => {
      await new Promise<void>((resolve) => (found = resolve))
      pageTurning('/customers/7')
    })
    press(room, { altKey: room === 'v' })
    press('F12')
    found()
    await later(100)
    place.hash = '#/customers/7'
    pageTurned()
    await later(300)
    place.hash = room === 'v' ? '#/complaints' : '#/collection/7'
    pageTurned()
    layer({ handlers: { F12: confirm } })
    await later()
    expect([confirm.mock.calls.length, lost.value]).toEqual(room === 'v' ? [1, null] : [0, 'F12'])
    drop()
  }
})

test('a room pressed behind a search and given up to the frame takes nothing with it; what cannot be done is said', async () => {
  const done: string[] = []
  layer({ screen: 'global', handlers: { 'Alt+S': () => done.push('Alt+S') } })
  let found = () => {}
  void leadTo(() => new Promise<void>((resolve) => (found = resolve)))
  press('s', { altKey: true })
  press('F12')
  found()
  await later()
  expect([done, lost.value]).toEqual([['Alt+S'], 'F12'])

  const why: string | null = '没有勾选账单'
  layer({ handlers: { F12: { run: action(), obstacle: () => why } }, ready: () => false })
  calls.underWay = 1
  press('F12')
  openScanned('001', () => Promise.resolve())
  calls.underWay = 0
  await later()
  expect(lost.value).toBe('F12 扫码')
})

test('a scan that is turned away leaves nothing for a field', async () => {
  layer({ handlers: { 'Ctrl+N': action() } })
  const { find, focus } = fields()
  focus({} as typeof find)
  ctrl('n')
  for (const digit of '001') press(digit)
  enter()
  dropScanned('001')
  focus(find)
  await later()
  expect([find.value, kept.length]).toEqual(['', 0])
})

test('the key of a reason that a dialog asks for is heard, though the key that asked is still being done', () => {
  const inside = { closest: () => null } as unknown as Element
  const prompt = {
    checkVisibility: () => true,
    closest: () => null,
    querySelector: (wanted: string) => (wanted.includes('.reason-prompt') ? inside : null),
    contains: (element: Element) => element === inside,
  }
  let asked = false
  vi.stubGlobal('getComputedStyle', () => ({ zIndex: '1' }))
  vi.stubGlobal('document', {
    querySelectorAll: (wanted: string) => (asked && wanted.includes('aria-modal') ? [prompt] : []),
    activeElement: null,
  })
  const confirm = action()
  // The dialog of a bill, which covers its page by a layer of its own.
  layer({ modal: true, handlers: { 'Shift+F12': () => ((asked = true), new Promise<void>(() => {})) } })
  press('F12', { shiftKey: true })
  layer({ handlers: { F12: confirm }, element: () => inside })
  press('F12')
  expect([confirm.mock.calls.length, kept.length]).toEqual([1, 0])
})

test.each([
  ['behind the question in front is not what Esc is meant for', '1', 1],
  ['in front of it takes the Esc for itself', '3', 0],
])('a list that floats %s', (_, zIndex, answered) => {
  const leave = action()
  const inside = { closest: () => null }
  const shown = { checkVisibility: () => true, closest: () => null, matches: () => false, querySelector: () => null }
  const question = { ...shown, zIndex: '2', contains: (one: unknown) => one === inside }
  const list = { ...shown, zIndex, contains: () => false }
  vi.stubGlobal('getComputedStyle', ({ zIndex }: { zIndex: string }) => ({ zIndex }))
  vi.stubGlobal('document', {
    querySelectorAll: (wanted: string) =>
      wanted.includes('aria-modal') ? [question] : wanted.includes('el-popper') ? [list] : [],
    activeElement: null,
  })
  layer({ handlers: { Escape: leave }, element: () => inside as unknown as Element })
  press('Escape')
  expect(leave).toHaveBeenCalledTimes(answered)
})

test('what is typed while the dialog of a key still comes is for its field, or is said to be lost; after Esc it is nobody’s', async () => {
  layer({ handlers: { 'Ctrl+N': action(), Escape: action() } })
  const { find, focus } = fields()
  focus({} as typeof find)
  ctrl('n')
  for (const digit of '701') expect(press(digit).preventDefault).toHaveBeenCalled()
  await later(200)
  focus(find)
  await later()
  expect([find.value, kept.length]).toEqual(['701', 0])

  focus({} as typeof find)
  ctrl('n')
  press('7')
  await later(2_000)
  expect([lost.value, kept.length]).toEqual(['7', 0])

  // Beside a field for a password it may be one: neither what waits nor what is lost is shown.
  vi.stubGlobal('document', {
    querySelectorAll: (wanted: string) => (wanted.includes('password') ? [{ checkVisibility: () => true }] : []),
    activeElement: null,
  })
  ctrl('n')
  for (const letter of 'Demo') press(letter)
  expect(kept.map(({ combo, text }) => showTyped(combo, text)).join(' ')).toBe('“••••”')
  await later(2_000)
  expect([lost.value, kept.length]).toEqual(['••••', 0])
  vi.stubGlobal('document', { querySelectorAll: () => [], activeElement: null })

  // The press of a button or a row.
  ctrl('n')
  expect(press(' ', { code: 'Space' }).preventDefault).not.toHaveBeenCalled()
  press('Escape')
  expect(press('7').preventDefault).not.toHaveBeenCalled()
  await later(2_000)
  ctrl('n')
  await later(2_000)
  expect(press('7').preventDefault).not.toHaveBeenCalled()
})

test.each(['a key', 'Enter on a row'])(
  'what %s opens without asking anybody is given the keys behind it; one that moves money is not',
  async (how) => {
    class Row {
      matches = () => false
    }
    vi.stubGlobal('Element', Row)
    vi.stubGlobal('HTMLInputElement', Date)
    vi.stubGlobal('HTMLTextAreaElement', Date)
    const [print, keep, pay] = [action(), action(), action()]
    const open = () => void setTimeout(() => layer({ handlers: { 'Ctrl+P': print, 'Ctrl+S': keep, F12: pay } }), 200)
    layer({ handlers: { 'Ctrl+Shift+Z': open } })
    if (how === 'a key') press('z', { ctrlKey: true, shiftKey: true })
    else {
      hearEnter({ key: 'Enter', target: new Row(), repeat: false } as unknown as KeyboardEvent)
      open()
    }
    ctrl('p')
    ctrl('s')
    await later(1_000)
    expect([print, keep].map((act) => act.mock.calls.length)).toEqual([1, 1])
    press('F12')
    expect(pay).toHaveBeenCalledTimes(1)
    for (const drop of drops.splice(0)) drop()
    layer({ handlers: { 'Ctrl+Shift+Z': open } })
    press('z', { ctrlKey: true, shiftKey: true })
    press('F12')
    await later(1_000)
    expect(pay).toHaveBeenCalledTimes(1)
  },
)

test('the means and the amount typed behind a number are for whom it finds; what confirms them is pressed once that is seen', async () => {
  class Field {
    type = 'text'
    readOnly = false
    disabled = false
  }
  vi.stubGlobal('HTMLInputElement', Field)
  vi.stubGlobal('HTMLTextAreaElement', Date)
  const [search, cash] = [new Field(), new Field()]
  const written: [unknown, string][] = []
  const at = (field: Field | null) =>
    vi.stubGlobal('document', {
      querySelectorAll: () => [],
      activeElement: field,
      execCommand: (_: string, __: boolean, text: string) => written.push([field, text]),
    })
  at(search)
  place.hash = '#/collection'
  const [confirm, payCash] = [action(), vi.fn<() => unknown>(() => void setTimeout(() => at(cash), 50))]
  let found = () => {}
  const going = leadTo(() => new Promise<void>((resolve) => (found = resolve)))
  press('F5')
  for (const figure of '200') press(figure)
  press('F12')
  await later(100)
  expect([payCash.mock.calls.length, written]).toEqual([0, []])
  place.hash = '#/collection/2'
  layer({ handlers: { F5: payCash, F12: confirm } })
  found()
  await vi.advanceTimersByTimeAsync(1)
  await going
  await later(1_500)
  expect(payCash).toHaveBeenCalledTimes(1)
  expect(written).toEqual([[cash, '200']])
  expect(confirm).not.toHaveBeenCalled()
  expect(lost.value).toContain('F12')
})

test.each([
  ['is searched by hand', false],
  ['is named by a whole number', true],
])('where nobody is found who %s, nothing typed for them is done with whoever is on the page', async (_, surely) => {
  const { find, amount, focus } = fields()
  const done: string[] = []
  const act = (key: string) => () => void (done.push(key), focus(amount))
  layer({ handlers: { F5: act('F5'), F12: act('F12') } })
  focus(find)
  let answer: (found: boolean) => void = () => {}
  const going = leadTo(() => new Promise<boolean>((resolve) => (answer = resolve)), { surely })
  press('F5')
  for (const figure of '200') press(figure)
  press('F12')
  answer(false)
  await vi.advanceTimersByTimeAsync(1)
  await going
  await later(2_000)
  expect([done, amount.value, find.value]).toEqual([[], '', ''])
  expect([kept.length, lost.value]).toEqual([0, 'F5 200 F12'])

  // What could not even be looked for is the same; the next scan behind it is not theirs.
  openScanned('0010100000013', async () =>
    (await later(100), Promise.reject(new Error('no answer'))).catch(() => false),
  )
  press('F5')
  openScanned('0010100000021', () => Promise.resolve(done.push('scan')))
  press('F12')
  await later(2_000)
  expect([done, lost.value]).toEqual([['scan', 'F12'], 'F5'])
})

test('the key of somebody else’s room says whose it is and takes nothing that waits with it', async () => {
  const pay = action()
  let ready = false
  layer({ handlers: { F12: pay }, ready: () => ready })
  const says = action()
  layer({ screen: 'global', handlers: { 'Alt+N': { run: says, unlisted: true } } })
  calls.underWay = 1
  press('F12')
  press('n', { altKey: true })
  ready = true
  calls.underWay = 0
  await later()
  expect([says, pay].map((act) => act.mock.calls.length)).toEqual([1, 1])
})

test('what is typed on a sheet before or over the pages is its field’s, while the code of the page behind it is loaded', async () => {
  const field = { closest: (selector: string) => (selector === '.start-screen' ? field : null) }
  pageTurning('/')
  const more = { target: field as unknown as EventTarget }
  for (const key of ['p', ' ', 'Tab', 'Backspace']) {
    expect(press(key, more).preventDefault, key).not.toHaveBeenCalled()
    expect(kept, key).toEqual([])
  }
})

test.each(['a search that has found somebody', 'an act that is nearly done'])(
  'a field to which %s has led takes what is typed there, while the rest of it is still under way',
  async (what) => {
    let over: () => void = () => {}
    const under = () => new Promise<void>((resolve) => (over = resolve))
    layer({ handlers: { F12: under } })
    const { amount: companion, find, focus } = fields()
    focus(find)
    if (what.startsWith('a search')) void leadTo(under)
    else press('F12')
    // Typed before the focus moves: for the field to come. Behind it: the same.
    expect(press('4').preventDefault).toHaveBeenCalled()
    focus(companion)
    expect(press('0').preventDefault).toHaveBeenCalled()
    over()
    await later(100)
    expect([find.value, companion.value]).toEqual(['', '40'])
    // Nothing waits, and the focus has moved already: a search has done its work by then, what is being sent has not.
    focus(find)
    if (what.startsWith('a search')) void leadTo(under)
    else press('F12')
    focus(companion)
    const heard = [...'01'].map((digit) => vi.mocked(press(digit).preventDefault).mock.calls.length)
    expect(heard).toEqual(what.startsWith('a search') ? [0, 0] : [1, 1])
    over()
    await later(1000)
    expect([companion.value, lost.value]).toEqual([what.startsWith('a search') ? '40' : '4001', null])
  },
)
