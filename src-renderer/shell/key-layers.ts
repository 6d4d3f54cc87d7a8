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

/** The topmost action for a combo, given the dialog that is open (or null). */
export function actionFor(all: readonly KeyLayer[], combo: Combo, dialog: Element | null): KeyAction | null {
  for (const layer of all.toReversed()) {
    if (!layer.active()) continue
    const reachable = layer.modal || !dialog || (layer.element() !== null && dialog.contains(layer.element()))
    const action = reachable ? actionOf(layer.handlers, combo) : null
    if (action) return action
    if (layer.modal) return null
  }
  return null
}

/** Combos that work right now with their words, topmost first, for F1. */
export function keysInReach(): { combo: Combo; label: string; screen: string }[] {
  const seen = new Set<string>()
  return layers.toReversed().flatMap((layer) =>
    layer.active()
      ? (Object.keys(layer.handlers) as Combo[]).flatMap((combo) => {
          const label = actionOf(layer.handlers, combo)?.label ?? labelOf(combo, layer.screen)
          if (label === null || seen.has(combo)) return []
          seen.add(combo)
          return [{ combo, label, screen: layer.screen }]
        })
      : [],
  )
}

/** A dialog that is fading out is closed already: the next key of a quick hand belongs to the page. */
const openDialog = (): Element | null =>
  [...document.querySelectorAll('[aria-modal="true"]')].findLast(
    (dialog) => dialog.checkVisibility() && !dialog.closest('.dialog-fade-leave-active'),
  ) ?? null

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
