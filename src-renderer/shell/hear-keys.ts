/**
 * What is heard of the keyboard, and what becomes of it: done at once, kept for what comes (`type-ahead.ts`), or left to the
 * field it was pressed in.
 */
import { isFocusFree } from '../composables/focus.ts'
import { isComposing } from '../composables/ime.ts'
import { foundNow, frontNow, hasAllKeys, isCovered, isLeaving, openDialog } from './key-layers.ts'
import { comboOf } from './keys.ts'
import {
  actsHere,
  atWork,
  begin,
  commitsHere,
  doubt,
  endDoubt,
  hasLedHere,
  isForWhomComes,
  isLed,
  isOfFrame,
  isOpening,
  isPressing,
  isTurning,
  isWritable,
  keep,
  obstacleOf,
  opens,
} from './type-ahead.ts'
import {
  commits,
  forgetKept,
  kept,
  leadsOn,
  loseKept,
  moves,
  refuse,
  sinceLead,
  steps,
  type Move,
} from './typed-row.ts'

/**
 * Element Plus closes its own drop-downs by Escape; a page must not act on the same key. One that is fading out is closed
 * already: the second of two quick ones is the page's.
 */
const floating = () =>
  [...document.querySelectorAll('.el-popper[aria-hidden="false"]')].some(
    (popper) => popper.checkVisibility() && !isLeaving(popper) && !isCovered(popper),
  )

const take = (event: KeyboardEvent) => {
  event.preventDefault()
  event.stopPropagation()
}

/**
 * On a sheet of its own, before the frame or over it as the lock: no page behind it, whose code may still be loaded, has a
 * claim to what is typed there.
 */
const isOfSheet = ({ target }: KeyboardEvent) =>
  Boolean((target as Partial<Element> | null)?.closest?.('.start-screen'))

const typesText = ({ key, ctrlKey, altKey }: KeyboardEvent) => key.length === 1 && !ctrlKey && !altKey

/**
 * Text waits while a page comes or an act is booked, and behind a key that waits or has just been done, where there is no
 * field yet: it is for what that key opens. Otherwise, and behind a key that moves money, it breaks the row: what stood in
 * the way before it was typed must not be done by itself; unless it is a scanner's, which is known with its Enter.
 */
function hearText(event: KeyboardEvent): void {
  const last = kept.at(-1)
  if (last?.combo === 'text') {
    take(event)
    kept.splice(-1, 1, { ...last, text: (last.text ?? '') + event.key })
    // No text begins with a space: on a button or a row it is the press of it.
  } else if (event.key === ' ' && (waitsForPlace() || waitsForFocus())) {
    take(event)
    keepMove('Space')
  } else if (event.key !== ' ' && (waitsForField() || isForWhomIsFound() || isForComingPage())) {
    take(event)
    keep('text', { text: event.key, behind: true, led: isNext() })
  } else if (kept.length > 0) {
    doubt()
  } else if (isTurning() || commitsHere()) {
    take(event)
    keep('text', { text: event.key })
  }
}

const means = /^F[5-9]$/
/**
 * The means by which somebody pays whose page, or what they owe, still comes: figures behind it are what was handed over or the
 * serial of the channel, and confirm nothing.
 */
const isTender = () =>
  means.test(kept.at(-1)?.combo ?? '') && kept.every(({ combo }) => means.test(combo) || !commits.test(combo))

/** A key waits or has just been done that may bring a field, and moves no money; and no field has the focus. */
const waitsForField = () =>
  isTender() ||
  ((kept.length > 0 ? !kept.some(({ combo }) => commits.test(combo)) : !isTurning() && isOpening()) &&
    !isWritable(document.activeElement))

/** Somebody is being looked for, or will be by an Enter that waits: what is typed behind it is no more of the number, nor does it confirm anything. */
const isForWhomIsFound = () =>
  (isStillLed() || kept.some(leadsOn)) && !sinceLead().some(({ combo }) => commits.test(combo))

/** Until whoever was found has led to a field here: that has its own keys, though the rest of the page is still read. */
const isStillLed = () => isLed() && !hasLedHere()

/** Nothing but text and moves since: where the box of the search keeps the focus, the next name for it. */
const isNext = () => isForWhomIsFound() && sinceLead().every(({ combo }) => combo === 'text' || moves.test(combo))

/** The field that has the focus belongs to the page that goes, or a move before it leads to another. */
const isForComingPage = () => (isTurning() || moves.test(kept.at(-1)?.combo ?? '')) && waitsForPlace()

/** The page is there and still reads what its form begins with: no field has the focus yet. */
const waitsForFocus = () => kept.length === 0 && atWork() && isFocusFree()

/** The page or the dialog in which the focus is moved, or something is pressed, is not there yet. */
const waitsForPlace = () =>
  (kept.length > 0 || isTurning() || isStillLed()) && !sinceLead().some(({ combo }) => commits.test(combo))

const keepMove = (combo: Move): void =>
  keep(combo, { from: document.activeElement, behind: kept.length > 0, led: isNext() })

function moveOf({ key, shiftKey, ctrlKey, altKey }: KeyboardEvent): Move | null {
  if (ctrlKey || altKey) return null
  if (key === 'Tab') return shiftKey ? 'Shift+Tab' : 'Tab'
  return shiftKey ? null : ((/^Arrow(Up|Down|Left|Right)$/.exec(key)?.[1] as Move | undefined) ?? null)
}

/** Backspace takes back from what waits; what moves in a field that is not there yet would run two texts together. */
function moveOrTakeBack(event: KeyboardEvent): void {
  const move = moveOf(event)
  if (move !== null && (waitsForPlace() || (/Tab/.test(move) && waitsForFocus()))) {
    take(event)
    return keepMove(move)
  }
  const last = kept.at(-1)
  if (!last?.text) return
  if (/^(?:Tab|Arrow.*|Home|End|Delete)$/.test(event.key)) {
    take(event)
    opens(false)
    return loseKept()
  }
  if (event.key !== 'Backspace') return
  take(event)
  kept.pop()
  if (last.text.length > 1) kept.push({ ...last, text: last.text.slice(0, -1) })
}

/** What belongs to the field or the scrolled page as long as no layer asks for it. */
const ofTheField = /^Ctrl\+[ACVXYZ]$|^(?:Ctrl|Alt|Ctrl\+Shift)\+(?:Left|Right|Up|Down)$|^Page(?:Up|Down)$/

/** A field with proposals takes every Enter and arrow for its own, also those with Ctrl, which are the page's. */
const takenByMistake = ({ key, ctrlKey }: KeyboardEvent) => ctrlKey && /^(?:Enter|ArrowUp|ArrowDown)$/.test(key)

/** The Esc that is on its way, and what lay in front when it was pressed. */
let escaped: { readonly event: KeyboardEvent; readonly front: object | null } | null = null
/** What lay in front has gone by this very key: a question of the program closes itself. It is no step back of the page too. */
const isAnswered = (event: KeyboardEvent) => escaped?.event === event && escaped.front !== frontNow()

export function hearKey(event: KeyboardEvent): void {
  // What waited is being pressed: it is the field's.
  if (isPressing()) return
  if ((event.defaultPrevented && !takenByMistake(event)) || event.repeat || isComposing(event)) return
  const combo = comboOf(event)
  if (!combo) {
    if (isOfSheet(event)) return
    return typesText(event) ? hearText(event) : moveOrTakeBack(event)
  }
  if (combo === 'Escape') {
    forgetKept()
    if (floating() || isAnswered(event)) return
  }
  endDoubt()
  const found = foundNow(combo)
  if (found && isOfFrame(found) && isForWhomComes(combo)) {
    take(event)
    return keep(combo, { room: true })
  }
  if (found && (isOfFrame(found) || combo === 'Escape')) {
    // Whoever goes elsewhere, locks or looks for a customer has done with what was typed here. The key of somebody else's
    // room leads nowhere.
    if (found.action.unlisted !== true) forgetKept()
    take(event)
    begin(combo, found)
    return
  }
  if (combo === 'Escape' || (!found && !isTurning() && ofTheField.test(combo))) return
  if (isTurning()) {
    take(event)
    return keep(combo)
  }
  const acts = actsHere()
  // A second press of what is being done is none; behind a number or a scan it is the next customer's.
  const repeated = acts.some((one) => one.combo === combo) && !kept.some((one) => leadsOn(one) || one.combo === 'text')
  if (repeated && !steps.test(combo)) return take(event)
  const canNow = found !== null && found.layer.ready?.() !== false
  // What is being looked for is not the page that is still there.
  if (canNow && !isLed() && kept.length === 0 && (acts.length === 0 || steps.test(combo))) {
    take(event)
    begin(combo, found)
    return
  }
  if (found) take(event)
  if (atWork() || kept.length > 0 || (!found && isOpening() && !commits.test(combo))) {
    take(event)
    keep(combo, { below: !found && acts.length > 0 && !commits.test(combo) && frontNow() !== null })
  } else {
    const why = obstacleOf(found)
    if (why !== null) refuse(combo, why)
  }
}

/**
 * Keys that fields keep to themselves though they have no use for them: a calendar every Enter and arrow, also those with
 * Ctrl; a choice the same, and every Esc, also with its list closed. The page hears these first.
 */
export function hearBeforeField(event: KeyboardEvent): void {
  if (isPressing()) return
  if (event.key === 'Escape') escaped = { event, front: frontNow() }
  if (!(event.target instanceof Element)) return
  const idle = event.key === 'Escape' && event.target.closest('.el-select') !== null && !floating()
  if (idle || (takenByMistake(event) && event.target.closest('.el-date-editor, .el-select') !== null)) hearKey(event)
}

/** A hand on the mouse has stopped typing ahead. */
export const hearPointer = (): void => forgetKept()

/** An Enter pressed when a dialog is already in front, but the focus not yet in it, is for the dialog. */
export function hearEnter(event: KeyboardEvent): void {
  if (isPressing() || event.key !== 'Enter' || event.ctrlKey || event.altKey || event.shiftKey || isComposing(event))
    return
  // Held down it presses a button once, also one that was busy meanwhile and has the focus again.
  if (event.repeat && event.target instanceof HTMLButtonElement) return take(event)
  if (isOfSheet(event)) return
  const last = kept.at(-1)
  if (last !== undefined && (last.combo === 'text' || moves.test(last.combo))) {
    // Not `stopImmediatePropagation`: a scanner's Enter is still to be known as one.
    take(event)
    return keep('Enter', { afterText: true })
  }
  // On a row, a link or a button it may open something.
  if (!event.repeat && event.target instanceof Element && !isWritable(event.target)) opens()
  const dialog = openDialog()
  if (!dialog || !(event.target instanceof Node) || dialog.contains(event.target)) return
  // A list of choices floats beside the dialog it belongs to; the lock screen has a field of its own.
  if (event.target instanceof Element && event.target.closest('.el-popper, dialog[open]')) return
  take(event)
  event.stopImmediatePropagation()
  if (!event.repeat && !hasAllKeys(dialog)) keep('Enter')
}
