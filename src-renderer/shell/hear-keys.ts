/**
 * What is heard of the keyboard, and what becomes of it: done at once, kept for what comes (`type-ahead.ts`), or left to the
 * field it was pressed in.
 */
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
  isForWhomComes,
  isLed,
  isOfFrame,
  isOpening,
  isTurning,
  isWritable,
  keep,
  obstacleOf,
  opens,
} from './type-ahead.ts'
import { commits, forgetKept, kept, leadsOn, loseKept, refuse, steps } from './typed-row.ts'

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
  } else if (event.key !== ' ' && waitsForField()) {
    take(event)
    keep('text', { text: event.key, from: document.activeElement, behind: true })
  } else if (kept.length > 0) {
    doubt()
  } else if (isTurning() || commitsHere()) {
    take(event)
    keep('text', { text: event.key, from: document.activeElement })
  }
}

const means = /^F[5-9]$/
/** The means by which somebody pays whose page still comes: figures behind it are what was handed over, and confirm nothing. */
const isTender = () =>
  (isLed() || isTurning()) &&
  means.test(kept.at(-1)?.combo ?? '') &&
  kept.every(({ combo }) => means.test(combo) || !commits.test(combo))

/** A key waits or has just been done that may bring a field, and moves no money; and no field has the focus. */
const waitsForField = () =>
  isTender() ||
  ((kept.length > 0 ? !kept.some(({ combo }) => commits.test(combo)) : !isTurning() && isOpening()) &&
    !isWritable(document.activeElement))

/** Backspace takes back from what waits; what moves on to another field would run two of them together. */
function takeBack(event: KeyboardEvent): void {
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
  if ((event.defaultPrevented && !takenByMistake(event)) || event.repeat || isComposing(event)) return
  const combo = comboOf(event)
  if (!combo) return typesText(event) ? hearText(event) : takeBack(event)
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
  if (event.key === 'Escape') escaped = { event, front: frontNow() }
  if (!(event.target instanceof Element)) return
  const idle = event.key === 'Escape' && event.target.closest('.el-select') !== null && !floating()
  if (idle || (takenByMistake(event) && event.target.closest('.el-date-editor, .el-select') !== null)) hearKey(event)
}

/** A hand on the mouse has stopped typing ahead. */
export const hearPointer = (): void => forgetKept()

/** An Enter pressed when a dialog is already in front, but the focus not yet in it, is for the dialog. */
export function hearEnter(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.altKey || event.shiftKey || isComposing(event)) return
  if (kept.at(-1)?.combo === 'text') {
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
