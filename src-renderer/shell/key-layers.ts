/**
 * Who hears a key. Layers lie on each other as pages, parts and dialogs open; the topmost that knows the combo answers.
 * While a dialog is open, only the dialog and what lies inside it hear keys, so that F12 behind a question does nothing.
 */
import { shallowReactive } from 'vue'
import { labelOf, type Combo } from './keys.ts'

export interface KeyAction {
  readonly run: () => unknown
  /** Words for F1; without them the map's own are shown. */
  readonly label?: string
  /** Only while this is true; otherwise the key is not there at all, nor under F1. */
  readonly when?: () => boolean
  /** Why it cannot be done now, for F1. */
  readonly obstacle?: () => string | null
  /** Nothing of one's own: it only says whose it is, and F1 does not show it. */
  readonly unlisted?: boolean
}
export type KeyHandlers = { readonly [K in Combo]?: (() => unknown) | KeyAction }

export interface KeyLayer {
  readonly screen: string
  readonly handlers: KeyHandlers
  /** Only while this is true. */
  readonly active: () => boolean
  /** A dialog: hides the layers below while active. */
  readonly modal: boolean
  /** Answers behind dialogs too. */
  readonly always?: boolean
  /** Whether the keys can be done in this moment; while they cannot and the page is at work, they are kept (type-ahead). */
  readonly ready?: () => boolean
  /** The element of the layer, to tell whether it lies inside the open dialog. */
  readonly element: () => Element | null
}

const layers: KeyLayer[] = shallowReactive([])

export function pushLayer(layer: KeyLayer): () => void {
  layers.push(layer)
  return () => {
    const at = layers.indexOf(layer)
    if (at >= 0) layers.splice(at, 1)
  }
}

const actionOf = (handlers: KeyHandlers, combo: Combo): KeyAction | null => {
  const handler = handlers[combo]
  if (!handler || (typeof handler === 'object' && handler.when?.() === false)) return null
  return typeof handler === 'function' ? { run: handler } : handler
}

const isQuestion = (dialog: Element | null): boolean => Boolean(dialog?.querySelector?.('.el-message-box'))

/** What asks in front of whatever asked: a reason, or whether one is sure. */
const isAsked = (dialog: Element | null): boolean =>
  isQuestion(dialog) || Boolean(dialog?.querySelector?.('.reason-prompt, .final-question'))

/**
 * A dialog that opens with every key it will ever take: nothing is kept for it. Else a key it does not know, such as a second
 * press of the one that opened it, held up and then lost the answer typed behind it, as long as anything was being read.
 */
export const hasAllKeys = (dialog: Element | null): boolean => Boolean(dialog?.querySelector?.('[data-all-keys]'))

const isGround = ({ screen, modal, always }: KeyLayer) => screen === 'global' && !modal && always !== true

/** Layers that hear keys now, topmost first, given the dialog that is open (or null). */
function inReach(all: readonly KeyLayer[], dialog: Element | null): KeyLayer[] {
  // A question of the program has its own two keys; the dialog that asked hears nothing meanwhile.
  let covered = isQuestion(dialog)
  // A page that was there before the frame lies on it all the same: its own F4 collects from the customer it shows.
  const [ground, above] = [all.filter(isGround), all.filter((layer) => !isGround(layer))]
  return [...above.toReversed(), ...ground.toReversed()].filter((layer) => {
    if (!layer.active()) return false
    const element = layer.element()
    // What lies in a dialog that is fading out is closed with it, though its part still stands there.
    if (element !== null && isLeaving(element)) return false
    const heard =
      layer.always === true || (!covered && (layer.modal || !dialog || (element !== null && dialog.contains(element))))
    covered ||= layer.modal
    return heard
  })
}

export interface Found {
  readonly action: KeyAction
  readonly layer: KeyLayer
}

/** The topmost layer that knows a combo, given the dialog that is open (or null). */
export function foundFor(all: readonly KeyLayer[], combo: Combo, dialog: Element | null): Found | null {
  for (const layer of inReach(all, dialog)) {
    const action = actionOf(layer.handlers, combo)
    if (action) return { action, layer }
  }
  return null
}

/** The topmost action for a combo, given the dialog that is open (or null). */
export const actionFor = (all: readonly KeyLayer[], combo: Combo, dialog: Element | null): KeyAction | null =>
  foundFor(all, combo, dialog)?.action ?? null

/** What a combo means in this moment. */
export const foundNow = (combo: Combo): Found | null => foundFor(layers, combo, openDialog())

/** Fading out: closed already, by a transition of whatever name. */
export const isLeaving = (element: Element): boolean => element.closest('[class*="-leave-active"]') !== null

const depth = (dialog: Element): number => Number(getComputedStyle(dialog.closest('.el-overlay') ?? dialog).zIndex) || 0

/** A list or a hint that floats on the page while a dialog lies over both is not what a key is meant for. */
export function isCovered(floating: Element): boolean {
  const dialog = openDialog()
  if (!dialog || dialog.contains(floating)) return false
  return dialog.matches('dialog') || depth(floating) < depth(dialog)
}

/**
 * What lies over the page, the dialog in front last. One that is fading out is closed already, a question as well as a dialog, each by a transition of
 * its own name: the next key of a quick hand, or of a scanner, belongs to the page.
 */
export const openDialogs = (): Element[] => [
  ...[...document.querySelectorAll('[aria-modal="true"]')]
    .filter((dialog) => dialog.checkVisibility() && !isLeaving(dialog))
    .toSorted((a, b) => depth(a) - depth(b)),
  // The lock screen and the emergency plans lie in the browser's top layer, in front of every dialog.
  ...document.querySelectorAll('dialog:modal'),
]
export const openDialog = (): Element | null => openDialogs().at(-1) ?? null

/**
 * Does something once nothing lies over `below` any more, at once where nothing does: before the next key, as the dialog that
 * goes is told apart in the turn in which it begins to fade. @returns takes it back
 */
export function onceUncovered(below: Element | null, run: () => void): () => void {
  const isCoveredNow = () => {
    const dialog = openDialog()
    return dialog !== null && !dialog.contains(below)
  }
  if (!isCoveredNow()) {
    run()
    return () => undefined
  }
  const watcher = new MutationObserver(() => {
    if (isCoveredNow()) return
    watcher.disconnect()
    run()
  })
  watcher.observe(document.body, { subtree: true, childList: true, attributeFilter: ['class', 'style', 'open'] })
  return () => watcher.disconnect()
}

/** Somebody's password is asked for in sight: what is typed here is shown to nobody, whichever field it was meant for. */
export const asksPassword = (): boolean =>
  [...document.querySelectorAll('input[type="password"]')].some((field) => field.checkVisibility())

/** What lies in front of the page: the topmost layer or dialog that covers it; null for the page itself. */
export function frontNow(): object | null {
  const dialog = openDialog()
  return isAsked(dialog) ? dialog : (layers.findLast((layer) => layer.modal && layer.active()) ?? dialog)
}

export interface KeyInReach {
  readonly combo: Combo
  readonly label: string
  readonly screen: string
  readonly obstacle: string | null
}

/** Combos that work right now with their words, topmost first, for F1; by default for the dialog that is in front. */
export function keysInReach(dialog = openDialog()): KeyInReach[] {
  const seen = new Set<string>()
  return inReach(layers, dialog).flatMap((layer) =>
    (Object.keys(layer.handlers) as Combo[]).flatMap((combo) => {
      const action = actionOf(layer.handlers, combo)
      if (!action || action.unlisted === true || seen.has(combo)) return []
      const label = action.label ?? labelOf(combo, layer.screen)
      if (label === null) return []
      seen.add(combo)
      return [{ combo, label, screen: layer.screen, obstacle: action.obstacle?.() ?? null }]
    }),
  )
}
