/**
 * Keys typed ahead. A quick hand presses F12, Ctrl+P before the page, the dialog or the preview can do them: such a key is
 * kept and done as soon as it can be, in the order of typing. What is kept belongs to the page and the dialog it was typed
 * for: it goes with them, with Esc, with a step to another page, and after `keepMs`. A key that is being done is not
 * begun again by a second press.
 *
 * Text is kept too while a page comes or an act is booked: the number of the next customer, typed right after F12, goes
 * into the field that has the focus afterwards and never into the amount that is just being sent. A scan waits its turn.
 * What is dropped after all is said (`lost`), so that no key goes without a word.
 */
import { callsUnderWay } from '../bridge.ts'
import { isFocusFree } from '../composables/focus.ts'
import { foundNow, frontNow, hasAllKeys, openDialog, type Found } from './key-layers.ts'
import { roomKeys, type Combo } from './keys.ts'
import { tabStop } from '../composables/next-field.ts'
import {
  commits,
  follows,
  isAct,
  kept,
  leadsOn,
  loseKept,
  moves,
  refuse,
  refused,
  steps,
  type Typed,
} from './typed-row.ts'

/** At most so much is kept, the fields of a long form; a hand that types more has stopped looking. */
export const maxKept = 48
/** A key waits no longer than this (ms): what was meant by it is forgotten by then. */
export const keepMs = 15_000
/** How often it is tried (ms); one picture of the screen. */
const tryMs = 16
/** An idle page that does not take a key in so many tries has no use for it: time for an answer to become buttons. */
const idleTries = 6
/** The same for text: the field that takes it gets its focus a little after the answer. */
const idleTextTries = 40
/** A character within this time (ms) after a kept key may be a scanner's: whether a hand or a code has come is not known yet. */
const doubtMs = 400

const running = new Set<Typed>()
/** The path of the page whose code is still loaded. */
let coming: string | null = null
let idle = 0
/** Searches and scans under way that lead to another page. */
let leading = 0
/** Where the focus stood when what is under way was begun: the box of the search, the amount that is being sent. */
let begunAt: Element | null = null
/** The page they lead to, while its code is loaded. */
let ledTo: string | null = null
/** Until when (performance.now()) characters behind a kept key may be a scanner's. */
let doubtUntil = 0
/** When a key of the page was begun that may open a field to type in (performance.now()). */
let openingAt = -Infinity
/** So long a dialog or a form may take to come and to have the focus (ms); typed meanwhile is for it. */
const openingMs = 1_500
let timer: ReturnType<typeof setTimeout> | null = null

const pathNow = () => location.hash.slice(1).split('?')[0] ?? ''
const now = () => performance.now()

export function pageTurning(path: string): void {
  coming = path
}
export function pageTurned(): void {
  coming = null
  ledTo = null
  // It was about a button of the page before.
  refused.value = null
}

/** What is done in this page or dialog right now; an act that has put a question in front does not hold the question up. */
export const actsHere = (): Typed[] =>
  [...running].filter(({ path, front, at }) => path === pathNow() && front === frontNow() && now() - at < keepMs)

/** Something is being sent from here: what is typed now is for what comes after it. */
export const commitsHere = () => actsHere().some(({ combo }) => commits.test(combo))

/** What was begun a moment ago, by a key or on a row, may still be opening what knows the next key. */
export const isOpening = () => now() - openingAt < openingMs

/** A key or a row was begun that may open a field to type in; `opens(false)`: whatever it was, nothing is awaited from it. */
export const opens = (begun = true): void => void (openingAt = begun ? now() : -Infinity)
/** The code of a page is still loaded. */
export const isTurning = (): boolean => coming !== null
/** Somebody is being looked for, whose page comes next. */
export const isLed = (): boolean => leading > 0
/** Somebody was found, and has led to a field of this page that has the focus by now: typed there, it is meant there. */
export const hasLedHere = (): boolean =>
  leading > 0 && coming === null && kept.length === 0 && moved() && isWritable(document.activeElement)
const moved = () => document.activeElement !== begunAt

/** Something may yet appear that takes a key; what is read behind a dialog that has all its keys brings it no more of them. */
export const atWork = () =>
  coming !== null || leading > 0 || actsHere().length > 0 || (callsUnderWay() > 0 && !hasAllKeys(openDialog()))

/**
 * Rooms whose key may mean the customer's: pressed while a search opens somebody, it waits for that page, as every other key
 * does. The alarm waits for nobody.
 */
const rooms = new Set<Combo>(Object.values(roomKeys).filter((combo) => combo !== roomKeys['/workorders/new']))
export const isForWhomComes = (combo: Combo) =>
  rooms.has(combo) && (leading > 0 || (coming !== null && coming === ledTo))

export const isOfFrame = ({ layer }: Found) => layer.screen === 'global' || layer.always === true

export function keep(
  combo: Typed['combo'],
  more: Pick<Typed, 'text' | 'from' | 'behind' | 'led' | 'afterText' | 'run' | 'room' | 'below'> = {},
): void {
  // A text or a scan between them makes the same key the next customer's.
  const last = kept.findLast(leadsOn)
  const since = kept.slice(kept.findLastIndex((one) => leadsOn(one) || one.combo === 'text') + 1)
  const isRepeatable = more.text !== undefined || steps.test(combo) || moves.test(combo) || more.afterText === true
  if (!more.run && !isRepeatable && since.some((one) => one.combo === combo)) return
  if (kept.length >= maxKept) return steps.test(combo) ? undefined : loseKept()
  // Whom a search finds is looked at before money is taken; a scanned code is the customer's own, and another room has its
  // own form in between.
  const surely = (last ? last.combo === 'scan' : leadsSurely) || kept.some(isOtherRoom)
  const forWhatComes = (last !== undefined || leading > 0) && (surely || !/F12$/.test(combo))
  kept.push({
    combo,
    path: forWhatComes ? null : (coming ?? pathNow()),
    front: frontNow(),
    at: now(),
    from: stoodAt(),
    ...more,
  })
  again()
}
/** Where the focus was when that was begun for whose end a text waits; it may have gone on to the field that is meant. */
const stoodAt = () => (commitsHere() || leading > 0 ? begunAt : document.activeElement)
/** A room whose page comes between whom a search finds and what is confirmed there; the till takes their money. */
const isOtherRoom = ({ combo, room }: Pick<Typed, 'combo' | 'room'>) =>
  room === true && combo !== roomKeys['/collection']
function again(): void {
  idle = 0
  timer ??= setTimeout(tryKept, tryMs)
}

/** Characters behind a kept key that may be a scanner's: nothing is done until that is known. */
export function doubt(): void {
  doubtUntil = now() + doubtMs
  again()
}
/** Another key says that it was a hand. */
export function endDoubt(): void {
  if (doubtUntil > 0) loseKept()
  doubtUntil = 0
}

let leadsSurely = false
/**
 * While `open` looks for somebody and opens their page, keys are for that page; where it answers false, nobody was found.
 * `surely`: a code, which names one customer; what was searched by hand is seen before F12 confirms anything.
 */
export async function leadTo(open: () => Promise<unknown>, { surely = false } = {}): Promise<void> {
  leading++
  leadsSurely = surely
  begunAt = document.activeElement
  // What was typed behind this Enter when its box was not there yet.
  for (const one of kept) {
    if (leadsOn(one)) break
    if (one.led === true) one.from = document.activeElement
  }
  let nobody = true
  try {
    nobody = (await open()) === false
    // The router tells of the page that comes a little later.
    await new Promise((done) => setTimeout(done))
  } finally {
    leading--
    ledTo = coming
    if (nobody) loseTheirs()
    for (const one of kept) {
      // What follows is for the next one.
      if (leadsOn(one)) break
      one.path ??= coming ?? pathNow()
    }
    if (kept.length > 0) again()
  }
}

/** What was typed for somebody who was not found is for nobody else: least of all for whoever is still on the page. */
function loseTheirs(): void {
  const next = kept.findIndex(leadsOn)
  const theirs = next < 0 ? kept.length : next
  // Nothing but text: the next number, in the box that has found nobody.
  if (theirs === 1 && kept[0]?.combo === 'text') return
  // The key of a room alone opens the room, as from anywhere.
  if (kept.slice(0, theirs).some(({ room }) => room !== true)) loseKept(theirs)
}

/** A code that was known as one, and is nobody's text: its characters may have been kept, all or those before the field took the rest. */
export function dropScanned(code: string): void {
  if (kept.at(-1)?.afterText) kept.pop()
  const last = kept.at(-1)
  if (last?.text?.endsWith(code) || (last?.text !== undefined && code.startsWith(last.text))) {
    kept.pop()
    const before = last.text.slice(0, -code.length)
    if (last.text.endsWith(code) && before !== '') kept.push({ ...last, text: before })
  }
  doubtUntil = 0
}

/** What a scanner read, opened when it is its turn: after what was typed before it. `code` is nobody's text. */
export function openScanned(code: string, run: () => Promise<unknown>): void {
  dropScanned(code)
  if (kept.length > 0 || coming !== null || commitsHere() || leading > 0) keep('scan', { run })
  else void leadTo(run, { surely: true })
}

export function begin(combo: Combo, found: Found): void {
  const { action } = found
  openingAt = isOfFrame(found) || commits.test(combo) || combo === 'Escape' ? -Infinity : now()
  const mine: Typed = { combo, path: pathNow(), front: frontNow(), at: now() }
  if (commits.test(combo)) begunAt = document.activeElement
  refused.value = null
  const result = action.run()
  if (!(result instanceof Promise)) return
  running.add(mine)
  void result.finally(() => running.delete(mine))
}

/** Whether a kept key may still be done: its page is there, and its dialog, if it was typed for one. */
function stillMeant({ combo, path, front, at, behind, afterText, below }: Typed): boolean {
  if (now() - at > keepMs) return false
  if (behind) return true
  // For whatever comes next in this place, but not into a question that has come in between.
  if (combo === 'scan' || combo === 'text' || moves.test(combo) || afterText)
    return front === frontNow() || frontNow() === null
  if (path === null) return true
  if (coming === null && path !== pathNow() && !follows.test(combo)) return false
  if (below === true && frontNow() === null) return true
  // Its own dialog was closed, or another has come: only what follows from the act before goes there.
  return front === frontNow() || combo === 'Enter' || (front === null && !commits.test(combo))
}

function tryKept(): void {
  timer = null
  // Characters are coming that may be a code: nothing before them is done until that is known.
  if (now() < doubtUntil) return void (timer = setTimeout(tryKept, tryMs))
  if (doubtUntil > 0) {
    doubtUntil = 0
    return loseKept()
  }
  for (let first = kept[0]; first; first = kept[0]) {
    if (!stillMeant(first)) {
      // What was typed behind it counted on it.
      const counts = first.combo === 'text' || first.combo === 'scan' || moves.test(first.combo)
      if (counts || commits.test(first.combo) || first.room) return loseKept()
      kept.shift()
      continue
    }
    const act = whatIsDone(first)
    if (!act) {
      if (atWork()) idle = 0
      else if ((idle++, waitedEnough(first))) giveUp(first)
      break
    }
    // Taken before it is done: whatever happens in it, it is not done again.
    kept.shift()
    idle = 0
    act()
    // The field makes something of its text first: a list of choices is not asked for the one that another text found.
    if (first.combo === 'text') break
  }
  if (kept.length > 0) timer ??= setTimeout(tryKept, tryMs)
}

/** Whether the time for an answer to become buttons is over. */
const waitedEnough = ({ combo, led }: Typed) =>
  idle >
  ((combo === 'text' && !(led === true && isWritable(document.activeElement))) || isOpening()
    ? idleTextTries
    : idleTries)

/** Nothing more is coming that could take it: said, where it matters. */
function giveUp(one: Typed): void {
  const { combo, room, led } = one
  idle = 0
  // The box in which somebody was looked for is where the next name belongs; a page without a first field is gone into by Tab.
  if (moves.test(combo) || (led === true && isWritable(document.activeElement))) {
    const act = combo === 'text' ? insertText(one) : pressMove(combo)
    if (act === null) return loseKept()
    kept.shift()
    return act()
  }
  if (isAct(combo)) {
    const found = foundNow(combo)
    const why = obstacleOf(found)
    if (why !== null) {
      // What was typed behind it counted on it, and is said too.
      if (commits.test(combo) && kept.length > 1) return loseKept()
      kept.shift()
      return refuse(combo, why)
    }
    if (found && room) {
      kept.shift()
      return beginRoom(combo, found)
    }
  }
  if (combo === 'text' || commits.test(combo)) return loseKept()
  kept.shift()
}
export const obstacleOf = (found: Found | null): string | null => found?.action.obstacle?.() ?? null

function whatIsDone(one: Typed): (() => void) | null {
  const { combo, run } = one
  if (combo === 'text') return textNow(one)
  if (combo === 'scan') return isFree() && run ? () => void leadTo(run, { surely: true }) : null
  if (combo === 'Enter') return one.afterText ? enterText() : enterNow()
  if (moves.test(combo)) return isFree() && isInPlace(one) ? pressMove(combo) : null
  return isAct(combo) ? actNow(combo, one) : null
}

const isFree = () => coming === null && leading === 0 && actsHere().length === 0

/** Text goes on where the focus has come to; where it still is in the field that was being sent, it was not meant for it. */
function textNow({ text = '', from, path }: Typed): (() => void) | null {
  const field = document.activeElement
  if (!isFree() || !isWritable(field) || (field === from && (path === null || path === pathNow()))) return null
  return insertText({ text })
}
const insertText =
  ({ text = '' }: Pick<Typed, 'text'>) =>
  () =>
    void document.execCommand('insertText', false, text)
/** Inputs that take no text: what is put into them is gone. */
const textless = /^(?:checkbox|radio|file|range|button|submit)$/
export const isWritable = (element: Element | null): boolean =>
  (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) &&
  !textless.test(element.type) &&
  !element.readOnly &&
  !element.disabled

/** The focus has come into the page or the dialog that a move is for. */
function isInPlace({ from }: Typed): boolean {
  const at = document.activeElement
  return at !== null && at !== from && !isFocusFree() && (openDialog()?.contains(at) ?? true)
}

function enterText(): (() => void) | null {
  const at = document.activeElement
  if (!isFree() || at === null) return null
  if (isWritable(at)) return () => void pressKey(at, 'Enter')
  // Behind a move: a choice goes on to the next field, a button is pressed.
  if (isFocusFree()) return null
  return () => void (pressKey(at, 'Enter') && at.matches('button, a[href]') && (at as HTMLElement).click())
}

let pressing = false
/** A key that waited is being pressed: whoever hears it must not let it wait again. */
export const isPressing = (): boolean => pressing
/** @returns whether the page leaves it to the browser, which does nothing for a key it did not hear itself */
function pressKey(on: Element, key: string, more: KeyboardEventInit = {}): boolean {
  pressing = true
  try {
    return on.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true, ...more }))
  } finally {
    pressing = false
  }
}

/** What the browser does with a move: the next field, the next of a choice, a box ticked, a button pressed. */
function pressMove(combo: string): (() => void) | null {
  const place = openDialog() ?? document.querySelector('[data-page]')
  const at = isFocusFree() ? place : document.activeElement
  if (!(at instanceof HTMLElement) || (at === place && combo === 'Space')) return null
  return () => {
    if (combo === 'Tab' || combo === 'Shift+Tab') {
      const back = combo !== 'Tab'
      if (pressKey(at, 'Tab', { shiftKey: back })) tabStop(at, back, openDialog() ?? document.body)?.focus()
    } else if (combo === 'Space') {
      if (!pressKey(at, ' ', { code: 'Space' })) return
      if (isWritable(at)) document.execCommand('insertText', false, ' ')
      else at.click()
    } else if (pressKey(at, `Arrow${combo}`)) arrowChoice(at, combo === 'Down' || combo === 'Right' ? 1 : -1)
  }
}

/** The next of a choice, round and round. */
function arrowChoice(at: HTMLElement, step: 1 | -1): void {
  if (!(at instanceof HTMLInputElement) || at.type !== 'radio') return
  const all = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(
    ({ name, disabled }) => name === at.name && !disabled,
  )
  const next = all[(all.indexOf(at) + step + all.length) % all.length]
  next?.focus()
  next?.click()
}

/** What a kept key does, once it can be done. */
function actNow(combo: Combo, { room }: Typed): (() => void) | null {
  if (!isFree()) return null
  const found = foundNow(combo)
  if (!found || isOfFrame(found) || found.layer.ready?.() === false) return null
  return () => (room === true ? beginRoom(combo, found) : begin(combo, found))
}

/** What was typed behind the key of a room is for the page it opens; at the till somebody is seen before they pay. */
function beginRoom(combo: Combo, found: Found): void {
  if (!isOtherRoom({ combo, room: true })) return begin(combo, found)
  for (const one of kept) one.path = null
  leading++
  begin(combo, found)
  // The router tells of the page that comes a little later.
  setTimeout(() => {
    leading--
    for (const one of kept) one.path ??= coming ?? pathNow()
  })
}

/** Enter on the button of the dialog that has come to the front, as soon as it has the focus. */
function enterNow(): (() => void) | null {
  const dialog = openDialog()
  const target = document.activeElement
  if (!dialog || !(target instanceof HTMLElement) || !dialog.contains(target) || target === dialog) return null
  return target instanceof HTMLButtonElement ? () => target.click() : () => void pressKey(target, 'Enter')
}
