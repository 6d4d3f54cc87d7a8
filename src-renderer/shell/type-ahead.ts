/**
 * Keys typed ahead. A quick hand presses F12, Ctrl+P before the page, the dialog or the preview can do them: such a key is
 * kept and done as soon as it can be, in the order of typing. What is kept belongs to the page and the dialog it was typed
 * for: it goes with them, with Esc, with a step to another page, and after `keepMs`. A key that is being done is not
 * begun again by a second press.
 */
import { shallowReactive } from 'vue'
import { callsUnderWay } from '../bridge.ts'
import { isComposing } from '../composables/ime.ts'
import { foundNow, frontNow, openDialog, type Found } from './key-layers.ts'
import { comboOf, type Combo } from './keys.ts'

/** At most so many keys are kept; a hand that types more has stopped looking. */
export const maxKept = 8
/** A key waits no longer than this (ms): what was meant by it is forgotten by then. */
export const keepMs = 15_000
/** How often it is tried (ms); one picture of the screen. */
const tryMs = 16
/** An idle page that does not take a key in so many tries has no use for it: time for an answer to become buttons. */
const idleTries = 6

/** Kept keys of these may be pressed several times: each is a step. */
const steps = /^(?:(?:Ctrl\+|Alt\+)?Page(?:Up|Down)|Ctrl\+(?:Up|Down))$/
/** These move money or write records: never carried to another page, nor into a dialog that was not there. */
const commits = /^(?:Ctrl\+|Shift\+)?F12$|^Ctrl\+(?:Shift\+)?Enter$|^Enter$|^F[5-9]$|^Shift\+F[589]$/
/** Meant for what the act before it leads to, wherever that is. */
const follows = /^Ctrl\+(?:P|Shift\+P|S|E)$/

interface Typed {
  readonly combo: Combo | 'Enter'
  readonly path: string
  /** What lay in front of the page. */
  readonly front: object | null
  /** performance.now() */
  readonly at: number
}

/** What waits, for the line that says so. */
export const kept: Typed[] = shallowReactive([])
const running = new Set<Typed>()
/** The path of the page whose code is still loaded. */
let coming: string | null = null
let idle = 0
let timer: ReturnType<typeof setTimeout> | null = null

const pathNow = () => location.hash.slice(1).split('?')[0] ?? ''
const now = () => performance.now()

export function pageTurning(path: string): void {
  coming = path
}
export function pageTurned(): void {
  coming = null
}

export function forgetKept(): void {
  kept.length = 0
}

/** What is done in this page or dialog right now; an act that has put a question in front does not hold the question up. */
const actsHere = (): Typed[] =>
  [...running].filter(({ path, front, at }) => path === pathNow() && front === frontNow() && now() - at < keepMs)

/** Something may yet appear that takes a key. */
const atWork = () => coming !== null || actsHere().length > 0 || callsUnderWay() > 0

const isOfFrame = ({ layer }: Found) => layer.screen === 'global' || layer.always === true

function keep(combo: Combo | 'Enter'): void {
  if (!steps.test(combo) && kept.some((one) => one.combo === combo)) return
  if (kept.length >= maxKept) return
  kept.push({ combo, path: coming ?? pathNow(), front: frontNow(), at: now() })
  idle = 0
  timer ??= setTimeout(tryKept, tryMs)
}

function begin(combo: Combo, { action }: Found): void {
  const mine: Typed = { combo, path: pathNow(), front: frontNow(), at: now() }
  const result = action.run()
  if (!(result instanceof Promise)) return
  running.add(mine)
  void result.finally(() => running.delete(mine))
}

/** Whether a kept key may still be done: its page is there, and its dialog, if it was typed for one. */
function stillMeant({ combo, path, front, at }: Typed): boolean {
  if (now() - at > keepMs) return false
  if (coming === null && path !== pathNow() && !follows.test(combo)) return false
  // Its own dialog was closed, or another has come: only what follows from the act before goes there.
  return front === frontNow() || combo === 'Enter' || (front === null && !commits.test(combo))
}

function tryKept(): void {
  timer = null
  for (let first = kept[0]; first; first = kept[0]) {
    if (!stillMeant(first)) {
      kept.shift()
      continue
    }
    const act = first.combo === 'Enter' ? enterNow() : actNow(first.combo)
    if (!act) {
      if (atWork()) idle = 0
      else if (++idle > idleTries) {
        kept.shift()
        idle = 0
      }
      break
    }
    // Taken before it is done: whatever happens in it, it is not done again.
    kept.shift()
    idle = 0
    act()
  }
  if (kept.length > 0) timer ??= setTimeout(tryKept, tryMs)
}

/** What a kept key does, once it can be done. */
function actNow(combo: Combo): (() => void) | null {
  if (coming !== null || actsHere().length > 0) return null
  const found = foundNow(combo)
  return !found || isOfFrame(found) || found.layer.ready?.() === false ? null : () => begin(combo, found)
}

/** Enter on the button of the dialog that has come to the front, as soon as it has the focus. */
function enterNow(): (() => void) | null {
  const dialog = openDialog()
  const target = document.activeElement
  if (!dialog || !(target instanceof HTMLElement) || !dialog.contains(target) || target === dialog) return null
  if (target instanceof HTMLButtonElement) return () => target.click()
  const press = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }
  return () => void target.dispatchEvent(new KeyboardEvent('keydown', press))
}

/** Element Plus closes its own dialogs and drop-downs by Escape; a page must not act on the same key. */
const floating = () =>
  [...document.querySelectorAll('.el-popper[aria-hidden="false"]')].some((popper) => popper.checkVisibility())

const take = (event: KeyboardEvent) => {
  event.preventDefault()
  event.stopPropagation()
}

/** Text breaks the row: what stood in the way before it was typed, or was to follow it, must not be done by itself. */
const typesText = ({ key, ctrlKey, altKey }: KeyboardEvent) => key.length === 1 && !ctrlKey && !altKey

/** What belongs to the field or the scrolled page as long as no layer asks for it. */
const ofTheField = /^Ctrl\+[ACVXYZ]$|^(?:Ctrl|Alt|Ctrl\+Shift)\+(?:Left|Right|Up|Down)$|^Page(?:Up|Down)$/

/** A field with proposals takes every Enter and arrow for its own, also those with Ctrl, which are the page's. */
const takenByMistake = ({ key, ctrlKey }: KeyboardEvent) => ctrlKey && /^(?:Enter|ArrowUp|ArrowDown)$/.test(key)

export function hearKey(event: KeyboardEvent): void {
  if ((event.defaultPrevented && !takenByMistake(event)) || event.repeat || isComposing(event)) return
  const combo = comboOf(event)
  if (!combo) {
    if (kept.length > 0 && typesText(event)) forgetKept()
    return
  }
  if (combo === 'Escape') {
    forgetKept()
    if (floating()) return
  }
  const found = foundNow(combo)
  if (found && (isOfFrame(found) || combo === 'Escape')) {
    // Whoever goes elsewhere, locks or looks for a customer has done with what was typed here.
    forgetKept()
    take(event)
    begin(combo, found)
    return
  }
  if (combo === 'Escape' || (!found && coming === null && ofTheField.test(combo))) return
  if (coming !== null) {
    take(event)
    return keep(combo)
  }
  const acts = actsHere()
  if (acts.some((one) => one.combo === combo) && !steps.test(combo)) return take(event)
  const canNow = found !== null && found.layer.ready?.() !== false
  if (canNow && kept.length === 0 && (acts.length === 0 || steps.test(combo))) {
    take(event)
    begin(combo, found)
    return
  }
  if (found) take(event)
  if (atWork() || kept.length > 0) {
    take(event)
    keep(combo)
  }
}

/**
 * Keys that fields keep to themselves though they have no use for them: a calendar every Enter and arrow, also those with
 * Ctrl; a choice the same, and every Esc, also with its list closed. The page hears these first.
 */
export function hearBeforeField(event: KeyboardEvent): void {
  if (!(event.target instanceof Element)) return
  const idle = event.key === 'Escape' && event.target.closest('.el-select') !== null && !floating()
  if (idle || (takenByMistake(event) && event.target.closest('.el-date-editor, .el-select') !== null)) hearKey(event)
}

/** A hand on the mouse has stopped typing ahead. */
export const hearPointer = forgetKept

/** An Enter pressed when a dialog is already in front, but the focus not yet in it, is for the dialog. */
export function hearEnter(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.altKey || event.shiftKey || isComposing(event)) return
  const dialog = openDialog()
  if (!dialog || !(event.target instanceof Node) || dialog.contains(event.target)) return
  // A list of choices floats beside the dialog it belongs to; the lock screen has a field of its own.
  if (event.target instanceof Element && event.target.closest('.el-popper, dialog[open]')) return
  take(event)
  event.stopImmediatePropagation()
  if (!event.repeat) keep('Enter')
}
