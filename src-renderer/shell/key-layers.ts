/**
 * Who hears a key. Layers lie on each other as pages, parts and dialogs open; the topmost that knows the combo answers.
 * While a dialog is open, only the dialog and what lies inside it hear keys, so that F12 behind a question does nothing.
 */
import { shallowReactive } from 'vue'
import { isComposing } from '../composables/ime.ts'
import { comboOf, labelOf, type Combo } from './keys.ts'

export interface KeyAction {
  readonly run: () => unknown
  /** Words for F1; without them the map's own are shown. */
  readonly label?: string
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
  if (!handler) return null
  return typeof handler === 'function' ? { run: handler } : handler
}

/** Layers that hear keys now, topmost first, given the dialog that is open (or null). */
function inReach(all: readonly KeyLayer[], dialog: Element | null): KeyLayer[] {
  let covered = false
  return all.toReversed().filter((layer) => {
    if (!layer.active()) return false
    const element = layer.element()
    const heard =
      layer.always === true || (!covered && (layer.modal || !dialog || (element !== null && dialog.contains(element))))
    covered ||= layer.modal
    return heard
  })
}

/** The topmost action for a combo, given the dialog that is open (or null). */
export function actionFor(all: readonly KeyLayer[], combo: Combo, dialog: Element | null): KeyAction | null {
  for (const { handlers } of inReach(all, dialog)) {
    const action = actionOf(handlers, combo)
    if (action) return action
  }
  return null
}

const depth = (dialog: Element): number => Number(getComputedStyle(dialog.closest('.el-overlay') ?? dialog).zIndex) || 0

/**
 * The dialog in front. One that is fading out is closed already: the next key of a quick hand belongs to the page.
 */
const openDialog = (): Element | null =>
  [...document.querySelectorAll('[aria-modal="true"]')]
    .filter((dialog) => dialog.checkVisibility() && !dialog.closest('.dialog-fade-leave-active'))
    .toSorted((a, b) => depth(a) - depth(b))
    .at(-1) ?? null

/** Combos that work right now with their words, topmost first, for F1; by default for the dialog that is in front. */
export function keysInReach(dialog = openDialog()): { combo: Combo; label: string; screen: string }[] {
  const seen = new Set<string>()
  return inReach(layers, dialog).flatMap((layer) =>
    (Object.keys(layer.handlers) as Combo[]).flatMap((combo) => {
      const label = actionOf(layer.handlers, combo)?.label ?? labelOf(combo, layer.screen)
      if (label === null || seen.has(combo)) return []
      seen.add(combo)
      return [{ combo, label, screen: layer.screen }]
    }),
  )
}

/** Element Plus closes its own dialogs and drop-downs by Escape; a page must not act on the same key. */
const floating = () =>
  [...document.querySelectorAll('.el-popper[aria-hidden="false"]')].some((popper) => popper.checkVisibility())

export function hearKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat || isComposing(event)) return
  const combo = comboOf(event)
  if (!combo || (combo === 'Escape' && floating())) return
  const action = actionFor(layers, combo, openDialog())
  if (!action) return
  event.preventDefault()
  event.stopPropagation()
  void action.run()
}
