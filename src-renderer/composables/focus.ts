import { nextTick, onMounted } from 'vue'
import { isLeaving, openDialog } from '../shell/key-layers.ts'
import { fields } from './next-field.ts'

/** Dialogs and pages in which somebody has been at work since the focus came into them: typed, clicked, gone to another field. */
const workedIn = new WeakSet<Element>()
/** The focus is being moved by the program, not by a hand. */
let placing = false
/** The dialog, else the page, that this stands in. */
const partOf = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest('.el-dialog, [data-page]') : null

function place(field: HTMLElement): void {
  placing = true
  try {
    field.focus()
  } finally {
    placing = false
  }
}

/**
 * The element of that name (`data-field`, `name` or `id`); null when there is none. Dialogs that were closed stay in the
 * document, and a page may have a field of the same name: the dialog in front is meant first, then what can be seen.
 */
export function elementNamed(name: string, within: ParentNode = document): HTMLElement | null {
  const safe = CSS.escape(name)
  const named = [...within.querySelectorAll<HTMLElement>(`[data-field="${safe}"], [name="${safe}"], #${safe}`)]
  if (named.length < 2) return named[0] ?? null
  const seen = named.filter((element) => element.checkVisibility())
  const front = openDialog()
  return seen.find((element) => front?.contains(element)) ?? seen[0] ?? named[0] ?? null
}

/** That element, or the field inside it; null when there is none. */
function fieldNamed(name: string, within: ParentNode): HTMLElement | null {
  const named = elementNamed(name, within)
  return named?.matches(`${fields}, button`) ? named : (named?.querySelector<HTMLElement>(fields) ?? null)
}

/** Moves the focus to the field of that name (`data-field`, `name` or `id`) and selects what stands in it. */
export function focusField(name: string, within: ParentNode = document): boolean {
  const field = fieldNamed(name, within)
  if (!field) return false
  field.scrollIntoView({ block: 'nearest' })
  place(field)
  if (field instanceof HTMLInputElement) field.select()
  return true
}

/**
 * The same for a dialog or a page that has opened, or what it shows has come: the focus stays where somebody is at work
 * already. A quick hand types its reason before the dialog has stopped moving, or looks for the next customer while a page
 * still reads its own, and the words must not go into the first field; nor is it taken from a dialog that lies in front by then.
 */
export function focusOpened(name: string): void {
  const part = partOf(fieldNamed(name, document))
  const at = document.activeElement
  const front = openDialog()
  if (part?.matches('.el-dialog') === true && front !== null && !front.contains(part)) return
  const isAtWork =
    part?.contains(at) === true
      ? at !== part && workedIn.has(part)
      : // Beside a page: the search box, a dialog that lies over it.
        part?.matches('[data-page]') === true && !isFocusFree()
  if (!isAtWork) focusField(name)
}

/** Another page has come: whoever worked in the one before does not in this. */
export const forgetWork = (page: Element | null): void => void (page && workedIn.delete(page))

/** Of the named fields the one that stands first on the screen has the focus, whatever order they were named in. */
export function focusFirstOf(names: Iterable<string>, within: ParentNode = document): boolean {
  const first = inOrder([...names], (name) => elementNamed(name, within))[0]
  return first !== undefined && focusField(first, within)
}

/** What is to be said of fields, in the order in which the fields stand on the screen; what has no place there comes last. */
export function inOrder<T>(items: readonly T[], placeOf: (item: T) => Element | null): T[] {
  return items
    .map((item) => ({ item, place: placeOf(item) }))
    .sort(({ place: a }, { place: b }) => {
      if (a === b) return 0
      if (a === null || b === null) return a === null ? 1 : -1
      return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1
    })
    .map(({ item }) => item)
}

const isDated = (field: HTMLElement): boolean =>
  field instanceof HTMLInputElement && field.value !== '' && field.closest('.date-field') !== null

/**
 * Focus on the field marked `data-autofocus`, else on the first one. Fields inside `data-rows-first` wait: such a list
 * takes the focus with its first row once that is there, so that arrows and Enter work at once. A date that stands there
 * already is mostly right: it waits to be chosen.
 */
export function focusFirst(within: ParentNode): void {
  const marked = within.querySelector<HTMLElement>(`[data-autofocus] :is(${fields}), [data-autofocus]:is(${fields})`)
  const first = [...within.querySelectorAll<HTMLElement>(fields)].find(
    (field) => !field.closest('[data-rows-first], .el-date-editor') && !isDated(field),
  )
  // In a dialog that is opened again its rows are there already.
  const row = within.querySelector<HTMLElement>('[data-rows-first] tr[tabindex="0"]')
  const field = marked ?? first ?? row
  if (field) place(field)
  // What is proposed there is written over, as where Tab leads to it.
  if (field instanceof HTMLInputElement) field.select()
}

/**
 * Element Plus gives a dialog that opens the focus as a whole, where typing is lost; its first field takes it from there.
 * Mark another field with `data-autofocus`; a dialog marked `data-keep-focus` has only keys. A field that
 * has the focus already keeps it, also when the ground of the dialog is clicked.
 */
function passDialogFocus({ target, relatedTarget }: FocusEvent): void {
  if (!(target instanceof HTMLElement) || !target.matches('.el-dialog:not([data-keep-focus])')) return
  if (relatedTarget instanceof HTMLElement && target.contains(relatedTarget)) return place(relatedTarget)
  const body = target.querySelector('.el-dialog__body')
  if (body) focusFirst(body)
}

/** Where the focus stood before it came into a dialog, until that is opened again. */
const cameFrom = new WeakMap<Element, HTMLElement>()
const closed = new WeakSet<Element>()

/** @param lost had the focus last, and was switched off or went as it was pressed: the focus comes from nowhere then */
function noteOpener(dialog: Element, from: EventTarget | null, lost: Stand | null): void {
  if (cameFrom.has(dialog) && !closed.has(dialog)) return
  closed.delete(dialog)
  cameFrom.delete(dialog)
  const opener = from instanceof HTMLElement ? { at: from, around: around(from, partOf(from)) } : lost
  if (!opener) return
  cameFrom.set(dialog, opener.at)
  lay.set(opener.at, opener.around)
}

/** What lies around an element, the nearest first, up to its dialog or page. */
function around(from: HTMLElement, part: Element | null): Element[] {
  const found: Element[] = []
  for (let at = from.parentElement; at !== null && part !== null; at = at.parentElement) {
    found.push(at)
    if (at === part) break
  }
  return found
}
/** What lay around the element that a dialog was opened from: the dialog may have done away with it. */
const lay = new WeakMap<Element, readonly Element[]>()

/** The element can have the focus; one in a dialog that was closed since leads on to where that was opened. */
function reachable(from: HTMLElement | undefined): HTMLElement | null {
  const seen = new Set<Element>()
  for (let at = from; at && !seen.has(at);) {
    seen.add(at)
    const dialog = at.closest('.el-dialog')
    const isOpen = dialog === null || (!closed.has(dialog) && !isLeaving(dialog))
    if (isOpen && at.isConnected && at.checkVisibility() && !at.matches(':disabled')) return at
    at = dialog ? cameFrom.get(dialog) : undefined
  }
  return null
}

/**
 * A dialog is closed: whoever opened it goes on where they were. Element Plus gives the focus back itself, but only where
 * nobody was in the dialog before its trap was set, and our first fields are; a dialog made anew each time loses it each time.
 */
function giveBack({ target }: Event): void {
  if (!(target instanceof Element) || !target.matches('.el-dialog')) return
  closed.add(target)
  void nextTick(() => {
    const at = document.activeElement
    if (!isFocusFree() && at?.checkVisibility() === true && !target.contains(at)) return
    const opener = cameFrom.get(target)
    const from = reachable(opener)
    const front = openDialog()
    if (from && (front === null || front.contains(from))) return place(from)
    // Still busy with what the dialog was part of: it has the focus when that is over.
    if (opener?.isConnected === true && isOff(opener)) return awaitOn(opener)
    // Settled, its row or button has gone before the dialog closed: whoever opened it goes on beside it.
    const next = from || !opener || opener.isConnected ? null : successor(lay.get(opener) ?? [])
    if (next && (front === null || front.contains(next))) standFor(next)
  })
}

interface Stand {
  readonly at: HTMLElement
  /** What lies around it, the nearest first. */
  readonly around: readonly Element[]
  /** It was switched off while it had the focus. */
  off?: boolean
}
/** What had the focus last in a dialog or on a page. */
let stood: Stand | null = null
const isOff = (element: Element): boolean => element.matches(':disabled')
/** What had the focus last and can have it no more, because of what was pressed there. */
const lostStand = (): Stand | null => (stood && (!stood.at.isConnected || isOff(stood.at)) ? stood : null)
function awaitOn(opener: HTMLElement): void {
  stood = { at: opener, around: lay.get(opener) ?? [], off: true }
  keepStand()
}
/** Has the focus instead of an element that went; and whether somebody has been at work since. */
let standIn: Element | null = null
let usedSince = false
export const isStandIn = (element: Element | null): boolean => element !== null && element === standIn

function noteStand(target: EventTarget | null, part: Element | null): void {
  standIn = null
  stood = null
  if (!(target instanceof HTMLElement) || part === null || target === part) return
  stood = { at: target, around: around(target, part) }
}

/** No buttons, nor what chooses a file: a second Enter of a quick hand must not do what nobody has read. */
const quiet = `:is(${fields}):not([type=file]), a[href]`

/** What takes the focus of an element that went: a field or row beside it, else the page, where Tab goes on. */
function successor(lain: readonly Element[]): HTMLElement | null {
  const part = lain.at(-1)
  const left = lain.filter((one) => one.isConnected)
  if (!(part instanceof HTMLElement) || !part.checkVisibility() || isLeaving(part)) return null
  // Nothing of it is left but its page, which may have turned: that has its own say, and else keeps the focus.
  if (left.length < 2) return part.matches('[data-page]') ? part : null
  for (const one of left.slice(0, -1)) {
    const found = [...one.querySelectorAll<HTMLElement>(quiet)].find((field) => field.checkVisibility())
    if (found) return found
  }
  return part
}

function standFor(next: HTMLElement): void {
  place(next)
  standIn = next
  usedSince = false
}

/**
 * The focus goes with a button that is taken away as it is pressed (撤回), or switched off while it is busy: it stays where
 * one is at work, and comes back to what is switched on again. Looked at once the page has been drawn and has had its own say.
 */
function keepStand(): void {
  requestAnimationFrame(() => {
    if (stood === null) return
    const { at, around: lain } = stood
    if (at.isConnected && isOff(at)) return void (stood.off = true)
    if (document.activeElement?.matches('body, [data-page], .el-dialog') === false) return
    const front = openDialog()
    if (front !== null && !front.contains(lain.at(-1) ?? null)) return
    if (at.isConnected) {
      if (stood.off === true && at.checkVisibility()) place(at)
      return
    }
    const next = successor(lain)
    stood = null
    if (next !== null) standFor(next)
  })
}

function noteFocus(event: FocusEvent): void {
  const { target, relatedTarget } = event
  const part = partOf(target)
  const lost = lostStand()
  noteStand(target, part)
  if (part?.matches('.el-dialog') === true && partOf(relatedTarget) !== part) noteOpener(part, relatedTarget, lost)
  if (part !== null && partOf(relatedTarget) !== part) workedIn.delete(part)
  else if (part !== null && !placing && target !== part && relatedTarget !== part) workedIn.add(part)
  passDialogFocus(event)
}
function noteWork({ target, type }: Event): void {
  // A key alone may be the arrow that leads to the rows.
  usedSince ||= type !== 'keydown'
  const part = partOf(target)
  if (part !== null) workedIn.add(part)
}

/** Watches over the focus in dialogs and pages from now on. @returns ends it */
export function watchDialogs(): () => void {
  const ears = [
    ['focusin', noteFocus],
    ['keydown', noteWork],
    ['input', noteWork],
    ['pointerdown', noteWork],
    ['focus-trap.focus-after-released', giveBack],
  ] as const
  for (const [sign, heard] of ears) document.addEventListener(sign, heard as EventListener, { capture: true })
  const drawn = new MutationObserver(keepStand)
  drawn.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] })
  return () => {
    drawn.disconnect()
    for (const [sign, heard] of ears) document.removeEventListener(sign, heard as EventListener, { capture: true })
  }
}

/** Whether nothing in particular has the focus, so that a page may take it; what only stands in for an element that went is nothing. */
export const isFocusFree = (): boolean =>
  document.activeElement === null ||
  (isStandIn(document.activeElement) && !usedSince) ||
  document.activeElement.matches('body, [data-page]')

/** Each page's first field has the focus when the page opens; not where its head comes late and somebody is in the search box by then. */
export function useFirstFocus(): void {
  onMounted(() =>
    nextTick(() => {
      const page = document.querySelector<HTMLElement>('[data-page]')
      const at = document.activeElement
      const isBeside = page !== null && !page.contains(at) && !at?.matches('header input')
      if (page && (isFocusFree() || isBeside)) focusFirst(page)
    }),
  )
}
